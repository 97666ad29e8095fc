"""The team folder: written, shown, checked; and the doctor."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

import pytest

from tui.cli.settings_files import keep_settings
from tui.cli.wiring import assemble, library_of, problems_of


def test_init_writes_a_folder_to_start_from(team):
    names = {path.relative_to(team).as_posix() for path in team.rglob("*") if path.is_file()}
    assert {"config.yaml", ".gitignore", "README.md", "scripts/friendly_call.yaml"} <= names


def test_a_written_team_folder_has_no_problem(team, run):
    done = run("--workspace", str(team), "config")
    assert (done.code, done.err) == (0, "")
    assert run("--workspace", str(team), "scripts", "check").code == 0


@pytest.mark.parametrize("mine", ["config.yaml", "scripts/friendly_call.yaml", ".gitignore"])
def test_init_overwrites_nothing(run, home, mine):
    file = home / "team" / mine
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    done = run("init", "team")
    assert done.code == 1
    assert str(mine) in done.err
    assert [path for path in (home / "team").rglob("*") if path.is_file()] == [file]
    assert file.read_text() == "mine"


def test_config_shows_each_value_and_where_it_comes_from(team, run):
    (team / "config.yaml").write_text("config: 1\ncadence: {attempts: 4}\n")
    rows = run("--workspace", str(team), "config", "cadence.attempts", "--json").rows
    assert [(row["key"], row["value"]) for row in rows] == [("cadence.attempts", "4")]
    assert "config.yaml:2" in rows[0]["origin"]


def test_a_mistake_in_the_settings_is_named_with_its_line(team, run):
    (team / "config.yaml").write_text("config: 1\ncadnce: {attempts: 4}\n")
    done = run("--workspace", str(team), "config")
    assert done.code == 1
    assert "config.yaml:2" in done.err
    assert "cadence" in done.err


def test_a_mistake_in_the_settings_stops_no_other_command(team, run):
    (team / "config.yaml").write_text("config: 1\ncadence: {attempts: many}\n")
    assert run("--workspace", str(team), "queue").code == 0


def test_a_mistake_in_a_script_is_shown_with_a_caret_and_exit_1(team, run):
    (team / "scripts" / "friendly_call.yaml").write_text("script: 1\ntitle: Friendly\ncall: 'no end\n")
    done = run("--workspace", str(team), "scripts", "check")
    assert done.code == 1
    assert "friendly_call.yaml:3" in done.out
    assert "^" in done.out


def test_problems_of_scripts_as_json_have_place_and_code(team, run):
    (team / "scripts" / "friendly_call.yaml").write_text("script: 1\ntitle: Friendly\ncall: 'no end\n")
    rows = run("--workspace", str(team), "scripts", "check", "--json").rows
    assert {"file", "line", "col", "code", "severity", "message", "help"} <= rows[0].keys()


def test_the_doctor_finds_nothing_missing_here(run):
    done = run("doctor")
    assert done.code == 0
    assert "MISSING" not in done.out


def test_the_doctor_as_json_gives_every_check_a_status(run):
    rows = run("doctor", "--json").rows
    assert {row["status"] for row in rows} <= {"ok", "hint"}
    assert {"Python", "Data folder", "Settings", "Scripts"} <= {row["name"] for row in rows}


def test_the_doctor_tells_a_broken_script_before_all_else(run, team):
    shared = team / "scripts" / "_house.yaml"
    shared.write_text("language: en\nstop: Understood: I'll take you off my list.\n", encoding="utf-8")
    rows = run("--workspace", str(team), "doctor", "--json").rows
    users = len(
        [one for one in (team / "scripts").glob("*.yaml") if "extends: _house.yaml" in one.read_text()]
    )
    seen = f"_house.yaml line 2, column 17, has a mistake; {users} scripts are affected; you see the built-in script."
    assert (rows[0]["name"], rows[0]["status"], rows[0]["found"]) == ("Scripts", "mistake", seen)
    assert rows[0]["cure"].startswith("a colon followed by a space inside text without quotes")


def test_the_doctor_tells_an_error_before_a_warning_of_an_earlier_line(run, team):
    config = team / "config.yaml"
    config.write_text("team: {language: en}\nsessions: {minutes: [0]}\n", encoding="utf-8")
    (row,) = [
        row for row in run("--workspace", str(team), "doctor", "--json").rows if row["name"] == "Settings"
    ]
    assert (row["status"], "config.yaml:2:22: " in row["found"], "(and 1 more)" in row["found"]) == (
        "mistake",
        True,
        True,
    )


def test_the_doctor_names_a_damaged_file(run, data):
    data.mkdir()
    (data / "sessions.json").write_text("{ not json")
    done = run("doctor", "--json")
    (check,) = [row for row in done.rows if row["name"] == "Contacts and calls"]
    assert (done.code, check["status"]) == (1, "missing")
    assert str(data) in check["found"]


def test_a_closed_pipe_ends_quietly(environment, home, data):
    reader = subprocess.Popen(
        [sys.executable, "-m", "tui", "--data", str(data), "config"],
        env=environment,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert reader.stdout
    assert reader.stderr
    reader.stdout.close()
    errors = reader.stderr.read()
    assert (reader.wait(30), errors) == (0, b"")


def test_the_version_is_that_of_the_package(run):
    from tui import __version__

    assert run("--version").out == f"powerhour {__version__}\n"


def test_every_json_answer_has_the_same_frame(run):
    for command in (["queue"], ["contacts"], ["sessions"], ["config"], ["doctor"], ["scripts", "check"]):
        answer = json.loads(run(*command, "--json").out)
        assert answer["schema"] == 1, command
        assert isinstance(answer["rows"], list), command


def test_the_doctor_says_when_scripts_do_not_know_who_is_ringing(run, home):
    row = next(row for row in run("doctor", "--json").rows if row["name"] == "You")
    assert row["status"] == "hint"
    assert "your name and your number" in row["found"]
    assert "config.yaml" in row["cure"]


def test_settings_that_broke_over_night_are_those_of_yesterday_and_that_is_said_first(
    run, team, data, monkeypatch
):
    argv = argparse.Namespace(workspace=str(team), data=str(data))
    config = team / "config.yaml"
    good = config.read_text(encoding="utf-8").replace("language: en ", "language: it ", 1)
    config.write_text(good, encoding="utf-8")
    keep_settings(assemble(argv))
    config.write_text(good.replace("config: 1", "config: 1\nnotes: a: b", 1), encoding="utf-8")
    keep_settings(assemble(argv))
    monkeypatch.setenv("POWERHOUR_NOW", "2026-11-24T15:01:00+00:00")
    parts = assemble(argv)
    line = next(n for n, row in enumerate(config.read_text().splitlines(), 1) if row == "notes: a: b")
    assert parts.settings.language == "it"
    assert (
        problems_of(parts)[0]
        == f"Settings: yesterday's version is in force. config.yaml line {line}, column 9: "
        "a colon followed by a space inside text without quotes; if a is a key, write it on the next line, "
        "two spaces in; if it is text, in double quotes."
    )
    row = run("--workspace", str(team), "doctor", "--json").rows[0]
    assert (row["name"], row["status"], row["found"]) == (
        "Settings",
        "mistake",
        problems_of(parts)[0].removeprefix("Settings: "),
    )
    told = run("--workspace", str(team), "config", "check")
    assert (told.code, f"config.yaml:{line}:" in told.out + told.err) == (1, True)


def test_explain_tells_yesterday_s_version_of_a_script_that_broke_over_night(
    imported, team, data, monkeypatch
):
    library = library_of(assemble(argparse.Namespace(workspace=str(team), data=str(data))))
    library.scripts()
    library.keep_copies()
    script = team / "scripts" / "first_call.yaml"
    script.write_text("title: First: call\n" + script.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("POWERHOUR_NOW", "2026-11-24T15:01:00+00:00")
    told = imported("--workspace", str(team), "explain", "rossi").out
    assert "Script: First call (first_call). Rule: the audience of this script fits (fresh)." in told
    assert "first_call.yaml line 1, column 13, has a mistake; you see yesterday's version." in told


def test_everybody_who_tells_of_a_mistake_says_line_column_and_what_was_meant(run, team, data, monkeypatch):
    config, own = team / "config.yaml", team.parent / "own.yaml"
    config.write_text("config: 1\ncadence:\n  gap: [1d]\n", encoding="utf-8")
    own.write_text("dialer: softfone\n", encoding="utf-8")
    monkeypatch.setenv("POWERHOUR_CONFIG", str(own))
    told = problems_of(assemble(argparse.Namespace(workspace=str(team), data=str(data))))
    assert sorted(told) == [
        "Your own own.yaml line 1, column 9: `dialer` cannot be `softfone`; did you mean `softphone`? "
        "(one of: manual, uri, command, softphone)",
        "config.yaml line 3, column 3: unknown key `gap` in cadence; did you mean `gaps`?",
    ]
    own.unlink()
    for command in ("config", "queue"):
        done = run("--workspace", str(team), command)
        assert "config.yaml:3:3: PH102 unknown key `gap` in cadence; did you mean `gaps`?" in done.err
    (row,) = [
        row for row in run("--workspace", str(team), "doctor", "--json").rows if row["name"] == "Settings"
    ]
    assert row["found"].endswith("config.yaml:3:3: unknown key `gap` in cadence")
    assert row["cure"] == "did you mean `gaps`?"


def test_what_is_wrong_outside_the_files_is_named_without_a_line(team, data, monkeypatch):
    monkeypatch.setenv("POWERHOUR_THEM", "nord")
    (told,) = problems_of(assemble(argparse.Namespace(workspace=str(team), data=str(data))))
    assert told == "POWERHOUR_THEM is no setting and is ignored; did you mean POWERHOUR_THEME?"
