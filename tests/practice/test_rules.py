"""Behaviours of docs/practice.md that the rules alone decide: who is called, when, and when not."""

from datetime import datetime, timedelta
from itertools import count, pairwise
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tui.cockpit.wording.why import sentence, sentences
from tui.domain.cadence import Policy
from tui.domain.call import Call, Dial
from tui.domain.contact import Contact, Number, Preferences
from tui.domain.dial_check import dial_check
from tui.domain.history import dials_of, is_settled
from tui.domain.identity.lookup import Directory, Row
from tui.domain.law import dial_times
from tui.domain.metrics import promise_verdicts, waiting
from tui.domain.outcome import Category
from tui.domain.policy import next_step
from tui.domain.promise import Promise
from tui.domain.promise_state import Verdict
from tui.domain.queue import Queue, Tier, item_of, window_of
from tui.domain.session import SessionClock
from tui.phone import CallerIndex

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RULES = Policy()
ANN = Contact(
    "ann", name="Ann Rossi", zone="Europe/London", numbers=(Number("+442079460100"),), created_at=MONDAY
)
_serial = count()


def call(at, is_=Category.NO_ANSWER, **more):
    return Call(f"{next(_serial):06}", "ann", at, str(is_), is_, **more)


def promised(due, made=MONDAY, precision="minute"):
    return call(made, Category.PROMISE, promise=Promise(due, "Europe/London", precision))


def step_of(*calls, contact=ANN, now=MONDAY):
    return next_step(contact, calls, RULES, now)


def queue_at(now, *steps):
    items = [item_of(f"c{n}", step, ("Europe/London",)) for n, step in enumerate(steps)]
    return Queue([item for item in items if item], now, now + HOUR, window_of(RULES.hours))


def test_b05_time_serving_customers_is_neither_dead_time_nor_behind_the_plan():
    clock = SessionClock(3600, plan=12)
    clock.tick(0, 0)
    clock.do("pause", 0, 0, "incoming")
    for second in range(1, 601):
        clock.tick(second, second)
    clock.do("resume", 600, 600)
    assert clock.spent["paused:incoming"] == 600
    assert (clock.pace(), clock.left) == (0, 3600)


def test_b07_open_problem_is_not_offered_as_a_check_in_and_says_why():
    customer = replace(ANN, customer=True, open_problem="late delivery")
    step = step_of(call(MONDAY - 90 * DAY, Category.WIN), contact=customer)
    assert (step.action, step.due) == ("rethink", None)
    assert "late delivery" in sentences(step)[0]
    assert item_of("ann", step, ("Europe/London",)) is None


def test_b09_quiet_customers_have_a_tier_of_their_own():
    step = step_of(call(MONDAY - 62 * DAY, Category.WIN))
    queue = queue_at(MONDAY, step)
    assert step.kind == "check_in"
    assert [queue.tier(item) for item in queue.ready()] == [Tier.CHECK_IN]


def test_b14_people_left_a_voicemail_come_first_in_the_look_up():
    directory = Directory([Row("ann", "Ann Rossi"), Row("bo", "Bo Rossi")])
    assert [hit.id for hit in directory.find("rossi", {"bo"})] == ["bo", "ann"]


def test_b15_everybody_on_one_number_is_listed():
    index = CallerIndex((f"c{n}", "+442079460100") for n in range(12))
    assert len(index.find("020 7946 0100", "GB").ids) == 12


def test_b18_inbound_call_resets_the_count_and_closes_the_promise():
    tried = [promised(MONDAY - 5 * DAY, MONDAY - 9 * DAY), call(MONDAY - 5 * DAY), call(MONDAY - 3 * DAY)]
    assert step_of(*tried).tries == 2
    rang = call(MONDAY, Category.CONVERSATION, direction="in")
    step = step_of(*tried, rang)
    assert (step.kind, step.tries) == ("follow_up", 0)


def test_b18_call_of_theirs_that_nobody_took_is_returned_before_anything_else():
    missed = call(MONDAY, direction="in")
    step = step_of(promised(MONDAY + DAY, MONDAY - DAY), missed)
    late = step_of(promised(MONDAY - DAY, MONDAY - 2 * DAY))
    assert (step.kind, step.due) == ("came_back", MONDAY)
    assert queue_at(MONDAY, late, step).ready()[0].id == "c1"
    returned = step_of(promised(MONDAY + DAY, MONDAY - DAY), missed, call(MONDAY + 5 * MINUTE))
    assert (returned.kind, returned.due) == ("promise", MONDAY + DAY)


THEIRS = Dial("+442079460100", MONDAY, MONDAY)
BACK = Dial("+442079460100", MONDAY + MINUTE, ended_at=MONDAY + 2 * MINUTE)


@pytest.mark.parametrize("is_", [Category.NO_ANSWER, Category.VOICEMAIL])
@pytest.mark.parametrize("dials", [(THEIRS, BACK), (BACK,)], ids=["softphone", "own phone"])
def test_a_call_of_theirs_that_we_called_back_in_vain_is_no_missed_call(dials, is_):
    fell = call(MONDAY, is_, direction="in", dials=dials)
    before = (promised(MONDAY + DAY, MONDAY - DAY), call(MONDAY - 2 * DAY))
    talked = call(MONDAY - MINUTE, Category.CONVERSATION, direction="in")
    as_two = step_of(*before, talked, call(MONDAY, is_), now=MONDAY + HOUR)
    step = step_of(*before, fell, now=MONDAY + HOUR)
    assert (step.kind, step.tries, step.due) == ("follow_up", 1, as_two.due)


def test_our_dial_back_counts_as_one_of_ours_and_theirs_does_not():
    fell = call(MONDAY, direction="in", dials=(THEIRS, BACK))
    talked = call(MONDAY, Category.CONVERSATION, direction="in", dials=(THEIRS,))
    assert dial_times([fell, talked]) == [BACK.started_at]
    assert dials_of([fell, talked]) == [BACK]
    assert is_settled(call(MONDAY - HOUR, direction="in"), [fell])
    assert not is_settled(call(MONDAY - HOUR, direction="in"), [call(MONDAY, direction="in")])


def test_b22_bare_no_is_not_now_and_comes_back():
    refused = call(MONDAY, Category.NURTURE)
    assert step_of(refused).action == "nurture"
    later = step_of(refused, now=MONDAY + 60 * DAY)
    assert later.action == "call"


def test_b23_missed_call_is_an_attempt_and_burns_no_reason():
    step = step_of(call(MONDAY, reason_id="price"))
    assert (step.tries, step.used_reasons) == (1, frozenset())


def test_b24_reason_somebody_can_have_heard_is_used_up():
    heard = (Category.VOICEMAIL, Category.GATEKEEPER, Category.CONVERSATION)
    for number, category in enumerate(heard):
        assert step_of(call(MONDAY, category, reason_id=f"news{number}")).used_reasons == {f"news{number}"}


def test_b25_exhausted_news_warns_and_never_blocks():
    told = call(MONDAY - 9 * DAY, Category.VOICEMAIL, reason_id="price")
    levels = {c.code: c.level for c in dial_check(ANN, (told,), RULES, MONDAY, ["price"])}
    assert levels["no_fresh_reason"] == "warn"


def test_b27_due_people_not_called_are_left_waiting_and_never_called_ones_are_not():
    due = step_of(call(MONDAY - 14 * DAY))
    fresh = next_step(replace(ANN, created_at=MONDAY - 14 * DAY), (), RULES, MONDAY)
    assert waiting([due, fresh], MONDAY).left_waiting == 1


@pytest.mark.parametrize(
    "calls",
    [
        (),
        (promised(MONDAY + DAY),),
        tuple(call(MONDAY - n * HOUR) for n in range(1, 9)),
        (call(MONDAY - DAY, Category.NURTURE),),
        (call(MONDAY - DAY, Category.NOT_A_FIT),),
        tuple(call(MONDAY - n * DAY, Category.GATEKEEPER) for n in range(1, 5)),
    ],
)
def test_b28_no_rule_of_the_house_stands_between_the_rep_and_the_dial(calls):
    midnight = MONDAY + 14 * HOUR
    assert all(check.level != "block" for check in dial_check(ANN, calls, RULES, midnight, ["news"]))


def test_b30_stopped_contact_keeps_its_reason_and_comes_back_when_they_call():
    stopped = replace(ANN, pursuit="stopped", pursuit_reason="no budget", pursuit_since=MONDAY)
    tried = call(MONDAY - DAY)
    step = step_of(tried, contact=stopped)
    assert (step.action, "no budget" in sentences(step)[0]) == ("stop", True)
    rang = call(MONDAY + DAY, Category.CONVERSATION, direction="in")
    assert step_of(tried, rang, contact=stopped).action == "call"


def test_b29_softened_contact_gets_messages_and_then_is_let_go():
    soft = replace(ANN, pursuit="soft", pursuit_reason="put off three times", pursuit_since=MONDAY)
    step = step_of(call(MONDAY - DAY), contact=soft)
    assert (step.action, step.due) == ("nurture", MONDAY + 30 * DAY)
    sent = [call(MONDAY + 30 * n * DAY, channel="email") for n in range(1, 7)]
    assert step_of(call(MONDAY - DAY), *sent, contact=soft).action == "stop"


def test_b31_every_other_day_is_allowed_and_bounded_by_the_caps():
    calls, now = [], MONDAY
    while (step := step_of(*calls, now=now)).action == "call":
        now = step.due
        calls.append(call(now))
    gaps = [later.at - earlier.at for earlier, later in pairwise(calls)]
    assert min(gaps) <= 2 * DAY
    for most, span in ((3, 7 * DAY), (6, 30 * DAY)):
        assert all(sum(c.at - span < other.at <= c.at for other in calls) <= most for c in calls)


def test_b32_promise_is_not_queued_early_and_is_on_top_at_its_minute():
    due = MONDAY + 3 * DAY
    promise, other = step_of(promised(due)), step_of(call(MONDAY - 9 * DAY))
    queue = queue_at(due - MINUTE, promise, other)
    assert [item.id for item in queue.ready()] == ["c1"]
    queue.tick(due)
    assert [item.id for item in queue.ready()] == ["c0", "c1"]


def test_b33_call_before_the_promise_opens_with_the_acknowledgement():
    (check,) = dial_check(ANN, (promised(MONDAY + 3 * DAY),), RULES, MONDAY + DAY)
    assert (check.level, check.code) == ("acknowledge", "early_call")
    assert "Thu 26 Nov 10:00" in sentence(check.why)


def test_b34_early_call_without_an_answer_leaves_the_promise_standing():
    due = MONDAY + 3 * DAY
    step = step_of(promised(due), call(MONDAY + DAY))
    assert (step.kind, step.due) == ("promise", due)


def test_b35_kept_promise_without_an_answer_is_tried_in_two_hours_then_next_day_then_paced():
    due = MONDAY + DAY
    calls, dues = [promised(due), call(due)], []
    for _ in range(2):
        dues.append(step_of(*calls).due)
        calls.append(call(dues[-1]))
    assert dues == [due + 2 * HOUR, due + DAY]
    assert step_of(*calls).kind == "follow_up"


def test_b36_call_to_another_reps_contact_warns():
    theirs = replace(ANN, owner="rep-a")
    assert [c.code for c in dial_check(theirs, (), RULES, MONDAY, colleague="rep-a")] == ["other_rep"]


def test_b38_nobody_is_offered_a_person_who_thinks_it_over():
    step = step_of(promised(MONDAY + 10 * DAY, precision="day"))
    assert queue_at(MONDAY + 5 * DAY, step).ready() == []


def test_b44_talk_without_an_agreed_interval_is_followed_up_in_five_days():
    assert step_of(call(MONDAY, Category.CONVERSATION)).due.date() == (MONDAY + 7 * DAY).date()
    tuesday = MONDAY + DAY
    assert step_of(call(tuesday - 5 * DAY, Category.CONVERSATION)).due.date() == tuesday.date()


def test_b45_interval_and_channel_they_named_beat_our_pacing():
    by_mail = replace(ANN, prefers=Preferences(14, "email", None, MONDAY))
    talk = call(MONDAY, Category.CONVERSATION)
    step = step_of(talk, contact=by_mail)
    assert (step.action, step.kind, step.due) == ("email", "asked", MONDAY + 14 * DAY)
    assert item_of("ann", step, ("Europe/London",)) is None
    (check, *_) = dial_check(by_mail, (talk,), RULES, MONDAY + 14 * DAY)
    assert (check.level, sentence(check.why)) == ("acknowledge", "They prefer e-mail.")


def test_b46_monthly_calls_for_three_years_are_fine_when_they_asked():
    asked = replace(ANN, prefers=Preferences(30, "phone", None, MONDAY))
    calls, now = [], MONDAY
    for _ in range(36):
        calls.append(call(now, Category.CONVERSATION))
        step = step_of(*calls, contact=asked, now=now)
        assert (step.action, step.kind) == ("call", "asked")
        assert 30 * DAY <= step.due - now <= 34 * DAY
        now = step.due


def test_b46_the_same_calls_unasked_are_stopped():
    unasked = [call(MONDAY + 30 * n * DAY) for n in range(36)]
    assert step_of(*unasked, now=unasked[-1].at).action == "nurture"


def test_b47_too_many_or_too_long_means_the_softer_channel_and_then_stop_with_a_sentence():
    six = [call(MONDAY + 2 * n * DAY) for n in range(6)]
    soft = step_of(*six)
    assert (soft.action, sentences(soft)[0]) == ("nurture", "6 calls without an answer.")
    old = step_of(call(MONDAY - 91 * DAY))
    assert (old.action, sentences(old)[0]) == ("nurture", "No talk in 90 days.")
    sent = [call(MONDAY + 30 * n * DAY, channel="email") for n in range(1, 7)]
    assert step_of(*six, *sent).action == "stop"


def test_b48_softened_people_are_not_in_the_call_queue():
    assert queue_at(MONDAY + 400 * DAY, step_of(call(MONDAY, Category.NURTURE))).ready() == []


def test_b49_third_gatekeeper_proposes_another_way_and_still_lets_the_rep_call():
    calls = [call(MONDAY - n * DAY, Category.GATEKEEPER) for n in (3, 2, 1)]
    step = step_of(*calls)
    assert (step.action, "another way" in sentences(step)[0]) == ("rethink", True)
    assert {c.level for c in dial_check(ANN, calls, RULES, MONDAY)} == {"warn"}


def test_b50_no_fit_leaves_for_good_with_its_reason():
    gone = call(MONDAY - 400 * DAY, Category.NOT_A_FIT, reason_code="too small")
    step = step_of(gone, call(MONDAY - 3 * DAY))
    assert (step.action, sentences(step)) == ("stop", ("Doesn't fit: too small.",))
    assert waiting([step], MONDAY).pursuable == 0


def test_b51_two_no_buy_signals_propose_to_stop_and_a_buying_signal_lifts_that():
    talks = [call(MONDAY - n * DAY, Category.CONVERSATION, signals=("-",)) for n in (2, 1)]
    assert step_of(talks[0]).action == "call"
    assert step_of(*talks).action == "rethink"
    assert step_of(*talks, call(MONDAY, Category.CONVERSATION, signals=("+",))).action == "call"


def test_b51_buying_signal_goes_first_among_follow_ups():
    step = step_of(call(MONDAY - 9 * DAY))
    cold = item_of("cold", step, ("Europe/London",), value=9)
    warm = item_of("warm", step, ("Europe/London",), signal=True)
    queue = Queue([cold, warm], MONDAY, MONDAY + HOUR, window_of(RULES.hours))
    assert [item.id for item in queue.ready()] == ["warm", "cold"]


def test_b33_acknowledged_early_call_counts_as_kept_word():
    early = call(MONDAY + DAY, Category.CONVERSATION, acknowledged=True)
    (one,) = promise_verdicts([promised(MONDAY + 3 * DAY), early], MONDAY + 9 * DAY, RULES)
    assert one.verdict is Verdict.EARLY_ACKNOWLEDGED
