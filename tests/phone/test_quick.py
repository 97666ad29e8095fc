"""The quick way answers what the library answers, or nothing."""

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.phone.number import quick_e164, ranges_of_code
from tui.phone.number_reading import e164_of, understood

REGIONS = ["AR", "AT", "AU", "BR", "CA", "CH", "DE", "ES", "FR", "GB", "IN", "IT", "JP", "MX", "RU", "US"]


def by_the_library(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(
    st.sampled_from(REGIONS),
    st.sampled_from(["", "0", "1", "8", "+", "00", "011", "+44", "+39", "+1", "+49 (0)", "+54 9 "]),
    st.text(alphabet="0123456789", min_size=4, max_size=13),
    st.sampled_from(["", " ", "-", "/", ".", ") "]),
)
def test_any_digits_read_quickly_are_read_alike(region: str, front: str, digits: str, mark: str) -> None:
    text = f"{front}{digits[:3]}{mark}{digits[3:]}"
    quick = quick_e164(text, region)
    assert quick in ("", by_the_library(text, region))


@given(
    st.sampled_from([*REGIONS, "NO", "HU", "PL", "EG"]),
    st.sampled_from(["", "0", "1", "20", "33", "39", "44", "49", "00", "+", "06", "8"]),
    st.text(alphabet="0123456789", min_size=5, max_size=11),
    st.sampled_from(["", " ", "-", "."]),
)
def test_what_is_read_quickly_is_what_the_slow_way_decides(
    region: str, front: str, digits: str, mark: str
) -> None:
    text = f"{front}{digits[:3]}{mark}{digits[3:6]}{mark}{digits[6:]}".rstrip("-.")
    quick = quick_e164(text, region)
    number, _ = understood(text, region)
    assert quick in ("", e164_of(number) if number is not None else "")


@pytest.mark.parametrize("region", REGIONS)
def test_numbers_of_each_country_are_read_alike_in_national_and_international_form(region: str) -> None:
    chance = random.Random(region)
    for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE):
        example = phonenumbers.example_number_for_type(region, kind)
        start = phonenumbers.national_significant_number(example)[:-4]
        for _ in range(20):
            number = phonenumbers.parse(f"{start}{chance.randrange(10_000):04d}", region)
            for form in (
                phonenumbers.PhoneNumberFormat.INTERNATIONAL,
                phonenumbers.PhoneNumberFormat.NATIONAL,
            ):
                text = phonenumbers.format_number(number, form)
                assert quick_e164(text, region) in ("", by_the_library(text, region)), text


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("+44 20 7946 0018", ""),
        ("020 7946 0018", "GB"),
        ("(202) 555-0187", "US"),
        ("055 012 3456", "IT"),
        ("+39 055 012 3456", "US"),
        ("030/123456", "DE"),
        ("7400123456", "GB"),
        ("333 1234567", "IT"),
        ("07700 900123", "GB"),  # kept for films, and in no list of ranges
        ("06 39 98 12 34", "FR"),
        ("(555) 555-0143", "US"),
    ],
)
def test_plain_numbers_do_not_need_the_library(text: str, region: str) -> None:
    assert quick_e164(text, region) == by_the_library(text, region) != ""


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("442079460018", "GB"),
        ("0044 20 7946 0018", "GB"),
        ("442079460018.0", "GB"),
        ("020 7946 0018 x12", "GB"),
        ("1-800-FLOWERS", "US"),
        ("112", "GB"),
        ("020 7946 0018", ""),
        ("020 7946 0018", "XX"),
        ("+999 1234567", "GB"),
        ("+", "GB"),
    ],
)
def test_everything_else_is_left_to_the_library(text: str, region: str) -> None:
    assert quick_e164(text, region) == ""


@pytest.mark.parametrize("code", [1, 7, 39, 44, 47, 61, 262, 590])
def test_no_number_that_exists_is_outside_the_ranges_of_its_code(code: int) -> None:
    """Several countries share each of these codes; the island's number counts as much as the mainland's."""
    ranges = ranges_of_code(code)
    assert ranges is not None
    assert not ranges.fullmatch("0000000")
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]:
        for kind in phonenumbers.PhoneNumberType.values():
            example = phonenumbers.example_number_for_type(region, kind)
            if example is not None and phonenumbers.is_valid_number(example):
                assert ranges.fullmatch(phonenumbers.national_significant_number(example)), (region, kind)


def test_a_code_of_no_country_has_no_ranges_to_be_outside_of() -> None:
    assert ranges_of_code(800) is None
