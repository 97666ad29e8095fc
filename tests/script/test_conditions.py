"""Conditions: several answers, names and answers that exist, and comparisons that can come true."""

import pytest

from tui.script.check.check import check_script
from tui.script.check.check_context import Options
from tui.script.files.load import load
from tui.script.language.conditions import holds, holds_in, parse


@pytest.mark.parametrize(
    ("condition", "answer", "true"),
    [
        ("uses has vans", "vans, trucks", True),
        ("uses has trucks", "vans, trucks", True),
        ("uses has VANS", "vans", True),
        ("uses has van", "vans", False),
        ("uses has vans", "", False),
        ("not uses has vans", "trucks", True),
        ("uses has (bicycles, trucks)", "vans, trucks", True),
        ('uses has "box, large"', "vans, box, large", True),
        ("uses has 7", "17, 70", False),
        ("uses has vans and attempt > 1", "vans", True),
        ("uses == vans", "vans, trucks", False),
    ],
)
def test_has_asks_for_one_of_several_answers(condition, answer, true):
    assert holds(parse(condition), {"uses": answer, "attempt": "2"}) is true


QUESTIONS = """\
title: T
opener: Hi. Two minutes?
discovery:
  - {ask: Which do you use?, save: uses, type: multi, answers: [vans, trucks, bicycles]}
  - {ask: How are things?, save: mood, answers: {going well: Good., so-so: , "no": {value: bad}}}
  - {ask: How many?, save: how_many, type: number}
  - {ask: Is it urgent?, save: urgent, type: yesno}
  - {ask: When shall I call?, save: callback_day, type: date}
  - {ask: What else?, save: more}
"""


@pytest.fixture
def found(tmp_path):
    """Codes, marked words and cures of a condition."""

    def find(condition: str, before: str = QUESTIONS) -> list[tuple[str, str, str]]:
        path = tmp_path / "s.yaml"
        path.write_text(f"{before}  - say: Only then.\n    when: '{condition}'\n", "utf-8")
        loaded = load(path)
        assert loaded.script is not None, loaded.problems
        rows = path.read_text("utf-8").split("\n")
        problems = [
            p for p in check_script(loaded, Options()) if p.code in ("PH210", "PH211", "PH212", "PH213")
        ]
        assert all(p.line == len(rows) - 1 for p in problems)
        marked = [rows[p.line - 1][p.col - 1 : p.col - 1 + p.length] for p in problems]
        return [(p.code, words, p.help) for p, words in zip(problems, marked, strict=True)]

    return find


@pytest.mark.parametrize(
    ("condition", "code", "marked", "cure"),
    [
        ("usess has vans", "PH210", "usess", "did you mean `uses`?"),
        ("uses has vanz", "PH211", "vanz", "did you mean `vans`?"),
        ("uses has (vans, trukcs)", "PH211", "trukcs", "did you mean `trucks`?"),
        ("uses has lorries", "PH211", "lorries", "its answers: vans, trucks, bicycles"),
        ("uses == vans", "PH213", "uses", "write  uses has vans"),
        ("uses in (vans, trucks)", "PH213", "uses", "write  uses has (vans, trucks)"),
        ('mood == "going wel"', "PH211", "going wel", "did you mean `going well`?"),
        ('mood != "goin well"', "PH211", "goin well", "did you mean `going well`?"),
        (
            "mood == no",
            "PH211",
            "no",
            "its answers: going well, so-so, bad",
        ),
        ("mood > 3", "PH212", "mood", ""),
        ("urgent == maybe", "PH211", "maybe", "its answers: yes, no"),
        ("how_many > many", "PH212", "many", "`how_many` is a number: compare it with one"),
        ("how_many == lots", "PH212", "lots", "`how_many` is a number: compare it with one"),
        ("attempt == first", "PH212", "first", "`attempt` is a number: compare it with one"),
        ("callback_day == friday", "PH212", "callback_day", "write  callback_day is known"),
        ('callback_day < "2026-12-01"', "PH212", "callback_day", "write  callback_day is known"),
        ("promised_date > 3", "PH212", "promised_date", "write  promised_date is known"),
        ("promise_timing == lat", "PH211", "lat", "did you mean `late`?"),
        ("how_many < 3 and how_many > 5", "PH212", "how_many", ""),
        ("how_many > 5 and (more is known and how_many <= 5)", "PH212", "how_many", ""),
        ("how_many == 3 and how_many == 4", "PH212", "how_many", ""),
        ("how_many == 3 and how_many > 9", "PH212", "how_many", ""),
        ("more == this and more == that", "PH212", "more", ""),
        ("more in (a, b) and more == c", "PH212", "more", ""),
        ("more is unknown and more == this", "PH212", "more", ""),
        ("more is known and more is unknown", "PH212", "more", ""),
    ],
)
def test_what_can_never_come_true_is_told_with_a_cure(found, condition, code, marked, cure):
    told = found(condition)
    assert [one[:2] for one in told] == [(code, marked)]
    assert cure in told[0][2]
    assert told[0][2]


@pytest.mark.parametrize(
    "condition",
    [
        "uses has vans",
        "uses is known",
        'mood == "Going Well"',
        "mood == bad",
        "urgent",
        "urgent == yes and not uses has bicycles",
        "how_many >= 20 and how_many < 30",
        "how_many > 3 or how_many < 2",
        "how_many == 3 or how_many == 4",
        "callback_day is known",
        "more == anything",
        "attempt > 1",
        "segment == retail",
        "weekday == Monday",
        "more is unknown or more == this",
        "how_many >= 3 and how_many <= 3",
        "uses has vans and uses has trucks",
    ],
)
def test_what_can_come_true_is_left_alone(found, condition):
    assert found(condition) == []


def test_an_answer_that_another_question_leaves_open_may_be_anything(found):
    both = QUESTIONS + "  - {ask: Or in your words?, save: mood, when: mood is unknown}\n"
    assert found("mood == gloomy", both) == []


@pytest.mark.parametrize(
    "part",
    [
        "followup:\n  reasons: [{say: it is new, when: uses has vanz}]\n",
        "voicemail:\n  - {say: Hi., when: uses has vanz}\n",
    ],
)
def test_the_conditions_beside_the_lines_are_looked_at_too(tmp_path, part):
    (tmp_path / "s.yaml").write_text(QUESTIONS + part, "utf-8")
    problems = check_script(load(tmp_path / "s.yaml"), Options())
    assert [(p.code, p.line) for p in problems if p.code == "PH211"] == [("PH211", 11)]


def test_what_is_known_is_worked_out_only_for_what_is_written():
    asked = []

    def known():
        asked.append(1)
        return {"stage": "won"}

    assert [holds_in(when, known) for when in ("", 'stage == "won"', 'stage == "lost"')] == [
        True,
        True,
        False,
    ]
    assert len(asked) == 2
    assert [holds_in("stage ==", known, unreadable=said) for said in (True, False)] == [True, False]
