"""Broken scripts on the queue, on the card and under W: one sentence says what is wrong and what is seen instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tui.script.files.library import Library, mistakes
from tui.settings.listed import Assign
from tui.storage.protocol import Change
from tui.yamlfile.copies import Copies

HOUSE = "stop:\n  - say: I'll take you off my list.\n  - end: do_not_call\n"
BROKEN = HOUSE.replace("I'll", "Understood: I'll")
FIRST = "title: First\nextends: _house.yaml\naudience: {{kinds: [fresh]}}\nopener: {}\n"


@pytest.fixture
def desk(bench, tmp_path, warms_up):
    """A bench over a team folder and a data folder: `desk(name=text)` writes scripts and starts the cockpit."""

    def start(assign=(), **scripts):
        folder = tmp_path / "scripts"
        folder.mkdir(exist_ok=True)
        for name, text in scripts.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        bench.settings = replace(bench.settings, assign=tuple(assign))
        bench.library = Library(folder, copies=Copies(tmp_path / "data", bench.clock.now))
        return bench.killed_and_started_again()

    return start


async def looked_at(cockpit):
    """The view once the scripts were read beside the screen."""
    await cockpit.open()
    await cockpit._warming
    return await cockpit.tick()


async def test_a_break_over_night_shows_yesterday_s_words_and_says_so_in_one_line(bench, desk):
    bench.people("Ann Rossi")
    scripts = {"first": FIRST.format("Hi from first"), "other": FIRST.format("Hi").replace("fresh", "asked")}
    await looked_at(desk(_house=HOUSE, **scripts))
    bench.clock.step(timedelta(days=1).total_seconds())
    cockpit = desk(_house=BROKEN)
    line = (
        "_house.yaml line 2, column 20, has a mistake; 2 scripts are affected; you see yesterday's version."
    )
    assert (await looked_at(cockpit)).problems == (f"Scripts: {line}",)
    view = await call_selected(cockpit, 5)
    assert view.script.text == "Hi from first"
    assert view.script.problem == "_house.yaml line 2, column 20, has a mistake; you see yesterday's version."
    bench.clock.step(timedelta(days=8).total_seconds())
    assert (await looked_at(desk())).problems[0].endswith("you see the version of Mon 23 Nov.")


async def test_without_a_version_before_the_built_in_words_are_told_as_such(bench, desk):
    (ann, bo) = bench.people("Ann Rossi", "Bo Verdi")
    bench.store.commit(Change(contacts=(replace(bo, language="it"),)), bench.clock.now())
    cockpit = desk(_house=BROKEN, first=FIRST.format("Hi"))
    view = await looked_at(cockpit)
    assert view.problems == (
        "Scripts: _house.yaml line 2, column 20, has a mistake; 1 script is affected; you see the built-in script.",
    )
    why = cockpit.card.explain(ann.id)
    assert "Script: Short call (builtin). Rule: the audience of first fits (fresh)." in why
    assert "_house.yaml line 2, column 20, has a mistake; you see the built-in one, in English." in why
    assert (
        "Script: Chiamata breve (builtin_it). Rule: no script of the team fits, so it is the built-in one."
        in cockpit.card.explain(bo.id)
    )


async def test_an_assignment_that_leads_nowhere_is_told_on_queue_card_and_w(bench, desk):
    (ann,) = bench.people("Ann Rossi")
    cockpit = desk(
        (Assign("first"), Assign("frist")), first=FIRST.format("Hi").replace("extends: _house.yaml\n", "")
    )
    view = await looked_at(cockpit)
    assert view.problems == (
        "Scripts: assignment 2 in config.yaml names frist, and there is no such script; "
        "you see the built-in one. Did you mean first?",
    )
    assert (
        "Script: First (first). Rule: assignment 1 in config.yaml names this script."
        in cockpit.card.explain(ann.id)
    )


async def test_w_tells_the_script_of_the_call_in_hand(bench, desk):
    (ann,) = bench.people("Ann Rossi")
    cockpit = desk(_house=HOUSE, first=FIRST.format("Hi"))
    await looked_at(cockpit)
    await call_selected(cockpit, 5)
    assert "Script: First (first). Rule: the audience of this script fits (fresh)." in cockpit.card.explain(
        ann.id
    )


async def test_after_a_restart_in_a_call_the_words_go_on_although_the_file_broke(bench, desk):
    bench.people("Ann Rossi")
    first = FIRST.format("Hi from first\ndiscovery: [ask: How are you?, ask: And the work?]")
    cockpit = desk(_house=HOUSE, first=first)
    await looked_at(cockpit)
    await call_selected(cockpit, 5)
    bench.clock.step(3)
    await cockpit.call.answered()
    await cockpit.talk.step_on()
    await cockpit.close()
    cockpit = desk(_house=BROKEN)
    view = await cockpit.open()
    assert view.script.text == "How are you?"
    assert (
        view.script.problem == "_house.yaml line 2, column 20, has a mistake; you see the version of 14:01."
    )


async def test_a_language_without_words_is_told_on_the_card(bench, desk):
    (ann,) = bench.people("Ann Rossi")
    bench.store.commit(Change(contacts=(replace(ann, language="sv"),)), bench.clock.now())
    cockpit = desk(_house=HOUSE, first=FIRST.format("Hi"))
    await cockpit.open()
    view = await call_selected(cockpit, 5)
    assert view.script.problem == "There is no script in Swedish; this one is in English."


async def test_a_mistake_stands_on_the_queue_where_check_says_it_is(bench, desk):
    bench.people("Ann Rossi")
    cockpit = desk(_house=BROKEN, first=FIRST.format("Hi"))
    view = await looked_at(cockpit)
    (problem,) = mistakes(bench.library)
    where = f"{problem.file} line {problem.problem.line}, column {problem.problem.col}"
    assert view.problems[0].startswith(f"Scripts: {where}, has a mistake;")
