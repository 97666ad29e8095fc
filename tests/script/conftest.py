"""For script tests: a script from a text, and the shipped library."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.script.files.library import Library
from tui.script.files.load import load
from tui.script.language.model import Script

SHIPPED = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def script_of(tmp_path: Path) -> Callable[..., Script]:
    """Makes a script from YAML text; every problem fails the test."""

    def make(text: str, name: str = "s.yaml", **others: str) -> Script:
        for other, words in others.items():
            (tmp_path / f"{other}.yaml").write_text(words, encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
        loaded = load(tmp_path / name)
        assert loaded.script is not None, [p.message for p in loaded.problems]
        return loaded.script

    return make


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[..., list[tuple[int, int, str, str]]]:
    """The problems of YAML text as (line, col, code, message)."""

    def find(text: str, **others: str) -> list[tuple[int, int, str, str]]:
        for other, words in others.items():
            (tmp_path / f"{other}.yaml").write_text(words, encoding="utf-8")
        path = tmp_path / "s.yaml"
        path.write_text(text, encoding="utf-8")
        return [(p.line, p.col, p.code, p.message) for p in load(path).problems]

    return find


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    return SHIPPED


@pytest.fixture(scope="session")
def shipped() -> Library:
    return Library(SHIPPED)
