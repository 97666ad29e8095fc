"""Wordings reps propose: kept line by line, shown beside the line as it stands now."""

from __future__ import annotations

import stat

import pytest

from tui.script.files.edit import EditError
from tui.script.files.load import load
from tui.script.files.suggestions import FILE, Suggestion, append, read, review, take_over

SCRIPT = "title: A\nopener: Hi there.\nclose: [{ask: When?, id: when}]\nvoicemail: It is me.\n"


@pytest.fixture
def loaded(tmp_path):
    (tmp_path / "a.yaml").write_text(SCRIPT, "utf-8")
    return load(tmp_path / "a.yaml")


def about(path: str, old: str, new: str = "Better.") -> Suggestion:
    return Suggestion("a", path, old, new, "2026-11-23T15:01:00+00:00", "rep-1")


def test_what_was_proposed_is_read_back_oldest_first(tmp_path):
    wanted = [about("when", "When?", "Which day?"), about("opener[0]", "Hi there.", "Zwei\nZeilen – “x”")]
    for one in wanted:
        append(tmp_path, one)
    assert read(tmp_path / FILE) == (wanted, 0)


def test_nobody_else_may_read_the_file(tmp_path):
    append(tmp_path, about("when", "When?"))
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_no_file_is_no_suggestion(tmp_path):
    assert read(tmp_path / FILE) == ([], 0)


def test_a_damaged_line_costs_no_other(tmp_path):
    append(tmp_path, about("when", "When?"))
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"script": "a", "pa\n[]\n{"script": "a"}\n\n')
    append(tmp_path, about("opener[0]", "Hi there."))
    found, damaged = read(tmp_path / FILE)
    assert [one.path for one in found] == ["when", "opener[0]"]
    assert damaged == 3


def test_nothing_a_terminal_would_obey_gets_in(tmp_path):
    append(tmp_path, about("when\x1b[2J", "When?", "Hi \x1b]52;c;x\x07 \u202e there"))
    (one,), _ = read(tmp_path / FILE)
    assert one.new == "Hi ]52;c;x  there"
    assert "\x1b" not in one.path


@pytest.mark.parametrize(
    ("suggestion", "state", "now", "line"),
    [
        (about("when", "When?"), "open", "When?", "3"),
        (about("opener[0]", "Hello.", "Hi there."), "taken", "Hi there.", "2"),
        (about("opener[0]", "Hello."), "changed", "Hi there.", "2"),
        (about("voicemail", "It is me."), "open", "It is me.", "4"),
        (about("pitch[3]", "Gone."), "gone", "", ""),
    ],
)
def test_a_suggestion_stands_beside_its_line(loaded, suggestion, state, now, line):
    (row,) = review([suggestion], [loaded])
    assert (row.state, row.now, row.origin.rpartition(":")[2]) == (state, now, line)


def test_a_suggestion_for_a_script_that_is_gone_is_kept(loaded):
    other = Suggestion("b", "when", "When?", "Better.")
    assert [row.state for row in review([other], [loaded])] == ["gone"]


VARIANTS = """title: A
experiment: x
opener:
  variants: {A: Hi there., B: Good morning to you.}
pitch:
  - say: We do boxes.
    ask: Would you like some?
close:
  - id: bye
    variants:
      short: {text: Good.}
      long: {text: Thank you very much for that.}
"""


@pytest.fixture
def tested(tmp_path):
    (tmp_path / "a.yaml").write_text(VARIANTS, "utf-8")
    return load(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("path", "old", "line"),
    [
        ("opener.A[0]", "Hi there.", "4"),
        ("bye", "Good.", "11"),
        ("bye", "Thank you very much for that.", "12"),
    ],
)
def test_of_two_versions_under_test_the_one_the_rep_read_is_taken(tested, path, old, line, tmp_path):
    (row,) = review([about(path, old)], [tested])
    assert (row.state, row.now, row.origin.rpartition(":")[2]) == ("open", old, line)
    assert take_over(row) == ()
    assert (tmp_path / "a.yaml").read_text("utf-8") == VARIANTS.replace(old, "Better.")


def test_words_of_two_parts_are_not_taken_over(tested, tmp_path):
    (row,) = review([about("pitch[0]", "We do boxes. Would you like some?")], [tested])
    assert row.state == "open"
    with pytest.raises(EditError, match="more than one part"):
        take_over(row)
    assert (tmp_path / "a.yaml").read_text("utf-8") == VARIANTS


def test_a_file_saved_meanwhile_is_not_touched(tested, tmp_path):
    (row,) = review([about("bye", "Good.")], [tested])
    (tmp_path / "a.yaml").write_text(VARIANTS + "# mine\n", "utf-8")
    with pytest.raises(EditError, match="changed meanwhile"):
        take_over(row)
    assert (tmp_path / "a.yaml").read_text("utf-8") == VARIANTS + "# mine\n"
