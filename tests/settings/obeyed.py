"""Which test shows what a setting does. A setting that no test shows makes `test_every_setting.py` fail."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])
HERE = Path(__file__).parent


def shows(*settings: str) -> Callable[[Test], Test]:
    """Marks a test that changes these settings in a file and sees the effect; `*` stands for any name."""
    assert settings
    return lambda test: test


@cache
def shown() -> frozenset[str]:
    """Every setting named by a test here, read from the text of the tests."""
    return frozenset(name for file in HERE.glob("test_obeyed_*.py") for name in _named_in(file))


def _named_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "shows":
                    yield from (ast.literal_eval(word) for word in decorator.args)
