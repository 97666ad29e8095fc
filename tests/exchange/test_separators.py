"""What cuts a file into cells, and what quotes them, when the file proves it; and when it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui.exchange.reading.separators import cut_of
from tui.exchange.reading.table import read_table

ROWS = [("Name", "Phone"), ("Ada Quill", "020 7946 0018"), ("Stone, Ben", "020 7946 0019")]


def cells_of(text: str | bytes) -> list[tuple[str, ...]]:
    table = read_table(text.encode() if isinstance(text, str) else text, "typed.csv")
    return [table.header, *(tuple(map(str.strip, row.cells)) for row in table.rows())]


@each(
    "separator",
    [*"^~|;#\u00a6\u00a7!*\u00ac\x1f\x01", "||", "::", "~|~", "^^", " ^ ", ";;", "=>", "\t", " | "],
)
def test_a_separator_is_found_when_the_file_proves_it(separator: str) -> None:
    assert cells_of("\n".join(separator.join(row) for row in ROWS)) == ROWS


def test_a_separator_without_headings_is_believed_only_when_every_line_has_it() -> None:
    assert cells_of("Ada Quill^020 7946 0018\nBen Stone^020 7946 0019\n")[1:] == [
        ("Ada Quill", "020 7946 0018"),
        ("Ben Stone", "020 7946 0019"),
    ]
    assert len(read_table(b"Ada Quill^020 7946 0018\nBen Stone\n", "typed.csv").header) == 1


@pytest.mark.parametrize("told", ["sep=^", "SEP=~", '"sep=#"'])
def test_a_line_that_names_any_separator_is_believed(told: str) -> None:
    mark = told.strip('"')[-1]
    assert cells_of(told + "\n" + "\n".join(mark.join(row) for row in ROWS)) == ROWS


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("'", "'"), ("\u201c", "\u201d"), ("\u00ab", "\u00bb"), ("`", "`"), ("\u201e", "\u201c")],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_other_quotes_keep_cells_together(opening: str, closing: str, separator: str) -> None:
    lines = [separator.join(f"{opening}{cell}{closing}" for cell in row) for row in ROWS]
    assert cells_of("\n".join(lines)) == ROWS


@pytest.mark.parametrize("typed", ["'D'Angelo, Al'", "'D''Angelo, Al'", "'D\\'Angelo, Al'"])
def test_an_apostrophe_ends_no_cell_in_single_quotes(typed: str) -> None:
    text = f"'Name','Note'\n{typed},'he said \"yes\"'\n'Bo','x'\n"
    assert cells_of(text)[1] == ("D'Angelo, Al", 'he said "yes"')


def test_a_name_with_an_apostrophe_in_front_is_no_quote() -> None:
    assert cells_of("Name,Place\n't Hooft,'s-Gravenhage\nAda,Bath\n")[1] == ("'t Hooft", "'s-Gravenhage")


@pytest.mark.parametrize("between", [", ", ",   ", "; "])
def test_blanks_before_a_quote_are_no_part_of_a_cell(between: str) -> None:
    assert cells_of("\n".join(between.join(f'"{cell}"' for cell in row) for row in ROWS)) == ROWS


def test_quotes_behind_backslashes_are_part_of_the_cell() -> None:
    assert cells_of('"Name","Firm"\n"Ada \\"Addy\\", Quill","Quill \\"Ltd\\""\n')[1] == (
        'Ada "Addy", Quill',
        'Quill "Ltd"',
    )


@pytest.mark.parametrize(
    "text",
    [
        '"Name,Phone,Company"\n"Ada Quill,020 7946 0018,Quill Ltd"\n"Ben,020 7946 0019,""Stone, Inc"""\n',
        'Name,Phone,Company\n"Ada Quill,020 7946 0018,Quill Ltd"\n"Ben,020 7946 0019,""Stone, Inc"""\n',
        '"Name;Phone;Company"\r\n"Ada Quill;020 7946 0018;Quill Ltd"\r\nBen;020 7946 0019;Stone, Inc\r\n',
        '"Wer,Womit,Wohin"\n"Ada Quill,020 7946 0018,Quill Ltd"\n"Ben,020 7946 0019,""Stone, Inc"""\n',
    ],
)
def test_lines_that_stand_in_quotes_whole_are_rows(text: str) -> None:
    assert [cells[0] for cells in cells_of(text)[1:]] == ["Ada Quill", "Ben"]
    assert cells_of(text)[2][2] == "Stone, Inc"
    assert [row.line for row in read_table(text.encode(), "typed.csv").rows()] == [2, 3]


def test_a_column_of_quoted_names_is_not_cut() -> None:
    assert cells_of('Name\n"Quill, Ada"\n"Stone, Ben"\n') == [("Name",), ("Quill, Ada",), ("Stone, Ben",)]


@pytest.mark.parametrize("end", ["\r\r\n", "\r\n", "\r", "\n"])
def test_rows_are_counted_alike_whatever_ends_a_line(end: str) -> None:
    table = read_table(end.join(";".join(row) for row in ROWS).encode(), "typed.csv")
    assert [row.number for row in table.rows()] == [2, 3]


_CELLS = st.text("ab 0\u00fc'", min_size=1, max_size=8) | st.sampled_from(
    ["O'Neil", "d'Or", "two dogs' end", "'", "''", "'''"]
)


@given(
    st.lists(st.tuples(*[_CELLS] * 3), min_size=1, max_size=5),
    st.sampled_from([*",;|^~#\t", "||", "~|~"]),
    st.booleans(),
)
def test_every_cell_comes_back_as_it_was_written(
    rows: list[tuple[str, str, str]], separator: str, quoted: bool
) -> None:
    quote = '"' if quoted else ""
    lines = [
        separator.join(f"{quote}{cell}{quote}" for cell in row)
        for row in [("Name", "Phone", "Company"), *rows]
    ]
    kept = [row for row in rows if any(map(str.strip, row))]
    if not kept:
        return
    table = read_table("\n".join(lines).encode(), "typed.csv")
    assert [row.cells for row in table.rows()] == kept


@pytest.mark.parametrize("line", ["',',',{},'", "',{},','", "';';';{};'", "'^'^'^{}^'", "','{}','"])
def test_cells_of_nothing_but_apostrophes_are_no_quotes(line):
    cut = cut_of("".join(line.format(name) + "\n" for name in ("Ada", "Bo", "Cy")))
    assert '"' not in cut.text
    assert not cut.back


@pytest.mark.parametrize(
    "line", ["'{}','020 7946 0018'", "'{}','+44'", "'{}';''", "'{}', '(020)'", "'{}','','x'"]
)
def test_cells_in_apostrophes_are_quoted(line):
    cut = cut_of("".join(line.format(name) + "\n" for name in ("Ada", "Bo", "Cy")))
    assert cut.text.startswith('"Ada"') is (line != "'{}';''")
