"""What a heading or a cell of the words of five languages says about calls.

A heading is read by what its words do to each other, never by its whole spelling: a negation before a call forbids
it, a permission allows it, both turn each other round, and e-mail narrows it to e-mail.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from tui.exchange.reading.consent.vocabulary import UNKNOWN, Word, words_done
from tui.exchange.reading.headings.words import words_of


class Says(StrEnum):
    """What a yes in a column says about calls."""

    NOTHING = "nothing"
    FORBIDS = "forbids"
    ALLOWS = "allows"
    EITHER = "either"
    """It is about calls, and either could be meant."""
    ELSEWHERE = "elsewhere"
    """It is about e-mail, text messages or another channel alone."""
    TOPIC = "topic"
    """It names calls and nothing else: only its cells can say."""


class Reading(Struct, frozen=True):
    """What a heading says, and whether that is beyond doubt."""

    says: Says = Says.NOTHING
    sure: bool = True


_ON_THE_PHONE = frozenset({Word.CALL, Word.CALL_BACK, Word.CALLED, Word.PHONE, Word.BY_PHONE, Word.CALLABLE})
_ANY_CALL = _ON_THE_PHONE | {Word.CONTACT, Word.MARKETING}
_GRANTS = frozenset({Word.CONSENT, Word.ALLOWED})
_CORES = frozenset({Word.OUT, Word.BLOCKED, Word.SUPPRESSED, Word.DNC, Word.REGISTER, Word.QUIET})
"""They need no negation to forbid."""
_PASSED_OVER = frozenset({Word.SMALL, Word.BE, Word.RESULT})
_OTHER_MATTER = frozenset({UNKNOWN, Word.THING})


@lru_cache(maxsize=8_192)
def reading_of(heading: str) -> Reading:
    """What a yes under this heading says about calls to the person."""
    done = words_done(heading)
    has = frozenset(done)
    says, sure = _said(done, has)
    if says in {Says.NOTHING, Says.TOPIC}:
        return Reading(says)
    if Word.ON_TAPE in has and (says is Says.ALLOWS or not has & (_ANY_CALL | {Word.DNC, Word.REGISTER})):
        return Reading(Says.ELSEWHERE)
    if Word.OTHER_CHANNEL in has and not has & _ON_THE_PHONE:
        if not has & {Word.DNC, Word.REGISTER}:
            return Reading(Says.ELSEWHERE)
        sure = False
    return Reading(says, sure)


def _said(done: tuple[str, ...], has: frozenset[str]) -> tuple[Says, bool]:
    if Word.THING in has and Word.BLOCKED in has and not has & (_CORES - {Word.BLOCKED} | _ANY_CALL):
        return Says.NOTHING, True
    known = not has & _OTHER_MATTER
    plain = known and not has & {Word.LIMIT, Word.CHECKED}
    target = _denied(done)
    if target is not None:
        return _said_with_a_no(target, has, plain)
    if has & _CORES:
        if Word.CLEAR in has:
            return Says.ALLOWS, plain
        if Word.CONSENT in has and Word.OUT in has:
            return Says.EITHER, False
        # Of a register a day is that of the look-up as often as that of the entry.
        dated = Word.DETAIL in has and not has & {Word.OUT, Word.BLOCKED, Word.SUPPRESSED}
        checked = Word.CHECKED in has or dated
        known_or_dnc = plain or (Word.DNC in has and Word.LIMIT not in has)
        return (Says.EITHER, False) if checked else (Says.FORBIDS, known_or_dnc)
    about_calls = has & (_ANY_CALL | {Word.OTHER_CHANNEL})
    if Word.REFUSED in has and (about_calls or has & _GRANTS):
        return Says.FORBIDS, plain
    if has & _GRANTS or Word.CALLABLE in has:
        return _said_of_consent(has, plain)
    if Word.WANTED in has and about_calls & {Word.CALL, Word.CONTACT, Word.MARKETING}:
        return Says.ALLOWS, False
    named = has & {Word.CALL, Word.PHONE, Word.BY_PHONE, Word.MARKETING}
    only = has <= named | {Word.CONTACT, Word.SMALL}
    return (Says.TOPIC if named and only else Says.NOTHING), True


def _denied(done: tuple[str, ...]) -> str | None:
    """What the first no stands before; None without one, or when it stands before nothing (`Contact No`)."""
    for place, word in enumerate(done):
        if word == Word.NOT:
            behind = [one for one in done[place + 1 :] if one not in _PASSED_OVER and one != Word.NOT]
            if not behind or behind[0] in _OTHER_MATTER:
                continue
            return behind[0]
    return None


def _said_with_a_no(target: str, has: frozenset[str], plain: bool) -> tuple[Says, bool]:
    limited = bool(has & {Word.LIMIT, Word.CHECKED})
    if target in {Word.CALL, Word.CONTACT}:
        return Says.FORBIDS, not limited
    if target == Word.CALL_BACK:
        return Says.FORBIDS, False
    if target == Word.CALLED:
        return Says.FORBIDS, plain and bool(has & ({Word.BE} | _GRANTS))
    if target in _CORES or (target == Word.MATCH and has & _CORES):
        return Says.ALLOWS, plain
    if target in {Word.PHONE, Word.BY_PHONE, Word.MARKETING, Word.CALLABLE, Word.OTHER_CHANNEL}:
        return Says.FORBIDS, plain
    if target in _GRANTS or target == Word.WANTED:
        about = has & (_ANY_CALL | {Word.OTHER_CHANNEL})
        if about or Word.CONSENT in has:
            return Says.FORBIDS, plain and bool(about)
    return Says.NOTHING, True


def _said_of_consent(has: frozenset[str], plain: bool) -> tuple[Says, bool]:
    about = has & (_ANY_CALL | {Word.OTHER_CHANNEL})
    if Word.DETAIL in has:
        # When or how they agreed is no answer whether they do.
        return Says.NOTHING, True
    if about:
        return Says.ALLOWS, plain
    if Word.CONSENT in has and not has & _OTHER_MATTER:
        return Says.ALLOWS, False
    return Says.NOTHING, True


def is_understood(text: str) -> bool:
    """Whether every word of a text is one of these, and there is one."""
    done = words_done(text)
    return bool(done) and _OTHER_MATTER.isdisjoint(done)


def names_another_channel(text: str) -> bool:
    """Whether a text speaks of e-mail, text messages, a recording or the like, and of no call."""
    done = frozenset(words_done(text))
    on_tape = Word.ON_TAPE in done and not done & {Word.CONTACT, Word.DNC, Word.REGISTER}
    return on_tape or (Word.OTHER_CHANNEL in done and not done & _ON_THE_PHONE)


def is_of_other_channels(text: str) -> bool:
    """Whether a text names e-mail, text messages or the like and nothing else: `Email; SMS`."""
    return names_another_channel(text) and frozenset(words_done(text)) <= {Word.OTHER_CHANNEL, Word.SMALL}


def takes_back(text: str) -> bool:
    """Whether the words of a permission take it back: `Denied`, `Revoked by customer`, `Not given`, `Never`."""
    done = words_done(text)
    has = frozenset(done)
    if done and done[0] == Word.NOT:
        return has <= {Word.NOT, Word.WANTED, *_GRANTS, *_PASSED_OVER}
    return Word.NOT not in has and bool(has & {Word.REFUSED, Word.BLOCKED, Word.SUPPRESSED, Word.OUT})


def names_refusal(text: str) -> bool:
    """Whether a text is the name of a refusal that needs no negation: `OPTED_OUT`, `DNCC`, `TPS registered`."""
    done = frozenset(words_done(text))
    return bool(done & _CORES) and Word.NOT not in done and reading_of(text) == Reading(Says.FORBIDS)


def is_only_blocked(text: str) -> bool:
    """Whether what a text says is blocked may be anything: an account, a delivery."""
    done = frozenset(words_done(text))
    return not done & (_CORES - {Word.BLOCKED, Word.SUPPRESSED} | _ANY_CALL)


def is_negated_verb(heading: str) -> bool:
    """Whether a heading says in words not to call: whatever stands below it is a refusal."""
    return _denied(words_done(heading)) in {Word.CALL, Word.CONTACT}


def is_negated_phone(heading: str) -> bool:
    """Whether a heading denies a phone; `No. Tel.` does not, it numbers one."""
    return _denied(words_done(heading)) in {Word.PHONE, Word.BY_PHONE}


def says_why_or_when(heading: str) -> bool:
    """Whether a heading asks for a reason, a source or a day besides."""
    return Word.DETAIL in words_done(heading)


def is_about_a_check(heading: str) -> bool:
    """Whether a heading asks whether or when somebody looked up a register."""
    return Word.CHECKED in words_done(heading)


def is_way_to_reach(heading: str) -> bool:
    """Whether a heading names the phone as a way to be reached: `Phone contact`, `Per Telefon`, not `Contact phone`."""
    done = [word for word in words_done(heading) if word != Word.SMALL]
    if Word.BY_PHONE in done or {Word.CONTACT, Word.CALL} <= set(done):
        return True
    return Word.CONTACT in done and Word.PHONE in done[: done.index(Word.CONTACT)]


_PREFERENCES = ("prefer", "praferenz", "bevorzug", "wunsch", "favo", "best", "miglior", "meilleur", "mejor")
_CONTACTS = (
    "contact",
    "contatt",
    "kontakt",
    "communic",
    "kommunik",
    "comunic",
    "reach",
    "erreich",
    "joindre",
)
_WAYS = (
    "channel",
    "kanal",
    "canal",
    "method",
    "metodo",
    "mode",
    "modalita",
    "moyen",
    "medio",
    "mezzo",
    "way",
    "forma de",
)
_BOTH = ("kontaktweg", "kontaktart", "kontaktform", "erreichbar", "reach me", "reach by", "best reached")


@lru_cache(maxsize=4_096)
def asks_how_to_reach(heading: str) -> bool:
    """Whether a heading asks how somebody likes to be reached: `Preferred contact`, `Kontaktweg`."""
    words = words_of(heading)
    signs = (_has_any(words, stems) for stems in (_PREFERENCES, _CONTACTS, _WAYS))
    return sum(signs) > 1 or _has_any(words, _BOTH)


def _has_any(text: str, stems: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, stems))


def declines_phone(text: str) -> bool:
    """Whether a text says that the phone is not how to reach somebody: `No phone`, `kein Anruf`."""
    negated = is_negated_verb(text) or is_negated_phone(text)
    return negated and reading_of(text) == Reading(Says.FORBIDS)
