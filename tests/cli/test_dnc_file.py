"""`dnc export` and `dnc import`: everything comes back, with ids and times; and `dnc add` where no country is known."""

from __future__ import annotations

import json

import pytest

from tui.domain.do_not_call import DoNotCallList
from tui.storage.tiny import TinyStore


@pytest.fixture
def full(imported, home):
    """`run`, with every kind of entry: a person, a call, a number, a firm, a register, lifts and an answer."""
    run = imported
    (home / "tps.txt").write_text("020 7946 0111\n020 7946 0112\n", "utf-8")
    (home / "more.csv").write_text(
        "Name,Company,Mobile\nAda Quill,Quill Foods,07700 900166\nDr Ada Quill,Quill Foods Ltd,07700 900167\n",
        "utf-8",
    )
    assert run("import", "more.csv", "--yes", "--region", "GB").code == 0
    for command in (
        ("dnc", "add", "Fay Osei", "--why", "a letter with a line\u2028break"),
        ("log", "Bo Lund", "do_not_call"),
        ("dnc", "add", "07700 900999", "--why", "=wrote to us"),
        ("dnc", "add", "Harbour Optics", "--company"),
        ("dnc", "import", "tps.txt", "--register", "TPS", "--date", "2026-11-20", "--country", "GB"),
        ("dnc", "lift", "020 7946 0112", "--reason", "wrote to us"),
        ("dnc", "lift", "Fay Osei", "--reason", "changed her mind"),
    ):
        done = run(*command)
        assert done.code == 0, done.err
    rows = {row["name"]: row["id"] for row in run("contacts", "--json").rows}
    assert run("dnc", "add", rows["Ada Quill"]).code == 0
    assert run("dnc", "answer", rows["Dr Ada Quill"], "no").code == 0
    return run


def entries(folder):
    store = TinyStore.open(folder, read_only=True)
    found = {one.id: one for one in store.do_not_call()}
    store.close()
    return found


def test_everything_comes_back_with_ids_and_times_lifts_and_answers_included(full, home, data):
    run, theirs = full, ("--data", str(home / "colleague"))
    assert run("dnc", "export", "--out", "list.jsonl").code == 0
    first, *lines = (home / "list.jsonl").read_text("utf-8").split("\n")[:-1]
    assert {"kind": "export", "schema": 3, "holds": "do_not_call"}.items() <= json.loads(first).items()
    mine = entries(data)
    assert {json.loads(line)["id"] for line in lines} == set(mine)
    done = run(*theirs, "dnc", "import", "list.jsonl")
    assert (done.code, done.out) == (0, f"{len(mine)} entries taken from list.jsonl, 0 known already.\n")
    assert entries(home / "colleague") == mine
    assert run(*theirs, "dnc", "export").out == (home / "list.jsonl").read_text("utf-8")
    assert DoNotCallList(mine.values()).numbers.keys() == {"+447700900999", "+442079460111"}
    again = run(*theirs, "dnc", "import", "list.jsonl")
    assert again.out == f"0 entries taken from list.jsonl, {len(mine)} known already.\n"
    assert entries(home / "colleague") == mine


def test_what_comes_in_binds_and_a_lift_that_comes_in_frees(full, home):
    run, theirs = full, ("--data", str(home / "colleague"))
    run("export", "contacts", "--out", "people.csv")
    (home / "theirs.csv").write_text(
        "Name,Company,Mobile\nBo Lund,Nordkap,07700 900124\nCy Park,Harbour Optics,07700 900130\n"
        "Dee Wu,Acme,07700 900999\nEli Moor,Acme,020 7946 0112\n",
        "utf-8",
    )
    assert run(*theirs, "import", "theirs.csv", "--yes", "--region", "GB").code == 0
    assert run(*theirs, "dnc", "import", "--json", "list.jsonl").code == 1  # there is none yet
    run("dnc", "export", "--out", "list.jsonl")
    assert run(*theirs, "dnc", "import", "list.jsonl").code == 0
    why = {row["name"]: row["why_not"] for row in run(*theirs, "contacts", "--json").rows}
    assert why["Bo Lund"] == "Looks like Bo Lund, who asked not to be called; same person?"
    assert why["Cy Park"]
    assert "=wrote to us" in why["Dee Wu"]
    assert why["Eli Moor"] == ""
    assert run("dnc", "lift", "07700 900999", "--reason", "wrote again").code == 0
    run("dnc", "export", "--out", "later.jsonl")
    assert (
        run(*theirs, "dnc", "import", "later.jsonl").out
        == "1 entry taken from later.jsonl, 10 known already.\n"
    )
    why = {row["name"]: row["why_not"] for row in run(*theirs, "contacts", "--json").rows}
    assert why["Dee Wu"] == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"kind":"export","schema":99,"holds":"do_not_call"}\n', "newer Power Hour"),
        ('{"kind":"export","schema":2,"holds":"do_not_call"}\n{"id":"x"}\n', "line 2 is damaged"),
        ('{"kind":"export","schema":2,"holds":"do_not_call"}\n{"id":\n', "line 2 is damaged"),
        ("020 7946 0111\n", "--register TPS --date"),
    ],
)
def test_a_newer_or_damaged_list_and_a_register_without_its_name_are_refused_whole(
    imported, home, text, said
):
    before = imported("dnc", "export").out
    (home / "list.jsonl").write_text(text, "utf-8")
    done = imported("dnc", "import", "list.jsonl")
    assert (done.code in (1, 2), done.out) == (True, "")
    assert said in done.err
    assert imported("dnc", "export").out == before


@pytest.fixture
def nowhere(imported, monkeypatch):
    """`run` on a machine whose zone is in no country."""
    monkeypatch.setenv("TZ", "UTC")
    return imported


@pytest.mark.parametrize(
    "number", ["07700 900124", "(07700) 900-124", "900124", "202.555.0143", "06 12 34 56 78"]
)
def test_without_a_country_a_number_is_asked_about_and_nothing_else_is_listed(nowhere, number):
    before = nowhere("dnc", "export").out
    for command in (("add", number), ("lift", number, "--reason", "wrote")):
        done = nowhere("dnc", *command)
        assert (done.code, done.out) == (2, "")
        assert "--region" in done.err
    assert nowhere("dnc", "export").out == before


def test_region_answers_and_a_number_with_its_country_needs_none(nowhere):
    assert nowhere("dnc", "add", "07700 900124", "--region", "gb").code == 0
    assert nowhere("dnc", "add", "+1 202 555 0143").code == 0
    assert nowhere("dnc", "add", "Ann Rossi").code == 0
    rows = {(row["kind"], row["what"]) for row in nowhere("dnc", "list", "--json").rows}
    assert {("number", "+447700900124"), ("number", "+12025550143"), ("person", "Ann Rossi")} <= rows


def test_digits_that_are_no_number_list_nobody(imported):
    before = imported("dnc", "export").out
    done = imported("dnc", "add", "07 70 0")
    assert (done.code, done.out) == (1, "")
    assert "cannot be read as a number of GB" in done.err
    assert imported("dnc", "export").out == before


def test_a_number_that_is_none_in_the_country_lists_nobody_elsewhere(imported):
    done = imported("dnc", "add", "06 39 98 01 01", "--region", "GB")
    assert done.code == 1
    assert "as a number of GB: it may be another country's. Nothing was written." in done.err
    assert imported("dnc", "add", "06 39 98 01 01", "--region", "FR").code == 0
