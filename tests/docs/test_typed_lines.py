"""Every command line of the pages, typed in an empty home in the order in which a reader meets it.

The table below has a row for each line of a page: what it exits with, and one line it prints. A line that is missing
here, or that the page no longer has, fails.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.conftest import PROGRAM, ROOT
from tests.rows import each

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="lines for a Unix shell")
Line = tuple[str, int, str]
"""As it is typed; its exit code; a part of what it prints."""

CONTACTS = """\
Name;Company;Phone;E-mail
Ann Rossi;Acme Tools;+44 20 7946 0100;ann@acme.example
Bo Lund;Nordkap;+44 20 7946 0101;bo@nordkap.example
"""
LEADS = """\
Name,Account Name,Mobile
Eva Brandt,Brandt & Sohn,+44 20 7946 0102
Fay Osei,Kente Foods,+44 20 7946 0103
"""
AGENCY = """\
Name,Company,Phone,TPS checked
Ann Rossi,Acme Tools,+44 20 7946 0100,Yes
"""
IMPORT: Line = ("powerhour import contacts.csv", 0, "contacts.csv, 2 rows: 2 added, 0 changed, 0 unchanged.")
BEFORE: Mapping[str, tuple[str, ...]] = {
    "docs/files.md": ("powerhour import contacts.csv",),
    "docs/following-up.md": ("powerhour import contacts.csv",),
    "docs/privacy.md": ("powerhour import contacts.csv",),
    "docs/trainer.md": ("powerhour init .",),
    "docs/report.md": (
        "powerhour import contacts.csv",
        'powerhour log "Bo Lund" win "wants two"',
        'powerhour log "Ann Rossi" nurture',
    ),
    "docs/scripts.md": ("powerhour import contacts.csv", "powerhour init ."),
    "docs/teams.md": (
        "powerhour --data sam import leads.txt",
        "powerhour --data sam import contacts.csv",
        "powerhour --data sam export --all --out sam.jsonl",
    ),
}
"""What a reader of this page has typed already, from pages before it."""
LINES: Mapping[str, tuple[Line, ...]] = {
    "README.md": (
        IMPORT,
        ("powerhour init team", 0, "Written: team/config.yaml and team/scripts."),
        ("powerhour doctor", 0, "Data folder         ok"),
    ),
    "docs/importing.md": (
        IMPORT,
        ('powerhour import agency.csv --dnc "TPS checked"', 0, "1 row: 0 added, 1 changed"),
        ('powerhour import agency.csv --map may_call="TPS checked"', 0, "1 row: 0 added"),
        ('powerhour import agency.csv --map field="TPS checked"', 0, "1 row: 0 added"),
        ('powerhour import leads.txt --map phone=Mobile --map company="Account Name"', 0, "2 rows: 2 added"),
        ("powerhour import leads.txt --map phone=3", 0, "2 rows: 0 added"),
        ('powerhour import leads.txt --list "Autumn customers" --region IT', 0, "Autumn customers"),
        ("powerhour import leads.txt --encoding shift_jis", 0, "2 rows: 0 added"),
        ("powerhour import leads.txt --dry-run", 0, "Nothing was written (--dry-run)."),
        ("powerhour import leads.txt --yes --json", 0, '"created"'),
        (
            'powerhour split autumn.csv --reps "Ann Example,Bo Lund"',
            0,
            "Ann Example: 1 person, in autumn-ann",
        ),
        ("powerhour split autumn.csv --reps Ann,Bo --by zone --into parts", 0, "in parts/autumn-bo.csv"),
        ("powerhour import leads.txt --region US", 0, "2 rows: 0 added"),
        ("powerhour import leads.txt --region US --country Albion=GB", 0, "2 rows: 0 added"),
        ("powerhour import leads.txt --region DE --country =US", 0, "2 rows: 0 added"),
        ("powerhour export contacts --out people.csv", 0, "Written: 4 contacts to people.csv."),
        ("powerhour export calls --format jsonl --out calls.jsonl", 0, "Written: 0 calls to calls.jsonl."),
    ),
    "docs/following-up.md": (
        (
            'powerhour hand-over "Ann Rossi" --to Jo --note "wants the export team" --agreed',
            0,
            "Ann Rossi is with Jo now.",
        ),
        ("powerhour doctor", 0, "Contacts and calls"),
        ("powerhour export --due email --out mail.csv", 0, "to mail.csv. Afterwards note each one:"),
        ('powerhour log "Bo Lund" sent --channel email', 0, "Noted: E-mail sent · Bo Lund"),
    ),
    "docs/report.md": (
        ("powerhour report", 0, "Your calls since Saturday 24 October"),
        ("powerhour report --since 90d", 0, "Your calls since Tuesday 25 August"),
        ("powerhour export --due email --out mail.csv", 0, "to mail.csv. Afterwards note each one:"),
        ("powerhour log WHO sent --channel email", 0, "Noted: E-mail sent · Bo Lund"),
        ("powerhour log WHO cancelled", 0, "Noted: Meeting or sale cancelled · Bo Lund"),
    ),
    "docs/files.md": (
        ("powerhour config", 0, "cadence.attempts"),
        ("powerhour doctor", 0, "Contacts and calls"),
    ),
    "docs/privacy.md": (
        ("powerhour export-person WHO", 0, "Everything held about Bo Lund"),
        ("powerhour doctor", 0, "Contacts and calls"),
        ("powerhour retention", 0, "People are kept for ever"),
        ("powerhour forget WHO", 0, "Forgotten: Bo Lund. 0 calls stay in the counts."),
    ),
    "docs/teams.md": (
        ("powerhour init team", 0, "Written: team/config.yaml and team/scripts."),
        ("powerhour config check team", 0, "Nothing is wrong in team: config.yaml and"),
        (
            'powerhour split autumn.csv --reps "Kim Dale,Sam Reed" --workspace team',
            0,
            "Kim Dale: 1 person, in autumn-kim-dale.csv",
        ),
        ("powerhour config", 0, "cadence.attempts"),
        ("powerhour import autumn-kim-dale.csv --list autumn", 0, "1 row: 1 added"),
        ("powerhour export contacts --out all.csv", 0, "Written: 1 contact to all.csv."),
        ("powerhour export --all --out kim.jsonl", 0, "Written: 2 records to kim.jsonl."),
        ("powerhour merge sam.jsonl", 0, "1 person was here already."),
        ("powerhour doctor", 0, "Contacts and calls"),
        ("powerhour report --team", 0, "Nothing to report yet."),
        ("powerhour people", 0, "Nobody seems to be here twice."),
        ("powerhour people joined", 0, "Eva Brandt"),
        ("powerhour export-person WHO", 0, "Everything held about Bo Lund"),
        ("powerhour forget WHO", 0, "Forgotten: Bo Lund. 0 calls stay in the counts."),
    ),
    "docs/settings.md": (("powerhour config", 0, "cadence.attempts"),),
    "docs/manager.md": (
        ("powerhour init team", 0, "Written: team/.git/hooks/pre-commit."),
        ("powerhour init --hook team", 0, "The hook team/.git/hooks/pre-commit is there already."),
        ("powerhour config check team", 0, "Nothing is wrong in team: config.yaml and"),
        ("powerhour config schema --out config.schema.json", 0, "Written: config.schema.json"),
        ("powerhour report --team", 0, "Nothing to report yet."),
    ),
    "docs/rep.md": (("powerhour doctor", 0, "Data folder         ok"),),
    "docs/trainer.md": (
        ("powerhour scripts preview first_call", 1, "The preview needs a terminal to show itself in."),
        ("powerhour scripts check", 0, "Nothing is wrong in"),
        ("powerhour scripts explain PH507", 0, "PH507 concession-without-question (warning)"),
        ("powerhour scripts suggestions", 0, "No suggestions yet."),
        ("powerhour scripts stats", 0, "No answered call with a script yet."),
    ),
    "docs/scripts.md": (
        ("powerhour scripts check", 0, "scripts/spring_call.yaml:1:1: hint[PH504]"),
        ("powerhour scripts preview spring_call", 1, "The preview needs a terminal to show itself in."),
        ("powerhour scripts show autumn_call --resolved", 0, "- say: Thank you for your time."),
        ('powerhour explain "Ann Rossi"', 0, "Script: First call (first_call)."),
        ("powerhour doctor", 0, "Scripts             hint"),
        ("powerhour scripts tree spring_call", 0, "? When shall I call you about it?"),
        ("powerhour scripts graph spring_call", 0, "flowchart"),
        ("powerhour scripts paths spring_call", 0, "first call: 1 way, 20 seconds of talking"),
        ("powerhour scripts diff spring_call autumn_call", 0, "+ snippet “thanks”: Thank you for your time."),
        ("powerhour scripts print spring_call --out spring.html", 0, "Written: spring.html"),
        ("powerhour scripts schema --out script.schema.json", 0, "Written: script.schema.json"),
        ("powerhour scripts stats", 0, "No answered call with a script yet."),
        ("powerhour scripts suggestions", 0, "No suggestions yet."),
        ("powerhour scripts check --fix", 0, "7 warnings, 3 hints."),
        ("powerhour scripts check --format concise", 0, "scripts/spring_call.yaml:1:1: PH504"),
        ("powerhour scripts explain PH507", 0, "PH507 concession-without-question (warning)"),
        ("powerhour scripts explain", 0, "PH942  warning"),
    ),
    "CONTRIBUTING.md": (
        ("make test ARGS='-m \"not slow\"'", 0, "tests/practice/test_rules.py::test_b32_"),
        (".venv/bin/python -m pytest tests/domain/test_policy.py", 0, "tests/domain/test_policy.py::"),
        (".venv/bin/python -m pytest -k b32", 0, "tests/practice/test_rules.py::test_b32_"),
    ),
}
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "README.md": {
        "powerhour --plain": "tests/plain",
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/powerhour": "needs the network",
        "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.lock && .venv/bin/python -m pytest": (
            ".ci/run begins with it"
        ),
    },
    "docs/files.md": {
        "powerhour dnc add": "whole in docs/law.md: test_law_page",
        "powerhour merge": "needs a colleague's file: tests/cli/test_merge",
    },
    "docs/teams.md": {
        "powerhour people same ID ID": "needs ids: tests/cli/test_merge",
        "powerhour people apart ID ID": "needs ids: tests/cli/test_merge",
    },
    "docs/rep.md": {"powerhour --plain": "tests/plain"},
    "docs/trainer.md": {"powerhour scripts diff first_call": "compares with git: test_trainer"},
    "docs/scripts.md": {
        "powerhour scripts suggestions --take 1": "needs a suggestion: test_scripts_page",
        "powerhour scripts new": "asks its questions in test_trainer",
        "powerhour scripts diff spring_call": "compares with git: test_trainer",
    },
    "CONTRIBUTING.md": {
        "make setup": "needs the network; .ci/run does the same",
        "make check": "the lines of .ci/run: test_contributing",
        "make golden": "writes into the checkout",
        "make catalogue": "writes into the checkout: locale/test_catalogues",
        ".venv/bin/python -m bench --quick store": "measures",
        ".venv/bin/python -m docs.make_keys > docs/keys.md": "test_pages",
        ".venv/bin/python -m pip install pip-audit": "needs the network",
        ".venv/bin/python -m pip_audit --strict --no-deps --disable-pip -r requirements.lock": "network",
    },
}
"""Lines of a page that are not typed here, and why."""
_BLOCK = re.compile(r"^```(\w*)(?: file=(\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXIT_CODE = re.compile(r"^\| \d+ \|.*$", re.MULTILINE)
"""A row of the table that tests/e2e/test_exit_codes.py runs."""
_SPAN = re.compile(r"`((?:powerhour|make|\.venv/bin/python) [^`\n]+)`")


def typed(page: str) -> set[str]:
    """The command lines of a page, those in its sentences too, without their comments."""
    text = (ROOT / page).read_text("utf-8")
    blocks = [found[3] for found in _BLOCK.finditer(text) if found[1] in ("", "console")]
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    spans = _SPAN.findall(_EXIT_CODE.sub("", _BLOCK.sub("", text)))
    return {re.sub(r"\s+# .*", "", line).strip() for line in (*lines, *spans)}


Typist = Callable[[str], tuple[int, str]]
"""Types a line, at a terminal where `y` is the answer to every question: its exit code, and what was said."""


@contextlib.contextmanager
def at_a_terminal() -> Iterator[int]:
    """A terminal to read from, on which `y` was typed."""
    ours, theirs = os.openpty()
    os.write(ours, b"y\n")
    try:
        yield theirs
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.fixture
def shell(environment, home, files, tmp_path) -> Typist:
    """Runs a line in a shell."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "powerhour"
    command.write_text(f'#!/bin/sh\nexec {shlex.join(PROGRAM)} "$@"\n')
    command.chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{environment['PATH']}"

    def run(line: str) -> tuple[int, str]:
        with at_a_terminal() as terminal:
            done = subprocess.run(
                ["/bin/sh", "-c", line],
                cwd=home,
                env={**environment, "PATH": path},
                stdin=terminal,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=300,
            )
        return done.returncode, done.stdout

    return run


@pytest.fixture
def in_this_process(here, files) -> Typist:
    """Runs a line as the shell would."""

    def run(line: str) -> tuple[int, str]:
        _, *words = shlex.split(line)
        with at_a_terminal() as terminal, open(terminal, closefd=False) as stdin:
            done = here(*words, stdin=stdin)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def files(home: Path) -> None:
    """What a reader has at hand."""
    (home / "contacts.csv").write_text(CONTACTS, "utf-8")
    (home / "leads.txt").write_text(LEADS, "utf-8")
    (home / "agency.csv").write_text(AGENCY, "utf-8")
    (home / "autumn.csv").write_text(LEADS, "utf-8")


@each("page", LINES)
def test_every_line_of_the_page_is_typed_here(page: str) -> None:
    here = {line for line, _, _ in LINES[page]}
    elsewhere = set(ELSEWHERE.get(page, {}))
    assert typed(page) == here | elsewhere
    assert not here & elsewhere


def follow(page: str, home: Path, typist: Typist) -> None:
    """Type all that the page asks for, and compare."""
    for line in BEFORE.get(page, ()):
        code, said = typist(line)
        assert code == 0, said
    for kind, file, text in _BLOCK.findall((ROOT / page).read_text("utf-8")):
        if kind == "yaml" and file:
            (home / "scripts" / file).write_text(text, "utf-8")
    for line, code, part in LINES[page]:
        left, said = typist(line.replace("WHO", '"Bo Lund"'))
        assert (left, part in said) == (code, True), (line, left, said)


@UNIX
@pytest.mark.slow
def test_what_a_reader_of_the_first_page_types_into_a_shell_works_and_says_so(shell, home: Path) -> None:
    follow("README.md", home, shell)


@UNIX
@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in LINES if page not in ("README.md", "CONTRIBUTING.md")])
def test_what_a_reader_types_works_and_says_so(in_this_process, home: Path, page: str) -> None:
    follow(page, home, in_this_process)


@UNIX
@pytest.mark.slow
@pytest.mark.parametrize(("line", "code", "said"), LINES["CONTRIBUTING.md"])
def test_what_a_contributor_types_finds_its_tests(line: str, code: int, said: str) -> None:
    if line.startswith("make") and not shutil.which("make"):
        pytest.skip("no make on this machine")
    here = str(Path(sys.executable).parent)
    only = "--collect-only -p no:cacheprovider -n0 -o testpaths=tests/practice"
    done = subprocess.run(
        ["/bin/sh", "-c", line.replace(".venv/bin", here)],
        cwd=ROOT,
        env={**os.environ, "BIN": here, "PYTEST_ADDOPTS": only},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, said in done.stdout) == (code, True), done.stdout + done.stderr
