"""What makes a sentence untrue: each rule looks at one sentence and at what really happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.practice.fortnight.player import Player, Said

SPOKEN = frozenset({"say", "voicemail", "gatekeeper", "caller"})
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ITALIAN = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
DAYS = {name: at for names in (_ENGLISH, _ITALIAN) for at, name in enumerate(names)}
NEAR = {"yesterday": -1, "ieri": -1, "today": 0, "oggi": 0, "tomorrow": 1, "domani": 1}
DAY = rf"((?:on |this |next )?(?:{'|'.join([*NEAR, *DAYS])})(?: \d{{1,2}}(?= \w))?)"
WE_CALLED = re.compile(
    rf"\b(?:I (?:rang|called)(?: you)?|Le avevo telefonato|ho chiamato) {DAY}", re.IGNORECASE
)
WE_TRIED = re.compile(rf"\b(?:I tried you|ho provato(?: a chiamarla)?) {DAY}", re.IGNORECASE)
WE_PROMISED = re.compile(
    rf"\b(?:I said I'd call|avevamo detto) {DAY}",
    re.IGNORECASE,
)
Rule = Callable[[Said, Player], Iterator[str]]


def untrue(said: Said, player: Player) -> list[str]:
    """Why a sentence is not true; empty when nothing speaks against it."""
    return [why for rule in RULES for why in rule(said, player)]


def _today(said: Said) -> date:
    return said.at.astimezone(ZoneInfo(said.truth.zone)).date()


def _is_day(word: str, day: date, today: date) -> bool:
    """Whether a word names a day, seen from today."""
    name, _, number = re.sub(r"^(on|this|next) ", "", word.casefold()).partition(" ")
    if name in NEAR:
        return day == today + timedelta(days=NEAR[name])
    if number:
        return day.weekday() == DAYS[name] and day.day == int(number)
    return day.weekday() == DAYS[name] and abs((day - today).days) < 7


def nothing_is_left_to_fill_in(said: Said, player: Player) -> Iterator[str]:
    for sign in ("{{", "}}", "‹", "None", "  "):
        if sign in said.text:
            yield f"a hole: {sign!r}"


def the_right_person_is_greeted(said: Said, player: Player) -> Iterator[str]:
    if said.place not in SPOKEN:
        return
    first = said.name.split()[0]
    for greeted in re.findall(r"\b(?:Hi|Hello|Buongiorno) ([A-ZÀ-Ý]\w+)", said.text):
        if greeted not in (first, "there") and said.place != "gatekeeper":
            yield f"{greeted} is greeted instead of {first}"


def nobody_else_is_named(said: Said, player: Player) -> Iterator[str]:
    if said.text.startswith("Missed: "):
        return  # of several people on one number all are named
    known = " ".join(f"{value}" for value in said.truth.contact.fields.values())
    others = {truth.contact.shown_name for truth in player.truths.values()} - {said.name}
    for other in others:
        if other in said.text and other not in known:
            yield f"{other} is named"


def the_language_is_theirs(said: Said, player: Player) -> Iterator[str]:
    if said.place not in SPOKEN:
        return
    italian = bool(re.search(r"\b(sono|è|chiamo|Buongiorno|Grazie|che|per|la|il|di)\b", said.text))
    english = bool(re.search(r"\b(the|you|I|it's|and|is|your|are)\b", said.text))
    wanted = said.truth.contact.language or "en"
    if wanted == "it" and english and not italian:
        yield "English for somebody who speaks Italian"
    if wanted == "en" and italian and not english:
        yield "Italian for somebody who speaks English"


def no_apology_for_a_promise_that_was_kept(said: Said, player: Player) -> Iterator[str]:
    sorry = re.search(
        r"and I did(?: not|n't)(?! want)|and I'm late|e non ho chiamato|e chiamo in ritardo", said.text
    )
    if not sorry or said.place not in SPOKEN:
        return
    owed = said.truth.owed
    if owed is None:
        yield "an apology without a promise"
    elif said.truth.called_on_time():
        yield "an apology although we called as promised"
    elif said.at < owed[1].late_from(timedelta(minutes=15)):
        yield "an apology before it is late"


def a_promise_that_is_spoken_of_was_made(said: Said, player: Player) -> Iterator[str]:
    found = WE_PROMISED.search(said.text)
    if not found or said.place not in SPOKEN:
        return
    owed = said.truth.owed
    if owed is None:
        yield "a promise is spoken of that is not open"
    elif not _is_day(found[1], owed[1].local_day, _today(said)):
        yield f"promised for {owed[1].local_day:%a %d %b}, not {found[1]}"


def the_day_we_called_is_the_day_we_called(said: Said, player: Player) -> Iterator[str]:
    for pattern in (WE_CALLED, WE_TRIED):
        if (found := pattern.search(said.text)) and said.place in SPOKEN:
            days = [at.astimezone(ZoneInfo(said.truth.zone)).date() for at in said.truth.dials]
            if not any(_is_day(found[1], day, _today(said)) for day in days):
                yield f"we did not call {found[1]}"


def who_was_spoken_to_is_no_stranger(said: Said, player: Player) -> Iterator[str]:
    stranger = re.search(
        r"(?:not|n't) spoken before|never spoken|non ci siamo (?:mai|ancora) sentiti", said.text
    )
    if stranger and (said.truth.talks or said.truth.last_contacted):
        yield "we have spoken before"


def nobody_is_told_of_a_talk_that_never_was(said: Said, player: Player) -> Iterator[str]:
    spoke = re.search(
        r"since we last spoke|when we (?:last )?spoke|da quando ci siamo sentiti|as we agreed", said.text
    )
    if spoke and said.place in SPOKEN and not said.truth.talks and not said.truth.last_contacted:
        yield "we never spoke"


def as_agreed_is_said_only_of_a_call_at_the_agreed_time(said: Said, player: Player) -> Iterator[str]:
    agreed = re.search(r"as we agreed|come d'accordo", said.text)
    if agreed and said.place in SPOKEN and not said.truth.called_on_time():
        yield "no call of ours was at the agreed time"


def no_offer_that_nobody_made(said: Said, player: Player) -> Iterator[str]:
    offer = re.search(
        r"\b(?:the|our) (?:offer|proposal|quote)\b|l'offerta|il preventivo", said.text, re.IGNORECASE
    )
    asked = said.truth.contact.fields.get("asked_for", "")
    if offer and said.place in SPOKEN and not said.truth.offered and offer[0].split()[-1] not in asked:
        yield f"nobody made them {offer[0]}"


def no_message_that_nobody_left(said: Said, player: Player) -> Iterator[str]:
    left = re.search(
        r"I left (?:you )?a message|my message|le ho lasciato un messaggio", said.text, re.IGNORECASE
    )
    if left and said.place in SPOKEN and not said.truth.voicemails:
        yield "no message was left"


def who_rings_us_back_was_called(said: Said, player: Player) -> Iterator[str]:
    back = re.search(
        r"(?:ringing|calling) (?:me |us )?back|for returning|di avermi richiamato|per aver richiamato",
        said.text,
    )
    if back and said.place in ("caller", "say") and not said.truth.dials:
        yield "we never called them"
    tried = re.search(r"We tried to reach you|abbiamo provato a", said.text)
    if tried and said.place in SPOKEN and not said.truth.dials:
        yield "we never tried to reach them"


def what_was_missed_was_missed(said: Said, player: Player) -> Iterator[str]:
    missed = re.search(
        r"missed your call|You called us|la sua chiamata|Mi scusi se prima non ho risposto", said.text
    )
    inbound = any(one.direction == "in" for one in said.truth.made)
    if missed and said.place in SPOKEN and not inbound:
        yield "they never called us"


def what_is_next_is_ahead(said: Said, player: Player) -> Iterator[str]:
    if said.place == "saved" and re.search(r"again (?:yesterday|this morning)", said.text):
        if "this morning" in said.text and said.at.astimezone(ZoneInfo(said.truth.zone)).hour < 12:
            return
        yield "the next call is in the past"


def two_clocks_are_named(said: Said, player: Player) -> Iterator[str]:
    clock = re.search(r"again .*\d\d:\d\d", said.text)
    now: datetime = said.at
    here, there = (now.astimezone(ZoneInfo(one)) for one in ("Europe/London", said.truth.zone))
    if said.place == "saved" and clock and here.utcoffset() != there.utcoffset() and "there" not in said.text:
        yield "whose clock is that?"


RULES: tuple[Rule, ...] = (
    nothing_is_left_to_fill_in,
    the_right_person_is_greeted,
    nobody_else_is_named,
    the_language_is_theirs,
    no_apology_for_a_promise_that_was_kept,
    a_promise_that_is_spoken_of_was_made,
    the_day_we_called_is_the_day_we_called,
    who_was_spoken_to_is_no_stranger,
    nobody_is_told_of_a_talk_that_never_was,
    as_agreed_is_said_only_of_a_call_at_the_agreed_time,
    no_offer_that_nobody_made,
    no_message_that_nobody_left,
    who_rings_us_back_was_called,
    what_was_missed_was_missed,
    what_is_next_is_ahead,
    two_clocks_are_named,
)
