"""How a line ended, and which outcome that suggests. The rep may always choose another one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tui.cockpit.actions.action import action, call_action
from tui.cockpit.actions.do_not_call import DoNotCall
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.actions.phone_controls import PhoneControls
from tui.cockpit.actions.phone_state import HAS_HANG_UP, PhoneLine, end_line, is_watched, line_ended_at
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL, LINE_OPEN, Phase
from tui.cockpit.wording import card, saved
from tui.cockpit.wording.notices import notice
from tui.dialer.protocol import CallEvent, CallState, Cap, Cause, DialError
from tui.domain.day_words import full_date
from tui.domain.history import DAYS, UNKNOWN, days_unknown, dials_of, knows_none
from tui.domain.outcome import Category
from tui.phone import parse

CAUSE_OUTCOME = {
    Cause.BUSY: Category.NO_ANSWER,
    Cause.NO_ANSWER: Category.NO_ANSWER,
    Cause.DECLINED: Category.NO_ANSWER,
    Cause.VOICEMAIL_LEFT: Category.VOICEMAIL,
}
"""What the line said, and the category it suggests."""


class LineEnd:
    """Suggests outcomes, and says what a network means that does not know a number."""

    def __init__(self, state: State) -> None:
        self._state = state

    def outcome(self, working: Working, event: CallEvent) -> str:
        """Id of the outcome that the end of this call's line suggests; empty when it suggests none."""
        if working.answered_at or event.cause is None:
            return ""
        wanted = CAUSE_OUTCOME.get(event.cause)
        if event.cause is Cause.BAD_NUMBER:
            wanted = self._of_unknown(working, event.detail)
        return next((o.id for o in self._state.settings.outcomes if o.is_ is wanted), "")

    def _of_unknown(self, working: Working, said: str) -> Category:
        state = self._state
        session = dials_of(state.run.calls) if state.run else []
        if knows_none([*session, *working.dials]):
            state.say(notice("numbers_unknown"), "warn")
            return Category.NO_ANSWER
        days, today = self._days_unknown(working), state.here.date()
        earlier = [full_date(day, today) for day in days if day != today]
        again = notice("number_unknown_again", said=said, day=earlier[-1]) if earlier else ""
        state.say(again or notice("number_unknown", said=said))
        return Category.WRONG_NUMBER if len(days) >= DAYS else Category.NO_ANSWER

    def _days_unknown(self, working: Working) -> tuple[date, ...]:
        """Days on which the network did not know the number in hand, today included."""
        state, number = self._state, working.number
        theirs = (dial for dial in dials_of(state.calls(working.contact)) if dial.number == number)
        first = next((dial.started_at for dial in theirs if dial.cause == UNKNOWN), None)
        others = state.store.calls(since=first - timedelta(days=1)) if first else ()
        return days_unknown(number, [*dials_of(others), *working.dials], state.settings.zone)


MAY_RING_AGAIN = frozenset({Phase.DIALLING, Phase.RINGING, Phase.CALL_OVER})


class CallActions:
    """Dial, answered, over, hang up: the phone line of the call in hand."""

    def __init__(
        self,
        state: State,
        flow: CallOrder,
        reading: ScriptReading,
        phone_line: PhoneLine,
        never: DoNotCall,
        phone: PhoneControls,
    ) -> None:
        self._state = state
        self._never = never
        self._phone_line = phone_line
        self.phone = phone
        self._flow = flow
        self._reading = reading
        self.gate = flow.gate
        self._quiet_notice = 0
        """Id of the notice about a line on which nothing is heard; it goes once something is."""
        self._ending = LineEnd(state)
        self._early: list[CallEvent] | None = None
        """What the line said while it was still being dialled: a busy line answers before its id is known."""

    @call_action
    async def dial(self) -> None:
        """Call the person on the card."""
        if self._state.in_hand.phase in BEFORE_A_DIAL:
            await self.call_number()

    async def call_number(self, number: str = "", *, sure: bool = False) -> None:
        """Call the number (by default the one on the card). Says why when it must not or cannot.

        Every path to the phone ends here: the gate is asked, after a look at refusals from outside. `sure`: answered.
        """
        state, working = self._state, self._state.in_hand
        await self._never.take_up()
        await self._never.sharing.before_a_dial()
        if state.working is not working:
            return  # while that was written somebody called
        number = number or working.number
        if not self.gate.lets_through(working, number, sure=sure):
            return
        state.ask = None
        if working.line and not await end_line(state, working.line):
            return
        try:
            self._early = []
            dialled = await self.phone.dial(working, number)
        except DialError as error:
            self._early = None
            state.say(str(error), "error")
            return
        self._rung(working, number, dialled.call_id)
        if dialled.said:
            state.say(dialled.said)
        early, self._early = self._early or [], None
        for event in early:
            await self.heard(event)

    async def sounds_good(self, number: str) -> None:
        """Headset and room are fine for today: call (B43)."""
        self._state.rep["sound_checked"] = str(self._state.here.date())
        if self.gate.is_about_the_call_in_hand:
            await self.call_number(number)

    async def anyway(self, number: str) -> None:
        """The rep read what speaks against it and calls all the same."""
        if self.gate.is_about_the_call_in_hand:
            await self.call_number(number, sure=True)

    async def override(self, number: str, reason: str) -> None:
        """Call once although the law forbids it; the rule and the reason stay with the call."""
        if self.gate.is_about_the_call_in_hand and self.gate.override(self._state.in_hand, number, reason):
            await self.call_number(number)

    async def dial_by_itself(self) -> None:
        """The countdown is over: call, unless something has to be said first; then the card waits for a key.

        It waits, too, while somebody calls us: they are not answered by a phone that dials.
        """
        working = self._state.in_hand
        self.show_ready(working)
        calls_us = any(event.state is CallState.INCOMING for event in self._state.dialer.open_calls())
        if not calls_us and not self.gate.holds_back(working):
            await self.call_number()

    def stop_countdown_if_refused(self) -> None:
        """Whoever refused, or whom a colleague has got, meanwhile is not counted down to; the rep is told why."""
        working = self._state.working
        if working is None or working.phase is not Phase.NEXT_IN:
            return
        if refused := self.gate.refused(working, working.number):
            self.show_ready(working)
            self._state.say(refused, "warn")

    def show_ready(self, working: Working) -> None:
        """The card waits for a key."""
        working.enter(Phase.READY, self._state.now)
        self._state.page, self._state.countdown_to = None, None

    def _rung(self, working: Working, number: str, line: str) -> None:
        state = self._state
        first, moved = not working.dials, number != working.number
        working.ring(number, line, state.now)
        if moved and working.answered_at is None:
            self._reading.prepare(working)  # another clock: the words name the time of day
        if first and state.run:
            state.run.dialled_kinds.append(state.step(working.contact).kind)
        if state.run:
            state.run.clock.do("dial", *state.session_time)
        working.over_at = None
        working.enter(Phase.DIALLING if is_watched(state, working) else Phase.RINGING, state.now)
        state.page, state.countdown_to = None, None

    @call_action
    async def other_number(self, step: int = 1) -> None:
        """Go to another of the person's numbers; while a line is up, call it: it stays the same attempt."""
        working = self._state.in_hand
        contact = self._state.ranking.bounds.may_call.marked(working.contact)
        numbers = [n.e164 for n in contact.dial_order]
        if len(numbers) < 2:
            by_hand = self._state.key("ready.by_hand")
            self._state.say(notice("no_other_number", name=card.name_of(working.contact), by_hand=by_hand))
            return
        place = numbers.index(working.number) if working.number in numbers else -1
        number = numbers[(place + step) % len(numbers)]
        if working.phase in BEFORE_A_DIAL:
            working.number = number
            self._reading.prepare(working)
        elif working.phase in MAY_RING_AGAIN:
            await self.call_number(number)

    @call_action
    async def call_again(self) -> None:
        """Cut off: call the same number again; it stays the same attempt."""
        working = self._state.in_hand
        if working.phase in MAY_RING_AGAIN and working.can_be_called_again:
            await self.call_number()

    @call_action
    async def dial_by_hand(self, text: str) -> None:
        """Call a number the rep typed, and keep it with the contact's attempt."""
        working, parsed = self._state.in_hand, parse(text, self._state.settings.region)
        if not parsed.e164:
            self._state.say(notice("not_a_number", typed=text, problem=parsed.problem), "warn")
        elif working.phase in BEFORE_A_DIAL | MAY_RING_AGAIN:
            await self.call_number(parsed.e164)

    @call_action
    async def answered(self) -> None:
        """Somebody answered: the script opens."""
        state, working = self._state, self._state.in_hand
        if working.phase not in (Phase.DIALLING, Phase.RINGING):
            return
        working.answer(state.now)
        self._reading.open(working)
        self._talk(working)

    def _talk(self, working: Working) -> None:
        state = self._state
        working.enter(Phase.TALKING, state.now)
        state.page = None
        if state.run and not working.over_at:
            state.run.clock.do("answer", *state.session_time)

    @call_action
    async def over(self) -> None:
        """The call is over, or the rep wants all outcomes; nothing is hung up or logged yet."""
        state, working = self._state, self._state.in_hand
        if working.phase not in (Phase.DIALLING, Phase.RINGING, Phase.TALKING):
            return
        if working.phase is Phase.TALKING:
            working.over_at = line_ended_at(state, working) or state.now
            if state.run:
                state.run.clock.do("hangup", *state.session_time)
            if question := self._reading.still_open(working):
                state.say(notice("still_unanswered", question=question, back=state.key("call_over.back")))
        working.enter(Phase.CALL_OVER, state.now)

    @action
    async def hang_up(self) -> None:
        """End what is up, when the dialer can: the line of this call, else whatever stands on no card."""
        state = self._state
        on_card = state.working if state.page is not Phase.QUEUE else None
        for line in self.to_hang_up(on_card):
            await end_line(state, line)

    def to_hang_up(self, working: Working | None) -> tuple[str, ...]:
        """The lines that the key to hang up ends at this call, or on the queue; empty when it has nothing to do."""
        if working is not None and working.line:
            return (working.line,) if Cap.HANG_UP in self._state.dialer.caps else ()
        if working is not None and working.phase not in HAS_HANG_UP:
            return ()
        return tuple(event.call_id for event in self._phone_line.loose())

    @call_action
    async def back(self) -> None:
        """Back from the outcomes to the call; nothing was logged."""
        state, working = self._state, self._state.in_hand
        if working.phase is not Phase.CALL_OVER:
            return
        match working.back_leads:
            case "later":
                await self._ask_later(working)
            case "talking":
                # On a line that is down nobody talks; its words are read again.
                working.over_at = line_ended_at(state, working)
                self._talk(working)
            case "ringing":
                working.enter(Phase.RINGING, state.now)
            case "corrected" | "away":
                await self._leave_unmade(working)
            case "stays":
                state.say(notice("attempt_counts", name=card.name_of(working.contact)))

    async def _ask_later(self, working: Working) -> None:
        """A call left open stays open: the next start asks for it again."""
        self._flow.ask_later(working)
        if self._flow.take_away(working):
            self._flow.show_next()
        self._state.say(notice("asked_later", name=card.name_of(working.contact)))

    @call_action
    async def throw_away(self) -> None:
        """The call in hand never happened: nothing of it goes on record; undo brings it back."""
        state, working = self._state, self._state.in_hand
        if working.phase is not Phase.CALL_OVER or not working.may_not_have_happened:
            state.say(notice("not_to_throw_away"))
            return
        async with state.change() as change:
            if self._flow.take_away(working):
                self._flow.show_next()
            self._flow.decided(Decision(working.contact.id, thrown=working))
        if not change.is_saved:
            return
        state.say_saved(saved.thrown_away(working.contact))
        if working.line:
            await end_line(state, working.line)

    async def _leave_unmade(self, working: Working) -> None:
        """Esc puts away a call that was made elsewhere, is being corrected, or never got through."""
        state = self._state
        state.stack.remove(working)
        state.page = working.came_from or (None if state.stack else Phase.QUEUE)

    async def adopt(self, lines: Mapping[str, float]) -> None:
        """After a restart: of the lines that were up, one that is gone is over, one that outlived the crash goes on.

        They talked on without the program then: `lines` has the seconds that were taken for none.
        """
        if Cap.STATES not in self._state.dialer.caps:
            return
        up = self._state.dialer.open_calls()
        alive = {event.call_id for event in up}
        for event in up:
            await self.heard(event)
        gone = lines.keys() - alive
        for working in self._state.stack:
            working.dead_s -= lines.get(working.line, 0.0) if working.line in alive else 0.0
            if working.line in gone and working.phase in LINE_OPEN:
                await self._ended(working, CallEvent(working.line, CallState.ENDED, cause=Cause.LOST))
            elif working.line in gone:
                working.line = ""
        ours = {working.line for working in self._state.stack}
        for event in (one for one in self._phone_line.loose() if one.call_id not in ours):
            # Nobody could note how it went, and nobody would hear that it is up.
            if await end_line(self._state, event.call_id):
                self._state.say(notice("loose_call_ended"), "warn")

    # -- what the line says ----------------------------------------------------------------------------

    async def heard(self, event: CallEvent) -> None:
        """A change of state on the line; keys are ignored for a moment after it."""
        if event.recordings:
            self._state.say(notice("call_recorded", folder=event.recordings[0].parent))
        working = next((w for w in self._state.stack if w.line and w.line == event.call_id), None)
        if working is None:
            if self._early is not None and event.outgoing:
                self._early.append(event)
            elif event.cause is Cause.UNASKED:
                self._state.say(event.detail, "warn")
            return
        if not event.quiet_s:
            self._no_longer_quiet()
        if event.state is CallState.ENDED:
            await self._ended(working, event)
        elif event.quiet_s:
            self._say_quiet(event)
        elif event.state is CallState.RINGING and working.phase is Phase.DIALLING:
            self._unasked(working, Phase.RINGING)
        elif event.state is CallState.CONNECTED and working.phase in (Phase.DIALLING, Phase.RINGING):
            working.answer(self._state.now)
            self._reading.open(working)
            self._talk(working)
            self._unasked(working, Phase.TALKING)

    def _say_quiet(self, event: CallEvent) -> None:
        """Told and asked: the network may still find the phone, and they may still be there."""
        key, seconds = self._state.key("ringing.hang_up"), round(event.quiet_s)
        code = "silent_for" if event.state is CallState.CONNECTED else "not_ringing_for"
        self._state.say(notice(code, seconds=seconds, hang_up=key), "warn")
        self._quiet_notice = self._state.notice.id if self._state.notice else 0

    def _no_longer_quiet(self) -> None:
        if self._state.notice is not None and self._state.notice.id == self._quiet_notice:
            self._state.notice = None

    def _unasked(self, working: Working, phase: Phase) -> None:
        state = self._state
        if working.phase is not phase:
            working.enter(phase, state.now)
        if working is state.working:
            state.page = None

    async def _ended(self, working: Working, event: CallEvent) -> None:
        state = self._state
        working.end_dial(state.now, cause=str(event.cause or ""))
        working.line = ""
        working.muted = working.held = False
        if event.detail:
            state.say(event.detail, "info")
        if working.phase in (Phase.DIALLING, Phase.RINGING, Phase.TALKING):
            working.over_at = state.now
            working.highlighted = self._ending.outcome(working, event)
            self._unasked(working, Phase.CALL_OVER)
