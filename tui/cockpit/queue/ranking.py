"""Who is offered, in what order, and who is not: the policy's next steps held in the domain's queue."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

from msgspec.structs import replace

from tui.cockpit.made_when_seen import MadeWhenSeen
from tui.cockpit.queue.all_steps import all_steps
from tui.cockpit.queue.owed import UnclearCalls
from tui.cockpit.queue.restrictions import NOBODY, Bounds
from tui.cockpit.queue.search import Narrowing, Search
from tui.cockpit.queue.skips import Skips
from tui.cockpit.queue.times import LAPSES_A_FRAME, Times
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST, Contact
from tui.domain.day_words import Clocks, moment
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PlannedCall
from tui.domain.queue import Item, Queue, callable_from, item_of, window_of
from tui.domain.window import Hours, local
from tui.settings.settings import Settings
from tui.storage.protocol import Store
from tui.system.memory import without_collector

A_FRAME = 400
"""People moved at once when an hour strikes, so that no key waits."""
MANY = 10_000
"""People from whom on the collector is to pass over what was read of them."""


class Ranking:
    """The people of one list or filter, ranked."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self.unclear = UnclearCalls(store)
        self.bounds = Bounds(store, settings, self.unclear)
        self.policy_hash = settings.policy.hash() + self.bounds.hash
        self._steps: dict[str, NextStep] = {}
        self._loadings: list[set[str]] = []  # who was placed since everybody began to be read again
        self._window = window_of(settings.policy.hours)
        self._everybody = Queue((), datetime.now(UTC), datetime.now(UTC), self._window)
        self._part: Queue | None = None  # of those in view; a letter of a search does not wait for it
        self._session_end = datetime.now(UTC)
        self._times = Times()
        self._flagged: set[str] = set()  # about whom a rep asks the manager
        self._is_manager = False
        self._pursued: set[str] = set()  # at the team's limit nobody fresh is offered
        self._held_now: list[str] | None = None  # in order; made when somebody looks
        self._held_until = datetime.min.replace(tzinfo=UTC)
        """End of the day for which they were made: after midnight others can be called later today."""
        self._law_hours: dict[str, tuple[Hours, ...]] = {}
        self._sizes: Counter[str] = Counter()  # how many people each list holds
        self.progress = (0, 0)  # next steps worked out again: so far, and how many there are to be
        self.search = Search(store, lambda: settings.region, settings.dial.prefix, self.step)
        self.narrowing = Narrowing(self.search)
        self.skips = Skips(store, self._place, self.step, lambda: self._settings.zone)
        self.ready = MadeWhenSeen[str](
            lambda: self._queue.ready_count,
            lambda i: self._queue.ready(1, i)[0].id,
            lambda one: self._queue.place(one),
        )
        self.later = MadeWhenSeen[str](
            lambda: self._queue.later_count(self._midnight()),
            lambda i: self._queue.later(self._midnight(), 1, i)[0][1].id,
            lambda one: self._queue.later_place(one, self._midnight()),
        )
        self.held = MadeWhenSeen[str](
            lambda: max(len(self) - len(self.ready) - len(self.later), 0),
            lambda i: self._held()[i],
            lambda one: self._held().index(one) if self.is_held(one) else None,
        )

    # -- building --------------------------------------------------------------------------------------

    def load(self, now: datetime) -> None:
        """Read everybody, work out the next steps that are missing or have lapsed, and rank."""
        with without_collector():
            for _ in self.loading(now):
                pass

    def loading(self, now: datetime, at_once: int = sys.maxsize) -> Generator[None, None, None]:
        """The same in steps of so many people; others may write in between: who is placed meanwhile stays."""
        self.bounds.load()
        self.search.forget()
        self.unclear.forget()
        self._loadings.append(placed := set[str]())
        try:
            yield from self._read_everybody(now, at_once, placed)
        finally:
            self._loadings = [one for one in self._loadings if one is not placed]
        with without_collector():
            self._now = now
            self._rank(now)
            if len(self._steps) >= MANY:
                gc.freeze()  # they stay: the first collection would look through a million things and find nothing
        self.show_again()

    def _read_everybody(self, now: datetime, at_once: int, placed: set[str]) -> Iterator[None]:
        store, policy = self._store, self.policy_hash
        steps = yield from all_steps(store, policy, now, at_once, self._work_out, self._tell)
        steps |= {one: self._steps[one] for one in placed if one in self._steps}
        self._steps = steps
        self._times = Times(steps, now)
        self._pursued = {one for one, step in steps.items() if step.is_pursuit}
        self._flagged = {one for one, step in steps.items() if step.needs_manager}
        self._sizes = Counter(chain.from_iterable(step.lists for step in steps.values()))

    def _tell(self, done: int, of: int) -> None:
        self.progress = (done, of)

    def _work_out(self, contact_id: str, now: datetime) -> NextStep:
        contact = self._store.contact(contact_id)
        return self.compute(contact, self._store.calls(contact_id), now) if contact else NOBODY

    def compute(
        self,
        contact: Contact,
        calls: Sequence[Call],
        now: datetime | None = None,
        plans: Sequence[PlannedCall] | None = None,
    ) -> NextStep:
        """The next step of a contact with this history, at `now` or the last tick; `plans` as about to be stored."""
        return self.bounds.step(contact, calls, now or self._now, plans)

    def _rank(self, now: datetime) -> None:
        calls = (one for one, step in self._steps.items() if step.action == "call")
        items = (item for one in calls if (item := self._item(one, now)))
        self._everybody = Queue(items, now, max(self._session_end, now), self._window)
        self._part = self._held_now = None

    def go_by(self, settings: Settings, now: datetime) -> None:
        """Other rules count from now on: next steps are worked out again a frame's worth at once, the first first."""
        self._settings, self._now = settings, now
        self.bounds.go_by(settings)
        self.policy_hash = settings.policy.hash() + self.bounds.hash
        self._window = window_of(settings.policy.hours)
        self._law_hours.clear()
        ready = (item.id for item in self._everybody.ready(self._everybody.ready_count))
        self._times.doubt(dict.fromkeys((*ready, *self._steps)))
        self._rank(now)

    @property
    def _queue(self) -> Queue:
        """The part of everybody that is in view; all of them when nothing narrows it."""
        ids = self.narrowing.ids
        if ids is None:
            return self._everybody
        if self._part is None:
            self._part = self._everybody.only(ids)
        return self._part

    @property
    def _queues(self) -> tuple[Queue, ...]:
        return (self._everybody,) if self._part is None else (self._everybody, self._part)

    def _item(self, contact_id: str, now: datetime) -> Item | None:
        step = self._steps.get(contact_id)
        if step is None or contact_id in self.for_manager:
            return None
        offered = None if self._is_beyond_limit(step) else self.bounds.in_queue(step)
        return self._put_off(self._item_of(contact_id, offered), now) if offered else None

    def _put_off(self, item: Item | None, now: datetime) -> Item | None:
        """The item, not before the end of a skip."""
        until = self.skips.until(item.id, now) if item else None
        return replace(item, not_before=until) if item and until else item

    def _item_of(self, contact_id: str, step: NextStep) -> Item | None:
        if step.law not in self._law_hours:
            self._law_hours[step.law] = self.bounds.hours(step.law)
        return item_of(
            contact_id,
            step,
            step.zones,
            exempt=not self._settings.policy.exempt_lists.isdisjoint(step.lists),
            value=step.priority,
            signal=step.signal,
            law=self._law_hours[step.law],
        )

    # -- changes ---------------------------------------------------------------------------------------

    def place_all(self, steps: Mapping[str, NextStep]) -> None:
        """New next steps: everybody concerned goes to the right place."""
        was_full = self._is_full
        for contact_id, step in steps.items():
            self._sizes.subtract(self.step(contact_id).lists)
            self._sizes.update(step.lists)
            self._steps[contact_id] = step
            for placed in self._loadings:
                placed.add(contact_id)
            (self._pursued.add if step.is_pursuit else self._pursued.discard)(contact_id)
            (self._flagged.add if step.needs_manager else self._flagged.discard)(contact_id)
            self._times.follow(contact_id, step, self._now)
            self._place(contact_id)
        self.search.changed(steps)
        if was_full != self._is_full:
            self._rank(self._now)

    def works_as_manager(self, is_manager: bool) -> None:
        """Whether the rep at the keys is the manager: whoever needs one stands apart then, and nowhere else."""
        if is_manager is not self._is_manager:
            self._is_manager = is_manager
            self._rank(self._now)

    @property
    def for_manager(self) -> Collection[str]:
        """Ids of those about whom the rep at the keys is asked as the manager."""
        return self._flagged if self._is_manager else ()

    @property
    def _is_full(self) -> bool:
        return 0 < self._settings.policy.active_limit <= len(self._pursued)

    def _is_beyond_limit(self, step: NextStep) -> bool:
        return step.kind == "fresh" and self._is_full

    def _place(self, contact_id: str) -> None:
        self._held_now = None
        item = self._item(contact_id, self._now)
        for queue in self._queues:
            if item and (queue is self._everybody or self.narrowing.holds(contact_id)):
                queue.put(item)
            else:
                queue.drop(contact_id)

    def steps_of(self, contact_ids: Sequence[str]) -> dict[str, NextStep]:
        """Next steps as they are now, to come back to."""
        return {one: self._steps[one] for one in contact_ids if one in self._steps}

    def added(self, contact_ids: Collection[str]) -> None:
        """New or changed people, once they are placed, are in view."""
        self.narrowing.added(contact_ids)
        self._part = self._held_now = None

    def place_again(self, contact_ids: Iterable[str]) -> None:
        """Put people where they belong: who is put off, and until when, has changed."""
        for contact_id in contact_ids:
            self._place(contact_id)

    def tick(self, now: datetime) -> bool:
        """Let time pass, a frame's worth at once; lapsed next steps are worked out again. Whether there is more."""
        self._now, moved = now, [queue.tick(now, A_FRAME) for queue in self._queues]
        self._held_now = None if any(moved) else self._held_now
        if lapsed := self._times.lapsed(now, self.step):
            self.place_all({one: self._work_out(one, now) for one in lapsed})
        return max(moved) >= A_FRAME or len(lapsed) >= LAPSES_A_FRAME

    def struck(self, now: datetime) -> list[str]:
        """People whose promised minute has come since the last time this was asked."""
        return [
            one for one in self._times.struck(now, self.step) if not self.bounds.colleague(self.step(one))
        ]

    def session_until(self, now: datetime, minutes: float) -> None:
        """Windows that shut before the session ends come first."""
        self._session_end = now + timedelta(minutes=minutes)
        for queue in self._queues:
            queue.set_session_end(self._session_end)

    # -- lists and filters -----------------------------------------------------------------------------

    def show(self, name: str, text: str = "") -> None:
        """Show the queue of a list (empty: everybody), narrowed by a text."""
        self.narrowing.show(name, set(self.on_list(name)) if name else None, text)
        self._part = self._held_now = None

    def show_again(self, fitting: list[str] | None = None) -> None:
        """The same list and text for people as they are now; `fitting`: whom the text fits, if that is known."""
        name = self.narrowing.list_name
        self.narrowing.show_again(set(self.on_list(name)) if name else None, fitting)
        self._part = self._held_now = None

    def look_for(self, text: str) -> None:
        """Show everybody in the list whom the text fits, the best match first; empty: the queue again."""
        self.narrowing.look_for(text, searching=True)
        self._part = self._held_now = None

    def list_sizes(self) -> tuple[tuple[str, int], ...]:
        """Lists and how many people each holds."""
        return tuple(sorted((+self._sizes).items()))

    def on_list(self, name: str) -> list[str]:
        """Ids of everybody on a list."""
        return [one for one, step in self._steps.items() if name in step.lists]

    def __len__(self) -> int:
        return len(self._steps) if self.narrowing.count is None else self.narrowing.count

    @property
    def title(self) -> str:
        """Name of the list in view."""
        names = self.list_sizes()
        return self.narrowing.list_name or (names[0][0] if len(names) == 1 else notice("everybody"))

    @property
    def is_demo(self) -> bool:
        """Only the fictional people of the first start are here."""
        return all(step.lists == (DEMO_LIST,) for step in self._steps.values())

    def everybody(self) -> Mapping[str, NextStep]:
        """The next step of every contact, whatever list is in view."""
        return dict(self._steps)

    def step(self, contact_id: str) -> NextStep:
        """The next step of a contact."""
        return self._steps.get(contact_id, NOBODY)

    def ready_place(self, contact_id: str) -> int | None:
        """Place among all who can be called now, whatever list is in view; None for the others."""
        return self._everybody.place(contact_id)

    def closes(self, contact_id: str) -> datetime | None:
        """Until when (UTC) somebody can be called; None when no hours bind."""
        return self._everybody.closes(item) if (item := self._everybody.get(contact_id)) else None

    def next_opening(self, now: datetime) -> datetime | None:
        """From when (UTC) the next one in view can be called; None where nobody can within a year."""
        return next((opens for opens, _ in self._queue.later(now + timedelta(days=365), 1)), None)

    def is_offered(self, contact_id: str) -> bool:
        """Whether somebody can be called now or later today."""
        return self._everybody.is_offered(contact_id, self._midnight())

    def is_held(self, contact_id: str) -> bool:
        """Whether somebody in view is not offered today."""
        known = contact_id in self._steps and self.narrowing.holds(contact_id)
        return known and not self.is_offered(contact_id)

    def opens(self, contact_id: str, now: datetime, step: NextStep | None = None) -> datetime | None:
        """From when (UTC) the rules let somebody be called, with this step or their own; None when they never do."""
        item = self._item_of(contact_id, step or self.step(contact_id))
        return callable_from(item, now, self._window) if item else None

    def offered_from(self, contact_id: str, step: NextStep, now: datetime) -> datetime | None:
        """From when (UTC) the queue would offer somebody with this step, stored or not; None when it never would."""
        offered = None if self._is_beyond_limit(step) else self.bounds.in_queue(step)
        item = self._put_off(self._item_of(contact_id, offered), now) if offered else None
        return callable_from(item, now, self._window) if item else None

    def name(self, contact_id: str) -> str:
        """A contact's name."""
        contact = self._store.contact(contact_id)
        return card.name_of(contact) if contact else notice("somebody_gone")

    def next_up(self, dialled: Sequence[str], exclude: set[str] | frozenset[str] = frozenset()) -> str | None:
        """Who is called next: the best placed, with a share of people never called."""
        first = self._queue.pick(dialled, self._settings.fresh_share)
        if first is None or first.id not in exclude:
            return first.id if first else None
        rest = (item.id for item in self._queue.ready(len(exclude) + 1) if item.id not in exclude)
        return next(rest, None)

    def held_because(self, contact_id: str) -> str:
        """Why a colleague, the rep's skip or the team's limit keeps somebody back; empty: the policy or a refusal."""
        if self.step(contact_id).action == "do_not_call":
            return ""
        if colleague := self.bounds.colleague(self.step(contact_id)):
            return notice("colleagues", owner=colleague)
        if when := self.put_off_until(contact_id):
            return notice("put_off_until", when=when)
        if self._is_put_off(contact_id):
            return notice("put_off", reason=self.skips.reason(contact_id))
        if self._is_beyond_limit(self.step(contact_id)):
            limit = self._settings.policy.active_limit
            return notice("limit_reached", people=len(self._pursued), limit=limit)
        return ""

    def put_off_until(self, contact_id: str) -> str:
        """The time until which somebody is put off, in words; empty when that is tomorrow, or they are not."""
        until, ours = self.skips.timed(contact_id, self._now), self._settings.zone
        return moment(until, Clocks(ours, ours, self._now)) if until and self._is_put_off(contact_id) else ""

    def _is_put_off(self, contact_id: str) -> bool:
        """Whether it is a skip that keeps somebody back: the rules would let them be called before it ends."""
        until = self.skips.until(contact_id, self._now)
        return bool(until and (opens := self.opens(contact_id, self._now)) and opens < until)

    def _midnight(self) -> datetime:
        return local(self._now, self._settings.zone).replace(hour=23, minute=59, second=59)

    def _held(self) -> list[str]:
        midnight = self._midnight()
        if self._held_now is None or self._held_until != midnight:
            shown, self._held_until = self.narrowing.ids, midnight
            ids = self._steps if shown is None else shown
            queue, far = self._everybody, datetime.max.replace(tzinfo=UTC)
            held = (one for one in ids if not queue.is_offered(one, midnight) and one not in self.for_manager)
            self._held_now = sorted(held, key=lambda one: (self.step(one).due or far, one))
        return self._held_now
