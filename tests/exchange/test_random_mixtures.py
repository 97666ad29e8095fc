"""Any mixture of numbers, countries and refusals: every row is told of, no digit is invented, no refusal is dropped."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.plan import build
from tui.exchange.reading.table import read_table

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
_NUMBERS = st.sampled_from(
    [
        *(
            "+1 (US) 202-555-0143",
            "+1\ufe0d-202-555-0146",
            "2025550143",
            "202.555.0143 * 9",
            "020 7946 0018 x12",
        ),
        *("020 7946 0018 / 19", "T: 202-555-0145 M: 202-555-0146", "+49 30 23125018 (Anna)", "O20 7946 0018"),
        *(
            "442079460018",
            "33199000018",
            "02079460018,02079460019",
            "07700 900101\n07700 900102",
            "",
            "n/a",
            "+",
        ),
        *(
            "055 012 3456 interno 14",
            "06 1 234 5678",
            "0199000018 poste 3",
            "030 23125-0 / -18",
            "1-800-FLOWERS",
        ),
        *(
            "06 39 98 01 01",
            "2025550143, 202-555-01433",
            "tel:7946-0018;phone-context=+4420",
            "447700900101@c.us",
            '="+442079460018"',
            "020 7946 0018 [mob 07700 900101]",
            "Tel/Fax 055 0123456",
            '{"work":"020 7946 0018","fax":"020 7946 0019"}',
            "+1|2025550143",
        ),
    ]
)
_COUNTRIES = st.sampled_from(
    ["", "UK", "U.S.A.", "Deutschland", "Ruritania", "Francia", "HUN", "Republic of Ireland"]
)
_REFUSED = st.sampled_from([("", False), ("no", False), ("yes", True), ("1", True), ("opted out", True)])
_ROWS = st.lists(st.tuples(_NUMBERS, _COUNTRIES, _REFUSED), min_size=1, max_size=8)


@given(_ROWS, st.sampled_from(["GB", "US", "DE", "IT"]))
def test_no_row_is_lost_no_digit_invented_and_no_refusal_dropped(
    rows: list[tuple[str, str, tuple[str, bool]]], region: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("Name", "Country", "Phone", "Do not call"))
    for place, (number, country, (refused, _)) in enumerate(rows):
        writer.writerow((f"Per Son{chr(97 + place)}", country, number, refused))
    table = read_table(text.getvalue().encode(), "mixed.csv")
    built = build(table, guess(table), region=region, list_name="mixed", now=NOW)
    assert len(built.made) + len(built.rejected) == len(rows)
    for contact, (cell, _, (_, is_refused)) in zip(built.contacts, rows, strict=True):
        assert bool(contact.do_not_call) is is_refused
        written = re.sub(r"\D", "", cell)
        for number in contact.numbers:
            if "FLOWERS" not in number.raw and "context" not in cell:
                assert any(number.e164[1:][length:] in written for length in range(4))
                assert number.ext in written
            if cell.startswith("+1") and number.e164:
                assert number.e164.startswith("+1")
        kept = "".join(number.raw for number in contact.numbers) + contact.fields.get("Phone", "")
        assert set(written) <= set(kept)
