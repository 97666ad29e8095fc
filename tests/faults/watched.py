"""Runs commands of the program and notes every file they open.

A line of JSON comes in for each task: a folder to be in, an environment, a log and commands. `warm` runs the commands
in this process, so that what they import is there once and for all. Any other task is done by a process forked from
this one, which writes the notes into the log and what the commands gave into `LOG.results`; it answers its exit code.
"""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tui.cli.main import main

NOTED = (
    "open",
    "os.listdir",
    "os.scandir",
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "import",
)


def run(argv: list[str]) -> dict[str, object]:
    """One command: its exit code and what it printed."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code: object = main(argv)
        except SystemExit as end:
            code = end.code
        for stream in (out, err):
            stream.flush()
    said = [stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err)]
    return {"argv": argv, "code": code, "said": "\n".join(said)}


def watch(log: int) -> None:
    """From now on every file and program that is opened or started is a line of this file."""

    def note(event: str, args: tuple[object, ...]) -> None:
        if event in NOTED:
            what = args[0] if event != "import" else (args[1] or args[0])
            os.write(log, f"{event} {what!r}\n".encode("utf-8", "replace"))

    sys.addaudithook(note)


def work(folder: str, environment: dict[str, str], log: str, commands: list[list[str]]) -> None:
    """Do a task and end the process."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    watch(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    results = [run(argv) for argv in commands]
    Path(f"{log}.results").write_text(json.dumps(results), "utf-8")
    os._exit(0)


if __name__ == "__main__":
    for line in sys.stdin:
        task = json.loads(line)
        if "warm" in task:
            for argv in task["warm"]:
                run(argv)
            print("warm", flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            work(**task)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
