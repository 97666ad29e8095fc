"""What the team's list promises: of the one in memory, with which the cockpit is tested, and of the server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.shared_list.conftest import LASTS, House
from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.promise import Owed
from tui.domain.shared.forgotten import Forgotten, erased
from tui.domain.shared.same_person import decided
from tui.shared_list.keys import keys_of
from tui.shared_list.port import (
    Heard,
    Lease,
    Look,
    Outgoing,
    Presence,
    Pushed,
    Refused,
    Said,
    SharedList,
    was_restored,
)

NUMBER, OTHER = "+442079460105", "+442079460106"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def person(name: str = "Eva Brandt", number: str = NUMBER, **more: Any) -> Contact:
    numbers = (Number(number, number),) if number else ()
    return Contact(id=f"id-{name.split()[0].casefold()}", name=name, numbers=numbers, **more)


def call(
    at: datetime, contact: str = "id-eva", rep: str = "rep-kim", id: str = "call-1", **more: Any
) -> Call:
    return Call(id, contact, at, "no_answer", Category.NO_ANSWER, rep=rep, **more)


def refusal(id: str = "no-1", rep: str = "rep-kim", **more: Any) -> Entry:
    return Entry(id, NOON, date(2026, 11, 23), rep=rep, why="asked", **more)


def lift(of: str, rep: str = "rep-boss", **more: Any) -> Entry:
    return Entry(f"lift-{of}", NOON, date(2026, 11, 23), "lift", rep=rep, lifts=(of,), **more)


TABLES = {Contact: "contacts", Call: "calls", Entry: "do_not_call", Forgotten: "forgotten"}


def out(record: Any, base: int = 0) -> Outgoing:
    return Outgoing(TABLES.get(type(record), "same_person"), record, base)


def send(to: SharedList, *records: Any, heard: int | None = None) -> Pushed:
    """Push as a rep does who has heard of everything."""
    at = to.pull(0) if heard is None else None
    known = {row.ref: row.version for row in at.rows} if at else {}
    rows = [out(one, known.get(out(one).ref, 0)) for one in records]
    return to.push(rows, at.newest if at else heard or 0)


def version(of: SharedList, table: str, id: str) -> int:
    return next(row.version for row in of.pull(0).rows if row.ref == (table, id))


def take(by: SharedList, *ids: str) -> Lease | None:
    return next(iter(by.claim([ids or ("id-eva",)], 1)), None)


# -- records


def test_what_one_writes_the_other_reads_in_the_order_it_was_written(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), person("Fay Osei"))
    send(kim, call(either.now))
    changes = sam.pull(0)
    assert [row.ref for row in changes.rows] == [
        ("contacts", "id-eva"),
        ("contacts", "id-fay"),
        ("calls", "call-1"),
    ]
    assert changes.rows[0].record == person()
    assert changes.is_all
    assert changes.at == changes.at.astimezone(UTC)
    assert not sam.pull(changes.cursor).rows
    assert sam.pull(changes.rows[0].version).rows == changes.rows[1:]


def test_what_is_the_reps_own_stays_at_home(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    own = call(
        either.now, before={"owner": "secret"}, after={}, ready_s=9.0, wrap_s=8.0, keys=7, identify_s=6.0
    )
    send(kim, person(), own)
    (came,) = [row.record for row in sam.pull(0).rows if row.table == "calls"]
    assert came == replace(own, before=None, after=None, ready_s=0.0, wrap_s=0.0, keys=0, identify_s=None)


def test_a_long_list_comes_in_parts(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    heard = 0
    for part in range(3):
        some = [person(f"P{part}x{one}", "") for one in range(400)]
        pushed = kim.push([out(one) for one in some], heard)
        assert len(pushed.taken) == 400
        heard = pushed.heard  # nobody else wrote: nothing has to be pulled in between
    seen, cursor = [], 0
    while not (changes := sam.pull(cursor)).is_all or not seen:
        seen += [row.id for row in changes.rows]
        cursor = changes.cursor
    seen += [row.id for row in changes.rows if row.id not in seen]
    assert len(seen) == len(set(seen)) == 1200


def test_what_was_made_from_an_older_version_is_late_and_a_repeat_is_harmless(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    before = version(sam, "contacts", "id-eva")
    assert send(kim, person(role="Buyer")).taken
    late = sam.push([out(person(role="Owner"), before)], sam.pull(0).newest)
    assert late.late == {("contacts", "id-eva")}
    assert not late.taken
    repeated = kim.push([out(person(role="Buyer"), before)], kim.pull(0).newest)
    assert repeated.late
    assert sam.pull(0).rows[0].record == person(role="Buyer")


def test_new_people_come_in_only_from_who_has_heard_of_all(either: House):
    """Two reps import one list in the same minute: the second hears of the first one's people before theirs come in."""
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    second = replace(person(), id="id-eva-again")
    assert send(sam, second, heard=0).late == {("contacts", "id-eva-again")}
    assert send(sam, decided("id-eva", "id-eva-again", same=True, at=NOON, rep=""), second).taken


def test_calls_need_not_wait_until_all_people_are_heard_of(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    heard = sam.pull(0).newest
    send(kim, person("Fay Osei"))
    assert sam.push([out(call(either.now, rep="rep-sam"))], heard).taken


def test_a_list_that_was_restored_is_noticed_by_all(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), person("Fay Osei"))
    first, before = kim.pull(0), sam.pull(0)
    assert not was_restored(first, 0, "")
    assert not was_restored(kim.pull(first.cursor), first.cursor, first.epoch)
    either.restored()
    after = kim.pull(first.cursor)
    assert was_restored(after, first.cursor, first.epoch) or was_restored(
        kim.pull(0), first.cursor, first.epoch
    )
    send(kim, *(person(f"P{one} Q", "") for one in range(5)))  # the numbers are past Sam's again
    assert was_restored(sam.pull(before.cursor), before.cursor, before.epoch)


# -- who may call whom


def test_b64_nobody_is_given_to_two(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    people = [person(f"P{one} Q", "") for one in range(10)]
    send(kim, *people)
    wanted = [(one.id,) for one in people]
    first, second = kim.claim(wanted, 6), sam.claim(wanted, 6)
    assert [one.ids for one in first] == wanted[:6]
    assert [one.ids for one in second] == wanted[6:]
    assert kim.last_look(first[0], keys_of(people[0])) is Look.FREE
    assert {(one.id, one.name) for one in sam.held()} == {(ids[0], "Kim Dale") for ids in wanted[:6]}


def test_who_was_never_sent_is_given_to_nobody(either: House):
    assert either.joins("Kim Dale").claim([("unknown",)], 1) == ()


def test_only_the_owner_gets_an_owned_person(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(owner="Sam Reed", owner_id="rep-sam"))
    assert take(kim) is None
    assert take(sam)


def test_a_person_of_two_ids_is_one_person(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    send(sam, replace(person(), id="id-eva-again"))
    assert take(kim, "id-eva")
    assert take(sam, "id-eva-again", "id-eva") is None
    assert take(sam, "id-eva-again")  # nobody said that they are one


def test_of_a_person_of_two_ids_both_are_held(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), replace(person(), id="id-eva-again"))
    lease = take(kim, "id-eva", "id-eva-again", "id-never-sent")
    assert lease
    assert set(lease.ids) == {"id-eva", "id-eva-again"}
    assert take(sam, "id-eva") is None
    assert take(sam, "id-eva-again") is None
    assert kim.last_look(lease, []) is Look.FREE
    kim.give_back([lease], called=False)
    assert take(sam, "id-eva-again")


def test_the_deadline_counts_from_before_the_question(either: House):
    kim = either.joins("Kim Dale")
    send(kim, person())
    lease = take(kim)
    assert lease
    assert lease.ends == either.steady + LASTS.total_seconds()


def test_given_back_uncalled_a_person_is_free_at_once(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    kim.give_back([take(kim)], called=False)  # type: ignore[list-item]
    assert take(sam)


def test_given_back_called_a_person_rests_for_the_gap(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    kim.give_back([take(kim)], called=True)  # type: ignore[list-item]
    assert take(sam) is None
    assert sam.held() == ()
    either.passes(hours=19)
    assert take(sam) is None
    either.passes(hours=2)
    assert take(sam)


def test_who_lapsed_rests_because_their_holder_may_have_called(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    lease = take(kim)
    assert lease
    either.passes(minutes=91)
    assert kim.last_look(lease, []) is Look.TAKEN
    assert kim.renew([lease]) == ()
    assert take(sam) is None
    assert sam.held() == ()
    either.passes(hours=20)
    assert take(sam)


def test_an_older_token_has_nothing(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    old = take(kim)
    assert old
    either.passes(hours=22)
    new = take(sam)
    assert new
    assert new.tokens > old.tokens
    kim.give_back([old], called=False)
    assert kim.renew([old]) == ()
    assert kim.last_look(old, []) is Look.TAKEN
    assert sam.last_look(new, []) is Look.FREE
    assert take(kim) is None


def test_claimed_again_the_older_lease_has_nothing(either: House):
    """So a program that was stopped and started again, and the one before it, never both have a person."""
    kim = either.joins("Kim Dale")
    send(kim, person())
    old, new = take(kim), take(kim)
    assert old
    assert new
    assert kim.last_look(old, []) is Look.TAKEN
    assert kim.last_look(new, []) is Look.FREE


def test_a_call_without_a_lease_keeps_colleagues_away_too(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), call(either.now))
    assert take(sam) is None
    either.passes(hours=21)
    assert take(sam)


def test_what_is_renewed_lasts_longer(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    lease = take(kim)
    either.passes(minutes=80)
    (again,) = kim.renew([lease])  # type: ignore[list-item]
    either.passes(minutes=80)
    assert kim.last_look(again, []) is Look.FREE
    assert take(sam) is None


def test_a_call_keeps_colleagues_away_for_the_gap_but_not_who_made_it(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    assert take(kim)
    send(kim, call(either.now))
    either.passes(hours=19)
    assert take(sam) is None
    assert take(kim)


def test_a_call_that_comes_in_late_takes_nobody_from_who_called_since(either: House):
    """Else its rep would be the last holder, and could claim within the rest of the other."""
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    assert take(sam)
    made = either.now
    either.passes(hours=22)
    assert take(kim)
    send(kim, call(either.now))
    send(sam, call(made, rep="rep-sam", id="call-2"))
    assert take(sam) is None
    assert take(kim)


def test_an_old_history_puts_nobody_to_rest(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), person("Fay Osei", OTHER))
    old = call(either.now - timedelta(days=30))
    send(kim, old, call(either.now - timedelta(hours=2), "id-fay", id="call-2"))
    assert [one.ids for one in sam.claim([("id-fay",), ("id-eva",)], 5)] == [("id-eva",)]


def test_a_correction_of_a_call_puts_nobody_to_rest_again(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), call(either.now))
    either.passes(hours=21)
    send(sam, replace(call(either.now), rev=1, owed=Owed("price list", date(2026, 11, 23))))
    assert take(kim)


# -- do not call


def test_nobody_who_refused_is_given_out(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), person("Fay Osei", OTHER, company="Osei  Vans"), person("Gus Hill", ""))
    send(kim, refusal(numbers=(NUMBER,)), refusal("no-2", firm="osei vans"))
    assert [one.ids for one in sam.claim([("id-eva",), ("id-fay",), ("id-gus",)], 5)] == [("id-gus",)]


def test_who_refused_on_one_number_may_be_called_on_another(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    both = person(number="")
    both = replace(both, numbers=(Number(NUMBER, NUMBER), Number(OTHER, OTHER)))
    send(kim, both, refusal(numbers=(NUMBER,)))
    lease = take(sam)
    assert lease
    assert sam.last_look(lease, keys_of(both, NUMBER)) is Look.REFUSED
    assert sam.last_look(lease, keys_of(both, OTHER)) is Look.FREE


def test_a_refusal_stops_a_dial_of_somebody_who_is_held(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    eva = person()
    send(kim, eva)
    lease = take(kim)
    send(sam, refusal(rep="rep-sam", contact_id="id-eva"))
    assert lease
    assert kim.last_look(lease, keys_of(eva, NUMBER)) is Look.REFUSED


def test_a_rep_lifts_nothing_and_a_manager_does(either: House):
    kim, boss = either.joins("Kim Dale"), either.joins("Bea Boss", is_manager=True)
    send(kim, person(), refusal(contact_id="id-eva"))
    assert send(kim, lift("no-1", "rep-kim")).refused == {
        ("do_not_call", "lift-no-1"): Refused.ONLY_A_MANAGER_LIFTS
    }
    assert take(kim) is None
    assert send(boss, lift("no-1")).taken
    assert take(kim)


def test_a_lift_ends_what_it_has_seen_and_nothing_else(either: House):
    kim, boss = either.joins("Kim Dale"), either.joins("Bea Boss", is_manager=True)
    send(kim, person(), refusal(numbers=(NUMBER,)), refusal("no-2", numbers=(NUMBER,)))
    send(boss, lift("no-1"))
    assert take(kim) is None
    send(boss, lift("no-2"))
    assert take(kim)


def test_a_lift_that_comes_before_what_it_lifts_holds(either: House):
    kim, boss = either.joins("Kim Dale"), either.joins("Bea Boss", is_manager=True)
    send(boss, lift("no-1"))
    send(kim, person(), refusal(contact_id="id-eva"))
    assert take(kim)


def test_a_lift_of_one_number_frees_it_alone_and_undone_it_frees_nothing(either: House):
    kim, boss = either.joins("Kim Dale"), either.joins("Bea Boss", is_manager=True)
    send(kim, person(), person("Fay Osei", OTHER), refusal(numbers=(NUMBER, OTHER)))
    send(boss, lift("no-1", numbers=(OTHER,)))
    (lease,) = kim.claim([("id-eva",), ("id-fay",)], 5)
    assert lease.ids == ("id-fay",)
    send(boss, lift("no-1", numbers=(OTHER,), voided_at=NOON))
    assert kim.last_look(lease, keys_of(person("Fay Osei", OTHER), OTHER)) is Look.REFUSED


def test_a_rep_undoes_a_refusal_of_their_own_and_no_colleagues(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person(), refusal(contact_id="id-eva"))
    undone = refusal(contact_id="id-eva", voided_at=NOON)
    assert send(sam, undone).refused == {("do_not_call", "no-1"): Refused.ONLY_A_MANAGER_LIFTS}
    assert take(kim) is None
    assert send(kim, undone).taken
    assert take(kim)


# -- forgotten


def test_of_whom_is_forgotten_nothing_is_left_and_nothing_comes_back(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    heard = sam.pull(0).newest
    send(kim, Forgotten("id-eva", NOON, "rep-kim"))
    assert next(row for row in sam.pull(0).rows if row.table == "contacts").record is None
    late = sam.push(
        [out(person(role="Buyer"), 1), out(call(either.now, rep="rep-sam", notes=(Note(NOON, "vans"),)))],
        heard,
    )
    assert late.late == {("contacts", "id-eva"), ("calls", "call-1")}
    assert take(sam) is None


def test_who_is_forgotten_is_erased_in_colleagues_calls_too(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    made = call(either.now, notes=(Note(NOON, "two vans"),))
    send(kim, person(), made)
    assert send(sam, erased(made)).refused
    send(sam, Forgotten("id-eva", NOON, "rep-sam"))
    assert send(sam, erased(made)).taken


# -- rights


def test_a_colleagues_call_stays_as_they_wrote_it(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    made = call(either.now, owed=Owed("price list", date(2026, 11, 23)))
    send(kim, person(), made)
    fay = person("Fay Osei")
    came = send(sam, replace(made, outcome="sale", rev=1), fay)
    assert came.refused == {("calls", "call-1"): Refused.NOT_YOURS}
    assert came.taken.keys() == {("contacts", "id-fay")}
    done = replace(made, owed=replace(made.owed, done_at=NOON), rev=1, edited_at=NOON)  # type: ignore[type-var]
    assert send(sam, done).taken
    assert send(kim, replace(done, outcome="busy", rev=2)).taken


# -- the team


def test_the_members_are_those_who_joined(either: House):
    either.joins("Sam Reed")
    either.joins("Kim Dale")
    boss = either.joins("Bea Boss", is_manager=True)
    said = [(one.name, one.rep, one.is_manager) for one in boss.members()]
    assert said == [
        ("Bea Boss", "rep-bea", True),
        ("Kim Dale", "rep-kim", False),
        ("Sam Reed", "rep-sam", False),
    ]
    assert boss.me().is_manager
    assert boss.me().rep == "rep-bea"


@pytest.mark.parametrize("presence", list(Presence))
def test_who_listens_hears_of_colleagues_and_of_news(either: House, presence: Presence):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    ear, own = sam.listen(), kim.listen()
    try:
        kim.say(presence)
        assert ear.wait(60) == Heard(said=(Said("rep-kim", presence),))
        send(kim, person())
        assert ear.wait(60).is_news
        assert own.wait(60) == Heard(is_news=True)  # not of what one said oneself
        assert ear.wait(0) == Heard()
    finally:
        ear.close()
        own.close()


def test_an_ear_that_is_closed_hears_nothing(either: House):
    ear = either.joins("Kim Dale").listen()
    ear.close()
    assert ear.wait(60) == Heard()
