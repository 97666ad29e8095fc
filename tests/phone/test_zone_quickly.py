"""Zones are found without asking what kind of number it is, wherever that makes no difference."""

import random
from datetime import UTC, datetime

import phonenumbers
import pytest

from tui.phone import zone, zones
from tui.phone.number import is_e164

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, tzinfo=UTC)
OFTEN = ("1", "1", "1", "7", "33", "34", "39", "44", "49", "61")


def by_the_library(e164):
    return zone._distinct(zone._zones_of.__wrapped__(e164), NOW.year, NOW.month)


def numbers(seed):
    dice = random.Random(seed)
    codes = [str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE]
    while True:
        code = dice.choice(dice.choice((OFTEN, codes)))
        made = f"+{code}" + "".join(dice.choice("0123456789") for _ in range(dice.randint(6, 11)))
        if is_e164(made):
            yield made


@pytest.mark.parametrize("seed", range(5))
def test_the_zones_are_those_the_library_names_whatever_the_number(seed):
    for e164, _ in zip(numbers(seed), range(400), strict=False):
        assert zones(e164, NOW) == by_the_library(e164), e164


def test_the_zones_of_every_kind_of_number_of_every_country_are_those_the_library_names():
    for region in phonenumbers.SUPPORTED_REGIONS:
        for kind in phonenumbers.PhoneNumberType.values():
            if example := phonenumbers.example_number_for_type(region, kind):
                e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
                if is_e164(e164):
                    assert zones(e164, NOW) == by_the_library(e164), e164
