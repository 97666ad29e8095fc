"""What stands on the screen with its key takes the mouse, and a click is a press of that key in all that follows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tui.cockpit.call_view import FormField
from tui.cockpit.view import Ask, Saved
from tui.screens.caller import CallerScreen
from tui.widgets.lines import Lines, key_at
from tui.widgets.outcome_form import OutcomeForm
from tui.widgets.section_list import SectionList
from tui.widgets.text_line import NoteLine


async def click(stage, words, times=1):
    """Click on the first place where words stand on the screen, on their first letter."""
    y = next(y for y, line in enumerate(stage.lines) if words in line)
    await stage.pilot.click(offset=(stage.lines[y].index(words), y), times=times)
    await stage.pilot.pause()


def test_a_key_reaches_as_far_as_what_is_said_of_it():
    line = ((" ", ""), ("Enter", "key"), ("  call Ann", ""), ("   ", ""), ("s", "key strong"), (" skip", ""))
    found = [key_at(line, column) for column in range(24)]
    assert found == ["", *["Enter"] * 15, *[""] * 3, *["s"] * 5]


@pytest.mark.parametrize(
    ("view", "words", "asked"),
    [
        ("queue", "call Ann", "queue.enter"),
        ("queue", "skip", "people.skip"),
        ("ready", "other number", "call.other_number"),
        ("ringing", "No answer", "outcome.choose"),
        ("call_over", "We call back", "outcome.choose"),
        ("talking", "Too expensive", "talk.answer"),
        ("talking", "next line", "talk.step_on"),
    ],
)
async def test_b79_what_is_clicked_is_pressed(stage, all_views, view, words, asked):
    async with stage(all_views[view]) as s:
        await click(s, words)
        assert s.cockpit.names() == [asked]


async def test_b79_the_key_of_a_caller_in_line_1_is_clicked(stage, all_views):
    async with stage(all_views["ready"]) as s:
        await click(s, "F2")
        assert isinstance(s.app.screen, CallerScreen)


async def test_an_answer_of_a_question_and_undo_are_clicked(stage, all_views):
    async with stage(replace(all_views["ready"], saved=Saved("Left voicemail · Ann Rossi"))) as s:
        await click(s, "u undo")
        assert s.cockpit.names() == ["undo.last"]
        await s.show(replace(all_views["ready"], ask=Ask("skip", "Why not now?", (("l", "later today"),))))
        await click(s, "later today")
        assert s.cockpit.asked[-1] == ("question.answer", ("l",))


async def test_b79_a_number_on_the_card_is_never_called_by_a_click(stage, all_views):
    view = all_views["ringing"]
    async with stage(replace(view, card=replace(view.card, other="+44 7700 900123"))) as s:
        await click(s, "+44 7700 900123")
        assert s.cockpit.asked == []


async def test_a_row_is_selected_by_the_first_click_and_a_note_keeps_the_cursor(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await click(s, "Bo Lund")
        assert s.cockpit.names() == ["queue.select"]
        await s.show(all_views["talking"])
        await s.press(*"two")
        await click(s, s.app.view.card.about)
        await s.press(*" vans")
        assert s.app.screen.query_one(NoteLine).value == "two vans"


async def test_a_line_of_the_form_is_gone_to_and_a_choice_changes(stage, all_views):
    view = all_views["form"]
    fields = (
        FormField("when", "When", "fri 3pm"),
        FormField("how", "How", "phone", kind="choice", choices=("phone", "e-mail")),
        FormField("what", "What", "the offer"),
    )
    async with stage(replace(view, form=replace(view.form, fields=fields, focus=""))) as s:
        form = s.app.screen.query_one(OutcomeForm)
        await click(s, "the offer")
        assert form.current == "what"
        await click(s, "phone")
        assert form.current == "how"
        await click(s, "phone")
        assert s.cockpit.names() == ["outcome.focus_field", "outcome.focus_field", "outcome.next_choice"]


async def test_a_second_click_at_once_is_a_repeat_as_of_a_key(stage, all_views):
    async with stage(all_views["talking"]) as s:
        s.app._guard._clock = lambda: 0.0
        s.cockpit.then("call.over", replace(all_views["call_over"], leave="back to the call"))
        await click(s, "Esc")
        await click(s, "Esc")
        assert s.cockpit.names() == ["call.over"]
        assert s.cockpit.told == ["Esc counted once."]


def dim_words(line, key_of):
    """Words of a line that press a key when they are clicked, and are drawn dimmer than text."""
    at, found = 0, []
    for text, look in line:
        if "dim" in look.split() and text.strip() and key_of(line, at):
            found.append(text)
        at += cell_len(text)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_b79_nothing_that_can_be_chosen_is_dimmer_than_text(stage, all_views, size):
    async with stage(all_views["queue"], size=size) as s:
        found = {}
        for name, view in all_views.items():
            await s.show(view)
            for widget in s.app.screen.query(Lines):
                for line in widget._lines_for(widget.size.width):
                    found[name, type(widget).__name__] = dim_words(line, widget.key_at)
            for people in s.app.screen.query(SectionList):
                found[name, "footer"] = dim_words(people.footer, key_at)
                for section in people.sections:
                    for row in section.rows[:3]:
                        parts = people.row_line(section, row, people.size.width, False)
                        found[name, row.id] = [text for text, look in parts if "dim" in look.split()]
        assert {place: words for place, words in found.items() if words} == {}
