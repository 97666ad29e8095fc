"""Actions, pages and what stands below them hold no sentence: each is a template with named fields in `wording`."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import tui.cockpit
import tui.plain.words
import tui.widgets.words
from tui.cockpit.wording.notices import NOTICES

HOME = Path(tui.cockpit.__file__).parent
ROOMS = ("actions", "pages", "queue", "form", "state")
TOP = {file for file in HOME.glob("*.py") if file.name != "demo.py"}
"""Without the fictional people, whose notes are theirs."""
FILES = sorted((*TOP, *(file for room in ROOMS for file in (HOME / room).rglob("*.py"))))
WORDING = sorted((HOME / "wording").glob("*.py"))
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


def either(node):
    """The two sides of a choice, else what stands there itself."""
    return [*either(node.body), *either(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def glued(source):
    """Where a text with words in it is put together in code: by an f-string, by `+`, by a join."""
    tree = ast.parse(source)
    formats = {id(node.format_spec) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)}
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr() if id(node) not in formats:
                parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                sides = [one for side in (left, right) for one in either(side)]
                parts = [one.value for one in sides if isinstance(one, ast.Constant)]
                parts += ["a" for one in sides if isinstance(one, ast.JoinedStr)]
            case ast.AugAssign(op=ast.Add(), value=ast.Constant(str() as text)):
                parts = [text]
            case ast.Call(func=ast.Attribute(value=ast.Constant(str() as text), attr="join")):
                parts = [text]
            case _:
                continue
        if any(isinstance(part, str) and re.search("[a-z]", part) for part in parts):
            yield f"{node.lineno}: {ast.unparse(node)}"


def test_the_wording_glues_no_sentence_from_parts():
    """Each is a literal template with named fields, as a catalogue of another language needs them."""
    assert {file.name: found for file in WORDING if (found := list(glued(file.read_text("utf-8"))))} == {}


@pytest.mark.parametrize(
    "planted",
    [
        'f"{why}, until {time}"',
        '"again " + when',
        'said + (f", {stands}" if stands else "")',
        '" or ".join(names)',
    ],
)
def test_planted_glue_is_found(planted):
    assert list(glued(planted))


def test_a_code_has_one_template():
    rows = [
        key.value
        for file in (HOME / "wording" / f"{name}.py" for name in ("notices", "phrases", "finding"))
        for table in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(table, ast.Dict)
        for key in table.keys
        if isinstance(key, ast.Constant)
    ]
    assert len(set(rows)) == len(rows)
    assert set(NOTICES) <= set(rows)


def values_of(name, tree):
    """The values of a table of codes that stands in the file."""
    tables = [
        one.value for one in tree.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name
    ]
    (table,) = tables
    return {value.value for value in table.values}


def codes_in(node, function, tree):
    """The codes that the first argument of `notice` may be: written there, in a table, or given to a name."""
    match node:
        case ast.Subscript(value=ast.Name(table)):
            return values_of(table, tree)
        case ast.Call(
            func=ast.Attribute(value=ast.Name(table), attr="get"), args=[_, ast.Constant(str() as code)]
        ):
            return values_of(table, tree) | {code}
        case ast.Constant(str() as code):
            return {code}
        case ast.IfExp():
            return codes_in(node.body, function, tree) | codes_in(node.orelse, function, tree)
        case ast.Name(name):
            given = (one for one in ast.walk(function) if isinstance(one, ast.Assign))
            values = [one.value for one in given if ast.unparse(one.targets[0]) == name]
            return set().union(*(codes_in(value, function, tree) for value in values))
    raise AssertionError(ast.unparse(node))


def notices_in(tree):
    """Each call of `notice` in a file, with the function around it."""
    around = dict.fromkeys((node for node in ast.walk(tree) if isinstance(node, ast.Call)), tree)
    for function in ast.walk(tree):  # an inner one comes after the outer one
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            around |= dict.fromkeys((node for node in ast.walk(function) if node in around), function)
    return [(call, place) for call, place in around.items() if ast.unparse(call.func) == "notice"]


@pytest.mark.slow
def test_every_notice_has_its_values_and_every_template_a_use():
    used, wrong = set(FROM_A_LITERAL_TYPE), []
    for file in sorted(HOME.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for call, function in notices_in(tree):
            codes, given = codes_in(call.args[0], function, tree), {word.arg for word in call.keywords}
            fields = set().union(*(FIELDS[code] for code in codes))
            used |= codes
            if codes and given != fields:
                wrong.append(f"{file.name}:{call.lineno}: {sorted(given ^ fields)}")
    assert wrong == []
    assert used == set(NOTICES)


TABLES = {"notices": NOTICES, "screens": tui.widgets.words.WORDS, "lines": tui.plain.words.WORDS}
TWICE = {
    "Space: {choices}": "the screen says as much of it as has room",
}
"""What may stand in two places, and why."""


def twins(tables):
    """Each text that several codes have, with where it stands."""
    places = {}
    for name, table in tables.items():
        for code, text in table.items():
            places.setdefault(text, []).append(f"{name}: {code}")
    return {text: found for text, found in places.items() if len(found) > 1 and text not in TWICE}


def test_no_sentence_has_two_codes_or_stands_in_two_tables():
    assert twins(TABLES) == {}
    assert twins({"one": {"a": "{file} is gone."}, "other": {"b": "{file} is gone."}})
