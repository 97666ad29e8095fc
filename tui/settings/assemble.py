"""From the stack of layers to the settings in force."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from tui.domain.cadence import Policy
from tui.domain.outcome import Outcome
from tui.domain.session import Goal
from tui.domain.window import DEFAULT_HOURS, Hours, Spans
from tui.settings.builtin import LOCAL
from tui.settings.keymap import Known, read_keys
from tui.settings.lawpacks import CODES, in_force
from tui.settings.layers import Stack
from tui.settings.model import DAYS
from tui.settings.outcomes import read_outcomes
from tui.settings.places import Places, impossible_zone, local_zone
from tui.settings.settings import Assign, DialChoice, Experiments, Me, ScriptCheck, Settings, Speech
from tui.yamlfile.contract import problem_at
from tui.yamlfile.fields import parse_duration
from tui.yamlfile.problem import Problem, did_you_mean

_CADENCE = (
    *("attempts", "gaps", "per_7_days", "per_30_days", "min_gap", "max_age", "gatekeeper_tries", "check_in"),
    *(
        "after_talk",
        "after_not_now",
        "nurture_every",
        "nurture_times",
        "early_call",
        "same_rep",
        "active_limit",
    ),
)


def assemble(
    stack: Stack, places: Places, known: Known, environ: Mapping[str, str], problems: list[Problem]
) -> Settings:
    """The settings in force. What only the whole can show is wrong is told, and the built-in value taken."""
    value = stack.value
    zone = _zone(value("team", "timezone"), environ, problems)
    outcomes = read_outcomes(stack, known.reserved_letters, problems)
    _warn_of_law_packs(stack, problems)
    return Settings(
        company=value("team", "company"),
        zone=zone,
        language=value("team", "language"),
        scripts_folder=_scripts_folder(stack, places, problems),
        assign=_assign(stack),
        defaults=_defaults(stack),
        minutes=value("sessions", "minutes"),
        goal=Goal(value("sessions", "goal", "conversations"), value("sessions", "goal", "next_steps")),
        advance_after=value("sessions", "advance_after"),
        autosave=value("sessions", "autosave"),
        alarm=value("sessions", "alarm") == "on",
        sound_check=value("sessions", "sound_check") == "on",
        outcomes=outcomes,
        policy=_policy(stack, zone, outcomes, problems),
        law_packs=value("calling_window", "law_packs"),
        consumer_lists=frozenset(value("calling_window", "consumers")),
        fresh_share=value("queue", "fresh_share"),
        priority_field=value("queue", "priority_field"),
        card_fields=value("card_fields"),
        speech=_speech(stack),
        check=ScriptCheck(frozenset(value("check", "ignore")), value("check", "fail_on")),
        experiments=Experiments(value("experiments", "metric"), value("experiments", "min_per_variant")),
        conversation_seconds=value("metrics", "conversation_seconds"),
        keep_notes=value("record", "keep_notes"),
        dial=_dial(stack, problems),
        softphone=_group(stack, "softphone"),
        allowed_countries=value("allowed_countries"),
        theme=_theme(stack, known, problems),
        keys=read_keys(stack, known, outcomes, problems),
        me=Me(**{name: stack.get(("me", name), "") for name in ("name", "number", "title")}),
        editor=stack.get(("editor",), ()),
    )


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
    rules: dict[str, Any] = {name: stack.value("cadence", name) for name in _CADENCE}
    hours = Hours(_week(stack, problems), frozenset(stack.value("calling_window", "holidays")))
    waits = {o.id: wait for o in outcomes if o.next and (wait := _length(o.next)) is not None}
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


def _length(text: str) -> timedelta | None:
    return parse_duration(text)


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


def _assign(stack: Stack) -> tuple[Assign, ...]:
    return tuple(
        Assign(rule.script, rule.lists, rule.tags, rule.language, rule.customer)
        for rule in stack.value("scripts", "assign")
    )


def _defaults(stack: Stack) -> dict[str, dict[str, str]]:
    return {language: _group(stack, "defaults", language) for language in stack.names("defaults")}


def _group(stack: Stack, *path: str) -> dict[str, str]:
    return {name: stack.value(*path, name) for name in stack.names(*path)}


def _speech(stack: Stack) -> Speech:
    pace = {
        language: stack.value("speech", "words_per_minute", language)
        for language in stack.names("speech", "words_per_minute")
    }
    limits = ("opener_seconds", "voicemail_seconds", "monologue_seconds")
    return Speech(pace, *(stack.value("speech", name) for name in limits))


def _dial(stack: Stack, problems: list[Problem]) -> DialChoice:
    kind = stack.value("dialer", "kind")
    for name, without_effect, advice in (
        ("prefix", kind == "command", "write the digits into the command, before {national}"),
        ("scheme", kind != "uri", "it is the kind of link that  dialer: {kind: uri}  opens"),
    ):
        leaf = stack.leaf("dialer", name)
        if leaf is not None and leaf.value and without_effect:
            message = f"`dialer.{name}` does nothing where the dialer is `{kind}`"
            problems.append(problem_at(leaf.node, "PH933", "warning", message, advice))
    return DialChoice(
        kind=kind,
        command=stack.get(("dialer", "command"), ()),
        prefix=stack.get(("dialer", "prefix"), ""),
        scheme=stack.get(("dialer", "scheme"), "tel"),
    )


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
