"""What the file picker of the import shows, and what it says of a folder that offers nothing."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest

from tui.system.contact_files import FILE_ENDINGS, Folder, found_as, look_into
from tui.widgets import files
from tui.widgets.colours import ColouredApp
from tui.widgets.files import Files, bare_block
from tui.widgets.look_screen import LookScreen


def test_folders_come_first_then_files_that_may_be_a_list_whatever_their_case(tmp_path):
    for name in ("b.CSV", "a.vcf", "photo.png", ".hidden.csv"):
        (tmp_path / name).write_text("")
    (tmp_path / "zoo.csv").mkdir()
    found = look_into(tmp_path)
    assert [path.name for path in found.shown] == ["zoo.csv", "a.vcf", "b.CSV"]
    assert (found.others, found.hidden) == (1, True)


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_workbook_is_shown_because_taking_it_says_how_it_becomes_a_list(ending):
    assert ending in FILE_ENDINGS


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (Folder(), "This folder is empty."),
        (Folder(hidden=True), "Nothing but hidden files is in this folder."),
        (Folder(others=1), "No list of contacts is in this folder, only 1 file of another kind."),
        (
            Folder(others=3, hidden=True),
            "No list of contacts is in this folder, only 3 files of other kinds.",
        ),
        (Folder(problem="Permission denied"), "This folder cannot be opened: Permission denied."),
    ],
)
def test_a_folder_that_offers_nothing_says_what_stands_there_and_what_to_do(folder, words):
    said = bare_block(folder, "/", "Backspace").sentences
    assert said[0] == words
    assert ".csv" in said[1]
    assert said[2] == "Press / to type where the file is, Backspace for the folder above."


@pytest.mark.parametrize("gone", ["not there", "a file.csv", "no\0name"])
def test_a_folder_that_cannot_be_opened_says_why(tmp_path, gone):
    (tmp_path / "a file.csv").write_text("")
    assert look_into(tmp_path / gone).problem


def test_a_typed_name_is_meant_from_the_folder_that_is_shown_then_from_the_one_we_are_in(
    tmp_path, monkeypatch
):
    shown, here = tmp_path / "shown", tmp_path / "here"
    for folder in (shown, here):
        folder.mkdir()
        (folder / "both.csv").write_text("")
    (here / "only.csv").write_text("")
    monkeypatch.chdir(here)
    assert found_as(Path("both.csv"), shown) == (shown / "both.csv", "file")
    assert found_as(Path("only.csv"), shown) == (here / "only.csv", "file")
    assert found_as(Path(os.pardir), shown) == (shown / os.pardir, "folder")
    assert found_as(Path("none.csv"), shown) == (Path("none.csv"), "nothing")


class Picker(ColouredApp):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def compose(self):
        yield Files(self._folder)

    def get_default_screen(self) -> LookScreen[None]:
        return LookScreen()


async def test_a_folder_that_never_answers_holds_up_neither_the_screen_nor_the_end(tmp_path, monkeypatch):
    (tmp_path / "far").mkdir()
    (tmp_path / "a.csv").write_text("")
    answers, asked_on = Event(), []

    def look(folder: Path) -> Folder:
        asked_on.append(current_thread())
        if folder.name == "far":
            answers.wait()
        return look_into(folder)

    monkeypatch.setattr(files, "look_into", look)
    async with Picker(tmp_path).run_test() as pilot:
        picker = pilot.app.query_one(Files)
        picker.focus()
        while picker.cursor_node is None or picker.cursor_node.data.suffix != ".csv":
            await pilot.pause()
        await pilot.press("up", "enter")
        assert picker.cursor_node.is_expanded
        await pilot.press("enter", "enter")
        assert [thread.daemon for thread in asked_on] == [True, True]  # asked once, by whom no end waits for
        assert main_thread() not in asked_on
        await pilot.press("down")
        assert picker.cursor_node.data == tmp_path / "a.csv"
    answers.set()


async def test_opening_a_folder_asks_the_disk_nothing_on_the_thread_of_the_screen(tmp_path, monkeypatch):
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "b.csv").write_text("")
    asked = []
    stat = os.stat

    def watched(path, *args, **more):
        if current_thread() is main_thread() and str(path).startswith(str(tmp_path)):
            asked.append(path)
        return stat(path, *args, **more)

    async with Picker(tmp_path).run_test() as pilot:
        picker = pilot.app.query_one(Files)
        monkeypatch.setattr(os, "stat", watched)
        while not picker.root.children:
            await pilot.pause()
        near = picker.root.children[0].expand()
        while not near.children:
            await pilot.pause()
        assert [node.data.name for node in near.children] == ["b.csv"]
        assert asked == []
