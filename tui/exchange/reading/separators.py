"""What cuts the lines of a file into cells, and what its cells are quoted with, as far as the file proves it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct, field

from tui.exchange.reading.headings.headers import Meaning, meaning_of
from tui.exchange.reading.mending import aside
from tui.exchange.reading.sentences import sentence
from tui.plaintext import clean

USUAL = (",", ";", "\t", "|")
UNIT = "\x1f"
"""Stands for a separator of several characters; it is in no text that people write."""
_SAMPLE_LINES = 120
_SAMPLE_CHARACTERS = 256 * 1024
_TOLD = re.compile(r'"?sep=([^\w\s"\']|\t)"?(?:\r|\n|\Z)', re.IGNORECASE)
_QUOTED = re.compile(r'(?:(?<=[,;\t|\n])|^)"[^"]*(?:""[^"]*)*"(?=[,;\t|\r\n]|\Z)', re.MULTILINE)
"""A cell in quotes, whatever separates it from the next."""
_WHOLE = re.compile(r'"((?:[^"]|"")*)"')
_ODD = re.compile(r"(?:[^\w\s\"'.,;()&/+@-]|[\x1c-\x1f])+|[|,;]{2,}")
"""What may stand between two headings."""
_NEVER_WRITTEN = frozenset("^~\u00a6\u00a7\u00ac\x1c\x1d\x1e\x1f")
"""What nobody writes in a name or a number: it is a separator without any heading too."""
_IN_QUOTES = re.compile(r'"[^"]*"')
_LINE_END = re.compile(r"\r\n|\r|\n")
_ODD_PAIRS = (
    *(("'", "'"), ("`", "`"), ("\u201c", "\u201d"), ("\u201e", "\u201c")),
    *(("\u2018", "\u2019"), ("\u00ab", "\u00bb")),
)
"""Opening and closing quotes besides the usual one."""
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|\\'")
_SPACED = re.compile(r'\s*"[^"]*" *[,;|] +"')
_BLANKS = re.compile(r'(?<=[,;|]) +(?=")')
"""Between a separator and the quote of the next cell: `"Ada", "Quill, Ltd"`."""
_BACKSLASHED = re.compile(r'\\"(?=[^,;\t|\r\n])')
"""A quote behind a backslash, with the cell going on."""


class Cut(Struct, frozen=True):
    """How a text is cut: its separator, the text with usual quotes, and what goes back into each cell."""

    text: str
    delimiter: str
    above: int = 0
    """Lines before the first row: one that told the separator."""
    wrapped: bool = False
    """Whether whole lines stand in quotes, with the cells inside."""
    back: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def cut_of(text: str) -> Cut:
    """How the text is cut. Nothing is lost: a separator that is not proven is a comma."""
    if told := _TOLD.match(text):
        return Cut(text, told.group(1), above=1)
    text, back = _usual_quotes(text)
    lines = list(islice(_lines(text), _SAMPLE_LINES))
    inner = [_unwrapped(line) for line in lines]
    if _is_wrapped(lines, inner):
        note = sentence("wrapped")
        return Cut(text, find_delimiter("\n".join(inner)), wrapped=True, back=back, notes=(note,))
    delimiter = find_delimiter(text)
    if odd := _odd_separator(text, lines, delimiter):
        note = sentence("separator", separator=odd)
        if len(odd) > 1:
            return Cut(text.replace(odd, UNIT), UNIT, back=back, notes=(note,))
        return Cut(text, odd, back=back, notes=(note,))
    return Cut(text, delimiter, back=back)


def find_delimiter(text: str) -> str:
    """The one of `,` `;` tab `|` that cuts most lines into the same number of cells; a comma when none does.

    Characters inside quotes do not count.
    """
    bare = _QUOTED.sub("x", text[:_SAMPLE_CHARACTERS])
    lines = [line for line in islice(bare.splitlines(), _SAMPLE_LINES) if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in USUAL:
        counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
        if not counts:
            continue
        most_common, alike = max(counts.items(), key=lambda item: (item[1], item[0]))
        score = (sum(counts.values()) + alike, most_common)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def known_headings(cells: Iterable[str]) -> int:
    """How many of the cells are headings whose meaning is known."""
    meanings = (meaning_of(clean(cell, 80)) for cell in cells if cell.strip() and len(cell) < 80)
    return sum(1 for meaning in meanings if meaning is not Meaning.FIELD)


def _lines(text: str, characters: int = _SAMPLE_CHARACTERS) -> Iterator[str]:
    return (line for line in _LINE_END.split(text[:characters]) if line.strip())


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _unwrapped(line: str) -> str:
    """A line that is one cell in quotes, without them."""
    whole = _WHOLE.fullmatch(line.strip())
    return whole.group(1).replace('""', '"') if whole else line


def _is_wrapped(lines: list[str], inner: list[str]) -> bool:
    """Whether lines in quotes hold the cells of a row: by their headings, or because all are cut alike."""
    wrapped = [after for before, after in zip(lines, inner, strict=True) if before != after]
    if not wrapped:
        return False
    delimiter = find_delimiter("\n".join(inner))
    if delimiter not in wrapped[0]:
        return False
    cells = [len(_cells(line, delimiter)) for line in inner]
    if known_headings(_cells(inner[0], delimiter)) >= 2:
        return any(len(_cells(line, delimiter)) == cells[0] for line in wrapped)
    return len(wrapped) == len(lines) > 1 and len(set(cells)) == 1 < cells[0]


def _usual_quotes(text: str) -> tuple[str, dict[int, str]]:
    """The text with `"` where it quotes its cells otherwise, and what puts a `"` of its own back."""
    lines = list(islice(_lines(text), _SAMPLE_LINES))
    for opening, closing in _ODD_PAIRS:
        between = re.compile(
            f"(?=(\\S){closing} *([^\\w\\s{opening}{closing}]|\\t) *{opening}([^\\s{closing}]))"
        )
        quoted = [
            line
            for line in map(str.strip, lines)
            if line.startswith(opening) and line.endswith(closing) and _stands_between(between, line)
        ]
        if len(quoted) * 2 > len(lines):
            text = _APOSTROPHE.sub(aside("'"), text) if opening == "'" else text
            swap = {ord(opening): '"', ord(closing): '"', ord('"'): opening}
            return text.translate(swap), {ord('"'): closing, ord(opening): '"', ord(aside("'")): "'"}
    if sum(map(bool, map(_SPACED.match, lines))) * 2 > len(lines):
        text = _BLANKS.sub("", text)
    if '\\"' in text and _BACKSLASHED.search(text) and '""' not in text.replace('\\""', ""):
        return text.replace('\\"', aside('"')), {ord(aside('"')): '"'}
    return text, {}


def _stands_between(between: re.Pattern[str], line: str) -> bool:
    """Whether one cell closes and the next opens, with text in both: `',','` is three apostrophes, each a cell."""
    return any(separator not in beside for *beside, separator in map(_sides, between.finditer(line)))


def _sides(found: re.Match[str]) -> tuple[str, str, str]:
    """What stands before and behind a separator, and the separator."""
    before, separator, behind = found.groups()
    return before, behind, separator


def _odd_separator(text: str, lines: list[str], usual: str) -> str:
    """A separator nobody expects: as often in every line as between the headings, which are known then."""
    if len(lines) < 2:
        return ""
    bare = [_IN_QUOTES.sub("x", line) for line in lines]
    known = known_headings(_cells(lines[0], usual))
    found: list[str] = _ODD.findall(bare[0])
    for token in dict.fromkeys(found):
        count = bare[0].count(token)
        if token == usual or any(line.count(token) != count for line in bare):
            continue
        if set(token) <= set(USUAL) and any(line.count(token) != count for line in _lines(text, len(text))):
            continue  # an empty cell, not a separator of two characters
        headings = known_headings(part.strip(' "') for part in lines[0].split(token))
        if headings >= 2 and (known < 2 or len(token) > 1):
            return token
        if known < 2 and token in _NEVER_WRITTEN and usual not in bare[0]:
            return token
    return ""
