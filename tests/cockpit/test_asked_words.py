"""Words a script asks the rep for, and answers with keys of their own."""

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.script.files.library import Library

ASKING = """
title: Spring call
variables:
  topic: {ask: yes, about: Which range do you talk about today?}
opener: Hi, may I tell you about {{topic|our spring range}}?
discovery:
  - ask: Is it of use to you?
    id: use
    save: of_use
    answers:
      of use: {hotkey: "=", say: Good.}
      of no use: {hotkey: z}
"""


@pytest.fixture
async def asking(bench, tmp_path):
    """Ann's card is up after a call to Bo; the team's only script asks the rep for a topic."""
    (tmp_path / "spring.yaml").write_text(ASKING)
    bench.library = Library(tmp_path)
    bench.people("Bo Lund", "Ann Rossi")
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(5)
    await cockpit.outcome.choose("no_answer")
    return bench


async def test_a_script_may_ask_the_rep_for_a_word_and_keeps_it_for_every_call(asking):
    view = asking.cockpit.view
    assert view.phase is Phase.READY
    assert dict(view.card.lines)["Fill in"] == "Which range do you talk about today?"
    assert "our spring range" in view.script.text
    [(name, _, _)] = view.script.asks
    view = await asking.cockpit.talk.fill_in(name, "roof racks")
    assert "roof racks" in view.script.text
    assert "Fill in" not in dict(view.card.lines)
    again = asking.killed_and_started_again()
    await again.open()
    assert "roof racks" in again.view.script.text


async def test_starting_still_costs_one_key_when_a_script_asks_for_a_word(asking):
    view = await asking.cockpit.call.dial()
    assert view.phase in (Phase.DIALLING, Phase.RINGING)


async def test_an_answer_shows_its_own_sign_and_the_digit_that_gives_it_a_letter_gives_none(asking):
    cockpit = asking.cockpit
    await cockpit.call.dial()
    asking.clock.step(3)
    await cockpit.call.answered()
    view = await cockpit.talk.step_on()
    assert [(answer.digit, answer.key, answer.letter) for answer in view.script.answers] == [
        ("1", "=", ""),
        ("2", "", "z"),
        ("0", "", ""),
    ]
    assert [answer.label for answer in view.script.answers] == ["of use (=)", "of no use", "Did not ask"]
