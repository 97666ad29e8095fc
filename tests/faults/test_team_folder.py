"""A team folder is inert: nothing in it runs, and nothing outside it is read, whatever it is made of."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.outside_bench import (
    CANARY,
    Outside,
    bare_repository_inside,
    git_settings,
    linked_config,
    lose_a_script,
)
from tests.outside_bench import git as ask_git
from tests.outside_bench import team as sound_team
from tui.system import git, programs


@pytest.fixture
def outside(tmp_path):
    """What lies beside the team folder: a secret, a script, and a program that leaves a trace."""
    return Outside(tmp_path)


@pytest.fixture
def powerhour(here, data):
    """Runs a command in the test's own process; `test_outside.py` drives whole programs."""
    return partial(here, "--data", str(data))


@pytest.fixture
def team(tmp_path):
    """A team folder with one commit, in which nothing is wrong."""
    return sound_team(tmp_path / "team")


def test_a_bare_repository_in_the_scripts_folder_runs_nothing(powerhour, team, outside):
    bare_repository_inside(team, outside)
    done = powerhour("--workspace", str(team), "scripts", "diff", "enquiry")
    assert outside.touched() == []
    assert done.returncode == 1
    assert "laid out as a repository of its own" in done.stderr
    assert "scripts diff OLD NEW" in done.stderr


def test_git_is_told_so_too_where_it_can_be(team, outside, monkeypatch):
    bare_repository_inside(team, outside)
    monkeypatch.setattr(git, "_refuse_odd", lambda folder: None)
    with pytest.raises(git.GitError):
        git.files_at(team / "scripts", "HEAD")
    assert outside.touched() == []


@pytest.mark.parametrize("url", ["ext::{program}", "file://{program}", "ssh://evil.example/x", "evil::x"])
def test_no_setting_of_the_repository_runs_anything(powerhour, team, outside, url):
    blob = ask_git(team, "rev-parse", "HEAD:scripts/enquiry.yaml")
    git_settings(team, outside, url)
    where = ("--workspace", str(team), "scripts", "diff", "enquiry")
    assert powerhour(*where).returncode == 0
    assert outside.touched() == []
    lose_a_script(team / ".git", blob)
    program = str(outside.program)
    environ = {"GIT_SSH_COMMAND": program, "GIT_EXTERNAL_DIFF": program, "GIT_ALLOW_PROTOCOL": "ext"}
    assert powerhour(*where, env=environ).returncode == 1
    assert outside.touched() == []


def test_a_link_in_an_older_version_is_not_followed_and_a_giant_is_left_out(team, outside):
    sound = {file.name for file in git.files_at(team / "scripts", "HEAD")}
    assert sound == {"enquiry.yaml", "_house.yaml", "first_call.yaml"}
    (team / "scripts" / "link.yaml").symlink_to(outside.secret)
    (team / "scripts" / "giant.yaml").write_text("# " + "x" * git.MOST_BYTES, "utf-8")
    ask_git(team, "add", ".")
    ask_git(team, "commit", "-qm", "second")
    assert {file.name for file in git.files_at(team / "scripts", "HEAD")} == sound


@pytest.mark.parametrize("entry", ["", ".", "bin", "./bin"])
def test_no_program_is_found_in_the_current_folder(tmp_path, monkeypatch, entry):
    for folder in (tmp_path, tmp_path / "bin"):
        folder.mkdir(exist_ok=True)
        (folder / "git").write_text("#!/bin/sh\n", "utf-8")
        (folder / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    real = programs.find("git")
    monkeypatch.setenv("PATH", os.pathsep.join((entry, os.environ["PATH"])))
    assert programs.find("git") == real
    assert programs.find("./git") is None
    assert programs.find("bin/git") is None
    assert all(Path(one).is_absolute() for one in programs.environment()["PATH"].split(os.pathsep))


def test_no_other_part_looks_for_programs_or_starts_git():
    """`programs` finds them and `git` starts git; every other start names an environment and a folder."""
    for file in sorted((ROOT / "tui").rglob("*.py")):
        text = file.read_text("utf-8")
        if file.name not in ("programs.py",):
            assert "shutil.which" not in text, file
        for start in ("subprocess.run(", "subprocess.Popen(", "create_subprocess_exec("):
            for call in text.split(start)[1:]:
                assert "env=" in call[:500], file
                assert "cwd=" in call[:500], file


@pytest.mark.parametrize("name", ["spring.yaml", "_house.yaml", "_words.yaml"])
def test_a_linked_script_is_refused_and_shows_nothing(powerhour, team, outside, name):
    secret = outside.secret.read_text("utf-8")
    (team / "scripts" / name).unlink(missing_ok=True)
    (team / "scripts" / name).symlink_to(outside.secret)
    where = ("--workspace", str(team), "scripts")
    for words in (["check"], ["tree", name], ["show", name], ["print", name], ["check", "--fix"]):
        done = powerhour(*where, *words)
        assert CANARY not in done.stdout + done.stderr, words
    done = powerhour(*where, "check")
    assert done.returncode == 1
    assert "PH801" in done.stdout
    assert outside.secret.read_text("utf-8") == secret


def test_a_linked_config_is_refused_and_shows_nothing(powerhour, team, outside):
    linked_config(team, outside)
    done = powerhour("--workspace", str(team), "config")
    assert CANARY not in done.stdout + done.stderr
    assert "link to elsewhere" in done.stderr


def test_a_named_link_is_not_mended_and_init_writes_through_none(powerhour, tmp_path, team):
    secret, new = tmp_path / "secret.yaml", tmp_path / "new"
    secret.write_text("stop: a: b\n", "utf-8")
    (team / "scripts" / "spring.yaml").symlink_to(secret)
    done = powerhour(
        "--workspace", str(team), "scripts", "check", "--fix", str(team / "scripts" / "spring.yaml")
    )
    assert (done.returncode, secret.read_text("utf-8")) == (1, "stop: a: b\n")
    for link, target in (("config.yaml", new), ("README.md", new), ("scripts", tmp_path / "elsewhere")):
        folder = tmp_path / f"with {link}"
        folder.mkdir()
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        (folder / link).symlink_to(target)
        done = powerhour("init", str(folder))
        assert done.returncode == 1
        assert "is there already" in done.stderr
    assert not new.exists()
    assert not list((tmp_path / "elsewhere").iterdir())
