"""`powerhour split FILE --reps Ann,Bo`: deal a list out into one file for each rep, which imports as theirs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote
from typing import TextIO

from tui.cli.dealing.dealt_list import Split, dealt_out
from tui.cli.output import DONE, RefusedError, open_private, print_json, say
from tui.cli.wiring import assemble, reading
from tui.cockpit.wording import card
from tui.domain.day_words import number_of
from tui.exchange.reading.decode import ImportRefused
from tui.exchange.splitting import write_kept, write_part
from tui.exchange.writing import ENCODING

_LISTED = 10
"""People and rows of one kind that are named; the rest is counted."""


def run(args: argparse.Namespace) -> int:
    """Deal one list out. Raises `RefusedError`; nothing is written then."""
    parts = assemble(args)
    try:
        with reading(parts) as store:
            split = dealt_out(args, parts, store)
    except ImportRefused as refused:
        raise RefusedError(str(refused)) from refused
    if not args.dry_run:
        _write(split)
    # All that is printed comes after the files: whoever reads it (`| head -1`) may be gone.
    if args.json:
        print_json(_as_json(split))
    else:
        for line in _told(split, dry=args.dry_run):
            say(line)
    return DONE


def _write(split: Split) -> None:
    """Write every file, or none. Raises `RefusedError`; a file that is there already is never touched."""
    wanted = [part.file for part in split.parts if part.people] + ([split.kept_in] if split.kept else [])
    for path in wanted:
        if path.exists() or path.is_symlink():
            raise RefusedError(
                f"{path} is there already. Nothing was written; move it away, or name a folder with --into DIR."
            )
    for folder in {path.parent for path in wanted}:
        with suppress(OSError):  # what cannot be written says so below
            folder.mkdir(mode=0o700)
    with _all_or_none() as made:
        for part in split.parts:
            if part.people:
                with _made(part.file, made) as out:
                    write_part(out, split.listing, (line for line, _ in part.people), part.rep, part.unsaid)
        if split.kept:
            with _made(split.kept_in, made) as out:
                write_kept(out, split.listing, split.kept)


@contextmanager
def _all_or_none() -> Iterator[list[Path]]:
    """The files that were made go again when a later one fails or somebody stops it."""
    made: list[Path] = []
    try:
        yield made
    except BaseException as error:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise RefusedError(f"{made[-1]}: {error.strerror}. Nothing was written.") from error
        raise


@contextmanager
def _made(path: Path, made: list[Path]) -> Iterator[TextIO]:
    with open_private(path, ENCODING) as out:
        made.append(path)
        yield out


def _told(split: Split, *, dry: bool) -> Iterator[str]:
    rows = len(split.listing.lines)
    yield f"{split.name}: {number_of(rows, 'row')} for {number_of(len(split.parts), 'rep')}."
    for part in split.parts:
        people = number_of(len(part.people), "person", "people")
        yield (
            f"  {part.rep}: {people}, in {part.file}" if part.people else f"  {part.rep}: nobody, and no file"
        )
        if part.refused:
            named = _some([f"{card.name_of(contact)} ({line.where})" for line, contact in part.refused])
            yield f"    never to be called: {named}"
    if split.kept:
        yield f"  Nobody got {number_of(len(split.kept), 'row')}, in {split.kept_in}:"
        for line, why in split.kept[:_LISTED]:
            yield f"    {line.where}: {why}"
        if len(split.kept) > _LISTED:
            yield f"    and {len(split.kept) - _LISTED} more; all of them are in the file"
    sums = [len(part.people) for part in split.parts] + ([len(split.kept)] if split.kept else [])
    if len(sums) > 1:
        yield f"  {' + '.join(map(str, sums))} = {rows}"
    if split.unowned:
        people = number_of(split.unowned, "person has", "people have")
        yield f"{people} no owner: dealt out in turn, each to the rep of their firm."
    if split.firms_shared:
        yield f"More than one rep: {_some(split.firms_shared)}. Owners keep their people."
    if dry:
        yield "Nothing was written (--dry-run)."
    elif first := next((part for part in split.parts if part.people), None):
        yield "They hold customer data; keep them as safe as yours. Each rep imports their own, for example:"
        yield f"  powerhour import {quote(str(first.file))}{split.flags}"


def _some(words: Sequence[str]) -> str:
    more = len(words) - _LISTED
    return ", ".join([*words[:_LISTED], *([f"and {more} more"] if more > 0 else [])])


def _as_json(split: Split) -> dict[str, object]:
    return {
        "rows": [
            {
                "rep": part.rep,
                "file": str(part.file) if part.people else None,
                "people": len(part.people),
                "never_to_be_called": [line.number for line, _ in part.refused],
            }
            for part in split.parts
        ],
        "kept": [{"row": line.number, "line": line.where, "reason": why} for line, why in split.kept],
        "kept_in": str(split.kept_in) if split.kept else None,
        "total": len(split.listing.lines),
        "firms_with_several_reps": list(split.firms_shared),
    }
