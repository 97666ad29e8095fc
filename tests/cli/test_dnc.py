"""`powerhour dnc`: the list that only a reason makes shorter."""

from __future__ import annotations

import json
import threading

import pytest

from tui.cli import wiring
from tui.storage.inbox import FILE


def ready(run):
    return {row["name"] for row in run("queue", "--json").rows if row["when"] == "now"}


def listed(run):
    return {(row["kind"], row["what"]) for row in run("dnc", "list", "--json").rows}


def test_a_number_a_firm_and_a_person_leave_the_queue(imported):
    run = imported
    assert ready(run) == {"Ann Rossi", "Bo Lund", "Fay Osei"}
    assert run("dnc", "add", "Ann Rossi", "--why", "wrote to us").code == 0
    assert run("dnc", "add", "07700 900124", "--why", "a letter").code == 0
    assert run("dnc", "add", "kente foods", "--company").code == 0
    assert ready(run) == set()
    assert listed(run) == {
        ("person", "Ann Rossi"),
        ("person", "Eva Brandt"),
        ("number", "+447700900124"),
        ("firm", "kente foods"),
    }


def test_lifting_needs_a_reason_and_leaves_a_record(imported):
    run = imported
    run("dnc", "add", "07700 900124")
    assert run("dnc", "lift", "07700 900124", "--reason", " ").code == 1
    assert run("dnc", "lift", "07700 900124").code == 2
    assert "Bo Lund" not in ready(run)
    done = run("dnc", "lift", "07700 900124", "--reason", "asked us to call again")
    assert (done.code, "on record" in done.out) == (0, True)
    assert "Bo Lund" in ready(run)
    assert ("lifted", "+447700900124") in listed(run)


def test_lifting_a_person_frees_them_from_their_own_refusal(imported):
    run = imported
    assert run("log", "Bo Lund", "do_not_call").code == 0
    assert "Bo Lund" not in ready(run)
    assert run("dnc", "lift", "Bo Lund", "--reason", "wrote that he wants the offer").code == 0
    assert ("person", "Bo Lund") not in listed(run)
    assert "asked not to be called" not in run("explain", "Bo Lund").out


def test_a_firm_that_is_not_listed_cannot_be_lifted(imported):
    done = imported("dnc", "lift", "Nordkap", "--company", "--reason", "by mistake")
    assert done.code == 1
    assert "Nordkap is not on the do-not-call list" in done.err


@pytest.mark.parametrize(
    "what", [("Bo Lund",), ("07700 900124",), ("+1 202 555 0143",), ("Kente Foods", "--company")]
)
def test_what_was_never_on_the_list_cannot_be_lifted_and_nothing_is_written(imported, what):
    before = listed(imported)
    done = imported("dnc", "lift", *what, "--reason", "by mistake")
    assert (done.code, done.out) == (1, "")
    assert "is not on the do-not-call list. Nothing was written." in done.err
    assert listed(imported) == before == {("person", "Eva Brandt")}


@pytest.mark.parametrize(
    ("put", "off", "name"),
    [
        (("dnc", "add", "Bo Lund"), ("Bo Lund",), "Bo Lund"),
        (("dnc", "add", "07700 900124"), ("+44 (0)7700 900124",), "+44 7700 900124"),
        (("dnc", "add", "07700 900124"), ("0044 7700 900 124",), "+44 7700 900124"),
        (("dnc", "add", "Nordkap", "--company"), ("nordKAP ", "--company"), "Nordkap"),
        (("log", "Bo Lund", "do_not_call"), ("bo lund",), "Bo Lund"),
    ],
)
def test_lifting_twice_is_refused_and_says_when_it_was_lifted(imported, put, off, name):
    run = imported
    assert run(*put).code == 0
    assert "Bo Lund" not in ready(run)
    assert run("dnc", "lift", *off, "--reason", "wrote to us").code == 0
    assert "Rule: do not call" not in run("explain", "Bo Lund").out
    again = run("dnc", "lift", *off, "--reason", "wrote to us")
    assert (again.code, again.out) == (1, "")
    assert again.err.lower().startswith(name.lower())
    assert "was taken off the list on 23 November 2026 already: wrote to us." in again.err
    assert [kind for kind, _ in listed(run)].count("lifted") == 1


def test_a_refusal_after_a_lift_binds_again(imported):
    run = imported
    for _ in range(2):
        assert run("dnc", "add", "Bo Lund", "--why", "wrote to us").code == 0
        assert "Bo Lund" not in ready(run)
        assert run("dnc", "lift", "Bo Lund", "--reason", "changed his mind").code == 0
        assert "Bo Lund" in ready(run)


def test_what_is_on_the_list_already_keeps_its_first_reason(imported):
    run = imported
    run("dnc", "add", "Bo Lund", "--why", "a letter")
    again = run("dnc", "add", "Bo Lund", "--why", "something else")
    assert "stood on the list already: a letter (23 November 2026)" in again.out
    assert {row["why"] for row in run("dnc", "list", "--json").rows if row["what"] == "Bo Lund"} == {
        "a letter"
    }


def test_who_is_lifted_is_named_and_never_numbered(imported):
    run = imported
    run("dnc", "add", "Bo Lund")
    run("dnc", "lift", "Bo Lund", "--reason", "wrote to us")
    bo = next(row["id"] for row in run("contacts", "--json").rows if row["name"] == "Bo Lund")
    lifted = [row for row in run("dnc", "list", "--json").rows if row["kind"] == "lifted"]
    assert [row["what"] for row in lifted] == ["Bo Lund"]
    assert bo not in run("dnc", "list").out


def test_a_firm_is_lifted_as_a_firm_and_its_people_are_told_so(imported):
    run = imported
    run("dnc", "add", "Nordkap", "--company", "--why", "their lawyer wrote")
    held = run("dnc", "lift", "Bo Lund", "--reason", "by mistake")
    assert (held.code, held.out) == (1, "")
    assert "the firm Nordkap is on the list" in held.err
    assert '`powerhour dnc lift "Nordkap" --company`' in held.err
    named = run("dnc", "lift", "nordkap", "--reason", "by mistake")
    assert (named.code, "Lift it with --company" in named.err) == (1, True)
    assert run("dnc", "lift", "NORDKAP", "--company", "--reason", "they wrote").out.startswith(
        "Lifted: Nordkap."
    )
    assert "Bo Lund" in ready(run)


def test_an_import_says_no_once_and_the_export_says_why(imported, contact_file):
    run = imported
    again = run("import", str(contact_file), "--yes", "--region", "GB", "--list", "North", "--json")
    assert (again.json["updated"], again.json["unchanged"]) == (0, 4)
    assert listed(run) == {("person", "Eva Brandt")}
    assert "opted out in customers.csv" in run("export", "contacts").out
    lines = map(json.loads, run("export", "contacts", "--format", "jsonl").out.splitlines()[1:])
    assert [line["name"] for line in lines if line["do_not_call"]] == ["Eva Brandt"]


def test_a_copy_of_a_register_is_taken_and_its_age_is_told(imported, home):
    run = imported
    file = home / "tps.csv"
    file.write_text("number;added\n020 7946 0100;2020\n07700 900123;2021\nno number here;\n", "utf-8")
    done = run("dnc", "import", str(file), "--register", "TPS", "--date", "2026-10-01", "--country", "GB")
    assert "2 numbers added from TPS" in done.out
    assert "28 are allowed" in done.err
    assert "Ann Rossi" not in ready(run)
    assert "28 are allowed" in run("dnc", "list").err
    again = run("dnc", "import", str(file), "--register", "TPS", "--date", "2026-11-20", "--country", "GB")
    assert (again.code, again.out, again.err) == (0, "0 numbers added from TPS.\n", "")
    older = run("dnc", "import", str(file), "--register", "TPS", "--date", "2026-10-01", "--country", "GB")
    assert (older.code, older.err) == (0, "")


def test_a_line_of_a_register_that_is_not_understood_is_named(imported, home):
    file = home / "tps.csv"
    take = ("dnc", "import", str(file), "--register", "TPS", "--date", "2026-11-20", "--country", "GB")
    file.write_text("number\n020 7946 0100\n4.42079E+11\r\n07700 900123\n", "utf-8")
    done = imported(*take)
    assert done.out == "2 numbers added from TPS.\n"
    assert "1 line holds no number that can be understood: line 3." in done.err
    file.write_bytes(b"number\r020 7946 0101\r12345\r98765\r07700 900124\r")
    done = imported(*take)
    assert done.out == "2 numbers added from TPS.\n"
    assert "2 lines hold no number that can be understood, the first of them line 3." in done.err


def test_a_copy_from_tomorrow_and_a_file_without_numbers_are_refused(imported, home):
    file = home / "tps.txt"
    file.write_text("nothing\n")
    take = ("dnc", "import", str(file), "--register", "TPS", "--date")
    assert "still to come" in imported(*take, "2027-01-01").err
    assert "no phone number" in imported(*take, "2026-11-01").err
    assert "is no day" in imported(*take, "yesterday").err


def test_b37_a_hand_over_needs_a_note_and_the_customers_agreement(imported):
    run = imported
    assert "needs a note" in run("hand-over", "Bo Lund", "--to", "Jo", "--agreed").err
    done = run("hand-over", "Bo Lund", "--to", "Jo", "--note", "wants the export team")
    assert (done.code, "only if they agree" in done.err) == (1, True)
    done = run("hand-over", "Bo Lund", "--to", "Jo", "--note", "wants the export team", "--agreed")
    assert (done.code, done.out.splitlines()[0]) == (0, "Bo Lund is with Jo now.")
    assert {row["name"]: row["owner"] for row in run("contacts", "--json").rows}["Bo Lund"] == "Jo"


def test_a_later_import_does_not_take_anybody_off(imported, home):
    run = imported
    run("dnc", "add", "Ann Rossi")
    run("dnc", "add", "07700 900124")
    file = home / "again.csv"
    file.write_text(
        "First name;Last name;Company;Phone;Do not call\nAnn;Rossi;Acme Tools;020 7946 0100;no\n"
        "Bo;Lund;Nordkap;07700 900124;no\n",
        "utf-8",
    )
    assert run("import", str(file), "--yes", "--region", "GB").code == 0
    assert ready(run) == {"Fay Osei"}


@pytest.mark.parametrize(
    ("what", "whom"),
    [
        (("Bo Lund",), "Bo Lund"),
        (("07700 900124",), "+44 7700 900124"),
        (("Nordkap", "--company"), "anybody at Nordkap"),
    ],
)
def test_beside_an_open_cockpit_it_is_left_for_it_and_the_next_writer_takes_it_up(
    imported, data, open_elsewhere, what, whom
):
    run = imported
    done = run("dnc", "add", *what, "--why", "a letter")
    assert (done.code, done.err) == (0, "")
    assert done.out == (f"Nobody calls {whom} any more. The open cockpit obeys it before its next call.\n")
    assert len(listed(run)) == 2
    assert "Bo Lund" not in ready(run)
    again = run("dnc", "add", *what, "--why", "another letter")
    assert (again.code, "stood on the list already: a letter" in again.out) == (0, True)
    assert len((data / FILE).read_bytes().splitlines()) == 1
    open_elsewhere()
    assert run("dnc", "add", "Fay Osei").code == 0
    assert (data / FILE).read_bytes() == b""
    assert len(listed(run)) == 3
    assert ready(run) == {"Ann Rossi"}


def test_a_damaged_line_in_the_inbox_is_said_by_the_command_that_takes_it_up(imported, data):
    run = imported
    (data / FILE).write_bytes(b"0badc0de Bo Lund wrote to us\n")
    done = run("dnc", "add", "Fay Osei")
    assert (done.code, "could not be read: see " in done.err) == (0, True)
    (page,) = data.glob("put-aside-*.txt")
    assert "Bo Lund wrote to us" in page.read_text("utf-8")
    assert run("dnc", "add", "Ann Rossi").err == ""


WRITERS = [
    ("log", "Bo Lund", "no_answer"),
    ("dnc", "lift", "Eva Brandt", "--reason", "wrote to us"),
    ("hand-over", "Bo Lund", "--to", "Kim", "--note", "wants the offer", "--agreed"),
    ("import", "customers.csv", "--yes", "--region", "GB"),
    ("forget", "Bo Lund", "--yes"),
    ("retention", "--keep", "Bo Lund"),
]


@pytest.mark.parametrize("command", WRITERS)
def test_a_command_that_must_write_waits_its_turn(imported, open_elsewhere, monkeypatch, command):
    waited = threading.Event()

    def pause(seconds: float) -> None:
        waited.set()
        open_elsewhere()

    monkeypatch.setattr(wiring.time, "sleep", pause)
    done = imported(*command)
    assert (done.code, waited.is_set()) == (0, True), done.err


@pytest.mark.parametrize("command", WRITERS)
@pytest.mark.usefixtures("open_elsewhere")
def test_when_its_turn_does_not_come_it_says_who_has_the_data(imported, monkeypatch, command):
    monkeypatch.setattr(wiring, "TURN_S", 0.05)
    done = imported(*command)
    assert done.code == 3
    assert "Power Hour is already open" in done.err


@pytest.mark.parametrize("heading", ["", "Area Code,Phone Number\n"])
def test_the_register_of_the_united_states_is_theirs_without_being_told(imported, home, heading):
    file = home / "ftc.txt"
    file.write_text(f"{heading}202,5550143\n703,5550145\n", encoding="utf-8")
    done = imported("dnc", "import", str(file), "--register", "FTC", "--date", "2026-11-20")
    assert (done.code, done.out) == (0, "2 numbers added from FTC.\n")
    assert {("number", "+12025550143"), ("number", "+17035550145")} <= listed(imported)
    refused = imported("import", str(file), "--yes", "--region", "GB")
    assert (refused.code, "dnc import" in refused.err) == (1, True)
