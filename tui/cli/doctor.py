"""`powerhour doctor`: what is missing on this machine, and how to get it."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from msgspec.structs import asdict

from tui.cli import machine
from tui.cli.machine import Check
from tui.cli.output import DONE, REFUSED, RefusedError, print_rows, say
from tui.cli.people_folder import people_folder_checks
from tui.cli.scripts.check import assigned, checked
from tui.cli.wiring import Parts, assemble, last_good_words, library_of, own_last_good_words, reading
from tui.cockpit.queue.retention import announced_on
from tui.cockpit.queue.team import owners_of, team_of
from tui.cockpit.wording.forgetting import will_go
from tui.cockpit.wording.imports import stranger
from tui.cockpit.wording.scripts import Today, troubles
from tui.dialer.protocol import DialError
from tui.dialer.softphone.account import Account, account_from, place_of
from tui.dialer.softphone.config import RECORDER, Installed, installed, sound_of, sound_problem
from tui.domain.day_words import length_in_words, number_of
from tui.script.files.library import mistakes
from tui.storage.disk import PUT_ASIDE, RESCUED, pages, rescue_folders
from tui.storage.protocol import StoreError
from tui.system import programs
from tui.system.readfile import answered
from tui.yamlfile.problem import Problem

PATIENCE_S = 30.0
"""Seconds one check may take; the first that takes longer leaves a second to each of the others."""
_NO_MORE_S = 1.0
Look = Callable[[], Check | Iterable[Check]]
_MARKS = {"ok": "ok", "hint": "hint", "mistake": "MISTAKE", "missing": "MISSING"}
_OWNERS_TOLD = 5
_MEANT = "If {near} is meant, write the name under their aliases (team.members), or hand the people over."
_NOBODY_KNOWN = "Take them over (t on the person), hand them over, or write the name under team.members."
_TAKEN = (
    "{owner} takes them by merging your records, or with t on the person; then merge what {owner} exports."
)
_FIRST = {"missing": 0, "mistake": 1}
"""What has to be mended comes first; the rest is 2."""


def run(args: argparse.Namespace) -> int:
    """Print every check, errors first. Exit 1 when something is missing without which the program cannot work."""
    checks = sorted(_checks(assemble(args, anyhow=True)), key=lambda check: _FIRST.get(check.status, 2))
    if args.json:
        print_rows([asdict(check) for check in checks], {}, True, "")
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            say(f"{check.name:<{width}}  {_MARKS[check.status]:<7}  {check.found}")
            if check.cure:
                say(f"{'':<{width}}           {check.cure}")
    return REFUSED if any(check.status == "missing" for check in checks) else DONE


def _checks(parts: Parts) -> Iterator[Check]:
    patience = PATIENCE_S
    for name, look in _looks(parts):
        try:
            yield from answered(partial(_found, look), patience)
        except TimeoutError:
            patience = _NO_MORE_S  # whatever else lies on that drive need not be waited for as long
            yield Check(
                name,
                "missing",
                "does not answer",
                "Is a network drive gone? Name a folder on this computer: --data DIR, --workspace DIR",
            )
        except (RefusedError, StoreError) as error:
            yield Check(name, "missing", str(error))
        except Exception as error:  # whatever one check meets, the others are told
            yield Check(
                name,
                "missing",
                f"could not be looked at ({type(error).__name__})",
                "Mend the other lines first, then ask again.",
            )


def _found(look: Look) -> tuple[Check, ...]:
    found = look()
    return (found,) if isinstance(found, Check) else tuple(found)


def _looks(parts: Parts) -> Iterator[tuple[str, Look]]:
    """Each check with the name it has when it fails itself."""
    dial = parts.settings.dial
    yield "Python", machine.python
    yield "Time zones", machine.time_zones
    yield "YAML", machine.yaml_parser
    yield "Holidays", lambda: machine.holidays(parts.settings.law_packs)
    yield "Window", machine.terminal_size
    yield "Colour", lambda: machine.colours(os.environ)
    yield "Clipboard", lambda: machine.clipboard(os.environ)
    yield "Phone program", lambda: machine.phone_links(dial.kind, os.environ)
    if dial.kind == "command":
        yield "Dial command", lambda: machine.program(dial.command)
    if dial.kind == "softphone":
        yield "Softphone", lambda: checks(parts.settings.softphone, os.environ)
    yield "Data folder", lambda: machine.data_folder(parts.places.data)
    yield "Contacts and calls", lambda: _store(parts)
    yield "Kept for", lambda: _kept_for(parts)
    if parts.settings.people_folder is not None:
        yield "People folder", lambda: people_folder_checks(parts)
    if parts.settings.shared_list:
        yield "Shared list", lambda: _shared_list(parts)
    yield "Put aside", lambda: _put_aside(parts)
    yield "Settings", lambda: _settings(parts)
    yield "You", lambda: _you(parts)
    yield "Owners", lambda: _owners(parts)
    yield "Scripts", lambda: _scripts(parts)


def _shared_list(parts: Parts) -> Iterator[Check]:
    from tui.cli.shared_list import shared_list_checks  # nobody else reads it

    return shared_list_checks(parts)


def _you(parts: Parts) -> Check:
    """Without them a script says `‹your name›` to a customer."""
    me = parts.settings.me
    known = {"name": me.name, "number": me.number}
    if all(known.values()):
        return Check("You", "ok", f"{me.name}, {me.number}")
    lacking = " and your ".join(name for name, value in known.items() if not value)
    return Check(
        "You",
        "hint",
        f"scripts do not know your {lacking}",
        f'write  me: {{name: Sam Reed, number: "+44 20 7946 0955"}}  into {parts.places.own}',
    )


def _owners(parts: Parts) -> Iterator[Check]:
    """Owners whom nobody on the team is called: their people stand in everybody's queue, in a tier of their own."""
    with reading(parts) as store:
        team = team_of(parts.settings, store)
        owners = owners_of(team, store)
    unknown = list(owners.unknown.items())
    for owner, count in unknown[:_OWNERS_TOLD]:
        near = team.nearest(owner)
        cure = _MEANT.format(near=near) if near else _NOBODY_KNOWN
        yield Check("Owners", "hint", stranger(owner, count), cure)
    for owner, count in owners.not_taken.most_common(_OWNERS_TOLD):
        people = number_of(count, "person was", "people were")
        yield Check(
            "Owners", "hint", f"{people} handed to {owner} and not taken yet", _TAKEN.format(owner=owner)
        )
    if more := unknown[_OWNERS_TOLD:]:
        others = number_of(len(more), "more owner is", "more owners are")
        yield Check(
            "Owners",
            "hint",
            f"{others} nobody on the team",
            "powerhour contacts --json names the owner of each",
        )


def _store(parts: Parts) -> Check:
    with reading(parts) as store:
        people, calls = sum(1 for _ in store.contact_ids()), len(store.calls())
    return Check(
        "Contacts and calls", "ok", f"{number_of(people, 'person', 'people')}, {number_of(calls, 'call')}"
    )


def _kept_for(parts: Parts) -> Iterator[Check]:
    """Who was announced to be forgotten, while people are not kept for ever."""
    if (keep := parts.settings.keep_people) is None:
        return
    with reading(parts) as store:
        said = will_go(announced_on(store), keep, parts.here.date())
    yield Check("Kept for", "hint" if said else "ok", said or length_in_words(keep))


def _put_aside(parts: Parts) -> Iterator[Check]:
    """Pages that wait to be read: what could not be brought back, and what could not be saved."""
    anywhere = (page for folder in rescue_folders() for page in pages(folder, RESCUED))
    rescued = sorted(anywhere, key=lambda page: page.name)  # a name tells when
    for name, what, found in (
        ("Put aside", "what could not be brought back", pages(parts.places.data, PUT_ASIDE)),
        ("Not saved", "what could not be saved when you left", rescued),
    ):
        if found:
            count = "1 page" if len(found) == 1 else f"{len(found)} pages"
            yield Check(
                name,
                "hint",
                f"{count} of {what}, the latest: {found[-1]}",
                "Read it, write what you need on the card, then delete it.",
            )


def _settings(parts: Parts) -> Check:
    """What is wrong with the settings, and what is in force meanwhile."""
    problems = (*parts.problems, *assigned(parts))
    found = _files("Settings", problems, f"{parts.places.config} and {parts.places.own}", "config")
    loaded = parts.loaded
    for earlier, words in ((loaded.filled, last_good_words), (loaded.own_filled, own_last_good_words)):
        if earlier is not None:
            return Check("Settings", "mistake", words(parts), "powerhour config")
    return found


def _scripts(parts: Parts) -> Check:
    """What keeps scripts from being used, and what reps see meanwhile; else what the checker says."""
    library = library_of(parts)
    library.scripts()
    told = troubles(library, parts.settings.assign, Today(parts.clock.now(), parts.settings.zone))
    if not told:
        return _files("Scripts", checked(parts)[1], str(parts.settings.scripts_folder), "scripts check")
    first = next((one.problem for one in mistakes(library)), None)
    return Check("Scripts", "mistake", _first_of(told), _cure(first, "scripts check"))


def _cure(mistake: Problem | None, command: str) -> str:
    return f"{mistake.message}: {mistake.help}" if mistake and mistake.help else f"powerhour {command}"


def _files(name: str, problems: Sequence[Problem], fine: str, command: str) -> Check:
    """Problems of files people edit, an error before a warning: a broken file never stops the program."""
    found = sorted((p for p in problems if p.severity != "hint"), key=lambda p: p.severity != "error")
    if not found:
        return Check(name, "ok", fine)
    first = found[0]
    told = _first_of([f"{one.file}:{one.line}:{one.col}: {one.message}" for one in found])
    status: Literal["mistake", "hint"] = "mistake" if first.severity == "error" else "hint"
    return Check(name, status, told, first.help or f"powerhour {command}")


def _first_of(sentences: Sequence[str]) -> str:
    more = len(sentences) - 1
    return f"{sentences[0]} (and {more} more)" if more else sentences[0]


_VERSION = re.compile(r"\bv?(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?\b")
_CHECKS_SERVERS = (1, 1)
"""The first version that looks at the certificate of a TLS server."""
_STAYS_WITH_THE_NUMBER = (2, 10)
"""The first version that can be told not to follow a call the phone server sends on to another number."""
_SECONDS = 5.0


def checks(
    settings: Mapping[str, str], environ: Mapping[str, str], platform: str = sys.platform
) -> Iterator[Check]:
    """One row for each thing a softphone needs; `settings` are the rep's `softphone.*`. Nobody is called or asked."""
    try:
        account: Account | None = account_from(settings)
    except DialError as error:
        yield Check("Phone account", "missing", str(error), "docs/phone.md says it step by step")
        account = None
    try:
        software = installed(programs.find("baresip"))
    except DialError as error:
        yield Check("Softphone", "missing", str(error))
    else:
        version = _version(software.program, environ)
        yield _program(software, version, account)
        yield _sent_on(version)
    if account is not None:
        yield Check("Phone account", "ok", f"{account.address}, voice encryption {account.encryption}")
        yield _usable("Phone password", lambda: f"from {place_of(account, environ)}")
        yield _usable("Headset", lambda: _headset(account, environ, platform))


def _program(software: Installed, version: str, account: Account | None) -> Check:
    recorder = software.has(RECORDER)
    found = f"baresip {version or 'of an unknown version'}, {'with' if recorder else 'without'} its recorder"
    if account and account.record and not recorder:
        return Check(
            "Softphone",
            "hint",
            found,
            "Calls cannot be recorded: install a baresip that has the module sndfile, or set  record: no",
        )
    if account and account.transport == "tls" and version and _parts(version) < _CHECKS_SERVERS:
        return Check(
            "Softphone",
            "hint",
            found,
            "This version does not check who the phone server is; 1.1 and later do.",
        )
    return Check("Softphone", "ok", found)


def _sent_on(version: str) -> Check:
    """What becomes of a call that the phone server sends on to another number."""
    if version and _parts(version) >= _STAYS_WITH_THE_NUMBER:
        return Check("Calls sent on", "ok", "never followed to another number")
    return Check(
        "Calls sent on",
        "hint",
        "followed to another number by this version, and hung up within milliseconds",
        "baresip 2.10 and later do not follow.",
    )


def _version(baresip: Path, environ: Mapping[str, str]) -> str:
    """What the program says of itself; empty when it says nothing."""
    told = programs.asked([str(baresip), "-h"], _SECONDS, environ)
    said = _VERSION.search(told.stdout + told.stderr) if told else None
    return said[0].removeprefix("v") if said else ""


def _parts(version: str) -> tuple[int, int]:
    major, minor, *_ = version.split(".")
    return int(major), int(minor)


def _usable(name: str, look: Callable[[], str]) -> Check:
    """What was found; missing, with why, where `look` raises `DialError`."""
    try:
        return Check(name, "ok", look())
    except DialError as error:
        return Check(name, "missing", str(error))


def _headset(account: Account, environ: Mapping[str, str], platform: str) -> str:
    sound = sound_of(account, platform)
    if problem := sound_problem(sound, environ):
        raise DialError(problem)
    return f"microphone {sound.microphone}, loudspeaker {sound.speaker}"
