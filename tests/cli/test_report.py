"""The report, messages that were sent, sales that were cancelled, and the list for the mail tool."""

from __future__ import annotations

import csv

import pytest


def by_name(rows, group):
    return {row["name"]: row for row in rows if row["group"] == group}


def test_without_a_call_the_report_says_how_it_fills(imported):
    done = imported("report")
    assert (done.code, done.out) == (
        0,
        "Nothing to report yet. It fills as you call real people:  powerhour\n",
    )


def test_the_report_leads_with_outcomes_and_every_rate_has_its_formula_and_n(imported):
    assert imported("log", "Ann Rossi", "win").code == 0
    assert imported("log", "Bo Lund", "no_answer").code == 0
    done = imported("report")
    assert done.code == 0
    headings = [line for line in done.out.splitlines() if line and not line.startswith(" ")]
    assert headings[1] == "What it brought"
    assert headings[-1] == "Dials"
    assert "Answered by a person: 1 of 2" in done.out
    rows = imported("report", "--json").rows
    assert [row["value"] for row in rows[:3]] == [1, 1, 1]
    for rate in (row for row in rows if "n" in row and row["group"] in ("rate", "balance")):
        assert rate["formula"]
        assert 0 <= rate["low"] <= rate["high"] <= 1
    assert by_name(rows, "dials")["dials"]["value"] == 2


def test_a_rep_never_sees_pauses_or_keystrokes_in_the_report(imported):
    imported("log", "Ann Rossi", "win")
    out = imported("report", "--json").out
    assert "ready_s" not in out
    assert "keys" not in out


@pytest.mark.parametrize("since", ["2026-11-01", "90d", "all"])
def test_since_takes_a_day_a_length_or_all(imported, since):
    imported("log", "Ann Rossi", "win")
    assert by_name(imported("report", "--json", "--since", since).rows, "outcome")["wins"]["value"] == 1


def test_calls_before_since_do_not_count(imported):
    imported("log", "Ann Rossi", "win", "--at", "2026-10-01T10:00")
    assert by_name(imported("report", "--json").rows, "outcome")["wins"]["value"] == 0


def test_a_since_that_is_no_time_is_refused_with_what_to_write(imported):
    done = imported("report", "--since", "teatime")
    assert done.code == 1
    assert "90d" in done.err


def test_a_note_that_would_be_cut_is_refused_whatever_is_recorded(imported):
    for words in (("sent", "--channel", "email"), ("voicemail",)):
        done = imported("log", "ann", words[0], "x" * 10_001, *words[1:])
        assert done.code == 1, words
        assert "A text holds 10,000 characters" in done.err
    assert imported("report").out.startswith("Nothing to report yet")


def test_b42_a_sale_cancelled_later_is_noted_and_counts_no_more(imported):
    imported("log", "Ann Rossi", "win")
    done = imported("log", "Ann Rossi", "cancelled")
    assert done.code == 0
    assert "Noted: Meeting or sale cancelled · Ann Rossi → again " in done.out
    assert by_name(imported("report", "--json").rows, "outcome")["wins"]["value"] == 0
    refused = imported("log", "Bo Lund", "cancelled")
    assert refused.code == 1
    assert "No meeting or sale" in refused.err


def test_b48_who_is_due_by_e_mail_is_exported_until_the_message_is_noted(imported, home):
    imported("log", "Ann Rossi", "nurture", "--at", "2026-10-01T10:00")
    file = home / "mail.csv"
    done = imported("export", "--due", "email", "--out", str(file))
    assert done.code == 0
    assert "log WHO sent --channel email" in done.err
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["name"], row["email"]) for row in rows] == [("Ann Rossi", "ann@acme.example")]
    assert "not now" in rows[0]["why"]
    assert imported("log", "Ann Rossi", "sent", "the winter list", "--channel", "email").code == 0
    assert imported("export", "--due", "email").out.splitlines()[1:] == []


def test_sent_needs_a_channel_and_a_channel_needs_sent(imported):
    assert imported("log", "Ann Rossi", "sent").code == 1
    assert imported("log", "Ann Rossi", "voicemail", "--channel", "email").code == 1
    assert imported("export", "calls").out.count("\n") == 1


@pytest.mark.parametrize(("language", "this_week"), [("en", 0), ("en-US", 2), ("it", 0)])
def test_a_week_begins_as_on_the_screens_and_the_words_stay_english(imported, home, language, this_week):
    own = home / ".config" / "powerhour" / "config.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(f"screen_language: {language}\n", encoding="utf-8")
    imported("log", "Ann Rossi", "win", "--at", "2026-11-22T10:00")  # a Sunday
    imported("log", "Bo Lund", "win", "--at", "2026-11-22T11:00")
    done = imported("report", "--json", "--since", "all")
    assert by_name(done.rows, "week")["this_week"]["n"] == this_week
    assert "What it brought" in imported("report").out
