"""What the rules of following up, of calling hours and of the law do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.practice_bench import past, ready_names
from tests.settings.obeyed import shows
from tui.domain.call import Call
from tui.domain.contact import Contact, Number
from tui.domain.dial_check import dial_check
from tui.domain.outcome import Category
from tui.domain.policy import next_step
from tui.domain.promise import Promise

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A Monday, 14:00 in London."""
DAY = timedelta(days=1)
ANN = Contact(
    "ann",
    name="Ann Rossi",
    created_at=NOW - 60 * DAY,
    numbers=(Number("+442079460100"),),
    zone="Europe/London",
)


def touch(days_ago: float, is_: Category = Category.NO_ANSWER, **more: object) -> Call:
    at = NOW - timedelta(days=days_ago)
    return Call(f"c{days_ago}", "ann", at, str(is_), is_, **more)


@pytest.fixture
def step(solo):
    """What comes next under a rule: `step("attempts: 2", calls)`."""
    return lambda rule, *calls: next_step(ANN, calls, solo(f"cadence: {{{rule}}}").policy, NOW)


@shows("cadence.attempts")
def test_after_so_many_unanswered_calls_we_write(step):
    calls = (touch(9), touch(5))
    assert (step("attempts: 2", *calls).action, step("attempts: 3", *calls).action) == ("nurture", "call")


@shows("cadence.gaps", "cadence.min_gap", "cadence.per_7_days", "cadence.per_30_days")
@pytest.mark.parametrize(
    ("rule", "days"), [("gaps: [4d]", 4), ("min_gap: 72h", 3), ("per_7_days: 1", 7), ("per_30_days: 1", 30)]
)
def test_an_unanswered_call_is_followed_after_the_wait_the_team_wrote(step, rule, days):
    wait = step(rule, touch(0)).due - NOW
    assert (days - 1) * DAY < wait < (days + 3) * DAY
    assert step("gaps: [1d]", touch(0)).due - NOW < 2 * DAY


@shows("cadence.max_age")
def test_without_one_talk_for_so_long_we_write(step):
    assert (step("max_age: 5d", touch(6)).action, step("max_age: 9d", touch(6)).action) == ("nurture", "call")


@shows("cadence.gatekeeper_tries")
def test_after_so_many_talks_with_the_gatekeeper_another_way_is_looked_for(step):
    met = touch(3, Category.GATEKEEPER)
    assert step("gatekeeper_tries: 1", met).action == "rethink"
    assert step("gatekeeper_tries: 2", met).action == "call"


@shows("cadence.check_in", "cadence.after_talk")
@pytest.mark.parametrize(
    ("rule", "last"), [("check_in: 10d", Category.WIN), ("after_talk: 10d", Category.CONVERSATION)]
)
def test_the_next_friendly_call_comes_after_the_teams_wait(step, rule, last):
    assert 9 * DAY < step(rule, touch(0, last)).due - NOW < 13 * DAY


@shows("cadence.after_not_now", "cadence.nurture_every", "cadence.nurture_times")
def test_not_now_is_left_in_peace_as_long_and_written_to_as_often_as_the_team_says(step):
    no = touch(0, Category.NURTURE)
    soft = step("after_not_now: 20d, nurture_every: 8d", no)
    assert (soft.action, soft.due, soft.valid_until) == ("nurture", NOW + 8 * DAY, NOW + 20 * DAY)
    silent = [replace(touch(n), channel="email") for n in (2, 4)]
    stopped = step("attempts: 1, nurture_times: 2", touch(30), *reversed(silent))
    assert stopped.action == "stop"


@shows("cadence.early_call")
@pytest.mark.parametrize(("word", "told"), [("acknowledge", True), ("warn", True), ("off", False)])
def test_a_call_before_the_promised_time_is_told_unless_the_team_says_off(solo, word, told):
    promised = touch(1, Category.PROMISE, promise=Promise(NOW + 2 * DAY, "Europe/London"))
    checks = dial_check(ANN, (promised,), solo(f"cadence: {{early_call: {word}}}").policy, NOW)
    assert any(check.code == "early_call" for check in checks) == told


@shows("cadence.same_rep")
@pytest.mark.parametrize(("word", "names"), [("warn", []), ("off", ["Ann Rossi"])])
async def test_a_colleagues_customer_is_held_unless_the_team_shares_them(house, word, names):
    bench = house(f"cadence: {{same_rep: {word}}}")
    bench.people("Ann Rossi", owner="Jo")
    assert ready_names(await bench.cockpit.open()) == names


@shows("cadence.active_limit")
async def test_beyond_the_limit_nobody_new_is_begun(house):
    bench = house("cadence: {active_limit: 1}")
    (ann,) = bench.people("Ann Rossi")
    past(bench, ann, "no_answer", Category.NO_ANSWER, 9)
    bench.people("Bo Lund")
    assert ready_names(await bench.cockpit.open()) == ["Ann Rossi"]


@shows("calling_window.mon", "calling_window.tue", "calling_window.wed", "calling_window.thu")
@shows("calling_window.fri", "calling_window.sat", "calling_window.sun")
@pytest.mark.parametrize("day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
def test_people_are_called_in_the_hours_of_each_day(solo, day):
    week = ", ".join(
        f"{other}: closed" for other in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") if other != day
    )
    policy = solo(f"calling_window: {{{week}, {day}: 10:30-11:00}}").policy
    due = next_step(replace(ANN, created_at=NOW), (), policy, NOW).due
    assert f"{due:%a %H:%M}".casefold() == f"{day} 10:30"


@shows("calling_window.holidays")
def test_nobody_is_called_on_a_holiday_of_the_team(solo):
    policy = solo("calling_window: {holidays: [2026-11-24, 2026-11-25]}").policy
    due = next_step(replace(ANN, created_at=NOW + DAY), (), policy, NOW + DAY).due
    assert due.date().isoformat() == "2026-11-26"


@shows("calling_window.law_packs", "calling_window.consumers")
@pytest.mark.parametrize(
    ("packs", "lists", "ready"), [("all", "[homes]", False), ("[all]", "[]", True), ("[GB]", "[homes]", True)]
)
async def test_the_law_binds_where_its_pack_is_on_and_consumers_are_named(house, packs, lists, ready):
    bench = house(
        f"calling_window: {{law_packs: {packs if packs.startswith('[') else f'[{packs}]'}, consumers: {lists}}}"
    )
    (ann,) = bench.people("Ann Rossi")
    french = replace(
        ann, numbers=(Number("+33199001234", "+33199001234"),), lists=("homes",), zone="Europe/Paris"
    )
    bench.store.commit(change(french), bench.clock.now())
    view = await bench.cockpit.open()
    assert ready_names(view) == (["Ann Rossi"] if ready else [])


def change(*people: Contact):
    from tui.storage.protocol import Change

    return Change(contacts=people)
