"""Neither too little nor too much: what the report, the recap and the card say, driven through the cockpit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected, next_step_of
from tests.practice_bench import past
from tui.cockpit.view import Phase
from tui.cockpit.wording.why import sentences
from tui.domain.cadence import Policy
from tui.domain.contact import Preferences
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.storage.protocol import Change


def section(recap, heading):
    return next((lines for head, lines in recap.sections if head == heading), ())


async def ring(bench, name, outcome, *, fields=(), talk=False):
    """Ring somebody on the queue and save an outcome."""
    cockpit = bench.cockpit
    await cockpit.session.to_queue()
    await cockpit.queue.select(bench.contact(name).id)
    await call_selected(cockpit, 60)
    bench.clock.step(5)
    if talk:
        await cockpit.call.answered()
        bench.clock.step(60)
        await cockpit.call.over()
    view = await cockpit.outcome.choose(outcome)
    for field, value in fields:
        await cockpit.outcome.set_field(field, value)
    return await cockpit.outcome.save_form() if view.form else view


async def test_b21_the_report_says_how_soon_callers_were_known(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    for person, seconds in ((ann, 1.5), (bo, 6)):
        await bench.cockpit.incoming.open_look_up()
        bench.clock.step(20)
        bench.cockpit.callers.look_up(person.name[:2])
        bench.clock.step(seconds)
        await bench.cockpit.callers.choose(person.id, person.name[:2])
        await bench.cockpit.call.over()
        await bench.cockpit.outcome.choose("talked")
        await bench.cockpit.outcome.save_form()
    report = bench.cockpit.report()
    ready = next(figure for figure in report.figures if figure.name == "callback_ready")
    assert (ready.hits, ready.total) == (1, 2)
    assert report.callers_s == pytest.approx(3.75)
    assert [call.identify_s for call in bench.store.calls()] == [1.5, 6]


async def test_b30_letting_go_early_records_a_reason_and_is_in_the_report(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "no_answer", Category.NO_ANSWER, 9)
    await bench.cockpit.open()
    for _ in range(2):
        await bench.cockpit.people.skip(ann.id)
        await bench.cockpit.question.answer("1")
    await bench.cockpit.people.skip(ann.id)
    await bench.cockpit.question.answer("x")
    await bench.cockpit.question.answer("1")
    assert bench.cockpit.report().gave_up == (("Ann Rossi", "no interest after several tries"),)
    assert section(bench.cockpit.report_page(), "Let go early") == (
        "Ann Rossi: no interest after several tries",
    )


async def test_b30_a_person_is_let_go_from_their_card_at_any_time_and_taken_up_again(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "no_answer", Category.NO_ANSWER, 9)
    await bench.cockpit.open()
    view = await bench.cockpit.people.ask_pursuit(ann.id)
    assert [key for key, _ in view.ask.choices] == ["e", "x"]
    view = await bench.cockpit.question.answer("x")
    await bench.cockpit.question.answer(view.ask.default)
    stopped = bench.store.contact(ann.id)
    assert (stopped.pursuit, stopped.pursuit_reason) == ("stopped", "no interest after several tries")
    assert next_step_of(bench.cockpit, ann.id).action == "stop"
    view = await bench.cockpit.people.ask_pursuit(ann.id)
    assert [key for key, _ in view.ask.choices] == ["e", "r"]
    view = await bench.cockpit.question.answer("r")
    assert [row.name for row in view.queue.ready] == ["Ann Rossi"]
    assert bench.cockpit.report().gave_up == ()


async def test_b30_u_takes_a_stop_back_and_not_the_call_before_it(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await ring(bench, "Bo Lund", "no_answer")
    await bench.cockpit.session.to_queue()
    await bench.cockpit.people.ask_pursuit(ann.id)
    await bench.cockpit.question.answer("x")
    await bench.cockpit.question.answer("4")
    assert bench.store.contact(ann.id).pursuit_reason == "no budget"
    view = await bench.cockpit.undo.last()
    assert (view.phase, bench.store.contact(ann.id).pursuit) == (Phase.QUEUE, "")
    assert "Ann Rossi" in [row.name for row in view.queue.ready]
    assert [call.voided_at for call in bench.store.calls(bo.id)] == [None]


async def test_b30_a_promise_stands_although_the_person_is_let_go_and_that_is_said(bench):
    ann = bench.people("Ann Rossi")[0]
    promise = Promise(bench.clock.now() + timedelta(hours=2), "Europe/London")
    past(bench, ann, "promise", Category.PROMISE, 1, promise=promise)
    await bench.cockpit.open()
    await bench.cockpit.people.ask_pursuit(ann.id)
    view = await bench.cockpit.question.answer("e")
    assert "What you promised still stands" in view.saved.note
    assert next_step_of(bench.cockpit, ann.id).kind == "promise"


async def test_b31_every_other_day_is_no_pest_and_a_fourth_call_in_a_week_is_listed(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    for days in (7, 5, 3):
        past(bench, ann, "no_answer", Category.NO_ANSWER, days)
    for days in (6, 5, 4, 3):
        past(bench, bo, "no_answer", Category.NO_ANSWER, days)
    await bench.cockpit.open()
    listed = bench.cockpit.report().too_many
    assert {one.name for one in listed} == {"Bo Lund"}
    assert any("over_cap" in one.codes for one in listed)


async def test_b42_a_sale_cancelled_later_counts_no_more_and_can_be_put_right(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "win", Category.WIN, 5)
    await bench.cockpit.open()
    assert bench.cockpit.report().total.wins == 1
    await bench.cockpit.messages.cancel_win(ann.id)
    view = bench.cockpit.view
    assert view.saved.text.startswith("Meeting or sale cancelled · Ann Rossi")
    report = bench.cockpit.report()
    assert (report.total.wins, report.total.agreed) == (0, 0)
    assert "cancelled later" in bench.cockpit.card.view(ann.id).history[0][1]
    await bench.cockpit.messages.cancel_win(ann.id)
    assert bench.cockpit.report().total.wins == 1


async def test_b42_a_cancelled_sale_is_a_talk_without_an_agreement_from_that_day_on(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    bench.store.commit(Change(contacts=(replace(bo, customer=True),)), bench.clock.now())
    for person in (ann, bo):
        past(bench, person, "win", Category.WIN, 20)
    await bench.cockpit.open()
    assert next_step_of(bench.cockpit, ann.id).kind == "check_in"
    await bench.cockpit.messages.cancel_win(ann.id)
    step = next_step_of(bench.cockpit, ann.id)
    assert (step.action, step.kind) == ("call", "follow_up")
    assert step.due.date() == (bench.clock.now() + timedelta(days=7)).date()  # five days on is a Saturday
    assert "cancelled on Mon 23 Nov" in sentences(step)[0]
    await bench.cockpit.messages.cancel_win(bo.id)
    assert next_step_of(bench.cockpit, bo.id).kind == "check_in"


async def test_b42_u_takes_a_cancelled_sale_back_and_leaves_the_calls_alone(bench):
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    past(bench, ann, "win", Category.WIN, 5)
    await bench.cockpit.open()
    await ring(bench, "Bo Lund", "no_answer")
    await bench.cockpit.session.to_queue()
    await bench.cockpit.messages.cancel_win(ann.id)
    view = await bench.cockpit.undo.last()
    assert (view.phase, bench.cockpit.report().total.wins) == (Phase.QUEUE, 1)
    assert (await bench.cockpit.undo.last()).card.name == "Bo Lund"


async def test_b46_monthly_calls_they_asked_for_are_no_pest_and_the_same_unasked_end(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    asked = Preferences(every=28, since=bench.clock.now() - timedelta(days=1200))
    bench.store.commit(Change(contacts=(replace(ann, prefers=asked),)), bench.clock.now())
    for month in range(36, 0, -1):
        past(bench, ann, "talked", Category.CONVERSATION, month * 28)
        past(bench, bo, "no_answer", Category.NO_ANSWER, month * 28)
    await bench.cockpit.open()
    assert "Ann Rossi" not in {one.name for one in bench.cockpit.report().too_many}
    assert next_step_of(bench.cockpit, bo.id).action != "call"
    assert "You" not in bench.cockpit.card.explain(bo.id)[0]


async def test_b47_after_the_last_try_the_card_says_e_mail_and_after_the_last_e_mail_it_stops(bench):
    ann = bench.people("Ann Rossi")[0]
    for days in (40, 38, 35, 33, 30, 31):
        past(bench, ann, "no_answer", Category.NO_ANSWER, days)
    await bench.cockpit.open()
    assert bench.cockpit.card.explain(ann.id)[0] == "6 calls without an answer."
    for _ in range(6):
        await bench.cockpit.messages.sent(ann.id, "email", "", bench.clock.now())
    assert "let go" in " ".join(bench.cockpit.card.explain(ann.id))
    assert bench.cockpit.messages.due_by("email") == []


async def test_b48_softened_people_are_on_the_list_of_their_channel_until_the_message_is_sent(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    past(bench, ann, "nurture", Category.NURTURE, 31)
    past(bench, bo, "talked", Category.CONVERSATION, 40)
    wish = Preferences(every=30, channel="text", since=bench.clock.now() - timedelta(days=40))
    bench.store.commit(Change(contacts=(replace(bo, prefers=wish),)), bench.clock.now())
    view = await bench.cockpit.open()
    assert not view.queue.ready
    assert [touch.contact.name for touch in bench.cockpit.messages.due_by("email")] == ["Ann Rossi"]
    assert [touch.contact.name for touch in bench.cockpit.messages.due_by("text")] == ["Bo Lund"]
    await bench.cockpit.messages.ask_sent(ann.id)
    view = await bench.cockpit.question.answer("e")
    assert view.saved.text.startswith("E-mail sent · Ann Rossi → ")
    assert bench.cockpit.messages.due_by("email") == []
    sent = bench.store.calls(ann.id)[-1]
    assert (sent.channel, sent.dials) == ("email", ())
    assert bench.cockpit.report().total.dials == 2
    assert bench.cockpit.card.view(ann.id).history[0][1] == "You sent an e-mail"


async def test_b48_u_undoes_a_message_noted_by_mistake_and_it_is_due_again(bench):
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    past(bench, ann, "nurture", Category.NURTURE, 31)
    await bench.cockpit.open()
    await ring(bench, "Bo Lund", "no_answer")
    await bench.cockpit.session.to_queue()
    await bench.cockpit.messages.ask_sent(ann.id)
    await bench.cockpit.question.answer("e")
    view = await bench.cockpit.undo.last()
    assert (view.phase, view.notice.text) == (Phase.QUEUE, "Undone: Ann Rossi, e-mail.")
    assert [touch.contact.name for touch in bench.cockpit.messages.due_by("email")] == ["Ann Rossi"]
    assert "undone" in bench.cockpit.card.view(ann.id).history[0][1]
    assert (await bench.cockpit.undo.last()).card.name == "Bo Lund"


async def test_b49_after_three_gatekeepers_another_way_in_is_proposed_and_the_rep_may_call(bench):
    ann = bench.people("Ann Rossi")[0]
    for days in (9, 6, 3):
        past(bench, ann, "gatekeeper", Category.GATEKEEPER, days)
    view = await bench.cockpit.open()
    assert "Ann Rossi" not in [row.name for row in view.queue.ready]
    assert "find another way in" in bench.cockpit.card.explain(ann.id)[0]
    await bench.cockpit.queue.select(ann.id)
    assert (await call_selected(bench.cockpit, 5)).phase is Phase.RINGING


async def test_b52_the_report_leads_with_outcomes_and_dials_come_last_and_grey(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await ring(bench, "Ann Rossi", "win", talk=True)
    await ring(bench, "Bo Lund", "no_answer")
    page = bench.cockpit.report_page()
    assert page.sections[0] == (
        "What it brought",
        ("1 talked", "1 agreed", "1 meeting or sale"),
    )
    assert page.sections[-1] == ("Dials", ("2 dials to 2 people",))
    assert "2 dials to 2 people" in page.quiet
    hours = section(page, "When people answer, in their time")
    assert set(hours) <= set(page.quiet)
    assert "too few to tell" in hours[0]
    assert all("=" in line for line in section(page, "Rates"))


async def test_a_promise_is_announced_at_its_minute_and_the_card_in_hand_stays(make_bench):
    for alarm in (True, False):
        bench = make_bench()
        bench.settings = replace(bench.settings, alarm=alarm)
        bench.killed_and_started_again()
        ann, _ = bench.people("Ann Rossi", "Bo Lund")
        promise = Promise(bench.clock.now() + timedelta(minutes=10), "Europe/London")
        past(bench, ann, "promise", Category.PROMISE, 1, promise=promise)
        await bench.cockpit.open()
        await bench.cockpit.queue.select(bench.contact("Bo Lund").id)
        await call_selected(bench.cockpit, 60)
        bench.clock.step(minutes=9, seconds=55)
        assert (await bench.cockpit.tick()).notice is None
        bench.clock.step(6)
        view = await bench.cockpit.tick()
        assert (view.card.name, view.phase) == ("Bo Lund", Phase.RINGING)
        if alarm:
            assert "Ann Rossi" in view.notice.text
            assert view.notice.bell
            assert (await bench.cockpit.tick()).notice.id == view.notice.id
        else:
            assert view.notice is None


async def test_people_at_the_limit_of_pursuit_hold_those_never_called_and_say_why(bench):
    bench.settings = replace(bench.settings, policy=Policy(active_limit=1, zone="Europe/London"))
    bench.killed_and_started_again()
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    view = await bench.cockpit.open()
    assert len(view.queue.ready) == 2
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 60)
    bench.clock.step(5)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert "Bo Lund" not in [row.name for row in view.queue.ready]
    assert "the limit is 1" in " ".join(bench.cockpit.card.explain(bo.id))
    await bench.cockpit.undo.last()
    assert "Bo Lund" in [row.name for row in bench.cockpit.view.queue.ready]


async def test_promises_due_today_and_within_a_week_are_listed(bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    for person, hours in ((ann, 1), (bo, 50)):
        promise = Promise(bench.clock.now() + timedelta(hours=hours), "Europe/London")
        past(bench, person, "promise", Category.PROMISE, 1, promise=promise)
    await bench.cockpit.open()
    page = bench.cockpit.report_page()
    assert section(page, "Promises due today") == ("Ann Rossi: today 15:01",)
    assert section(page, "Promises due within a week") == ("Bo Lund: Wed 16:01",)
    assert section(page, "Promises") == ("2 still open",)


async def test_why_names_the_rule_and_what_each_outcome_would_do(bench):
    ann = bench.people("Ann Rossi")[0]
    past(bench, ann, "nurture", Category.NURTURE, 3)
    await bench.cockpit.open()
    said = bench.cockpit.card.explain(ann.id)
    assert any(line.startswith("Rule:") for line in said)
    assert any("No call before they are in touch" in line for line in said)
    assert said[-len(bench.settings.outcomes) - 1] == "What each outcome would lead to:"


async def test_demo_people_are_in_no_report(bench):
    await bench.cockpit.open()
    assert bench.cockpit.report_page() is None
