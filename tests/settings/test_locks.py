from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.settings.load import Loaded

Load = Callable[..., Loaded]

TEAM = """
cadence: {attempts: 5, per_7_days: 2, min_gap: 24h, gaps: [2d, 4d], same_rep: warn}
calling_window: {mon-fri: "09:00-12:30, 14:00-18:00", holidays: [2026-12-25]}
allowed_countries: [GB, IE]
theme: nord
record: {keep_people: 24 months}
lock: [cadence, calling_window, allowed_countries, theme, record.keep_people]
"""

STRICTER = [
    "cadence: {attempts: 4}",
    "cadence: {per_7_days: 1}",
    "cadence: {min_gap: 2d}",
    "cadence: {gaps: [2d, 5d, 6d]}",
    "cadence: {early_call: acknowledge}",
    'calling_window: {mon-fri: "09:30-12:00"}',
    "calling_window: {fri: closed}",
    "calling_window: {holidays: [2026-12-25, 2026-12-26]}",
    "allowed_countries: [GB]",
    "record: {keep_people: 12 months}",
    "theme: nord",
]
LOOSER = [
    "cadence: {attempts: 9}",
    "cadence: {per_7_days: 0}",
    "cadence: {min_gap: 1h}",
    "cadence: {gaps: [2d]}",
    "cadence: {gaps: [1d, 9d]}",
    "cadence: {same_rep: off}",
    "cadence: {early_call: warn}",
    'calling_window: {mon-fri: "09:00-18:00"}',
    "calling_window: {sat: 09:00-10:00}",
    "calling_window: {holidays: []}",
    "allowed_countries: [GB, IE, US]",
    "allowed_countries: []",
    "record: {keep_people: 36 months}",
    "record: {keep_people: always}",
    "theme: gruvbox",
]


@pytest.mark.parametrize("own", STRICTER)
def test_a_rep_may_be_stricter_than_a_lock(own: str, settings_from: Load) -> None:
    found = settings_from(team=TEAM, own=own)
    assert found.problems == ()
    assert any(leaves[-1].source == "own" for leaves in found.stack.leaves.values())


@pytest.mark.parametrize("own", LOOSER)
def test_a_rep_may_not_be_looser_than_a_lock(own: str, settings_from: Load) -> None:
    found = settings_from(team=TEAM, own=own)
    assert [(p.code, p.severity, p.line) for p in found.problems] == [("PH916", "error", 1)]
    assert "locked by the team" in found.problems[0].message
    if not own.startswith(("cadence: {early_call", "calling_window: {sat")):
        assert "(team config.yaml:" in found.problems[0].message
    assert found.settings == settings_from(team=TEAM, own="").settings


def test_without_a_lock_a_rep_may_be_looser(settings_from: Load) -> None:
    found = settings_from(team="cadence: {attempts: 5}", own="cadence: {attempts: 9}")
    assert found.problems == ()
    assert found.settings.policy.attempts == 9


def test_variables_do_not_pass_a_lock_either(settings_from: Load) -> None:
    found = settings_from(
        team=TEAM, env={"POWERHOUR_CADENCE__ATTEMPTS": "9", "POWERHOUR_CADENCE__PER_7_DAYS": "7"}
    )
    assert [p.code for p in found.problems] == ["PH916", "PH916"]
    assert (found.settings.policy.attempts, found.settings.policy.per_7_days) == (5, 2)


def test_a_lock_measures_against_the_team_and_not_against_the_rep(settings_from: Load) -> None:
    found = settings_from(team=TEAM, own="cadence: {attempts: 3}", env={"POWERHOUR_CADENCE__ATTEMPTS": "4"})
    assert found.problems == ()
    assert found.settings.policy.attempts == 4


def test_personal_settings_cannot_be_locked(settings_from: Load) -> None:
    found = settings_from(team="lock: [me.name]")
    assert [p.code for p in found.problems] == ["PH919"]
