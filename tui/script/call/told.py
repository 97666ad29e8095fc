"""What a rep may write down during a call for the script to use: the names it has, and their values by now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tui.script.call.walk import Walk
from tui.script.language.variables import ALWAYS, OF_THE_CALL, used_in

_NOT_TOLD = ALWAYS | {*OF_THE_CALL}
"""Names that nobody is told: the calendar, the rep, and what happened before."""


class Fact(Struct, frozen=True):
    """A name of the script, what it means (may be empty), and its value by now (may be empty)."""

    name: str
    about: str = ""
    value: str = ""


def facts_of(walk: Walk) -> tuple[Fact, ...]:
    """Every name a line of this script says or asks for, those without a value first."""
    declared = walk.script.variables
    names = dict.fromkeys(
        name for name in (*declared, *_used(walk)) if name in declared or name not in _NOT_TOLD
    )
    known = walk.wording.known()
    facts = (
        Fact(name, declared[name].about if name in declared else "", str(known.get(name, "")).strip())
        for name in names
    )
    return tuple(sorted(facts, key=lambda fact: bool(fact.value)))


def _used(walk: Walk) -> Iterator[str]:
    for place in walk.graph.places.values():
        yield from (used.name for used in used_in(place.text))
        if place.step.save:
            yield place.step.save
