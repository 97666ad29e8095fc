"""A hand-over on the command line, what the receiver's program makes of it, and what the doctor says of owners."""

from __future__ import annotations

import pytest

LIST = "Name,Phone,Owner\nAnn Rossi,+44 20 7946 0101,\nBo Lund,+44 20 7946 0102,Kat Exmaple\n"
MEMBERS = "members: [{name: Kat Example, aliases: [Kitty]}, {name: Sam Reed}, {name: Jo Hart}]"


@pytest.fixture
def as_rep(run, home, team):
    """Runs a command as a rep of this name, with a data folder of their own."""
    config = team / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("members: []", MEMBERS), "utf-8")
    (home / "list.csv").write_text(LIST)

    def command(name, *words):
        own = home / ".config/powerhour/config.yaml"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(f"me: {{name: {name}, number: '+44 20 7946 0955'}}\nteam_file: {config}\n")
        return run("--data", name.split()[0].casefold(), *words)

    return command


HAND = ("hand-over", "Ann Rossi", "--note", "two vans", "--agreed", "--to")


def test_b37_a_stranger_needs_a_clear_word(as_rep):
    as_rep("Sam Reed", "import", "list.csv", "--yes")
    done = as_rep("Sam Reed", *HAND, "Kat Exmaple")
    assert done.code == 2
    assert 'Nobody on the team is called "Kat Exmaple". Did you mean Kat Example?' in done.err
    assert "--anyway" in done.err
    assert as_rep("Sam Reed", *HAND, "Kat Exmaple", "--anyway").code == 0
    assert as_rep("Sam Reed", *HAND, "kitty", "--json").rows[0]["owner"] == "Kat Example"


def test_b37_the_receiver_takes_by_importing_and_the_giver_learns_it_by_importing(as_rep):
    as_rep("Sam Reed", "import", "list.csv", "--yes")
    at = ("--at", "2026-11-23 09:00", "--when", "today 5pm")
    assert as_rep("Sam Reed", "log", "Ann Rossi", "promise", "two vans", *at).code == 0
    done = as_rep("Sam Reed", *HAND, "Kat Example")
    assert "Your promise stays with you until Kat Example has taken them over." in done.out

    def due(name):
        rows = as_rep(name, "queue", "--held", "--json").rows
        return {row["name"]: (row["when"], row["why"]) for row in rows}["Ann Rossi"]

    assert due("Sam Reed") == ("later", "You promised: today 17:00; handed to Kat Example, not taken yet")
    assert "1 person was handed to Kat Example and not taken yet" in as_rep("Sam Reed", "doctor").out
    assert as_rep("Sam Reed", "export", "--out", "sams.csv").code == 0
    assert as_rep("Kat Example", "import", "sams.csv", "--yes").code == 0
    assert due("Kat Example")[0] in ("now", "later")
    assert as_rep("Kat Example", "export", "--format", "jsonl", "--out", "kats.jsonl").code == 0
    assert as_rep("Sam Reed", "import", "kats.jsonl", "--yes").code == 0
    assert due("Sam Reed") == ("held", "Kat Example looks after them.")
    assert "not taken yet" not in as_rep("Sam Reed", "doctor").out
    again = as_rep("Sam Reed", "import", "kats.jsonl", "--yes").out
    assert "2 unchanged" in again


@pytest.mark.parametrize("is_fresh", [False, True], ids=["in use", "a fresh data folder"])
def test_b37_a_merge_takes_whoever_was_handed_over_and_the_givers_merge_learns_it(as_rep, home, is_fresh):
    (home / "own.csv").write_text("Name,Phone\nHal Ito,+44 20 7946 0108\n")
    if not is_fresh:
        assert as_rep("Kat Example", "import", "own.csv", "--yes").code == 0
    as_rep("Sam Reed", "import", "list.csv", "--yes")
    at = ("--at", "2026-11-23 09:00", "--when", "today 5pm")
    assert as_rep("Sam Reed", "log", "Ann Rossi", "promise", "two vans", *at).code == 0
    assert as_rep("Sam Reed", *HAND, "kitty").code == 0

    def due(name):
        rows = as_rep(name, "queue", "--held", "--json").rows
        return {row["name"]: (row["when"], row["why"]) for row in rows}["Ann Rossi"]

    def share(giver, taker, file):
        assert as_rep(giver, "export", "--all", "--out", file).code == 0
        assert as_rep(taker, "merge", file).code == 0

    share("Sam Reed", "Kat Example", "sams.jsonl")
    assert due("Kat Example") == ("later", "We promised: today 17:00")
    assert "It was Sam Reed who promised this call." in as_rep("Kat Example", "explain", "Ann Rossi").out
    assert due("Sam Reed")[0] == "later"
    share("Kat Example", "Sam Reed", "kats.jsonl")
    assert due("Sam Reed") == ("held", "Kat Example looks after them.")
    share("Sam Reed", "Kat Example", "again.jsonl")
    assert due("Kat Example")[0] == "later"
    assert "not taken yet" not in as_rep("Sam Reed", "doctor").out


def test_the_import_and_the_doctor_name_owners_whom_nobody_is_called(as_rep):
    done = as_rep("Sam Reed", "import", "list.csv", "--yes")
    assert '1 person belongs to "Kat Exmaple", and nobody on the team is called that.' in done.out
    rows = [row for row in as_rep("Sam Reed", "doctor", "--json").rows if row["name"] == "Owners"]
    assert [(row["status"], row["found"]) for row in rows] == [
        ("hint", '1 person belongs to "Kat Exmaple", and nobody on the team is called that')
    ]
    assert "Kat Example" in rows[0]["cure"]


def test_where_the_team_names_nobody_the_name_is_taken_and_said_to_be_unchecked(imported):
    done = imported("hand-over", "Bo Lund", "--to", "Kat Exmaple", "--note", "n", "--agreed")
    assert done.code == 0
    assert "Nobody checked the name: the team's settings name no members." in done.out
    assert not [row for row in imported("doctor", "--json").rows if row["name"] == "Owners"]
