"""Nothing typed or pasted is cut in silence: it is taken whole, or not at all and that is said."""

from __future__ import annotations

from textual import events

from tui.plaintext import MAX_TEXT
from tui.widgets.text_line import MAX_TYPED, TextLine

WORDS = "They want the offer by Friday. "


def pasted(length):
    return (WORDS * (length // len(WORDS) + 1))[: length - 10] + "ORDER 4711"


async def paste(s, text):
    s.app.post_message(events.Paste(text))
    await s.pilot.pause()
    await s.pilot.pause()


async def test_a_paste_of_5000_characters_stands_on_the_note_line_whole(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await paste(s, pasted(5000))
        assert s.app.screen.note.value.endswith("ORDER 4711")
        assert len(s.app.screen.note.value) == 5000
        await s.pilot.press("enter")
        assert ("talk.type_note", (pasted(5000),)) in s.cockpit.asked


async def test_what_a_note_cannot_hold_is_refused_and_what_stands_there_stays(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await paste(s, "first of all")
        await paste(s, pasted(MAX_TEXT))
        assert s.app.screen.note.value == "first of all"
        assert s.cockpit.told == ["Too long for this line: it holds 10,000 characters. Nothing was added."]


async def test_a_line_of_another_kind_says_it_too(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.pilot.press("slash")
        line = s.app.screen.query_one("#find-text", TextLine)
        line.value = "x" * MAX_TYPED
        line.cursor_position = MAX_TYPED
        await s.pilot.press("y")
        assert line.value == "x" * MAX_TYPED
        assert s.cockpit.told == ["Too long for this line: it holds 500 characters. Nothing was added."]
