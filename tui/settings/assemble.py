"""From the stack of layers to the settings in force."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from tui.domain.cadence import Policy
from tui.domain.outcome import Outcome
from tui.domain.session import Goal
from tui.domain.window import DEFAULT_HOURS, Hours, Spans
from tui.settings.declare import ANY, Setting
from tui.settings.keymap import Known, read_keys
from tui.settings.lawpacks import CODES, in_force
from tui.settings.layers import DAYS, LOCAL, Stack
from tui.settings.outcomes import read_outcomes
from tui.settings.places import Places, impossible_zone, local_zone
from tui.settings.settings import Settings
from tui.yamlfile.contract import problem_at
from tui.yamlfile.fields import parse_duration
from tui.yamlfile.problem import Problem, did_you_mean


def assemble(
    stack: Stack, places: Places, known: Known, environ: Mapping[str, str], problems: list[Problem]
) -> Settings:
    """The settings in force. What only the whole can show is wrong is told, and the built-in value taken."""
    zone = _zone(stack.value("team", "timezone"), environ, problems)
    outcomes = read_outcomes(stack, known.reserved_letters, problems)
    _warn_of_law_packs(stack, problems)
    _warn_of_dialer(stack, problems)
    made = {
        "zone": zone,
        "outcomes": outcomes,
        "scripts_folder": _scripts_folder(stack, places, problems),
        "goal": Goal(
            **{name: stack.value("sessions", "goal", name) for name in stack.names("sessions", "goal")}
        ),
        "policy": _policy(stack, zone, outcomes, problems),
        "theme": _theme(stack, known, problems),
        "keys": read_keys(stack, known, outcomes, problems),
    }
    return Settings(**_filled(Settings, stack) | made)


def _filled(cls: type, stack: Stack) -> dict[str, Any]:
    """The fields of a class that are one setting each, or a record of such fields."""
    found: dict[str, Any] = {}
    for declared in fields(cls):
        rows: tuple[Setting, ...] = declared.metadata["settings"]
        if inner := declared.metadata.get("group"):
            found[declared.name] = inner(**_filled(inner, stack))
        elif len(rows) == 1:
            found[declared.name] = _value(stack, rows[0].path, rows[0].absent)
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
        message = f"`{wrong}` is no time zone; {zone} is used"
        problems.append(Problem("TZ", 1, 1, "PH929", "warning", message, advice))
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
        advice = did_you_mean(str(leaf.value), known.themes) or f"one of: {', '.join(sorted(known.themes))}"
        problems.append(problem_at(leaf.node, "PH926", "error", f"there is no theme `{leaf.value}`", advice))
    return str(leaves[0].value)


def _warn_of_law_packs(stack: Stack, problems: list[Problem]) -> None:
    """A country without a pack is told: a rule of law that is only written down would be a false comfort."""
    leaf = stack.leaf("calling_window", "law_packs")
    missing = sorted(in_force(leaf.value) - set(CODES)) if leaf is not None else []
    if leaf is None or not missing:
        return
    message = f"there is no law pack for {', '.join(missing)}: nothing is checked there"
    advice = f"packs: {', '.join(sorted(CODES))}; set the calling window to the hours you need"
    problems.append(problem_at(leaf.node, "PH940", "warning", message, advice))
