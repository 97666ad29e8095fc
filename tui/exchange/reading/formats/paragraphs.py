"""People as paragraphs of `Name: Ada Quill` and `Phone: …` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tui.exchange.reading.decode import Decoded
from tui.exchange.reading.formats.listed import NAMES, Listed, Said, listed
from tui.exchange.reading.headings.headers import Meaning, meaning_of

_LINE = re.compile(r"\s*[*\u2022-]?\s*([^\W\d_][^:=,;\t|\"]{0,39}?)\s*[:=]\s*(.*)")
_STROKES = re.compile(r"\s*[-=*_#~]{3,}\s*")
_SAMPLE = 200
_MUST_GIVE = frozenset({Meaning.PHONE, Meaning.EMAIL})
_LONGEST = 2_000
"""Characters of a line; a longer one is no line of such a file."""


def read(decoded: Decoded, name: str) -> Listed | None:
    """The people of a file of paragraphs; None when it is none."""
    if not _proves_it(list(islice(decoded.text[: _SAMPLE * _LONGEST].splitlines(), _SAMPLE))):
        return None
    return listed(_people(decoded.text))


def _proves_it(lines: list[str]) -> bool:
    """Whether nearly all lines name what they say, the first too, and among it who it is and how to reach them."""
    filled = [line for line in lines if line.strip() and not _STROKES.fullmatch(line)]
    if len(filled) < 2 or any(len(line) > _LONGEST for line in filled):
        return False
    named = [match.group(1) for line in filled if (match := _LINE.fullmatch(line))]
    if len(named) < 0.8 * len(filled) or not _LINE.fullmatch(filled[0]):
        return False
    meanings = {meaning_of(heading) for heading in named}
    return bool(meanings & NAMES and meanings & _MUST_GIVE)


def _people(text: str) -> Iterator[Said]:
    """A paragraph ends at a blank line, at strokes, or where its first heading comes again."""
    said, first = Said(), ""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        match = _LINE.fullmatch(line)
        again = match is not None and match.group(1).casefold() == first
        if not line.strip() or _STROKES.fullmatch(line) or again:
            if said.line:
                yield said
            said, first = Said(), ""
        if match:
            first = first or match.group(1).casefold()
            said.line, said.last_line = said.line or number, number
            said.add(match.group(1), match.group(2))
        elif line.strip():
            said.line, said.last_line = said.line or number, number
            _go_on(said, line.strip())
    if said.line:
        yield said


def _go_on(said: Said, line: str) -> None:
    """A line without a heading goes on with the one above; above nothing it is a note."""
    if said.values:
        heading, value = said.values[-1]
        said.values[-1] = (heading, f"{value}\n{line}")
    else:
        said.add("Notes", line)
