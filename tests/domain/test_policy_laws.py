"""Laws every next step obeys, whatever the history: sampled over zones, holidays and rules."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Preferences
from tui.domain.dial_check import dial_check
from tui.domain.history import history_of
from tui.domain.outcome import RIGHT_PARTY, Category
from tui.domain.policy import next_step
from tui.domain.promise import Promise
from tui.domain.promise_state import promise_states
from tui.domain.window import Hours

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ["Europe/Rome", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
ITALIAN = frozenset(holidays.country_holidays("IT", years=range(2026, 2029)))
HOUSE = Policy()
FRENCH = Policy(
    hours=Hours(week=(*(((600, 780), (840, 1200)),) * 5, (), ()), holidays=ITALIAN),
    per_7_days=1,
    per_30_days=4,
    dayparts=((600, 720), (720, 780), (840, 1020), (1020, 1200)),
)
LONG = Policy(
    hours=Hours(week=(*(((540, 1200),),) * 5, ((600, 1140),), ()), holidays=ITALIAN, eve=((600, 1140),))
)
policies = st.sampled_from([HOUSE, FRENCH, LONG])
instants = st.integers(0, 700 * 24 * 60).map(lambda minutes: START + minutes * MINUTE)
PLAIN = [c for c in Category if c not in (Category.DO_NOT_CALL, Category.WRONG_NUMBER, Category.NOT_A_FIT)]


@st.composite
def histories(draw, max_size=10):
    ats = sorted(draw(st.lists(instants, max_size=max_size, unique=True)))
    calls = []
    for i, at in enumerate(ats):
        category = draw(st.sampled_from(PLAIN))
        promise = None
        if category is Category.PROMISE or (category in RIGHT_PARTY and draw(st.integers(0, 3)) == 0):
            due = at + draw(st.integers(30, 60 * 24 * 30)) * MINUTE
            promise = Promise(due, draw(st.sampled_from(ZONES)), draw(st.sampled_from(["minute", "day"])))
        calls.append(
            Call(
                id=f"{i:04}",
                contact_id="c",
                at=at,
                outcome=str(category),
                is_=category,
                direction=draw(st.sampled_from(["out", "out", "out", "in"])),
                channel=draw(st.sampled_from(["phone", "phone", "phone", "email"])),
                reason_id=draw(st.sampled_from(["", "price", "stock"])),
                promise=promise,
            )
        )
    return tuple(calls)


contacts = st.builds(
    Contact,
    id=st.just("c"),
    created_at=st.just(START),
    zone=st.sampled_from(ZONES),
    customer=st.booleans(),
    numbers=st.just((Number("+442079460100"),)),
    pursuit=st.sampled_from(["", "", "", "", "soft", "stopped"]),
    pursuit_since=st.none() | instants,
    prefers=st.builds(
        Preferences,
        every=st.sampled_from([None, None, 1, 14, 30]),
        channel=st.sampled_from([None, None, "phone", "email"]),
        at=st.sampled_from([None, None, "19:30"]),
        since=st.none() | instants,
    ),
)


def last_moment(calls):
    return max((call.at for call in calls), default=START)


def unanswered(calls, at, category=Category.NO_ANSWER, channel="phone"):
    number = f"x{len(calls):04}"
    return (*calls, Call(number, "c", at, str(category), category, channel=channel))


def house_is_open(policy, zone, t):
    wall = t.astimezone(ZoneInfo(zone))
    hours = policy.hours
    if wall.date() in hours.holidays:
        return False
    spans = hours.week[wall.weekday()]
    if hours.eve is not None and spans and wall.date() + DAY in hours.holidays:
        spans = hours.eve
    return any(start <= wall.hour * 60 + wall.minute + wall.second / 60 < end for start, end in spans)


@given(contacts, histories(), policies, instants)
def test_our_own_pacing_is_never_due_in_a_closed_hour(contact, calls, policy, now):
    step = next_step(contact, calls, policy, now)
    if step.action == "call" and step.kind in ("follow_up", "fresh", "check_in"):
        assert house_is_open(policy, contact.zone, step.due)


minutes_ahead = st.integers(30, 60 * 24 * 30)
rings = st.lists(st.integers(1, 60 * 24 * 40), max_size=4, unique=True)


@given(contacts, histories(), policies, instants, minutes_ahead, rings, st.sampled_from(["minute", "day"]))
def test_open_promise_wins_and_is_never_due_early(contact, calls, policy, now, ahead, after, precision):
    made = last_moment(calls) + MINUTE
    promise = Promise(made + ahead * MINUTE, contact.zone, precision)
    calls = (*calls, Call("p", "c", made, "promise", Category.PROMISE, promise=promise))
    calls += tuple(Call(f"q{n:06}", "c", made + n * MINUTE, "x", Category.NO_ANSWER) for n in after)
    (*_, owed) = promise_states(history_of(calls).touches, now, policy)
    step = next_step(contact, calls, policy, now)
    if len(owed.tries) >= policy.promise_tries:
        assert step.kind != "promise"
    elif owed.tries:
        assert (step.kind, step.due > owed.tries[-1].at) == ("promise", True)
    else:
        assert (step.kind, step.due) == ("promise", promise.from_)


@given(contacts, histories(), policies, st.integers(0, 6), st.booleans(), st.integers(0, 3000))
def test_person_who_never_answers_is_let_go_in_bounded_steps(contact, calls, policy, lag, at_desk, seed):
    chance, now, called = random.Random(seed), last_moment(calls), 0
    for _ in range(80):
        step = next_step(contact, calls, policy, now)
        if step.due is None:
            break
        now = max(now, step.due) + 11 * MINUTE + timedelta(hours=lag * chance.random())
        called += step.action == "call"
        found = Category.GATEKEEPER if at_desk and chance.random() < 0.7 else Category.NO_ANSWER
        calls = unanswered(calls, now, found, "phone" if step.action == "call" else "email")
    else:
        pytest.fail("did not end")
    assert step.action in ("stop", "rethink")
    assert called <= policy.attempts + policy.gatekeeper_tries + policy.promise_tries + 1


@given(contacts, histories(), policies, instants)
def test_one_more_unanswered_call_moves_the_next_one_away(contact, calls, policy, now):
    step = next_step(contact, calls, policy, now)
    assume(step.action == "call")
    at = max(step.due, last_moment(calls)) + 11 * MINUTE
    after = next_step(contact, unanswered(calls, at), policy, at)
    assert after.left == max(step.left - 1, 0)
    if after.due:
        assert after.due > at
        if after.action == "call" and after.kind == step.kind == "follow_up":
            assert after.due - at >= policy.min_gap


@given(contacts, histories(), policies, instants, histories(max_size=5))
def test_do_not_call_is_absorbing(contact, calls, policy, now, later):
    at = last_moment(calls) + MINUTE
    calls = unanswered(calls, at, Category.DO_NOT_CALL)
    calls += tuple(replace(call, at=at + (call.at - START) + MINUTE) for call in later)
    assert next_step(contact, calls, policy, now).action == "do_not_call"
    assert [(c.level, c.code) for c in dial_check(contact, calls, policy, now)] == [("block", "do_not_call")]


@given(contacts, histories(), policies, instants, st.sampled_from(ZONES))
def test_order_of_the_calls_and_zone_of_the_clock_do_not_matter(contact, calls, policy, now, zone):
    step = next_step(contact, calls, policy, now)
    assert next_step(contact, tuple(reversed(calls)), policy, now.astimezone(ZoneInfo(zone))) == step


@given(contacts, histories(), policies, instants, st.integers(0, 400 * 24 * 60))
def test_answer_holds_until_valid_until(contact, calls, policy, now, minutes):
    step = next_step(contact, calls, policy, now)
    later = now + minutes * MINUTE
    if step.valid_until is None or later < step.valid_until:
        assert next_step(contact, calls, policy, later) == step


@given(st.sampled_from(ZONES), policies, st.integers(0, 10_000))
def test_rolling_caps_hold_for_calls_we_pace(zone, policy, seed):
    chance = random.Random(seed)
    policy = replace(policy, attempts=12, gaps=(DAY,), max_age=400 * DAY)
    contact = Contact("c", zone=zone, created_at=START, numbers=(Number("+442079460100"),))
    calls, now = (), START
    while (step := next_step(contact, calls, policy, now)).action == "call":
        now = max(now, step.due) + chance.choice([0, 3, 200]) * MINUTE
        calls = unanswered(calls, now)
    assert len(calls) == 12
    for most, span in policy.caps:
        for last in calls:
            assert sum(last.at - span < call.at <= last.at for call in calls) <= most


@given(contacts, histories(), policies, instants)
def test_not_now_keeps_the_phone_silent_for_its_time(contact, calls, policy, now):
    at = last_moment(calls) + MINUTE
    calls = unanswered(calls, at, Category.NURTURE)
    wish = contact.prefers
    assume(not (wish.since and wish.since >= at))
    step = next_step(contact, calls, policy, max(now, at))
    assert step.action != "call" or step.due >= at + policy.after_not_now
