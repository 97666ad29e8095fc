"""Checks nodes against classes that say what their fields may hold.

One walk gives the typed value and every problem with its place.

A bad value is reported and replaced by the field's default, so the caller may go on with what is good.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import fields
from datetime import date
from functools import cache, partial
from math import isfinite
from typing import Any, TypeVar

from msgspec import Struct

from tui.locale.spoken import said
from tui.plaintext import shortened
from tui.yamlfile.fields import DURATION_HELP, SLUG, SLUG_HELP, Rule, parse_duration
from tui.yamlfile.problem import Node, Problem, did_you_mean, problem_at

T = TypeVar("T")
Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the root, e.g. `("voicemail", 0, "say")`."""
Places = MutableMapping[Path, Node]
"""The node behind each path, for problems found later."""

_IS = {"text": "a text", "list": "a list", "map": "a group of keys"}
_FLAGS = {
    **dict.fromkeys(("true", "yes", "on", "y", "1"), True),
    **dict.fromkeys(("false", "no", "off", "n", "0"), False),
}


def check(
    node: Node, cls: type[T], problems: list[Problem], places: Places | None = None, path: Path = ()
) -> T | None:
    """The node as an instance of `cls`; None when it is no group of keys or lacks a required one.

    Problems are appended. With `places`, the node behind every path is noted there. A class may name further
    keys in a class attribute `short_forms`; they are offered as did-you-mean but read by somebody else.
    """
    found = _Walk(problems, places).object(cls, node, path)
    return found if isinstance(found, cls) else None


class _Spec(Struct, frozen=True):
    """The keys of one class: key in the file to (field name, rule)."""

    keys: dict[str, tuple[str, Rule]]
    required: tuple[str, ...]
    offered: tuple[str, ...]


def rules_of(cls: type) -> Mapping[str, Rule]:
    """What each field of a class may hold: its own `rules`, or those declared beside the fields of a dataclass."""
    own: Mapping[str, Rule] | None = getattr(cls, "rules", None)
    return (
        {one.name: one.metadata["rule"] for one in fields(cls) if "rule" in one.metadata}
        if own is None
        else own
    )


@cache
def _spec(cls: type) -> _Spec:
    keys = {rule.key or name: (name, rule) for name, rule in rules_of(cls).items()}
    required = tuple(key for key, (_, rule) in keys.items() if rule.required)
    return _Spec(keys, required, (*keys, *getattr(cls, "short_forms", ())))


class _Walk:
    """One walk over a tree, collecting problems and places."""

    def __init__(self, problems: list[Problem], places: Places | None) -> None:
        self.problems = problems
        self.places = places

    def object(self, cls: type, node: Node, path: Path) -> object | None:
        """An instance of `cls`, or None with the reason noted."""
        if self.places is not None:
            self.places[path] = node
        spec = _spec(cls)
        if node.kind != "map":
            item = (
                bool(path) and isinstance(path[-1], int) and node.kind == "text" and len(spec.required) == 1
            )
            advice = f"write  {{{spec.required[0]}: {_short(node.text)}}}" if item else ""
            self.no_such(node, path, "a group of keys", advice)
            return None
        values: dict[str, Any] = {}
        for key, child in node.items():
            if key not in spec.keys:
                self.unknown(key, child, spec, path)
                continue
            name, rule = spec.keys[key]
            value = self.value(rule, child, (*path, key), cls)
            if value is not None:
                values[name] = value
        missing = [key for key in spec.required if spec.keys[key][0] not in values]
        for key in missing:
            if key not in node:
                self.missing(key, node, spec.keys[key][1], path)
        return None if missing else cls(**values)

    def value(self, rule: Rule, node: Node, path: Path, owner: type) -> Any:
        """The value a rule reads from a node; None when it is not valid (noted) or absent."""
        if rule.what == "object":
            return self.object(_class_of(rule, owner), node, path)
        if self.places is not None:
            self.places[path] = node
        if rule.what == "text" and node.kind == "text" and not node.empty:
            return self.words(rule, node, path)
        if rule.what == "list":
            return self.list(rule, node, path, owner)
        if rule.what == "map":
            return self.map(rule, node, path, owner)
        if node.kind != "text" or node.empty:
            advice = "write it after the colon, or delete the line" if node.empty else ""
            self.no_such(node, path, _WANTED[rule.what], advice, at_key=node.empty)
            return None
        return self.scalar(rule, node, path)

    def list(self, rule: Rule, node: Node, path: Path, owner: type) -> tuple[Any, ...] | None:
        """The items of a list that are valid."""
        if node.kind != "list":
            self.no_such(node, path, "a list (lines starting with - )", at_key=node.empty)
            return None
        assert rule.of is not None
        read = (self.value(rule.of, child, (*path, i), owner) for i, child in enumerate(node.parts))
        return tuple(value for value in read if value is not None)

    def map(self, rule: Rule, node: Node, path: Path, owner: type) -> dict[str, Any] | None:
        """The entries of a map that are valid."""
        if node.kind != "map":
            self.no_such(node, path, "a group of keys", at_key=node.empty)
            return None
        assert rule.of is not None
        entries: dict[str, Any] = {}
        for key, child in node.items():
            if not rule.any_key and not SLUG.fullmatch(key):
                self.note(child, "PH106", f"`{key}` cannot be a name", f"use {SLUG_HELP}", at_key=True)
                continue
            value = self.value(rule.of, child, (*path, key), owner)
            if value is not None:
                entries[key] = value
        return entries

    def scalar(self, rule: Rule, node: Node, path: Path) -> Any:
        """A text node read as the rule wants it."""
        written, name = node.text.strip(), _name(node, path)
        value = _SCALARS[rule.what](written)
        if value is None:
            help_ = _HELP.get(rule.what)
            words = said("`{value}` is not understood", value=f"{name}: {_short(written)}")
            if help_ is None:
                words = said(
                    "`{name}` must be {wanted}, but here it is `{found}`",
                    name=name,
                    wanted=said(_WANTED[rule.what]),
                    found=_short(written),
                )
            advice = said("use {what}", what=said(help_)) if help_ else ""
            self.note(node, "PH106" if help_ else "PH104", words, advice)
        elif rule.what in ("whole", "number") and not _is_within(rule, value):
            words = said(
                "`{name}` must be {wanted}, but here it is {found}",
                name=name,
                wanted=_between(rule),
                found=_short(written),
            )
            self.note(node, "PH107", words)
            return None
        return value

    def words(self, rule: Rule, node: Node, path: Path) -> str | None:
        """A text that fits the rule's options and pattern."""
        written = node.text
        bare = written.strip()
        if not bare:
            advice = said("write something, or delete the line")
            self.note(node, "PH107", said("`{name}` is empty", name=_name(node, path)), advice)
            return None
        if rule.options:
            return self.option(rule, node, bare, path)
        if rule.pattern is None:
            return written
        if rule.pattern.fullmatch(bare):
            return bare
        words = said("`{value}` is not valid", value=f"{_name(node, path)}: {_short(written)}")
        self.note(node, "PH106", words, said("use {what}", what=said(rule.pattern_help)))
        return None

    def option(self, rule: Rule, node: Node, written: str, path: Path) -> str | None:
        """One of the rule's options, in any case."""
        folded = written.casefold()
        found = next((option for option in rule.options if option.casefold() == folded), None)
        if found is None:
            near = did_you_mean(written, rule.options, 0.5)
            choices = said("one of: {choices}", choices=", ".join(rule.options))
            advice = said("{near} ({choices})", near=near, choices=choices) if near else choices
            words = said("`{name}` cannot be `{found}`", name=_name(node, path), found=_short(written))
            self.note(node, "PH105", words, advice)
        return found

    def unknown(self, key: str, child: Node, spec: _Spec, path: Path) -> None:
        """Notes a key nobody reads."""
        where = f"in {_nice(path)}" if path else "at the top level"
        advice = _colon_advice(key) or did_you_mean(key, spec.offered, 0.7) or _home_advice(key, spec)
        if not advice:
            listed = ", ".join(sorted(spec.offered)[:24])
            advice = did_you_mean(key, spec.offered) or (f"allowed here: {listed}" if listed else "")
        self.note(child, "PH102", f"unknown key `{_short(key)}` {where}", advice, at_key=True)

    def missing(self, key: str, node: Node, rule: Rule, path: Path) -> None:
        """Notes a required key that is not there."""
        where, example = _nice(path), rule.example or f"{key}: ..."
        self.note(node, "PH103", f"`{key}` is missing in {where}", f"add   {example}", at_key=True)

    def no_such(self, node: Node, path: Path, wanted: str, advice: str = "", *, at_key: bool = False) -> None:
        """Notes a value of another shape."""
        advice = advice or ("" if node.empty else _SHAPE_ADVICE.get((wanted.split()[1], node.kind), ""))
        name = f"`{_name(node, path)}`" if path else "this file"
        said = f"{name} must be {wanted}, but here it is {'empty' if node.empty else _IS[node.kind]}"
        self.note(node, "PH104" if path else "PH101", said, advice, at_key=at_key)

    def note(self, node: Node, code: str, message: str, advice: str = "", at_key: bool = False) -> None:
        """Adds an error at the node, or at its key where the key is what is wrong."""
        self.problems.append(problem_at(node, code, "error", message, advice, at_key=at_key))


_SHAPE_ADVICE: dict[tuple[str, str], str] = {
    ("list", "text"): "put it into brackets, with commas between several:  [one, two]",
    ("list", "map"): "write each on a line of its own after a dash:  - one",
    ("group", "list"): "delete the dashes: each line is  key: value",
    ("group", "text"): "write its keys below it, two spaces in:  key: value",
    ("text", "list"): "write it without brackets and dashes",
}
"""By the shape that is wanted and the one that is there."""


def _colon_advice(key: str) -> str:
    """For a key that has swallowed its value, because no space stands behind the colon."""
    name, colon, _ = key.partition(":")
    return f"a space is missing after the colon: write  {_short(name)}: " if colon and name.strip() else ""


def _home_advice(key: str, spec: _Spec) -> str:
    """For a key of a group that stands beside the group."""
    groups = ((name, rule.cls) for name, (_, rule) in spec.keys.items() if isinstance(rule.cls, type))
    home = next((name for name, cls in groups if key in _spec(cls).keys), "")
    return f"it belongs under `{home}`: write it there, two spaces in" if home else ""


_WANTED = {
    "text": "a text",
    "flag": "yes or no",
    "whole": "a whole number",
    "number": "a number",
    "duration": "a time such as 3d",
    "day": "a date such as 2026-03-31",
}


def _class_of(rule: Rule, owner: type) -> type:
    found = getattr(sys.modules[owner.__module__], rule.cls) if isinstance(rule.cls, str) else rule.cls
    assert isinstance(found, type)
    return found


def _is_within(rule: Rule, value: float) -> bool:
    low = float("-inf") if rule.low is None else rule.low
    high = float("inf") if rule.high is None else rule.high
    return low <= value <= high and isfinite(value)


def _between(rule: Rule) -> str:
    if rule.low is None:
        return said("at most {high}", high=rule.high)
    if rule.high is None:
        return said("at least {low}", low=rule.low)
    return said("between {low} and {high}", low=rule.low, high=rule.high)


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same, but None for a text it raises ValueError for."""

    def reading(written: str) -> Any:
        try:
            return read(written)
        except ValueError:
            return None

    return reading


_SCALARS: dict[str, Callable[[str], Any]] = {
    "flag": lambda written: _FLAGS.get(written.casefold()),
    "duration": parse_duration,
    "day": _or_none(lambda written: date.fromisoformat(written) if len(written) == 10 else None),
    "whole": _or_none(int),
    "number": _or_none(float),
}
"""What a text says, by what a rule wants; None when it says nothing of that kind."""
_HELP = {"duration": DURATION_HELP, "day": "a date such as 2026-03-31"}


_short = partial(shortened, most=40)


def _name(node: Node, path: Path) -> str:
    """The key as it is written: where one word stands for a group, as in `dialer: uri`, that of the group."""
    stands_for = len(path) > 1 and node.key_length not in (0, len(str(path[-1])))
    return _last_name(path[:-1] if stands_for and node.key_length == len(str(path[-2])) else path)


def _last_name(path: Path) -> str:
    named = next((part for part in reversed(path) if isinstance(part, str)), "")
    return _short(named) if not path or isinstance(path[-1], str) else f"{_short(named)} #{int(path[-1]) + 1}"


def _nice(path: Path) -> str:
    """A path as a person says it: `discovery #1 > answers > problem`."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f" #{part + 1}"
        elif part != "steps":
            words += (" > " if words else "") + _short(part)
    return words or "the file"
