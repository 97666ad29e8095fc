"""Every stored value replaced by a foreign one: the cockpit opens, and what it put aside is whole.

`POWERHOUR_EXAMPLES` is the number of cases; unset, a sample of them for a run of every day.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.cockpit_bench import call_selected
from tui.storage.protocol import Change, StoreError
from tui.storage.tiny import TinyStore

CASES = int(os.environ.get("POWERHOUR_EXAMPLES", "120"))
DELETED = object()
HOSTILE = (
    *(DELETED, None, 0, -1, True, 0.5, 1e308, 9**30, "", "zz", "\x1b]0;X\x07", "2026-13-45T99:99:99"),
    *("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59", "2026-11-23T14:01:00", [], [None], {}, {"zz": 1}),
)
Path = tuple[str | int, ...]


async def the_last_run(bench: Any) -> dict[str, Any]:
    """The state after a call saved, one with a form left, one that waits below it, one left open, and habits."""
    bench.people("Ann Rossi", "Bo Lund", "Cy Dent", "Di Hart")
    cockpit = bench.cockpit
    await cockpit.open()
    await cockpit.people.skip(bench.contact("Di Hart").id)
    await cockpit.question.answer("1")
    await call_selected(cockpit, 15)
    bench.clock.step(3)
    await cockpit.call.answered()
    await cockpit.session.ask_pause()
    await cockpit.question.answer("b")
    bench.clock.step(30)
    await cockpit.session.go_on()
    await cockpit.talk.type_note("first note")
    await cockpit.talk.keep_note()
    await cockpit.call.over()
    await cockpit.outcome.choose("email_asked")
    await cockpit.outcome.save_form()
    await cockpit.call.dial()
    bench.clock.step(3)
    await cockpit.call.answered()
    await cockpit.talk.type_note("keep me")
    await cockpit.talk.keep_note()
    await cockpit.talk.step_on()
    await cockpit.talk.signal("+")
    await cockpit.talk.type_note("half a no")
    await cockpit.call.over()
    await cockpit.outcome.choose("nurture")
    await cockpit.outcome.leave_form()
    await cockpit.outcome.choose("promise")
    bench.clock.step(1)
    await cockpit.tick()
    await cockpit.save()
    state = {name: dict(bench.store.state(name)) for name in ("rep", "running")}
    for place in ("owed", "skips", "pauses"):
        state |= {f"{place}.{name}": dict(one) for name, one in bench.store.states(place).items()}
    call = state["running"]["stack"][0]
    waiting = deepcopy(call) | {"id": "waits", "contact_id": bench.contact("Cy Dent").id}
    asked = deepcopy(call) | {"id": "asked", "left_open": True, "over_at": call["since"], "form": None}
    state["running"]["stack"].insert(0, waiting)
    di, bo = bench.contact("Di Hart").id, bench.contact("Bo Lund").id
    state[f"drafts.{di}"] = {"value": {**deepcopy(call), "id": "draft"}}
    # As older releases stored them:
    state["drafts"] = {bo: {**deepcopy(call), "id": "of old"}}
    state["owed"] = {"open": [one.id for one in bench.store.calls()]}
    state["rep"]["skips"] = {bo: [[bench.clock.now().isoformat(), "not now"]]}
    state["left_open"] = {"asked": {**asked, "phase": "call_over"}}
    state["rep"]["filters"] = {"mine": "ann"}
    return state


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every value inside, at most two of a list."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index in range(min(len(value), 2)):
            yield from places(value[index], (*path, index))


def replaced(whole: str, path: Path, hostile: Any) -> dict[str, Any]:
    """The state of this JSON with another value there."""
    changed: dict[str, Any] = json.loads(whole)
    inside: Any = changed
    for key in path[:-1]:
        inside = inside[key]
    if hostile is DELETED:
        del inside[path[-1]]
    else:
        inside[path[-1]] = hostile
    top = changed.get(path[0])
    if not isinstance(top, dict):
        changed[str(path[0])] = {"not an object": top}
    return changed


def all_cases(state: dict[str, Any]) -> list[tuple[Path, Any]]:
    """Every place with every hostile value, in an order that is always the same and looks like none."""
    cases = [(path, hostile) for path in places(state) if path for hostile in HOSTILE]
    random.Random(11).shuffle(cases)
    return cases


def words_in(state: dict[str, Any]) -> set[str]:
    return {word for word in ("keep me", "half a no") if word in json.dumps(state["running"])}


async def start_with(make_bench: Any, before: Any, state: dict[str, Any]) -> Any:
    """A cockpit that was opened over the state and lived for a few seconds."""
    bench = make_bench()
    bench.clock.step((before.clock.now() - bench.clock.now()).total_seconds() + 60)
    bench.store.commit(
        Change(tuple(before.store.contacts()), before.store.calls(), before.store.sessions(), state=state),
        bench.clock.now(),
    )
    bench.view = await bench.cockpit.open()
    for _ in range(3):
        bench.clock.step(1)
        await bench.cockpit.tick()
    bench.left = {name: dict(bench.store.state(name)) for name in ("running", "left_open")}
    bench.left["drafts"] = dict(bench.store.states("drafts"))
    if not bench.store.pages:
        await work_on(bench)
    await bench.cockpit.close()
    return bench


async def work_on(bench: Any) -> None:
    """What a rep does next, whatever came back: the script, the notes, the form, the outcome, undo, the next call."""
    cockpit = bench.cockpit
    await cockpit.outcome.next_choice("how")
    await cockpit.outcome.leave_form()
    await cockpit.call.back()
    for action in (
        cockpit.talk.step_on,
        cockpit.talk.step_back,
        cockpit.talk.keep_note,
        cockpit.session.go_on,
        cockpit.call.over,
    ):
        await action()
    await cockpit.talk.change_note(-1)
    await cockpit.outcome.choose("promise")
    await cockpit.outcome.save_form()
    await cockpit.undo.last()
    await call_selected(cockpit, 15)
    await cockpit.session.show_recap()
    await cockpit.session.end()


async def test_no_value_of_the_stored_state_stops_a_start(bench, make_bench):
    state = await the_last_run(bench)
    whole, cases = json.dumps(state), all_cases(state)
    failed, aside = [], 0
    for path, hostile in cases[:CASES]:
        changed = replaced(whole, path, hostile)
        try:
            started = await start_with(make_bench, bench, changed)
        except Exception as error:
            failed.append((path, hostile, repr(error)))
            continue
        aside += bool(started.store.pages)
        lost = words_in(changed) - words_in({"running": [started.left, started.store.pages]})
        if lost:
            failed.append((path, hostile, f"lost {lost}"))
        if any("Error" in page for page in started.store.pages):
            failed.append((path, hostile, "met only when it was used: " + started.store.pages[0][-300:]))
        if started.store.pages and not started.cockpit.put_aside:
            failed.append((path, hostile, "not said"))
    print(f"\n{min(len(cases), CASES)} of {len(cases)} cases, {aside} put aside, {len(failed)} failed")
    assert not failed, failed[:20]


async def test_no_value_of_any_record_stops_a_start(bench, make_bench, tmp_path, no_sync):
    state = await the_last_run(bench)
    store = TinyStore.open(tmp_path / "base")
    made = bench.store
    store.commit(
        Change(tuple(made.contacts()), made.calls(), made.sessions(), state=state), bench.clock.now()
    )
    bench.store = store
    await bench.killed_and_started_again().open()
    await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.close()
    raw = json.loads((tmp_path / "base" / "sessions.json").read_text())
    tables = {name: raw[name] for name in raw if name not in ("state", "_journal")}
    whole = json.dumps({**tables, "state": raw["state"]})
    cases = [case for case in all_cases(tables) if len(case[0]) > 2]
    failed, refused = [], 0
    for number, (path, hostile) in enumerate(cases[: CASES // 2]):
        changed = replaced(whole, path, hostile)
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "sessions.json").write_text(json.dumps(changed))
        started = make_bench()
        started.clock.step((bench.clock.now() - started.clock.now()).total_seconds() + 60)
        try:
            started.store = TinyStore.open(folder)
            await started.killed_and_started_again().open()
            for _ in range(3):
                started.clock.step(1)
                await started.cockpit.tick()
            await work_on(started)
            await started.cockpit.close()
        except StoreError:
            refused += 1
        except Exception as error:
            failed.append((path, hostile, repr(error)))
    print(f"\n{min(len(cases), CASES // 2)} of {len(cases)} cases, {refused} refused, {len(failed)} failed")
    assert refused <= CASES / 100
    assert not failed, failed[:20]
