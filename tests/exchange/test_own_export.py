"""Our own export of contacts imports without loss of what it shows, and nobody becomes somebody else by it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.costly import costly
from tui.domain.contact import Basis, Contact, Number, Refusal, Source, Touch
from tui.domain.ids import uuid7
from tui.domain.promise_state import PlannedCall
from tui.domain.why import why
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.own_export import FORMAT
from tui.exchange.reading.plan import Built, build, plan_import
from tui.exchange.reading.row_to_contact import ImportedPlan
from tui.exchange.reading.table import read_table
from tui.exchange.writing import write_calls_csv, write_contacts_csv, write_jsonl
from tui.plaintext import clean, clean_text

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
WORDS = st.sampled_from(
    (
        *(
            "",
            "Ann",
            "Rossi, Ann",
            "O'Hara",
            "=1+1",
            "+44",
            "'tis",
            "x, y; z | q",
            "Müller",
            "no",
            "-",
            "Dr Ann",
        ),
        *("UTC", "phone 1", "12/01/2026", '"quoted"', "* vip", "myContacts", "Zürich\u200b"),
    )
)
LINE = WORDS.map(clean)
FIELD_NAMES = st.sampled_from(
    (
        *(
            "City",
            "priority",
            "phone 2",
            "Phone 3 - Value",
            "id",
            "status",
            "call_back",
            "notes2",
            "Do not call",
        ),
        *("list", "field: id", "source id", "Next activity date", "Fax", "planned call", "Country"),
        *("wrong numbers", "email 1"),
    )
)
NUMBERS = st.sampled_from(
    [
        Number("+442079460100", "+442079460100", "work"),
        Number("+442079460101", "+442079460101 ext. 7", "", "7"),
        Number("+12025550143", "+12025550143", "mobile"),
        Number("+393490123456", "+393490123456", "home"),
    ]
)


@st.composite
def people(draw: st.DrawFn) -> Contact:
    """A person as the store may hold one; what the export does not show is left at its beginning."""
    name = draw(LINE.filter(bool))
    numbers = draw(st.lists(NUMBERS, max_size=3, unique_by=lambda one: one.e164))
    fields = draw(st.dictionaries(FIELD_NAMES, LINE.filter(bool), max_size=4))
    note = clean_text(draw(st.sampled_from(["", "two lines\n-of notes", "=1", "12/01/2026"])))
    lists = draw(st.lists(st.sampled_from(["autumn", "Autumn, 2026", "a;b|c"]), max_size=2, unique=True))
    return Contact(
        id=uuid7(NOW),
        name=name,
        given=draw(LINE),
        family=draw(LINE),
        company=draw(LINE),
        role=draw(LINE),
        numbers=tuple(numbers),
        emails=tuple(
            draw(st.lists(st.sampled_from(["ann@acme.example", "b@x.example"]), max_size=2, unique=True))
        ),
        lists=tuple(lists),
        source=Source(
            draw(st.sampled_from(["autumn", "a, b"])), draw(st.sampled_from(["", "1", "2", "007"]))
        ),
        zone=draw(st.sampled_from(["", "Europe/Rome", "UTC"])),
        language=draw(st.sampled_from(["", "en", "it"])),
        owner=draw(LINE),
        tags=tuple(
            draw(st.lists(st.sampled_from(["vip", "* x", "a, b", "myContacts"]), max_size=3, unique=True))
        ),
        customer=draw(st.booleans()),
        priority=draw(st.sampled_from([0, 3, 99])),
        basis=draw(st.sampled_from([Basis(), Basis("consent", date(2026, 5, 3)), Basis("a fair")])),
        touched_at=draw(st.sampled_from([None, Touch(datetime(2026, 10, 2, 9, 5, tzinfo=UTC), "autumn")])),
        fields={**fields, **({"notes": note} if note else {})},
    )


PLANNED = datetime(2026, 11, 26, 15, tzinfo=UTC)


def moment(plan: ImportedPlan) -> datetime:
    return plan.at.replace(tzinfo=ZoneInfo(plan.zone)).astimezone(UTC)


def planned_for(person: Contact) -> PlannedCall | None:
    if person.priority != 3:
        return None
    return PlannedCall("p", person.id, PLANNED, "Europe/Rome", "minute", "autumn", NOW)


def exported(*persons: Contact) -> bytes:
    out = io.StringIO(newline="")
    write_contacts_csv(persons, out, planned_for)
    return out.getvalue().encode("utf-8-sig")


def back(data: bytes, name: str = "people.csv") -> Built:
    table = read_table(data, name)
    return build(table, guess(table), region="US", list_name="people", now=NOW)


def shown(person: Contact) -> Contact:
    """What an export shows of a person."""
    numbers = tuple(replace(number, raw="") for number in person.numbers)
    touched = person.touched_at and replace(person.touched_at, source="")
    bare = replace(person, created_at=None, import_id="", lists=person.lists or ("people",))
    return replace(bare, numbers=numbers, touched_at=touched)


def lines(*persons: Contact) -> bytes:
    out = io.StringIO(newline="")
    write_jsonl(persons, out, holds="contacts", made_at=NOW, notes_since=None, planned=planned_for)
    return out.getvalue().encode()


@costly
@given(st.lists(people(), min_size=1, max_size=5), st.sampled_from([exported, lines]))
def test_what_an_export_shows_comes_back(persons: list[Contact], written: Callable[..., bytes]) -> None:
    built = back(written(*persons))
    assert built.rejected == ()
    assert [shown(made.contact) for made in built.made] == [shown(one) for one in persons]
    assert [(plan.contact_id, moment(plan), plan.source) for plan in built.plans] == [
        (one.id, PLANNED, one.source.list) for one in persons if one.priority == 3
    ]
    assert exported(*built.contacts).count(b"\n") == exported(*persons).count(b"\n")


@costly
@given(
    st.lists(people().map(lambda one: replace(one, lists=one.lists or ("people",))), min_size=1, max_size=5)
)
def test_imported_where_it_was_made_it_changes_nobody(persons: list[Contact]) -> None:
    plan = plan_import(persons, back(exported(*persons)))
    assert (plan.created, plan.rejected, plan.repeated) == ((), (), ())
    assert [shown(one) for one in plan.updated] == [
        shown(one) for one in persons if one.id in {each.id for each in plan.updated}
    ]


ANN = Contact(uuid7(NOW), name="Ann Rossi", given="Ann", family="Rossi", source=Source("crm", "1"))
ANN = replace(ANN, numbers=(Number("+442079460100", label="work"),), lists=("crm",))


def edited(heading: str, value: str) -> bytes:
    rows = list(csv.reader(io.StringIO(exported(ANN).decode("utf-8-sig"))))
    rows[1][rows[0].index(heading)] = value
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def test_the_headings_carry_our_id_the_list_and_its_id() -> None:
    header, row = list(csv.reader(io.StringIO(exported(ANN).decode("utf-8-sig"))))
    said = dict(zip(header, row, strict=True))
    assert (said["id"], said["source list"], said["source id"]) == (ANN.id, "crm", "1")
    assert header[-1] == FORMAT


def test_a_colleague_gets_the_same_person_under_the_same_id() -> None:
    (created,) = plan_import((), back(exported(ANN))).created
    assert (created.id, created.source, created.lists) == (ANN.id, ANN.source, ANN.lists)


def test_who_is_renamed_and_moved_is_found_by_our_id() -> None:
    plan = plan_import((ANN,), back(edited("name", "Ann Rossi-Bell")))
    assert [one.id for one in plan.updated] == [ANN.id]


def test_a_copied_row_about_somebody_else_is_somebody_else() -> None:
    rows = list(csv.reader(io.StringIO(exported(ANN).decode("utf-8-sig"))))
    zed = dict(zip(rows[0], rows[1], strict=True)) | {
        "name": "Zed Ono",
        "given name": "Zed",
        "family name": "Ono",
    }
    zed |= {"phone 1": "+442079460199", "source id": ""}
    out = io.StringIO(newline="")
    csv.writer(out).writerows([*rows, list(zed.values())])
    plan = plan_import((), back(out.getvalue().encode()))
    assert [(one.name, one.first_number) for one in plan.created] == [
        ("Ann Rossi", "+442079460100"),
        ("Zed Ono", "+442079460199"),
    ]
    assert len({one.id for one in plan.created}) == 2


@pytest.mark.parametrize("broken", ["", "7", "not-an-id", "=1+1", "{}"])
def test_a_broken_id_is_no_id(broken: str) -> None:
    (created,) = plan_import((), back(edited("id", broken))).created
    assert created.id not in {broken, ANN.id}
    assert created.source == ANN.source


def test_a_fax_kept_as_a_field_rings_nowhere() -> None:
    kept = replace(ANN, fields={"Business Fax": "+442079460188", "phone 2": "ask at the desk"})
    (made,) = back(exported(kept)).contacts
    assert [number.e164 for number in made.numbers] == ["+442079460100"]
    assert made.fields == kept.fields


def test_a_refusal_and_a_wrong_number_come_back() -> None:
    wrong = Number("+442079460199", bad=True)
    told = replace(ANN, numbers=(*ANN.numbers, wrong), do_not_call=Refusal("asked on the phone"))
    (made,) = back(exported(told)).contacts
    assert "asked on the phone" in made.do_not_call.why
    assert [(number.e164, number.bad) for number in made.numbers] == [
        ("+442079460100", False),
        ("+442079460199", True),
    ]
    assert "wrong numbers" not in made.fields


@pytest.mark.parametrize(
    ("why", "back_again"),
    [
        ("opted out in e.csv", "opted out in e.csv"),
        ("opted out in e.csv: Denied", "opted out in e.csv: Denied"),
        ("opted out in g.csv: opted out in f.csv: opted out in e.csv", "opted out in e.csv"),
        ("opted out in f.csv: opted out in e.csv: in May: no", "opted out in e.csv: in May: no"),
        ("in a call", "opted out in people.csv: in a call"),
    ],
)
def test_a_reason_that_was_exported_is_not_said_again_around_itself(why: str, back_again: str) -> None:
    (ann,) = back(exported(replace(ANN, do_not_call=Refusal(why)))).contacts
    assert ann.do_not_call.why == back_again
    (again,) = back(exported(ann), "later.csv").contacts
    assert again.do_not_call.why == back_again


def test_numbers_nobody_calls_come_back_as_such_out_of_lines_too() -> None:
    wrong = Number("+442079460199", bad=True)
    barred = Number("+442079460198", barred=why("number_refused", noted="asked"))
    told = replace(ANN, numbers=(*ANN.numbers, wrong, barred), do_not_call=Refusal("asked on the phone"))
    (made,) = back(lines(told)).contacts
    assert made.do_not_call
    assert [one.e164 for one in made.numbers if not one.bad and not one.barred] == ["+442079460100"]
    assert len(made.numbers) == 3


def test_it_says_what_it_does_not_carry() -> None:
    assert any("carries no calls" in note for note in back(exported(ANN)).notes)


def test_a_later_format_and_an_export_of_calls_are_refused() -> None:
    later = exported(ANN).replace(FORMAT.encode(), b"power hour format 99")
    with pytest.raises(ImportRefused, match="newer Power Hour"):
        back(later)
    with pytest.raises(ImportRefused, match="newer Power Hour"):
        back(lines(ANN).replace(b'"schema":3', b'"schema":99'))
    with pytest.raises(ImportRefused, match="export of calls"):
        back(b'{"kind":"export","schema":2}\n{"kind":"call","id":"k1","name":"Ann"}\n')
    out = io.StringIO(newline="")
    write_calls_csv((), {}, out, notes_since=None)
    with pytest.raises(ImportRefused, match="export of calls"):
        back(out.getvalue().encode() + b"1,2026-11-23,r,out,phone,talked,x,c,Ann,Acme,+442079460100\n")
