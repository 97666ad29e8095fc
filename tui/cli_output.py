"""How a command speaks: rows as a table or as one JSON object, one sentence for what went wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

SCHEMA = 1
"""Version of the JSON a command prints; it grows when a key changes its meaning or goes away."""
DONE, REFUSED, USAGE, STORE_OPEN, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes."""
_WIDEST = 48

Row = Mapping[str, Any]


class RefusedError(Exception):
    """A command cannot do what was asked; the text is for the person: what, where, what to do."""

    def __init__(self, sentence: str, code: int = REFUSED) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """Print one line."""
    print(sentence)


def complain(sentence: str) -> None:
    """Print one line where errors go."""
    print(sentence, file=sys.stderr)


def print_json(found: Mapping[str, Any]) -> None:
    """Print one JSON object, readable by people too."""
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()


def print_rows(rows: Sequence[Row], columns: Mapping[str, str], as_json: bool, empty: str) -> None:
    """Print rows: as `{"schema": 1, "rows": [...]}` whole, or as a table of the columns (key to heading).

    `empty` is the sentence for a person when there is no row.
    """
    if as_json:
        print_json({"schema": SCHEMA, "rows": list(rows)})
    elif not rows:
        say(empty)
    else:
        _print_table([[_cell(row.get(key)) for key in columns] for row in rows], list(columns.values()))


def _cell(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "..."


def _print_table(cells: list[list[str]], headings: list[str]) -> None:
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(headings, *cells, strict=True)]
    for line in (headings, *cells):
        padded = (text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())
