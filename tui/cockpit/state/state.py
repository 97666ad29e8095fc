"""What all parts of the cockpit share: store, settings, scripts, phone line, clock, and what is going on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from tui.cockpit.clock import Clock
from tui.cockpit.queue.owed import OwedCalls
from tui.cockpit.queue.ranking import Ranking
from tui.cockpit.queue.restrictions import NumberInHand
from tui.cockpit.queue.selection import Selection
from tui.cockpit.state.asks import AskOnScreen
from tui.cockpit.state.disk import Disk
from tui.cockpit.state.stored import Stored, read
from tui.cockpit.state.unit import Unit, WayBack, decided, session_records, where_we_are
from tui.cockpit.view import Ask, Notice, Phase, PhoneView, Saved, View
from tui.cockpit.wording import card, queue_reasons
from tui.commands import Keys
from tui.dialer.protocol import Dialer
from tui.domain.call import Call, has_to_do
from tui.domain.contact import Contact, Rep
from tui.domain.day_words import Clocks
from tui.domain.do_not_call import DoNotCallList
from tui.domain.history import history_of
from tui.domain.next_step import NextStep
from tui.domain.outcome import Outcome
from tui.domain.promise_state import PlannedCall, PromiseState, open_plan, open_promise
from tui.domain.session import Session, SessionClock
from tui.plaintext import shown_bytes
from tui.settings.settings import Settings
from tui.storage.protocol import Change, OwnDocuments, Store, StoreError

if TYPE_CHECKING:
    from tui.cockpit.call_view import TeamHourView
    from tui.cockpit.state.active_call import Working
    from tui.cockpit.state.leases import Leases

WRITE_S, RECORD_S = 10.0, 0.01
"""Seconds a disk has for a write, and for each record in it: a network drive that is gone never answers, and an import
of 100,000 people is a long write. Up to twice as long passes before it is given up."""
SAVED_SHOWN_S = 5.0
"""So long the line about what was saved stands, unless a key takes it away before."""


class Run(Struct):
    """The session that is running: its record, its clock, and the calls it has brought so far."""

    session: Session
    clock: SessionClock
    calls: list[Call] = field(default_factory=list)
    dialled_kinds: list[str] = field(default_factory=list)
    """Kinds of the people dialled, for the share of fresh ones."""
    on_disk: Session | None = None
    """The record as it was last written; None before the first write."""

    def record(self) -> tuple[Session, ...]:
        """The record as of now, for the next write; empty when only the seconds spent differ from the disk.

        Those stand in the clock's state, which every write holds, and the pauses beside it until the session ends.
        """
        self.session = replace(self.session, spent=dict(self.clock.spent))
        if self.on_disk and replace(self.session, spent={}) == replace(self.on_disk, spent={}):
            return ()
        return (self.session,)


class State:
    """Shared state of one cockpit. Parts change it; `painting` turns it into a View."""

    ask = AskOnScreen()

    def __init__(self, store: Store, settings: Settings, dialer: Dialer, clock: Clock) -> None:
        self.store = store
        self.settings = settings
        self.keys = Keys(settings.keys)
        self.dialer = dialer
        self.clock = clock
        self.ranking = Ranking(store, settings)
        self.owed = OwedCalls(store)
        self.pauses = OwnDocuments[dict[str, Any]](store, "pauses")
        """Of the session that runs, as they are to be stored."""
        self.selection = Selection(self.ranking, self.owed)
        self.run: Run | None = None
        self.stack: list[Working] = []
        """The call in hand is the last; the ones below wait (somebody rang, or the last call is being corrected)."""
        self.page: Phase | None = Phase.QUEUE
        """QUEUE or RECAP while that is on the screen; None: the call in hand is."""
        self.drafts = OwnDocuments[Mapping[str, Any]](store, "drafts")
        """State of calls that a long-gone session left half done, by contact id."""
        self.left_open: dict[str, dict[str, Any]] = {}
        """State of calls that were made and have no outcome yet, by call id: asked for at the next start."""
        self.ringing: dict[str, dict[str, Any]] = {}
        """Who calls us and is in no record yet, by the line's id: a start after a crash makes it a missed call."""
        self.abandoned: tuple[Session, ...] = ()
        """A session a crash left open too long ago to go on with; closed with the next write."""
        self.ways_back: list[Callable[[], WayBack]] = [self._way_back]
        """Each gives the way back from what a unit of work is about to change."""
        self._on_disk: Mapping[str, Any] = {}  # where we were when that was last saved
        self.forgetting: list[Callable[[], None]] = []
        """What forgets the records it has read, because many changed."""
        self.asks: dict[str, Ask] = {}
        self.notice: Notice | None = None
        """What the rep was told last; gone with the next thing they do."""
        self.saved: Saved | None = None
        """What was saved last, until `saved_until`; gone with the next thing the rep does."""
        self._notices, self._saved_until = 0, 0.0
        self.rep: dict[str, Any] = {}
        """`state['rep']`: id, last list, last minutes and goal."""
        self._unsaved_rep: Rep | None = None
        """Who works here, while the record of reps does not say so."""
        self._edits = self._edits_on_disk = 0
        """How often something was typed that a restart brings back, and how much of that is on the disk."""
        self.countdown_to: float | None = None
        self.problems: tuple[str, ...] = ()  # what is wrong with the settings
        self.script_problems: tuple[str, ...] = ()  # and with the scripts
        self.team_news: tuple[str, ...] = ()  # what changed in the team's settings, a sentence each
        self.refuses_writes = ""  # why the last write failed; empty when it did not
        self.can_advance = True  # a key was pressed since the last person was called by itself
        self.disk = Disk()
        self._saving = asyncio.Lock()
        self.acting: dict[asyncio.Task[Any] | None, bool] = {}
        """The tasks in which an action of the rep is under way, and whether it does more than look."""
        self.team_list = PhoneView()  # what line 1 says of the people folder, or of the shared list
        self.team_hour: TeamHourView | None = None  # as it stands; None while it is not on
        self.leases: Leases | None = None  # whom the shared list holds for whom; None without one
        self.view = View(self.phase, self.here)
        """What was painted last."""
        self.paint: Callable[[], View] = lambda: self.view
        """Make the View of this moment and show it; the cockpit says how."""
        self.obeyed: Callable[[], None] = lambda: None
        """Called when a colleague's refusal is obeyed from now on: nobody waits for the next tick to see it."""

    @property
    def now(self) -> datetime:
        """Now, UTC."""
        return self.clock.now()

    @property
    def session_time(self) -> tuple[float, float]:
        """What the session's clock goes by: seconds that never go back, those asleep too, and the time of day."""
        return self.clock.elapsed(), self.now.timestamp()

    @cached_property
    def stored(self) -> Stored:
        """What the last run left, read when it is first asked for."""
        return read(self.store, self.settings.outcomes, self.now)

    @property
    def here(self) -> datetime:
        """Now on the rep's wall."""
        return self.now.astimezone(ZoneInfo(self.settings.zone))

    @property
    def working(self) -> Working | None:
        """The call in hand."""
        return self.stack[-1] if self.stack else None

    @property
    def phase(self) -> Phase:
        """What is on the screen: a page, else the phase of the call in hand."""
        return self.page or (self.working.phase if self.working else Phase.QUEUE)

    @property
    def call_on_screen(self) -> Working | None:
        """The call in hand; None while the queue or the recap is on the screen."""
        return None if self.page else self.working

    @property
    def in_hand(self) -> Working:
        """The call in hand; only asked for when there is one."""
        return self.stack[-1]

    def say(self, text: str, tone: Literal["info", "warn", "error"] = "info", *, bell: bool = False) -> None:
        """Show the rep one sentence, with a bell when it cannot wait.

        While it stands that nothing can be saved, no other sentence takes its place, unless it cannot wait.
        """
        if tone != "error" and not bell and self._says_not_saved:
            return
        self._notices += 1
        # A path may hold bytes that no terminal takes.
        self.notice = Notice(self._notices, shown_bytes(text), tone, bell)

    @property
    def _says_not_saved(self) -> bool:
        return (
            bool(self.refuses_writes) and self.notice is not None and self.notice.text == self.refuses_writes
        )

    def say_saved(self, saved: Saved) -> None:
        """Show what a commit has just saved, for a few seconds. Only after `commit` returned True."""
        self.saved, self._saved_until = saved, self.clock.monotonic() + SAVED_SHOWN_S

    @property
    def on_a_call(self) -> bool:
        """Whether the person in hand was called or is on the line: nothing else is said meanwhile."""
        working = self.working
        return working is not None and bool(working.dials or working.answered_at)

    @property
    def saved_now(self) -> Saved | None:
        """What was saved, while its line is shown."""
        return self.saved if self.clock.monotonic() < self._saved_until else None

    def show_list(self, name: str) -> None:
        """Show one list, a saved filter, or everybody (an empty name)."""
        saved = self.rep.get("filters", {})
        self.ranking.show(name if name not in saved else "", str(saved.get(name, "")))
        self.rep["list"] = name

    def number(self, contact: Contact, number: str = "") -> NumberInHand:
        """The number in hand (the one called first when none is given) with its clock and its law."""
        return self.ranking.bounds.number_in_hand(contact, number)

    def zone(self, contact: Contact, number: str = "") -> str:
        """The zone in which times of a call to this number are told."""
        return self.number(contact, number).zone

    def clocks(self, contact: Contact, number: str = "") -> Clocks:
        """The customer's clock at this number beside the rep's, for sentences."""
        return Clocks(self.zone(contact, number), self.settings.zone, self.now)

    def calls(self, contact: Contact) -> tuple[Call, ...]:
        """The contact's calls, oldest first."""
        return self.store.calls(contact.id)

    def promise(self, contact: Contact) -> PromiseState | None:
        """The promise still owed to this contact, as it stands now; None when there is none."""
        touches = history_of(self.calls(contact)).touches
        return open_promise(touches, self.now, self.settings.policy)

    def plan(self, contact: Contact) -> PlannedCall | None:
        """The imported plan that still waits for a call to this contact; None when there is none."""
        return open_plan(self.store.plans(contact.id), history_of(self.calls(contact)).touches)

    @property
    def never(self) -> DoNotCallList:
        """The do-not-call list."""
        return self.ranking.bounds.never

    def step(self, contact: Contact) -> NextStep:
        """What the policy proposes for this contact now."""
        return self.ranking.step(contact.id)

    def missed_call(self, contact: Contact) -> str:
        """A missed call that may have been theirs and waits for a call back, in words; empty when there is none."""
        missed = self.ranking.unclear.open_of(contact.id)
        if missed is None:
            return ""
        return queue_reasons.missed_by(
            missed, [self.ranking.name(one) for one in missed.one_of], self.clocks(contact)
        )

    def outcome(self, outcome_id: str) -> Outcome:
        """An outcome by id. Raises KeyError."""
        return next(o for o in self.settings.outcomes if o.id == outcome_id)

    def key(self, command_id: str) -> str:
        """The key of a command as it stands on the screen, for a sentence: the rep may have given it another."""
        return self.keys.shown(command_id)

    @property
    def labels(self) -> card.Labels:
        """Outcome labels by id, also of one that the team has no more."""
        return card.Labels(self.settings.outcomes)

    def load_rep(self) -> None:
        """Read who works here; a fresh data folder gets an id, stored with the first thing that is written."""
        self.rep = self.stored.rep
        self.name_rep()
        self.drafts.load(self.stored.drafts)
        self.left_open, self.ringing = dict(self.stored.left_open), dict(self.stored.ringing)

    def name_rep(self) -> None:
        """Who works here goes by the name of the settings; written with whatever is written next."""
        me = self.ranking.bounds.works_here(str(self.rep["id"]))
        self._unsaved_rep = None if me == self.store.rep(me.id) else me

    # -- on disk ---------------------------------------------------------------------------------------

    def change(self, *, obeyed_anyhow: bool = False) -> Unit:
        """One unit of work: `async with state.change() as change`. All of it is saved, or it never happened."""
        return Unit(self, obeyed_anyhow=obeyed_anyhow)

    async def save(self, *, always: bool = False) -> bool:
        """Save where we are, when it differs from what is on the disk. False when that failed.

        `always`: also when only time has passed.
        """
        if not always and not self.refuses_writes and not session_records(self):
            state = where_we_are(self)
            if decided(state) == self._on_disk and not any("." in name for name in state):
                return True
        return await Unit(self).write()

    def _way_back(self) -> WayBack:
        stack, page, run, countdown_to = tuple(self.stack), self.page, self.run, self.countdown_to
        phases = [(working.phase, working.since) for working in stack]
        as_it_was = replace(run, clock=run.clock.copy(), calls=list(run.calls)) if run else None
        kinds = list(run.dialled_kinds) if run else []
        drafts, left_open, skips = dict(self.drafts), dict(self.left_open), dict(self.ranking.skips)

        def back() -> None:
            self.stack, self.page, self.run, self.countdown_to = list(stack), page, run, countdown_to
            for working, (phase, since) in zip(stack, phases, strict=True):
                working.phase, working.since = phase, since
            if run and as_it_was:
                run.session, run.clock, run.calls = as_it_was.session, as_it_was.clock, as_it_was.calls
                run.dialled_kinds = kinds
            self.drafts.restore(drafts)
            self.left_open = left_open
            self.ranking.skips.restore(skips)

        return back

    def _with_rep(self, change: Change) -> Change:
        """The change, and who made it while that is not on record: records name a rep by an id."""
        if self._unsaved_rep is None:
            return change
        state = {"rep": self.rep, **self.ranking.skips.unwritten(), **change.state}
        return replace(change, reps=(self._unsaved_rep,), state=state)

    @property
    def rep_is_unsaved(self) -> bool:
        """Whether the records do not say yet who works here."""
        return self._unsaved_rep is not None

    @property
    def dirty(self) -> bool:
        """Something typed is not on the disk yet, also while the disk takes its time."""
        return self._edits != self._edits_on_disk

    def edited(self) -> None:
        """Something was typed."""
        self._edits += 1

    async def commit(self, change: Change) -> bool:
        """Write durably, off the screen's thread. False (and a sentence for the rep) when it was not saved.

        What is typed while the disk takes its time is not part of the change, and stays unsaved.
        """
        holds = self._edits if "running" in change.state else 0
        change = self._with_rep(change)
        try:
            async with self._saving:
                await self._write(change)
                await self._place_unclear(change)
        except StoreError as error:
            self.refuses_writes = shown_bytes(str(error))
            if holds == self._edits_on_disk and "running" in change.state:
                self.edited()  # nothing was typed, yet where we are is not on the disk
            if not self._says_not_saved:
                self.say(self.refuses_writes, "error")
            return False
        if self._says_not_saved:
            self.notice = None  # it is, now
        self._edits_on_disk = max(self._edits_on_disk, holds)
        self.refuses_writes, self._unsaved_rep = "", None
        if "running" in change.state:
            self._on_disk, self.abandoned = decided(change.state), ()
        if self.run:
            written = (one for one in change.sessions if one.id == self.run.session.id)
            self.run.on_disk = next(written, self.run.on_disk)
        return True

    async def _write(self, change: Change) -> None:
        records = len(change.contacts) + len(change.calls) + len(change.next_steps)
        self.catch_up()
        await self.disk.ask(WRITE_S + RECORD_S * records, self.store.commit, change, self.now, write=change)

    def catch_up(self) -> None:
        """Follow a write that was given up and reached the disk after all. The call in hand stays to be saved again."""
        change = self.disk.landed()
        if change is None:
            return
        self.ranking.bounds.never = self.never.with_entries(*change.do_not_call)
        self.ranking.place_all({one: step for one, step in change.next_steps.items() if step})
        for call in change.calls:
            self.owed.changed(call.id, has_to_do(call))

    async def _place_unclear(self, change: Change) -> None:
        """A call with one of several who may have called settles it for all of them; undo opens it again."""
        ranking, concerned = self.ranking, self.ranking.unclear.concerned(change.calls)
        if not concerned:
            return
        people = filter(None, map(self.store.contact, concerned))
        steps = {one.id: ranking.compute(one, self.calls(one), self.now) for one in people}
        ranking.place_all(steps)
        with contextlib.suppress(StoreError):  # derived: worked out again when they are missing
            await self._write(Change(next_steps=steps, policy_hash=ranking.policy_hash))
