"""docs/scripts.md: every example is a script that works, every command runs, every feature is shown."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from tui.cli import arguments
from tui.cli.main import main
from tui.screens.preview_page import KEYS
from tui.script.author.drawings import tree_of
from tui.script.check.check import check_script
from tui.script.files.load import load
from tui.script.files.suggestions import Suggestion, append
from tui.script.language import model

PAGE = (Path(__file__).parents[2] / "docs" / "scripts.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [(found.group(1), found.group(2) or "", found.group(3)) for found in BLOCK.finditer(PAGE)]
EXAMPLES = [text for kind, file, text in BLOCKS if kind == "yaml" and not file]
FILES = {file: text for kind, file, text in BLOCKS if kind == "yaml" and file}
COMMANDS = [line for kind, _, text in BLOCKS if kind == "console" for line in text.splitlines()]


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A team folder with the files the page shows."""
    folder = tmp_path / "team" / "scripts"
    folder.mkdir(parents=True)
    (folder.parent / "config.yaml").write_text("config: 1\n", "utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: re.search(r"^(\w+):", text, re.MULTILINE)[1])
def test_every_example_is_a_script_without_an_error(tmp_path, text):
    path = tmp_path / "example.yaml"
    path.write_text(text if "title:" in text else f"{text}\ntitle: Example\n", "utf-8")
    problems = check_script(load(path))
    assert [problem for problem in problems if problem.severity == "error"] == []


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_right_and_the_first_script_has_not_even_a_warning(scripts, name):
    problems = check_script(load(scripts / name))
    severities = {problem.severity for problem in problems}
    assert severities <= ({"hint"} if name == "spring_call.yaml" else {"hint", "warning"})


def test_the_first_script_has_about_ten_lines():
    assert len(FILES["spring_call.yaml"].splitlines()) <= 10


def test_the_tree_on_the_page_is_the_tree_of_the_first_script(scripts):
    (shown,) = [text for kind, _, text in BLOCKS if kind == "tree"]
    script = load(scripts / "spring_call.yaml").script
    assert shown.splitlines() == tree_of(script, ("call",))


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_page_runs(scripts, tmp_path, monkeypatch, capsys, line):
    words = shlex.split(line, comments=True)
    assert words[:2] == ["powerhour", "scripts"]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    proposed = Suggestion("spring_call", "close[0]", "When shall I call you about it?", "Which day is good?")
    append(tmp_path / "data", proposed)
    code = main(["--data", str(tmp_path / "data"), "--workspace", str(scripts.parent), *words[1:]])
    wanted = 1 if "preview" in words else 0  # without a terminal the preview says that it needs one
    assert code == wanted, capsys.readouterr()


def test_every_command_of_scripts_is_on_the_page():
    scripts = next(command for command in arguments.COMMANDS if command.name == "scripts")
    assert [one.name for one in scripts.under if f"powerhour scripts {one.name}" not in PAGE] == []


def test_every_key_of_a_script_is_shown_by_example():
    shown = "\n".join([*EXAMPLES, *FILES.values()])
    seldom = {"script", "hash", "value", "hotkey", "include", "about", "goal", "owner", "version", "starts"}
    keys = {
        field.name
        for cls in (
            model.Script,
            model.Step,
            model.Answer,
            model.Followup,
            model.Reason,
            model.Objection,
            model.Rung,
        )
        for field in fields(cls)
    }
    missing = {key for key in keys - seldom if not re.search(rf"\b{key}:", shown)}
    assert missing <= {"steps", "text", "tags", "lists", "stages"}


def test_every_key_of_the_preview_is_on_the_page():
    table = PAGE.split("| key | does |", 1)[1].split("\n\n", 1)[0]
    letters = [key for command in KEYS for key in command.keys[:1] if len(key) == 1]
    named = set(re.findall(r"\w|/", " ".join(row.split("|")[1] for row in table.splitlines()[2:])))
    assert set(letters) - {"r", "q"} <= named
