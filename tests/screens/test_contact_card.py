"""What is decided on a person's card, and a call the law forbids, with real keys over the real cockpit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.cockpit.view import Ask
from tui.domain.cadence import Policy
from tui.domain.call import Call
from tui.domain.contact import Contact, Number, Rep
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.shared.team import Team
from tui.domain.window import Hours
from tui.storage.protocol import Change

SUNDAY_IN_ROME = datetime(2026, 11, 29, 10, 5, tzinfo=UTC)
RULE = (
    "Italy: it is Sun 29 Nov 11:05 there, outside the hours of the law. Allowed again Mon 30 Nov 09:00. "
    "(DPR 26/2022 and the code of conduct for telemarketing, as of 1 November 2026)"
)
ALL_WEEK = Policy(hours=Hours((((0, 1440),),) * 7))


@pytest.fixture
async def card(bench):
    """The card of the one person there is."""
    bench.people("Ann Rossi")
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        s = Stage(app, bench.cockpit, pilot)
        await s.press("right")
        yield s


async def test_b37_h_hands_a_person_over_with_a_note_once_they_agreed(card, bench):
    s = card
    await s.press("h", *"Jo", "tab", *"wants the export team")
    await s.press("enter")
    assert "Has Ann Rossi agreed that Jo calls from now on?" in s.text
    assert bench.contact("Ann Rossi").owner == ""
    await s.press("y")
    assert bench.contact("Ann Rossi").owner == "Jo"
    assert "Handed over · Ann Rossi → Jo · u undo" in s.text
    assert "Handed over" in s.text
    await s.press("u")
    assert bench.contact("Ann Rossi").owner == ""


@pytest.mark.parametrize(("key", "owner"), [("y", "Kat Example"), ("a", "Kat Exmaple"), ("n", "")])
async def test_b37_a_receiver_nobody_knows_is_asked_about(card, bench, key, owner):
    s = card
    bench.cockpit._state.ranking.bounds.team = Team(Rep("me", "Sam"), (Rep("", "Kat Example"),))
    await s.press("h", *"Kat Exmaple", "tab", *"wants the export team", "enter")
    assert 'Nobody on the team is called "Kat Exmaple". Did you mean Kat Example?' in s.question
    await s.press(key)
    if owner:
        assert f"Has Ann Rossi agreed that {owner} calls from now on?" in s.question
        await s.press("y")
    else:
        assert "Kat Exmaple" in s.text
    assert bench.contact("Ann Rossi").owner == owner


async def test_t_takes_a_person_over(card, bench):
    s = card
    await s.press("t")
    assert "Taken over · Ann Rossi → Sam · u undo" in s.text
    assert bench.contact("Ann Rossi").owner == "Sam"


async def test_b37_what_is_missing_is_said_and_what_was_typed_stays(card, bench):
    s = card
    await s.press("h", *"Jo", "enter")
    assert "What must Jo know about Ann Rossi?" in s.text
    await s.press(*"the export team", "enter", "n")
    assert "Ask Ann Rossi first" in " ".join(s.text.split())
    assert "the export team" in s.text
    assert bench.contact("Ann Rossi").owner == ""
    await s.press("escape")
    assert "ANN ROSSI" in s.text


async def test_b30_s_ends_the_calls_and_enter_takes_the_usual_reason(card, bench):
    s = card
    await s.press("s")
    assert "No more calls to Ann Rossi?" in s.text
    await s.press("x")
    await s.press("enter")
    assert bench.contact("Ann Rossi").pursuit_reason == "no interest after several tries"
    assert "Stopped · Ann Rossi → no interest after several tries · u undo" in s.text
    await s.press("s", "r")
    assert bench.contact("Ann Rossi").pursuit == ""


async def test_enter_answers_no_question_that_has_no_usual_answer(card, bench):
    s = card
    await s.press("s", "enter")
    assert "No more calls to Ann Rossi?" in s.text
    await s.press("escape")
    assert bench.contact("Ann Rossi").pursuit == ""


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_rule_of_law_is_shown_whole_with_its_source_and_what_to_type(stage, all_views, size):
    view = all_views["ready"]
    ask = Ask("override:+390694802000", f"{RULE} To call anyway, type your reason:", (), text=True)
    card = replace(view.card, blocked=RULE, there="11:05 in Rome")
    async with stage(replace(view, card=card, ask=ask), size=size) as s:
        assert s.question == f"{RULE} To call anyway, type your reason: > Enter take it Esc leave it"


async def test_a_call_the_law_forbids_rings_once_for_a_typed_reason(make_bench):
    bench = make_bench()
    bench.clock.step((SUNDAY_IN_ROME - bench.clock.now()).total_seconds())
    bench.settings = replace(bench.settings, allowed_countries=("IT",), policy=ALL_WEEK)
    bench.killed_and_started_again()
    born = SUNDAY_IN_ROME - timedelta(days=9)
    number = Number("+390694802000")
    ann = Contact(uuid7(born), name="Ann Rossi", created_at=born, numbers=(number,), zone="Europe/Rome")
    bench.store.commit(Change(contacts=(ann,)), bench.clock.now())
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        s = Stage(app, bench.cockpit, pilot)
        await s.press("h", "enter")
        assert bench.dialer.dialled == []
        assert "it is Sun 29 Nov 11:05 there" in s.text
        await s.press(*"they asked in writing", "enter")
        assert bench.dialer.dialled == [number.e164]
        assert "DIAL ON YOUR PHONE" in s.text


async def test_p_corrects_a_past_call_and_u_takes_that_back(card, bench):
    s = card
    await s.press("p")
    await s.cockpit.tick()  # a second later it can still be read
    await s.pilot.pause()
    assert "No call with this person is on record yet." in s.text
    ann, at = bench.contact("Ann Rossi"), bench.clock.now() - timedelta(days=2)
    calls = tuple(
        Call(uuid7(at + timedelta(hours=n)), ann.id, at + timedelta(hours=n), outcome, is_)
        for n, (outcome, is_) in enumerate(
            (("no_answer", Category.NO_ANSWER), ("voicemail", Category.VOICEMAIL))
        )
    )
    bench.store.commit(Change(calls=calls), bench.clock.now())
    await s.press("p")
    assert "Which call is to be corrected?" in s.text
    assert s.text.index("Left voicemail") < s.text.index("No answer")
    await s.press("down", "enter")
    assert "CORRECTING" in s.text
    assert "No answer: what is right?" in s.text
    assert "Esc  leave it as it was" in s.text
    await s.press("i")
    assert "Made at     2026-11-21 14:01" in s.text
    await s.press(*"she was in a meeting", "enter")
    await s.press("t", "enter")
    assert bench.store.call(calls[0].id).is_ is Category.CONVERSATION
    assert [note.text for note in bench.store.call(calls[0].id).notes] == ["she was in a meeting"]
    assert "Corrected: Talked, was No answer · Ann Rossi → again" in s.text
    await s.press("u")
    assert bench.store.call(calls[0].id).is_ is Category.NO_ANSWER


async def test_the_first_letter_typed_replaces_a_promised_time_that_is_corrected(card, bench):
    s, ann, at = card, bench.contact("Ann Rossi"), bench.clock.now() - timedelta(hours=1)
    promise = Promise(datetime(2026, 11, 27, 15, tzinfo=UTC), "Europe/London", phrase="fri 3pm")
    call = Call(uuid7(at), ann.id, at, "promise", Category.PROMISE, promise=promise)
    bench.store.commit(Change(calls=(call,)), bench.clock.now())
    await s.press("p", "enter", "c", *"fri 4pm", "enter")
    assert bench.store.call(call.id).promise.from_ == datetime(2026, 11, 27, 16, tzinfo=UTC)
