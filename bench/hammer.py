"""Many reps on one list, none of whom thinks: killed, cut off, with wrong clocks, on a server that crashes.

Each rep is a thread with a line and a "disk" of its own, which outlives its kills: how far the list was read, what was
not sent yet, and whom it holds. Times are short, so that an hour of calling passes in seconds. `audit` looks at every
dial afterwards: nobody may have been called by two reps within the gap, or after a refusal that the list had taken, and
no call that was acknowledged may be missing.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import psycopg

from bench.postgres import Postgres, empty
from tui.domain.call import Call
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.shared_list.keys import keys_of
from tui.shared_list.port import Lease, Look, NoLine, Outgoing
from tui.shared_list.server import ServerList

GAP, LASTS = timedelta(seconds=2.5), timedelta(seconds=1.2)
DATABASE = "hammer"


class KilledError(Exception):
    """The program of a rep ends here."""


@dataclass
class Disk:
    """What a rep's computer keeps."""

    cursor: int = 0
    epoch: str = ""
    unsent: dict[str, Outgoing] = field(default_factory=dict)
    held: dict[str, Lease] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    """Those of them who were called."""


@dataclass
class Audit:
    """What happened, told by the threads as it happens; times are seconds of one steady clock."""

    dials: list[tuple[float, str, str, bool]] = field(default_factory=list)
    """When, whom, by whom, and whether the list was asked a moment before."""
    made: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    refused: dict[str, float] = field(default_factory=dict)
    """Since when the list has a refusal of somebody."""
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Found:
    """What the audit says of a run; the first three are to be 0."""

    doubles: int
    after_refusal: int
    lost: int
    dials: int
    counts: Counter[str]

    def __str__(self) -> str:
        more = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
        return (
            f"{self.dials:,} dials: {self.doubles} called by two reps within the gap, {self.after_refusal} called "
            f"after a refusal, {self.lost} acknowledged calls lost ({more})"
        )


class Rep(threading.Thread):
    """One rep, until the hammer is at its end."""

    def __init__(self, name: str, hammer: Hammer) -> None:
        super().__init__(name=name, daemon=True)
        self._hammer, self._audit = hammer, hammer.audit
        self._chance = random.Random(f"{hammer.seed}{name}")
        self._skew = timedelta(hours=self._chance.choice((-1, 0, 0, 1)))
        self._disk = Disk()
        self._list = self._opened()

    def _opened(self) -> ServerList:
        address = self._hammer.server.address(DATABASE, self.name)
        return ServerList(
            address,
            f"rep-{self.name}",
            self.name,
            GAP,
            time.monotonic,
            lasts=LASTS,
            isolation=self._hammer.isolation,
        )

    def run(self) -> None:
        """Work; what kills the program leaves the disk."""
        while not self._hammer.is_over:
            try:
                self._work()
            except KilledError:
                self._audit.counts["kills"] += 1
                self._list.close()
                self._list = self._opened()
            except NoLine:
                self._audit.counts["without a line"] += 1
                time.sleep(0.02)
        self._finish()
        self._list.close()

    def _may_be_killed(self) -> None:
        if self._chance.random() < self._hammer.kills:
            raise KilledError

    def _work(self) -> None:
        self._hear()
        self._send()
        disk, people = self._disk, self._hammer.people
        if not disk.held:
            start = self._chance.randrange(len(people))
            wanted = [(one.id,) for one in (people * 2)[start : start + 60]]
            leases = self._list.claim(wanted, 4)
            disk.held |= {lease.ids[0]: lease for lease in leases}
            self._audit.counts["claims"] += len(leases)
            self._may_be_killed()
        for one in list(disk.held):
            self._call(self._hammer.person[one])
            self._may_be_killed()
        self._let_go()

    def _call(self, contact: Contact) -> None:
        lease, was_asked = self._disk.held[contact.id], True
        try:
            look = self._list.last_look(lease, keys_of(contact, contact.numbers[0].e164))
        except NoLine:
            look, was_asked = Look.FREE, False
        asked_at = time.monotonic()
        if look is not Look.FREE or asked_at >= lease.ends:
            self._disk.held.pop(contact.id)
            return
        self._disk.called.add(contact.id)
        self._audit.dials.append((asked_at, contact.id, self.name, was_asked))
        at = datetime.now(UTC) + self._skew
        number = len(self._audit.dials)
        call = Call(
            f"{self.name}-{number}", contact.id, at, "no_answer", Category.NO_ANSWER, rep=f"rep-{self.name}"
        )
        self._disk.unsent[call.id] = Outgoing("calls", call)
        self._audit.made.add(call.id)
        if self._chance.random() < 0.02:
            no = Entry(f"no-{call.id}", at, date(2026, 11, 23), contact_id=contact.id, rep=f"rep-{self.name}")
            self._disk.unsent[no.id] = Outgoing("do_not_call", no)
        self._may_be_killed()

    def _hear(self) -> None:
        changes = self._list.pull(self._disk.cursor)
        self._disk.cursor, self._disk.epoch = changes.cursor, changes.epoch

    def _send(self) -> None:
        waiting = list(self._disk.unsent.values())[:100]
        if not waiting:
            return
        pushed = self._list.push(waiting, self._disk.cursor)
        self._may_be_killed()  # the list has it, and we never heard so
        now = time.monotonic()
        for ref in (*pushed.taken, *pushed.late):  # late: it was there already
            self._disk.unsent.pop(ref[1])
            if ref[0] == "calls":
                self._audit.acknowledged.add(ref[1])
            else:
                self._audit.refused.setdefault(ref[1], now)

    def _let_go(self) -> None:
        disk = self._disk
        for called in (True, False):
            some = [lease for one, lease in disk.held.items() if (one in disk.called) is called]
            if some and self._chance.random() < 0.8:
                self._list.give_back(some, called=called)
        disk.held.clear()
        disk.called.clear()

    def _finish(self) -> None:
        ends = time.monotonic() + 60
        while self._disk.unsent and time.monotonic() < ends:
            with suppress(NoLine, KilledError):
                self._send()


@dataclass
class Hammer:
    """A run: `seconds` of `reps` who never think, on `size` people."""

    server: Postgres
    seconds: float = 10.0
    reps: int = 50
    size: int = 600
    crashes: int = 0
    """How often the server is stopped as a power cut does it."""
    kills: float = 0.0
    """How likely a program ends at each of its steps."""
    cuts: float = 0.0
    """Seconds between two cut lines; 0: none is cut."""
    isolation: str = ""
    seed: int = 1
    least: int = 0
    """So many dials are made however long it takes, a minute more at most: a machine may be slow."""
    audit: Audit = field(default_factory=Audit)

    def __post_init__(self) -> None:
        numbers = [f"+4420794{place:05}" for place in range(self.size)]
        self.people = [
            Contact(f"person-{place}", name=f"P{place}", numbers=(Number(number, number),))
            for place, number in enumerate(numbers)
        ]
        self.person = {one.id: one for one in self.people}
        self._ends = 0.0

    def run(self) -> Found:
        """Do it, and look at it."""
        names = [f"h{place}" for place in range(self.reps)]
        address = self.server.list_in(DATABASE, names)
        empty(address)
        first = ServerList(self.server.address(DATABASE, names[0]), "rep-h0", "h0", GAP, time.monotonic)
        heard = 0
        for start in range(0, self.size, 400):
            heard = first.push(
                [Outgoing("contacts", one) for one in self.people[start : start + 400]], heard
            ).heard
        first.close()
        begins = time.monotonic()
        self._ends = begins + self.seconds
        reps = [Rep(name, self) for name in names]
        for rep in reps:
            rep.start()
        self._disturb(begins)
        for rep in reps:
            rep.join()
        return self._found()

    @property
    def is_over(self) -> bool:
        """Whether the time is up, and enough was dialled."""
        late = time.monotonic() - self._ends
        return late > 60 or (late > 0 and len(self.audit.dials) >= self.least)

    def _disturb(self, begins: float) -> None:
        chance, crashes = random.Random(self.seed), 0
        next_cut = begins + self.cuts if self.cuts else float("inf")
        while (now := time.monotonic()) < begins + self.seconds:
            if crashes < self.crashes and now > begins + self.seconds * (crashes + 1) / (self.crashes + 1):
                crashes += 1
                self.server.stop("immediate")
                self.server.start()
                self.audit.counts["server crashes"] += 1
            elif now > next_cut:
                next_cut = now + self.cuts
                self._cut(chance)
            time.sleep(0.02)

    def _cut(self, chance: random.Random) -> None:
        cut = "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s"
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(self.server.address(DATABASE).text, autocommit=True) as keeper,
        ):
            found = keeper.execute(cut, (f"h{chance.randrange(self.reps)}",)).fetchall()
            self.audit.counts["cut lines"] += len(found)

    def _found(self) -> Found:
        audit, gap = self.audit, GAP.total_seconds()
        dials = defaultdict[str, list[tuple[float, str]]](list)
        for at, person, rep, _ in sorted(audit.dials):
            dials[person].append((at, rep))
        doubles = sum(
            1
            for some in dials.values()
            for (first, one), (second, other) in pairwise(some)
            if one != other and second - first < gap
        )
        with psycopg.connect(self.server.address(DATABASE).text) as keeper:
            stored = {
                row[0] for row in keeper.execute("select id from powerhour.record where kind = 'calls'")
            }
            contacts: dict[str, str] = dict(
                keeper.execute(
                    "select id, doc->>'contact_id' from powerhour.record where kind = 'do_not_call'"
                ).fetchall()
            )
        since = defaultdict[str, float](lambda: float("inf"))
        for entry, at in audit.refused.items():
            since[contacts[entry]] = min(since[contacts[entry]], at)
        after = sum(1 for at, person, _, asked in audit.dials if asked and at > since[person])
        return Found(doubles, after, len(audit.acknowledged - stored), len(audit.dials), audit.counts)
