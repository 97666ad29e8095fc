"""Names as they are compared."""

from __future__ import annotations

import pytest

from tests.rows import each
from tui.domain.identity.names import alike, firms_alike, is_title, looks_like_firm, same_name


@each(
    "spelled",
    [
        "Dr. Ada Quill", "Quill, Ada", "QUILL ADA", "Ms Ada Quill", "Frau Dr. Ada Quill", "Frau Ada Quill",
        "Prof. Dr.-Ing. Ada Quill", "Dott.ssa Ada Quill", "Sig.ra Ada Quill", "Gent.ma Sig.ra Ada Quill",
        "Mme Ada Quill", "Mlle. Ada Quill", "Sra. Ada Quill", "Dña Ada Quill", "Doña Ada Quill", "D.ª Ada Quill",
        "Ada Quill Jr.", "Ada Quill, Ph.D.", "Ada Quill MBA", "Ada Quill III", "Quill, Dr. Ada", "áda quìll",
        "Mrs. Ada  Quill, Esq.", "Mag. Ada Quill", "Lic. Ada Quill", "Avv. Ada Quill", "Maître Ada Quill",
        "Rev Ada Quill",
    ],
)  # fmt: skip
def test_titles_accents_case_and_order_are_no_part_of_a_name(spelled):
    assert same_name("Ada Quill", spelled)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jürgen Müller", "Juergen Mueller"),
        ("Jürgen Müller", "Jurgen Muller"),
        ("Sørensen, Bo", "Bo Soerensen"),
        ("Håkon Weiß", "Haakon Weiss"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Niamh O’Neil", "Niamh O'Neil"),
    ],
)
def test_one_name_in_several_alphabets_is_one(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(
    "spelled",
    [
        "Ada Quill-Jones", "Ada Jones Quill", "A. Quill", "Ada M. Quill", "Ada Maria Quill", "Ada Quil", "Ada Qiull",
        "Frau Quill", "AdaQuill Smith Ada Quill", "Dr. A. Quill", "Adah Quill",
    ],
)  # fmt: skip
def test_double_names_initials_and_slips_may_be_the_same_person(spelled):
    assert alike("Ada Quill", spelled)
    assert alike(spelled, "Ada Quill")
    assert not same_name("Ada Quill", spelled)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Maria Rossi", "Rossi, Annamaria"),
        ("Jean-Luc Petit", "Jean Luc Petit"),
        ("Niamh O Neil", "Niamh O'Neil"),
    ],
)
def test_names_run_together_may_be_the_same_person(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Ali", "Muhammad Ali"),
        ("Stephen Hale", "Steven Hale"),
        ("Aleksander Novak", "Alexander Novák"),
        ("Katherine Meyer", "Catherine Meier"),
        ("John Marsh", "Jon Marsh"),
        ("Philip Orme", "Phillip Orme"),
        ("Giulia Bianchi", "Giula Bianchi"),
        ("Siobhan Reed", "Siobahn Reed"),
    ],
)
def test_another_spelling_may_be_the_same_person(one, other):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    "another",
    ["Ben Quill", "Ada Rossi", "Bo Lund", "Dr", "", "Ida Quill", "A. Q.", "Quinn Adams", "Adam Quinn"],
)
def test_others_are_others(another):
    assert not alike("Ada Quill", another)
    assert not same_name("Ada Quill", another)


@pytest.mark.parametrize("name", ["Don Draper", "Anna Lord", "Fr Li", "Major Tom"])
def test_a_name_that_may_be_a_title_is_kept_when_it_is_half_of_the_name(name):
    assert not any(same_name(name, half) for half in name.split())


@pytest.mark.parametrize("text", ["Mr", "Frau", "Dott.ssa", "Prof. Dr.", "Sig.ra", "Mme", "Sra."])
def test_a_form_of_address_is_known(text):
    assert is_title(text)
    assert not is_title("Buyer")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kente Foods", "KENTE FOODS LTD.", True),
        ("Kente Foods", "Kente-Foods GmbH", True),
        ("Kente Foods S.r.l.", "The Kente Foods Company", True),
        ("Kente Foods", "KenteFoods", True),
        ("Kente", "Kente Foods", True),
        ("Brandt & Söhne", "Brandt und Soehne", True),
        ("Kente Foods", "Harbour Foods", False),
        ("Kente Foods", "", False),
        ("Ltd", "GmbH", False),
    ],
)
def test_firms_are_one_in_any_legal_form(one, other, same):
    assert firms_alike(one, other) is same


@each(
    ("name", "is_firm"),
    [
        ("Quill Ltd", True),
        ("Quill Limited.", True),
        ("Muster GbR", True),
        ("Alte Stadt e.V.", True),
        ("Bianchi S.r.l", True),
        ("Foo-Holding", True),
        ("Quill & Stone", True),
        ("Quill (GmbH)", True),
        ("Stone Söhne", True),
        ("Maria de Sá", False),
        ("Ada Quill, A.S.", False),
        ("Ada A.B.", False),
        ("Ada Quill", False),
        ("", False),
    ],
)
def test_a_firm_is_known_by_the_end_of_its_name(name, is_firm):
    assert looks_like_firm(name) is is_firm
