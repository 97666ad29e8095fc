"""The commands people are told to type fit the way the program was installed."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from tui.system import programs
from tui.system.programs import add_package, module

RECEIPT = '[tool]\nrequirements = [{{ name = "powerhour"{source} }}{more}]\n'


def test_pipx_puts_it_into_the_environment_of_the_program(tmp_path: Path) -> None:
    home = tmp_path / "powerhour"
    home.mkdir()
    (home / "pipx_metadata.json").write_text("{}")
    assert add_package("holidays", home) == "pipx inject powerhour holidays"


@pytest.mark.parametrize(
    ("source", "more", "wanted"),
    [
        ("", "", "uv tool install --with holidays powerhour"),
        (', directory = "/src/power hour"', "", "uv tool install --with holidays '/src/power hour'"),
        ("", ', { name = "keyring" }', "uv tool install --with keyring --with holidays powerhour"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="other quotes")
def test_uv_makes_the_tool_again_from_where_it_came_with_what_it_had(
    tmp_path: Path, source: str, more: str, wanted: str
) -> None:
    (tmp_path / "uv-receipt.toml").write_text(RECEIPT.format(source=source, more=more))
    assert add_package("holidays", tmp_path) == wanted


@pytest.mark.parametrize("text", ["", "[tool", "tool = 1", "[tool]\nrequirements = [1]"])
def test_a_note_of_uv_that_cannot_be_read_leaves_the_plain_command(tmp_path: Path, text: str) -> None:
    (tmp_path / "uv-receipt.toml").write_text(text)
    assert add_package("holidays", tmp_path) == "uv tool install --with holidays powerhour"


@pytest.mark.parametrize(
    ("pip", "wanted"),
    [
        (True, [sys.executable, "-m", "pip", "install", "holidays"]),
        (False, ["uv", "pip", "install", "--python", sys.executable, "holidays"]),
    ],
)
def test_in_an_environment_it_is_that_ones_pip_or_uv_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pip: bool, wanted: list[str]
) -> None:
    monkeypatch.setattr(programs, "find_spec", lambda name: object() if pip and name == "pip" else None)
    assert shlex.split(add_package("holidays", tmp_path)) == wanted


def test_a_module_runs_with_the_python_of_the_program() -> None:
    assert shlex.split(module("keyring", "set", "powerhour", "me")) == [
        *(sys.executable, "-m", "keyring", "set", "powerhour", "me")
    ]


def test_no_sentence_names_a_way_of_installing_of_its_own() -> None:
    program = Path(programs.__file__).parent
    named = [
        file.name
        for file in program.rglob("*.py")
        if file != Path(programs.__file__) and "pip install" in file.read_text("utf-8")
    ]
    assert named == []
