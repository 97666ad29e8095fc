from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.lines import cut, flow, labelled, pad, rule, spread, visible, width_of, wrap, wrap_some

WORDS = st.text(max_size=200)
WIDTHS = st.integers(min_value=20, max_value=200)


def words_of(line):
    return "".join(text for text, _ in line)


@given(WORDS, st.integers(min_value=0, max_value=60))
def test_a_cut_text_never_takes_more_cells_than_it_may(text, width):
    assert cell_len(cut(text, width)) <= width
    assert cell_len(pad(text, width)) == width


@given(WORDS, WORDS, WIDTHS)
def test_left_and_right_share_a_line_without_running_over(left, right, width):
    line = spread(((left, ""),), ((right, ""),), width)
    assert width_of(line) <= width - 1
    assert words_of(line).isprintable()


@given(WORDS, WORDS, WIDTHS)
def test_a_rule_is_exactly_as_wide_as_the_screen(left, right, width):
    assert width_of(rule(left, right, width)) == width


@given(st.text(alphabet="ab äß安娜\n", max_size=300), st.integers(min_value=2, max_value=80))
def test_wrapping_loses_no_letter_and_keeps_the_width(text, width):
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(WORDS, WIDTHS, st.integers(min_value=1, max_value=5))
def test_some_lines_are_at_most_that_many_and_say_when_there_was_more(text, width, most):
    lines = wrap_some(text, width, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)
    if len(wrap(text, width)) > most:
        assert lines[-1].endswith("…")


@given(st.lists(WORDS, min_size=1, max_size=12), WIDTHS, st.integers(min_value=1, max_value=3))
def test_hints_stay_within_the_rows_and_the_last_is_always_there(labels, width, rows):
    hints = [((f"{n}{label[:8]}", "key"),) for n, label in enumerate(labels)]
    lines = flow(hints, width, rows)
    assert 1 <= len(lines) <= rows
    assert all(width_of(line) <= width for line in lines)
    assert visible(hints[-1][0][0]) in words_of(lines[-1]) or width < 24


def test_control_and_direction_marks_are_never_drawn():
    assert visible("a\x1b]52;c;x\x07b\u202ec\u200bd\ne") == "a]52;c;xbcd e"


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ("Notes", "saved", "── Notes ─────────────── saved ──"),
        ("Agreed", "", "── Agreed ───────────────────────"),
        ("", "", "─────────────────────────────────"),
    ],
)
def test_rules_hold_their_words_at_both_ends(left, right, shown):
    assert words_of(rule(left, right, 33)) == shown


def test_a_label_is_never_run_into_its_words():
    (line,) = labelled("Thu 19 Nov 2026 10:12", "Left voicemail", 60, 14)
    assert words_of(line) == " Thu 19 Nov…  Left voicemail"
