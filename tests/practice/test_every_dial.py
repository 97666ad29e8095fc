"""Every dial is checked the same way: what the report would count stood on the screen before it rang."""

from __future__ import annotations

import ast
import asyncio
import re
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import tui
from tests.cockpit_bench import Bench, RememberingDialer, call_selected
from tests.costly import costly
from tests.practice_bench import past
from tui.cockpit.actions.do_not_call import DoNotCall
from tui.cockpit.pages.report import too_many_of
from tui.cockpit.view import LINE_OPEN, Phase
from tui.dialer.protocol import Cap
from tui.domain.contact import Contact, Number, Preferences
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.storage.protocol import Change

pytestmark = pytest.mark.slow

SAID = {
    "early_call": "Say why you call before it",
    "outside_hours": "outside calling hours",
    "over_cap": "the plan is at most",
    "too_soon": "Planned for",
    "repeated_reason": "heard this reason",
}
"""Each code of the report, and the words that must have been read before."""
ROOT = Path(tui.__file__).parent
DIAL = re.compile(r"\b(?:dialer|phone)\s*\.\s*dial\b")


def test_one_function_alone_reaches_the_phone_and_asks_the_gate_first():
    """The gate is asked, then `phone.dial`, which alone has the dialer: nobody's phone rings for the demo people."""
    callers = []
    for path in ROOT.rglob("*.py"):
        if "dialer" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for function in ast.walk(ast.parse(text)) if DIAL.search(text) else ():
            if not isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef):
                continue
            source = ast.unparse(function)
            if "dialer.dial(" in source:
                callers.append((path.name, function.name))
            if "phone.dial(" in source:
                assert source.index("gate.lets_through(") < source.index("phone.dial(")
                callers.append((path.name, function.name))
    assert sorted(callers) == [("dialing.py", "call_number"), ("phone_controls.py", "dial")]


class WatchedPhone(RememberingDialer):
    """Calls nobody, and remembers what stood on the screen for this call before it rang."""

    caps = Cap.HANG_UP

    def __init__(self):
        super().__init__()
        self.read = {}
        """Words read so far, by call in hand."""
        self.before = {}
        """Words read before the first dial, by call in hand."""

    def watch(self, cockpit):
        self._state = cockpit._state
        cockpit.subscribe(self._look)

    def _look(self, view):
        working = self._state.working
        if working is not None:
            words = self.read.setdefault(working.id, [])
            words += view.card.warnings if view.card else ()
            words += [view.ask.title] if view.ask else []

    async def dial(self, e164, shown):
        one = self._state.in_hand.id
        self.before.setdefault(one, list(self.read.get(one, ())))
        return await super().dial(e164, shown)


def watched(bench):
    bench.dialer = WatchedPhone()
    bench.cockpit = bench._cockpit()
    bench.dialer.watch(bench.cockpit)
    return bench


def by_softphone(bench):
    """The phone tells what the line does; only then does the next person ring by themselves."""
    watched(bench).dialer.caps |= Cap.STATES
    return bench


# -- the paths, at 22:50 -------------------------------------------------------------------------------


async def from_not_today(bench, ann):
    view = bench.cockpit.view
    assert ann.id in [row.contact_id for row in view.queue.held]
    await bench.cockpit.queue.select(ann.id)
    return await call_selected(bench.cockpit, 15)


async def from_search(bench, ann):
    await bench.cockpit.queue.filter("rossi")
    await bench.cockpit.queue.select(ann.id)
    return await call_selected(bench.cockpit, 15)


async def from_the_caller_card(bench, ann):
    await from_not_today(bench, ann)
    await bench.cockpit.question.leave()
    await bench.cockpit.incoming.open_look_up()
    await bench.cockpit.callers.choose(ann.id, "rossi")
    bench.clock.step(2)
    await bench.cockpit.call.over()
    return await bench.cockpit.call.call_again()


async def by_hand(bench, ann):
    await from_not_today(bench, ann)
    await bench.cockpit.question.leave()
    return await bench.cockpit.call.dial_by_hand("+44 20 7946 0177")


@pytest.mark.parametrize("path", [from_not_today, from_search, from_the_caller_card, by_hand])
async def test_at_2250_no_path_rings_without_a_word(bench, path):
    bench = watched(bench)
    ann = bench.people("Ann Rossi")[0]
    bench.clock.step(hours=8, minutes=49)
    await bench.cockpit.open()
    view = await path(bench, ann)
    assert bench.dialer.dialled == []
    assert "It is 22:50 there, outside calling hours" in view.ask.title
    assert dict(view.ask.choices) == {"y": "call anyway"}
    await bench.cockpit.question.answer(view.ask.default)
    assert len(bench.dialer.dialled) == 1


async def test_esc_leaves_the_card_with_the_warning_and_enter_there_calls(bench):
    bench = watched(bench)
    ann = bench.people("Ann Rossi")[0]
    bench.clock.step(hours=8, minutes=49)
    await bench.cockpit.open()
    await from_not_today(bench, ann)
    view = await bench.cockpit.question.leave()
    assert view.phase is Phase.READY
    assert any("22:50 there, outside calling hours" in one for one in view.card.warnings)
    view = await bench.cockpit.call.dial()
    assert (view.ask, len(bench.dialer.dialled)) == (None, 1)


async def test_a_redial_after_closing_time_says_so_once(bench):
    bench = watched(bench)
    bench.people("Ann Rossi")
    bench.clock.step(hours=3, minutes=58)
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    assert len(bench.dialer.dialled) == 1
    bench.clock.step(minutes=2)
    view = await bench.cockpit.call.call_again()
    assert "It is 18:01 there, outside calling hours" in view.ask.title
    assert bench.dialer.hung_up == []
    await bench.cockpit.question.answer("y")
    assert (len(bench.dialer.dialled), bench.dialer.hung_up) == (2, ["line-1"])
    view = await bench.cockpit.call.call_again()
    assert (view.ask, len(bench.dialer.dialled)) == (None, 3)


async def test_the_next_person_never_rings_by_themselves_when_there_is_something_to_say(make_bench, bench):
    bench = by_softphone(make_bench(replace(bench.settings, advance_after=3.0)))
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    bench.store.commit(Change(contacts=(replace(bo, numbers=(Number("+442079460188"),)),)), bench.clock.now())
    bench.clock.step(hours=3, minutes=58, seconds=50)
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    bench.clock.step(2)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.NEXT_IN
    bench.clock.step(10)  # 18:00:02
    view = await bench.cockpit.tick()
    assert view.phase is Phase.READY
    assert len(bench.dialer.dialled) == 1
    assert any("18:00 there, outside calling hours" in one for one in view.card.warnings)


async def test_nobody_counts_down_towards_a_colleagues_customer_or_a_law(make_bench, bench):
    bench = by_softphone(make_bench(replace(bench.settings, advance_after=3.0)))
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    bench.store.commit(Change(contacts=(replace(bo, numbers=(Number("+447700900123"),)),)), bench.clock.now())
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    bench.clock.step(2)
    view = await bench.cockpit.outcome.choose("no_answer")
    assert (view.card.name, view.phase) == ("Bo Lund", Phase.READY)


async def test_an_answer_about_a_call_that_was_put_away_rings_nobody(bench):
    bench = watched(bench)
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    bench.clock.step(hours=8, minutes=49)
    await bench.cockpit.open()
    view = await from_not_today(bench, ann)
    await bench.cockpit.callers.choose(bo.id, "lund")
    await bench.cockpit.question.answer(view.ask.default)
    assert bench.dialer.dialled == []


async def test_a_card_that_stood_there_only_while_the_key_was_at_work_was_read_by_nobody(bench, monkeypatch):
    bench = watched(bench)
    ann = bench.people("Ann Rossi")[0]
    bench.clock.step(hours=8, minutes=49)
    await bench.cockpit.open()
    take_up = DoNotCall.take_up

    async def slowly(self):
        monkeypatch.setattr(DoNotCall, "take_up", take_up)
        await asyncio.create_task(bench.cockpit.tick())
        return await take_up(self)

    monkeypatch.setattr(DoNotCall, "take_up", slowly)
    view = await from_not_today(bench, ann)
    assert view.ask is not None
    assert bench.dialer.dialled == []


async def test_a_reason_they_have_heard_is_said_before_it_is_used_again(bench):
    bench = watched(bench)
    ann = bench.people("Ann Rossi")[0]
    await bench.cockpit.open()
    await bench.cockpit.queue.select(ann.id)
    await call_selected(bench.cockpit, 15)
    bench.clock.step(3)
    bench.cockpit._state.in_hand.reason_id = "own:stock"
    await bench.cockpit.outcome.choose("voicemail")
    [call] = bench.store.calls(ann.id)
    checks = bench.cockpit.call.gate.checks(ann, reason_id=call.reason_id)
    assert "repeated_reason" in [check.code for check in checks]


# -- any path ------------------------------------------------------------------------------------------

NUMBERS = ("+442079460101", "+12025550101", "+390694802001", "+442079460102")
PATHS = ("enter", "enter", "dial", "other", "again", "by_hand", "caller", "filter", "skip", "pass", "end")


def a_person(chance, bench, place):
    chosen = chance.sample(NUMBERS, chance.choice((1, 2)))
    labels = ("office", "mobile")
    now = bench.clock.now()
    return Contact(
        uuid7(now + timedelta(milliseconds=place)),
        created_at=now - timedelta(days=60),
        name=f"Person {'ABCD'[place]}",
        lists=("autumn",),
        numbers=tuple(Number(one, one, chance.choice(labels)) for one in chosen),
        zone=chance.choice(("", "", "Europe/London", "America/New_York")),
        owner=chance.choice(("", "", "Jo")),
        prefers=Preferences(every=chance.choice((None, None, 7)), since=now - timedelta(days=50)),
    )


def a_history(chance, bench, person):
    for _ in range(chance.randint(0, 4)):
        days = chance.choice((0.1, 1, 2, 5, 20)) + chance.random() / 10
        is_ = chance.choice(
            (Category.NO_ANSWER, Category.NO_ANSWER, Category.VOICEMAIL, Category.CONVERSATION)
        )
        more = {"reason_id": chance.choice(("", "r1"))}
        if is_ is Category.CONVERSATION and chance.random() < 0.6:
            at = bench.clock.now() + timedelta(hours=chance.choice((-30, -3, 1, 26, 90)))
            more["promise"] = Promise(at, "Europe/London", chance.choice(("minute", "day", "part")))
        past(bench, person, str(is_), is_, days, **more)


async def take_a_path(chance, bench, people):
    cockpit = bench.cockpit
    bench.clock.step(1)
    match chance.choice(PATHS):
        case "enter":
            await cockpit.queue.select(chance.choice(people).id)
            await call_selected(cockpit, 15)
        case "dial":
            await cockpit.call.dial()
        case "other":
            await cockpit.call.other_number()
        case "again":
            await cockpit.call.call_again()
        case "by_hand":
            await cockpit.call.dial_by_hand(chance.choice(NUMBERS))
        case "caller":
            await cockpit.incoming.open_look_up()
            await cockpit.callers.choose(chance.choice(people).id, "person")
            bench.clock.step(2)
            await cockpit.call.over()
        case "filter":
            await cockpit.queue.filter(chance.choice(("", "person")))
        case "skip":
            await cockpit.people.skip()
        case "pass":
            bench.clock.step(hours=chance.choice((0.05, 1, 5, 20)))
            await cockpit.tick()
        case "end":
            await cockpit.session.end()
    for _ in range(4):
        ask = cockpit.view.ask
        if ask is None:
            break
        keys = [*dict(ask.choices), "because they asked"]
        await (
            cockpit.question.leave()
            if chance.random() < 0.3
            else cockpit.question.answer(chance.choice(keys))
        )
    if cockpit.view.phase in LINE_OPEN | {Phase.CALL_OVER} and chance.random() < 0.6:
        bench.clock.step(chance.choice((3, 90)))
        await cockpit.outcome.choose(chance.choice(("no_answer", "voicemail", "talked")))
        await cockpit.outcome.save_form()


async def walk(seed):
    chance, bench = Random(seed), watched(Bench())
    bench.clock.step(hours=chance.choice((0, 3, 9, 14, 20)))
    people = [a_person(chance, bench, place) for place in range(3)]
    bench.store.commit(Change(contacts=tuple(people)), bench.clock.now())
    for person in people:
        a_history(chance, bench, person)
    await bench.cockpit.open()
    for _ in range(14):
        await take_a_path(chance, bench, people)
    for person in people:
        known, calls = bench.store.contact(person.id), bench.store.calls(person.id)
        for found in too_many_of(bench.cockpit._state, known, calls, None):
            if found.call_id not in bench.dialer.before:
                continue
            words = " ".join(bench.dialer.before[found.call_id])
            for code in found.codes:
                assert SAID[code] in words, (seed, code, found, words)
    return len(bench.dialer.dialled)


@pytest.mark.slow
@costly
@given(st.integers(0, 1 << 30))
def test_whatever_the_path_the_report_names_no_dial_the_screen_did_not_warn_of(seed):
    asyncio.run(walk(seed))


def test_the_walks_do_reach_the_phone():
    assert sum(asyncio.run(walk(seed)) for seed in range(10)) > 10
