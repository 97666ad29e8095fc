"""What is said outside the screen: fixed words, by the way this terminal or desktop knows."""

from __future__ import annotations

import asyncio
import os

import pytest

from tui.system import terminal


@pytest.mark.parametrize(
    ("environ", "sequence"),
    [
        ({"TERM": "xterm-kitty"}, "\x1b]9;Power Hour: A promise is due\x07"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "\x1b]9;Power Hour: A promise is due\x07"),
        ({"TERM": "foot"}, "\x1b]777;notify;Power Hour;A promise is due\x1b\\"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-1000/default,1,0"}, ""),  # noqa: S108 - only text, nothing is opened
        ({"TERM": "xterm-256color"}, ""),
        ({}, ""),
    ],
)
def test_a_terminal_notifies_in_the_way_it_knows(environ, sequence):
    assert terminal.notification(environ) == sequence


def test_the_program_of_the_desktop_is_asked_only_on_the_machine_one_sits_at(tmp_path):
    program = tmp_path / "notify-send"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    here = {"PATH": str(tmp_path), "DISPLAY": ":0"}
    assert terminal.notifier(here) == (
        str(program),
        "--app-name=Power Hour",
        "Power Hour",
        "A promise is due",
    )
    assert terminal.notifier({**here, "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}) == ()
    assert terminal.notifier({"PATH": str(tmp_path)}) == ()
    assert terminal.notifier({**here, "PATH": os.devnull}) == ()


async def test_a_notifier_that_is_missing_or_hangs_stops_nothing(monkeypatch):
    await terminal.notify(("/nonexistent/notify-send",))
    monkeypatch.setattr(terminal, "PATIENCE_S", 0.05)
    async with asyncio.timeout(60):
        await terminal.notify(("/bin/sleep", "600"))
    assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
