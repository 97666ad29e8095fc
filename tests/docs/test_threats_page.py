"""Each line on who may edit what, and what it can do, names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "threats.md").read_text("utf-8")
FILES = (ROOT / "docs" / "files.md").read_text("utf-8")


def _named(row: str) -> list[tuple[str, str]]:
    """The tests a row names; fails for one that is not there."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), (file, test)
    return named


def test_every_line_of_the_threats_page_names_a_test_that_is_there():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| it could")]
    assert len(rows) > 15
    for row in rows:
        assert _named(row), f"no test: {row}"


def test_every_file_of_ours_says_who_may_edit_it_and_names_its_test():
    table = FILES.partition("| what | where | who may edit it, and what it can do | test |\n")[2].partition(
        "\n\n"
    )[0]
    rows = table.splitlines()[1:]
    assert len(rows) >= 5
    for row in rows:
        assert _named(row), f"no test: {row}"
