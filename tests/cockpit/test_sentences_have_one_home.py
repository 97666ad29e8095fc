"""Actions, pages and what stands below them hold no sentence: each is a template with named fields in `wording`."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import tui.cockpit
from tui.cockpit.wording.notices import NOTICES

HOME = Path(tui.cockpit.__file__).parent
ROOMS = ("actions", "pages", "queue", "form", "state")
FILES = sorted(file for room in ROOMS for file in (HOME / room).rglob("*.py"))
SENTENCE = re.compile(r"(?:[\w’',{}]+ ){3,}[\w’',{}]+|[a-z}’',]+ [a-z{}’',]+[.?!:](?:\s|$)")
"""Four words in a row, or two that end in a stop; `{}` stands for a value."""

FIELDS = {
    code: {name for _, name, _, _ in Formatter().parse(template) if name}
    for code, template in NOTICES.items()
}
FROM_A_LITERAL_TYPE = {"aside_page", "unsaved_page"}
"""Codes that come in as a parameter, which mypy checks."""


def literals(tree):
    """Each text of a file with `{}` for its values; docstrings are no texts of the program."""
    inner = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner | said:
            yield node.lineno, node.value


def test_no_sentence_stands_outside_of_wording():
    found = [
        f"{file.relative_to(HOME)}:{line}: {text}"
        for file in FILES
        for line, text in literals(ast.parse(file.read_text("utf-8")))
        if re.search("[a-z]", text) and SENTENCE.search(text)
    ]
    assert found == []


PLANTED = (
    'f"{name} has no number yet"',
    '"Call anyway?"',
    'f"{said} Call {number} anyway?"',
    '"one more of these"',
)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_sentence_is_found(planted):
    ((_, text),) = literals(ast.parse(f"say({planted})"))
    assert SENTENCE.search(text)


def codes_in(node, function):
    """The codes that the first argument of `notice` may be: written there, or given to that name in the function."""
    match node:
        case ast.Constant(str() as code):
            return {code}
        case ast.IfExp():
            return codes_in(node.body, function) | codes_in(node.orelse, function)
        case ast.Name(name):
            given = (one for one in ast.walk(function) if isinstance(one, ast.Assign))
            values = [one.value for one in given if ast.unparse(one.targets[0]) == name]
            return set().union(*(codes_in(value, function) for value in values))
    raise AssertionError(ast.unparse(node))


def notices_in(file):
    """Each call of `notice` in a file, with the function around it."""
    tree = ast.parse(file.read_text("utf-8"))
    around = dict.fromkeys((node for node in ast.walk(tree) if isinstance(node, ast.Call)), tree)
    for function in ast.walk(tree):  # an inner one comes after the outer one
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            around |= dict.fromkeys((node for node in ast.walk(function) if node in around), function)
    return [(call, place) for call, place in around.items() if ast.unparse(call.func) == "notice"]


def test_every_notice_has_its_values_and_every_template_a_use():
    used, wrong = set(FROM_A_LITERAL_TYPE), []
    for file in sorted(HOME.rglob("*.py")):
        for call, function in notices_in(file):
            codes, given = codes_in(call.args[0], function), {word.arg for word in call.keywords}
            fields = set().union(*(FIELDS[code] for code in codes))
            used |= codes
            if codes and given != fields:
                wrong.append(f"{file.name}:{call.lineno}: {sorted(given ^ fields)}")
    assert wrong == []
    assert used == set(NOTICES)
