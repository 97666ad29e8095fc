"""Each line of the table of long harnesses names tests that are there and a count that they read."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.rows import each

LONG = ROOT / ".ci" / "long"
TABLE = re.findall(r"^(\w+) +(\w+)=(\d+) +(tests/.+)$", LONG.read_text("utf-8"), re.MULTILINE)


@each(("name", "variable", "count", "tests"), TABLE)
def test_a_long_harness_is_there_and_reads_its_count(name, variable, count, tests):
    assert [row[0] for row in TABLE].count(name) == 1
    for test in tests.split():
        file, _, function = test.partition("::")
        text = (ROOT / file).read_text("utf-8")
        assert f"def {function}" in text
        assert f'"{variable}"' in text or (variable == "POWERHOUR_EXAMPLES" and "hypothesis" in text)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_a_harness_that_is_not_there_is_said_with_those_that_are():
    done = subprocess.run([LONG, "no-such"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.split(": ")[1].split() == [row[0] for row in TABLE]
    assert len(TABLE) > 2
