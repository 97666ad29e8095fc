"""`powerhour dnc`: the list that only a reason makes shorter."""

from __future__ import annotations


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
    done = run("dnc", "lift", "07700 900124", "--reason", "asked us to ring again")
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
    assert "not on the list" in done.err


def test_a_copy_of_a_register_is_taken_and_its_age_is_told(imported, home):
    run = imported
    file = home / "tps.csv"
    file.write_text("number;added\n020 7946 0100;2020\n07700 900123;2021\nno number here;\n", "utf-8")
    done = run("dnc", "import", str(file), "--register", "TPS", "--date", "2026-11-20", "--country", "GB")
    assert (done.code, done.err) == (0, "")
    assert "2 numbers added from TPS" in done.out
    assert "Ann Rossi" not in ready(run)
    again = run("dnc", "import", str(file), "--register", "TPS", "--date", "2026-10-01", "--country", "GB")
    assert "0 numbers added" in again.out
    assert "GB allows 28" in again.err
    assert "GB allows 28" in run("dnc", "list").err


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
    assert (done.code, done.out) == (0, "Bo Lund is with Jo now.\n")
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
