"""A sentence names the key a rep really has: `keys:` and the letters of outcomes are the team's and the rep's."""

import ast
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.practice_bench import call_anyway
from tui.cockpit.view import Phase
from tui.commands import Keys
from tui.domain.outcome import DEFAULT_OUTCOMES, Category
from tui.storage.protocol import Change
from tui.widgets.script_panel import again_logs_it

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2] / "tui"
VERBS = "takes|brings|gives|shows|types|imports|adds|says|goes|opens|ends|writes|puts|again|undo|undoes|calls|rings"
NAMES_A_KEY = re.compile(rf"(?:^|[\s.(·])(?:[b-z]|\+) (?:{VERBS})\b")


def sentences(file: Path):
    """Every text of a module that is no docstring, with its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


@pytest.mark.parametrize("room", ["cockpit", "domain", "widgets", "commands"])
def test_no_sentence_names_a_letter_that_somebody_may_have_changed(room):
    files = [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py"))
    found = [
        f"{file.name}:{line}: {text}"
        for file in files
        for line, text in sentences(file)
        if NAMES_A_KEY.search(text)
    ]
    assert found == []


@pytest.fixture
def other_keys(make_bench, in_london):
    keys = {
        **{"queue.recap": "f9", "queue.import": "I", "queue.add": "A", "queue.held": "H"},
        **{"ready.by_hand": "f8", "ready.recap": "f7", "recap.extend": "f5", "ready.reason": "f4"},
    }
    return make_bench(replace(in_london, keys=keys))


async def test_who_has_no_number_is_typed_one_with_the_reps_key(other_keys):
    (ann,) = other_keys.people("Ann Rossi")
    other_keys.store.commit(Change(contacts=(replace(ann, numbers=()),)), other_keys.clock.now())
    await other_keys.cockpit.open()
    await other_keys.cockpit.queue.select(ann.id)
    view = await call_anyway(other_keys.cockpit)
    assert "F8 types one" in view.notice.text


async def test_who_has_no_other_number_is_typed_one_with_the_reps_key(other_keys):
    other_keys.people("Ann Rossi", "Bo Lund")
    await other_keys.cockpit.open()
    await call_selected(other_keys.cockpit, 15)
    other_keys.clock.step(5)
    await other_keys.cockpit.outcome.choose("no_answer")
    view = await other_keys.cockpit.call.other_number()
    assert "F8 types one" in view.notice.text


async def test_when_nobody_is_left_the_key_of_this_screen_is_named(other_keys):
    other_keys.people("Ann Rossi")
    await other_keys.cockpit.open()
    await call_selected(other_keys.cockpit, 15)
    other_keys.clock.step(5)
    view = await other_keys.cockpit.outcome.choose("no_answer")
    assert view.phase is Phase.QUEUE
    assert "F9 shows what this session brought" in view.notice.text


async def test_when_the_time_is_up_the_reps_key_gives_five_more_minutes(other_keys):
    other_keys.people("Ann Rossi", "Bo Lund")
    await other_keys.cockpit.open()
    await call_selected(other_keys.cockpit, 15)
    other_keys.clock.step(5)
    await other_keys.cockpit.outcome.choose("no_answer")
    view = other_keys.cockpit.view
    while view.phase is Phase.READY:
        other_keys.clock.step(10)
        view = await other_keys.cockpit.tick()
    assert "F5 gives you five more minutes" in view.notice.text


def test_the_help_names_the_reps_keys():
    keys = Keys({"queue.held": "H", "import.columns": "f3"})
    assert "H shows everybody else" in keys.about("queue")
    assert "F3 corrects a column" in keys.about("import")
    assert not [place for place in ("queue", "ready", "talking", "import") if "{" in keys.about(place)]


async def test_the_gatekeepers_key_is_the_teams(make_bench, in_london):
    outcomes = tuple(replace(o, key="z") if o.is_ is Category.GATEKEEPER else o for o in DEFAULT_OUTCOMES)
    bench = make_bench(replace(in_london, outcomes=outcomes))
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    view = await call_selected(bench.cockpit, 15)
    assert again_logs_it(view) == "z again logs it"
