"""No key is ignored in silence: a key that changes nothing on any call is an error, and no other key is.

The expectation is not written down by hand. A script is played with the key and without it; when no call can tell
the difference, the checker must say so.
"""

import itertools
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.script.json_schema import accepts
from tui.script.author.schema import schema
from tui.script.call.answers import doubt
from tui.script.call.walk import Walk
from tui.script.check.check import check_script
from tui.script.files.load import Loaded, load
from tui.script.language.facts import Facts
from tui.script.language.model import Answer, Script

pytestmark = pytest.mark.slow

KEYS: dict[str, Any] = {
    "say": "Spoken.",
    "ask": "Asked?",
    "do": "Done.",
    "use": "thanks",
    "end": "promise",
    "goto": "close",
    "when": "attempt > 1",
    "coach": "A tip.",
    "seconds": 9,
    "save": "name",
    "type": "date",
    "answers": {"red": "-> close", "green": "Good."},
    "required": "yes",
    "min": 3,
    "max": 5,
    "keep": "contact",
    "variants": {"A": "One.", "B": "Two."},
    "outcome": "win",
    "next_in": "3d",
}
OTHERS: dict[str, Any] = {
    **{
        "say": "Said.",
        "ask": "Questioned?",
        "do": "Undone.",
        "use": "sorry",
        "end": "talked",
        "goto": "opener",
    },
    **{"when": "attempt > 9", "coach": "Advice.", "seconds": 8, "save": "word", "type": "number"},
    **{
        "answers": {"blue": "-> end"},
        "required": "no",
        "min": 2,
        "max": 4,
        "keep": "call",
        "outcome": "talked",
    },
    **{"variants": {"A": "Three.", "B": "Four."}, "next_in": "4d"},
}
"""Another value for each: what makes no difference is ignored, also where the key itself does something."""
NUMBERS = {"min", "max"}
"""They speak to `type: number` alone (PH606)."""
PAIRS = list(itertools.combinations(KEYS, 2))
SCHEMA = schema()
_PLAYED: dict[str, object] = {}
_LINES = ("say", "ask", "do", "use", "end", "goto", "variants")
_BESIDE = [key for key in KEYS if key not in _LINES]
TRIPLES = [(line, *pair) for line in ("ask", "use") for pair in itertools.combinations(_BESIDE, 2)]


def script_with(step: dict[str, Any]) -> str:
    return json.dumps(
        {
            "title": "T",
            "opener": "Hello there.",
            "discovery": [step, {"ask": "After?", "save": "after"}],
            "close": "Goodbye.",
            "snippets": {"thanks": "Thank you.", "sorry": "I am sorry."},
        }
    )


@pytest.fixture
def loaded(tmp_path: Path):
    def read(step: dict[str, Any]) -> Loaded:
        (tmp_path / "s.yaml").write_text(script_with(step), encoding="utf-8")
        return load(tmp_path / "s.yaml")

    return read


def plays(script: Script) -> list[object]:
    """All a rep can see and all that is kept, on every call of two moves from the step on."""
    seen: list[object] = []
    for person, attempt in (("c1", 1), ("c4", 2)):
        facts = Facts(person, {"attempt": str(attempt)}, attempt=attempt)
        todo = [(Walk.begin(script, "call", facts).on(), 0)]
        while todo:
            walk, depth = todo.pop()
            line = walk.line()
            shown = (line.kind, line.text, line.coach, line.seconds, line.required, line.type, line.reaction)
            choices = tuple(
                (choice.digit, choice.label, choice.ticked, choice.key) for choice in line.answers
            )
            kept = (walk.answers, walk.for_notes, walk.kept, walk.suggested_outcome, walk.suggested_next)
            place = walk.place
            doubts = doubt(place.step, "9") if place is not None and place.step is not None else ""
            moved: list[Walk] = []
            if depth < 2 and not walk.finished:
                digits = [walk.answer(digit) for digit in (0, 1, 2)]
                moved = [walk.on(), *digits, walk.answer_text("9")]
            # What a move leaves as it was shows nothing that is not seen from here already.
            stays = tuple(after is walk for after in moved)
            seen.append((depth, shown, choices, kept, len(walk.unanswered), doubts, stays))
            todo += [(after, depth + 1) for after in moved if after is not walk]
    return seen


def test_the_sample_values_can_be_told_apart_when_they_work(loaded):
    """Else a key would look ignored only because its sample value is the usual one."""
    for key, value in {**KEYS, "min": 30, "max": 5}.items():
        step = {"say": "Spoken.", key: value}
        if key in ("save", "answers", "required", "keep", "min", "max", "type"):
            step = {"ask": "Asked?", key: value}
        if key == "keep":
            step["save"] = "name"
        if key in NUMBERS:
            step["type"] = "number"
        if key in ("do", "use", "end", "variants"):
            step = {key: value}
        without = {name: value for name, value in step.items() if name != key}
        assert plays(loaded(step).script) != plays(loaded(without).script), key


@pytest.mark.parametrize(
    "first",
    [
        *((key,) for key in ("say", "ask", "use")),
        *(pytest.param((key,), marks=pytest.mark.slow) for key in KEYS if key not in ("say", "ask", "use")),
        *(pytest.param(two, marks=pytest.mark.slow) for two in itertools.product(("ask", "use"), _BESIDE)),
    ],
    ids=" ".join,
)
def test_what_a_call_would_ignore_is_an_error_and_nothing_else_is(loaded, first):
    """For every two keys of a step, and every three with a question or a snippet."""

    def played(keys: tuple[str, ...], other: str = "") -> object:
        step = {key: OTHERS[key] if key == other else KEYS[key] for key in keys}
        if (written := json.dumps(step)) not in _PLAYED:
            _PLAYED[written] = plays(used(loaded(step)))
        return _PLAYED[written]

    for keys in PAIRS if len(first) == 1 else TRIPLES:
        if keys[: len(first)] != first:
            continue
        found = loaded({key: KEYS[key] for key in keys})
        problems = [p for p in found.problems if p.code == "PH314"]
        told = {problem.message.split("`")[1] for problem in problems}
        spoken_for = NUMBERS if "ask" in keys else set()
        now = played(keys)
        lost = {key for key in keys if now in (played(keys, key), played(tuple(k for k in keys if k != key)))}
        assert told - spoken_for == lost - spoken_for, keys
        assert all(problem.help for problem in problems)
        fine = not problems and not (spoken_for & set(keys))
        assert accepts(SCHEMA, json.loads(script_with({key: KEYS[key] for key in keys}))) is fine, keys


def used(found: Loaded) -> Script:
    """What was loaded before is loaded now."""
    assert found.script is not None, found.problems
    return found.script


ANSWER: dict[str, tuple[Any, Any]] = {
    **{"say": ("Good.", "Fine."), "coach": ("A tip.", "Advice."), "steps": (["More."], ["Less."])},
    **{"goto": ("close", "end"), "outcome": ("win", "talked"), "next_in": ("3d", "4d")},
    **{"hotkey": ("=", "z"), "value": ("r", "s")},
}


@pytest.mark.parametrize(
    "key",
    [
        "say",
        "goto",
        *(pytest.param(key, marks=pytest.mark.slow) for key in ANSWER if key not in ("say", "goto")),
    ],
)
def test_every_key_of_an_answer_does_something_also_beside_every_other(loaded, key):
    for beside in ({}, *({other: ANSWER[other][0]} for other in ANSWER if other != key)):
        answers = [{**beside}, *({**beside, key: value} for value in ANSWER[key])]
        steps = [{"ask": "Sure?", "save": "sure", "answers": {"red": answer}} for answer in answers]
        without, one, other = (plays(used(loaded(step))) for step in steps)
        assert one not in (without, other), beside


def test_every_key_of_an_answer_is_in_the_table():
    assert {field.name for field in fields(Answer)} == set(ANSWER)


def test_lines_beside_the_variants_of_a_section_are_told(tmp_path):
    text = "title: T\nopener:\n  variants: {A: Hello., B: Hi.}\n  steps: [{say: Never said.}]\n"
    (tmp_path / "s.yaml").write_text(text, "utf-8")
    assert [(p.code, p.line, p.col) for p in load(tmp_path / "s.yaml").problems] == [("PH314", 4, 3)]
    assert not accepts(SCHEMA, yaml.safe_load(text))


def test_the_advice_of_a_section_is_not_lost_beside_that_of_its_first_line(tmp_path):
    text = "title: T\nopener: {coach: Stand up., steps: [{say: Hi., coach: Smile.}, Bye.]}\n"
    (tmp_path / "s.yaml").write_text(text, "utf-8")
    walk = Walk.begin(used(load(tmp_path / "s.yaml")))
    assert (walk.line().coach, walk.on().line().coach) == ("Stand up. Smile.", "")


def test_a_multi_answer_does_not_branch_and_the_checker_says_so(loaded):
    """Several may be ticked, so what hangs on one of them never comes up."""
    answer = {
        "say": "Good.",
        "coach": "Tip.",
        "goto": "close",
        "outcome": "win",
        "next_in": "3d",
        "steps": ["More."],
    }
    step = {"ask": "Which?", "save": "uses", "type": "multi", "answers": {"vans": answer, "bicycles": {}}}
    found = loaded(step)
    walk = Walk.begin(found.script).on().answer(1)
    assert (walk.on().line().text, walk.on().line().reaction) == ("After?", "")
    assert (walk.suggested_outcome, walk.suggested_next) == ("", None)
    told = [p.message.split("`")[1] for p in check_script(found) if p.code == "PH314"]
    assert sorted(told) == sorted(answer)


def test_the_value_of_a_multi_answer_is_what_is_kept(loaded):
    answers = {"vans": {"value": "v"}, "trucks": {}}
    step = {"ask": "Which?", "save": "uses", "type": "multi", "answers": answers}
    walk = Walk.begin(loaded(step).script).on().answer(1).answer(2)
    assert walk.answers == {"uses": "v, trucks"}


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"ask": "Which?", "type": "multi"}, "PH315"),
        ({"ask": "Which?", "type": "choice"}, "PH315"),
        ({"ask": "Which?", "answers": []}, "PH315"),
        ({"ask": "Which?", "answers": {}}, "PH315"),
        ({"ask": "Which?", "type": "multi", "answers": []}, "PH315"),
        ({"ask": "Which?", "type": "multi", "answers": ["a", "b"]}, ""),
        ({"ask": "Which?", "answers": ["a"]}, ""),
        ({"ask": "Sure?", "type": "yesno"}, ""),
        ({"ask": "Sure?", "yes": "Good."}, ""),
        ({"ask": "When?", "type": "date", "answers": ["next week"]}, ""),
        ({"say": "Hello.", "yes": "Good."}, "PH314"),
        ({"do": "Write.", "no": "Good."}, "PH314"),
        ({"end": "promise", "note": "Tip."}, "PH314"),
        ({"ask": "How many?", "type": "date", "min": 3}, "PH606"),
        ({"ask": "How many?", "type": "number", "min": 3}, ""),
        ({"id": "here"}, ""),
        ({"coach": "Only a tip."}, "PH314"),
        ({"when": "attempt > 1"}, "PH314"),
    ],
)
def test_each_form_of_a_step_is_told_by_checker_and_schema_alike(loaded, step, code):
    found = loaded(step)
    assert found.script is not None
    codes = {p.code for p in check_script(found) if p.code in ("PH314", "PH315", "PH606")}
    assert codes == ({code} if code else set())
    assert accepts(SCHEMA, json.loads(script_with(step))) is not bool(code)


def test_a_script_with_an_ignored_key_is_used_and_the_rep_is_told(tmp_path):
    """It was loaded before, so it is loaded now: with the old meaning, and with a notice."""
    (tmp_path / "s.yaml").write_text("title: T\nopener:\n  - say: Hello.\n    end: promise\n", "utf-8")
    found = load(tmp_path / "s.yaml")
    assert found.script is not None
    walk = Walk.begin(found.script).on()
    assert walk.finished
    assert walk.suggested_outcome == ""
    assert [(p.code, p.line, p.col) for p in found.problems] == [("PH314", 4, 5)]


def test_a_comment_silences_the_notice_too(tmp_path):
    text = "title: T\nopener:\n  - say: Hello.\n    end: promise  # ph: ignore PH314 on purpose\n"
    (tmp_path / "s.yaml").write_text(text, "utf-8")
    assert load(tmp_path / "s.yaml").problems == ()
