"""Every declared setting is read by the program, and a test shows what it does."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from tests.rows import each
from tests.settings.obeyed import shown
from tui.settings.settings import SETTINGS, Settings

PROGRAM = Path(__file__).parents[2] / "tui"
PATHS = tuple(one.name for one in SETTINGS)

CHANGED = {
    "team.company": "team: {company: Acme}",
    "team.members": "team: {members: [{name: Kim}]}",
    "team.timezone": "team: {timezone: America/Chicago}",
    "team.language": "team: {language: it}",
    "scripts.folder": "scripts: {folder: words}",
    "scripts.assign": "scripts: {assign: [{script: first_call}]}",
    "defaults.*.*": "defaults: {en: {segment: shop}}",
    "sessions.minutes": "sessions: {minutes: [25]}",
    "sessions.goal.conversations": "sessions: {goal: {conversations: 9}}",
    "sessions.goal.next_steps": "sessions: {goal: {next_steps: 9}}",
    "sessions.advance_after": "sessions: {advance_after: 9}",
    "sessions.autosave": "sessions: {autosave: 9s}",
    "sessions.alarm": "sessions: {alarm: off}",
    "sessions.team_hour": "sessions: {team_hour: 10:00 mon-fri 60m}",
    "sessions.streak": "sessions: {streak: on}",
    "sessions.sound_check": "sessions: {sound_check: on}",
    "outcomes.*.is": "outcomes: {demo: {is: win, key: b, label: Demo}}",
    "outcomes.*.key": "outcomes: {talked: {key: z}}",
    "outcomes.*.label": "outcomes: {talked: {label: Spoke}}",
    "outcomes.*.next": "outcomes: {talked: {next: 9d}}",
    "outcomes.*.owes": "outcomes: {talked: {owes: an offer}}",
    "outcomes.*.off": "outcomes: {win: off}",
    **{f"cadence.{name}": f"cadence: {{{name}: 9}}" for name in ("attempts", "per_7_days", "per_30_days")},
    **{f"cadence.{name}": f"cadence: {{{name}: 9}}" for name in ("gatekeeper_tries", "nurture_times")},
    **{
        f"cadence.{name}": f"cadence: {{{name}: 9d}}"
        for name in ("min_gap", "max_age", "check_in", "after_talk", "after_not_now", "nurture_every")
    },
    "cadence.gaps": "cadence: {gaps: [9d]}",
    "cadence.early_call": "cadence: {early_call: warn}",
    "cadence.same_rep": "cadence: {same_rep: off}",
    "cadence.active_limit": "cadence: {active_limit: 9}",
    **{
        f"calling_window.{day}": f"calling_window: {{{day}: 10:00-11:00}}"
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    },
    "calling_window.holidays": "calling_window: {holidays: [2026-12-25]}",
    "calling_window.law_packs": "calling_window: {law_packs: [US]}",
    "calling_window.consumers": "calling_window: {consumers: [homes]}",
    "queue.fresh_share": "queue: {fresh_share: 90%}",
    "queue.priority_field": "queue: {priority_field: Rank}",
    "card_fields": "card_fields: [city]",
    "speech.words_per_minute.*": "speech: {words_per_minute: {en: 99}}",
    **{
        f"speech.{name}": f"speech: {{{name}: 9}}"
        for name in ("opener_seconds", "voicemail_seconds", "monologue_seconds")
    },
    "check.ignore": "check: {ignore: [PH517]}",
    "check.fail_on": "check: {fail_on: warning}",
    "experiments.metric": "experiments: {metric: win}",
    "experiments.min_per_variant": "experiments: {min_per_variant: 99}",
    "metrics.conversation_seconds": "metrics: {conversation_seconds: 99}",
    "record.keep_notes": "record: {keep_notes: 9d}",
    "record.keep_people": "record: {keep_people: 24 months}",
    "dialer.kind": "dialer: uri",
    "dialer.command": 'dialer: {command: [ring, "{e164}"]}',
    "dialer.prefix": 'dialer: {prefix: "9"}',
    "dialer.scheme": "dialer: {kind: uri, scheme: sip}",
    "allowed_countries": "allowed_countries: [IE]",
    "theme": "theme: nord",
    "glyphs": "glyphs: ascii",
    "screen_language": "screen_language: it",
    "bell": "bell: off",
    "keymap": "keymap: vim",
    "keys.*": "keys: {queue.skip: z}",
    "me.name": "me: {name: Kim}",
    "me.number": 'me: {number: "+44 20 7946 0955"}',
    "me.title": "me: {title: Buyer}",
    "softphone.*": 'softphone: {account: "sip:kim@example.com"}',
    "people_folder": "people_folder: people",
    "shared_list.postgresql": 'shared_list: {postgresql: "postgresql://kim@db.example.com/calls"}',
    "editor": "editor: [code]",
}
"""Each setting with a line that changes it."""
ABOUT_THE_FILES = {
    "config": "the edition of the file, read while it is read",
    "lock": "what a rep's file may loosen, read while that file is read",
    "team_file": "where the team's file is, read before any setting",
}
"""Settings that decide how the files are read and so never reach the program."""


@pytest.fixture(scope="module")
def read_by_the_program() -> frozenset[str]:
    """Every name that a module outside `settings` reads as an attribute."""
    files = [file for file in PROGRAM.rglob("*.py") if file.relative_to(PROGRAM).parts[0] != "settings"]
    return frozenset(
        node.attr
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    )


def differences(one: Any, other: Any, way: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """The attributes in which two settings differ, down to the smallest record."""
    if one == other:
        return set()
    names = one.__struct_fields__ if isinstance(one, Struct) else getattr(one, "__slots__", ())
    if not names or type(one) is not type(other):
        return {way}
    return {
        found
        for name in names
        for found in differences(getattr(one, name), getattr(other, name), (*way, name))
    }


def test_each_setting_is_changed_here_or_only_says_how_files_are_read() -> None:
    assert sorted(PATHS) == sorted([*CHANGED, *ABOUT_THE_FILES])


def test_every_setting_says_what_it_is_for() -> None:
    assert [one.name for one in SETTINGS if not one.shape.doc] == []


@pytest.mark.slow
@pytest.mark.parametrize("setting", CHANGED)
def test_every_declared_setting_is_read_by_the_program(setting, solo, read_by_the_program) -> None:
    changed = differences(solo(""), solo(CHANGED[setting]))
    assert changed, f"{setting} changes nothing in {Settings.__name__}"
    for way in changed:
        assert set(way) <= read_by_the_program, f"nothing reads {'.'.join(way)} of {setting}"


@each("setting", PATHS)
def test_a_test_shows_what_each_setting_does(setting) -> None:
    assert setting in shown()


def test_no_test_shows_a_setting_that_is_gone() -> None:
    assert shown() <= set(PATHS)
