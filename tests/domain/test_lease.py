"""What a lease allows, and what is left to do without a line."""

from __future__ import annotations

import pytest

from tui.domain.shared.lease import Standing, Term, why_not

HELD, OWN, NOTHING = Standing(is_held=True), Standing(is_own=True), Standing()
UNSENT, BY_HAND = Standing(is_unsent=True), Standing(is_unsent=True, is_by_hand=True)
KIMS = Standing(colleague="Kim")


@pytest.mark.parametrize(
    ("one", "with_a_line", "without"),
    [
        (HELD, "", ""),
        (OWN, "not_free", ""),
        (UNSENT, "not_sent_yet", "offline_not_ours"),
        (BY_HAND, "not_sent_yet", ""),
        (Standing(is_by_hand=True), "not_free", "offline_not_ours"),
        (NOTHING, "not_free", "offline_not_ours"),
        (KIMS, "colleague_has_them", "colleague_has_them"),
        (Standing(is_held=True, is_refused=True), "refused_on_the_list", "refused_on_the_list"),
        (Standing(is_own=True, colleague="Kim"), "colleague_has_them", "colleague_has_them"),
    ],
)
def test_b60_who_may_be_called(one: Standing, with_a_line: str, without: str) -> None:
    for online, code in ((True, with_a_line), (False, without)):
        against = why_not(one, online=online)
        assert (against.code if against else "") == code


@pytest.mark.parametrize(
    ("steady", "wall", "lasts"),
    [
        (10, 1000, True),
        (100, 1000, False),
        (10, 2000, False),
        (0, 999, True),
        (0, 99_999, False),  # started again: the steady clock began from zero
    ],
)
def test_a_lease_is_over_by_either_clock(steady: float, wall: float, lasts: bool) -> None:
    assert Term(100, 2000).lasts(steady, wall) is lasts
