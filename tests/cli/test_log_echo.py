"""`log` says back what it understood: when the call was, what was saved, and what comes next."""

from __future__ import annotations

import pytest


def test_a_call_made_now_says_what_was_saved_and_what_is_next(imported):
    done = imported("log", "Ann Rossi", "voicemail")
    assert done.code == 0
    assert done.out.startswith("Noted: Left voicemail · Ann Rossi → again ")


def test_a_time_that_was_typed_is_said_back(imported):
    done = imported("log", "Ann Rossi", "voicemail", "--at", "yesterday 17:30")
    assert done.out.startswith("Noted for yesterday 17:30: Left voicemail · Ann Rossi → again ")


@pytest.mark.parametrize(("outcome", "label"), [("promise", "We call back"), ("talked", "Talked")])
def test_a_time_they_agreed_is_said_back(imported, outcome, label):
    done = imported("log", "Ann Rossi", outcome, "--when", "fri 3pm")
    assert f"Noted: {label} · Ann Rossi → again Fri 15:00" in done.out


def test_a_meeting_is_said_back_with_its_time(imported):
    done = imported("log", "Ann Rossi", "win", "--when", "fri 3pm")
    assert "Noted: Meeting or sale · Ann Rossi → a friendly call " in done.out
    assert "Meeting: Fri 15:00." in done.out


def test_a_time_the_clocks_skip_says_what_is_meant(imported):
    done = imported("log", "Ann Rossi", "promise", "--when", "28 march 2027 1:30")
    assert "→ again Sun 28 Mar 2027 02:30" in done.out
    assert "There is no 01:30 on Sunday 28 March: the clocks go forward. 02:30 is meant." in done.out


def test_an_hour_that_came_twice_is_the_first_and_said(imported):
    done = imported("log", "Ann Rossi", "voicemail", "--at", "2026-10-25T01:30")
    assert "Noted for Sun 25 Oct 01:30: " in done.out
    assert "01:30 comes twice on Sunday 25 October: the clocks go back. The first one is meant." in done.out


def test_a_time_with_its_offset_keeps_it(imported):
    done = imported("log", "Ann Rossi", "voicemail", "--at", "2026-11-20T15:00+01:00")
    assert "Noted for Fri 20 Nov 14:00: " in done.out


def test_a_when_an_outcome_has_no_place_for_is_refused_instead_of_dropped(imported):
    done = imported("log", "Ann Rossi", "voicemail", "--when", "fri 3pm")
    assert done.code == 1
    assert "--when goes with an outcome that agrees a time, not with 'Left voicemail'." in done.err
    assert imported("explain", "Ann Rossi").out.count("Follow-up") == 0


def test_a_message_says_what_is_next(imported):
    done = imported("log", "Ann Rossi", "sent", "--channel", "email", "--at", "yesterday 17:30")
    assert done.out.startswith("Noted for yesterday 17:30: E-mail sent · Ann Rossi → ")


@pytest.mark.parametrize("outcome", ["promise", "talked", "win"])
@pytest.mark.parametrize(
    "phrase", ["next friday", "il prossimo venerdì", "kommenden Freitag oder Freitag in einer Woche"]
)
def test_a_when_with_two_readings_is_not_guessed_and_both_are_named(imported, phrase, outcome):
    done = imported("log", "Ann Rossi", outcome, "--when", phrase)
    assert done.code == 2
    assert "Fri 27 Nov or Fri 4 Dec? Say --when 'Fri 27 Nov' or --when 'Fri 4 Dec'." in done.err
    assert imported("log", "Ann Rossi", outcome, "--when", "Fri 4 Dec").code == 0


def test_a_when_that_names_no_time_says_what_can_be_typed(imported):
    done = imported("log", "Ann Rossi", "promise", "--when", "someday")
    assert done.code == 1
    assert "Not a time I know. Try: fri 3pm" in done.err


@pytest.mark.parametrize(
    "at", ["ieri 17:30", "gestern 17.30 Uhr", "hier 17h30", "ayer a las 17:30", "yesterday half past 5"]
)
def test_when_a_call_was_made_is_read_in_five_languages(imported, at):
    assert "yesterday 17:30" in imported("log", "Ann Rossi", "voicemail", "--at", at).out


def test_of_two_readings_a_call_was_made_at_the_one_that_is_over(imported):
    assert "Noted for today 10:00" in imported("log", "Ann Rossi", "voicemail", "--at", "monday 10:00").out
    assert "Noted for today 11:00" in imported("log", "Ann Rossi", "voicemail", "--at", "11").out
