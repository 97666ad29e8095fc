"""Whatever ends the program, the terminal is left as it was found."""

from __future__ import annotations

import os
import signal

import pytest

pytestmark = pytest.mark.e2e
FIRST_SCREEN = "Enter  call"


def left_as_found(screen) -> bool:
    return (
        screen.settings == screen.settings_before
        and not screen.in_alternate_screen
        and not screen.reports_mouse
    )


def test_ctrl_q_leaves_the_terminal_as_it_was(terminal):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    assert screen.in_alternate_screen
    assert screen.settings != screen.settings_before
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0
    assert left_as_found(screen)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_on_the_queue_ends_cleanly(terminal, number):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    screen.kill(number)
    assert screen.wait_exit() == 0
    assert left_as_found(screen)
    assert "Traceback" not in screen.output.decode(errors="replace")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_a_call_keeps_the_half_written_note(terminal, number):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    screen.press("enter")
    screen.wait_for(r"RINGING  0:0[1-9]")  # the key that brought us here is dropped for a moment
    screen.press("enter")
    screen.wait_for("TALKING")
    screen.press("two vans, not th")
    screen.wait_for("two vans, not th")
    screen.kill(number)
    assert screen.wait_exit() == 0
    assert left_as_found(screen)

    again = terminal()
    again.wait_for("TALKING")
    again.wait_for("two vans, not th")


def test_a_closed_window_ends_the_program(terminal):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    screen.hang_up()
    pid = screen.pid
    assert screen.ended_within(10)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(("columns", "rows"), [(60, 20), (80, 23), (120, 40)])
def test_the_first_screen_fits_every_window_we_promise(terminal, columns, rows):
    screen = terminal(columns=columns, rows=rows)
    screen.wait_for("Enter")
    assert all(len(line) <= columns for line in screen.lines)


def test_a_window_made_small_and_large_again_goes_on(terminal):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    screen.resize(50, 10)
    screen.wait_for("60")
    screen.resize(80, 24)
    screen.wait_for(FIRST_SCREEN)


def test_without_a_terminal_the_cockpit_says_so(powerhour):
    done = powerhour()
    assert done.returncode == 1
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr
