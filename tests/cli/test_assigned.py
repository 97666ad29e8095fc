"""What `scripts.assign` names must exist: a script, a list, a tag; else every command that checks says so."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import keep_scripts


@pytest.fixture
def team(run, team, home):
    keep_scripts(team, "first_call", "first_call_it", "referral", "referral_it")
    (home / "people.csv").write_text(
        "name,phone,list,tags\nAnn Rossi,+44 20 7946 0100,Trade fair,vip\n", encoding="utf-8"
    )
    assert run("import", "people.csv", "--yes").code == 0
    return team


@pytest.fixture
def assign(team):
    def write(rule: str) -> None:
        file = team / "config.yaml"
        text = file.read_text("utf-8")
        file.write_text(text.replace("  assign: []", f"  assign:\n    - {rule}\n  #"), encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("rule", "code", "told", "marked"),
    [
        ("{script: frist_call}", 1, "did you mean `first_call`?", "frist_call"),
        ("{script: zebra, tags: [vip]}", 1, "there is: ", "zebra"),
        ("{script: first_call, lists: [trade fiar]}", 0, "did you mean `Trade fair`?", "trade fiar"),
        ("{script: first_call, tags: [vipp]}", 0, "did you mean `vip`?", "vipp"),
        ("{script: first_call, lists: [TRADE FAIR], tags: [vip]}", 0, "", ""),
        ("{script: builtin}", 0, "", ""),
    ],
)
def test_every_command_that_checks_names_the_place_and_the_nearest(
    run, team, assign, rule, code, told, marked
):
    assign(rule)
    done = run("--workspace", str(team), "config")
    assert done.code == code
    assert told in done.err
    assert bool(done.err) is bool(told)
    found = run("--workspace", str(team), "scripts", "check", "--format", "json")
    assert found.code == code
    rows = json.loads(found.out)["rows"]
    lines = (team / "config.yaml").read_text("utf-8").split("\n")
    words = [lines[row["line"] - 1][row["col"] - 1 : row["col"] - 1 + row["length"]] for row in rows]
    assert words == ([marked] if marked else [])
    assert (told in run("--workspace", str(team), "doctor").out) or not told


def test_a_retired_script_is_assigned_to_nobody(run, team, assign):
    file = team / "scripts" / "referral.yaml"
    file.write_text("status: retired\n" + file.read_text("utf-8"), encoding="utf-8")
    assign("{script: referral}")
    done = run("--workspace", str(team), "config")
    assert (done.code, "is retired" in done.err) == (1, True)
