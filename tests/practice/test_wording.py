"""The practice (docs/practice.md) as far as it is measured by the words of scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.domain.call import Call, ScriptRef
from tui.domain.outcome import Category
from tui.script.author.stats import counts

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def called(contact: str, is_: Category, cancelled_at: datetime | None = None) -> Call:
    ref = ScriptRef("a", "1", variant="opener=B")
    words = {"script": ref, "steps": ("opener.B[0]",), "talk_s": 90.0, "cancelled_at": cancelled_at}
    return Call(f"call-{contact}", contact, NOW, is_.value, is_, **words)


def test_b42_rates_of_a_version_count_the_sales_that_stuck():
    calls = [
        called("ann", Category.WIN),
        called("bo", Category.WIN, cancelled_at=NOW + timedelta(days=3)),
        called("eva", Category.NURTURE),
    ]
    (version,) = [row for row in counts(calls, "win") if row.kind == "variant"]
    assert (version.hits, version.n) == (1, 3)
