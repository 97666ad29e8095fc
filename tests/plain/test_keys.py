"""One key map: what is typed follows from the command table and means one thing in its place."""

from __future__ import annotations

import ast
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from string import Formatter

import tui.plain
from tests.cockpit.test_sentences_have_one_home import glued
from tests.rows import each
from tui.commands import PLACES, commands_for
from tui.plain.instead import INSTEAD
from tui.plain.typed import TypedKeys
from tui.plain.words import WORDS

SLOT = re.compile(r"\.undo'$|f'[a-z]*:?\{.*\}'$|f'\{.*\}[.;]?'$")
"""What a fact is about, or parts that stand beside one another: no sentence."""
FILES = sorted(Path(*tui.plain.__path__).glob("*.py"))


@each("place", PLACES)
def test_a_sign_means_one_thing_in_its_place(place):
    keys, here = TypedKeys(), {*commands_for(place), *commands_for("everywhere")}
    ways = [keys.typed(one.id) for one in here if one.id not in INSTEAD]
    signs = Counter(chain.from_iterable(one[:-1] for one in ways))
    assert [sign for sign, count in signs.items() if count > 1] == []


def test_a_letter_of_an_outcome_stays_the_outcomes_and_the_command_has_another_name():
    keys = TypedKeys(taken="fq")
    assert keys.shown("app.caller") == "f2"
    assert keys.shown("app.quit") == "quit"


def test_no_sentence_of_the_plain_mode_is_glued():
    found = {
        path.name: [one for one in glued(path.read_text("utf-8")) if not SLOT.search(one)] for path in FILES
    }
    assert {name: places for name, places in found.items() if places} == {}


def test_every_template_has_its_values_and_a_use():
    used, wrong = set(), []
    for path in FILES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "say" and call.args:
                for code in codes(call.args[0]):
                    used.add(code)
                    given = {word.arg for word in call.keywords}
                    fields = {name for _, name, _, _ in Formatter().parse(WORDS[code]) if name}
                    wrong += [code] if not fields <= given else []
    assert wrong == []
    named = {
        one.value
        for path in FILES
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, ast.Constant)
    }
    assert set(WORDS) - used - named == set()


def codes(node):
    match node:
        case ast.Constant(str() as code):
            return {code}
        case ast.IfExp():
            return codes(node.body) | codes(node.orelse)
    return set()
