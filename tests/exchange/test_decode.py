"""From bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.reading.decode import MAX_BYTES, ImportRefused, decode, readings, refuse_size

TEXT = "Name;Firma\nJürgen;Müller & Söhne\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_the_same_text_is_read_from_every_encoding(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.text == TEXT
    assert decoded.encoding == encoding


def test_windows_text_says_so_and_names_the_line() -> None:
    assert decode(TEXT.encode("cp1252")).notes == (
        "Not UTF-8 (line 2); read as Windows-1252. Check the accents in the preview.",
    )


def test_one_windows_line_leaves_the_utf8_lines_alone() -> None:
    decoded = decode("Zoë\n".encode() + "Jürgen\n".encode("cp1252") + "Ångström\n".encode())
    assert decoded.text == "Zoë\nJürgen\nÅngström\n"


def test_a_byte_windows_does_not_know_is_no_reason_to_stop() -> None:
    assert decode(b"Name\nA\x81\xe4\n").text == "Name\nA\x81ä\n"


def test_a_broken_utf16_file_is_read_as_far_as_it_goes_and_says_so() -> None:
    decoded = decode("Name\nBo\n".encode("utf-16") + b"\x00\xd8\x41")
    assert decoded.text.startswith("Name\nBo\n")
    assert "UTF-16" in decoded.notes[0]


def test_nul_characters_are_left_out_and_mentioned() -> None:
    decoded = decode(b"Name,Phone\nAnn\0 Rossi,020 7946 0100\n")
    assert "\0" not in decoded.text
    assert "NUL" in decoded.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8brest", "compressed"),
        (b"{\\rtf1 Name", "word processor"),
    ],
)
def test_what_is_no_table_is_refused_with_a_way_out(data: bytes, said: str) -> None:
    with pytest.raises(ImportRefused, match=said) as refused:
        decode(data, "people.csv")
    assert str(refused.value).startswith("people.csv is ")
    assert str(refused.value).count(". ") >= 1


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ImportRefused, match="256 MB"):
        refuse_size(MAX_BYTES + 1, "huge.csv")


@given(st.binary(max_size=200))
def test_any_bytes_become_text_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except ImportRefused:
        return
    assert "\0" not in text


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("cp1252", "Jürgen Müller,Zürich"),
        ("cp1250", "Łukasz Żółć,Kraków"),
        ("cp1251", "Анна Росси,Москва"),
        ("mac_roman", "Jürgen Müller,Zürich"),
        ("cp932", "田中 一郎,東京"),
        ("gb18030", "王小明,北京"),
        ("cp949", "김철수,서울"),
    ],
)
def test_a_file_that_proves_no_encoding_shows_its_lines_in_each(encoding, line):
    data = f"Name,City\nAnn Rossi,London\n{line}\n".encode(encoding)
    decoded = decode(data)
    found = dict(readings(decoded.doubtful))
    assert line in found.values()
    assert len(set(found.values())) == len(found)
    # Whatever was chosen, another choice stays possible.
    told = decode(data, encoding=encoding)
    assert line in told.text
    assert told.doubtful == decoded.doubtful


def test_a_line_is_shown_from_where_its_letters_may_be_read_in_two_ways():
    data = f"Name,City\nAnn Rossi,{'London ' * 40}, Zürich\nJürgen,Basel\n".encode("cp1252")
    assert next(text for _, text in readings(decode(data).doubtful)) == "n London , Zürich / Jürgen,Basel"


@pytest.mark.parametrize(
    "data", [b"Name\nAda\n", "Name\nMüller\n".encode(), "Name\nMüller\n".encode("utf-16")]
)
def test_a_file_that_proves_its_encoding_offers_no_other(data):
    assert decode(data).doubtful == ()
