"""Whatever was read of a file is given back on the store's thread: a hundred thousand people take it a while."""

from __future__ import annotations

import threading

import pytest

from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.cockpit.actions.importing import contact_import
from tui.cockpit.wording.import_summary import Summary

PEOPLE = "Name,Phone,Country\nAda Quill,+44 20 7946 0100,\nCy Park,020 7946 0102,Freedonia\n"


@pytest.fixture
def given_back(monkeypatch):
    """By what threads the figures of a file were given back, in order; whoever holds a file holds its figures."""
    threads: list[str] = []

    class Watched(dict):
        def __del__(self):
            threads.append(threading.current_thread().name)

    real = contact_import.summary_of
    monkeypatch.setattr(contact_import, "summary_of", lambda *given: Summary(Watched(real(*given).behind)))
    return threads


@pytest.fixture
async def stage(bench):
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield Stage(app, bench.cockpit, pilot)


async def opened(stage, tmp_path):
    file = tmp_path / "fair.csv"
    file.write_text(PEOPLE)
    await stage.press("i", "slash")
    stage.app.screen.query_one("#ask-text").value = str(file)
    await stage.press("enter")
    await stage.until("which country")


async def on_the_store_s_thread(stage, given_back, files):
    """Whether so many files were given back, once the thread has done what it was given, and all of them there."""
    for _ in range(5):
        await stage.cockpit._state.disk.run(lambda: None)
        await stage.pilot.pause()
    return given_back == ["store"] * files


async def test_a_file_read_again_because_of_an_answer(stage, given_back, tmp_path):
    await opened(stage, tmp_path)
    await stage.press("enter", *"uk", "enter")
    await stage.until("Needs a country 0")
    assert await on_the_store_s_thread(stage, given_back, 1)


async def test_a_file_that_is_left(stage, given_back, tmp_path):
    await opened(stage, tmp_path)
    await stage.press("escape", "escape")
    assert await on_the_store_s_thread(stage, given_back, 1)


async def test_a_file_that_is_imported_and_its_report(stage, bench, given_back, tmp_path):
    await opened(stage, tmp_path)
    await stage.press("enter", *"uk", "enter")
    await stage.until("Needs a country 0")
    await stage.press("enter")
    await stage.until("Imported")
    await stage.press("enter")
    assert await on_the_store_s_thread(stage, given_back, 3)


async def test_a_file_imported_without_being_read_before(bench, given_back, tmp_path):
    """As the command line does: what was read goes before anything is written, its figures with the report."""
    file = tmp_path / "fair.csv"
    file.write_text(PEOPLE)
    seen = bench.cockpit.importing.look(file, ("region=freedonia:GB",))
    report = await bench.cockpit.importing.run(seen, lambda rows: None, lambda: False)
    assert report.created == 2
    del report
    bench.cockpit.importing.let_go()
    for _ in range(3):
        await bench.cockpit._state.disk.run(lambda: None)
    assert given_back == ["store"]
