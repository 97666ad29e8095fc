"""The name in the Enter line is the person who is called: in every list and search, on every row, at every edge.

`POWERHOUR_WALKS` is the number of walks over the keys; unset, one for a run of every day.
"""

from __future__ import annotations

import os
import random
import re
from datetime import timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import SCRIPTS, Bench, call_selected
from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.cockpit.view import LINE_OPEN, Phase, View
from tui.cockpit.wording.card import dials
from tui.domain.call import Call, Owed
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.screens.pick import matching
from tui.screens.queue import QueueScreen
from tui.script.files.library import Library
from tui.storage.protocol import Change
from tui.widgets.section_list import PickRow

pytestmark = pytest.mark.slow

LIBRARY = Library(SCRIPTS)
CALIFORNIA = "America/Los_Angeles"
"""At 14:01 in London it is 06:01 there: later today."""


async def a_day() -> Bench:
    """Ready: two Ann Rossis, Bo, Cy. Later: Dee, Eva. Held: Fay (put off), Gil (refused), Hal. To do: Bo, Fay."""
    bench = Bench()
    bench.library = LIBRARY
    bench.cockpit = bench._cockpit()
    names = (
        "Ann Rossi",
        "Bo Lund",
        "Cy Park",
        "Dee Wu",
        "Eva Brandt",
        "Fay Anders",
        "Gil Moor",
        "Ann Rossi",
        "Hal Noone",
    )
    people = bench.people(*names)
    now = bench.clock.now()
    changed = [replace(one, zone=CALIFORNIA) for one in people[3:5]]
    refused = Entry("refused", now, now.date(), why="asked us", contact_id=people[6].id)
    changed += [replace(people[place], lists=("fair",)) for place in (2, 7)]
    changed += [replace(people[8], numbers=())]
    calls = tuple(
        Call(
            f"c{n}",
            people[n].id,
            now - timedelta(days=9),
            "talked",
            Category.CONVERSATION,
            owed=Owed(what, now.date()),
        )
        for n, what in ((1, "send the price list"), (5, "send a sample"))
    )
    owed = {"owed": {"open": [call.id for call in calls]}}
    bench.store.commit(Change(contacts=tuple(changed), calls=calls, state=owed, do_not_call=(refused,)), now)
    await bench.cockpit.open()
    await bench.cockpit.people.skip(people[5].id)
    await bench.cockpit.question.answer("1")
    return bench


LISTS = ("", "autumn", "fair")
SHOWN = ("queue", "held", "/ann", "/o", "/sample", "/0107", "/zzz")
EDGES = ("at once", "time passed", "time passed and was seen", "undo", "they left the list")


async def shown(bench: Bench, list_name: str, what: str) -> View:
    view = await bench.cockpit.queue.show_list(list_name)
    if what == "held":
        view = await bench.cockpit.queue.show_held(True)
    elif what.startswith("/"):
        view = await bench.cockpit.queue.filter(what[1:])
    return view


def rows_of(view: View) -> list[tuple[str, str]]:
    queue = view.queue
    sections = {
        "queue": (queue.ready, queue.later, queue.owed),
        "held": (queue.held,),
        "found": (queue.found, queue.owed),
    }
    return [(row.contact_id, row.call_id) for section in sections[queue.shows] for row in section]


async def edge(bench: Bench, name: str, view: View) -> View:
    """What happens between the choice and the key."""
    if name == "time passed":
        bench.clock.step(hours=5)  # nothing is painted
    elif name == "time passed and was seen":
        bench.clock.step(hours=5)
        view = await bench.cockpit.tick()
    elif name == "undo":
        view = await bench.cockpit.undo.last()
    elif name == "they left the list" and view.queue.selected:
        await bench.cockpit.people.skip(view.queue.selected)
        view = await bench.cockpit.question.answer("1")
    return view


async def check_enter(bench: Bench, view: View, where: object) -> None:
    """Press Enter as the screen does, with the value it was drawn from."""
    key = view.queue.enter
    view = await bench.cockpit.queue.enter(key)
    if key.does == "nothing":
        assert (view.phase, bench.dialer.dialled) == (Phase.QUEUE, []), where
        assert view.notice.text == key.words, where
        assert key.name in ("", "Gil Moor"), where  # who asked not to be called
        return
    contact = bench.store.contact(key.contact_id)
    if key.does == "open":
        assert (view.card.contact_id, bench.dialer.dialled) == (key.contact_id, []), where
        assert f"open {contact.shown_name}, who has no number yet" == key.words, where
        return
    assert key.does == "call", where
    assert f"call {contact.shown_name} and " in key.words, where
    assert view.card.contact_id == key.contact_id, where
    assert set(bench.dialer.dialled) <= {number.e164 for number in contact.numbers}, where


@pytest.mark.parametrize("what", SHOWN)
@pytest.mark.parametrize("lists", [LISTS[:1], pytest.param(LISTS[1:], marks=pytest.mark.slow)])
async def test_enter_calls_whom_its_line_names_on_every_row_of_every_list(what, lists):
    rows = {name: [None, *rows_of(await shown(await a_day(), name, what))] for name in lists}
    for list_name, edge_name in product(lists, EDGES):
        for place, row in enumerate(rows[list_name]):
            bench = await a_day()
            view = await shown(bench, list_name, what)
            if row is not None:
                view = await bench.cockpit.queue.select(*(rows_of(view)[place - 1]))
                assert (view.queue.selected, view.queue.selected_call) == rows_of(view)[place - 1]
            await check_enter(bench, await edge(bench, edge_name, view), (list_name, what, place, edge_name))


async def test_who_must_not_be_called_is_named_as_such_and_enter_calls_nobody():
    bench = await a_day()
    view = await bench.cockpit.queue.filter("gil")
    assert (view.queue.enter.does, view.queue.enter.words) == (
        "nothing",
        "Do not call Gil Moor: asked us (23 November 2026)",
    )
    await bench.cockpit.queue.enter(view.queue.enter)
    assert (bench.dialer.dialled, bench.cockpit.view.clock) == ([], None)


async def test_with_nobody_left_enter_says_so_and_nothing_rings():
    bench = await a_day()
    for _ in range(4):
        view = await call_selected(bench.cockpit)
        bench.clock.step(2)
        await bench.cockpit.outcome.choose("no_answer")
    view = await bench.cockpit.session.to_queue()
    dialled = list(bench.dialer.dialled)
    assert len(dialled) == 4
    said = "All are called for now. The next: today 17:00."
    assert (view.queue.enter.does, view.queue.enter.words) == ("nothing", said)
    view = await bench.cockpit.queue.enter(view.queue.enter)
    assert (view.notice.text, bench.dialer.dialled) == (said, dialled)


async def test_why_a_list_is_empty_is_said_once_by_the_line_of_enter():
    bench = await a_day()
    await bench.cockpit.queue.filter("nobody at all")
    await bench.cockpit.queue.save_filter("none")
    queue = (await bench.cockpit.queue.show_list("none")).queue
    said = "Nobody who fits 'nobody at all' can be called right now. Esc clears the filter."
    assert (queue.enter.words, queue.nobody) == (said, "")


async def test_an_open_call_is_what_enter_goes_back_to_and_its_line_says_so():
    bench = await a_day()
    view = await call_selected(bench.cockpit)
    called = view.card.contact_id
    await bench.cockpit.call.answered()
    await bench.cockpit.talk.type_note("wants a")
    await bench.cockpit.session.to_queue()
    view = await bench.cockpit.queue.select(bench.contact("Cy Park").id)
    assert (view.queue.enter.does, view.queue.enter.contact_id) == ("back", called)
    assert bench.store.contact(called).shown_name in view.queue.enter.words
    view = await bench.cockpit.queue.enter(view.queue.enter)
    assert (view.phase, view.card.contact_id, len(bench.dialer.dialled)) == (Phase.TALKING, called, 1)


async def test_a_person_without_a_row_in_view_keeps_the_enter_line_until_the_lists_change():
    bench = await a_day()
    view = await bench.cockpit.queue.select(bench.contact("Gil Moor").id)
    assert view.queue.enter.name == "Gil Moor"
    assert (await bench.cockpit.tick()).queue.enter.name == "Gil Moor"
    assert (await bench.cockpit.queue.show_held(True)).queue.enter.name == "Gil Moor"
    assert (await bench.cockpit.queue.show_held(False)).queue.enter.name == "Bo Lund"


# -- with real keys ------------------------------------------------------------------------------------------

MOVES = ("down", "up", "home", "end", "pagedown", "click", "h", "l+fair", "l+")
TYPED = ("slash", "escape", "backspace", "a", "n", "o", "z", "space")
OTHERS = ("u", "s+1", "tick", "tick", "wait")
KEYS = (*MOVES, *TYPED, *OTHERS, *["enter"] * 6)
ENTER_LINE = re.compile(
    r"^ Enter  (?:call|open) (.+?)(?: and start \d+ minutes?| and go on|, who has no number)", re.MULTILINE
)


async def press(stage: Stage, bench: Bench, key: str, chance: random.Random) -> None:
    if key == "tick":
        bench.clock.step(chance.choice((1, 60, 3600)))
        await stage.cockpit.tick()
    elif key == "wait":
        bench.clock.step(1800)  # time that no screen has seen
    elif key == "click":
        await stage.pilot.click("#queue-list", offset=(5, chance.randrange(10)))
    elif key.startswith("l+"):
        await stage.press("l", *key[2:], "enter")
    elif key == "s+1":
        await stage.press("s", "1")
    else:
        await stage.press(key)
    await stage.pilot.pause()


async def back_to_the_queue(stage: Stage, bench: Bench) -> None:
    while not isinstance(stage.app.screen, QueueScreen) and len(stage.app.screen_stack) > 1:
        await stage.press("escape")
    if stage.app.screen.asked is not None:
        await stage.press("escape")
    view = stage.app.view
    if view.phase in LINE_OPEN:
        bench.clock.step(2)
        await stage.cockpit.outcome.choose("no_answer")
    if stage.app.view.phase is not Phase.QUEUE:
        await stage.cockpit.session.to_queue()
    await stage.pilot.pause()


WALKS = int(os.environ.get("POWERHOUR_WALKS", "1"))


@pytest.mark.parametrize("seed", range(WALKS))
async def test_whatever_was_pressed_before_enter_calls_whom_its_line_names(seed):
    chance, bench = random.Random(seed), await a_day()
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    owners = {number.e164: one.shown_name for one in bench.store.contacts() for number in one.numbers}
    trail: list[str] = []
    called = 0
    async with app.run_test(size=(80, 24)) as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await pilot.pause()
        for _ in range(60):
            key = chance.choice(KEYS)
            trail.append(key)
            line = ENTER_LINE.search(stage.text)
            before = list(bench.dialer.dialled)
            await press(stage, bench, key, chance)
            dialled = [owners[number] for number in bench.dialer.dialled[len(before) :]]
            # Rung, or the check before a dial asks first.
            if stage.app.view.phase in (Phase.READY, *LINE_OPEN):
                assert key == "enter", trail
                assert (dialled or [stage.app.view.card.name]) == [line and line[1]], trail
                called += 1
            else:
                assert dialled == [], trail
            await back_to_the_queue(stage, bench)
    assert called or seed != 0, trail


# -- neighbours of the kind ----------------------------------------------------------------------------------


async def test_skipping_on_the_queue_whoever_waits_on_the_card_brings_nobody_elses_card():
    bench = await a_day()
    await bench.cockpit.queue.filter("hal")
    view = await call_selected(bench.cockpit)
    assert (view.phase, view.card.name) == (Phase.READY, "Hal Noone")
    await bench.cockpit.session.to_queue()
    await bench.cockpit.people.skip(view.card.contact_id)
    view = await bench.cockpit.question.answer("1")
    assert (view.phase, bench.dialer.dialled) == (Phase.QUEUE, [])


@pytest.fixture
async def live():
    bench = await a_day()
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        stage = Stage(app, bench.cockpit, pilot)
        stage.bench = bench
        yield stage


async def test_enter_right_behind_the_letters_of_a_look_up_means_whom_they_name(live):
    await live.press("f2")
    await live.burst(*"park", "enter")
    assert live.app.view.card.name == "Cy Park"


async def test_enter_right_behind_the_letters_on_a_pick_list_takes_what_they_name(live):
    await live.burst("l", *"fair", "enter")
    assert live.app.view.queue.title == "fair"


def test_a_pick_list_is_narrowed_without_accents_and_case():
    rows = [PickRow("a", ("Été 2026", "filter")), PickRow("b", ("Fair", "48"))]
    assert [row.id for row in matching(rows, "ete")] == ["a"]


async def test_down_right_behind_the_letters_of_a_look_up_goes_on_from_whom_they_name(live):
    await live.burst("f2", *"ann", "down")
    assert live.app.screen.list.cursor == 1


async def test_a_click_puts_the_enter_line_on_the_row_that_was_clicked_and_a_second_opens_them(live):
    row = next(y for y, line in enumerate(live.lines) if line.startswith("   Cy Park"))
    await live.pilot.click(offset=(6, row))
    await live.pilot.pause()
    assert " Enter  call Cy Park and start" in live.text
    await live.pilot.click(offset=(6, row))
    await live.pilot.pause()
    assert "── CY PARK ──" in live.text
    await live.press("escape", "enter")
    assert live.bench.dialer.dialled == [live.bench.contact("Cy Park").numbers[0].e164]


async def test_beside_a_call_stand_the_facts_about_whoever_the_call_is_with(warms_up):
    bench = await a_day()
    app = PowerHourApp(ScreenContext(bench.cockpit), at_human_speed())
    async with app.run_test(size=(120, 40)) as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await stage.press("enter")
        assert "Called      once, talked once" in stage.text
        assert "Lists       autumn" in stage.text
        await stage.press("f2", *"park", "enter")
        assert app.view.card.name == "Cy Park"
        assert "Called      not yet" in stage.text
        assert "Lists       fair" in stage.text


async def test_a_row_that_leaves_between_paint_and_key_is_called_or_nobody_is(live):
    """Somebody else changes the order; what stands in the Enter line is still what Enter means."""
    live.bench.cockpit._state.ranking.skips.add(
        live.app.view.queue.selected, "prepare", live.bench.clock.now()
    )
    line = ENTER_LINE.search(live.text)[1]
    await live.press("enter")
    assert live.app.view.card.name == line


async def test_when_time_moves_the_cursor_enter_waits_until_the_rep_has_read_whom_it_means():
    bench = await a_day()
    now = [0.0]
    app = PowerHourApp(ScreenContext(bench.cockpit), replace(at_human_speed(), monotonic=lambda: now[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        stage = Stage(app, bench.cockpit, pilot)
        await pilot.pause()
        before = app.view.queue.selected
        bench.cockpit._state.ranking.skips.add(before, "prepare", bench.clock.now())
        await bench.cockpit.tick()
        assert app.view.queue.selected not in ("", before)
        await stage.press("enter")
        assert (bench.dialer.dialled, app.view.phase) == ([], Phase.QUEUE)
        assert "The list has just changed" in stage.text
        now[0] += 1
        line = ENTER_LINE.search(stage.text)[1]
        await stage.press("enter")
        assert app.view.card.name == line


NUMBER = "+442079460100"


def test_the_enter_line_of_a_card_says_what_a_block_leaves_of_the_call():
    assert dials("Ann Rossi", NUMBER) == "call Ann Rossi"
    assert dials("Ann Rossi", "") == "say how Ann Rossi gets a number"
    assert dials("Ann Rossi", NUMBER, needs_reason=True) == "call Ann Rossi, for a reason that you type"
    assert dials("Ann Rossi", NUMBER, refused="refused") == "say why nobody calls Ann Rossi"
    barred = "say why nobody calls Ann Rossi on this number"
    assert dials("Ann Rossi", NUMBER, refused="number_refused") == barred
    assert dials("Ann Rossi", NUMBER, refused="premium_rate") == barred
