"""What single cells say: names, numbers, dates, yes and no."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui.exchange.reading.cells import (
    emails_in,
    is_no,
    is_yes,
    language_code,
    person_name,
    plain_cell,
    plain_text,
    words_in,
    zone_name,
)
from tui.exchange.reading.dates import read_date
from tui.exchange.reading.number_cells import numbers_in


@pytest.mark.parametrize("word", ["yes", "Y", "TRUE", "1", "x", "ja", "sì", "Sí", "oui", "vero", "vrai"])
def test_yes_is_understood_in_five_languages(word: str) -> None:
    assert is_yes(word)
    assert not is_no(word)


@pytest.mark.parametrize("word", ["", "no", "N", "false", "0", "nein", "non", "falso", "faux", "-", "n/a"])
def test_no_is_understood_in_five_languages(word: str) -> None:
    assert is_no(word)
    assert not is_yes(word)


@pytest.mark.parametrize("word", ["never", "asked in March", "2026-03-01"])
def test_other_words_are_neither_yes_nor_no(word: str) -> None:
    assert not is_yes(word)
    assert not is_no(word)


@each(
    ("cell", "numbers"),
    [
        ("020 7946 0100", ["+442079460100"]),
        ("020 7946 0100 ::: 020 7946 0101", ["+442079460100", "+442079460101"]),
        ("020 7946 0100; 020 7946 0101", ["+442079460100", "+442079460101"]),
        ("020 7946 0100, 020 7946 0101", ["+442079460100", "+442079460101"]),
        ("020 7946 0100,+442079460101", ["+442079460100", "+442079460101"]),
        ("020 7946 0100 / 020 7946 0101", ["+442079460100", "+442079460101"]),
        ("020 7946 0100/020 7946 0101", ["+442079460100", "+442079460101"]),
        ("020 7946 0100 or 07700 900123", ["+442079460100", "+447700900123"]),
        ("020 7946 0100 oder 07700 900123", ["+442079460100", "+447700900123"]),
        ("020 7946 0100 - 020 7946 0101", ["+442079460100", "+442079460101"]),
        ("020 7946 0100\n020 7946 0101", ["+442079460100", "+442079460101"]),
        ("020/79460100", ["+442079460100"]),
        ("020 - 7946 0100", ["+442079460100"]),
        ("020 7946 0100/01", ["+442079460100"]),
        ("020 7946 0100 (front desk)", ["+442079460100"]),
        ("Tel.: 020 7946 0100", ["+442079460100"]),
        ("Fax: 020 7946 0100", []),
        ("020 7946 0100; Fax 020 7946 0101", ["+442079460100"]),
        ("ask Ann", [""]),
    ],
)
def test_the_numbers_of_a_cell_are_taken_apart(cell: str, numbers: list[str]) -> None:
    assert [number.e164 for number in numbers_in(cell, "GB")] == numbers


def test_a_labelled_number_takes_its_label_from_the_cell() -> None:
    found = numbers_in("Mobile: 07700 900123; Office: 020 7946 0100 x7; 020 7946 0101", "GB", "home")
    assert [(number.label, number.ext) for number in found] == [("mobile", ""), ("work", "7"), ("home", "")]


def test_a_number_that_cannot_be_understood_is_kept_as_it_was_written() -> None:
    (number,) = numbers_in("4.42079E+11", "GB")
    assert (number.e164, number.raw, number.dialable) == ("", "4.42079E+11", False)


@given(st.text(alphabet="+0123456789 -/.,;:|()xoréFax\n", max_size=60))
def test_any_phone_cell_gives_numbers_that_can_be_dialled_or_none(cell: str) -> None:
    for number in numbers_in(cell, "GB"):
        assert not number.e164 or number.dialable


@pytest.mark.parametrize(
    ("full", "name", "given", "family"),
    [
        ("Ann Rossi", "Ann Rossi", "Ann", "Rossi"),
        ("de Vries, Bram", "Bram de Vries", "Bram", "de Vries"),
        ("Nora J. Whitcombe", "Nora J. Whitcombe", "Nora", "Whitcombe"),
        ("Dott.ssa Giulia Bellandi", "Dott.ssa Giulia Bellandi", "Giulia", "Bellandi"),
        ("Ann", "Ann", "", ""),
        ("Acme, Inc.", "Acme, Inc.", "", ""),
        ("Brandt & Sohn", "Brandt & Sohn", "", ""),
        ("Depot 7 North", "Depot 7 North", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_full_name_is_read_apart(full: str, name: str, given: str, family: str) -> None:
    person = person_name(full)
    assert (person.name, person.given, person.family) == (name, given, family)


def test_the_parts_of_a_name_make_the_name() -> None:
    person = person_name("", "Ada", "Q", "Example")
    assert (person.name, person.given, person.family) == ("Ada Q Example", "Ada", "Example")


@each(
    ("text", "at", "precision"),
    [
        ("2026-11-23", datetime(2026, 11, 23), "day"),
        ("2026-11-23 15:30", datetime(2026, 11, 23, 15, 30), "minute"),
        ("2026-11-23T00:00:00", datetime(2026, 11, 23), "day"),
        ("23/11/2026", datetime(2026, 11, 23), "day"),
        ("23.11.26, 15 Uhr", datetime(2026, 11, 23, 15), "minute"),
        ("23/11/2026 3:30 PM", datetime(2026, 11, 23, 15, 30), "minute"),
        ("12:00 AM", None, ""),
        ("23 Nov 2026", datetime(2026, 11, 23), "day"),
        ("Nov 23, 2026 9am", datetime(2026, 11, 23, 9), "minute"),
        ("lunedì 23 novembre 2026 alle 15:30", datetime(2026, 11, 23, 15, 30), "minute"),
        ("23. März 2026", datetime(2026, 3, 23), "day"),
        ("20 de marzo de 2026", datetime(2026, 3, 20), "day"),
        ("1er février 2026", datetime(2026, 2, 1), "day"),
        ("20261123", datetime(2026, 11, 23), "day"),
        ("31/02/2026", None, ""),
        ("23/11/2026 7", None, ""),
        ("23/11/2026 13:30 PM", None, ""),
        ("2026-11-23 25:00", None, ""),
        ("0001-01-01", None, ""),
        ("9999-12-31T23:59:59-12:00", None, ""),
        ("after Easter", None, ""),
        ("12345", None, ""),
    ],
)
def test_a_date_is_read_or_said_to_be_none(text: str, at: datetime | None, precision: str) -> None:
    read = read_date(text)
    assert (read.at if read else None) == at
    assert (read.precision if read else "") == precision


def test_a_time_with_a_zone_keeps_it() -> None:
    read = read_date("2026-11-23T15:30:00+02:00")
    assert read is not None
    assert read.at == datetime(2026, 11, 23, 15, 30, tzinfo=timezone(timedelta(hours=2)))


@given(st.text(alphabet="0123456789/-.: apmTZ+NovMärz,", max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    read = read_date(text)
    assert read is None or read.at.year >= 1


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Italian", "it"),
        ("italiano", "it"),
        ("de-AT", "de"),
        ("EN_us", "en"),
        ("français", "fr"),
        ("Klingon", ""),
    ],
)
def test_a_language_becomes_its_code(value: str, code: str) -> None:
    assert language_code(value) == code


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        ("Europe/Rome", "Europe/Rome"),
        ("America/New York", "America/New_York"),
        ("CET", ""),
        ("../etc/passwd", ""),
    ],
)
def test_only_a_real_zone_is_one(value: str, zone: str) -> None:
    assert zone_name(value) == zone


def test_tags_are_taken_apart_without_what_google_adds() -> None:
    assert words_in("* myContacts ::: Clienti ::: VIP, fair;VIP") == ("Clienti", "VIP", "fair")


def test_addresses_are_found_among_other_words() -> None:
    assert emails_in("Ann <ANN@acme.example>; mailto:ann@home.example") == (
        "ann@acme.example",
        "ann@home.example",
    )
    assert emails_in("bo at nordkap") == ()


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("'+44 20 7946 0100", "+44 20 7946 0100"),
        ("''=1+1", "'=1+1"),
        ("'tis Ann", "'tis Ann"),
        ('="02079460100"', "02079460100"),
        ("  Ann\tRossi \n", "Ann Rossi"),
        ("A\x1b[2Jnn\u202e", "A[2Jnn"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(raw: str, plain: str) -> None:
    assert plain_cell(raw) == plain


@pytest.mark.parametrize("raw", ['"', '""', "\\", '\\"', "'", "''", " ' ", "\\'"])
def test_a_cell_of_nothing_but_quotes_is_empty(raw):
    assert plain_cell(raw) == plain_text(raw) == ""


@pytest.mark.parametrize("raw", ["'tis", 'a "b"', "O'Hara", "-", "\\x"])
def test_quotes_beside_letters_stay(raw):
    assert plain_cell(raw) == raw
