"""What a key may hold, declared beside the field of a plain dataclass: `title: str = text(required=True)`."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import timedelta
from typing import Any, Literal

from msgspec import Struct

What = Literal["text", "flag", "whole", "number", "duration", "day", "object", "list", "map"]

SLUG = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,47}")
SLUG_HELP = "letters, digits, _ and - only, starting with a letter (no spaces)"
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")
LANGUAGE_HELP = "a language code such as en, it, es or pt-BR"
DURATION = re.compile(
    r"(\d{1,4}) ?(s|seconds?|min|minutes?|h|hours?|d|days?|w|weeks?|m|months?|y|years?)", re.IGNORECASE
)
DURATION_HELP = "a time such as 20h, 3d, 2 weeks or 1 month"
_UNIT_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 604_800, "m": 2_592_000, "y": 31_536_000}


class Rule(Struct, frozen=True):
    """What one key may hold."""

    what: What
    doc: str = ""
    required: bool = False
    key: str = ""
    """The key in the file, when it cannot be the field's name (`is`, `mon-fri`)."""
    pattern: re.Pattern[str] | None = None
    pattern_help: str = ""
    options: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    of: Rule | None = None
    """What each item of a list or each value of a map may hold."""
    cls: type | str | None = None
    """The dataclass of an object; a name is looked up in the module of the class that uses it."""
    any_key: bool = False
    """Keys of a map are free text (answers); otherwise they must be names."""
    example: str = ""


def _declare(rule: Rule, default: Any) -> Any:
    return field(default=default, metadata={"rule": rule})


def rule_of(declared: Any) -> Rule:
    """The rule of a declared field, or of a dataclass (or its name) used as an item."""
    if isinstance(declared, Rule):
        return declared
    if isinstance(declared, (str, type)):
        return Rule("object", cls=declared)
    rule = declared.metadata["rule"]
    assert isinstance(rule, Rule)
    return rule


def text(
    doc: str = "",
    *,
    required: bool = False,
    default: str = "",
    pattern: re.Pattern[str] | None = None,
    pattern_help: str = "",
    key: str = "",
    example: str = "",
) -> Any:
    """A text; `pattern` must match it whole, and `pattern_help` says in words what it wants."""
    return _declare(
        Rule("text", doc, required, key, pattern=pattern, pattern_help=pattern_help, example=example), default
    )


def slug(doc: str = "", *, required: bool = False, default: str = "", key: str = "") -> Any:
    """A short name: letters, digits, `_` and `-`."""
    return text(doc, required=required, default=default, pattern=SLUG, pattern_help=SLUG_HELP, key=key)


def language(doc: str = "", *, default: str = "") -> Any:
    """A language code: `en`, `pt-BR`."""
    return text(doc, default=default, pattern=LANGUAGE, pattern_help=LANGUAGE_HELP)


def one(*options: str, doc: str = "", required: bool = False, default: str = "", key: str = "") -> Any:
    """One of these words; case does not matter, the declared spelling comes back."""
    return _declare(Rule("text", doc, required, key, options=options), default)


def flag(doc: str = "", *, default: bool = False, key: str = "") -> Any:
    """Yes or no, in any of the usual spellings."""
    return _declare(Rule("flag", doc, key=key), default)


def whole(
    low: int, high: int, doc: str = "", *, required: bool = False, default: int | None = None, key: str = ""
) -> Any:
    """A whole number between `low` and `high`, both included."""
    return _declare(Rule("whole", doc, required, key, low=low, high=high), default)


def number(
    low: float | None = None,
    high: float | None = None,
    doc: str = "",
    *,
    default: float | None = None,
    key: str = "",
) -> Any:
    """A number; bounds are included, None leaves a side open."""
    return _declare(Rule("number", doc, key=key, low=low, high=high), default)


def duration(
    doc: str = "", *, required: bool = False, default: timedelta | None = None, key: str = ""
) -> Any:
    """A length of time as a timedelta: `20h`, `3d`, `2 weeks`; a month counts 30 days, a year 365."""
    return _declare(Rule("duration", doc, required, key), default)


def day(doc: str = "", *, key: str = "") -> Any:
    """A date, `2026-03-31`; None when absent."""
    return _declare(Rule("day", doc, key=key), None)


def obj(cls: type | str, doc: str = "", *, required: bool = False, default: Any = None, key: str = "") -> Any:
    """A group of keys, read into the dataclass; None (or `default`) when absent."""
    return _declare(Rule("object", doc, required, key, cls=cls), default)


def many(
    of: Any, doc: str = "", *, required: bool = False, default: tuple[Any, ...] = (), key: str = ""
) -> Any:
    """A list as a tuple. `of` is a declaration such as `text()` or a dataclass or its name."""
    return _declare(Rule("list", doc, required, key, of=rule_of(of)), default)


def named(of: Any, doc: str = "", *, any_key: bool = False, key: str = "") -> Any:
    """A map from name to value, as a dict in the order of the file. `any_key`: keys may be any text."""
    rule = Rule("map", doc, key=key, of=rule_of(of), any_key=any_key)
    return field(default_factory=dict, metadata={"rule": rule})


def parse_duration(written: str) -> timedelta | None:
    """`20h`, `90 min`, `3d`, `2 weeks` as a timedelta, or None. `m` is a month; minutes are `min`."""
    found = DURATION.fullmatch(written.strip())
    if not found:
        return None
    unit = found.group(2).lower()
    short = "min" if unit.startswith("min") else unit[0]
    return timedelta(seconds=int(found.group(1)) * _UNIT_SECONDS[short])
