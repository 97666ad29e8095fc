"""`powerhour forget WHO`: asked first, gone everywhere, still not called; and what it leaves alone."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from tui.cli import wiring
from tui.domain.call import Call, Note
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.storage.inbox import Inbox
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

TOLD = ("Bo Lund", "Lund", "+447700900124", "07700 900124", "7700900124", "wants two vans")
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def write(data, make):
    """Write what `make(contact of Bo Lund)` gives."""
    store = TinyStore.open(data)
    (bo,) = (one for one in store.contacts() if one.full_name == "Bo Lund")
    store.commit(make(bo), NOW)
    store.close()
    return bo


def called(bo) -> Change:
    promise = Promise(NOW + timedelta(days=3), "Europe/London", "day")
    owed = Owed("send the van brochure", NOW.date())
    note = (Note(NOW, "wants two vans"),)
    at = NOW - timedelta(hours=2)
    return Change(
        calls=(Call("k1", bo.id, at, "promise", Category.PROMISE, notes=note, promise=promise, owed=owed),)
    )


def files_that_tell(data):
    return {
        path.name: [word for word in TOLD if word.encode() in path.read_bytes()]
        for path in data.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in TOLD)
    }


@pytest.fixture
def known(imported, data):
    """Bo Lund with a call, a promise, a refusal, and one more refusal that waits in the inbox."""
    bo = write(data, called)
    assert imported("log", "Bo Lund", "do_not_call", "wants two vans").code == 0
    waiting = Entry("e9", NOW, NOW.date(), name="Bo Lund", contact_id=bo.id, numbers=("+447700900124",))
    Inbox(data).add(waiting)
    return imported


def test_b56_forgotten_is_in_no_file_and_the_counts_stay(known, data):
    before = len(known("export", "calls", "--format", "jsonl").out.splitlines())
    assert files_that_tell(data)
    done = known("forget", "Bo Lund", "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Forgotten: Bo Lund. 2 calls stay in the counts.")
    assert files_that_tell(data) == {}
    assert len(known("export", "calls", "--format", "jsonl").out.splitlines()) == before
    assert files_that_tell(data) == {}
    assert known("forget", "Bo Lund", "--yes").code == 1
    assert {row["name"] for row in known("contacts", "--json").rows} == {
        "Ann Rossi",
        "Eva Brandt",
        "Fay Osei",
    }


def test_imported_again_they_are_new_and_still_not_called(known, data, contact_file):
    known("forget", "Bo Lund", "--yes")
    assert known("import", str(contact_file), "--yes", "--region", "GB", "--list", "North").code == 0
    rows = {row["name"]: row for row in known("contacts", "--json").rows}
    assert rows["Bo Lund"]["why_not"]
    assert "somebody who was forgotten" in {row["what"] for row in known("dnc", "list", "--json").rows}
    assert not rows["Ann Rossi"]["why_not"]
    assert "Bo Lund" not in {row["name"] for row in known("queue", "--json").rows if row["when"] == "now"}


def test_a_refusal_that_still_waited_in_the_inbox_is_kept_as_hashes(imported, data, contact_file):
    waiting = Entry("e9", NOW, NOW.date(), name="Bo Lund", numbers=("+447700900124",))
    Inbox(data).add(waiting)
    assert imported("forget", "Bo Lund", "--yes").code == 0
    assert files_that_tell(data) == {}
    assert imported("import", str(contact_file), "--yes", "--region", "GB", "--list", "North").code == 0
    rows = {row["name"]: row["why_not"] for row in imported("contacts", "--json").rows}
    assert rows["Bo Lund"]


def test_damaged_lines_in_the_inbox_are_nobodys_to_throw_away(imported, data):
    (data / "do_not_call.inbox").write_bytes(b"0badc0de Bo Lund wrote to us\n")
    done = imported("forget", "Bo Lund", "--yes")
    assert (done.code, "Start Power Hour" in done.err) == (1, True)
    assert "Bo Lund" in {row["name"] for row in imported("contacts", "--json").rows}


def test_who_had_not_refused_comes_back_as_anybody_else(imported, contact_file):
    assert imported("forget", "Bo Lund", "--yes").code == 0
    assert imported("import", str(contact_file), "--yes", "--region", "GB", "--list", "North").code == 0
    assert "Bo Lund" in {row["name"] for row in imported("queue", "--json").rows if row["when"] == "now"}


def test_in_a_terminal_it_says_who_what_goes_and_what_stays_and_asks(known, data, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "n")
    done = known("forget", "Bo Lund")
    assert asked == ["Forget Bo Lund? This cannot be undone. [y/N] "]
    assert done.out.splitlines() == [
        "Bo Lund, Nordkap, +44 7700 900124",
        "Still to do for them: send the van brochure.",
        "Goes: the person, 0 planned calls, and all that 2 calls hold of them.",
        "Stays: that 2 calls were made, for the counts.",
        "Stays: that they refused calls, by a code that tells nobody their number or e-mail.",
    ]
    assert (done.code, "Nothing was done" in done.err) == (1, True)
    assert files_that_tell(data)
    monkeypatch.setattr("builtins.input", lambda question: "y")
    assert known("forget", "Bo Lund").code == 0
    assert files_that_tell(data) == {}


def test_an_open_promise_is_named(imported, data):
    write(data, called)
    done = imported("forget", "Bo Lund", "--yes")
    assert "You promised them a call: " in done.out


def test_without_a_terminal_nothing_is_done_and_the_flag_is_named(imported, data):
    before = (data / "sessions.json").read_bytes()
    done = imported("forget", "Bo Lund")
    assert (done.code, "--yes" in done.err) == (2, True)
    assert (data / "sessions.json").read_bytes() == before


@pytest.mark.usefixtures("open_elsewhere")
def test_beside_an_open_cockpit_it_gives_up_with_3(imported, monkeypatch):
    monkeypatch.setattr(wiring, "TURN_S", 0.05)
    assert imported("forget", "Bo Lund", "--yes").code == 3


# -- everything about one person


def test_what_is_held_of_a_person_is_written_whole(known, data, tmp_path):
    write(
        data,
        lambda bo: Change(
            state={"drafts." + bo.id: {"value": {"contact_id": bo.id, "draft": "half a word"}}}
        ),
    )
    text = known("export-person", "Bo Lund")
    assert (text.code, text.err) == (0, "")
    held = json.loads(known("export-person", "Bo Lund", "--format", "json").out)
    assert held["header"]["format"] == "powerhour export-person"
    for word in (
        "Bo Lund",
        "+447700900124",
        "07700 900124",
        "wants two vans",
        "send the van brochure",
        "half a word",
    ):
        assert word in text.out
        assert word in json.dumps(held, ensure_ascii=False)
    assert held["where each value came from"]["name"] == "a file: North"
    assert len(held["refusals"]) == 2
    for others in ("Rossi", "Fay", "ready_s", "wrap_s"):
        assert others not in text.out


def test_who_wrote_a_value_by_hand_is_told(imported, data):
    from msgspec.structs import replace

    from tui.domain.contact import Rep

    write(data, lambda bo: Change(reps=(Rep("rep-kim-1", "Kim Vale"),), state={"rep": {"id": "rep-kim-1"}}))
    write(data, lambda bo: Change(contacts=(replace(bo, role="Director"),)))
    held = json.loads(imported("export-person", "Bo Lund", "--format", "json").out)
    assert held["where each value came from"]["role"] == "written by Kim Vale, 23 November 2026"


def test_the_file_is_the_reps_alone_and_never_in_the_team_folder(imported, team, tmp_path):
    out = tmp_path / "bo.txt"
    done = imported("export-person", "Bo Lund", "--out", str(out))
    assert (done.code, done.out) == (0, "")
    if os.name != "nt":
        assert out.stat().st_mode & 0o777 == 0o600
    inside = team / "scripts" / "bo.txt"
    refused = imported("--workspace", str(team), "export-person", "Bo Lund", "--out", str(inside))
    assert (refused.code, inside.exists()) == (1, False)
    assert "team folder" in refused.err


# -- retention


@pytest.fixture
def two_years(imported, home, monkeypatch):
    """The people of the file, who came in 25 months ago, and a rep who keeps people for 24."""
    monkeypatch.setenv("POWERHOUR_RECORD__KEEP_PEOPLE", "24 months")
    monkeypatch.setenv("POWERHOUR_NOW", "2028-12-26T15:00")
    return imported


def names(done):
    return {row["name"]: row["on"] for row in done.rows}


def test_retention_is_announced_a_week_before_and_then_done(two_years, monkeypatch):
    run = two_years
    assert names(run("retention", "--json")) == dict.fromkeys(
        ["Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei"]
    )
    assert run("retention", "--keep", "Ann Rossi").out.startswith(
        "Ann Rossi is kept: 24 months from today on"
    )
    assert run("retention", "--now").code == 0
    assert names(run("retention", "--json")) == dict.fromkeys(
        ["Bo Lund", "Eva Brandt", "Fay Osei"], "2029-01-08"
    )
    monkeypatch.setenv("POWERHOUR_NOW", "2029-01-07T15:00")
    run("retention", "--now")
    assert len(run("contacts", "--json").rows) == 4
    monkeypatch.setenv("POWERHOUR_NOW", "2029-01-08T09:00")
    assert run("retention", "--now").out.startswith("3 people were forgotten, as announced.")
    assert [row["name"] for row in run("contacts", "--json").rows] == ["Ann Rossi"]


def test_the_doctor_says_who_will_go(two_years):
    two_years("retention", "--now")
    rows = {row["name"]: row for row in two_years("doctor", "--json").rows}
    assert rows["Kept for"]["found"].startswith(
        "4 people nobody has reached for 24 months will be forgotten on Mon 8 Jan 2029."
    )


def test_kept_for_ever_unless_the_team_says_so(imported, monkeypatch):
    monkeypatch.setenv("POWERHOUR_NOW", "2040-12-26T15:00")
    done = imported("retention", "--now")
    assert (done.code, done.out) == (0, "People are kept for ever (record.keep_people).\n")
