"""During the call: the note line, answers, the next words, signals, and what they said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tui.cockpit.actions.action import action, call_action
from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.outcome import read_at
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.actions.words import objections
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL, Phase, View
from tui.cockpit.wording.notices import notice
from tui.domain.call import Note
from tui.plaintext import clean, clean_lines
from tui.script.call.told import Fact, facts_of
from tui.script.files.suggestions import Suggestion, append

SIGNALS = frozenset("+-")
NO_BUY_LIMIT = 2


class Conversation:
    """What the rep does while talking."""

    def __init__(
        self, state: State, flow: CallOrder, reading: ScriptReading, suggestions: Path | None = None
    ) -> None:
        self._suggestions = suggestions
        self._state = state
        self._flow = flow
        self._reading = reading

    def _talking(self) -> Working | None:
        working = self._state.working
        return working if working and working.phase is Phase.TALKING else None

    def _told(self) -> Working | None:
        """The call that a line typed in a talk belongs to: they may have hung up while it was typed."""
        working = self._state.working
        return working if working and working.phase in (Phase.TALKING, Phase.CALL_OVER) else None

    def _on_card(self) -> Working | None:
        working = self._state.working
        return working if working and working.phase in BEFORE_A_DIAL else None

    async def type_note(self, text: str) -> View:
        """What stands in the note line now; on disk within the autosave time.

        Painted only when the line is no longer what is on the disk: it is typed much faster than it changes a screen.
        """
        state, working, was_saved = self._state, self._state.working, not self._state.dirty
        if working and working.draft != (cleaned := clean_lines(text)):
            working.draft = cleaned
            working.keys += 1
            state.edited()
        return state.paint() if was_saved and state.dirty else state.view

    @action
    async def keep_note(self) -> None:
        """Keep the note line; it also answers an open question. One that was kept before stays at its place and time,
        and goes when the line was emptied.
        """
        working = self._talking()
        if working is not None and working.changing is not None:
            working.reword(working.changing, working.draft.strip())
            working.changing, working.draft = None, ""
            return
        if working is None or not working.draft.strip():
            return
        text, working.draft = working.draft.strip(), ""
        working.notes.append(Note(self._state.now, text))
        self._reading.answer_text(working, text)

    @action
    async def change_note(self, step: int) -> None:
        """Bring a kept note back onto the line: the one before (-1) or after; after the last, an empty line."""
        working = self._talking()
        if working is None or not working.notes:
            return
        if working.changing is None and (step > 0 or working.draft.strip()):
            if step < 0:
                self._state.say(notice("keep_note_first"))
            return
        place = (len(working.notes) if working.changing is None else working.changing) + step
        working.note_at(max(place, 0) if place < len(working.notes) else None)
        working.keys += 1

    @action
    async def reword(self, place: int, words: str) -> None:
        """Other words for a kept note of this talk; none remove it. It stays at its place and time."""
        working = self._told()
        if working is not None and place < len(working.notes):
            working.reword(place, clean_lines(words))
            working.keys += 1

    @action
    async def set_notes(self, call_id: str, notes: Sequence[str], new: str, made_at: str = "") -> None:
        """After the call: other words for the kept notes, an empty one removes a note; and one more."""
        working = self._state.working
        if working is None or working.id != call_id or working.phase is not Phase.CALL_OVER:
            self._state.say(notice("another_call_in_hand"), "warn")
            return
        if not self._set_time(working, made_at):
            return
        for place in reversed(range(len(notes))):
            if (
                place < len(working.notes)
                and (words := clean_lines(notes[place])) != working.notes[place].text
            ):
                working.reword(place, words)
        working.draft = ""
        if words := clean_lines(new):
            working.notes.append(Note(self._state.now, words))

    def _set_time(self, working: Working, made_at: str) -> bool:
        """Another time for a call on record whose time no line knows; False, and why, when it is none."""
        if not made_at or not working.correcting:
            return True
        state = self._state
        read = read_at(made_at, state.here, state.settings.zone)
        if read is None or read.at > state.now:
            state.say(notice("time_to_come" if read else "no_time", typed=made_at), "warn")
            return False
        if read.at != working.happened_at(state.now).replace(second=0, microsecond=0):
            working.started_at = read.at
            if read.moved:
                state.say(read.moved)
        return True

    @action
    async def answer(self, digit: str) -> None:
        """Give the answer behind a digit; 0 is `did not ask`."""
        working = self._talking()
        if working and self._reading.answer(working, digit):
            working.keys += 1

    @action
    async def step_on(self) -> None:
        """The next words."""
        await self._step(self._reading.on, notice("last_line", over=self._state.key("talking.over")))

    @action
    async def step_back(self) -> None:
        """One step back."""
        await self._step(self._reading.back, notice("first_line"))

    async def _step(self, move: Callable[[Working], None], at_the_end: str) -> None:
        """Move in the script; where there is nothing further, say so."""
        if working := self._talking():
            before = working.walk, working.aside
            move(working)
            if before == (working.walk, working.aside):
                self._state.say(at_the_end)

    @action
    async def jump(self, target: str) -> None:
        """To an objection, a situation or a section."""
        if working := self._talking():
            self._reading.jump(working, target)

    def search(self, text: str) -> tuple[tuple[str, str], ...]:
        """Objections, situations and sections that fit what they said: (target, label)."""
        return self._reading.search(self._state.working, text) if self._state.working else ()

    @action
    async def set_reason(self, text: str) -> None:
        """A reason of the rep's own for the call on the card."""
        working = self._on_card()
        if working and (hint := self._reading.own_reason(working, text)):
            self._state.say(hint)

    @action
    async def fill_in(self, name: str, text: str) -> None:
        """What the rep writes for a name that the script asks them for, while the card is on the screen."""
        if working := self._on_card():
            self._reading.fill_in(working, name, text)

    @action
    async def signal(self, sign: str) -> None:
        """Tag a buying (`+`) or no-buy (`-`) signal with one key (B51)."""
        working = self._talking()
        if working is None or sign not in SIGNALS:
            return
        working.signals.append(sign)
        no_buy = "signal_no_buy_again" if working.signals.count("-") >= NO_BUY_LIMIT else "signal_no_buy"
        self._state.say(notice(no_buy if sign == "-" else "signal_buying"))

    def facts(self) -> tuple[Fact, ...]:
        """What the script may be told now: its names with what they mean and their values by now."""
        working = self._told()
        return facts_of(working.walk) if working and working.walk else ()

    @action
    async def tell_fact(self, name: str, text: str) -> None:
        """Write down a fact for a name of the script: the lines know it from now on, and the contact keeps it."""
        working = self._told()
        if working and working.walk and name in {fact.name for fact in self.facts()}:
            working.walk = working.walk.told(name, text)
            said = clean(text)
            self._state.say(
                notice("fact_kept", name=name, said=said) if said else notice("fact_gone", name=name)
            )

    @call_action
    async def suggest(self, text: str) -> None:
        """Keep a rep's own words for the line on the screen, for the trainer to read beside it."""
        if words := clean(text, 2000):
            await self._for_the_trainer(words, unfit=False)

    @call_action
    async def nothing_fitted(self, text: str) -> None:
        """Keep for the trainer that nothing of the script fitted at this line; `text`: what they said, may be empty."""
        await self._for_the_trainer(clean(text, 2000), unfit=True)

    async def _for_the_trainer(self, words: str, *, unfit: bool) -> None:
        working = self._state.working
        walk = working.walk if working else None
        if working is None or walk is None or (walk.place is None and not working.aside and not unfit):
            return
        if self._suggestions is None:
            self._state.say(notice("suggestions_homeless"), "warn")
            return
        path, old = walk.at, walk.wording.text_of(walk.place) if walk.place is not None else ""
        if working.aside:
            path, old = objections.words_of(walk, working.aside)
        line = Suggestion(
            walk.script.id,
            path,
            old,
            words,
            self._state.now.isoformat(),
            str(self._state.rep.get("id", "")),
            unfit,
        )
        try:
            await self._state.disk.run(append, self._suggestions, line)
        except OSError as error:
            self._state.say(notice("suggestion_lost", problem=error.strerror), "error")
            return
        self._state.say(notice("unfit_kept" if unfit else "suggestion_kept"))
