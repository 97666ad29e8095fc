"""Ids sort by the time they were made."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from uuid import RFC_4122, UUID

import pytest

from tui.cockpit.demo import demo_people
from tui.domain.ids import uuid7, uuid7s

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_seven() -> None:
    made = UUID(uuid7(NOON))
    assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_carries_its_milliseconds() -> None:
    assert UUID(uuid7(NOON)).int >> 80 == int(NOON.timestamp() * 1000)


def test_a_later_id_sorts_behind_an_earlier_one() -> None:
    made = [uuid7(NOON + timedelta(milliseconds=step)) for step in range(50)]
    assert made == sorted(made)


def test_ids_of_one_moment_differ() -> None:
    assert len({uuid7(NOON) for _ in range(1_000)}) == 1_000


def test_many_ids_of_one_moment_are_as_good_as_single_ones() -> None:
    made = list(islice(uuid7s(NOON), 1_000))
    assert len({one[15:18] + one[20:] for one in made}) == 1_000  # the random part alone
    assert {(UUID(one).version, UUID(one).variant) for one in made} == {(7, RFC_4122)}
    assert {one[:13] for one in made} == {uuid7(NOON)[:13]}
    assert set(made).isdisjoint(islice(uuid7s(NOON), 1_000))


def test_the_zone_of_the_clock_does_not_matter() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=9)))
    assert uuid7(elsewhere)[:13] == uuid7(NOON)[:13]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        uuid7(datetime(2026, 11, 23, 12, 0))
    with pytest.raises(ValueError, match="zone"):
        next(uuid7s(datetime(2026, 11, 23, 12, 0)))


def test_the_people_of_the_first_start_always_come_in_one_order() -> None:
    at = datetime(2026, 11, 23, 14, tzinfo=UTC)
    for _ in range(8):
        people, _ = demo_people(at)
        assert [one.given for one in sorted(people, key=lambda one: one.id)] == [one.given for one in people]
