"""The shared list while we work: our records go there, the team's come from there, and it says who may call whom.

Nothing waits for it: rounds are made beside the screen, and a dial waits a moment for its last look and no longer.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui.cockpit.actions.team.from_colleagues import FromColleagues
from tui.cockpit.actions.team.list_line import ListAt, ListLine
from tui.cockpit.state.leases import Leases
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL, Phase, PhoneView
from tui.cockpit.wording.card import A_COLLEAGUE
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.domain.history import kept_from
from tui.domain.shared.lease import AHEAD, is_settled
from tui.domain.shared.team_hour import is_believed
from tui.shared_list.keys import keys_of
from tui.shared_list.port import (
    AT_ONCE,
    Changes,
    Heard,
    Incoming,
    Lease,
    Look,
    Member,
    NoLine,
    Outgoing,
    Presence,
    Pushed,
    Refused,
    SharedList,
    was_restored,
)
from tui.storage.protocol import Change, StoreError
from tui.storage.sharing.listed import Listed, own_since
from tui.storage.sharing.notes import UNSENT

if TYPE_CHECKING:
    from tui.cockpit.state.taking_in import TakingIn

R = TypeVar("R")

LOOK_S = 0.25
"""Seconds a tick waits for a round; one that takes longer goes on by itself."""
DIAL_S = 1.0
"""Seconds a dial waits for its last look."""
LEAVE_S = 3.0
"""Seconds leaving waits until our last records are sent and our people given back."""
EVERY_S = 5.0
"""Seconds between two rounds when nothing happens."""
NEWS_S = 0.5
"""Seconds between the beginnings of two rounds, however much happens."""
SAY_S, MEMBERS_S = 30.0, 300.0
"""Seconds after which we say again what the rep is doing, and ask again who is on the list."""
RENEW_S = 60.0
"""Seconds between two renewals of what we hold."""
MOST_WAITING = 5_000
"""So many records that came wait for the end of a call; more of them are left at the list."""


def _giving_back(leases: Sequence[Lease], *, called: bool) -> Callable[[SharedList], None]:
    return lambda one: one.give_back(leases, called=called)


def _pushing(rows: Sequence[Outgoing], heard: int) -> Callable[[SharedList], Pushed]:
    return lambda one: one.push(rows, heard)


def _pulling(cursor: int) -> Callable[[SharedList], Changes]:
    return lambda one: one.pull(cursor)


class _NotSaved(Exception):  # noqa: N818 - it was told to the rep
    """What came could not be taken in."""


class TeamList:
    """The rep's part in the shared list."""

    def __init__(self, state: State, at: ListAt) -> None:
        self._state, self._address = state, at.address
        self._line = ListLine(at.connect, state.clock)
        self._came = FromColleagues(state)
        self._listed: Listed | None = None
        self._rows: list[Incoming] = []
        """What came and is not in the store yet; up to `_pulled`."""
        self._pulled = 0
        self._round: asyncio.Task[None] | None = None
        self._due_mono = self._renew_mono = self._began_mono = 0.0
        self.is_in_team_hour = False
        """Whether colleagues are told what the rep is doing."""
        self._members: tuple[Member, ...] = ()
        self._members_mono = 0.0
        self._doing: dict[str, tuple[Presence, float]] = {}
        """What colleagues said they are doing, by rep, each with the second in which it was said. Never stored."""
        self._said: tuple[Presence, float] = (Presence.AWAY, 0.0)
        """What we said last."""
        self.is_manager = False
        self._told = ""
        """The last sentence of a list that does not want us."""
        leases = state.leases = self._leases = Leases(
            state.store, state.clock, self._is_mine, self._is_unsent
        )

        self._called: set[str] = set(leases.held)
        """People of ours who may have been called: others get them when the least gap is over. Of those we held when
        the program was killed nobody knows."""

    # -- what the cockpit asks -------------------------------------------------------------------------

    async def tick(self) -> None:
        """Once a second: begin a round when one is due, and say how it stands. Raises what stopped the last one."""
        if self._round is not None and self._round.done():
            ended, self._round = self._round, None
            ended.result()
        self._called -= self._not_called()
        if self._round is None and self._is_due():
            self._begin_round()
        if self._round is not None and not self._line.is_silent:
            await asyncio.wait((self._round,), timeout=LOOK_S)
        self._show()

    async def before_a_dial(self) -> None:
        """Hold whoever is on the card, and hear a last time whether they may be called, if that comes in a moment."""
        working = self._state.working
        if working is None or working.contact.is_demo:
            return
        if not self._line.is_silent:
            with suppress(NoLine):  # then our own list and our lease decide
                await self._look_at(working.contact, working.number)
        self._leases.online = self._line.offline_since is None and self._line.answered_at is not None
        if self._leases.has(working.contact.id):
            self._called.add(working.contact.id)
        self._due_mono = 0.0
        self._show()

    async def _look_at(self, contact: Contact, number: str) -> None:
        leases = self._leases
        if not leases.has(contact.id):
            await self._claim_now(contact)
        if not leases.has(contact.id):
            return
        lease, keys = leases.held[contact.id], self._keys(contact, number)
        look = await self._ask_now(lambda one: one.last_look(lease, keys))
        if look is not Look.FREE:
            leases.drop(contact.id)
        if look is Look.REFUSED:
            leases.refuse(contact.id)
        if look is Look.TAKEN:
            leases.are_held(await self._ask_now(lambda one: one.held()), A_COLLEAGUE)

    async def send_all(self) -> int:
        """Make rounds until the list has everything that is here, or takes no more; how many records still wait."""
        names, left = self._state.store.names, -1
        while left:
            before = left
            await self._make_round()
            left = len(names(UNSENT))
            if left == before:
                break
        return left

    async def leave(self) -> None:
        """The last records go out and our people are given back, if the list answers; others go at the next start."""
        task = self._round or asyncio.create_task(self._make_round())
        await asyncio.wait((task,), timeout=LEAVE_S)
        if task.done() and not task.cancelled() and task.exception() is None:
            last = asyncio.create_task(self._last_round())
            await asyncio.wait((last,), timeout=LEAVE_S)
            task = last
        task.cancel()
        self._line.close()

    # -- a round ---------------------------------------------------------------------------------------

    def _begin_round(self) -> None:
        self._began_mono = self._state.clock.monotonic()
        self._due_mono = self._began_mono + EVERY_S
        self._round = asyncio.create_task(self._make_round())

    def _is_due(self) -> bool:
        state = self._state
        if state.clock.monotonic() >= self._due_mono:
            return True
        if self._line.offline_since is not None:
            return False
        if self._presence() is not self._said[0]:
            return True
        unsent = bool(state.store.names(UNSENT)) and not self._rows
        return unsent or any(not self._leases.has(one) for one in self._to_claim())

    async def _make_round(self) -> None:
        try:
            await self._begin()
            await self._pull()
            await self._push()
            await self._hold()
            self._leases.online = True
            await self._keep_leases()
            await self._tell()
            if not self._line.listens:
                await self._line.listen(self._heard)
        except NoLine:
            self._leases.online = False
        except _NotSaved:  # which was said
            self._listed = None  # what is known is read again
        except StoreError as error:
            self._state.say(str(error), "error")
            self._listed = None

    async def _last_round(self) -> None:
        try:
            await self._push()
            await self._give_back(list(self._leases.held))
        except NoLine:
            return
        await self._keep_leases()

    def _heard(self, heard: Heard) -> None:
        """The list says that something happened: a round begins at once, but not round upon round."""
        mono = self._state.clock.monotonic()
        self._doing |= {one.rep: (one.presence, mono) for one in heard.said}
        if heard.is_news:
            self._due_mono = 0.0
            if self._round is None and mono - self._began_mono >= NEWS_S:
                self._begin_round()

    async def _begin(self) -> None:
        """Read what is known of the list; the first time everything here waits to be sent."""
        if self._listed is not None:
            return
        state = self._state
        if state.rep_is_unsaved:
            await state.save(always=True)

        def read() -> Listed:
            listed = Listed(state.store)
            listed.begin(self._address, state.now)
            listed.tidy(state.now)
            return listed

        self._listed = await state.disk.run(read)
        self._rows, self._pulled = [], self._listed.cursor

    @property
    def _known(self) -> Listed:
        assert self._listed is not None
        return self._listed

    # -- reading ---------------------------------------------------------------------------------------

    async def _pull(self) -> None:
        """Everything new. Who refused is obeyed at once; the rest goes into the store while nobody is called."""
        state, is_all = self._state, False
        while not is_all and len(self._rows) < MOST_WAITING:
            asked = self._pulled
            changes = await self._line.ask(_pulling(asked))
            if was_restored(changes, asked, self._known.epoch):
                await state.disk.run(self._known.made_again, changes.epoch, state.now)
                self._rows, self._pulled = [], 0
                continue
            await self._came.obey([row.record for row in changes.rows if row.record is not None])
            self._rows += changes.rows
            self._pulled, is_all = changes.cursor, changes.is_all
            await self._take_in(changes.epoch, is_all=is_all)

    async def _take_in(self, epoch: str, *, is_all: bool) -> None:
        listed = self._known
        if not self._came.may_take_in(len(self._rows)):
            return
        if self._pulled == listed.cursor and epoch == listed.epoch and not self._rows:
            return
        rows, self._rows = self._rows, []
        works = [partial(self._take, part, upto, epoch) for part, upto in self._parts(rows)]
        if not await self._came.take_in(works, is_all=is_all):
            raise _NotSaved

    def _parts(self, rows: Sequence[Incoming]) -> Iterable[tuple[Sequence[Incoming], int]]:
        """A few hundred rows at once, each part with the number up to which everything is in the store with it."""
        from tui.cockpit.state.taking_in import AT_ONCE as A_COMMIT

        parts = [rows[start : start + A_COMMIT] for start in range(0, len(rows), A_COMMIT)] or [()]
        for part in parts[:-1]:
            yield part, part[-1].version
        yield parts[-1], self._pulled

    def _take(self, rows: Sequence[Incoming], upto: int, epoch: str, taking: TakingIn) -> None:
        came = ((row.ref, row.version, row.record) for row in rows)
        self._known.take(came, taking.take, upto, epoch, self._notes_since, self._state.now)

    # -- sending ---------------------------------------------------------------------------------------

    @property
    def _notes_since(self) -> datetime | None:
        return kept_from(self._state.now, self._state.settings.keep_notes)

    async def _push(self) -> None:
        """Everything that waits, as far as the list takes it; what a colleague changed meanwhile is pulled first."""
        state, listed = self._state, self._known
        while True:
            waiting = await state.disk.run(listed.waiting, AT_ONCE, self._notes_since)
            if not waiting.notes:
                return
            rows = [Outgoing(ref[0], record, listed.version(ref)) for ref, record in waiting.records.items()]
            heard = listed.cursor
            pushed = await self._line.ask(_pushing(rows, heard)) if rows else Pushed({})
            upto = pushed.heard if self._pulled == heard else heard
            taken, refused = pushed.taken, pushed.refused
            me = state.ranking.bounds.team.me.id
            await state.disk.run(listed.sent, waiting, taken, refused.keys(), upto, state.now, me)
            self._pulled = max(self._pulled, upto)
            self._say_refused(refused.values())
            if pushed.late:
                before = listed.cursor
                await self._pull()
                if listed.cursor == before and not taken:
                    return  # what came waits for the end of a call

    def _say_refused(self, why: Iterable[Refused]) -> None:
        codes = set(why)
        if Refused.ONLY_A_MANAGER_LIFTS in codes:
            self._state.say(notice("only_a_manager_lifts"), "warn")
        elif Refused.UNREADABLE in codes:
            self._state.say(notice("list_takes_no_such"), "warn")

    # -- who may call whom -----------------------------------------------------------------------------

    def _is_mine(self, contact: Contact) -> bool:
        """Whether the list has known them as ours for so long that no colleague can have called them."""
        if not contact.owner_id or contact.owner_id != self._state.ranking.bounds.team.me.id:
            return False
        since = own_since(self._state.store, contact)
        return since is not None and is_settled(since, self._state.now, self._state.settings.policy.min_gap)

    def _keys(self, contact: Contact, number: str) -> tuple[str, ...]:
        others = (f"person:{one}" for one in self._state.store.persons.ids(contact.id))
        return tuple(dict.fromkeys((*keys_of(contact, number), *others)))

    def _wanted(self) -> list[str]:
        """Whom we would have nobody else call: the people in hand, and in a session the next few."""
        state = self._state
        in_hand = [working.contact.id for working in state.stack if not working.contact.is_demo]
        if state.run is None or state.run.clock.state == "ended":
            return in_hand
        following: list[str] = []
        for _ in range(AHEAD):
            exclude = {*in_hand, *following, *self._leases.not_offered}
            one = state.ranking.next_up(state.run.dialled_kinds, exclude=exclude)
            if one is None or one in exclude:
                break
            following.append(one)
        return [*in_hand, *following]

    def _to_claim(self) -> list[str]:
        passed = self._leases.not_offered
        return [
            one
            for one in self._wanted()
            if not self._leases.has(one) and one not in passed and not self._is_unsent(one)
        ]

    def _is_unsent(self, contact_id: str) -> bool:
        listed, ids = self._listed, self._state.store.persons.ids(contact_id)
        return listed is not None and not any(listed.version(("contacts", one)) for one in ids)

    async def _hold(self) -> None:
        """Hold the next people, keep those we have, give back whom we want no more, and see whom others have."""
        leases, mono = self._leases, self._state.clock.monotonic()
        wanted = self._wanted()
        await self._give_back([one for one in leases.held if one not in wanted])
        if leases.held and mono >= self._renew_mono:
            self._renew_mono = mono + RENEW_S
            held = tuple(leases.held.values())
            leases.renewed(await self._line.ask(lambda one: one.renew(held)))
        leases.are_held(await self._line.ask(lambda one: one.held()), A_COLLEAGUE)
        if to_claim := self._to_claim():
            asked = [self._state.store.persons.ids(one) for one in to_claim]
            leases.given(to_claim, await self._line.ask(lambda one: one.claim(asked, len(asked))))

    async def _claim_now(self, contact: Contact) -> None:
        leases, ids = self._leases, self._state.store.persons.ids(contact.id)
        leases.given((), await self._ask_now(lambda one: one.claim([ids], 1)))
        if not leases.has(contact.id):
            leases.are_held(await self._ask_now(lambda one: one.held()), A_COLLEAGUE)

    async def _ask_now(self, question: Callable[[SharedList], R]) -> R:
        return await self._line.ask_for(DIAL_S, question)

    async def _give_back(self, people: Sequence[str]) -> None:
        leases = self._leases
        were = {one for one in people if one in self._called or self._was_called(one)}
        for called in (True, False):
            some = {one: leases.held[one] for one in people if one in leases.held}
            some = {one: lease for one, lease in some.items() if (one in were) is called}
            if some:
                await self._line.ask(_giving_back(tuple(some.values()), called=called))
            for one in some:
                leases.drop(one)
                if called:
                    self._called.discard(one)

    def _not_called(self) -> set[str]:
        """Those on a card who were not called after all, because the rep was asked first and did not go on."""
        state = self._state
        if state.ask is not None:
            return set()
        waiting = {one.contact.id for one in state.stack if one.phase in BEFORE_A_DIAL and not one.dials}
        return {one for one in waiting & self._called if not self._was_called(one)}

    def _was_called(self, contact_id: str) -> bool:
        """Whether a call of the last hours is on record or left open: under an earlier lease, too, they were called."""
        state, gap = self._state, self._state.settings.policy.min_gap
        calls = state.store.calls(contact_id, state.now - gap)
        open_calls = (kept.get("contact_id") for kept in state.left_open.values())
        return contact_id in open_calls or any(call.dials for call in calls)

    async def _keep_leases(self) -> None:
        if unwritten := self._leases.unwritten():
            await self._state.commit(Change(state=unwritten))

    # -- what everybody is doing -----------------------------------------------------------------------

    @property
    def colleagues(self) -> tuple[tuple[str, str], ...]:
        """Everybody else on the list and what they are doing, in the order of their names."""
        me, mono = str(self._state.rep.get("id", "")), self._state.clock.monotonic()
        others = [one for one in self._members if one.rep != me and one.name]
        first = Counter(one.name.split()[0] for one in others)
        found = []
        for one in others:
            doing, said_at = self._doing.get(one.rep, (Presence.AWAY, mono))
            short = one.name.split()[0]
            name = short if first[short] == 1 else one.name
            found.append((name, str(doing if is_believed(said_at, mono) else Presence.AWAY)))
        return tuple(found)

    def _presence(self) -> Presence:
        state = self._state
        if not self.is_in_team_hour or (state.run and state.run.clock.state == "paused"):
            return Presence.AWAY
        return Presence.TALKING if state.phase is Phase.TALKING else Presence.IN

    async def _tell(self) -> None:
        """Say what the rep is doing when that changed, and now and then; and see who is on the list."""
        mono, presence = self._state.clock.monotonic(), self._presence()
        before, said_at = self._said
        if presence is not before or (presence is not Presence.AWAY and mono - said_at >= SAY_S):
            await self._line.ask(lambda one: one.say(presence))
            self._said = presence, mono
        if mono >= self._members_mono:
            self._members_mono = mono + MEMBERS_S
            self.is_manager = (await self._line.ask(lambda one: one.me())).is_manager
            self._members = await self._line.ask(lambda one: one.members())

    # -- line 1 ----------------------------------------------------------------------------------------

    def _show(self) -> None:
        state, line, zone = self._state, self._line, self._state.here.tzinfo
        if line.why_not_welcome and line.why_not_welcome != self._told:
            state.say(line.why_not_welcome, "warn")
        self._told = line.why_not_welcome
        if line.offline_since is not None:
            self._leases.online = False
            since = f"{line.offline_since.astimezone(zone):%H:%M}"
            words, short = notice("team_offline", since=since), notice("team_offline_short", since=since)
            state.team_list = PhoneView(words, short, short, is_trouble=True)
        elif line.answered_at is not None:
            at = f"{line.answered_at.astimezone(zone):%H:%M}"
            words, short = notice("list_read", at=at), notice("list_read_short", at=at)
            state.team_list = PhoneView(words, short, short)
