"""Every row of the table of exit codes in docs/files.md is produced by a real process."""

from __future__ import annotations

import re
import resource
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import PROGRAM, ROOT
from tui.cli import output

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="signals, and the limit of another process"),
]
FIRST_SCREEN = "Enter  call"


def table():
    """Exit code and example, a row each."""
    text = (
        (ROOT / "docs" / "files.md")
        .read_text("utf-8")
        .partition("\n## Exit codes\n")[2]
        .partition("\n## ")[0]
    )
    return re.findall(r"^\| (\d+) \| .*? \| (.*?) \|$", text, re.MULTILINE)


class Case:
    """What a row needs: the program as a command, in a terminal, in a pipe."""

    def __init__(self, powerhour, terminal, environment, home, data):
        self.powerhour, self.terminal = powerhour, terminal
        self.environment, self.home, self.data = environment, home, data
        (home / "people.csv").write_text("name,phone\nAnn Rossi,+44 20 7946 0100\n")

    def code_of(self, *arguments):
        return self.powerhour(*arguments).returncode

    def cockpit(self):
        screen = self.terminal()
        screen.wait_for(FIRST_SCREEN)
        return screen

    def asked(self):
        """A command that waits for an answer."""
        screen = self.terminal("import", str(self.home / "people.csv"), "--region", "GB")
        screen.wait_for("y/N")
        return screen

    def ended_by(self, number):
        screen = self.asked()
        screen.kill(number)
        code = screen.wait_exit()
        assert self.code_of("contacts") == 0
        return 128 - code if code < 0 else code  # as a shell says it

    def after_head(self):
        argv = [*PROGRAM, "--data", str(self.data), "scripts", "lint", str(ROOT / "scripts")]
        command = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment, cwd=self.home
        )
        command.stdout.close()  # the reader has gone before the first line
        assert command.stderr.read() == b""
        return command.wait(60)

    def unsaved(self):
        # Nothing is compiled: a module written under the limit would be cut short for every later test.
        self.environment["PYTHONDONTWRITEBYTECODE"] = "1"
        screen = self.cockpit()
        size = (self.data / "sessions.json.journal").stat().st_size
        resource.prlimit(screen.pid, resource.RLIMIT_FSIZE, (size, size))
        screen.press("enter")
        screen.wait_for("Not saved|not saved")
        screen.kill(signal.SIGTERM)
        return screen.wait_exit()

    def beside_a_cockpit(self):
        self.cockpit()
        return self.code_of("import", str(self.home / "people.csv"), "--yes", "--region", "GB")

    def half_a_file(self):
        whole = self.powerhour("export", "--all").stdout
        (self.home / "half.jsonl").write_text(whole[:-2])
        return self.code_of("merge", "half.jsonl")

    def into_the_team_folder(self):
        assert self.code_of("init", "team") == 0
        return self.code_of("--workspace", "team", "export", "--all", "--out", "team/all.jsonl")

    def over_a_file(self):
        words = ("split", "people.csv", "--reps", "Ann,Bo")
        assert self.code_of(*words) == 0
        return self.code_of(*words)

    def to_a_stranger(self):
        own = self.home / ".config/powerhour/config.yaml"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text("me: {name: Sam}\nteam: {members: [{name: Kat Example}, {name: Sam}]}\n")
        assert self.code_of("import", "people.csv", "--yes") == 0
        return self.code_of("hand-over", "Ann", "--to", "Kat Exmaple", "--note", "n", "--agreed")

    def quit(self):
        screen = self.cockpit()
        screen.press("ctrl+q")
        return screen.wait_exit()

    def told_to_end(self):
        screen = self.cockpit()
        screen.kill(signal.SIGTERM)
        return screen.wait_exit()

    def window_closed(self):
        screen = self.cockpit()
        screen.hang_up()
        assert screen.ended_within(60)
        return screen.exit_code

    def ended_while_starting(self):
        screen = self.terminal()
        time.sleep(0.02)
        screen.kill(signal.SIGTERM)
        code = screen.wait_exit()
        return 128 - code if code < 0 else 143  # a quick machine had the screen up, and left it cleanly


EARLY = "`kill` in the first moment"
EXAMPLES = {
    "`powerhour contacts`": lambda case: case.code_of("contacts"),
    "`powerhour scripts lint` into `head -1`": Case.after_head,
    "`Ctrl+q`": Case.quit,
    "`kill`": Case.told_to_end,
    "the window is closed": Case.window_closed,
    "`powerhour export --out no/such/folder/x.csv`": lambda case: case.code_of(
        "export", "--out", "no/such/folder/x.csv"
    ),
    "`powerhour merge half.jsonl`": Case.half_a_file,
    "`powerhour export --all --out team/all.jsonl`": Case.into_the_team_folder,
    "`powerhour split people.csv --reps Ann,Bo`, twice": Case.over_a_file,
    '`powerhour hand-over Ann --to "Kat Exmaple"`': Case.to_a_stranger,
    "`powerhour who zzzz`": lambda case: case.code_of("who", "zzzz"),
    "`powerhour < /dev/null`": lambda case: case.code_of(),
    "the disk is full": Case.unsaved,
    "`powerhour contacts --such`": lambda case: case.code_of("contacts", "--such"),
    "`powerhour config no.such.key`": lambda case: case.code_of("config", "no.such.key"),
    "`powerhour import people.csv < /dev/null`": lambda case: case.code_of(
        "import", "people.csv", "--region", "GB"
    ),
    "`powerhour import people.csv --yes`": Case.beside_a_cockpit,
    "`Ctrl+c` at the question of an import": lambda case: case.ended_by(signal.SIGINT),
    "`kill` at the question of an import": lambda case: case.ended_by(signal.SIGTERM),
    "the window is closed at the question of an import": lambda case: case.ended_by(signal.SIGHUP),
    EARLY: Case.ended_while_starting,
}


@pytest.mark.parametrize(
    ("code", "example"),
    [pytest.param(*row, marks=[pytest.mark.afresh] if row[1] == EARLY else []) for row in table()],
)
def test_the_row_is_true(powerhour, terminal, environment, home, data, code, example):
    assert EXAMPLES[example](Case(powerhour, terminal, environment, home, data)) == int(code)


def test_every_example_stands_in_the_table_and_every_code_of_ours_too():
    codes, examples = zip(*table(), strict=True)
    assert sorted(examples) == sorted(EXAMPLES)
    ours = {
        output.DONE,
        output.REFUSED,
        output.USAGE,
        output.STORE_OPEN,
        output.INTERRUPTED,
    }
    assert ours <= set(map(int, codes))
