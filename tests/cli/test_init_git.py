"""What `init` leaves for git: a hook that checks before each commit, and a list of what may go in at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tui.cli.hook import HOOK

GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None or sys.platform == "win32", reason="git is not installed")


@pytest.fixture
def git(team, environment):
    """Runs git in the team folder, with a `powerhour` on PATH that is this program."""
    tools = team.parent / "tools"
    tools.mkdir()
    (tools / "powerhour").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    (tools / "powerhour").chmod(0o755)
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "Sam"), ("EMAIL", "sam@example.com"))}  # fmt: skip
    environ = {**environment, **who, "PATH": f"{tools}{os.pathsep}{environment['PATH']}"}

    def run(*words):
        return subprocess.run(
            [GIT, *words], cwd=team, env=environ, capture_output=True, text=True, check=False
        )

    return run


def test_the_hook_is_there_before_git_is_and_can_be_run(team):
    hook = team / ".git" / "hooks" / "pre-commit"
    assert hook.read_text() == HOOK
    assert os.access(hook, os.X_OK) or sys.platform == "win32"


def test_what_was_done_is_said_and_a_second_hook_is_none(run, home):
    done = run("init", "other")
    assert "Written: other/.git/hooks/pre-commit." in done.out
    assert "is there already" in run("init", "--hook", "other").out


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("hook", "was left as it is. Add this line to it:"),
        ("above", "whose hooks were left alone"),
        ("file", "leads elsewhere, so no hook was written"),
        ("link", "leads elsewhere, so no hook was written"),
        ("path", "names another folder for hooks"),
    ],
)
def test_nothing_that_is_there_is_changed_and_the_line_to_add_is_told(run, home, before, said):
    repository = home / "new" / ".git"
    if before == "above":
        (home / ".git").mkdir()
    elif before == "file":
        repository.parent.mkdir()
        repository.write_text("gitdir: /elsewhere\n")
    elif before == "link":
        repository.parent.mkdir()
        (home / "theirs").mkdir()
        repository.symlink_to(home / "theirs")
    else:
        (repository / "hooks").mkdir(parents=True)
        if before == "hook":
            (repository / "hooks" / "pre-commit").write_text("mine\n")
        else:
            (repository / "config").write_text("[core]\n\thooksPath = .husky\n")
    done = run("init", "new")
    assert (done.code, said in done.out, "powerhour config check ." in done.out) == (0, True, True)
    hooks = [path for path in home.rglob("pre-commit") if path.read_text() == HOOK]
    assert hooks == []


def test_the_hook_alone_is_for_a_team_folder(run, home, team):
    (team / ".git" / "hooks" / "pre-commit").unlink()
    assert run("init", "--hook", "team").out.startswith("Written: team/.git/hooks/pre-commit.")
    (home / "empty").mkdir()
    done = run("init", "--hook", "empty")
    assert (done.code, list((home / "empty").iterdir())) == (1, [])


@needs_git
@pytest.mark.slow
def test_git_takes_only_rules_and_words_and_no_commit_that_breaks_them(team, git):
    for name in (
        "people.csv",
        "sessions.json",
        "scripts/people.csv",
        "notes.txt",
        "config.local.yaml",
        ".env",
    ):
        (team / name).write_text("Ann Rossi\n")
    (team / "locale").mkdir()
    (team / "locale" / "de.po").write_text("")
    (team / "locale" / "people.csv").write_text("Ann Rossi\n")
    git("init", "-q")
    git("add", "-A")
    names = git("ls-files").stdout.split()
    assert [name for name in names if not name.startswith("scripts/")] == [
        ".gitignore",
        "README.md",
        "config.yaml",
        "locale/de.po",
    ]
    assert all(name.endswith(".yaml") for name in names if name.startswith("scripts/"))
    done = git("commit", "-qm", "one")
    assert done.returncode == 0, done.stdout + done.stderr
    config = team / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("theme: textual-dark", "theme: drakula"), "utf-8")
    done = git("commit", "-qam", "two")
    assert (done.returncode, "did you mean `dracula`?" in done.stdout + done.stderr) == (1, True)
    assert git("commit", "-qam", "two", "--no-verify").returncode == 0
