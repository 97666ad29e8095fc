"""Which keys of a step do something together: the one table behind the checker, the JSON Schema and `--fix`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.yamlfile.problem import Node, Problem, problem_at

KINDS = ("ask", "say", "variants", "do", "use", "end", "goto")
"""What makes a step; of several the first decides what it is, as a call does (`Step.kind`)."""
_ALWAYS = ("id", "when", "goto")
_SHOWN = (*_ALWAYS, "coach", "outcome", "next_in")
_SAID = (*_SHOWN, "seconds")
WORKS: Mapping[str, frozenset[str]] = {
    "ask": frozenset(
        (*_SAID, "ask", "say", "variants", "save", "type", "answers", "required", "min", "max", "keep")
    ),
    "say": frozenset((*_SAID, "say", "variants")),
    "variants": frozenset((*_SAID, "variants")),
    "do": frozenset((*_SHOWN, "do")),
    "use": frozenset(("use", "id", "goto")),
    "end": frozenset(("end", "id", "when")),
    "goto": frozenset(_ALWAYS),
    "": frozenset(("id",)),
}
"""What a step is to the keys that do something in it; every other key would be ignored. "" is a step of nothing."""
KEYS = frozenset().union(*WORKS.values())
"""Every key of a step; others are unknown, which is told elsewhere."""
_LOST = {kind: KEYS - works for kind, works in WORKS.items()}
SHORT = {"yes": "answers", "no": "answers", "note": "coach"}
"""Short forms and the key they are written out to."""
PICKED = ("choice", "multi")
"""Types that are nothing without answers to pick."""
LABELS_ONLY = ("say", "coach", "steps", "goto", "outcome", "next_in")
"""What an answer to `type: multi` cannot have: several are ticked, and the call goes on one way."""

_OF_A_QUESTION = frozenset({"save", "type", "answers", "required", "min", "max", "keep"})
_CURES = {
    "keep": "add  save: name,  the name to remember the answer by",
    "goto": "the call is over at `end:`; delete one of the two",
    "say": "write the words into a line of their own, or into each variant",
}
"""What to do about these keys, whatever they are ignored beside."""
CODE = "PH314"


def ignored(keys: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each written key of a step that a call would ignore, with the key that leaves no place for it (or empty)."""
    kind = next((kind for kind in KINDS if kind in keys), "")
    lost = _LOST[kind]
    for key in keys:
        if key in lost:
            yield key, kind
        elif key == "say" and "variants" in keys:
            yield key, "variants"
        elif key == "goto" and "end" in keys:
            yield key, "end"
    if "keep" in keys and "save" not in keys and kind == "ask":
        yield "keep", ""


def ignored_keys(root: Node) -> Iterator[Problem]:
    """PH314 and PH315 for every line and section of a script's tree, its short forms written out."""
    todo = [root]
    while todo:  # every script is looked at on every start: no recursion, and no text is visited
        node = todo.pop()
        steps = node.get("steps")
        for step in steps.parts if steps is not None else ():
            yield from _of_step(step)
        if steps is not None and "variants" in node:
            yield problem_at(
                _written(steps),
                CODE,
                "error",
                "`steps` is ignored beside `variants`",
                "write the lines into each variant, or into a section of their own",
                at_key=True,
            )
        todo += [child for child in node if child.kind != "text"]


def _of_step(step: Node) -> Iterator[Problem]:
    keys = step.entries
    if "type" in keys and not keys["type"].key_line:  # the short form made it up
        keys = {key: node for key, node in keys.items() if key != "type"}
    for key, beside in ignored(keys):
        yield _lost(step, key, beside)
    if "ask" in keys:
        yield from _answers(step)


def _lost(step: Node, key: str, beside: str) -> Problem:
    if key == "end" and beside:
        message = f"`{key}` ends the call but proposes no outcome beside `{beside}`"
    elif beside:
        message = f"`{key}` is ignored beside `{beside}`"
    else:
        message = f"`{key}` does nothing without {'`save`' if key == 'keep' else 'words'}"
    return problem_at(_written(step.entries[key]), CODE, "error", message, _cure(key, beside), at_key=True)


def _cure(key: str, beside: str) -> str:
    """What to do about a key that is ignored beside another."""
    if key in _CURES:
        return _CURES[key]
    if key in _OF_A_QUESTION:
        return f"`{key}` belongs to a question: write the words as  ask:"
    if key in KINDS:
        return f"write it as a line of its own:  - {key}: ..."
    if beside == "use":
        return f"write `{key}:` at a line of the snippet"
    return f"write `{key}:` at a line that is said, asked or done"


def _answers(step: Node) -> Iterator[Problem]:
    """PH315: a list to pick from with nothing in it; PH314: what an answer among several ticked ones cannot do."""
    kind, answers = step.get("type"), step.get("answers")
    picked = kind.text.strip().casefold() if kind is not None else ""
    if answers is not None and answers.kind == "map" and not answers.entries:
        advice = "write some, or delete the line: then the rep types what they say"
        yield problem_at(answers, "PH315", "error", "there is no answer to pick", advice, at_key=True)
    elif kind is not None and picked in PICKED and answers is None:
        advice = "add  answers: [...],  or delete `type:`: then the rep types what they say"
        yield problem_at(
            kind, "PH315", "error", f"there is no answer to pick, and `type: {picked}` does nothing", advice
        )
    if picked != "multi" or answers is None:
        return
    for label, answer in answers.items():
        for key in LABELS_ONLY:
            if (found := answer.get(key)) is not None:
                yield problem_at(
                    _written(found),
                    CODE,
                    "error",
                    f"`{key}` of the answer `{label}` is ignored beside `type: multi`",
                    "several answers can be ticked: say it in the next line, with `when: name has answer`",
                    at_key=bool(found.key_line),
                )


def _written(node: Node) -> Node:
    """The node, or the first part of one that a short form made up: it has no place of its own."""
    return node if node.key_line else next((child for child in node if child.key_line), node)
