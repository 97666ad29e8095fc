"""What is typed on another keyboard, or with Caps Lock on, does what the Latin key in that place does."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.screen_bench import key_event
from tui.cockpit.view import Ask
from tui.commands import COMMANDS
from tui.screens.keys.keyboards import AZERTY, twin
from tui.widgets.text_line import NoteLine


@pytest.mark.parametrize(
    ("typed", "latin"),
    [("й", "q"), ("Й", "Q"), ("т", "n"), ("і", "s"), ("б", "comma"), ("ν", "n"), ("Ν", "N"), ("é", "2")],
)
def test_a_letter_stands_for_the_latin_key_in_its_place(typed, latin):
    assert twin(key_event(typed)).key == latin


def test_with_ctrl_the_place_counts_too_and_latin_stays_latin():
    from textual import events

    assert twin(events.Key("ctrl+з", None)).key == "ctrl+p"
    assert [twin(key_event(key)) for key in "nN1?"] == [None] * 4
    assert twin(events.Key("f2", None)) is None


@pytest.mark.parametrize("no_answer", ["т", "ν", "N", "Т"])
async def test_b77_an_outcome_is_chosen_on_any_keyboard(stage, all_views, no_answer):
    async with stage(all_views["ringing"]) as s:
        await s.press(no_answer)
        assert s.cockpit.asked == [("outcome.choose", ("no_answer",))]


async def test_a_command_and_a_question_are_answered_on_a_russian_keyboard(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("ы")
        assert s.cockpit.names() == ["people.skip"]
        await s.show(replace(all_views["queue"], ask=Ask("skip", "Why?", (("l", "later"),))))
        await s.press("д")
        assert s.cockpit.asked[-1] == ("question.answer", ("l",))


async def test_b77_what_is_typed_on_a_line_stays_as_it_is(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press(*"йTÉ")
        assert s.app.screen.query_one(NoteLine).value == "йTÉ"
        assert not {"talk.answer", "outcome.choose"} & set(s.cockpit.names())


async def test_b77_a_digit_of_a_french_keyboard_begins_a_note_and_says_so_once(stage, all_views):
    view = all_views["talking"]
    digit = view.script.answers[0].digit
    sign = next(sign for sign, place in AZERTY.items() if place == digit)
    async with stage(view) as s:
        await s.press(sign, "backspace", sign)
        assert s.app.screen.query_one(NoteLine).value == sign
        assert s.cockpit.told == [f"{sign} begins a note. On a French keyboard {digit} needs Shift."]


async def test_b77_caps_lock_is_told_of_once_and_a_capital_of_its_own_waits_for_a_second_press(
    stage, all_views
):
    async with stage(all_views["queue"]) as s:
        await s.press("G")
        assert s.cockpit.told == []
        await s.press("S", "S", "S")
        assert s.cockpit.names().count("people.skip") == 3
        assert s.cockpit.told == ["Caps Lock seems to be on: capitals are taken as small letters."]
        await s.press("T")
        assert "team_hour.switch" not in s.cockpit.names()
        assert s.cockpit.told[-1].startswith("Caps Lock seems to be on: T was not taken.")
        await s.press("T")
        assert s.cockpit.names()[-1] == "team_hour.switch"
        await s.press("s", "T")
        assert s.cockpit.names()[-1] == "team_hour.switch"


def test_the_capitals_that_are_taken_at_their_word_are_few_and_harmless():
    keys = {key for command in COMMANDS for key in command.keys}
    own = {key for key in keys if len(key) == 1 and key.isupper()}
    assert own == {"G", "R", "T", "W"}  # another one: does a rep with Caps Lock on lose anything by it?
