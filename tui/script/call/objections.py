"""Objections: found as the rep types, met by asking first, conceded one rung at a time (B39)."""

from __future__ import annotations

from dataclasses import dataclass

from tui.plaintext import fold
from tui.script.call.wording import Wording
from tui.script.language.model import Objection, Script


@dataclass(frozen=True, slots=True)
class RungCard:
    """One concession: its question comes first, the offer stays dimmed until it was asked."""

    ask: str
    offer: str
    in_return: str
    needs_manager: bool


@dataclass(frozen=True, slots=True)
class ObjectionCard:
    """An objection with all its words filled in."""

    id: str
    heard: tuple[str, ...]
    ask: str
    say: str
    proof: str
    rungs: tuple[RungCard, ...]
    walk_away: str
    goto: str
    coach: str


_BY_HOTKEY = 4
"""Ranks above every word that fits."""


def find_objections(script: Script, typed: str) -> tuple[Objection, ...]:
    """Objections whose words hold everything that was typed, the one with this hotkey first; all for nothing typed."""
    wanted = fold(typed).split()
    if not wanted:
        return script.objections
    ranked = []
    for position, objection in enumerate(script.objections):
        phrases = [fold(phrase) for phrase in (*objection.heard, objection.id.replace("_", " "))]
        score = max((_score(phrase, wanted) for phrase in phrases), default=0)
        if objection.hotkey and [fold(objection.hotkey)] == wanted:
            score = _BY_HOTKEY
        if score:
            ranked.append((-score, position, objection))
    return tuple(objection for _, _, objection in sorted(ranked, key=lambda row: row[:2]))


def card(objection: Objection, wording: Wording | None) -> ObjectionCard:
    """The objection as the rep sees it; without a wording its names stay as the script has them."""

    def words(text: str) -> str:
        return wording.fill(text).text if wording is not None else text

    rungs = tuple(
        RungCard(words(r.ask), words(r.offer), words(r.in_return), r.approval == "manager")
        for r in objection.ladder
    )
    return ObjectionCard(
        id=objection.id,
        heard=objection.heard,
        ask=words(objection.ask),
        say=words(objection.say),
        proof=words(objection.proof),
        rungs=rungs,
        walk_away=words(objection.walk_away),
        goto=objection.goto,
        coach=words(objection.coach),
    )


def _score(phrase: str, wanted: list[str]) -> int:
    """3: the phrase begins with it; 2: its words begin with all of it; 1: it is somewhere in it; 0: not."""
    if phrase.startswith(" ".join(wanted)):
        return 3
    words = phrase.split()
    if all(any(word.startswith(part) for word in words) for part in wanted):
        return 2
    return 1 if all(part in phrase for part in wanted) else 0
