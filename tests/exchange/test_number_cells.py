"""What a cell of numbers holds, in the country of its row: each number, its extension, its remark; nothing is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.conftest import Import
from tests.rows import each
from tui.exchange.reading.number_cells import Where, numbers_in, read_cell

A, B, C = "+12025550143", "+12025550144", "+12025550145"
LONDON, LONDON_2 = "+442079460018", "+442079460019"
NO = ""

CELLS = [
    # Several in one cell.
    ("2025550143,2025550144", "US", [A, B]),
    ("202-555-0143, 202-555-0144 , 202-555-0145", "US", [A, B, C]),
    ("2025550143;2025550144", "US", [A, B]),
    ("202-555-0143/202-555-0144", "US", [A, B]),
    ("202-555-0143 / 202-555-0144", "US", [A, B]),
    ("T: 202-555-0143 M: 202-555-0144", "US", [A, B]),
    ("Tel 202-555-0143 Mobile 202-555-0144", "US", [A, B]),
    ("t.202-555-0143, m.202-555-0144", "US", [A, B]),
    ("Ufficio: 055 012 3456 Cell.: 333 123 4567", "IT", ["+390550123456", "+393331234567"]),
    ("B\u00fcro 030 23125018 Handy 0151 23456789", "DE", ["+493023125018", "+4915123456789"]),
    ("202-555-0143 & 202-555-0144", "US", [A, B]),
    ("202-555-0143&202-555-0144", "US", [A, B]),
    ("202-555-0143\n202-555-0144", "US", [A, B]),
    ("202-555-0143 202-555-0144", "US", [A, B]),
    ("202 555 0143 202 555 0144 202 555 0145", "US", [A, B, C]),
    ("+12025550143 +12025550144", "GB", [A, B]),
    ("+12025550143+12025550144", "GB", [A, B]),
    ("202-555-0143 ::: 202-555-0144", "US", [A, B]),
    ("202-555-0143 | 202-555-0144", "US", [A, B]),
    ("202-555-0143 \u2022 202-555-0144", "US", [A, B]),
    ("020 7946 0018 oder 020 7946 0019", "GB", [LONDON, LONDON_2]),
    ("020 7946 0018 o 020 7946 0019", "GB", [LONDON, LONDON_2]),
    ("020 7946 0018 ou mobile 07700 900101", "GB", [LONDON, "+447700900101"]),
    ('[{"number":"639980101","countryCode":"FR","callingCode":"+33"}]', "GB", ["+33639980101"]),
    ('["+12025550143","+12025550144"]', "GB", [A, B]),
    ("['+12025550143', '+12025550144']", "GB", [A, B]),
    ("{+12025550143,+12025550144}", "GB", [A, B]),
    ("[]", "GB", []),
    # One number in pieces.
    ("+1, 202-555-0144", "GB", [B]),
    ("202,5550143", "US", [A]),
    ("+49 6221 - 2312501", "DE", ["+4962212312501"]),
    ("030 - 23125018", "DE", ["+493023125018"]),
    ("030/23125018", "DE", ["+493023125018"]),
    ("020 7946 0018 / 19", "GB", [LONDON]),
    ("020 7946 0018/0019", "GB", [LONDON]),
    ("+1 (US) 202-555-0143", "GB", [A]),
    ("+1\ufe0d-202-555-0143", "GB", [A]),
    ("020 7946 0018, 19", "GB", [LONDON]),
    ("030 23125018, 19", "DE", ["+493023125018"]),
    ("030 23125018 - 19", "DE", ["+493023125018"]),
    ("030 23125018 (2)", "DE", ["+493023125018"]),
    ("030 23125-0 / -18", "DE", ["+4930231250"]),
    ("1) 020 7946 0018 2) 020 7946 0019", "GB", [LONDON, LONDON_2]),
    ("#1 020 7946 0018", "GB", [LONDON]),
    ("02079460018+02079460019", "GB", [LONDON, LONDON_2]),
    # Hours beside a number are no digits of it.
    ("Mon-Fri 9-5: 020 7946 0018", "GB", [LONDON]),
    ("9-17: 020 7946 0018", "GB", [LONDON]),
    ("call after 6pm: 07700 900101", "GB", ["+447700900101"]),
    ("after 18:00 07700 900101", "GB", ["+447700900101"]),
    ("8.30am-5.30pm 020 7946 0018; 6 p.m. 07700 900101", "GB", [LONDON, "+447700900101"]),
    ("07700 900101 (work) 9-5", "GB", ["+447700900101"]),
    ("020 7946 0018 (24/7)", "GB", [LONDON]),
    ("24/7 020 7946 0018", "GB", [LONDON]),
    ("ab 18 Uhr: 030 23125018", "DE", ["+493023125018"]),
    ("until 17.30 020 7946 0018", "GB", [LONDON]),
    ("until 17.30: 020 7946 0018", "GB", [LONDON]),
    ("until 1730 020 7946 0018", "GB", [LONDON]),
    ("bis 17:30 030 23125018", "DE", ["+493023125018"]),
    ("bis 17.30 030 23125018", "DE", ["+493023125018"]),
    ("vor 9 030 23125018", "DE", ["+493023125018"]),
    ("before 5pm 020 7946 0018", "GB", [LONDON]),
    ("not before 10 020 7946 0018", "GB", [LONDON]),
    ("after lunch 020 7946 0018", "GB", [LONDON]),
    ("after 6 020 7946 0018", "GB", [LONDON]),
    ("from 8 to 10 020 7946 0018", "GB", [LONDON]),
    ("from 17.30 +44 20 7946 0018", "US", [LONDON]),
    ("020 7946 0018 until 17.30", "GB", [LONDON]),
    ("020 7946 0018 9.00-17.30", "GB", [LONDON]),
    ("until 9 07700 900101, after 9 020 7946 0018", "GB", ["+447700900101", LONDON]),
    ("dopo le 18 06 69800143", "IT", ["+390669800143"]),
    ("prima delle 9.30 06 69800143", "IT", ["+390669800143"]),
    ("jusqu'\u00e0 17h30 06 39 98 01 01", "FR", ["+33639980101"]),
    ("\u00e0 partir de 14 06 39 98 01 01", "FR", ["+33639980101"]),
    ("despu\u00e9s de las 18 91 080 01 23", "ES", ["+34910800123"]),
    ("hasta las 17.30 91 080 01 23", "ES", ["+34910800123"]),
    ("ab 18 030 23125018", "DE", ["+493023125018"]),
    ("bis 9.30 089 1234567", "DE", ["+49891234567"]),
    ("nach 17 0660 1234567", "AT", ["+436601234567"]),
    ("dopo le 3 333 1234567", "IT", ["+393331234567"]),
    ("after 8 202 555 0143", "US", [A]),
    # No hour of a day, an area code, and a number by itself.
    ("ab 0211 1234567", "DE", ["+492111234567"]),
    ("dalle 02 12345678", "IT", ["+390212345678"]),
    ("ab 20 23125018", "DE", [NO]),
    ("from 44 20 7946 0018", "GB", [LONDON]),
    ("after 1 202 555 0143", "US", [A]),
    ("until 20 7946 0018", "GB", [LONDON]),
    ("dopo le 18: 06 69800143", "IT", ["+390669800143"]),
    ("apr\u00e8s 18h30 06 39 98 01 01", "FR", ["+33639980101"]),
    ("de 9 a 14 horas: 91 080 01 23", "ES", ["+34910800123"]),
    ("+49 2241 12345 5-0", "DE", ["+4922411234550"]),
    ("06 39 98 01 18h", "FR", ["+33639980118"]),
    ("06:39:98:01:01", "FR", ["+33639980101"]),
    # A mark that stands between all groups, or in front of them all.
    ("+1~202~555~0143", "GB", [A]),
    ("*020 7946 0018", "GB", [LONDON]),
    ("* +1 202 555 0143", "GB", [A]),
    ("*67 202-555-0143", "US", [NO]),
    # A label in brackets behind each number.
    ("07700900101(m)02079460018(h)", "GB", ["+447700900101", LONDON]),
    ("07700 900101[mob]020 7946 0018[home]", "GB", ["+447700900101", LONDON]),
    ("020(London)79460018", "GB", [LONDON]),
    # Nothing is read as another country's.
    ("202-555-0143", "GB", [NO]),
    ("2025550143, 2025550144", "GB", [NO, NO]),
    ("202-555-0143 202-555-0144", "GB", [NO, NO]),
    ("+1 202 555, 020 7946 0018", "GB", [NO, LONDON]),
    # The second number of a town goes without its area code, and is none of another town.
    ("030 23125018, 23125019", "DE", ["+493023125018", NO]),
    ("+49 30 23125018 / 23125019", "DE", ["+493023125018", NO]),
    ("030 23125018 oder 23125019", "DE", ["+493023125018", NO]),
    ("030 23125018 23125019", "DE", ["+493023125018", NO]),
    ("020 7946 0018, 7700 900101", "GB", [LONDON, "+447700900101"]),
    # Letters.
    ("O20 7946 0018", "GB", [NO]),
    ("O 20 7946 0018", "GB", [NO]),
    ("030 23125018 (Anna)", "DE", ["+493023125018"]),
    ("Anna 030 23125018", "DE", ["+493023125018"]),
    ("030 23125018 Anna 0151 23456789 Karl", "DE", ["+493023125018", "+4915123456789"]),
    ("020 7946 0019 - DO NOT CALL", "GB", [LONDON_2]),
    # A fax never is a number.
    ("020 7946 0018 Fax 020 7946 0019", "GB", [LONDON]),
    ("T: 020 7946 0018 F: 020 7946 0019", "GB", [LONDON]),
    ("020 7946 0018; 020 7946 0019 (fax)", "GB", [LONDON]),
]


def test_without_a_country_a_number_is_asked_about_as_it_is_written() -> None:
    cells = ("ab 18 030 23125018", "until 17.30 020 7946 0018")
    assert [number.raw for cell in cells for number in numbers_in(cell, "")] == list(cells)


@each(("cell", "region", "numbers"), CELLS)
def test_a_cell_holds_these_numbers(cell: str, region: str, numbers: list[str]) -> None:
    assert [number.e164 for number in numbers_in(cell, region)] == numbers


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("T: 202-555-0143 M: 202-555-0144", ["", "mobile"]),
        ("202-555-0143 (mobile), 202-555-0144 (office)", ["mobile", "work"]),
        ("W 202-555-0143 / C 202-555-0144 / H 202-555-0145", ["work", "mobile", "home"]),
        ("Lavoro: 202-555-0143; casa 202-555-0144", ["work", "home"]),
    ],
)
def test_each_number_has_the_label_written_beside_it(cell: str, labels: list[str]) -> None:
    read = read_cell(cell, Where("US"))
    assert [number.label for number in read.numbers] == labels
    assert not read.says_more


@pytest.mark.parametrize(
    ("cell", "exts"),
    [
        ("020 7946 0018 x12", ["12"]),
        ("020 7946 0020 interno 14", ["14"]),
        ("020 7946 0018, ext 12", ["12"]),
        ("020 7946 0018;ext=12", ["12"]),
        ("1) 020 7946 0018; 2) 020 7946 0019; 3) none", ["", ""]),
        ("020 7946 0018,,227#; 020 7946 0019 poste 3", ["227", "3"]),
        ("020 7946 0018 Durchwahl 7 / 020 7946 0019", ["7", ""]),
        ("T: 020 7946 0018 x12 M: 07700 900101", ["12", ""]),
    ],
)
def test_each_number_keeps_its_extension(cell: str, exts: list[str]) -> None:
    assert [number.ext for number in numbers_in(cell, "GB")] == exts


def test_more_than_twenty_numbers_are_all_kept(imported: Import) -> None:
    cell = " ::: ".join(f"202-555-01{last:02d}" for last in range(25))
    (contact,) = imported(
        text=f"Name,Phone 1 - Type,Phone 1 - Value\nDesk,Work,{cell}\n", region="US"
    ).contacts
    assert [number.e164[-2:] for number in contact.numbers] == [f"{last:02d}" for last in range(25)]


COUNTRIES = [
    ("United Kingdom", "077 0090 0101", "+447700900101"),
    ("South Africa", "082 118 9037", "+27821189037"),
    ("Canada", "250-555-0143", "+12505550143"),
    ("Australia", "(03) 5550 0174", "+61355500174"),
    ("Japan", "03-1234-5678", "+81312345678"),
    ("Singapore", "6123 4567", "+6561234567"),
    ("United Arab Emirates", "050 123 4567", "+971501234567"),
    ("UAE", "050 123 4567", "+971501234567"),
    ("Hungary", "06 1 234 5678", "+3612345678"),
    ("Republic of Ireland", "020 912 3456", "+353209123456"),
    ("Deutschland", "030 23125018", "+493023125018"),
    ("U.S.A.", "2025550143", A),
    ("American", "(202) 555-0143", A),
    ("Magyarorsz\u00e1g", "06 1 234 5678", "+3612345678"),
    ("", "020 7946 0018", LONDON),
    ("n/a", "020 7946 0018", LONDON),
    ("Ruritania", "020 7946 0018", NO),
    ("Ruritania", "+44 20 7946 0018", LONDON),
    ("United Kingdom", "202-555-0143", NO),
    ("Germany", "442079460018", "+49442079460018"),
]


@each("heading", ["Country", "Address 1: Country/Region", "Mailing Country (part)", "Nazione", "Ctry"])
@each(("country", "number", "e164"), COUNTRIES)
def test_the_country_of_the_row_counts(
    imported: Import, heading: str, country: str, number: str, e164: str
) -> None:
    built = imported(text=f'Name,"{heading}",Phone\nAda Quill,{country},{number}\n')
    assert [one.e164 for one in built.contacts[0].numbers] == [e164]
    assert country in {"", "n/a"} or built.contacts[0].fields[heading] == country


def test_an_unknown_country_is_named_and_never_ours(imported: Import) -> None:
    built = imported(text="Name,Country,Phone\nAda Quill,Ruritania,020 7946 0018\n")
    assert built.remarks[0][1].startswith("the country 'Ruritania' is not known")
    assert built.need_country == ("020 7946 0018",)


def test_a_number_without_its_area_code_says_so(imported: Import) -> None:
    built = imported(text='Name,Phone\nAda,"030 23125018, 23125019"\n', region="DE")
    assert [remark for _, remark in built.remarks] == ["23125019: area code is missing"]


def test_the_numbers_that_need_a_country_can_be_counted_and_shown(imported: Import) -> None:
    built = imported(text="Name,Phone\nAda,2025550143\nBen,020 7946 0018\nCora,202-555-0145 x9\nDan,+1 202\n")
    assert built.need_country == ("2025550143", "202-555-0145 x9")


def test_the_country_somebody_names_counts_for_those_numbers_alone(imported: Import) -> None:
    text = 'Name,Phone\nAda,2025550143\nBen,020 7946 0018\nCora,"202-555-0144, 07700 900101"\n'
    built = imported(text=text, asked="US")
    numbers = [[number.e164 for number in one.numbers] for one in built.contacts]
    assert numbers == [[A], [LONDON], [B, "+447700900101"]]
    assert not built.need_country
    assert not built.remarks


@pytest.mark.parametrize(
    ("headings", "cells", "region", "numbers"),
    [
        ("Area Code,Phone Number", "202,5550143", "US", [A]),
        ("Area Code,Phone Number", "202,5550143", "GB", [NO]),
        ("Area Code,Phone Number", "020,79460018", "GB", [LONDON]),
        ("Prefisso,Telefono", "055,0123456", "IT", ["+390550123456"]),
        ("Vorwahl,Telefon", "030,23125018", "DE", ["+493023125018"]),
        ("Phone Code,Phone", "44,2079460018", "US", [LONDON]),
        ("Phone Code,Phone", "1,2025550143", "GB", [A]),
        ("Country Calling Code,Phone", "+33,639980101", "GB", ["+33639980101"]),
        ("Phone Country Code,Phone", "FR,639980101", "GB", ["+33639980101"]),
        (
            "Phones / Primary Phone Country Code,Phones / Primary Phone Calling Code,Phones / Primary Phone Number",
            "FR,+33,639980101",
            "GB",
            ["+33639980101"],
        ),
        ("Phone 1 Code,Phone 1,Phone 2 Code,Phone 2", "44,2079460018,1,2025550143", "US", [LONDON, A]),
    ],
)
def test_a_code_in_a_column_of_its_own_belongs_to_its_number(
    imported: Import, headings: str, cells: str, region: str, numbers: list[str]
) -> None:
    built = imported(text=f"Name,{headings}\nAda Quill,{cells}\n", region=region)
    assert [number.e164 for number in built.contacts[0].numbers] == numbers


@pytest.mark.parametrize(
    "cell",
    [
        "030 23125018 (Anna)",
        "020 7946 0018 / 19",
        "020 7946 0018 Fax 020 7946 0019",
        "020 7946 0018; ask Ann",
    ],
)
def test_what_a_cell_says_beside_its_numbers_stays_with_the_person(imported: Import, cell: str) -> None:
    (contact,) = imported(text=f"Name,Phone\nAda Quill,{cell}\n").contacts
    assert contact.fields["Phone"] == cell


_PIECES = st.sampled_from(
    [
        *(
            "+1 202-555-0143",
            "020 7946 0018",
            "2025550144",
            "07700 900101",
            "+49 30 23125018",
            "x12",
            "442079460019",
        ),
        *(
            " / ",
            ", ",
            ";",
            " & ",
            "\n",
            " ",
            " ::: ",
            "T: ",
            " M: ",
            "Fax ",
            "(Anna)",
            " ext 7",
            "030",
            "/19",
            "+",
            "O",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=9).map("".join), st.sampled_from(["GB", "US", "DE"]))
def test_no_digit_is_invented_and_none_is_lost(cell: str, region: str) -> None:
    read = read_cell(cell.strip(), Where(region))
    written = re.sub(r"\D", "", cell)
    for number in read.numbers:
        assert any(number.e164[1:][length:] in written for length in range(4))
        assert number.ext in written
    kept = sum(len(re.sub(r"\D", "", number.raw)) for number in read.numbers)
    assert read.says_more or kept == len(written)
