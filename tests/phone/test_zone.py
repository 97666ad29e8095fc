"""The clock of the person on the other end."""

from datetime import UTC, datetime

import pytest

from tui.phone import local_times, region_for_zone, zones
from tui.phone.zone import LONGEST_PREFIX

NOVEMBER = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("e164", "zone"),
    [
        ("+442079460018", "Europe/London"),
        ("+447700900123", "Europe/London"),
        ("+390550123456", "Europe/Rome"),
        ("+393490123456", "Europe/Rome"),
        ("+12025550187", "America/New_York"),
        ("+4930123456", "Europe/Berlin"),
        ("+919812345678", "Asia/Kolkata"),
    ],
)
def test_a_number_with_one_clock_has_one_zone_people_know(e164: str, zone: str) -> None:
    assert zones(e164, NOVEMBER) == (zone,)


def test_a_number_with_several_clocks_names_each_once() -> None:
    found = zones("+61412345678", NOVEMBER)
    assert "Australia/Sydney" in found
    assert "Australia/Perth" in found
    offsets = [local.utcoffset() for local in local_times(found, NOVEMBER)]
    assert len(offsets) == len(found)
    assert len(set(offsets)) >= 7


def test_zones_that_agree_today_and_part_in_summer_are_both_named() -> None:
    found = zones("+18005550142", NOVEMBER)
    assert {"America/Denver", "America/Fort_Nelson"} <= set(found)


@pytest.mark.parametrize("text", ["", "020 7946 0018", "+881631234567"])
def test_a_number_without_a_place_has_no_zone(text: str) -> None:
    assert zones(text, NOVEMBER) == ()


def test_local_times_come_earliest_clock_first_and_leave_unknown_zones_out() -> None:
    times = local_times(("Europe/Madrid", "Not/AZone", "Atlantic/Canary", ""), NOVEMBER)
    assert [f"{local:%H:%M}" for local in times] == ["14:01", "15:01"]


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("Europe/Rome", "IT"),
        ("Europe/London", "GB"),
        ("Europe/Paris", "FR"),
        ("Europe/Berlin", "DE"),
        ("America/New_York", "US"),
        ("America/Toronto", "CA"),
        ("Asia/Kolkata", "IN"),
        ("Etc/UTC", ""),
    ],
)
def test_a_zone_names_the_country_whose_numbers_are_meant(zone: str, region: str) -> None:
    assert region_for_zone(zone) == region


def test_no_beginning_of_which_the_zones_are_known_is_longer_than_what_is_looked_up():
    from phonenumbers.tzdata import TIMEZONE_LONGEST_PREFIX

    assert TIMEZONE_LONGEST_PREFIX <= LONGEST_PREFIX
