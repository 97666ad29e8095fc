"""An outcome that cannot be true of a call is offered nowhere: one rule of the domain, asked by all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cockpit_bench import MONDAY, call_selected
from tests.practice_bench import past
from tui.cockpit.places import outcome_of
from tui.cockpit.view import Phase
from tui.domain.call import Dial, can_end_with
from tui.domain.outcome import UNANSWERED, Category

ANSWERED = Dial("+442079460100", MONDAY, MONDAY)
NOT_ANSWERED = Dial("+442079460100", MONDAY + timedelta(minutes=2))


def offered(view):
    return {Category(row.is_) for row in view.outcomes}


@pytest.mark.parametrize(
    ("dials", "record", "missing"),
    [
        ((), None, UNANSWERED),
        ((ANSWERED,), None, UNANSWERED),
        ((ANSWERED, NOT_ANSWERED), None, frozenset()),
        ((NOT_ANSWERED,), None, frozenset()),
        ((), Category.CONVERSATION, UNANSWERED),
        ((), Category.NO_ANSWER, {Category.VOICEMAIL}),
        ((), Category.VOICEMAIL, {Category.NO_ANSWER}),
    ],
)
def test_who_called_us_was_on_the_line(dials, record, missing):
    assert {one for one in Category if not can_end_with(one, "in", dials, record)} == missing


@pytest.mark.parametrize("dials", [(), (ANSWERED,), (NOT_ANSWERED,)])
def test_a_call_of_ours_can_have_come_to_anything(dials):
    assert all(can_end_with(one, "out", dials) for one in Category)


async def called_by(bench, name="Ann Rossi"):
    """Somebody called us, and that call is over."""
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.callers.take(bench.contact(name).id, "")
    bench.clock.step(60)
    return await bench.cockpit.call.over()


async def test_b80_a_call_from_them_offers_no_answer_and_voicemail_nowhere(bench):
    view = await called_by(bench)
    assert view.phase is Phase.CALL_OVER
    assert offered(view) == set(Category) - UNANSWERED
    assert [row.is_ for row in view.outcomes if row.suggested] == [Category.CONVERSATION]
    leads_to = bench.cockpit.card.view(bench.contact("Ann Rossi").id).leads_to
    assert not [line for line in leads_to if line.startswith(("No answer", "Left voicemail"))]
    assert [line for line in leads_to if line.startswith("Talked")]


@pytest.mark.parametrize("letter", ["n", "v"])
async def test_its_letter_says_why_it_is_not_there(bench, letter):
    view = await called_by(bench)
    outcome_id = outcome_of(view, letter)  # the letter means what it always means
    view = await bench.cockpit.outcome.choose(outcome_id)
    assert (view.phase, bench.store.calls()) == (Phase.CALL_OVER, ())
    assert view.notice.text.startswith("They called you")


async def test_a_line_that_fell_and_was_called_again_can_stay_unanswered(bench):
    await called_by(bench)
    view = await bench.cockpit.call.call_again()
    assert view.phase is Phase.RINGING
    bench.clock.step(20)
    assert offered(view) == set(Category)
    await bench.cockpit.outcome.choose("voicemail")
    [call] = bench.store.calls()
    assert (call.direction, call.is_) == ("in", Category.VOICEMAIL)
    history = bench.cockpit.card.view(call.contact_id).history
    assert history[0][1] == "They called, we called back: left voicemail"


@pytest.mark.parametrize(
    ("record", "missing"),
    [
        ("talked", UNANSWERED),
        ("no_answer", {Category.VOICEMAIL}),
        ("voicemail", {Category.NO_ANSWER}),
    ],
)
async def test_a_past_call_of_theirs_may_stay_what_it_says_and_become_what_can_be(opened, record, missing):
    says = Category.CONVERSATION if record == "talked" else Category(record)
    call = past(opened, opened.contact("Ann Rossi"), record, says, 1, direction="in")
    view = await opened.cockpit.correcting.correct(call.id)
    assert offered(view) == set(Category) - missing
    assert [row.id for row in view.outcomes if row.suggested] == [record]


async def test_a_past_call_of_ours_can_become_anything(opened):
    call = past(opened, opened.contact("Ann Rossi"), "talked", Category.CONVERSATION, 1, dials=(ANSWERED,))
    view = await opened.cockpit.correcting.correct(call.id)
    assert offered(view) == set(Category)


async def test_what_was_chosen_before_by_a_mistake_is_not_proposed_again(bench):
    await called_by(bench)
    working = bench.cockpit._state.in_hand
    working.highlighted = "no_answer"
    view = await bench.cockpit.tick()
    assert [row.id for row in view.outcomes if row.suggested] == ["talked"]


async def test_a_call_of_ours_that_was_answered_too_early_can_still_be_no_answer(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.call.answered()
    view = await bench.cockpit.call.over()
    assert offered(view) == set(Category)
