"""A team folder is inert: nothing in it runs, and nothing outside it is read, whatever it is made of."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui.system import git, programs

RUNS = """\
[core]
\trepositoryformatversion = 1
\tbare = {bare}
\tfsmonitor = {marker}
\thooksPath = {hooks}
\tsshCommand = {marker}
\tpager = {marker}
[extensions]
\tpartialClone = evil
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[diff]
\texternal = {marker}
[diff "evil"]
\ttextconv = {marker}
[log]
\tshowSignature = true
[gpg]
\tprogram = {marker}
[pager]
\tls-tree = {marker}
\tcat-file = {marker}
[remote "evil"]
\turl = {url}
\tpromisor = true
\tpartialclonefilter = blob:none
"""


@pytest.fixture
def marker(tmp_path):
    """A program that leaves a trace when anybody runs it; `ran()` tells."""
    trace, program = tmp_path / "ran", tmp_path / "evil-program"
    program.write_text(f"#!/bin/sh\ntouch '{trace}'\n", "utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture
def ran(tmp_path):
    return (tmp_path / "ran").exists


def _git(folder: Path, *words: str, **more) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.com", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout.strip()


def _team(folder: Path) -> Path:
    """A team folder with one commit, in which nothing is wrong."""
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "config.yaml", folder)
    for name in ("enquiry.yaml", "_house.yaml"):
        shutil.copy(ROOT / "scripts" / name, folder / "scripts")
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-qm", "first")
    return folder


def _lose_a_blob(git_folder: Path, blob: str) -> None:
    """Take an object out, so that git would fetch it from where the configuration says."""
    (git_folder / "objects" / blob[:2] / blob[2:]).unlink()


def _bare_inside(team: Path, marker: Path) -> None:
    """Lay `scripts/` out as a bare repository whose missing object is to be had by running the marker."""
    scripts = team / "scripts"
    inner = team.parent / "inner"
    subprocess.run(["git", "init", "-q", "--bare", str(inner)], check=True)  # noqa: S607 - whichever git there is
    blob = _git(inner, "hash-object", "-w", "--stdin", input=(scripts / "enquiry.yaml").read_text("utf-8"))
    tree = _git(inner, "mktree", input=f"100644 blob {blob}\tenquiry.yaml\n")
    commit = _git(inner, "commit-tree", tree, "-m", "x")
    _git(inner, "update-ref", "refs/heads/main", commit)
    _git(inner, "symbolic-ref", "HEAD", "refs/heads/main")
    _lose_a_blob(inner, blob)
    for name in ("HEAD", "objects", "refs"):
        (shutil.copytree if (inner / name).is_dir() else shutil.copy)(inner / name, scripts / name)
    text = RUNS.format(bare="false", marker=marker, hooks=marker.parent, url=f"ext::{marker}")
    (scripts / "config").write_text(text, "utf-8")


def test_a_bare_repository_in_the_scripts_folder_runs_nothing(powerhour, tmp_path, marker, ran):
    team = _team(tmp_path / "team")
    _bare_inside(team, marker)
    done = powerhour("--workspace", str(team), "scripts", "diff", "enquiry")
    assert not ran()
    assert done.returncode == 1
    assert "laid out as a repository of its own" in done.stderr
    assert "scripts diff OLD NEW" in done.stderr


def test_git_is_told_so_too_where_it_can_be(tmp_path, marker, ran, monkeypatch):
    team = _team(tmp_path / "team")
    _bare_inside(team, marker)
    monkeypatch.setattr(git, "_refuse_odd", lambda folder: None)
    with pytest.raises(git.GitError):
        git.files_at(team / "scripts", "HEAD")
    assert not ran()


@pytest.mark.parametrize("url", ["ext::{marker}", "file://{marker}", "ssh://evil.example/x", "evil::x"])
def test_no_setting_of_the_repository_runs_anything(powerhour, tmp_path, marker, ran, url):
    team = _team(tmp_path / "team")
    (team / ".gitattributes").write_text("*.yaml diff=evil filter=evil\n", "utf-8")
    for hook in ("post-checkout", "pre-commit", "fsmonitor-watchman", "reference-transaction"):
        shutil.copy(marker, marker.parent / hook)
    blob = _git(team, "rev-parse", "HEAD:scripts/enquiry.yaml")
    text = RUNS.format(bare="false", marker=marker, hooks=marker.parent, url=url.format(marker=marker))
    (team / ".git" / "config").write_text(text, "utf-8")
    where = ("--workspace", str(team), "scripts", "diff", "enquiry")
    assert powerhour(*where).returncode == 0
    assert not ran()
    _lose_a_blob(team / ".git", blob)
    environ = {"GIT_SSH_COMMAND": str(marker), "GIT_EXTERNAL_DIFF": str(marker), "GIT_ALLOW_PROTOCOL": "ext"}
    assert powerhour(*where, env=environ).returncode == 1
    assert not ran()


def test_a_link_in_an_older_version_is_not_followed_and_a_giant_is_left_out(tmp_path, monkeypatch):
    team = _team(tmp_path / "team")
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: Secret\n", "utf-8")
    (team / "scripts" / "link.yaml").symlink_to(secret)
    (team / "scripts" / "giant.yaml").write_text("# " + "x" * git.MOST_BYTES, "utf-8")
    _git(team, "add", ".")
    _git(team, "commit", "-qm", "second")
    assert {file.name for file in git.files_at(team / "scripts", "HEAD")} == {"enquiry.yaml", "_house.yaml"}


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
def test_a_linked_script_is_refused_and_shows_nothing(powerhour, tmp_path, name):
    team = _team(tmp_path / "team")
    secret = tmp_path / "secret.txt"
    secret.write_text("root-password: [hunter2\n", "utf-8")
    (team / "scripts" / name).unlink(missing_ok=True)
    (team / "scripts" / name).symlink_to(secret)
    where = ("--workspace", str(team), "scripts")
    for words in (["check"], ["tree", name], ["show", name], ["print", name], ["check", "--fix"]):
        done = powerhour(*where, *words)
        assert "hunter2" not in done.stdout + done.stderr, words
    done = powerhour(*where, "check")
    assert done.returncode == 1
    assert "PH801" in done.stdout
    assert secret.read_text("utf-8") == "root-password: [hunter2\n"


def test_a_linked_config_is_refused_and_shows_nothing(powerhour, tmp_path):
    team = _team(tmp_path / "team")
    secret = tmp_path / "secret.txt"
    secret.write_text("root-password: [hunter2\n", "utf-8")
    (team / "config.yaml").unlink()
    (team / "config.yaml").symlink_to(secret)
    done = powerhour("--workspace", str(team), "config")
    assert "hunter2" not in done.stdout + done.stderr
    assert "link to elsewhere" in done.stderr


def test_a_named_link_is_not_mended_and_init_writes_through_none(powerhour, tmp_path):
    secret, new = tmp_path / "secret.yaml", tmp_path / "new"
    secret.write_text("stop: a: b\n", "utf-8")
    team = _team(tmp_path / "team")
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
