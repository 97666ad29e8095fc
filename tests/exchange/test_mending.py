"""Letters that another program broke, mended and said; letters that only look so, left alone."""

from __future__ import annotations

import pytest

from tests.rows import each
from tui.exchange.reading.decode import ImportRefused, decode, known_encoding, readings
from tui.exchange.reading.mending import Mended, mend_letters
from tui.exchange.reading.table import read_table


def broken(text: str, times: int = 1) -> str:
    """As a program writes it that takes UTF-8 for Windows-1252."""
    for _ in range(times):
        text = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in text.encode())
    return text


SOUND = [
    *(
        "Müller",
        "Straßenbau Köln",
        "D’Angelo & Söhne",
        "“Zoë”",
        "Société Générale",
        "Peña Muñoz",
        "Citroën – Nantes",
    ),
    *(
        "KÖLN",
        "CÓRDOBA",
        "LEÓN",
        "Łukasz Wójcik",
        "Dvořák",
        "Иван Иванов",
        "Νίκος",
        "田中太郎",
        "Città",
        "100 €",
    ),
    *("™ Brand", "Ada 😀", "Ångström", "İstanbul Işık", "Þóra Ævarsdóttir"),
]


@each("text", SOUND)
@each("times", [1, 2])
def test_broken_letters_are_mended_however_often_they_were_broken(text: str, times: int) -> None:
    mended = mend_letters(f"Name\n{broken(text, times)}\n")
    assert mended.text == f"Name\n{text}\n"
    assert mended.notes


@each("codec", ["latin-1", "mac_roman", "cp850", "cp437"])
@each("text", ["Müller", "Straße", "Peña Muñoz", "Citroën", "Perché"])
def test_letters_that_other_computers_broke_are_mended(text: str, codec: str) -> None:
    assert mend_letters(text.encode().decode(codec)).text == text


@each(
    "text",
    [
        *SOUND,
        *(
            "SÃO PAULO",
            "CORAÇÃO",
            "IRMÃ",
            "«\u00a0Société\u00a0»",
            "„Spaß“",
            "“HYVÄÄ”",
            "Âge, Âme",
            "ÃO",
            "Ñ’",
            "Ð",
        ),
        *("Šárka Čapková", "é\u00a0»", "à\u00a0»", "N° 5", "¿Qué?", "Đorđe Đukić", "Ç’est"),
    ],
)
def test_sound_letters_stay_as_they_are(text: str) -> None:
    assert mend_letters(f"Name\n{text}\n") == Mended(f"Name\n{text}\n")


def test_a_grave_a_whose_second_half_got_lost_is_mended_beside_others() -> None:
    assert (
        mend_letters(broken("Perché") + "\nSocietÃ  Rossi\nCittÃ\n").text == "Perché\nSocietà Rossi\nCittà\n"
    )


@each(
    ("cell", "read"),
    [
        ("D&#39;Angelo", "D'Angelo"),
        ("D&apos;Angelo", "D'Angelo"),
        ("D&#x27;Angelo", "D'Angelo"),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("Smith &amp;amp; Sons", "Smith & Sons"),
        ("M&uuml;ller", "Müller"),
        ("&quot;Addy&quot; Quill", '"Addy" Quill'),
        ("Quill&#44; Ada", "Quill, Ada"),
        ("a&#59;b&#124;c", "a;b|c"),
        ("Ben&nbsp;Stone", "Ben\u00a0Stone"),
        ("AT&T; R&D;x", "AT&T; R&D;x"),
        ("a=1&copy=2", "a=1&copy=2"),
        ("Chi&phi;x", "Chi&phi;x"),
        ("&#0;&bogus;&#xD800;", "&#0;&bogus;&#xD800;"),
    ],
)
@each("delimiter", [",", "\t", "^"])
def test_escapes_of_web_pages_are_mended_and_cut_no_row(cell: str, read: str, delimiter: str) -> None:
    text = f"Name{delimiter}Company{delimiter}Phone\n{cell}{delimiter}Acme{delimiter}020 7946 0018\n"
    table = read_table(text.encode(), "typed.csv")
    assert next(table.rows()).cells == (read, "Acme", "020 7946 0018")
    assert any("Escaped characters" in note for note in table.notes) is (cell != read)


def test_an_ampersand_cuts_no_row_between_semicolons() -> None:
    table = read_table(b"Name;Company;Phone\nAda;Smith &amp; Sons;1\nBo;D&#39;A;2\nCy;x;3\n", "typed.csv")
    assert [row.cells[1:] for row in table.rows()] == [("Smith & Sons", "1"), ("D'A", "2"), ("x", "3")]
    assert table.notes == ("Escaped characters (&amp; for &) were mended in 2 places.",)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "名前,会社,電話\n田中 太郎,田中商店,03-1234-5678\n"),
        ("cp1251", "Имя,Телефон\nИван Иванов,1\n"),
        ("gb18030", "Name,Phone\n王小明,1\n"),
        ("mac_roman", "Name,Phone\nJörg,1\n"),
        ("utf-16", "Name,Phone\nJörg,1\n"),
        ("UTF8", "Name,Phone\nJörg,1\n"),
    ],
)
def test_a_file_is_read_as_somebody_says_it_is_written(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.csv", encoding).text == text


@pytest.mark.parametrize(
    ("said", "written", "text"),
    [
        ("shift_jis", "cp932", "名前\n\u9ad9①\n"),
        ("x-sjis", "cp932", "名前\n\u9ad9①\n"),
        ("Windows-31J", "cp932", "名前\n\u9ad9①\n"),
        ("ANSI", "cp1252", "Name\nO’Neil – 5 €\n"),
        ("latin1", "cp1252", "Name\nO’Neil – 5 €\n"),
        ("GB2312", "gbk", "Name\n\u9555\n"),
    ],
)
def test_the_letters_an_encoding_lacks_are_read_all_the_same(said: str, written: str, text: str) -> None:
    assert decode(text.encode(written), "a.csv", said).text == text


def test_what_does_not_fit_the_encoding_somebody_named_is_counted() -> None:
    notes = decode("Jörg,Zoë\n".encode("cp1252"), "a.csv", "utf-8").notes
    assert notes == ("Read as utf-8, as you said; 2 characters in it cannot be read so.",)


@pytest.mark.parametrize(
    ("name", "hint"), [("shift_jsi", "shift-jis"), ("latin-x", "latin"), ("base64", "no encoding")]
)
def test_a_name_no_encoding_has_is_refused_with_a_near_one(name: str, hint: str) -> None:
    with pytest.raises(ImportRefused, match=hint):
        known_encoding(name)


def test_bytes_that_are_not_even_windows_ask_how_they_are_written() -> None:
    decoded = decode("名前,電話\n田中,1\n".encode("shift_jis"))
    assert ("cp932", "名前,電話 / 田中,1") in readings(decoded.doubtful)


def test_a_line_of_many_megabytes_is_no_list() -> None:
    with pytest.raises(ImportRefused, match="16 MB"):
        decode(b"x" * (17 * 1024 * 1024), "huge.csv")
