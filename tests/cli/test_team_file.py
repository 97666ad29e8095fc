"""The team's file as a running cockpit watches it: stable changes only, and versions kept by hash with their date."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from tui.cli.settings_files import WatchedSettings, keep_settings
from tui.cli.wiring import assemble
from tui.settings.places import own_copies, team_copies

CONFLICT = "config: 1\n<<<<<<< HEAD\ntheme: nord\n=======\ntheme: dracula\n>>>>>>> theirs\n"


@pytest.fixture
def parts(team, data):
    return lambda: assemble(argparse.Namespace(workspace=str(team), data=str(data)))


def settled(watched):
    """What is said once the file has stood still for one look."""
    assert watched.look() is None
    return watched.look()


def test_a_pull_is_told_when_the_file_stands_still_and_told_once(team, parts):
    config = team / "config.yaml"
    watched = WatchedSettings(parts())
    assert settled(watched).changes == ()
    good = config.read_text("utf-8")
    config.write_text(good.replace("per_7_days: 3", "per_7_days: 1"), "utf-8")
    (change,) = settled(watched).changes
    assert (change.name, change.before, change.after, change.how) == (
        "cadence.per_7_days",
        "3",
        "1",
        "stricter",
    )
    assert (watched.look(), watched.look()) == (None, None)


def test_a_conflict_while_we_work_says_which_version_is_in_force_and_where_the_mistake_is(team, parts):
    keep_settings(parts())
    watched = WatchedSettings(parts(), ("The phone is gone.",))
    (team / "config.yaml").write_text(CONFLICT, "utf-8")
    news = settled(watched)
    assert news.changes == ()
    assert news.problems[0].startswith("Settings: the version of 15:0")
    assert "is in force. config.yaml line 2, column 1: " in news.problems[0]
    assert news.problems[-1] == "The phone is gone."


def test_a_stricter_rule_counts_at_once_and_outlives_a_conflict(team, parts):
    config = team / "config.yaml"
    watched, obeyed = WatchedSettings(began := parts()), []
    watched._obeyed = obeyed.append
    good = config.read_text("utf-8")
    config.write_text(good.replace("per_7_days: 3", "per_7_days: 1").replace("30s", "40s"), "utf-8")
    assert settled(watched).settings.policy.per_7_days == 1
    assert obeyed[-1].settings.policy.per_7_days == 1
    config.write_text(CONFLICT, "utf-8")
    assert settled(watched).settings.policy.per_7_days == 1
    assert parts().settings.policy.per_7_days == 1, "nor is it forgotten over night"
    config.write_text(good, "utf-8")
    assert settled(watched).settings == began.settings


def test_what_changed_since_the_last_start_is_told_until_that_start_was_seen(team, parts):
    config = team / "config.yaml"
    keep_settings(parts())
    assert WatchedSettings(parts()).since_last_start().changes == ()
    good = config.read_text("utf-8")
    config.write_text(good.replace("mon-fri: 09:00-18:00", "mon-fri: 13:00-17:00"), "utf-8")
    news = WatchedSettings(parts()).since_last_start()
    assert [one.name for one in news.changes] == ["calling_window.mon-fri"]
    assert news.seen_at.date() == date(2026, 11, 23)
    keep_settings(parts())
    assert WatchedSettings(parts()).since_last_start().changes == ()


def test_versions_with_a_secret_or_that_hold_no_settings_are_not_kept(team, data, parts):
    for text in ("config: 1\nsoftphone: {password: hunter22}\n", CONFLICT, ""):
        (team / "config.yaml").write_text(text, "utf-8")
        keep_settings(parts())
    assert team_copies(data, team).versions("config.yaml") == []
    assert team_copies(data, team, "settings_seen").versions("config.yaml") == []


def test_a_rep_s_own_file_that_breaks_over_night_still_names_the_team(run, team, data, home, monkeypatch):
    own = home / "own.yaml"
    monkeypatch.setenv("POWERHOUR_CONFIG", str(own))
    own.write_text(f"team_file: {team}/config.yaml\ncadence: {{per_7_days: 2}}\n", "utf-8")
    arguments = argparse.Namespace(workspace=None, data=str(data))
    keep_settings(assemble(arguments))
    assert len(own_copies(data, own).versions(own.name)) == 1
    own.write_bytes("me: {name: Zoë}\n".encode("cp1252"))
    found = assemble(arguments)
    assert (found.places.team, found.settings.policy.per_7_days) == (team, 2)
    row = run("doctor", "--json").rows[0]
    assert (row["name"], row["status"]) == ("Settings", "mistake")
    assert "is in force. Your own own.yaml line 1, column 14: this file is not saved as UTF-8" in row["found"]
