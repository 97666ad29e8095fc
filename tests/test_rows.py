"""A test of a whole table fails with each row that does not hold, and no other."""

from __future__ import annotations

import inspect

import pytest

from tests.rows import each


def test_every_row_that_does_not_hold_is_named_with_its_reason() -> None:
    @each(("number", "square"), [(2, 4), (3, 8), (4, 16), (5, 26)])
    def holds(number: int, square: int) -> None:
        assert number**2 == square

    with pytest.raises(AssertionError) as failed:
        holds()
    told = str(failed.value)
    assert "2 of 4 rows" in told
    assert "(3, 8): AssertionError('assert (3 ** 2) == 8" in told
    assert "(5, 26): AssertionError(" in told
    assert "(2, 4)" not in told
    assert "(4, 16)" not in told


def test_an_error_in_a_row_hides_no_other_and_fixtures_come_beside_the_row() -> None:
    @each("divisor", [0, 1, 2])
    def holds(divisor: int, number: int) -> None:
        assert number // divisor == number

    assert list(inspect.signature(holds).parameters) == ["number"]
    with pytest.raises(AssertionError) as failed:
        holds(number=7)
    assert "(0,): ZeroDivisionError" in str(failed.value)
    assert "(2,): AssertionError" in str(failed.value)


def test_a_table_without_rows_is_no_test() -> None:
    with pytest.raises(AssertionError):
        each("row", [])
