"""Which columns hold numbers people answer: those of diallers and switchboards too, never a fax or a pager."""

from __future__ import annotations

import pytest

from tests.exchange.conftest import Import
from tests.rows import each
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.headings.headers import Meaning, label_of, meaning_of
from tui.exchange.reading.headings.words import listed
from tui.exchange.reading.table import read_table

NUMBERS = "020 7946 0018", "020 7946 0019"


def held_by(heading: str, *cells: str) -> str:
    """What a column with this heading and these cells is taken for, beside a name and a number."""
    rows = [f'Per Son{n},07700 90010{n},"{cell}"' for n, cell in enumerate(cells)]
    mapping = guess(read_table("\n".join([f'Name,Phone,"{heading}"', *rows, ""]).encode(), "typed.csv"))
    return mapping.columns[2].meaning.value


NUMBER_COLUMNS = {
    "": """
        Phone1, number1, number 3, PHONE_02, phoneNumber3, Contact No, Contact number, Number (Contact
        Numbers), Telefono2""",
    "work": """
        workphone, Business2, officenumber, TelWork, OFFICE_TEL, businessphone2, Office 2, telefonoufficio,
        Numero ufficio, Büronummer, Tel. geschäftlich, telbureau, Diensttelefon, Geschäftsnummer, Teléfono
        trabajo""",
    "home": """
        homephone, homenumber, Home, Privatnummer, Privattelefon 2, Téléphone fixe""",
    "mobile": """
        mobilenumber, Mobile2, Cell2, Mobile No., Numero cellulare, Handynr., Mobilnummer 2, Numéro
        portable, movil2""",
    "other": """
        othernumber, Other, altnumber""",
    "direct": """
        Direct dial, Direct line""",
    "main": """
        Main number, Haupttelefon""",
}
"""Headings of number columns by the label of their numbers: half of them spellings that no example gave."""


@each(
    ("heading", "label"),
    [(heading, label) for label, headings in NUMBER_COLUMNS.items() for heading in listed(headings)],
)
def test_the_columns_of_diallers_and_switchboards_hold_numbers(heading: str, label: str) -> None:
    assert held_by(heading, *NUMBERS) == "phone"
    assert label_of(heading) == label


@each(
    "heading",
    [
        *(
            "Fax",
            "BusinessFax",
            "HomeFax",
            "faxnumber",
            "fax2",
            "Fax No",
            "Work Fax Number",
            "Telefax",
            "faxnummer",
        ),
        *(
            "Numero fax",
            "Numéro de télécopie",
            "Pager",
            "pagernumber",
            "Pager 2",
            "Beeper",
            "Cercapersone",
            "TTY/TDD Phone",
            "Dienstfax",
            "Texttelefon",
        ),
    ],
)
def test_a_fax_or_a_pager_is_never_called_and_never_offered(heading: str) -> None:
    assert held_by(heading, *NUMBERS) == "field"
    assert meaning_of(heading) is Meaning.FIELD
    table = read_table(f"Name,Phone,{heading}\nAnn,07700 900101,{NUMBERS[0]}\n".encode(), "typed.csv")
    assert guess(table).offered == ()


@each(
    ("heading", "cells"),
    [
        ("Business", ("Retail", "Bakery")),
        ("Home", ("York", "Leeds")),
        ("Other", ("likes tea", "")),
        ("Company number", ("01234567", "07654321")),
        ("Kontonummer", ("01234567", "07654321")),
        ("Flug-Nr", ("1234567", "7654321")),
        ("Number", ("1", "2")),
        ("Phone type", ("1", "2")),
        ("Is Primary Phone", ("1", "0")),
        ("Dial Time", ("10:00", "11:00")),
        ("Product line", ("A", "B")),
        ("No", ("1", "2")),
        ("homepage", ("a.example", "b.example")),
    ],
)
def test_what_only_looks_like_a_number_column_is_none(heading: str, cells: tuple[str, str]) -> None:
    assert held_by(heading, *cells) not in {"phone", "phone_label"}


def test_a_column_of_a_switchboard_that_is_blank_for_now_is_one_of_numbers_too(imported: Import) -> None:
    rows = "Ann,07700 900101,,020 7946 0018,020 7946 0020,020 7946 0021,\n"
    built = imported(text=f"FirstName,Mobile,Home,Business,Other,BusinessFax,Pager\n{rows}")
    numbers = [(number.e164, number.label) for number in built.contacts[0].numbers]
    assert numbers == [("+447700900101", "mobile"), ("+442079460018", "work"), ("+442079460020", "other")]
    table = read_table(f"FirstName,Mobile,Home,Business,Other\n{rows}".encode(), "typed.csv")
    assert [column.header for column in guess(table).of(Meaning.PHONE)] == [
        "Mobile",
        "Home",
        "Business",
        "Other",
    ]


@pytest.mark.parametrize("heading", ["Kontaktweg", "Reception", "Yard", "Z2"])
def test_a_column_of_nothing_but_numbers_is_offered(heading: str) -> None:
    text = f"Name,Phone,{heading},City\nAnn,07700 900101,020 7946 0018,York\nBo,07700 900102,,Leeds\n"
    mapping = guess(read_table(text.encode(), "typed.csv"))
    assert [column.header for column in mapping.offered] == [heading]


def test_ids_dates_and_flags_are_not_offered() -> None:
    text = (
        "Name,Phone,Account,Since,Flag,Order id\n"
        "Ann,07700 900101,1234567,2026-11-02,1,2025550147\nBo,07700 900102,7654321,2026-11-03,0,2025550148\n"
    )
    assert guess(read_table(text.encode(), "typed.csv")).offered == ()


@pytest.mark.parametrize(
    "cell", ["ab 18 020 7946 0018", "until 17.30 020 7946 0018", "after 6: 020 7946 0018"]
)
def test_a_country_that_is_answered_reads_a_number_behind_an_hour(imported: Import, cell: str) -> None:
    text = f"Name,Phone\nAda Quill,{cell}\n"
    assert imported(text=text, region="").need_country == (cell,)
    (number,) = imported(text=text, region="", asked="GB").contacts[0].numbers
    assert number.e164 == "+442079460018"
