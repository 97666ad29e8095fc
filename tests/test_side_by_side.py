"""No test is lost or passed over where several processes run them: one whose process dies has failed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
GOOD = """
import os, warnings
import pytest

@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    yield
    print("put away", file=open(os.environ["SEEN"], "a"))

@pytest.mark.parametrize("one", range(20))
def test_good(one, made, capfd):
    os.write(1, b"heard")
    assert capfd.readouterr().out == "heard"
    print(one, file=open(os.environ["SEEN"], "a"))

def test_left_out():
    pytest.skip("today")

def test_warns():
    warnings.warn("mind the step")
"""
BAD = """
def test_bad():
    print("what it printed")
    assert 2 + 2 == 5
"""
DIES = """
import os

def test_dies():
    os._exit(7)
"""


def run(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-qrf", "-c", os.devnull, "--rootdir", str(folder)]
    command += ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:asyncio", "-p", "no:xdist"]
    command += ["-p", "tests.side_by_side", *more, str(folder)]
    environment = os.environ | {"SEEN": str(folder / "seen"), "PYTEST_ADDOPTS": ""}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_each_test_is_run_once_and_what_became_of_it_is_told(tmp_path):
    for number in range(3):
        (tmp_path / f"test_good_{number}.py").write_text(GOOD)
    (tmp_path / "test_bad.py").write_text(BAD)
    done = run(tmp_path, "-n", "3")
    assert done.returncode == 1
    assert "1 failed, 63 passed, 3 skipped, 3 warnings" in done.stdout
    assert "what it printed" in done.stdout
    assert "assert (2 + 2) == 5" in done.stdout
    assert "mind the step" in done.stdout
    seen = (tmp_path / "seen").read_text().splitlines()
    assert sorted(int(one) for one in seen if one.isdigit()) == sorted([*range(20)] * 3)
    assert 1 <= seen.count("put away") <= 3


def test_a_test_whose_process_dies_has_failed_and_so_have_those_it_would_have_run(tmp_path):
    (tmp_path / "test_a.py").write_text(DIES + BAD.replace("bad", "after"))
    (tmp_path / "test_b.py").write_text(GOOD)
    done = run(tmp_path, "-n", "2")
    assert done.returncode == 1
    of_each = re.split(r"_{5,} (test_\w+) _{5,}", done.stdout)
    assert of_each[1::2] == ["test_dies", "test_after"]
    assert "its process died (status 7)" in of_each[2]
    assert "the process that was to run it died" in of_each[4]
    assert "2 failed, 21 passed, 1 skipped" in done.stdout


def test_a_run_that_is_to_stop_at_the_first_failure_does(tmp_path):
    for number in range(2):
        (tmp_path / f"test_{number}.py").write_text(GOOD + BAD)
    done = run(tmp_path, "-n", "2", "-x")
    assert done.returncode == 1
    assert "stopping after 1 failures" in done.stdout
    assert "put away" in (tmp_path / "seen").read_text()
