"""The words of one call: the reason for it, the message for a machine, values put into texts, the variant heard."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from tui.script.language.conditions import holds_in
from tui.script.language.facts import Facts, as_name
from tui.script.language.graph import Edge, Graph, Place
from tui.script.language.languages import ACKNOWLEDGE, OF_A_COLLEAGUE, base, seconds_to_say
from tui.script.language.model import Objection, Reason, Script, Voicemail
from tui.script.language.variables import Filled, fill, pick, without_sentences_of

_WORDS_IN_ID = 6
_LAST = 1_000
"""`attempt: last` counts as later than any number."""


# Why a follow-up call is worth the customer's time: each reason is used once per person (B24, B25).


def reason_id(reason: Reason) -> str:
    """The reason's id; without one, made of its first words, so that it survives being moved in the list."""
    return reason.id or as_name(" ".join(reason.say.split()[:_WORDS_IN_ID]))


def own_reason_id(text: str) -> str:
    """The id under which a reason the rep typed is used up."""
    return f"own_{as_name(' '.join(text.split()[:_WORDS_IN_ID]))}"


def open_reasons(script: Script, facts: Facts) -> tuple[Reason, ...]:
    """All reasons still open for this person, in the order of the file, each with an id; names are not filled in."""
    return tuple(_still_open(script, facts))


def _still_open(script: Script, facts: Facts) -> Iterator[Reason]:
    for reason in script.followup.reasons if script.followup else ():
        known_by = reason_id(reason)
        if known_by not in facts.used_reasons and _in_season(reason, facts):
            yield dataclasses.replace(reason, id=known_by)


def next_reason(script: Script, facts: Facts) -> Reason | None:
    """The first reason this person has not heard and that holds today; None when the library is used up."""
    return next(_still_open(script, facts), None)


def used_up(script: Script, facts: Facts) -> bool:
    """Whether the script has reasons and this person has none of them left."""
    return bool(script.followup and script.followup.reasons) and next_reason(script, facts) is None


def _in_season(reason: Reason, facts: Facts) -> bool:
    """Whether a reason has begun, has not run out, and is for this person."""
    today = facts.today
    begun = today is None or (reason.starts or today) <= today <= (reason.until or today)
    return begun and holds_in(reason.when, lambda: facts.known)


# The message for the answering machine: which one, and how long it takes to say.


class VoicemailWords(Struct, frozen=True):
    """A message still with names in it, its id for the record, and its length in seconds."""

    id: str
    text: str
    seconds: float
    then: str = ""
    """The softer channel to use right after."""
    coach: str = ""


def voicemail_for(
    script: Script, facts: Facts, rates: Mapping[str, int] | None = None
) -> VoicemailWords | None:
    """The message for this try: the latest begun; several of one try are under test. None: there is none.

    A message whose condition holds (`when: promise_timing == "late"`) comes before those without one. Of a promise
    that a colleague gave none says anything: it was not the rep who "said I'd call".

    A reason the rep typed for this call is said: where the message of this try has no room for one, the first
    that has is taken.
    """
    numbered = list(enumerate(script.voicemail))
    told = replace(facts, timing="") if facts.in_their_place else facts
    holding = [(i, v) for i, v in numbered if holds_in(v.when, lambda: told.known)]
    known = [(i, v) for i, v in holding if v.when] or holding
    reached = _LAST if facts.last_attempt else facts.attempt
    begun = [(i, v) for i, v in known if _from_try(v) <= reached] or known[:1]
    if not begun:
        return None
    latest = max(_from_try(v) for _, v in begun)
    fitting = [(i, v) for i, v in begun if _from_try(v) == latest]
    if facts.values.get("reason") and not any("{{reason" in v.say for _, v in fitting):
        fitting = [(i, v) for i, v in known if "{{reason" in v.say][:1] or fitting
    chosen = pick(dict(fitting), facts.contact_id, script.experiment or script.id)
    message = script.voicemail[chosen]
    length = message.seconds or seconds_to_say(message.say, script.language, rates)
    name = message.id or f"voicemail[{chosen}]"
    return VoicemailWords(name, message.say, length, message.then, message.coach)


def _from_try(message: Voicemail) -> int:
    return _LAST if message.attempt == "last" else int(message.attempt or 0)


# Values put into texts.


class Wording(Struct, frozen=True):
    """A script, what is known about the call, and the answers so far."""

    script: Script
    facts: Facts = field(default_factory=Facts)
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def experiment(self) -> str:
        """The name under which variants are drawn."""
        return self.script.experiment or self.script.id

    def fill(self, text: str, values: Mapping[str, str] | None = None) -> Filled:
        """A text with its values: answers of this call, `values`, contact, script, inline default, team.

        When all reasons are told, sentences that need one are left out, unless nothing would be left.
        """
        if "{{" not in text:
            return Filled(text)
        filled = fill(text, self._layers(values), self.facts.defaults)
        if "reason" in filled.missing and (rest := without_sentences_of("reason", text)):
            return self.fill(rest, values)
        return filled

    def reason(self) -> Reason | None:
        """The next reason this person has not heard, its words filled in; None when there is none."""
        due = next_reason(self.script, self.facts)
        if due is None or "{{" not in due.say:
            return due
        known = (self.answers, self.facts.values, self._declared())
        return dataclasses.replace(due, say=fill(due.say, known, self.facts.defaults).text)

    def text_of(self, place: Place) -> str:
        """A line's text before its values: the variant this person hears, the voicemail of this try."""
        if place.kind == "say" and place.path == place.section == "voicemail":
            message = voicemail_for(self.script, self.facts)
            return message.text if message else ""
        step = place.step
        if place.timing:
            return self._acknowledgement(place)
        if not step.variants:
            return place.text
        chosen = step.variants[pick(step.variants, self.facts.contact_id, self.experiment)]
        return f"{chosen.text} {step.ask}".strip()

    def _acknowledgement(self, place: Place) -> str:
        """The line about a promise: the script's, but where a colleague gave it. Without a reason the sentence that
        needs one is left out, never the day agreed.
        """
        text = place.text
        if self.facts.in_their_place:
            text = OF_A_COLLEAGUE.get(base(self.script.language), {}).get(place.timing, text)
        if "reason" not in fill(text, self._layers(None), self.facts.defaults).missing:
            return text
        rest = without_sentences_of("reason", text)
        if "promised_date" in rest or (rest and "promised_date" not in text):
            return rest
        return ACKNOWLEDGE.get(base(self.script.language), {}).get(place.timing, text)

    def arm(self, place: Place) -> Edge:
        """Where a section under test goes on for this person."""
        section = self.script.section(place.path)
        variants = section.variants if section is not None else {}
        label = pick(variants, self.facts.contact_id, self.experiment)
        return next(edge for edge in place.edges if edge.label == label)

    def variant(self, graph: Graph) -> str:
        """The variants this person hears, e.g. `opener=B`; empty when nothing is under test."""
        chosen = []
        for path, place in sorted(graph.places.items()):
            if place.kind == "variants":
                chosen.append(f"{path}={self.arm(place).label}")
            elif place.step.variants:
                name = pick(place.step.variants, self.facts.contact_id, self.experiment)
                chosen.append(f"{path}={name}")
        return ";".join(chosen)

    def known(self) -> dict[str, str]:
        """What a condition may ask about: this call's answers and the contact, never a default."""
        return {**self.facts.known, **self.answers}

    def _declared(self) -> dict[str, str]:
        return {name: v.default for name, v in self.script.variables.items() if v.default}

    def _layers(self, values: Mapping[str, str] | None) -> Sequence[Mapping[str, str]]:
        due = self.reason()
        reason = {"reason": due.say} if due else {}
        told = {"attempt": str(self.facts.attempt)}
        above = (self.answers, values or {}, self.facts.values)
        return (*above, told, reason, self._declared())


# Objections: met by asking first, conceded one rung at a time (B39).


def objection_words(objection: Objection, wording: Wording | None) -> Objection:
    """The objection with its words filled in; without a wording its names stay as the script has them."""
    if wording is None:
        return objection

    def words(text: str) -> str:
        return wording.fill(text).text

    rungs = (
        dataclasses.replace(r, ask=words(r.ask), offer=words(r.offer), in_return=words(r.in_return))
        for r in objection.ladder
    )
    return dataclasses.replace(
        objection,
        ask=words(objection.ask),
        say=words(objection.say),
        proof=words(objection.proof),
        ladder=tuple(rungs),
        walk_away=words(objection.walk_away),
        coach=words(objection.coach),
    )


class Passage(Struct, frozen=True):
    """One line of meeting an objection."""

    kind: Literal["say", "ask"]
    text: str
    rung: int = -1
    """Which concession, from 0; -1 when it is none."""
    offer: str = ""
    """On a concession's question: the offer that stays dimmed until the question was asked."""
    in_return: str = ""
    then_do: str = ""
    """What the rep asks for or clears up beside the words; never read out."""


def passages(objection: Objection, wording: Wording | None) -> list[Passage]:
    """All lines of meeting an objection; without a wording its names stay as the script has them."""
    words = objection_words(objection, wording)
    lines = [Passage("ask", words.ask), Passage("say", words.say), Passage("say", words.proof)]
    for place, rung in enumerate(words.ladder):
        terms = _TERMS[bool(rung.in_return), rung.approval == "manager"]
        lines.append(Passage("ask", rung.ask, place, rung.offer))
        then_do = terms.format(in_return=rung.in_return.rstrip(". "))
        lines.append(Passage("say", rung.offer, place, in_return=rung.in_return, then_do=then_do))
    lines.append(Passage("say", words.walk_away))
    return [line for line in lines if line.text]


_TERMS = {
    (False, False): "",
    (False, True): "Your manager must agree first.",
    (True, False): "In return: {in_return}.",
    (True, True): "In return: {in_return}. Your manager must agree first.",
}
"""What a concession needs: whether something is asked in return, and whether the manager must agree."""
