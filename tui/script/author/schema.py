"""The JSON Schema of a call script, for editors: made from the tables the checker reads, with the short forms."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from dataclasses import fields

from tui.script.language import key_pairs, model
from tui.yamlfile.fields import Rule
from tui.yamlfile.json_schema import (
    ANY_TEXT,
    DRAFT,
    NOTHING,
    Schema,
    described,
    either,
    list_of,
    map_of,
    value,
)

_QUESTION = ("ask", "save", "type", "answers", "yes", "no", "required", "min", "max", "keep")


def schema(outcomes: Collection[str] = ()) -> Schema:
    """The schema of a script file as JSON-able data (draft 7). With the team's outcomes only those may be named."""
    parts = {cls.__name__: _object(cls) for cls in _CLASSES}
    for part, key in (("Step", "end"), ("Step", "outcome"), ("Answer", "outcome")) if outcomes else ():
        known = parts[part]["properties"][key]
        parts[part]["properties"][key] = described({"enum": sorted(outcomes)}, known["description"])
    script = parts.pop("Script")
    _add_short_forms(parts)
    _add_short_forms_of_file(script["properties"], parts)
    return {
        "$schema": DRAFT,
        "title": "Power Hour call script",
        **script,
        "definitions": parts,
    }


_CLASSES: tuple[type, ...] = (
    *(model.Script, model.Section, model.Variant, model.Step, model.TextVariant, model.Answer),
    *(model.Voicemail, model.Followup, model.Reason, model.Objection, model.Rung, model.Audience),
    model.Variable,
)


def _object(cls: type) -> Schema:
    """The long form of one class."""
    properties: Schema = {}
    required = []
    for declared in fields(cls):
        rule = declared.metadata.get("rule")
        if isinstance(rule, Rule):
            name = rule.key or declared.name
            properties[name] = described(_value(rule, cls), rule.doc)
            required += [name] if rule.required else []
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if cls.__doc__:
        made["description"] = cls.__doc__.splitlines()[0]
    return {**made, "required": required} if required else made


def _value(rule: Rule, owner: type) -> Schema:
    def of_object(rule: Rule) -> Schema:
        cls = getattr(sys.modules[owner.__module__], rule.cls) if isinstance(rule.cls, str) else rule.cls
        return _ref(cls.__name__ if cls is not None else "")

    return value(rule, of_object)


def _add_short_forms(parts: dict[str, Schema]) -> None:
    """Beside the long form of each part, the shorter ways to write it."""
    step, answer, section = parts["Step"], parts["Answer"], parts["Section"]
    step["properties"] |= {
        "yes": described(_ref("Answer"), "what follows a yes"),
        "no": described(_ref("Answer"), "what follows a no"),
        "note": described(ANY_TEXT, "the same as coach"),
        "answers": described(
            either({**list_of(ANY_TEXT), "minItems": 1}, {**map_of(_ref("Answer")), "minProperties": 1}),
            "a list of answers, or  answer: what follows  (words -> target)",
        ),
        "variants": map_of(either(ANY_TEXT, _ref("TextVariant"))),
    }
    answer["properties"] |= {**{key: step["properties"][key] for key in _QUESTION}, "steps": _STEPS}
    variant = parts["Variant"]
    variant.pop("required", None)
    section["properties"] = {**step["properties"], **section["properties"], "steps": _STEPS}
    variant["properties"] = {**step["properties"], **variant["properties"], "steps": _STEPS}
    section["properties"]["variants"] = map_of(either(ANY_TEXT, list_of(_ref("Step")), _ref("VariantLong")))
    parts["Objection"]["properties"] |= {
        "heard": described(
            _TEXTS, "what the customer says, in several ways; the first is its name on the screen"
        ),
        "ladder": _list_or_named("Rung", "RungNamed"),
    }
    for name in ("Rung", "Objection", "Voicemail", "Reason"):
        parts[f"{name}Named"] = {key: value for key, value in parts[name].items() if key != "required"}
    parts["Followup"]["properties"] |= {
        "steps": _STEPS,
        "reasons": _list_or_named("Reason", "ReasonNamed"),
    }
    _add_what_goes_together(step, answer, section, variant)
    for name in ("Step", "Answer", "Section", "Variant"):
        parts[f"{name}Long"] = parts.pop(name)
    parts |= {
        "Step": either(ANY_TEXT, _ref("StepLong")),
        "Answer": either(NOTHING, ANY_TEXT, list_of(_ref("Step")), _ref("AnswerLong")),
        "Section": either(ANY_TEXT, list_of(_ref("Step")), _ref("SectionLong")),
    }
    for key in ("tags", "lists", "stages", "kinds", "exclude"):
        listed = parts["Audience"]["properties"][key]
        parts["Audience"]["properties"][key] = either(listed["items"], listed)


def _add_what_goes_together(step: Schema, answer: Schema, section: Schema, variant: Schema) -> None:
    """The table of `together`: what a call would ignore is not allowed, and an editor marks that key."""
    keys = set(step["properties"])
    lines: Schema = _not_allowed(keys - _written(key_pairs.WORKS[""]))
    of_section: Schema = {}
    for kind in reversed(key_pairs.KINDS):
        refused = _not_allowed(keys - _written(key_pairs.WORKS[kind]))
        lines = {"if": {"required": [kind]}, "then": refused, "else": lines}
        of_section = {"if": {"required": [kind]}, "then": refused, "else": of_section}
    step.update(lines | {"dependencies": _DEPENDENCIES, "allOf": _OF_ANSWERS})
    answer["dependencies"] = {**_DEPENDENCIES, **{key: ["ask"] for key in ("save", "type", "answers")}}
    answer["allOf"] = _OF_ANSWERS
    own = {"steps", "variants", "seconds", "coach", "title", "weight"}
    several = {"if": _one_of("say", "ask"), "then": of_section, "else": _not_allowed(keys - own)}
    one_line = {"if": {"required": ["variants"]}, "then": several, "else": of_section}
    for part in (section, variant):
        whole = _not_allowed({"variants", *keys} - (own - {"variants"}))
        part.update({"if": {"required": ["steps"]}, "then": whole, "else": one_line})
        part |= {"dependencies": _DEPENDENCIES, "allOf": _OF_ANSWERS}


def _written(keys: Iterable[str]) -> set[str]:
    """Keys with the short forms that stand for them."""
    known = set(keys)
    return known | {short for short, key in key_pairs.SHORT.items() if key in known}


def _not_allowed(keys: Iterable[str]) -> Schema:
    return {"properties": dict.fromkeys(sorted(keys), False)}


def _one_of(*keys: str) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _when_type(*types: str) -> Schema:
    return {"properties": {"type": {"enum": [*types]}}, "required": ["type"]}


def _add_short_forms_of_file(keys: Schema, parts: dict[str, Schema]) -> None:
    """The shorter ways to write the keys of a file."""
    short = {
        "ask": (_STEPS, "short for discovery: questions"),
        "voicemail": (
            either(ANY_TEXT, _ref("Voicemail"), _list_or_named("Voicemail", "VoicemailNamed")),
            "one text, or a list: attempt 1, 2 ... last",
        ),
        "audience": (
            either(ANY_TEXT, list_of(ANY_TEXT), _ref("Audience")),
            "for whom it is picked when nobody names a script",
        ),
        "include": (_TEXTS, "files of shared parts"),
        "without": (_TEXTS, "parts of those files that are left out"),
        "variables": (
            map_of(either(NOTHING, ANY_TEXT, _ref("Variable"))),
            "name: what is said without it",
        ),
        "objections": (
            either(list_of(_ref("Objection")), map_of(either(ANY_TEXT, _ref("ObjectionNamed")))),
            "what a customer may object, and how to meet it",
        ),
        "followup": (
            either(ANY_TEXT, list_of(_ref("Step")), _ref("Followup")),
            "what a follow-up call adds",
        ),
    }
    keys.update({key: described(what, doc) for key, (what, doc) in short.items()})


def _list_or_named(item: str, named: str) -> Schema:
    """A text, a list of items, or the items by name (`named` needs no key of its own)."""
    return either(ANY_TEXT, list_of(either(ANY_TEXT, _ref(item))), map_of(either(ANY_TEXT, _ref(named))))


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


_TEXTS: Schema = either(ANY_TEXT, list_of(ANY_TEXT))
"""One text or several."""
_STEPS: Schema = either(ANY_TEXT, list_of(_ref("Step")))
"""One line or several."""
_LABEL: Schema = {
    "anyOf": [
        {"type": "object", "properties": dict.fromkeys(key_pairs.LABELS_ONLY, False)},
        {"type": "null"},
    ]
}
"""An answer among several that are ticked: a label, which leads nowhere."""
_DEPENDENCIES: Schema = {
    "variants": {"if": _one_of("say", "ask"), "then": _not_allowed(["say"])},
    "end": _not_allowed(["goto"]),
    "keep": ["save"],
    **{key: {"if": {"required": ["ask"]}, "then": _when_type("number")} for key in ("min", "max")},
}
_OF_ANSWERS: list[Schema] = [
    {"if": _when_type(*key_pairs.PICKED), "then": _one_of("answers", "yes", "no")},
    {
        "if": _when_type("multi"),
        "then": {"properties": {"answers": either(list_of(ANY_TEXT), map_of(_LABEL))}},
    },
]
