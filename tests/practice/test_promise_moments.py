"""A promise walked through every moment: card, script, queue, dial check, ledger and report say the same together."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import Bench, call_selected, next_step_of
from tui.domain.call import Call
from tui.domain.dial_check import dial_check
from tui.domain.ids import uuid7
from tui.domain.metrics import promise_verdicts
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.promise_state import Verdict
from tui.domain.queue import Queue, Tier, item_of, window_of
from tui.storage.protocol import Change

pytestmark = pytest.mark.slow

MADE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday; London has UTC in November."""
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LONDON = "Europe/London"
AT_TEN = Promise(TEN, LONDON, words="after the fair")
AFTERNOON = Promise(TEN.replace(hour=14), LONDON, "part", words="after the fair")
ALL_DAY = Promise(TEN.replace(hour=9), LONDON, "day", words="after the fair")
BY_MAIL = replace(AT_TEN, channel="email")
NOBODY, NEXT_DAY = Category.NO_ANSWER, timedelta(days=1)
LINES = {
    "early": "I know I said",
    "on_time": "so here I am",
    "tried": "I tried you",
    "late": "and I didn't",
}


def at(hour: float, days: int = 0) -> datetime:
    """That hour of the promised Tuesday, or so many days later."""
    return TEN.replace(hour=0) + timedelta(hours=hour, days=days)


def we_called(hour: float, is_: Category = NOBODY, days: int = 0, **more: object) -> Call:
    moment = at(hour, days)
    return Call(uuid7(moment), "", moment, is_.value, is_, **more)


def they_called(hour: float, is_: Category, channel: str = "phone") -> Call:
    return we_called(hour, is_, direction="in", channel=channel)


@dataclass(frozen=True)
class Moment:
    """What stands on the record, the moment, and what each part of the cockpit must say then."""

    promise: Promise
    now: datetime
    card: str
    """The card's first line; empty: no promise is shown."""
    script: str
    """Which line about the promise is said; empty: none."""
    tier: Tier | None
    """The tier of who can be called now; None: not offered as a promise now."""
    ledger: Verdict
    done: tuple[Call, ...] = ()
    warns: bool = False
    """The dial check says that it is early."""


T, L = Tier.PROMISE, Tier.PROMISE_LATE
V = Verdict
ON_TIME, TWICE = we_called(10), (we_called(10), we_called(12))
THRICE = (*TWICE, we_called(10, days=1))
FAIR = ': "after the fair"'
MOMENTS = {
    "before": Moment(AT_TEN, at(9), f"today 10:00{FAIR}", "early", None, V.OPEN, warns=True),
    "day before": Moment(AT_TEN, at(10, -1), f"tomorrow 10:00{FAIR}", "early", None, V.OPEN, warns=True),
    "a quarter before": Moment(AT_TEN, at(9.75), f"today 10:00, in 15 min{FAIR}", "on_time", None, V.OPEN),
    "the minute": Moment(AT_TEN, at(10), f"today 10:00, due now{FAIR}", "on_time", T, V.OPEN),
    "within grace": Moment(AT_TEN, at(10.2), f"today 10:00, due now{FAIR}", "on_time", T, V.OPEN),
    "after grace": Moment(AT_TEN, at(10.25), f"today 10:00, 15 min late{FAIR}", "late", L, V.OPEN),
    "hours later": Moment(AT_TEN, at(13), f"today 10:00, 3 h late{FAIR}", "late", L, V.BROKEN),
    "six days later": Moment(AT_TEN, at(13, 6), f"Tue 24 Nov 10:00, 6 days late{FAIR}", "late", L, V.BROKEN),
    "tried once": Moment(AT_TEN, at(11), f"today 10:00, tried once{FAIR}", "tried", None, V.KEPT, (ON_TIME,)),
    "second try": Moment(AT_TEN, at(12), f"today 10:00, tried once{FAIR}", "tried", T, V.KEPT, (ON_TIME,)),
    "second try, hours later": Moment(
        AT_TEN, at(17), f"today 10:00, tried once{FAIR}", "tried", T, V.KEPT, (ON_TIME,)
    ),
    "second try, next week": Moment(
        AT_TEN, at(10, 6), f"Tue 24 Nov 10:00, tried once{FAIR}", "tried", T, V.KEPT, (ON_TIME,)
    ),
    "third try": Moment(AT_TEN, at(10, 1), f"yesterday 10:00, tried twice{FAIR}", "tried", T, V.KEPT, TWICE),
    "tried three times": Moment(AT_TEN, at(13, 6), "", "", None, V.KEPT, THRICE),
    "voicemail at its minute": Moment(
        AT_TEN,
        at(12),
        f"today 10:00, tried once{FAIR}",
        "tried",
        T,
        V.KEPT,
        (we_called(10, Category.VOICEMAIL),),
    ),
    "gatekeeper at its minute": Moment(
        AT_TEN,
        at(12),
        f"today 10:00, tried once{FAIR}",
        "tried",
        T,
        V.KEPT,
        (we_called(10, Category.GATEKEEPER),),
    ),
    "tried half an hour late": Moment(
        AT_TEN,
        at(12.5),
        f"today 10:00, tried once{FAIR}",
        "late",
        T,
        V.KEPT,
        (we_called(10.5),),
    ),
    "tried late": Moment(
        AT_TEN,
        at(17),
        f"today 10:00, tried once{FAIR}",
        "late",
        T,
        V.KEPT_LATE,
        (we_called(14),),
    ),
    "early try unanswered": Moment(
        AT_TEN, at(10), f"today 10:00, due now{FAIR}", "on_time", T, V.EARLY, (we_called(9),)
    ),
    "early try, said so": Moment(
        AT_TEN,
        at(10),
        f"today 10:00, due now{FAIR}",
        "on_time",
        T,
        V.EARLY_ACKNOWLEDGED,
        (we_called(9, acknowledged=True),),
    ),
    "answered": Moment(AT_TEN, at(13, 6), "", "", None, V.KEPT, (we_called(10, Category.CONVERSATION),)),
    "answered at the second try": Moment(
        AT_TEN, at(13, 6), "", "", None, V.KEPT, (ON_TIME, we_called(12, Category.CONVERSATION))
    ),
    "they called": Moment(
        AT_TEN, at(13), "", "", None, V.OVERTAKEN, (they_called(9.5, Category.CONVERSATION),)
    ),
    "they called and were missed": Moment(
        AT_TEN,
        at(13),
        f"today 10:00, 3 h late{FAIR}",
        "",  # and hear that we are sorry to have missed them
        None,  # they wait as somebody who came back, which is before every promise
        V.BROKEN,
        (they_called(9.5, NOBODY),),
    ),
    "they wrote": Moment(
        AT_TEN,
        at(10),
        f"today 10:00, due now{FAIR}",
        "on_time",
        T,
        V.OPEN,
        (they_called(9.5, NOBODY, "email"),),
    ),
    "undone try": Moment(
        AT_TEN,
        at(13),
        f"today 10:00, 3 h late{FAIR}",
        "late",
        L,
        V.BROKEN,
        (replace(ON_TIME, voided_at=at(10.1)),),
    ),
    "by e-mail, before": Moment(
        BY_MAIL, at(9), f"today 10:00, by e-mail{FAIR}", "early", None, V.OPEN, warns=True
    ),
    "by e-mail, at its time": Moment(
        BY_MAIL, at(10), f"today 10:00, by e-mail, due now{FAIR}", "", None, V.OPEN
    ),
    "by e-mail, late": Moment(BY_MAIL, at(13), f"today 10:00, by e-mail, 3 h late{FAIR}", "", None, V.BROKEN),
    "by e-mail, sent": Moment(BY_MAIL, at(13), "", "", None, V.KEPT, (we_called(10, channel="email"),)),
    "afternoon, the day before": Moment(
        AFTERNOON, at(10, -1), f"tomorrow afternoon{FAIR}", "early", None, V.OPEN, warns=True
    ),
    "afternoon, that morning": Moment(
        AFTERNOON, at(11), f"this afternoon{FAIR}", "early", None, V.OPEN, warns=True
    ),
    "afternoon, at noon": Moment(AFTERNOON, at(12), f"this afternoon{FAIR}", "on_time", None, V.OPEN),
    "afternoon": Moment(AFTERNOON, at(14), f"this afternoon{FAIR}", "on_time", T, V.OPEN),
    "afternoon, its last minute": Moment(AFTERNOON, at(17.98), f"this afternoon{FAIR}", "on_time", T, V.OPEN),
    "afternoon is over": Moment(AFTERNOON, at(18), f"this afternoon, 1 min late{FAIR}", "late", L, V.BROKEN),
    "afternoon, tried": Moment(
        AFTERNOON,
        at(10, 1),
        f"yesterday afternoon, tried once{FAIR}",
        "tried",
        T,
        V.KEPT,
        (we_called(15),),
    ),
    "that day, before": Moment(ALL_DAY, at(12, -1), f"tomorrow{FAIR}", "early", None, V.OPEN, warns=True),
    "that day": Moment(ALL_DAY, at(9), f"today{FAIR}", "on_time", T, V.OPEN),
    "that day, in the evening": Moment(ALL_DAY, at(23), f"today{FAIR}", "on_time", T, V.OPEN),
    "that day is over": Moment(ALL_DAY, at(9, 1), f"yesterday, 1 day late{FAIR}", "late", L, V.BROKEN),
}


async def started(moment: Moment) -> Bench:
    """A cockpit at that moment, with the promise and what was done since on record."""
    bench = Bench()
    (ann,) = bench.people("Ann Rossi")
    made = Call(uuid7(MADE), ann.id, MADE, "promise", Category.PROMISE, promise=moment.promise)
    calls = (made, *(replace(call, contact_id=ann.id) for call in moment.done))
    bench.store.commit(Change(calls=calls), MADE)
    bench.clock.step((moment.now - bench.clock.now()).total_seconds())
    await bench.cockpit.open()
    return bench


@pytest.mark.parametrize("name", MOMENTS)
async def test_card_script_queue_dial_check_and_ledger_agree_at_every_moment(name):
    moment = MOMENTS[name]
    bench = await started(moment)
    ann, calls, policy = bench.contact("Ann Rossi"), bench.store.calls(), bench.settings.policy
    step = next_step_of(bench.cockpit, ann.id)
    assert _tier(step, moment.now) == moment.tier
    checks = {check.code for check in dial_check(ann, calls, policy, moment.now)}
    assert ("early_call" in checks) is moment.warns
    (verdict,) = promise_verdicts(calls, moment.now, policy)
    assert verdict.verdict is moment.ledger
    await bench.cockpit.queue.select(ann.id)
    view = await call_selected(bench.cockpit, 15)
    assert dict(view.card.lines).get("Promised", "") == moment.card
    assert [which for which, words in LINES.items() if words in view.script.text] == (
        [moment.script] if moment.script else []
    )


def _tier(step, now) -> Tier | None:
    item = item_of("ann", step, (LONDON,)) if step.kind == "promise" else None
    queue = Queue([item] if item else [], now, now + timedelta(hours=1), window_of(None))
    return queue.tier(item) if item and queue.is_ready("ann") else None


@pytest.mark.parametrize("name", [name for name, moment in MOMENTS.items() if moment.tier])
async def test_the_queue_and_the_report_name_the_promised_time_and_never_our_own_next_try(name):
    moment = MOMENTS[name]
    bench = await started(moment)
    view = await bench.cockpit.tick()
    promised = moment.card.split(FAIR)[0]
    when, _, stands = promised.partition(", ")
    is_tried = stands.startswith("tried")
    shown = f"You promised: {when}" if not stands else f"Promised {promised}"
    shown = f"{stands.capitalize()}: promised {when}" if is_tried else shown
    if in_hours := 9 <= moment.now.hour < 18:
        (row,) = [row for row in view.queue.ready if row.name == "Ann Rossi"]
    else:
        (row,) = [row for row in view.queue.held if row.name == "Ann Rossi"]
    assert row.why == shown + ("" if in_hours else "; can be called tomorrow morning")


async def test_the_hour_is_said_where_the_day_alone_would_be_untrue():
    said = {
        name: await _words_at(MOMENTS[name])
        for name in (
            "before",
            "hours later",
            "six days later",
            "afternoon is over",
            "third try",
            "afternoon, tried",
        )
    }
    assert "I know I said I'd call today at 10:00." in said["before"]
    assert "I said I'd call today at 10:00, and I didn't." in said["hours later"]
    assert "I said I'd call on Tuesday at 10:00, and I didn't." in said["six days later"]
    assert "I said I'd call this afternoon, and I didn't." in said["afternoon is over"]
    assert "I tried you yesterday at 10:00, as we agreed." in said["third try"]
    assert "I tried you yesterday at 15:00, as we agreed." in said["afternoon, tried"]


async def _words_at(moment: Moment) -> str:
    bench = await started(moment)
    await bench.cockpit.queue.select(bench.contact("Ann Rossi").id)
    return (await call_selected(bench.cockpit, 15)).script.text


async def test_undoing_the_try_makes_the_promise_late_again():
    bench = await started(MOMENTS["the minute"])
    await bench.cockpit.queue.select(bench.contact("Ann Rossi").id)
    await call_selected(bench.cockpit, 15)
    bench.clock.step(20)
    await bench.cockpit.outcome.choose("no_answer")
    bench.clock.step(minutes=30)
    await bench.cockpit.undo.last()
    await bench.cockpit.session.end()
    bench.clock.step(minutes=30)
    await bench.cockpit.tick()
    await bench.cockpit.queue.select(bench.contact("Ann Rossi").id)
    view = await call_selected(bench.cockpit, 15)
    assert "and I didn't" in view.script.text
    assert dict(view.card.lines)["Promised"].startswith("today 10:00, 1 h late")


async def test_a_team_with_a_longer_grace_is_judged_by_it_in_the_report_too():
    bench = await started(dataclasses.replace(MOMENTS["the minute"], done=(we_called(9.5),)))
    patient = replace(bench.settings.policy, promise_grace=timedelta(minutes=45))
    (verdict,) = promise_verdicts(bench.store.calls(), at(13), patient)
    assert verdict.verdict is Verdict.KEPT


async def test_once_they_have_answered_the_promise_is_not_due_any_more_and_no_sign_stands_before_it():
    bench = await started(MOMENTS["the minute"])
    await bench.cockpit.queue.select(bench.contact("Ann Rossi").id)
    view = await call_selected(bench.cockpit, 15)
    assert (view.card.urgency, dict(view.card.lines)["Promised"]) == ("soon", f"today 10:00, due now{FAIR}")
    bench.clock.step(3)
    view = await bench.cockpit.call.answered()
    assert (view.card.urgency, dict(view.card.lines)["Promised"]) == ("", f"today 10:00{FAIR}")
