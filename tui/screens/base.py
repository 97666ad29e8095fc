"""What all screens share: line 1, the last lines, one-key questions, and how a key becomes a command."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.reactive import var
from textual.widget import Widget

from tui.cockpit.view import Ask, Notice, Phase, View
from tui.commands import BY_ID
from tui.commands.keys import shown_key
from tui.locale.spoken import translated
from tui.screens.screen_context import ScreenContext, hints
from tui.widgets.ask_panel import AskPanel
from tui.widgets.containers import Vertical
from tui.widgets.frame import (
    LEAST,
    CallerRule,
    ClockLine,
    NoticeLine,
    PhaseStrip,
    Rule,
    TeamHourLine,
    TooSmall,
)
from tui.widgets.key_lines import KeyFlow, KeyLines, Row
from tui.widgets.lines import Lines, ViewLines
from tui.widgets.look_screen import LookScreen
from tui.widgets.text_line import TextLine
from tui.widgets.words import say

LINE_FEED = "ctrl+j"
"""What a pasted line break without marks is when it comes alone; no Enter key sends it."""

NO_VIEW = View(Phase.QUEUE, datetime.min)
"""What a screen knows before its first view: nothing."""

FRAME: tuple[type[ViewLines], ...] = (TooSmall, ClockLine, TeamHourLine, PhaseStrip)
"""Parts of every screen that show the view by themselves."""

ABOUT_ME = ("me:", "y")
"""The question whether the rep says who they are, and its yes."""

Result = TypeVar("Result")
Given = TypeVar("Given")
Handler = Callable[[], Awaitable[object] | object]
"""What a command does here."""

EDITING_KEYS = frozenset({"left", "right", "home", "end", "backspace", "delete"})
"""Keys a text line keeps for itself while something stands on it."""


class CockpitScreen(LookScreen[Result], inherit_bindings=False):
    """A screen that draws the latest view and turns keys into commands.

    Keys arrive one after another (`KeyStream`), each after the one before has done its work, so a key typed ahead
    acts on the screen it finds then.
    """

    CSS_PATH: ClassVar[list[str]] = ["base.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [
        (0, "-tiny"),
        (LEAST.width, "-narrow"),
        (80, "-normal"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (LEAST.height, "-short"), (24, "-high")]

    place: ClassVar[str] = "text"
    """Where its commands are listed in the command table."""
    scrolls: ClassVar[str] = ""
    """The part that PgUp and PgDn scroll, as a selector; empty: none."""
    key_ids: ClassVar[tuple[str, ...]] = ()
    """The commands named in the last lines, where they are the same for every view."""

    leads: ClassVar[bool] = False
    """Whether the line of the guided first call stands here: what its keys do is true of this screen alone."""

    view: var[View] = var(NO_VIEW, init=False)
    """What is on the screen; `NO_VIEW` before the first."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.cockpit = context.cockpit
        self._own_ask: tuple[Ask, Callable[[str], object]] | None = None
        self._made = asyncio.Event()

    # What a subclass says

    def body(self) -> ComposeResult:
        """What stands between line 1 and the last lines."""
        yield from ()

    def handlers(self) -> Mapping[str, Handler]:
        """What each command of this screen does, by command id: here those of the part that scrolls."""
        if not self.scrolls:
            return {}
        part = self.query_one(self.scrolls)
        return {
            "app.more": lambda: part.scroll_page_down(animate=False),
            "app.less": lambda: part.scroll_page_up(animate=False),
        }

    def places(self) -> Sequence[str]:
        """Where we are, for the command table; the first place goes first."""
        return (self.place,)

    def all_places(self) -> Sequence[str]:
        """The same with those in which no key works just now, for `?`."""
        return self.places()

    def show(self, view: View) -> None:
        """Give the parts of the body what they show of a view; called again when the window changes its size."""

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What the last lines say: here the commands of `key_ids`, whatever the view."""
        return (KeyFlow(hints(self.context.keys, *self.key_ids)),)

    async def press_other(self, event: events.Key) -> bool:
        """A key that is no command here; whether it meant something all the same."""
        return False

    def part_with_keys(self) -> Widget | None:
        """The line or tree that has the keys while nothing is asked; None: the screen alone."""
        return None

    def means(self, sign: str) -> bool:
        """Whether `press_other` would take a sign."""
        return False

    @on(TextLine.Full)
    async def _line_is_full(self, event: TextLine.Full) -> None:
        """Nothing is cut in silence."""
        event.stop()
        await self.cockpit.tell(say("too_long", most=event.most))

    @property
    def subject(self) -> str:
        """Id of the person this screen is about; empty when it is about nobody."""
        return self.view.card.contact_id if self.view.card else ""

    # The frame

    def compose(self) -> ComposeResult:
        """Line 1, the body, the last lines."""
        self._take_size()
        yield TooSmall(id="too-small")
        with Vertical(id="page"):
            yield ClockLine(id="clock")
            yield TeamHourLine(id="team-hour")
            yield PhaseStrip(id="strip")
            yield CallerRule(id="top-rule")
            yield from self.body()
            with Vertical(id="bottom"):
                yield NoticeLine(id="notice")
                yield Rule(id="bottom-rule")
                yield KeyLines(id="keys")
        yield AskPanel(id="ask")

    def _take_size(self) -> None:
        # Known before the parts are made, else all of them are styled once more when the first size comes.
        for breakpoints, cells in (
            (self.HORIZONTAL_BREAKPOINTS, self.app.size.width),
            (self.VERTICAL_BREAKPOINTS, self.app.size.height),
        ):
            self.add_class(max((at, name) for at, name in breakpoints if at <= cells)[1], update=False)

    def on_mount(self) -> None:
        """Draw every view from now on, beginning with the latest."""
        self._made.set()
        caller = BY_ID["app.caller"]
        self.query_one(TooSmall).quit_key = self.context.shown("app.quit")
        self.query_one(ClockLine).caller_hint = f"{self.context.shown(caller.id)} {translated(caller.label)}"
        self.watch(self.app, "view", self._take_view)

    async def made(self) -> None:
        """Wait until its parts are there and show the latest view, so that a key finds what it was meant for."""
        await self._made.wait()
        self._take_view(getattr(self.app, "view", None))
        self.give_keys()

    def _take_view(self, view: View | None) -> None:
        # A screen that is not seen is brought up to date when it is shown again.
        if view is not None and self.is_current:
            self.view = view

    def on_screen_resume(self) -> None:
        """Seen again: draw what happened meanwhile."""
        self._take_view(getattr(self.app, "view", None))

    def watch_view(self, view: View) -> None:
        """Draw a view: the frame, then what the subclass shows."""
        if not self._made.is_set():
            return
        for part in FRAME:
            self.query_one(part).view = view
        self.query_one(TeamHourLine).display = view.team_hour is not None
        banner = say("incoming", who=view.banner) if view.banner else ""
        self.query_one(CallerRule).words = banner, say("shows_card", key=self.context.shown("app.caller"))
        line = self.query_one(NoticeLine)
        line.notice, line.undo_key, line.saved = view.notice, self._undo_key(), view.saved
        line.tour = view.tour if self.leads else ""
        self.show(view)
        self.update_keys()

    def _undo_key(self) -> str:
        """The key that undoes here, as it is written on the screen; empty where none does."""
        ids = (f"{place}.undo" for place in self.places())
        return next((self.context.shown(one) for one in ids if one in BY_ID), "")

    def tell(self, words: str) -> None:
        """A sentence before there is a view; the next view, a second later at most, takes it away."""
        self.query_one(NoticeLine).notice = Notice(0, words)

    def update_keys(self) -> None:
        """Draw the question that is asked, if any, and the last lines again: what each key does that works now."""
        ask = self.query_one(AskPanel).ask = self.asked
        self.give_keys()
        keys = self.query_one(KeyLines)
        keys.asleep = () if ask is None else hints(self.context.keys, "app.caller")[0]
        keys.rows = self.key_rows(self.view)

    def give_keys(self) -> None:
        """Give the keys to the part that has them by what is asked and shown now, never to what had them before.

        Textual gives them back to a line that is hidden by now, or takes them from one that is shown again.
        """
        ask = self.asked
        line = self.query_one(AskPanel).answer_line if ask and ask.text else None
        self.set_focus(line if ask else self.part_with_keys())

    # Questions

    @property
    def asked(self) -> Ask | None:
        """The question on the screen: one of this screen's own, else the cockpit's."""
        if self._own_ask is not None:
            return self._own_ask[0]
        return self.view.ask

    def ask_here(self, ask: Ask, take: Callable[[str], object]) -> None:
        """Ask a question of this screen's own; `take` gets the key or the sentence, and is not called on Esc."""
        self._own_ask = (ask, take)
        self.update_keys()

    async def _press_asked(self, event: events.Key, ask: Ask) -> bool:
        if event.key == "escape":
            await self._leave_ask()
            return True
        if ask.text:
            if event.key == "enter":
                await self._answer_ask(self.query_one(AskPanel).answer_line.value)
            return event.key not in EDITING_KEYS
        keys = {key for key, _ in ask.choices}
        pressed = (ask.default or "Enter") if event.key == "enter" else event.character or ""
        if pressed in keys:
            await self._answer_ask(pressed)
        elif event.is_printable or event.key == "enter":
            await self.cockpit.tell(say("no_answer_here", key=shown_key(event.key)))
        return True

    async def _answer_ask(self, answer: str) -> None:
        ask, take = self.asked, self._own_ask[1] if self._own_ask else self.cockpit.question.answer
        self._drop_own_ask()
        await done(take(answer))
        if ask is not None and (ask.id, answer) == ABOUT_ME:
            from tui.screens.fields import ask_about_me

            await ask_about_me(self)

    async def _leave_ask(self) -> None:
        if self._own_ask is None:
            await self.cockpit.question.leave()
        else:
            self._drop_own_ask()

    def _drop_own_ask(self) -> None:
        self._own_ask = None
        self.update_keys()

    @property
    def is_too_small(self) -> bool:
        """Whether the window shows one sentence in place of the page: no key acts on what cannot be read."""
        return self.size.width < LEAST.width or self.size.height < LEAST.height

    @property
    def is_made(self) -> bool:
        """Whether its parts are there."""
        return self._made.is_set()

    def selected_part(self) -> Lines | None:
        """The part with the row that Enter acts on, or that is read first; None without any."""
        return None

    # Keys

    async def press(self, event: events.Key) -> bool:
        """Do what a key means here; False when it means nothing here."""
        line = self.line_in_use
        if line is not None and line.wants(event) and event.character:
            line.put(event.character)
            return True
        if line is not None and event.key == LINE_FEED:
            line.break_line()
            return True
        if (ask := self.asked) is not None:
            return await self._press_asked(event, ask)
        command = self.context.keys.command(event.key, self.places())
        edits = line is not None and bool(line.value) and event.key in EDITING_KEYS
        if command is not None and not edits:
            return await self.run_command(command.id)
        return await self.press_other(event)

    def is_text(self, event: events.Key) -> bool:
        """Whether a key goes on the line that is typed on."""
        line = self.line_in_use
        return line is not None and line.wants(event)

    def knows(self, event: events.Key) -> bool:
        """Whether a key means something here or everywhere."""
        sign = event.character or ""
        if (ask := self.asked) is not None:
            return any(sign == key for key, _ in ask.choices)
        command = self.context.keys.command(event.key, (*self.places(), "everywhere"))
        return command is not None or self.means(sign)

    @property
    def line_in_use(self) -> TextLine | None:
        """The line that is typed on now."""
        return self.focused if isinstance(self.focused, TextLine) else None

    def paste(self, text: str) -> bool:
        """Put pasted words on the line that is typed on; False without one."""
        line = self.line_in_use
        if line is not None and not self.is_too_small:
            line.paste(text)
        return line is not None

    async def follow_line(self) -> None:
        """Act on what the last key or paste did to the line, before the next one comes."""
        line = self.line_in_use
        if line is not None and line.was_typed_on():
            await done(self.typed(line))

    def typed(self, line: TextLine) -> Awaitable[object] | None:
        """Other words stand on a line of this screen, put there by the rep."""
        return None

    async def ask_on(
        self, screen: CockpitScreen[Given | None], take: Callable[[Given], Awaitable[object] | None]
    ) -> None:
        """Ask on a screen of its own; `take` gets what it gives back, and is not called on Esc."""

        async def taken(given: Given | None) -> None:
            if given is not None:
                await done(take(given))

        await self.app.push_screen(screen, taken)

    def why_not(self, command_id: str) -> str:
        """Why a command does nothing here now, as a sentence; empty when it is possible."""
        from tui.cockpit import possible

        return possible.why_not(command_id, self.view, self.subject, self.context.shown)

    async def run_command(self, command_id: str) -> bool:
        """Run one command of this screen, or say why it does nothing now; False when it has no such command."""
        handler = self.handlers().get(command_id)
        if handler is None:
            return False
        why_not = self.why_not(command_id)
        await done(self.cockpit.tell(why_not) if why_not else handler())
        return True

    def extra_commands(self) -> list[tuple[str, str, str]]:
        """Things the palette offers here beyond the command table: id, key, words."""
        return []

    async def run_extra(self, extra_id: str) -> None:
        """Do one of `extra_commands`."""

    def on_resize(self) -> None:
        """More or less room: other lines may fit."""
        if self.view is not NO_VIEW and self._made.is_set():
            self.show(self.view)


async def done(result: object) -> None:
    """Wait for what a handler began, when it is to be waited for."""
    if inspect.isawaitable(result):
        await result
