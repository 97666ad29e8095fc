"""What a rep does on the queue: choose somebody, narrow it, show a list, and call.

It works before the parts of a call are read: only calling somebody, and saving, needs those.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.cockpit.actions.action import action, look
from tui.cockpit.state.state import Desk
from tui.cockpit.view import EnterKey
from tui.domain.next_step import NextStep
from tui.plaintext import clean

if TYPE_CHECKING:
    from tui.cockpit.actions.next_person import Flow
    from tui.cockpit.actions.session import Timing


class Queue:
    """Actions on the queue."""

    def __init__(self, desk: Desk, session: Callable[[], Timing], flow: Callable[[], Flow]) -> None:
        self._desk, self._session, self._flow = desk, session, flow

    # -- calling ---------------------------------------------------------------------------------------

    @look
    async def enter(self, key: EnterKey) -> None:
        """Enter on the queue: do exactly what the View said it does, for the person it named."""
        self._desk.notice = None
        if key.does == "nothing":
            self._desk.say(key.words)
        elif key.does == "keep":
            self._desk.selection.typing = False
        else:
            await self.call_person(key.contact_id)

    @action
    async def call_selected(self, minutes: int | None = None) -> None:
        """Call whoever Enter would call now; starts a session when none runs."""
        key = enter_key(self._desk)
        await (self.call_person(key.contact_id, minutes) if key.contact_id else self.enter(key))

    @action
    async def call_person(self, contact_id: str, minutes: int | None = None) -> None:
        """Call one person, wherever they stand; starts a session when none runs."""
        length = minutes or minutes_of(self._desk)
        await self._session().call_person(contact_id, length, goal_of(self._desk, length))

    # -- choosing --------------------------------------------------------------------------------------

    @look
    async def select(self, contact_id: str, call_id: str = "") -> None:
        """Put the cursor on a person, or on something owed to them."""
        selection = self._desk.selection
        selection.put_on(contact_id, call_id, wanted=not selection.has(contact_id, call_id))

    @look
    async def find(self, text: str) -> None:
        """Show everybody whom the text fits while it is typed; the cursor follows the best match."""
        desk = self._desk
        desk.selection.typing, desk.notice = True, None
        if text.strip() != desk.ranking.narrowing.text or not desk.ranking.narrowing.searching:
            desk.ranking.look_for(text)
            desk.selection.to_best()

    @look
    async def filter(self, text: str) -> None:
        """The same for a text that is not typed on: it is kept at once."""
        await self.find(text)
        self._desk.selection.typing = False

    @look
    async def clear_filter(self) -> None:
        """Everybody in the list again."""
        self._desk.selection.typing, self._desk.notice = False, None
        self._desk.ranking.look_for("")

    @look
    async def show_held(self, held: bool) -> None:
        """Show those who are not offered today, or the queue again."""
        self._desk.selection.show_held(held)
        self._desk.notice = None

    # -- lists -----------------------------------------------------------------------------------------

    @action
    async def show_list(self, name: str) -> None:
        """Show one list, a saved filter, or everybody (an empty name); remembered."""
        self._desk.show_list(name)

    @action
    async def save_filter(self, name: str) -> None:
        """Keep the filter in view under a name."""
        filters: dict[str, Any] = dict(self._desk.rep.get("filters", {}))
        filters[clean(name)] = self._desk.ranking.narrowing.text
        self._desk.rep["filters"] = filters

    def lists(self) -> tuple[tuple[str, int], ...]:
        """Names of lists and saved filters, with how many people each holds (a filter: -1)."""
        saved = tuple((name, -1) for name in self._desk.rep.get("filters", {}))
        return (("", len(self._desk.ranking)), *self._desk.ranking.list_sizes(), *saved)

    # -- asking ----------------------------------------------------------------------------------------

    def meant(self, text: str) -> tuple[list[str], bool]:
        """Ids of those a command may mean by a text, and whether one alone is meant beyond doubt."""
        return self._desk.ranking.search.meant(text)

    def next_step_of(self, contact_id: str) -> NextStep:
        """What the rules propose for one person."""
        return self._desk.ranking.step(contact_id)


def minutes_of(desk: Desk) -> int:
    """How long the next session is to last."""
    return int(desk.rep.get("minutes") or desk.settings.minutes[0])


def goal_of(desk: Desk, minutes: int) -> tuple[int, int]:
    """Conversations and next steps aimed at in so many minutes."""
    if chosen := desk.rep.get("goal"):
        return int(chosen[0]), int(chosen[1])
    goal = desk.settings.goal_for(minutes)
    return goal.conversations, goal.next_steps


def enter_key(desk: Desk) -> EnterKey:
    """What Enter does on the queue now."""
    selection = desk.selection
    contact = desk.store.contact(selection.contact_id) if selection.contact_id else None
    if selection.typing and not desk.ranking.narrowing.text:
        return EnterKey("keep", "end the search")
    if contact is None:
        return EnterKey(words=_nobody(desk))
    name = contact.shown_name
    if selection.typing:
        return EnterKey("keep", f"keep this search, {name} first", contact.id, name)
    if desk.working and desk.working.has_work:
        open_call = desk.working.contact
        words = f"back to {open_call.shown_name}: that call is still open"
        return EnterKey("back", words, open_call.id, open_call.shown_name)
    if refused := desk.ranking.bounds.refusal(contact, contact.first_number):
        return EnterKey("nothing", refused, contact.id, name)
    if not contact.first_number:
        return EnterKey("open", f"open {name}, who has no number yet", contact.id, name)
    return EnterKey("call", f"call {name} and {_then(desk)}", contact.id, name)


def _then(desk: Desk) -> str:
    if desk.run:
        return "go on"
    minutes = minutes_of(desk)
    return f"start {minutes} minute{'' if minutes == 1 else 's'}"


def _nobody(desk: Desk) -> str:
    """Why Enter does nothing."""
    ranking, selection = desk.ranking, desk.selection
    if selection.shows == "found":
        return f"Nobody matches '{ranking.narrowing.text}'. {desk.key('queue.clear')} clears the search."
    if selection.shows == "held":
        return "Nobody is held back today."
    if not len(ranking):
        bring, add = desk.key("queue.import"), desk.key("queue.add")
        return f"Nobody to call here. {bring} imports your contacts, {add} adds a person."
    return "Nobody can be called right now."
