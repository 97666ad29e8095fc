"""What a rep finds with the words they type while somebody talks: objections, and parts of the script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from tui.plaintext import fold
from tui.script.language.model import Objection

T = TypeVar("T")

_NO_WORD = re.compile(r"\{\{.*?\}\}|[^\w\s'’-]")
_INSIDE_A_WORD = re.compile(r"['’-]")
_SAME_ENDING, _LONG_ENDING = 1, 3
"""Letters by which the ends of two forms of a word may differ: `cara` and `caro`, `pric-e` and `pric-ing`."""
_SHORT_STEM, _STEM = 3, 4
_LITTLE = 3
"""Shorter words, such as `it` and `is`, bring up no reply, and none that fits only a part of what was typed."""


class Sought(Struct, frozen=True):
    """By what something is found."""

    said: tuple[str, ...]
    """What the customer says, or what it is called."""
    replies: tuple[str, ...] = ()
    """The words it brings up; what is said goes before them."""
    hotkey: str = ""


def by_objection(objection: Objection) -> Sought:
    """What they say, its name, and every line the rep would say; never the advice, which tells of other things."""
    rungs = (words for rung in objection.ladder for words in (rung.ask, rung.offer, rung.in_return))
    replies = (objection.ask, objection.say, objection.proof, *rungs, objection.walk_away)
    return Sought((*objection.heard, objection.id.replace("_", " ")), replies, objection.hotkey)


def best(typed: str, rows: Iterable[tuple[T, Sought]]) -> tuple[T, ...]:
    """What fits, the best first; everything for nothing typed.

    Where nothing fits all that was typed, what fits most of it: somebody types what they hear.
    """
    wanted, sign, rows = _words(typed), fold(typed), tuple(rows)
    if not sign:
        return tuple(row for row, _ in rows)
    ranks = [(row, _rank(sought, wanted, sign)) for row, sought in rows]
    if not any(rank for _, rank in ranks):
        long = [word for word in wanted if len(word) >= _LITTLE]
        ranks = [(row, _fitting(_all_words(sought.said), long)) for row, sought in rows]
    fitting = [one for one in ranks if one[1]]
    return tuple(row for row, _ in sorted(fitting, key=lambda one: -one[1]))


def _rank(sought: Sought, wanted: Sequence[str], sign: str) -> int:
    """How well all of it fits; 0: not at all."""
    if sought.hotkey and fold(sought.hotkey) == sign:
        return 6
    if not wanted:
        return 0
    if said := max(_score(_words(phrase), wanted) for phrase in sought.said):
        return said
    said_at_all = _all_words(sought.said)
    if _fitting(said_at_all, wanted) == len(wanted):
        return 2
    if all(len(word) < _LITTLE for word in wanted):
        return 0
    return int(_fitting({*said_at_all, *_all_words(sought.replies)}, wanted) == len(wanted))


def _score(phrase: Sequence[str], wanted: Sequence[str]) -> int:
    """5: the phrase begins with it; 4: its words begin with all of it; 3: it is somewhere in it; 0: not."""
    if " ".join(phrase).startswith(" ".join(wanted)):
        return 5
    if all(any(word.startswith(part) for word in phrase) for part in wanted):
        return 4
    return 3 if all(part in " ".join(phrase) for part in wanted) else 0


def _fitting(words: Iterable[str], wanted: Sequence[str]) -> int:
    """How many of the wanted words are there, in this or another form."""
    known = tuple(words)
    return sum(any(word.startswith(part) or _are_kin(word, part) for word in known) for part in wanted)


def _are_kin(one: str, other: str) -> bool:
    """Whether two words look like forms of one: no language is known here, so only their beginnings count."""
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    same = min(len(one), len(other)) if same is None else same
    short, long = sorted((len(one) - same, len(other) - same))
    if same >= _STEM:
        return short <= _SAME_ENDING and long <= _LONG_ENDING
    return same >= _SHORT_STEM and short == long == _SAME_ENDING


def _all_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _words(text)}


def _words(text: str) -> list[str]:
    """Its words as they are compared: `e-mail` is `email`, and what a variable stands for is none."""
    return fold(_NO_WORD.sub(" ", _INSIDE_A_WORD.sub("", text))).split()
