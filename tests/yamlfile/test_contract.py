# ruff: noqa: RUF009
"""Checking a tree against dataclasses: typed values, and every problem at its place."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

import pytest

from tests.rows import each
from tui.yamlfile.contract import check
from tui.yamlfile.fields import (
    day,
    duration,
    flag,
    language,
    many,
    named,
    number,
    obj,
    one,
    parse_duration,
    slug,
    text,
    whole,
)
from tui.yamlfile.read import read_text


@dataclass(frozen=True, slots=True)
class Leaf:
    say: str = text("read aloud", required=True, example="say: the words")
    weight: int = whole(0, 100, default=1)
    more: tuple["Leaf", ...] = many("Leaf")


@dataclass(frozen=True, slots=True)
class Sheet:
    short_forms: ClassVar = ("asking",)
    title: str = text(required=True)
    id: str = slug()
    is_: str = one("win", "lost", key="is")
    tongue: str = language(default="en")
    live: bool = flag()
    size: int | None = whole(1, 9)
    rate: float | None = number(0, 1)
    every: timedelta | None = duration()
    until: date | None = day()
    tags: tuple[str, ...] = many(text())
    leaf: Leaf | None = obj(Leaf)
    leaves: dict[str, Leaf] = named(Leaf)
    answers: dict[str, Leaf] = named(Leaf, any_key=True)


def load(written: str):
    problems: list = []
    places: dict = {}
    node = read_text(written, "s.yaml").node
    return check(node, Sheet, problems, places), problems, places


def test_a_good_file_becomes_typed_values():
    sheet, problems, _ = load(
        "title: 2026\nis: Win\ntongue: pt-BR\nlive: Yes\nsize: 3\nrate: 0.5\nevery: 2 weeks\n"
        "until: 2026-12-31\ntags: [a, 1.10]\nleaf: {say: Hi, more: [{say: Ho}]}\nleaves: {x: {say: A}}\n"
        "answers: {not read yet: {say: B}}\n"
    )
    assert problems == []
    assert sheet == Sheet(
        title="2026",
        is_="win",
        tongue="pt-BR",
        live=True,
        size=3,
        rate=0.5,
        every=timedelta(weeks=2),
        until=date(2026, 12, 31),
        tags=("a", "1.10"),
        leaf=Leaf("Hi", more=(Leaf("Ho"),)),
        leaves={"x": Leaf("A")},
        answers={"not read yet": Leaf("B")},
    )


@each(
    ("line", "col", "code", "says", "advice", "written"),
    [
        (2, 1, "PH102", "unknown key `tagz` at the top level", "did you mean `tags`?", "title: A\ntagz: [a]"),
        (2, 1, "PH102", "unknown key `askin`", "did you mean `asking`?", "title: A\naskin: [a]"),
        (2, 1, "PH102", "unknown key `zzzzzz`", "allowed here: answers", "title: A\nzzzzzz: [a]"),
        (2, 16, "PH102", "unknown key `wieght` in leaf", "`weight`", "title: A\nleaf: {say: a, wieght: 2}"),
        (1, 1, "PH103", "`title` is missing in the file", "title: ...", "id: a"),
        (2, 1, "PH103", "`say` is missing in leaf", "add   say: the words", "title: A\nleaf: {weight: 2}"),
        (2, 7, "PH104", "`tags` must be a list", "", "title: A\ntags: x"),
        (2, 7, "PH104", "`leaf` must be a group of keys, but here it is a text", "", "title: A\nleaf: x"),
        (2, 1, "PH104", "`size` must be a whole number, but here it is empty", "delete", "title: A\nsize:"),
        (2, 7, "PH104", "`size` must be a whole number, but here it is `many`", "", "title: A\nsize: many"),
        (2, 7, "PH104", "`live` must be yes or no", "", "title: A\nlive: maybe"),
        (2, 5, "PH105", "`is` cannot be `wni`", "`win`? (one of: win, lost)", "title: A\nis: wni"),
        (2, 5, "PH106", "`id: my id` is not valid", "letters, digits", "title: A\nid: my id"),
        (2, 8, "PH106", "`every: soon` is not understood", "3d", "title: A\nevery: soon"),
        (2, 8, "PH106", "`until: 2026-02-30` is not", "2026-03-31", "title: A\nuntil: 2026-02-30"),
        (3, 3, "PH106", "`a b` cannot be a name", "letters", "title: A\nleaves:\n  a b: {say: x}"),
        (2, 7, "PH107", "`size` must be between 1 and 9", "", "title: A\nsize: 99"),
        (2, 7, "PH107", "`rate` must be between 0 and 1", "", "title: A\nrate: nan"),
        (2, 5, "PH107", "`id` is empty", "delete the line", 'title: A\nid: ""'),
        (3, 1, "PH103", "missing in leaf > more #2", "", "title: A\nleaf: {say: a, more: [{say: b},\n{}]}"),
        (1, 1, "PH101", "this file must be a group of keys, but here it is a list", "", "- a"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(line, col, code, says, advice, written):
    _, problems, _ = load(written)
    assert len(problems) == 1
    assert (problems[0].line, problems[0].col, problems[0].code) == (line, col, code)
    assert says in problems[0].message
    assert advice in problems[0].help


def test_a_bad_value_leaves_the_default_and_the_rest_stands():
    sheet, problems, _ = load("title: A\nsize: many\ntags: [a, [b], c]\n")
    assert (sheet.size, sheet.tags, len(problems)) == (None, ("a", "c"), 2)


def test_all_problems_of_a_file_come_together():
    _, problems, _ = load("titel: A\nsize: many\nis: wni\nleaf: {wieght: 1}\n")
    assert [p.code for p in problems] == ["PH102", "PH104", "PH105", "PH102", "PH103", "PH103"]


def test_every_path_leads_to_its_node():
    _, _, places = load("title: A\nleaf: {say: a, more: [{say: b}]}\n")
    assert places["leaf", "more", 0, "say"].col == 29
    assert places["leaf",].key_line == 2


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90s", 90), ("15 min", 900), ("20h", 72_000), ("3d", 259_200), ("2 weeks", 1_209_600),
     ("1 month", 2_592_000), ("1m", 2_592_000), ("1y", 31_536_000)],
)  # fmt: skip
def test_durations_are_read_as_people_write_them(written, seconds):
    assert parse_duration(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["3", "d", "-3d", "3 fortnights", "1.5d", "99999d", ""])
def test_other_durations_are_not_guessed(written):
    assert parse_duration(written) is None
