"""A store as the program of format 1 left it, crash and all, opens with everything kept."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tinydb import TinyDB

from tui.cockpit.wording.why import refusal
from tui.domain.contact import Basis
from tui.domain.do_not_call import DoNotCallList, RegisterCopy
from tui.domain.identity.matching import merge_contact
from tui.domain.ids import SCHEMA
from tui.domain.may_call import MayCall
from tui.storage import disk, journal
from tui.storage.protocol import Change, StoreError
from tui.storage.tiny import TinyStore

SCHEMA_1 = Path(__file__).parents[1] / "fixtures" / "stores" / "schema1"
"""Written by commit 2c7c44e: a file, and a journal that was never folded into it."""
SCHEMA_2 = SCHEMA_1.with_name("schema2")
"""Written by commit 1c0c89b: what a rep had changed was known by its name alone, without when."""


@pytest.fixture
def old(folder: Path) -> Path:
    shutil.copytree(SCHEMA_1, folder)
    return folder


def named(store: TinyStore, name: str):
    return next(contact for contact in store.contacts() if contact.name == name)


def test_everything_an_older_program_wrote_is_kept(old):
    store = TinyStore.open(old)
    assert store.notes == []
    assert len(list(store.contacts())) == 19
    made = [call for call in store.calls() if call.dials]
    assert [call.outcome for call in made if not call.voided_at] == [
        *("no_answer", "voicemail", "gatekeeper", "talked", "promise", "win", "nurture", "email_asked"),
        *("wrong_number", "do_not_call", "talked", "not_a_fit"),
    ]
    assert [call.outcome for call in made if call.voided_at] == ["not_a_fit"]
    (session,) = [one for one in store.sessions() if one.state == "ended"]
    assert (len(session.pauses), session.goal.conversations) == (21, 24)
    assert store.state("running")["stack"][0]["draft"] == "Half a sentence"
    (jon,) = store.calls(named(store, "Jon Lake").id)
    assert jon.promise is not None
    assert (jon.promise.phrase, jon.promise.zone, jon.promise.precision) == (
        "fri 3pm",
        "Europe/London",
        "minute",
    )
    assert jon.notes[0].text == "Ask for the new depot."
    store.close()


def test_a_plain_tinydb_reads_the_migrated_file(old):
    TinyStore.open(old).close()
    with TinyDB(old / "sessions.json") as plain:
        assert plain.table("meta").all() == [{"schema": SCHEMA}]
        assert len(plain.table("contacts").all()) == 19
        promises = [call["promise"] for call in plain.table("calls").all() if call.get("promise")]
        assert all(set(one) >= {"from", "until", "zone", "precision"} and "at" not in one for one in promises)


def test_the_file_as_it_was_is_kept_aside_and_readable_by_nobody_else(old):
    TinyStore.open(old).close()
    copy = old / "sessions.json.schema-1"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with TinyDB(copy) as plain:
        assert plain.table("meta").all() == [{"schema": 1}]
        calls = plain.table("calls").all()
    # Those of the journal too, which no clean close had folded into the file.
    assert any(call["outcome"] == "not_a_fit" and "voided_at" not in call for call in calls)


def test_opening_to_read_changes_nothing_on_the_disk(old):
    before = {file.name: file.read_bytes() for file in old.iterdir()}
    store = TinyStore.open(old, read_only=True)
    assert len(list(store.contacts())) == 19
    store.close()
    assert {file.name: file.read_bytes() for file in old.iterdir()} == before


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("last", range(12))
def test_killed_at_any_step_of_the_migration_the_next_start_has_everything(old, monkeypatch, last, torn):
    steps, written = 0, disk.write_all

    def dying(real):
        def step(*args):
            nonlocal steps
            steps += 1
            if steps > last:
                if torn and real is written:
                    written(args[0], args[1][: len(args[1]) // 2])
                raise Killed
            return real(*args)

        return step

    with monkeypatch.context() as patched:
        for name in ("write_all", "sync", "sync_folder", "open_fresh"):
            patched.setattr(disk, name, dying(getattr(disk, name)))
        patched.setattr(Path, "replace", dying(Path.replace))
        try:
            store = TinyStore.open(old)
            store.db.storage.abandon()
        except Killed:
            pass
    test_everything_an_older_program_wrote_is_kept(old)
    with TinyDB(old / "sessions.json.schema-1") as plain:
        assert plain.table("meta").all() == [{"schema": 1}]


def test_without_room_for_the_copy_nothing_is_changed(old, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    before = (old / "sessions.json").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(journal.checkpoint, "write", full)
        with pytest.raises(StoreError, match=r"older Power Hour.*the disk is full"):
            TinyStore.open(old)
    assert (old / "sessions.json").read_bytes() == before
    TinyStore.open(old).close()


def test_a_second_start_migrates_nothing(old):
    TinyStore.open(old).close()
    copy = (old / "sessions.json.schema-1").read_bytes()
    (old / "sessions.json.schema-1").unlink()
    TinyStore.open(old).close()
    assert not (old / "sessions.json.schema-1").exists()
    assert json.loads(copy)["meta"]["1"] == {"schema": 1}


def test_what_a_newer_program_wrote_into_a_record_or_a_part_of_it_is_kept(old, records):
    store = TinyStore.open(old)
    ann = named(store, "Ann Reed")
    key = store._tables.of_contacts.keys[ann.id]
    table = store.db.table("contacts")
    table.update({"colour": "green", "source": {**table.get(doc_id=key)["source"], "page": 7}}, doc_ids=[key])
    store.commit(Change(contacts=(replace(ann, role="Head of buying"),)), records.now)
    kept = table.get(doc_id=key)
    assert (kept["role"], kept["colour"]) == ("Head of buying", "green")
    assert kept["source"] == {"list": "autumn", "external_id": "501", "page": 7}
    store.close()


def test_who_refused_is_on_the_list_by_name_and_each_of_them_once(old):
    store = TinyStore.open(old)
    never = DoNotCallList(store.do_not_call())
    marked = map(MayCall(never).marked, store.contacts())
    why = {one.name: refusal(one.do_not_call) for one in marked if one.do_not_call}
    assert why == {
        "Dan Fell": "opted out in autumn.csv (23 November 2026)",
        "Mia Orme": "they asked, for the whole firm (23 November 2026)",
        "Ned Penn": "they asked, for the whole firm (23 November 2026)",
        "Rex Sharp": "asked by e-mail (23 November 2026)",
        "Sue Thorn": "their lawyer wrote (23 November 2026)",
        "Tom Usk": "wrote to us (23 November 2026)",
    }
    assert set(never.numbers) == {"+442079460819", "+442079460898"}
    assert {entry.name for entry in never.firms} == {"Nettle Ltd", "rowan ltd"}
    assert [lift.name for lift in never.lifts] == ["+442079460899", "Tom Usk"]
    assert [lift.why for lift in never.lifts] == ["was a typing mistake", "wrote that he wants the offer"]
    assert never.registers == {"TPS": RegisterCopy("GB", date(2026, 11, 10))}
    refused = next(call for call in store.calls() if call.outcome == "do_not_call" and call.dials)
    assert not never.without_call(refused.id, refused.at).refusal(named(store, "Ned Penn"))
    store.close()
    with TinyDB(old / "sessions.json") as plain:
        assert not any("do_not_call" in contact for contact in plain.table("contacts").all())
        assert {row["kind"] for row in plain.table("do_not_call").all()} == {"addition", "lift"}
        assert not any(row["key"] == "do_not_call" for row in plain.table("state").all())


def test_two_copies_of_a_store_become_the_same_entries(old, tmp_path):
    shutil.copytree(old, tmp_path / "copy")
    first, second = TinyStore.open(old), TinyStore.open(tmp_path / "copy")
    assert first.do_not_call() == second.do_not_call() != ()
    first.close()
    second.close()


def test_a_call_back_of_an_import_is_a_planned_call_and_its_last_contact_a_touch(old):
    store = TinyStore.open(old)
    (ben,), (cat,) = (store.plans(named(store, name).id) for name in ("Ben Hale", "Cat Moss"))
    assert (ben.from_.isoformat(), ben.precision, ben.source) == (
        "2026-11-20T11:00:00+00:00",
        "minute",
        "autumn",
    )
    assert (cat.when.local_day, cat.precision) == (date(2026, 11, 26), "day")
    assert all(call.dials or call.channel == "email" or call.rep for call in store.calls())
    touch = named(store, "Ann Reed").touched_at
    assert (touch.at.isoformat(), touch.source) == ("2026-10-02T12:00:00+00:00", "autumn")
    store.close()
    with TinyDB(old / "sessions.json") as plain:
        assert {row["from"] for row in plain.table("planned_calls").all()} == {
            "2026-11-20T11:00:00+00:00",
            "2026-11-26T09:00:00+00:00",
        }


def test_what_a_rep_had_changed_is_stamped_with_the_last_edit_of_the_record(folder):
    shutil.copytree(SCHEMA_2, folder)
    store = TinyStore.open(folder)
    ann, ben = named(store, "Ann Reed"), named(store, "Ben Hale")
    one, two = "+442079460101", "+442079460102"
    parts = {
        "basis",
        "name",
        "role",
        "fields/Town",
        "fields/Fleet",
        f"numbers/{one}",
        f"numbers/{two}",
        f"bad/{two}",
    }
    assert ann.stamps.keys() == parts
    assert {stamp.rstrip("+") for stamp in ann.stamps.values()} == {"1795438800000.00000.deadbeef"}
    assert ben.stamps == {"owner": "1795446000000.00000.deadbeef"}  # this one from the journal
    assert (ann.rev, ben.rev) == (2, 2)
    # An import writes over what nobody changed, and over nothing else.
    told = replace(ann, role="Buyer", company="Reed Group", stamps={}, basis=Basis("consent"))
    merged = merge_contact(ann, told).contact
    assert (merged.role, merged.company, merged.basis) == ("Head of buying", "Reed Group", Basis())
    store.commit(Change(contacts=(replace(ann, role="Owner"),)), ann.edited_at)
    assert named(store, "Ann Reed").stamps["role"] > ann.stamps["role"]
    store.close()
    with TinyDB(folder / "sessions.json") as plain:
        assert plain.table("meta").all() == [{"schema": SCHEMA}]
        assert not any("edited_by_rep" in contact for contact in plain.table("contacts").all())
        assert [call["outcome"] for call in plain.table("calls").all()] == ["do_not_call"]
    with TinyDB(folder / "sessions.json.schema-2") as plain:
        assert plain.table("contacts").get(doc_id=1)["edited_by_rep"][-1] == "role"


def test_two_copies_of_an_older_store_get_the_same_stamps(folder, tmp_path):
    shutil.copytree(SCHEMA_2, folder)
    shutil.copytree(SCHEMA_2, tmp_path / "copy")
    first, second = TinyStore.open(folder), TinyStore.open(tmp_path / "copy", read_only=True)
    assert list(first.accounts()) == list(second.accounts()) != []
    for store in (first, second):
        store.close()


def test_of_several_steps_only_what_the_older_program_left_is_kept_aside(old):
    TinyStore.open(old).close()
    assert [file.name for file in old.glob("*.schema-*")] == ["sessions.json.schema-1"]
