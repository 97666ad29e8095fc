"""Shared by the tests of contact files: a fixed moment, and a file as contacts in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.exchange.reading.headings.columns import REGION, apply_map, guess
from tui.exchange.reading.plan import Built, build
from tui.exchange.reading.table import read_file, read_table

Import = Callable[..., Built]


@pytest.fixture(scope="session")
def now() -> datetime:
    """A Monday afternoon in November."""
    return datetime(2026, 11, 23, 14, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of contact files: fictional people in the layouts of other programs."""
    return Path(__file__).parent.parent / "fixtures" / "contacts"


@pytest.fixture
def imported(fixtures: Path, now: datetime) -> Import:
    """Builds a file of the fixtures, or the text given, as the list `test`."""

    def run(
        name: str = "typed.csv",
        text: str = "",
        maps: tuple[str, ...] = (),
        region: str = "GB",
        asked: str = "",
    ) -> Built:
        table = read_table(text.encode(), name) if text else read_file(fixtures / name)
        answers = (f"{REGION}=:{asked}",) if asked else ()
        mapping = apply_map(guess(table), *maps, *answers)
        return build(table, mapping, region=region, list_name="test", now=now)

    return run


@pytest.fixture
def built(now: datetime) -> Callable[..., Built]:
    """Builds the bytes of a file of any kind as the list `test`, as in Great Britain."""

    def run(data: bytes, name: str = "people.any", encoding: str = "") -> Built:
        table = read_table(data, name, encoding)
        return build(table, guess(table), region="GB", list_name="test", now=now)

    return run
