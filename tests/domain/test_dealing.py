"""A list dealt out: one firm has one rep, shares are even, owners keep their people."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.shared.dealing import Row, deal

REPS = ("Ann", "Bo", "Cy")
FIRMS = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.integers(0, 3)), max_size=40)


def rows_of(firms):
    return [Row(ties=(firm,), place=zone) for firm, zone in firms]


@given(FIRMS, st.integers(1, 3), st.sampled_from(["equal", "owner", "zone", "company"]))
def test_one_firm_has_one_rep_and_nobody_is_lost(firms, count, by):
    dealt = deal(rows_of(firms), REPS[:count], by)
    assert len(dealt.reps) == len(firms)
    assert set(dealt.reps) <= set(REPS[:count])
    assert len({(firm, rep) for (firm, _), rep in zip(firms, dealt.reps, strict=True)}) == len(dict(firms))


@given(FIRMS, st.integers(1, 3))
def test_shares_are_even_within_the_size_of_one_firm(firms, count):
    dealt = deal(rows_of(firms), REPS[:count], "equal")
    shares = Counter(dealt.reps)
    largest = max(Counter(firm for firm, _ in firms).values(), default=0)
    assert max(shares[rep] for rep in REPS[:count]) - min(shares[rep] for rep in REPS[:count]) <= largest


@given(FIRMS, st.integers(1, 3), st.sampled_from(["zone", "company"]))
def test_a_stretch_is_off_its_share_by_one_firm_at_most(firms, count, by):
    dealt = deal(rows_of(firms), REPS[:count], by)
    largest = max(Counter(firm for firm, _ in firms).values(), default=0)
    for rep in REPS[:count]:
        assert abs(dealt.reps.count(rep) - len(firms) / count) <= largest


def test_people_of_no_firm_go_in_turn():
    assert deal([Row()] * 5, ("Ann", "Bo"), "equal").reps == ("Ann", "Bo", "Ann", "Bo", "Ann")


def test_neighbours_stay_together():
    rows = [Row(place=zone) for zone in (2, 1, 2, 1, 1, 2)]
    assert deal(rows, ("Ann", "Bo"), "zone").reps == ("Bo", "Ann", "Bo", "Ann", "Ann", "Bo")


@pytest.mark.parametrize("by", ["equal", "owner", "zone", "company"])
def test_an_owner_keeps_their_people_and_the_rest_of_the_firm_comes_along(by):
    rows = [Row("Bo", ("acme",)), Row("", ("acme",)), Row(), Row(), Row("Bo"), Row()]
    dealt = deal(rows, ("Ann", "Bo"), by)
    assert dealt.reps == ("Bo", "Bo", "Ann", "Ann", "Bo", "Ann")
    assert dealt.shared == ()


def test_a_firm_with_two_owners_stays_with_both_and_is_told():
    rows = [Row("Bo", ("acme",)), Row("Ann", ("acme",)), Row("", ("acme",)), Row("Bo", ("acme",))]
    dealt = deal(rows, ("Ann", "Bo"), "equal")
    assert dealt.reps == ("Bo", "Ann", "Bo", "Bo")
    assert dealt.shared == ((0, 1, 2, 3),)


def test_people_and_firms_of_somebody_else_are_nobodys():
    rows = [Row("Dee", ("acme",)), Row("", ("acme",)), Row()]
    dealt = deal(rows, ("Ann", "Bo"), "equal")
    assert dealt.reps == ("", "", "Ann")
    assert dealt.kept_for == {0: "Dee", 1: "Dee"}


def test_who_has_people_already_gets_fewer():
    rows = [Row("Ann")] * 4 + [Row(place=place) for place in range(6)]
    for by in ("equal", "company"):
        assert Counter(deal(rows, ("Ann", "Bo"), by).reps) == {"Ann": 5, "Bo": 5}
    rows = [Row("Ann")] * 9 + [Row(place=place) for place in range(4)]
    for by in ("equal", "company"):
        assert Counter(deal(rows, ("Ann", "Bo", "Cy"), by).reps) == {"Ann": 9, "Bo": 2, "Cy": 2}


def test_one_row_ties_two_firms_whichever_comes_first():
    rows = [Row(ties=("a",)), Row(ties=("b",)), Row(ties=("b", "a"))]
    assert len(set(deal(rows, REPS, "equal").reps)) == 1
