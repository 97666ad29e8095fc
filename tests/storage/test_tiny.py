"""The store on disk beyond the contract: TinyDB's file, strangers' keys, damage to single records, formats."""

from __future__ import annotations

import gc
import json
from datetime import timedelta

import pytest
from msgspec.structs import replace
from tinydb import TinyDB, where

from tui.domain.contact import Contact
from tui.domain.ids import SCHEMA
from tui.storage import migrations
from tui.storage.protocol import Change, NotSaved, Store, StoreError
from tui.storage.records import Calls
from tui.storage.tiny import TinyStore
from tui.storage.values import dump


def _edit(folder, change):
    """Edits the tables of the file as another program would."""
    path = folder / "sessions.json"
    tables = json.loads(path.read_text())
    change(tables)
    path.write_text(json.dumps(tables))


def test_plain_tinydb_reads_the_file_after_a_clean_close(folder, records):
    store: Store = TinyStore.open(folder)
    store.commit(
        Change(contacts=(records.contact(),), calls=(records.call(),), state={"rep": {"id": "r"}}),
        records.now,
    )
    store.close()
    with TinyDB(folder / "sessions.json") as plain:
        (call,) = plain.table("calls").search(where("is") == "promise")
        assert call["promise"]["words"] == "after the fair"
        assert plain.table("contacts").all()[0]["numbers"][0]["e164"] == "+442079460100"
        assert {"key": "rep", "value": {"id": "r"}} in plain.table("state").all()
        assert plain.table("meta").all() == [{"schema": SCHEMA}]


def test_tinydbs_own_queries_work_on_the_open_store(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(records.contact(),)), records.now)
    assert store.db.table("contacts").get(where("company") == "Acme Tools")["id"] == records.contact().id
    store.close()


def test_what_tinydb_writes_between_two_runs_is_there(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(records.contact(),)), records.now)
    store.close()
    with TinyDB(folder / "sessions.json") as plain:
        plain.table("contacts").insert({"name": "Bo Lund", "id": "c2"})
    store = TinyStore.open(folder)
    assert store.contact("c2") == Contact("c2", name="Bo Lund")
    assert store.notes == []
    store.close()


def test_keys_we_do_not_know_are_kept_when_a_record_is_written_again(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(records.contact(),)), records.now)
    store.close()
    _edit(folder, lambda tables: tables["contacts"]["1"].update(score=7, from_a_later_version={"a": [1]}))
    store = TinyStore.open(folder)
    contact = store.contact(records.contact().id)
    store.commit(Change(contacts=(replace(contact, role="Owner"),)), records.now)
    store.close()
    with TinyDB(folder / "sessions.json") as plain:
        (document,) = plain.table("contacts").all()
        assert (document["score"], document["from_a_later_version"], document["role"]) == (
            7,
            {"a": [1]},
            "Owner",
        )


def test_once_indexed_neither_look_up_nor_commit_goes_through_every_record(folder, records, monkeypatch):
    store = TinyStore.open(folder)
    change = Change((records.contact(),), (records.call(),), state={"rep": {"id": "r"}})
    store.commit(change, records.now)
    store.close()
    store = TinyStore.open(folder)
    store.index()
    monkeypatch.setattr("tui.storage.rows.Rows.heads", None)
    contact = store.contact(records.contact().id)
    (call,) = store.calls(contact.id)
    steps = {contact.id: records.step()}
    again = Change((replace(contact, role="Owner"),), (replace(call, answers={}),), next_steps=steps)
    store.commit(again, records.now)
    assert store.contact(contact.id).role == "Owner"
    store.close()


def test_a_record_that_cannot_be_used_is_told_once_and_stays_in_the_file(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(calls=(records.call(), replace(records.call(), id="k2"))), records.now)
    store.close()
    _edit(folder, lambda tables: tables["calls"]["2"].update({"is": "sold"}))
    store = TinyStore.open(folder)
    for _ in range(2):
        assert [call.id for call in store.calls()] == [records.call().id]
        assert store.call("k2") is None
    (note,) = store.notes
    assert "One record of calls" in note
    assert "k2: `is` is no category" in note
    store.close()
    assert json.loads((folder / "sessions.json").read_text())["calls"]["2"]["is"] == "sold"


def test_documents_that_are_no_records_are_passed_over(folder, records):
    store = TinyStore.open(folder)
    store.commit(
        Change(
            contacts=(records.contact(),),
            state={"a": {"b": 1}},
            next_steps={"c1": records.step()},
            policy_hash="p",
        ),
        records.now,
    )
    store.close()

    def spoil(tables):
        tables["contacts"]["8"] = {"name": "without an id"}
        tables["contacts"]["9"] = {"id": 5}
        tables["state"]["8"] = {"key": "a2", "value": [1]}
        tables["next_steps"]["8"] = {"contact_id": "c2", "policy": "p", "action": "sing", "kind": "fresh"}
        tables["next_steps"]["9"] = {"contact_id": "c3", "policy": "p", "action": "call", "kind": ["fresh"]}
        tables["next_steps"]["10"] = {"policy": "p", "action": "call", "kind": "fresh", "why": "x"}

    _edit(folder, spoil)
    store = TinyStore.open(folder)
    assert list(store.contact_ids()) == [records.contact().id]
    assert len(list(store.contacts())) == 1
    assert store.state("a2") == {"not an object": [1]}  # whoever reads it sees that it is not ours
    assert store.next_steps("p") == {"c1": records.step()}
    store.close()


def test_next_steps_may_be_deleted_at_any_time(folder, records):
    store = TinyStore.open(folder)
    change = Change(contacts=(records.contact(),), next_steps={"c1": records.step()}, policy_hash="p")
    store.commit(change, records.now)
    store.close()
    _edit(folder, lambda tables: tables.pop("next_steps"))
    store = TinyStore.open(folder)
    assert store.next_steps("p") == {}
    store.commit(change, records.now)
    assert store.next_steps("p") == {"c1": records.step()}
    store.close()


def test_one_commit_is_one_line_of_the_journal_and_a_repeat_is_none(folder, records):
    store = TinyStore.open(folder)
    change = Change(
        contacts=(records.contact(),),
        calls=(records.call(),),
        sessions=(records.session(),),
        state={"running": {"a": 1}},
        next_steps={"c1": records.step()},
        policy_hash="p",
    )
    for _ in range(3):
        store.commit(change, records.now)
    store.commit(Change(), records.now)
    assert (folder / "sessions.json.journal").read_bytes().count(b"\n") == 1
    store.close()


def test_a_store_nobody_wrote_to_leaves_no_data_file(folder):
    TinyStore.open(folder).close()
    assert not (folder / "sessions.json").exists()


def test_opening_and_closing_alone_writes_nothing(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(records.contact(),)), records.now)
    store.close()
    before = (folder / "sessions.json").stat().st_mtime_ns
    TinyStore.open(folder).close()
    assert (folder / "sessions.json").stat().st_mtime_ns == before


def test_a_reader_of_a_folder_that_is_not_there_finds_nothing_and_makes_nothing(folder):
    store = TinyStore.open(folder, read_only=True)
    assert list(store.contacts()) == []
    assert not folder.exists()
    with pytest.raises(NotSaved, match="reading only"):
        store.commit(Change(state={"a": {"b": 1}}), None)


def test_a_file_of_a_newer_program_is_refused_and_left_alone(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(records.contact(),)), records.now)
    store.close()
    _edit(folder, lambda tables: tables["meta"]["1"].update(schema=SCHEMA + 1))
    before = (folder / "sessions.json").read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=rf"\(format {SCHEMA + 1}; this one knows {SCHEMA}\)"):
            TinyStore.open(folder, read_only)
    assert (folder / "sessions.json").read_bytes() == before


def test_a_file_of_an_older_format_is_migrated_in_one_commit_a_step(folder, records, monkeypatch):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(records.contact(),)), records.now)
    store.close()

    def role_for_everybody(tables):
        (key,) = tables["contacts"].keys_now()
        return {"contacts": {key: dump({**tables["contacts"][str(key)], "role": "Migrated"})}}

    monkeypatch.setattr(migrations, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(migrations, "MIGRATIONS", {SCHEMA: role_for_everybody})
    reader = TinyStore.open(folder, read_only=True)
    assert reader.contact(records.contact().id).role == "Migrated"
    assert (folder / "sessions.json.journal").read_bytes() == b""
    store = TinyStore.open(folder)
    assert store.contact(records.contact().id).role == "Migrated"
    store.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", {})
    TinyStore.open(folder).close()
    assert json.loads((folder / "sessions.json").read_text())["meta"]["1"] == {"schema": SCHEMA + 1}


def test_a_file_without_a_format_is_the_first_format(folder):
    folder.mkdir()
    with TinyDB(folder / "sessions.json") as plain:
        plain.table("contacts").insert({"id": "c1", "name": "Ann"})
    store = TinyStore.open(folder)
    assert store.contact("c1").name == "Ann"
    store.close()


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match=str(tmp_path / "data")):
        TinyStore.open(tmp_path / "data")


def test_reading_the_steps_leaves_the_collector_as_it_was(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(next_steps={"c1": records.step()}, policy_hash="p"), records.now)
    store.next_steps("p")
    assert gc.isenabled()
    store.close()


def test_equal_parts_of_steps_are_kept_once(folder, records):
    store = TinyStore.open(folder)
    steps = {f"c{number}": replace(records.step(), tries=number) for number in range(3)}
    store.commit(Change(next_steps=steps, policy_hash="p"), records.now)
    first, second, _ = store.next_steps("p").values()
    assert first.why is second.why
    assert first.used_reasons is second.used_reasons


def test_steps_that_differ_in_their_moment_alone_keep_their_own(folder, records):
    step = records.step()
    dues = [records.now + timedelta(minutes=minute) for minute in range(3)]
    steps = {f"c{place}": replace(step, due=due) for place, due in enumerate([*dues, None, dues[0]])}
    store = TinyStore.open(folder)
    store.commit(Change(next_steps=steps, policy_hash="p"), records.now)
    store.close()
    store = TinyStore.open(folder)
    read = store.next_steps("p")
    assert read == steps
    assert read["c0"] is read["c4"]
    store.close()


def _three_calls(folder, records):
    """The store opened afresh, with calls of three contacts: one was moved, one stands under an id nobody sees."""
    store = TinyStore.open(folder)
    before = replace(records.call(), id="k1", contact_id="c1")
    moved = replace(records.call(), id="k2", contact_id="c2", revisions=(replace(before, id="k2"),))
    odd = replace(records.call(), id="k3", contact_id="c\x07 1")
    store.commit(Change(calls=(before, moved, odd)), records.now)
    store.close()
    return TinyStore.open(folder)


@pytest.mark.parametrize("written", [False, True])
def test_calls_of_one_contact_are_the_same_before_and_after_all_are_indexed(folder, records, written):
    store = _three_calls(folder, records)
    if written:
        store.commit(Change(calls=(replace(records.call(), id="k4", contact_id="c2"),)), records.now)
    whose = ["c1", "c2", "c", "", 'c"1', "c 1"]
    before = [[call.id for call in store.calls(one)] for one in whose]
    store.index()
    assert [[call.id for call in store.calls(one)] for one in whose] == before
    assert before[:3] == [["k1"], ["k2", "k4"] if written else ["k2"], []]
    store.close()


def test_a_few_questions_make_no_index_and_many_do(folder, records, monkeypatch):
    store = TinyStore.open(folder)
    people = [f"c{place}" for place in range(20)]
    store.commit(
        Change(calls=tuple(replace(records.call(), id=f"k{one}", contact_id=one) for one in people)),
        records.now,
    )
    store.close()
    store = TinyStore.open(folder)
    made = []
    find = Calls._find_keys_of
    monkeypatch.setattr(Calls, "_find_keys_of", lambda self: made.append(1) or find(self))
    assert [call.id for call in store.calls("c7")] == ["kc7"]
    assert not made
    assert [[call.id for call in store.calls(one)] for one in people] == [[f"k{one}"] for one in people]
    assert made == [1]
    store.close()


def test_next_steps_are_found_whatever_the_contact_is_called(folder, records):
    names = ["plain", 'quo"te', "back\\slash", "é"]
    store = TinyStore.open(folder)
    store.commit(Change(next_steps={name: records.step() for name in names}, policy_hash="p"), records.now)
    store.close()
    _edit(
        folder,
        lambda tables: tables["next_steps"].update({"9": {"policy": "p", **tables["next_steps"]["1"]}}),
    )
    for _ in range(2):
        store = TinyStore.open(folder)
        assert store.next_steps("p") == {name: records.step() for name in names}
        assert store.next_steps("other") == {}
        store.close()
    store.close()


def test_stamps_stay_later_when_the_clock_is_set_back_between_two_starts(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(Contact("c1", role="Buyer"),), state={"rep": {"id": "sam"}}), records.now)
    first = store.contact("c1").stamps["role"]
    store.close()
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(Contact("c2", role="Owner"),)), records.now - timedelta(hours=2))
    assert store.contact("c2").stamps["role"] > first
    store.close()


def test_a_plain_tinydb_reads_every_kind_of_record(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(same_person=(records.same_person(),), hash_keys=(records.hash_key(),)), records.now)
    store.commit(Change(forgotten=(records.forgotten(),)), records.now)
    store.close()
    with TinyDB(folder / "sessions.json") as plain:
        assert plain.table("same_person").all()[0]["same"] is False
        assert plain.table("hash_keys").all()[0]["key"] == "0f" * 32
        assert plain.table("forgotten").all()[0]["id"] == "c9"


def test_a_stamp_that_somebody_made_up_is_left_out(folder, records):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(replace(records.contact(), stamps={}),), origin="file"), records.now)
    store.close()
    _edit(folder, lambda tables: tables["contacts"]["1"].update(stamps={"role": "zzz", "company": 7}))
    store = TinyStore.open(folder)
    assert store.contact(records.contact().id).stamps == {}
    store.close()
