"""What a rep keeps during a call for the script and the trainer, and a call that is only rehearsed."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tui.cockpit.cockpit import Cockpit
from tui.script.files.edit import EditError
from tui.script.files.library import Library
from tui.script.files.suggestions import FILE, read, review, take_over

SCRIPT = """
title: Spring call
opener: Hi there.
discovery:
  - ask: How are things?
    answers: [good, bad]
close:
  - say: "Shall we ask {{decision_maker|whoever decides}} too?"
  - {say: Then I send it to Jo., when: decision_maker}
objections:
  - {id: dear, heard: [too expensive], ask: Why?}
"""


@pytest.fixture
async def talking(bench, tmp_path):
    """A call with Ann, on the first line of the script."""
    (tmp_path / "spring_call.yaml").write_text(SCRIPT, encoding="utf-8")
    bench.library = Library(tmp_path)
    bench.cockpit = Cockpit(
        bench.store, bench.settings, lambda: bench.library, bench.dialer, bench.clock, suggestions=tmp_path
    )
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 5)
    bench.clock.step(3)
    await bench.cockpit.call.answered()
    return bench


async def to_the_close(cockpit):
    await cockpit.talk.step_on()
    return await cockpit.talk.answer("1")


async def test_a_fact_is_known_to_later_lines_stays_after_a_kill_and_with_the_person(talking):
    cockpit = talking.cockpit
    assert [(fact.name, fact.value) for fact in cockpit.talk.facts()] == [("decision_maker", "")]
    await cockpit.talk.tell_fact("decision_maker", "Jo Marsh")
    view = await to_the_close(cockpit)
    assert view.script.text == "Shall we ask Jo Marsh too?"
    assert (await cockpit.talk.step_on()).script.text == "Then I send it to Jo."
    await cockpit.talk.step_back()
    cockpit = talking.killed_and_started_again()
    assert (await cockpit.open()).script.text == "Shall we ask Jo Marsh too?"
    await cockpit.call.over()
    await cockpit.outcome.choose("nurture")
    await cockpit.outcome.save_form()
    (call,) = talking.store.calls()
    assert call.answers["decision_maker"] == "Jo Marsh"
    assert not any("decision_maker" in step for step in call.steps)
    assert talking.contact("Ann Rossi").remembered["decision_maker"] == "Jo Marsh"


async def test_what_was_typed_while_they_hung_up_is_kept(talking):
    cockpit = talking.cockpit
    await cockpit.talk.type_note("the green one")
    await cockpit.talk.keep_note()
    await cockpit.call.over()
    await cockpit.talk.tell_fact("decision_maker", "Jo Marsh")
    view = await cockpit.talk.reword(0, "the blue one")
    assert [note.text for note in view.notes] == ["the blue one"]
    await cockpit.outcome.choose("nurture")
    await cockpit.outcome.save_form()
    (call,) = talking.store.calls()
    assert call.answers["decision_maker"] == "Jo Marsh"
    assert [note.text for note in call.notes] == ["the blue one"]


async def test_an_emptied_fact_is_unknown_again_and_a_name_the_script_has_not_is_not_taken(talking):
    cockpit = talking.cockpit
    await cockpit.talk.tell_fact("decision_maker", "Jo Marsh")
    await cockpit.talk.tell_fact("decision_maker", "")
    await cockpit.talk.tell_fact("my_name", "Somebody")
    view = await to_the_close(cockpit)
    assert view.script.text == "Shall we ask whoever decides too?"


@pytest.mark.parametrize("said", ["we lease them all", ""])
async def test_b78_that_nothing_fitted_goes_to_the_trainer_with_the_line_and_is_no_wording(
    talking, tmp_path, said
):
    view = await talking.cockpit.talk.nothing_fitted(said)
    assert view.notice.text.startswith("Kept for the trainer")
    found, damaged = read(tmp_path / FILE)
    assert [(one.unfit, one.old, one.new) for one in found] == [(True, "Hi there.", said)]
    assert damaged == 0
    (row,) = review(found, talking.library.loaded())
    assert row.state == "unfit"
    with pytest.raises(EditError, match="nothing of the script fitted"):
        take_over(row)


async def test_b78_a_rehearsal_has_the_words_of_the_call_and_leaves_no_trace(talking, bench):
    cockpit = bench.cockpit
    before = cockpit.view
    rehearsal, bo = cockpit.rehearsal, bench.contact("Bo Lund")
    assert rehearsal.begin(bo.id).text == "Hi there."
    assert [answer.digit for answer in rehearsal.on().answers] == ["1", "2", "0"]
    assert rehearsal.answer("2").text == "Shall we ask whoever decides too?"
    assert rehearsal.back().answers
    assert rehearsal.search("expensive")
    assert rehearsal.jump("objection:dear").text == "Why?"
    assert rehearsal.begin("nobody") is None
    assert rehearsal.script().text == ""
    assert cockpit.view == before
    assert not bench.store.calls()
    assert bench.dialer.dialled == [bench.contact("Ann Rossi").numbers[0].e164]
