"""From the stack of layers to the settings in force, outcomes and all; tells what is wrong only as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui import plaintext
from tui.domain.cadence import Policy
from tui.domain.outcome import DEFAULT_OUTCOMES, KEPT_CATEGORIES, Category, Outcome
from tui.domain.session import Goal
from tui.domain.window import DEFAULT_HOURS, Hours, Spans
from tui.locale.spoken import said
from tui.settings.declare import ANY, declared_in
from tui.settings.keymap import Known, read_keys
from tui.settings.lawpacks import CODES, unknown
from tui.settings.layers import DAYS, LOCAL, Leaf, Source, Stack
from tui.settings.places import Places, impossible_zone, local_zone
from tui.settings.settings import Settings
from tui.system import readfile
from tui.yamlfile.fields import LANGUAGE, LANGUAGE_HELP, parse_duration
from tui.yamlfile.problem import Problem, did_you_mean, problem_at

_NO_OWN_WAIT = {
    Category.PROMISE: "the call comes when they said",
    Category.NOT_A_FIT: "the person leaves the list for good",
    Category.WRONG_NUMBER: "this number is not called again",
    Category.DO_NOT_CALL: "they are never called again",
}
"""Outcomes after which the team has no wait to choose, and why."""
_BUILT_IN = {outcome.id: outcome for outcome in DEFAULT_OUTCOMES}


def assemble(
    stack: Stack, places: Places, known: Known, environ: Mapping[str, str], problems: list[Problem]
) -> Settings:
    """The settings in force. What only the whole can show is wrong is told, and the built-in value taken."""
    zone = _zone(stack.value("team", "timezone"), environ, problems)
    outcomes = _outcomes(stack, known.reserved_letters, problems)
    _warn_of_law_packs(stack, problems)
    _refuse_languages(stack, problems)
    _warn_of_dialer(stack, problems)
    made = {
        "zone": zone,
        "outcomes": outcomes,
        "scripts_folder": _scripts_folder(stack, places, problems),
        "people_folder": _people_folder(stack, places, problems),
        "goal": Goal(
            **{name: stack.value("sessions", "goal", name) for name in stack.names("sessions", "goal")}
        ),
        "policy": _policy(stack, zone, outcomes, problems),
        "theme": _theme(stack, known, problems),
        "keys": read_keys(stack, known, outcomes, problems),
    }
    return Settings(**_filled(Settings, stack) | made)


def _filled(cls: type[Struct], stack: Stack) -> dict[str, Any]:
    """The fields of a class that are one setting each, or a record of such fields."""
    found: dict[str, Any] = {}
    for name, declared in declared_in(cls):
        rows = declared.settings
        if declared.group:
            found[name] = declared.group(**_filled(declared.group, stack))
        elif len(rows) == 1:
            found[name] = _value(stack, rows[0].path, rows[0].absent)
    return found


def _value(stack: Stack, path: tuple[str, ...], absent: Any) -> Any:
    """The value in force; of names that people chose a dict, in the order in which they were first seen."""
    if ANY not in path:
        return stack.get(path, absent)
    at = path.index(ANY)
    names = stack.names(*path[:at])
    return {name: _value(stack, (*path[:at], name, *path[at + 1 :]), absent) for name in names}


def _zone(written: str, environ: Mapping[str, str], problems: list[Problem]) -> str:
    if written != LOCAL:
        return written
    zone = local_zone(environ)
    if wrong := impossible_zone(environ):
        advice = "set  TZ=Europe/Rome  or write  timezone: Europe/Rome  under  team  in config.yaml"
        problems.append(
            Problem("TZ", 1, 1, "PH929", "warning", f"`{wrong}` is no time zone; {zone} is used", advice)
        )
    return zone


def _policy(stack: Stack, zone: str, outcomes: tuple[Outcome, ...], problems: list[Problem]) -> Policy:
    rules = {name: stack.value("cadence", name) for name in stack.names("cadence")}
    hours = Hours(_week(stack, problems), frozenset(stack.value("calling_window", "holidays")))
    waits = {o.id: wait for o in outcomes if o.next and (wait := parse_duration(o.next)) is not None}
    return Policy(**rules, hours=hours, zone=zone, after=waits)


def _week(stack: Stack, problems: list[Problem]) -> tuple[Spans, ...]:
    """The hours of the week. A week that never opens would leave nobody to call, so it does not count."""
    week = tuple(stack.value("calling_window", day) for day in DAYS)
    leaf = next((found for day in reversed(DAYS[:5]) if (found := stack.leaf("calling_window", day))), None)
    if any(week) or leaf is None:
        return week
    message = "the calling window is closed all week; the built-in hours are in force"
    problems.append(problem_at(leaf.node, "PH928", "error", message, "open at least one day"))
    return DEFAULT_HOURS.week


def _scripts_folder(stack: Stack, places: Places, problems: list[Problem]) -> Path:
    """The folder of scripts; never outside the team folder, also not through a link."""
    leaf = stack.leaf("scripts", "folder")
    assert leaf is not None
    folder = places.team / str(leaf.value)
    inside = os.path.realpath(folder).startswith(os.path.realpath(places.team) + os.sep)
    if inside or os.path.realpath(folder) == os.path.realpath(places.team):
        return folder
    message = f"`folder: {leaf.value}` is a link that leaves the team folder"
    problems.append(problem_at(leaf.node, "PH914", "error", message, "use a folder beside config.yaml"))
    return places.team / "scripts-left-out"


def _people_folder(stack: Stack, places: Places, problems: list[Problem]) -> Path | None:
    """The people folder, beside the rep's own file unless it is written whole; never where git would take it along."""
    leaf = stack.leaf("people_folder")
    if leaf is None or not leaf.value:
        return None
    if stack.get(("shared_list", "postgresql"), ""):
        message = "the people folder is not visited, because you work with a shared list"
        advice = "delete  people_folder  once all of you have the list, or  shared_list  until then"
        problems.append(problem_at(leaf.node, "PH944", "warning", message, advice))
        return None
    folder = Path(os.path.realpath(places.own.parent / readfile.expanded(str(leaf.value))))
    team, data = (Path(os.path.realpath(place)) for place in (places.team, places.data))
    within = (folder, *folder.parents)
    if places.shared and team in within:
        message = "`people_folder` lies in the team folder, which is for words and rules"
    elif any((one / ".git").exists() for one in within):
        message = "`people_folder` lies in a folder of git, which would keep people for ever"
    elif folder == data or folder in data.parents or data in folder.parents:
        message = "`people_folder` and your data folder lie one in the other"
    else:
        return folder
    advice = "name a folder that a sync program or a USB stick carries, and nothing else"
    problems.append(problem_at(leaf.node, "PH943", "error", message, advice))
    return None


def _warn_of_dialer(stack: Stack, problems: list[Problem]) -> None:
    kind = stack.value("dialer", "kind")
    for name, without_effect, advice in (
        ("prefix", kind == "command", "write the digits into the command, before {national}"),
        ("scheme", kind != "uri", "it is the kind of link that  dialer: {kind: uri}  opens"),
    ):
        leaf = stack.leaf("dialer", name)
        if leaf is not None and leaf.value and without_effect:
            message = f"`dialer.{name}` does nothing where the dialer is `{kind}`"
            problems.append(problem_at(leaf.node, "PH933", "warning", message, advice))


def _theme(stack: Stack, known: Known, problems: list[Problem]) -> str:
    leaves = stack.leaves[("theme",)]
    for leaf in reversed(leaves):
        if not known.themes or leaf.value in known.themes:
            return str(leaf.value)
        advice = did_you_mean(str(leaf.value), known.themes) or said(
            "one of: {choices}", choices=", ".join(sorted(known.themes))
        )
        words = said("there is no theme `{name}`", name=leaf.value)
        problems.append(problem_at(leaf.node, "PH926", "error", words, advice))
    return str(leaves[0].value)


def _warn_of_law_packs(stack: Stack, problems: list[Problem]) -> None:
    """A country without a pack is told: a rule of law that is only written down would be a false comfort."""
    leaf = stack.leaf("calling_window", "law_packs")
    if leaf is None or leaf.source is Source.BUILT_IN:
        return
    nodes = dict(zip(leaf.value, leaf.node.parts, strict=True))
    for name in unknown(nodes):
        message = f"there is no law pack for {name}: nothing is checked there, and all others stay on"
        if name.startswith("-"):
            message = f"there is no law pack for {name[1:]} that could be off; all others stay on"
        advice = f"packs: {', '.join(sorted(CODES))}; set the calling window to the hours you need"
        problems.append(problem_at(nodes[name], "PH940", "warning", message, advice))


def _refuse_languages(stack: Stack, problems: list[Problem]) -> None:
    """Words and a pace under a name that is no language are nobody's."""
    for group in (("defaults",), ("speech", "words_per_minute")):
        for name in stack.names(*group):
            leaf = next(
                leaves[-1]
                for path, leaves in stack.leaves.items()
                if path[: len(group) + 1] == (*group, name)
            )
            if not LANGUAGE.fullmatch(name):
                message = f"`{plaintext.shortened(name, 40)}` in `{'.'.join(group)}` is no language"
                problems.append(problem_at(leaf.node, "PH106", "error", message, f"use {LANGUAGE_HELP}"))


def _outcomes(stack: Stack, reserved: frozenset[str], problems: list[Problem]) -> tuple[Outcome, ...]:
    """The outcomes in force, the built-in ones first: one letter each, and every needed category kept."""
    written = [one for name in stack.names("outcomes") if (one := _written(stack, name, problems))]
    return _with_own_letters(stack, _with_needed_categories(stack, written, problems), reserved, problems)


def _written(stack: Stack, name: str, problems: list[Problem]) -> Outcome | None:
    """One outcome as it was written, or None when it was removed or is not whole."""
    if stack.get(("outcomes", name, "off"), False):
        return None
    missing = [key for key in ("is", "key", "label") if stack.leaf("outcomes", name, key) is None]
    if missing:
        if any(path[:2] == ("outcomes", name) for path in stack.unread):  # told already, at its place
            return None
        message = f"the outcome `{name}` has no `{missing[0]}`"
        near = did_you_mean(name, _BUILT_IN)
        advice = near or f"write   {name}: {{is: win, key: b, label: Demo booked}}"
        problems.append(problem_at(_first_leaf(stack, name).node, "PH920", "error", message, advice))
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
        problems.append(problem_at(_first_leaf(stack, lost.id).node, "PH925", "error", message, advice))
        kept = [outcome for outcome in kept if outcome.id != lost.id] + [lost]
    order = list(_BUILT_IN) + [outcome.id for outcome in written]
    return sorted(kept, key=lambda outcome: order.index(outcome.id))


def _with_own_letters(
    stack: Stack, outcomes: list[Outcome], reserved: frozenset[str], problems: list[Problem]
) -> tuple[Outcome, ...]:
    """Each outcome with a letter of its own. What a team wrote gives way to what is built in."""
    taken: dict[str, str] = {}
    lettered: dict[str, Outcome] = {}
    keys = {outcome.id: stack.leaves["outcomes", outcome.id, "key"][-1] for outcome in outcomes}
    for outcome in sorted(outcomes, key=lambda outcome: keys[outcome.id].source is not Source.BUILT_IN):
        clash = _clash(outcome, taken, reserved)
        if clash is None:
            lettered[outcome.id] = outcome
            taken[outcome.key] = outcome.id
            continue
        code, message = clash
        free = [letter for letter in "bcdefglmnqtvwxyz" if letter not in taken and letter not in reserved]
        advice = f"free letters: {' '.join(_never_used(free, outcomes))}"
        problems.append(problem_at(keys[outcome.id].node, code, "error", message, advice))
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


def _first_leaf(stack: Stack, name: str) -> Leaf:
    """The first leaf of an outcome that somebody wrote, else any of it."""
    found = [leaves[-1] for path, leaves in stack.leaves.items() if path[:2] == ("outcomes", name)]
    return next((leaf for leaf in found if leaf.source is not Source.BUILT_IN), found[0])
