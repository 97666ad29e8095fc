from __future__ import annotations

import time

import pytest

from tui.cockpit.queue_view import QueueRow, QueueView, Rows
from tui.widgets.colours import ColouredApp
from tui.widgets.look_screen import LookScreen
from tui.widgets.queue_list import QueueList
from tui.widgets.section_list import Section, _share

MANY = 100_000


class Counted:
    """Makes rows and remembers how many."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, contact_id: str) -> QueueRow:
        self.made += 1
        return QueueRow(contact_id, f"Person {contact_id}", "Firm", "Never called", "14:01")


class ListApp(ColouredApp):
    def __init__(self, queue: QueueView) -> None:
        super().__init__()
        self._queue_shown = queue

    def compose(self):
        yield QueueList()

    def get_default_screen(self) -> LookScreen[None]:
        return LookScreen()

    def on_mount(self) -> None:
        self.query_one(QueueList).queue = self._queue_shown


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def many(counted: Counted) -> QueueView:
    ids = [str(n) for n in range(MANY)]
    return QueueView(ready=Rows(ids, counted), held=Rows(ids, counted), held_count=MANY, selected="0")


async def test_only_rows_on_the_screen_are_made(many, counted):
    async with ListApp(many).run_test(size=(80, 24)) as pilot:
        people = pilot.app.query_one(QueueList)
        await pilot.pause()
        assert counted.made < 200
        counted.made = 0
        people.go_to(MANY - 1)
        await pilot.pause()
        assert counted.made < 100
        assert people.row.contact_id == str(MANY - 1)


async def test_a_key_makes_two_rows_and_takes_no_time_at_100000_people(many, counted):
    async with ListApp(many).run_test(size=(80, 24)) as pilot:
        people = pilot.app.query_one(QueueList)
        await pilot.pause()
        counted.made = 0
        people.move(1)
        assert counted.made <= 6
        started = time.process_time()
        for _ in range(200):
            people.move(1)
        assert (time.process_time() - started) / 200 < 0.010


async def test_rows_that_change_in_place_are_drawn_again_and_the_cursor_stays_with_its_person(counted):
    ids = ["ann", "bo", "eva", "fay"]
    async with ListApp(QueueView(ready=Rows(ids, counted), selected="bo")).run_test(size=(80, 24)) as pilot:
        people = pilot.app.query_one(QueueList)
        await pilot.pause()
        assert people.row.contact_id == "bo"
        ids.remove("ann")
        ids.append("bo2")
        people.queue = QueueView(ready=Rows(ids, counted), selected="bo")
        await pilot.pause()
        assert people.row.contact_id == "bo"
        assert people.cursor == 0


async def test_no_row_has_the_cursor_when_the_view_selects_nobody(counted):
    async with ListApp(QueueView(ready=Rows(["ann", "bo"], counted), selected="bo")).run_test() as pilot:
        await pilot.pause()
        people = pilot.app.query_one(QueueList)
        people.queue = QueueView(ready=Rows(["ann", "bo"], counted))
        assert people.row is None
        people.go_to(people.cursor + 1)
        assert people.row.contact_id == "ann"


async def test_a_click_moves_the_cursor_and_a_second_click_opens(counted):
    opened = []

    class Hearing(ListApp):
        def on_section_list_opened(self) -> None:
            opened.append(self.query_one(QueueList).row.contact_id)

    async with Hearing(QueueView(ready=Rows(["ann", "bo"], counted), selected="ann")).run_test() as pilot:
        await pilot.pause()
        await pilot.click(QueueList, offset=(5, 3))
        await pilot.pause()
        assert pilot.app.query_one(QueueList).row.contact_id == "bo"
        await pilot.click(QueueList, offset=(5, 3))
        await pilot.pause()
        assert opened == ["bo"]


def heights(sections, height):
    return [(w.section.key, w.shown, w.more) for w in _share(sections, height, {})]


def test_ready_gets_the_height_that_three_later_and_three_owed_leave():
    sections = (
        Section("ready", "Ready", "", range(24), header=True, empty="none"),
        Section("later", "Later", "", range(10), most=3),
        Section("owed", "Owed", "", range(5), most=3),
    )
    assert heights(sections, 16) == [("ready", 5, True), ("later", 3, False), ("owed", 3, False)]
    assert heights(sections, 60) == [("ready", 24, False), ("later", 3, False), ("owed", 3, False)]


def test_on_a_low_screen_later_and_owed_give_way_to_ready():
    sections = (
        Section("ready", "Ready", "", range(24), header=True, empty="none"),
        Section("later", "Later", "", range(10), most=3),
        Section("owed", "Owed", "", range(5), most=3),
    )
    for height in range(9, 16):
        shown = {key: rows for key, rows, _ in heights(sections, height)}
        assert shown["ready"] >= 1
        assert shown["later"] >= 1
        assert shown["owed"] >= 1


def test_an_empty_section_is_left_out_unless_it_has_a_sentence():
    sections = (Section("ready", "Ready", "", (), empty="Nobody."), Section("later", "Later", "", (), most=3))
    assert heights(sections, 10) == [("ready", 0, False)]


@pytest.mark.parametrize(("free", "said"), [(None, " 11 "), (11, " 11 "), (3, " 3 of 11 "), (0, " 0 of 11 ")])
async def test_the_rule_says_how_many_of_those_who_are_ready_can_be_called(free, said):
    ready = Rows([str(n) for n in range(11)], Counted())
    app = ListApp(QueueView(ready=ready, free=free))
    async with app.run_test(size=(80, 24)):
        rule = app.query_one(QueueList).render_line(0).text
        assert said in rule
        assert ("of" in rule) is (" of " in said)
