"""The program in a real pseudo-terminal: what a person would see, and keys as a person would press them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.terminal import Begin, Terminal


@pytest.fixture
def terminal(
    environment: dict[str, str], home: Path, data: Path, begin: Begin
) -> Iterator[Callable[..., Terminal]]:
    """Starts the program in a pty: `terminal()`, `terminal("--workspace", "team", columns=60, rows=20)`."""
    started: list[Terminal] = []

    def start(
        *args: str,
        columns: int = 80,
        rows: int = 24,
        env: dict[str, str] | None = None,
        folder: Path | None = None,
    ) -> Terminal:
        argv = [*PROGRAM, "--data", str(data), *args]
        started.append(Terminal(argv, environment | (env or {}), folder or home, columns, rows, begin))
        return started[-1]

    yield start
    for one in started:
        one.close()
