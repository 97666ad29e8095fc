"""Who is next: taking a contact in hand, putting a finished call away, and what lies on disk in between."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tui.cockpit.actions.dial_check import Gate
from tui.cockpit.actions.phone_state import end_line
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.actions.words import script_values
from tui.cockpit.state import free_now, saved_call
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import Run, State
from tui.cockpit.state.unit import WayBack, state_of
from tui.cockpit.view import Phase
from tui.cockpit.wording.notices import notice
from tui.dialer.protocol import Cap, DialError
from tui.domain.call import Call, ScriptRef
from tui.domain.contact import Contact
from tui.domain.ids import uuid7
from tui.domain.metrics import is_agreed, is_conversation
from tui.domain.outcome import ONE_KEY, Category, Outcome
from tui.domain.shared.same_person import SamePerson
from tui.system.readfile import expanded

KEPT_AS_FILLED = 20
"""Calls that come back at undo exactly as they were filled in, and decisions that can be taken back. Older calls come
back as they are on record, without what was typed into the forms."""


class Decision(Struct, frozen=True):
    """Something the rep decided about a person beside any call; `u` takes it back."""

    contact_id: str
    before: Mapping[str, Any] = field(default_factory=dict)
    """Values of the contact that changed, as they were; empty for a skip, which changes only the queue."""
    after: Mapping[str, Any] = field(default_factory=dict)
    """The same values as they became: what differs from them at undo was edited since, and stays."""
    cancelled: bool = False
    """A sale was cancelled, or counts again: the same once more takes that back."""
    done: str = ""
    """Id of the call whose to-do was marked as done."""
    corrected: Call | None = None
    """A call on record, as it was before it was corrected."""
    answer: str = ""
    """Id of the answer whether they are who refused, whom they look like."""
    pair: tuple[SamePerson, ...] = ()
    """What was said of two records: that they are one person, or two."""
    skip: tuple[str, ...] = ()
    """What was kept of a skip of one of many."""
    many: tuple[Decision, ...] = ()
    """What was decided about many at once, one for each."""
    thrown: Working | None = None
    """A call that was thrown away: it never happened."""


class CallOrder:
    """The order of calls."""

    def __init__(self, state: State, reading: ScriptReading) -> None:
        self._state = state
        self._reading = reading
        self.gate = Gate(state, reading)
        """What is asked before every dial."""
        self.closed: dict[str, Working] = {}
        """The last calls put away in this run of the program, as they were filled, for undo."""
        self._saved: list[str] = []
        """Ids of saved calls that can be taken back, oldest first."""
        self._decisions: list[tuple[int, Decision]] = []
        """What was decided and after how many saved calls, for undo in the order it was done."""
        state.ways_back.append(self._way_back)

    # -- taking ----------------------------------------------------------------------------------------

    def take(self, contact: Contact) -> Working:
        """A fresh working call for a contact, with any draft that waited on the card."""
        now = self._state.now
        working = Working(id=uuid7(now), contact=contact, since=now, taken_at=now)
        left = self._state.drafts.pop(contact.id, None)
        if left:
            old = saved_call.from_state(left, contact, self._state.settings.outcomes, self._reading.walk_from)
            old.settle_note()
            working.notes, working.draft, working.signals = old.notes, old.draft, old.signals
            working.own_reason = old.own_reason
        working.number = self._state.number(contact).number
        self._reading.prepare(working)
        return working

    def put_on_top(self, working: Working) -> None:
        """Make it the call in hand; what was there waits below it."""
        state = self._state
        working.came_from = state.page
        state.stack.append(working)
        state.page, state.countdown_to = None, None

    def next_contact(self) -> Contact | None:
        """Who is called next; None when nobody is left."""
        state = self._state
        recent = state.run.dialled_kinds if state.run else []
        contact_id = free_now.next_up(state, recent, {w.contact.id for w in state.stack})
        return state.store.contact(contact_id) if contact_id else None

    def show_next(self) -> None:
        """Put the next contact's card up, or go to the queue when nobody is left."""
        state, contact = self._state, self.next_contact()
        if contact is None:
            state.page = Phase.QUEUE
            state.selection.to_best()  # not on whoever was called last
            if state.run:
                text, end = state.ranking.narrowing.text, state.key("queue.recap")
                state.say(notice("nobody_else_matches" if text else "nobody_else", text=text, end=end))
            return
        state.stack.append(self.take(contact))
        state.selection.put_on(contact.id)
        state.page = None

    # -- leaving ---------------------------------------------------------------------------------------

    def leave_call(self, working: Working) -> None:
        """Put a finished call away and bring the one that waited, the next person, or the end of the session."""
        self.closed[working.id] = replace(working, notes=list(working.notes), forms=dict(working.forms))
        while len(self.closed) > KEPT_AS_FILLED:
            del self.closed[next(iter(self.closed))]
        self.saved(working.id)
        if self.take_away(working):
            self.show_next()
            self._count_down(working)

    def take_away(self, working: Working) -> bool:
        """Take a call away; True when the session wants the next person, else we are where we belong."""
        state = self._state
        state.stack.remove(working)
        self._end_serving()
        if working.came_from:
            state.page = working.came_from
            return False
        if state.stack:
            state.page = None
            return False
        run = state.run
        if run is None or run.clock.state == "ended":
            state.page = Phase.QUEUE if run is None else Phase.RECAP
            return False
        return True

    def _end_serving(self) -> None:
        """The clock that stood still for a caller runs again, unless the rep had paused it before."""
        state = self._state
        paused_by_rep = bool(state.stack) and state.stack[-1].phase is Phase.PAUSED
        if state.run and state.run.clock.state == "paused" and not paused_by_rep:
            state.run.clock.do("resume", *state.session_time)

    def _count_down(self, finished: Working) -> None:
        state = self._state
        after = state.settings.advance_after
        one_key = self.closed[finished.id].form is None and finished.direction == "out"
        quiet = state.run is not None and not state.run.clock.overtime and not finished.elsewhere
        if (
            after is None
            or Cap.STATES not in state.dialer.caps  # who dials by hand is not called for by a clock
            or not one_key
            or not quiet
            or state.working is None
            or state.working.phase is not Phase.READY
        ):
            return
        last = self.last_saved_in_memory()
        if last and last.is_ in ONE_KEY and state.can_advance and not self.gate.holds_back(state.working):
            state.working.enter(Phase.NEXT_IN, state.now)
            state.countdown_to = state.clock.monotonic() + after
            state.can_advance = False

    def last_saved_in_memory(self) -> Call | None:
        """The last call of this session."""
        run = self._state.run
        return run.calls[-1] if run and run.calls else None

    # -- counting --------------------------------------------------------------------------------------

    def count(self, working: Working, call: Call) -> None:
        """The session has one more call, and the clock goes back to between calls."""
        state = self._state
        if state.run is None or working.elsewhere or working.left_open:
            return
        reached = self._goal_reached(state.run)
        state.run.calls.append(call)
        if len(state.stack) == 1:
            state.run.clock.do("outcome", *state.session_time)
        if not reached and self._goal_reached(state.run):
            state.say(notice("goal_reached", end=state.key("ready.recap")))

    def _goal_reached(self, run: Run) -> bool:
        goal, long_enough = run.session.goal, self._state.settings.conversation_seconds
        talked = sum(is_conversation(c, long_enough) for c in run.calls) >= goal.conversations
        agreed = sum(map(is_agreed, run.calls)) >= goal.next_steps
        return (goal.conversations > 0 or goal.next_steps > 0) and talked and agreed

    def uncount(self, call: Call) -> None:
        """The session has one call less."""
        run = self._state.run
        if run:
            run.calls = [c for c in run.calls if c.id != call.id]
        self._saved = [one for one in self._saved if one != call.id]

    def saved(self, call_id: str) -> None:
        """A call or a message is on disk: `u` takes it back before anything older."""
        self._saved.append(call_id)

    def _way_back(self) -> WayBack:
        closed, saved, decisions = dict(self.closed), list(self._saved), list(self._decisions)

        def back() -> None:
            self.closed, self._saved, self._decisions = closed, saved, decisions

        return back

    def last_saved(self) -> Call | None:
        """The last call that can still be taken back."""
        for call_id in reversed(self._saved):
            call = self._state.store.call(call_id)
            if call and not call.voided_at:
                return call
        return None

    @property
    def can_undo(self) -> bool:
        """Whether a decision or a call can still be taken back."""
        return self.is_decision_last or self.last_saved() is not None

    def remember_saved(self, calls: list[Call]) -> None:
        """Calls of a session restored from disk can be taken back too."""
        self._saved = [c.id for c in calls if not c.voided_at]

    # -- deciding --------------------------------------------------------------------------------------

    def decided(self, decision: Decision) -> None:
        """Remember a skip, a stop or a hand-over, so that `u` takes it back first."""
        self._decisions.append((len(self._saved), decision))
        del self._decisions[:-KEPT_AS_FILLED]

    @property
    def is_decision_last(self) -> bool:
        """Whether a decision came after the last saved call."""
        return bool(self._decisions) and self._decisions[-1][0] >= len(self._saved)

    @property
    def pair_last(self) -> tuple[SamePerson, ...]:
        """What was said of two records, when that is the last decision."""
        return self._decisions[-1][1].pair if self.is_decision_last else ()

    @property
    def many_last(self) -> tuple[Decision, ...]:
        """What was decided about many at once, when that is the last decision."""
        return self._decisions[-1][1].many if self.is_decision_last else ()

    def last_decision(self) -> Decision:
        """The last decision, no longer remembered."""
        return self._decisions.pop()[1]

    def script_ref(self, working: Working) -> ScriptRef:
        """Which words were on the screen during a call."""
        return self._reading.ref(working)

    def put_by(self, stack: list[Working]) -> None:
        """Calls that a session leaves unfinished: those made are asked for later, words for others wait on the card."""
        for working in stack:
            if working.was_made:
                self.ask_later(working)
            elif not working.correcting and (working.has_work or working.own_reason):
                self._state.drafts[working.contact.id] = state_of(self._state, working)

    def ask_later(self, working: Working) -> None:
        """This call has no outcome yet: the next start asks for it."""
        if not working.left_open:
            run = self._state.run
            working.left_open, working.over_at = True, working.over_at or self._state.now
            working.session_id = run.session.id if run and not working.elsewhere else None
        self._state.left_open[working.id] = state_of(self._state, working)

    async def hang_up(self, working: Working, outcome: Outcome) -> None:
        """Let go of the line of a call that is over; a voicemail may be left by a recorded message first."""
        line, working.line = working.line, ""
        if not line:
            return
        recorded = self._message(working) if outcome.is_ is Category.VOICEMAIL else None
        if not recorded:
            await end_line(self._state, line)
            return
        try:
            await self._state.dialer.play_voicemail(line, recorded)
        except DialError as error:
            self._state.say(str(error), "error")

    def _message(self, working: Working) -> Path | None:
        """The rep's recorded message, where the dialer can play it and this person has agreed to recorded ones."""
        state = self._state
        wav = state.settings.softphone.get("voicemail", "")
        agreed = script_values.agreed(working.contact, "voicemail_consent")
        if not wav or not agreed or Cap.VOICEMAIL not in state.dialer.caps:
            return None
        return expanded(wav) if working.answered_at else None
