"""What happens by itself is said at once, in the middle of a line, and said once; whoever calls is never in the way."""

from __future__ import annotations

from tests.cockpit.conftest import with_phone
from tests.phone_bench import TellingPhone
from tests.plain.conftest import WAIT
from tui.dialer.protocol import CallState, Cause


def line_says(bench, call_id, state, **more):
    def say():
        bench.dialer.say(call_id, state, **more)
        return WAIT

    return say


def calling(bench):
    more = {"outgoing": False, "number": "+442079460101", "name": "BO"}
    return line_says(bench, "in-1", CallState.INCOMING, **more)


async def test_a_call_that_comes_in_is_said_with_the_bell_answered_and_then_the_same_question_stands_there(
    desk, bench
):
    with_phone(bench, TellingPhone())
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    connected = line_says(bench, "line-1", CallState.CONNECTED)
    said = await desk.work(
        "", desk.later(5), connected, desk.later(1), "two vans", "/", calling(bench), "f", "", desk.later(40),
        "an invoice", line_says(bench, "in-1", CallState.ENDED, cause=Cause.REMOTE), desk.later(1), "t", "", ".",
    )  # fmt: skip
    assert said.count("\nIncoming call: Bo Lund. f shows who it is, and answers.\n> ") == 1
    assert desk.bells == 1
    assert bench.dialer.answered == ["in-1"]
    assert [note.text for note in bench.store.calls(bo.id)[0].notes] == ["an invoice"]
    assert desk.answers[-3].count("What did they say?") == 1  # asked again, after the caller
    assert bench.cockpit.view.card.contact_id == ann.id


async def test_enter_behind_a_change_of_the_line_is_typed_again_and_does_nothing_else(desk, bench):
    with_phone(bench, TellingPhone())
    bench.people("Ann Rossi")
    said = await desk.work("", desk.later(5), line_says(bench, "line-1", CallState.CONNECTED), "", "")
    assert said.count("The call has just moved on.") == 2
    assert "I'd like to find out" not in said


async def test_a_promise_that_is_due_is_said_with_the_bell_in_the_middle_of_a_line(desk, bench):
    bench.people("Ann Rossi", "Bo Lund")

    def at_the_minute():
        bench.clock.step(minutes=21)
        return WAIT

    said = await desk.work("", desk.later(2), "a", ".", "c", "today 14:20", "", ".", at_the_minute, "q")
    assert said.count("Due now: you promised to call Ann Rossi") == 1
    assert desk.bells == 1
