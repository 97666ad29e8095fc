"""The practice (docs/practice.md) as far as it is measured by the words of scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.domain.call import Call, ScriptRef
from tui.domain.outcome import Category
from tui.script.stats import counts

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def called(contact: str, day: int, is_: Category) -> Call:
    ref = ScriptRef("a", "1", variant="opener=B")
    at = NOW + timedelta(days=day)
    return Call(f"{contact}-{day}", contact, at, is_.value, is_, script=ref, steps=("opener.B[0]",), talk_s=90.0)


def test_b42_rates_of_a_version_count_the_sales_that_stuck():
    calls = [
        called("ann", 0, Category.WIN),
        called("bo", 0, Category.WIN),
        called("bo", 3, Category.NOT_A_FIT),
        called("eva", 0, Category.NURTURE),
        called("eva", 5, Category.WIN),
    ]
    (version,) = [row for row in counts(calls, "win") if row.kind == "variant"]
    assert (version.hits, version.n) == (2, 5)
