"""Two reps brought the same people: who is surely one, who may be, and what nobody is asked about twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rows import each
from tui.domain.contact import Contact, Number, Source
from tui.domain.identity.matching import likeness
from tui.domain.parts import whole
from tui.domain.shared.same_person import Persons, apart, decided
from tui.domain.shared.twins import CROWD, Twins, find_twins

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
OFFICE, MOBILE = Number("+442079460101"), Number("+442079460102")
ANN = Contact(
    "a1",
    name="Ann Rossi",
    company="Acme Tools",
    numbers=(OFFICE,),
    emails=("ann.rossi@acme.example",),
    source=Source("autumn", "17"),
    created_at=NOON,
)
BARE = Contact("b1", created_at=LATER)


@each(
    ("one", "other", "found"),
    [
        (ANN, replace(ANN, id="b1", created_at=LATER), "sure"),
        (ANN, replace(BARE, name="Ann Rossi-Bell", source=ANN.source, numbers=(OFFICE,)), "sure"),
        (ANN, replace(BARE, name="Zed Ono", source=ANN.source, numbers=(MOBILE,)), "two"),
        (ANN, replace(BARE, name="Dr Ann Rossi", numbers=(OFFICE,)), "sure"),
        (ANN, replace(BARE, name="Anna Rossi", emails=("Ann.Rossi@acme.example",)), "sure"),
        (ANN, replace(BARE, name="Anne Rossi", numbers=(OFFICE,)), "doubtful"),
        (ANN, replace(BARE, numbers=(OFFICE,)), "doubtful"),
        (ANN, replace(BARE, name="Zed Ono", numbers=(OFFICE,)), "two"),
        (ANN, replace(BARE, name="Ann Rossi", company="Acme Tools Ltd", numbers=(MOBILE,)), "doubtful"),
        (ANN, replace(BARE, name="Ann Rossi", company="Nordkap"), "two"),
        (ANN, replace(BARE, name="Ann", company="Acme Tools"), "two"),
        (ANN, replace(ANN, id="b1", source=Source("autumn", "18"), created_at=LATER), "two"),
        (ANN, replace(ANN, id="b1", source=Source("autumn")), "two"),
        (
            Contact("a1", name="Jo Lee", source=Source("fair"), created_at=NOON),
            Contact("b1", name="Jo Lee", source=Source("fair"), created_at=LATER),
            "sure",
        ),
        (
            Contact("a1", name="Jo Lee", source=Source("fair"), created_at=NOON),
            Contact("b1", name="Jo Lee", source=Source("fair"), created_at=NOON),
            "two",
        ),
    ],
)
def test_two_records_are_one_person_or_two_or_somebody_must_look(one, other, found):
    assert likeness(one, other) == likeness(other, one) == found


def twins_of(people, decisions) -> Twins:
    """What is found among all of them, one looked at after the other."""
    return whole(find_twins(people, decisions, 1))


def test_decisions_follow_from_the_records_alone():
    people = (
        ANN,
        replace(ANN, id="b1", created_at=LATER),
        replace(ANN, id="c1", created_at=LATER + timedelta(1)),
    )
    at_once = twins_of(people, ()).sure
    for order in permutations(people):
        found = twins_of(order[:2], ()).sure
        found += twins_of(order, found).sure
        assert sorted(found, key=lambda one: one.id) == list(at_once)
    assert {(one.at, one.rep) for one in at_once} == {(LATER, ""), (LATER + timedelta(1), "")}


def test_nobody_is_asked_about_what_was_decided():
    may_be = replace(BARE, name="Anne Rossi", numbers=(OFFICE,))
    assert twins_of((ANN, may_be), ()).doubtful == (("a1", "b1"),)
    for same in (True, False):
        decision = decided("a1", "b1", same=same, at=NOON, rep="r")
        assert twins_of((ANN, may_be), (decision,)).doubtful == ()
        undone = replace(decision, voided_at=LATER)
        assert twins_of((ANN, may_be), (undone,)).doubtful == (("a1", "b1"),)


def test_who_was_said_to_be_two_people_is_not_joined_again():
    twin = replace(ANN, id="b1", created_at=LATER)
    joined = twins_of((ANN, twin), ()).sure
    two = apart("b1", Persons(joined), at=LATER, rep="r")
    assert twins_of((ANN, twin), two).sure == ()
    assert Persons(two).of("b1") != "a1"


def test_out_of_three_one_is_taken_and_the_others_stay_one():
    three = Persons(
        decided(one, other, same=True, at=NOON, rep="") for one, other in (("a", "b"), ("a", "c"), ("b", "c"))
    )
    left = Persons((decided("a", "c", same=True, at=NOON, rep=""), *apart("b", three, at=LATER, rep="r")))
    assert left.ids("a") == ("a", "c")
    assert left.ids("b") == ("b",)


def test_a_switchboard_makes_nobody_one():
    crowd = [
        replace(BARE, id=f"p{n}", created_at=NOON + timedelta(n), numbers=(OFFICE,), name=f"Jo{n} Lee{n}")
        for n in range(CROWD)
    ]
    twin = replace(crowd[0], id="q", created_at=NOON + timedelta(99))
    found = twins_of([*crowd, twin], ())
    assert [(one.one, one.other) for one in found.sure] == [("p0", "q")]
    assert found.doubtful == ()


ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["Jo Lee", "Ann Rossi"]), st.booleans()),
    min_size=2,
    max_size=6,
)
"""Rows of three imports: which, the name, and whether the program kept its id."""


@given(ROWS)
def test_imports_of_one_list_in_one_millisecond_are_told_apart_and_none_is_split(rows):
    people = [
        Contact(f"p{n}", name=name, source=Source("fair"), created_at=NOON, import_id=f"{which}" * 8)
        for n, (which, name, _) in enumerate(rows)
    ]
    for (one, (which, *_)), (other, (its, *_)) in combinations(zip(people, rows, strict=True), 2):
        may_be_one = one.name == other.name and which != its
        assert (likeness(one, other) != "two") is may_be_one
        assert likeness(one, other) == likeness(other, one)


@given(ROWS, st.integers(0, 1))
def test_beside_a_record_of_before_ids_were_kept_list_and_time_decide(rows, hours):
    at = NOON + timedelta(hours=hours)
    old = Contact("old", name="Jo Lee", source=Source("fair"), created_at=NOON)
    for n, (which, _, keeps_id) in enumerate(rows):
        new = Contact(f"p{n}", name="Jo Lee", source=Source("fair"), created_at=at)
        new = replace(new, import_id=f"{which}" * 8) if keeps_id else new
        assert likeness(old, new) == likeness(new, old) == ("sure" if hours else "two")
