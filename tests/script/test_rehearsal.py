"""Rehearsing a script: every way in, the sentence's place, live reload that stays at the sentence, edits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.script.author.preview import Rehearsal
from tui.script.files.edit import EditError
from tui.script.language.languages import seconds_to_say

SCRIPT = """\
title: A
opener: Hi {{first_name|there}}.
discovery:
  - ask: How is it going?
    save: mood
    answers: {good: Glad to hear it., bad: }
  - ask: What do you need?
    coach: Wait.
close: {ask: When shall I ring?, seconds: 9}
stop: [{say: Understood.}, {end: do_not_call}]
followup: {early: I am early., on_time: Here I am.}
voicemail: [{attempt: 1, say: First.}, {attempt: last, say: Last one.}]
"""
QUESTION = """\
  - ask: How is it going?
    save: mood
    answers: {good: Glad to hear it., bad: }
"""
TESTED = """\
title: A
opener: {variants: {A: One., B: Two.}}
"""


class Files:
    """Saves files so that every save is seen as a change, however fast it comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = 1_700_000_000

    def save(self, text: str, name: str = "a.yaml") -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        self.clock += 1
        os.utime(path, (self.clock, self.clock))
        return path


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


@pytest.fixture
def rehearsal(files):
    return Rehearsal(files.save(SCRIPT))


def way(rehearsal: Rehearsal, label: str) -> Rehearsal:
    rehearsal.begin(next(way for way in rehearsal.ways if way.label == label))
    return rehearsal


def test_it_begins_with_the_first_words_of_a_first_call(rehearsal):
    assert rehearsal.line.text == "Hi Ann."
    assert rehearsal.origin == "a.yaml:2"


def test_every_way_into_the_call_can_be_chosen(rehearsal):
    labels = [rehearsal.way.label]
    for _ in rehearsal.ways[1:]:
        rehearsal.next_way()
        labels.append(rehearsal.way.label)
    assert labels == [
        "first call",
        *(
            f"follow-up, {how}"
            for how in ("as promised", "early", "tried as promised", "late", "nothing promised")
        ),
        *("no more calls", "voicemail, try 1", "voicemail, last try"),
    ]
    rehearsal.next_way()
    assert rehearsal.way.label == "first call"


def test_a_follow_up_says_the_line_that_fits_the_promise(rehearsal):
    way(rehearsal, "follow-up, early").on()
    assert (rehearsal.line.text, rehearsal.origin) == ("I am early.", "a.yaml:11")


def test_words_the_language_brings_stand_in_no_file(rehearsal):
    way(rehearsal, "follow-up, late").on()
    assert rehearsal.line.text.startswith("I said I'd call on Friday, and I didn't.")
    assert rehearsal.origin == ""
    assert rehearsal.parts == []


def test_each_voicemail_has_its_own_place(rehearsal):
    assert way(rehearsal, "voicemail, try 1").line.text == "First."
    assert way(rehearsal, "voicemail, last try").line.text == "Last one."
    assert rehearsal.target(rehearsal.parts[0]).words == "Last one."


def test_digits_answer_space_goes_on_and_back_takes_back(rehearsal):
    rehearsal.on()
    rehearsal.answer(1)
    assert (rehearsal.line.reaction, rehearsal.line.text) == ("Glad to hear it.", "What do you need?")
    rehearsal.back()
    assert rehearsal.line.text == "How is it going?"


def test_seconds_so_far_count_what_was_said_after_answers_too(rehearsal):
    rehearsal.on()
    rehearsal.answer(1)
    said = ("Hi Ann.", "How is it going?", "Glad to hear it.", "What do you need?")
    assert rehearsal.so_far == pytest.approx(sum(map(seconds_to_say, said)))
    rehearsal.on()
    assert rehearsal.line.seconds == 9
    rehearsal.back()
    rehearsal.back()
    assert rehearsal.so_far == pytest.approx(seconds_to_say("Hi Ann.") + seconds_to_say("How is it going?"))


def test_with_nothing_known_the_default_is_said_at_the_same_line(rehearsal):
    rehearsal.with_or_without_data()
    assert rehearsal.line.text == "Hi there."
    rehearsal.with_or_without_data()
    assert rehearsal.line.text == "Hi Ann."


def test_the_teams_words_are_used_when_nothing_is_known(files):
    path = files.save("title: A\nopener: Hi {{first_name}}.\n")
    rehearsal = Rehearsal(path, defaults_for=lambda _: {"first_name": "friend"}, blank=True)
    assert rehearsal.line.text == "Hi friend."


def test_versions_under_test_are_heard_one_after_the_other(files):
    rehearsal = Rehearsal(files.save(TESTED))
    first = rehearsal.line.text
    assert rehearsal.other_version()
    assert {first, rehearsal.line.text} == {"One.", "Two."}
    assert Rehearsal(files.save(SCRIPT)).other_version() is False


def test_lines_seen_grow_as_one_walks(rehearsal):
    assert rehearsal.lines_seen == (1, 10)
    rehearsal.on()
    rehearsal.next_way()
    rehearsal.on()
    assert rehearsal.lines_seen == (3, 10)


def test_nothing_is_read_again_while_nothing_changed(rehearsal):
    before = rehearsal.loaded
    assert rehearsal.reload() is False
    assert rehearsal.loaded is before


@pytest.mark.parametrize(
    ("old", "new", "shown", "line"),
    [
        ("What do you need?", "What would help you?", "What would help you?", 7),
        ("title: A\n", "title: A\n# a comment\n\n", "What do you need?", 9),
        ("discovery:\n", "discovery:\n  - say: Put in above.\n", "What do you need?", 8),
        (
            "  - ask: How is it going?\n    save: mood\n    answers: {good: Glad to hear it., bad: }\n",
            "",
            "What do you",
            4,
        ),
        ("opener: Hi {{first_name|there}}.", "opener: [Hi., And hello.]", "What do you need?", 7),
    ],
)
def test_a_save_stays_at_the_same_sentence(rehearsal, files, old, new, shown, line):
    rehearsal.on()
    rehearsal.answer(1)
    files.save(SCRIPT.replace(old, new))
    assert rehearsal.reload()
    assert rehearsal.line.text.startswith(shown)
    assert rehearsal.origin == f"a.yaml:{line}"


def test_a_sentence_that_was_deleted_leaves_one_at_the_line_before(rehearsal, files):
    rehearsal.on()
    rehearsal.answer(2)
    files.save(SCRIPT.replace("  - ask: What do you need?\n    coach: Wait.\n", ""))
    rehearsal.reload()
    assert rehearsal.line.text == "How is it going?"


def test_a_way_that_was_deleted_starts_over(rehearsal, files):
    way(rehearsal, "no more calls")
    files.save(SCRIPT.replace("stop: [{say: Understood.}, {end: do_not_call}]\n", ""))
    rehearsal.reload()
    assert (rehearsal.way.label, rehearsal.line.text) == ("first call", "Hi Ann.")


def test_a_broken_save_keeps_the_last_good_version_and_says_why(rehearsal, files):
    rehearsal.on()
    files.save(SCRIPT.replace("opener: Hi", "opener: {{x}} Hi"))
    assert rehearsal.reload()
    assert rehearsal.line.text == "How is it going?"
    assert [(p.code, p.line) for p in rehearsal.broken] == [("PH010", 2)]
    assert rehearsal.place_on_disk == (rehearsal.path, 2)
    files.save(SCRIPT)
    assert rehearsal.reload()
    assert rehearsal.broken == ()


def test_a_file_that_is_broken_from_the_start_shows_only_why(files):
    rehearsal = Rehearsal(files.save("title: [A"))
    assert rehearsal.line is None
    assert rehearsal.broken
    for move in (
        rehearsal.on,
        rehearsal.back,
        rehearsal.next_way,
        rehearsal.with_or_without_data,
        rehearsal.begin,
    ):
        move()
    rehearsal.answer(1)
    assert rehearsal.other_version() is False
    files.save(SCRIPT)
    rehearsal.reload()
    assert rehearsal.line.text == "Hi there."


def test_a_change_in_a_shared_file_is_seen(files):
    files.save("stop: Bye.\n", "_house.yaml")
    rehearsal = way(Rehearsal(files.save("title: A\nextends: _house.yaml\nopener: Hi\n")), "no more calls")
    files.save("stop: So long.\n", "_house.yaml")
    assert rehearsal.reload()
    assert (rehearsal.line.text, rehearsal.origin) == ("So long.", "_house.yaml:1")


def test_a_shared_file_that_was_missing_is_seen_when_it_comes(files):
    rehearsal = Rehearsal(files.save("title: A\nextends: _house.yaml\nopener: Hi\n"))
    assert rehearsal.line is None
    files.save("stop: Bye.\n", "_house.yaml")
    os.utime(files.folder, (5, 5))
    rehearsal.reload()
    assert rehearsal.line.text == "Hi"


def test_an_edit_is_saved_and_seen_at_the_same_line(rehearsal):
    rehearsal.on()
    rehearsal.answer(1)
    assert [part.name for part in rehearsal.parts] == ["Question", "Tip"]
    rehearsal.edit(rehearsal.parts[0], "What would help you most?")
    assert rehearsal.line.text == "What would help you most?"
    assert rehearsal.line.reaction == "Glad to hear it."
    assert rehearsal.path.read_text("utf-8") == SCRIPT.replace(
        "What do you need?", "What would help you most?"
    )


def test_the_words_after_an_answer_can_be_edited_at_the_question(rehearsal):
    rehearsal.on()
    part = rehearsal.parts[1]
    assert part.name == "After “good”"
    rehearsal.edit(part, "Lovely.")
    assert "{good: Lovely., bad: }" in rehearsal.path.read_text("utf-8")


def test_nothing_is_edited_while_the_file_on_disk_is_broken(rehearsal, files):
    broken = SCRIPT.replace("opener: Hi", "opener: {{x}} Hi")
    files.save(broken)
    rehearsal.reload()
    with pytest.raises(EditError, match="Mend it first"):
        rehearsal.edit(rehearsal.parts[0], "Hello.")
    assert rehearsal.path.read_text("utf-8") == broken


def test_what_the_checker_says_is_at_hand(files):
    rehearsal = Rehearsal(files.save("title: A\nopener: Hi {{nobody}}.\n"))
    assert "PH201" in {problem.code for problem in rehearsal.problems}
