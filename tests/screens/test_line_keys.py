"""The keys of the phone itself, on the screen of the call."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tui.cockpit.call_view import LineView

pytestmark = pytest.mark.slow

ALL = frozenset({"tones", "mute", "hold"})


@pytest.mark.parametrize(("key", "asked"), [("ctrl+g", "phone.mute"), ("ctrl+o", "phone.hold")])
async def test_mute_and_hold_work_only_where_the_line_can_do_it(stage, all_views, key, asked):
    view = all_views["talking"]
    async with stage(view) as s:
        await s.press(key)
        assert s.cockpit.asked == []
        await s.show(replace(view, line=LineView(ALL)))
        await s.press(key)
        assert s.cockpit.asked == [(asked, ())]


async def test_tones_are_asked_for_and_the_half_written_note_stays(stage, all_views):
    view = all_views["talking"]
    async with stage(view) as s:
        await s.press("ctrl+t")
        assert "Which tones?" not in s.text
        await s.show(replace(view, line=LineView(ALL)))
        await s.press(*"two va", "ctrl+t")
        assert "Which tones?" in s.text
        await s.press("1", "2", "number_sign", "enter")
        assert ("phone.tones", ("12#",)) in s.cockpit.asked
        await s.press(*"ns")
        assert "> two vans" in s.text


@pytest.mark.parametrize("size", [(60, 20), (80, 23), (80, 24), (120, 40)])
async def test_the_keys_of_the_line_and_its_state_are_on_the_screen_in_words(stage, all_views, size):
    line = LineView(ALL, muted=True, held=True, recording=True, secure=True)
    async with stage(replace(all_views["talking"], line=line, can_hang_up=True), size=size) as s:
        assert re.search(r"\+44 20 7946 0100.* muted, on hold, recording, encrypted *(│.*)?\n", s.text)
        assert "^T  tones   ^G  unmute   ^O  resume   ^X  hang up" in s.text
        assert "Esc  call over" in s.text
        assert "How did the offer go down" in s.text
        assert re.search(r" > *(│.*)?$", s.text, re.MULTILINE)


async def test_only_what_the_line_can_do_is_named(stage, all_views):
    line = LineView(frozenset({"tones"}))
    async with stage(replace(all_views["talking"], line=line)) as s:
        assert "^T  tones" in s.text
        assert "mute" not in s.text
        assert "^O" not in s.text


async def test_recording_is_offered_before_it_rings_where_they_agreed(stage, all_views):
    view = all_views["ready"]
    async with stage(view) as s:
        await s.press("ctrl+y")
        assert s.cockpit.asked == []
        await s.show(replace(view, line=LineView(frozenset({"record"}))))
        assert "^Y  record the call" in s.text
        await s.press("ctrl+y")
        assert s.cockpit.names() == ["phone.record"]
        await s.show(replace(view, line=LineView(frozenset({"record"}), recording=True)))
        assert re.search(r"\+44 20 7946 0100  office +will be recorded\n", s.text)
        assert "^Y  do not record" in s.text
