"""Whose state or postcode disagrees with the area code is called only while both places are open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tui.domain.contact import Contact, Number
from tui.storage.protocol import Change

NEW_YORK = "+12125550143"
EARLY = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
"""10:30 in New York, 7:30 in Los Angeles."""
BOTH_OPEN = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
LATE = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
"""19:30 in New York, 16:30 in Los Angeles."""


def somebody(bench, fields: dict[str, str]) -> Contact:
    (ann,) = bench.people("Ann Rossi")
    ann = replace(ann, zone="", numbers=(Number(NEW_YORK, NEW_YORK),), fields=fields)
    bench.store.commit(Change(contacts=(ann,)), bench.clock.now())
    return ann


@pytest.mark.parametrize(
    ("fields", "at", "can_be_called"),
    [
        ({}, EARLY, True),
        ({"State": "CA"}, EARLY, False),
        ({"Address 1: State/Province": "California"}, EARLY, False),
        ({"Zip": "90210"}, EARLY, False),
        ({"mailing_postal_code": "90210-1234"}, EARLY, False),
        ({"State": "NY"}, EARLY, True),
        ({"State": "CA"}, BOTH_OPEN, True),
        ({"State": "CA"}, LATE, False),
        ({"Province": "BC", "Country": "Canada"}, EARLY, False),
    ],
)
async def test_both_clocks_must_be_open(
    bench, fields: dict[str, str], at: datetime, can_be_called: bool
) -> None:
    somebody(bench, fields)
    bench.clock.step((at - bench.clock.now()).total_seconds())
    view = await bench.cockpit.open()
    assert bool(len(view.queue.ready)) is can_be_called
