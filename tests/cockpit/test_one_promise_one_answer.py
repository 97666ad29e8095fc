"""A promise that a law moves to later stands on the card as its line in the queue tells of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.cockpit.wording.queue_reasons import owed_promise, why_now
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.day_words import Clocks
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.promise_state import PromiseState

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PROMISE = Promise(TEN, "Europe/London")
MADE = Call("c", "ann", TEN - timedelta(days=1), "promise", Category.PROMISE, promise=PROMISE)
MOVED = NextStep(
    "call",
    "promise",
    TEN + 30 * MINUTE,
    (),
    precision="minute",
    promise=PROMISE,
    late_from=TEN + 45 * MINUTE,
)


@pytest.mark.parametrize(
    ("minutes", "how"),
    [(0, ""), (20, ", in 10 min"), (30, ", due now"), (44, ", due now"), (46, ", 16 min late")],
)
def test_it_is_due_and_late_by_the_moment_at_which_we_may_call(minutes, how):
    clocks = Clocks("Europe/London", "Europe/London", TEN + minutes * MINUTE)
    owed = PromiseState(PROMISE, MADE, clocks.now, Policy())
    assert owed_promise(owed, clocks, MOVED) == f"today 10:00{how}"
    assert why_now(MOVED, Policy(), clocks, (None, None), (MADE,)).endswith(f"10:00{how}")
