"""Runs one test on each faulty copy of the program; prints a line `exit code, name` for each.

Arguments: the folder of the tests, then pairs `folder of the copy` `test`, or several tests with blanks between
them. The imports are paid once, before
the forks; the program itself is imported from the copy, in the fork.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import hypothesis
import pytest
import tinydb.table  # noqa: F401

# As in tests/conftest.py, which is not asked here: no fault is caught, and no test fails, because a machine is slow.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


def main(tests: str, *pairs: str) -> None:
    """Prints what pytest exits with: 0 the test passed, 1 it failed."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for copy, test in zip(pairs[::2], pairs[1::2], strict=True):
        pid = os.fork()
        if pid == 0:
            sys.path.insert(0, copy)
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                code = pytest.main(
                    [
                        *(f"{tests}/{one}" for one in test.split()),
                        "--import-mode=importlib",
                        f"--rootdir={tests}",
                        f"--confcutdir={tests}",
                        "-xq",
                        "--tb=no",
                        "--assert=plain",
                        "-p",
                        "no:cacheprovider",
                        "-c",
                        os.devnull,
                    ]
                )
            import tui

            is_copy = str(tui.__file__).startswith(copy)
            os._exit(int(code) if is_copy else 99)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), Path(copy).name, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
