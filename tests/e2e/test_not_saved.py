"""A disk that takes nothing more, and bytes that are no UTF-8: nothing pretends, nothing is lost, nothing crashes."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.terminal import CALLED

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="the limit of another process"),
]


@pytest.fixture
def environment(environment):
    """Nothing is compiled: a module written under the limit of `fill_disk` would be cut short for every later test."""
    return environment | {"PYTHONDONTWRITEBYTECODE": "1"}


def talking(screen):
    screen.wait_for("Enter  call")
    screen.press("enter")
    screen.wait_for(CALLED + r"  \d:(?!00)")  # the key that brought us here is dropped for a moment
    screen.press_until("enter", r"TALKING  \d:(?!00)")
    screen.press("it was saved", "enter")
    screen.wait_for(r"\d\d:\d\d  it was saved")
    return screen


def fill_disk(screen, data):
    """From now on the journal cannot grow."""
    size = (data / "sessions.json.journal").stat().st_size
    resource.prlimit(screen.pid, resource.RLIMIT_FSIZE, (size, size))


def rescued(home):
    (page,) = home.glob("powerhour-not-saved-*.txt")
    return page.read_text("utf-8")


def test_leaving_on_a_full_disk_asks_writes_the_call_elsewhere_and_exits_with_1(terminal, data, home):
    screen = talking(terminal())
    fill_disk(screen, data)
    screen.press("two vans by Friday")
    screen.wait_for("not saved yet|NOT SAVED")
    screen.press("enter")
    screen.wait_for("Not saved: the disk is full")
    assert "NOT SAVED" in screen.screen()
    screen.press("ctrl+q")
    screen.wait_for("Not everything could be saved")
    screen.press("y")
    assert screen.wait_exit() == 1
    assert "two vans by Friday" in rescued(home)
    said = " ".join(screen.output.decode(errors="replace").rsplit("\x1b", 1)[-1].split())
    assert "The open call, with its notes, is in" in said
    assert "saved" not in said.replace("Not saved", "").replace("powerhour-not-saved", "").replace(
        "What was saved", ""
    )


@pytest.mark.parametrize("end", ["told to end", "window closed"])
def test_a_closed_window_on_a_full_disk_writes_the_call_elsewhere_too(terminal, data, home, end):
    screen = talking(terminal())
    fill_disk(screen, data)
    screen.press("two vans by Friday")
    screen.wait_for("not saved yet|NOT SAVED")
    if end == "window closed":
        screen.hang_up()
        assert screen.ended_within(60)
        assert screen.exit_code == 1
    else:
        screen.kill(signal.SIGTERM)
        assert screen.wait_exit() == 1
    assert "two vans by Friday" in rescued(home)


def test_a_data_folder_that_is_gone_is_said_and_the_call_is_written_elsewhere(terminal, data, home):
    screen = talking(terminal())
    data.rename(home / "moved")
    screen.press("two vans", "enter")
    screen.wait_for("Not saved")
    screen.press("ctrl+q")
    screen.wait_for("Not everything could be saved")
    screen.press("y")
    assert screen.wait_exit() == 1
    assert "two vans" in rescued(home)


def test_a_latin_1_byte_is_shown_and_survived(terminal):
    screen = talking(terminal())
    screen.write(b"Frau M\xfc")
    screen.read(0.3)
    screen.write(b"ller\r")
    screen.wait_for("\\d\\d:\\d\\d  Frau M\ufffdller")
    screen.press("ctrl+q")
    screen.wait_for("A call is open")
    screen.press("y")
    assert screen.wait_exit() == 0


def test_a_paste_of_5000_characters_is_one_note_and_whole(terminal, powerhour, data):
    screen = talking(terminal())
    text = "They want the offer by Friday. " * 170 + "ORDER 4711"
    screen.write(b"\x1b[200~" + text.encode() + b"\x1b[201~")
    screen.wait_for("ORDER 4711")
    screen.press("enter", "escape")
    screen.wait_for("CALL OVER")
    screen.press("n")
    screen.wait_for("No answer")
    screen.wait_for("Scripts do not know yet")  # the question after the first call of all
    screen.press("escape")
    screen.read(0.5)
    screen.press("ctrl+q")
    screen.read(0.5)
    screen.press("y")
    assert screen.wait_exit() == 0
    assert text in powerhour("export", "calls", "--format", "jsonl").stdout


@pytest.mark.parametrize("command", [["queue"], ["export", "contacts", "--format", "jsonl"], ["config"]])
def test_what_is_written_to_a_full_disk_is_no_success(environment, home, data, command):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "--data", str(data), *command],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=home,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "Not everything could be written: No space left on device.\n",
    )
