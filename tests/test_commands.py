from __future__ import annotations

import pytest

from tui.commands import BY_ID, COMMANDS, PLACES, Keys
from tui.commands.keys import KEYMAPS, key_written, shown_key
from tui.domain.outcome import DEFAULT_OUTCOMES, RESERVED_KEYS

FORBIDDEN = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "f6", "f7"}
"""Keys a terminal cannot tell from others, or that the screen reader and the window want."""


def test_every_command_has_an_id_of_its_own():
    assert len(BY_ID) == len(COMMANDS)


def test_no_key_has_two_meanings_in_one_place():
    seen = [(command.where, key) for command in COMMANDS for key in command.keys]
    assert len(seen) == len(set(seen))


def test_every_command_works_in_a_place_f1_knows():
    assert {command.where for command in COMMANDS} == set(PLACES)


def test_no_key_a_terminal_cannot_tell_apart_is_bound():
    keys = {key for command in COMMANDS for key in command.keys}
    assert not keys & FORBIDDEN
    assert not any(key.startswith("alt+") for key in keys)


def test_letters_that_are_commands_beside_outcomes_are_never_an_outcome():
    beside = {"ready", "ringing", "call_over"}
    letters = {k for c in COMMANDS if c.where in beside for k in c.keys if len(k) == 1 and k.isalpha()}
    assert letters <= RESERVED_KEYS


def test_a_key_finds_its_command_in_the_first_place_that_has_one():
    keys = Keys()
    assert keys.command("enter", ("form_choice", "form")).id == "form.save"
    assert keys.command("space", ("form_choice", "form")).id == "form.next_choice"
    assert keys.command("space", ("form",)) is None


def test_a_changed_key_replaces_the_ones_of_the_table():
    keys = Keys({"queue.down": "ctrl+n"})
    assert keys.command("ctrl+n", ("queue",)).id == "queue.down"
    assert keys.command("j", ("queue",)) is None
    assert keys.shown("queue.down") == "^N"
    assert keys.command("enter", ("queue",)).id == "queue.ring"


def test_two_places_may_give_one_key_to_different_commands_after_a_change():
    keys = Keys({"ringing.answered": "y", "ready.dial": "y"})
    assert keys.command("y", ("ringing",)).id == "ringing.answered"
    assert keys.command("y", ("ready",)).id == "ready.dial"


def test_keys_are_written_as_people_know_them():
    shown = [shown_key(key) for key in ("enter", "escape", "ctrl+q", "f2", "question_mark", "G", "pagedown")]
    assert shown == ["Enter", "Esc", "^Q", "F2", "?", "G", "PgDn"]


def test_what_is_written_on_the_screen_is_the_key():
    keys = {key for command in COMMANDS for key in command.keys} | set("nvg") | {"f9"}
    assert {key: key_written(shown_key(key)) for key in keys} == {key: key for key in keys}
    assert key_written("Up/Down") == ""


@pytest.mark.parametrize("name", KEYMAPS)
def test_no_keymap_gives_a_key_two_meanings_where_an_outcome_or_another_command_has_it(name):
    keys = Keys(KEYMAPS[name])
    beside_outcomes = {"ready", "ringing", "call_over"}
    letters = {outcome.key for outcome in DEFAULT_OUTCOMES}
    for command in COMMANDS:
        for key in KEYMAPS[name].get(command.id, command.key).split(","):
            assert keys.command(key, (command.where,)) is command, key
            assert command.where not in beside_outcomes or key not in letters
            if command.where != "everywhere":
                assert keys.command(key, ("everywhere",)) is None


OUTCOME = "outcome"
SAME = {"choose": "down", "undo the last call": "undo", "end the session": "report", "the numbers": "report"}
"""Labels that say the same: what the session brought is where it is ended."""
BESIDE_CALLS = "an outcome counts during a call alone, and the others work where no call is"
TWO_MEANINGS = {
    "c": ({OUTCOME, "sale cancelled", "columns"}, BESIDE_CALLS),
    "d": ({OUTCOME, "here twice?"}, BESIDE_CALLS),
    "e": ({OUTCOME, "end", "edit", "letters"}, BESIDE_CALLS),
    "h": (
        {"not today", "type a number", "hand over"},
        "the queue, the card and a person have no such key in common",
    ),
    "i": (
        {"import", "a reason of your own", "notes"},
        "something comes in: from a file, or typed for this call",
    ),
    "k": ({"up", "redial"}, "redial is told beside the line; there the arrow goes up"),
    "l": ({OUTCOME, "another list", "list name"}, BESIDE_CALLS),
    "m": ({OUTCOME, "sent a message"}, BESIDE_CALLS),
    "n": ({OUTCOME, "needs the manager"}, BESIDE_CALLS),
    "o": ({"a call made elsewhere", "other number"}, "another way to reach them"),
    "p": ({"pause", "past calls"}, "on a person's page no clock can be stopped"),
    "r": (
        {"report", "it did not happen"},
        "the second works at the end of a call alone, and undo takes it back",
    ),
    "s": ({"skip", "no more calls"}, "they are not called: put off, or for good"),
    "t": ({OUTCOME, "team settings", "take over"}, BESIDE_CALLS),
}
"""Letters with more than one meaning over all places: which, and why that may be."""


def test_a_letter_means_one_thing_wherever_it_can_be_had():
    meanings = {outcome.key: {OUTCOME} for outcome in DEFAULT_OUTCOMES}
    for command in COMMANDS:
        for key in command.keys:
            if len(key) == 1 and key.isalpha():
                label = command.label
                meanings.setdefault(key, set()).add(
                    "up" if command.id == "queue.up" else SAME.get(label, label)
                )
    found = {key: labels for key, labels in meanings.items() if len(labels) > 1}
    assert found == {key: labels for key, (labels, _) in TWO_MEANINGS.items()}
