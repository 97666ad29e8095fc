"""The words of one call: values put into texts, and the variant this person hears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tui.script.call.reasons import ReasonCard, next_reason
from tui.script.call.voicemail import voicemail_for
from tui.script.language.facts import Facts
from tui.script.language.graph import Edge, Graph, Place
from tui.script.language.languages import ACKNOWLEDGE, base
from tui.script.language.model import Script
from tui.script.language.variables import Filled, fill, pick, without_sentences_of


@dataclass(frozen=True, slots=True)
class Wording:
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

        When all news is told, sentences that need some are left out, unless nothing would be left.
        """
        if "{{" not in text:
            return Filled(text)
        filled = fill(text, self._layers(values), self.facts.defaults)
        if "reason" in filled.missing and (rest := without_sentences_of("reason", text)):
            return self.fill(rest, values)
        return filled

    def reason(self) -> ReasonCard | None:
        """The next reason this person has not heard, its words filled in; None when there is none."""
        due = next_reason(self.script, self.facts)
        if due is None or "{{" not in due.say:
            return due
        known = (self.answers, self.facts.values, self._declared())
        return ReasonCard(due.id, fill(due.say, known, self.facts.defaults).text, due.coach)

    def text_of(self, place: Place) -> str:
        """A line's text before its values: the variant this person hears, the voicemail of this try."""
        if place.kind == "say" and place.path == place.section == "voicemail":
            message = voicemail_for(self.script, self.facts)
            return message.text if message else ""
        step = place.step
        if place.timing:
            return self._acknowledgement(place)
        if step is None or not step.variants:
            return place.text
        chosen = step.variants[pick(step.variants, self.facts.contact_id, self.experiment)]
        return f"{chosen.text} {step.ask}".strip()

    def _acknowledgement(self, place: Place) -> str:
        """The line about a promise. Without news the sentence that needs some is left out, never the day we agreed."""
        text = place.text
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
            elif place.step is not None and place.step.variants:
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
