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
from collections.abc import Callable

from tui.script.language.model import SECTIONS
from tui.yamlfile.node import Node

_ARROW = re.compile(r"^(.*?)\s{0,8}(?:->|→)\s{0,8}([A-Za-z_][\w.-]{0,60})\s*$", re.DOTALL)
_STEP_KEYS = frozenset({"say", "ask", "do", "use", "end"})
_QUESTION_KEYS = frozenset({"ask", "save", "type", "answers", "yes", "no", "required", "min", "max", "keep"})


def expand(root: Node) -> Node:
    """The script's node with every short form written out. Anything unexpected is left for the contract."""
    if root.kind != "map":
        return root
    keys = dict(root.entries)
    if "ask" in keys and "discovery" not in keys:
        keys["discovery"] = _questions(keys.pop("ask"))
    for name in SECTIONS:
        _apply(keys, name, section)
    for group in ("branches", "snippets"):
        _apply(keys, group, lambda node: _each(node, section))
    _apply(keys, "voicemail", lambda node: _listed(node, "say"))
    _apply(keys, "objections", _objections)
    _apply(keys, "followup", _followup)
    _apply(keys, "audience", _audience)
    _apply(keys, "include", _one_or_many)
    _apply(keys, "without", _one_or_many)
    _apply(keys, "variables", lambda node: _each(node, _variable))
    return root.become("map", keys)


def section(node: Node) -> Node:
    """A section as a map with `steps` (or `variants`)."""
    if node.kind == "text" and not node.empty:
        return node.become("map", {"steps": node.become("list", [step(node.unkeyed())])})
    if node.kind == "list":
        return node.become("map", {"steps": node.become("list", [step(part) for part in node.parts])})
    if node.kind != "map":
        return node
    keys = dict(node.entries)
    if "variants" in keys and not (keys.keys() & {"say", "ask"}):
        keys["variants"] = _each(keys["variants"], section)
        return node.become("map", keys)
    if "steps" in keys:
        keys["steps"] = _steps(keys["steps"])
        return node.become("map", keys)
    if keys.keys() & _STEP_KEYS:
        kept: dict[str, Node] = {key: keys.pop(key) for key in ("weight", "title") if key in keys}
        only = step(node.become("map", keys).unkeyed())
        return node.become("map", {"steps": node.become("list", [only]), **kept})
    return node


def step(node: Node) -> Node:
    """A step as a map; `words -> target` is split into what is said and where it goes."""
    if node.kind == "text":
        return node.become("map", _words_and_target(node)) if not node.empty else node
    if node.kind != "map":
        return node
    keys = dict(node.entries)
    if "note" in keys and "coach" not in keys:
        keys["coach"] = keys.pop("note")
    _yes_and_no(node, keys)
    if "answers" in keys:
        keys["answers"] = _answers(keys["answers"])
        keys.setdefault("type", _text_at(node, "choice"))
    if "variants" in keys:
        keys["variants"] = _each(keys["variants"], _text_variant)
    return node.become("map", keys)


def _apply(keys: dict[str, Node], key: str, change: Callable[[Node], Node]) -> None:
    if key in keys:
        keys[key] = change(keys[key])


def _each(node: Node, change: Callable[[Node], Node]) -> Node:
    if node.kind != "map":
        return node
    return node.become("map", {key: change(child) for key, child in node.items()})


def _text_at(node: Node, text: str) -> Node:
    """A text the short form implies, standing where the short form stands."""
    return Node("text", text, node.line, node.col, node.file, quoted=True)


def _steps(node: Node) -> Node:
    if node.kind == "text" and not node.empty:
        return node.become("list", [step(node.unkeyed())])
    return node.become("list", [step(part) for part in node.parts]) if node.kind == "list" else node


def _questions(node: Node) -> Node:
    if node.kind == "text" and not node.empty:
        return node.become("list", [_question(node)])
    if node.kind == "list":
        asked = [_question(part) if part.kind == "text" else part for part in node.parts]
        return node.become("list", asked)
    return node


def _question(node: Node) -> Node:
    return node.become("map", {"ask": node.unkeyed()})


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
    if not bare and not (keys.keys() & {"yes", "no"}):
        return
    written = keys.get("answers")
    if written is not None and written.kind != "map":
        return
    answers = dict(written.entries) if written is not None else {}
    for word in ("yes", "no"):
        answers[word] = keys.pop(word) if word in keys else Node("text", "", node.line, node.col, node.file)
    keys["answers"] = (written or node).become("map", answers)
    keys.setdefault("type", _text_at(node, "yesno"))


def _answers(node: Node) -> Node:
    if node.kind == "list":
        texts = [part for part in node.parts if part.kind == "text" and not part.empty]
        if len(texts) < len(node.parts):
            return node
        return node.become("map", {part.text: _bare_answer(part) for part in texts})
    return _each(node, _answer)


def _bare_answer(label: Node) -> Node:
    return Node(
        "map", {}, label.line, label.col, label.file, label.line, label.col, label.length, label.length
    )


def _answer(node: Node) -> Node:
    if node.empty:
        return node.become("map", {})
    if node.kind == "text":
        return node.become("map", _words_and_target(node))
    if node.kind == "list":
        return node.become("map", {"steps": _steps(node).unkeyed()})
    keys = dict(node.entries)
    if "steps" in keys:
        keys["steps"] = _steps(keys["steps"])
    if "ask" in keys and "steps" not in keys:
        asked = {key: keys.pop(key) for key in list(keys) if key in _QUESTION_KEYS}
        keys["steps"] = node.become("list", [step(node.become("map", asked).unkeyed())]).unkeyed()
    return node.become("map", keys)


def _text_variant(node: Node) -> Node:
    return node.become("map", {"text": node.unkeyed()}) if node.kind == "text" and not node.empty else node


def _listed(node: Node, field: str) -> Node:
    """A list of maps, from a text, one map, a map by name, or a list of texts."""
    if node.kind == "text" and not node.empty:
        return node.become("list", [node.become("map", {field: node.unkeyed()})])
    if node.kind == "map":
        if field in node or "id" in node:
            return node.become("list", [node.unkeyed()])
        return node.become("list", [_with_id(key, child, field) for key, child in node.items()])
    if node.kind == "list":
        full = [
            part.become("map", {field: part.unkeyed()}) if part.kind == "text" and not part.empty else part
            for part in node.parts
        ]
        return node.become("list", full)
    return node


def _with_id(key: str, node: Node, field: str) -> Node:
    if node.kind == "text" and not node.empty:
        keys = {field: node.unkeyed()}
    elif node.kind == "map":
        keys = dict(node.entries)
    else:
        return node
    name = Node("text", key, node.key_line, node.key_col, node.file, length=node.key_length, quoted=True)
    return node.become("map", {"id": name, **keys})


def _objections(node: Node) -> Node:
    if node.kind == "map":
        node = node.become("list", [_with_id(key, child, "say") for key, child in node.items()])
    if node.kind == "list":
        return node.become("list", [_objection(part) for part in node.parts])
    return node


def _objection(node: Node) -> Node:
    if node.kind != "map":
        return node
    keys = dict(node.entries)
    _apply(keys, "heard", _one_or_many)
    _apply(keys, "ladder", lambda ladder: _listed(ladder, "offer"))
    return node.become("map", keys)


def _followup(node: Node) -> Node:
    if node.kind == "list" or (node.kind == "text" and not node.empty):
        return node.become("map", {"steps": _steps(node).unkeyed()})
    if node.kind != "map":
        return node
    keys = dict(node.entries)
    _apply(keys, "reasons", lambda reasons: _listed(reasons, "say"))
    _apply(keys, "steps", _steps)
    return node.become("map", keys)


def _audience(node: Node) -> Node:
    if node.kind == "map":
        return _each(node, _one_or_many)
    if node.kind == "list" or (node.kind == "text" and not node.empty):
        return node.become("map", {"tags": _one_or_many(node).unkeyed()})
    return node


def _one_or_many(node: Node) -> Node:
    return node.become("list", [node.unkeyed()]) if node.kind == "text" and not node.empty else node


def _variable(node: Node) -> Node:
    if node.empty:
        return node.become("map", {})
    return node.become("map", {"default": node.unkeyed()}) if node.kind == "text" else node
