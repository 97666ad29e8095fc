"""The address of a database as people write it: whether a password stands in it, and under which name it is kept."""

from __future__ import annotations

import re

_IN_FRONT = re.compile(r"((?:^|//)[^\s/@:]*):(?!//)[^\s@]+@")
_NAMED = re.compile(r"\b(?:ssl)?password\s*=", re.IGNORECASE)
_IN_WORDS = re.compile(r"\b(?:ssl)?password\s*=\s*(?:'[^']*'?|[^\s&]*)&?", re.IGNORECASE)


def has_password(address: str) -> bool:
    """Whether a password stands in it."""
    return bool(_IN_FRONT.search(address) or _NAMED.search(address))


def without_password(address: str) -> str:
    """The address as it may be shown and kept in a file."""
    bare = _IN_FRONT.sub(lambda found: f"{found[1]}@", address)
    return _IN_WORDS.sub("", bare).strip().rstrip("?&")


def keyring_user(address: str) -> str:
    """Under which name the system's keyring has its password: the address without what says how to connect."""
    return without_password(address).partition("?")[0]
