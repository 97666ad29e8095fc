from __future__ import annotations

import re
import string

from msgspec.structs import replace

from tests.view_bench import NOTE
from tui.cockpit.call_view import Answer
from tui.cockpit.places import LINE_PLACES, PLACE_OF
from tui.cockpit.view import Ask, Phase
from tui.commands import BY_ID, commands_for
from tui.commands.keys import shown_key
from tui.script.language.line import Words, answers_by
from tui.widgets.text_line import NoteLine


async def test_an_outcome_letter_goes_to_the_cockpit(stage, all_views):
    outcomes = ("no_answer", "voicemail", "gatekeeper", "wrong_number", "do_not_call")
    async with stage(all_views["ready"]) as s:
        for state in ("dialling", "ringing", "call_over"):
            await s.show(all_views[state])
            s.cockpit.asked.clear()
            await s.press("n", "v", "g", "w", "x")
            assert s.cockpit.asked == [("outcome.choose", (one,)) for one in outcomes], state


async def test_reserved_letters_are_commands_while_it_rings(stage, all_views):
    async with stage(all_views["ringing"]) as s:
        await s.press("o", "less_than_sign", "greater_than_sign", "p", "u", "k")
        assert s.cockpit.asked == [
            ("call.other_number", ()),
            ("call.other_number", (-1,)),
            ("call.other_number", (1,)),
            ("session.ask_pause", ()),
            ("undo.last", ()),
            ("call.call_again", ()),
        ]


async def test_ready_keys_call_skip_pause_and_hold(stage, all_views):
    async with stage(all_views["next_in"]) as s:
        await s.press("enter", "space", "s", "p", "o", "u", "r", "escape")
        assert s.cockpit.names() == [
            "call.dial",
            "session.hold",
            "people.skip",
            "session.ask_pause",
            "call.other_number",
            "undo.last",
            "session.show_recap",
            "session.to_queue",
        ]


async def test_typing_is_a_note_and_enter_keeps_it_and_clears_the_line(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press(*"no 2 vans", "enter")
        assert s.cockpit.asked[-2:] == [("talk.type_note", ("no 2 vans",)), ("talk.keep_note", ())]
        assert s.app.screen.query_one(NoteLine).value == ""


async def test_on_an_empty_line_keys_are_commands_and_on_a_full_one_they_are_text(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("3", "space", "backspace", "plus", "minus")
        assert s.cockpit.asked == [
            ("talk.answer", ("3",)),
            ("talk.step_on", ()),
            ("talk.step_back", ()),
            ("talk.signal", ("+",)),
            ("talk.signal", ("-",)),
        ]
        s.cockpit.asked.clear()
        await s.press("a", "3", "space", "plus", "minus", "slash", "question_mark", "backspace")
        assert s.app.screen.query_one(NoteLine).value == "a3 +-/"
        assert set(s.cockpit.names()) == {"talk.type_note"}


async def test_a_digit_that_answers_nothing_begins_a_note(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("7", "space", "v")
        assert s.app.screen.query_one(NoteLine).value == "7 v"
        assert set(s.cockpit.names()) == {"talk.type_note"}


async def test_slash_on_an_empty_line_searches_and_enter_jumps(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("slash", *"exp")
        assert " ▸ Too expensive" in s.text
        await s.press("enter")
        assert s.cockpit.asked[-1] == ("talk.jump", ("objection:price",))
        await s.press("h")
        assert s.app.screen.query_one(NoteLine).value == "h"


async def test_esc_while_talking_only_shows_the_outcomes(stage, all_views):
    async with stage(all_views["talking"]) as s:
        s.cockpit.then("call.over", all_views["call_over"])
        await s.press("escape")
        assert s.cockpit.names() == ["call.over"]
        assert "How did it go?" in s.text


async def test_arrows_choose_an_outcome_and_enter_takes_it(stage, all_views):
    async with stage(all_views["call_over"]) as s:
        assert " ▸ t  Talked" in s.text
        assert " Enter  Talked" in s.text
        await s.press("down", "down", "up")
        assert " ▸ c  We call back" in s.text
        assert " Enter  We call back" in s.text
        await s.press("enter")
        assert s.cockpit.asked == [("outcome.choose", ("promise",))]


async def test_an_escape_and_a_letter_typed_at_once_are_both_seen(stage, all_views):
    async with stage(all_views["talking"]) as s:
        s.cockpit.then("call.over", all_views["call_over"])
        await s.press("alt+c")
        await s.pilot.pause()
        assert s.cockpit.asked == [("call.over", ()), ("outcome.choose", ("promise",))]


async def test_alt_and_a_letter_never_write_into_a_text_line(stage, all_views):
    async with stage(all_views["form"]) as s:
        s.cockpit.then("outcome.leave_form", all_views["call_over"])
        await s.press("alt+n")
        await s.pilot.pause()
        assert s.cockpit.asked == [("outcome.leave_form", ()), ("outcome.choose", ("no_answer",))]


async def test_the_first_letter_typed_replaces_the_proposed_time(stage, all_views):
    async with stage(all_views["form"]) as s:
        await s.press(*"mon 9")
        assert s.cockpit.asked[-1] == ("outcome.set_field", ("when", "mon 9"))
        await s.press("enter")
        assert s.cockpit.names()[-1] == "outcome.save_form"


async def test_enter_saves_the_proposed_time_untouched(stage, all_views):
    async with stage(all_views["form"]) as s:
        await s.press("enter")
        assert s.cockpit.asked == [("outcome.save_form", ())]


async def test_tab_goes_to_the_next_line_and_space_turns_a_choice(stage, all_views):
    async with stage(all_views["form"]) as s:
        await s.press("tab", "space")
        assert s.cockpit.asked == [("outcome.focus_field", ("how",)), ("outcome.next_choice", ("how",))]
        await s.press("tab", *"the fair")
        assert s.cockpit.asked[-1] == ("outcome.set_field", ("about", "the fair"))
        await s.press("shift+tab", "shift+tab")
        assert s.cockpit.asked[-1] == ("outcome.focus_field", ("when",))


async def test_letters_typed_on_the_way_into_a_form_are_not_lost(stage, all_views):
    async with stage(all_views["talking"]) as s:
        s.cockpit.then("call.over", all_views["call_over"])
        s.cockpit.then("outcome.choose", all_views["form"])
        await s.press("escape", "c", "t", "u", "e")
        assert s.cockpit.asked[-1] == ("outcome.set_field", ("when", "tue"))


async def test_what_the_cockpit_understood_is_shown_and_the_typed_text_stays(stage, all_views):
    view = all_views["form"]
    async with stage(view) as s:

        def understood(field_id, value):
            when = replace(
                view.form.fields[0], value=value, preview=(), problem=f"No day in {value!r}. Try: fri 3pm"
            )
            return replace(view, form=replace(view.form, fields=(when, *view.form.fields[1:])))

        s.cockpit.then("outcome.set_field", understood)
        await s.press("x", "y")
        assert "No day in 'xy'. Try: fri 3pm" in s.text
        assert " When        xy" in s.text


async def test_a_question_takes_the_keys_from_the_form_and_gives_them_back(stage, all_views):
    view = all_views["form"]
    ask = Ask(
        "decide",
        "Sat 19:30 is outside the legal hours (Italy). Offer 18:30?",
        (("y", "offer it"), ("n", "keep it")),
    )
    async with stage(view) as s:
        s.cockpit.then("outcome.save_form", replace(view, ask=ask))
        s.cockpit.then("question.answer", view)
        await s.press("enter", "z", "y", *"mon")
        assert s.cockpit.names()[:2] == ["outcome.save_form", "question.answer"]
        assert s.cockpit.asked[-1] == ("outcome.set_field", ("when", "mon"))


async def test_a_question_for_a_sentence_has_a_line_to_type_it_on(stage, all_views):
    view = all_views["ready"]
    ask = Ask("override", "Why ring all the same?", (), text=True)
    async with stage(replace(view, ask=ask)) as s:
        await s.press(*"they asked", "enter")
        assert s.cockpit.asked == [("question.answer", ("they asked",))]


async def test_a_draft_comes_back_onto_the_note_line_once(stage, all_views):
    view = replace(all_views["talking"], draft="two vans", draft_of="call-9")
    async with stage(view) as s:
        assert s.app.screen.query_one(NoteLine).value == "two vans"
        await s.press("!")
        await s.show(replace(view, draft="two vans"))
        assert s.app.screen.query_one(NoteLine).value == "two vans!"


async def test_the_focus_stays_where_it_is_when_only_time_passes(stage, all_views):
    view = all_views["talking"]
    async with stage(view) as s:
        note = s.app.screen.focused
        assert isinstance(note, NoteLine)
        await s.press("h")
        await s.show(replace(view, state_s=49))
        assert s.app.screen.focused is note
        assert note.cursor_position == 1


async def test_the_gatekeepers_words_take_the_place_of_the_voicemail_text(stage, all_views):
    view = all_views["ringing"]
    words = replace(view.script, gatekeeper=(Words("say", "Good afternoon, may I speak to Ann Rossi?"),))
    async with stage(replace(view, script=words)) as s:
        assert "── To the gatekeeper ──" in s.text
        assert "may I speak to Ann Rossi?" in s.text
        assert "If it is voicemail" not in s.text


async def test_hang_up_is_offered_only_where_the_line_can_do_it(stage, all_views):
    view = all_views["ringing"]
    async with stage(view) as s:
        await s.press("ctrl+x")
        assert s.cockpit.asked == []
        await s.show(replace(view, can_hang_up=True))
        assert "^X  hang up" in s.text
        await s.press("ctrl+x")
        assert s.cockpit.names() == ["call.hang_up"]


async def test_a_number_typed_by_hand_is_called(stage, all_views):
    async with stage(all_views["ready"]) as s:
        await s.press("h", *"020 7946 0123", "enter")
        assert s.cockpit.asked == [("call.dial_by_hand", ("020 7946 0123",))]


async def test_whoever_waits_is_named_while_a_caller_is_served(stage, all_views):
    view = replace(all_views["talking"], inbound=True, waiting="Ann Rossi, with your half-written note")
    async with stage(view) as s:
        assert re.search(r"^ Next +Ann Rossi, with your half-written note", s.text, re.MULTILINE)


async def test_every_command_of_every_phase_is_handled(stage, all_views):
    async with stage(all_views["ready"]) as s:
        done = set(s.app.screen.handlers())
        listed = {*PLACE_OF.values(), *(place for more in LINE_PLACES.values() for place in more)}
        for place in listed | {"talking_empty", "form_choice", "reading"}:
            assert {command.id for command in commands_for(place)} <= done


async def test_keys_the_rep_changed_work_and_are_the_ones_shown(stage, all_views):
    changed = {"talking.on": "f9", "ringing.answered": "y", "talking.search": "colon"}
    async with stage(all_views["ringing"], keys=changed) as s:
        s.cockpit.then("call.answered", all_views["talking"])
        assert " y  Somebody answered" in s.text
        await s.press("enter", "y", "f9")
        assert s.cockpit.names() == ["call.answered", "talk.step_on"]
        assert "F9 next line, : search" in s.text
        await s.press("space", "slash")
        assert s.app.screen.query_one(NoteLine).value == " /"


async def test_a_countdown_shows_its_seconds(stage, all_views):
    async with stage(all_views["next_in"]) as s:
        assert s.lines[2].endswith("NEXT IN 2")
        assert s.app.screen.view.phase is Phase.NEXT_IN


async def test_a_text_longer_than_the_screen_scrolls_and_the_keys_stay(stage, all_views):
    view = all_views["talking"]
    long = replace(view.script, words=(Words("say", "Ask. " * 400),))
    async with stage(replace(view, script=long)) as s:
        assert s.lines[-1].startswith(" Esc")
        before = s.text
        await s.press("pagedown")
        assert s.text != before
        assert s.lines[-1].startswith(" Esc")


async def test_an_answers_own_key_gives_it_on_an_empty_line_and_is_text_on_a_full_one(stage, all_views):
    talking = all_views["talking"]
    answers = (Answer("1", "of use (=)", "="), Answer("0", "did not ask"))
    async with stage(replace(talking, script=replace(talking.script, answers=answers))) as s:
        await s.press("equals_sign")
        assert s.cockpit.asked == [("talk.answer", ("1",))]
        await s.press("a", "equals_sign")
        assert s.app.screen.query_one(NoteLine).value == "a="


async def test_a_letter_always_begins_a_note_and_the_rep_is_told_once_what_answers(stage, all_views):
    talking = all_views["talking"]
    answers = (Answer("1", "of use", letter="o"), Answer("0", "did not ask"))
    view = replace(talking, script=replace(talking.script, answers=answers))
    async with stage(view, keys={"app.keys": "k"}) as s:
        await s.press("o")
        assert s.app.screen.query_one(NoteLine).value == "o"
        assert s.cockpit.told == ["Letters begin a note; 1 answers."]
        await s.press("backspace", "o")
        assert len(s.cockpit.told) == 1
        await s.press("backspace", "k")
        assert s.app.screen.query_one(NoteLine).value == "k"


def test_a_trainer_may_give_an_answer_every_sign_that_does_nothing_else_and_no_other():
    taken = {
        shown_key(key)
        for command in (*commands_for("talking_empty"), BY_ID["app.keys"])
        for key in command.keys
    }
    for character in string.printable[:94] + "èß":
        assert answers_by(character) == (not character.isalnum() and character not in taken)


async def test_equals_writes_what_the_script_asks_for_and_does_nothing_where_it_asks_nothing(
    stage, all_views
):
    ready = all_views["ready"]
    async with stage(ready) as s:
        await s.press("equals_sign")
        assert s.cockpit.asked == []
        assert "fill in" not in s.text
        await s.show(
            replace(ready, script=replace(ready.script, asks=(("topic", "Which range today?", ""),)))
        )
        assert " =  fill in" in s.text
        await s.press("equals_sign")
        assert "Which range today?" in s.text
        await s.press(*"vans", "enter")
        assert s.cockpit.asked == [("talk.fill_in", ("topic", "vans"))]


async def test_undo_is_named_only_where_there_is_something_to_undo(stage, all_views):
    async with stage(all_views["queue"], size=(120, 30)) as s:
        for state in ("ready", "call_over", "paused"):
            await s.show(all_views[state])
            assert "undo" in s.text, state
            await s.show(replace(all_views[state], can_undo=False))
            assert "undo" not in s.text, state


async def test_up_brings_a_kept_note_back_and_says_what_enter_does(stage, all_views):
    talking = all_views["talking"]
    changing = replace(talking, changing=0, draft=NOTE, draft_of="call-1/0")
    async with stage(talking) as s:
        assert "Up changes a note" in s.text
        s.cockpit.then("talk.change_note", changing)
        await s.press("up")
        assert s.cockpit.asked[-1] == ("talk.change_note", (-1,))
        assert "changing 15:03: Enter keeps it, empty removes it" in s.text
        assert s.app.screen.note.value == NOTE
        s.cockpit.then("talk.keep_note", talking)
        await s.press("!", "enter")
        assert s.cockpit.asked[-2:] == [("talk.type_note", (NOTE + "!",)), ("talk.keep_note", ())]
        assert s.app.screen.note.value == ""


async def test_keys_are_no_commands_while_a_note_that_is_changed_stands_empty(stage, all_views):
    changing = replace(all_views["talking"], changing=0, draft="", draft_of="call-1/0")
    async with stage(changing) as s:
        await s.press("backspace", "1")
        assert not {"talk.step_back", "talk.answer"} & set(s.cockpit.names())
        assert s.app.screen.note.value == "1"
        await s.press("backspace", "enter")
        assert s.cockpit.asked[-2:] == [("talk.type_note", ("",)), ("talk.keep_note", ())]


async def test_without_a_kept_note_up_does_nothing_and_is_not_named(stage, all_views):
    async with stage(replace(all_views["talking"], notes=())) as s:
        await s.press("up", "down")
        assert "talk.change_note" not in s.cockpit.names()
        assert "changes a note" not in s.text


async def test_after_the_call_i_shows_the_notes_to_be_changed(stage, all_views):
    view = replace(all_views["call_over"], call_id="call-1")
    async with stage(view) as s:
        assert "i  notes" in s.text
        await s.press("i")
        assert "Notes of this call" in s.text
        await s.press(*"next one", "enter")
        assert s.cockpit.asked[-1] == ("talk.set_notes", ("call-1", [NOTE], "next one", ""))
