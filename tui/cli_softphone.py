"""What the doctor says of the softphone: program, recorder, sound, account, and where the password comes from."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui import programs
from tui.cli_machine import Check
from tui.dialer.protocol import DialError
from tui.dialer.softphone_account import Account, account_from
from tui.dialer.softphone_config import RECORDER, Installed, installed
from tui.dialer.softphone_password import place_of
from tui.dialer.softphone_sound import sound_of, sound_problem

_VERSION = re.compile(r"\bv?(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?\b")
_CHECKS_SERVERS = (1, 1)
"""The first version that looks at the certificate of a TLS server."""
_STAYS_WITH_THE_NUMBER = (2, 10)
"""The first version that can be told not to follow a call the phone server sends on to another number."""
_SECONDS = 5.0


def checks(
    settings: Mapping[str, str], environ: Mapping[str, str], platform: str = sys.platform
) -> Iterator[Check]:
    """One row for each thing a softphone needs; `settings` are the rep's `softphone.*`. Nobody is rung or asked."""
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
        yield _password(account, environ)
        yield _sound(account, environ, platform)


def _program(software: Installed, version: str, account: Account | None) -> Check:
    recorder = software.has(RECORDER)
    found = f"baresip {version or 'of an unknown version'}, {'with' if recorder else 'without'} its recorder"
    if account and account.record and not recorder:
        cure = "Calls cannot be recorded: install a baresip that has the module sndfile, or set  record: no"
        return Check("Softphone", "hint", found, cure)
    if account and account.transport == "tls" and version and _parts(version) < _CHECKS_SERVERS:
        cure = "This version does not check who the phone server is; 1.1 and later do."
        return Check("Softphone", "hint", found, cure)
    return Check("Softphone", "ok", found)


def _sent_on(version: str) -> Check:
    """What becomes of a call that the phone server sends on to another number."""
    if version and _parts(version) >= _STAYS_WITH_THE_NUMBER:
        return Check("Calls sent on", "ok", "never followed to another number")
    found = "followed to another number by this version, and hung up within milliseconds"
    return Check("Calls sent on", "hint", found, "baresip 2.10 and later do not follow.")


def _version(baresip: Path, environ: Mapping[str, str]) -> str:
    """What the program says of itself; empty when it says nothing."""
    told = programs.asked([str(baresip), "-h"], _SECONDS, environ)
    said = _VERSION.search(told.stdout + told.stderr) if told else None
    return said[0].removeprefix("v") if said else ""


def _parts(version: str) -> tuple[int, int]:
    major, minor, *_ = version.split(".")
    return int(major), int(minor)


def _password(account: Account, environ: Mapping[str, str]) -> Check:
    try:
        return Check("Phone password", "ok", f"from {place_of(account, environ)}")
    except DialError as error:
        return Check("Phone password", "missing", str(error))


def _sound(account: Account, environ: Mapping[str, str], platform: str) -> Check:
    try:
        sound = sound_of(account, platform)
    except DialError as error:
        return Check("Headset", "missing", str(error))
    if problem := sound_problem(sound, environ):
        return Check("Headset", "missing", problem)
    return Check("Headset", "ok", f"microphone {sound.microphone}, loudspeaker {sound.speaker}")
