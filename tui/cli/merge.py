"""Whole accounts: write one's own for colleagues, and take theirs in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from shlex import quote
from typing import TextIO

from tui.cli.output import DONE, RefusedError, complain, progress, tell
from tui.cli.wiring import Parts, assemble, reading, writing
from tui.cockpit.queue.team import team_of
from tui.cockpit.state.taking_in import TakingIn
from tui.cockpit.wording.merged import merged_lines, name_of_rep
from tui.domain.day_words import number_of
from tui.domain.history import kept_from
from tui.domain.ids import uuid7
from tui.domain.parts import whole
from tui.domain.shared.came import Came
from tui.domain.shared.merge import Record
from tui.domain.shared.team import Team
from tui.storage.protocol import Change, Store, StoreIsOpen
from tui.storage.sharing.account_file import account_lines, checked, files_in, records_of, without_demo
from tui.storage.sharing.account_inbox import AccountInbox
from tui.system.memory import without_collector

_ASKS = "powerhour people"
"""What lists who may be one person."""


def write_everything(parts: Parts, path: Path | None, out: AbstractContextManager[TextIO]) -> int:
    """Write what colleagues may have. Raises `RefusedError` for a file in the team folder, which travels by git."""
    with reading(parts) as store, out as text:
        lines = account_lines(
            lambda: without_demo(store.accounts()),
            rep=_me(store),
            made_at=parts.clock.now(),
            notes_since=kept_from(parts.clock.now(), parts.settings.keep_notes),
        )
        count = -1  # the header is no record
        for line in lines:
            text.write(line.decode("ascii"))
            count += 1
    if path is not None:
        complain(
            f"Written: {number_of(count, 'record')} to {path}. It holds customer data: give it to your team only."
        )
        complain(f"A colleague takes it in with:  powerhour merge {quote(path.name)}")
    return DONE


def refuse_team_folder(parts: Parts, path: Path | None) -> None:
    """Raise `RefusedError` for a path in the team folder: people never travel by git."""
    if path is not None and parts.places.team.resolve() in (path.resolve(), *path.resolve().parents):
        raise RefusedError(
            f"{path} is in the team folder, which git shares. People never go there: name a file outside of it."
        )


def merge(args: argparse.Namespace) -> int:
    """Take in files of colleagues, all of them or, when one is at fault, none. Raises `NotAnAccount`.

    While a cockpit has the store they wait in its inbox.
    """
    parts = assemble(args)
    files = files_in(args.files)
    for path in files:
        progress(f"Looking at {path.name} ...")
        checked(path)
    try:
        with writing(parts) as store:
            came, lines = _merged(parts, store, files)
    except StoreIsOpen:
        inbox = AccountInbox(parts.places.data)
        for path in files:
            inbox.leave(path, parts.clock.now())
        progress("")
        said = (
            f"{number_of(len(files), 'file')} left for the open Power Hour, which takes them in at the queue."
        )
        tell(args.json, {"left_for_the_cockpit": len(files)}, said)
        return DONE
    progress("")
    tell(args.json, _row(files, came), f"Merged: {', '.join(path.name for path in files)}.", *lines)
    return DONE


def _merged(parts: Parts, store: Store, files: Sequence[Path]) -> tuple[Came, list[str]]:
    inbox = AccountInbox(parts.places.data)
    waiting = inbox.waiting()
    team = _seen_from_here(parts, store)
    taking = TakingIn(store, parts.clock.now(), team.me.id, team=team)
    for taken in taking.take_all(_records((*waiting, *files))):
        progress(f"{taken:,} records ...")
    with without_collector():
        came = whole(taking.finishing())
    for path in waiting:
        inbox.taken(path)
    names = name_of_rep(team_of(parts.settings, store).names, team.me.id)
    return came, merged_lines(came, names, _ASKS)


def _seen_from_here(parts: Parts, store: Store) -> Team:
    """The team. Who works here is on record from now on: in a fresh data folder nobody is."""
    now = parts.clock.now()
    team = team_of(parts.settings, store, _me(store) or uuid7(now))
    if store.rep(team.me.id) != team.me:
        store.commit(Change(reps=(team.me,), state={"rep": {**store.state("rep"), "id": team.me.id}}), now)
    return team


def _records(files: Sequence[Path]) -> Iterator[Record]:
    for path in files:
        yield from without_demo(records_of(path))


def _me(store: Store) -> str:
    return str(store.state("rep").get("id", ""))


def _row(files: Sequence[Path], came: Came) -> dict[str, object]:
    return {
        "files": [str(path) for path in files],
        "people_new": len(came.added),
        "people_changed": len(came.changed),
        "people_joined": came.joined,
        "people_of_nobody": came.nobodys,
        "people_doubtful": len(came.doubtful),
        "calls": dict(came.calls),
        "calls_corrected": came.corrected,
        "refusals": dict(came.refused),
        "people_listed": dict(came.listed),
        "numbers_and_firms_refused": came.barred,
        "refusals_lifted": dict(came.lifted),
        "planned_calls": came.planned,
        "promises": dict(came.promises),
        "forgotten": came.forgotten,
        "clocks_fast_s": {rep: by.total_seconds() for rep, by in came.fast.items()},
    }
