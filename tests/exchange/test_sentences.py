"""What the reading of a file says stands in one place, and everything that stands there is said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import tui.exchange.reading
from tui.exchange.reading.sentences import _SENTENCES

SOURCES = {
    path.name: path.read_text()
    for path in Path(*tui.exchange.reading.__path__).rglob("*.py")
    if path.name not in {"sentences.py", "__init__.py"}
}


def test_every_code_has_a_sentence_and_every_sentence_is_said() -> None:
    trees = map(ast.parse, SOURCES.values())
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    said = {code for source in SOURCES.values() for code in re.findall(r'\bsentence\(\s*"(\w+)"', source)}
    assert len(said) > 30
    assert said <= _SENTENCES.keys() <= texts


def test_no_other_file_of_the_reading_makes_a_sentence() -> None:
    glued = [
        f"{name}: {part.value!r}"
        for name, source in SOURCES.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant) and re.search(r"[a-z]{2,} |[a-z] [a-z]", part.value)
    ]
    raised = [
        f"{name}: {text}"
        for name, source in SOURCES.items()
        for text in re.findall(
            r'(?:ImportRefused|ImportCancelled|_rejected|append)\((?:row, )?f?"[^"]*"', source
        )
    ]
    assert glued + raised == []
