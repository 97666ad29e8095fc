"""One answer of the network never condemns a number: what is suggested, said, kept and taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cockpit_bench import call_selected
from tests.phone_bench import TellingPhone, settle
from tui.dialer.protocol import CallState, Cause
from tui.domain.call import Call, Dial
from tui.domain.outcome import Category
from tui.storage.protocol import Change

SAID = "The network does not know this number (404 Not Found)."
HINT = "softphone.numbers"


@pytest.fixture
async def seeing(make_bench):
    bench = make_bench()
    bench.dialer = TellingPhone()
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund", "Cy Dow", "Dee Marsh", "Eva Brandt")
    return bench


def failed_before(bench, name: str, cause: str = "bad_number", days: int = 1, call_id: str = "") -> None:
    contact, at = bench.contact(name), bench.clock.now() - timedelta(days=days)
    dial = Dial(contact.first_number, at, ended_at=at, cause=cause)
    call = Call(call_id or f"{name}-{days}", contact.id, at, "no_answer", Category.NO_ANSWER, dials=(dial,))
    bench.store.commit(Change(calls=(call,)), at)


async def call(bench, name: str, cause: Cause = Cause.BAD_NUMBER) -> str:
    """Call somebody; the line ends so. Gives the outcome that Enter would take."""
    await bench.cockpit.queue.select(bench.contact(name).id)
    await call_selected(bench.cockpit, 15)
    if bench.cockpit.view.ask:
        await bench.cockpit.question.answer("y")
    bench.clock.step(3)
    line = f"line-{len(bench.dialer.dialled)}"
    bench.dialer.say(line, CallState.ENDED, cause=cause, detail=SAID if cause is Cause.BAD_NUMBER else "")
    await settle()
    return next((row.id for row in bench.cockpit.view.outcomes if row.suggested), "")


async def save(bench) -> None:
    bench.clock.step(3)
    await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.session.to_queue()


async def test_the_first_time_no_answer_is_suggested_and_what_the_network_said_is_told(seeing):
    await seeing.cockpit.open()
    assert await call(seeing, "Ann Rossi") == "no_answer"
    assert seeing.cockpit.view.notice.text == (
        f"{SAID} That can pass. Wrong number is suggested if it says so on another day too."
    )
    await save(seeing)
    assert seeing.store.calls()[0].dials[0].cause == "bad_number"
    assert not seeing.contact("Ann Rossi").numbers[0].bad


async def test_on_a_second_day_wrong_number_is_suggested_and_undo_gives_the_number_back(seeing):
    failed_before(seeing, "Ann Rossi")
    await seeing.cockpit.open()
    assert await call(seeing, "Ann Rossi") == "wrong_number"
    assert seeing.cockpit.view.notice.text == (
        f"{SAID} It said so on Sunday 22 November too: the number is probably wrong."
    )
    await seeing.cockpit.outcome.choose("wrong_number")
    await seeing.cockpit.outcome.save_form()
    assert seeing.contact("Ann Rossi").numbers[0].bad
    await seeing.cockpit.undo.last()
    assert not seeing.contact("Ann Rossi").numbers[0].bad


async def test_a_day_on_which_the_network_knew_nobody_condemns_no_number_on_the_next(seeing):
    for name in ("Ann Rossi", "Bo Lund", "Cy Dow"):
        failed_before(seeing, name)
    await seeing.cockpit.open()
    for name in ("Ann Rossi", "Bo Lund"):
        assert await call(seeing, name) == "no_answer"
        await save(seeing)


async def test_when_the_first_three_numbers_are_all_unknown_the_way_they_are_written_is_named_once(seeing):
    await seeing.cockpit.open()
    said = []
    for name in ("Ann Rossi", "Bo Lund", "Cy Dow", "Dee Marsh"):
        assert await call(seeing, name) == "no_answer"
        said.append(HINT in seeing.cockpit.view.notice.text)
        await save(seeing)
    assert said == [False, False, True, False]


async def test_one_number_that_was_busy_is_enough_to_know_that_numbers_are_written_well(seeing):
    await seeing.cockpit.open()
    await call(seeing, "Ann Rossi", Cause.BUSY)
    await save(seeing)
    for name in ("Bo Lund", "Cy Dow", "Dee Marsh"):
        await call(seeing, name)
        assert HINT not in seeing.cockpit.view.notice.text
        await save(seeing)


async def test_a_call_that_rings_on_other_phones_too_is_not_missed_when_nobody_takes_it_here(seeing):
    bo = seeing.contact("Bo Lund")
    await seeing.cockpit.open()
    for number, (call_id, more) in enumerate(
        (("in-1", {"cause": Cause.NO_ANSWER}), ("in-2", {"cause": Cause.ELSEWHERE}), ("in-3", {}))
    ):
        seeing.dialer.say(
            call_id, CallState.INCOMING, outgoing=False, number=bo.first_number, shared=number != 1
        )
        await settle()
        assert seeing.cockpit.view.ringing.rows[0].name == "Bo Lund"
        if more:
            seeing.dialer.say(call_id, CallState.ENDED, outgoing=False, **more)
            await settle()
        else:
            await seeing.cockpit.incoming.decline()
        where = "answered on another phone" if number == 1 else "not answered here"
        assert seeing.cockpit.view.notice.text == f"The call from Bo Lund was {where}."
        assert seeing.cockpit.view.ringing is None
    assert seeing.store.calls() == ()
