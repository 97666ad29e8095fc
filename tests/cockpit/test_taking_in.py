"""The records of colleagues come in: who is one person, what is said, and that a stop in between loses nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from msgspec.structs import replace

from bench.memory_store import Kept, MemoryStore
from tui.cockpit.state import taking_in
from tui.cockpit.state.disk import Disk
from tui.cockpit.state.doubts import doubts_of
from tui.cockpit.state.taking_in import TakingIn
from tui.cockpit.wording.merged import merged_lines, name_of_rep
from tui.domain.call import Call, Dial
from tui.domain.contact import HANDED_OVER, Contact, Number, Rep, Source
from tui.domain.do_not_call import Entry, known_as
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.parts import whole
from tui.domain.promise import Promise
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.forgotten import Forgotten
from tui.domain.shared.merge import Record, shared
from tui.domain.shared.same_person import apart, decided
from tui.domain.shared.team import Team
from tui.storage.protocol import MERGING, Change, Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TELL = "powerhour people same"


def at_desk(rep: str, people: int = 6, seed: int = 0) -> Store:
    """A rep who imported the team's list and worked some of it."""
    dice, store = random.Random(seed), MemoryStore()
    made = NOON + timedelta(minutes=seed)
    store.commit(Change(reps=(Rep(rep, rep.title()),), state={"rep": {"id": rep}}), made)
    team = [
        Contact(
            uuid7(made + timedelta(seconds=n)),
            name=f"Jo{n} Lee{n}",
            company="Acme Tools",
            numbers=(Number(f"+44207946{n:04}"),),
            source=Source("autumn", str(n)),
        )
        for n in range(people)
    ]
    store.commit(Change(contacts=tuple(team), origin="file"), made)
    for n, person in enumerate(dice.sample(team, people // 2)):
        later = made + timedelta(hours=1, minutes=n)
        called = replace(person, tags=(f"{rep}{n}",), role=f"role {dice.randrange(3)}")
        call = Call(
            uuid7(later), person.id, later, "talked", Category.CONVERSATION, rep=rep, talk_s=60, keys=4
        )
        store.commit(Change(contacts=(called,), calls=(call,)), later)
    return store


def account(store: Store) -> list[Record]:
    """What a colleague gets of it."""
    return [shared(record) for record in store.accounts()]


def truth(store: Store) -> dict[tuple[str, str], Record]:
    """The shared records by kind and id: what must be the same on every desk."""
    return {(type(one).__name__, one.id): one for one in account(store)}


def take(store: Store, *accounts: list[Record], now: datetime = NOON + timedelta(days=1)):
    taking = TakingIn(store, now, str(store.state("rep").get("id", "")))
    for records in accounts:
        for _ in taking.take_all(records):
            pass
    return whole(taking.finishing())


def said(store: Store, came) -> list[str]:
    names = {rep.id: rep.label for rep in store.reps()}
    return merged_lines(came, name_of_rep(names, str(store.state("rep")["id"])), TELL)


@pytest.fixture
def desks() -> Iterator[tuple[Store, Store]]:
    return at_desk("anne-rep", seed=1), at_desk("bob-reps", seed=2)


def test_b57_two_reps_who_merge_each_other_have_the_same_records(desks: tuple[Store, Store]) -> None:
    one, other = desks
    mine, theirs = account(one), account(other)
    take(one, theirs)
    take(other, mine)
    assert truth(one) == truth(other)
    assert len(tuple(one.contacts())) == 6
    before = truth(one)
    assert not take(one, theirs, mine).is_news
    assert truth(one) == before


def test_three_accounts_in_any_order_and_broken_off_make_the_same_records(desks: tuple[Store, Store]) -> None:
    accounts = [account(one) for one in (*desks, at_desk("cem-reps", seed=3))]
    dice, found = random.Random(5), []
    for order in permutations(accounts):
        store = MemoryStore()
        store.commit(Change(state={"rep": {"id": "new"}}), NOON)
        broken = TakingIn(store, NOON + timedelta(days=1), "new")
        for records in order:  # killed somewhere in each
            broken.take(dice.sample(records, dice.randrange(1, len(records))))
        assert store.state(MERGING)
        take(store, *order)
        found.append(truth(store))
        assert len(tuple(store.contacts())) == 6
    assert all(one == found[0] for one in found)


def test_after_a_stop_the_queue_trusts_no_next_step(desks: tuple[Store, Store]) -> None:
    one, other = desks
    TakingIn(one, NOON, "anne-rep").take(account(other))
    assert one.state(MERGING)
    take(one, account(other))
    assert one.state(MERGING)  # until the queue has worked out everybody anew


def test_it_says_what_came_refusals_first(desks: tuple[Store, Store]) -> None:
    one, other = desks
    people = list(other.contacts())
    soon = NOON + timedelta(days=3)
    call = Call(uuid7(soon), people[0].id, NOON, "promise", Category.PROMISE, rep="bob-reps")
    call = replace(call, promise=Promise(soon, "Europe/London", "day"), dials=(Dial("+442079460000", NOON),))
    refused = [
        Entry(f"d{n}", NOON, NOON.date(), rep="bob-reps", contact_id=who.id, who=known_as(who), call_id=said)
        for n, (who, said) in enumerate(zip(people[:3], (call.id, "k2", ""), strict=True))
    ]
    plan = PlannedCall("p1", people[0].id, soon, "Europe/London", "day", "autumn", NOON)
    new = Contact("n1", name="Zed Ono", created_at=NOON)
    other.commit(
        Change(do_not_call=tuple(refused), calls=(call,), plans=(plan,), contacts=(new,), origin="merge"),
        NOON,
    )
    assert said(one, take(one, account(other))) == [
        "2 people asked Bob-Reps never to be called.",
        "Bob-Reps put 1 person on the do-not-call list.",
        "1 person is new.",
        "6 people were here already.",
        "4 calls by Bob-Reps.",
        "1 planned call came in.",
        "Bob-Reps promised 1 call that is still to come.",
        "4 people are nobody's: each of you would call them. Deal them out: powerhour split --help",
    ]
    assert said(one, take(one, account(other))) == ["Nothing new: all of it was here already."]


def test_who_is_forgotten_under_both_of_their_ids_is_one_person(desks: tuple[Store, Store]) -> None:
    sam, jo = desks
    pair = sam.contact_ids()[:2]
    sam.commit(Change(same_person=(decided(*pair, same=True, at=NOON, rep="sam"),)), NOON)
    sam.commit(Change(forgotten=(Forgotten(pair[0], NOON, "sam"),)), NOON)
    assert {one.id for one in sam.forgotten()} == set(pair)
    assert take(jo, account(sam)).forgotten == 1


def test_a_clock_that_was_fast_is_named(desks: tuple[Store, Store]) -> None:
    one, other = desks
    person = next(iter(other.contacts()))
    other.commit(Change(contacts=(replace(person, role="Buyer"),)), NOON + timedelta(days=1, hours=3))
    lines = said(one, take(one, account(other)))
    assert "The clock of Bob-Reps was fast by 3 hours. It should be set right." in lines


def test_who_may_be_one_person_is_listed_until_somebody_decides(desks: tuple[Store, Store]) -> None:
    one, other = desks
    people = sorted(one.contacts(), key=lambda who: who.source.external_id)
    like = Contact("n1", name="Jo0 Leee0", numbers=people[0].numbers, created_at=NOON)
    other.commit(Change(contacts=(like,), origin="merge"), NOON)
    came = take(one, account(other))
    assert said(one, came)[0] == f"1 pair may be one person: {TELL} asks."
    pair = (people[0].id, "n1")
    assert tuple(doubts_of(one)) == (pair,)
    one.commit(Change(same_person=(decided(*pair, same=False, at=NOON, rep="anne-rep"),)), NOON)
    assert tuple(doubts_of(one)) == ()
    assert take(one, account(other)).doubtful == ()


def test_who_was_taken_apart_stays_apart(desks: tuple[Store, Store]) -> None:
    one, other = desks
    take(one, account(other))
    joined = next(who for who in one.contacts())
    ids = one.persons.ids(joined.id)
    one.commit(Change(same_person=apart(ids[1], one.persons, at=NOON, rep="anne-rep")), NOON)
    take(one, account(other))
    assert one.persons.ids(joined.id) == (joined.id,)
    assert len(tuple(one.contacts())) == 7


def test_two_accounts_of_one_record_in_one_commit_are_both_taken(desks: tuple[Store, Store]) -> None:
    one, other = desks
    take(other, account(one))
    mine, theirs = (next(iter(store.contacts())) for store in desks)
    assert mine.id == theirs.id
    one.commit(Change(contacts=(replace(mine, role="Buyer"),)), NOON + timedelta(hours=3))
    other.commit(Change(contacts=(replace(theirs, language="en"),)), NOON + timedelta(hours=4))
    new = MemoryStore()
    TakingIn(new, NOON + timedelta(days=1), "new").take([*account(one), *account(other)])
    found = new.contact(mine.id)
    assert found is not None
    assert (found.role, found.language) == ("Buyer", "en")


def test_a_merge_that_stopped_before_its_end_still_joins_when_it_is_run_again(
    desks: tuple[Store, Store],
) -> None:
    one, other = desks
    taking = TakingIn(one, NOON, "anne-rep")
    for _ in taking.take_all(account(other)):
        pass
    one.commit(Change(state={MERGING: None}), NOON)  # a cockpit was opened in between, and ranked everybody
    assert len(tuple(one.contacts())) == 12
    take(one, account(other))
    assert len(tuple(one.contacts())) == 6


async def test_a_commit_that_is_asked_for_while_colleagues_records_are_joined_does_not_wait_for_their_end(
    desks: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desks
    monkeypatch.setattr(taking_in, "AT_ONCE", 1)
    taking = TakingIn(one, NOON, "anne-rep")
    for _ in taking.take_all(account(other)):
        pass
    disk = Disk()
    end = asyncio.create_task(disk.in_parts(taking.finishing()))
    await asyncio.sleep(0)  # the first part is under way
    await disk.run(one.commit, Change(state={"draft": {"words": "two vans"}}), NOON)
    assert not end.done()
    assert (await end).joined == 6
    assert one.state("draft") == {"words": "two vans"}
    disk.close()


def test_joining_reads_no_calls(desks: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = desks
    taking = TakingIn(one, NOON, "anne-rep")
    for _ in taking.take_all(account(other)):
        pass
    read: list[str] = []
    monkeypatch.setattr(Kept, "calls", lambda *_: read.append("calls") or ())
    assert whole(taking.finishing()).joined == 6
    assert read == []


def test_who_was_handed_over_is_taken_also_when_the_merge_stopped_before_its_end(
    desks: tuple[Store, Store],
) -> None:
    one, other = desks
    given = replace(next(iter(other.contacts())), owner="Anne", remembered={HANDED_OVER: "On Monday."})
    other.commit(Change(contacts=(given,)), NOON)
    team = Team(Rep("anne-rep", "Anne"))
    TakingIn(one, NOON, "anne-rep", team=team).take(account(other))
    whole(TakingIn(one, NOON, "anne-rep", team=team).finishing())
    taken = one.contact(given.id)
    assert taken is not None
    assert taken.owner_id == "anne-rep"
