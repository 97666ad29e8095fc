"""Somebody is calling us: type a few digits, a part of the name or of the company, and the right card opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.cockpit.call_view import CallerRow
from tui.cockpit.view import View
from tui.screens.base import CockpitScreen, Handler
from tui.screens.screen_context import Kit, command_hint, hints
from tui.widgets.ask_panel import Prompt
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line, Lines
from tui.widgets.reading import Block, Reading
from tui.widgets.section_list import PickList, PickRow
from tui.widgets.text_line import TextLine

UNKNOWN = "?"
"""Row id of somebody we cannot find."""
KNOWN_LINES = 2
"""Lines of the card shown under the list: what we promised, and what was last. The words stand below them."""


class Question(Lines):
    """What to type."""

    def lines(self, width: int) -> tuple[Line, ...]:
        """One sentence."""
        words = "   Some digits of the number, or a part of the name or company."
        return (((" Who is calling?", "strong"), (words if width >= 80 else "", "dim")),)


class CallerScreen(CockpitScreen[None]):
    """Caller look-up. The clock stands still while it is open."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "caller.tcss"]
    place = "caller"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._found: dict[str, CallerRow] = {}

    def body(self) -> ComposeResult:
        """Question, line, hits, and what we know of the highlighted one."""
        yield Question(id="caller-question")
        with Horizontal(id="caller-row"):
            yield Prompt(id="caller-prompt")
            yield TextLine(id="caller-text")
        yield PickList((17, 15, 19), id="caller-list")
        yield Reading(id="caller-known")

    def on_mount(self) -> None:
        """Those whom we expect, before a key is typed."""
        self.set_focus(self.line)
        self.line.cursor_blink = self.kit.cursor_blink
        self.look_up()

    @property
    def line(self) -> TextLine:
        """The line to type on."""
        return self.query_one("#caller-text", TextLine)

    @property
    def hits(self) -> PickList:
        """Who it may be."""
        return self.query_one(PickList)

    def heading(self) -> str:
        """What stands over the list."""
        return "Who it may be"

    def found(self, typed: str) -> Sequence[CallerRow]:
        """The people it may be, for what stands on the line."""
        return self.cockpit.callers.look_up(typed)

    def typed(self, line: TextLine) -> None:
        """Look up what stands on the line."""
        if line is self.line:
            self.look_up()

    def look_up(self) -> None:
        """List the people it may be, and show what we know of the first."""
        found = self.found(self.line.value)
        self._found = {row.contact_id: row for row in found}
        rows = [PickRow(row.contact_id, (row.name, row.company, row.number, row.why)) for row in found]
        unknown = PickRow(UNKNOWN, ("Somebody else: the words for a caller we do not know",))
        self.hits.rows = (*rows, unknown)
        self.hits.show(self.heading(), f"{len(found):,}")
        self._show_known()

    @on(PickList.Moved)
    def _show_known(self) -> None:
        chosen = self.hits.chosen
        known = chosen if chosen in self._found else None
        person = self.cockpit.card.view(known) if known else None
        words = Block("Say", words=self.cockpit.callers.words(known, self.line.value))
        if person is None:
            self.query_one(Reading).blocks = (words,)
            return
        about = (person.about,) if person.about else ()
        card = Block(person.name, about, person.lines[:KNOWN_LINES], indent=12)
        self.query_one(Reading).blocks = (card, words)

    @property
    def subject(self) -> str:
        """The highlighted person."""
        chosen = self.hits.chosen
        return "" if chosen == UNKNOWN else chosen

    def handlers(self) -> Mapping[str, Handler]:
        """Open, choose, nobody."""
        return {
            "caller.open": self._open,
            "caller.down": lambda: self.hits.move(1),
            "caller.up": lambda: self.hits.move(-1),
            "caller.back": self._nobody,
        }

    async def _open(self) -> None:
        chosen, typed = self.hits.chosen, self.line.value
        self.dismiss(None)
        await self.cockpit.callers.choose(None if chosen == UNKNOWN else chosen, typed)

    async def _nobody(self) -> None:
        self.dismiss(None)
        await self.cockpit.callers.gone()

    @on(PickList.Opened)
    async def _clicked(self) -> None:
        await self._open()

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """Open, choose, nobody."""
        keys = self.kit.keys
        back = command_hint(keys, "caller.back", "nobody: back to where I was")
        return (KeyFlow((*hints(keys, "caller.open"), self.choose_hint, back)),)

    @property
    def choose_hint(self) -> Line:
        """The keys that walk through all it may be."""
        up, down = (self.kit.keys.shown(f"{self.place}.{way}") for way in ("up", "down"))
        return hint(f"{up}/{down}", "choose")
