"""A folder on a drive that does not answer: the import says which it waits for, and can be left."""

from __future__ import annotations

import threading

import pytest

from tests.screen_bench import staged
from tui.widgets import files

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("inside", [False, True])
async def test_a_folder_that_does_not_answer_is_told_and_esc_leaves(tmp_path, all_views, monkeypatch, inside):
    """`inside`: not the folder at the top, but one that is opened in it."""
    over, far = threading.Event(), tmp_path / "far" if inside else tmp_path
    far.mkdir(exist_ok=True)
    monkeypatch.setattr(files, "PATIENCE_S", 0.01)
    look_into = files.look_into
    monkeypatch.setattr(
        files, "look_into", lambda folder: over.wait() and None if folder == far else look_into(folder)
    )
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await s.press("i")
        if inside:
            await s.until("▸ far")
            await s.press("down", "enter")
        await s.until("has not answered yet")
        said = " ".join(s.text.split()).replace(" ", "")
        assert f"Waitingforthefolder{far}." in said
        assert "Press Esc to leave, / to type where the file is, Backspace" in " ".join(s.text.split())
        await s.press("escape")
        await s.until("Ready now")
    over.set()


async def test_once_a_folder_answers_nothing_waits_for_it(tmp_path, all_views, monkeypatch):
    over, look_into = threading.Event(), files.look_into
    (tmp_path / "people.csv").write_text("Name,Phone\nAnn Rossi,+44 20 7946 0100\n")
    monkeypatch.setattr(files, "PATIENCE_S", 0.01)
    monkeypatch.setattr(files, "look_into", lambda folder: over.wait() and look_into(folder))
    async with staged(all_views["queue"], import_from=tmp_path) as s:
        await s.press("i")
        await s.until("has not answered yet")
        over.set()
        await s.until("people.csv")
        assert "has not answered yet" not in s.text
