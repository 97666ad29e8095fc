"""Which script for whom: the team's assignments first, then the scripts' own audience."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from tui.domain.contact import Contact
from tui.plaintext import fold
from tui.script.languages import base
from tui.script.model import Audience, Script


class Assignment(Protocol):
    """A rule of `scripts.assign` in config.yaml: a script for those for whom every given condition holds."""

    @property
    def script(self) -> str:
        """The script's id."""

    @property
    def lists(self) -> Sequence[str]:
        """Only people of one of these lists."""

    @property
    def tags(self) -> Sequence[str]:
        """Only people with one of these tags."""

    @property
    def language(self) -> str:
        """Only people who speak this."""

    @property
    def customer(self) -> bool | None:
        """Only customers, or only people who are none."""


@dataclass(frozen=True, slots=True)
class Assign:
    """An assignment given in code; settings have their own of the same shape."""

    script: str
    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    customer: bool | None = None


def assigned(rules: Iterable[Assignment], contact: Contact, language: str) -> str:
    """The script id of the first rule that fits, or an empty string."""
    return next((rule.script for rule in rules if fits(rule, contact, language)), "")


def fits(rule: Assignment, contact: Contact, language: str) -> bool:
    """Whether every condition the rule gives holds for the contact, who speaks `language`."""
    if rule.lists and not _share(rule.lists, contact.lists):
        return False
    if rule.tags and not _share(rule.tags, contact.tags):
        return False
    if rule.language and base(rule.language) != base(language):
        return False
    return rule.customer is None or rule.customer == contact.customer


def best(scripts: Iterable[Script], contact: Contact, kind: str, language: str) -> Script | None:
    """The live script whose audience fits this person and kind of call most closely; None when none does.

    The language decides before the audience: a script in the person's language that fits at all comes before
    a closer one they would not understand.
    """
    ranked = []
    for position, script in enumerate(scripts):
        score = audience_score(script.audience, contact, kind)
        if script.status == "live" and score > 0:
            speaks = base(script.language) == base(language)
            ranked.append((not speaks, -score, position, script))
    return min(ranked, key=lambda row: row[:3])[3] if ranked else None


def audience_score(audience: Audience, contact: Contact, kind: str) -> int:
    """How closely an audience names this person: one point per condition that holds; 0 when one does not."""
    stage = next((value for key, value in contact.fields.items() if fold(key) == "stage"), "")
    tags = (*contact.tags, *_implied_tags(contact, stage))
    if _share(audience.exclude, (*tags, *contact.lists)):
        return 0
    score = 0
    for wanted, have in (
        (audience.kinds, (kind,)),
        (audience.tags, tags),
        (audience.lists, contact.lists),
        (audience.stages, (stage,)),
    ):
        if wanted and not _share(wanted, have):
            return 0
        score += bool(wanted)
    return score


def _implied_tags(contact: Contact, stage: str) -> Iterable[str]:
    """What the record says as a tag would: `customer`, their stage, and `proposal` when it names what was offered."""
    if contact.customer:
        yield "customer"
    if stage:
        yield stage
    if any(fold(key) == "proposal" and value.strip() for key, value in contact.fields.items()):
        yield "proposal"


def _share(wanted: Iterable[str], have: Iterable[str]) -> bool:
    return not _folded(tuple(wanted)).isdisjoint(_folded(tuple(have)))


@lru_cache(4096)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    """Asked for each script and each person again; the words are few."""
    return frozenset(fold(word) for word in words if word)
