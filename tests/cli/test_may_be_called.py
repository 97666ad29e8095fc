"""Each kind of "may not be called", at each exit: nothing that leaves the program offers them for a call."""

from __future__ import annotations

import csv
import json

import pytest

from tests.cli.conftest import made_once

WITH_BO = """\
Name,Company,Mobile,Phone,E-mail,Notes
Bo Lund,Nordkap,{mobile},{phone},bo@nordkap.example,
Cy Park,Harbour,07700 900130,,cy@harbour.example,
"""
MOBILE, OFFICE, PREMIUM = "+447700900124", "+442079460107", "0909 879 0123"
REGISTER = "TPS copy\n07700900124\n"

KINDS = {
    "person": ("add", "Bo Lund", "--why", "wrote to us"),
    "number": ("add", "07700 900124", "--why", "wrote to us"),
    "firm": ("add", "nordkap", "--company", "--why", "wrote to us"),
    "register": ("import", "tps.txt", "--register", "TPS", "--date", "2026-11-20", "--country", "GB"),
    "call": ("log", "Bo Lund", "do_not_call"),
    "import": (),
    "wrong number": ("log", "Bo Lund", "wrong_number"),
    "premium": (),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def held(run, home, kind):
    """`run`, where Bo Lund may not be called for one reason, and Cy Park may."""
    made_once(f"Bo Lund is held: {kind}", home, lambda: hold(run, home, kind))
    return run


def hold(run, home, kind):
    text = WITH_BO.format(mobile=PREMIUM if kind == "premium" else "07700 900124", phone="")
    if kind == "import":
        text = text.replace("Notes", "Do not call").replace("bo@nordkap.example,", "bo@nordkap.example,yes")
    (home / "people.csv").write_text(text, "utf-8")
    (home / "tps.txt").write_text(REGISTER, "utf-8")
    assert run("import", "people.csv", "--yes", "--region", "GB").code == 0
    command = KINDS[kind]
    if command:
        done = run(*(command if command[0] == "log" else ("dnc", *command)))
        assert done.code == 0, done.err


def row_of(done, name="Bo Lund"):
    return next(row for row in done.rows if row["name"] == name)


def exported(run, *args):
    done = run("export", *args)
    assert done.code == 0, done.err
    return list(csv.DictReader(done.out.lstrip("\ufeff").splitlines()))


def test_no_queue_offers_them_and_the_held_say_why(held, kind):
    rows = held("queue", "--held", "--json").rows
    assert {row["when"] for row in rows if row["name"] == "Bo Lund"} == {"held"}
    assert {row["when"] for row in rows if row["name"] == "Cy Park"} == {"now"}
    assert row_of(held("queue", "--held", "--json"))["why"]


@pytest.mark.parametrize("command", [("contacts",), ("contacts", "bo lund"), ("who", "bo lund")])
def test_contacts_and_who_say_why_not(held, command):
    assert row_of(held(*command, "--json"))["why_not"]
    assert "Bo Lund" in held(*command).out
    assert row_of(held(*command, "--json"))["why_not"].split(".")[0][:20] in held(*command).out
    other = held(*command[:1], "cy park", "--json")
    assert not row_of(other, "Cy Park")["why_not"]


def test_explain_says_why_not_and_never_that_they_can_be_called(held):
    told = held("explain", "Bo Lund").out
    assert "can be called now" not in told
    why_not = row_of(held("contacts", "--json"))["why_not"]
    assert why_not.rstrip(".").split(" (")[0] in told or "Wrong number" in told


def test_no_export_holds_a_number_of_theirs_to_call(held, kind, home):
    [bo] = [row for row in exported(held) if row["name"] == "Bo Lund"]
    phones = [text for heading, text in bo.items() if heading.startswith("phone ") and "label" not in heading]
    assert bo["do not call"] or not any(phones)
    by_mail = held("export", "--due", "email")
    assert "Bo Lund" not in by_mail.out
    documents = [json.loads(line) for line in held("export", "--format", "jsonl").out.splitlines()]
    [bo] = [one for one in documents if one.get("name") == "Bo Lund"]
    assert bo["do_not_call"] or all(one["barred"] or one["bad"] for one in bo["numbers"])


def test_an_exported_call_says_that_it_is_not_to_be_made_again(held, kind):
    if kind not in ("call", "wrong number"):
        assert held("log", "Bo Lund", "no_answer").code == 0
    [call] = exported(held, "calls")
    [line] = [json.loads(line) for line in held("export", "calls", "--format", "jsonl").out.splitlines()][1:]
    if kind not in ("wrong number", "premium"):  # a call that is only noted has no number
        assert call["do not call"]
        assert line["do_not_call"]


def test_a_colleague_who_imports_the_export_does_not_call_them(held, home):
    assert held("export", "contacts", "--out", "shared.csv").code == 0
    theirs = ("--data", str(home / "colleague"))
    done = held(*theirs, "import", "shared.csv", "--yes", "--region", "GB")
    assert done.code == 0, done.err
    rows = held(*theirs, "queue", "--held", "--json").rows
    assert {row["when"] for row in rows if row["name"] == "Bo Lund"} == {"held"}
    assert {row["when"] for row in rows if row["name"] == "Cy Park"} == {"now"}
    assert held(*theirs, "export", "contacts", "--out", "again.csv").code == 0
    again = list(csv.DictReader((home / "again.csv").read_text("utf-8-sig").splitlines()))
    first = list(csv.DictReader((home / "shared.csv").read_text("utf-8-sig").splitlines()))
    for heading in ("numbers not to call", "wrong numbers", "do not call covers"):
        assert [row[heading] for row in again] == [row[heading] for row in first]


def test_a_firm_that_came_with_a_colleagues_file_is_listed_by_its_own_name(run, home):
    (home / "people.csv").write_text(WITH_BO.format(mobile="07700 900124", phone="020 7946 0107"), "utf-8")
    run("import", "people.csv", "--yes", "--region", "GB")
    [bo] = [row for row in run("contacts", "--json").rows if row["name"] == "Bo Lund"]
    assert run("dnc", "add", bo["company"], "--company", "--why", "a letter").code == 0
    assert run("export", "contacts", "--out", "shared.csv").code == 0
    theirs = ("--data", str(home / "colleague"))
    assert run(*theirs, "import", "shared.csv", "--yes", "--region", "GB").code == 0
    firms = [row["what"] for row in run(*theirs, "dnc", "list", "--json").rows if row["kind"] == "firm"]
    assert firms == [bo["company"]]


def test_why_a_number_is_not_called_goes_with_the_export(run, home):
    (home / "people.csv").write_text(WITH_BO.format(mobile="07700 900124", phone=""), "utf-8")
    run("import", "people.csv", "--yes", "--region", "GB")
    assert run("dnc", "add", "07700 900124", "--why", "a letter").code == 0
    assert run("export", "contacts", "--out", "shared.csv").code == 0
    theirs = ("--data", str(home / "colleague"))
    assert run(*theirs, "import", "shared.csv", "--yes", "--region", "GB").code == 0
    [number] = run(*theirs, "dnc", "list", "--json").rows
    assert number["kind"] == "number"
    assert number["why"].startswith("opted out in shared.csv: a letter (")


def test_one_refused_number_of_two_is_carried_and_the_other_is_free(run, home):
    (home / "people.csv").write_text(WITH_BO.format(mobile="07700 900124", phone="020 7946 0107"), "utf-8")
    run("import", "people.csv", "--yes", "--region", "GB")
    assert run("dnc", "add", "07700 900124", "--why", "a letter").code == 0
    row = row_of(run("contacts", "--json"))
    assert (row["why_not"], row["numbers_not_to_call"], row["phone"]) == ("", [MOBILE], "+44 20 7946 0107")
    [bo, _] = exported(run)
    assert (bo["phone 1"].lstrip("'"), bo["numbers not to call"].lstrip("'"), bo["do not call"]) == (
        OFFICE,
        MOBILE,
        "",
    )
    assert run("export", "contacts", "--out", "shared.csv").code == 0
    theirs = ("--data", str(home / "colleague"))
    assert run(*theirs, "import", "shared.csv", "--yes", "--region", "GB").code == 0
    row = row_of(run(*theirs, "contacts", "--json"))
    assert (row["why_not"], row["numbers_not_to_call"], row["phone"]) == ("", [MOBILE], "+44 20 7946 0107")
    assert {(one["kind"], one["what"]) for one in run(*theirs, "dnc", "list", "--json").rows} == {
        ("number", MOBILE)
    }


def test_a_firm_that_refused_is_carried_for_those_who_come_later(run, home):
    (home / "people.csv").write_text(WITH_BO.format(mobile="07700 900124", phone=""), "utf-8")
    run("import", "people.csv", "--yes", "--region", "GB")
    run("dnc", "add", "Nordkap", "--company")
    run("export", "contacts", "--out", "shared.csv")
    theirs = ("--data", str(home / "colleague"))
    run(*theirs, "import", "shared.csv", "--yes", "--region", "GB")
    (home / "later.csv").write_text("Name,Company,Mobile\nDee Wu,NORDKAP,07700 900177\n", "utf-8")
    assert run(*theirs, "import", "later.csv", "--yes", "--region", "GB").code == 0
    assert row_of(run(*theirs, "contacts", "--json"), "Dee Wu")["why_not"]
