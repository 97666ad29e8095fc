"""How a command speaks: tables, JSON, one sentence for what went wrong; and files only the rep can read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO, cast

import tui
from tui.plaintext import MAX_LINE, clean, escaped, inert
from tui.system.header import header

SCHEMA = 1
"""Version of the JSON a command prints; it grows when a key changes its meaning or goes away."""
DONE, REFUSED, USAGE, STORE_OPEN, INTERRUPTED = 0, 1, 2, 3, tui.INTERRUPTED
"""Exit codes; docs/files.md says when, with an example of each."""
_WIDEST = 48

Row = Mapping[str, Any]
COMMAND: ContextVar[str] = ContextVar("COMMAND", default="powerhour")
"""The command that runs, for the header of what it prints as JSON: `powerhour dnc list`."""
CLOCK: ContextVar[Callable[[], datetime]] = ContextVar("CLOCK", default=lambda: datetime.now(UTC))
"""What time it is for that command."""


def uncut(text: str, most: int = MAX_LINE) -> str:
    """What somebody typed, when all of it can be stored. Raises `RefusedError` for a text that would be cut."""
    if len(text) > most:
        raise RefusedError(
            f"A text holds {most:,} characters here, and this one has {len(text):,}. Nothing was saved."
        )
    return text


class RefusedError(Exception):
    """A command cannot do what was asked; the text is for the person: what, where, what to do."""

    def __init__(self, sentence: str, code: int = REFUSED) -> None:
        super().__init__(sentence)
        self.code = code


class Inert:
    """A stream that prints nothing a terminal would obey; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Print the text with a sign in place of each control or direction character."""
        self._stream.write(inert(text))
        return len(text)

    def writelines(self, lines: Sequence[str]) -> None:
        """Print the lines."""
        for line in lines:
            self.write(line)

    def over(self, text: str) -> None:
        """Write the text over the line it stands on."""
        self._stream.write(f"\r{inert(text)}")
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Unheard(Inert):
    """Where errors go. Nobody need hear them: a pipe that was closed stops no command in its work."""

    def write(self, text: str) -> int:
        """Print the text, if anybody is there."""
        with suppress(BrokenPipeError):
            super().write(text)
        return len(text)


@contextmanager
def inert_output() -> Iterator[None]:
    """While it lasts, what is printed reaches the terminal as characters only, never as commands to it.

    A letter that the console cannot show becomes a question mark; it never ends the program.
    """
    streams = sys.stdout, sys.stderr
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.stdout, sys.stderr = cast(TextIO, Inert(sys.stdout)), cast(TextIO, Unheard(sys.stderr))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams


def to_the_screen() -> TextIO:
    """Standard output for the content of a file: its line ends stay, and in a file every letter does."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="", encoding=None if sys.stdout.isatty() else "utf-8")
    return sys.stdout


def say(sentence: str) -> None:
    """Print one line."""
    print(sentence)


def complain(sentence: str) -> None:
    """Print one line where errors go."""
    print(sentence, file=sys.stderr)


def progress(text: str) -> None:
    """Show on a terminal how far a command is; the next text goes over this one. Elsewhere nothing is shown."""
    if isinstance(sys.stderr, Inert) and sys.stderr.isatty():
        sys.stderr.over(text)


_YES = frozenset({"y", "yes", "s", "si", "sì", "j", "ja", "o", "oui"})


def agreed(question: str, nobody: str) -> bool:
    """Whether the person at the terminal says yes. Raises `RefusedError` with `nobody` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise RefusedError(nobody, USAGE)
    try:
        return input(f"{question} [y/N] ").strip().casefold() in _YES
    except EOFError:
        return False


def print_json(found: Mapping[str, Any]) -> None:
    """Print one JSON object with its header, readable by people too: `{"header": {…}, "schema": 1, …}`."""
    whole = {"header": header(COMMAND.get(), SCHEMA, CLOCK.get()()), "schema": SCHEMA, **found}
    print(escaped(json.dumps(whole, ensure_ascii=False, indent=1, default=str)))


def tell(as_json: bool, row: Row, *lines: str) -> None:
    """Say what was found or done: as one JSON row, or in lines for a person; an empty line is left out."""
    if as_json:
        print_json({"rows": [row]})
        return
    for line in filter(None, lines):
        say(line)


def print_rows(rows: Sequence[Row], columns: Mapping[str, str], as_json: bool, empty: str) -> None:
    """Print rows: as `{"rows": [...]}` whole, or as a table of the columns (key to heading).

    `empty` is the sentence for a person when there is no row.
    """
    if as_json:
        print_json({"rows": list(rows)})
    elif not rows:
        say(empty)
    else:
        _print_table([[_cell(row.get(key)) for key in columns] for row in rows], list(columns.values()))


def _cell(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    text = clean(", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "..."


def _print_table(cells: list[list[str]], headings: list[str]) -> None:
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(headings, *cells, strict=True)]
    for line in (headings, *cells):
        padded = (text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())


def open_private(path: Path, encoding: str) -> TextIO:
    """A file only the rep can read, made now."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RefusedError(f"{path} is there already. Nothing was written; name another file.") from None
    except OSError as error:
        raise RefusedError(f"{path}: {error.strerror}. Name a file in a folder you may write to.") from error
    return os.fdopen(handle, "w", encoding=encoding, newline="")


def put(text: str, out: Path | None, mode: str = "w") -> None:
    """The text to a file, or to the screen. Raises `RefusedError` when the file cannot be written."""
    if out is None:
        say(text.rstrip("\n"))
        return
    try:
        with out.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise RefusedError(f"{out} is there already. Choose another title, or a file with --out.") from None
    except OSError as error:
        raise RefusedError(f"{out}: {error.strerror or error}. Choose another file with --out.") from error
    say(f"Written: {out}")
