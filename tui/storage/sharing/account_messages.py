"""What is said of a file of a rep's whole account that cannot be merged: what is wrong, where, what to do."""

from __future__ import annotations

from pathlib import Path

from tui.domain.day_words import number_of
from tui.storage.messages import reason

_NOTHING = "Nothing was merged."
_AGAIN = "Have it written again with `powerhour export --all --out FILE`."


def cannot_be_read(path: Path, error: OSError) -> str:
    """The system does not give the file."""
    return f"{path} cannot be read: {reason(error)}. {_NOTHING}"


def empty_folder(path: Path) -> str:
    """A folder in which nothing is meant."""
    return f"In {path} there is no file that ends in .jsonl. {_NOTHING} {_AGAIN}"


def empty(path: Path) -> str:
    """A file of no bytes."""
    return f"{path} is empty. {_NOTHING} {_AGAIN}"


def something_else(path: Path) -> str:
    """Any file of another kind."""
    return f"{path} was not written by `powerhour export --all`. {_NOTHING} Lists of people: powerhour import FILE"


def another_export(path: Path, holds: str) -> str:
    """One of our own exports that holds a part only."""
    if holds == "do_not_call":
        return f"{path} holds the do-not-call list only. {_NOTHING} Take it with `powerhour dnc import`."
    return f"{path} holds {holds or 'a part'} only, which cannot be merged. {_NOTHING} {_AGAIN}"


def newer_account(path: Path, found: int, known: int) -> str:
    """A newer program wrote it."""
    return (
        f"{path} was written by a newer Power Hour (format {found}; this one knows {known}). {_NOTHING} "
        "Update Power Hour, then merge it."
    )


def cut_short(path: Path) -> str:
    """The last line ends in the middle."""
    return f"{path} is cut short: its last line ends in the middle. {_NOTHING} Copy the whole file again."


def half_there(path: Path, count: int, of: int) -> str:
    """Whole lines, but fewer than the first one says."""
    there = number_of(count, "record is", "records are")
    return f"{path} is cut short: {there} there, of {of:,}. {_NOTHING} Copy the whole file again."


def too_many(path: Path, count: int, of: int) -> str:
    """More lines than the first one says."""
    there = number_of(count, "record", "records")
    return f"{path} holds {there}, and its first line says {of:,}: somebody changed it. {_NOTHING} {_AGAIN}"


def broken_line(path: Path, number: int, why: str) -> str:
    """A line that is no record; `why` begins with a small letter."""
    return f"{path}, line {number:,}, cannot be used: {why}. {_NOTHING} {_AGAIN}"
