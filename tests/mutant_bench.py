"""Faults built by hand into the program, and what the tests made for them say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
Fault = tuple[str, str, str, str]
"""Module (`domain/policy`), a text that stands in it once, what replaces it, and the test (or several)."""


def passes(module: str, text: str, tests: Path, named: str) -> bool:
    """Whether these tests pass here without a fault; of each law a few examples, for the suite itself tries many."""
    return failures({"none": (module, text, text, named)}, tests, examples=5) == {"none": 0}


def failures(faults: Mapping[str, Fault], tests: Path, examples: int = 50) -> dict[str, int]:
    """By name: what pytest exits with where the program has this fault: 0 the test passed, 1 it failed.

    A law tries as many examples as in the whole suite: so many are enough to catch the fault.
    """
    for module, text, *_ in faults.values():
        whole = (ROOT / "tui" / f"{module}.py").read_text("utf-8")
        assert whole.count(text) == 1, f"the text to be replaced is not in {module}.py once: {text}"
    named = [(name, *fault) for name, fault in faults.items()]
    with ThreadPoolExecutor() as both:
        lines = chain.from_iterable(
            both.map(lambda half: _run(tests, examples, half), filter(None, (named[::2], named[1::2])))
        )
        return {name: int(code) for code, _, name in (line.partition(" ") for line in lines)}


def _run(tests: Path, examples: int, faults: list[tuple[str, ...]]) -> list[str]:
    command = [sys.executable, str(Path(__file__).with_name("mutant_runner.py")), str(tests), str(examples)]
    done = subprocess.run(command, input=json.dumps(faults), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
