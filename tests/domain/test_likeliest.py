"""Several people on one number: in what order they are offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.domain.call import Call
from tui.domain.identity.lookup import Likely, likeliest_first, standing_of
from tui.domain.outcome import Category

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
TODAY = NOW.replace(hour=0)
DAY = timedelta(days=1)


def call(at: datetime, is_: Category = Category.NO_ANSWER, **more: object) -> Call:
    return Call(f"{at}", "ann", at, str(is_), is_, **more)


def standing(*calls: Call, promised: bool = False, dialled_at: datetime | None = None):
    since = NOW - 14 * DAY
    return standing_of(calls, today=TODAY, voicemail_since=since, promised=promised, dialled_at=dialled_at)


@pytest.mark.parametrize(
    ("made", "likely"),
    [
        ([call(TODAY)], Likely.CALLED_TODAY),
        ([call(TODAY - timedelta(seconds=1))], Likely.KNOWN),
        ([call(NOW - 3 * DAY, Category.VOICEMAIL)], Likely.VOICEMAIL_LEFT),
        ([call(NOW - 15 * DAY, Category.VOICEMAIL)], Likely.KNOWN),
        ([call(NOW, voided_at=NOW)], Likely.KNOWN),
        ([call(NOW, direction="in")], Likely.KNOWN),
        ([call(NOW, channel="email")], Likely.KNOWN),
        ([], Likely.KNOWN),
    ],
)
def test_what_speaks_for_somebody(made, likely):
    assert standing(*made)[0] is likely


def test_the_order_is_called_today_then_voicemail_then_promise_then_the_rest():
    people = {
        "a_rest": standing(),
        "b_spoken_to": standing(call(NOW - 30 * DAY)),
        "c_promise": standing(call(NOW - 2 * DAY), promised=True),
        "d_old_voicemail": standing(call(NOW - 9 * DAY, Category.VOICEMAIL)),
        "e_voicemail": standing(call(NOW - 3 * DAY, Category.VOICEMAIL), promised=True),
        "f_today": standing(call(TODAY + DAY / 3)),
        "g_dialled_a_moment_ago": standing(dialled_at=NOW),
    }
    assert [one[0] for one in likeliest_first(people)] == [*list("gfedcba"[:5]), "b", "a"]
