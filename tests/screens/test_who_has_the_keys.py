"""The keys go to the line or list that has them now, whatever had them before a question, or another window, came."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual import events

from tui.cockpit.view import Ask
from tui.widgets.files import Files

ONE_KEY = Ask("pause", "Why?", (("b", "a break"), ("l", "lunch")))
SENTENCE = Ask("override:ann", "Why all the same?", (), text=True)


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("ask", [ONE_KEY, SENTENCE])
@pytest.mark.parametrize("before", ["talking", "form"])
async def test_a_question_that_comes_with_another_phase_leaves_no_key_on_a_line_that_is_gone(
    stage, all_views, before, ask, at_once
):
    async with stage(all_views[before]) as s:
        await s.show(replace(all_views["ready"], ask=ask))
        s.cockpit.then("question.leave", all_views["ready"])
        if at_once:
            await s.burst("escape", "r")
        else:
            await s.press("escape")
            await s.press("r")
        assert s.cockpit.names() == ["question.leave", "session.show_recap"]


@pytest.mark.parametrize("ask", [ONE_KEY, SENTENCE])
@pytest.mark.parametrize("leaves", ["escape", "enter"])
async def test_the_phase_moves_on_behind_a_question_of_the_screen(stage, all_views, ask, leaves):
    async with stage(all_views["talking"]) as s:
        s.app.screen.ask_here(replace(ask, default="b"), lambda _: None)
        await s.show(all_views["call_over"])
        await s.press(leaves)
        await s.press("v")
        assert s.cockpit.asked == [("outcome.choose", ("voicemail",))]


async def test_after_a_question_the_line_that_is_still_there_has_the_keys(stage, all_views):
    async with stage(all_views["talking"]) as s:
        s.app.screen.ask_here(ONE_KEY, lambda _: None)
        await s.burst("escape", *"two")
        assert s.app.screen.note.value == "two"


@pytest.mark.parametrize("ask", [None, ONE_KEY])
async def test_a_rep_comes_back_from_another_window_to_another_phase(stage, all_views, ask):
    async with stage(all_views["talking"]) as s:
        s.app.post_message(events.AppBlur())
        await s.done()
        await s.show(replace(all_views["call_over"], ask=ask))
        s.app.post_message(events.AppFocus())
        await s.press("v" if ask is None else "b")
        assert s.cockpit.names() == ["outcome.choose" if ask is None else "question.answer"]


async def test_a_line_that_was_hidden_and_is_shown_again_is_typed_on(stage, all_views):
    async with stage(all_views["talking"]) as s:
        s.app.screen.note.blur()  # as Textual does when it hears late that the line was hidden
        await s.press(*"two")
        assert s.app.screen.note.value == "two"


async def test_the_files_have_the_keys_again_after_the_question_for_a_path(stage, all_views, tmp_path):
    (tmp_path / "one.csv").write_text("Name\nAnn\n", encoding="utf-8")
    async with stage(all_views["queue"], import_from=tmp_path) as s:
        await s.press("i")
        await s.until("one.csv")
        await s.press("slash", "escape", "down")
        assert s.app.screen.query_one(Files).cursor_line == 1
        assert s.cockpit.told == []
