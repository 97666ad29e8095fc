"""docs/behaviours.md: every number that is cited stands in it, and names files and tests that are there."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tests.rows import each

PAGE = (ROOT / "docs" / "behaviours.md").read_text("utf-8")
ROWS = {row[0]: row[1] for row in re.findall(r"^\| (B\d\d) \| (.+) \|$", PAGE, re.MULTILINE)}
CITED = re.compile(r"\bB\d\d\b")


def test_all_of_them_stand_in_it_once_and_in_order() -> None:
    assert re.findall(r"^\| (B\d\d) ", PAGE, re.MULTILINE) == [f"B{number:02}" for number in range(1, 81)]


@each("number", ROWS)
def test_each_names_where_it_is_decided_and_a_test_with_its_number(number: str) -> None:
    decided = re.findall(r"`(tui/[\w/]+\.py)`", ROWS[number])
    shown = re.findall(r"`(tests/[\w/]+\.py)`", ROWS[number])
    assert decided
    assert shown
    assert [path for path in decided if not (ROOT / path).exists()] == []
    for path in shown:
        names = re.findall(r"def (test_\w+)", (ROOT / path).read_text("utf-8"))
        assert any(f"_{number.lower()}_" in name for name in names), (number, path)


def test_whatever_the_program_and_its_tests_cite_stands_in_it() -> None:
    files = [file for folder in ("tui", "tests", "bench") for file in (ROOT / folder).rglob("*.py")]
    cited = {number for file in files for number in CITED.findall(file.read_text("utf-8"))}
    assert cited <= set(ROWS)
    assert len(cited) > 30
