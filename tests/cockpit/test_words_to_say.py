"""What is words to say and what is not: a reply stands whole before the next line, and `do:` is read out nowhere."""

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.view import Phase
from tui.script.files.library import Library
from tui.script.language.line import Words

REPLY = (
    "Thank you. I'm calling because three surgeries near you asked us last week how to keep gloves in the "
    "cupboard without buying in panic on a Friday afternoon, and we wrote down what they do."
)
SCRIPT = f"""
title: Gloves
opener:
  - do: Have the price list open.
  - say: Hello, it's Sam.
  - do: Smile.
  - ask: Have you got two minutes?
    save: time
    yes: {REPLY}
    no: Of course. -> close
discovery:
  - do: Listen.
  - ask: How do you buy gloves today?
    save: how
close:
  - ask: Which day suits you?
    save: promised
    type: date
    answers: {{none: Never mind. -> end}}
gatekeeper:
  - do: Ask for help.
  - say: Good morning.
  - ask: Who looks after gloves?
they_ring_back:
  - do: Stop what you're doing.
  - ask: What can I do for you?
    save: why
objections:
  - id: price
    heard: [too expensive]
    ask: Compared with what?
    ladder:
      - {{ask: Would you decide today?, offer: I can include delivery, in_return: a decision today, approval: manager}}
"""


@pytest.fixture
async def bo(bench, tmp_path):
    """Bo's card is up; the team's only script has things to do between its words."""
    (tmp_path / "gloves.yaml").write_text(SCRIPT)
    bench.library = Library(tmp_path)
    bench.people("Bo Lund")
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await call_selected(cockpit, 15)
    return bench


async def talk(bench):
    await bench.cockpit.call.answered()
    for _ in range(3):
        view = await bench.cockpit.talk.step_on()
    return view


async def test_while_it_rings_what_is_to_be_done_stands_apart_from_what_is_to_be_said(bo):
    script = bo.cockpit.view.script
    assert script.words == (
        Words("do", "Have the price list open."),
        Words("say", "Hello, it's Sam."),
        Words("do", "Smile."),
        Words("say", "Have you got two minutes?"),
    )
    assert script.text == "Hello, it's Sam. Have you got two minutes?"


async def test_a_reply_is_said_before_the_next_line_whatever_that_is(bo):
    await talk(bo)
    view = await bo.cockpit.talk.answer("1")
    assert view.script.words == (Words("say", REPLY), Words("do", "Listen."))
    assert view.script.text == REPLY
    view = await bo.cockpit.talk.step_on()
    assert view.script.words == (Words("say", "How do you buy gloves today?"),)


async def test_a_reply_takes_its_time_too(bo):
    await talk(bo)
    assert (await bo.cockpit.talk.answer("1")).script.takes == "15 s"


async def test_a_reply_at_the_end_of_the_script_is_said_too(bo):
    await talk(bo)
    await bo.cockpit.talk.answer("2")
    view = await bo.cockpit.talk.answer("1")
    assert view.script.at_end
    assert view.script.words == (Words("say", "Never mind."),)


async def test_the_gatekeeper_hears_no_instruction_and_is_asked_the_question(bo):
    bo.clock.step(3)
    view = await bo.cockpit.outcome.choose("gatekeeper")
    assert view.script.gatekeeper == (
        Words("do", "Ask for help."),
        Words("say", "Good morning. Who looks after gloves?"),
    )


async def test_a_caller_hears_no_instruction(bo):
    [person] = bo.store.contact_ids()
    assert bo.cockpit.callers.words(person) == (
        Words("do", "Stop what you're doing."),
        Words("say", "What can I do for you?"),
    )


async def test_what_we_want_for_a_concession_is_not_read_out_as_part_of_it(bo):
    await talk(bo)
    await bo.cockpit.talk.jump("objection:price")
    await bo.cockpit.talk.step_on()
    view = await bo.cockpit.talk.step_on()
    assert bo.cockpit.view.phase is Phase.TALKING
    assert view.script.words == (
        Words("say", "I can include delivery"),
        Words("do", "In return: a decision today. Your manager must agree first."),
    )
