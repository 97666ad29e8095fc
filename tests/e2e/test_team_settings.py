"""A manager changes, breaks and mends the team's file while a rep's cockpit runs; then the rep starts again."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.e2e
CONFLICT = "config: 1\n<<<<<<< HEAD\ntheme: nord\n=======\ntheme: dracula\n>>>>>>> theirs\n"


def test_a_change_a_conflict_and_its_end_are_said_in_the_running_cockpit_and_at_the_next_start(
    terminal, home, data
):
    team = home / "team"
    shutil.copytree(ROOT / "scripts", team / "scripts")
    config = team / "config.yaml"
    good = (ROOT / "config.yaml").read_text("utf-8")
    stricter = good.replace("per_7_days: 3", "per_7_days: 1").replace(
        "mon-fri: 09:00-18:00", "mon-fri: 13:00-17:00"
    )
    config.write_text(good, "utf-8")

    screen = terminal("--workspace", str(team))
    screen.wait_for("to call now")
    seen = "last_good/*/settings_seen/config.yaml/*/config.yaml"
    screen.wait_until(lambda _: any(data.glob(seen)), "the version in force is kept")
    config.write_text(stricter, "utf-8")
    screen.wait_for("Team settings changed: 2 lines.")
    screen.press("t")
    screen.wait_for("Calling hours, Monday to Friday: 09:00-18:00, now 13:00-17:00")
    screen.wait_for("This counts from now on.")
    screen.press("escape")
    config.write_text(CONFLICT, "utf-8")
    screen.wait_for("config.yaml line 2, column 1")
    config.write_text(good, "utf-8")
    screen.wait_for("The team's settings are again those you work with.")
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0

    config.write_text(stricter, "utf-8")
    screen = terminal("--workspace", str(team))
    screen.wait_for("Team settings changed: 2 lines, compared with the version of")
    screen.press("ctrl+q")
    assert screen.wait_exit() == 0
