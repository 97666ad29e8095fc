"""One table of a person's fields: what is typed is stored, shown, exported, read back and found."""

import io

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tui.domain.contact import Basis, Contact
from tui.domain.identity.matching import merge_contact
from tui.domain.identity.person_fields import PERSON_FIELDS, value_named
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.headings.headers import meaning_of
from tui.exchange.reading.plan import build
from tui.exchange.reading.table import read_table
from tui.exchange.writing import write_contacts_csv
from tui.settings.settings import Settings
from tui.storage.protocol import Change

WALKS = {
    "name": ("Ann Rossi", "Anna Rossi-Vale", "vale"),
    "company": ("Acme Tools", "Acme & Sons", "sons"),
    "role": ("Buyer", "Head of buying", "buying"),
    "number": ("+44 20 7946 0150", "+44 20 7946 0177", "0177"),
    "email": ("ann@acme.example", "ann.rossi@acme.example", "ann.rossi@"),
    "tags": ("vip, trade fair", "vip, retail", "retail"),
    "owner": ("Sam Vale", "Kim Dale", "dale"),
    "language": ("en", "Italian", "language:it"),
    "zone": ("Europe/London", "America/Chicago", "zone:chicago"),
    "priority": ("3", "9", "priority:9"),
    "customer": ("no", "yes", "customer:yes"),
    "open_problem": ("two vans late", "a wrong bill", "bill"),
    "basis": ("referral", "consent", "basis:consent"),
    "lists": ("fair, spring", "spring", "list:spring"),
    "note": ("asks for Eva", "asks for Zoe", "zoe"),
}
"""What is typed in `add`, what the rep makes of it later, and what then finds it."""
STORED = {
    "lists": ("added by hand, fair, spring", "spring"),
    "language": ("en", "it"),
    "customer": ("", "yes"),
    "number": ("+442079460150", "+442079460177"),
}
"""What the record holds where it is not the text as typed."""
IN_WORDS = {
    "number": "+44 20 7946 0177",
    "basis": "they agreed to it",
    "language": "Language: Italian",
    "zone": "Time zone: Chicago",
}
"""How the card says what the record holds."""
FORM = [field for field in PERSON_FIELDS if field.write]


def stored(field_id: str, turn: int) -> str:
    """The text of the record after the first (0) or the second (1) entry."""
    return STORED.get(field_id, WALKS[field_id])[turn]


def first_value(field, contact: Contact) -> str:
    """Numbers and e-mails grow by what is typed; the typed one comes first."""
    values = field.values(contact)
    return values[0] if field.id in ("number", "email") and values else field.shown(contact)


def on_the_card(view) -> str:
    return "\n".join([view.name, view.about, *(f"{label}: {text}" for label, text in view.lines)])


def there_and_back(contact: Contact, now) -> Contact:
    out = io.StringIO()
    write_contacts_csv([contact], out)
    table = read_table(out.getvalue().encode("utf-8-sig"), "export.csv")
    return build(table, guess(table), region="GB", list_name="back", now=now).contacts[0]


def test_every_field_of_the_form_is_walked() -> None:
    assert set(WALKS) == {field.id for field in FORM}


async def test_the_form_of_a_person_offers_the_table(bench) -> None:
    from tui.screens.fields import new_person

    assert [line.id for line in new_person()] == [field.id for field in FORM]
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    editable = bench.cockpit.card.view(ann.id).editable
    assert [(line.id, line.label) for line in editable] == [(field.id, field.label) for field in FORM]


@pytest.mark.parametrize("field", FORM, ids=lambda field: field.id)
async def test_what_is_typed_of_a_person_goes_all_the_way(bench, field) -> None:
    bench.people("Bo Lund")
    await bench.cockpit.open()
    before = {"name": "Ann Rossi", field.id: WALKS[field.id][0]}
    await bench.cockpit.people.add(before)
    (ann,) = (c for c in bench.store.contacts() if "added by hand" in c.lists)
    assert first_value(field, ann) == stored(field.id, 0)

    await bench.cockpit.people.edit(ann.id, {field.id: WALKS[field.id][1]})
    ann = bench.store.contact(ann.id)
    assert first_value(field, ann) == stored(field.id, 1)
    card = on_the_card(bench.cockpit.card.view(ann.id))
    assert IN_WORDS.get(field.id, stored(field.id, 1)) in card

    back = there_and_back(ann, bench.clock.now())
    assert field.values(back) == field.values(ann)

    view = await bench.cockpit.queue.filter(WALKS[field.id][2])
    queue = view.queue
    found = {row.contact_id for row in (*queue.ready, *queue.later, *queue.held)}
    assert found == {ann.id}


async def test_who_was_written_down_by_hand_comes_from_no_list(bench) -> None:
    bench.people("Bo Lund")
    await bench.cockpit.open()
    await bench.cockpit.people.add({"name": "Ann Rossi", "number": "+44 20 7946 0150"})
    lines = dict(bench.cockpit.card.view(bench.contact("Ann Rossi").id).lines)
    assert lines["Number from"] == "written down by hand, since 23 November 2026"


@pytest.mark.parametrize(
    ("field_id", "typed", "said"),
    [
        ("zone", "Mars/Base", "time zone"),
        ("language", "Elvish", "language"),
        ("priority", "high", "priority"),
        ("customer", "perhaps", "yes or no"),
    ],
)
async def test_what_is_not_understood_is_said_and_the_rest_is_kept(bench, field_id, typed, said) -> None:
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    view = await bench.cockpit.people.edit(ann.id, {field_id: typed, "role": "Buyer"})
    assert typed in view.notice.text
    assert said in view.notice.text
    assert bench.store.contact(ann.id).role == "Buyer"


async def test_an_emptied_line_empties_the_field_and_an_import_does_not_bring_it_back(bench) -> None:
    await bench.cockpit.open()
    typed = {field_id: first for field_id, (first, _, _) in WALKS.items()}
    await bench.cockpit.people.add({**typed, "customer": "yes"})
    ann = bench.contact("Ann Rossi")
    await bench.cockpit.people.edit(
        ann.id, {field.id: "" for field in FORM if field.id not in ("name", "number")}
    )
    emptied = bench.store.contact(ann.id)
    filled = {field.id for field in FORM if field.values(emptied)}
    assert filled == {"name", "number"}
    incoming = replace(emptied, customer=True, basis=Basis("consent"), priority=3)
    merged = merge_contact(emptied, incoming).contact
    assert (merged.customer, merged.basis, merged.priority) == (False, Basis(), 0)


def test_every_heading_of_the_export_is_read_by_our_import_as_the_same_field() -> None:
    named = {field.heading: field.meaning for field in PERSON_FIELDS if field.heading}
    assert {heading: meaning_of(heading).value for heading in named} == named


def test_a_column_is_found_by_its_name_however_it_is_written() -> None:
    ann = Contact("a", fields={"Last Order": "May 2026"}, tags=("vip",), role="Buyer")
    assert [value_named(ann, name) for name in ("last order", "last_order", "Tags", "job title", "city")] == [
        *("May 2026", "May 2026", "vip", "Buyer", ""),
    ]


async def test_a_card_field_is_any_column_or_field_in_any_spelling(make_bench) -> None:
    settings = Settings(zone="Europe/London", card_fields=("city", "last_order", "tags", "job title"))
    bench = make_bench(settings)
    bench.people("Ann Rossi", fields={"City": "York", "Last order": "May"}, tags=("vip",), role="Buyer")
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 5)
    card = dict(view.card.lines)
    assert [card.get(name) for name in ("City", "Last order", "Tags", "Job title")] == [
        "York",
        "May",
        "vip",
        "Buyer",
    ]


async def test_the_columns_of_an_import_are_named_in_the_words_of_the_form(bench, tmp_path) -> None:
    file = tmp_path / "people.csv"
    header = "First name,Surname,Job title,Time zone,Mobile,Open ticket,Follow up,Shoe size"
    file.write_text(f"{header}\nAnn,Rossi,Buyer,Europe/London,+44 20 7946 0150,,,\n")
    await bench.cockpit.open()
    assert [words for _, words in bench.cockpit.importing.look(file).columns] == [
        *("First name", "Last name", "Role", "Time zone", "Number (mobile)", "Problem"),
        *("Planned call", "Kept under its heading"),
    ]


async def test_the_company_stands_beside_a_first_name_on_the_page_as_in_the_queue(bench):
    ann = replace(bench.people("Ann Rossi")[0], name="", family="", role="Buyer", company="Acme Tools")
    bench.store.commit(Change(contacts=(ann,)), bench.clock.now())
    view = await bench.cockpit.open()
    page = bench.cockpit.card.view(ann.id)
    assert (page.name, page.about) == ("Ann", "Buyer, Acme Tools")
    assert [(row.name, row.company) for row in view.queue.ready] == [("Ann", "Acme Tools")]


async def test_a_number_stands_on_its_line_as_on_the_card_and_saving_it_so_changes_nothing(bench) -> None:
    (ann,) = bench.people("Ann Rossi")
    labelled = replace(ann, numbers=(replace(ann.numbers[0], label="office", raw="020 7946 0100"),))
    bench.store.commit(Change(contacts=(labelled,)), bench.clock.now())
    await bench.cockpit.open()
    person = bench.cockpit.card.view(ann.id)
    (line,) = (field.value for field in person.editable if field.id == "number")
    assert line == (await call_selected(bench.cockpit)).card.number != ann.numbers[0].e164
    await bench.cockpit.people.edit(ann.id, {field.id: field.value for field in person.editable})
    assert bench.store.contact(ann.id).numbers == labelled.numbers
