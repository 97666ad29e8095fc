"""Writes out the short forms of a call script, on the nodes, so that every problem keeps its place.

opener: text                       {steps: [{say: text}]}
opener: [..]                       {steps: [..]}
ask: [..]  (top level)             discovery, texts become questions
answers: [a, b]                    {a: {}, b: {}}
happy: Glad to hear it. -> close   {say: .., goto: close}
yes: -> close                      answers.yes
voicemail: text                    [{say: text}]
audience: [a, b]                   {tags: [a, b]}
objections: {too_dear: {..}}       [{id: too_dear, ..}]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tui.script.language.model import SECTIONS
from tui.yamlfile.problem import Node

Form = Callable[[Node], Node]
"""Writes out what may stand under a key. Anything unexpected is left for the contract."""

_ARROW = re.compile(r"^(.*?)\s{0,8}(?:->|→)\s{0,8}([A-Za-z_][\w.-]{0,60})\s*$", re.DOTALL)
_STEP_KEYS = frozenset({"say", "ask", "do", "use", "end"})
_QUESTION_KEYS = frozenset({"ask", "save", "type", "answers", "yes", "no", "required", "min", "max", "keep"})


def expand(root: Node) -> Node:
    """The script's node with every short form written out."""
    if "ask" in root and "discovery" not in root:
        keys = dict(root.entries)
        asked = _listed(keys.pop("ask"), lambda part: _under("ask", part))
        root = root.become("map", {**keys, "discovery": asked})
    return _with(root, _OF_A_FILE)


def section(node: Node) -> Node:
    """A section as a map with `steps` (or `variants`)."""
    if node.kind == "list" or _says(node):
        return node.become("map", {"steps": _steps(node)})
    keys = dict(node.entries)
    if "variants" in keys and not (keys.keys() & {"say", "ask"}):
        return _with(node, {"variants": lambda variants: _each(variants, section)})
    if "steps" in keys:
        return _with(node, {"steps": _steps})
    if keys.keys() & _STEP_KEYS:
        kept: dict[str, Node] = {key: keys.pop(key) for key in ("weight", "title") if key in keys}
        only = step(node.become("map", keys).unkeyed())
        return node.become("map", {"steps": node.become("list", [only]), **kept})
    return node


def step(node: Node) -> Node:
    """A step as a map; `words -> target` is split into what is said and where it goes."""
    if node.kind != "map":
        return node.become("map", _words_and_target(node)) if _says(node) else node
    keys = dict(node.entries)
    if "note" in keys and "coach" not in keys:
        keys["coach"] = keys.pop("note")
    _yes_and_no(node, keys)
    if "answers" in keys:
        keys["answers"] = _answers(keys["answers"])
        keys.setdefault("type", _text_at(node, "choice"))
    return _with(
        node.become("map", keys), {"variants": lambda tested: _each(tested, lambda one: _under("text", one))}
    )


def _says(node: Node) -> bool:
    return node.kind == "text" and not node.empty


def _with(node: Node, forms: Mapping[str, Form]) -> Node:
    """A map with what stands under these keys written out."""
    if node.kind != "map":
        return node
    return node.become("map", {key: forms[key](one) if key in forms else one for key, one in node.items()})


def _each(node: Node, form: Form) -> Node:
    """A map with what stands under every key written out."""
    return _with(node, dict.fromkeys(node.entries, form))


def _under(key: str, node: Node) -> Node:
    """A text as a map with this one key."""
    return node.become("map", {key: node.unkeyed()}) if _says(node) else node


def _one_or_many(node: Node) -> Node:
    """A text as a list of one."""
    return node.become("list", [node.unkeyed()]) if _says(node) else node


def _listed(node: Node, form: Form) -> Node:
    """A text, or a list, as a list with every item written out."""
    many = _one_or_many(node)
    return many.become("list", [form(part) for part in many.parts]) if many.kind == "list" else many


def _text_at(node: Node, text: str) -> Node:
    """A text the short form implies, standing where the short form stands."""
    return Node("text", text, node.line, node.col, node.file, quoted=True)


def _steps(node: Node) -> Node:
    return _listed(node, step)


def _words_and_target(node: Node) -> dict[str, Node]:
    found = _ARROW.match(node.text)
    if not found:
        return {"say": node.unkeyed()}
    words = found.group(1).strip()
    keys = {"say": node.become("text", words).unkeyed()} if words else {}
    target = Node(
        "text",
        found.group(2),
        node.line,
        node.col + (found.start(2) if not node.quoted and "\n" not in node.text else 0),
        node.file,
        length=len(found.group(2)),
        quoted=True,
    )
    return {**keys, "goto": target}


def _yes_and_no(node: Node, keys: dict[str, Node]) -> None:
    """Turns `yes:` and `no:` into answers; a yes-or-no question without them gets both."""
    kind = keys.get("type")
    bare = kind is not None and kind.text.strip().casefold() == "yesno" and "answers" not in keys
    written = keys.get("answers", node)
    if written.kind != "map" or not (bare or keys.keys() & {"yes", "no"}):
        return
    answers = dict(written.entries) if "answers" in keys else {}
    for word in ("yes", "no"):
        answers[word] = keys.pop(word, Node("text", "", node.line, node.col, node.file))
    keys["answers"] = written.become("map", answers)
    keys.setdefault("type", _text_at(node, "yesno"))


def _answers(node: Node) -> Node:
    if node.kind == "list" and all(map(_says, node.parts)):
        return node.become("map", {part.text: _bare_answer(part) for part in node.parts})
    return _each(node, _answer)


def _bare_answer(label: Node) -> Node:
    return Node(
        "map", {}, label.line, label.col, label.file, label.line, label.col, label.length, label.length
    )


def _answer(node: Node) -> Node:
    if node.kind == "text":
        return node.become("map", {} if node.empty else _words_and_target(node))
    if node.kind == "list":
        return node.become("map", {"steps": _steps(node).unkeyed()})
    keys = dict(node.entries)
    if "steps" in keys:
        keys["steps"] = _steps(keys["steps"])
    elif "ask" in keys:
        asked = {key: keys.pop(key) for key in list(keys) if key in _QUESTION_KEYS}
        keys["steps"] = node.become("list", [step(node.become("map", asked).unkeyed())]).unkeyed()
    return node.become("map", keys)


def _items(field: str) -> Form:
    """For a list of maps: from a text, one map, a map by name, or a list of texts."""

    def form(node: Node) -> Node:
        if node.kind == "map" and (field in node or "id" in node):
            return node.become("list", [node.unkeyed()])
        return _listed(_by_name(node, field), lambda part: _under(field, part))

    return form


def _by_name(node: Node, field: str) -> Node:
    """A map by name as a list, each item with its name as its `id`."""
    if node.kind != "map":
        return node
    return node.become("list", [_with_id(key, child, field) for key, child in node.items()])


def _with_id(key: str, node: Node, field: str) -> Node:
    node = _under(field, node)
    if node.kind != "map":
        return node
    name = Node("text", key, node.key_line, node.key_col, node.file, length=node.key_length, quoted=True)
    return node.become("map", {"id": name, **node.entries})


def _objections(node: Node) -> Node:
    named = _by_name(node, "say")
    forms = {"heard": _one_or_many, "ladder": _items("offer")}
    return _listed(named, lambda part: _with(part, forms)) if named.kind == "list" else named


def _followup(node: Node) -> Node:
    if node.kind == "list" or _says(node):
        return node.become("map", {"steps": _steps(node).unkeyed()})
    return _with(node, {"reasons": _items("say"), "steps": _steps})


def _audience(node: Node) -> Node:
    if node.kind == "list" or _says(node):
        return node.become("map", {"tags": _one_or_many(node).unkeyed()})
    return _each(node, _one_or_many)


_OF_A_FILE: Mapping[str, Form] = {
    **dict.fromkeys(SECTIONS, section),
    **dict.fromkeys(("branches", "snippets"), lambda node: _each(node, section)),
    **dict.fromkeys(("include", "without"), _one_or_many),
    "voicemail": _items("say"),
    "objections": _objections,
    "followup": _followup,
    "audience": _audience,
    "variables": lambda node: _each(
        node, lambda one: one.become("map", {}) if one.empty else _under("default", one)
    ),
}
"""The keys of a file that may be written in a short form."""
