"""Names in a text: `{{name}}`, `{{name|said when it is missing}}`, and the Liquid `{{name | default: "x"}}`.

Nothing else: no code, no loops, no attributes. A value is put in once; names inside a value stay as they are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import Protocol, TypeVar

from msgspec import Struct

_NAME = re.compile(r"\{\{ {0,8}([A-Za-z_][A-Za-z0-9_.]{0,60}) {0,8}(?:\|([^{}]{0,200}))?\}\}")
_SENTENCE_START = re.compile(r"(?:^|[.!?] )$")
_BETWEEN_SENTENCES = re.compile(r"(?:(?<=[!?…])|(?<=\w{4}\.)|(?<=\}\}\.))\s+(?![^{}]{0,200}\}\})")
"""A full stop behind a short word may be an abbreviation: better to take too much as one sentence than to cut one."""
_LIQUID = re.compile(r"\s{0,8}default\s{0,8}:\s{0,8}(['\"])(.*)\1\s*$")
MAX_VALUE = 300
"""Characters of one value that go into a sentence."""

ALWAYS = frozenset({"my_name", "my_company", "my_number", "today", "weekday", "time_of_day", "attempt"})
"""Names that always have a value, so that they need no default."""
OF_THE_CONTACT = (
    *("first_name", "last_name", "name", "company", "role", "city", "segment", "stage", "customer"),
    *("phone", "email", "product", "proposal", "owner", "language", "best_time"),
    *("decision_maker", "preferred_interval", "preferred_channel"),
)
"""Names filled from the contact: its record, its columns, and what it was remembered to have said."""
OF_THE_CALL = (
    *("my_title", "last_call_when", "last_outcome", "last_notes", "promised_date", "promise_words"),
    *("tried_when", "promise_timing", "spoken_before", "last_talk_when"),
    *("next_call", "reason", "topic", "voicemail_said"),
)
"""Names filled from what happened before and from why we call today."""
BUILT_IN = ALWAYS | {*OF_THE_CONTACT, *OF_THE_CALL}
"""Names every script may use without declaring them."""

CLAUSES = frozenset({"reason"})
"""Names that stand for half a sentence: at the start of one they get a capital."""


NO_DEFAULTS: Mapping[str, str] = MappingProxyType({})


class Used(Struct, frozen=True):
    """A name in a text: its inline default (None when none is given) and where it stands."""

    name: str
    default: str | None
    start: int
    end: int


class Filled(Struct, frozen=True):
    """A text with its values put in, and the names that had none."""

    text: str
    missing: tuple[str, ...] = ()


def used_in(text: str) -> list[Used]:
    """The names in a text, in their order."""
    return [Used(m.group(1), _inline(m.group(2)), m.start(), m.end()) for m in _NAME.finditer(text)]


def fill(text: str, layers: Iterable[Mapping[str, str]], defaults: Mapping[str, str] = NO_DEFAULTS) -> Filled:
    """The text with each name replaced by its first value that is not blank, else its inline default, else `defaults`.

    The nearest default wins: the words behind `|` were written for this sentence, `defaults` for all of a team's.
    A name without any is drawn `‹first_name?›`: visible, never blank, never raw braces.
    """
    order = tuple(layers)
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        known = _first(name, order)
        if not known and (default := (_inline(found.group(2)) or "").strip()):
            return default
        if known := known or _first(name, (defaults,)):
            begins = name in CLAUSES and _SENTENCE_START.search(text, 0, found.start())
            return known[0].upper() + known[1:] if begins else known
        missing.append(name)
        return f"‹{name}?›"

    return Filled(_NAME.sub(value, text), tuple(missing))


def _first(name: str, layers: Iterable[Mapping[str, str]]) -> str:
    return next((known for one in layers if (known := str(one.get(name, "")).strip()[:MAX_VALUE])), "")


def without_sentences_of(name: str, text: str) -> str:
    """The text without the sentences that need this name and have no default for it; maybe empty."""
    kept = []
    for sentence in _BETWEEN_SENTENCES.split(text):
        if not any(used.name == name and not (used.default or "").strip() for used in used_in(sentence)):
            kept.append(sentence)
    return " ".join(kept)


def without_names(text: str, instead: str = "") -> str:
    """The text with every name taken out (or replaced)."""
    return _NAME.sub(instead, text)


def _inline(raw: str | None) -> str | None:
    if raw is None:
        return None
    liquid = _LIQUID.match(raw)
    return liquid.group(2) if liquid else raw.strip()


class Weighted(Protocol):
    """Anything under test."""

    @property
    def weight(self) -> int:
        """Share of this variant among all, 0 or more."""


K = TypeVar("K")


def pick(variants: Mapping[K, Weighted], contact_id: str, experiment: str) -> K:
    """The key of the variant for this person. With no weight at all, the first. Raises on no variants."""
    up_to = list(accumulate(variant.weight for variant in variants.values()))
    digest = hashlib.sha256(f"{contact_id}\0{experiment}".encode()).digest()
    left = int.from_bytes(digest[:8], "big") % (up_to[-1] or 1)
    return next(
        (key for key, limit in zip(variants, up_to, strict=True) if left < limit), next(iter(variants))
    )
