"""A rehearsal: the words of a call to one person, to be walked through as in the call. Nobody is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult

from tui.cockpit.places import answer_of
from tui.cockpit.view import Phase, ScriptView, View
from tui.cockpit.wording.typed import rehearsal_of
from tui.screens.base import CockpitScreen, Handler
from tui.screens.call_hints import digits_of
from tui.screens.call_questions import what_they_said
from tui.screens.screen_context import ScreenContext, hints
from tui.widgets.containers import VerticalScroll
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import StaticLines
from tui.widgets.script_panel import ScriptPanel
from tui.widgets.words import say


async def rehearse(screen: CockpitScreen[Any], contact_id: str) -> None:
    """Walk through the script of a person, with nobody called."""
    person = screen.cockpit.card.view(contact_id)
    if person is not None:
        await screen.app.push_screen(RehearseScreen(screen.context, contact_id, person.name))


class RehearseScreen(CockpitScreen[None]):
    """The script of one person, line by line, as their next call would read it."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "text.tcss"]
    place = "rehearse"
    scrolls = "#text-body"

    def __init__(self, context: ScreenContext, contact_id: str, name: str) -> None:
        super().__init__(context)
        self._contact_id, self._who = contact_id, name
        self._script = self.cockpit.rehearsal.begin(contact_id) or ScriptView()

    @property
    def subject(self) -> str:
        """The person whose call is rehearsed."""
        return self._contact_id

    def body(self) -> ComposeResult:
        """That this is no call, then the words."""
        yield StaticLines(((" ", ""), (rehearsal_of(self._who), "strong")), id="rehearsal-of")
        with VerticalScroll(id="text-body", can_focus=False):
            yield ScriptPanel(id="script")

    def show(self, view: View) -> None:
        """The words of this moment, as the call shows them."""
        self.query_one(ScriptPanel).view = self._as_in_a_call(view)

    def _as_in_a_call(self, view: View) -> View:
        return replace(view, phase=Phase.TALKING, script=self._script)

    def handlers(self) -> Mapping[str, Handler]:
        """On, back, what they say, from the top, leave."""
        rehearsal = self.cockpit.rehearsal
        return {
            **super().handlers(),
            "rehearse.on": lambda: self._at(rehearsal.on()),
            "rehearse.line_back": lambda: self._at(rehearsal.back()),
            "rehearse.search": self._search,
            "rehearse.top": lambda: self._at(rehearsal.begin(self._contact_id) or ScriptView()),
            "rehearse.back": lambda: self.dismiss(None),
        }

    def _at(self, script: ScriptView) -> None:
        self._script = script
        self.show(self.view)
        self.query_one(self.scrolls).scroll_home(animate=False)
        self.update_keys()

    async def _search(self) -> None:
        rehearsal = self.cockpit.rehearsal
        screen = what_they_said(self.context, rehearsal.search)
        await self.ask_on(screen, lambda target: self._at(rehearsal.jump(target)))

    def means(self, sign: str) -> bool:
        """Whether a sign is an answer to the question on the screen."""
        return bool(sign) and answer_of(self._as_in_a_call(self.view), sign) is not None

    async def press_other(self, event: events.Key) -> bool:
        """An answer."""
        digit = answer_of(self._as_in_a_call(self.view), event.character or "")
        if digit is None:
            return False
        self._at(self.cockpit.rehearsal.answer(digit))
        return True

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What each key does."""
        answers = digits_of(self._script.answers)
        answer = (hint(answers, say("to_answer")),) if answers else ()
        on, *others = hints(
            self.context.keys,
            *("rehearse.on", "rehearse.line_back", "rehearse.search", "rehearse.top", "rehearse.back"),
        )
        return (KeyFlow((on, *answer, *others)),)

    def places(self) -> Sequence[str]:
        """The rehearsal, and paging."""
        return (self.place, "reading")
