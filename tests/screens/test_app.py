"""The program as a whole: the screens behind its keys, the palette, the help and a person's page."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tests.processes import eventually
from tests.screen_bench import FakeCockpit, ScreenContext, real_face, screen_text
from tui.app import AppOptions, PowerHourApp
from tui.cockpit.call_view import CallerRow
from tui.cockpit.cockpit import Cockpit
from tui.commands import PLACES, commands_for
from tui.screens.queue import QueueScreen
from tui.system.memory import Garbage


def test_the_cockpit_of_these_tests_answers_only_what_the_real_one_does():
    fake = FakeCockpit(None)
    own = {name for name in vars(FakeCockpit) if not name.startswith("_")} - {
        "then",
        "show",
        "names",
        "remembering",
    }
    for name in own - set(dir(Cockpit)):
        face, _, method = name.partition("_")
        assert getattr(real_face(face), method)
    with pytest.raises(AttributeError):
        fake.no_such_method  # noqa: B018
    with pytest.raises(AttributeError):
        fake.people.no_such_method  # noqa: B018


async def test_the_clock_ticks_again_and_again(stage, all_views, monkeypatch):
    monkeypatch.setattr("tui.app.TICK_S", 0.01)
    async with stage(all_views["ringing"]) as s:
        ticks = []
        s.cockpit.tick = _counted(ticks, s.cockpit)
        await eventually(lambda: len(ticks) > 1)


def _counted(ticks, cockpit):
    async def tick():
        ticks.append(1)
        return cockpit.view

    return tick


async def test_the_screen_of_a_mode_stays_for_the_collector_and_never_what_stands_over_it(
    stage, all_views, monkeypatch
):
    staying: list[str] = []
    monkeypatch.setattr(Garbage, "look", lambda _, stays="": staying.append(stays))
    async with stage(all_views["queue"]) as s:
        await s.press("?")
        await s.app._tick()
        await s.press("escape")
        await s.app._tick()
        await s.show(all_views["ringing"])
        await s.app._tick()
    assert staying == ["", "queue", "call"]


async def test_the_first_screen_is_on_the_stack_before_its_parts_are_made(stage, all_views, monkeypatch):
    # From Python 3.12 on a screen is started at once, and a part that asks for the screen must find it.
    seen, body = [], QueueScreen.body

    def watched(screen):
        seen.append(screen.app.screen is screen and screen.is_current)
        yield from body(screen)

    monkeypatch.setattr(QueueScreen, "body", watched)
    async with stage(all_views["queue"]):
        assert seen == [True]


@pytest.mark.parametrize("other", ["dialling", "recap"])
async def test_the_first_screen_is_made_once_and_come_back_to(stage, all_views, other):
    async with stage(all_views["queue"]) as s:
        first = s.app.screen
        await s.show(all_views[other])
        assert s.app.screen is not first
        await s.show(all_views["queue"])
        assert s.app.screen is first


async def test_every_theme_name_that_is_unknown_leaves_the_default(all_views):
    app = PowerHourApp(ScreenContext(FakeCockpit(all_views["queue"])), AppOptions(theme="no-such-theme"))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "POWER HOUR" in screen_text(app)


async def test_question_mark_lists_the_keys_of_this_state_and_enter_runs_one(stage, all_views):
    async with stage(all_views["ringing"]) as s:
        await s.press("question_mark")
        assert "Somebody answered" in s.text
        await s.press(*"previous", "enter")
        assert s.cockpit.asked == [("call.other_number", (-1,))]


async def test_f1_says_what_this_part_is_for(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("f1")
        assert "Whatever you type is a note" in " ".join(s.text.split())
        await s.press("escape")
        assert "TALKING" in s.lines[2]


async def test_w_says_why_this_person(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("W")
        assert "Can be called now." in s.text


async def test_the_palette_offers_outcomes_while_it_rings_and_takes_them(stage, all_views):
    async with stage(all_views["ringing"]) as s:
        await s.press("ctrl+p", *"voicemail", "enter")
        assert s.cockpit.asked == [("outcome.choose", ("voicemail",))]


async def test_question_mark_says_why_a_key_is_off_and_so_does_the_key(stage, all_views):
    async with stage(replace(all_views["ringing"], can_hang_up=False)) as s:
        why = "Nothing to hang up here. If a call is up on your phone, end it there."
        await s.press("ctrl+x")
        assert s.cockpit.told == [why]
        await s.press("question_mark", *"hang")
        assert re.search(r"── Not now ─.*\n ▸ \^X +hang up: Nothing to hang up here", s.text)
        await s.press("enter")
        assert s.cockpit.told == [why, why]
        assert s.cockpit.asked == []


async def test_the_palette_goes_to_people_lists_settings_and_colours_in_any_order_of_words(stage, all_views):
    async with stage(all_views["queue"]) as s:
        s.cockpit.found = (CallerRow("bo", "Bö Lund", "Nordkap"),)
        await s.press("ctrl+p", *"lund bo", "enter")
        assert s.app.screen.subject == "bo"
        await s.press("escape", "ctrl+p", *"fair", "enter")
        assert s.cockpit.asked[-1] == ("queue.show_list", ("Fair 2026",))
        await s.press("ctrl+p", *"light textual", "enter")
        assert s.app.theme == "textual-light"
        await s.press("ctrl+p", *"theme setting", "enter")
        assert "own config.yaml:3" in s.text
        assert "sessions.minutes" not in s.text


async def test_the_palette_meets_objections_during_a_call(stage, all_views):
    async with stage(all_views["talking"]) as s:
        await s.press("ctrl+p", *"expensive", "enter")
        assert s.cockpit.asked[-1] == ("talk.jump", ("objection:price",))


async def test_settings_show_value_and_origin_and_narrow_by_typing(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("comma")
        await s.press(*"theme")
        assert "own config.yaml:3" in s.text
        assert "sessions.minutes" not in s.text


async def test_before_the_first_call_there_is_nothing_to_report(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("r")
        await s.until("Nothing to report yet")


async def test_the_recap_ends_extends_or_goes_back(stage, all_views):
    async with stage(all_views["recap"]) as s:
        await s.press("plus", "escape", "enter")
        assert s.cockpit.names() == ["session.extend", "session.leave_recap", "session.end"]


@pytest.mark.parametrize(("left", "enter"), [(15, "session.once_more"), (0, "session.end")])
async def test_when_the_time_is_up_enter_begins_once_more_and_esc_ends_as_the_last_lines_say(
    stage, all_views, left, enter
):
    view = all_views["recap"]
    view = replace(view, recap=replace(view.recap, running=False, once_more=left))
    async with stage(view) as s:
        assert ("Enter  once more, 15 minutes" in s.text) == bool(left)
        assert "Esc  back to the queue" in s.text
        await s.press("enter", "escape")
        assert s.cockpit.names() == [enter, "session.end"]


def test_every_place_of_the_table_has_a_sentence_for_f1():
    for place, sentence in PLACES.items():
        assert sentence.endswith(".")
        assert commands_for(place) or place == "x"


async def test_editing_a_person_sends_what_stands_on_the_lines(stage, all_views):
    async with stage(all_views["queue"]) as s:
        await s.press("right", "e", *"Ann", "enter")
        name, (contact_id, values) = s.cockpit.asked[-1]
        assert (name, contact_id, values["name"]) == ("people.edit", "ann", "Ann")


async def test_ringing_from_the_page_of_a_person_leaves_that_page(stage, all_views):
    async with stage(all_views["queue"]) as s:
        s.cockpit.then("queue.call_person", all_views["ringing"])
        await s.press("right", "enter")
        assert s.cockpit.asked[-1] == ("queue.call_person", ("ann",))
        assert "RINGING" in s.lines[2]
        await s.show(all_views["queue"])
        assert "Ready now" in s.text
