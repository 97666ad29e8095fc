"""A screen with the facts about a person: beside what it shows where there is room, and in its place behind a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.timer import Timer

from tui.cockpit.view import View
from tui.commands import BY_ID
from tui.locale.spoken import translated
from tui.screens.base import CockpitScreen, Handler
from tui.screens.screen_context import command_hint, hints
from tui.widgets.containers import VerticalScroll
from tui.widgets.facts import FactsPane
from tui.widgets.lines import Line

TWO_PANES = 100
"""From so many columns on the facts stand beside."""
RESTS_S = 0.15
"""After so many seconds without a move the cursor rests: nobody reads while a key is held down."""


class WithFacts(CockpitScreen[None]):
    """Says to the cockpit whether anybody looks at the facts, and shows them."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss"]
    facts_within: ClassVar[str] = ""
    """The part that holds the facts and what they stand beside, as a selector; `-facts` is its class while they are
    open.
    """
    facts_open = False
    """They stand in the place of what the screen shows."""
    _opened_at: object = None
    _rests: Timer | None = None
    """Runs while the cursor has left somebody and does not rest yet."""

    def facts_pane(self) -> ComposeResult:
        """The pane, in a part that scrolls while it is open."""
        with VerticalScroll(id="facts-body", can_focus=False):
            yield FactsPane(id="facts")

    def place_of(self, view: View) -> object:
        """Where the rep is: once that is another one, open facts give way."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Tell the pane its keys."""
        shown = self.context.shown
        self.query_one(FactsPane).keys = shown("app.facts"), shown("talking.search")

    @property
    def two_panes(self) -> bool:
        """Whether there is room for the facts beside the rest."""
        return self.app.size.width >= TWO_PANES

    @property
    def facts_hints(self) -> tuple[Line, ...]:
        """The keys of open facts; none while they are not open."""
        if not self.facts_open:
            return ()
        keys = self.context.keys
        return command_hint(keys, "app.facts", translated(BY_ID["facts.back"].label)), *hints(
            keys, "app.more"
        )

    def show_facts(self, view: View, about: str) -> None:
        """Draw the facts of a view `about` somebody (empty: nobody) where somebody sees them."""
        if self.facts_open and (not about or self.place_of(view) != self._opened_at):
            self.facts_open = False
            self._lay_out()
        seen = bool(about) and (self.facts_open or self.two_panes)
        self.query_one("#facts-body").display = seen
        if seen:
            self.query_one(FactsPane).view = view
            self._await_rest(view)

    def _await_rest(self, view: View) -> None:
        if self._rests is not None:
            self._rests.stop()
        passes = view.beside is not None and not view.beside.whole
        self._rests = self.set_timer(RESTS_S, self._rested) if passes else None

    async def _rested(self) -> None:
        if self.is_current:
            await self._tell_the_cockpit()

    def _lay_out(self) -> None:
        """Give the facts the whole place, or their pane beside the rest."""
        self.query_one(self.facts_within).set_class(self.facts_open, "-facts")
        self.query_one(FactsPane).whole = self.facts_open
        self.query_one("#facts-body").scroll_home(animate=False)

    def on_screen_resume(self) -> None:
        """Seen again, in a window that may have another size."""
        self.call_later(self._tell_the_cockpit)

    def on_resize(self) -> None:
        """More or less room."""
        self.call_later(self._tell_the_cockpit)

    async def _tell_the_cockpit(self) -> None:
        await self.cockpit.look_beside(self.facts_open or self.two_panes)

    async def switch_facts(self) -> None:
        """The facts in the place of the rest, or back; what was typed stays where it is."""
        self.facts_open = not self.facts_open
        self._opened_at = self.place_of(self.view)
        self._lay_out()
        await self._tell_the_cockpit()
        self.show(self.view)
        self.update_keys()

    def handlers(self) -> Mapping[str, Handler]:
        """Open, scroll and back."""
        body = self.query_one("#facts-body")
        opened = {
            "app.more": lambda: body.scroll_page_down(animate=False),
            "app.less": lambda: body.scroll_page_up(animate=False),
        }
        return {
            **super().handlers(),
            **(opened if self.facts_open else {}),
            "app.facts": self.switch_facts,
            "facts.back": self.switch_facts,
            "facts.down": lambda: body.scroll_relative(y=1, animate=False),
            "facts.up": lambda: body.scroll_relative(y=-1, animate=False),
        }
