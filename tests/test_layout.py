"""No wall of files and no wall of lines: a stranger finds the place from the names of the folders."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = [path for room in ("tui", "tests", "bench") for path in sorted((ROOT / room).rglob("*.py"))]
MOST_LINES = 400
MOST_FILES = 26
"""Modules in one folder of the program; `__init__.py` is none."""
MOST_ROOMS = 22
"""Entries of `tui/` itself."""


def test_no_file_is_longer_than_can_be_read_at_once():
    lines = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in FILES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_no_folder_of_the_program_is_a_wall_of_files():
    modules = (path for path in FILES if path.is_relative_to(ROOT / "tui") and path.name != "__init__.py")
    held = Counter(path.parent.relative_to(ROOT).as_posix() for path in modules)
    assert {name: count for name, count in held.items() if count > MOST_FILES} == {}
    assert len([entry for entry in (ROOT / "tui").iterdir() if entry.name != "__pycache__"]) <= MOST_ROOMS
