"""What the settings of sessions, outcomes and the queue do."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.cockpit_bench import call_selected, next_step_of
from tests.practice_bench import past, ready_names, talk_to
from tests.settings.obeyed import shows
from tui.cockpit.view import Notice, Phase, View
from tui.dialer.protocol import Cap
from tui.domain.outcome import Category
from tui.screens.alarm import Alarm
from tui.system.terminal import TITLE


async def ringing(bench, *names, **person):
    """The first of these people is being called."""
    bench.people(*(names or ("Ann Rossi", "Bo Lund")), **person)
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    return view


@shows("sessions.minutes")
async def test_the_first_length_starts_with_enter(house):
    view = await house("sessions: {minutes: [25, 5]}").cockpit.open()
    assert view.queue.minutes == 25


@shows("sessions.goal.conversations", "sessions.goal.next_steps")
async def test_the_goal_of_an_hour_is_shared_out(house):
    bench = house("sessions: {minutes: [30], goal: {conversations: 8, next_steps: 4}}")
    view = await bench.cockpit.open()
    assert (view.queue.conversations, view.queue.next_steps) == (4, 2)


@shows("sessions.advance_after")
@pytest.mark.parametrize(
    ("caps", "phase"), [(Cap.STATES, Phase.NEXT_IN), (Cap.NONE, Phase.READY)], ids=["softphone", "by hand"]
)
async def test_a_softphone_goes_on_by_itself_after_so_many_seconds(house, caps, phase):
    bench = house("sessions: {advance_after: 4}")
    bench.dialer.caps = caps
    await ringing(bench)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert view.phase is phase
    assert view.state_s == (4.0 if phase is Phase.NEXT_IN else 0.0)


@shows("sessions.team_hour")
@pytest.mark.parametrize(
    ("written", "until"), [("14:00 mon-fri 60m", "15:00"), ("14:00 tue,thu 1h", ""), ("off", "")]
)
async def test_a_teams_power_hour_is_offered_while_it_is_on(house, written, until):
    bench = house(f'sessions: {{team_hour: "{written}"}}')
    kim = SimpleNamespace(colleagues=(("Kim", "away"),), is_in_team_hour=False, is_manager=False)
    bench.cockpit.do_not_call.sharing.team = kim
    await bench.cockpit.open()
    view = await bench.cockpit.tick()
    offer = view.team_hour.offer if view.team_hour else ""
    assert offer == (f"Your team calls together until {until}: T joins." if until else "")


@shows("sessions.autosave")
@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1s", 1),
        ("2s", 1),
        ("5s", 4),
    ],
)
async def test_what_is_typed_is_on_disk_within_the_teams_time(house, written, seconds):
    bench = house(f"sessions: {{autosave: {written}}}")
    await ringing(bench)
    await bench.cockpit.call.answered()
    await bench.cockpit.tick()
    await bench.cockpit.talk.type_note("two vans")
    after = 0
    while "two vans" not in str(bench.store.state("running")):
        bench.clock.step(1)
        after += 1
        await bench.cockpit.tick()
    assert after == seconds


@shows("sessions.alarm")
@pytest.mark.parametrize("alarm", ["on", "off"])
async def test_a_promised_minute_is_announced_unless_the_team_wants_quiet(house, alarm):
    bench = house(f"sessions: {{alarm: {alarm}}}")
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.outcome.log(
        ann, bench.settings.outcome("promise"), "", bench.clock.now(), {"when": "15:00"}
    )
    bench.clock.step(minutes=59)
    view = await bench.cockpit.tick()
    assert bool(view.notice and view.notice.bell) == (alarm == "on")


@shows("sessions.streak")
@pytest.mark.parametrize("wanted", ["on", "off"])
async def test_the_report_counts_days_in_a_row_where_that_is_wanted(house, wanted):
    bench = house(f"sessions: {{streak: {wanted}}}")
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    assert bench.cockpit.report().streak == (1 if wanted == "on" else None)


@shows("sessions.sound_check")
@pytest.mark.parametrize("check", ["on", "off"])
async def test_headset_and_quiet_are_asked_for_once_a_day(house, check):
    view = await ringing(house(f"sessions: {{sound_check: {check}}}"))
    assert ("Headset on" in view.ask.title if view.ask else False) == (check == "on")


@shows("outcomes.*.is", "outcomes.*.key", "outcomes.*.label", "outcomes.*.off")
async def test_the_outcomes_are_those_of_the_team(house):
    bench = house("outcomes: {demo: {is: win, key: b, label: Demo booked}, win: off}")
    view = await ringing(bench)
    rows = {row.id: (row.key, row.label, row.is_) for row in view.outcomes}
    assert rows["demo"] == ("b", "Demo booked", "win")
    assert "win" not in rows


@shows("outcomes.*.next")
@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "gatekeeper", "talked", "win", "nurture"])
async def test_the_next_call_comes_when_the_outcome_says_so(house, outcome):
    bench = house(f"outcomes: {{{outcome}: {{next: 14d}}}}")
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.outcome.log(ann, bench.settings.outcome(outcome), "", bench.clock.now(), {})
    step = next_step_of(bench.cockpit, ann.id)
    since = (
        (step.valid_until if step.action == "nurture" else step.due) or bench.clock.now()
    ) - bench.clock.now()
    assert timedelta(days=13) < since < timedelta(days=16)


@shows("outcomes.*.next")
@pytest.mark.parametrize(
    ("outcome", "wait", "said"),
    [("win", "14d", "a friendly call Mon 7 Dec"), ("nurture", "45d", "no call for 45 days")],
)
async def test_the_wait_of_an_outcome_is_the_one_that_is_said(house, outcome, wait, said):
    view = await ringing(house(f"outcomes: {{{outcome}: {{next: {wait}}}}}"))
    assert said in {row.id: row.effect for row in view.outcomes}[outcome]


@shows("outcomes.*.next")
async def test_the_form_of_a_talk_says_the_wait_of_its_outcome(house):
    bench = house("outcomes: {talked: {next: 14d}}")
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await talk_to(bench, "Ann Rossi")
    view = await bench.cockpit.outcome.choose("talked")
    again = next(line for line in view.form.fields if line.id == "again")
    assert again.preview == ("Did not ask: again Mon 7 Dec, afternoon",)


@pytest.mark.parametrize("outcome", ["promise", "not_a_fit", "wrong_number", "do_not_call"])
def test_a_wait_that_would_do_nothing_is_told(settings_from, outcome):
    problems = settings_from(f"outcomes: {{{outcome}: {{next: 14d}}}}").problems
    assert [problem.code for problem in problems] == ["PH923"]


@shows("outcomes.*.owes")
@pytest.mark.parametrize(
    "outcome", ["no_answer", "voicemail", "gatekeeper", "talked", "win", "nurture", "not_a_fit"]
)
async def test_what_an_outcome_owes_stands_under_to_do(house, outcome):
    bench = house(f"outcomes: {{{outcome}: {{owes: the price list}}}}")
    await talk_to_or_call(bench, outcome)
    assert [call.owed.what for call in bench.store.calls() if call.owed] == ["the price list"]


async def talk_to_or_call(bench, outcome: str):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    if outcome in ("no_answer", "voicemail"):
        await call_selected(bench.cockpit, 15)
        bench.clock.step(5)
    else:
        await talk_to(bench, "Ann Rossi")
    view = await bench.cockpit.outcome.choose(outcome)
    if view.form:
        await bench.cockpit.outcome.save_form()


@shows("queue.fresh_share")
@pytest.mark.parametrize(("share", "first"), [("0%", "Ann Rossi"), ("100%", "Bo Lund")])
async def test_the_share_of_people_never_called_is_the_teams(house, share, first):
    bench = house(f"queue: {{fresh_share: {share}}}")
    (ann,) = bench.people("Ann Rossi")
    bench.people("Bo Lund", "Cy Moss", "Di Park")
    past(bench, ann, "no_answer", Category.NO_ANSWER, 9)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(bench.contact("Di Park").id)
    await call_selected(bench.cockpit, 15)
    bench.clock.step(5)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert (view.card.name == "Ann Rossi") == (first == "Ann Rossi")


@shows("queue.fresh_share")
async def test_the_share_that_is_said_is_the_one_that_is_kept(house):
    bench = house("queue: {fresh_share: 40%}")
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    assert any("at least 40% of calls" in line for line in bench.cockpit.card.explain(ann.id))


@shows("queue.priority_field")
async def test_the_teams_own_column_of_priorities_ranks_an_imported_list(house, tmp_path):
    rows = "".join(f"P{n},+44 20 7946 030{n},{rank}\n" for n, rank in ((1, 1), (2, 9), (3, 5)))
    (tmp_path / "prio.csv").write_text("name,phone,Rank\n" + rows)
    bench = house("queue: {priority_field: Rank}")
    bench.people("Bo Lund")
    await bench.cockpit.open()
    seen = bench.cockpit.importing.look(tmp_path / "prio.csv")
    assert dict(seen.columns)["Rank"] == "Priority"
    await bench.cockpit.importing.run(seen, lambda rows: None, lambda: False)
    view = await bench.cockpit.queue.show_list("prio")
    assert ready_names(view) == ["P2", "P3", "P1"]


@shows("queue.priority_field")
@pytest.mark.parametrize(
    ("field", "header", "taken"),
    [
        ("Rank", "Rank,Priority", "Rank"),
        ("Rank", "Priority", "Priority"),
        ("priority", "Priorità", "Priorità"),
        ('""', "Priority", ""),
    ],
)
def test_another_column_counts_only_where_the_teams_is_missing(house, tmp_path, field, header, taken):
    (tmp_path / "prio.csv").write_text(
        f"name,phone,{header}\nP1,+44 20 7946 0301,{'7,' * header.count(',')}7\n"
    )
    bench = house(f"queue: {{priority_field: {field}}}")
    found = [
        name
        for name, words in bench.cockpit.importing.look(tmp_path / "prio.csv").columns
        if words == "Priority"
    ]
    assert found == ([taken] if taken else [])


@shows("card_fields")
async def test_more_columns_stand_on_the_card(house):
    view = await ringing(house("card_fields: [last order]"), "Ann Rossi", fields={"Last Order": "May"})
    assert dict(view.card.lines)["Last order"] == "May"


@shows("bell")
@pytest.mark.parametrize("said", ["on", "off"])
def test_the_bell_sounds_at_the_minute_of_a_promise_unless_it_is_off(house, said):
    rung, told = [], []
    app = SimpleNamespace(bell=lambda: rung.append(1), is_headless=True)
    alarm = Alarm(app, told.append, bell=house(f"bell: {said}").settings.bell)
    alarm.follow(View(Phase.QUEUE, datetime.min, notice=Notice(1, "Due now", bell=True)), unseen=False)
    assert bool(rung) == (said == "on")
    assert told == [TITLE]
