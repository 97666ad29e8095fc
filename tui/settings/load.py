"""From files and variables to the settings in force. What is wrong is told, and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tui import plaintext
from tui.settings.assemble import assemble
from tui.settings.declare import built_in, value_at
from tui.settings.keymap import Known
from tui.settings.last_good import ASSIGN, EMPTY, NO_FILE, File, LastGood, Versions, fill
from tui.settings.layers import (
    Branch,
    Leaf,
    Source,
    Stack,
    branches,
    node_of,
    single,
    together,
    written_out,
)
from tui.settings.listed import Assign
from tui.settings.meaning import WrongValueError
from tui.settings.places import Places
from tui.settings.scope import looser, personal_data, refused, unknown_locks
from tui.settings.settings import CONTRACT, SETTINGS, Settings, is_known, setting_at
from tui.system import readfile
from tui.yamlfile.contract import check
from tui.yamlfile.problem import NO_SETTINGS, Node, Problem, Severity, in_order, nearest, problem_at
from tui.yamlfile.read import read_file, read_text

_EDITION = 1
"""The edition of the keys that this program reads (`config: 1`)."""
_PREFIX = "POWERHOUR_"
_NOT_SETTINGS = frozenset({"CONFIG", "DATA", "WORKSPACE", "NOW", "SIP_PASSWORD"})


class Loaded(Struct, frozen=True):
    """The settings in force, where each comes from, and what is wrong with the files."""

    settings: Settings
    places: Places
    problems: tuple[Problem, ...]
    stack: Stack
    """Every value of every layer; `explain` shows it."""
    lines: Mapping[str, list[str]] = field(default_factory=dict)
    """File name to its lines, for excerpts."""
    filled: LastGood | None = None
    """What an earlier version of the team's file gives, because the present one has a mistake there."""
    own_filled: LastGood | None = None
    """The same of the rep's own file."""


def load(
    places: Places,
    environ: Mapping[str, str],
    known: Known | None = None,
    versions: Versions = lambda: (),
    own_versions: Versions = lambda: (),
    only_team: bool = False,
    own_text: str | None = None,
) -> Loaded:
    """Everything in force. Never raises: what is wrong is a problem, and the value below it counts.

    `known` is what the rest of the program keeps. `versions` and `own_versions` give earlier versions of the team's
    file and the rep's own, the newest first: asked only when the present one has a mistake. `only_team`: what one rep
    set does not count. `own_text` stands for the text of the rep's own file, to see what it would do.
    """
    stack, problems, lines = Stack(), list[Problem](), dict[str, list[str]]()

    def lay(path: Path, source: Source, earlier: Versions) -> LastGood | None:
        def layer(root: Node, found: list[Problem]) -> list[Leaf]:
            return _layer(root, source, places, stack, found)

        root, found = _file(path, source, lines, own_text if source is Source.OWN else None)
        if root is not None:
            stack.put(layer(root, found))
        cut = any(lines.get(str(path), ())[-1:])
        # Of a rep's own file what can be read counts; a line of it that is refused brings nothing old back.
        whole = source is Source.TEAM or (root is None and all(one.code != EMPTY for one in found))
        filled = fill(stack, File(root, tuple(found), cut), source, earlier, layer) if whole else None
        nothing = [one for one in found if one.code == EMPTY and filled is None]
        problems.extend(one for one in found if one not in nothing)
        return filled

    stack.put(_layer(node_of(built_in(SETTINGS), Source.BUILT_IN.value), Source.BUILT_IN, places, stack, []))
    filled = lay(places.config, Source.TEAM, versions)
    problems += unknown_locks(stack)
    own_filled = None
    if not only_team:
        if own_text is not None or readfile.is_file(places.own) or readfile.is_folder(places.own):
            own_filled = lay(places.own, Source.OWN, own_versions)
        for node in _from_environment(environ, problems):
            stack.put(_layer(node, Source.ENVIRONMENT, places, stack, problems))
    settings = assemble(stack, places, known or Known(), environ, problems)
    return Loaded(settings, places, tuple(in_order(problems)), stack, lines, filled, own_filled)


def version_of(path: Path, places: Places) -> Stack:
    """What a version of the team's file says, on the built-in values; without any layer of a rep."""
    stack = Stack()
    stack.put(_layer(node_of(built_in(SETTINGS), Source.BUILT_IN.value), Source.BUILT_IN, places, stack, []))
    if (root := read_file(path).node) is not None:
        stack.put(_layer(root, Source.TEAM, places, stack, []))
    return stack


def _file(
    path: Path, source: Source, lines: dict[str, list[str]], text: str | None = None
) -> tuple[Node | None, list[Problem]]:
    """The tree of a file, and what is wrong with it. `lines` takes its lines, for excerpts; `text` replaces its own."""
    if text is None and not readfile.is_file(path):
        there = readfile.is_folder(path)
        message = "this is no file" if there else "there is no config.yaml here"
        advice = "the settings below it are in force;  powerhour init DIR  makes a team folder"
        severity: Severity = "error" if there else "warning"
        return None, [Problem(str(path), 1, 1, NO_FILE, severity, message, advice)]
    within = path.parent if source is Source.TEAM else None
    found = read_file(path, within=within) if text is None else read_text(text, str(path))
    lines[str(path)] = found.lines
    wrong = list(found.problems)
    if found.node is not None and (problem := _edition(found.node, source)):
        wrong.append(problem)
    return found.node, wrong


def _layer(root: Node, source: Source, places: Places, stack: Stack, problems: list[Problem]) -> list[Leaf]:
    """The values of one file that may count; problems are appended. `stack` holds the layers below."""
    if root.kind != "map":
        problems.append(problem_at(root, "PH101", "error", NO_SETTINGS))
        return []
    found: list[Problem] = []
    leaves = list(_leaves(written_out(root), source, places, stack, found))
    # One problem a place and code: `mon-fri:` stands for five settings but is one mistake.
    problems += [*{(p.file, p.line, p.col, p.code): p for p in reversed(found)}.values()][::-1]
    return leaves


def _edition(root: Node, source: Source) -> Problem | None:
    """What is wrong with the `config:` line of a file, if anything."""
    node = root.get("config")
    if node is None:
        if source is not Source.TEAM or root.kind != "map":
            return None
        advice = "add the line   config: 1"
        return Problem(
            root.file, 1, 1, "PH900", "warning", "this file does not say which edition it is", advice
        )
    said = node.text.strip()
    if said == str(_EDITION) or not said.replace(".", "").isdigit():  # no number: told as any other
        return None
    return problem_at(
        node,
        "PH900",
        "error",
        f"this file is of edition {plaintext.clean(node.text, 20)}; this program reads edition {_EDITION}",
        "update Power Hour, or write   config: 1",
    )


def _from_environment(environ: Mapping[str, str], problems: list[Problem]) -> Iterator[Node]:
    """A tree for each variable that is a setting, such as `POWERHOUR_SPEECH__OPENER_SECONDS`."""
    names = [*(name.lower() for name in _NOT_SETTINGS), *(one.name.replace(".", "__") for one in SETTINGS)]
    for name in sorted(environ):
        key = name.removeprefix(_PREFIX)
        if key == name or key in _NOT_SETTINGS:
            continue
        path = tuple(key.lower().split("__"))
        if is_known(path):
            yield single(path, _written(path, environ[name], name))
            continue
        near = nearest(key, names)
        problems.append(_unknown_variable(name, f"did you mean {_PREFIX}{near.upper()}?" if near else ""))


def _unknown_variable(name: str, advice: str) -> Problem:
    return Problem(name, 1, 1, "PH901", "warning", f"{name} is no setting and is ignored", advice)


def _written(path: tuple[str, ...], text: str, file: str) -> Node:
    setting = setting_at(path)
    if setting is None or setting.shape.what != "list":
        return Node("text", text, 1, 1, file, quoted=True)
    words = [word.strip() for word in text.split(",") if word.strip()]
    return Node("list", [Node("text", word, 1, 1, file) for word in words], 1, 1, file)


def _leaves(
    root: Node, source: Source, places: Places, stack: Stack, problems: list[Problem]
) -> Iterator[Leaf]:
    allowed = list(_allowed(root, source, places, stack, problems))
    # A file without a mistake is checked in one go; one with a mistake value by value, to keep the others.
    whole, mistakes = _checked(together((b for b in allowed if not _left_empty(b)), root))
    values = [(branch, _value(branch, None if mistakes else whole, problems)) for branch in allowed]
    stack.unread |= {branch.path for branch, (read, _) in values if not read}
    good = [Leaf(branch.path, value, branch.node, source) for branch, (read, value) in values if read]
    for leaf in (*good, *_implied(good)):
        if source not in (Source.BUILT_IN, Source.TEAM) and (problem := looser(leaf, stack)):
            problems.append(problem)
            continue
        yield leaf


def _implied(leaves: list[Leaf]) -> Iterator[Leaf]:
    """Who writes a dial command wants it used, unless they name another way to dial."""
    by_path = {leaf.path: leaf for leaf in leaves}
    command = by_path.get(("dialer", "command"))
    if command is not None and ("dialer", "kind") not in by_path:
        yield Leaf(("dialer", "kind"), "command", command.node.become("text", "command"), command.source)


def _allowed(
    root: Node, source: Source, places: Places, stack: Stack, problems: list[Problem]
) -> Iterator[Branch]:
    """The values that this layer may set, cleaned."""
    for found in branches(root):
        branch = Branch(found.path, found.groups, _cleaned(found.node))
        if problem := refused(branch, source, places, stack):
            problems.append(problem)
            continue
        if source is Source.TEAM and (warning := personal_data(branch)):
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
        problems.append(
            problem_at(
                branch.node,
                "PH917",
                "error",
                "`dialer.command` must be a list of words, not one text (no shell is used)",
                'write  command: [program, argument, "{e164}"]',
            )
        )
        return False, None
    config, mistakes = (whole, []) if whole is not None else _checked(branch.alone())
    if mistakes or config is None:
        problems += mistakes
        # Of a list with a mistake each rule stays in its place: those for whom the rest of a rule holds must not get
        # the script of a later line, which would be another campaign's words.
        rules = tuple(map(_rule, branch.node.parts)) if branch.path == ASSIGN else ()
        return bool(rules), rules or None
    try:
        value, setting = value_at(config, branch.path), setting_at(branch.path)
        return True, setting.read(value) if setting and setting.read else value
    except WrongValueError as wrong:
        node = branch.node if wrong.item is None else branch.node.parts[wrong.item]
        problems.append(problem_at(node, wrong.code, "error", wrong.message, wrong.advice))
        return False, None


def _rule(node: Node) -> Assign:
    """A rule as far as it can be read; it names no script where it has a mistake."""
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


def _cleaned(node: Node) -> Node:
    """The value without characters that a terminal would obey or nobody sees, on one line."""
    if node.kind == "text":
        safe = plaintext.clean(node.text)
        return node if safe == node.text else node.become("text", safe)
    if node.kind == "list":
        return node.become("list", [_cleaned(part) for part in node.parts])
    return node.become("map", {name: _cleaned(child) for name, child in node.items()})
