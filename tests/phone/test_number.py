"""How raw numbers become E.164, and what the rep reads when they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui.phone import PROBLEM_WORDS, is_e164, normalise, parse, shown


@each(
    ("raw", "region", "e164"),
    [
        ("+44 20 7946 0018", "", "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        # A spreadsheet took its zero: as +20 79460018 it would not exist, and Americans would group it.
        ("2079460018", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", "US", "+442079460018"),
        ("0044 20 7946 0018", "GB", "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("442079460018", "US", "+442079460018"),
        ("442079460018.0", "US", "+442079460018"),
        ("tel:+44-20-7946-0018", "", "+442079460018"),
        ("(202) 555-0187", "US", "+12025550187"),
        ("2025550142", "US", "+12025550142"),
        ("07700 900123", "GB", "+447700900123"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("055 012 3456", "IT", "+390550123456"),
        ("٠٢٠٧٩٤٦٠٠١٨", "GB", "+442079460018"),
    ],
)
def test_a_number_as_people_write_it_becomes_e164(raw: str, region: str, e164: str) -> None:
    assert normalise(raw, region).e164 == e164
    assert parse(raw, region).e164 == e164


@pytest.mark.parametrize(
    ("raw", "region", "problem"),
    [
        ("", "GB", "no_number"),
        ("ask the front desk", "GB", "no_phone_number"),
        ("7946 0018", "", "no_country_code"),
        ("112", "DE", "area_code_missing"),
        ("+1 202 5550", "US", "area_code_missing"),
        ("+44 20 7946 0018 0019", "GB", "too_long_for_country"),
        ("+999 1234567", "GB", "no_country_code"),
        ("4.42079E+11", "GB", "shortened"),
        ("1" * 61, "GB", "too_long"),
    ],
)
def test_a_number_that_cannot_be_understood_says_why(raw: str, region: str, problem: str) -> None:
    assert normalise(raw, region).problem == problem
    assert normalise(raw, region).e164 == ""
    assert parse(raw, region).problem == problem
    assert " " in PROBLEM_WORDS[problem]


@pytest.mark.parametrize(
    ("raw", "ext"),
    [
        ("(202) 555-0187 x12", "12"),
        ("+1 202 555 0187 ext. 7", "7"),
        ("+44 20 7946 0018;ext=12", "12"),
        ("+44 20 7946 0018,,123#", "123"),
        ("+44 20 7946 0018", ""),
    ],
)
def test_the_extension_stands_beside_the_number(raw: str, ext: str) -> None:
    assert normalise(raw, "US").ext == ext
    assert parse(raw, "US").ext == ext
    assert "x" not in parse(raw, "US").shown


def test_a_number_is_shown_as_its_country_groups_it() -> None:
    parsed = parse("02079460018", "GB")
    assert (parsed.shown, parsed.national, parsed.region) == ("+44 20 7946 0018", "020 7946 0018", "GB")
    assert parsed.valid
    assert shown("+442079460018") == "+44 20 7946 0018"
    assert shown("+12025550187") == "+1 202-555-0187"


def test_what_is_no_number_is_shown_as_it_is_without_control_characters() -> None:
    assert shown("front desk") == "front desk"
    assert parse("ring \x1b[2Jme", "GB").shown == "ring [2Jme"


def test_an_unknown_range_of_the_right_length_is_kept_and_called_not_valid() -> None:
    parsed = parse("+44 7700 900123", "GB")
    assert parsed.e164 == "+447700900123"
    assert not parsed.valid
    assert parsed.region == "GB"


@pytest.mark.parametrize(
    "text",
    ["", "+", "442079460018", "+0442079460018", "+44 20", "+44123", "+1234567890123456", "+442079460018\n"],
)
def test_only_plus_and_seven_to_fifteen_digits_is_e164(text: str) -> None:
    assert not is_e164(text)


@given(
    st.text(alphabet=st.sampled_from("+0123456789 ()-./xE#;,abc\x00٣"), max_size=70),
    st.sampled_from(["GB", "", "IT"]),
)
def test_any_text_gives_a_strict_number_or_a_problem(raw: str, region: str) -> None:
    normal = normalise(raw, region)
    assert is_e164(normal.e164) != bool(normal.problem)
    assert parse(raw, region).e164 == normal.e164


@given(st.from_regex(r"\+(44|49|39|1|33|61)[1-9][0-9]{8,9}", fullmatch=True))
def test_a_normal_form_is_its_own_normal_form(raw: str) -> None:
    once = normalise(raw, "GB").e164
    assert not once or normalise(once, "US").e164 == once
