"""The team's list on a PostgreSQL of our own: each figure beside a bare round trip, or a file, of the same run."""

from __future__ import annotations

import multiprocessing
import os
import select
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import psycopg

from bench import Row, beside, not_measured
from bench.history import NOW, call, contact, record_id
from bench.measure import percentile
from bench.postgres import Postgres, binaries, empty
from tui.cockpit.state.taking_in import TakingIn
from tui.domain.do_not_call import Entry
from tui.domain.shared.merge import Record
from tui.shared_list.line import Connection, connect
from tui.shared_list.port import Lease, Outgoing
from tui.shared_list.server import ServerList
from tui.shared_list.statements import CHANNEL, PULL
from tui.storage.protocol import change_of
from tui.storage.sharing.account_file import header_line, record_line, records_of
from tui.storage.tiny import TinyStore

FORK = multiprocessing.get_context("fork")
"""Colleagues are processes of their own: on one Python's lock they would wait for each other, as no team does."""
GAP = timedelta(hours=20)
DATABASE = "bench"
PEOPLE = 3_000
"""Of a list near life."""
PAUSE_S = 0.05
"""Between two things that are measured near life, so that they are no crowd of their own."""
BEGIN_S = 4.0
"""Until the colleagues are calling."""
CLAIM, NEVER, BARE, QUIET, COLLEAGUE = (
    "claim of 20 of 200 named people, p95, 12 calls a second",
    "do-not-call, x to the last of 20 disks, p95, 12 calls a second",
    "the same by programs that only hear, ask, write and sync",
    "do-not-call, x to the last of 20 disks, p95, while nobody calls",
    "a new colleague",
)


def rows(quick: bool = False) -> list[Row]:
    """A claim, a refusal that reaches everybody, a new colleague; near life, with a whole team on the line."""
    if binaries() is None:
        why = "there is no PostgreSQL here"
        return [not_measured(name, why, limit) for name, limit in ((CLAIM, 10), (NEVER, 5), (COLLEAGUE, 3))]
    server = Postgres.make()
    try:
        server.list_in(DATABASE, [f"b{one}" for one in range(50)])
        with tempfile.TemporaryDirectory() as folder:
            return [
                _claim(server, 10 if quick else 300),
                *_never(server, Path(folder), 10 if quick else 300),
                _colleague(server, Path(folder), 1_000 if quick else 10_000),
            ]
    finally:
        server.remove()


def _list(server: Postgres, one: int) -> ServerList:
    found = ServerList(server.address(DATABASE, f"b{one}"), f"rep-{one}", f"Rep {one}", GAP, time.monotonic)
    found.join()
    return found


def _pushed(to: ServerList, rows: list[Outgoing]) -> None:
    heard = 0
    for start in range(0, len(rows), 500):
        heard = to.push(rows[start : start + 500], heard).heard


def _took(work: Callable[[], object]) -> float:
    begins = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begins)


# -- near life ---------------------------------------------------------------------------------------------


def _people_listed(server: Postgres) -> ServerList:
    """A list of people whom nobody has called; as rep 0 asks it."""
    empty(server.address(DATABASE))
    mine = _list(server, 0)
    _pushed(mine, [Outgoing("contacts", contact(one)) for one in range(PEOPLE)])
    return mine


@contextmanager
def _near_life(server: Postgres) -> Iterator[None]:
    """Meanwhile 49 colleagues make a call every four seconds each: 12 a second."""
    others = FORK.Process(target=_others_call, args=(server,), daemon=True)
    others.start()
    time.sleep(BEGIN_S)
    try:
        yield
    finally:
        others.terminate()
        others.join()


def _others_call(server: Postgres) -> None:
    """A process of their own, as on other computers."""
    for one in range(1, 50):
        threading.Thread(target=_calls, args=(server, one), daemon=True).start()
    threading.Event().wait()


def _calls(server: Postgres, one: int) -> None:
    mine, number = _list(server, one), one * 1_000
    while True:
        time.sleep(4.0 * (0.5 + one / 50))
        leases = mine.claim([(contact((number + place) % PEOPLE).id,) for place in range(200)], 1)
        if leases:
            number += 1
            mine.push([Outgoing("calls", call(number, leases[0].ids[0]))], 0)
            mine.give_back(leases, called=True)


# -- a claim -----------------------------------------------------------------------------------------------


def _claim(server: Postgres, rounds: int) -> Row:
    bare, claims = [], []
    mine = _people_listed(server)
    with _near_life(server), psycopg.connect(server.address(DATABASE, "b0").text, autocommit=True) as line:
        for one in range(rounds):
            start = one * 20 % (PEOPLE - 200)
            wanted = [(contact(place).id,) for place in range(start, start + 200)]
            bare += [_took(lambda: line.execute("select 1").fetchone()) for _ in range(5)]
            leases: list[Lease] = []
            claims.append(_took(lambda wanted=wanted, leases=leases: leases.extend(mine.claim(wanted, 20))))  # type: ignore[misc]
            mine.give_back(leases, called=False)
            time.sleep(PAUSE_S)
    mine.close()
    return beside(CLAIM, percentile(claims, 95), "ms", "a bare round trip, p95", percentile(bare, 95), 10)


# -- a refusal ---------------------------------------------------------------------------------------------


Works = Callable[[Postgres, int, Path, int], None]
"""How a colleague works: on which server, as who, in which folder, and where they tell of refusals on their disk."""


class _Colleagues:
    """Each listens, and writes what comes to a disk of their own: in a process of their own, as on other computers."""

    def __init__(self, works: Works, server: Postgres, folder: Path, count: int) -> None:
        self._count = count
        self._heard, told = os.pipe()
        self._processes = [
            FORK.Process(target=works, args=(server, one, folder, told), daemon=True)
            for one in range(1, count + 1)
        ]
        for process in self._processes:
            process.start()
        self.wait()

    def wait(self) -> None:
        """Until each has told of one more refusal that is on their disk; first of all that they listen."""
        missing = self._count
        while missing:
            if not select.select([self._heard], [], [], 60)[0]:
                raise TimeoutError(f"{missing} of {self._count} colleagues did not hear of it")
            missing -= len(os.read(self._heard, missing))

    def end(self) -> None:
        """They go home."""
        for process in self._processes:
            process.terminate()
            process.join()


def _colleague_works(server: Postgres, one: int, folder: Path, told: int) -> None:
    its_list = _list(server, one)
    ear, store = its_list.listen(), TinyStore.open(folder / f"colleague-{one}")
    cursor = its_list.pull(0).newest  # whoever begins to listen reads the list first
    os.write(told, b".")
    while True:
        if ear.wait(60.0).is_news:
            changes = its_list.pull(cursor)
            records = [row.record for row in changes.rows if row.record is not None]
            store.commit(change_of(records, origin="merge", known_to_team=True), NOW)
            cursor = changes.cursor
            os.write(told, b"." * sum(isinstance(one, Entry) for one in records))


def _bare_program_works(server: Postgres, one: int, folder: Path, told: int) -> None:
    """What nobody can do without: it hears, asks, writes and syncs, and understands nothing of what came."""
    ear, line = (connect(server.address(DATABASE, f"b{one}")) for _ in range(2))
    ear.execute(f"listen {CHANNEL}")
    line.pgconn.prepare(b"pull", PULL.encode())
    file, cursor = (folder / f"bare-{one}").open("ab", buffering=0), b"0"
    cursor = line.pgconn.exec_prepared(b"pull", [cursor, b"1"]).get_value(0, 0) or cursor
    os.write(told, b".")
    while True:
        select.select([ear], [], [])
        ear.pgconn.consume_input()
        if not list(iter(ear.pgconn.notifies, None)):
            continue
        answer = line.pgconn.exec_prepared(b"pull", [cursor, b"500"])
        cursor = answer.get_value(0, 0) or cursor
        rows = [(answer.get_value(place, 4), answer.get_value(place, 7)) for place in range(answer.ntuples)]
        file.writelines(row for _, row in rows if row)
        os.fsync(file.fileno())
        os.write(told, b"." * sum(kind == b"do_not_call" for kind, _ in rows))


def _never(server: Postgres, folder: Path, rounds: int) -> list[Row]:
    """Beside it what is left when nobody understands what came: so much of it no colleague's program could save."""
    base = "one commit and its notice, p95"
    found: list[Row] = []
    for name, works, others_call, limit in (
        (NEVER, _colleague_works, True, 5),
        (BARE, _bare_program_works, True, None),
        (QUIET, _colleague_works, False, None),
    ):
        its_folder = folder / str(len(found))
        its_folder.mkdir()
        told, bare = _refusals(works, server, its_folder, rounds, others_call=others_call)
        found.append(beside(name, percentile(told, 95), "ms", base, percentile(bare, 95), limit))
    return found


def _refusals(
    works: Works, server: Postgres, folder: Path, rounds: int, *, others_call: bool
) -> tuple[list[float], list[float]]:
    """Milliseconds of each refusal until the last colleague has it, and of a commit and its notice just before."""
    mine = _people_listed(server)
    team = _Colleagues(works, server, folder, 20)
    bare, told = [], []
    with (
        _near_life(server) if others_call else nullcontext(),
        psycopg.connect(server.address(DATABASE).text, autocommit=True) as line,
        psycopg.connect(server.address(DATABASE).text, autocommit=True) as ear,
    ):
        line.execute("create table if not exists bare (n int)")
        ear.execute("listen bare")
        for number in range(rounds):
            bare.append(_took(lambda: _told(line, ear)))
            entry = Entry(f"no-{number}", NOW, NOW.date(), numbers=(f"+44207946{number:04}",), rep="rep-0")

            def everywhere(entry: Entry = entry) -> None:
                mine.push([Outgoing("do_not_call", entry)], 0)
                team.wait()

            told.append(_took(everywhere))
            time.sleep(PAUSE_S)
    team.end()
    mine.close()
    return told, bare


def _told(line: Connection, ear: Connection) -> None:
    line.execute("insert into bare values (1)")
    line.execute("select pg_notify('bare', '')")
    list(ear.notifies(timeout=60, stop_after=1))


# -- a new colleague ---------------------------------------------------------------------------------------


def _colleague(server: Postgres, folder: Path, size: int) -> Row:
    """All people and as many calls: from the list, and from a colleague's file."""
    empty(server.address(DATABASE))
    mine = _list(server, 0)
    records: list[Record] = [
        *(contact(one) for one in range(size)),
        *(call(one, record_id(1, one)) for one in range(size)),
    ]
    tables = ["contacts"] * size + ["calls"] * size
    _pushed(mine, [Outgoing(table, record) for table, record in zip(tables, records, strict=True)])
    file = folder / "account.jsonl"
    file.write_bytes(header_line("rep-0", NOW, len(records)) + b"".join(map(record_line, records)))
    listed, read = [], []
    for number in range(3):
        store = TinyStore.open(folder / f"read-{number}")
        read.append(_took(lambda store=store: list(TakingIn(store, NOW, "me").take_all(records_of(file)))))  # type: ignore[misc]
        store.close()
        store = TinyStore.open(folder / f"listed-{number}")
        listed.append(_took(lambda store=store: _pulled(mine, store)))  # type: ignore[misc]
        store.close()
    mine.close()
    name = f"{COLLEAGUE} takes {size:,} people and {size:,} calls"
    ours, files = statistics.median(listed) / 1000, statistics.median(read) / 1000
    return beside(name, ours, "s", "the same from a file", files, 3)


def _pulled(mine: ServerList, store: TinyStore) -> None:
    taking, cursor = TakingIn(store, NOW, "me", known_to_team=True), 0
    while True:
        changes = mine.pull(cursor)
        list(taking.take_all(row.record for row in changes.rows if row.record is not None))
        cursor = changes.cursor
        if changes.is_all:
            return
