"""What the team's list promises: of the one in memory, with which the cockpit is tested, and of the server."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from msgspec.structs import replace

from tests.shared_list.conftest import LASTS, House
from tests.shared_list.records import (
    NOON,
    OTHER,
    call,
    out,
    person,
    send,
    take,
    version,
)
from tui.domain.promise import Owed
from tui.domain.shared.same_person import decided
from tui.shared_list.keys import keys_of
from tui.shared_list.port import (
    Look,
    was_restored,
)

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


def test_given_back_uncalled_the_call_before_is_not_forgotten(either: House):
    """Whoever called somebody may have them again within the gap; colleagues still may not when they leave them."""
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    assert take(kim)
    send(kim, call(either.now))
    again = take(kim)
    assert again
    kim.give_back([again], called=False)
    either.passes(hours=19)
    assert take(sam) is None
    either.passes(hours=2)
    assert take(sam)


def test_who_lapsed_and_was_claimed_again_still_rests_when_given_back_uncalled(either: House):
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    send(kim, person())
    assert take(kim)
    either.passes(minutes=91)
    again = take(kim)
    assert again
    kim.give_back([again], called=False)
    assert take(sam) is None
    either.passes(hours=20)
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
