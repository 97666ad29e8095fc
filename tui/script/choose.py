"""Whom a rule of the team, or the audience of a script, is for. `chosen` decides with it."""

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
        """The script's id; empty where the rule cannot be read."""

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


def assigned(rules: Iterable[Assignment], contact: Contact, language: str) -> tuple[int, Assignment] | None:
    """Number (from 1) and rule of the first one that fits the contact, who speaks `language`; None when none does."""
    return next(((n, rule) for n, rule in enumerate(rules, 1) if fits(rule, contact, language)), None)


def fits(rule: Assignment, contact: Contact, language: str) -> bool:
    """Whether every condition the rule gives holds for the contact, who speaks `language`."""
    if rule.lists and not _share(rule.lists, contact.lists):
        return False
    if rule.tags and not _share(rule.tags, contact.tags):
        return False
    if rule.language and base(rule.language) != base(language):
        return False
    return rule.customer is None or rule.customer == contact.customer


def best(scripts: Iterable[Script], contact: Contact, kind: str) -> tuple[Script, tuple[str, ...]] | None:
    """The live script whose audience fits this person and kind of call most closely, and what fits; None when none."""
    live = (script for script in scripts if script.status == "live")
    fitting = ((script, audience_fit(script.audience, contact, kind)) for script in live)
    return max((row for row in fitting if row[1]), key=lambda row: len(row[1]), default=None)


def audience_fit(audience: Audience, contact: Contact, kind: str) -> tuple[str, ...]:
    """What of an audience this person has, one word a condition; empty when one does not hold, or none is set."""
    stage = next((value for key, value in contact.fields.items() if fold(key) == "stage"), "")
    tags = (*contact.tags, *_implied_tags(contact, stage))
    if _share(audience.exclude, (*tags, *contact.lists)):
        return ()
    matched = []
    for wanted, have in (
        (audience.kinds, (kind,)),
        (audience.tags, tags),
        (audience.lists, contact.lists),
        (audience.stages, (stage,)),
    ):
        if wanted and not (shared := _shared(wanted, have)):
            return ()
        if wanted:
            matched.append(shared)
    return tuple(matched)


def for_everybody(script: Script) -> bool:
    """Whether a script to call with names nobody: then it is for those whom no other names."""
    named = script.audience
    nobody = not any((named.kinds, named.tags, named.lists, named.stages))
    return script.status == "live" and nobody and script.can("call")


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


def _shared(wanted: Sequence[str], have: Iterable[str]) -> str:
    """The first word wanted that is there; empty when none is."""
    there = _folded(tuple(have))
    return next((word for word in wanted if fold(word) in there), "")


@lru_cache(4096)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    """Asked for each script and each person again; the words are few."""
    return frozenset(fold(word) for word in words if word)
