"""One whole call in lines: dial, talk, a customer who calls in the middle, a promise, undo, and do not call."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime

from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.plain.conftest import choices_of
from tui.cockpit.cockpit import Cockpit
from tui.domain.outcome import Category
from tui.script.files.library import Library
from tui.script.files.suggestions import FILE, read
from tui.storage.protocol import Change

SCRIPT = """
title: Spring call
opener: Hi there.
close:
  - say: "Shall we ask {{decision_maker|whoever decides}} too?"
"""


async def test_a_call_with_somebody_who_calls_in_the_middle_ends_in_the_promise_that_was_typed(desk, bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    said = await desk.work(
        "",
        desk.later(3),
        "a",
        desk.later(20),
        "two vans, not three",
        "f",
        "Bo",
        "1",
        desk.later(60),
        "asks about the invoice",
        ".",
        "t",
        "",
        "depot in Leeds",
        ".",
        "c",
        "tomorrow 15:00",
        "",
    )
    (first,) = bench.store.calls(ann.id)
    (second,) = bench.store.calls(bo.id)
    assert [note.text for note in first.notes] == ["two vans, not three", "depot in Leeds"]
    assert first.promise.from_ == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert second.direction == "in"
    assert [note.text for note in second.notes] == ["asks about the invoice"]
    assert bench.dialer.dialled == [ann.numbers[0].e164]
    assert "Tuesday 24 November" in said
    assert "\x1b" not in said


async def test_b66_every_prompt_has_its_choices_before_it_and_nothing_is_said_twice_in_a_row(desk, bench):
    bench.people("Ann Rossi", "Bo Lund")
    said = await desk.work("", desk.later(3), "a", "one", "two", ".", "n", "", desk.later(3), "v")
    talking = desk.answers[2]
    assert choices_of(talking).startswith("Type a note; Enter next line")
    assert "a Somebody answered" in choices_of(desk.answers[1])
    assert desk.answers[3] == desk.answers[4] == "Kept.\n> "
    lines = [line for line in said.splitlines() if line not in ("> ", "> Kept.", "Kept.")]
    assert [one for one, other in itertools.pairwise(lines) if one == other] == []


async def test_a_fact_and_that_nothing_fitted_are_written_down_in_lines(desk, bench, tmp_path):
    (tmp_path / "spring_call.yaml").write_text(SCRIPT, "utf-8")
    bench.library = Library(tmp_path)
    bench.cockpit = Cockpit(
        bench.store, bench.settings, lambda: bench.library, bench.dialer, bench.clock, suggestions=tmp_path
    )
    (ann,) = bench.people("Ann Rossi")
    said = await desk.work(
        "", desk.later(3), "a", "#", "asked for a leaflet", "=", "1", "Jo Marsh", "", ".", "t", ""
    )
    assert "Say: Shall we ask Jo Marsh too?" in said
    assert bench.store.contact(ann.id).remembered["decision_maker"] == "Jo Marsh"
    ((found,), _) = read(tmp_path / FILE)
    assert (found.unfit, found.new) == (True, "asked for a leaflet")


async def test_undo_takes_the_last_outcome_back_and_do_not_call_asks_whom_it_covers(desk, bench):
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    await desk.work("", desk.later(3), "n", "u", desk.later(3), ".", "x", "1", "")
    (call,) = (one for one in bench.store.calls(ann.id) if not one.voided_at)
    assert call.is_ is Category.DO_NOT_CALL
    asked = next(answer for answer in desk.answers if "1 this person" in answer)
    assert "Who?" in choices_of(asked)
    assert bench.cockpit.view.card is None or bench.cockpit.view.card.contact_id == bo.id


async def test_a_letter_that_means_nothing_says_so_and_names_the_choices_again(desk, bench):
    bench.people("Ann Rossi")
    await desk.work("ü", "", desk.later(3), "ü")
    assert desk.answers[1].startswith(
        "ü does nothing here. question mark says everything that does.\nEnter call Ann Rossi"
    )
    assert "a Somebody answered" in choices_of(desk.answers[3])


async def test_a_killed_call_comes_back_at_the_same_half_written_note(desk, bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit)
    await bench.cockpit.call.answered()
    for note in ("kept before", "two vans, not th"):
        await bench.cockpit.talk.type_note(note)
        await (bench.cockpit.talk.keep_note() if note == "kept before" else bench.cockpit.save())
    bench.killed_and_started_again()
    said = await desk.work("ree", ".")
    assert "kept before" in said
    assert "Your half-written note: two vans, not th" in said
    assert bench.cockpit.view.notes[-1].text == "two vans, not th ree"


async def test_leaving_with_an_open_call_asks_and_the_end_of_the_input_keeps_it(desk, bench):
    bench.people("Ann Rossi")
    said = await desk.work("", desk.later(3), "a", "q", ".", "q", "y")
    assert said.count("A call is open. Quit anyway?") == 2
    assert said.endswith("Saved. The open call comes back at the next start.\n")
    assert desk.ended.code == 0
    bench.killed_and_started_again()
    said = await desk.work()
    assert "You are talking with Ann Rossi." in said or "Left open" in said


async def test_a_note_of_one_sign_is_no_note_and_a_blank_before_it_makes_it_one(desk, bench):
    (ann,) = bench.people("Ann Rossi")
    await desk.work("", desk.later(3), "a", " f", "quit", ".", "t", "")
    (call,) = bench.store.calls(ann.id)
    assert [note.text for note in call.notes] == ["f", "quit"]


def test_no_word_of_the_plain_mode_holds_a_control_character():
    from tui.plain.words import WORDS

    assert [code for code, words in WORDS.items() if re.search(r"[\x00-\x1f\x7f]", words)] == []


async def test_who_dials_by_hand_is_told_to_and_nobody_says_that_it_rings(desk, bench):
    bench.people("Ann Rossi")
    said = await desk.work("", desk.later(3), "n")
    assert re.search(r"^Dial Ann Rossi, .*on your phone\.$", said, re.MULTILINE)
    assert "rings" not in said


async def test_what_the_rep_is_to_set_up_is_said_once_and_what_is_known_for_each_person(desk, bench):
    people = bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    alike = tuple(replace(one, open_problem="two boxes short") for one in people)
    bench.store.commit(Change(contacts=alike), bench.clock.now())
    bench.settings = replace(bench.settings, me=replace(bench.settings.me, name=""))
    bench.killed_and_started_again()
    said = await desk.work("", desk.later(3), "n", "", desk.later(3), "n")
    assert said.count("Set up: ") == 1
    assert said.count("two boxes short") == len(people)
