"""`# ph: ignore PH403 why`: codes a file asks not to be reported, on a line or (`ignore-file`) at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_IGNORE = re.compile(r"#\s*ph:\s*ignore(-file)?\b((?:[\s,]+PH\d{3})+)", re.IGNORECASE)
_CODE = re.compile(r"PH\d{3}", re.IGNORECASE)


def silenced(lines: Sequence[str], line: int) -> set[str]:
    """The codes not to be reported on a line (from 1): for the whole file, on it, or in comments just above it."""
    first = line - 1
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return _codes(lines, whole_file=True) | _codes(lines[first:line], whole_file=False)


def _codes(lines: Iterable[str], whole_file: bool) -> set[str]:
    comments = (found for line in lines if (found := _IGNORE.search(line)))
    wanted = (found.group(2) for found in comments if bool(found.group(1)) is whole_file)
    return {code.upper() for codes in wanted for code in _CODE.findall(codes)}
