"""Passwords of the system's keyring. Power Hour keeps none in a file of its own."""

from __future__ import annotations

import importlib
from typing import Any

from tui.system.programs import add_package, module

KEYRING_NAME = "powerhour"
"""The name under which the keyring knows our passwords; the user is the account or the address."""


def password_of(user: str) -> str:
    """What the keyring holds for a user; empty when it holds nothing, is locked or its package is not installed.

    May wait for the rep to unlock the keyring, so call it off the event loop.
    """
    try:
        keyring = _keyring()
        return str(keyring.get_password(KEYRING_NAME, user) or "") if keyring else ""
    except Exception:
        # Each system's keyring raises errors of its own, and their texts are no help to a rep.
        return ""


def store_command(user: str) -> str:
    """The command that stores a password, with the one before it that installs the package where it is missing."""
    store = module("keyring", "set", KEYRING_NAME, user)
    return store if _keyring() else f"{add_package('keyring')}  and then  {store}"


def _keyring() -> Any:
    try:
        return importlib.import_module("keyring")
    except ImportError:
        return None
