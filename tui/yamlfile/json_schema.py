"""JSON Schema (draft 7) of what a key may hold, for editors: made from the rules the checker reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui.yamlfile.fields import Rule

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}
"""Every scalar is text to us, but an editor takes 9 for a number and yes for a boolean."""
NOTHING: Schema = {"type": "null"}
YES_OR_NO: Schema = {"enum": [True, False, "yes", "no", "on", "off"]}
NAME = r"^[A-Za-z][A-Za-z0-9_-]{0,47}$"


def value(rule: Rule, of_object: Callable[[Rule], Schema]) -> Schema:
    """What a rule takes; `of_object` describes a group of keys."""
    if rule.what == "object":
        return of_object(rule)
    if rule.what == "list" and rule.of is not None:
        return list_of(value(rule.of, of_object))
    if rule.what == "map" and rule.of is not None:
        names = {} if rule.any_key else {"propertyNames": {"pattern": NAME}}
        return {**map_of(value(rule.of, of_object)), **names}
    if rule.what == "flag":
        return dict(YES_OR_NO)
    if rule.what in ("whole", "number"):
        limits = {"minimum": rule.low, "maximum": rule.high}
        kind = "integer" if rule.what == "whole" else "number"
        return {"type": kind, **{key: limit for key, limit in limits.items() if limit is not None}}
    if rule.options:
        figures = [int(option) for option in rule.options if option.isdigit()]
        switches = [on for on, words in ((True, "on"), (False, "off")) if words in rule.options]
        return {"enum": [*map(str, rule.options), *figures, *switches]}
    if rule.pattern is None:
        return dict(ANY_TEXT)
    # A pattern binds texts only, so a number such as `attempt: 2` may stand beside it.
    return {**ANY_TEXT, "pattern": f"^(?:{rule.pattern.pattern})$"}


def list_of(item: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": item}


def map_of(item: Schema) -> Schema:
    """A group of keys that people choose, with such values."""
    return {"type": "object", "additionalProperties": item}


def either(*forms: Schema) -> Schema:
    """One of several forms."""
    return {"anyOf": list(forms)}


def described(schema: Schema, doc: str) -> Schema:
    """The schema with its explanation; draft 7 ignores what stands beside a `$ref`, so that is wrapped."""
    if not doc:
        return schema
    return {"allOf": [schema], "description": doc} if "$ref" in schema else {**schema, "description": doc}
