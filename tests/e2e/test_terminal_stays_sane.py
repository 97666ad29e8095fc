"""Whatever ends the program and whenever, the terminal is left as it was found, and what was typed is there again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.terminal import CALLED, Terminal

pytestmark = pytest.mark.e2e
FIRST_SCREEN = "Enter  call"
ENDS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]
DRAWING = b"\x1b[?1049h"
"""The program has begun to take the terminal over."""
PYTHON_ITSELF = b"Could not import runpy module"
"""Python ends so where a signal comes before it has read the program: there a slow machine still is."""


def in_a_call(terminal, note=""):
    """In a call with a half-written note."""
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    screen.press("enter")
    screen.wait_for(CALLED + r"  \d:(?!00)")  # the key that brought us here is dropped for a moment
    screen.press_until("enter", "TALKING")
    if note:
        screen.press(note)
        screen.wait_for(note)
    return screen


def ended_well(screen):
    """Exit code 0, the terminal as it was, and no word of a crash."""
    assert screen.wait_exit() == 0
    assert screen.left_behind == []
    assert b"Traceback" not in screen.output


@pytest.mark.afresh
def test_ctrl_q_leaves_the_terminal_as_it_was(terminal):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    assert "line settings" in screen.left_behind
    assert "?1049 on" in screen.left_behind
    screen.press("ctrl+q")
    ended_well(screen)


@pytest.mark.parametrize("number", ENDS)
def test_a_signal_on_the_queue_ends_cleanly(terminal, number):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    screen.kill(number)
    ended_well(screen)


@pytest.mark.afresh
@pytest.mark.parametrize("number", ENDS)
def test_a_signal_while_the_first_screen_is_made_ends_cleanly(terminal, number):
    for after_s in (0, 0.01, 0.04):
        screen = terminal()
        while DRAWING not in screen.output:
            screen.take(0.005)
        time.sleep(after_s)
        screen.kill(number)
        ended_well(screen)


@pytest.mark.afresh
@pytest.mark.parametrize("number", ENDS)
def test_a_signal_before_anything_is_drawn_leaves_nothing_behind(terminal, number):
    screen = terminal()
    time.sleep(0.15)
    screen.kill(number)
    code = screen.wait_exit()
    assert code in (0, -number, 130) or (code == 1 and PYTHON_ITSELF in screen.output)
    assert screen.left_behind == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_a_call_keeps_the_half_written_note(terminal, number):
    screen = in_a_call(terminal, "two vans, not th")
    screen.kill(number)
    ended_well(screen)

    again = terminal()
    again.wait_for("TALKING")
    again.wait_for("two vans, not th")


def test_signals_at_once_with_keys_before_and_behind_them_lose_nothing(terminal):
    screen = in_a_call(terminal, "two vans, not th")
    screen.write(b"ree\rand a half")
    screen.wait_for("and a half")
    screen.write(b"\x1b?\x1b,\x1b")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        screen.kill(number)
    screen.write(b"more words\rand more\r\x11y")
    ended_well(screen)

    again = terminal()
    again.wait_for("two vans, not three")


def test_a_signal_during_the_goodbye_changes_nothing(terminal):
    screen = in_a_call(terminal, "two vans, not th")
    screen.press("ctrl+q")
    screen.wait_for("A call is open")
    screen.write(b"y")
    screen.kill(signal.SIGTERM)
    screen.kill(signal.SIGHUP)
    ended_well(screen)


def test_a_closed_window_ends_the_program_and_saves(terminal):
    screen = in_a_call(terminal, "two vans, not th")
    screen.write(b"\x1b?\x1b,\x1b" * 5)  # a lot to paint that nobody will see
    screen.hang_up()
    assert screen.ended_within(60)
    assert screen.exit_code == 0
    again = terminal()
    again.wait_for("TALKING|CALL OVER")
    again.wait_for("two vans, not th")


def test_a_closed_window_that_tells_nobody_ends_the_program_too(environment, home, data):
    # As from a shell with `trap "" HUP`: the end of the input is all there is to notice.
    argv = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *PROGRAM, "--data", str(data)]
    screen = Terminal(argv, environment, home)
    try:
        screen.wait_for(FIRST_SCREEN)
        screen.hang_up()
        assert screen.ended_within(60)
        assert screen.exit_code == 0
    finally:
        screen.close()


def stopped(screen):
    """Whether the program stands still."""
    return Path(f"/proc/{screen.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="only /proc tells whether a program stands still"
)
def test_a_stopped_program_gives_the_terminal_back_and_takes_it_again(terminal):
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    for end in (False, True):
        screen.kill(signal.SIGTSTP)
        while not stopped(screen):
            screen.read(0.05)
        screen.wait_until(lambda _: screen.left_behind == [], "the terminal is given back")
        if end:
            screen.kill(signal.SIGTERM)
        screen.kill(signal.SIGCONT)
        if not end:
            screen.wait_until(lambda _: "?1049 on" in screen.left_behind, "the terminal is taken again")
            screen.wait_for(FIRST_SCREEN)
    ended_well(screen)


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


def test_a_terminal_that_tells_its_size_by_itself_is_left_as_it_was(terminal):
    # It answers the question for mode 2048; Textual then asks for mouse positions in pixels as well.
    screen = terminal()
    screen.wait_for(FIRST_SCREEN)
    screen.write(b"\x1b[?2048;2$y")
    screen.wait_until(lambda _: "?1016 on" in screen.left_behind, "positions in pixels are on")
    screen.kill(signal.SIGTERM)
    ended_well(screen)


def test_without_a_terminal_the_cockpit_says_so(powerhour):
    done = powerhour()
    assert done.returncode == 1
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr


_IN_A_CALLBACK = """
import os, signal, weakref
from tui.__main__ import lose_no_interrupt

class Read: pass

if os.environ["WITH"]:
    lose_no_interrupt()
read = Read()
told = weakref.ref(read, lambda _: os.kill(os.getpid(), signal.SIGINT) or [one for one in range(9)])
del read
"""


@pytest.mark.parametrize(("ours", "code"), [("", 0), ("1", 130)])
def test_an_interrupt_where_python_can_raise_nothing_ends_the_program_all_the_same(ours, code):
    """As while modules are read: without this the program went on as if nobody had pressed Ctrl+c."""
    command = [sys.executable, "-c", _IN_A_CALLBACK]
    done = subprocess.run(command, env={**os.environ, "WITH": ours}, capture_output=True, timeout=60)
    assert done.returncode == code
