"""Which column holds what."""

from pathlib import Path

import pytest

from tests.rows import each
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.headings.columns import Mapping, apply_map, guess
from tui.exchange.reading.headings.headers import PHRASES, Meaning, label_of, meaning_of
from tui.exchange.reading.headings.words import words_of
from tui.exchange.reading.table import read_file, read_table
from tui.plaintext import fold


def guessed(text: str) -> dict[str, str]:
    mapping = guess(read_table(text.encode(), "typed.csv"))
    return {column.header: column.meaning.value for column in mapping.columns}


def headers_of(mapping: Mapping, meaning: Meaning) -> list[str]:
    return [column.header for column in mapping.of(meaning)]


@each(
    ("header", "meaning"),
    [
        ("First Name", Meaning.GIVEN),
        ("firstName", Meaning.GIVEN),
        ("LASTNAME", Meaning.FAMILY),
        ("Person - Name", Meaning.NAME),
        ("Contact Email", Meaning.EMAIL),
        ("E-Mail-Adresse", Meaning.EMAIL),
        ("Phone 2 - Value", Meaning.PHONE),
        ("Phone 2 - Label", Meaning.PHONE_LABEL),
        ("MobilePhone", Meaning.PHONE),
        ("Telefon (geschäftlich)", Meaning.PHONE),
        ("Numéro de téléphone", Meaning.PHONE),
        ("Teléfono móvil", Meaning.PHONE),
        ("Cellulare", Meaning.PHONE),
        ("Ragione sociale", Meaning.COMPANY),
        ("Société", Meaning.COMPANY),
        ("Unternehmen", Meaning.COMPANY),
        ("Razón social", Meaning.COMPANY),
        ("DoNotCall", Meaning.DO_NOT_CALL),
        ("Ne pas appeler", Meaning.DO_NOT_CALL),
        ("Rückruf am", Meaning.CALL_BACK),
        ("Richiamare il", Meaning.CALL_BACK),
        ("Last Contacted", Meaning.LAST_CALLED),
        ("Fuso orario", Meaning.ZONE),
        ("Address 1 - Country", Meaning.COUNTRY),
        ("Business Fax", Meaning.FIELD),
        ("Email Opt Out", Meaning.FIELD),
        ("Date of last phone call", Meaning.LAST_CALLED),
        ("Numero civico", Meaning.FIELD),
        ("Favourite colour", Meaning.FIELD),
        ("", Meaning.FIELD),
    ],
)
def test_a_header_says_what_its_column_holds(header: str, meaning: Meaning) -> None:
    assert meaning_of(header) is meaning


def test_every_word_of_the_list_can_be_met_in_a_file() -> None:
    unreachable = [phrase for phrase in PHRASES if words_of(phrase) != phrase or fold(phrase) != phrase]
    assert unreachable == []


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Mobile Phone", "mobile"),
        ("Handy", "mobile"),
        ("Téléphone portable", "mobile"),
        ("Business Phone 2", "work"),
        ("Telefono ufficio", "work"),
        ("phone_home", "home"),
        ("Durchwahl", "direct"),
        ("Phone", ""),
    ],
)
def test_a_phone_header_names_its_label(header: str, label: str) -> None:
    assert label_of(header) == label


@each(
    "heading",
    [
        *(
            "Who",
            "Wer",
            "Chi",
            "Qui",
            "Quién",
            "Contact person",
            "Name of contact",
            "Kontakt",
            "Ansprechpartner",
        ),
        *("Ansprechperson", "Gesprächspartner", "Interlocuteur", "Interlocutrice", "Personne de contact"),
        *("Referente", "Persona di contatto", "Persona de contacto", "Ansprechpartner/in", "Contact Name(s)"),
    ],
)
def test_a_column_that_says_whom_to_ask_for_is_the_name(imported, heading: str) -> None:
    ada = imported(text=f"{heading},Phone,Firm\nAda Quill,020 7946 0018,Quill Ltd\n").contacts[0]
    assert (ada.name, ada.company) == ("Ada Quill", "Quill Ltd")


@pytest.mark.parametrize("header", ["Who,Name,Phone", "Who,First name,Phone", "Chi,Cognome,Telefono"])
def test_who_is_no_name_where_another_column_has_it(header: str) -> None:
    who, named, _ = guessed(f"{header}\nDan,Quill,020 7946 0018\n").values()
    assert who == "field" != named


def test_a_column_of_contacts_that_holds_numbers_is_one_of_numbers() -> None:
    for heading in ("Contact", "Kontakt", "Contacto"):
        assert guessed(f"Name,{heading}\nAda Quill,020 7946 0018\n")[heading] == "phone"


def test_a_lone_name_beside_a_given_name_is_the_family_name() -> None:
    assert guessed("Vorname,Name\nAnn,Rossi\n") == {"Vorname": "given", "Name": "family"}
    assert guessed("Prénom,Nom\nAnn,Rossi\n") == {"Prénom": "given", "Nom": "family"}


def test_a_lone_given_or_family_word_is_the_whole_name() -> None:
    assert guessed("Nome,Telefono\nAnn Rossi,020 7946 0100\n")["Nome"] == "name"
    assert guessed("Nom,Téléphone\nAnn Rossi,020 7946 0100\n")["Nom"] == "name"


def test_in_a_list_of_companies_the_name_is_the_company() -> None:
    assert guessed("Name,Industry,Phone\nAcme,Retail,020 7946 0100\n")["Name"] == "company"
    assert guessed("Name,Industry,Email\nAnn,Retail,ann@acme.example\n")["Name"] == "name"


def test_client_is_a_flag_or_a_company_by_its_values() -> None:
    assert guessed("Nome,Cognome,Cliente\nAnn,Rossi,sì\nBo,Lund,no\n")["Cliente"] == "customer"
    assert guessed("Nome,Cognome,Cliente\nAnn,Rossi,Acme\nBo,Lund,Nordkap\n")["Cliente"] == "company"


def test_a_title_of_forms_of_address_is_no_job() -> None:
    assert guessed("Name,Title\nAnn Rossi,Mrs\nBo Lund,Mr.\n")["Title"] == "field"
    assert guessed("Name,Title\nAnn Rossi,Buyer\nBo Lund,Owner\n")["Title"] == "role"


def test_an_owner_column_of_record_ids_names_nobody() -> None:
    assert guessed("Name,Owner\nAnn Rossi,005x0000000fNSiAAM\n")["Owner"] == "field"
    assert guessed("Name,Owner\nAnn Rossi,Sam Vale\n")["Owner"] == "owner"


def test_phone_and_email_without_a_telling_header_are_found_by_their_values() -> None:
    found = guessed("Name,Kontaktweg,Netz,Kd\nAnn,020 7946 0100,ann@acme.example,1234567\n")
    assert found == {"Name": "name", "Kontaktweg": "phone", "Netz": "email", "Kd": "field"}


def test_of_two_companies_the_first_counts_and_the_second_is_kept() -> None:
    found = guessed("Name,Company,Account name\nAnn,Acme,Acme Holding\n")
    assert found == {"Name": "name", "Company": "company", "Account name": "field"}


def test_each_number_is_tied_to_its_own_label_column(fixtures: Path) -> None:
    mapping = guess(read_file(fixtures / "google_contacts.csv"))
    ties = {column.header: column.label_index for column in mapping.of(Meaning.PHONE)}
    headers = [column.header for column in mapping.columns]
    assert ties == {f"Phone {n} - Value": headers.index(f"Phone {n} - Label") for n in (1, 2, 3)}


def test_columns_without_a_header_are_guessed_by_their_values_and_asked_about(fixtures: Path) -> None:
    mapping = guess(read_file(fixtures / "headerless.csv"))
    assert [column.meaning.value for column in mapping.columns] == [
        "name",
        "company",
        "phone",
        "email",
        "field",
    ]
    assert not mapping.sure


def test_given_and_family_name_in_two_headerless_columns_are_found() -> None:
    text = "1;Ann;Rossi;020 7946 0100\n2;Bo;Lund;020 7946 0101\n3;Eva;Brandt;020 7946 0102\n"
    assert list(guessed(text).values()) == ["field", "given", "family", "phone"]


def test_a_diallers_lead_file_is_known_by_its_shape(fixtures: Path) -> None:
    mapping = guess(read_file(fixtures / "lead_loader.txt"))
    assert headers_of(mapping, Meaning.PHONE) == ["phone number", "alt phone"]
    assert headers_of(mapping, Meaning.FAMILY) == ["last name"]
    assert not mapping.sure


def test_map_names_a_column_by_header_or_number(fixtures: Path) -> None:
    mapping = guess(read_file(fixtures / "headerless.csv"))
    changed = apply_map(mapping, "role=5", "company=Column 1", "name=2")
    assert [column.meaning.value for column in changed.columns] == [
        "company",
        "name",
        "phone",
        "email",
        "role",
    ]
    assert changed.sure


def test_map_takes_a_meaning_away_from_the_column_that_had_it() -> None:
    mapping = guess(read_table(b"Name,Company,Shop,Phone\nAnn,Acme,York,020 7946 0100\n", "typed.csv"))
    changed = apply_map(mapping, "company=shop", "phone=Phone", "ignore=Name")
    assert [column.meaning.value for column in changed.columns] == ["ignore", "field", "company", "phone"]


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("phone", "write what it is"),
        ("phone=", "write what it is"),
        ("phon=Phone", "Did you mean phone"),
        ("phone=Phine", "Did you mean 'Phone'"),
        ("phone=9", "there is no column"),
        ("=Phone", "does not know"),
    ],
)
def test_a_map_that_fits_nothing_is_refused_with_a_hint(assignment: str, said: str) -> None:
    mapping = guess(read_table(b"Name,Phone\nAnn,020 7946 0100\n", "typed.csv"))
    with pytest.raises(ImportRefused, match=said):
        apply_map(mapping, assignment)


def test_a_file_without_people_says_what_to_do(fixtures: Path) -> None:
    problem = guess(read_file(fixtures / "nothing_utf16.csv")).problem
    assert "Nothing in nothing_utf16.csv is a contact" in problem
    assert "--map" not in problem
    assert guess(read_file(fixtures / "thunderbird.csv")).problem == ""


@pytest.mark.parametrize(
    ("heading", "cells", "given", "name"),
    [
        ("First Name", ("Ada", "Ben"), "Ada", "Ada"),
        ("FirstName", ("Ada", "Ben"), "Ada", "Ada"),
        ("Vorname", ("Ada", "Ben"), "Ada", "Ada"),
        ("Prénom", ("Ada", "Ben"), "Ada", "Ada"),
        ("given_name", ("Ada", "Ben"), "Ada", "Ada"),
        ("Last Name", ("Quill", "Stone"), "", "Quill"),
        ("Nachname", ("Quill", "Stone"), "", "Quill"),
        # Whole names under it, or a heading that means either.
        ("First Name", ("Ada Quill", "Ben Stone"), "Ada", "Ada Quill"),
        ("Cognome", ("Ada Quill", "Ben Stone"), "Ada", "Ada Quill"),
        ("Nome", ("Ada", "Ben"), "", "Ada"),
        ("Nom", ("Ada Quill", "Ben Stone"), "Ada", "Ada Quill"),
    ],
)
def test_the_only_part_of_a_name_is_what_its_heading_says(imported, heading, cells, given, name):
    rows = "".join(f"{cell},020 7946 01{at:02}\n" for at, cell in enumerate(cells))
    first = imported(text=f"{heading},Phone\n{rows}").contacts[0]
    assert (first.given, first.name) == (given, name)
