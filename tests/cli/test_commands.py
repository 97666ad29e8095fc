"""What each command prints, and its exit code."""

from __future__ import annotations

import json

import pytest

from tui.storage.tiny import TinyStore


def ids(run):
    return {row["name"]: row["id"] for row in run("contacts", "--json").rows}


def test_help_names_every_command(run):
    done = run("--help")
    assert done.code == 0
    for command in (
        "import",
        "export",
        "contacts",
        "queue",
        "who",
        "log",
        "sessions",
        "explain",
        "init",
        "doctor",
    ):
        assert command in done.out


def test_an_unknown_command_is_a_usage_error(run):
    done = run("dial-everybody")
    assert done.code == 2
    assert "dial-everybody" in done.err


def test_a_clock_that_is_no_time_is_a_usage_error(run, monkeypatch):
    monkeypatch.setenv("POWERHOUR_NOW", "teatime")
    done = run("queue")
    assert done.code == 2
    assert "POWERHOUR_NOW" in done.err


def test_folders_may_stand_before_or_after_the_command(run, tmp_path):
    other = tmp_path / "other"
    assert str(other) in run("config", "--data", str(other)).out


def test_a_refused_import_names_the_flag_that_says_what_a_column_holds(run, tmp_path):
    path = tmp_path / "weather.csv"
    path.write_text("Rain,Wind\nsome,much\n")
    done = run("import", str(path), "--yes")
    assert done.code != 0
    assert "for example --map phone=Rain" in done.err


# -- the queue


def test_the_first_queue_shows_people_who_do_not_exist_and_writes_nothing(run, data):
    done = run("queue")
    assert done.code == 0
    assert "do not exist" in done.out
    assert not data.exists()


def test_queue_rows_say_who_when_and_why(imported):
    rows = imported("queue", "--json").rows
    assert {row["name"] for row in rows if row["when"] == "now"} == {"Ann Rossi", "Bo Lund", "Fay Osei"}
    assert all(row["why"] for row in rows)


def test_held_people_are_shown_with_the_reason(imported):
    rows = imported("queue", "--held", "--json").rows
    assert [row["name"] for row in rows if row["when"] == "held"] == ["Eva Brandt"]


def test_a_list_nobody_has_is_refused_with_those_there_are(imported):
    done = imported("queue", "--list", "South pole")
    assert done.code == 1
    assert "North" in done.err


# -- contacts and export


def test_contacts_are_listed_by_name_and_found_by_any_part(imported):
    assert [row["name"] for row in imported("contacts", "--json").rows] == [
        "Ann Rossi",
        "Bo Lund",
        "Eva Brandt",
        "Fay Osei",
    ]
    assert [row["name"] for row in imported("contacts", "kente", "--json").rows] == ["Fay Osei"]
    assert imported("contacts", "--list", "Nowhere", "--json").rows == []


def test_what_is_exported_can_be_imported_again_without_a_change(imported, home):
    out = home / "out.csv"
    assert imported("export", "contacts", "--out", str(out)).code == 0
    again = imported("import", str(out), "--yes", "--region", "GB", "--list", "North", "--json")
    assert again.json["created"] == 0
    assert again.json["updated"] == 0


def test_an_export_never_overwrites_a_file(imported, home):
    out = home / "mine.csv"
    out.write_text("mine")
    done = imported("export", "--out", str(out))
    assert done.code == 1
    assert out.read_text() == "mine"


def test_calls_are_exported_as_json_lines(imported):
    imported("log", "ann", "n")
    lines = imported("export", "calls", "--format", "jsonl").out.splitlines()
    assert {"kind": "export", "schema": 3, "holds": "calls"}.items() <= json.loads(lines[0]).items()
    assert [json.loads(line)["outcome"] for line in lines[1:]] == ["no_answer"]


# -- who


@pytest.mark.parametrize("text", ["0123", "rossi", "acme", "07700 900123", "ann ros"])
def test_a_caller_is_found_by_part_of_number_name_or_company(imported, text):
    rows = imported("who", *text.split(), "--json").rows
    assert rows[0]["name"] == "Ann Rossi"


def test_nobody_fits_is_exit_1(imported):
    done = imported("who", "zebedee")
    assert done.code == 1
    assert "zebedee" in done.out


# -- log


def test_a_call_made_elsewhere_is_recorded_with_its_time_and_note(imported, data):
    done = imported("log", "Ann Rossi", "voicemail", "said we have vans", "--at", "14:05", "--json")
    assert done.code == 0
    assert done.rows[0]["outcome"] == "voicemail"
    store = TinyStore.open(data, read_only=True)
    (call,) = store.calls()
    store.close()
    assert call.at.isoformat() == "2026-11-23T14:05:00+00:00"
    assert [note.text for note in call.notes] == ["said we have vans"]
    assert call.session_id is None


def test_an_outcome_may_be_named_by_its_key(imported):
    assert imported("log", "bo", "n", "--json").rows[0]["outcome"] == "no_answer"


def test_a_promise_is_kept_out_of_the_queue_until_its_time(imported):
    done = imported("log", "ann", "promise", "after the fair", "--when", "tomorrow 15:00", "--json")
    assert done.rows[0]["promise"] == "2026-11-24T15:00:00+00:00"
    now = [row["name"] for row in imported("queue", "--json").rows if row["when"] == "now"]
    assert "Ann Rossi" not in now


def test_an_unknown_outcome_is_refused_with_those_there_are(imported):
    done = imported("log", "ann", "lunch")
    assert done.code == 1
    assert "voicemail (v)" in done.err


@pytest.mark.parametrize("at", ["teatime", "23:59"])
def test_a_time_that_is_none_or_still_to_come_is_refused(imported, at):
    done = imported("log", "ann", "n", "--at", at)
    assert done.code == 1
    assert at in done.err


def test_a_name_that_fits_several_is_refused_with_their_ids(imported):
    done = imported("log", "020 7946", "n")
    assert done.code == 1
    assert ids(imported)["Ann Rossi"] in done.err
    assert imported("log", ids(imported)["Ann Rossi"], "n").code == 0


def test_while_the_store_is_open_elsewhere_log_says_who_has_it(imported, data, monkeypatch):
    monkeypatch.setattr("tui.cli.wiring.TURN_S", 0.2)
    holder = TinyStore.open(data)
    try:
        done = imported("log", "ann", "n")
    finally:
        holder.close()
    assert done.code == 3
    assert any(word.strip(".,()").isdigit() for word in done.err.split())


def test_reading_commands_work_beside_a_running_cockpit(imported, data):
    holder = TinyStore.open(data)
    try:
        for command in (
            ["queue"],
            ["who", "rossi"],
            ["contacts"],
            ["sessions"],
            ["explain", "rossi"],
            ["doctor"],
        ):
            assert imported(*command).code == 0, command
    finally:
        holder.close()


# -- explain and sessions


def test_explain_says_which_script_and_which_rule_chose_it(imported):
    assert (
        "Script: First call (first_call). Rule: the audience of this script fits (fresh)."
        in imported("explain", "rossi").out
    )


def test_explain_says_why_and_what_each_outcome_would_do(imported):
    done = imported("explain", "rossi")
    assert done.code == 0
    assert "Ann Rossi, Acme Tools" in done.out
    assert "Left voicemail" in done.out


def test_without_a_session_a_sentence_says_how_to_start(imported):
    assert "No session yet" in imported("sessions").out
    assert imported("sessions", "--json").rows == []
