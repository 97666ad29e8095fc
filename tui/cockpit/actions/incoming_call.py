"""The phone rings: whose card it is, answer, decline or finish this one first; a missed call comes to the top."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.cockpit.actions.action import action, look
from tui.cockpit.actions.caller_lookup import Callers
from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.phone_state import end_line
from tui.cockpit.call_view import RingingView
from tui.cockpit.state.state import State
from tui.cockpit.view import Phase
from tui.cockpit.wording import card, outcomes, queue_reasons
from tui.cockpit.wording.notices import notice
from tui.dialer.protocol import CallEvent, CallState, Cause, DialError
from tui.domain.call import MISSED, Call, Dial
from tui.domain.contact import ANOTHER_PHONE, Contact, Touch
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.phone import CallerMatch, MatchKind, shown

_HAS_ROOM = frozenset({Phase.QUEUE, Phase.READY, Phase.NEXT_IN, Phase.PAUSED, Phase.RECAP})
"""Where no note, form, outcome or answer can be half typed."""


class Ringing(Struct):
    """A call coming in that nobody has taken yet."""

    event: CallEvent
    caller: CallerMatch
    """What their number told when it began to ring."""
    view: RingingView
    later: bool = False
    """The rep is at something else: one line tells of it, and it goes on ringing."""


class IncomingCalls:
    """Calls that come in on the line itself."""

    def __init__(self, state: State, flow: CallOrder, callers: Callers) -> None:
        self._state = state
        self._flow = flow
        self._callers = callers
        self.ringing: Ringing | None = None
        self._behind: list[Ringing] = []
        """Those who began to ring while somebody else was ringing; nobody is forgotten."""

    @property
    def view(self) -> RingingView | None:
        """The card a screen shows over everything; None when nobody rings, and while one line tells of it."""
        return self.ringing.view if self.ringing and not self.ringing.later else None

    @property
    def banner(self) -> str:
        """Who calls while the rep is at something else: `Bo Lund`; empty when nobody does, and with the card."""
        if self.ringing is None or not self.ringing.later:
            return ""
        who, others = _who(self.ringing), len(self._behind)
        return notice("callers", who=who, others=others) if others else who

    async def heard(self, event: CallEvent) -> bool:
        """Take up what the line says of a call that came in. False when it is about another call."""
        ringing = next((one for one in self._everybody if one.event.call_id == event.call_id), None)
        if ringing is None:
            return False
        if event.state is CallState.ENDED:
            await self._gave_up(ringing, event)
        return True

    def rings(self, event: CallEvent) -> None:
        """Somebody begins to ring: their card, with the clock standing still, or one line where the rep is at work.

        What was going on is kept once they are on the screen.
        """
        if self._knows(event.call_id):
            return
        ringing = self._looked_up(event)
        self._state.ringing.setdefault(event.call_id, _to_state(event, self._state.now))
        if self.ringing is not None:
            self._behind.append(ringing)
            self._state.say(notice("calling_too", who=_who(ringing)))
            return
        self.ringing = ringing
        ringing.later = not self._has_room
        if not ringing.later:
            self._callers.stop_clock()

    def _looked_up(self, event: CallEvent) -> Ringing:
        caller = self._callers.with_number(event.number)
        rows = self._callers.rows(caller.ids)
        return Ringing(event, caller, RingingView(event.call_id, _number(event, caller), event.name, rows))

    async def after_a_crash(self) -> None:
        """Who was calling us when the program ended: their card if they still are, else a call that was missed."""
        up = {event.call_id: event for event in self._state.dialer.open_calls()}
        for call_id, kept in tuple(self._state.ringing.items()):
            still = up.get(call_id)
            if still is not None and still.state is CallState.INCOMING:
                self.rings(still)
            elif not self._knows(call_id):
                number, name, shared = kept["number"], kept["name"], kept["shared"]
                event = CallEvent(call_id, CallState.ENDED, False, number, name, shared=shared)
                del self._state.ringing[call_id]
                await self._missed(self._looked_up(event), datetime.fromisoformat(kept["at"]))
        await self._state.save()

    @property
    def _has_room(self) -> bool:
        """Whether a card may come up by itself: nowhere where keys are typed that are meant for something else."""
        state = self._state
        return state.phase in _HAS_ROOM and state.ask is None and not state.selection.typing

    @property
    def _everybody(self) -> tuple[Ringing, ...]:
        return (*((self.ringing,) if self.ringing else ()), *self._behind)

    def _knows(self, call_id: str) -> bool:
        """Whether it rings already, or stands on a card: a line that says the same again is no new caller."""
        ringing = any(one.event.call_id == call_id for one in self._everybody)
        return ringing or any(working.line == call_id for working in self._state.stack)

    async def _gave_up(self, ringing: Ringing, event: CallEvent) -> None:
        self._forget(ringing)
        if event.cause is Cause.ELSEWHERE:
            await self._answered_elsewhere(ringing)
        elif event.cause not in (Cause.LOCAL, Cause.DECLINED):
            await self._missed(ringing)
        await self._go_on()

    def _forget(self, ringing: Ringing) -> None:
        """This one rings no more; whoever began to ring meanwhile is shown instead."""
        self._state.ringing.pop(ringing.event.call_id, None)
        if ringing in self._behind:
            self._behind.remove(ringing)
        elif self.ringing is ringing:
            self.ringing = self._behind.pop(0) if self._behind else None
            if self.ringing:
                self.ringing.later = True

    async def _go_on(self) -> None:
        await self._callers.go_on()
        if self.ringing is not None and self._has_room:
            await self._show()

    async def _missed(self, ringing: Ringing, at: datetime | None = None) -> None:
        """Nobody took it, now or at a time before: whoever has the number comes up in the queue, to be called back.

        Of several people on one number the record names all; a number nobody can call back makes no record.
        """
        state, number, kind = self._state, ringing.event.number, ringing.caller.kind
        if ringing.event.shared:
            # Somebody else may have taken it, so nobody is told that we missed them.
            state.say(notice("missed_here", who=_who(ringing)))
            return
        if kind not in (MatchKind.EXACT, MatchKind.UNKNOWN):
            code = "missed_withheld" if kind is MatchKind.WITHHELD else "missed_no_number"
            state.say(notice(code, number=outcomes.capital(ringing.view.number)))
            return
        people = tuple(filter(None, map(state.store.contact, ringing.caller.ids)))
        contact = people[0] if people else self._callers.stranger(number)
        call = self._missed_call(number, at or state.now)
        async with state.change() as change:
            if len(people) > 1:
                change.put_calls(replace(call, one_of=tuple(one.id for one in people)))
            else:
                change.put(contact, replace(call, contact_id=contact.id))
        who = queue_reasons.one_of([card.name_of(one) for one in people or (contact,)])
        if change.is_saved:
            state.ranking.tick(state.now)
            state.say(self._missed_words(who, people or (contact,)))
        else:
            # The next start tries again.
            state.ringing[ringing.event.call_id] = _to_state(ringing.event, call.at)
            state.say(notice("missed_unsaved", who=who, why=state.refuses_writes), "error")

    def _missed_words(self, who: str, people: tuple[Contact, ...]) -> str:
        """Who called, and where they stand in the queue: on top, below somebody, or, as a colleague's, nowhere."""
        ranking, ids = self._state.ranking, [one.id for one in people]
        first = next(iter(ranking.ready), "")
        if first in ids:
            return notice("missed_on_top", who=who)
        waits = first and any(map(ranking.is_offered, ids))
        return notice("missed_below" if waits else "missed", who=who, first=ranking.name(first))

    def _missed_call(self, number: str, at: datetime) -> Call:
        dial = Dial(number, at, ended_at=at, disposition="no_answer", cause=MISSED)
        known = self._state.settings.outcomes
        outcome = next((o.id for o in known if o.is_ is Category.NO_ANSWER), "no_answer")
        return Call(uuid7(at), "", at, outcome, Category.NO_ANSWER, direction="in", dials=(dial,))

    async def _answered_elsewhere(self, ringing: Ringing) -> None:
        """A colleague talked to them: nobody is told that we have not spoken, and nobody calls again at once.

        Of several people on one number nobody knows who that was.
        """
        state, ids = self._state, ringing.caller.ids
        contact = state.store.contact(ids[0]) if len(ids) == 1 else None
        if contact is not None:
            async with state.change() as change:
                change.put(replace(contact, touched_at=Touch(state.now, ANOTHER_PHONE)))
        state.say(notice("answered_elsewhere", who=_who(ringing)))

    @action
    async def take(self, contact_id: str | None) -> None:
        """Answer: the line opens and so do the card and the call-back words."""
        ringing, state = self.ringing, self._state
        if ringing is None:
            return
        try:
            await state.dialer.answer(ringing.event.call_id)
        except DialError as error:
            state.say(str(error), "error")
            return
        self._forget(ringing)
        still_rung = [w for w in state.stack if w.line and w.phase in (Phase.DIALLING, Phase.RINGING)]
        for other in still_rung:
            # Nobody picks up into silence while the rep talks to somebody else.
            await end_line(state, other.line)
        await self._callers.take(contact_id, ringing.event.number)
        working = state.in_hand
        working.ring(ringing.event.number, ringing.event.call_id, state.now)
        working.answer(state.now)
        for other in state.stack:
            # The dialer holds the call before when another is answered.
            other.held = other.held or bool(other.line and other is not working)
        for other in still_rung:
            state.say(notice("no_longer_called", name=card.name_of(other.contact)))

    @action
    async def open_look_up(self) -> None:
        """F2: the clock stands still; whoever went on calling on the line is shown again."""
        await (self._show() if self.ringing else self._callers.serve())

    @action
    async def put_off(self) -> None:
        """Finish this one first: it goes on ringing, F2 brings it back."""
        await self._to_banner()

    @look
    async def has_no_room(self) -> None:
        """The screen has no room for the caller's card: one line tells of them. No key was pressed for it."""
        await self._to_banner()

    async def _to_banner(self) -> None:
        if self.ringing:
            self.ringing.later = True
            await self._callers.go_on()

    async def _show(self) -> None:
        """The rep wants to see who is ringing after all."""
        if self.ringing:
            self.ringing.later = False
            await self._callers.serve()

    @action
    async def decline(self) -> None:
        """Not now: the caller hears that nobody takes it, and comes to the top of the queue."""
        ringing = self.ringing
        if ringing is None:
            return
        self._forget(ringing)
        await end_line(self._state, ringing.event.call_id)
        await self._missed(ringing)
        await self._go_on()


def _to_state(event: CallEvent, at: datetime) -> dict[str, Any]:
    """Who calls and since when, JSON-ready."""
    return {"number": event.number, "name": event.name, "shared": event.shared, "at": at.isoformat()}


def _number(event: CallEvent, caller: CallerMatch) -> str:
    if caller.kind is MatchKind.WITHHELD:
        return notice("number_withheld")
    extension = notice("extension", number=event.number)
    return extension if caller.kind is MatchKind.EXTENSION else shown(event.number)


def _who(ringing: Ringing) -> str:
    """Whom to name: all who have the number, else what the line shows."""
    names = [row.name for row in ringing.view.rows]
    return queue_reasons.one_of(names) or ringing.event.name or ringing.view.number
