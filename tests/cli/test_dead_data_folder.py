"""A data folder on a network drive that is gone: a sentence after a bounded wait, and the end."""

from __future__ import annotations

import argparse
import os
import threading
from concurrent.futures import wait

import pytest

from tests.cli.test_every_command import ALL, arguments
from tui.cli import doctor, machine, wiring
from tui.storage.tiny import FILE
from tui.system import readfile

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


class Over(threading.Event):
    """The test is over; `waiting`: so many have waited for that."""

    waiting = 0

    def wait(self, timeout=None):
        self.waiting += 1
        return super().wait(timeout)


@pytest.fixture
def dead(monkeypatch):
    """Whatever asks for a file of the store waits until the test is over."""
    over = Over()
    monkeypatch.setattr(wiring, "opened", lambda path: over.wait() and None)
    yield over
    over.set()


@pytest.mark.parametrize("command", ["queue", "report", "log", "dnc add", "export"])
def test_a_command_says_that_the_data_folder_does_not_answer_and_ends(run, home, dead, monkeypatch, command):
    answered = wiring.answered

    def soon(work, seconds):  # the data folder is given up soon; nothing else is, however slow the machine
        return answered(work, 0.2 if "_ask_each" in work.__code__.co_names else seconds)

    monkeypatch.setattr(wiring, "answered", soon)
    done = run(*arguments(command))
    assert done.code == 1
    assert "The data folder does not answer: " in done.err
    assert "--data DIR" in done.err


def test_the_doctor_tells_every_other_line(run, monkeypatch, dead):
    def answered(work, _seconds):  # who waits for the drive is given up at once, and nobody else ever is
        before = dead.waiting
        begun = readfile._begun(work, "answered")
        while not wait((begun,), 0.01).done:
            if dead.waiting > before:
                raise TimeoutError
        return begun.result()

    monkeypatch.setattr(doctor, "answered", answered)
    monkeypatch.setattr(machine, "data_folder", lambda _: dead.wait())
    rows = {row["name"]: row for row in run("doctor", "--json").rows}
    for name in ("Data folder", "Contacts and calls"):
        assert (rows[name]["status"], rows[name]["found"]) == ("missing", "does not answer")
    assert rows["Python"]["status"] == rows["YAML"]["status"] == "ok"
    assert {"Settings", "Scripts", "You"} <= rows.keys()


@needs_pipes
@pytest.mark.parametrize(
    "name",
    [
        FILE,
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in (f"{FILE}.journal", f"{FILE}.lock", f"{FILE}.bak", "do_not_call.inbox")
        ),
    ],
)
def test_a_pipe_in_place_of_a_file_of_the_store_is_refused_by_every_command(run, home, data, name):
    data.mkdir()
    os.mkfifo(data / name)
    (home / "register.txt").write_text("+442079460112\n")
    (home / "customers.csv").write_text("Name,Phone\nAnn Rossi,+44 20 7946 0100\n")
    seen = set()
    for command in ALL:
        done = run(*arguments(command))
        assert done.code in (0, 1, 2), command
        assert "Traceback" not in done.err + done.out, command
        if f"{data / name}: it is no ordinary file. Move it away." in done.err + done.out:
            seen.add(command)
    assert {"queue", "log", "report", "export", "contacts", "import", "dnc add", "doctor"} <= seen


@needs_pipes
def test_the_cockpit_refuses_it_too(run, data):
    data.mkdir()
    os.mkfifo(data / FILE)
    parts = wiring.assemble(argparse.Namespace(workspace=None, data=str(data)))
    with (
        pytest.raises(wiring.RefusedError, match="no ordinary file"),
        wiring.writing(parts, wait=False),
    ):
        pass
