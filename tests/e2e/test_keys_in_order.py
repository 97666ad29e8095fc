"""Keys in a real terminal while the program is held up: they are acted upon in the order they were typed."""

from __future__ import annotations

import signal

import pytest

from tests.e2e.test_main_job import GOOGLE
from tests.terminal import CALLED

pytestmark = pytest.mark.e2e


@pytest.fixture
def talking(terminal, powerhour, home, environment):
    """The program in a call."""
    file = home / "contacts.csv"
    file.write_text(GOOGLE, "utf-8")
    powerhour("import", str(file), "--yes", "--region", "GB")
    screen = terminal(env={"POWERHOUR_NOW": "2026-11-23T14:30:00+00:00"})
    screen.wait_for("Ready now")
    screen.press("enter")
    screen.wait_for(CALLED)
    screen.read(1.2)
    screen.press_until("enter", "TALKING")
    return screen


def held_up(screen, seconds, *reads):
    """Stop the program, type, and let it go on after so long."""
    screen.kill(signal.SIGSTOP)
    for one in reads:
        screen.write(one)
        screen.read(seconds / len(reads))
    screen.kill(signal.SIGCONT)


@pytest.mark.parametrize("seconds", [0.0, 0.15, 0.6])
def test_notes_and_enter_typed_while_the_program_is_held_up_are_as_many_notes(talking, seconds):
    held_up(
        talking, seconds, b"two ", b"vna\x7f\x7fans\rabout", b" the fair\x1b[D\x1b[D", b"\x7fF\r", b"third"
    )
    screen = talking.wait_for(r"> third")
    assert " two vans\n" in screen
    assert " about the fFir\n" in screen


def test_lines_pasted_without_marks_are_lines_of_one_note_and_no_enter(talking):
    talking.write(b"They have two vans already.\rCall after the fair.\rAsk for Jo.\r")
    talking.wait_for("already.↵Call after the fair.↵Ask for Jo.")
    talking.press("enter")
    assert "TALKING" in talking.wait_for(r"They have two vans already. …")


def test_esc_and_a_letter_in_one_read_are_both_keys(talking):
    held_up(talking, 0.1, b"a note\x1bc")
    talking.wait_for("We call back")
    assert "a note" in talking.wait_for("When")
