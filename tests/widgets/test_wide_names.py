"""No name shifts a row: wide, combining, joined, framed, turned and unseen characters, in lists and on the card."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.view_bench import all_views
from tui.cockpit.queue_view import QueueRow
from tui.cockpit.view import Card, Phase, View
from tui.widgets.card import ContactCard
from tui.widgets.lines import isolated, pad, visible
from tui.widgets.queue_list import QueueList, columns_for
from tui.widgets.section_list import PickList, PickRow, Section

__all__ = ["all_views"]
PIECES = (
    *("Ann", "Ö", " ", "安娜", "이", "ｱ", "e\u0301", "o\u0308\u0304"),
    *(
        "👨\u200d👩\u200d👧",
        "🇮🇹",
        "❤\ufe0f",
        "👍🏽",
        "1\ufe0f\u20e3",
        "🏽",
        "🏴\U000e0067\U000e0062\U000e007f",
        "😀\ufe0e",
    ),
    *("שלום", "محمد", "\u200b", "\u200d", "\u2060", "\u202e", "\xad", "\x1b[2J", "葛\U000e0100"),
)
NAMES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
WIDTHS = st.integers(min_value=40, max_value=160)
AT = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)


def cells(text: str) -> int:
    """Cells the text takes, whether a terminal joins what belongs together or takes each character for itself."""
    assert text.isprintable()
    assert cell_len(text) == sum(map(cell_len, text)), repr(text)
    return cell_len(text)


def drawn(line) -> int:
    return sum(cells(visible(text)) for text, _ in line)


@given(NAMES, st.integers(min_value=1, max_value=40))
def test_a_name_in_a_column_has_the_width_of_the_column(name, width):
    assert cells(pad(name, width)) == width


@given(NAMES, NAMES, NAMES, WIDTHS)
def test_a_row_of_the_queue_keeps_its_columns(name, company, why, width):
    row = QueueRow("one", name, company, why, "15:01")
    line = QueueList().row_line(Section("ready"), row, width, False)
    columns = columns_for(width)
    texts = [cells(visible(text)) for text, _ in line]
    assert texts[1] == columns.name
    assert not columns.company or texts[2] == columns.company
    assert drawn(line) in (width - 1, width)


@given(NAMES, NAMES, WIDTHS)
def test_a_row_of_a_list_keeps_its_columns(name, words, width):
    line = PickList((14, 20)).row_line(Section("rows"), PickRow("one", (name, words, name)), width, False)
    assert {drawn(line)} <= {width - 1, width}


@given(NAMES, NAMES, WIDTHS)
def test_the_card_stays_within_its_width(name, about, width):
    view = View(Phase.READY, AT, card=Card("one", name, about, "15:01 in London", lines=((name, about),)))
    for line in ContactCard().view_lines(view, width):
        assert drawn(line) <= width


@pytest.mark.parametrize(("words", "kept"), [("Ann", False), ("安娜", False), ("שלום", True), ("محمد", True)])
def test_words_from_the_right_turn_nothing_beside_them(words, kept):
    assert (isolated(words) != words) == kept
    assert cell_len(isolated(words)) == cell_len(words)
