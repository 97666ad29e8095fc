"""The JSON Schema of config.yaml, for editors: made from the one table of settings, with the short forms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from tui.settings.declare import ANY, Setting
from tui.settings.layers import DAYS, REMOVED
from tui.settings.scope import lockable
from tui.settings.settings import SETTINGS
from tui.yamlfile.contract import rules_of
from tui.yamlfile.fields import Rule
from tui.yamlfile.json_schema import (
    ANY_TEXT,
    DRAFT,
    NAME,
    Schema,
    described,
    either,
    list_of,
    map_of,
    value,
)

_DAY = "|".join(DAYS)
_BY: Mapping[str, str] = {
    "rep": " (only in a rep's own file)",
    "team": " (for the whole team)",
    "team, else rep": " (for the whole team; where that says nothing, a rep may)",
}
_OFF: Schema = {"enum": [*sorted(REMOVED), False]}


def schema(themes: Collection[str], commands: Collection[str]) -> Schema:
    """The schema of a settings file as JSON-able data (draft 7). Only these themes and commands may be named."""
    whole = _group({})
    for setting in SETTINGS:
        _put(whole, setting)
    keys = whole["properties"]
    keys["theme"] = described({"enum": sorted(themes)}, keys["theme"]["description"])
    keys["keys"]["propertyNames"] = {"enum": sorted(commands)}
    keys["lock"]["items"] = {"enum": sorted(lockable())}
    _add_short_forms(keys)
    return {"$schema": DRAFT, "title": "Power Hour config.yaml", **whole}


def _put(whole: Schema, setting: Setting) -> None:
    """One setting at its place; groups on the way are made."""
    at = whole
    for name in setting.path[:-1]:
        at = _below(at, name)
    if setting.path[-1] == ANY:
        at["additionalProperties"] = _described(setting)
    else:
        at["properties"][setting.path[-1]] = _described(setting)


def _below(group: Schema, name: str) -> Schema:
    if name == ANY:
        if group["additionalProperties"] is False:
            group["additionalProperties"] = _group({})
            group["propertyNames"] = {"pattern": NAME}
        found: Schema = group["additionalProperties"]
        return found
    made: Schema = group["properties"].setdefault(name, _group({}))
    return made


def _group(keys: Schema) -> Schema:
    return {"type": "object", "properties": keys, "additionalProperties": False}


def _described(setting: Setting) -> Schema:
    what = value(setting.shape, _object)
    if setting.empty and "pattern" in what:
        what = either(what, {"const": ""})
    doc = setting.shape.doc + _BY.get(setting.by, "")
    # Of what people name, the built-in value is that of the whole group.
    known: Any = setting.default if ANY not in setting.path else None
    if known is not None and setting.shape.what in ("whole", "number"):
        known = int(known)
    return described({**what, **({} if known is None else {"default": known})}, doc)


def _object(rule: Rule) -> Schema:
    assert isinstance(rule.cls, type)
    keys: dict[str, Any] = {}
    needed = []
    for name, inner in rules_of(rule.cls).items():
        keys[name] = described(value(inner, _object), inner.doc)
        needed += [name] if inner.required else []
    return {**_group(keys), "required": needed}


def _add_short_forms(keys: Schema) -> None:
    """The shorter ways to write a value, which `layers` writes out."""
    window = keys["calling_window"]
    window["patternProperties"] = {f"^({_DAY})\\s*-\\s*({_DAY})$": window["properties"]["mon"]}
    packs = window["properties"]["law_packs"]
    window["properties"]["law_packs"] = described(either(packs, map_of(_OFF)), packs["description"])
    kind = keys["dialer"]["properties"]["kind"]
    keys["dialer"] = either(kind, keys["dialer"])
    keys["scripts"] = either(ANY_TEXT, keys["scripts"])
    keys["editor"] = described(either(ANY_TEXT, list_of(ANY_TEXT)), keys["editor"]["description"])
    outcomes = keys["outcomes"]
    outcomes["additionalProperties"] = either(_OFF, outcomes["additionalProperties"])
