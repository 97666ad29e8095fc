"""Proactive calling in short blocks, and the session's clock (B01 to B06, B10 to B12, B28, B29)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.domain.session import Goal


async def test_b01_the_first_contact_is_on_screen_and_one_key_calls(bench):
    bench.people("Ann Rossi")
    view = await bench.cockpit.open()
    assert view.phase is Phase.QUEUE
    assert view.queue.enter.name == "Ann Rossi"
    view = await call_selected(bench.cockpit)
    assert view.phase is Phase.RINGING
    assert len(bench.dialer.dialled) == 1


@pytest.mark.parametrize(("minutes", "least", "most"), [(5, 4, 6), (15, 11, 15), (60, 44, 60)])
async def test_b02_it_says_how_many_calls_fit_and_how_many_can_be_called(bench, minutes, least, most):
    bench.people(*(f"P{n} Person" for n in range(70)))
    await bench.cockpit.open()
    view = await bench.cockpit.session.set_length(minutes)
    words = view.queue.summary.split()
    assert words[0] == "70"
    assert least <= int(words[words.index("about") + 1].rstrip(".")) <= most


@pytest.mark.parametrize(
    ("typed", "minutes", "goal"),
    [
        (("25", "3", "1"), 25, (3, 1)),
        (("soon", "", "many"), 15, (0, 0)),
        (("999", "", ""), 480, (0, 0)),
        (("30 min", "", ""), 30, (0, 0)),
    ],
)
async def test_a_length_is_read_as_it_is_typed(bench, typed, minutes, goal):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    lines = dict(zip(("minutes", "conversations", "next_steps"), typed, strict=True))
    queue = (await bench.cockpit.session.type_length(lines)).queue
    assert (queue.minutes, (queue.conversations, queue.next_steps)) == (minutes, goal)


async def test_b02_any_length_of_session_can_be_started(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 7)
    assert view.clock is not None
    assert view.clock.left_s == pytest.approx(420, abs=1)


async def test_b03_a_reached_goal_may_end_the_session_with_time_left(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.session.set_length(15, 1, 1)
    await call_selected(bench.cockpit)
    bench.clock.step(5)
    await bench.cockpit.call.answered()
    bench.clock.step(60)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("promise")
    view = await bench.cockpit.outcome.save_form()
    assert (view.clock.talked, view.clock.agreed) == (1, 1)
    assert view.notice is not None
    assert "goal" in view.notice.text.lower()
    await bench.cockpit.session.show_recap()
    view = await bench.cockpit.session.end()
    assert view.phase is Phase.QUEUE
    session = bench.store.sessions()[0]
    assert session.state == "ended"
    assert session.ended_at - session.started_at < timedelta(minutes=15)
    assert session.goal == Goal(1, 1)


@pytest.mark.parametrize("moment", ["ready", "ringing", "talking", "call_over", "form", "paused"])
async def test_b04_a_customer_ringing_freezes_the_clock_and_everything_comes_back(bench, moment):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(5)
    if moment == "ready":
        await cockpit.outcome.choose("no_answer")
    if moment in ("talking", "call_over", "form"):
        await cockpit.call.answered()
        await cockpit.talk.step_on()
        await cockpit.talk.type_note("two vans, not th")
    if moment in ("call_over", "form"):
        await cockpit.call.over()
    if moment == "form":
        await cockpit.outcome.choose("promise")
        await cockpit.outcome.set_field("when", "fri 3")
    if moment == "paused":
        await cockpit.session.ask_pause()
        await cockpit.question.answer("b")
    before = await cockpit.tick()

    await cockpit.incoming.open_look_up()
    bench.clock.step(minutes=4)
    caller = cockpit.callers.look_up("eva")[0]
    view = await cockpit.callers.choose(caller.contact_id, "eva")
    assert view.inbound
    assert view.card.name == "Eva Brandt"
    bench.clock.step(60)
    await cockpit.call.over()
    await cockpit.outcome.choose("talked")
    after = await cockpit.outcome.save_form()

    assert after.phase is before.phase
    assert after.card.name == before.card.name
    assert after.draft == before.draft
    assert after.script.text == before.script.text
    if moment == "form":
        assert after.form.fields[0].value == "fri 3"
    assert after.clock.left_s == pytest.approx(before.clock.left_s, abs=2)


async def test_b04_the_clock_runs_on_after_a_caller_was_served_between_calls(bench):
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    await cockpit.outcome.choose("no_answer")
    await cockpit.incoming.open_look_up()
    await cockpit.callers.choose(bench.contact("Eva Brandt").id, "eva")
    await cockpit.call.over()
    await cockpit.outcome.choose("talked")
    before = await cockpit.outcome.save_form()
    bench.clock.step(5)
    after = await cockpit.tick()
    assert after.phase is Phase.READY
    assert before.clock.left_s - after.clock.left_s == pytest.approx(5, abs=0.5)


async def test_b05_time_for_callers_is_serving_customers_and_costs_no_pace(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    before = await cockpit.tick()
    await cockpit.incoming.open_look_up()
    for _ in range(120):
        bench.clock.step(1)
        await cockpit.tick()
    view = await cockpit.callers.gone()
    assert view.clock.serving_s == pytest.approx(120, abs=2)
    assert view.clock.left_s == pytest.approx(before.clock.left_s, abs=2)
    view = await cockpit.session.show_recap()
    lines = [line for _, lines in view.recap.sections for line in lines]
    assert "You spent 02:00 serving customers who called." in lines


async def test_b06_without_a_session_a_caller_is_found_and_logged(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.incoming.open_look_up()
    found = bench.cockpit.callers.look_up("ross")
    assert [row.name for row in found] == ["Ann Rossi"]
    view = await bench.cockpit.callers.choose(found[0].contact_id, "ross")
    assert view.phase is Phase.TALKING
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("talked")
    view = await bench.cockpit.outcome.save_form()
    assert view.phase is Phase.QUEUE
    assert bench.store.calls()[0].direction == "in"
    assert bench.store.sessions() == ()


@pytest.mark.parametrize("wanted", [False, True])
async def test_b10_the_streak_is_in_the_report_alone_and_off_until_somebody_wants_it(make_bench, wanted):
    bench = make_bench()
    bench.settings = replace(bench.settings, streak=wanted)
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    for _ in range(2):
        await call_selected(bench.cockpit, 5)
        bench.clock.step(5)
        await bench.cockpit.outcome.choose("no_answer")
        view = await bench.cockpit.session.show_recap()
        assert "in a row" not in repr(view)
        await bench.cockpit.session.end()
        bench.clock.step(days=1)
        await bench.cockpit.tick()
    assert ("2 days in a row with a session" in repr(bench.cockpit.report_page())) is wanted


async def test_b11_the_recap_opens_with_good_reactions_and_its_numbers_are_behind_a_key(bench):
    bench.people("Ann Rossi", "Bo Lund")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(5)
    await cockpit.call.answered()
    bench.clock.step(60)
    await cockpit.talk.signal("+")
    await cockpit.talk.type_note("loved the sample")
    await cockpit.call.over()
    await cockpit.outcome.choose("promise")
    await cockpit.outcome.save_form()
    view = await cockpit.session.show_recap()
    heads = [head for head, _ in view.recap.sections]
    assert heads == ["Good to hear", "Next steps", "You promised", "Tomorrow", ""]
    assert view.recap.sections[0][1] == ('Ann Rossi wants to go on: "loved the sample".',)
    assert view.recap.sections[-1][1] == ("You talked with the person you called.",)
    assert view.recap.numbers[-1] == "1 dial to 1 person"
    assert "dial" not in repr(view.recap.sections)


async def test_b12_no_answer_is_an_ordinary_step_and_never_a_warning(bench):
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert view.notice is None or view.notice.tone == "info"
    assert view.phase is Phase.READY


@pytest.mark.parametrize(("hours", "asked"), [(0, False), (9, True)])
async def test_b28_nothing_of_our_own_house_stands_between_the_rep_and_the_dial_key(bench, hours, asked):
    person = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    bench.clock.step(hours=hours)
    await bench.cockpit.tick()
    await bench.cockpit.queue.select(person.id)
    view = await call_selected(bench.cockpit, 5)
    assert (view.ask is not None) is asked
    if asked:
        assert "23:01 there, outside calling hours" in view.ask.title
        view = await bench.cockpit.call.dial()
    assert view.phase is Phase.RINGING
    assert len(bench.dialer.dialled) == 1


async def test_b29_a_skip_asks_one_key_is_reversible_and_the_third_asks_for_a_decision(bench):
    ann = bench.people("Ann Rossi", "Bo Lund")[0]
    cockpit = bench.cockpit
    await cockpit.open()
    for day in range(2):
        view = await cockpit.people.skip(ann.id)
        assert view.ask is not None
        view = await cockpit.question.answer("1")
        assert ann.id not in [row.contact_id for row in view.queue.ready]
        if day == 0:
            view = await cockpit.undo.last()
            assert ann.id in [row.contact_id for row in view.queue.ready]
            await cockpit.people.skip(ann.id)
            await cockpit.question.answer("1")
        bench.clock.step(days=1)
        await cockpit.tick()
    view = await cockpit.people.skip(ann.id)
    assert "Decide" in view.ask.title
    await cockpit.question.answer("x")
    view = await cockpit.question.answer("1")
    contact = bench.store.contact(ann.id)
    assert contact.pursuit == "stopped"
    assert contact.pursuit_reason
    assert ann.id not in [row.contact_id for row in view.queue.ready]


async def test_b43_the_first_dial_of_the_day_asks_for_headset_and_quiet_once_when_a_team_wants_it(make_bench):
    bench = make_bench()
    bench.settings = replace(bench.settings, sound_check=True)
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 15)
    assert view.ask is not None
    assert "Headset" in view.ask.title
    assert bench.dialer.dialled == []
    view = await bench.cockpit.question.answer("y")
    assert view.phase is Phase.RINGING
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("no_answer")
    view = await bench.cockpit.call.dial()
    assert view.ask is None
    assert len(bench.dialer.dialled) == 2


async def test_b43_it_is_off_by_default(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    assert (await call_selected(bench.cockpit, 15)).ask is None


async def test_esc_in_the_recap_leads_back_to_where_it_was_opened(bench):
    bench.people("Ann Rossi", "Bo Lund")
    session = bench.cockpit.session
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await session.to_queue()
    assert (await session.show_recap()).phase is Phase.RECAP
    assert (await session.leave_recap()).phase is Phase.QUEUE
    on_card = await bench.cockpit.queue.enter(bench.cockpit.view.queue.enter)
    assert on_card.card is not None
    await session.show_recap()
    assert (await session.leave_recap()).phase is on_card.phase
