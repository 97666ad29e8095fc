"""The one thing to try: its threshold, its order, and that its figures are those of the calls."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from msgspec.structs import replace

from tui.domain.cadence import Policy
from tui.domain.call import Call, Dial
from tui.domain.metrics import MIN_CELL_DIALS, most_and_fewest
from tui.domain.one_thing import LEAST_TALKS, LOOK_BACK, one_thing
from tui.domain.outcome import Category
from tui.domain.promise import Promise

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LONDON = "Europe/London"
IDS = count()


def call(contact, is_, ago, **more):
    at = NOW - ago
    dials = () if more.get("direction") == "in" else (Dial("+442079460100", at),)
    return Call(f"{next(IDS):06}", contact, at, str(is_), is_, dials=dials, **more)


def tried(calls, now=NOW):
    return one_thing(calls, now, Policy(zone=LONDON), lambda _: LONDON)


def asked_for_the_morning(people, called_at=15):
    """Each asked on Monday for Wednesday morning and was called that day at an hour."""
    for number in range(people):
        morning = datetime(2026, 11, 25, 9, tzinfo=UTC)
        promise = Promise(morning, LONDON, "part")
        yield call(f"asked {number}", Category.PROMISE, timedelta(days=4), promise=promise, talk_s=60.0)
        yield call(f"asked {number}", Category.NO_ANSWER, NOW - morning.replace(hour=called_at))


def unanswered(people, called_back, is_, name):
    for number in range(people):
        yield call(f"{name} {number}", is_, timedelta(days=6))
        if number < called_back:
            yield call(f"{name} {number}", Category.CONVERSATION, timedelta(days=5), direction="in")


def parts(morning, afternoon, people=MIN_CELL_DIALS):
    """So many of the people answered at 10 and at 14, in a gatekeeper's voice: nothing else follows from that."""
    for hour, answered in ((10, morning), (14, afternoon)):
        at = NOW - datetime(2026, 11, 24, hour, tzinfo=UTC)
        for number in range(people):
            is_ = Category.GATEKEEPER if number < answered else Category.NO_ANSWER
            yield call(f"{hour} {number}", is_, at)


def talks(agreed, late=0, number=LEAST_TALKS):
    """Talks of which so many ended with a promise, and so many came at the third call."""
    for place in range(number):
        who, ago = f"talk {place}", timedelta(days=8, minutes=place)
        for day in range(2 if place < late else 0):
            yield call(who, Category.NO_ANSWER, ago + timedelta(days=2 - day))
        promise = Promise(NOW + timedelta(days=9), LONDON) if place < agreed else None
        yield call(who, Category.PROMISE if promise else Category.CONVERSATION, ago, promise=promise)


def test_who_asked_for_the_morning_and_was_called_later_is_told_with_the_number_of_people():
    found = tried(asked_for_the_morning(3))
    assert (found.code, found.values) == (
        "try_asked_part",
        {"people": 3, "asked": "morning", "called": "afternoon"},
    )


@pytest.mark.parametrize(
    "calls", [[*asked_for_the_morning(2)], [*asked_for_the_morning(9, called_at=10)], []]
)
def test_two_people_are_too_few_and_a_kept_promise_is_nothing_to_mend(calls):
    assert tried(calls) is None


def test_a_message_is_recommended_only_when_the_intervals_do_not_overlap():
    clear = [
        *unanswered(60, 15, Category.VOICEMAIL, "left"),
        *unanswered(60, 1, Category.NO_ANSWER, "silent"),
    ]
    found = tried(clear)
    assert (found.code, found.values) == (
        "try_voicemail",
        {"hits": 15, "people": 60, "others": 1, "other_people": 60},
    )
    assert tried(unanswered(60, 15, Category.VOICEMAIL, "left")) is None
    luck = [
        *unanswered(60, 6, Category.VOICEMAIL, "left"),
        *unanswered(60, 2, Category.NO_ANSWER, "silent"),
    ]
    assert tried(luck) is None
    few = [*unanswered(49, 15, Category.VOICEMAIL, "left"), *unanswered(60, 1, Category.NO_ANSWER, "silent")]
    assert tried(few) is None


def test_a_part_of_the_day_needs_as_many_people_as_an_hour_of_the_report_needs_dials():
    found = tried(parts(90, 30))
    assert found.code == "try_part"
    assert (found.values["part"], found.values["hits"], found.values["other"], found.values["others"]) == (
        *("morning", 90),
        *("afternoon", 30),
    )
    assert tried(parts(90, 30, people=MIN_CELL_DIALS - 1)) is None
    assert tried(parts(60, 50)) is None


@pytest.mark.parametrize(
    ("agreed", "late", "code", "figure"),
    [
        (6, 0, "try_next_step", {"agreed": 6}),
        (0, 0, "try_next_step", {}),
        (7, 0, None, None),
        (7, 9, None, None),
        (7, 10, "try_again", {"late": 10}),
        (0, 20, "try_next_step", {}),
    ],
)
def test_of_the_last_twenty_talks_the_next_step_comes_first_and_then_the_third_call(
    agreed, late, code, figure
):
    found = tried(talks(agreed, late))
    assert (found and found.code) == code
    if found:
        assert found.values == {"talks": LEAST_TALKS, **figure}
    assert tried(talks(agreed, late, LEAST_TALKS - 1)) is None


def test_what_they_asked_for_goes_before_all_else_and_the_order_of_the_calls_changes_nothing():
    calls = [
        *asked_for_the_morning(3),
        *unanswered(60, 15, Category.VOICEMAIL, "left"),
        *unanswered(60, 1, Category.NO_ANSWER, "silent"),
        *talks(0, 20),
    ]
    assert tried(calls) == tried(reversed(calls))
    assert tried(calls).code == "try_asked_part"
    assert tried(calls[6:]).code == "try_voicemail"


def test_calls_of_long_ago_and_undone_ones_say_nothing():
    assert tried(asked_for_the_morning(3), NOW + LOOK_BACK) is None
    assert tried(replace(one, voided_at=NOW) for one in talks(0)) is None


def test_the_greatest_and_the_smallest_share_are_named_only_when_luck_is_out():
    assert most_and_fewest({9: (90, 300), 14: (30, 300), 16: (60, 300)}, 300) == (9, 14)
    assert most_and_fewest({9: (90, 300), 14: (29, 299)}, 300) is None
    assert most_and_fewest({9: (60, 300), 14: (50, 300)}, 300) is None
    assert most_and_fewest({}, 0) is None
