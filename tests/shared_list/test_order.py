"""Numbers follow the order of commits, so that no reader steps over a change: on paper and on the server."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from tests.shared_list.conftest import ServerHouse
from tests.shared_list.order_model import walk
from tests.shared_list.records import call, out, person, send, take
from tui.shared_list import server, statements
from tui.shared_list.port import NoLine, was_restored
from tui.shared_list.server import ServerList

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("writers", [2, 3])
def test_no_interleaving_steps_over_a_change(writers: int):
    found = walk("counter row", writers)
    assert found.skips == ()
    assert found.states > 30


@pytest.mark.parametrize("scheme", ["sequence", "counter in a transaction of its own"])
def test_a_number_taken_before_the_commit_is_stepped_over(scheme):
    assert len(walk(scheme, 2).skips) == 7


HERE = "where not exists (select 1 from powerhour.record f"
DAWDLES = HERE.replace("where", "where pg_sleep(random() * 0.02) is not null and")
"""Between its number and its commit each writer takes a different time."""
COUNTER = statements.PUSH[
    statements.PUSH.index("  update powerhour.feed") : statements.PUSH.index("), put as")
]
SEQUENCE = (
    "  select nextval('public.numbers') - 1 as before"
    " where ($2::bigint, $3::boolean, $4::integer, $5::bigint) is not null\n"
)


def race(house: ServerHouse, writers: int = 4, each: int = 20) -> tuple[int, int]:
    """(written, seen by a reader who pulls all the time)."""
    house.joins("Kim Dale")
    people = [[person(f"W{one}x{number}", "") for number in range(each)] for one in range(writers)]

    def write(one: int) -> None:
        mine = ServerList(
            house.lists[0]._line.address, "rep-kim", "Kim Dale", house.lists[0]._gap, lambda: 0.0
        )
        for record in people[one]:
            assert mine.push([out(record)], 10**9).taken
        mine.close()

    threads = [threading.Thread(target=write, args=(one,)) for one in range(writers)]
    for thread in threads:
        thread.start()
    seen, cursor, last = set[str](), 0, False
    while not last:
        last = not any(thread.is_alive() for thread in threads)
        changes = house.lists[0].pull(cursor)
        seen |= {row.id for row in changes.rows}
        cursor = changes.cursor
    ((written,),) = house.sql("select count(*) from powerhour.record")
    return written, len(seen)


# -- the claims --------------------------------------------------------------------------------------------

LOCKS = " for update skip locked"
LOOKS_AGAIN = "where s.person = one.person and (s.free_at <= now() or s.rep = current_user)"
MEANWHILE = LOOKS_AGAIN + " and pg_sleep(random() * 0.01) is not null"


def claims(house: ServerHouse) -> list[str]:
    """Whom three reps got, who all wanted the same people one by one, in the same order."""
    house.are_managers = True  # else the rights alone would stop them
    reps = [house.joins(name) for name in ("Kim Dale", "Sam Reed", "Bea Boss")]
    people = [person(f"P{one}") for one in range(60)]
    reps[0].push([out(one) for one in people], 0)
    wanted, got = [(one.id,) for one in people], list[str]()

    def take(mine: ServerList) -> None:
        for _ in range(8):
            held = {one for one in got if one.startswith(mine._rep)}
            free = [ids for ids in wanted if f"{mine._rep} {ids[0]}" not in held]
            got.extend(f"{mine._rep} {lease.ids[0]}" for lease in mine.claim(free, 1))

    threads = [threading.Thread(target=take, args=(one,)) for one in reps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one.partition(" ")[2] for one in got]


@pytest.mark.slow
def test_who_all_want_the_same_people_get_different_ones(house: ServerHouse, monkeypatch):
    assert LOOKS_AGAIN in statements.CLAIM
    monkeypatch.setattr(server, "CLAIM", statements.CLAIM.replace(LOOKS_AGAIN, MEANWHILE))
    got = claims(house)
    assert len(got) > 10
    assert len(got) == len(set(got))


@pytest.mark.slow
def test_without_a_lock_two_get_the_same_person(house: ServerHouse, monkeypatch):
    assert LOCKS in statements.CLAIM
    blind = MEANWHILE.replace("(s.free_at <= now() or s.rep = current_user)", "true")
    monkeypatch.setattr(server, "CLAIM", statements.CLAIM.replace(LOCKS, "").replace(LOOKS_AGAIN, blind))
    got = claims(house)
    assert len(got) > len(set(got))


# -- the feed ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_b64_a_reader_sees_every_change_while_writers_take_their_time(house: ServerHouse, monkeypatch):
    assert HERE in statements.PUSH
    monkeypatch.setattr(server, "PUSH", statements.PUSH.replace(HERE, DAWDLES))
    assert race(house) == (80, 80)


@pytest.mark.slow
def test_numbers_of_a_sequence_are_stepped_over(house: ServerHouse, monkeypatch):
    """The trap is real: the same race finds it where a sequence gives out the numbers."""
    house.sql(
        "create sequence if not exists public.numbers; grant usage on sequence public.numbers to public"
    )
    mutant = statements.PUSH.replace(HERE, DAWDLES).replace(COUNTER, SEQUENCE)
    monkeypatch.setattr(server, "PUSH", mutant)
    newest = "select (select coalesce(max(ver), 0) from powerhour.record), f.epoch"
    pull = statements.PULL.replace("select f.n, f.epoch", newest).replace("and ver <= f.n", "")
    monkeypatch.setattr(server, "PULL", pull)
    written, seen = race(house)
    house.sql("drop sequence public.numbers")
    assert seen < written == 80


@pytest.mark.slow
@pytest.mark.parametrize("what", ["the numbers went back", "whoever put it back said so"])
def test_on_a_new_line_to_a_list_from_a_copy_nothing_is_sent_or_claimed_before_a_pull(
    house: ServerHouse, what: str
):
    kim = house.joins("Kim Dale")
    send(kim, person(), person("Fay Osei", ""))
    before = kim.pull(0)
    lease = take(kim)
    assert lease
    if what == "whoever put it back said so":
        said = re.search(r"^update powerhour\.feed .*$", (ROOT / "docs/shared-list.md").read_text(), re.M)
        assert said
        house.sql(said[0])
    else:
        house.sql("update powerhour.feed set n = 1, people = 1")
    kim.close()  # the server was away
    for question in (
        lambda: kim.push([out(call(house.now))], before.newest),
        lambda: kim.claim([("id-fay",)], 1),
        lambda: kim.last_look(lease, []),
        lambda: kim.renew([lease]),
    ):
        with pytest.raises(NoLine, match="put back from an older copy"):
            question()
    assert was_restored(kim.pull(before.newest), before.newest, before.epoch)
    assert kim.claim([("id-fay",)], 1)
