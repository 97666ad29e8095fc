"""Ctrl+C stops a command at once, without a trace of it left behind."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.e2e
INTERRUPTED = 130


def test_ctrl_c_at_the_question_imports_nothing(terminal, home, data):
    file = home / "people.csv"
    file.write_text("Name,Phone\nAnn Rossi,020 7946 0100\n", "utf-8")
    screen = terminal("import", str(file))
    screen.wait_for(r"\[y/N\]")
    screen.press("ctrl+c")
    assert screen.wait_exit() == INTERRUPTED
    assert "Traceback" not in screen.screen()
    assert not data.exists()


def test_ctrl_c_in_the_middle_of_a_long_import_changes_nothing(terminal, powerhour, home):
    file = home / "people.csv"
    rows = (f"Person {row},Firm {row},020 7946 {row % 1000:04}" for row in range(40_000))
    file.write_text("Name,Company,Phone\n" + "\n".join(rows), "utf-8")
    screen = terminal("import", str(file), "--yes")
    screen.wait_for(r"\d,000 rows")
    screen.press("ctrl+c")
    assert screen.wait_exit() == INTERRUPTED
    assert "nothing was changed" in screen.screen()
    people = json.loads(powerhour("contacts", "--json").stdout)["rows"]
    assert not [one for one in people if one["name"].startswith("Person")]
