"""Where the terminal's own cursor stands, and what happens in a window too small to read."""

from __future__ import annotations

from msgspec.structs import replace

from tui.screens import alarm


def sign_at_the_cursor(s):
    """What stands on the screen from the cursor on, on its line."""
    x, y = s.app.cursor_position
    return s.lines[y][x:]


async def test_b67_the_cursor_of_the_terminal_stands_at_the_selected_row_and_on_the_line_that_is_typed_on(
    stage, all_views
):
    async with stage(all_views["queue"]) as s:
        first = s.app.cursor_position
        assert sign_at_the_cursor(s).startswith(" ▸ ")
        await s.press("down")
        assert s.app.cursor_position == (first.x, first.y + 1)
        assert sign_at_the_cursor(s).startswith(" ▸ ")
        await s.press("slash", *"ros")
        x, y = s.app.cursor_position
        assert s.lines[y][:x].endswith("> ros")


async def test_it_stands_at_the_note_the_outcome_the_choice_of_a_form_and_the_question(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press(*"two")
        x, y = s.app.cursor_position
        assert s.lines[y][:x].endswith("two")
    async with stage(all_views["call_over"]) as s:
        await s.press("down")
        assert sign_at_the_cursor(s).startswith(" ▸ ")
    async with stage(all_views["form"]) as s:
        await s.press("tab")
        assert sign_at_the_cursor(s).strip().startswith("How")


async def test_b67_in_a_window_too_small_no_key_acts_unseen_and_one_leaves_without_a_question(
    stage, all_views
):
    async with stage(all_views["talking"], size=(50, 12)) as s:
        await s.press("n", "escape", "enter", "f2", "question_mark", "slash")
        assert s.cockpit.asked == []
        assert "^Q leaves" in " ".join(s.text.split())
        await s.press_last("ctrl+q")
    assert s.app.return_code == 0
    assert s.cockpit.asked == [("close", (("crashed", False),))]


async def test_a_caller_is_told_of_by_bell_title_and_words_while_the_window_is_too_small(
    stage, all_views, monkeypatch
):
    told, bells = [], []
    async with stage(all_views["talking"], size=(50, 12)) as s:
        monkeypatch.setattr(s.app, "bell", lambda: bells.append(1))
        monkeypatch.setattr(s.app._alarm, "_tell_terminal", told.append)
        await s.show(replace(all_views["talking"], banner="Bo Lund"))
        await s.show(replace(all_views["talking"], banner="Bo Lund", state_s=9))
        assert (bells, told) == ([1], [alarm.terminal.TITLE_CALL])
        assert "Incoming call: Bo Lund" in " ".join(s.text.split())


async def test_nothing_moves_or_blinks_by_itself(stage, all_views):
    async with stage(all_views["talking"]) as s:
        assert s.app.animation_level == "none"
        assert not s.app.screen.note.cursor_blink
