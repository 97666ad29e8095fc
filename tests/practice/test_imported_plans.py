"""A plan in a file is not a call, and "last contacted" in a file is one more reason to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.cockpit_bench import call_selected, next_step_of
from tests.practice_bench import ready_names
from tui.domain.outcome import Category
from tui.domain.promise_state import open_plan

HEAD = "First Name,Last Name,Company Name,Phone Number,Last Contacted,Next Activity Date,Time Zone\n"
ANN = "Ann,Reed,Bramble Ltd,+44 20 7946 0801,{touched},{planned},\n"
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def tuesday(bench):
    """A bench on Tuesday 24 November 2026, 09:30 in London."""
    bench.clock.step((MORNING - bench.clock.now()).total_seconds())
    return bench


async def imported(bench, tmp_path, touched="", planned="", row=ANN):
    file = tmp_path / "autumn.csv"
    file.write_text(HEAD + row.format(touched=touched, planned=planned))
    seen = bench.cockpit.importing.look(file, region="GB")
    return await bench.cockpit.importing.run(seen, lambda rows: None, lambda: False)


def ann(bench):
    return bench.contact("Ann Reed")


def rows(view):
    return {row.name: row.why for row in (*view.queue.ready, *view.queue.later, *view.queue.held)}


async def called(bench, outcome="no_answer"):
    await bench.cockpit.queue.select(ann(bench).id)
    await call_selected(bench.cockpit, 30)
    if bench.cockpit.view.phase == "ready":
        await bench.cockpit.call.dial()
    bench.clock.step(5)
    if outcome == "talked":
        await bench.cockpit.call.answered()
        bench.clock.step(60)
        await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose(outcome)
    if bench.cockpit.view.phase == "form":
        await bench.cockpit.outcome.save_form()
    await bench.cockpit.session.to_queue()


def plan(bench):
    return open_plan(bench.store.plans(ann(bench).id), [c for c in bench.store.calls() if not c.voided_at])


async def test_a_planned_call_is_no_call_and_is_offered_at_its_time(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-26")
    assert tuesday.store.calls() == ()
    assert tuesday.cockpit.report().is_empty
    view = await tuesday.cockpit.tick()
    assert ready_names(view) == []
    assert rows(view) == {"Ann Reed": "Planned call: Thu"}
    assert "Planned call: Thu 26 Nov 2026, from the list autumn." in tuesday.cockpit.card.explain(
        ann(tuesday).id
    )
    assert (
        dict(tuesday.cockpit.card.view(ann(tuesday).id).lines)["Planned call"] == "Thu, from the list autumn"
    )
    tuesday.clock.step(2 * 86_400)
    view = await tuesday.cockpit.tick()
    assert ready_names(view) == ["Ann Reed"]
    assert rows(view) == {"Ann Reed": "Planned call: today"}


@pytest.mark.parametrize("planned", ["2026-11-20 11:00", "2026-11-20"])
async def test_a_plan_of_last_week_breaks_no_promise_and_no_script_apologises(tuesday, tmp_path, planned):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned=planned)
    view = await tuesday.cockpit.tick()
    assert ready_names(view) == ["Ann Reed"]
    assert rows(view)["Ann Reed"].startswith("Planned call: Fri 20 Nov")
    assert tuesday.cockpit.report().is_empty
    await tuesday.cockpit.queue.select(ann(tuesday).id)
    view = await call_selected(tuesday.cockpit, 30)
    said = view.script.text + view.script.voicemail.casefold()
    card = " ".join(f"{label} {value}" for label, value in view.card.lines)
    assert not any(word in said for word in ("sorry", "i said i would", "promised", "not spoken before"))
    assert "Promised" not in card
    assert "from the list autumn" in card


async def test_a_call_that_works_the_plan_closes_it_and_undo_opens_it_again(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-24 09:00")
    await called(tuesday)
    assert plan(tuesday) is None
    assert next_step_of(tuesday.cockpit, ann(tuesday).id).kind == "follow_up"
    await tuesday.cockpit.undo.last()
    assert plan(tuesday) is not None


async def test_an_unanswered_call_before_its_day_leaves_the_plan_and_a_talk_closes_it(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-26")
    await called(tuesday)
    assert plan(tuesday) is not None
    assert next_step_of(tuesday.cockpit, ann(tuesday).id).kind == "planned"
    tuesday.clock.step(86_400)
    await called(tuesday, "talked")
    assert plan(tuesday) is None


async def test_a_call_from_them_closes_the_plan(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-26")
    await tuesday.cockpit.callers.choose(ann(tuesday).id)
    tuesday.clock.step(60)
    await tuesday.cockpit.call.over()
    await tuesday.cockpit.outcome.choose("talked")
    await tuesday.cockpit.outcome.save_form()
    assert plan(tuesday) is None


async def test_the_same_file_again_plans_nothing_new_and_a_worked_plan_stays_worked(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-24")
    first = tuesday.store.plans(ann(tuesday).id)
    await called(tuesday)
    report = await imported(tuesday, tmp_path, planned="2026-11-24")
    assert (report.created, report.updated) == (0, 0)
    assert tuesday.store.plans(ann(tuesday).id) == first
    assert plan(tuesday) is None


async def test_another_date_of_the_same_list_replaces_the_plan_and_the_old_one_may_come_back(
    tuesday, tmp_path
):
    await tuesday.cockpit.open()
    for planned in ("2026-11-26", "2026-12-03", "2026-11-26"):
        await imported(tuesday, tmp_path, planned=planned)
        assert plan(tuesday).when.local_day.isoformat() == planned
    assert len(tuesday.store.plans(ann(tuesday).id)) == 2
    await imported(tuesday, tmp_path)  # a blank cell erases nothing
    assert plan(tuesday).when.local_day.isoformat() == "2026-11-26"


async def test_a_plan_keeps_to_calling_hours_in_the_persons_zone(tuesday, tmp_path):
    await tuesday.cockpit.open()
    row = "Ann,Reed,Bramble Ltd,+1 202 555 0108,,{planned},America/New_York\n"
    await imported(tuesday, tmp_path, planned="2026-11-25 06:30", row=row)
    due = next_step_of(tuesday.cockpit, ann(tuesday).id).due
    assert due == datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # nine in the morning in New York


async def test_who_asked_not_to_be_called_is_not_called_for_a_plan(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-24")
    await tuesday.cockpit.do_not_call.add(tuesday.cockpit.do_not_call.of_person(ann(tuesday), "a letter"))
    assert next_step_of(tuesday.cockpit, ann(tuesday).id).action == "do_not_call"
    assert ready_names(await tuesday.cockpit.tick()) == []


# -- last contacted


async def test_who_was_contacted_this_morning_is_not_called_today(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, touched="2026-11-24 08:55")
    view = await tuesday.cockpit.tick()
    assert ready_names(view) == []
    assert "Never called" not in " ".join(
        (*rows(view).values(), *tuesday.cockpit.card.explain(ann(tuesday).id))
    )
    step = next_step_of(tuesday.cockpit, ann(tuesday).id)
    assert step.due - datetime(2026, 11, 24, 8, 55, tzinfo=UTC) >= tuesday.settings.policy.min_gap
    assert tuesday.store.calls() == ()
    assert tuesday.cockpit.report().is_empty


async def test_who_was_contacted_weeks_ago_is_called_and_not_as_a_stranger(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, touched="2026-10-02 10:07")
    view = await tuesday.cockpit.tick()
    assert rows(view)["Ann Reed"].startswith("Last contacted Fri 2 Oct")
    assert ready_names(view) == ["Ann Reed"]
    lines = dict(tuesday.cockpit.card.view(ann(tuesday).id).lines)
    assert lines["Last contacted"] == "Fri 2 Oct, says the list autumn"
    assert "Last called" not in lines
    view = await call_selected(tuesday.cockpit, 30)
    assert dict(view.card.lines)["Last"] == "Contacted Fri 2 Oct, says the list autumn"
    said = view.script.text + view.script.voicemail
    assert "not spoken before" not in said
    assert "I called" not in said


async def test_a_later_contact_in_a_newer_file_moves_the_next_call_on(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path)
    await called(tuesday)
    before = next_step_of(tuesday.cockpit, ann(tuesday).id).due
    tuesday.clock.step(86_400)
    await imported(tuesday, tmp_path, touched="2026-11-25 09:00")
    assert next_step_of(tuesday.cockpit, ann(tuesday).id).due > before
    await imported(tuesday, tmp_path, touched="2026-10-02")
    assert ann(tuesday).touched_at.at == datetime(2026, 11, 25, 9, tzinfo=UTC)


async def test_a_customer_contacted_yesterday_gets_no_friendly_call_today(tuesday, tmp_path):
    head = HEAD.replace("Time Zone", "Customer")
    file = tmp_path / "customers.csv"
    file.write_text(head + "Ann,Reed,Bramble Ltd,+44 20 7946 0801,2026-11-23,,yes\n")
    await tuesday.cockpit.open()
    seen = tuesday.cockpit.importing.look(file, region="GB")
    await tuesday.cockpit.importing.run(seen, lambda rows: None, lambda: False)
    step = next_step_of(tuesday.cockpit, ann(tuesday).id)
    assert step.kind == "check_in"
    assert step.due > tuesday.clock.now() + timedelta(days=50)


async def test_a_date_still_to_come_is_no_contact_in_the_future(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, touched="2026-12-24")
    assert ann(tuesday).touched_at.at == MORNING


async def test_what_an_import_plans_leaves_nobody_waiting(tuesday, tmp_path):
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-02", touched="2026-10-02")
    await called(tuesday)
    (call,) = tuesday.store.calls()
    assert call.is_ is Category.NO_ANSWER
    found = tuesday.cockpit.report()
    assert (found.due, sum(found.ledger.values()), found.waiting.left_waiting) == ((), 0, 0)


async def test_somebody_with_a_plan_from_a_file_is_never_told_that_we_have_not_spoken(tuesday, tmp_path):
    """Whoever planned a call has probably talked to them; after our own first try that is still so."""
    await tuesday.cockpit.open()
    await imported(tuesday, tmp_path, planned="2026-11-20 11:00")
    for _ in range(2):
        await tuesday.cockpit.queue.select(ann(tuesday).id)
        view = await call_selected(tuesday.cockpit, 30)
        if view.phase == "ready":
            view = await tuesday.cockpit.call.dial()
        assert "Ann" in view.script.text
        assert "not spoken" not in view.script.text
        tuesday.clock.step(5)
        await tuesday.cockpit.outcome.choose("no_answer")
        await tuesday.cockpit.session.to_queue()
        tuesday.clock.step(days=2)


async def test_the_same_plan_under_another_name_of_the_list_comes_in_once(tuesday, tmp_path):
    await tuesday.cockpit.open()
    report = await imported(tuesday, tmp_path, planned="2026-11-26 15:00", touched="2026-11-02")
    assert (report.planned, report.touched) == (1, 1)
    assert report.taken_over == "Taken over: 1 planned call, 1 date of a last contact."
    (planned,) = tuesday.store.plans(ann(tuesday).id)
    seen = tuesday.cockpit.importing.look(tmp_path / "autumn.csv", list_name="autumn (1)", region="GB")
    await tuesday.cockpit.importing.run(seen, lambda rows: None, lambda: False)
    assert tuesday.store.plans(ann(tuesday).id) == (planned,)
    await imported(tuesday, tmp_path, planned="2026-11-27 10:00")
    waiting = [one for one in tuesday.store.plans(ann(tuesday).id) if one.replaced_at is None]
    assert [one.from_ for one in waiting] == [datetime(2026, 11, 27, 10, tzinfo=UTC)]
