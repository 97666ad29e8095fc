from __future__ import annotations

from tui.commands import BY_ID, COMMANDS, PLACES, Keys, shown_key
from tui.domain.outcome import RESERVED_KEYS

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
