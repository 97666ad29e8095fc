from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plaintext import _ACCENTS, MAX_LINE, clean, clean_text, fold

UNSEEN = [
    "\x1b]52;c;eA==\x07",
    "\x9b2J",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u061c",
    "\ufeff",
    "\U000e0041",
    "\x00",
]


@pytest.mark.parametrize("code", UNSEEN)
def test_what_a_terminal_would_run_or_hide_is_gone(code):
    for cleaned in (clean(f"Ann{code}Rossi"), clean_text(f"Ann{code}Rossi")):
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in cleaned)
        assert cleaned.startswith("Ann")
        assert cleaned.endswith("Rossi")
        assert "\u202e" not in cleaned


def test_a_line_has_no_breaks_and_a_text_keeps_them():
    assert clean("two\r\nlines\tand  spaces ") == "two lines and spaces"
    assert clean_text("two\r\nlines") == "two\nlines"


def test_names_in_other_scripts_stay_as_they_are():
    for name in ("Zoë Ångström", "Павел Орлов", "王小明", "[VIP] Ann", "O'Neil & Sons"):
        assert clean(name) == name


def test_a_very_long_value_is_cut():
    assert len(clean("x" * 100_000)) == MAX_LINE


@pytest.mark.slow
def test_every_mark_that_folding_takes_away_quickly_is_an_accent():
    """And no other character is such as the joiner among them."""
    taken = [chr(code) for code in range(sys.maxunicode + 1) if _ACCENTS.fullmatch(chr(code))]
    assert taken
    assert all(map(unicodedata.combining, taken))


def test_folding_takes_accents_and_case_away():
    assert fold("  Zoë  ÅNGSTRÖM ") == "zoe angstrom"


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert clean_text(clean_text(text)) == clean_text(text)
