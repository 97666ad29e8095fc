"""The screens over the real cockpit: keys in, records out."""

from __future__ import annotations

import pytest

from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.cockpit.view import Phase
from tui.domain.outcome import Category

pytestmark = pytest.mark.slow


@pytest.fixture
async def live(bench):
    """The app over a cockpit with six people."""
    bench.people("Ann Rossi", "Bo Lund", "Eva Brandt", "Fay Osei", "Dee Wu", "Jo Marsh")
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield Stage(app, bench.cockpit, pilot)


async def test_a_voicemail_and_a_promise_with_real_keys(live, bench):
    s = live
    await s.press("enter")
    assert s.app.view.phase is Phase.RINGING
    bench.clock.step(2)
    await s.press("v")
    assert s.app.view.phase is Phase.READY
    await s.press("enter")
    bench.clock.step(2)
    await s.press("enter", *"two vans", "enter")
    bench.clock.step(60)
    await s.press("escape", "c", *"fri 3pm")
    assert "Friday 27 November 15:00" in s.text
    assert "two vans" in s.text
    await s.press("enter")
    calls = bench.store.calls()
    assert [call.is_ for call in calls] == [Category.VOICEMAIL, Category.PROMISE]
    assert calls[1].promise.from_.isoformat() == "2026-11-27T15:00:00+00:00"
    assert [note.text for note in calls[1].notes] == ["two vans"]
    assert len(bench.dialer.dialled) == 2


async def test_a_promise_at_the_proposed_time_takes_four_keys_to_the_next_dial(live, bench):
    s = live
    await s.press("enter")
    bench.clock.step(2)
    await s.press("enter")
    bench.clock.step(60)
    await s.press("escape", "c", "enter")
    bench.clock.step(1)
    await s.press("enter")
    assert s.app.view.phase is Phase.RINGING
    assert len(bench.dialer.dialled) == 2


async def test_a_skip_pause_and_undo_with_real_keys(live, bench):
    s = live
    first = s.app.view.queue.enter.name
    await s.press("s")
    key, label = s.app.view.ask.choices[0]
    assert f"{key}  {label}" in s.text
    await s.press(key)
    assert s.app.view.ask is None
    assert s.app.view.queue.enter.name != first
    await s.press("enter", "p")
    await s.press(s.app.view.ask.choices[0][0])
    assert s.app.view.phase is Phase.PAUSED
    assert "PAUSED" in s.lines[2]
    await s.press("enter")
    assert s.app.view.phase is Phase.RINGING


async def test_a_customer_who_rings_while_a_note_is_half_written_leaves_it_as_it_was(live, bench):
    s = live
    await s.press("enter")
    bench.clock.step(2)
    await s.press("enter", *"two va")
    before = s.lines[2].split("  ")[0]
    await s.press("f2", *"Dee")
    assert "Dee Wu" in s.text
    await s.press("enter")
    assert " DEE WU" in s.lines[2]
    await s.press("escape", "l", "enter")
    assert s.lines[2].startswith(before)
    assert " > two va" in s.text
    await s.press(*"ns")
    assert " > two vans" in s.text


async def test_the_filter_and_the_held_list_follow_the_cockpit(live, bench):
    s = live
    await s.press("slash", *"kente")
    await s.press("escape", "slash", *"wu", "enter")
    assert " ▸ Dee Wu" in s.text
    assert "Bo Lund" not in s.text
    await s.press("escape")
    assert "Bo Lund" in s.text


async def test_every_page_opens_over_the_real_cockpit(live, bench):
    s = live
    for keys in (
        ("right",),
        ("W",),
        ("question_mark",),
        ("f1",),
        ("r",),
        ("l",),
        ("plus",),
        ("a",),
        ("comma",),
    ):
        await s.press(*keys)
        assert "Ready now" not in s.text
        await s.press("escape")
        assert "Ready now" in s.text


async def test_a_call_is_rehearsed_from_the_queue_with_the_keys_of_the_call(live, bench):
    s = live
    await s.press("R")
    assert "Rehearsal: a call to Ann Rossi. Nobody is called, and nothing is kept." in s.text
    first = s.text
    await s.press("space")
    assert s.text != first
    await s.press("home")
    assert s.text == first
    await s.press("escape", "right", "R")
    assert "Rehearsal: a call to Ann Rossi." in s.text
    await s.press("escape", "escape")
    assert s.app.view.phase is Phase.QUEUE
    assert bench.dialer.dialled == []
    assert not bench.store.calls()
