"""docs/law.md and docs/following-up.md: every command runs, every example is taken, every pack is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tui.cli.main import main
from tui.commands import BY_ID
from tui.settings.lawpacks import CODES, read_packs, register_days
from tui.settings.load import load
from tui.settings.places import find

DOCS = Path(__file__).parents[2] / "docs"
LAW, FOLLOWING = ((DOCS / name).read_text("utf-8") for name in ("law.md", "following-up.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [(found.group(1), found.group(2)) for page in (LAW, FOLLOWING) for found in BLOCK.finditer(page)]
EXAMPLES = [text for kind, text in BLOCKS if kind == "yaml"]
COMMANDS = [line for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
CONTACTS = """\
Name;Company;Phone;E-mail
Ann Rossi;Acme Tools;020 7946 0100;ann@acme.example
Bo Lund;Nordkap;07700 900124;
Fay Osei;Kente Foods;020 7946 0103;
Ada Quill;Quill Foods;020 7946 0104;
Ada Quill-Jones;Quill Foods Ltd;020 7946 0105;
"""


@pytest.fixture
def folder(environment, home, monkeypatch) -> Path:
    """A home with five people and the copy of a register."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home)
    (home / "contacts.csv").write_text(CONTACTS, "utf-8")
    (home / "tps.txt").write_text("020 7946 0199\n", "utf-8")
    assert main(["--data", str(home / "data"), "import", "contacts.csv", "--region", "GB", "--yes"]) == 0
    return home


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_pages_runs(folder, capsys, line):
    words = shlex.split(line)
    assert words[0] == "powerhour"
    data = ["--data", str(folder / "data")]
    if words[1:3] == ["dnc", "lift"]:
        assert main([*data, "dnc", "add", words[3]]) == 0
    if words[1:3] == ["dnc", "import"] and words[3] == "refusals.jsonl":
        assert main([*data, "dnc", "export", "--out", words[3]]) == 0
    if words[1:3] == ["dnc", "answer"]:
        assert main([*data, "dnc", "add", "Ada Quill"]) == 0
    assert main([*data, *words[1:]]) == 0, capsys.readouterr()


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_a_setting_the_program_takes(tmp_path, text):
    (tmp_path / "config.yaml").write_text(f"config: 1\n{text}", "utf-8")
    places, wrong = find(tmp_path, tmp_path / "data", {}, own_folder=tmp_path / "own")
    assert (wrong, load(places, {}).problems) == ([], ())


@pytest.mark.parametrize("country", sorted(CODES))
def test_every_pack_is_in_the_table_with_the_age_of_its_register(country):
    row = next(line for line in LAW.splitlines() if line.startswith(f"| `{country}` |"))
    days = register_days(country)
    assert row.endswith(f"| {days} days |" if days else "| no register |")
    named = set(re.findall(rf"`({country}(?:-[A-Z]+)?)`", row))
    assert named == {pack.id for pack in read_packs(country)}


@pytest.mark.parametrize("said", ["not legal advice", "as of", "type your reason", "dnc lift", "doctor"])
def test_what_a_manager_must_know_is_said(said):
    assert said in LAW


def test_the_keys_of_the_card_are_those_of_the_program():
    for name in ("pursuit", "hand_over", "sent", "cancelled", "undo"):
        assert f"| `{BY_ID[f'contact.{name}'].key}` |" in FOLLOWING
