"""How the program starts and how it ends: keys, signals, crashes, and what could not be saved."""

from __future__ import annotations

import asyncio
import stat

import pytest
from msgspec.structs import replace
from textual import events
from textual.css.query import NoMatches
from textual.screen import Screen

from tests.at_rest import at_rest
from tests.screen_bench import FakeCockpit, ScreenContext, key_event, screen_text
from tui import app as app_module
from tui.app import AppOptions, PowerHourApp
from tui.cockpit.cockpit import NotOpened
from tui.system.ending import Starts, write_crash

SECRET = "Ann Rossi +44 20 7946 0100"  # noqa: S105 - made up


async def test_a_long_start_says_what_takes_so_long_and_a_key_waits_for_it(all_views, monkeypatch):
    cockpit, opened = FakeCockpit(all_views["queue"]), asyncio.Event()

    async def slowly(**_):
        await opened.wait()
        return cockpit.view

    cockpit.open = slowly
    monkeypatch.setattr(app_module, "TICK_S", 0.05)
    monkeypatch.setattr(FakeCockpit, "opening", "Updating your queue: 7 of 9", raising=False)
    app = PowerHourApp(ScreenContext(cockpit), AppOptions())
    running = asyncio.create_task(app.run_async(headless=True, size=(80, 24)))

    await shows(app, "7 of 9")
    for key in ("slash", "x"):
        app.post_message(events.Key(key, "/" if key == "slash" else key))
    assert cockpit.asked == []
    opened.set()
    await shows(app, "Ready now")
    await shows(app, " x")
    assert "7 of 9" not in screen_text(app)
    assert app.screen.query_one("#find-text").value == "x"
    app.leave()
    await running


async def test_a_key_of_the_very_start_waits_too_and_what_takes_so_long_is_said(all_views, monkeypatch):
    """It stands in the queue before the app can begin to wait for a cockpit that opens slowly."""
    cockpit, opened = FakeCockpit(all_views["queue"]), asyncio.Event()

    async def slowly(**_):
        app.post_message(key_event("/"))
        app.post_message(key_event("x"))
        await opened.wait()
        return cockpit.view

    cockpit.open = slowly
    monkeypatch.setattr(app_module, "TICK_S", 0.05)
    monkeypatch.setattr(FakeCockpit, "opening", "Updating your queue: 7 of 9", raising=False)
    app = PowerHourApp(ScreenContext(cockpit), AppOptions())
    running = asyncio.create_task(app.run_async(headless=True, size=(80, 24)))
    await shows(app, "7 of 9")
    assert (cockpit.asked, cockpit.told) == ([], [])
    opened.set()
    await shows(app, " x")
    assert app.screen.query_one("#find-text").value == "x"
    app.leave()
    await running


async def shows(app: PowerHourApp, words: str) -> None:
    async with asyncio.timeout(60):
        while not app.is_running or words not in screen_text(app):
            await asyncio.sleep(0.01)


async def test_told_to_leave_while_it_opens_it_closes_what_was_opened_and_nothing_before(all_views):
    cockpit, opened = FakeCockpit(all_views["queue"]), asyncio.Event()
    began = asyncio.Event()

    async def slowly(**_):
        began.set()
        await opened.wait()
        cockpit.asked.append(("opened", ()))
        return cockpit.view

    cockpit.open = slowly
    app = PowerHourApp(ScreenContext(cockpit), AppOptions())
    running = asyncio.create_task(app.run_async(headless=True, size=(80, 24)))
    async with asyncio.timeout(60):
        await began.wait()
        app.leave()
        await at_rest()
        opened.set()
        await running
    assert cockpit.names() == ["opened", "close"]
    assert app.return_code == 0


async def test_quitting_on_the_queue_closes_the_cockpit_and_exits_0(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press_last("ctrl+q")
        assert s.cockpit.asked == [("close", (("crashed", False),))]
    assert s.app.return_code == 0


async def test_quitting_with_a_line_open_asks_first(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("ctrl+q")
        assert "A call is open. Quit anyway?" in s.text
        assert "y  quit" in s.text
        assert "Esc  stay" in s.text
        await s.press("escape")
        assert s.cockpit.names() == []
        await s.press("h")
        assert " > h" in s.text
        await s.press("ctrl+q")
        await s.press_last("y")
        assert s.cockpit.names()[-1] == "close"


@pytest.mark.parametrize("times", [1, 3])
async def test_the_end_from_outside_saves_once_and_exits_0(stage, all_views, times):
    async with stage(all_views["talking"]) as s:
        for _ in range(times):
            s.app.options.signals.end()
        await s.wait_end()
        assert s.cockpit.names().count("close") == 1
    assert s.app.return_code == 0


async def test_a_second_signal_does_not_end_what_the_first_is_saving(all_views):
    cockpit, said = FakeCockpit(all_views["queue"]), "Not saved: the disk is full."
    saving, saved = asyncio.Event(), asyncio.Event()

    async def close(**_):
        saving.set()
        await saved.wait()
        return said

    cockpit.close = close
    app = PowerHourApp(ScreenContext(cockpit), AppOptions())
    async with app.run_test() as pilot:
        app.options.signals.end()
        await saving.wait()
        app.options.signals.end()
        await pilot.pause()
        assert app.is_running
        saved.set()
        await pilot.pause()
    assert (app.return_code, app.unsaved) == (1, said)


async def test_a_signal_before_the_app_runs_is_not_forgotten(all_views):
    cockpit = FakeCockpit(all_views["queue"])
    app = PowerHourApp(ScreenContext(cockpit), AppOptions())
    app.options.signals.end()
    await app.run_async(headless=True, size=(80, 24))
    assert app.return_code == 0
    assert cockpit.names()[-1] == "close"


async def test_keys_that_come_while_everything_is_put_away_do_nothing(all_views):
    cockpit = FakeCockpit(all_views["queue"])
    app = PowerHourApp(ScreenContext(cockpit), AppOptions())
    async with app.run_test() as pilot:
        app.options.signals.end()
        await pilot.press("j", "enter", "question_mark")
    assert cockpit.names()[-1] == "close"
    assert app.return_code == 0


async def _press_enter(app):
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")


async def test_a_crash_says_one_sentence_and_writes_no_customer_data(tmp_path, all_views, capsys):
    cockpit = FakeCockpit(all_views["ringing"])

    def broken(*_):
        number = SECRET
        raise ValueError(number)

    cockpit.then("call.answered", broken)
    app = PowerHourApp(ScreenContext(cockpit), AppOptions(log_folder=tmp_path))
    with pytest.raises(ValueError, match="Ann Rossi"):
        await _press_enter(app)
    assert app.return_code == 1
    log = tmp_path / "crash.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    written = log.read_text()
    assert "ValueError" in written
    assert "in broken" in written
    printed = capsys.readouterr()
    said = printed.out + printed.err
    for text in (written, said):
        assert "Rossi" not in text
        assert "7946" not in text
    assert "Power Hour stopped. Everything up to the last outcome is saved." in said
    assert str(log) in said.replace("\n", "")
    assert "Your call goes on" not in said


async def test_a_crash_in_a_call_leaves_the_call_up_and_says_how_to_be_back_in_it(
    tmp_path, all_views, capsys
):
    cockpit = FakeCockpit(replace(all_views["ringing"], can_hang_up=True))
    cockpit.then("call.answered", lambda *_: 1 // 0)
    app = PowerHourApp(ScreenContext(cockpit), AppOptions(log_folder=tmp_path))
    with pytest.raises(ZeroDivisionError):
        await _press_enter(app)
    assert ("close", (("crashed", True),)) in cockpit.asked
    said = " ".join(capsys.readouterr().err.split())
    assert "Your call goes on: start Power Hour again to be back in it." in said


@pytest.mark.parametrize("ends", [True, False], ids=["a key that is done soon", "a key that is never done"])
async def test_leaving_waits_for_the_key_that_is_being_done_but_not_for_ever(all_views, monkeypatch, ends):
    """What it saved after the end came to a closed store, and what it brought to no app: both waited for ever."""
    monkeypatch.setattr(app_module, "LAST_KEY_S", 60.0 if ends else 0.05)
    cockpit = FakeCockpit(all_views["queue"])
    app = PowerHourApp(ScreenContext(cockpit))
    begun, done, taken = asyncio.Event(), asyncio.Event(), list[str]()

    async def slow(event):
        taken.append(event.key)
        begun.set()
        await done.wait()

    async with app.run_test() as pilot:
        await pilot.pause()
        monkeypatch.setattr(app._keys_in_order, "take", slow)
        app.post_message(key_event("r"))
        await begun.wait()
        app.leave()
        app.post_message(key_event("j"))
        if ends:
            await at_rest()
            assert cockpit.names() == []
            done.set()
        async with asyncio.timeout(60):
            while not app._exit:
                await asyncio.sleep(0.01)
        done.set()
    assert cockpit.names() == ["close"]
    assert taken == ["r"]


class Unmade(Screen[None]):
    """Looks for a part it does not have, as one does that is begun while the program ends."""

    def on_mount(self) -> None:
        self.query_one("#part")


@pytest.mark.parametrize("ends", [True, False], ids=["while it ends", "while it runs"])
async def test_a_screen_begun_while_the_program_ends_is_no_crash(tmp_path, all_views, ends):
    app, failed = (
        PowerHourApp(ScreenContext(FakeCockpit(all_views["queue"])), AppOptions(log_folder=tmp_path)),
        False,
    )
    try:
        async with app.run_test() as pilot:
            await pilot.pause()
            if ends:
                app.exit()
            app.push_screen(Unmade())
            await at_rest()
    except NoMatches:
        failed = True
    assert failed is not ends
    assert any(tmp_path.iterdir()) is not ends


def test_a_crash_that_cannot_be_written_down_is_no_second_crash(tmp_path):
    assert write_crash(tmp_path / "missing", ValueError()) is None


async def start(all_views, folder, fault=None):
    """A start of the program: how it was opened, and its exit code."""
    cockpit, opened = FakeCockpit(all_views["queue"]), []

    async def open_it(**how):
        opened.append(how)
        if fault:
            raise fault
        app.call_later(app.leave)
        return cockpit.view

    cockpit.open = open_it
    app = PowerHourApp(ScreenContext(cockpit), AppOptions(log_folder=folder, starts=Starts(folder)))
    await app.run_async(headless=True, size=(80, 24))
    return opened, app.return_code


async def test_after_two_starts_that_stopped_the_third_trusts_nothing_and_the_next_all_again(
    tmp_path, all_views
):
    for _ in range(2):
        assert await start(all_views, tmp_path, ZeroDivisionError()) == ([{"distrust": False}], 1)
    assert await start(all_views, tmp_path) == ([{"distrust": True}], 0)
    assert await start(all_views, tmp_path) == ([{"distrust": False}], 0)
    assert not (tmp_path / "starting").exists()


async def test_a_store_that_cannot_be_opened_is_one_sentence_and_no_crash(tmp_path, all_views, capsys):
    said = "A copy of it cannot be kept (the disk is full). Nothing was changed."
    assert await start(all_views, tmp_path, NotOpened(said)) == ([{"distrust": False}], 1)
    assert said in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "crash.log").exists()


async def test_what_could_not_be_saved_on_leaving_is_exit_code_1(all_views):
    cockpit = FakeCockpit(all_views["queue"])

    async def close(**_):
        return "Not saved: the disk is full."

    cockpit.close = close
    app = PowerHourApp(ScreenContext(cockpit), AppOptions())
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert (app.return_code, app.unsaved) == (1, "Not saved: the disk is full.")


async def _run_worker(app, work):
    async with app.run_test() as pilot:
        app.run_worker(work)
        await pilot.pause()


async def test_a_fault_in_a_worker_is_written_down_where_it_happened(tmp_path, all_views):
    async def broken():
        raise ValueError(SECRET)

    app = PowerHourApp(ScreenContext(FakeCockpit(all_views["queue"])), AppOptions(log_folder=tmp_path))
    with pytest.raises(ValueError, match="Ann"):
        await _run_worker(app, broken())
    log = (tmp_path / "crash.log").read_text("utf-8")
    assert log.startswith("ValueError\n")
    assert "in broken" in log
    assert app.return_code == 1


async def test_keys_that_come_in_behind_the_one_that_leaves_are_harmless(stage, all_views):
    async with stage(all_views["queue"]) as s:
        for key in ("ctrl+q", "enter", "x", "slash"):
            s.app.post_message(events.Key(key, None))
        s.app.post_message(events.Paste("two vans"))
        await s.wait_end()
    assert s.app.return_code == 0
    await s.app.on_event(events.Key("x", "x"))
