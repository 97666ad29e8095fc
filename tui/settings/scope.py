"""Which keys there are, who may set which, and what the team fixed: a rep may only make that stricter, never looser."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from tui.settings.lawpacks import in_force
from tui.settings.layers import Branch, Leaf, Path, Source, Stack, flow
from tui.settings.model import DAYS, Config
from tui.yamlfile.contract import problem_at
from tui.yamlfile.fields import Rule
from tui.yamlfile.problem import Problem, did_you_mean

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


OWN_ONLY: tuple[Path, ...] = (
    ("me",),
    ("softphone",),
    ("editor",),
    ("team_file",),
    ("dialer", "command"),
    ("dialer", "prefix"),
    ("dialer", "scheme"),
)
"""Only in the rep's own file."""
TEAM_ONLY: tuple[Path, ...] = (
    ("team",),
    ("scripts",),
    ("outcomes",),
    ("experiments",),
    ("metrics",),
    ("record",),
    ("lock",),
)
"""Only in the team's file, where there is a team."""
_RUNS: tuple[Path, ...] = (("dialer", "command"), ("editor",))
"""Settings that name a program."""
FILE_ONLY: tuple[Path, ...] = (("config",), ("keys",), ("defaults",), *OWN_ONLY)
"""Neither by environment variable nor by command line."""

_PROGRAM = re.compile(r"command|commands|exec|shell|hooks?|run|script_cmd|editor|pager")
_SECRET_NAME = re.compile(
    r"pass(word|wd|phrase)?$|secret|token|api_?key|credential|private_?key", re.IGNORECASE
)
_SECRET = re.compile(
    r"\b(sk-[A-Za-z0-9]{16,64}|gh[pous]_[A-Za-z0-9]{20,64}|xox[abp]-[\w-]{10,64}|AKIA[0-9A-Z]{16}|eyJ[\w-]{10,64}\.)"
    r"|-----BEGIN [A-Z ]{0,30}PRIVATE KEY"
)
_PERSON = re.compile(r"(?<![\d-])\+?\d[\d ()/]{7,20}\d(?!\d)|[\w.+-]{1,64}@[\w-]{1,64}\.\w")


def under(path: Path, groups: tuple[Path, ...]) -> bool:
    """Whether a setting is one of these, or inside one of them."""
    return any(path[: len(group)] == group for group in groups)


def refused(branch: Branch, source: Source, own_file: str, has_team: bool) -> Problem | None:
    """Why this layer may not set this, or None when it may. A warning is said, and the value still counts."""
    if source is Source.TEAM:
        return _in_shared_file(branch, own_file)
    if source is Source.OWN:
        return _in_own_file(branch, has_team)
    if source is Source.BUILT_IN:
        return None
    return _from_outside(branch, source, has_team)


def personal_data(branch: Branch) -> Problem | None:
    """A warning when a text of the shared file looks like somebody's number or address."""
    if branch.path[0] in ("calling_window", "config") or not _PERSON.search(branch.node.text):
        return None
    message = f"`{'.'.join(branch.path)}` looks like somebody's number or address"
    advice = "the shared file is no place for it: everybody who gets the file has it for ever"
    return problem_at(branch.node, "PH913", "warning", message, advice)


def _in_shared_file(branch: Branch, own_file: str) -> Problem | None:
    name = ".".join(branch.path)
    if _is_secret(branch):
        message = f"`{name}` looks like a secret; in a shared file it would be in git for ever"
        advice = "delete it here, change the secret, and keep it in your system's keyring"
        return problem_at(branch.node, "PH912", "error", message, advice, at_key=True)
    if under(branch.path, _RUNS) or (not _is_setting(branch) and any(map(_PROGRAM.fullmatch, branch.path))):
        message = f"`{name}` would run a program; a shared file may not do that"
        advice = "delete it; only `dialer.command` and `editor` in a rep's own settings name a program"
        if _is_setting(branch):
            advice = f"delete it here; whoever wants it writes {_paste(branch, own_file)}"
        return problem_at(branch.node, "PH910", "error", message, advice, at_key=True)
    if under(branch.path, OWN_ONLY):
        message = f"`{name}` is personal and may not be in the shared file"
        return problem_at(
            branch.node, "PH911", "error", message, f"each rep writes {_paste(branch, own_file)}", at_key=True
        )
    return None


def _paste(branch: Branch, own_file: str) -> str:
    """Where a personal setting belongs, with the line to paste there."""
    return f"in their own settings ({own_file}):   {flow(branch.alone())[1:-1]}"


def _in_own_file(branch: Branch, has_team: bool) -> Problem | None:
    if _is_secret(branch):
        message = f"`{'.'.join(branch.path)}` looks like a secret; this file is not a safe place for it"
        advice = "keep it in your system's keyring, or in POWERHOUR_SIP_PASSWORD"
        return problem_at(branch.node, "PH912", "error", message, advice, at_key=True)
    return _team_only(branch) if has_team else None


def _from_outside(branch: Branch, source: Source, has_team: bool) -> Problem | None:
    if under(branch.path, FILE_ONLY):
        message = f"`{'.'.join(branch.path)}` cannot be set by {source}"
        advice = "write it in your own settings file"
        return problem_at(branch.node, "PH918", "warning", message, advice)
    return _team_only(branch) if has_team else None


def _team_only(branch: Branch) -> Problem | None:
    if not under(branch.path, TEAM_ONLY):
        return None
    message = f"`{'.'.join(branch.path)}` is for the whole team and cannot be set by one rep"
    advice = "ask whoever keeps the team's config.yaml"
    return problem_at(branch.node, "PH915", "error", message, advice, at_key=True)


def _is_secret(branch: Branch) -> bool:
    # A command is the rep's own and never shared; it may need a key.
    if branch.path == ("dialer", "command"):
        return False
    # An outcome may be called secret_shopper; but nothing of a softphone, and no unknown key, is harmless so.
    named = branch.path[0] in ("softphone", "defaults") or not _is_setting(branch)
    if named and any(map(_SECRET_NAME.search, branch.path)):
        return True
    return any(
        _SECRET.search(text) for text in (branch.node.text, *(part.text for part in branch.node.parts))
    )


def _is_setting(branch: Branch) -> bool:
    return rule_at(branch.path) is not None


Stricter = Callable[[Any, Any], bool]
"""Whether the second value is as strict as the first, or stricter."""


def _lower(team: Any, mine: Any) -> bool:
    return bool(mine <= team)


def _higher(team: Any, mine: Any) -> bool:
    return bool(mine >= team)


def _lower_limit(team: int, mine: int) -> bool:
    """Caps, of which 0 means none."""
    return team == 0 or 0 < mine <= team


def _longer_gaps(team: tuple[Any, ...], mine: tuple[Any, ...]) -> bool:
    length = max(len(team), len(mine))
    pairs = zip(_stretched(team, length), _stretched(mine, length), strict=True)
    return all(own >= shared for shared, own in pairs)


def _stretched(gaps: tuple[Any, ...], length: int) -> tuple[Any, ...]:
    return gaps + gaps[-1:] * (length - len(gaps))


def _within(team: Any, mine: Any) -> bool:
    return all(any(opens <= a and b <= closes for opens, closes in team) for a, b in mine)


def _more(team: Any, mine: Any) -> bool:
    return set(mine) >= set(team)


def _fewer(team: Any, mine: Any) -> bool:
    return not team or (bool(mine) and set(mine) <= set(team))


def _not_milder(*mildest_first: str) -> Stricter:
    return lambda team, mine: mildest_first.index(mine) >= mildest_first.index(team)


_RULES: dict[Path, Stricter] = {
    **{("cadence", name): _lower for name in ("attempts", "max_age", "gatekeeper_tries", "nurture_times")},
    **{("cadence", name): _lower_limit for name in ("per_7_days", "per_30_days", "active_limit")},
    **{
        ("cadence", name): _higher
        for name in ("min_gap", "check_in", "after_talk", "after_not_now", "nurture_every")
    },
    ("cadence", "gaps"): _longer_gaps,
    ("cadence", "early_call"): _not_milder("off", "warn", "acknowledge"),
    ("cadence", "same_rep"): _not_milder("off", "warn"),
    **{("calling_window", day): _within for day in DAYS},
    ("calling_window", "holidays"): _more,
    ("calling_window", "law_packs"): lambda team, mine: in_force(mine) >= in_force(team),
    ("calling_window", "consumers"): _more,
    ("allowed_countries",): _fewer,
}
"""Settings for which stricter has a meaning; any other locked setting stays as it is."""


def looser(leaf: Leaf, stack: Stack) -> Problem | None:
    """Why a rep's value may not replace the locked one of the team, or None when it may."""
    below = stack.shared(*leaf.path)
    lock = stack.shared("lock")
    if lock is None or below is None or not _locked(leaf.path, lock.value):
        return None
    rule = _RULES.get(leaf.path)
    if leaf.value == below.value or (rule is not None and rule(below.value, leaf.value)):
        return None
    name = ".".join(leaf.path)
    message = f"`{name}` is locked by the team at {flow(below.node)} ({below.origin}); yours would be looser"
    if rule is None:
        message = f"`{name}` is locked by the team at {flow(below.node)} ({below.origin})"
    return problem_at(
        leaf.node, "PH916", "error", message, "" if rule is None else "a stricter value is fine"
    )


def unknown_locks(stack: Stack) -> Iterable[Problem]:
    """Names in `lock` that are no setting of the team."""
    lock = stack.leaf("lock")
    if lock is None:
        return
    known = _lockable()
    for node in lock.node.parts:
        if node.text.strip() not in known:
            advice = did_you_mean(node.text, known) or "write a setting's name, such as cadence.attempts"
            yield problem_at(
                node, "PH919", "error", f"`{node.text}` is no setting that can be locked", advice
            )


def _lockable() -> set[str]:
    paths = [path for path, _ in every_key() if not under(path, OWN_ONLY)]
    return {".".join(path[:depth]) for path in paths for depth in range(1, len(path) + 1)}


def _locked(path: Path, locks: Iterable[str]) -> bool:
    name = ".".join(path)
    return any(name == lock.strip() or name.startswith(lock.strip() + ".") for lock in locks)
