"""A refusal outlives its record: who looks like somebody who refused is held until it is answered."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.conftest import made_once

FIRST = """\
Name,Company,Mobile,List
Ada Quill,Kente Foods,07700 900124,spring
Bo Lund,Nordkap,07700 900125,spring
"""
ADA = "+447700900124"
ALIKE = {
    "a title": "Dr. Ada Quill,Kente Foods,07700 900166",
    "a title in German": "Frau Ada Quill,KENTE FOODS,07700 900166",
    "a title in Italian": "Dott.ssa Ada Quill,Kente Foods Srl,07700 900166",
    "a title in French": "Mme Ada Quill,Kente-Foods,07700 900166",
    "a title in Spanish": "Sra. Ada Quill,Kente Foods S.L.,07700 900166",
    "another spelling": "Ada Quil,Kente Foods Ltd,07700 900166",
    "the family name first": '"Quill, Ada",Kente Foods,07700 900166',
    "a double name": "Ada Quill-Jones,Kente Foods,07700 900166",
    "an initial": "A. Quill,Kente Foods,07700 900166",
    "no number at all": "ada quill,kente foods,",
    "her number under another name": "Reception,Harbour Ltd,0044 7700 900124",
    "her number under her new name": "Ada Jones,Harbour Ltd,07700 900124",
    "no firm": "Ada Quill,,07700 900166",
}
OTHERS = {
    "somebody else there": "Ben Rossi,Kente Foods,07700 900166",
    "a namesake elsewhere": "Ada Quill,Harbour Ltd,07700 900166",
    "another family member": "Ben Quill,Kente Foods,07700 900166",
}


def row_of(run, name):
    return next(one for one in run("contacts", "--json").rows if one["id"] == name or one["name"] == name)


def when(run, contact_id):
    rows = run("queue", "--held", "--json").rows
    return {row["when"] for row in rows if row["contact_id"] == contact_id}


def imported(run, home, row):
    """The id of the one person a second file brings, and what the import said."""
    before = {one["id"] for one in run("contacts", "--json").rows}
    (home / "autumn.csv").write_text(f"Name,Company,Mobile\n{row}\n", "utf-8")
    done = run("import", "autumn.csv", "--yes", "--region", "GB")
    assert done.code == 0, done.err
    (new,) = [one["id"] for one in run("contacts", "--json").rows if one["id"] not in before]
    return new, done.out


@pytest.fixture
def refused(run, home):
    """`run`, an hour after Ada Quill asked not to be called."""

    def refuse():
        (home / "spring.csv").write_text(FIRST, "utf-8")
        assert run("import", "spring.csv", "--yes", "--region", "GB").code == 0
        assert run("log", "Ada Quill", "do_not_call").code == 0

    made_once("Ada Quill refused", home, refuse)
    return run


@pytest.mark.parametrize("kind", ALIKE)
def test_b53_whoever_looks_like_her_is_held_and_named(refused, home, kind):
    new, told = imported(refused, home, ALIKE[kind])
    assert when(refused, new) == {"held"}
    assert "looks like Ada Quill, who asked not to be called; same person?" in told
    row = row_of(refused, new)
    assert "Looks like Ada Quill, who asked not to be called; same person?" in row["why_not"]
    assert "Looks like Ada Quill" in refused("explain", new).out


@pytest.mark.parametrize("kind", OTHERS)
def test_others_are_not_held(refused, home, kind):
    new, told = imported(refused, home, OTHERS[kind])
    assert when(refused, new) == {"now"}
    assert "looks like" not in told


def test_no_frees_for_good_and_is_on_record_with_who_and_when(refused, home, data):
    new, _ = imported(refused, home, ALIKE["a title"])
    done = refused("dnc", "answer", new, "no")
    assert (done.code, done.err) == (0, "")
    assert when(refused, new) == {"now"}
    (answer,) = [one for one in refused("dnc", "list", "--json").rows if one["kind"] == "somebody else"]
    assert (answer["id"], answer["since"]) == (new, "2026-11-23")
    again = refused("dnc", "answer", new, "no")
    assert again.code == 1
    assert "Nothing was written" in again.err
    assert refused("import", "autumn.csv", "--yes", "--region", "GB").code == 0
    assert when(refused, new) == {"now"}


def test_yes_refuses_for_them_too_and_a_lift_frees_each_alone(refused, home):
    new, _ = imported(refused, home, ALIKE["a title"])
    assert refused("dnc", "answer", new, "yes").code == 0
    assert "the same person as Ada Quill" in row_of(refused, new)["why_not"]
    assert refused("dnc", "lift", new, "--reason", "wrote to us").code == 0
    assert "Looks like Ada Quill" in row_of(refused, new)["why_not"]


def test_when_she_may_be_called_again_nobody_is_held_for_her(refused, home):
    new, _ = imported(refused, home, ALIKE["a title"])
    ada = next(one["id"] for one in refused("contacts", "--json").rows if one["name"] == "Ada Quill")
    assert refused("dnc", "lift", ada, "--reason", "wrote to us").code == 0
    assert when(refused, new) == {"now"}


def test_a_twin_already_in_the_list_is_held_as_soon_as_she_refuses(run, home):
    (home / "both.csv").write_text(FIRST + "Dr Ada Quill-Jones,Kente Foods,07700 900124,spring\n", "utf-8")
    assert run("import", "both.csv", "--yes", "--region", "GB").code == 0
    ada, twin = row_of(run, "Ada Quill")["id"], row_of(run, "Dr Ada Quill-Jones")["id"]
    assert when(run, twin) == {"now"}
    assert run("log", ada, "do_not_call").code == 0
    assert when(run, twin) == {"held"}


def test_a_colleague_at_one_number_who_was_there_before_is_somebody_else(run, home, monkeypatch):
    now = os.environ["POWERHOUR_NOW"]
    monkeypatch.setenv("POWERHOUR_NOW", now.replace("T15:", "T14:"))
    (home / "both.csv").write_text(FIRST + "Cy Park,Kente Foods,07700 900124,spring\n", "utf-8")
    assert run("import", "both.csv", "--yes", "--region", "GB").code == 0
    monkeypatch.setenv("POWERHOUR_NOW", now)
    assert run("log", "Ada Quill", "do_not_call").code == 0
    assert when(run, row_of(run, "Cy Park")["id"]) == {"now"}


def test_one_file_that_refuses_for_one_row_holds_the_twin_in_another(run, home):
    ada, twin = "Ada Quill,Kente Foods,07700 900124,yes", "Dr Ada Quill,Kente Foods Ltd,07700 900166,"
    (home / "one.csv").write_text(f"Name,Company,Mobile,Do not call\n{ada}\n{twin}\n", "utf-8")
    done = run("import", "one.csv", "--yes", "--region", "GB")
    assert "row 3: looks like Ada Quill" in done.out
    assert when(run, row_of(run, "Dr Ada Quill")["id"]) == {"held"}


def test_a_firm_that_refused_is_known_in_another_legal_form(run, home):
    (home / "spring.csv").write_text(FIRST, "utf-8")
    run("import", "spring.csv", "--yes", "--region", "GB")
    assert run("dnc", "add", "Kente Foods", "--company").code == 0
    new, told = imported(run, home, "Cy Park,KENTE FOODS LIMITED,07700 900177")
    assert when(run, new) == {"held"}
    assert "looks like Kente Foods" in told


def test_the_answer_is_stored_in_the_records(refused, home, data):
    new, _ = imported(refused, home, ALIKE["a title"])
    refused("dnc", "answer", new, "no")
    text = (data / "sessions.json").read_text("utf-8") + (data / "sessions.json.journal").read_text("utf-8")
    assert '"kind":"other_person"' in text
    assert json.dumps(ADA) in text


def test_our_own_export_asks_a_colleague_and_answers_nothing_here(refused, home):
    new, _ = imported(refused, home, ALIKE["a title"])
    assert refused("export", "contacts", "--out", "shared.csv").code == 0
    assert refused("import", "shared.csv", "--yes", "--region", "GB").code == 0
    assert row_of(refused, new)["why_not"] == "Looks like Ada Quill, who asked not to be called; same person?"
    assert refused("dnc", "answer", new, "no").code == 0
    assert when(refused, new) == {"now"}
    theirs = ("--data", str(home / "colleague"))
    assert refused(*theirs, "import", "shared.csv", "--yes", "--region", "GB").code == 0
    rows = {row["name"]: row["why_not"] for row in refused(*theirs, "contacts", "--json").rows}
    assert rows["Ada Quill"]
    assert rows["Dr. Ada Quill"]
