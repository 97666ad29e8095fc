from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.settings import places
from tui.settings.places import local_zone

Team = Callable[[str], Path]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Makes a team folder."""

    def make(name: str) -> Path:
        folder = tmp_path / name
        (folder / "scripts").mkdir(parents=True)
        (folder / "config.yaml").write_text("# ours\nconfig: 1\n")
        return folder

    return make


def find(tmp_path: Path, workspace: str | Path | None = None, cwd: Path | None = None, **environ: str):  # type: ignore[no-untyped-def]
    empty = tmp_path / "empty"
    empty.mkdir(exist_ok=True)
    return places.find(workspace, None, environ, cwd or empty, tmp_path / "own", tmp_path / "data")


def test_the_folder_named_on_the_command_line_comes_first(team: Team, tmp_path: Path) -> None:
    named, here = team("named"), team("here")
    found, problems = find(tmp_path, named, here)
    assert (found.team, found.shared, problems) == (named, True, [])
    assert found.config == named / "config.yaml"


def test_then_the_team_file_of_the_own_settings(team: Team, tmp_path: Path) -> None:
    named, here = team("named"), team("here")
    own = tmp_path / "own" / "config.yaml"
    own.parent.mkdir()
    for written in (named, named / "config.yaml", "../named/config.yaml"):
        own.write_text(f"team_file: {written}\n")
        found, problems = find(tmp_path, None, here)
        assert found.team.resolve() == named
        assert problems == []
        assert "team_file" in found.why


def test_then_the_folder_one_is_in_when_its_file_is_ours(team: Team, tmp_path: Path) -> None:
    here = team("here")
    assert find(tmp_path, None, here)[0].team == here
    (here / "config.yaml").write_text("config: 1\n{{{ broken: [")
    assert find(tmp_path, None, here)[0].team == here


@pytest.mark.parametrize("text", ["theme: nord\n", "config: 12\n", "  config: 1\n", "# config: 1\n", ""])
def test_a_config_yaml_of_another_program_is_left_alone(text: str, team: Team, tmp_path: Path) -> None:
    here = team("here")
    (here / "config.yaml").write_text(text)
    assert find(tmp_path, None, here)[0].team == places.shipped()


def test_else_the_folder_that_comes_with_the_program(tmp_path: Path) -> None:
    found, problems = find(tmp_path)
    assert (found.team, found.shared, problems) == (places.shipped(), False, [])
    assert (found.team / "config.yaml").is_file()
    assert (found.team / "scripts").is_dir()


def test_a_folder_that_is_not_there_is_told(team: Team, tmp_path: Path) -> None:
    _, problems = find(tmp_path, tmp_path / "nowhere")
    assert [(p.code, p.severity) for p in problems] == [("PH905", "error")]
    own = tmp_path / "own" / "config.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text("theme: nord\nteam_file: ~/no such/config.yaml\n")
    found, problems = find(tmp_path)
    assert [(p.code, p.line, p.col) for p in problems] == [("PH905", 2, 12)]
    assert found.team == places.shipped()


def test_variables_move_the_own_file_and_the_data(tmp_path: Path) -> None:
    found, _ = find(
        tmp_path, POWERHOUR_CONFIG=str(tmp_path / "mine.yaml"), POWERHOUR_DATA=str(tmp_path / "d")
    )
    assert found.own == tmp_path / "mine.yaml"
    assert found.data == tmp_path / "d"
    assert (
        places.find(None, tmp_path / "flag", {"POWERHOUR_DATA": "x"}, tmp_path)[0].data == tmp_path / "flag"
    )


def test_without_variables_they_are_where_the_system_keeps_such_things(tmp_path: Path) -> None:
    found, _ = places.find(None, None, {}, tmp_path)
    assert found.own.name == "config.yaml"
    assert found.own.parent.name == found.data.name == "powerhour"


def test_the_zone_of_the_computer_is_found_by_name(tmp_path: Path) -> None:
    zoneinfo = tmp_path / "zoneinfo" / "Europe"
    zoneinfo.mkdir(parents=True)
    (zoneinfo / "Rome").write_text("")
    link, name = tmp_path / "localtime", tmp_path / "timezone"
    name.write_text("Europe/Berlin\n")
    assert local_zone({"TZ": ":America/Chicago"}, link, name) == "America/Chicago"
    assert local_zone({"TZ": "nonsense"}, link, name) == "Europe/Berlin"
    link.symlink_to(zoneinfo / "Rome")
    assert local_zone({}, link, name) == "Europe/Rome"
    link.unlink()
    name.unlink()
    assert local_zone({}, link, name) == "UTC"
