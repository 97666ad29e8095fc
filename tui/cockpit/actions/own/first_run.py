"""The first start: a line for each step of the first call, and who the rep is, asked once that call is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cockpit.actions.action import action
from tui.cockpit.state.state import State
from tui.cockpit.view import Ask, Phase
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact

if TYPE_CHECKING:
    from tui.cockpit.form.outcome_form import Form

ABOUT_ME = "me"
"""The question whether the rep gives their name now; what is answered stands under this name, too."""
TOUR = "tour"
_TOLD = "told"
"""Where the rep's habits keep what they were told, or want to hear no more."""
_LINES = {
    Phase.QUEUE: "tour_queue",
    Phase.READY: "tour_ready",
    Phase.NEXT_IN: "tour_ready",
    Phase.DIALLING: "tour_ringing",
    Phase.RINGING: "tour_ringing",
    Phase.TALKING: "tour_talking",
    Phase.CALL_OVER: "tour_over",
    Phase.FORM: "tour_form",
}
"""What is said in each phase of the first call."""


def is_on_tour(state: State) -> bool:
    """Whether the rep is led through a first call: with nobody but the demo people here, and never again after it."""
    return state.ranking.is_demo and TOUR not in _told(state)


def tour_line(state: State) -> str:
    """What stands before the rep in this phase of the first call, and the key that goes on; empty off the tour."""
    if state.phase not in _LINES or not is_on_tour(state):
        return ""
    call = state.call_on_screen
    contact_id = call.contact.id if call else state.selection.contact_id
    return notice(
        "tour_save" if call and call.form and not _asks_when(call.form) else _LINES[state.phase],
        name=state.ranking.name(contact_id),
        call=state.key("queue.ring"),
        answered=state.key("ringing.answered"),
        over=state.key("talking.over"),
        save=state.key("form.save"),
        skip=state.key("app.tour"),
    )


def _asks_when(form: Form) -> bool:
    from tui.cockpit.form.outcome_form import asks_when  # the first screen shows no form

    return asks_when(form.outcome)


def after_call(state: State, contact: Contact) -> None:
    """The outcome of a call is saved: with a demo person the tour is over, and the rep is asked who they are."""
    if not contact.is_demo:
        return
    told, today = _told(state), str(state.here.date())
    asked = told.get(ABOUT_ME, "")
    state.rep[_TOLD] = {**told, TOUR: "over"}
    if not state.settings.me.name and asked not in (_NEVER, today):
        state.rep[_TOLD] = {**told, TOUR: "over", ABOUT_ME: today}
        choices = (("y", notice("about_me_now")), ("n", notice("about_me_never")))
        state.ask = Ask(
            f"{ABOUT_ME}:", notice("about_me_ask"), choices, default="y", leave=notice("about_me_later")
        )


_NEVER = "never"


def _told(state: State) -> dict[str, str]:
    return dict(state.rep.get(_TOLD, {}))


class FirstRun:
    """What a rep says to the first start."""

    def __init__(self, state: State) -> None:
        self._state = state

    @action
    async def skip_tour(self) -> None:
        """End the guided first call for good."""
        self._state.rep[_TOLD] = {**_told(self._state), TOUR: "over"}

    async def answered(self, key: str) -> None:
        """Whether the rep says who they are: `n` is never to ask again; for `y` a screen asks for it."""
        if key == "n":
            self._state.rep[_TOLD] = {**_told(self._state), ABOUT_ME: _NEVER}
