"""From files and variables to the settings in force. What is wrong is told, and left out.

Where the team's file has a mistake, its last good version says what the file says there: without that a colon in the
wrong place would put the built-in value in force, with other hours and no assignment of scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui import plaintext
from tui.settings.assemble import assemble
from tui.settings.declare import built_in, value_at
from tui.settings.keymap import Known
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
from tui.settings.meaning import WrongValueError
from tui.settings.places import Places
from tui.settings.scope import looser, personal_data, refused, unknown_locks
from tui.settings.settings import CONTRACT, SETTINGS, Assign, Settings, is_known, setting_at
from tui.yamlfile.contract import check
from tui.yamlfile.problem import Node, Problem, did_you_mean, has_errors, in_order, nearest, problem_at
from tui.yamlfile.read import read_file

if TYPE_CHECKING:
    from tui.yamlfile.copies import Copy

NO_FILE = "PH905"
"""Code of the warning that there is no team file: one that was there is as good as broken."""
Versions = Callable[[], "Iterable[Copy]"]
"""Good versions of the team's file, the newest first."""
_EDITION = 1
"""The edition of the keys that this program reads (`config: 1`)."""
_PREFIX = "POWERHOUR_"
_NOT_SETTINGS = frozenset({"CONFIG", "DATA", "WORKSPACE", "NOW"})
_ASSIGN: tuple[str, ...] = ("scripts", "assign")
"""Who gets which script: the one list of which the lines that can be read count although another cannot."""


@dataclass(frozen=True, slots=True)
class LastGood:
    """An earlier version that is in force in part."""

    at: datetime
    """When it was first read on this computer, UTC."""
    mistake: Problem
    """Why it is needed."""
    sections: tuple[str, ...]
    """The top keys of which it gives something, in its order."""


@dataclass(frozen=True, slots=True)
class Loaded:
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


def load(
    places: Places,
    environ: Mapping[str, str],
    known: Known | None = None,
    versions: Versions = lambda: (),
) -> Loaded:
    """Everything in force. Never raises: what is wrong is a problem, and the value below it counts.

    `known` is what the rest of the program keeps. `versions` gives earlier good versions of the team's file, the newest
    first: asked only when the present one has a mistake.
    """
    stack, problems, lines = Stack(), list[Problem](), dict[str, list[str]]()

    def lay(root: Node | None, source: Source) -> None:
        if root is not None:
            stack.put(_layer(root, source, places, stack, problems))

    lay(node_of(built_in(SETTINGS), Source.BUILT_IN.value), Source.BUILT_IN)
    root = _file(places.config, Source.TEAM, lines, problems)
    lay(root, Source.TEAM)
    filled = _fill_from_last_good(stack, root, tuple(problems), versions, places)
    problems += unknown_locks(stack)
    if places.own.exists():
        lay(_file(places.own, Source.OWN, lines, problems), Source.OWN)
    for node in _from_environment(environ, problems):
        lay(node, Source.ENVIRONMENT)
    settings = assemble(stack, places, known or Known(), environ, problems)
    return Loaded(settings, places, tuple(in_order(problems)), stack, lines, filled)


def _file(path: Path, source: Source, lines: dict[str, list[str]], problems: list[Problem]) -> Node | None:
    """The tree of a file; a file that cannot be read is left out, and told. `lines` takes its lines, for excerpts."""
    if not path.is_file():
        message = "there is no config.yaml here" if not path.exists() else "this is no file"
        advice = "the settings below it are in force;  powerhour init DIR  makes a team folder"
        problems.append(Problem(str(path), 1, 1, NO_FILE, "warning", message, advice))
        return None
    found = read_file(path, within=path.parent if source is Source.TEAM else None)
    lines[str(path)] = found.lines
    if found.node is not None or [problem.code for problem in found.problems] != ["PH011"]:  # an empty file
        problems += found.problems
    if found.node is not None and (problem := _edition(found.node, source)):
        problems.append(problem)
    return found.node


def _fill_from_last_good(
    stack: Stack, node: Node | None, problems: Iterable[Problem], versions: Versions, places: Places
) -> LastGood | None:
    """Put what the team's file says where it has a mistake onto the stack, from its last good version.

    Only sections that hold a mistake are filled, and of these only what the present file does not give. None when
    there is no mistake, no earlier version, or nothing to fill.
    """
    mistake = next((one for one in problems if one.severity == "error" or one.code == NO_FILE), None)
    if mistake is None:
        return None
    wrong = _sections(node, problems)
    given = {path for path, leaves in stack.leaves.items() if any(map(_counts, leaves))}
    for copy in versions():
        root = read_file(copy.path).node
        found: list[Problem] = []
        leaves = _layer(root, Source.TEAM, places, stack, found) if root is not None else []
        if root is None or has_errors(found):
            continue
        missing = [leaf for leaf in leaves if leaf.path not in given and wrong(leaf.path[0])]
        stack.put(missing)
        sections = tuple(dict.fromkeys(leaf.path[0] for leaf in missing))
        return LastGood(copy.at, mistake, sections) if sections else None
    return None


def _counts(leaf: Leaf) -> bool:
    """Whether the team's file gives this value whole; a list of assignments with a line nobody can read it does not."""
    whole = leaf.path != _ASSIGN or all(rule.script for rule in leaf.value)
    return leaf.source is Source.TEAM and whole


def _sections(node: Node | None, problems: Iterable[Problem]) -> Callable[[str], bool]:
    """Tells whether a top key has a mistake in it; where one is misspelt, every key the file lacks may be meant."""
    keys = list(node.items()) if node is not None else []
    if not keys:
        return lambda _name: True
    lines = [problem.line for problem in problems if problem.severity == "error"]
    wrong = {
        next((name for name, value in reversed(keys) if value.key_line <= line), keys[0][0]) for line in lines
    }
    there = {name for name, _ in keys}
    misspelt = any(not is_known((name,)) for name in wrong)
    return lambda name: name in wrong or (misspelt and name not in there)


def _layer(root: Node, source: Source, places: Places, stack: Stack, problems: list[Problem]) -> list[Leaf]:
    """The values of one file that may count; problems are appended. `stack` holds the layers below."""
    if root.kind != "map":
        problems.append(
            problem_at(root, "PH101", "error", "this file must hold settings, one in a line:   name: value")
        )
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
    if node.text.strip() == str(_EDITION):
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
    groups = {one.path[0] for one in SETTINGS}
    for name in sorted(environ):
        key = name.removeprefix(_PREFIX)
        if key == name or key in _NOT_SETTINGS:
            continue
        path = tuple(key.lower().split("__"))
        if is_known(path):
            yield single(path, _written(path, environ[name], name))
        elif path[0] in groups:
            advice = did_you_mean(".".join(path), [one.name for one in SETTINGS])
            problems.append(_unknown_variable(name, advice))
        elif near := nearest(path[0], groups, 0.8):
            problems.append(_unknown_variable(name, f"did you mean {_PREFIX}{near.upper()}?"))


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
    allowed = list(_allowed(root, source, places, problems))
    # A file without a mistake is checked in one go; one with a mistake value by value, to keep the others.
    whole, mistakes = _checked(together((b for b in allowed if not _left_empty(b)), root))
    values = ((branch, _value(branch, None if mistakes else whole, problems)) for branch in allowed)
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


def _allowed(root: Node, source: Source, places: Places, problems: list[Problem]) -> Iterator[Branch]:
    """The values that this layer may set, cleaned."""
    for found in branches(root):
        branch = Branch(found.path, found.groups, _cleaned(found.node))
        if problem := refused(branch, source, places):
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
        rules = tuple(map(_rule, branch.node.parts)) if branch.path == _ASSIGN else ()
        return bool(rules), rules or None
    try:
        value, setting = value_at(config, branch.path), setting_at(branch.path)
        return True, setting.read(value) if setting and setting.read else value
    except WrongValueError as wrong:
        problems.append(problem_at(branch.node, wrong.code, "error", wrong.message, wrong.advice))
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
