"""Runs commands of the program in one process and notes every file it opens: `watched.py LOG < commands.json`."""

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
    said = [stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err)]  # type: ignore[attr-defined]
    return {"argv": argv, "code": code, "said": "\n".join(said)}


def watch(log: int) -> None:
    """From now on every file and program that is opened or started is a line of this file."""

    def note(event: str, args: tuple[object, ...]) -> None:
        if event in NOTED:
            what = args[0] if event != "import" else (args[1] or args[0])
            os.write(log, f"{event} {what!r}\n".encode("utf-8", "replace"))

    sys.addaudithook(note)


if __name__ == "__main__":
    commands = json.load(sys.stdin)
    watch(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    results = [run(argv) for argv in commands]
    Path(sys.argv[1] + ".results").write_text(json.dumps(results), "utf-8")
