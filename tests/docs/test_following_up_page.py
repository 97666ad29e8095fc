"""The times that the page says can be typed are read, and what it says is asked about is asked so."""

import re
from datetime import datetime

import pytest

from tests.conftest import ROOT
from tests.rows import each
from tui.cockpit.form.phrases import every
from tui.cockpit.wording.queue_reasons import one_of_times
from tui.domain.when.read import Unsure, read_when

NOW = datetime(2026, 11, 23, 14, 1)
"""A Monday."""
_SECTION = (
    (ROOT / "docs/following-up.md")
    .read_text(encoding="utf-8")
    .split("## Times you type")[1]
    .split("\n## ")[0]
)
_CAN, _ASKS = (_SECTION.split(heading, 1)[1] for heading in ("| what | for example |", "| phrase | asks |"))
CAN = re.findall(r"`([^`]+)`", _CAN.split("A week, a month")[0])
ASKS = re.findall(r"^\| `([^`]+)`[^|]*\| (.+?) \|$", _ASKS, re.MULTILINE)


def test_the_page_names_enough_of_both():
    assert len(CAN) > 50
    assert len(ASKS) > 3


@each("phrase", CAN)
def test_what_can_be_typed_is_read(phrase):
    assert read_when(phrase, NOW) is not None or every(phrase)


@pytest.mark.parametrize(("phrase", "asked"), ASKS)
def test_what_has_two_readings_is_asked_as_the_page_says(phrase, asked):
    found = read_when(phrase, NOW)
    assert isinstance(found, Unsure)
    words = one_of_times([words for words, _ in found.choices])
    assert asked in (f"{words}?", f"Did you mean '{words}'?")
