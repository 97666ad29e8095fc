"""A cockpit with a phone that tells its states."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import Bench
from tests.phone_bench import AblePhone, TellingPhone


@pytest.fixture
def phone_bench(bench: Bench) -> Bench:
    """Its phone tells what the line does."""
    return with_phone(bench, TellingPhone())


@pytest.fixture
def able(bench: Bench) -> Bench:
    """Its phone can do everything to a line."""
    return with_phone(bench, AblePhone())


def with_phone(bench: Bench, phone: TellingPhone | AblePhone) -> Bench:
    bench.dialer = phone
    bench.cockpit = bench._cockpit()
    return bench
