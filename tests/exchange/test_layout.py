"""A row that holds nothing to clean is cleaned in one look, with the result of a look at each cell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.exchange.reading.cells import plain_cell
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.layout import layout_of
from tui.exchange.reading.records import Row
from tui.exchange.reading.table import read_file

NOW = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
CELLS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("abc  '=\"\u00a0\u00fc\u0301\u200b\u202e\u00ad\u1100\u1161\u2126\t+-"),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def layout(tmp_path_factory):
    file = tmp_path_factory.mktemp("layout") / "people.csv"
    file.write_text("Name,Town,Colour\nAnn Rossi,Leeds,red\n", encoding="utf-8")
    table = read_file(file)
    return layout_of(table, guess(table), "GB", "Autumn", NOW)


@given(cells=st.lists(CELLS, max_size=5))
@example(cells=["Ren\u00e9", " Z\u00fcrich ", "\u4eac"])
@example(cells=["Rene\u0301", "Zu", "\u0308rich"])
@example(cells=["\u1100", "\u1161"])
@example(cells=["\u2126 Ltd", "'+44", '="0123"'])
def test_a_row_is_cleaned_as_its_cells_are(layout, cells):
    cleaned = [plain_cell(cell) for cell in cells]
    assert layout.values(Row(2, tuple(cells))) == cleaned + [""] * (3 - len(cells))
