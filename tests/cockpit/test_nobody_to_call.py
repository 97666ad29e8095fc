"""Each state in which nobody can be called, or something is out of reach, says what to do next, with its key."""

from __future__ import annotations

import re

import pytest

from tests.cockpit_bench import call_selected
from tui.commands import Keys
from tui.dialer.protocol import Health

KEYS = Keys()


async def all_called(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    bench.clock.step(2)
    return await bench.cockpit.outcome.choose("no_answer")


async def a_list_without_anybody(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    return await bench.cockpit.queue.show_list("Spring fair")


async def all_refused(bench):
    bench.people("Ann Rossi")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(2)
    await cockpit.call.answered()
    await cockpit.call.over()
    await cockpit.outcome.choose("do_not_call")
    await cockpit.outcome.save_form()
    return await cockpit.session.end()


async def a_search_without_a_hit(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    return await bench.cockpit.queue.filter("zebra")


async def a_sunday(bench):
    bench.people("Ann Rossi")
    bench.clock.step(days=6)
    return await bench.cockpit.open()


async def no_phone(bench):
    bench.people("Ann Rossi")
    bench.dialer.health = lambda: Health(signed_in=False, why="the phone server says nothing")
    return await bench.cockpit.open()


STATES = {
    "all called": (
        all_called,
        r"All are called for now\. The next: tomorrow",
        ("queue.recap", "queue.import"),
    ),
    "a list without anybody": (a_list_without_anybody, r"Nobody is on the list Spring fair", ("queue.list",)),
    "all refused": (all_refused, r"Nobody here is to be called any more", ("queue.held", "queue.import")),
    "no hit": (a_search_without_a_hit, r"Nobody matches 'zebra'", ("queue.clear",)),
    "a Sunday": (
        a_sunday,
        r"Nobody can be called before tomorrow 09:00",
        ("queue.held", "queue.import", "queue.report"),
    ),
    "no phone": (no_phone, r"Your phone is not signed in.*powerhour doctor", ("queue.log",)),
}
"""How one comes to it, what is said, and the commands whose keys are named."""


@pytest.mark.parametrize(("come", "said", "commands"), STATES.values(), ids=STATES)
async def test_every_state_says_what_it_is_and_which_key_goes_on(bench, come, said, commands):
    queue = (await come(bench)).queue
    words = f"{queue.enter.words} {queue.summary} {queue.meanwhile}"
    assert re.search(said, words)
    for command in commands:
        assert re.search(rf"(?<![\w]){re.escape(KEYS.shown(command))}(?![\w])", words), command
    await bench.cockpit.close()


async def test_meanwhile_what_there_is_to_do_comes_first(bench):
    bench.people("Ann Rossi")
    cockpit = bench.cockpit
    await cockpit.open()
    await call_selected(cockpit, 15)
    bench.clock.step(2)
    await cockpit.call.answered()
    await cockpit.call.over()
    await cockpit.outcome.choose("email_asked")
    await cockpit.outcome.save_form()
    view = await cockpit.session.end()
    assert view.queue.meanwhile.startswith("Meanwhile: 1 thing to do below, Space marks one as done.")
