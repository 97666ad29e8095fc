"""`powerhour config check` for CI, `config schema`, and a key that is no setting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import keep_scripts


@pytest.fixture
def checked(run, team):
    """What is said of the team's file with this in it, beside one script; and the exit code."""
    keep_scripts(team, "friendly_call")

    def checked(*lines: str, more: tuple[str, ...] = ()):
        text = "\n".join(("config: 1", *lines, ""))
        (team / "config.yaml").write_text(text, encoding="utf-8")
        done = run("config", "check", str(team), *more)
        return done.code, done.out

    return checked


def test_a_folder_with_nothing_wrong_is_told_in_one_line(run, team):
    count = len(list((team / "scripts").glob("*.yaml")))
    done = run("config", "check", str(team))
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Nothing is wrong in team: config.yaml and {count} scripts.\n"


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("cadance: {attempts: 4}", "2:1", "did you mean `cadence`?"),
        ("theme: drakula", "2:8", "did you mean `dracula`?"),
        ("allowed_countries: [XX]", "2:21", "there is no country `XX`"),
        ("calling_window: {law_packs: [XX, IT]}", "2:30", "there is no law pack for XX"),
        ("scripts: {assign: [{script: renewall}]}", "2:29", "there is no script `renewall`"),
        ("outcomes: {demo: {is: win, key: h, label: Demo}}", "2:33", "one the cockpit keeps for itself"),
        ("keys: {queue.skip: ctrl+c}", "2:20", "cannot be the key of `queue.skip`"),
        ("lock: [cadence.per_7day]", "2:8", "did you mean `cadence.per_7_days`?"),
        ("dialer: {kind: command, scheme: tel}", "2:25", "personal"),
        ("defaults: {en: {first_name: ann@example.com}}", "2:29", "looks like somebody's number or address"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_exit_1(checked, line, place, words):
    code, out = checked(line)
    assert code == 1
    (said,) = [one for one in out.splitlines() if words in one]
    assert said.startswith(f"team/config.yaml:{place}: PH")


def test_a_script_with_an_error_fails_and_one_with_a_warning_does_not(checked, team):
    script = team / "scripts" / "friendly_call.yaml"
    script.write_text("title: Friendly\ncall: 'no end\n", encoding="utf-8")
    code, out = checked()
    assert (code, "scripts/friendly_call.yaml:2:" in out) == (1, True)


def test_nothing_of_a_rep_counts(checked, home, monkeypatch):
    own = home / "own.yaml"
    own.write_text("theme: drakula\n", encoding="utf-8")
    monkeypatch.setenv("POWERHOUR_CONFIG", str(own))
    monkeypatch.setenv("POWERHOUR_CADENCE__ATTEMPTS", "many")
    assert checked()[0] == 0


def test_problems_as_json_have_their_place(checked):
    code, out = checked("theme: drakula", more=("--json",))
    (row,) = json.loads(out)["rows"]
    assert (code, row["file"], row["line"], row["col"], row["severity"]) == (
        1,
        "team/config.yaml",
        2,
        8,
        "error",
    )


def test_no_folder_and_a_folder_without_settings_fail(run, home):
    (home / "empty").mkdir()
    assert run("config", "check", "nowhere").code == 1
    done = run("config", "check", "empty")
    assert (done.code, "empty/config.yaml:1:1:" in done.out) == (1, True)


def test_without_a_folder_it_is_the_one_in_use(run, team):
    (team / "config.yaml").write_text("config: 1\ntheme: drakula\n", encoding="utf-8")
    done = run("--workspace", str(team), "config", "check")
    assert (done.code, "config.yaml:2:8" in done.out) == (1, True)


def test_a_key_that_is_no_setting_names_the_nearest_and_exits_2(run):
    done = run("config", "cadenc")
    assert (done.code, "Did you mean cadence?" in done.err) == (2, True)
    assert run("config", "cadence", "more").code == 2


def test_the_schema_is_json_made_for_the_team_s_file(run):
    made = json.loads(run("config", "schema").out)
    assert "queue.skip" in made["properties"]["keys"]["propertyNames"]["enum"]
    assert "nord" in made["properties"]["theme"]["enum"]
    assert Path(made["$schema"]).name == "schema#"


LONG = "x" * 300


@pytest.mark.parametrize(
    ("words", "own", "code"),
    [
        (("--workspace", LONG, "config", "cadence"), "", 1),
        (("config", "check", LONG), "", 1),
        (("config", "cadence"), f"team_file: {LONG}/config.yaml\n", 1),
        (("init", LONG), "", 1),
        (("init", "--hook", LONG), "", 1),
        (("--workspace", LONG, "scripts", "check", LONG), "", 1),
    ],
)
def test_a_name_that_no_disk_takes_is_no_fault_of_the_program(run, home, monkeypatch, words, own, code):
    (home / "own.yaml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("POWERHOUR_CONFIG", str(home / "own.yaml"))
    done = run(*words)
    assert done.code == code
    assert "fault" not in done.err


def test_an_own_file_under_a_name_that_no_disk_takes_is_none(run, monkeypatch):
    monkeypatch.setenv("POWERHOUR_CONFIG", LONG)
    assert run("config", "cadence").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("queue",),
        ("queue", "--json"),
        ("explain", "Ann Rossi"),
        ("who", "ann"),
        ("report",),
    ],
)
def test_what_is_worked_out_by_rules_with_a_mistake_says_so(run, team, imported, command):
    assert run("--workspace", str(team), *command).err == ""
    (team / "config.yaml").write_text("config: 1\ncadance: {}\nteam:\n\ttimezone: UTC\n", encoding="utf-8")
    told = run("--workspace", str(team), *command).err
    assert "config.yaml" in told
    assert "TAB" in told
