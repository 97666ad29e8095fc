"""What screens and widgets say with a value in it stands in one table; no sentence is put together in their code."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import tui.app
import tui.screens
import tui.widgets
from tests.cockpit.test_sentences_have_one_home import glued
from tui.widgets.marks import STATES, UNSEEN
from tui.widgets.words import WORDS, say, styled

FILES = [
    Path(tui.app.__file__),
    *(file for room in (tui.screens, tui.widgets) for file in Path(*room.__path__).rglob("*.py")),
]
NAME = re.compile(r"f'[\w{}.:/\[\]-]*'$|f'\{.*\}\.\w+'$")
"""A name made in code: a command's id, a class of the stylesheet."""


def test_no_sentence_of_a_screen_is_glued():
    found = {path.name: [one for one in glued(path.read_text("utf-8")) if not is_name(one)] for path in FILES}
    assert {name: places for name, places in found.items() if places} == {}


def is_name(place):
    """Whether what is put together there is no sentence: a name, or a text that was cut."""
    return bool(NAME.search(place)) or "DOTS" in place


@pytest.mark.parametrize("planted", ['f"{key} shows all"', '"Incoming call: " + name', 'words + " more"'])
def test_planted_glue_is_found(planted):
    assert [one for one in glued(planted) if not is_name(one)]


def codes(node):
    match node:
        case ast.Constant(str() as code):
            return {code}
        case ast.IfExp():
            return codes(node.body) | codes(node.orelse)
    return set()


def test_every_template_has_its_values_and_a_use():
    used, wrong = {mark.word for mark in (*STATES.values(), *UNSEEN.values())}, []
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            ast.unparse(one.targets[0]): codes(one.value)
            for one in ast.walk(tree)
            if isinstance(one, ast.Assign)
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or ast.unparse(call.func) not in {"say", "styled"}:
                continue
            meant = codes(call.args[0]) or named.get(ast.unparse(call.args[0]), set())
            given = {word.arg for word in call.keywords}
            used |= meant
            wrong += [code for code in meant if None not in given and not fields(code) <= given]
    assert wrong == []
    assert used == set(WORDS)


def fields(code):
    """The names of the fields of a template."""
    return {name for _, name, _, _ in Formatter().parse(WORDS[code]) if name}


def test_a_sentence_has_its_plural_and_each_value_its_look():
    assert say("notes", count=1) == "1 note"
    assert styled("held_line", "dim", people=(2, "dim"), key=("h", "key")) == (
        (" Not today: ", "dim"),
        ("2 people", "dim"),
        (". ", "dim"),
        ("h", "key"),
        (" shows why.", "dim"),
    )
