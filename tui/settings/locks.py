"""Locks: what the team fixed, a rep may only make stricter, never looser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tui.settings.lawpacks import in_force
from tui.settings.layers import Leaf, Stack
from tui.settings.model import DAYS
from tui.settings.scope import OWN_ONLY, under
from tui.settings.shape import every_key
from tui.settings.tree import Path, flow
from tui.yamlfile.contract import problem_at
from tui.yamlfile.problem import Problem
from tui.yamlfile.suggest import did_you_mean

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
