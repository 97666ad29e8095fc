"""Somebody is calling us: found by what is typed, or by the number that calls on the line; the right card opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from tui.cockpit.call_view import CallerRow, RingingView
from tui.cockpit.view import View
from tui.locale.spoken import number, translated
from tui.screens.base import Handler
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext, command_hint, hints
from tui.widgets.key_lines import KeyFlow, Row
from tui.widgets.lines import Line, Lines
from tui.widgets.reading import Block, Reading
from tui.widgets.section_list import PickList, PickRow
from tui.widgets.words import say

UNKNOWN = "?"
"""Row id of somebody we cannot find."""
LAST_CALLS = 2
"""Calls shown under the list, below why they are to be called. The words stand below them."""


class CallerQuestion(Lines):
    """What to type."""

    def lines(self, width: int) -> tuple[Line, ...]:
        """The question; on a narrow screen without the hint."""
        words = translated("   Some digits of the number, or a part of the name or company.")
        return (((translated(" Who is calling?"), "strong"), (words if width >= 80 else "", "dim")),)


class CallerScreen(PickScreen):
    """Caller look-up. The clock stands still while it is open."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "pick.tcss", "caller.tcss"]
    place = "caller"

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "", self._rows, (17, 15, 19), narrow_here=False)
        self._found: dict[str, CallerRow] = {}

    @property
    def asked(self) -> None:
        """Nothing: a question that was asked before waits where it was asked."""
        return None

    def body(self) -> ComposeResult:
        """Question, line, hits, and what we know of the highlighted one."""
        yield CallerQuestion(id="caller-question")
        yield from super().body()
        yield Reading(id="caller-known")

    def heading(self) -> str:
        """What stands over the list."""
        return translated("Who it may be")

    def found(self, typed: str) -> Sequence[CallerRow]:
        """The people it may be, for what stands on the line."""
        return self.cockpit.callers.look_up(typed)

    def _rows(self, typed: str) -> Sequence[PickRow]:
        found = self.found(typed)
        self._found = {row.contact_id: row for row in found}
        rows = [PickRow(row.contact_id, (row.name, row.company, row.number, row.why)) for row in found]
        return [
            *rows,
            PickRow(UNKNOWN, (translated("Somebody else: the words for a caller we do not know"),)),
        ]

    def narrow(self) -> None:
        """List the people it may be, and show what we know of the first."""
        super().narrow()
        self.list.show(self.heading(), number(len(self._found)))
        self._show_known()

    @on(PickList.Moved)
    def _show_known(self) -> None:
        person = self.cockpit.card.view(self.subject) if self.subject else None
        words = Block(
            translated("Say"), words=self.cockpit.callers.words(self.subject or None, self.line.value)
        )
        if person is None:
            self.query_one(Reading).blocks = (words,)
            return
        about = (person.about,) if person.about else ()
        lines = (*about, *person.why[:1])
        card = Block(person.name, lines, person.history[:LAST_CALLS], indent=20)
        self.query_one(Reading).blocks = (card, words)

    @property
    def subject(self) -> str:
        """The highlighted person; empty on the row of nobody we know."""
        return self.list.chosen.removeprefix(UNKNOWN)

    def handlers(self) -> Mapping[str, Handler]:
        """Open, choose, nobody."""
        return {**super().handlers(), "caller.open": self._take_chosen, "caller.back": self._nobody}

    async def _take_chosen(self) -> None:
        chosen, typed = self.subject or None, self.line.value
        self.dismiss(None)
        await self.cockpit.callers.choose(chosen, typed)

    async def _nobody(self) -> None:
        self.dismiss(None)
        await self.cockpit.callers.gone()

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Open, choose, nobody."""
        back = command_hint(self.context.keys, "caller.back", translated("nobody: back to where I was"))
        return (KeyFlow((*hints(self.context.keys, "caller.open"), self.choose_hint, back)),)


class RingingScreen(CallerScreen):
    """Who calls on the line, found by their number; typing looks for somebody else.

    By itself over the queue and a card before a dial, elsewhere on a key.
    """

    place = "ringing_in"

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._ringing: RingingView | None = None

    def found(self, typed: str) -> tuple[CallerRow, ...]:
        """Those the number belongs to, until the rep types something else."""
        if typed:
            return self.cockpit.callers.look_up(typed)
        return self._ringing.rows if self._ringing else ()

    def heading(self) -> str:
        """Who is calling, as the line tells it."""
        named = (self._ringing.name, self._ringing.number) if self._ringing else ()
        return say("incoming", who=" ".join(part for part in named if part))

    def show(self, view: View) -> None:
        """They gave up, or somebody took the call: on to whoever calls too, else back to where the rep was."""
        if view.ringing is None:
            if self.is_current:
                self.dismiss(None)
        elif view.ringing != self._ringing:
            self._ringing = view.ringing
            self.line.set_text("")
            self.narrow()

    def handlers(self) -> Mapping[str, Handler]:
        """Answer, choose, finish the other call first, decline."""
        return {
            **super().handlers(),
            "ringing_in.answer": self._take_chosen,
            "ringing_in.later": self._later,
            "ringing_in.decline": self.cockpit.incoming.decline,
        }

    async def _later(self) -> None:
        self._ringing = None  # when they come back, their card is read again
        await self.cockpit.incoming.put_off()

    async def _take_chosen(self) -> None:
        await self.cockpit.incoming.take(self.subject or None)

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What each key does."""
        keys = self.context.keys
        later = command_hint(keys, "ringing_in.later", translated("finish this one first"))
        which = (self.choose_hint,) if len(self._found) > 1 else ()
        answer, decline = hints(keys, "ringing_in.answer", "ringing_in.decline")
        return (KeyFlow((answer, *which, later, decline)),)
