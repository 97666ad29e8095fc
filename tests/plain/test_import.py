"""Contacts from a file in lines: the files of a folder by number, any other by its path, and who is behind a figure."""

from __future__ import annotations

import os
from threading import Event

import pytest

from tests.plain.conftest import choices_of
from tui.plain import import_files, import_page, room
from tui.plain.import_files import listed
from tui.plain.import_page import ImportPage
from tui.plain.room import Room

PEOPLE = "Name,Company,Phone\nAnn Rossi,Acme Tools,+442079460100\nBo Lund,Nordkap,\n"


@pytest.fixture
def folder(desk, tmp_path):
    """Two files of contacts, one no list and one hidden, and a folder with a third."""
    (tmp_path / "Downloads").mkdir()
    (tmp_path / ".hidden").mkdir()
    for at, name in enumerate(("old.csv", "new.vcf", "Downloads/people.csv", "letter.docx", ".secret.csv")):
        (tmp_path / name).write_text(PEOPLE, "utf-8")
        os.utime(tmp_path / name, (1_700_000_000 + at * 86_400,) * 2)
    desk.given_more = {"import_from": tmp_path}
    return tmp_path


def test_the_files_of_a_folder_are_the_newest_first_and_its_folders_after_them(folder):
    (folder / "to nowhere.csv").symlink_to(folder / "gone.csv")
    found = listed(folder)
    assert [path.name for path, _ in found.files] == ["new.vcf", "old.csv", "to nowhere.csv"]
    assert [path.name for path in found.folders] == ["Downloads"]
    assert listed(folder / "gone").problem


async def test_a_file_is_chosen_by_its_number_in_a_folder_that_was_opened_by_its_own(desk, bench, folder):
    said = await desk.work("i", "3", "1", "1", "3", "")
    assert f"Which file? {folder} has 2 files that may hold contacts." in said
    assert (
        "1. new.vcf, Wednesday 15 November 2023\n2. old.csv, Tuesday 14 November 2023\n3. folder Downloads\n"
        in said
    )
    assert f"4. the folder above, {folder.parent.name}" in said
    assert "1. people.csv" in desk.answers[2]
    assert "Importing it would bring:\n1. Can be called now: 1\n" in desk.answers[3]
    assert desk.answers[4].startswith("Can be called now\nRow 2: Ann Rossi, +44 20 7946 0100\n")
    assert desk.answers[5].startswith("No number to call\nRow 3: Bo Lund, no number yet\n")
    assert {one.name for one in bench.store.contacts() if not one.is_demo} == {"Ann Rossi", "Bo Lund"}


@pytest.mark.parametrize("quoted", ["{}", "'{}'", '"{}"'])
async def test_a_path_is_typed_where_a_number_could_be(desk, bench, folder, quoted):
    await desk.work("i", quoted.format(folder / "Downloads" / "people.csv"), "")
    assert bench.contact("Ann Rossi")


async def test_a_file_that_cannot_be_read_and_one_that_is_left_lead_to_the_files_again(desk, bench, folder):
    await desk.work("i", "gone.csv", "old", "", ".", "zzz", ".", "l", ".")
    assert desk.answers[2].startswith("Reading gone.csv.\nNot imported. ")
    assert "1. new.vcf" in desk.answers[2]
    assert desk.answers[3].startswith("1. old.csv")
    assert "dot another file" in choices_of(desk.answers[4])
    assert desk.answers[5].startswith("Nothing was imported.\nWhich file?")
    assert desk.answers[6].startswith("Nothing here matches")
    assert "Which list?" in desk.answers[8]
    assert [one for one in bench.store.contacts() if not one.is_demo] == []


async def test_a_name_that_holds_control_codes_is_said_without_them(desk, folder):
    (folder / "a\x1b[31mb.csv").write_text(PEOPLE, "utf-8")
    said = await desk.work("i", "1", ".", ".")
    assert "\x1b" not in said
    assert "1. a[31mb.csv, " in said


async def test_a_line_stops_a_long_file_with_nothing_written(desk, bench, folder, monkeypatch):
    monkeypatch.setattr(import_page, "EVERY_ROWS", 1)
    importing, stopped = bench.cockpit.importing, Event()

    async def run(seen, count, stop):
        count(1)
        return await import_page.aside(lambda: wait_for(stop))

    def wait_for(stop):
        while not stop():
            stopped.wait(0.01)
        stopped.set()
        raise import_page.ImportRefused("Stopped; nothing was changed.")

    monkeypatch.setattr(importing, "run", run)
    said = await desk.work("i", "2", ("", "."), ".", ".")
    assert stopped.is_set()
    assert "1 row so far. dot stops it, with nothing written." in said
    assert "Not imported. Stopped; nothing was changed." in said


async def test_how_to_stop_is_said_once_however_fast_the_rows_are_read(bench, desk):
    page = ImportPage(Room(bench.cockpit, desk, desk))
    said = []
    for rows in (4_999, 12_000, 14_000, 25_000):
        page._work.count(rows)
        said.append("stops it" in page._progress())
    assert said == [False, True, True, False]
    assert page._progress() == "25,000 rows so far."


@pytest.mark.parametrize("what", ["listed", "found_as", "look"])
async def test_what_lies_on_a_drive_that_does_not_answer_is_told_and_left(
    desk, bench, folder, monkeypatch, what
):
    """The folder that is listed, a path that is typed, a file that is read."""
    over = Event()
    monkeypatch.setattr(room, "TICK_S", 0.01)
    owner = bench.cockpit.importing if what == "look" else import_files
    monkeypatch.setattr(owner, what, lambda *_, **__: over.wait())
    lines = ("i", "2") if what != "listed" else ("i",)
    said = await desk.work(*lines[:-1], (lines[-1], "."), ".")
    over.set()
    waits = folder if what == "listed" else folder / "old.csv"
    assert (
        f"Waiting for {waits}. Its drive has not answered yet; it may be out of reach. dot leaves it." in said
    )
    assert said.count("Which file?") == {"listed": 0, "found_as": 2, "look": 2}[what]
    assert said.endswith("Saved. Goodbye.\n")
