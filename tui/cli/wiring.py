"""The parts a command works with: places, settings, clock, store, scripts. Built here and nowhere else."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.cli.output import CLOCK, USAGE, RefusedError, complain
from tui.cockpit.clock import SystemClock
from tui.cockpit.cockpit import Cockpit
from tui.cockpit.queue.restrictions import forbidden
from tui.commands import COMMANDS
from tui.commands.keys import KEYMAPS
from tui.dialer.unwatched import Clipboard, ManualDialer
from tui.domain.contact import Rep
from tui.domain.do_not_call import DoNotCallList, Entry
from tui.domain.may_call import MayCall
from tui.domain.outcome import RESERVED_KEYS
from tui.domain.shared.forgotten import Hashes
from tui.domain.window import zone_info
from tui.settings.keymap import THEMES, Known
from tui.settings.last_good import LastGood, newest_first
from tui.settings.load import Loaded, load
from tui.settings.places import CONFIG, NO_HOME, Places, find, own_copies, team_copies
from tui.settings.settings import Settings
from tui.storage.disk import ENDINGS
from tui.storage.inbox import FILE as INBOX
from tui.storage.protocol import Change, NotSaved, Store, StoreError, StoreIsOpen
from tui.storage.tiny import FILE, TinyStore
from tui.system.programs import add_package
from tui.system.readfile import answered, is_folder, opened
from tui.yamlfile.problem import Problem, advised, has_errors

if TYPE_CHECKING:
    from tui.cockpit.actions.team.list_line import ListAt
    from tui.locale.choose import Chosen
    from tui.script.files.library import Library
    from tui.shared_list.port import SharedList
    from tui.yamlfile.copies import Copy

_PATIENCE_S = 30.0
"""Seconds the folders have to answer; a file of settings takes a thousandth of one."""
TURN_S = 5.0
"""Seconds a command that must write waits for another program to be done."""
_LOOK_AGAIN_S = 0.1
_NO_ANSWER = (
    "The team folder or your settings do not answer. Is a network drive gone? "
    "Name a folder on this computer: --workspace DIR, --data DIR"
)


_DATA_GONE = (
    "The data folder does not answer: {folder}. Is a network drive gone? "
    "Name a folder on this computer: --data DIR"
)


class Parts(Struct, frozen=True):
    """What every command needs."""

    places: Places
    loaded: Loaded
    clock: SystemClock
    problems: tuple[Problem, ...]
    """What is wrong with the places and the settings."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    @property
    def here(self) -> datetime:
        """Now on the rep's wall."""
        return self.clock.now().astimezone(_zone(self.settings))


def assemble(args: argparse.Namespace, *, anyhow: bool = False) -> Parts:
    """The parts for the folders the command line names.

    Raises `RefusedError` for a bad POWERHOUR_NOW and, unless `anyhow`, on a machine nothing can be right on.
    """
    try:
        places, missing = answered(lambda: find(args.workspace, args.data, os.environ), _PATIENCE_S)
        if not anyhow:
            _refuse_bare_machine(places)
        loaded = answered(lambda: loaded_at(places), _PATIENCE_S)
    except TimeoutError:
        raise RefusedError(_NO_ANSWER) from None
    clock = _clock(loaded.settings)
    CLOCK.set(clock.now)
    return Parts(places, loaded, clock, (*missing, *loaded.problems))


def of_team_alone(args: argparse.Namespace) -> Parts:
    """The parts as the files of one team folder make them: nothing a rep set and nobody's people count.

    Raises `RefusedError` when there is no such folder.
    """
    named = args.dir
    if named is not None and not is_folder(named):
        raise RefusedError(f"There is no folder {named}.")
    places, missing = answered(lambda: find(named or args.workspace, None, os.environ), _PATIENCE_S)
    alone = replace(places, data=NO_HOME / "data", shared=True)
    loaded = answered(lambda: load(alone, os.environ, known=known(), only_team=True), _PATIENCE_S)
    return Parts(alone, loaded, _clock(loaded.settings), (*missing, *loaded.problems))


def loaded_at(places: Places, own_text: str | None = None) -> Loaded:
    """The settings in force there, where a file has a mistake with what its earlier versions give.

    `own_text` stands for the text of the rep's own file.
    """

    def of_team() -> Iterator[Copy]:
        kinds = (team_copies(places.data, places.team, what) for what in ("settings", "settings_seen"))
        return newest_first(*(copies.versions(CONFIG) for copies in kinds))

    own = places.own
    return load(
        places,
        os.environ,
        known=known(),
        versions=of_team,
        own_versions=lambda: own_copies(places.data, own).versions(own.name),
        own_text=own_text,
    )


def _refuse_bare_machine(places: Places) -> None:
    if zone_info("UTC") is None:
        raise RefusedError(
            f"No time zones are known on this computer. Install them:  {add_package('tzdata')}"
        )
    if NO_HOME in places.data.parents:
        raise RefusedError(
            "You have no home folder for your data. Set HOME, or name a folder with --data DIR"
        )


def _zone(settings: Settings) -> tzinfo:
    """The rep's zone; UTC on a machine that knows none, for the doctor."""
    return zone_info(settings.zone) or UTC


def known() -> Known:
    """What settings must not contradict: the commands with their keys, reserved letters, colour themes."""
    return Known({command.id: command.key for command in COMMANDS}, RESERVED_KEYS, THEMES, KEYMAPS)


def _clock(settings: Settings) -> SystemClock:
    text = os.environ.get("POWERHOUR_NOW", "").strip()
    if not text:
        return SystemClock()
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise RefusedError(
            f"POWERHOUR_NOW is {text!r}. Write a time as in 2026-11-23T15:01 or unset it.", USAGE
        ) from None
    return SystemClock(start if start.tzinfo else start.replace(tzinfo=_zone(settings)))


class _Reader(TinyStore):
    """The store for looking only: what a cockpit would write on opening is dropped."""

    def commit(self, change: Change, now: datetime) -> None:
        """Nothing: another program may be writing."""

    def put_aside(self, page: str, now: datetime) -> str:
        """Nothing: the cockpit does it when it is opened."""
        return ""


@contextmanager
def reading(parts: Parts) -> Iterator[Store]:
    """The store for reading, also beside a running cockpit; empty before the first start."""
    refuse_dead(parts.places.data)
    yield from _opened(_Reader.open(parts.places.data, read_only=True))


@contextmanager
def writing(parts: Parts, *, wait: bool = True) -> Iterator[Store]:
    """The store for writing. Raises `StoreIsOpen` when a cockpit or another command has it, and keeps it
    for `TURN_S`; at once unless we `wait` for our turn.
    """
    refuse_dead(parts.places.data)
    yield from _opened(_our_turn(parts.places.data, TURN_S if wait else 0.0))


def refuse_dead(folder: Path) -> None:
    """Raise `RefusedError` when the data folder, or a file of the store in it, does not answer or is no file at all.

    The store waits for its files as long as it takes, so they are asked here for one byte each.
    """
    try:
        answered(lambda: _ask_each(folder), _PATIENCE_S)
    except TimeoutError:
        raise RefusedError(_DATA_GONE.format(folder=folder)) from None


def _ask_each(folder: Path) -> None:
    for path in (*(folder / f"{FILE}{ending}" for ending in ENDINGS), folder / INBOX):
        try:
            with opened(path) as file:
                file.read(1)
        except OSError as error:
            if error.errno == errno.EINVAL:  # a pipe, a device, a folder: to open it may take for ever
                raise RefusedError(f"{path}: {error.strerror}. Move it away.") from error


def _our_turn(folder: Path, seconds: float) -> TinyStore:
    ends = time.monotonic() + seconds
    while True:
        try:
            return TinyStore.open(folder)
        except StoreIsOpen:
            if time.monotonic() >= ends:
                raise
        time.sleep(_LOOK_AGAIN_S)


def refusals(store: Store) -> DoNotCallList:
    """The do-not-call list with what still waits in the inbox for the cockpit."""
    waiting: tuple[Entry, ...] = ()
    try:
        if letters := store.inbox.unread():
            waiting = letters.entries
    except StoreError as error:
        complain(str(error))
    return DoNotCallList((*waiting, *store.do_not_call()))  # of one that is known the stored one counts


def may_call_of(store: Store) -> MayCall:
    """The one question of whether somebody may be called, for commands that open no cockpit."""
    hashes = Hashes(store.hash_keys())
    return MayCall(refusals(store), store.calls, forbidden, store.contact, hashes.of)


def _opened(store: Store) -> Iterator[Store]:
    told = len(store.notes)
    for note in store.notes:
        complain(note)
    try:
        yield store
    finally:
        store.close()
        for note in store.notes[told:]:
            complain(note)


def library_of(parts: Parts) -> Library:
    """The team's scripts, with their last good versions from the data folder."""
    from tui.script.files.library import Library  # the cockpit asks for it when a call is near

    places = parts.places
    copies = team_copies(places.data, places.team, "scripts", parts.clock.now)
    return Library(parts.settings.scripts_folder, copies=copies)


def problems_of(parts: Parts) -> list[str]:
    """What is wrong with the settings, a sentence each; first what an earlier version of them gives instead."""

    def words(problem: Problem) -> str:
        from tui.cockpit.wording.team_settings import problem_words  # most starts find nothing wrong

        return problem_words(problem, own=parts.places.own, team=parts.places.config)

    return _wrong(parts, words)


def _wrong(parts: Parts, words: Callable[[Problem], str]) -> list[str]:
    loaded = parts.loaded
    said = [one.mistake for one in (loaded.filled, loaded.own_filled) if one]
    told = [f"Settings: {words}" for words in (last_good_words(parts), own_last_good_words(parts)) if words]
    return [*told, *(words(one) for one in parts.problems if one not in said)]


def language_of(parts: Parts) -> Chosen:
    """The language that the settings and the computer ask for, and what is wrong with its catalogue."""
    from tui.locale.choose import choose

    places = parts.places
    team = places.team if places.shared else None
    return choose(parts.settings.screen_language, os.environ, team, places.data / "locale")


def last_good_words(parts: Parts) -> str:
    """What is in force while the team's file has a mistake; empty while it has none."""
    return _filled_words(parts, parts.loaded.filled)


def own_last_good_words(parts: Parts) -> str:
    """The same of the rep's own file."""
    return _filled_words(parts, parts.loaded.own_filled, own=True)


def _filled_words(parts: Parts, filled: LastGood | None, *, own: bool = False) -> str:
    if filled is None:
        return ""
    from tui.cockpit.wording.scripts import Today
    from tui.cockpit.wording.team_settings import settings_words

    return settings_words(filled, Today(parts.clock.now(), parts.settings.zone), own=own)


def warn_of_problems(parts: Parts) -> None:
    """Name every problem of the settings and its cure, where errors go."""
    for told in (last_good_words(parts), own_last_good_words(parts)):
        if told:
            complain(f"Settings: {told}")
    for problem in parts.problems:
        complain(advised(problem))


R = TypeVar("R")


Ask = Callable[[Cockpit, Store], Awaitable[R]]


def _warn_of_mistakes(parts: Parts) -> None:
    """Say it where errors go, so that nobody takes what other rules would give for what the team decided."""
    told = _wrong(parts, advised) if has_errors(parts.problems) else ()
    if told:
        complain(told[0])
        if told[1:]:
            complain("`powerhour config` shows what else is wrong.")


def looking(parts: Parts, ask: Ask[R]) -> R:
    """What a cockpit without a screen says; it writes nothing, and another program may have the store."""
    with reading(parts) as store:
        return in_cockpit(parts, store, ask)


def changing(parts: Parts, ask: Ask[R], *, wait: bool = True) -> R:
    """What a cockpit without a screen did. Raises as `writing` does."""
    with writing(parts, wait=wait) as store:
        return in_cockpit(parts, store, ask)


def shared_list_of(parts: Parts, store: Store) -> ListAt | None:
    """The team's list on a server; None where the rep has no such setting."""
    address = parts.settings.shared_list
    if not address:
        return None
    from tui.cockpit.actions.team.list_line import ListAt
    from tui.settings.database_address import keyring_user

    return ListAt(keyring_user(address), lambda: _joined(parts, store))


def _joined(parts: Parts, store: Store) -> SharedList:
    from tui.domain.history import kept_from
    from tui.shared_list.connect import joined

    settings, clock = parts.settings, parts.clock
    me = Rep(str(store.state("rep").get("id", "")), settings.me.name)
    notes_since = kept_from(clock.now(), settings.keep_notes)
    return joined(settings.shared_list, me, settings.policy.min_gap, clock.elapsed, notes_since)


def in_cockpit(parts: Parts, store: Store, ask: Ask[R], shared_list: ListAt | None = None) -> R:
    """Open a cockpit over the store without a screen, ask it one thing, and close it."""

    async def run() -> R:
        _warn_of_mistakes(parts)
        phone = ManualDialer(Clipboard())
        library = partial(library_of, parts)
        cockpit = Cockpit(store, parts.settings, library, phone, parts.clock, shared_list=shared_list)
        try:
            await cockpit.open()
            if cockpit.put_aside:
                complain(cockpit.put_aside)
            return await ask(cockpit, store)
        finally:
            await cockpit.close()

    return asyncio.run(run())


def saved(done: R | None) -> R:
    """What was saved. Raises `NotSaved` for nothing."""
    if not done:
        raise NotSaved("Nothing was saved. `powerhour doctor` looks at the folder and the disk.")
    return done
