"""The plain room: it says what changed, asks for a line, and does what the line means. One loop, one cockpit.

While a line is waited for the clock ticks, the phone is heard, and what happens by itself is said at once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from tui.cockpit.clock import TICK_S
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.places import GUARD_S, PLACE_OF
from tui.cockpit.view import LINE_OPEN, Phase, View
from tui.cockpit.wording.typed import leaving
from tui.commands import BY_ID
from tui.plain.facts import Fact, news, place_of
from tui.plain.lines import Out, Source, Typed
from tui.plain.typed import BACK, TypedKeys, spoken
from tui.plain.words import say
from tui.plaintext import clean
from tui.system.programs import own_folder

if TYPE_CHECKING:
    from tui.cockpit.call_view import RecapView

Result = TypeVar("Result")
PROMPT = "> "
MEANS_ANOTHER_THING = ("", BACK)
"""Lines that do something else in every phase: right behind a change nobody typed for, they are typed again."""


class LeftError(Exception):
    """The rep leaves, or is made to: the input ended, or the program is to."""


class Given(Struct, frozen=True):
    """What the command line gives the room besides the cockpit."""

    keys: TypedKeys = field(default_factory=TypedKeys)
    report: Callable[[], RecapView | None] = lambda: None
    """What the report shows (slow for long histories); None: nothing to report yet."""
    import_from: Path = field(default_factory=own_folder)
    """The folder whose files the import lists first."""


class Room:
    """Reads lines and says what there is to say. What a line means is decided in `work`."""

    def __init__(
        self,
        cockpit: Cockpit,
        source: Source,
        out: Out,
        given: Given | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`clock` gives seconds that only grow, as the source of the lines does."""
        self.cockpit, self.given, self.out = cockpit, given or Given(), out
        self.keys = self.given.keys
        self._source, self._clock = source, clock
        self._lines: deque[Typed] = deque()
        self._wake = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._over = False
        self._at_prompt = False
        self._told: dict[str, dict[str, object]] = {"news": {}, "page": {}, "rehearsal": {}}
        """By kind of fact: what stands for each that was said last."""
        self._stay: set[str] = set()
        """What is not said again when the rep comes back to it."""
        self._ticked = self._clock()
        self._moved_at = float("-inf")
        """When the rep's place changed by itself."""
        self.at_home = False
        """The main prompt waits: what changes by itself is said as a page, too."""
        self.tell_page: Callable[[], None] = lambda: None
        """Says what is new where the rep is; `work` supplies it."""
        self.caller: Callable[[], Awaitable[object]] = self._nothing
        """What the key for an incoming call does, at any prompt; `incoming` supplies it."""
        self.ticked: Callable[[], object] = lambda: None
        """Called after each tick that went well."""

    async def _nothing(self) -> None:
        """Before the room is whole."""

    @property
    def subject(self) -> str:
        """Id of the person on the card, else of the one the cursor of the queue is on; empty for nobody."""
        view = self.view
        return view.card.contact_id if view.card else view.queue.selected

    @property
    def view(self) -> View:
        """The cockpit as it is now."""
        return self.cockpit.view

    def begin(self) -> Callable[[], None]:
        """Take lines and views from now on; what comes back ends the views."""
        self._source.begin(self._take_line)
        return self.cockpit.subscribe(lambda _: self._wake.set())

    def _take_line(self, typed: Typed) -> None:
        def take() -> None:
            self._lines.append(typed)
            self._wake.set()

        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(take)

    def end(self) -> None:
        """The program is to end: whoever waits for a line gets `LeftError`."""
        self._over = True
        self._wake.set()

    # -- saying

    def say(self, text: str) -> None:
        """One line, now."""
        if self._at_prompt:
            self.out.line("")
            self._at_prompt = False
        self.out.line(text)

    def tell(self, kind: str, facts: Iterable[Fact], *, beside: bool = False) -> None:
        """Say the facts that were not said already. One that is gone may be said again, unless these stand `beside`."""
        before = self._told[kind]
        now = {about: said for about, said in before.items() if beside or about in self._stay}
        for fact in facts:
            now[fact.about] = fact.stands_for
            if fact.stays:
                self._stay.add(fact.about)
            if fact.text and before.get(fact.about) != fact.stands_for:
                self.say(fact.text)
        self._told[kind] = now

    def known(self, about: str, stands_for: object) -> None:
        """Take a fact of the page as said."""
        self._told["page"][about] = stands_for

    def forget(self, *abouts: str) -> None:
        """Say these again; without any, all of the page."""
        page = self._told["page"]
        for about in abouts or tuple(page):
            page.pop(about, None)

    def tell_news(self) -> None:
        """What happened by itself or was just done, wherever the rep is."""
        view = self.view
        heard = self._told["news"]
        rings = view.notice is not None and view.notice.bell and heard.get("notice") != view.notice.id
        rings = rings or bool(view.banner and heard.get("incoming") != view.banner)
        self.tell("news", news(view, self.keys, self._undo_key(view)))
        if rings:
            self.out.bell()

    def _undo_key(self, view: View) -> str:
        undo = f"{PLACE_OF.get(view.phase, str(view.phase))}.undo"
        can = view.can_undo and view.ask is None and undo in BY_ID  # a question takes its own keys alone
        return self.keys.shown(undo) if can else ""

    # -- reading

    async def line(self) -> str | None:
        """The next line, without blanks at its end. None: something else was done meanwhile, so ask again.

        Raises `LeftError` at the end of the input, and when the rep leaves.
        """
        typed = await self._next()
        if typed.text is None:
            raise LeftError
        text = typed.text.rstrip()
        if self.at_home and text in MEANS_ANOTHER_THING and 0 <= typed.at - self._moved_at < GUARD_S:
            self._moved_at = typed.at
            self.say(say("moved_on"))
            return None
        labels = (
            self.at_home and self.view.phase is not Phase.TALKING
        )  # elsewhere words are an answer, or a note
        ours = ("app.caller", "app.quit")
        command = self.keys.meant(text, ("everywhere",), ours, labels=labels) if text.strip() else None
        is_note = self.at_home and self.view.phase is Phase.TALKING and text.startswith(" ")
        if command is None or is_note:
            return text
        await (self.caller() if command.id == "app.caller" else self.quit())
        return None

    async def _next(self) -> Typed:
        await self._tick_when_due()
        self._prompt()
        while not (self._lines or self._over):
            self._wake.clear()
            place = place_of(self.view)
            with suppress(TimeoutError):
                async with asyncio.timeout(max(self._ticked + TICK_S - self._clock(), 0.0)):
                    await self._wake.wait()
            await self._tick_when_due()
            self._tell_what_came(place)
        if self._over:
            raise LeftError
        typed = self._lines.popleft()
        if typed.text is not None:
            if not self._source.echoes:
                self.out.line(typed.text)
            self._at_prompt = False
        return typed

    def _prompt(self) -> None:
        if not self._at_prompt:
            self.out.prompt(PROMPT)
            self._at_prompt = True

    def _tell_what_came(self, place: tuple[object, ...]) -> None:
        """What changed by itself while a line is typed."""
        self.tell_news()
        if self.at_home:
            if place_of(self.view) != place:
                self._moved_at = self._clock()
                self.tell_page()
            elif not self._lines:
                self._tell_who_is_next()
        self._prompt()

    def _tell_who_is_next(self) -> None:
        enter = self.view.queue.enter
        meant = self._told["page"].get("enter")
        if meant is not None and meant != enter.words:
            self._moved_at = self._clock()
            self.known("enter", enter.words)
            self.say(say("now_first", words=enter.words))

    async def _tick_when_due(self) -> None:
        if self._clock() - self._ticked >= TICK_S:
            self._ticked = self._clock()
            await self.cockpit.tick()
            await self._let_them_wait()
            self.ticked()

    async def _let_them_wait(self) -> None:
        """Nobody's card comes up by itself over a line that is typed: a sentence tells of them."""
        if self.view.ringing is not None and not self.shows_caller:
            await self.cockpit.incoming.has_no_room()

    shows_caller = False
    """The rep asked to see who is calling on the line."""

    async def beside(
        self,
        work: Awaitable[Result],
        progress: Callable[[], str] = lambda: "",
        stop: Callable[[], object] | None = None,
    ) -> Result:
        """What `work` gives; meanwhile the clock ticks, news is said, and now and then how far it is.

        `stop` is called when the rep types the sign that leaves, or is to leave themselves. Where nothing can be
        stopped, what was typed meanwhile is for the next prompt; it raises `LeftError` when the program is to end.
        """
        task = asyncio.ensure_future(work)
        said = ""
        while not (await asyncio.wait((task,), timeout=TICK_S))[0]:
            await self._tick_when_due()
            self.tell_news()
            if (now := progress()) != said:
                said = now
                self.say(now)
            if stop is None:
                if self._over:
                    task.cancel()  # it may wait for a drive that is gone
                    raise LeftError
            elif self._over or (self._lines and self._lines[0].text in (BACK, None)):
                stop()
                if self._lines and self._lines[0].text == BACK:
                    self._lines.popleft()
        return task.result()

    async def of_disk(self, work: Awaitable[Result], path: Path) -> Result | None:
        """What `work` gives, however long the drive of `path` takes to answer; None when the rep left it."""
        task = asyncio.ensure_future(work)
        waits = say("waits_for", path=clean(str(path)), key=spoken(BACK))
        try:
            return await self.beside(task, lambda: waits, task.cancel)
        except asyncio.CancelledError:
            if task.cancelled():
                return None
            raise

    # -- leaving

    async def quit(self) -> None:
        """Leave; asks first while a call is open or something is unsaved. Raises `LeftError`."""
        from tui.plain.dialogs import ask

        view = await self.cockpit.save()
        if not (view.phase in LINE_OPEN or view.unsaved) or await ask(self, leaving(view)):
            raise LeftError
