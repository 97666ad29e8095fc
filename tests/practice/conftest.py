"""A day that has begun."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import Bench


@pytest.fixture
async def opened(bench: Bench) -> Bench:
    """The cockpit is open, and two people are in the queue."""
    bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    return bench
