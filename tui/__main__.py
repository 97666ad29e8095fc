"""`python -m tui`, the same program as `powerhour`."""

# No `from __future__` here: it is an import, which a file of that name in the current folder would answer.
import gc
import os
import sys

from tui import INTERRUPTED


def main() -> None:
    """Run the command line and leave with its exit code."""
    leave_out_current_folder(sys.path)
    lose_no_interrupt()
    # Nothing is garbage while the program is being read, and looking for it takes a tenth of the start.
    gc.disable()
    read_without_openssl()
    if os.environ.get("TERM_PROGRAM") == "iTerm.app":
        # With the kitty protocol iTerm drops composed characters. Textual reads this once, at its first import.
        os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    try:
        from tui.cli.main import main as run

        code = run()
    except KeyboardInterrupt:  # while the program is being read; later a command says so itself
        code = INTERRUPTED
    # What the process holds goes with it; looking through it for garbage took seconds after hours of work.
    gc.freeze()
    sys.exit(code)


def lose_no_interrupt() -> None:
    """Leave at once where Ctrl+c fell into what Python can raise nothing out of, as the reading of modules has it.

    Python writes down that it is ignored there, and the program went on. Nothing is lost: what was said to be saved is
    on the disk, and a screen that has the terminal hears the signal itself.
    """
    ignored = sys.unraisablehook

    def leave(unraisable: "sys.UnraisableHookArgs") -> None:
        if unraisable.exc_type is KeyboardInterrupt:
            os._exit(INTERRUPTED)
        ignored(unraisable)

    sys.unraisablehook = leave


def read_without_openssl() -> None:
    """Read asyncio and hashlib as on a Python that was built without OpenSSL: that costs each start 8 ms and 4 MB.

    Nothing of ours opens an encrypted connection by asyncio, and Python's own hash functions are enough for names of
    files and records. Whoever imports `ssl` or `_hashlib` afterwards gets them.
    """
    left_out = [name for name in ("ssl", "_hashlib") if name not in sys.modules]
    for name in left_out:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
        import hashlib  # noqa: F401
        import hmac  # noqa: F401
    finally:
        for name in left_out:
            del sys.modules[name]


def leave_out_current_folder(path: list[str]) -> None:
    """Take the current folder out of the places Python imports from: it may be a team folder.

    `python -m` puts it first, and an empty or relative entry of PYTHONPATH means it. What Python is installed in stays.
    """
    try:
        here = os.path.realpath(os.getcwd())  # noqa: PTH109 - pathlib is not to be imported yet
    except OSError:  # the folder is gone
        here = ""
    installed = os.path.dirname(os.__file__)  # noqa: PTH120
    kept = [
        entry
        for entry in path
        if os.path.isabs(entry)  # noqa: PTH117
        and (
            os.path.realpath(entry) != here
            or entry == installed
            or os.path.basename(entry) in ("site-packages", "dist-packages")  # noqa: PTH119
        )
    ]
    path[:] = kept


if __name__ == "__main__":
    main()
