"""The outcomes a rep can press, from what the team wrote over the built-in ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.domain.outcome import DEFAULT_OUTCOMES, KEPT_CATEGORIES, Category, Outcome
from tui.settings.layers import Leaf, Source, Stack
from tui.yamlfile.contract import problem_at
from tui.yamlfile.problem import Problem, did_you_mean

_NO_OWN_WAIT = {
    Category.PROMISE: "the call comes when they said",
    Category.NOT_A_FIT: "the person leaves the list for good",
    Category.WRONG_NUMBER: "this number is not called again",
    Category.DO_NOT_CALL: "they are never called again",
}
"""Outcomes after which the team has no wait to choose, and why."""
_BUILT_IN = {outcome.id: outcome for outcome in DEFAULT_OUTCOMES}


def read_outcomes(stack: Stack, reserved: frozenset[str], problems: list[Problem]) -> tuple[Outcome, ...]:
    """The outcomes in force, the built-in ones first: one letter each, and every needed category kept."""
    written = [one for name in stack.names("outcomes") if (one := _written(stack, name, problems))]
    kept = _with_needed_categories(stack, written, problems)
    return _with_own_letters(stack, kept, reserved, problems)


def _written(stack: Stack, name: str, problems: list[Problem]) -> Outcome | None:
    """One outcome as it was written, or None when it was removed or is not whole."""
    if stack.get(("outcomes", name, "off"), False):
        return None
    missing = [key for key in ("is", "key", "label") if stack.leaf("outcomes", name, key) is None]
    if missing:
        message = f"the outcome `{name}` has no `{missing[0]}`"
        near = did_you_mean(name, _BUILT_IN)
        advice = near or f"write   {name}: {{is: win, key: b, label: Demo booked}}"
        problems.append(_at(_first_leaf(stack, name), "PH920", message, advice))
        return None
    is_ = Category(stack.value("outcomes", name, "is"))
    wait = stack.leaf("outcomes", name, "next")
    if wait is not None and wait.value and is_ in _NO_OWN_WAIT:
        message = f"`next` does nothing for an outcome that is `{is_}`: {_NO_OWN_WAIT[is_]}"
        problems.append(problem_at(wait.node, "PH923", "warning", message, "delete it, or change `is`"))
    return Outcome(
        id=name,
        is_=is_,
        key=stack.value("outcomes", name, "key"),
        label=stack.value("outcomes", name, "label"),
        next=stack.get(("outcomes", name, "next"), ""),
        owes=stack.get(("outcomes", name, "owes"), ""),
    )


def _with_needed_categories(stack: Stack, written: list[Outcome], problems: list[Problem]) -> list[Outcome]:
    """The outcomes, and for a needed category that was lost its built-in one again."""
    kept = list(written)
    while missing := KEPT_CATEGORIES - {outcome.is_ for outcome in kept}:
        category = min(missing)
        lost = next(outcome for outcome in DEFAULT_OUTCOMES if outcome.is_ is category)
        message = f"one outcome must stay that is `{category}`; `{lost.id}` is kept as it is built in"
        advice = "rename it or give it another key, but keep one"
        problems.append(_at(_first_leaf(stack, lost.id), "PH925", message, advice))
        kept = [outcome for outcome in kept if outcome.id != lost.id] + [lost]
    order = list(_BUILT_IN) + [outcome.id for outcome in written]
    return sorted(kept, key=lambda outcome: order.index(outcome.id))


def _with_own_letters(
    stack: Stack, outcomes: list[Outcome], reserved: frozenset[str], problems: list[Problem]
) -> tuple[Outcome, ...]:
    """Each outcome with a letter of its own. What a team wrote gives way to what is built in."""
    taken: dict[str, str] = {}
    lettered: dict[str, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda outcome: _team_wrote_key(stack, outcome)):
        clash = _clash(outcome, taken, reserved)
        if clash is None:
            lettered[outcome.id] = outcome
            taken[outcome.key] = outcome.id
            continue
        code, message = clash
        free = [letter for letter in "bcdefglmnqtvwxyz" if letter not in taken and letter not in reserved]
        advice = f"free letters: {' '.join(_never_used(free, outcomes))}"
        problems.append(_at(stack.leaf("outcomes", outcome.id, "key"), code, message, advice))
        fallback = _fallback(outcome, taken, free)
        if fallback:
            lettered[outcome.id] = replace(outcome, key=fallback)
            taken[fallback] = outcome.id
    return tuple(lettered[outcome.id] for outcome in outcomes if outcome.id in lettered)


def _never_used(free: Iterable[str], outcomes: Iterable[Outcome]) -> list[str]:
    used = {key for o in outcomes for key in (o.key, _BUILT_IN[o.id].key if o.id in _BUILT_IN else "")}
    return [letter for letter in free if letter not in used]


def _clash(outcome: Outcome, taken: dict[str, str], reserved: frozenset[str]) -> tuple[str, str] | None:
    if outcome.key in reserved:
        return "PH921", f"the key `{outcome.key}` of `{outcome.id}` is one the cockpit keeps for itself"
    if outcome.key in taken:
        return "PH922", f"the key `{outcome.key}` is used twice, by `{taken[outcome.key]}` and `{outcome.id}`"
    return None


def _fallback(outcome: Outcome, taken: dict[str, str], free: list[str]) -> str:
    """Another letter: the built-in one when it is free, else any free one for a category that must stay."""
    built_in = _BUILT_IN.get(outcome.id)
    if built_in is not None and built_in.key not in taken:
        return built_in.key
    return free[0] if free and outcome.is_ in KEPT_CATEGORIES else ""


def _team_wrote_key(stack: Stack, outcome: Outcome) -> bool:
    leaf = stack.leaf("outcomes", outcome.id, "key")
    return leaf is not None and leaf.source is not Source.BUILT_IN


def _first_leaf(stack: Stack, name: str) -> Leaf | None:
    """The first leaf of an outcome that somebody wrote, else any of it."""
    leaves = [found for key in stack.names("outcomes", name) if (found := stack.leaf("outcomes", name, key))]
    return next((leaf for leaf in leaves if leaf.source is not Source.BUILT_IN), next(iter(leaves), None))


def _at(leaf: Leaf | None, code: str, message: str, advice: str) -> Problem:
    if leaf is None:
        return Problem("config.yaml", 1, 1, code, "error", message, advice)
    return problem_at(leaf.node, code, "error", message, advice)
