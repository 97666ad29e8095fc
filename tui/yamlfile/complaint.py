"""Turns a complaint of the YAML parser into something the person who wrote the file can act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

from tui.yamlfile.problem import Problem

_START = r"^\s*(?:- +)*(?:[^\s:#][^:#]{0,120}: +)?"
"""What may stand before a value: indentation, dashes, a key with its colon."""
_CURLY = re.compile(_START + r"(\{\{)")
_ODD_START = re.compile(_START + r"([@`%&*!|>\[\]{},?])")
_NO_SPACE_COLON = re.compile(r"^\s*(?:- +)*[A-Za-z_][\w ]{0,60}:()[^\s/]")
_NO_SPACE_DASH = re.compile(r"^\s*-()[^\s\-\d>]")
_OWN_COLON = re.compile(r"^\s*(?:- +)*[A-Za-z_][\w ]{0,60}(:)(?:\s|$)")
_KEY_BEHIND_KEY = re.compile(r"^\s*[a-z][a-z0-9_]*: +([a-z][a-z0-9_]*): ")
_NO_COLON = re.compile(r"^ *(?:- +)*()[^\s:#\-\[{\"'][^:#]*$")
_BEFORE_WORDS = re.compile(r"^ *(?:- +)*")
_COLON_WITHOUT_SPACE = ("a space is missing after the colon", "write  key: value  with a space")
_DASH_WITHOUT_SPACE = ("a space is missing after the dash", "write  - text  with a space")
_LINE = 2_000
"""Characters of a line that the patterns look at."""


class _Found(Struct, frozen=True):
    """A place (both numbers from 0) with its message and advice."""

    line: int
    col: int
    length: int
    message: str
    advice: str


def explain(error: yaml.MarkedYAMLError, file: str, lines: list[str]) -> Problem:
    """The PH010 problem for a parser error: the likeliest cause, at the place where it is to be repaired."""
    trouble = _Trouble(error, lines)
    looks = (look for signs, look in _LOOKS if any(sign in trouble.says for sign in signs))
    found = next(filter(None, (look(trouble) for look in looks)), None) or trouble.unexplained()
    line = min(max(0, found.line), max(0, len(lines) - 1))
    col = min(max(0, found.col), len(trouble.line(line)))
    return Problem(
        file, line + 1, col + 1, "PH010", "error", found.message, found.advice, max(1, found.length)
    )


class _Trouble:
    """The parser's error with the lines around it."""

    def __init__(self, error: yaml.MarkedYAMLError, lines: list[str]) -> None:
        mark: Any = error.problem_mark or error.context_mark
        self.lines = lines
        self.says = f"{error.problem or ''} {error.context or ''}"
        self.at: int = mark.line if mark else 0
        self.col: int = mark.column if mark else 0
        opened: Any = error.context_mark or mark
        self.opened: int = opened.line if opened else 0
        self.opened_col: int = opened.column if opened else 0

    def line(self, number: int) -> str:
        """The source line with this number (from 0), cut to a length every pattern can bear."""
        return self.lines[number][:_LINE] if 0 <= number < len(self.lines) else ""

    def near(self) -> Iterable[int]:
        """Line numbers where the cause may be, likeliest first."""
        numbers = (self.at, self.at - 1, self.opened)
        return dict.fromkeys(n for n in numbers if 0 <= n < len(self.lines))

    def above(self) -> int | None:
        """Number of the nearest line above the trouble that holds something."""
        return next((n for n in range(self.at - 1, -1, -1) if _counts(self.line(n))), None)

    def unexplained(self) -> _Found:
        """What the parser itself said, when no cause is known."""
        said = self.says.strip() or "this is not valid YAML"
        return _Found(self.at, self.col, 1, said, "check this line and the one above it")


_Look: TypeAlias = Callable[[_Trouble], _Found | None]
_Row: TypeAlias = tuple[tuple[str, ...], _Look]
_ANYTHING = ("",)


def _line_like(pattern: str, message: str, advice: str) -> _Row:
    """Looks for a line of this pattern, whatever the parser says; its first group is what is to be repaired."""
    compiled = re.compile(pattern)

    def look(trouble: _Trouble) -> _Found | None:
        for number in trouble.near():
            if found := compiled.match(trouble.line(number)):
                return _Found(number, found.start(1), len(found[1]), message, advice)
        return None

    return _ANYTHING, look


def starts_with_curly(words: str) -> tuple[str, str]:
    """Message and advice for a text that begins with a variable."""
    quoted = words.replace('"', "'")
    return (
        "a text may not START with {{ unless it is in quotes",
        f'put the whole text in double quotes: "{quoted}"',
    )


def _curly_start(trouble: _Trouble) -> _Found | None:
    for number in trouble.near():
        line = trouble.line(number).rstrip()
        if found := _CURLY.match(line):
            words = line[found.start(1) :]
            return _Found(number, found.start(1), len(words), *starts_with_curly(words))
    return None


def _key_taken_as_text(trouble: _Trouble) -> _Found | None:
    """A line with a key of its own that the parser took for more of the text above, because of how that line ends."""
    line = trouble.line(trouble.at)
    own = _OWN_COLON.match(line)
    above = trouble.above()
    if own is None or own.start(1) != trouble.col or above is None:
        return None
    if found := _NO_SPACE_COLON.match(trouble.line(above)):
        return _Found(above, found.start(1), 1, *_COLON_WITHOUT_SPACE)
    here, there = _column(line), _column(trouble.line(above))
    if here == there:
        return None
    return _Found(
        trouble.at,
        0,
        max(here, 1),
        f"this line begins {here} spaces in, the line above {there}",
        "start both in the same column; if it belongs to the text above, put all of that in double quotes",
    )


def _colon_in_text(trouble: _Trouble) -> _Found | None:
    advice = "put the text in double quotes, or write it on the next line after  |"
    if key := _KEY_BEHIND_KEY.match(trouble.line(trouble.at)):
        advice = (
            f"if {key[1]} is a key, write it on the next line, two spaces in; if it is text, in double quotes"
        )
    return _Found(
        trouble.at, trouble.col, 1, "a colon followed by a space inside text without quotes", advice
    )


def _unclosed_quote(trouble: _Trouble) -> _Found | None:
    if any(sign in trouble.says for sign in ("escape", "hexdecimal", "hexadecimal", "Unicode")):
        return _Found(
            trouble.at,
            trouble.col,
            1,
            "a backslash in double quotes has a special meaning",
            "write \\\\ for one backslash, or use single quotes",
        )
    return _Found(
        trouble.opened,
        trouble.opened_col,
        len(trouble.line(trouble.opened)) - trouble.opened_col,
        "this quote is never closed",
        "add the missing quote at the end of the text",
    )


def _odd_start(trouble: _Trouble) -> _Found | None:
    line = trouble.line(trouble.at)
    found = _ODD_START.match(line)
    col = found.start(1) if found else trouble.col
    sign = line[col : col + 1] or "this character"
    message = f"a text may not start with {sign} unless it is in quotes"
    return _Found(trouble.at, col, 1, message, "put the text in double quotes")


def _bracket(trouble: _Trouble) -> _Found | None:
    return _Found(
        trouble.opened,
        trouble.opened_col,
        1,
        "a bracket [ or { opened here is not closed properly",
        "close it, or put the text in double quotes",
    )


def _missing_space(trouble: _Trouble) -> _Found | None:
    for number in (trouble.at - 1, trouble.at, trouble.at - 2):
        for pattern, said in ((_NO_SPACE_COLON, _COLON_WITHOUT_SPACE), (_NO_SPACE_DASH, _DASH_WITHOUT_SPACE)):
            if found := pattern.match(trouble.line(number)):
                return _Found(number, found.start(1), 1, *said)
    return None


def _missing_colon(trouble: _Trouble) -> _Found | None:
    """A line that is no text of the key above it, and has no colon of its own."""
    above = trouble.above()
    for number in dict.fromkeys((trouble.opened, trouble.at, above if above is not None else trouble.at)):
        line = trouble.line(number)
        if (found := _NO_COLON.match(line)) and _counts(line):
            return _Found(
                number,
                found.start(1),
                max(1, len(line.strip())),
                "there is no colon on this line",
                "write  key: value;  if it goes on with the text above, indent it by two more spaces",
            )
    return None


def _indentation(trouble: _Trouble) -> _Found | None:
    here = _indent(trouble.line(trouble.at))
    above = trouble.above()
    if above is not None and _indent(trouble.line(above)) != here:
        return _Found(
            trouble.at,
            0,
            max(here, 1),
            f"this line is indented by {here} spaces, the line above by {_indent(trouble.line(above))}",
            "items that belong together start in the same column (2 spaces per level)",
        )
    return _Found(
        trouble.at,
        trouble.col,
        1,
        "YAML cannot tell what this line belongs to",
        "check the indentation and the colon of this line and the one above",
    )


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _column(line: str) -> int:
    """Where the words of a line begin, behind its dashes."""
    found = _BEFORE_WORDS.match(line)
    return found.end() if found else 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_LOST = (
    "could not find expected ':'",
    "did not find expected",
    "expected <block end>",
    "expected <document start>",
)
_LOOKS: tuple[_Row, ...] = (
    (_ANYTHING, _curly_start),
    _line_like(
        _START + "([\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab])",
        "this text begins with a curly quote, as Word writes it: here only straight quotes count",
        'delete the curly quotes and type straight ones: "',
    ),
    _line_like(
        r"^ *(\t)",
        "a TAB is used for indentation",
        "replace it with two spaces (YAML allows no tabs here)",
    ),
    _line_like(
        "^[ ]*(?:- +)*([\u00a0\u2000-\u200a\u202f\u3000])",
        "this line begins with a special space, often pasted along from a web page",
        "delete it and type ordinary spaces",
    ),
    _line_like(
        _START + r"'[^']{0,2000}(')(?=[^\W\d_])",
        "the text is in 'single quotes' but has an apostrophe inside",
        "use double quotes around the text, or no quotes at all",
    ),
    _line_like(
        _START + r'"(?:[^"\\]|\\.){0,2000}"\s*([^\s#:,\]}].*)$',
        "there is text after the closing quote",
        "quote the whole text, and use single quotes for the words inside: \"He said 'call me'\"",
    ),
    (("mapping values",), _key_taken_as_text),
    (("mapping values are not allowed",), _colon_in_text),
    (("quoted scalar",), _unclosed_quote),
    _line_like(
        r"^\s*(?:- +)*[A-Za-z_][\w ]{0,60}: +([|>])[ \t]+[^\s#+-]",
        "after | or > the text must start on the next line",
        "press Enter after it and indent the text by two more spaces",
    ),
    _line_like(
        r"^\s*[A-Za-z_][\w ]{0,60}: +(- )",
        "a list must start on a line of its own",
        "press Enter before the dash and indent it by two spaces",
    ),
    (
        ("cannot start any token", "anchor", "alias", " tag", "block scalar", "directive"),
        _odd_start,
    ),
    (("expected ',' or", "flow"), _bracket),
    (_LOST, _missing_space),
    _line_like(r"^\s*(?:- +)*(:)\s", "there is a colon here without a key before it", "write  key: text"),
    (("could not find expected ':'",), _missing_colon),
    (_LOST, _indentation),
)
"""Causes in the order they are looked for, each with what the parser says then; the first that fits explains it."""
