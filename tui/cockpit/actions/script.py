"""The script during one call: which one, where we are in it, and the words with this contact's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec.structs import replace

from tui.cockpit.actions.words import objections, script_values
from tui.cockpit.actions.words.script_values import Me, news_line
from tui.cockpit.call_view import Answer
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.view import ScriptView
from tui.cockpit.wording.answers import SITUATION_WORDS
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.scripts import Today, chosen_lines, ignored_words, troubles, why_other_words
from tui.domain.call import ScriptRef
from tui.domain.contact import Contact
from tui.domain.next_step import NextStep
from tui.domain.promise_state import PromiseState
from tui.locale.spoken import translated
from tui.plaintext import clean
from tui.script.call.answers import doubt
from tui.script.call.finding import Sought, best, by_objection
from tui.script.call.walk import Walk, first_words, opening_lines, takes
from tui.script.call.wording import (
    next_reason,
    open_reasons,
    own_reason_id,
    voicemail_for,
)
from tui.script.files.choose import Chosen
from tui.script.files.library import Library
from tui.script.files.phrases import empty_phrase
from tui.script.language.facts import Facts
from tui.script.language.graph import Entry
from tui.script.language.line import NOT_ASKED_LABEL, Choice, Line, Words
from tui.script.language.model import Script

_MOST_COMING = 6
"""So many of the lines to come are shown at most."""
_SCRIPTS = "Scripts: "
"""Before a sentence that stands among those about settings."""

Kind = Literal["say", "ask", "do", "end"]
_KINDS: dict[str, Kind] = {"say": "say", "ask": "ask", "do": "do", "end": "end"}


class ScriptReading:
    """Reads scripts for the calls."""

    def __init__(self, state: State, library: Library) -> None:
        self._state = state
        self.library = library

    # -- choosing and opening --------------------------------------------------------------------------

    def prepare(self, working: Working) -> None:
        """Choose the script of this contact and open it where the call will begin."""
        kind = self._kind(working.contact)
        working.chosen = self.choose(working.contact)
        script = working.chosen.script
        entry: Entry = "follow_up" if kind not in ("fresh", "check_in") and script.followup else "call"
        if working.direction == "in":
            entry = "they_ring_back" if script.can("they_ring_back") else entry
        working.entry = entry
        working.walk = Walk.begin(
            script, entry, self.facts(working.contact, script, working.own_reason, working.number)
        )
        reason = next_reason(script, working.walk.facts) if entry == "follow_up" else None
        working.reason_id = reason.id if reason else ""
        if working.own_reason:
            working.reason_id = own_reason_id(working.own_reason)

    def choose(self, contact: Contact) -> Chosen:
        """The script a call to this contact is read from now, and why."""
        settings = self._state.settings
        offered = script_values.was_offered(self._state.calls(contact))
        audience = replace(contact, tags=(*contact.tags, "offer")) if offered else contact
        return self.library.choose(audience, self._kind(contact), settings.assign, settings.language)

    def why(self, contact: Contact) -> tuple[str, ...]:
        """Sentences: which script this contact gets, or is being read, and which rule chose it."""
        working = self._state.working
        in_hand = working.chosen if working is not None and working.contact.id == contact.id else None
        return chosen_lines(in_hand or self.choose(contact), self._today)

    def _kind(self, contact: Contact) -> str:
        return script_values.kind_for_words(self._state.step(contact), self._state.calls(contact))

    @property
    def _today(self) -> Today:
        return Today(self._state.now, self._state.settings.zone)

    def open(self, working: Working) -> None:
        """Somebody is on the line. An inbound call opens the call-back words, not the cold opener (B16).

        Who is in no list of ours hears the words for a stranger (B17): we have no notes on them and never called.
        """
        if working.direction != "in" or working.walk is None:
            return
        script, known = working.walk.script, self._state.store.contact(working.contact.id) is not None
        if not known or not script.can("they_ring_back"):
            script = self.library.ring_back(script.language, self._state.settings.language)
        working.entry = "they_ring_back"
        working.walk = Walk.begin(
            script, "they_ring_back", self.facts(working.contact, script, number=working.number)
        )

    def own_reason(self, working: Working, text: str) -> str:
        """A reason the rep typed for this call; empty takes it back. An empty phrase gets a hint, never a no.

        What comes back is told once the reason is kept.
        """
        said = clean(text)
        working.own_reason = said
        self.prepare(working)
        if not said:
            return ""
        if hollow := empty_phrase(said):
            return notice("hollow_reason", phrase=hollow)
        return ""

    def reload(self) -> bool:
        """Take up scripts that changed on disk, only between calls, and say so; whether any did.

        A broken one keeps its last good version.
        """
        state, working = self._state, self._state.working
        if state.on_a_call:
            return False
        changes = self.library.reload()
        if not changes:
            return False
        if working:
            self.prepare(working)
        state.script_problems = self.problems()
        if changes.broken and state.script_problems:
            state.say(state.script_problems[0].removeprefix(translated(_SCRIPTS)), "warn")
        else:
            names = ", ".join((*changes.changed, *changes.added, *changes.removed))
            state.say(notice("scripts_changed", names=names))
        return True

    def problems(self) -> tuple[str, ...]:
        """What keeps scripts read so far from being used, then what calls ignore of the others: a sentence each."""
        settings = self._state.settings
        told = troubles(self.library, settings.assign, self._today)
        ignored = ignored_words(self.library, settings.check.ignore)
        return tuple(translated(_SCRIPTS) + sentence for sentence in (*told, *ignored))

    def facts(self, contact: Contact, script: Script, reason: str = "", number: str = "") -> Facts:
        """What is known about this call when the words are chosen.

        `reason` is one the rep typed; `number` the one in hand, whose clock tells the time of day.
        """
        state = self._state
        step, calls, zone = state.step(contact), state.calls(contact), state.zone(contact, number)
        owed = state.promise(contact)
        settings = state.settings
        me = Me(settings.me.name, settings.me.number, settings.me.title, settings.company)
        known = script_values.may_know_us(contact, calls, state.store.plans(contact.id))
        values = script_values.script_values(
            contact, calls, step, me, zone, state.now, script.language, owed, known_to_them=known
        )
        giver, theirs = self._giver(step, owed)
        values |= {"promised_by": giver} if giver else {}
        filled = {name: text for name, text in self._filled().items() if not values.get(name)}
        return Facts(
            contact.id,
            values | filled | ({"reason": reason} if reason else {}),
            settings.defaults_for(script.language),
            step.tries + 1,
            step.left <= 1,
            owed.spoken if owed else "",
            step.used_reasons,
            state.here.date(),
            theirs,
        )

    def _giver(self, step: NextStep, owed: PromiseState | None) -> tuple[str, bool]:
        """The name of the colleague who promised this call (empty for the rep, and for one nobody knows), and whether
        a colleague promised it, or called as was promised.
        """
        team = self._state.ranking.bounds.team
        if owed is not None and self._state.ranking.bounds.giver(step):
            return team.names.get(step.promised_by, ""), True
        return "", owed is not None and any(not team.made_by_me(call.rep) for call in owed.tries[:1])

    def walk_from(
        self, state: Mapping[str, Any], contact: Contact, reason: str = "", number: str = ""
    ) -> Walk | None:
        """The place in the script that was stored; passages that are gone since are passed over."""
        script = self.resumed(state, contact).script
        return Walk.from_state(script, state, self.facts(contact, script, reason, number))

    def resumed(self, state: Mapping[str, Any], contact: Contact) -> Chosen:
        """The script a stored call was read from, as it is in use now."""
        team = self._state.settings.language
        return self.library.resume(str(state.get("script", "")), contact.language or team, team)

    def ref(self, working: Working) -> ScriptRef:
        """Which words were used."""
        if working.walk is None:
            return ScriptRef()
        script = working.walk.script
        return ScriptRef(script.id, script.version, script.hash, working.walk.variant, working.entry)

    def reason_ids(self, working: Working) -> tuple[str, ...]:
        """Ids of all reasons of this script, used or not."""
        if working.walk is None:
            return ()
        fresh = replace(working.walk.facts, used_reasons=frozenset())
        return tuple(card.id for card in open_reasons(working.walk.script, fresh))

    # -- moving ----------------------------------------------------------------------------------------

    def on(self, working: Working) -> None:
        """The next words; an objection's words lead back to the call."""
        if working.walk is None:
            return
        if working.aside:
            objections.on(working, working.walk)
            return
        working.walk = working.walk.on()
        working.acknowledged = working.walk.acknowledged

    def back(self, working: Working) -> None:
        """One step back."""
        if working.aside:
            objections.back(working)
        elif working.walk:
            working.walk = working.walk.back()

    def answer(self, working: Working, digit: str) -> bool:
        """Answer by digit. False when that changes nothing."""
        if working.walk is None or not digit.isdecimal():
            return False
        if working.aside:
            return digit == objections.REVEAL and objections.reveal(working, working.walk)
        before = working.walk
        working.walk = before.answer(int(digit))
        return working.walk is not before

    def answer_text(self, working: Working, text: str) -> None:
        """A kept note answers an open question."""
        walk = working.walk
        if walk is None or working.aside or walk.place is None or not walk.line().open_question:
            return
        if wrong := doubt(walk.place.step, text):
            self._state.say(wrong)
        working.walk = walk.answer_text(text)

    def still_open(self, working: Working) -> str:
        """The first question the script needs an answer to that was passed without one; empty when there is none."""
        walk = working.walk
        if walk is None or not walk.unanswered:
            return ""
        return walk.wording.fill(walk.graph.places[walk.unanswered[0]].text).text

    def jump(self, working: Working, target: str) -> None:
        """To an objection or a part of the script."""
        if working.walk is None:
            return
        kind, _, name = target.partition(":")
        if kind == "objection":
            objections.begin(working, working.walk, name)
        else:
            working.aside = None
            working.walk = working.walk.jump(target)

    def search(self, working: Working, text: str) -> tuple[tuple[str, str], ...]:
        """Objections and situations that fit what they said: (target, label), the best first."""
        if working.walk is None:
            return ()
        script = working.walk.script
        met = [((f"objection:{o.id}", objections.label(o)), by_objection(o)) for o in script.objections]
        parts = [
            ((name, label), Sought((label, name.replace("_", " "))))
            for name, _ in script.sections()
            for label in (translated(SITUATION_WORDS.get(name, name.replace("_", " "))),)
        ]
        return best(text, (*met, *parts))

    # -- showing ---------------------------------------------------------------------------------------

    def view(self, working: Working) -> ScriptView:
        """The words of this moment; while it rings, all up to the first question."""
        walk = working.walk
        if walk is None:
            return ScriptView()
        if working.aside:
            return objections.view(walk, working.aside)
        rates = self._state.settings.speech.words_per_minute
        line = walk.line(rates=rates)
        message = voicemail_for(walk.script, walk.facts, rates)
        talking = bool(working.answered_at)
        lines_now = (line,) if talking else opening_lines(walk, rates)
        return ScriptView(
            title=walk.script.title,
            part=notice("line_of", place=line.index, total=line.total) if talking else "",
            kind=_KINDS[line.kind],
            said="" if line.reaction else self._said_before(walk),
            words=line.words if talking else first_words(lines_now),
            takes=takes(lines_now),
            answers=tuple(_answer(choice) for choice in line.answers),
            coach=self._coach(walk, line),
            voicemail=walk.wording.fill(message.text).text if message else "",
            voicemail_s=round(message.seconds) if message else 0,
            voicemail_tip=message.coach if message else "",
            voicemail_then=message.then if message else "",
            gatekeeper=self._gatekeeper(walk) if working.gatekeeper else (),
            asks=_asks(walk),
            then=walk.then(_MOST_COMING) if talking else (),
            at_end=walk.finished,
            problem=self._problem(working, walk.script),
        )

    def _filled(self) -> Mapping[str, str]:
        """What the rep filled in for the words scripts ask them for; it holds until they fill it in again."""
        filled: Mapping[str, str] = self._state.rep.get("filled", {})
        return filled

    def fill_in(self, working: Working, name: str, text: str) -> None:
        """Take what the rep wrote for a name the script asks for; the words on the card change at once."""
        self._state.rep["filled"] = {**self._filled(), name: clean(text)}
        self.prepare(working)

    def _coach(self, walk: Walk, line: Line) -> str:
        """Advice for the line: its own, that of the news it tells, or what they said on an earlier call."""
        if line.coach:
            return line.coach
        due = walk.wording.reason()
        if due and due.coach and walk.place is not None and "{{reason" in walk.place.text:
            return due.coach
        return notice("said_before", said=line.asked_before) if line.asked_before else ""

    def _said_before(self, walk: Walk) -> str:
        """The line just spoken, so that the rep does not lose the thread."""
        if not walk.trail or walk.finished:
            return ""
        before = walk.back().line()
        return before.text if before.kind == "say" else ""

    def _problem(self, working: Working, script: Script) -> str:
        chosen = working.chosen
        return why_other_words(chosen, self._today) if chosen and chosen.script is script else ""

    def _gatekeeper(self, walk: Walk) -> tuple[Words, ...]:
        script = self.library.with_words(walk.script, "gatekeeper", self._state.settings.language)
        return first_words(opening_lines(Walk.begin(script, "gatekeeper", walk.facts)))

    def news(self, working: Working) -> str:
        """Why this call is worth their time, for the card; a hint when none is left."""
        return news_line(working, self._state.calls(working.contact), self._state.key("ready.reason"))


def _asks(walk: Walk) -> tuple[tuple[str, str, str], ...]:
    known = walk.facts.values
    asked = (
        (name, one.about or name, known.get(name, ""))
        for name, one in walk.script.variables.items()
        if one.ask
    )
    return tuple(sorted(asked, key=lambda row: bool(row[2])))


def _answer(choice: Choice) -> Answer:
    asked = translated(NOT_ASKED_LABEL) if choice.label == NOT_ASKED_LABEL else choice.label
    label = asked + (" ✓" if choice.ticked else "") + (f" ({choice.key})" if choice.key else "")
    return Answer(str(choice.digit), label, choice.key, choice.letter)
