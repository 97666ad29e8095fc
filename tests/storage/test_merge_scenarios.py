"""Reps work apart and their records become one (persons: `test_merge_of_persons`): any order, twice, both stores."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.storage import desks_bench
from tests.storage.desks_bench import (
    ANN,
    FAR,
    MOBILE,
    NOON,
    OFFICE,
    TALKED,
    account,
    desks,
    merge,
    minutes,
    planned,
    refused,
)
from tui.cockpit.queue.owed import done, opened_again
from tui.domain.call import Note, corrected, has_to_do
from tui.domain.contact import Number
from tui.domain.do_not_call import DoNotCallList, Entry
from tui.domain.outcome import Category
from tui.domain.promise import Owed
from tui.domain.promise_state import open_plan
from tui.domain.shared.stamp import ahead

together = desks_bench.together


@pytest.mark.parametrize(
    "slow", [timedelta(0), timedelta(minutes=50), FAR], ids=["right", "slow", "far behind"]
)
def test_m01_edits_of_different_things_are_both_kept(together, slow):
    sam, jo = both = desks(slow=slow)
    sam.edit(10, role="Buyer", tags=("van",))
    jo.edit(5, company="Acme Group", tags=("vip",), fields={"Town": "Leeds"})
    ann = together(both).contact("c1")
    assert (ann.role, ann.company, ann.tags, ann.fields) == (
        "Buyer",
        "Acme Group",
        ("van", "vip"),
        {"Town": "Leeds"},
    )


def test_m02_of_one_thing_the_later_word_holds(together):
    sam, jo, ben = three = desks("sam jo ben")
    sam.edit(10, role="Buyer")
    jo.edit(20, role="Head of buying")
    ben.edit(15, role="Clerk")
    assert together(three).contact("c1").role == "Head of buying"


def test_m02_who_has_seen_a_word_writes_over_it_whatever_the_clocks_say(together):
    sam, jo = both = desks(slow=FAR)
    jo.edit(20, role="Head of buying")
    merge(sam.store, account(jo.store))
    sam.edit(30, role="Owner")
    assert together(both).contact("c1").role == "Owner"


def test_m02_a_clock_that_was_far_ahead_rules_over_nothing_but_what_it_wrote(together):
    sam, jo = both = desks(slow=-FAR)
    sam.edit(10, role="Buyer")
    merge(jo.store, account(sam.store))
    assert ahead(jo.ann.stamps["role"], minutes(15)) > timedelta(days=300)
    jo.edit(15, role="Owner")  # after it, though our clock is right
    jo.edit(20, company="Acme Group")
    sam.slow = timedelta(0)
    sam.edit(25, company="Acme Ltd")  # the clock was put right, and so is what it stamps
    ann = together(both).contact("c1")
    assert (ann.role, ann.company) == ("Owner", "Acme Ltd")
    assert ahead(ann.stamps["company"], minutes(25)) == timedelta(0)


def test_m02_a_clock_set_back_makes_no_earlier_stamps(together):
    sam, _ = desks()
    sam.edit(10, role="Buyer")
    sam.slow = timedelta(hours=3)
    sam.edit(13, name="Anna Rossi")
    assert sam.ann.stamps["name"] > sam.ann.stamps["role"]


def test_m03_what_a_rep_wrote_is_not_overwritten_by_another_reps_import(together):
    sam, jo = both = desks()
    sam.edit(10, role="Buyer", numbers=())
    told = replace(
        ANN, role="Zookeeper", zone="Europe/London", numbers=(Number(OFFICE, label="switchboard"),)
    )
    jo.write(20, contacts=(told,), origin="file")
    ann = together(both).contact("c1")
    assert (ann.role, ann.zone, ann.numbers) == ("Buyer", "Europe/London", ())


def test_m04_a_removal_and_an_edit_are_ordered_like_two_edits(together):
    sam, jo = both = desks()
    sam.edit(10, emails=(), numbers=())
    jo.edit(20, numbers=(Number(OFFICE, label="direct"),))
    ann = together(both).contact("c1")
    assert ann.emails == ()  # nobody wrote it since
    assert ann.numbers == (Number(OFFICE, label="direct"),)
    jo.edit(30, numbers=())
    assert together(both).contact("c1").numbers == ()


def test_m04_what_was_first_stays_first_when_both_add_something(together):
    sam, jo = both = desks()
    office, first = ANN.numbers[0], "zoe@acme.example"
    for desk in both:
        desk.write(1, contacts=(replace(ANN, emails=(first,)),), origin="file")
    sam.edit(10, emails=(first, "ann@acme.example"), numbers=(office, Number(MOBILE)))
    jo.edit(20, emails=(first, "accounts@acme.example"), numbers=(office, Number("+442079460001")))
    store = together(both)
    ann = store.contact("c1")
    assert ann.emails == (first, "accounts@acme.example", "ann@acme.example")
    assert ann.numbers == (office, Number("+442079460001"), Number(MOBILE))
    merge(sam.store, account(jo.store))
    sam.edit(30, emails=(*sam.ann.emails, "aa@acme.example"))
    assert together(both).contact("c1").emails == (*ann.emails, "aa@acme.example")


def test_m05_a_lift_ends_only_the_refusals_it_has_seen(together):
    sam, jo = both = desks("sam jo")
    sam.write(5, do_not_call=(refused("e1", minutes(5)),))
    merge(jo.store, account(sam.store))
    sam.write(10, do_not_call=(Entry("l1", minutes(10), NOON.date(), "lift", lifts=("e1",)),))
    assert not DoNotCallList(together(both).do_not_call()).refusal(ANN)
    jo.write(11, do_not_call=(refused("e2", minutes(11)),))
    assert DoNotCallList(together(both).do_not_call()).refusal(ANN).id == "e2"


def test_m05_a_refusal_that_was_a_slip_of_the_finger_stays_undone(together):
    sam, jo = both = desks()
    sam.write(5, do_not_call=(refused("e1", minutes(5)),))
    merge(jo.store, account(sam.store))
    sam.write(6, do_not_call=(replace(sam.store.do_not_call()[0], voided_at=minutes(6)),))
    jo.write(7, do_not_call=(replace(jo.store.do_not_call()[0], numbers=(OFFICE,)),))
    (entry,) = together(both).do_not_call()
    assert (entry.voided_at, entry.numbers) == (minutes(6), (OFFICE,))


def test_m06_a_call_that_one_undid_and_another_corrected_stays_undone(together):
    sam, jo = both = desks("sam jo", TALKED)
    sam.write(10, calls=(replace(sam.store.call("k1"), voided_at=minutes(10)),))
    jo.write(20, calls=(corrected(jo.store.call("k1"), outcome="no_answer", is_=Category.NO_ANSWER),))
    call = together(both).call("k1")
    assert (call.outcome, call.voided_at) == ("no_answer", minutes(10))
    assert [one.outcome for one in call.revisions] == ["talked"]
    assert sam.store.call("k1").keys == 4  # what is Sam's own, nobody else's account takes from him
    assert merge(sam.store, account(jo.store)).call("k1").keys == 4


def test_m07_what_one_did_of_the_to_dos_is_done_for_all_until_it_is_opened_again(together):
    owing = replace(TALKED, owed=Owed("the offer", date(2026, 11, 25)))
    sam, jo = both = desks("sam jo", owing)
    sam.write(10, calls=(done(sam.store.call("k1"), minutes(10)),))
    jo.write(20, calls=(corrected(jo.store.call("k1"), notes=(Note(NOON, "two vans"),)),))
    call = together(both).call("k1")
    assert not has_to_do(call)
    assert call.notes
    merge(jo.store, account(sam.store))
    jo.write(30, calls=(opened_again(jo.store.call("k1"), minutes(30)),))
    assert has_to_do(together(both).call("k1"))
    sam.write(40, calls=(done(sam.store.call("k1"), minutes(40)),))
    assert not has_to_do(together(both).call("k1"))


def test_m10_a_number_marked_wrong_and_a_new_number_are_both_kept(together):
    sam, jo = both = desks()
    sam.edit(10, numbers=(Number(OFFICE, label="office", bad=True),))
    jo.edit(20, numbers=(Number(OFFICE, label="switchboard"), Number(MOBILE)))
    assert together(both).contact("c1").numbers == (
        Number(OFFICE, label="switchboard", bad=True),
        Number(MOBILE),
    )


def test_m10_what_was_recorded_of_a_number_outlives_its_removal(together):
    sam, jo = both = desks()
    sam.edit(10, numbers=(Number(OFFICE, label="office", bad=True),))
    jo.edit(20, numbers=())
    assert together(both).contact("c1").numbers == ()
    merge(jo.store, account(sam.store))
    jo.edit(30, numbers=(Number(OFFICE),))
    assert together(both).contact("c1").numbers == (Number(OFFICE),)


def test_m11_a_person_handed_over_on_both_sides_has_one_owner_with_their_id(together):
    sam, jo = both = desks()
    sam.edit(10, owner="Ben", owner_id="ben")
    jo.edit(20, owner="Kim", owner_id="")
    ann = together(both).contact("c1")
    assert (ann.owner, ann.owner_id) == ("Kim", "")


def test_m12_a_planned_call_that_one_worked_stays_worked_when_another_imports_it_again(together):
    sam, jo = both = desks()
    for desk, after in ((sam, 0), (jo, 60)):
        desk.write(after, plans=(planned(minutes(after)),))
    sam.write(30, calls=(replace(TALKED, at=minutes(30)),))
    store = together(both)
    (plan,) = store.plans("c1")
    assert plan.made_at == NOON
    assert open_plan([plan], store.calls("c1")) is None
    jo.write(90, plans=(replace(jo.store.plans("c1")[0], replaced_at=minutes(90)),))
    assert together(both).plans("c1")[0].replaced_at == minutes(90)
