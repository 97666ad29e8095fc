"""The end of the program: what it held goes with the process, and nobody waits while it is looked through."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

PROGRAM = """
import sys
from tui import __main__
from tui.cli import main

class Held:
    def __del__(self):
        print("collected", flush=True)

def run():
    one = Held()
    one.itself = one
    return 3

main.main = run
__main__.main()
"""


def test_the_collector_does_not_look_through_everything_at_the_end():
    # After hours with long texts that took up to a minute, while the terminal had its prompt to come.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (3, ""), done.stderr


SIGNALLED = """
import os, signal
from tui.system.ending import Signals

class Late:
    def __del__(self, kill=os.kill, pid=os.getpid(), numbers=(signal.SIGTERM, signal.SIGHUP, signal.SIGINT)):
        for number in numbers:
            kill(pid, number)

Signals().listen()
late = Late()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_signal_while_python_takes_itself_apart_changes_no_exit_code():
    # By then Python has put the handlers back, and would die of what came: of a window that closes behind `quit`.
    done = subprocess.run(
        [sys.executable, "-c", SIGNALLED], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
