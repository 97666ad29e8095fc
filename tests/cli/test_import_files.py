"""`powerhour import` with files of every kind: the encoding that is named, what was mended, what is too large."""

from __future__ import annotations

import time

import pytest

JAPANESE = "名前,会社,電話\n田中 太郎,田中商店,03-1234-5678\n"


def test_an_encoding_that_is_named_is_believed(run, home):
    (home / "sjis.csv").write_bytes(JAPANESE.encode("shift_jis"))
    shown = run("import", "sjis.csv", "--dry-run", "--region", "JP", "--encoding", "Shift_JIS")
    assert shown.code == 0
    assert (
        "田中商店"
        in run("import", "sjis.csv", "--dry-run", "--encoding", "sjis", "--map", "company=会社").out
    )


@pytest.mark.parametrize(
    ("name", "hint"), [("shift-jsi", "Did you mean shift-jis?"), ("nonsense", "Usual ones are")]
)
def test_an_encoding_of_no_such_name_is_refused(run, home, name, hint):
    (home / "sjis.csv").write_bytes(JAPANESE.encode("shift_jis"))
    done = run("import", "sjis.csv", "--yes", "--encoding", name)
    assert (done.code, hint in done.err, name in done.err) == (2, True, True)


def test_what_was_mended_is_said(run, home):
    (home / "broken.csv").write_text(
        "Name,Company,Phone\nD&#39;Angelo,MÃ¼ller,020 7946 0018\n", encoding="utf-8"
    )
    notes = run("import", "broken.csv", "--yes", "--region", "GB", "--json").json["notes"]
    assert notes == [
        "Broken letters (Ã¼ for ü) were mended in 1 place.",
        "Escaped characters (&#39; for ') were mended in 1 place.",
    ]


def test_a_line_of_a_gigabyte_is_refused_without_being_read(run, home):
    with (home / "line.csv").open("wb") as file:
        file.write(b"Name,Phone")
        file.truncate(1024**3)
    began = time.process_time()
    done = run("import", "line.csv", "--yes")
    assert (done.code, "256 MB" in done.err) == (1, True)
    assert time.process_time() - began < 2


def test_a_card_file_becomes_people(run, home):
    (home / "book.vcf").write_text(
        "\n" + "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Quill\nTEL;TYPE=CELL:+12025550143\nEND:VCARD\n",
        encoding="utf-8-sig",
    )
    assert run("import", "book.vcf", "--yes", "--json").json["created"] == 1
    assert "Ada Quill" in run("contacts").out
