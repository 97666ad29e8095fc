"""Columns beside a number: the country of the row, codes and extensions in columns of their own.

What is right was decided before the program was asked: by what the row says, and by what exists.
"""

from __future__ import annotations

import pytest

from tests.exchange.conftest import Import
from tests.rows import each
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.table import read_table

WASHINGTON, WASHINGTON_2 = "+12025550143", "+12025550144"
LONDON, LONDON_2, MOBILE = "+442079460018", "+442079460019", "+447700900101"
BERLIN, HANDY = "+493023125018", "+4915123456789"
PARIS, PORTABLE = "+33199000018", "+33639980101"
FLORENCE, CELLULARE = "+390550123456", "+393331234567"
NO = ""

ROWS = [
    ("Phones / Primary Phone Country Code,Phones / Primary Phone Number", "GB,02079460018", "US", [LONDON]),
    ("Phone Country,Phone", "United Kingdom,020 7946 0018", "US", [LONDON]),
    ("Country code,Phone", "44,2079460018", "US", [LONDON]),
    ("Country code,Phone", "+44,2079460018", "US", [LONDON]),
    ("Country Code,Phone", "GB,2079460018", "US", [LONDON]),
    ("CountryCode,PhoneNumber", "0044,2079460018", "US", [LONDON]),
    ("Dial code,Mobile", "+33,639980101", "US", [PORTABLE]),
    ("Prefix,Phone", "+33,639980101", "US", [PORTABLE]),
    ("Intl Code,Area Code,Number", "1,202,5550143", "GB", [WASHINGTON]),
    ("Country Code,Area Code,Phone", "+44,020,79460018", "US", [LONDON]),
    ("Country Code,Area Code,Phone", "44,20,79460018", "US", [LONDON]),
    ("Landesvorwahl,Vorwahl,Rufnummer", "+49,030,23125018", "GB", [BERLIN]),
    ("Vorwahl,Rufnummer", "030,23125018", "DE", [BERLIN]),
    ("Indicatif,Téléphone", "+33,199000018", "GB", [PARIS]),
    ("Indicatif pays,Téléphone", "33,199000018", "GB", [PARIS]),
    ("Prefijo,Teléfono", "+34,912345678", "GB", ["+34912345678"]),
    ("Prefisso,Telefono", "+39,0550123456", "GB", [FLORENCE]),
    ("Prefisso internazionale,Telefono", "0039,0550123456", "GB", [FLORENCE]),
    ("Address 1: Country/Region,Main Phone", "United States,2025550143", "GB", [WASHINGTON]),
    ("Address 1: State/Province,Main Phone", "DC,2025550143", "GB", [NO]),
    ("Business Country/Region,Business Phone", "Deutschland,030 23125018", "GB", [BERLIN]),
    ("Mailing Country,Phone", "Schweiz/Suisse,044 668 18 00", "GB", ["+41446681800"]),
    ("Land,Telefon", "D,030 23125018", "GB", [BERLIN]),
    ("Land,Telefon", "BRD,030 23125018", "GB", [BERLIN]),
    ("Pays,Téléphone", "Royaume-Uni,020 7946 0018", "FR", [LONDON]),
    ("País,Teléfono", "Reino Unido,020 7946 0018", "ES", [LONDON]),
    ("Paese,Telefono", "Regno Unito,020 7946 0018", "IT", [LONDON]),
    ("Nation,Phone", "Great Britain,020 7946 0018", "IT", [LONDON]),
    ("Country,Phone", "U.A.E.,050 123 4567", "IT", ["+971501234567"]),
    ("Country,Phone", "Rep. of Ireland,020 912 3456", "IT", ["+353209123456"]),
    ("Country,Phone", "Korea (South),02-312-3456", "IT", ["+8223123456"]),
    ("Country,Phone", "Viet Nam,024 3826 1234", "IT", ["+842438261234"]),
    ("Country,Phone", "Côte d'Ivoire,27 20 12 34 56", "IT", ["+2252720123456"]),
    ("Country,Phone", "Atlantis,020 7946 0018", "GB", [NO]),
    ("Country,Phone", "England,02079460018", "US", [LONDON]),
    ("Country,Phone", "Österreich,0660 1234567", "US", ["+436601234567"]),
    ("Country,Phone", "Czechia,212 345 678", "US", ["+420212345678"]),
    ("Country,Phone", "Turkiye,(0532) 123 45 67", "US", ["+905321234567"]),
    ("Country,Phone", "USA,+44 20 7946 0018", "GB", [LONDON]),
    ("Country,Phone", "US,442079460018", "GB", [LONDON]),
    ("Country,Phone", "FR,0199000018", "GB", [PARIS]),
    ("Country,Phone", "FR,33199000018", "GB", [PARIS]),
    ("Country,Phone,Extension", "US,2025550143,12", "GB", [f"{WASHINGTON}x12"]),
    ("Phone,Phone Ext", "020 7946 0018,12", "GB", [f"{LONDON}x12"]),
    ("Phone,Durchwahl", "020 7946 0018,12", "GB", [f"{LONDON}x12"]),
    ("Telefono,Interno", "055 0123456,12", "IT", [f"{FLORENCE}x12"]),
    ("Téléphone,Poste", "01 99 00 00 18,12", "FR", [f"{PARIS}x12"]),
    ("phone_e164", "442079460018", "US", [LONDON]),
    ("Phone 1,Phone 2,Phone 3", "020 7946 0018,020 7946 0018,07700 900101", "GB", [LONDON, MOBILE]),
    (
        "Tel (W),Tel (H),Tel (M),Fax (W)",
        "020 7946 0018,020 7946 0019,07700 900101,020 7946 0020",
        "GB",
        [LONDON, LONDON_2, MOBILE],
    ),
    (
        "WorkPhone,HomePhone,CellPhone,WorkFax",
        "020 7946 0018,020 7946 0019,07700 900101,020 7946 0020",
        "GB",
        [LONDON, LONDON_2, MOBILE],
    ),
    ("phone_number_1,phone_number_2", "2025550143,2025550144", "US", [WASHINGTON, WASHINGTON_2]),
    ("DialNumber", "2025550143", "US", [WASHINGTON]),
    ("ContactNumber,AltPhone", "2025550143,2025550144", "US", [WASHINGTON, WASHINGTON_2]),
    ("PhoneNo", "020 7946 0018", "GB", [LONDON]),
    ("TelephoneNumber,FacsimileTelephoneNumber", "020 7946 0018,020 7946 0019", "GB", [LONDON]),
    ("MSISDN", "447700900101", "US", [MOBILE]),
    ("DDI", "020 7946 0018", "GB", [LONDON]),
    ("Handy,Festnetz,Fax", "0151 23456789,030 23125018,030 23125019", "DE", [HANDY, BERLIN]),
    ("Portable,Fixe", "06 39 98 01 01,01 99 00 00 18", "FR", [PORTABLE, PARIS]),
    ("Móvil,Fijo", "612345678,912345678", "ES", ["+34612345678", "+34912345678"]),
    ("Cellulare,Fisso,Fax", "333 1234567,055 0123456,055 0123457", "IT", [CELLULARE, FLORENCE]),
    ("phone_code,phone_number", "1,2025550143", "GB", [WASHINGTON]),
    ("phone_code,phone_number", "44,7700900101", "US", [MOBILE]),
]


@each(("headings", "cells", "region", "expected"), ROWS)
def test_a_row_says_where_its_numbers_are(
    imported: Import, headings: str, cells: str, region: str, expected: list[str]
) -> None:
    built = imported(text=f"Name,{headings}\nAda Quill,{cells}\n", region=region)
    numbers = [f"{one.e164}x{one.ext}".removesuffix("x") for one in built.contacts[0].numbers]
    assert numbers == expected


@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        ("Phone type,Phone", "Fax,020 7946 0018", []),
        ("Phone,Phone type", "020 7946 0018,Fax", []),
        ("Phone,Phone type", "020 7946 0018,Mobile", [(LONDON, "mobile")]),
        ("Phone,Phone Type,City", "020 7946 0018,Home fax,York", []),
        ("Phone,Phone type,Mobile,Mobile type", "020 7946 0018,Fax,07700 900101,GSM", [(MOBILE, "mobile")]),
        (
            "Phone 1,Phone 1 Type,Phone 2,Phone 2 Type",
            "020 7946 0018,Fax,07700 900101,Mobile",
            [(MOBILE, "mobile")],
        ),
        ("Telefono,Tipo telefono", "020 7946 0018,Ufficio", [(LONDON, "work")]),
        ("Rufnummer,Art der Rufnummer", "020 7946 0018,Telefax", []),
        ("T\u00e9l\u00e9phone,Type de t\u00e9l\u00e9phone", "020 7946 0018,Bureau", [(LONDON, "work")]),
        (
            "Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value",
            "Fax,020 7946 0018,Work,020 7946 0019",
            [(LONDON_2, "work")],
        ),
        ("Phone,Phone 1 - Type,Phone 1 - Value", "020 7946 0018,Fax,020 7946 0019", [(LONDON, "")]),
    ],
)
def test_the_kind_of_a_number_in_a_column_of_its_own_keeps_a_fax_from_being_called(
    imported: Import, headings: str, cells: str, expected: list[tuple[str, str]]
) -> None:
    (contact,) = imported(text=f"Name,{headings}\nAda Quill,{cells}\n").contacts
    assert [(number.e164, number.label) for number in contact.numbers] == expected


def test_an_extension_nobody_has_a_number_for_stays_on_the_card(imported: Import) -> None:
    (contact,) = imported(text="Name,Phone,Durchwahl\nAda Quill,,12\n").contacts
    assert (contact.numbers, contact.fields["Durchwahl"]) == ((), "12")


@pytest.mark.parametrize(
    ("heading", "cells", "meaning"),
    [
        ("GMT offset", ("+1", "+2"), "field"),
        ("Country", ("840", "826"), "country"),
        ("Country code", ("840", "826"), "country"),
        ("Country code", ("44", "353"), "phone_code"),
        ("Prefix", ("Mr", "Mrs"), "field"),
        ("Durchwahl", ("030 23125018", "030 23125019"), "phone"),
        ("Poste", ("Directrice", "Vendeur"), "role"),
        ("Promo code", ("44", "1"), "field"),
    ],
)
def test_what_a_column_beside_a_number_holds_is_told_by_its_values(
    heading: str, cells: tuple[str, str], meaning: str
) -> None:
    rows = "\n".join(f"Per Son,07700 900101,{cell}" for cell in cells)
    table = read_table(f"Name,Phone,{heading}\n{rows}\n".encode(), "typed.csv")
    assert guess(table).columns[2].meaning.value == meaning


@pytest.mark.parametrize(
    ("heading", "cell"), [("CLI", "447700900101"), ("WhatsApp", "447700900101"), ("dst_number", "2025550143")]
)
def test_a_column_of_whole_numbers_without_any_mark_is_offered(heading: str, cell: str) -> None:
    table = read_table(f"Name,Phone,{heading}\nAda Quill,020 7946 0018,{cell}\n".encode(), "typed.csv")
    assert [column.header for column in guess(table).offered] == [heading]
