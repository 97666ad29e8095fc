"""Which numbers are never dialled, and which only after a question."""

import pytest

from tui.cockpit.wording.why import number_sentence
from tui.phone import GuardLevel, guard, is_e164

DACH = frozenset({"DE", "AT", "CH"})


@pytest.mark.parametrize("raw", ["112", "110", "+49112", "+49 1 1 2", "+47112"])
def test_an_emergency_number_is_never_dialled(raw: str) -> None:
    verdict = guard(raw, "DE", DACH | {"NO"})
    assert verdict.level is GuardLevel.BLOCK
    assert "emergency" in number_sentence(verdict)


@pytest.mark.parametrize(
    ("raw", "region"), [("9-1-1", "US"), ("9115550142", "US"), ("999", "GB"), ("112", "GB"), ("15", "FR")]
)
def test_an_emergency_number_of_the_own_country_is_never_dialled(raw: str, region: str) -> None:
    verdict = guard(raw, region, {region})
    assert verdict.level is GuardLevel.BLOCK
    assert "emergency" in number_sentence(verdict)


@pytest.mark.parametrize("raw", ["911", "12", "030", "call me", "", "  ", "030/12 34 56-0\x1b[31m"])
def test_what_is_no_complete_number_is_never_dialled(raw: str) -> None:
    verdict = guard(raw, "DE", DACH)
    assert verdict.level is GuardLevel.BLOCK
    assert verdict.e164 == ""
    assert number_sentence(verdict).isprintable()


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("0900 123 4567", "premium-rate"),
        ("+44 909 879 0000", "premium-rate"),
        ("+8816 31234567", "satellite"),
        ("+979 1 23456789", "satellite"),
        ("+870 773 123456", "satellite"),
    ],
)
def test_premium_and_satellite_numbers_are_never_dialled_wherever_the_team_calls(raw: str, word: str) -> None:
    verdict = guard(raw, "DE", DACH | {"GB", "001"})
    assert verdict.level is GuardLevel.BLOCK
    assert word in number_sentence(verdict)


@pytest.mark.parametrize("raw", ["01805 123456", "+44 70 1234 5678"])
def test_a_number_that_can_cost_extra_is_asked_about(raw: str) -> None:
    verdict = guard(raw, "DE", DACH | {"GB"})
    assert verdict.level is GuardLevel.ASK
    assert "cost extra" in number_sentence(verdict)


@pytest.mark.parametrize(
    ("raw", "country"), [("+1 876 555 0100", "Jamaica"), ("+1 212 555 1234", "United States")]
)
def test_a_country_the_team_does_not_call_is_asked_about(raw: str, country: str) -> None:
    verdict = guard(raw, "DE", DACH)
    assert verdict.level is GuardLevel.ASK
    assert country in number_sentence(verdict)
    assert "Austria, Switzerland, Germany" in number_sentence(verdict)


def test_a_range_nobody_knows_is_asked_about() -> None:
    verdict = guard("+44 7700 900123", "GB", {"GB"})
    assert (verdict.level, verdict.e164) == (GuardLevel.ASK, "+447700900123")


@pytest.mark.parametrize(
    "raw", ["030 123456", "+49 151 12345678", "+43 1 5123456", "0049 (0)89 1234567", "+49 30 123456 ext 7"]
)
def test_a_number_of_a_country_the_team_calls_is_dialled_without_a_question(raw: str) -> None:
    verdict = guard(raw, "DE", DACH)
    assert verdict.level is GuardLevel.OK
    assert is_e164(verdict.e164)
    assert number_sentence(verdict) == ""


@pytest.mark.parametrize(
    ("e164", "region"), [("+390112345678", "IT"), ("+33155001122", "FR"), ("+442079460018", "GB")]
)
def test_an_ordinary_number_that_begins_like_an_emergency_number_is_dialled(e164: str, region: str) -> None:
    assert guard(e164, region, {region}).level is GuardLevel.OK


def test_without_a_list_of_countries_only_the_own_one_is_allowed() -> None:
    assert guard("020 7946 0018", "GB").level is GuardLevel.OK
    assert guard("+12025550187", "GB").level is GuardLevel.ASK
    assert guard("+442079460018", "").level is GuardLevel.ASK
