"""What is left of a person who asked to be forgotten: that they are gone, counts, and who must still not be called.

A number or an e-mail that was refused stays as a keyed hash. The key is the team's own and travels with its people, so
that the same number is known again when a list brings it back, and nobody without the key can try numbers out.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Container, Iterable
from datetime import datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.do_not_call import Entry, KnownAs
from tui.domain.identity.names import own_mailboxes

_BYTES = 32


class Forgotten(Struct, frozen=True):
    """That nothing is kept of a person, whoever else still has them."""

    id: str
    """The contact id that is gone."""
    at: datetime
    """UTC."""
    rep: str = ""
    key_id: str = ""
    """The key under which what they refused is hashed; the store fills it in."""
    rev: int = 0
    edited_at: datetime | None = None


class HashKey(Struct, frozen=True):
    """A key under which refused numbers and e-mails are hashed. Two reps may each have made one before they met."""

    id: str
    key: str
    """64 hexadecimal digits, from the system's source of randomness."""
    at: datetime
    rep: str = ""
    rev: int = 0
    edited_at: datetime | None = None


def new_key(key_id: str, at: datetime, rep: str) -> HashKey:
    """A fresh key."""
    return HashKey(key_id, secrets.token_hex(_BYTES), at, rep)


def is_key(text: str) -> bool:
    """Whether a text is 64 hexadecimal digits."""
    return len(text) == 2 * _BYTES and set(text) <= set("0123456789abcdef")


def hashed(text: str, key: HashKey) -> str:
    """The hash of a number (E.164) or an e-mail, with the beginning of the key's id in front."""
    digest = hmac.digest(
        bytes.fromhex(key.key), text.strip().casefold().encode("utf-8", "surrogatepass"), "sha256"
    )
    return f"{key.id[-8:]}:{digest.hex()}"


def hashes_of(contact: Contact, key: HashKey) -> tuple[str, ...]:
    """The hashes of everything by which somebody may be brought back: their numbers and their own e-mails."""
    numbers = (number.e164 for number in contact.numbers if number.e164 and not number.bad)
    return tuple(hashed(text, key) for text in dict.fromkeys((*numbers, *own_mailboxes(contact.emails))))


def erased(call: Call) -> Call:
    """The call of somebody who was forgotten: it still counts, and says nothing of them."""
    return replace(
        call,
        dials=tuple(replace(dial, number="", cause="") for dial in call.dials),
        notes=(),
        answers={},
        steps=(),
        reason_id="",
        promise=None,
        owed=None,
        reason_code="",
        override="",
        before=None,
        after=None,
        one_of=(),
        revisions=(),
    )


def without_caller(call: Call, gone: Container[str], numbers: Container[str]) -> Call:
    """A call by somebody unknown, or by one of several, without those who are forgotten, who have these numbers."""
    if call.contact_id:
        return call
    others = tuple(one for one in call.one_of if one not in gone)
    if not others and (call.one_of or any(dial.number in numbers for dial in call.dials)):
        return erased(call)
    return call if others == call.one_of else replace(call, one_of=others)


def is_about(entry: Entry, gone: Container[str], people: Iterable[Contact]) -> bool:
    """Whether an entry tells of somebody who is forgotten: it names one of these ids, or nothing but their numbers."""
    if entry.contact_id in gone:
        return True
    theirs = {number.e164 for one in people for number in one.numbers}
    return bool(entry.numbers) and not entry.register and not entry.firm and theirs.issuperset(entry.numbers)


def redacted(entry: Entry, key: HashKey, more: Iterable[str] = ()) -> Entry:
    """The entry without the person: its numbers are hashes, an addition binds whoever has one of these or of `more`.

    A firm that refused is nobody's secret and stays.
    """
    who = (*entry.who.numbers, *entry.who.emails) if entry.kind == "addition" else ()
    hashes = [hashed(text, key) for text in dict.fromkeys((*entry.numbers, *who))]
    if entry.kind == "addition":
        hashes += more
    return replace(
        entry,
        why="",
        name="",
        who=KnownAs(),
        numbers=(),
        hashes=tuple(sorted({*entry.hashes, *hashes})),
    )


def without_words(entry: Entry) -> Entry:
    """An entry about somebody who is forgotten, without what was said; as it is while it holds what is to be hashed."""
    if entry.numbers or entry.who.numbers or entry.who.emails:
        return entry
    return replace(entry, why="", name="", who=KnownAs())


class Hashes:
    """Finds numbers and e-mails among hashes, under every key there is."""

    def __init__(self, keys: Iterable[HashKey] = ()) -> None:
        self._keys = tuple(keys)
        self._of = lru_cache(maxsize=4096)(self._all)

    def of(self, text: str) -> tuple[str, ...]:
        """The hashes of a number (E.164) or an e-mail; none while there is no key."""
        return self._of(text) if self._keys else ()

    def _all(self, text: str) -> tuple[str, ...]:
        return tuple(hashed(text, key) for key in self._keys)
