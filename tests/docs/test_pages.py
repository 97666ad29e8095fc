"""The pages say what the program does: made pages are current, links lead somewhere, commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from docs.make_keys import HEADINGS, KEPT_FREE
from tests.rows import each
from tui.commands import COMMANDS, PLACES

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]


def fenced_lines(heading: str) -> list[str]:
    """The lines of the first fenced block under a heading of the README."""
    after = (ROOT / "README.md").read_text("utf-8").split(f"\n## {heading}\n", 1)[1]
    return after.split("```\n", 2)[1].splitlines()


def test_keys_page_is_current():
    made = subprocess.run(
        [sys.executable, "-m", "docs.make_keys"], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    assert made.stdout.decode() == (ROOT / "docs" / "keys.md").read_text("utf-8"), (
        "run: python -m docs.make_keys > docs/keys.md"
    )


def test_every_place_of_a_key_has_a_heading_and_no_command_takes_a_key_that_is_kept_free():
    assert set(HEADINGS) == set(PLACES)
    taken = {(key, command.where) for command in COMMANDS for key in command.keys}
    everywhere = {key for key, where in taken if where == "everywhere"}
    assert not {(key, where) for key, where, _ in KEPT_FREE} & taken
    assert not {key for key, _, _ in KEPT_FREE} & everywhere


@each("page", PAGES)
def test_every_link_of_a_page_leads_to_a_file(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def anchor(heading: str) -> str:
    """The name that a heading has in links."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@each("page", PAGES)
def test_every_link_to_a_part_of_a_page_names_one_of_its_headings(page):
    for target, part in re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", page.read_text("utf-8")):
        text = (page.parent / target if target else page).read_text("utf-8")
        assert part in map(anchor, re.findall(r"^#+ (.+)$", text, re.MULTILINE)), f"{target}#{part}"


@pytest.mark.parametrize("heading", ["Run", "Test"])
def test_the_readme_gives_one_command_in_one_line(heading):
    lines = fenced_lines(heading)
    assert len(lines) == 1
    assert lines[0].startswith("python3 -m venv .venv && ")


def test_the_test_command_installs_from_the_lock():
    assert "-r requirements.lock" in fenced_lines("Test")[0]


def test_every_command_the_pages_name_exists(powerhour):
    known = set(re.findall(r"^    ([a-z-]+) ", powerhour("--help").stdout, re.MULTILINE))
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    named = set(re.findall(r"`powerhour ([a-z][a-z-]*)|^powerhour ([a-z][a-z-]*)", text, re.MULTILINE))
    assert {first or second for first, second in named} <= known


def test_the_lock_holds_every_dependency_in_exact_versions_with_hashes():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    text = (ROOT / "requirements.lock").read_text("utf-8").replace(" \\\n", " ")
    lines = [line for line in text.splitlines() if line[0] != "#"]
    exact = re.compile(r"([a-z0-9.-]+)==\S+( ; [^\\]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    locked = {found[1] for line in lines if (found := exact.fullmatch(line))}
    assert len(locked) == len(lines)
    names = {re.match(r"[A-Za-z0-9_.-]+", one)[0].casefold().replace("_", "-") for one in wanted}
    assert names <= locked


def test_every_dependency_of_the_program_stops_before_its_next_major_version():
    """The time zones do not: they are dates without code, and an old rule of the clock is the fault."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for one in [*project["dependencies"], *extras["sip"], *extras["holidays"]]:
        assert re.search(r">=\d[\d.]*,<\d+$", one) or one.startswith("tzdata>="), one


def test_the_readme_and_the_tools_name_the_pythons_that_are_tested():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, tools = settings["project"], settings["tool"]
    tested = [one.rpartition(" :: ")[2] for one in project["classifiers"] if ":: Python :: 3." in one]
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"(tested on {', '.join(tested[:-1])} and {tested[-1]})" in readme
    assert f"Python {tested[0]} or later" in readme
    assert project["requires-python"] == f">={tested[0]}"
    assert tools["mypy"]["python_version"] == tested[0]
    assert tools["ruff"]["target-version"] == f"py{tested[0].replace('.', '')}"


def test_every_exception_to_the_rules_on_safety_says_why():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in config["select"]
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    for rules in config["per-file-ignores"].values():
        assert all(f"{rule}: " in text for rule in rules if rule.startswith("S"))
    assert not [rule for rule in config["ignore"] if re.fullmatch(r"S\d*", rule)]
    for folder in ("tui", "tests", "bench", "docs"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            bare = re.findall(r"# noqa: S\d+\b(?! - \w+\W+\w+).*", file.read_text("utf-8"))
            assert not bare, (file, bare)
