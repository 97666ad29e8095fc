"""From one file, or from variables, to the values of a layer. What is wrong is told, and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tui import plaintext
from tui.settings import scope
from tui.settings.declare import value_at
from tui.settings.layers import Branch, Leaf, Path, Source, Stack, branches, single, together, written_out
from tui.settings.meaning import WrongValueError
from tui.settings.settings import CONTRACT, SETTINGS, Assign, is_known, setting_at
from tui.yamlfile.contract import check, problem_at
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem, did_you_mean, nearest

EDITION = 1
"""The edition of the keys that this program reads (`config: 1`)."""
_PREFIX = "POWERHOUR_"
_NOT_SETTINGS = frozenset({"CONFIG", "DATA", "WORKSPACE", "NOW"})
ASSIGN: Path = ("scripts", "assign")
"""Who gets which script: the one list of which the lines that can be read count although another cannot."""


@dataclass(frozen=True, slots=True)
class Around:
    """What reading a layer needs to know of its surroundings."""

    own_file: str
    """Where the rep's own file is, for advice."""
    has_team: bool
    """A team folder is in use; without one, the rep decides what a team would."""


def layer(root: Node, source: Source, around: Around, stack: Stack, problems: list[Problem]) -> list[Leaf]:
    """The values of one file that may count; problems are appended. `stack` holds the layers below."""
    if root.kind != "map":
        message = "this file must hold settings, one in a line:   name: value"
        problems.append(problem_at(root, "PH101", "error", message))
        return []
    found: list[Problem] = []
    leaves = list(_leaves(written_out(root), source, around, stack, found))
    problems += _each_place_once(found)
    return leaves


def edition(root: Node, source: Source) -> Problem | None:
    """What is wrong with the `config:` line of a file, if anything."""
    node = root.get("config")
    if node is None:
        if source is not Source.TEAM or root.kind != "map":
            return None
        advice = "add the line   config: 1"
        return Problem(
            root.file, 1, 1, "PH900", "warning", "this file does not say which edition it is", advice
        )
    if node.text.strip() == str(EDITION):
        return None
    message = (
        f"this file is of edition {plaintext.clean(node.text, 20)}; this program reads edition {EDITION}"
    )
    return problem_at(node, "PH900", "error", message, "update Power Hour, or write   config: 1")


def from_environment(environ: Mapping[str, str]) -> Iterator[tuple[Node | None, Problem | None]]:
    """A tree for each variable that is a setting, such as `POWERHOUR_SPEECH__OPENER_SECONDS`, or why not."""
    for name in sorted(environ):
        key = name.removeprefix(_PREFIX)
        if key == name or key in _NOT_SETTINGS:
            continue
        path = tuple(key.lower().split("__"))
        groups = {one.path[0] for one in SETTINGS}
        if path[0] not in groups:
            if near := nearest(path[0], groups, 0.8):
                yield None, _unknown_variable(name, f"did you mean {_PREFIX}{near.upper()}?")
        elif not is_known(path):
            names = [one.name for one in SETTINGS]
            yield None, _unknown_variable(name, did_you_mean(".".join(path), names))
        else:
            yield single(path, _written(path, environ[name], name)), None


def from_flags(flags: Mapping[str, str]) -> Iterator[Node]:
    """A tree for each setting given on the command line: dotted name to text."""
    for name, text in flags.items():
        path = tuple(name.split("."))
        yield single(path, _written(path, text, f"--{name}"))


def _unknown_variable(name: str, advice: str) -> Problem:
    return Problem(name, 1, 1, "PH901", "warning", f"{name} is no setting and is ignored", advice)


def _written(path: Path, text: str, file: str) -> Node:
    setting = setting_at(path)
    if setting is None or setting.shape.what != "list":
        return Node("text", text, 1, 1, file, quoted=True)
    words = [word.strip() for word in text.split(",") if word.strip()]
    return Node("list", [Node("text", word, 1, 1, file) for word in words], 1, 1, file)


def _leaves(
    root: Node, source: Source, around: Around, stack: Stack, problems: list[Problem]
) -> Iterator[Leaf]:
    allowed = list(_allowed(root, source, around, problems))
    # A file without a mistake is checked in one go; one with a mistake value by value, to keep the others.
    whole, mistakes = _checked(together((b for b in allowed if not _left_empty(b)), root))
    values = ((branch, _value(branch, None if mistakes else whole, problems)) for branch in allowed)
    good = [Leaf(branch.path, value, branch.node, source) for branch, (read, value) in values if read]
    for leaf in (*good, *_implied(good)):
        if source not in (Source.BUILT_IN, Source.TEAM) and (problem := scope.looser(leaf, stack)):
            problems.append(problem)
            continue
        yield leaf


def _implied(leaves: list[Leaf]) -> Iterator[Leaf]:
    """Who writes a dial command wants it used, unless they name another way to dial."""
    by_path = {leaf.path: leaf for leaf in leaves}
    command = by_path.get(("dialer", "command"))
    if command is not None and ("dialer", "kind") not in by_path:
        yield Leaf(("dialer", "kind"), "command", command.node.become("text", "command"), command.source)


def _allowed(root: Node, source: Source, around: Around, problems: list[Problem]) -> Iterator[Branch]:
    """The values that this layer may set, cleaned."""
    for found in branches(root):
        branch = Branch(found.path, found.groups, _cleaned(found.node))
        if problem := scope.refused(branch, source, around.own_file, around.has_team):
            problems.append(problem)
            continue
        if source is Source.TEAM and (warning := scope.personal_data(branch)):
            problems.append(warning)
        yield branch


def _checked(tree: Node) -> tuple[Any, list[Problem]]:
    mistakes: list[Problem] = []
    return check(tree, CONTRACT, mistakes), mistakes


def _value(branch: Branch, whole: Any, problems: list[Problem]) -> tuple[bool, Any]:
    """Whether the value can be used, and the value; problems are appended."""
    if _left_empty(branch):
        return True, ""
    if branch.path == ("dialer", "command") and branch.node.text:
        problems.append(_command_as_text(branch.node))
        return False, None
    config, mistakes = (whole, []) if whole is not None else _checked(branch.alone())
    if mistakes or config is None:
        problems += mistakes
        return (
            (True, _readable(branch.node)) if branch.path == ASSIGN and branch.node.parts else (False, None)
        )
    try:
        value, setting = value_at(config, branch.path), setting_at(branch.path)
        return True, setting.read(value) if setting and setting.read else value
    except WrongValueError as wrong:
        problems.append(problem_at(branch.node, wrong.code, "error", wrong.message, wrong.advice))
        return False, None


def _readable(rules: Node) -> tuple[Assign, ...]:
    """The rules of a list with a mistake, each in its place.

    One that cannot be read names no script. Those for whom the rest of it holds must not get the script of a later
    line, which would be another campaign's words.
    """
    return tuple(_rule(node) for node in rules.parts)


def _rule(node: Node) -> Assign:
    mistakes: list[Problem] = []
    rule = check(node, Assign, mistakes)
    if rule is not None and not mistakes:
        return rule
    known: dict[str, Node] = {"script": Node("text", "unread", node.line, node.col, node.file)}
    for name, value in node.items():
        alone = node.become("map", {**known, name: value})
        tried: list[Problem] = []
        if name != "script" and check(alone, Assign, tried) is not None and not tried:
            known[name] = value
    found = check(node.become("map", known), Assign, [])
    return replace(found, script="") if found is not None else Assign(script="")


def _left_empty(branch: Branch) -> bool:
    """Written as `""` where that means: none."""
    node = branch.node
    setting = setting_at(branch.path)
    return node.kind == "text" and node.quoted and not node.text and setting is not None and setting.empty


def _command_as_text(node: Node) -> Problem:
    message = "`dialer.command` must be a list of words, not one text (no shell is used)"
    return problem_at(node, "PH917", "error", message, 'write  command: [program, argument, "{e164}"]')


def _cleaned(node: Node) -> Node:
    """The value without characters that a terminal would obey or nobody sees, on one line."""
    if node.kind == "text":
        safe = plaintext.clean(node.text)
        return node if safe == node.text else node.become("text", safe)
    if node.kind == "list":
        return node.become("list", [_cleaned(part) for part in node.parts])
    return node.become("map", {name: _cleaned(child) for name, child in node.items()})


def _each_place_once(problems: list[Problem]) -> list[Problem]:
    """One problem a place and code: `mon-fri:` stands for five settings but is one mistake."""
    return list({(p.file, p.line, p.col, p.code): p for p in reversed(problems)}.values())[::-1]
