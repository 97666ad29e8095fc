"""From text to rows."""

import io
from pathlib import Path

import pytest

from tui.exchange.reading.decode import ImportRefused
from tui.exchange.reading.records import _Lines
from tui.exchange.reading.separators import find_delimiter
from tui.exchange.reading.table import read_file, read_table, unique_headers


def rows_of(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(text.encode(), "typed.csv").rows()]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Name,Phone\nAnn,1\n", ","),
        ("Name;Company;Phone\nAnn;Acme, Tools, Ltd;1\nBo;Lund, Sons;2\n", ";"),
        ("Name\tPhone\nRossi, Ann\t1\n", "\t"),
        ("1|Ann|020 7946 0100\n2|Bo|020 7946 0101\n", "|"),
        ('Name,Note\nAnn,"a;b;c;d"\nBo,"e;f;g;h"\n', ","),
        ('Name;Note\nAnn;"one,\ntwo,\nthree,"\n', ";"),
        ("Name\nAnn\n", ","),
        ("", ","),
    ],
)
def test_the_separator_is_the_one_that_cuts_rows_alike_outside_quotes(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_a_line_that_names_the_separator_is_believed_and_not_counted() -> None:
    table = read_table(b"sep=;\r\nName;Company\r\nAnn;Acme, Tools\r\n", "typed.csv")
    assert (table.delimiter, table.header, table.header_row) == (";", ("Name", "Company"), 1)
    assert [row.number for row in table.rows()] == [2]


def test_row_numbers_are_those_of_a_spreadsheet(fixtures: Path) -> None:
    table = read_table(b'Name,Note\nAnn,"two\nlines"\n\nBo,x\n', "typed.csv")
    assert [(row.number, row.cells[0]) for row in table.rows()] == [(2, "Ann"), (4, "Bo")]
    assert [row.number for row in read_file(fixtures / "pipedrive_persons.csv").rows()] == [3, 4, 5, 6]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone\nAda,1\nBo,2",
        "Name,Phone\r\nAda,1\r\nBo,2\r\n",
        "Name,Phone\rAda,1\rBo,2\r",
        "Name,Phone\n\n\r\n\rAda,1\n\rBo,2",
        'Name,Phone\n"Ada\r\nQuill",1\rBo\x0b\x0c\x1c\x85\u2028,2\n',
        "\n",
        "",
    ],
)
def test_a_line_ends_where_a_text_file_ends_it(text: str) -> None:
    expected = list(io.StringIO(text, newline=""))
    assert list(_Lines(text, 0)) == expected
    assert list(_Lines(text, 1)) == expected[1:]


def test_what_stands_above_the_header_is_left_out_and_mentioned(fixtures: Path) -> None:
    table = read_file(fixtures / "linkedin_connections.csv")
    assert table.header[:3] == ("First Name", "Last Name", "URL")
    assert table.header_row == 4
    assert table.notes == ("The header is in row 4; 2 rows above it left out.",)


@pytest.mark.parametrize("name", ["headerless.csv", "lead_loader.txt", "numbers_only.txt"])
def test_a_file_without_a_header_loses_no_row(fixtures: Path, name: str) -> None:
    table = read_file(fixtures / name)
    assert not table.has_header
    assert next(table.rows()).number == 1
    assert table.header[0] == "Column 1"
    assert "no header" in table.notes[-1]


def test_unknown_words_in_the_first_row_are_a_header() -> None:
    table = read_table("Wer,Womit\nAnn,Lärm\n".encode(), "typed.csv")
    assert table.header == ("Wer", "Womit")


def test_repeated_and_blank_headers_get_a_name_of_their_own() -> None:
    assert unique_headers(["Phone", "", "Phone", "Phone", " "]) == (
        "Phone",
        "Column 2",
        "Phone (2)",
        "Phone (3)",
        "Column 5",
    )


def test_headers_are_safe_to_show() -> None:
    assert unique_headers(["\x1b[2JName\u202e", "A\nB"]) == ("[2JName", "A B")


def test_a_quote_that_never_closes_swallows_no_row() -> None:
    text = 'Name,Company\n"Ann,Acme\nBo,Nordkap\nEva,Brandt\n'
    assert rows_of(text) == [("Ann", "Acme"), ("Bo", "Nordkap"), ("Eva", "Brandt")]


def test_a_quote_that_closes_in_the_wrong_row_swallows_none() -> None:
    text = 'Name,Company\n"Ann,Acme\nBo "the boss",Nordkap\n"Eva",Brandt\n'
    assert [cells[0] for cells in rows_of(text)] == ["Ann", 'Bo "the boss"', "Eva"]


def test_many_torn_quotes_are_still_read_in_time() -> None:
    text = "Name,Company\n" + '"Ann,Acme\n' * 3_001
    rows = rows_of(text)
    assert rows[0] == ("Ann", "Acme")
    assert len(rows) > 50


def test_a_note_of_several_lines_is_one_cell() -> None:
    assert rows_of('Name,Note\nAnn,"one, ""two""\nthree"\n') == [("Ann", 'one, "two"\nthree')]


def test_a_cut_off_last_row_is_kept() -> None:
    assert rows_of('Name,Phone,Note\nAnn,020 7946 0100,x\nBo,020 7946 0101,"cut\noff')[-1] == (
        "Bo",
        "020 7946 0101",
        "cut\noff",
    )


def test_a_cell_of_a_megabyte_does_not_stop_the_import() -> None:
    rows = rows_of("Name,Note\nAnn," + "x" * 1_000_000 + "\nBo,y\n")
    assert rows[-1] == ("Bo", "y")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Name,Phone\n", "no row below"),
        (b"\n\n,,\n", "empty"),
        (b"sep=;\n", "empty"),
        (("Name," * 1_200 + "\n" + "a," * 1_200 + "\n").encode(), "columns"),
    ],
)
def test_a_table_without_rows_or_beyond_measure_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        read_table(data, "typed.csv")


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"Cannot read .*nobody\.csv: no such file"):
        read_file(tmp_path / "nobody.csv")
    with pytest.raises(ImportRefused, match="Cannot read"):
        read_file(tmp_path)
