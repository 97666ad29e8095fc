"""The team's list on PostgreSQL: `SharedList` for one rep, each question one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from msgspec import json
from msgspec.structs import replace

from tui.domain.do_not_call import Entry
from tui.domain.ids import SCHEMA
from tui.domain.shared.merge import Record
from tui.shared_list import messages
from tui.shared_list.ear import ServerEar, presence_said
from tui.shared_list.line import Address, Connection, Feed, Line, refuse_newer
from tui.shared_list.port import (
    AT_ONCE,
    Changes,
    Ear,
    Holder,
    Ids,
    Lease,
    Look,
    Member,
    NotWelcome,
    Outgoing,
    Presence,
    Pushed,
    Ref,
    Refused,
)
from tui.shared_list.statements import (
    CHANNEL,
    CLAIM,
    GIVE_BACK,
    HELD,
    JOIN,
    LAST_LOOK,
    LEAVE,
    MEMBERS,
    NOTIFY,
    PULL,
    PUSH,
    PUSH_UNTOLD,
    RENEW,
    RENEW_EPOCH,
)
from tui.shared_list.wire import brings_somebody, incoming, row_of

LASTS = timedelta(minutes=90)
"""So long a person stays with a rep who says nothing; the longest call is shorter."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CANNOT_TELL = (
    psycopg.errors.FeatureNotSupported,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.ProgramLimitExceeded,
)
"""What a database says that knows no `pg_notify`, or where too much waits to be told."""
LONGEST_GAP = timedelta(days=50)
"""A longer least gap is left to each rep's own rules: the rights let nobody keep a person for two months."""


class ServerList:
    """A `SharedList`. `rep` and `name`: who we are in records; `gap`: the least time between two calls of one person.

    `steady` is a clock that counts while the machine sleeps (`Clock.elapsed`); notes from before `notes_since` stay
    at home. `isolation` is for tests: the SQL name of another level than the database's own.
    """

    def __init__(
        self,
        address: Address,
        rep: str,
        name: str,
        gap: timedelta,
        steady: Callable[[], float],
        *,
        lasts: timedelta = LASTS,
        notes_since: datetime | None = None,
        isolation: str = "",
    ) -> None:
        self._rep, self._name = rep, name
        self._gap, self._lasts, self._steady = min(gap, LONGEST_GAP), lasts, steady
        self._notes_since = notes_since
        self._line = Line(address, isolation)

    def close(self) -> None:
        """Let go of the line. Asked again, it is made again."""
        self._line.close()

    # -- the team --------------------------------------------------------------------------------------

    def join(self) -> Member:
        """Say which rep this login writes as. Raises `NotWelcome` when another login does."""
        if not self._line.rows(JOIN, rep=self._rep, label=self._name):
            taken = next((one.login for one in self.members() if one.rep == self._rep), "")
            raise NotWelcome(messages.say(messages.NOT_YOUR_ID, login=taken or messages.say(messages.GONE)))
        return self.me()

    def leave(self) -> None:
        """Work with the list no more; whom we have is free at once."""
        self._line.rows(LEAVE, rep=self._rep)

    def me(self) -> Member:
        """Who we are there, and whether as a manager."""
        who = self._line.run(lambda _: self._line.who)
        assert who is not None
        return Member(self._rep, self._name, who.login, who.is_manager)

    def members(self) -> tuple[Member, ...]:
        """Everybody who has joined, by name."""
        return tuple(Member(*row) for row in self._line.rows(MEMBERS))

    # -- records ---------------------------------------------------------------------------------------

    def pull(self, cursor: int) -> Changes:
        """What was written after `cursor`, at most `AT_ONCE` records."""
        before, self._line.read = self._line.read, None  # it tells by itself whether a copy was put back
        try:
            rows = self._line.texts(PULL, str(cursor), str(AT_ONCE))
            if not rows:
                raise NotWelcome(messages.say(messages.NOT_MADE))
            newest, epoch, format, at = int(rows[0][0]), rows[0][1], int(rows[0][2]), int(rows[0][3])
            refuse_newer(format)
        except BaseException:
            self._line.read = before
            raise
        self._line.read = Feed(epoch, newest)
        if newest < cursor:
            self._line.rows(RENEW_EPOCH, epoch=epoch, n=newest)
        found = tuple(incoming(kind, one, int(ver), doc) for *_, kind, one, ver, doc in rows if kind)
        upto = found[-1].version if len(found) == AT_ONCE else newest
        return Changes(found, upto, newest, epoch, _EPOCH + timedelta(microseconds=at))

    def push(self, rows: Sequence[Outgoing], heard: int) -> Pushed:
        """Send records, at most `AT_ONCE`. What the rights of the database forbid is found by sending fewer at once."""
        done, late = dict[Ref, int](), set[Ref]()
        refused: dict[Ref, Refused] = {}
        brings, upto, knows = brings_somebody(rows), heard, heard
        waiting = [list(rows)] if rows else []
        while waiting:
            some = waiting.pop()
            try:
                before, taken = self._push(some, heard, knows, brings=brings)
            except (psycopg.errors.InsufficientPrivilege, psycopg.DataError) as error:
                if len(some) > 1:
                    middle = len(some) // 2
                    waiting += [some[middle:], some[:middle]]
                else:
                    self._line.look_again()  # who has no rights left is not refused this one record
                    refused[some[0].ref] = _why(error, some[0].record)
                continue
            done |= taken
            late |= {row.ref for row in some if row.ref not in taken}
            if brings and taken:
                knows = max(knows, before + len(some))
            if before == upto:
                upto += len(some)
        return Pushed(done, frozenset(late), refused, upto)

    def _push(
        self, rows: Sequence[Outgoing], heard: int, knows: int, *, brings: bool
    ) -> tuple[int, dict[Ref, int]]:
        """The number of the last change before ours (-1 when nothing was taken), and what was taken."""
        sent = b",".join(row_of(row, place, self._notes_since) for place, row in enumerate(rows, start=1))
        values = (f"[{sent.decode()}]", len(rows), brings, SCHEMA, knows, heard, _seconds(self._gap))
        answer = self._line.run(lambda one: self._written(one, *map(str, values)))
        taken = {(kind, record_id): int(version) for kind, record_id, version, *_ in answer if kind}
        if not answer:
            return -1, taken
        before, read = int(answer[0][3]), self._line.read
        if read is not None:
            self._line.read = Feed(read.epoch, max(read.newest, before + len(rows)))
        return before, taken

    def _written(self, connection: Connection, *values: str) -> list[tuple[str, ...]]:
        """The answer to a push, which told colleagues of it if the database can."""
        try:
            return self._line.texts_over(connection, PUSH, *values)
        except _CANNOT_TELL:
            return self._line.texts_over(connection, PUSH_UNTOLD, *values)

    # -- who may call whom -----------------------------------------------------------------------------

    def claim(self, wanted: Sequence[Ids], most: int) -> tuple[Lease, ...]:
        """The first `most` whom nobody has, in our order; or fewer, or none."""
        asked = self._steady()
        if not wanted or most < 1:
            return ()
        ends = asked + self._lasts.total_seconds()
        times = map(_seconds, (self._lasts, self._gap))
        rows = self._line.texts(CLAIM, json.encode(wanted).decode(), self._rep, str(most), *times)
        tokens: dict[int, dict[str, int]] = defaultdict(dict)
        known: dict[int, int] = {}
        for ord, count, person, token in rows:
            tokens[int(ord)][person], known[int(ord)] = int(token), int(count)
        leases, halves = list[Lease](), list[Lease]()
        for place in sorted(tokens):
            mine = tuple(one for one in wanted[place - 1] if one in tokens[place])
            lease = Lease(mine, tuple(tokens[place][one] for one in mine), ends)
            # Of somebody with several ids a colleague took one at the same moment: then they are the colleague's.
            (leases if len(mine) == known[place] else halves).append(lease)
        if halves:
            self.give_back(halves, called=False)
        return tuple(leases)

    def renew(self, leases: Iterable[Lease]) -> tuple[Lease, ...]:
        """Those that are still ours, for longer."""
        asked, held = self._steady(), tuple(leases)
        rows = self._line.rows(RENEW, **_parts(held), lasts=self._lasts, gap=self._gap)
        ours = {person for (person,) in rows}
        ends = asked + self._lasts.total_seconds()
        return tuple(replace(lease, ends=ends) for lease in held if ours.issuperset(lease.ids))

    def give_back(self, leases: Iterable[Lease], *, called: bool) -> None:
        """Others may have them at once, or once the least gap is over when we called them."""
        self._line.rows(GIVE_BACK, **_parts(tuple(leases)), called=called, gap=self._gap)

    def last_look(self, lease: Lease, keys: Sequence[str]) -> Look:
        """A moment before the dial."""
        ((is_barred, ours),) = self._line.rows(LAST_LOOK, **_parts((lease,)), keys=list(keys))
        if is_barred:
            return Look.REFUSED
        return Look.FREE if lease.ids and ours == len(lease.ids) else Look.TAKEN

    def held(self) -> tuple[Holder, ...]:
        """Whom colleagues have now."""
        return tuple(Holder(*row) for row in self._line.rows(HELD))

    # -- telling at once -------------------------------------------------------------------------------

    def say(self, presence: Presence) -> None:
        """Tell colleagues what we are doing."""

        def notify(connection: Connection) -> None:
            with suppress(*_CANNOT_TELL):
                self._line.texts_over(connection, NOTIFY, CHANNEL, presence_said(self._rep, presence))

        with suppress(ConnectionError):  # it is told again soon
            self._line.run(notify)

    def listen(self) -> Ear:
        """Begin to listen, on a line of its own."""
        return ServerEar(self._line.address, self._rep)


def _why(error: psycopg.Error, record: Record) -> Refused:
    if isinstance(error, psycopg.DataError):
        return Refused.UNREADABLE
    is_freed = isinstance(record, Entry) and (record.kind == "lift" or record.voided_at is not None)
    return Refused.ONLY_A_MANAGER_LIFTS if is_freed else Refused.NOT_YOURS


def _seconds(time: timedelta) -> str:
    """As the database reads it."""
    return f"{time.total_seconds()} seconds"


def _parts(leases: Sequence[Lease]) -> dict[str, list[Any]]:
    """People and tokens of leases, side by side."""
    parts = [part for lease in leases for part in zip(lease.ids, lease.tokens, strict=True)]
    return {"people": [person for person, _ in parts], "tokens": [token for _, token in parts]}
