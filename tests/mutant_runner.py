"""Runs one test on the program with each of some faults; prints a line `exit code, name` for each.

Arguments: the folder of the tests, and how many examples a property test tries at most. On the standard input, as JSON,
a list for each fault: its name, the module, a text in it, what replaces that, and a test, or several with blanks
between them. The imports are paid once, before the forks, and pytest brings only what these tests ask for; the program
itself is imported in the fork, where the module with the fault is read as if it stood so in its file.
"""

from __future__ import annotations

import asyncio  # noqa: F401
import gc
import io
import json
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis
import msgspec.structs  # noqa: F401
import pytest
import tinydb.table  # noqa: F401
from hypothesis.internal.conjecture import providers

ROOT = Path(__file__).parent.parent
UNUSED = (
    *("debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging", "pastebin", "recwarn"),
    *("setuponly", "setupplan", "stepwise", "unittest", "warnings"),
)
"""Parts of pytest that none of these tests needs; each would be started in each fork."""


class Faulty(MetaPathFinder):
    """Finds one module of the program, with a fault in it."""

    def __init__(self, module: str, text: str, fault: str) -> None:
        self.name = f"tui.{module.replace('/', '.')}"
        self.path = ROOT / "tui" / f"{module}.py"
        self._text, self._fault = text, fault
        self.was_read = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self.path, loader=_FaultyLoader(fullname, self))

    def code(self) -> CodeType:
        self.was_read = True
        whole = self.path.read_text("utf-8").replace(self._text, self._fault)
        return compile(whole, str(self.path), "exec")


class _FaultyLoader(SourceFileLoader):
    def __init__(self, fullname: str, faulty: Faulty) -> None:
        super().__init__(fullname, str(faulty.path))
        self._faulty = faulty

    def get_code(self, fullname: str) -> CodeType:
        return self._faulty.code()


def main(tests: str, examples: str) -> None:
    """Prints what pytest exits with: 0 the test passed, 1 it failed."""
    _try(int(examples))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(ROOT))
    gc.collect()
    gc.freeze()  # else each fork walks, and copies, all that it shares with this process
    for name, module, text, fault, test in json.load(sys.stdin):
        pid = os.fork()
        if pid == 0:
            faulty = Faulty(module, text, fault)
            sys.meta_path.insert(0, faulty)
            code = _run(tests, test)
            os._exit(code if faulty.was_read else 99)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), name, flush=True)


def _try(examples: int) -> None:
    # As in tests/conftest.py, which is not asked here: no test fails because a machine is slow, and no example is taken
    # from the program's own text. A test that fails is enough: which example is the smallest nobody asks.
    providers._get_local_constants = lambda: providers._local_constants
    hypothesis.settings.register_profile(
        "patient",
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        database=None,
        derandomize=True,
        max_examples=examples,
    )
    hypothesis.settings.load_profile("patient")


def _run(tests: str, test: str) -> int:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return int(
            pytest.main(
                [
                    *(f"{tests}/{one}" for one in test.split()),
                    "--import-mode=importlib",
                    f"--rootdir={tests}",
                    f"--confcutdir={tests}",
                    "-xq",
                    "--tb=no",
                    "--assert=plain",
                    *(f"-pno:{part}" for part in ("cacheprovider", *UNUSED)),
                    "-c",
                    os.devnull,
                ]
            )
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
