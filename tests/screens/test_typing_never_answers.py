"""Typing never answers: on every screen and form a caller is one line, until F2 shows their card."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.screens.test_caller import HITS
from tui.cockpit.call_view import RingingView
from tui.cockpit.places import GUARD_S
from tui.cockpit.view import Phase
from tui.screens.caller import RingingScreen
from tui.screens.key_stream import KeyGuard

pytestmark = pytest.mark.slow

BO = RingingView("in-1", "+44 20 7946 0101", "BO", HITS[1:])
OVER_THE_QUEUE = {
    "import": "i",
    "list": "l",
    "person": "a",
    "length": "plus",
    "settings": "comma",
    "card": "right",
    "help": "f1",
    "keys": "question_mark",
    "why": "W",
    "look-up": "f2",
    "held": "r",
}
"""Pages over the queue, and the key of each."""
OVER_A_CALL = {
    "ready": ("h", "i", "f1", "question_mark"),
    "talking": ("slash", "f1"),
    "call_over": ("i",),
    "form": (),
    "ringing": ("h",),
}


def banner(view):
    return replace(view, ringing=None, banner="Bo Lund")


def calls(s, view):
    """Bo calls: as the cockpit tells it, and as it goes on when the screen has no room or the rep asks."""
    s.cockpit.then("incoming.has_no_room", banner(view))
    s.cockpit.then("incoming.open_look_up", replace(view, ringing=BO))
    s.cockpit.then("incoming.put_off", banner(view))
    return replace(view, ringing=BO)


async def walked(s, view, told):
    """Bo calls here: letters and Enter answer nobody, F2 and then Enter do."""
    await s.show(told)
    await s.until("Incoming call: Bo Lund. F2 shows the card.")
    assert not isinstance(s.app.screen, RingingScreen)
    await s.press(*"bo", "space")
    assert "incoming.take" not in s.cockpit.names()
    if not s.app.view.banner:
        await s.show(banner(view))
    await s.press("f2")
    assert isinstance(s.app.screen, RingingScreen)
    await s.press("enter")
    assert ("incoming.take", ("ana",)) in s.cockpit.asked


@pytest.mark.parametrize("page", OVER_THE_QUEUE)
async def test_over_the_queue(stage, all_views, page):
    view = all_views["queue"]
    async with stage(view) as s:
        await s.press(OVER_THE_QUEUE[page])
        told = calls(s, view)
        below = s.app.screen
        await walked(s, view, told)
        assert below in s.app.screen_stack


@pytest.mark.parametrize(("state", "key"), [(s, k) for s, keys in OVER_A_CALL.items() for k in keys])
async def test_over_a_call(stage, all_views, state, key):
    view = all_views[state]
    async with stage(view) as s:
        told = calls(s, view)
        await s.press(key)
        await walked(s, view, told)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_in_a_call_and_in_a_form_enter_means_what_it_meant(stage, all_views, size):
    async with stage(all_views["queue"], size=size) as s:
        for state in ("talking", "form", "call_over", "dialling", "ringing"):
            view = all_views[state]
            await s.show(view)
            told = calls(s, view)
            assert told.ringing
            before = len(s.lines)
            await s.show(banner(view))
            assert "Incoming call: Bo Lund. F2 shows the card." in s.text, state
            assert len(s.lines) == before, state
            await s.press(*"wants", "enter")
            assert "incoming.take" not in s.cockpit.names(), state
            assert "incoming.open_look_up" not in s.cockpit.names(), state


async def test_the_half_written_note_stays_through_the_callers_card(stage, all_views):
    view = all_views["talking"]
    async with stage(view) as s:
        calls(s, view)
        await s.press(*"half a no")
        await s.show(banner(view))
        await s.press("t", "f2", "escape")
        assert s.cockpit.names()[-1] == "incoming.put_off"
        assert " > half a not" in s.text
        await s.press("e")
        assert " > half a note" in s.text


async def test_a_question_that_is_typed_keeps_its_words(stage, all_views):
    view = all_views["ready"]
    async with stage(view) as s:
        told = calls(s, view)
        await s.press("i", *"the fa")
        await s.show(told)
        await s.press("i", "f2", "escape", "r", "enter")
        assert ("talk.set_reason", ("the fair",)) in s.cockpit.asked
        assert "incoming.take" not in s.cockpit.names()


class Still:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize("state", ["queue", "ready"])
async def test_keys_on_their_way_when_the_card_comes_answer_nobody(all_views, state):
    clock = Still()
    guard = KeyGuard(clock)
    phase = all_views[state].phase
    guard.saw(phase)
    clock.now += 10
    guard.saw(phase, caller="in-1")
    for key in (*"wants the offer", "enter"):
        clock.now += GUARD_S / 2
        assert "Somebody is calling" in guard.refuses("space" if key == " " else key)
    clock.now += GUARD_S
    assert guard.refuses("enter") == ""


async def test_the_card_a_key_brought_takes_the_next_key_at_once():
    clock = Still()
    guard = KeyGuard(clock)
    guard.saw(Phase.TALKING)
    clock.now += 10
    guard.begins("f2")
    guard.saw(Phase.TALKING, caller="in-1")
    guard.ends()
    assert guard.refuses("enter") == ""
