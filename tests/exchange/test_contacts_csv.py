"""What a row's cells become in the contact."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tui.domain.contact import Basis, Contact
from tui.exchange.reading.plan import Built
from tui.exchange.reading.row_to_contact import ImportedPlan

Import = Callable[..., Built]


def by_name(built: Built) -> dict[str, Contact]:
    return {contact.shown_name: contact for contact in built.contacts}


def test_a_google_contact_keeps_everything_it_says(imported: Import) -> None:
    ann = by_name(imported("google_contacts.csv"))["Ann Rossi"]
    assert (ann.given, ann.family, ann.company, ann.role) == ("Ann", "Rossi", "Acme Tools", "Buyer")
    assert [(n.e164, n.label) for n in ann.numbers] == [
        ("+442079460100", "work"),
        ("+447700900123", "mobile"),
        ("+447700900124", "mobile"),
    ]
    assert ann.emails == ("ann@acme.example", "ann.rossi@home.example")
    assert ann.tags == ("Autumn customers",)
    assert ann.fields["notes"] == "Met at the fair.\nRing after Easter, not before."
    assert ann.fields["Phone 3 - Value"] == "+44 20 7946 0101"


def test_mobile_is_dialled_before_work_and_a_fax_never(imported: Import) -> None:
    eva = by_name(imported("outlook.csv"))["Eva Brandt"]
    assert [number.label for number in eva.dial_order] == ["mobile", "work", "work", "home", "home"]
    assert eva.fields["Business Fax"] == "020 7946 0135"


def test_who_the_file_marks_for_deletion_is_named_and_not_imported(imported: Import) -> None:
    built = imported("outlook.csv")
    assert "Dan Leaver" not in by_name(built)
    assert [(one.row, "'delete'" in one.reason) for one in built.rejected] == [(3, True)]


def test_a_contact_knows_its_list_and_its_id_there(imported: Import) -> None:
    nora = by_name(imported("pipedrive_persons.csv"))["Nora J. Whitcombe"]
    assert (nora.source.list, nora.source.external_id, nora.lists) == ("test", "7001", ("test",))
    assert nora.owner == "Sam Vale"


def test_a_company_line_without_a_person_is_a_contact_with_its_extension(imported: Import) -> None:
    line = by_name(imported("pipedrive_persons.csv"))["Untitled Org"]
    assert (line.name, line.company) == ("", "Untitled Org")
    assert [(n.e164, n.ext) for n in line.numbers] == [("+442079460143", "12")]


def test_a_person_without_a_number_is_a_contact_that_cannot_be_dialled_yet(imported: Import) -> None:
    ivy = by_name(imported("linkedin_connections.csv"))["Ivy Castellan"]
    assert ivy.dial_order == ()
    assert ivy.fields["Connected On"] == "01 Jul 2026"


def test_the_country_of_the_row_reads_its_numbers(imported: Import) -> None:
    optics = by_name(imported("salesforce_accounts.csv"))["Harbour Optics"]
    assert [number.e164 for number in optics.numbers] == ["+12025550153"]


def test_a_code_in_its_own_column_goes_before_the_number(imported: Import) -> None:
    people = by_name(imported("lead_loader.txt"))
    assert [number.e164 for number in people["BEA SAMPLE"].numbers] == ["+442079460018"]
    assert [number.e164 for number in people["ADA Q EXAMPLE"].numbers] == ["+12025550111", "+12025550112"]
    area = imported(text="Name,Vorwahl,Telefon,Ext\nAnn Rossi,020,7946 0100,7\n")
    assert [(n.e164, n.ext) for n in area.contacts[0].numbers] == [("+442079460100", "7")]


def test_every_spelling_of_an_opt_out_stops_the_calls(imported: Import) -> None:
    people = by_name(imported("opt_outs.csv"))
    callable_people = [name for name, person in people.items() if not person.do_not_call]
    assert callable_people == ["Mia Voss", "Ned Orr", "Pat Quill"]
    assert people["Ann Rossi"].do_not_call.why == "opted out in opt_outs.csv"
    assert people["Jo Marsh"].do_not_call.why == "opted out in opt_outs.csv: asked us in March never to ring"


@pytest.mark.parametrize("name", ["italiano.csv", "deutsch.csv", "espanol.csv", "francais.csv"])
def test_an_opt_out_is_understood_in_the_language_of_the_file(imported: Import, name: str) -> None:
    people = imported(name).contacts
    assert people[-1].do_not_call.why == f"opted out in {name}"
    assert people[0].do_not_call.why == ""


def test_one_of_several_opt_out_columns_is_enough(imported: Import) -> None:
    built = imported(text="Name,Do not call,Do not contact\nAnn Rossi,no,yes\nBo Lund,,no\n")
    assert [bool(contact.do_not_call) for contact in built.contacts] == [True, False]


def test_an_opt_out_of_email_does_not_stop_the_calls(imported: Import) -> None:
    assert by_name(imported("hubspot_contacts.csv"))["Cy Park"].do_not_call.why == ""


def test_a_call_back_date_becomes_a_plan_in_the_customers_time(imported: Import) -> None:
    built = imported("call_backs.csv")
    ids = {contact.name: contact.id for contact in built.contacts}
    assert built.plans == (
        ImportedPlan(ids["Ann Rossi"], datetime(2026, 11, 24, 15), "minute", "Europe/London", "test"),
        ImportedPlan(ids["Bo Lund"], datetime(2026, 11, 25), "day", "Europe/London", "test"),
        ImportedPlan(ids["Eva Brandt"], datetime(2026, 11, 26, 15), "minute", "Europe/Berlin", "test"),
    )


def test_a_call_back_that_is_no_date_or_long_past_is_kept_and_named(imported: Import) -> None:
    built = imported("call_backs.csv")
    people = by_name(built)
    assert people["Fay Osei"].fields["call_back"] == "after Easter"
    assert people["Dee Wu"].fields["call_back"] == "2019-01-05"
    assert [row for row, _ in built.remarks] == [5, 6]
    assert "'after Easter' cannot be read" in built.remarks[0][1]


def test_what_was_there_of_a_history_is_kept_under_fixed_names(imported: Import) -> None:
    people = by_name(imported("hubspot_contacts.csv"))
    touch = people["Cy Park"].touched_at
    assert (touch.at.date().isoformat(), touch.source) == ("2026-10-02", "test")
    assert "last_called" not in people["Cy Park"].fields
    assert people["Cy Park"].fields["status"] == "Open"


def test_zone_and_language_are_understood_or_kept_and_named(imported: Import) -> None:
    built = imported("hubspot_contacts.csv")
    people = by_name(built)
    assert (people["Dee Wu"].zone, people["Dee Wu"].language) == ("America/New_York", "en")
    assert (people["Jo Marsh"].zone, people["Jo Marsh"].fields["Time zone"]) == ("", "Mars/Olympus")
    assert [text for _, text in built.remarks] == [
        "the time zone 'Mars/Olympus' is not known",
        "the language 'Klingon' is not known",
    ]


def test_customer_and_open_problem_are_read(imported: Import) -> None:
    built = imported(
        text="Name,Customer,Open problem,Priority\n"
        "Ann Rossi,yes,two vans late,3\nBo Lund,no,no,\nEva Brandt,,yes,high\n"
    )
    read = [(c.customer, c.open_problem, c.priority, c.fields.get("Priority")) for c in built.contacts]
    assert read == [
        (True, "two vans late", 3, None),
        (False, "", 0, None),
        (False, "noted in typed.csv", 0, "high"),
    ]


def test_several_numbers_and_addresses_in_one_cell_are_taken_apart(imported: Import) -> None:
    built = imported("several_in_a_cell.csv")
    people = by_name(built)
    assert [(n.e164, n.label, n.ext) for n in people["Ann Rossi"].numbers] == [
        ("+447700900123", "mobile", ""),
        ("+442079460100", "work", "7"),
    ]
    assert people["Ann Rossi"].emails == ("ann@acme.example", "ann@home.example")
    assert [n.e164 for n in people["Dee Wu"].numbers + people["Cy Park"].numbers] == [
        "+442079460105",
        "+442079460106",
    ]


def test_a_number_that_cannot_be_dialled_is_kept_and_named(imported: Import) -> None:
    built = imported("several_in_a_cell.csv")
    assert by_name(built)["Fay Osei"].numbers[0].raw == "4.42079E+11"
    remarks = dict(built.remarks)
    assert "a spreadsheet shortened it" in remarks[5]
    assert "112: " in remarks[8]
    assert by_name(built)["Jo Marsh"].dial_order == ()


def test_a_row_that_is_nobody_says_what_it_lacks(imported: Import) -> None:
    text = "Name,Phone,City\nAnn Rossi,020 7946 0100,York\n,,Leeds\n,12,Hull\n,ask Ann,Bath\n"
    reasons = {one.row: one.reason for one in imported(text=text).rejected}
    assert reasons == {
        3: "it has no name, company, number or e-mail",
        4: "it has no name, company or e-mail, and 12: too short for its country",
        5: "it has no name, company or e-mail, and 'ask Ann' is no phone number",
    }


def test_cells_beyond_the_header_are_kept_and_mentioned(imported: Import) -> None:
    built = imported("ragged.csv")
    assert by_name(built)["Ann Rossi"].fields["Column 4"] == "extra cell"
    assert "more cells than the header" in dict(built.remarks)[2]
    assert {one.row: one.reason for one in built.rejected}[7] == "it repeats the header"


def test_a_row_read_without_its_quotes_says_so(imported: Import) -> None:
    assert "never closes" in dict(imported("torn_quote.csv").remarks)[3]


def test_nothing_in_a_contact_can_move_the_terminal(imported: Import) -> None:
    for contact in imported("terminal_tricks.csv").contacts:
        assert contact.shown_name.isprintable()
        assert contact.company.isprintable()
        assert "\u202e" not in contact.shown_name


def test_an_imported_contact_is_dated_and_has_an_id_of_its_own(imported: Import, now: datetime) -> None:
    contacts = imported("opt_outs.csv").contacts
    assert len({contact.id for contact in contacts}) == len(contacts)
    assert {contact.created_at for contact in contacts} == {now.astimezone(UTC)}


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("consent", "consent"),
        ("Freely given consent from contact", "consent"),
        ("Einwilligung", "consent"),
        ("Legitimate interest \u2013 prospect/lead", "legitimate interest"),
        ("Vertrag", "contract"),
        ("consent withdrawn", "consent withdrawn"),
        ("met at the fair", "met at the fair"),
        ("no", ""),
        ("", ""),
    ],
)
def test_only_plain_words_become_a_consent(imported: Import, cell: str, kind: str) -> None:
    (ann,) = imported(text=f"Name,Legal basis,Consent date\nAnn Rossi,{cell},3 May 2026\n").contacts
    assert ann.basis == Basis(kind, date(2026, 5, 3) if kind else None)


def test_a_phone_cell_without_a_number_is_told_and_the_row_is_taken(imported: Import) -> None:
    text = "Name,Phone,Fax\nVera Novak,not given,none\nBo Lund,020 7946 0100,-\nCy Park,-,\n"
    built = imported(text=text)
    assert built.remarks == ((2, "'not given' is no phone number"),)
