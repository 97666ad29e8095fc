"""The next step with a contact: examples a sales trainer would recognise."""

from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tui.cockpit.wording.why import sentences
from tui.domain.cadence import Policy
from tui.domain.call import Call, Dial
from tui.domain.contact import Contact, Number, Preferences, Refusal
from tui.domain.outcome import NO_MORE_CALLS, Category
from tui.domain.policy import next_step
from tui.domain.promise import Promise
from tui.domain.why import why
from tui.domain.window import Hours

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=ROME)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
RULES = Policy()
ANN = Contact(
    id="ann", name="Ann Rossi", zone="Europe/Rome", numbers=(Number("+442079460100"),), created_at=MONDAY
)
_serial = count()


def call(at, is_=Category.NO_ANSWER, **more):
    outcome = more.pop("outcome", str(is_))
    return Call(id=f"{next(_serial):06}", contact_id="ann", at=at, outcome=outcome, is_=is_, **more)


def promised(at, due, precision="minute", channel="phone"):
    return call(at, Category.PROMISE, promise=Promise(due, "Europe/Rome", precision, channel))


def rome(*parts):
    return datetime(*parts, tzinfo=ROME)


def test_person_never_called_is_fresh_from_the_first_open_hour():
    sunday = replace(ANN, created_at=rome(2026, 11, 1, 20))
    step = next_step(sunday, (), RULES, MONDAY)
    assert (step.action, step.kind, step.due, step.left) == ("call", "fresh", rome(2026, 11, 2, 9), 6)


def test_promise_is_due_at_its_minute_and_an_early_try_changes_nothing():
    agreed = promised(MONDAY, MONDAY + 3 * DAY)
    early = call(MONDAY + DAY, Category.VOICEMAIL)
    for calls in ((agreed,), (agreed, early)):
        step = next_step(ANN, calls, RULES, MONDAY + DAY)
        assert (step.kind, step.due, step.precision) == ("promise", MONDAY + 3 * DAY, "minute")
        assert "Thu 5 Nov 2026 10:00" in sentences(step)[0]


def test_promise_outside_house_hours_is_kept_as_agreed():
    saturday_evening = rome(2026, 11, 7, 19, 30)
    assert next_step(ANN, (promised(MONDAY, saturday_evening),), RULES, MONDAY).due == saturday_evening


def test_promise_for_a_day_names_no_minute_and_an_early_call_on_that_day_keeps_it():
    thursday = rome(2026, 11, 5, 9)
    agreed = promised(MONDAY, thursday, "day")
    step = next_step(ANN, (agreed,), RULES, MONDAY)
    assert (step.due, step.precision, "09:00" in sentences(step)[0]) == (thursday, "day", False)
    on_the_day = call(rome(2026, 11, 5, 8, 30))
    assert next_step(ANN, (agreed, on_the_day), RULES, MONDAY).due == rome(2026, 11, 5, 10, 30)


def test_unanswered_promise_is_tried_in_two_hours_then_the_next_day_then_paced():
    thursday = MONDAY + 3 * DAY
    calls = [promised(MONDAY, thursday), call(thursday)]
    assert next_step(ANN, calls, RULES, thursday).due == thursday + 2 * HOUR
    calls.append(call(thursday + 2 * HOUR))
    assert next_step(ANN, calls, RULES, thursday).due == thursday + DAY
    calls.append(call(thursday + DAY))
    step = next_step(ANN, calls, RULES, thursday + DAY)
    assert (step.kind, step.tries) == ("follow_up", 3)


def test_evening_promise_is_retried_in_calling_hours_and_next_at_their_hour():
    friday = rome(2026, 11, 6, 18, 30)
    calls = [promised(MONDAY, friday), call(friday)]
    assert next_step(ANN, calls, RULES, friday).due == rome(2026, 11, 9, 9)
    calls.append(call(rome(2026, 11, 9, 9)))
    assert next_step(ANN, calls, RULES, friday).due == rome(2026, 11, 10, 18, 30)


def test_promised_email_is_an_email_and_sending_it_keeps_the_promise():
    agreed = promised(MONDAY, MONDAY + 2 * DAY, channel="email")
    step = next_step(ANN, (agreed,), RULES, MONDAY)
    assert (step.action, step.kind, step.due) == ("email", "promise", MONDAY + 2 * DAY)
    sent = call(MONDAY + 2 * DAY + HOUR, channel="email")
    assert next_step(ANN, (agreed, sent), RULES, MONDAY + 3 * DAY).kind == "follow_up"


def test_six_calls_then_the_softer_channel_then_let_go():
    calls, now, seen = [], MONDAY, []
    while (step := next_step(ANN, calls, RULES, now)).due is not None:
        seen.append(step.action)
        now = step.due + MINUTE
        calls.append(call(now, channel="phone" if step.action == "call" else "email"))
    assert [*seen, step.action] == ["call"] * 6 + ["nurture"] * 6 + ["stop"]


def test_hour_varies_between_unanswered_calls():
    calls, now, parts = [], MONDAY, set()
    for _ in range(4):
        now = next_step(ANN, calls, RULES, now).due
        hour = now.astimezone(ROME).hour * 60
        parts.add(next(i for i, (start, end) in enumerate(RULES.dayparts) if start <= hour < end))
        calls.append(call(now))
    assert len(parts) == 4


def test_gatekeeper_three_times_means_another_way_in():
    calls = [call(MONDAY + 3 * n * DAY, Category.GATEKEEPER) for n in range(3)]
    assert next_step(ANN, calls[:2], RULES, MONDAY).action == "call"
    assert next_step(ANN, calls, RULES, MONDAY).action == "rethink"


def test_not_now_is_softened_first_and_called_after_the_pause():
    no = call(MONDAY, Category.NURTURE)
    soft = next_step(ANN, (no,), RULES, MONDAY)
    assert (soft.action, soft.due, soft.valid_until) == ("nurture", MONDAY + 30 * DAY, MONDAY + 60 * DAY)
    sent = [call(MONDAY + 31 * DAY, channel="email")]
    again = next_step(ANN, (no, *sent), RULES, MONDAY + 32 * DAY)
    assert again.action == "call"
    assert again.due >= MONDAY + 60 * DAY


def test_interval_named_while_saying_not_now_beats_the_pause():
    wish = Preferences(every=14, channel="phone", since=MONDAY)
    step = next_step(replace(ANN, prefers=wish), (call(MONDAY, Category.NURTURE),), RULES, MONDAY)
    assert (step.kind, step.due) == ("asked", MONDAY + 14 * DAY)
    older = replace(ANN, prefers=replace(wish, since=MONDAY - DAY))
    assert next_step(older, (call(MONDAY, Category.NURTURE),), RULES, MONDAY).action == "nurture"
    only_hour = replace(ANN, prefers=Preferences(at="09:00", since=MONDAY))
    assert next_step(only_hour, (call(MONDAY, Category.NURTURE),), RULES, MONDAY).action == "nurture"


def test_a_call_they_asked_for_with_their_not_now_is_decided_again_when_the_pause_is_over():
    ann, calls = (
        replace(ANN, prefers=Preferences(channel="phone", since=MONDAY)),
        (call(MONDAY, Category.NURTURE),),
    )
    step = next_step(ann, calls, RULES, MONDAY)
    assert (step.kind, step.valid_until) == ("asked", MONDAY + RULES.after_not_now)
    assert next_step(ann, calls, RULES, step.valid_until - timedelta(minutes=1)) == step
    assert next_step(ann, calls, RULES, step.valid_until).kind == "follow_up"


def test_hour_they_named_is_kept_even_when_it_is_not_ours():
    evening = replace(ANN, prefers=Preferences(every=5, at="19:30", since=MONDAY))
    step = next_step(evening, (call(MONDAY, Category.CONVERSATION),), RULES, MONDAY)
    assert (step.due, step.precision) == (rome(2026, 11, 9, 19, 30), "minute")
    morning = replace(ANN, prefers=Preferences(every=1, at="09:00", since=MONDAY))
    step = next_step(morning, (call(MONDAY, Category.CONVERSATION),), RULES, MONDAY)
    assert step.due == rome(2026, 11, 4, 9), "a day has not passed at nine tomorrow"


def test_email_asked_without_an_answer_ends_as_well():
    by_mail = replace(ANN, prefers=Preferences(every=14, channel="email", since=MONDAY))
    sent = [call(MONDAY + 14 * n * DAY, channel="email") for n in range(1, 7)]
    talk = call(MONDAY, Category.CONVERSATION)
    assert next_step(by_mail, (talk, *sent[:5]), RULES, MONDAY).action == "email"
    assert next_step(by_mail, (talk, *sent), RULES, MONDAY).action == "stop"


def test_gap_of_twenty_hours_and_a_cap_are_kept_by_our_pacing():
    late = call(rome(2026, 11, 2, 17, 30))
    step = next_step(ANN, (late,), replace(RULES, dayparts=((540, 660), (960, 1080))), MONDAY)
    assert step.due - late.at >= RULES.min_gap
    capped = replace(RULES, per_7_days=1, per_30_days=0)
    after_hours = call(rome(2026, 11, 3, 20))
    assert next_step(ANN, (after_hours,), capped, MONDAY).due >= after_hours.at + 7 * DAY


def test_ninety_days_without_a_talk_is_enough():
    first = call(MONDAY)
    step = next_step(ANN, (first,), RULES, MONDAY + DAY)
    assert step.valid_until == MONDAY + 90 * DAY
    assert next_step(ANN, (first,), RULES, MONDAY + 90 * DAY).action == "nurture"


def test_customer_is_called_while_nothing_is_wrong():
    win = call(MONDAY, Category.WIN)
    step = next_step(ANN, (win,), RULES, MONDAY)
    assert (step.kind, step.due) == ("check_in", rome(2027, 1, 1, 10))
    missed = call(MONDAY + 60 * DAY)
    assert next_step(ANN, (win, missed), RULES, MONDAY).kind == "follow_up"


def test_customer_without_a_call_on_record_is_no_cold_lead():
    assert next_step(replace(ANN, customer=True), (), RULES, MONDAY).kind == "check_in"


def test_wait_set_by_the_team_for_an_outcome_replaces_ours():
    rules = replace(
        RULES, after={"email_asked": 3 * DAY, "busy": 2 * HOUR, "later": 20 * DAY, "sold": 9 * DAY}
    )
    asked = call(MONDAY, Category.CONVERSATION, outcome="email_asked")
    assert next_step(ANN, (asked,), rules, MONDAY).due.date() == rome(2026, 11, 5).date()
    busy = call(MONDAY, outcome="busy")
    assert next_step(ANN, (busy,), rules, MONDAY).due == MONDAY + 2 * HOUR
    later = call(MONDAY, Category.NURTURE, outcome="later")
    assert next_step(ANN, (later,), rules, MONDAY).due.date() == rome(2026, 11, 23).date()
    sold = call(MONDAY, Category.WIN, outcome="sold")
    assert next_step(ANN, (sold,), rules, MONDAY).due == MONDAY + 9 * DAY


def test_wrong_number_stops_unless_another_number_is_known():
    wrong = call(MONDAY, Category.WRONG_NUMBER, dials=(Dial("+442079460100", MONDAY),))
    assert next_step(ANN, (wrong,), RULES, MONDAY).action == "stop"
    two = replace(ANN, numbers=(*ANN.numbers, Number("+447700900123", label="mobile")))
    assert next_step(two, (wrong,), RULES, MONDAY).kind == "fresh"
    marked = replace(two, numbers=(Number("+442079460100", bad=True), two.numbers[1]))
    logged_elsewhere = replace(wrong, dials=())
    assert next_step(marked, (logged_elsewhere,), RULES, MONDAY).kind == "fresh"
    assert next_step(ANN, (logged_elsewhere,), RULES, MONDAY).action == "stop"


@pytest.mark.parametrize("category", Category)
def test_after_these_outcomes_and_no_others_nobody_calls_again(category):
    due = Promise(MONDAY + 9 * DAY, "Europe/Rome") if category is Category.PROMISE else None
    step = next_step(ANN, (call(MONDAY, category, promise=due),), RULES, MONDAY + DAY)
    assert (step.kind == "end") is (category in NO_MORE_CALLS)


def test_person_without_a_number_asks_for_one_instead_of_a_call():
    step = next_step(replace(ANN, numbers=()), (), RULES, MONDAY)
    assert (step.action, step.due) == ("rethink", None)
    assert step.why[0] == why("no_number")


def test_second_call_within_ten_minutes_is_the_same_attempt():
    twice = (call(MONDAY), call(MONDAY + 9 * MINUTE, Category.VOICEMAIL))
    assert next_step(ANN, twice, RULES, MONDAY).tries == 1
    apart = (call(MONDAY), call(MONDAY + 10 * MINUTE, Category.VOICEMAIL))
    assert next_step(ANN, apart, RULES, MONDAY).tries == 2
    cut_off = (call(MONDAY, Category.CONVERSATION), call(MONDAY + 5 * MINUTE))
    assert next_step(ANN, cut_off, RULES, MONDAY).tries == 0


def test_undone_call_counts_nowhere():
    undone = call(MONDAY, Category.DO_NOT_CALL, voided_at=MONDAY + MINUTE)
    assert next_step(ANN, (undone,), RULES, MONDAY) == next_step(ANN, (), RULES, MONDAY)


def test_do_not_call_on_the_contact_needs_no_call():
    step = next_step(replace(ANN, do_not_call=Refusal("asked in a letter")), (), RULES, MONDAY)
    assert (step.action, step.due) == ("do_not_call", None)
    assert "asked in a letter" in sentences(step)[0]


def test_demo_people_have_no_calling_hours():
    night = datetime(2026, 11, 1, 23, tzinfo=UTC)
    demo = replace(ANN, lists=("demo",), created_at=night)
    assert next_step(demo, (), RULES, night).due == night
    missed = call(night, Category.NO_ANSWER, dials=(Dial("+442079460100", night),))
    morning = next_step(replace(demo, lists=()), (missed,), RULES, night).due
    assert next_step(demo, (missed,), RULES, night).due == morning  # after a call it is as on a real day
    undone = replace(missed, voided_at=night)
    assert next_step(demo, (undone,), RULES, night).due == night


def test_zone_of_the_contact_beats_that_of_the_number_and_that_of_the_team():
    created = datetime(2026, 11, 2, 5, tzinfo=UTC)
    nowhere = replace(ANN, zone="", created_at=created)
    tokyo = replace(RULES, zone="Asia/Tokyo")
    assert (
        next_step(replace(nowhere, zone="Europe/Rome"), (), tokyo, created, zones=("Asia/Kolkata",)).due.hour
        == 8
    )
    assert next_step(nowhere, (), tokyo, created, zones=("America/New_York",)).due.hour == 14
    assert next_step(nowhere, (), tokyo, created).due.hour == 0  # nine in Tokyo


def test_zones_that_never_agree_say_so_and_are_not_due():
    unknown = replace(ANN, zone="")
    step = next_step(unknown, (), RULES, MONDAY, zones=("Europe/London", "Pacific/Auckland"))
    assert (step.action, step.due) == ("call", None)
    assert step.why[0] == why("no_common_hour")


def test_policy_hash_is_the_same_for_equal_rules_and_differs_for_each_rule():
    from_set = replace(RULES, hours=Hours(holidays=frozenset({MONDAY.date(), (MONDAY + DAY).date()})))
    same = replace(RULES, hours=Hours(holidays=frozenset({(MONDAY + DAY).date(), MONDAY.date()})))
    changed = [
        from_set,
        replace(RULES, attempts=5),
        replace(RULES, min_gap=21 * HOUR),
        replace(RULES, after={"busy": HOUR}),
        replace(RULES, zone="Europe/Rome"),
    ]
    assert from_set.hash() == same.hash()
    assert RULES.hash() == Policy().hash()
    assert len({rules.hash() for rules in [RULES, *changed]}) == 6


@pytest.mark.parametrize("at", ["", "25:00", "9", "nine", "09:60"])
def test_hour_that_is_none_is_ignored(at):
    odd = replace(ANN, prefers=Preferences(every=5, at=at, since=MONDAY))
    assert next_step(odd, (call(MONDAY, Category.CONVERSATION),), RULES, MONDAY).precision == "day"


def test_a_number_that_cannot_be_read_is_named() -> None:
    unread, nobody = replace(ANN, numbers=(Number(raw="2025550143"),)), replace(ANN, numbers=())
    assert next_step(unread, (), RULES, MONDAY).why[0] == why("no_number", number="2025550143")
    assert next_step(nobody, (), RULES, MONDAY).why[0] == why("no_number")
