"""Faults built by hand into copies of the program, and what the tests made for them say."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
Fault = tuple[str, str, str, str]
"""Module (`domain/policy`), a text that stands in it once, what replaces it, and the test (or several)."""


def failures(faults: Mapping[str, Fault], tests: Path, scratch: Path) -> dict[str, int]:
    """By name: what pytest exits with on a copy that has this fault: 0 the test passed, 1 it failed."""
    pairs = [(str(_copy(scratch / name, *fault[:3])), fault[3]) for name, fault in faults.items()]
    halves = [list(chain.from_iterable(pairs[half::2])) for half in (0, 1)]
    with ThreadPoolExecutor() as both:
        lines = chain.from_iterable(both.map(lambda half: _run(tests, half), halves))
        return {name: int(code) for code, _, name in (line.partition(" ") for line in lines)}


def _copy(folder: Path, module: str, text: str, fault: str) -> Path:
    shutil.copytree(ROOT / "tui", folder / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "tui" / f"{module}.py"
    whole = path.read_text()
    assert whole.count(text) == 1, f"the text to be replaced is not in {module}.py once: {text}"
    path.write_text(whole.replace(text, fault))
    return folder


def _run(tests: Path, pairs: list[str]) -> list[str]:
    command = [sys.executable, str(Path(__file__).with_name("mutant_runner.py")), str(tests), *pairs]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
