"""`powerhour split`: a list dealt out to reps, whose parts import as theirs and add up to the whole."""

from __future__ import annotations

import csv
import json

import pytest
from msgspec.structs import replace

from tui.storage.tiny import TinyStore

LIST = """\
Name;Company;Phone;Owner;Do not call;Segment
Ann Rossi;Acme Tools Ltd;+44 20 7946 0101;;;north
Bo Lund;Nordkap;+44 20 7946 0102;cy park;;
Cy Bell;ACME Tools;+44 20 7946 0103;;;south
Eva Brandt;Brandt;+1 202 555 0104;;yes;
;;;;;lost
Fay Osei;Kente Foods;+44 20 7946 0105;Dee Hill;;
Gus Hill;Hill plc;+1 202 555 0106;;;
"""
WHO = "me: {{name: {}}}\n"


@pytest.fixture
def people(home):
    file = home / "people.csv"
    file.write_text(LIST, "utf-8")
    return file


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def names(path):
    return [row["Name"] for row in table(path)]


def stored(folder):
    """Everybody in a data folder by name, without what every import makes anew."""
    store = TinyStore.open(folder, read_only=True)
    try:
        made = {
            "id": "",
            "created_at": None,
            "import_id": "",
            "edited_at": None,
            "rev": 0,
            "owner": "",
            "owner_id": "",
        }
        return {one.numbers: replace(one, **made) for one in store.contacts()}
    finally:
        store.close()


def test_each_rep_gets_a_file_with_every_column_and_the_rows_add_up(run, home, people):
    done = run("split", "people.csv", "--reps", "Ann Example, Cy Park")
    assert done.code == 0, done.err
    assert names(home / "people-ann-example.csv") == ["Ann Rossi", "Cy Bell", "Gus Hill"]
    assert names(home / "people-cy-park.csv") == ["Bo Lund", "Eva Brandt"]
    kept = table(home / "people-not-dealt-out.csv")
    assert [(row["Segment"], row["not dealt out because"]) for row in kept] == [
        ("lost", "not read: it has no name, company, number or e-mail"),
        ("", "belongs to 'Dee Hill', who gets no part"),
    ]
    assert [row["Segment"] for row in table(home / "people-ann-example.csv")] == ["north", "south", ""]
    assert {row["Owner"] for row in table(home / "people-cy-park.csv")} == {"Cy Park"}
    assert "people.csv: 7 rows for 2 reps." in done.out
    assert "never to be called: Eva Brandt (row 5)" in done.out
    assert "3 + 2 + 2 = 7" in done.out
    assert people.read_text("utf-8") == LIST


def test_the_files_are_private_and_none_is_ever_written_over(run, home, people):
    assert run("split", "people.csv", "--reps", "Ann,Cy Park").code == 0
    made = sorted(home.glob("people-*.csv"))
    assert [path.stat().st_mode & 0o777 for path in made] == [0o600] * 3
    before = {path: path.read_bytes() for path in made}
    made[0].unlink()
    again = run("split", "people.csv", "--reps", "Ann,Cy Park")
    assert again.code == 1
    assert "people-cy-park.csv is there already. Nothing was written" in again.err
    assert {path: path.read_bytes() for path in sorted(home.glob("people-*.csv"))} == {
        path: before[path] for path in made[1:]
    }


@pytest.mark.parametrize(
    ("by", "shares"),
    [
        ("equal", [["Ann Rossi", "Cy Bell", "Gus Hill"], ["Bo Lund", "Eva Brandt"]]),
        ("owner", [["Ann Rossi", "Cy Bell", "Gus Hill"], ["Bo Lund", "Eva Brandt"]]),
        ("company", [["Ann Rossi", "Cy Bell"], ["Bo Lund", "Eva Brandt", "Gus Hill"]]),
        ("zone", [["Ann Rossi", "Cy Bell"], ["Bo Lund", "Eva Brandt", "Gus Hill"]]),
    ],
)
def test_one_firm_has_one_rep_whichever_way_it_is_dealt_out(run, home, people, by, shares):
    assert run("split", "people.csv", "--reps", "Ann", "--reps", "Cy Park", "--by", by).code == 0
    assert [names(home / f"people-{rep}.csv") for rep in ("ann", "cy-park")] == shares


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("--reps", ","), 2, "Nobody is named. Say who gets the list: --reps Ann,Bo"),
        (("--reps", "Ann,ANN"), 2, "'Ann' and 'ANN' are one rep. Name each one once."),
        (("--reps", "Zoë,zoe"), 2, "'Zoë' and 'zoe' are one rep."),
        (("--reps", '"Ann\nRossi",\tann rossi'), 2, "'Ann Rossi' and 'ann rossi' are one rep."),
        (("--reps", "Ann", "--into", "nowhere/at/all"), 1, "Name a file in a folder you may write to."),
        (
            ("--reps", "Ann", "--by", "owner", "--map", "field=Owner"),
            1,
            "no column that says whose somebody is",
        ),
        (("--reps", "Ann", "--region", "Atlantis"), 2, "Atlantis"),
        ((), 2, "--reps"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, home, people, args, code, said):
    done = run("split", "people.csv", *args)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert not list(home.glob("people-*"))


def test_an_empty_list_is_said(run, home):
    (home / "people.csv").write_text("Name,Phone\n")
    done = run("split", "people.csv", "--reps", "Ann")
    assert done.code == 1
    assert "has a header but no row below it" in done.err


def test_names_with_commas_and_strange_letters_have_files_of_their_own(run, home, people):
    reps = ("--reps", '"Rossi, Bo",Bo/Marsh', "--reps", "../Not dealt out")
    done = run("split", "people.csv", *reps, "--json")
    assert done.code == 0, done.err
    assert [row["rep"] for row in done.rows] == [
        "Rossi, Bo",
        "Bo/Marsh",
        "../Not dealt out",
    ]
    assert len({row["file"] for row in done.rows}) == 3
    assert {path.name for path in home.glob("people-*")} >= {
        "people-rossi-bo.csv",
        "people-not-dealt-out-2.csv",
    }
    assert done.json["total"] == sum(row["people"] for row in done.rows) + len(done.json["kept"])


def test_a_rep_of_a_short_list_gets_nobody_and_no_file(run, home):
    (home / "two.csv").write_text("Name,Phone\nAnn Rossi,+44 20 7946 0101\n")
    done = run("split", "two.csv", "--reps", "Ann,Bo")
    assert done.code == 0
    assert "Bo: nobody, and no file" in done.out
    assert [path.name for path in home.glob("two-*")] == ["two-ann.csv"]


def test_a_dry_run_writes_nothing(run, home, people):
    done = run("split", "people.csv", "--reps", "Ann", "--dry-run")
    assert "Nothing was written (--dry-run)." in done.out
    assert not list(home.glob("people-*"))


FORMULAS = """\
name,company,phone,email,notes
=cmd|' /C calc'!A0,=1+1,+44 20 7946 0101,x@example.com,"=HYPERLINK(""http://e"")"
-2+3,@SUM(A1),+44 20 7946 0102,y@example.com,+1
'=1+1,'Quote,="+44 20 7946 0104",q@example.com,''=x
Zoë Ñandú 李,"Café ""Q""; & , Sons",+44 20 7946 0105,zoe@example.com,"line1
line2
=SUM(1)",beyond the headings
"""
BARE = "Ann Rossi,Acme Tools,+44 20 7946 0101,ann@acme.example\nBo Lund,Nordkap,+44 20 7946 0102,bo@nordkap.example\n"
CARDS = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Rossi\nORG:Acme\nTEL;TYPE=cell:+44 20 7946 0101\nEND:VCARD\n"


@pytest.mark.parametrize(
    ("file", "text", "others"),
    [
        ("formulas.csv", FORMULAS, set()),
        ("bare.csv", BARE, set()),
        ("cards.vcf", CARDS, set()),
        ("people.csv", LIST, {"Bo Lund", "Fay Osei"}),
    ],
)
def test_a_part_imports_as_the_list_itself_does(run, home, file, text, others):
    (home / file).write_text(text, "utf-8")
    stem = file.partition(".")[0]
    assert run("split", file, "--reps", "Ann Example").code == 0
    part = home / f"{stem}-ann-example.csv"
    for data, path in (("whole", file), ("part", str(part))):
        done = run("--data", data, "import", path, "--list", stem, "--yes")
        assert done.code == 0, done.err
    whole, mine = stored(home / "whole"), stored(home / "part")
    assert {one: whole[one] for one in mine} == mine
    assert {whole[one].name for one in whole.keys() - mine.keys()} == others


def test_a_part_of_our_own_export_is_the_reps_and_keeps_everybodys_id(run, imported, home):
    assert imported("export", "contacts", "--out", "ours.csv").code == 0
    assert run("split", "ours.csv", "--reps", "Kim Dale").code == 0
    assert run("--data", "kims", "import", "ours-kim-dale.csv", "--yes").code == 0
    theirs, mine = run("--data", "kims", "contacts", "--json").rows, run("contacts", "--json").rows
    assert [row["id"] for row in theirs] == [row["id"] for row in mine]
    assert {row["owner"] for row in theirs} == {"Kim Dale"}


def test_whoever_is_on_our_own_list_is_not_called_by_the_rep_either(run, home, people):
    assert run("dnc", "add", "+44 20 7946 0103", "--why", "by letter").code == 0
    done = run("split", "people.csv", "--reps", "Ann,Cy Park")
    assert "never to be called: Cy Bell (row 4)" in done.out
    assert run("--data", "anns", "import", "people-ann.csv", "--yes").code == 0
    rows = run("--data", "anns", "contacts", "--json").rows
    assert [row["name"] for row in rows if row["why_not"]] == ["Cy Bell"]


def test_reps_are_checked_against_the_members_of_the_team(run, home, people, team):
    config = team / "config.yaml"
    members = "members: [{name: Kat Example, aliases: [Kitty]}, {name: Cy Park}]"
    config.write_text(config.read_text("utf-8").replace("members: []", members), "utf-8")
    there = ("--workspace", "team", "split", "people.csv", "--reps")
    done = run(*there, "Kat Exmaple,Cy Park")
    assert done.code == 2
    assert "Nobody on the team is called 'Kat Exmaple'. Did you mean 'Kat Example'?" in done.err
    assert "--anyway" in done.err
    assert run(*there, "KITTY,cy park", "--json").rows[0]["rep"] == "Kat Example"
    assert run(*there, "Kat Exmaple", "--anyway", "--into", "team").code == 0


def test_the_json_says_who_got_what(run, home, people):
    found = json.loads(run("split", "people.csv", "--reps", "Ann,Cy Park", "--json").out)
    assert [(row["rep"], row["people"], row["never_to_be_called"]) for row in found["rows"]] == [
        ("Ann", 3, []),
        ("Cy Park", 2, [5]),
    ]
    assert [(one["row"], one["reason"]) for one in found["kept"]][1] == (
        7,
        "belongs to 'Dee Hill', who gets no part",
    )
