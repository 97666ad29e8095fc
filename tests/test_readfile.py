"""Files of others: an ordinary one is read, and nothing else ever holds the program up."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import sys
import threading
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui.cli import wiring
from tui.cli.main import main
from tui.dialer.protocol import DialError
from tui.dialer.softphone.recording import message_seconds
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.table import read_file as read_table
from tui.script.files import suggestions
from tui.settings.places import find
from tui.system import readfile
from tui.system.readfile import aside
from tui.yamlfile.read import read_file

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


@pytest.fixture
def pipe(tmp_path):
    """A named pipe nobody ever writes into."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.fixture
def dead_drive(tmp_path, monkeypatch):
    """Every file lies on a network drive that is gone: opening one waits until the test is over.

    `tmp_path` comes first, for its folder is removed by what is put in the way here.
    """
    over = threading.Event()

    def never(*_: object) -> int:
        over.wait()
        raise OSError(errno.ETIMEDOUT, "the drive is gone")

    monkeypatch.setattr(os, "open", never)
    monkeypatch.setattr(readfile, "PATIENCE_S", 0.05)
    yield
    over.set()


def test_an_ordinary_file_is_read_up_to_the_limit_and_one_byte_more(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"x" * 100)
    assert [len(readfile.read(file, most)) for most in (200, 100, 99, 0)] == [100, 100, 100, 1]


@needs_pipes
@pytest.mark.parametrize("read", [readfile.opened, lambda path: readfile.read(path, 10)])
def test_a_pipe_and_a_device_are_refused_at_once(pipe, read):
    for path, why in (
        (pipe, "no ordinary file"),
        (Path("/dev/zero"), "no ordinary file"),
        (pipe.parent, "folder"),
    ):
        with pytest.raises(OSError, match=why):
            read(path)


@needs_pipes
def test_every_kind_of_file_says_that_a_pipe_is_none(pipe):
    with pytest.raises(ImportRefused, match="no ordinary file"):
        read_table(pipe)
    with pytest.raises(DialError, match="no ordinary file"):
        message_seconds(pipe)
    assert "no ordinary file" in read_file(pipe).problems[0].message
    assert suggestions.read(pipe) == ([], 0)
    (pipe.parent / "config.yaml").symlink_to(pipe)
    assert find(None, None, {}, cwd=pipe.parent, own_folder=pipe.parent)[0].why


def test_a_drive_that_does_not_answer_is_given_up(dead_drive, tmp_path):
    with pytest.raises(OSError, match="does not answer") as told:
        readfile.read(tmp_path / "a", 10)
    assert told.value.errno == errno.ETIMEDOUT


@pytest.mark.parametrize("part", ["find", "load"])
def test_a_command_does_not_wait_for_a_team_folder_that_is_gone(monkeypatch, capsys, tmp_path, part):
    over = threading.Event()
    monkeypatch.setattr(wiring, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(wiring, part, lambda *_, **__: over.wait() and None)
    if part == "load":
        places = find(None, tmp_path, {}, cwd=tmp_path, own_folder=tmp_path)
        monkeypatch.setattr(wiring, "find", lambda *_: places)
        monkeypatch.setattr(wiring, "_PATIENCE_S", 0.5)
    assert main(["--data", str(tmp_path), "queue"]) == 1
    over.set()
    assert "do not answer. Is a network drive gone?" in capsys.readouterr().err


def test_what_a_reading_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        readfile.answered(lambda: 1 / 0, 60)
    assert readfile.answered(lambda: 5, 60) == 5


def test_a_line_without_an_end_is_refused_with_its_number(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"one\n" + b"2" * 300)
    lines = readfile.lines(file, 200)
    assert next(lines) == b"one\n"
    with pytest.raises(OSError, match="line 2 is longer than 200 characters"):
        next(lines)


async def test_nobody_waits_for_a_thread_aside():
    begun, over, others = threading.Event(), threading.Event(), threading.enumerate()

    def work() -> None:
        begun.set()
        over.wait()

    waiting = asyncio.create_task(aside(work))
    while not begun.is_set():
        await asyncio.sleep(0.005)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    [thread] = [one for one in threading.enumerate() if one.name == "aside" and one not in others]
    assert thread.daemon  # the interpreter leaves without it
    over.set()
    assert await aside(lambda: 5) == 5
    with pytest.raises(ZeroDivisionError):
        await aside(lambda: 1 / 0)


OURS = {
    "readfile.py",
    "ending.py",
    "checkpoint.py",
    "disk.py",
    "process.py",
    "recording.py",
    "traces.py",
}
"""The opener itself, and what the program keeps in folders of its own or was installed with."""
SYSTEM = {
    "machine.py": "/proc/mounts",
    "config.py": "proc/asound/pcm",
    "choose.py": "mo.open(",
    "team_catalogue.py": "told.read_text(",
}
OPENS = re.compile(
    r"\.open\((?:encoding|\"r)|(?:path|file|wav|config)\.open\(|(?<!source)\.read_(?:text|bytes)\(|(?<![\w.])open\("
)


def test_no_other_part_opens_a_file_of_others():
    """A new one has to go through `readfile`, or say here why the file is ours."""
    for file in sorted((ROOT / "tui").rglob("*.py")):
        if file.name in OURS:
            continue
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if OPENS.search(line) and SYSTEM.get(file.name, "\0") not in line:
                assert '"x"' in line or "def " in line, f"{file.relative_to(ROOT)}:{number}: {line.strip()}"


async def test_work_beside_the_screen_gives_it_its_turn_soon() -> None:
    """An import of minutes would else keep each key for five milliseconds, and several of them in a row."""
    work = readfile.OneAtATime()
    try:
        assert await work.begin(sys.getswitchinterval) <= 0.001
    finally:
        work.end()
