from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual import events

from tui.cockpit.view import Ask, Phase
from tui.screens.contact import ContactScreen
from tui.widgets.queue_list import QueueList


async def test_down_and_up_select_the_person_under_the_cursor(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("down", "j", "k")
        assert s.cockpit.asked == [
            ("queue.select", ("bo",)),
            ("queue.select", ("eva",)),
            ("queue.select", ("bo",)),
        ]
        assert " ▸ Bo Lund" in s.text


async def test_past_the_last_ready_row_the_cursor_goes_on_into_later_and_owed(stage, all_views):
    async with stage(all_views["queue"], size=(80, 20)) as s:
        people = s.app.screen.query_one(QueueList)
        people.go_to(23)
        await s.pilot.pause()
        await s.press("down")
        assert " ▸ Cy Park" in s.text
        await s.press("down")
        assert " ▸ Jo Marsh" in s.text
        await s.press("down")
        assert " ▸ Jo Marsh" in s.text
        await s.press("home")
        assert " ▸ Ann Rossi" in s.text


async def test_moving_down_scrolls_inside_the_ready_section_only(stage, all_views):
    async with stage(all_views["queue"], size=(80, 20)) as s:
        await s.press(*["down"] * 7)
        assert " ▸ Person 3" in s.text
        assert "Ann Rossi  " not in s.lines[6]
        assert "... 3 above, 16 more" in s.text
        assert "Cy Park" in s.text
        await s.press("G")
        assert " ▸ Jo Marsh" in s.text


async def test_a_selection_made_by_the_cockpit_moves_the_cursor(stage, all_views):
    view = all_views["queue"]
    async with stage(view) as s:
        await s.show(replace(view, queue=replace(view.queue, selected="dee")))
        assert " ▸ Dee Wu" in s.text


async def test_slash_narrows_while_typing_and_esc_clears_the_filter(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("slash", "k", "e")
        assert s.cockpit.asked[-1] == ("queue.find", ("ke",))
        assert " Find > ke" in s.text
        await s.press("down")
        assert " ▸ Bo Lund" in s.text
        await s.press("escape")
        assert s.cockpit.names()[-1] == "queue.clear_filter"
        assert "Find >" not in s.text


async def test_enter_on_the_search_line_keeps_the_search_and_calls_nobody(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("slash", "b", "enter")
        assert s.cockpit.names() == ["queue.find", "queue.find", "queue.enter"]
        assert "Find >" not in s.text
        await s.press("enter")
        assert s.cockpit.asked[-1] == ("queue.enter", ("ann",))


async def test_a_filter_can_be_kept_under_a_name(stage, all_views):
    view = all_views["queue"]
    async with stage(replace(view, queue=replace(view.queue, filter="leeds"))) as s:
        await s.press("f", "N", "o", "r", "t", "h", "enter")
        assert s.cockpit.asked == [("queue.save_filter", ("North",))]


async def test_h_shows_the_others_with_why_and_back(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("h")
        assert "── Not today ──" in s.text
        assert "Talked yesterday: again on Thu 26 Nov" in s.text
        assert "Ann Rossi  " not in s.text
        await s.press("escape")
        assert "── Ready now ──" in s.text


async def test_a_person_of_the_other_list_can_be_called_all_the_same(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("h", "down", "enter")
        assert s.cockpit.asked[-2:] == [("queue.select", ("lee",)), ("queue.enter", ("lee",))]


async def test_space_on_a_to_do_marks_it_done(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("G")
        assert "Space done" in s.text
        await s.press("space")
        assert s.cockpit.asked[-1] == ("people.tick_owed", ("call-jo",))


async def test_right_on_a_to_do_opens_the_person_and_marks_nothing(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("G")
        assert "Right open" in s.text
        await s.press("right")
        assert isinstance(s.app.screen, ContactScreen)
        assert "people.tick_owed" not in s.cockpit.names()


async def test_space_marks_nothing_on_the_row_of_a_person(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("space")
        assert not isinstance(s.app.screen, ContactScreen)
        assert "people.tick_owed" not in s.cockpit.names()


async def test_right_on_a_person_opens_everything_about_them(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("right")
        assert isinstance(s.app.screen, ContactScreen)
        assert " ANN ROSSI" in s.text or "── ANN ROSSI" in s.text
        await s.press("escape")
        assert "── Ready now ──" in s.text


async def test_a_skip_asks_one_key_and_esc_leaves_it(stage, all_views):
    view = all_views["queue"]
    ask = Ask("skip:ann", "Skip Ann Rossi: why?", (("1", "busy now"), ("2", "wrong day")))
    async with stage(view) as s:
        s.cockpit.then("people.skip", replace(view, ask=ask))
        s.cockpit.then("question.answer", view)
        await s.press("s")
        assert s.question == "Skip Ann Rossi: why? 1 busy now 2 wrong day Esc leave it"
        await s.press("j", "enter")
        assert s.cockpit.names() == ["people.skip"]
        await s.press("2")
        assert s.cockpit.asked[-1] == ("question.answer", ("2",))
        assert "why?" not in s.text


async def test_lists_and_filters_are_chosen_by_typing_a_part(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("l", "f", "a", "i")
        assert " ▸ Fair 2026" in s.text
        await s.press("enter")
        assert s.cockpit.asked == [("queue.show_list", ("Fair 2026",))]


async def test_another_length_replaces_what_stands_there_with_the_first_digit(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("plus", "5", "tab", "3", "enter")
        typed = {"minutes": "5", "conversations": "3", "next_steps": ""}
        assert s.cockpit.asked == [("session.type_length", (typed,))]


async def test_a_person_is_added_from_what_was_typed(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("a", *"Ida", "tab", *"Holm", "enter")
        (name, (values,)) = s.cockpit.asked[-1]
        assert name == "people.add"
        assert {key: value for key, value in values.items() if value} == {"name": "Ida", "company": "Holm"}


async def test_leaving_the_form_of_a_person_adds_nobody(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("a", *"Ida", "escape")
        assert s.cockpit.asked == []


async def test_every_key_of_the_table_does_something_on_the_queue(stage, all_views):
    from tui.commands import commands_for

    async with stage(all_views["queue"]) as s:
        done = s.app.screen.handlers()
        told = [command.id for where in ("queue", "facts_key", "facts") for command in commands_for(where)]
        assert set(told) == set(done)


async def test_demo_people_are_named_as_such_with_the_way_out(stage, all_views):
    view = all_views["queue"]
    async with stage(replace(view, queue=replace(view.queue, demo=True))) as s:
        assert "Demo people, nobody real.  i  imports your own list" in s.text


async def test_problems_of_the_shared_files_are_one_sentence_and_a_count(stage, all_views):
    view = replace(all_views["queue"], problems=("config.yaml line 3: no such key 'cadnce'.", "x"))
    async with stage(view) as s:
        assert "config.yaml line 3: no such key 'cadnce'. And 1 more: t shows all." in s.text


async def test_nobody_to_call_is_said_and_enter_does_nothing(stage, all_views):
    from tui.cockpit.queue_view import QueueView

    async with stage(
        replace(all_views["queue"], queue=QueueView(nobody="Nobody can be called right now."))
    ) as s:
        assert "Nobody can be called right now." in s.text
        await s.press("enter", "down", "space", "s")
        assert s.cockpit.asked == [("queue.enter", ("",))]
        assert s.cockpit.told[-1] == "Nobody is selected."


async def test_enter_on_the_queue_leads_to_the_call_and_esc_back(stage, all_views):
    async with stage(all_views["queue"]) as s:
        s.cockpit.then("queue.enter", all_views["ringing"])
        s.cockpit.then("call.answered", all_views["ready"])
        s.cockpit.then("session.to_queue", all_views["queue_running"])
        await s.press("enter")
        assert "RINGING" in s.lines[2]
        await s.press("enter", "escape")
        assert s.app.screen.view.phase is Phase.QUEUE
        assert "Ready now: Autumn customers" in s.text


async def test_keys_typed_ahead_act_on_the_screen_they_lead_to(stage, all_views):
    async with stage(all_views["queue"]) as s:
        s.cockpit.then("queue.enter", all_views["ringing"])
        s.cockpit.then("call.answered", all_views["talking"])
        await s.press("enter", "enter", "h", "i")
        assert s.cockpit.names()[:2] == ["queue.enter", "call.answered"]
        assert " > hi" in s.text


@pytest.mark.parametrize(
    ("opens", "line"),
    [("slash", "#find-text"), ("l", "#pick-text"), ("a", "#field-text"), ("f2", "#pick-text")],
)
async def test_no_letter_typed_in_one_burst_with_the_key_that_opens_a_line_is_lost(
    stage, all_views, opens, line
):
    async with stage(all_views["queue"]) as s:
        s.app.post_message(events.Key(opens, "/" if opens == "slash" else opens if len(opens) == 1 else None))
        for letter in "ann":
            s.app.post_message(events.Key(letter, letter))
        await s.pilot.pause()
        await s.pilot.pause()
        assert s.app.screen.query_one(line).value == "ann"
        assert set(s.cockpit.names()) <= {"queue.find", "incoming.open_look_up"}


async def test_a_long_mistake_leaves_room_for_the_key_that_shows_it_all(stage, all_views):
    long = f"config.yaml line 3, column 1: unknown key `gap`; allowed here: {', '.join(['attempts'] * 40)}"
    async with stage(replace(all_views["queue"], problems=(long,))) as s:
        assert "config.yaml line 3, column 1: unknown key `gap`; allowed here:" in s.text
        assert "… t shows all." in " ".join(s.text.split())
    short = "config.yaml line 3, column 1: unknown key `gap`; did you mean `gaps`?"
    async with stage(replace(all_views["queue"], problems=(short, long))) as s:
        assert "did you mean `gaps`? And 1 more: t shows all." in " ".join(s.text.split())


async def test_a_setting_that_is_locked_says_why_once(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("comma", *"dialer", "enter")
        assert s.cockpit.told == ["dialer cannot be changed here: the line above says why."]
        assert s.text.count("The team locked it.") == 1
