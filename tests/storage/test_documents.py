"""Records as JSON: the names promised to the outside, and patience with what people make of the file."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from tui.domain.call import Call, ScriptRef
from tui.domain.contact import Contact, Number, Preferences, Rep
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.storage.documents import (
    call_from_document,
    call_to_document,
    contact_from_document,
    contact_to_document,
    promise_from_document,
    promise_to_document,
)
from tui.storage.other_documents import (
    entry_from_document,
    entry_to_document,
    lean_call,
    lean_contact,
    plan_from_document,
    plan_to_document,
    rep_from_document,
    rep_to_document,
    session_from_document,
    session_to_document,
)
from tui.storage.steps import step_from_document, step_to_document
from tui.storage.team_documents import (
    forgotten_from_document,
    forgotten_to_document,
    hash_key_from_document,
    hash_key_to_document,
    same_person_from_document,
    same_person_to_document,
)
from tui.storage.values import DocumentError, day, dump, iso, load, moment

CONTACT_NAMES = """id rev edited_at created_at import_id name given family company role numbers emails lists source zone
language owner owner_id tags fields customer open_problem prefers remembered basis touched_at priority
pursuit pursuit_reason pursuit_since kept_at orders stamps"""
CALL_NAMES = """id rev edited_at contact_id session_id at rep direction channel dials outcome is notes answers
steps script reason_id promise owed acknowledged signals reason_code talk_s ready_s wrap_s keys
identify_s cancelled_at override lifted_at before after one_of revisions voided_at"""
SESSION_NAMES = "id rev edited_at rep started_at ended_at planned_s goal pauses state spent"


def test_the_names_promised_to_the_outside_are_all_there(records):
    contact, call = contact_to_document(records.contact()), call_to_document(records.call())
    assert set(contact) == set(CONTACT_NAMES.split())
    assert set(call) == set(CALL_NAMES.split())
    assert set(session_to_document(records.session())) == set(SESSION_NAMES.split())
    assert set(contact["numbers"][0]) == {"e164", "raw", "label", "ext", "bad"}
    assert set(contact["prefers"]) == {"every", "channel", "at", "since"}
    assert set(contact["source"]) == {"list", "external_id"}
    assert set(contact["touched_at"]) == {"at", "source"}
    assert set(contact["basis"]) == {"kind", "date"}
    assert set(call["dials"][0]) == {
        "number",
        "started_at",
        "answered_at",
        "ended_at",
        "disposition",
        "cause",
    }
    assert set(call["promise"]) == {"from", "until", "zone", "precision", "channel", "phrase", "words"}
    assert set(call["owed"]) == {"what", "due", "done_at"}
    assert set(call["script"]) == {"id", "version", "hash", "variant", "entry"}


def test_no_field_of_a_record_is_forgotten(records):
    # Why nobody calls a person stands in the do-not-call list, and only there.
    assert set(Contact.__struct_fields__) - {"do_not_call"} == set(contact_to_document(records.contact()))
    named = {name.removesuffix("_") for name in Call.__struct_fields__}
    assert named == set(call_to_document(records.call()))
    assert set(Session.__struct_fields__) == set(session_to_document(records.session()))


def test_records_survive_json(records):
    contact, call, session = records.contact(), records.call(), records.session()
    for lean in (dict, lean_contact):
        assert contact_from_document(load(dump(lean(contact_to_document(contact))))) == contact
    for lean in (dict, lean_call):
        assert call_from_document(load(dump(lean(call_to_document(call))))) == call
    assert session_from_document(load(dump(session_to_document(session)))) == session


def test_the_order_a_merge_goes_by_survives_json_and_what_is_no_order_is_left_out(records):
    person = replace(records.contact(), orders=(("emails", ("a@x", "b@x")), ("numbers", ("+44", "+45"))))
    document = load(dump(contact_to_document(person)))
    assert contact_from_document(document) == person
    strange = {**document, "orders": {"emails": 7, "shoes": ["a"], "tags": ["b"]}}
    assert contact_from_document(strange).orders == (("tags", ("b",)),)


def test_a_lean_document_keeps_the_names_every_reader_needs():
    bare = lean_contact(contact_to_document(Contact("c1")))
    assert bare == {
        "id": "c1",
        "rev": 0,
        "edited_at": None,
        "name": "",
        "company": "",
        "numbers": [],
        "lists": [],
    }
    assert contact_from_document(bare) == Contact("c1")
    now = datetime(2026, 11, 23, tzinfo=UTC)
    call = lean_call(call_to_document(Call("k1", "c1", now, "no_answer", Category.NO_ANSWER)))
    assert set(call) >= {"id", "contact_id", "at", "outcome", "is", "session_id", "rep", "dials", "talk_s"}
    assert "promise" not in call


def test_a_planned_call_survives_json(records):
    plan = records.plan()
    assert {name.strip("_") for name in PlannedCall.__struct_fields__} | {"until"} == set(
        plan_to_document(plan)
    )
    assert plan_from_document(load(dump(plan_to_document(plan)))) == plan
    with pytest.raises(DocumentError, match="`made_at`"):
        plan_from_document({**plan_to_document(plan), "made_at": None})


def test_a_rep_survives_json(records):
    rep = records.rep()
    assert set(Rep.__struct_fields__) == set(rep_to_document(rep))
    assert rep_from_document(load(dump(rep_to_document(rep)))) == rep


def test_an_entry_of_the_do_not_call_list_survives_json(records):
    entry = records.entry()
    assert set(Entry.__struct_fields__) == set(entry_to_document(entry))
    assert entry_from_document(load(dump(entry_to_document(entry)))) == entry
    bare = Entry("e1", records.now, records.now.date())
    assert set(entry_to_document(bare)) == {"id", "kind", "at", "on"}
    assert entry_from_document(entry_to_document(bare)) == bare
    with pytest.raises(DocumentError, match="`on`"):
        entry_from_document({**entry_to_document(bare), "on": "friday"})


def test_times_are_written_in_utc_and_read_from_any_zone():
    here = datetime(2026, 11, 23, 15, 1, tzinfo=timezone(timedelta(hours=1)))
    assert iso(here) == "2026-11-23T14:01:00+00:00"
    assert moment("2026-11-23T15:01:00+01:00") == here
    assert moment("2026-11-23T14:01:00Z").tzinfo is UTC
    assert moment("2026-11-23T14:01:00") == here
    assert moment("soon") is moment(5) is moment(None) is None
    assert moment("0001-01-01T00:00:00+14:00") is None
    with pytest.raises(ValueError, match="without a zone"):
        iso(datetime(2026, 11, 23))


def test_values_of_a_wrong_type_are_read_as_empty():
    odd = {
        "id": "c1",
        "rev": "7",
        "name": 5,
        "company": None,
        "numbers": [{"e164": 49}, "0170", {"raw": "x", "bad": "yes"}],
        "emails": "a@example.com",
        "prefers": [],
        "fields": {"Fleet": 12, "Depot": None, "More": ["x"]},
        "customer": "yes",
        "priority": 1.5,
        "basis": {"date": "tomorrow"},
        "edited_at": 12,
    }
    assert contact_from_document(odd) == Contact(
        "c1",
        name="5",
        numbers=(Number("49"), Number(raw="x")),
        fields={"Fleet": "12", "Depot": "", "More": ""},
    )


def test_a_missing_part_reads_as_the_default():
    document = {"id": "k1", "contact_id": "c1", "at": "2026-11-23T14:01:00Z", "is": "win"}
    at = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
    assert call_from_document(document) == Call("k1", "c1", at, "", Category.WIN)
    assert call_from_document({**document, "script": {}}).script == ScriptRef()
    assert contact_from_document({"id": "c1", "prefers": {"every": 30}}).prefers == Preferences(every=30)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"id": ""}, "id"),
        ({"contact_id": None}, "contact_id"),
        ({"at": "soon"}, "at"),
        ({"is": "sold"}, "is"),
        ({"is": ["win"]}, "is"),
        ({"promise": {"zone": "Europe/London"}}, "at"),
        ({"owed": {"what": "the offer", "due": "friday"}}, "owed.due"),
    ],
)
def test_a_call_without_what_it_needs_says_which_value(records, change, named):
    with pytest.raises(DocumentError, match=f"`{named}`"):
        call_from_document({**call_to_document(records.call()), **change})


def test_control_characters_of_a_hand_edited_file_are_gone_when_it_is_read():
    evil = {
        "id": "c1",
        "name": "Ann\x1b]52;c;ZXZpbA==\x07 Rossi\u202e",
        "company": "Acme\nTools",
        "fields": {"No\u200bte\x9b": "one\ntwo\x1b[2J"},
        "numbers": [{"raw": "020\x7f 7946"}],
    }
    for text in (json.dumps(evil), json.dumps(evil, ensure_ascii=False)):
        contact = contact_from_document(load(dump(json.loads(text))))
        assert contact.name == "Ann]52;c;ZXZpbA== Rossi"
        assert contact.company == "Acme Tools"
        assert contact.fields == {"Note": "one\ntwo[2J"}
        assert contact.numbers[0].raw == "020 7946"


def test_notes_keep_their_line_breaks(records):
    call = replace(records.call(), notes=(replace(records.call().notes[0], text="one\ntwo"),))
    assert call_from_document(load(dump(call_to_document(call)))).notes[0].text == "one\ntwo"


AT_TEN = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("older", "until"),
    [
        ({"at": "2026-11-24T09:00:00+00:00", "zone": "Europe/Rome", "precision": "minute"}, AT_TEN),
        (
            {"at": "2026-11-24T09:00:00+00:00", "zone": "Europe/Rome", "precision": "day"},
            datetime(2026, 11, 24, 23, tzinfo=UTC),
        ),
    ],
)
def test_a_promise_of_an_older_record_has_one_time_and_its_end_follows(older, until):
    promise = promise_from_document(older)
    assert (promise.from_, promise.until, promise.precision) == (AT_TEN, until, older["precision"])


@pytest.mark.parametrize(
    ("precision", "until"), [("part", AT_TEN.replace(hour=11)), ("range", AT_TEN.replace(hour=10))]
)
def test_a_promise_for_part_of_a_day_survives_the_record(precision, until):
    promise = Promise(AT_TEN, "Europe/Rome", precision, until=until)
    assert promise_from_document(load(dump(promise_to_document(promise)))) == promise


def test_a_promise_that_ends_before_it_begins_ends_as_its_precision_says():
    broken = {"from": "2026-11-24T09:00:00+00:00", "until": "2026-11-01T09:00:00+00:00", "zone": "UTC"}
    assert promise_from_document({**broken, "precision": "part"}).until == datetime(
        2026, 11, 24, 12, tzinfo=UTC
    )
    assert promise_from_document({**broken, "precision": "some day"}).precision == "minute"


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "1600-02-03T00:00:00"]
)
def test_a_time_no_clock_shows_is_no_time(text):
    assert moment(text) is None
    assert day(text[:10]) is None


@pytest.mark.parametrize("why", [[""], [[]], [{}], ["ab"], [[1]], [[None, "day"]], 3, [3], [[["a"]]]])
def test_a_derived_row_with_a_reason_that_is_none_is_left_out_and_stops_no_start(records, why):
    row = step_to_document("c1", records.step(), "p1") | {"why": why}
    with suppress(DocumentError):
        step_from_document(row)


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("same_person", same_person_to_document, same_person_from_document),
        ("forgotten", forgotten_to_document, forgotten_from_document),
        ("hash_key", hash_key_to_document, hash_key_from_document),
    ],
)
def test_what_makes_one_truth_of_several_survives_json(records, kind, written, read):
    record = getattr(records, kind)()
    document = written(record)
    assert set(record.__struct_fields__) == set(document)
    assert read(load(dump(document))) == record
    for name in ("id", "at"):
        with pytest.raises(DocumentError, match=f"`{name}`"):
            read({**document, name: None})


def test_what_cannot_be_a_key_or_two_ids_is_refused(records):
    with pytest.raises(DocumentError, match="no key"):
        hash_key_from_document({**hash_key_to_document(records.hash_key()), "key": "0f"})
    with pytest.raises(DocumentError, match="one id"):
        same_person_from_document({**same_person_to_document(records.same_person()), "other": "c7"})
