"""The domain and the phone return codes and values: a sentence that creeps into their code is a fault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui.domain
import tui.phone

WORDS = {"day_words.py", "problem_words.py"}
"""Wording that stands below the cockpit, because files and scripts say it too; their docstrings tell."""
TYPED = {"place.py", "countries.py"}
"""Names that people write, and no words of ours. So is all of `domain/when`, which is left out for that."""
LABELS = {"PersonField", "Outcome"}
"""Tables whose rows name things: a label is no sentence."""
FILES = sorted(
    path
    for room in (tui.domain, tui.phone)
    for path in Path(*room.__path__).rglob("*.py")
    if path.name not in WORDS | TYPED and path.parent.name != "when"
)
SENTENCE = re.compile(r"[A-Z][a-z'’]*,? [a-z]|[a-z] [a-z]+[.?!]|\w+ .*\b(for|is|of|the|not|with|are|was) ")
"""A capital and a second word; words and a full stop; one of the small words that join a sentence."""
GLUED = re.compile(r"[a-z]{2,} |^ ?\(| [a-z]{2,}")
"""A word beside a value."""
PATTERN = re.compile(r"\\|^\(\?")
"""How a part of a pattern is known."""
PHRASES = {"today ", "tomorrow "}
"""What a rep could type: `read_when` offers it in place of a time that is over."""


def texts(tree: ast.AST) -> Iterator[tuple[ast.AST, str, bool]]:
    """Every text of the code: node, words, and whether a value is put into it.

    Left out are docstrings, labels, patterns, and what is raised: no rep reads it.
    """
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Raise():
                continue
            case ast.Call(func=ast.Name(id=name)) if name in LABELS:
                continue
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
                continue
            case ast.JoinedStr():
                yield from (
                    (node, part.value, True) for part in node.values if isinstance(part, ast.Constant)
                )
            case ast.Constant(value=str()):
                yield node, node.value, False
            case _:
                yield from texts(node)


def sentences(source: str) -> list[str]:
    """The texts that a rep could read as words of ours; a pattern is none."""
    found = texts(ast.parse(source))
    return [
        f"{node.lineno}: {text!r}"
        for node, text, glued in found
        if text not in PHRASES
        and "\\" not in text
        and not text.startswith("(?")
        and (GLUED if glued else SENTENCE).search(text)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_sentence_stands_in_the_domain_or_the_phone(path: Path) -> None:
    assert sentences(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        'return f"{self.why} ({on_record(self.on)})"',
        'shown = name or "No name"',
        'PROBLEMS = {4: "This number is too long."}',
        'said = f"called {times} in a week"',
        'problem = "too long for a phone number"',
    ],
)
def test_a_sentence_that_creeps_in_is_found(planted: str) -> None:
    assert sentences(planted)


def test_the_rules_do_not_ask_for_words() -> None:
    assert [
        path.name
        for path in FILES
        if path.name != "__init__.py" and re.search(r"import .*_words|_words import", path.read_text())
    ] == []
