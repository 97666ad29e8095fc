"""The next start: what a killed program left comes back, and a call left open too long ago is asked for first.

A crash, a closed window or an empty battery may end the program in the middle of a call. Within half an hour the rep
is back at the same word. Later the session is over, but the call was made: how it went is asked before anything
else, what is answered counts for the day of the call, and a call that never happened can be thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.clock import seconds_between
from tui.cockpit.state import saved_call
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import Run, State
from tui.cockpit.state.stored import FAILED_TWICE, GONE, PutAside, page, sentence
from tui.cockpit.view import Phase
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.dialer.protocol import Cap
from tui.domain.contact import Contact
from tui.domain.day_words import day_name
from tui.domain.session import Session, SessionClock, recover
from tui.storage.documents import contact_from_document

FORGET_AFTER = timedelta(minutes=30)
"""A session nobody came back to for so long is closed."""


class Restart:
    """What lay on disk when the program ended, in hand again."""

    def __init__(self, state: State, flow: CallOrder, reading: ScriptReading) -> None:
        self._state = state
        self._flow = flow
        self._reading = reading
        self._dead_s: dict[str, float] = {}
        """By call: the seconds between the last sign of the program on disk and this start, where they were talking."""

    def bring_back(self, look: Callable[[], object], *, distrust: bool) -> tuple[dict[str, float], str]:
        """The lines that were up, each with the seconds its talk was left alone, and what was put aside, as a
        sentence; all else is in hand again, or asked for.

        `look` paints what was brought back, to find what nobody can show. `distrust`: nothing comes back. Raises
        `StoreError` when something has to be put aside and cannot be written down.
        """
        state, stored = self._state, self._state.stored
        if distrust:
            self._give_up(FAILED_TWICE)
        try:
            self._restore()
            lines = {one.line: self._dead_s.get(one.id, 0.0) for one in state.stack if one.line}
            look()
        except Exception as error:  # whatever a value does that no look at it foresaw
            self._give_up(type(error).__name__)
            lines = {}
        if not stored.aside:
            return lines, ""
        where = state.store.put_aside(page("aside_page", stored.aside, state.store, state.now), state.now)
        self._end_session()
        return lines, sentence(stored.aside, state.store, where) if where else ""

    def _restore(self) -> None:
        """Bring back the session and the calls in hand; what is too old is asked for, or waits on its card."""
        state, running = self._state, self._state.stored.running
        if running:
            saved = datetime.fromisoformat(running["saved_at"])
            session = state.stored.session(state.store, running["session"])
            if state.now - saved > FORGET_AFTER:
                self._take_old(running, session, saved)
            else:
                self._take_fresh(running, session, saved)
        if not state.stack:
            self._ask_left_open()

    # -- a moment ago ------------------------------------------------------------------------------------

    def _take_fresh(self, running: Mapping[str, Any], session: Session | None, saved: datetime) -> None:
        state = self._state
        if session and session.ended_at is None:
            self._restore_session(session, running)
        for kept in running["stack"]:
            if contact := self._contact(kept):
                state.stack.append(one := self._working(kept, contact))
                if one.answered_at and not one.over_at:
                    self._dead_s[one.id] = seconds_between(saved, state.now) or 0.0
                    one.dead_s += self._dead_s[one.id]
            elif kept["notes"] or kept["draft"] or kept["dials"]:
                state.stored.aside.append(PutAside("running", GONE, kept))
        working = state.working
        was_on_queue = running.get("place") == Phase.QUEUE and not (working and working.has_work)
        state.page = Phase.QUEUE if working is None or was_on_queue else None
        if was_on_queue:
            return
        if state.working and state.working.left_open:
            self._say_why_it_is_asked(state.working)
        elif state.working:
            name = card.name_of(state.working.contact).split()[0]
            no_length = state.working.has_no_length(state.now)
            state.say(notice("back_with_no_length" if no_length else "back_with", name=name))

    def _restore_session(self, session: Session, running: Mapping[str, Any]) -> None:
        state = self._state
        clock, _ = recover(running["clock"], session.pauses, state.now.timestamp())
        calls = [
            c
            for c in state.store.calls(since=session.started_at)
            if c.session_id == session.id and not c.voided_at
        ]
        state.run = Run(session, clock, calls, list(running.get("kinds", ())), on_disk=session)
        self._flow.remember_saved(calls)

    # -- long ago ----------------------------------------------------------------------------------------

    def _take_old(self, running: Mapping[str, Any], session: Session | None, saved: datetime) -> None:
        """The session is over. A call that was made is left open; words for one that was not wait on the card."""
        waits = False
        for state in running["stack"]:
            if saved_call.was_made(state):
                self._state.left_open[state["id"]] = {
                    **state,
                    "left_open": True,
                    "session_id": state.get("session_id") or running["session"],
                    "over_at": state["over_at"] or running["saved_at"],
                }
            elif state.get("correcting"):
                continue  # the record stands as it is
            elif state["notes"] or state["draft"] or state.get("own_reason"):
                self._state.drafts[state["contact_id"]] = state
                waits = True
        if session and session.ended_at is None:
            spent = SessionClock.from_state(running["clock"], session.pauses).spent
            self._state.abandoned = (replace(session, ended_at=saved, state="abandoned", spent=spent),)
        if waits:
            self._state.say(notice("session_ended"))

    def _ask_left_open(self) -> None:
        """Put the calls left open on the state, the oldest on top: nothing else comes first."""
        for call_id, state in sorted(self._state.left_open.items(), key=lambda item: item[1]["taken_at"]):
            if contact := self._contact(state):
                self._state.stack.insert(0, self._left_open(state, contact))
            else:
                self._state.stored.aside.append(PutAside(f"left_open.{call_id}", GONE, state))
            del self._state.left_open[call_id]
        if self._state.working:
            self._state.page = None
            self._say_why_it_is_asked(self._state.working)

    def reopen(self, call_id: str) -> bool:
        """Ask for a call that waits, because the rep wants to. False when no such call waits."""
        state = self._state.left_open.get(call_id)
        contact = self._contact(state) if state else None
        if state and contact:
            del self._state.left_open[call_id]
            self._flow.put_on_top(self._left_open(state, contact))
        return state is not None

    def _left_open(self, state: Mapping[str, Any], contact: Contact) -> Working:
        working = self._working(state, contact)
        if working.form:
            working.forms[working.form.outcome.id] = working.form
            working.highlighted, working.form = working.form.outcome.id, None
        if Cap.STATES not in self._state.dialer.caps:
            working.line = ""  # only a softphone knows whether a line outlived the program
        working.before_pause = working.came_from = None
        working.enter(Phase.CALL_OVER, self._state.now)
        return working

    # -- what cannot be brought back ---------------------------------------------------------------------

    def _give_up(self, why: str) -> None:
        """Nothing that lay on disk comes back: all of it is put aside, and the queue opens."""
        state = self._state
        state.stored.give_up(why)
        state.stack, state.run, state.page, state.notice = [], None, Phase.QUEUE, None
        state.left_open.clear()
        state.ringing.clear()

    def _end_session(self) -> None:
        """A session whose state was put aside is over: it ended with the last that is on record of it."""
        for one in self._state.stored.aside:
            if one.place == "running" and one.why != GONE and isinstance(one.value, Mapping):
                session = self._state.stored.session(self._state.store, one.value.get("session"))
                if session and session.ended_at is None:
                    calls = self._state.store.calls(since=session.started_at)
                    ended = max(
                        session.started_at,
                        session.edited_at or session.started_at,
                        *(call.at for call in calls if call.session_id == session.id),
                    )
                    self._state.abandoned = (replace(session, ended_at=ended, state="abandoned"),)

    # -- both --------------------------------------------------------------------------------------------

    def _contact(self, state: Mapping[str, Any]) -> Contact | None:
        """The person as they are now; a caller nobody knows is in no list yet and comes from the state itself."""
        stranger = state.get("stranger")
        found = self._state.store.contact(state["contact_id"])
        return found or (contact_from_document(stranger) if stranger else None)

    def _working(self, state: Mapping[str, Any], contact: Contact) -> Working:
        working = saved_call.from_state(
            state, contact, self._state.settings.outcomes, self._reading.walk_from
        )
        working.measure_from(self._state.now)
        working.chosen = self._reading.resumed(state["walk"], contact) if state["walk"] else None
        return working

    def _say_why_it_is_asked(self, working: Working) -> None:
        ours = ZoneInfo(self._state.settings.zone)
        day = day_name(working.happened_at(self._state.now).astimezone(ours).date(), self._state.here.date())
        no_length = working.has_no_length(self._state.now)
        self._state.say(notice("stopped_during_no_length" if no_length else "stopped_during", day=day))
