"""States, urgencies and chosen rows: a glyph, a word and a colour, each of which carries alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.screen_bench import AppOptions, FakeCockpit, PowerHourApp, ScreenContext, Stage
from tui.cockpit.queue_view import QueueRow
from tui.cockpit.view import Ask, Phase
from tui.widgets.card import ContactCard, state_line
from tui.widgets.colours import OURS
from tui.widgets.lines import bar
from tui.widgets.look_screen import LOOKS
from tui.widgets.marks import PLAIN, STATES, URGENCIES
from tui.widgets.outcome_form import OutcomeList
from tui.widgets.queue_list import QueueList
from tui.widgets.section_list import PickList, PickRow, Section
from tui.widgets.words import WORDS


def words(line):
    return "".join(text for text, _ in line)


def test_a_glyph_is_one_cell_wide_and_so_is_what_stands_for_it_in_ascii():
    for mark in (*STATES.values(), *URGENCIES.values()):
        plain = mark.glyph.translate(PLAIN)
        assert (cell_len(mark.glyph), len(plain), plain.isascii()) == (1, 1, True)
        assert set(mark.look.split()) <= set(LOOKS)
    assert all(cell_len(chr(glyph)) == 1 and chr(plain).isascii() for glyph, plain in PLAIN.items())
    assert [URGENCIES[one].glyph for one in ("late", "soon", "called_us")] == ["!", "~", "<"]


def test_b69_ringing_talking_and_call_over_differ_by_each_of_glyph_word_and_colour():
    marks = [STATES[phase] for phase in (Phase.RINGING, Phase.TALKING, Phase.CALL_OVER, Phase.PAUSED)]
    assert all(len({getattr(mark, part) for mark in marks}) == 4 for part in ("glyph", "word", "look"))
    assert len({mark.glyph.translate(PLAIN) for mark in marks}) == 4
    assert all(mark.word in WORDS for mark in STATES.values())


@pytest.mark.parametrize(
    ("phase", "seconds", "talked", "shown"),
    [
        (Phase.READY, 12, 0, "○ READY"),
        (Phase.NEXT_IN, 2.9, 0, "○ NEXT IN 2"),
        (Phase.DIALLING, 3, 0, "◌ DIALLING  0:03"),
        (Phase.RINGING, 7, 0, "◍ RINGING  0:07"),
        (Phase.TALKING, 48, 0, "● TALKING  0:48"),
        (Phase.CALL_OVER, 9, 245, "■ CALL OVER, talked 4:05"),
        (Phase.FORM, 9, 0, "■ CALL OVER"),
        (Phase.PAUSED, 130, 0, "‖ PAUSED  2:10"),
        (Phase.QUEUE, 3, 0, ""),
    ],
)
def test_the_state_is_a_glyph_and_a_word_with_its_time(all_views, phase, seconds, talked, shown):
    view = replace(all_views["ringing"], phase=phase, state_s=seconds, talked_s=talked)
    assert words(state_line(view)) == shown


@pytest.mark.parametrize(
    ("placed", "shown"),
    [("seen", "◍ RINGING  0:07"), ("asked", "◌ DIALLING  0:07"), ("by_hand", "◌ DIAL ON YOUR PHONE  0:07")],
)
def test_where_the_line_is_not_seen_nobody_says_that_it_rings(all_views, placed, shown):
    view = replace(all_views["ringing"], placed=placed, state_s=7)
    assert words(state_line(view)) == shown


@pytest.mark.parametrize(("urgency", "look"), [("late", "stop"), ("soon", "warn"), ("called_us", "primary")])
def test_an_urgent_row_says_so_in_front_in_its_colour_also_on_the_bar(urgency, look):
    row = QueueRow("ann", "Ann Rossi", "Acme Tools", "Promised 14:00, 1 h late", "14:01", urgency=urgency)
    line = QueueList().row_line(Section("ready"), row, 80, False)
    (why,) = [part for part in line if "Promised" in part[0]]
    assert (why[0].rstrip(), why[1]) == (f"{URGENCIES[urgency].glyph} Promised 14:00, 1 h late", look)


def test_b69_a_late_promise_looks_late_on_the_card_and_nothing_else_does(all_views):
    view = all_views["ready"]
    part = ContactCard()
    part.set_reactive(ContactCard.view, replace(view, card=replace(view.card, urgency="late")))
    urgent = [line for line in part.lines(80) if any(look == "stop" for _, look in line)]
    assert [words(line)[:12] for line in urgent] == [" ! Promised "]


def test_b69_the_chosen_row_is_the_same_bar_in_every_list_and_no_row_is_dimmer_than_text(all_views):
    people, picked, outcomes = QueueList(), PickList((20, 20)), OutcomeList()
    view = all_views["call_over"]
    people.set_reactive(
        QueueList.sections,
        (Section("ready", rows=[QueueRow("a", "Ann", "Acme", "Never called", "9:00")] * 2),),
    )
    picked.set_reactive(PickList.sections, (Section("rows", rows=[PickRow("a", ("One", "and more"))] * 2),))
    outcomes.set_reactive(OutcomeList.view, view)
    rows = [
        [each.row_line(each.sections[0], each.sections[0].rows[0], 80, here) for here in (True, False)]
        for each in (people, picked)
    ]
    chosen, others = outcomes.lines(80)[1 + outcomes.cursor], outcomes.lines(80)[2 + outcomes.cursor]
    assert words(chosen).startswith(" ▸ ")
    assert all(words(here).startswith(" ▸ ") for here, _ in rows)
    assert all("cursor" in look.split() for _, look in chosen)
    assert sum(cell_len(text) for text, _ in chosen) == 80
    for line in (others, *(line for pair in rows for line in pair)):
        assert all("dim" not in look.split() for _, look in line)


async def test_the_bar_goes_from_edge_to_edge(stage, all_views):
    async with stage(all_views["queue"]) as s:
        people = s.app.screen.people
        line = people._line(people._y_of(people.cursor), 80)
        assert all("cursor" in look.split() for _, look in line)
        assert sum(cell_len(text) for text, _ in line) == 80


@pytest.mark.parametrize("theme", ["nord", "textual-light", *(one.name for one in OURS)])
async def test_b69_each_state_and_urgency_has_its_own_colour_on_the_screen_and_keeps_it_on_the_bar(
    stage, all_views, theme
):
    async with stage(all_views["queue"]) as s:
        s.app.choose_theme(theme)
        await s.pilot.pause()
        people = s.app.screen.people
        colour_of = {look: people._look(look).color for look in LOOKS}
        assert people._look("primary strong").color == colour_of["primary"] != people._look("strong").color
        assert people._look("dim strong").color == colour_of["dim"]
        assert people._look("dim strong").bold
        bar_colour = people._look("cursor").bgcolor
        for look in {mark.look for mark in URGENCIES.values()}:
            ((_, on_bar), _) = bar((("1 h late", look),), 20)
            style = people._look(on_bar)
            assert (style.color, style.bgcolor, style.bold) == (colour_of[look], bar_colour, True)


def test_nothing_is_dim_on_the_bar():
    assert [look for _, look in bar((("Never called", "dim strong"),), 20)] == ["strong cursor", "cursor"]


async def test_in_ascii_every_sign_of_ours_is_one_of_a_typewriter(all_views):
    for name in ("queue", "ringing", "talking", "call_over", "paused"):
        cockpit = FakeCockpit(all_views[name])
        app = PowerHourApp(ScreenContext(cockpit), AppOptions(plain_glyphs=True))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            app.screen.ask_here(Ask("skip", "Why not now?", (("1", "no time"),)), print)
            await pilot.pause()
            text = Stage(app, cockpit, pilot).text
            assert "Why not now?" in text
            assert text.isascii(), [one for one in text if not one.isascii()]
