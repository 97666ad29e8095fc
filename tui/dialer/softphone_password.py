"""The password of the phone account: from a private file, the environment or the system's keyring. Never kept."""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui import readfile
from tui.dialer.protocol import DialError
from tui.dialer.softphone_account import Account
from tui.installed import add_package, module

VARIABLE = "POWERHOUR_SIP_PASSWORD"
KEYRING_NAME = "powerhour"
"""The name under which the keyring knows our passwords; its user is the account's address."""
_LONGEST = 512


def password_of(account: Account, environ: Mapping[str, str] | None = None) -> str:
    """The password, empty for an account that does not sign in. Raises `DialError` when there is none.

    May wait for the rep to unlock the keyring, so call it off the event loop.
    """
    source = os.environ if environ is None else environ
    if account.password_file is not None:
        return _from_file(account.password_file)
    if found := source.get(VARIABLE, "") or _from_keyring(account.address):
        return found
    if not account.register:
        return ""
    store = module("keyring", "set", KEYRING_NAME, account.address)
    first = "" if _keyring() else f"{add_package('keyring')}  and then  "
    raise DialError(
        f"No password for {account.address}. Store it once:  {first}{store}  "
        f"or set {VARIABLE}, or name a private file as softphone.password_file."
    )


def place_of(account: Account, environ: Mapping[str, str] | None = None) -> str:
    """Where the password comes from, in words; never the password. Raises `DialError` when there is none."""
    source = os.environ if environ is None else environ
    if not password_of(account, source):
        return "nowhere: this account does not sign in"
    if account.password_file is not None:
        return f"the file {account.password_file}"
    return f"the environment ({VARIABLE})" if source.get(VARIABLE) else "the system's keyring"


def _from_file(path: Path) -> str:
    """The first line of a file that only its owner may read."""
    try:
        with readfile.opened(path) as file:
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_IMODE(mode) & 0o077:
                raise DialError(f"Others can read {path}. Close it first:  chmod 600 {path}")
            text = file.read(_LONGEST * 4).decode()
    except OSError as error:
        raise DialError(f"The password file {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise DialError(f"The password file {path} is not text (UTF-8).") from None
    lines = text.splitlines()
    password = lines[0].strip() if lines else ""
    if not password or len(password) > _LONGEST:
        raise DialError(f"The password file {path} must hold the password as its first line.")
    return password


def _keyring() -> Any:
    """The package that asks the system's keyring; None when it is not installed."""
    try:
        return importlib.import_module("keyring")
    except ImportError:
        return None


def _from_keyring(address: str) -> str:
    """What the system's keyring holds; empty when it holds nothing, is locked or is not installed."""
    keyring = _keyring()
    if keyring is None:
        return ""
    try:
        return str(keyring.get_password(KEYRING_NAME, address) or "")
    except Exception:
        # Each system's keyring raises errors of its own, and their texts are no help to a rep.
        return ""
