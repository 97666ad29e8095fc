"""The plain mode in a real terminal: no byte that draws, choices at every prompt, the records of the full screen."""

from __future__ import annotations

import re
import shutil
import signal
import time

import pytest
from tinydb import TinyDB

from tests.conftest import PROGRAM
from tests.terminal import CALLED, Pty, Terminal

pytestmark = pytest.mark.e2e
PEOPLE = """\
Name,Company,Phone
Ann Rossi,Acme Tools,020 7946 0100
Bo Lund,Nordkap,020 7946 0101
Eva Brandt,Brandt & Sohn,020 7946 0102
"""
MORE = "Name,Company,Phone\nDee Wu,Wu Optics,020 7946 0103\n"
"""A second file, that is imported in the cockpit."""
RINGS_S = 1.2
"""An outcome's letter counts once a line has been dialling for a second."""


class Lines(Pty):
    """A terminal that is read and typed on line by line."""

    _heard = 0

    def hears(self, pattern):
        """Wait for a prompt with these words before it; what was said since the last one."""
        end = time.monotonic() + 60
        while True:
            said = bytes(self.output[self._heard :]).decode(errors="replace").replace("\r\n", "\n")
            if said.endswith("\n> ") and re.search(pattern, said):
                self._heard = len(self.output)
                return said
            assert time.monotonic() < end, f"no {pattern!r} in {said!r}"
            self.take(0.1)

    def types(self, line, pattern):
        self.write(line.encode() + b"\n")
        return self.hears(pattern)


@pytest.fixture
def start(environment, home, begin, powerhour):
    """Starts the program on a list of three, in lines or on the screen."""
    started = []

    def run(kind, folder, *args, **env):
        data, imported = home / folder, home / "imported"
        if not imported.exists():
            (home / "people.csv").write_text(PEOPLE, "utf-8")
            (home / "more.csv").write_text(MORE, "utf-8")
            done = powerhour("import", "people.csv", "--region", "GB", "--yes", "--data", str(imported))
            assert done.returncode == 0, done.stderr
        if not data.exists():
            shutil.copytree(imported, data)
        argv = [*PROGRAM, "--data", str(data), *args]
        started.append(kind(argv, environment | env, home, begin=begin))
        return started[-1]

    yield run
    for one in started:
        one.close()


def records(folder):
    """What a store says of its calls, refusals and people, without ids and times of the clock."""
    with TinyDB(folder / "sessions.json") as file:
        names = {one["id"]: one["name"] for one in file.table("contacts").all()}
        calls, refusals = file.table("calls").all(), file.table("do_not_call").all()
        people = sorted(
            (one["name"], one["company"], one["lists"], [number["e164"] for number in one["numbers"]])
            for one in file.table("contacts").all()
        )
    told = [
        {
            "name": names[call["contact_id"]],
            **{key: call.get(key) for key in ("outcome", "is", "direction", "answers", "signals", "script")},
            "notes": [note["text"] for note in call["notes"]],
            "promise": {key: (call.get("promise") or {}).get(key) for key in ("from", "phrase", "channel")},
            "dials": [dial["number"] for dial in call["dials"]],
            "undone": bool(call.get("voided_at")),
        }
        for call in sorted(calls, key=lambda call: call["id"])
    ]
    refused = [(one["kind"], one["on"], names[one["contact_id"]], one["why"]) for one in refusals]
    return told, refused, people


def session_in_lines(room):
    """A file imported, a call rehearsed, then one with a customer who calls in the middle, a promise, an outcome
    undone, and do not call.
    """
    said = [room.hears(r"Enter call \w+ \w+ and start")]
    for line, then in (
        ("i", "people.csv"),
        ("more", r"1\. more\.csv"),
        ("", "Importing it would bring"),
        ("", r"Enter call \w+ \w+ and start"),
    ):
        said.append(room.types(line, then))
    first = re.search(r"Enter call (\w+ \w+) and", said[-1])[1]
    said.append(room.types("R", f"Rehearsal: a call to {first}"))
    said.append(room.types("", "Say:"))
    said.append(room.types(".", "Enter call"))
    caller = "Bo" if first != "Bo Lund" else "Ann"
    said.append(room.types("", "a Somebody answered"))
    room.read(RINGS_S)
    for line, then in (
        ("a", "Type a note"),
        ("two vans, not three", "Kept"),
        ("f", "Who is calling"),
        (caller, rf"1\. {caller}"),
        ("1", f"You are talking with {caller}"),
        ("asks about the invoice", "Kept"),
        (".", "t Talked"),
        ("t", r"Again\?"),
        ("", "Your notes: .*two vans, not three"),
        (".", "c We call back"),
        ("c", r"When\?"),
        ("tomorrow 15:00", "Tuesday 24 November"),
        ("", "Next: "),
        ("", "a Somebody answered"),
    ):
        said.append(room.types(line, then))
    room.read(RINGS_S)
    for line, then in (
        ("n", "Saved: No answer"),
        ("u", "n No answer; .*Enter No answer"),
        ("x", r"Who\? 1 this person"),
        ("", "Saved: Do not call again"),
    ):
        said.append(room.types(line, then))
    room.write(b"q\n")
    return said


def session_on_the_screen(screen):
    """The same keys."""
    screen.wait_for(r"Enter +call \w+ \w+ and")
    screen.press("i")
    screen.wait_for("people.csv")
    screen.press("/", "more.csv", "enter")
    screen.wait_for("Importing it would bring")
    screen.press("enter")
    screen.wait_for("1 added")
    screen.press("enter")
    first = re.search(r"Enter +call (\w+ \w+) and", screen.wait_for(r"Enter +call \w+ \w+ and"))[1]
    caller = "Bo" if first != "Bo Lund" else "Ann"
    screen.press("R")
    screen.wait_for(f"Rehearsal: a call to {first}")
    screen.press("enter", "escape")
    screen.wait_for(r"Enter +call \w+ \w+ and")
    screen.press("enter")
    screen.wait_for(CALLED)
    screen.read(RINGS_S)
    screen.press_until("enter", "TALKING")
    screen.press("two vans, not three", "enter")
    screen.press("f2")
    screen.wait_for("Who is calling")
    screen.press(caller, "enter")
    screen.wait_for("TALKING")
    screen.press("asks about the invoice", "enter", "escape")
    screen.wait_for("CALL OVER")
    screen.press("t")
    screen.wait_for("Again")
    screen.press("enter")
    screen.wait_for("two vans, not three")
    screen.wait_for("TALKING")
    screen.press("escape")
    screen.wait_for("CALL OVER")
    screen.press("c")
    screen.wait_for("When")
    screen.press("tomorrow 15:00", "enter")
    screen.wait_for("READY")
    screen.read(0.5)
    screen.press("enter")
    screen.wait_for(CALLED)
    screen.read(RINGS_S)
    screen.press("n")
    screen.wait_for("No answer ·")
    screen.press("u")
    screen.wait_for("CALL OVER")
    screen.press("x")
    screen.wait_for("Who")
    screen.press("enter")
    screen.wait_for("Do not call again ·")
    screen.press("ctrl+q")


def test_b66_a_session_in_lines_draws_nothing_and_stores_what_the_full_screen_stores(start, home):
    room = start(Lines, "lines", TERM="dumb")
    said = session_in_lines(room)
    assert room.wait_exit() == 0
    assert b"\x1b" not in room.output
    assert room.left_behind == []
    assert "goodbye" in room.output.decode().casefold()
    unnamed = [one for one in said if not re.search(r"; .*\.\n> $", one)]
    unchanged = {one.partition("\n")[2] for one in unnamed}  # where nothing changed they are not repeated
    assert {one for one in unchanged if not one.startswith("Say: ")} == {"Kept.\n> "}
    screen = start(Terminal, "screen")
    session_on_the_screen(screen)
    assert screen.wait_exit() == 0
    assert records(home / "lines") == records(home / "screen")
    told, refused, people = records(home / "lines")
    assert len(people) == 4
    assert len(refused) == 1
    assert [one["undone"] for one in told].count(True) <= 1


def test_a_kill_in_the_middle_of_a_call_comes_back_and_a_signal_or_ctrl_d_leaves_as_quit_does(start, home):
    room = start(Lines, "data", "--plain")
    room.hears("Enter call")
    room.types("", "a Somebody answered")
    room.types("a", "Type a note")
    room.types("two vans", "Kept")
    room.kill()
    room.wait_exit()
    for end in (
        lambda room: room.write(b"\x04"),
        lambda room: room.kill(signal.SIGTERM),
        lambda room: room.write(b"\x03"),
    ):
        room = start(Lines, "data", "--plain")
        said = room.hears("Type a note|How did it go")
        assert "two vans" in said
        end(room)
        assert room.wait_exit() == 0
        assert b"The open call comes back at the next start." in room.output


def test_a_second_one_exits_with_3_and_a_pipe_needs_the_word(start, home, powerhour):
    room = start(Lines, "data", "--plain")
    room.hears("Enter call")
    at = ("--data", str(home / "data"))
    assert powerhour(*at, "--plain").returncode == 3
    refused = powerhour(*at)
    assert (refused.returncode, "--plain" in refused.stderr) == (1, True)
    room.write(b"q\n")
    assert room.wait_exit() == 0
    piped = powerhour(*at, "--plain", stdin="/\nEva\n")
    assert piped.returncode == 0
    assert "> /\nFind whom?" in piped.stdout
    assert "Found: 1 person." in piped.stdout
