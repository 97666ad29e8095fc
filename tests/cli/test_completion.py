"""`powerhour completion`: the shell's own Tab, over the command table, the settings and the team's scripts."""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tui.cli.main import parser

SHELLS = ("bash", "zsh", "fish")
BASH, ZSH, FISH = (shutil.which(shell) for shell in SHELLS)
Script = Callable[[str], Path]


def said(at: argparse.ArgumentParser) -> Iterator[str]:
    """Every command and every option with two dashes, without them."""
    for action in at._actions:
        yield from (option[2:] for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for name, inside in action.choices.items():
                yield name
                yield from said(inside)


@pytest.fixture
def script(run: Callable[..., Done], team: Path, tmp_path: Path) -> Script:
    """The script for a shell, as a file; the team has a script that is called like a command to the shell."""
    (team / "scripts" / "$(touch stolen).yaml").write_text("title: T\nopener: Hi\n", "utf-8")

    def of(shell: str) -> Path:
        done = run("--workspace", str(team), "completion", shell)
        assert (done.code, done.err) == (0, "")
        file = tmp_path / f"completion.{shell}"
        file.write_text(done.out, "utf-8")
        return file

    return of


def outcome_of(words: list[str], home: Path) -> str:
    done = subprocess.run(words, cwd=home, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_each_script_names_every_command_every_option_and_what_they_take(script, shell):
    text = script(shell).read_text("utf-8")
    assert [word for word in set(said(parser())) if word not in text] == []
    for word in ("no_answer", "cancelled", "enquiry", "cadence.gaps", "PH507", "jsonl"):
        assert word in text, word
    assert "stolen" not in text


@pytest.mark.skipif(not BASH, reason="no bash on this machine")
def test_bash_completes_commands_options_and_words(script: Script, home: Path) -> None:
    file = script("bash")

    def tab(line: str) -> set[str]:
        *before, last = words = line.split(" ")
        asked = (
            f"source {shlex.quote(str(file))}; COMP_WORDS=({shlex.join(before)} {shlex.quote(last)});"
            f" COMP_CWORD={len(words) - 1}; _shtab_powerhour powerhour {shlex.quote(last)}"
            f" {shlex.quote(before[-1])} 2>/dev/null; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        )
        return set(outcome_of([BASH or "", "--norc", "-c", asked], home).split())

    assert tab("powerhour imp") == {"import"}
    assert tab("powerhour split --b") == {"--by"}
    assert tab("powerhour split --by zo") == {"zone"}
    assert tab("powerhour log rossi voice") == {"voicemail"}
    assert tab("powerhour scripts tree enq") == {"enquiry", "enquiry_it"}
    (home / "people.csv").write_text("", "utf-8")
    assert tab("powerhour import peo") == {"people.csv"}
    assert not (home / "stolen").exists()


@pytest.mark.skipif(not FISH, reason="no fish on this machine; the text is tested above")
def test_fish_completes_commands_options_and_words(script: Script, home: Path) -> None:
    file = script("fish")

    def tab(line: str) -> set[str]:
        asked = f"source {shlex.quote(str(file))}; complete -C {shlex.quote(line)}"
        told = outcome_of([FISH or "", "--no-config", "-c", asked], home)
        return {row.split("\t")[0] for row in told.splitlines()}

    assert tab("powerhour imp") == {"import"}
    assert tab("powerhour split --b") == {"--by"}
    assert tab("powerhour log rossi voice") == {"voicemail"}


@pytest.mark.skipif(not ZSH, reason="no zsh on this machine; the text is tested above")
def test_zsh_reads_the_script(script: Script, home: Path) -> None:
    outcome_of([ZSH or "", "-n", str(script("zsh"))], home)
