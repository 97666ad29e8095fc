"""The Textual app. Wiring only: the latest view, which screen it belongs on, keys that work everywhere, leaving."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct, field
from rich.text import Text
from textual import events, on
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.reactive import var
from textual.worker import WorkerFailed

from tui.cockpit.by_command import DOES
from tui.cockpit.clock import TICK_S
from tui.cockpit.cockpit import WARM_UP_AFTER_S, Cockpit, NotOpened
from tui.cockpit.places import outlives_us
from tui.cockpit.view import LINE_OPEN, Phase, View
from tui.commands.keys import key_written, shown_key, sign_of
from tui.screens.alarm import Alarm
from tui.screens.base import CockpitScreen
from tui.screens.caller_card import CallerCard
from tui.screens.cursor import CursorWhereKeysAct
from tui.screens.key_stream import KeyGuard, KeyStream, says_something
from tui.screens.queue import QueueScreen
from tui.screens.screen_context import ScreenContext
from tui.system.ending import Signals, Starts, crashed, wake_only_after_a_stop
from tui.system.memory import Garbage
from tui.widgets.colours import ColouredApp
from tui.widgets.lines import Lines
from tui.widgets.look_screen import seen_screen
from tui.widgets.words import say

if TYPE_CHECKING:
    from tui.screens.keys.keyboards import Keyboard

OTHER_SCREENS = (
    "call",
    "caller",
    "report",
    "help",
    "contact",
    "pick",
    "fields",
    "keys.keyboards",
    "keys.palette",
    "settings",
)
"""Read while the rep looks at the queue, so that no key waits for one. The import, which is rare, brings a tenth of the
program with it: its key waits instead."""
LAST_KEY_S = 5.0
"""So long leaving waits for the key that is being done, before everything is put away."""


def mode_of(phase: Phase) -> str:
    """Which screen a phase belongs on: queue, recap or call."""
    return {Phase.QUEUE: "queue", Phase.RECAP: "recap"}.get(phase, "call")


class AppOptions(Struct, frozen=True):
    """What the command line decides for the app."""

    theme: str = ""
    """A theme of ours or of Textual's; empty or unknown: its default."""
    log_folder: Path = field(default_factory=Path.cwd)
    """Where a crash is written down."""
    starts: Starts = field(default_factory=Starts)
    """Counts starts that fail."""
    signals: Signals = field(default_factory=Signals)
    """What ends the program from outside."""
    driver: type[Driver] | None = None
    """How the terminal is driven; None: Textual's own way."""
    monotonic: Callable[[], float] = monotonic
    """Seconds that only grow, for keys that come twice."""
    plain_glyphs: bool = False
    """Signs are drawn in ASCII."""
    bell: bool = True
    """The terminal's bell sounds."""


class PowerHourApp(CursorWhereKeysAct, ColouredApp, inherit_bindings=False):
    """Power Hour in a terminal."""

    TITLE = "Power Hour"
    DEFAULT_MODE = "queue"
    CSS_PATH: ClassVar[list[str | PurePath]] = [f"screens/{name}" for name in QueueScreen.CSS_PATH]
    """Textual reads no style sheet of a default screen, so the app names those of the queue."""
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    view: var[View | None] = var(None, init=False)
    """The latest view; every screen watches it."""

    def __init__(self, context: ScreenContext, options: AppOptions | None = None) -> None:
        self.options = options or AppOptions()
        super().__init__(driver_class=self.options.driver)
        self.context = context
        self.plain_glyphs = self.options.plain_glyphs
        self.animation_level = "none"  # nothing moves by itself
        self.set_class(self.plain_glyphs, "-plain-glyphs")
        self._unsubscribe: Callable[[], None] = lambda: None
        self._opening: asyncio.Task[View] | None = None
        self._awaited: asyncio.Task[View] | None = None
        """The same, while it takes so long that the rep is told."""
        self._saving: asyncio.Task[None] | None = None
        self._leaving = False
        self._taking_a_key, self._garbage = asyncio.Lock(), Garbage()
        self.unsaved = ""
        """What could not be saved on leaving, and where it is now: a sentence."""
        self._guard = KeyGuard(self.options.monotonic)
        self._keys_in_order = KeyStream(
            context.cockpit, self._guard, self._seen, self._take_key, self._settle
        )
        self._alarm = Alarm(self, self._tell_terminal, bell=self.options.bell)
        self._caller_card = CallerCard(self, context)
        self.add_mode("call", self._call_screen)
        self.add_mode("recap", self._recap_screen)

    # Only the queue is read before the first screen; the other screens come beside it.

    def get_default_screen(self) -> QueueScreen:
        """Return the first screen.

        Textual puts a default screen on the stack before it starts it, the screen of a mode only afterwards. From
        Python 3.12 on it starts at once, and a text line on it asks for the screen on the stack.
        """
        return QueueScreen(self.context)

    def _call_screen(self) -> CockpitScreen[None]:
        from tui.screens.call import CallScreen

        return CallScreen(self.context)

    def _recap_screen(self) -> CockpitScreen[None]:
        from tui.screens.report import RecapScreen

        return RecapScreen(self.context)

    async def _read_other_screens(self) -> None:
        await asyncio.sleep(WARM_UP_AFTER_S)
        for name in OTHER_SCREENS:
            await asyncio.to_thread(importlib.import_module, f"tui.screens.{name}")
        if self.cockpit.hears_callers:
            self.call_later(self._caller_card.be_ready)

    @property
    def cockpit(self) -> Cockpit:
        """What the rep is doing."""
        return self.context.cockpit

    # From start to end

    async def on_mount(self) -> None:
        """Open the cockpit, show its first view, start the clock."""
        self.add_mode(self.DEFAULT_MODE, self.get_default_screen)  # only a mode can be switched back to
        self.choose_theme(self.options.theme)
        self.options.signals.leave_by(self.leave)
        wake_only_after_a_stop()
        self._unsubscribe = self.cockpit.subscribe(self._take)
        self._opening = opening = asyncio.create_task(self.cockpit.open(distrust=self.options.starts.begin()))
        if (await asyncio.wait((opening,), timeout=TICK_S))[0]:
            await self._begin(opening)
        else:
            self._awaited = opening  # nothing is drawn before this method has ended
            self.call_later(self._wait_until_open)

    async def _wait_until_open(self) -> None:
        """Say what takes so long; all that the rep does meanwhile waits."""
        opening, self._awaited = self._awaited, None
        if opening is None:
            return
        while not (await asyncio.wait((opening,), timeout=TICK_S))[0]:
            if isinstance(self.screen, CockpitScreen):
                self.screen.tell(self.cockpit.opening)
        await self._begin(opening)

    async def _begin(self, opening: asyncio.Task[View]) -> None:
        view = await opening
        if self._saving:
            return
        self._take(view)
        self.set_interval(TICK_S, self._tick)
        self.run_worker(self._read_other_screens())

    def _take(self, view: View) -> None:
        question = view.ask.id if view.ask and view.ask.default else ""  # Enter means yes there
        caller = view.ringing.call_id if view.ringing else ""
        self._guard.saw(view.phase, question, view.queue.moved, caller)
        self.view = view

    async def _tick(self) -> None:
        if not self._saving:
            await self.cockpit.tick()
            self.options.starts.succeeded()
            # The screen of a mode stays to the end; one that stands over it does not.
            self._garbage.look("" if len(self.screen_stack) > 1 else self.current_mode)

    def watch_view(self, view: View | None) -> None:
        """The phase decides which screen is seen."""
        if view is None or not self.is_running:
            return
        mode = mode_of(view.phase)
        if view.ringing is None or mode != self.current_mode:
            self._caller_card.take_down()
        self.switch_mode(mode)
        self._alarm.follow(view, unseen=self._is_unseen)
        self._caller_card.follow(view)

    def _tell_terminal(self, sequence: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    def leave(self) -> None:
        """Save and end: with exit code 0, or 1 when something could not be saved."""
        self._leaving = True
        self.run_worker(self._close_and_exit(), exit_on_error=True)

    async def _close_and_exit(self) -> None:
        # What a key is doing comes first. What it saves goes to a store that is open, and what it brings to an app that
        # runs: a screen begun while the app ends is never made, and whoever waits for it waits for ever.
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_KEY_S), self._taking_a_key:
                pass
        await self._close()
        self.options.starts.succeeded()
        self.exit(return_code=1 if self.unsaved else 0)

    async def _close(self) -> None:
        """Close the cockpit, once; whoever asks meanwhile waits for the same."""
        if self._saving is None:
            self._saving = asyncio.create_task(self._save_and_close())
        await asyncio.shield(self._saving)  # an app that ends cancels whoever waits, not what is being saved

    async def _save_and_close(self) -> None:
        self._alarm.end()
        self._unsubscribe()
        if self._opening:
            # Closed while it opens, it would start the phone afterwards.
            await asyncio.wait((self._opening,))
        self.unsaved = await self.cockpit.close(crashed=self._exception is not None)

    async def on_unmount(self) -> None:
        """However the app ends, the cockpit is closed; only a crash leaves a call up."""
        if self._saving is None or not self._saving.done():
            await self._close()

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes go into the one stream, not to the part of the screen that has the cursor."""
        await self._wait_until_open()  # what the rep did in the first second stands before that in the queue
        if isinstance(event, events.Key | events.Paste):
            self.app_focus = True
            if not (self._leaving or self._saving):  # once the program is to end no key is taken
                async with self._taking_a_key:
                    await self._keys_in_order.take(event)
        else:
            await super().on_event(event)

    @property
    def _is_unseen(self) -> bool:
        return (screen := self._seen()) is not None and screen.is_too_small

    @on(Lines.KeyClicked)
    async def _press_clicked(self, event: Lines.KeyClicked) -> None:
        """A key that is clicked where it stands is pressed, with all that keeps a key from being taken twice."""
        if key := key_written(event.shown.split()[-1]):
            await self.on_event(events.Key(key, sign_of(key)))

    def _seen(self) -> CockpitScreen[Any] | None:
        screen = seen_screen(self)
        return screen if isinstance(screen, CockpitScreen) else None

    async def _settle(self) -> None:
        # What a screen gave back is acted upon before the next key; Textual would wait until no key is left.
        while self._next_callbacks:
            await self._flush_next_callbacks()

    async def _take_key(self, screen: CockpitScreen[Any], event: events.Key) -> None:
        """What a key does on the screen that is seen, else everywhere; one that does nothing says so."""
        if screen.is_too_small:
            self._press_unseen(event)
            return
        await self._keyboard.press(screen, event, self._do_key)

    def _press_unseen(self, event: events.Key) -> None:
        """Where nothing can be read one key leaves, as closing the window does, and no other does anything."""
        if (command := self.context.keys.command(event.key, ("everywhere",))) and command.id == "app.quit":
            self.leave()

    @cached_property
    def _keyboard(self) -> Keyboard:
        from tui.screens.keys.keyboards import Keyboard

        return Keyboard()

    async def _do_key(self, screen: CockpitScreen[Any], event: events.Key) -> None:
        if self._caller_card.is_asked_for(event):
            await self._caller_card.ask()
            return
        await self.cockpit.hush()
        if await screen.press(event):
            return
        command = self.context.keys.command(event.key, ("everywhere",))
        if command is not None and screen.asked is None:
            await self.run_command(command.id)
        elif not await self._check_bindings(event.key) and says_something(event):
            key, keys = shown_key(event.key), self.context.shown("app.keys")
            await self.cockpit.tell(say("does_nothing", key=key, keys=keys))

    async def run_command(self, command_id: str) -> None:
        """Run a command of the table, on the screen that is seen or everywhere."""
        if screen := self._seen():
            everywhere = self._everywhere().get(command_id)
            await (everywhere(screen) if everywhere else screen.run_command(command_id))

    def _everywhere(self) -> Mapping[str, Callable[[CockpitScreen[Any]], Awaitable[object]]]:
        return {
            "app.caller": lambda _: self._caller_card.ask(),
            "app.help": self._help,
            "app.keys": self._keys,
            "app.palette": self._palette,
            "app.quit": self._quit,
            "app.theme": self._colours,
            "app.team_hour": lambda _: DOES["app.team_hour"](self.cockpit),
            "app.tour": lambda _: DOES["app.tour"](self.cockpit),
            "app.why": self._why,
        }

    async def _help(self, screen: CockpitScreen[Any]) -> None:
        from tui.screens.help import TextScreen, help_blocks

        await self.push_screen(TextScreen(self.context, help_blocks(self.context.keys, screen.places())))

    async def _keys(self, screen: CockpitScreen[Any]) -> None:
        from tui.screens.keys.palette import Palette, keys_screen

        await self.push_screen(keys_screen(screen), Palette(screen, self.run_command).take)

    async def _palette(self, screen: CockpitScreen[Any]) -> None:
        from tui.screens.keys.palette import Palette

        palette = Palette(screen, self.run_command)
        await self.push_screen(palette.screen(), palette.take)

    async def _colours(self, screen: CockpitScreen[Any]) -> None:
        from tui.screens.colours import ThemeScreen, keep

        async def taken(theme: str | None) -> None:
            if theme:
                await keep(self, self.cockpit, theme)

        if not isinstance(screen, ThemeScreen):
            await self.push_screen(ThemeScreen(self.context, self), taken)

    async def _why(self, screen: CockpitScreen[Any]) -> None:
        from tui.screens.help import TextScreen
        from tui.widgets.reading import Block

        if why_not := screen.why_not("app.why"):
            await self.cockpit.tell(why_not)
            return
        person = self.cockpit.card.view(screen.subject)
        why = Block(say("why", name=person.name if person else ""), self.cockpit.card.explain(screen.subject))
        await self.push_screen(TextScreen(self.context, (why,)))

    async def _quit(self, screen: CockpitScreen[Any]) -> None:
        from tui.cockpit.wording.typed import leaving

        view = await self.cockpit.save()
        if view.phase in LINE_OPEN or view.unsaved:
            screen.ask_here(leaving(view), lambda _: self.leave())
        else:
            self.leave()

    # Crash

    def _handle_exception(self, error: Exception) -> None:
        """Say one sentence; the traceback goes to a file only the rep can read, without values of variables."""
        if self._exit and isinstance(error, NoMatches):
            return  # a screen that was still being made when the program ended never gets its parts
        if isinstance(error, WorkerFailed):
            error = error.error if isinstance(error.error, Exception) else error  # it says where the fault is
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        words = str(error)
        if not isinstance(error, NotOpened):
            folder, starts = self.options.log_folder, self.options.starts
            words = crashed(error, folder, starts, open_call=outlives_us(self.view))
        self.panic(Text(words))
