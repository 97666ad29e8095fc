"""The keys of config.yaml as a table: which there are, and what each takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from tui.settings.model import Config
from tui.settings.tree import Path
from tui.yamlfile.fields import Rule

ANY = "*"
"""Stands for a name that people choose: an outcome, a language, a command."""


def _rules(cls: type) -> dict[str, Rule]:
    return {key: rule for key, (_, rule) in _declared(cls).items()}


@cache
def _declared(cls: type) -> dict[str, tuple[str, Rule]]:
    """Key in the file to the field that holds it and its rule."""
    rules = ((declared.name, declared.metadata["rule"]) for declared in fields(cls))
    return {rule.key or name: (name, rule) for name, rule in rules}


def value_at(config: Config, path: Sequence[str]) -> Any:
    """The value a checked file holds at a path that it has."""
    value: Any = config
    for name in path:
        value = value[name] if isinstance(value, dict) else getattr(value, _field(type(value), name))
    return value


def _field(cls: type, key: str) -> str:
    """The field that holds a key of the file (`is` is held by `is_`)."""
    return _declared(cls)[key][0]


def rule_at(path: Sequence[str]) -> Rule | None:
    """What the setting of that name takes, or None when there is no such setting."""
    rule = Rule("object", cls=Config)
    for name in path:
        if rule.what == "map" and rule.of is not None:
            rule = rule.of
        elif rule.what == "object" and name in (inner := _rules(_class_of(rule))):
            rule = inner[name]
        else:
            return None
    return rule


def every_key() -> Iterator[tuple[Path, Rule]]:
    """Every setting that holds a value, in the order of the file; `*` stands for a name people choose."""
    yield from _keys((), Rule("object", cls=Config))


def _keys(path: Path, rule: Rule) -> Iterator[tuple[Path, Rule]]:
    if rule.what == "object":
        for name, inner in _rules(_class_of(rule)).items():
            yield from _keys((*path, name), inner)
    elif rule.what == "map" and rule.of is not None:
        yield from _keys((*path, ANY), rule.of)
    else:
        yield path, rule


def _class_of(rule: Rule) -> type:
    found = getattr(sys.modules[Config.__module__], rule.cls) if isinstance(rule.cls, str) else rule.cls
    assert isinstance(found, type)
    return found
