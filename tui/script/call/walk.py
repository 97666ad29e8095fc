"""The reader's place in a script: an immutable value the cockpit holds, moves and can store.

A walk is the script, the way in, what is known, where we are, and the moves so far. Answers, steps reached
and the suggested outcome all follow from the moves, so one step back undoes everything a move did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from msgspec import field
from msgspec.structs import replace

from tui.locale.spoken import translated
from tui.plaintext import clean
from tui.script.call.answers import ASIDE, MOVING, Move, MoveKind, Record
from tui.script.call.wording import Wording
from tui.script.language.conditions import holds_in
from tui.script.language.facts import Facts
from tui.script.language.graph import END, ENTRIES, LOOSE, NO_STEP, Entry, Place
from tui.script.language.languages import seconds_to_say
from tui.script.language.line import NOT_ASKED, NOT_ASKED_LABEL, Choice, Line, Words, answers_by
from tui.script.language.model import Script

_MOST_AHEAD = 60
"""Lines looked ahead when counting what is left."""
_MOST_DIGITS = 9


class Walk(Record, frozen=True):
    """A place in a script. Every move gives another walk and changes nothing."""

    facts: Facts = field(default_factory=Facts)

    @classmethod
    def begin(cls, script: Script, entry: Entry = "call", facts: Facts | None = None) -> Walk:
        """The first line of a way into a call. Finished at once when the script has no words for it."""
        walk = cls(script, entry, facts=facts or Facts())
        return walk._arrive(walk.graph.start)

    @property
    def wording(self) -> Wording:
        """The words of this call: fills texts that stand beside the script, e.g. the voicemail."""
        return Wording(self.script, self.facts, self.answers)

    @property
    def finished(self) -> bool:
        """Whether the script is at its end; the outcome comes next."""
        return self.place is None

    # Moves

    def on(self) -> Walk:
        """The next line. A question passed without words counts as asked."""
        place = self.place
        return self if place is None else self._move("on")._arrive(place.after)

    def back(self) -> Walk:
        """One line back, undoing what was answered there; what happened beside the script stays recorded."""
        last = next((i for i in range(len(self.trail) - 1, -1, -1) if self.trail[i].kind in MOVING), None)
        if last is None:
            return self
        beside = (move for move in self.trail[last + 1 :] if move.kind in ASIDE)
        return replace(self, at=self.trail[last].path, trail=(*self.trail[:last], *beside))

    def answer(self, digit: int) -> Walk:
        """Picks an answer by its digit; 0 is `did not ask`. Another digit changes nothing."""
        place = self.place
        if place is None or place.kind != "ask":
            return self
        if digit == NOT_ASKED:
            return self._move("unasked")._arrive(place.after)
        if not 1 <= digit <= len(place.edges):
            return self
        edge = place.edges[digit - 1]
        if place.step.type == "multi":
            return self._move("tick", edge.label)
        return self._move("answer", edge.label)._arrive(edge.target)

    def answer_text(self, text: str) -> Walk:
        """Answers in words and goes on; words equal to a given answer pick it. Blank changes nothing."""
        place, words = self.place, clean(text)
        if place is None or place.kind != "ask" or not words:
            return self
        for digit, edge in enumerate(place.edges, 1):
            if edge.label.casefold() == words.casefold():
                return self.answer(digit)
        return self._move("text", words)._arrive(place.after)

    def reworded(self, said: str, words: str) -> Walk:
        """The walk as if an answer given in words had been given in other ones; without any it was not given."""
        before, after = clean(said), clean(words)

        def again(move: Move) -> Move:
            if move.kind != "text" or move.value != before:
                return move
            return replace(move, value=after) if after else replace(move, kind="on", value="")

        return replace(self, trail=tuple(map(again, self.trail)))

    def jump(self, target: str) -> Walk:
        """Goes to a section, a branch, a step id, or `end`; an unknown name changes nothing."""
        path = self.graph.names.get(target) or (target if target in self.graph.places else "")
        return self._move("jump", target)._arrive(path) if path else self

    def heard(self, objection_id: str) -> Walk:
        """Records that the customer objected; the place stays."""
        return self._move("heard", objection_id)

    def offered(self, objection_id: str, rung: int, asked: bool) -> Walk:
        """Records that a concession was shown, and whether its question had been asked first (B39)."""
        how = "asked" if asked else "not asked"
        return self._move("offer", f"{objection_id}[{rung}] {how}")

    def told(self, name: str, words: str) -> Walk:
        """Writes down a fact for the script's name; the place stays, and every line from now on knows it."""
        return self._move("fact", f"{name}={clean(words)}")

    # What is shown

    def line(self, values: Mapping[str, str] | None = None, rates: Mapping[str, int] | None = None) -> Line:
        """What the rep sees now. `values` come before the contact's own; `rates`: words per minute by language."""
        place, wording = self.place, self.wording
        given = self.just_given().answer
        reaction = wording.fill(given.say, values).text
        done = sum(move.kind in MOVING for move in self.trail)
        if place is None:
            count, length = max(1, done), self._seconds(reaction, rates)
            tip = wording.fill(given.coach, values).text
            return Line(END, "end", "", tip, index=count, total=count, reaction=reaction, seconds=length)
        filled = wording.fill(wording.text_of(place), values)
        asks = place.kind == "ask"
        question = place.step if asks else NO_STEP
        return Line(
            path=place.path,
            kind=place.kind,
            text=filled.text,
            coach=wording.fill(" ".join(filter(None, (given.coach, place.coach))), values).text,
            answers=self._choices(place) if asks else (),
            section=place.section,
            section_title=place.heading,
            index=done + 1,
            total=done + 1 + len(self._ahead(place)),
            reaction=reaction,
            asked_before=str(self.facts.values.get(question.save, "")).strip(),
            required=question.required,
            type=question.type if asks else "",
            seconds=self._seconds(reaction, rates) + self._length(place, filled.text, rates),
            section_seconds=place.seconds,
            missing=filled.missing,
        )

    def text(self) -> str:
        """The words of the line the rep sees now; empty at the end."""
        place, wording = self.place, self.wording
        return wording.fill(wording.text_of(place)).text if place is not None else ""

    def then(self, most: int) -> tuple[str, ...]:
        """The words of the next lines while every question is passed, at most so many."""
        place, wording = self.place, self.wording
        coming = self._ahead(place)[:most] if place is not None else ()
        return tuple(wording.fill(wording.text_of(one)).text for one in coming)

    # What came of it

    @property
    def for_notes(self) -> tuple[tuple[str, str], ...]:
        """Question and answer of those without a name to be saved under: they belong in the notes."""
        filled = self.wording.fill
        return tuple((filled(question).text, answer) for question, answer in self.answered(saved=False))

    @property
    def suggested_outcome(self) -> str:
        """The outcome id the script proposes: its end, else the last answer or question that names one."""
        ending = self.graph.places.get(self.at)
        if ending is not None and ending.kind == "end":
            return ending.step.end
        return next((outcome for outcome, _ in self.suggestions() if outcome), "")

    @property
    def suggested_next(self) -> timedelta | None:
        """When the script proposes to be in touch again."""
        return next((time for _, time in self.suggestions() if time), None)

    @property
    def variant(self) -> str:
        """The variants this person hears, e.g. `opener=B`; empty when nothing is under test."""
        return self.wording.variant(self.graph)

    # To disk and back

    def to_state(self) -> dict[str, Any]:
        """A JSON-able place in the script; the facts are not in it."""
        trail = [[move.path, move.kind, move.value] for move in self.trail]
        state = {"script": self.script.id, "hash": self.script.hash, "entry": self.entry}
        return {**state, "at": self.at, "trail": trail}

    @classmethod
    def from_state(cls, script: Script, state: Mapping[str, Any], facts: Facts | None = None) -> Walk:
        """The walk as it was stored. Lines no longer in the script are passed over, never an error."""
        entry = state.get("entry")
        fresh = cls.begin(script, entry if entry in ENTRIES else "call", facts)
        known = fresh.graph.places
        trail = (Move(str(row[0]), row[1], str(row[2])) for row in state.get("trail") or () if len(row) == 3)
        kept = tuple(move for move in trail if move.path in known or move.kind in ASIDE)
        at = str(state.get("at", ""))
        if at not in known and at not in (END, LOOSE):
            at = next((move.path for move in reversed(kept) if move.path in known), fresh.at)
        return replace(fresh, at=at, trail=kept)

    # Inside

    def _length(self, place: Place, text: str, rates: Mapping[str, int] | None) -> float:
        if place.kind == "do":
            return 0.0
        return place.step.seconds or self._seconds(text, rates)

    def _seconds(self, text: str, rates: Mapping[str, int] | None) -> float:
        return seconds_to_say(text, self.script.language, rates)

    def _move(self, kind: MoveKind, value: str = "") -> Walk:
        return replace(self, trail=(*self.trail, Move(self.at, kind, value)))

    def _arrive(self, path: str) -> Walk:
        return replace(self, at=self._shown_from(path))

    def _shown_from(self, path: str) -> str:
        """The first line from here that is shown: past jumps, variants and conditions that do not hold."""
        places, wording = self.graph.places, self.wording
        seen: set[str] = set()
        while path in places and path not in seen:
            seen.add(path)
            place = places[path]
            if not self._applies(place, wording):
                path = place.next
            elif place.kind == "variants":
                path = wording.arm(place).target
            elif place.kind == "hop":
                path = place.after
            else:
                return path
        return END

    def _applies(self, place: Place, wording: Wording) -> bool:
        if place.timing and place.timing != self.facts.timing:
            return False
        # A condition nobody can read is told by the checker; on a call the line is better shown than lost.
        return holds_in(place.step.when, wording.known, unreadable=True)

    def _choices(self, place: Place) -> tuple[Choice, ...]:
        ticked = self.ticked(place.path)
        given = []
        for digit, edge in enumerate(place.edges[:_MOST_DIGITS], 1):
            key = edge.answer.hotkey
            sign, letter = key if answers_by(key) else "", key if key.isalpha() else ""
            given.append(Choice(digit, edge.label, edge.label in ticked, sign, letter))
        return (*given, Choice(NOT_ASKED, NOT_ASKED_LABEL))

    def _ahead(self, place: Place) -> list[Place]:
        """The lines after this one, while every question is passed."""
        seen, found = {place.path}, list[Place]()
        path = self._shown_from(place.after)
        places = self.graph.places
        while path in places and path not in seen and len(found) < _MOST_AHEAD:
            if places[path].kind == "end":
                break
            seen.add(path)
            found.append(places[path])
            path = self._shown_from(places[path].after)
        return found


_MOST_LINES = 8


def opening_lines(walk: Walk, rates: Mapping[str, int] | None = None) -> tuple[Line, ...]:
    """Lines from the beginning of this call to its first question, that question included.

    On a follow-up: the opener, then the line that acknowledges the promise (B33); the next reason fills
    `{{reason}}` in both. `rates`: words per minute by language.
    """
    here = Walk.begin(walk.script, walk.entry, walk.facts)
    lines: list[Line] = []
    while here.place is not None and len(lines) < _MOST_LINES:
        begins = not lines or here.place.section == lines[0].section or here.place.timing
        if not begins:
            break
        lines.append(here.line(rates=rates))
        if here.place.kind == "ask" and not here.place.timing:
            break
        here = here.on()
    return tuple(lines)


def first_words(opening: Sequence[Line]) -> tuple[Words, ...]:
    """What is said in the `opening_lines`; what is to be done stands in its place."""
    joined: list[Words] = []
    for words in (words for line in opening for words in line.words):
        if words.kind == "say" and joined and joined[-1].kind == "say":
            joined[-1] = Words("say", f"{joined[-1].text} {words.text}")
        else:
            joined.append(words)
    return tuple(joined)


def takes(lines: Sequence[Line]) -> str:
    """How long the lines take to say: `9 s`, or `4 s of 12 s` when the script gives their section more.

    Empty when nothing is said.
    """
    spoken = [line for line in lines if line.seconds]
    length = round(sum(line.seconds for line in spoken))
    if not length:
        return ""
    given = spoken[0].section_seconds if len({line.section for line in spoken}) == 1 else None
    if given and given > length:
        return translated("{length} s of {given} s").format(length=length, given=given)
    return f"{length} s"
