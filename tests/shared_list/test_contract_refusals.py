"""The same of refusals, of who is forgotten, of a rep's rights, and of who is there."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.shared_list.conftest import House
from tests.shared_list.records import (
    NOON,
    NUMBER,
    OTHER,
    call,
    lift,
    out,
    person,
    refusal,
    send,
    take,
)
from tui.domain.call import Note
from tui.domain.contact import Number
from tui.domain.promise import Owed
from tui.domain.shared.forgotten import Forgotten, erased
from tui.shared_list.keys import keys_of
from tui.shared_list.port import (
    Heard,
    Look,
    Presence,
    Refused,
    Said,
)

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


@pytest.mark.parametrize("who", ["its author", "a manager"])
def test_a_refusal_that_names_only_a_number_is_hashed_by_its_author_or_a_manager(either: House, who: str):
    """Nobody else could prove that the hashes are those of the number: it might be a lift in disguise."""
    kim, sam = either.joins("Kim Dale"), either.joins("Sam Reed")
    boss = either.joins("Bea Boss", is_manager=True)
    fay = person("Fay Osei")
    send(kim, person(), fay, refusal(numbers=(NUMBER,)))
    send(sam, Forgotten("id-eva", NOON, "rep-sam"))
    hidden = refusal(hashes=("k:00",))
    assert send(sam, hidden).refused == {("do_not_call", "no-1"): Refused.NOT_YOURS}
    assert take(kim, "id-fay") is None
    assert send(kim if who == "its author" else boss, hidden).taken
    lease = take(kim, "id-fay")  # the list knows the number no more, so a program has to compare hashes
    assert lease
    assert kim.last_look(lease, keys_of(fay, NUMBER)) is Look.FREE
    assert kim.last_look(lease, keys_of(fay, NUMBER, ("k:00",))) is Look.REFUSED


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
