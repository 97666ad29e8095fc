"""Two panes on a wide screen; on a narrow one the same facts behind a key, without leaving the call."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.cockpit_bench import Bench
from tests.practice_bench import past
from tests.screen_bench import PowerHourApp, ScreenContext, Stage, at_human_speed
from tui.cockpit.call_view import FormField, PersonFacts
from tui.cockpit.queue_view import QueueRow
from tui.cockpit.view import Beside, Phase
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.phone import shown
from tui.screens import company
from tui.storage.protocol import Change
from tui.widgets.facts import FactsPane, Part, fitted, pairs
from tui.widgets.outcome_form import field_line
from tui.widgets.queue_list import LEAST_NAME, columns_for, columns_for_held
from tui.widgets.queue_list import fitted as fitted_columns
from tui.widgets.reading import Block, Reading

pytestmark = pytest.mark.usefixtures("warms_up")


class Call:
    """A real cockpit on a screen of some size, in a call."""

    def __init__(self, size):
        self.bench, self.size = Bench(), size
        self.bench.people("Ann Rossi", "Bo Lund", role="Buyer", emails=("ann@acme.example",))
        self.app = PowerHourApp(ScreenContext(self.bench.cockpit), at_human_speed())

    async def __aenter__(self):
        self.running = self.app.run_test(size=self.size)
        self.stage = Stage(self.app, self.bench.cockpit, await self.running.__aenter__())
        await self.stage.until("Bo Lund")
        await self.bench.cockpit._warming
        return self.stage

    async def __aexit__(self, *args):
        await self.running.__aexit__(*args)

    async def answered(self):
        await self.stage.press("enter")
        self.bench.clock.step(3)
        await self.stage.press("enter")
        assert self.app.view.phase is Phase.TALKING


def without_the_rule(text):
    """The screen without the line that says whether the note is on the disk yet."""
    return [line for line in text.split("\n") if "── Notes" not in line]


async def test_b68_a_key_shows_the_facts_in_a_call_and_the_same_key_leads_back_with_what_was_typed():
    call = Call((80, 24))
    async with call as s:
        assert s.cockpit.view.beside is None
        await call.answered()
        await s.press(*"two v")
        before, script = s.text, s.app.view.script
        await s.press("tab")
        assert "ann@acme.example" in s.text
        assert "TALKING" in s.text
        assert "two v" in s.text
        assert script.text[:20] not in s.text
        await s.press(*"ans", "tab")
        assert without_the_rule(s.text) == without_the_rule(before.replace("two v", "two vans", 1))
        assert s.app.view.script == script


async def test_b68_open_facts_let_no_key_act_on_the_script_that_is_not_seen():
    call = Call((80, 24))
    async with call as s:
        await call.answered()
        script = s.app.view.script
        await s.press("tab", "1", "space", "2", "escape")
        assert s.app.view.script == script
        assert s.app.view.phase is Phase.TALKING
        assert s.app.screen.note.value == "1 2"


async def test_facts_give_way_when_the_call_is_over_by_itself():
    call = Call((80, 24))
    async with call as s:
        await call.answered()
        await s.press("tab")
        await s.cockpit.call.over()
        await s.until("How did it go?")


async def test_b68_on_a_wide_screen_the_facts_stand_beside_queue_and_call_and_the_queue_does_not():
    call = Call((100, 30))
    async with call as s:
        await s.until("ann@acme.example")
        assert "▸ Ann Rossi" in s.text
        await call.answered()
        await s.until("Known")
        assert "ann@acme.example" in s.text
        assert "Bo Lund" not in s.text
        await s.pilot.resize_terminal(80, 24)
        await s.pilot.pause()
        assert "ann@acme.example" not in s.text
        await s.cockpit.tick()
        assert s.app.view.beside is None


async def test_who_has_the_cursor_is_seen_at_once_and_the_words_come_when_it_rests():
    call = Call((120, 40))
    async with call as s:
        await s.until("── Say")
        await s.press("down")
        assert "BO LUND" in s.text
        # The cockpit's own clock stands: what fills the pane is the rest of the cursor.
        await s.until("── Say")
        assert s.app.view.beside.whole
        assert "BO LUND" in s.text


@pytest.mark.parametrize("room", [3, 6, 9, 40])
def test_what_has_no_room_is_left_out_and_the_last_line_says_how_to_see_it(room):
    parts = [
        Part([[((f"kept {n}", ""),)] for n in range(2)], 1, 2),
        Part([[((f"spare {n}", ""),)] * 2 for n in range(5)], 9, 0, ((("rule", ""),))),
    ]
    lines = fitted(parts, room, (("more", ""),))
    text = [part[0][0] for part in lines if part]
    assert len(lines) <= room
    assert text[:2] == ["kept 0", "kept 1"]
    assert (text[-1] == "more") == (room < 14)
    assert text.count("rule") == (room >= 6)


def test_what_is_needed_less_stands_where_something_longer_has_no_room():
    long = Part([[((f"message {n}", ""),) for n in range(9)]], 8, 0, (("If it is voicemail", ""),))
    short = Part([[((f"fact {n}", ""),)] for n in range(5)], 9, 0)
    lines = fitted([Part([[(("name", ""),)]], 0), long, short], 6, (("more", ""),))
    assert [line[0][0] for line in lines] == ["name", "fact 0", "fact 1", "fact 2", "fact 3", "more"]


def test_a_label_too_long_for_its_column_is_not_cut():
    known = [("Stage", "offer"), ("Preferred interval", "every spring")]
    rows = ["".join(text for text, _ in line).rstrip() for entry in pairs(known, 38, 14) for line in entry]
    assert rows == [" Stage        offer", " Preferred interval", "              every spring"]


def test_no_reason_is_cut_while_names_and_companies_leave_room_for_it():
    why = "Follow-up 3 of 6, until 18:00 there"
    rows = (QueueRow("a", "Eva Brandt", "Brandt & Sohn", why, "15:01"),)
    for width in (62, 77, 80, 102):
        columns = fitted_columns(columns_for(width), rows, width)
        assert width - 4 - columns.name - columns.company - 7 >= len(why)
        assert columns.name > len("Eva Brandt")
        assert not columns.company or columns.company > len("Brandt & Sohn")


@pytest.mark.parametrize("width", [80, 102])
def test_no_reason_of_who_is_not_called_today_is_cut_while_there_is_room(width):
    row = QueueRow("a", "Eva Brandt", "Brandt & Sohn", "x" * (width - 4 - 2 * LEAST_NAME))
    columns = fitted_columns(columns_for_held(width), (row,), width)
    assert width - 4 - columns.name - columns.company >= len(row.why)


@pytest.mark.parametrize("last", ["Thu 19 Nov, you left a voicemail", "none yet"])
@pytest.mark.parametrize("name", ["Ann Rossi", "Annabel Rossi-Fairweather, Head of Purchasing"])
@pytest.mark.parametrize("room", [96, 116, 156])
def test_no_cell_of_a_company_is_cut_while_there_is_room_and_none_runs_over(room, name, last):
    following = "~ Promised today 14:00, due now"
    wide = company.fitted((("Name", "Last contact", "Next"), (name, last, following)), room)
    needed = len(name) + company.GAP, max(len(last), len("Last contact")) + company.GAP
    fits = sum(needed) + len(following) <= room
    assert wide == needed if fits else sum(wide) + len(following) <= room
    assert all(
        each >= min(all_of_it, least)
        for each, all_of_it, least in zip(wide, needed, company.LEAST, strict=True)
    )


@pytest.mark.parametrize("width", [60, 72, 80, 160])
def test_what_is_typed_in_a_form_is_never_cut_for_a_hint(width):
    field = FormField("todo", "To do", hint="what you promised to do, if anything")
    for words in ("", "the offer", "the offer for two vans", "v" * (width - 20)):
        line = "".join(text for text, _ in field_line(field, words, False, width))
        assert words in line
        assert cell_len(line) <= width
        assert (field.hint in line) is (max(len(words) + 1, 20) + len(field.hint) + 16 <= width)


def test_what_speaks_against_a_call_stands_whole_beside_the_queue(all_views):
    warning = "Planned for Wed 25 Nov. Nothing was agreed last time: ask when and how suits them."
    card = replace(all_views["ready"].card, warnings=(warning,))
    pane = FactsPane()
    pane._room = 40
    beside = Beside(PersonFacts("ann", "Ann Rossi", "Buyer"), card)
    lines = pane.view_lines(replace(all_views["queue"], beside=beside), 40)
    said = " ".join(" ".join("".join(text for text, _ in line).split()) for line in lines)
    assert warning in said


@pytest.mark.parametrize("width", [80, 96, 160])
def test_on_a_wide_screen_why_stands_beside_what_is_known(width):
    page = Reading()
    known, why = Block("ANN ROSSI", ("Buyer",)), Block("Why", ("You promised.", "x" * 30), aside=True)
    page.set_reactive(Reading.blocks, (known, why, Block("What happened", ("Left voicemail",))))
    lines = ["".join(text for text, _ in line) for line in page.lines(width)]
    assert all(cell_len(line) <= width for line in lines)
    assert ("ANN ROSSI" in lines[0], "Why" in lines[0]) == (True, width >= 96)
    assert sum("Left voicemail" in line for line in lines) == 1


PROBLEM = "a wrong bill"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("is_promised", "is_open"), [(True, True), (True, False), (False, False)])
async def test_an_open_problem_and_the_number_are_told_once_on_every_screen_of_a_call(
    size, is_promised, is_open
):
    """`is_open`: the facts are opened over the call, wherever a key does that."""
    call = Call(size)
    ann = call.bench.contact("Ann Rossi")
    call.bench.store.commit(
        Change(contacts=(replace(ann, customer=True, open_problem=PROBLEM),)), call.bench.clock.now()
    )
    if is_promised:
        now = call.bench.clock.now()
        past(call.bench, ann, "promise", Category.PROMISE, 1, promise=Promise(now, "Europe/London"))
    else:
        past(
            call.bench, ann, "win", Category.WIN, 90
        )  # a friendly call is held back until the problem is solved
    seen = dict[str, tuple[int, int]]()

    async def look(where):
        for tab in ("tab", "tab") if is_open else ("",):
            if tab:
                await s.press(tab)
            lines = (line.partition("│")[2] if " ▸ " in line else line for line in s.text.split("\n"))
            said = " ".join(" ".join(lines).replace("│", " ").split())  # a row of the list has its own reason
            seen[f"{where} {len(seen)}"] = said.count(PROBLEM), said.count(shown(ann.numbers[0].e164))

    async with call as s:
        await s.press("slash", *"ann", "enter")
        await look("queue")
        await s.press("enter")
        if s.app.view.ask:  # sooner than planned
            await s.press("escape")
        for where, key in (("ready", "enter"), ("ringing", "enter"), ("talking", "escape"), ("over", "")):
            await look(where)
            if key:
                call.bench.clock.step(3)
                await s.press(key)
    assert max(problem for problem, _ in seen.values()) == 1
    assert {where: twice for where, twice in seen.items() if max(twice) > 1} == {}
