"""A trainer at work in a real terminal: rehearse, save, mend, change words, open an editor at the line."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

SCRIPT = """\
title: Spring call
# the first words
opener: Hi {{first_name|there}}.   # keep it short
close: When shall I ring you?
"""


@pytest.fixture
def script(home: Path) -> Path:
    path = home / "spring.yaml"
    path.write_text(SCRIPT, "utf-8")
    return path


def test_a_trainer_rehearses_saves_and_changes_words_without_leaving(terminal, script):
    screen = terminal("scripts", "preview", str(script))
    screen.wait_for("Hi Ann")
    screen.press("space")
    screen.wait_for("When shall I ring you")
    script.write_text(SCRIPT.replace("ring you?", "ring you again?"), "utf-8")
    screen.wait_for("ring you again")
    script.write_text("title: [", "utf-8")
    screen.wait_for("The file has a mistake")
    script.write_text(SCRIPT, "utf-8")
    screen.wait_for(r'"When shall I ring you\?"')
    screen.press("backspace", "e")
    screen.wait_for("Change: Words")
    screen.press(" How are you?", "enter")
    screen.wait_for("Hi Ann. How are you")
    assert script.read_text("utf-8") == SCRIPT.replace("|there}}.   #", "|there}}. How are you?   #")
    screen.press("q")
    assert screen.wait_exit() == 0
    assert screen.left_behind == []


def test_the_editor_opens_at_the_line_and_the_preview_comes_back(terminal, script, home):
    editor = home / "vim"
    editor.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "line, file = sys.argv[1:]\n"
        "path = pathlib.Path(file)\n"
        "path.write_text(path.read_text().replace('Hi', f'Line {line}, hi'))\n",
        "utf-8",
    )
    editor.chmod(0o755)
    screen = terminal("scripts", "preview", str(script), env={"EDITOR": str(editor)})
    screen.wait_for("Hi Ann")
    screen.press("E")
    screen.wait_for(r"Line \+3, hi Ann")
    screen.press("q")
    assert screen.wait_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("is_early", [False, True])
def test_a_preview_that_is_ended_from_outside_leaves_the_terminal_as_it_was(
    terminal, script, number, is_early
):
    screen = terminal("scripts", "preview", str(script))
    if is_early:
        while b"\x1b[?1049h" not in screen.output:
            screen.take(0.005)
    else:
        screen.wait_for("Hi Ann")
    screen.kill(number)
    assert screen.wait_exit() == 0
    assert screen.left_behind == []
