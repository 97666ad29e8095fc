"""What a View says of the session and of the call in hand. Sentences come from `wording`; nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from tui.cockpit.actions.dialing import CallActions
from tui.cockpit.actions.incoming_call import IncomingCalls
from tui.cockpit.actions.next_person import CallOrder
from tui.cockpit.actions.outcome import OutcomeActions, offered, outlook
from tui.cockpit.actions.own.first_run import is_on_tour
from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.call_view import FormView, KeptNote, OutcomeRow
from tui.cockpit.clock import seconds_between
from tui.cockpit.form import outcome_form
from tui.cockpit.pages.queue_rows import QueueRows
from tui.cockpit.pages.recap import Recap
from tui.cockpit.state import free_now
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.others import caller_of
from tui.cockpit.state.state import State
from tui.cockpit.view import BEFORE_A_DIAL, Card, ClockView, Past, Phase, ScriptView, View
from tui.cockpit.wording import card, outcomes, queue_reasons
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import sentence
from tui.domain.call import Call
from tui.domain.contact import MANAGER_SAID, NEEDS_MANAGER, Contact
from tui.domain.day_words import Clocks, city, clock, moment
from tui.domain.history import last_contact
from tui.domain.identity.person_fields import NOTE, value_named
from tui.domain.metrics import summary
from tui.domain.next_step import Urgency, urgency
from tui.domain.outcome import ONE_KEY, Category, Outcome
from tui.domain.window import local
from tui.locale.spoken import translated
from tui.phone import shown

WHILE_RINGING: Mapping[Category, Literal["line", "named"]] = {
    **dict.fromkeys(ONE_KEY, "line"),
    Category.GATEKEEPER: "named",
    Category.WRONG_NUMBER: "named",
}
"""How an outcome is offered while it rings; all others are behind Esc."""


class CallPainter:
    """Puts into a View what belongs to the session and to the call in hand."""

    def __init__(
        self,
        state: State,
        flow: CallOrder,
        closing: OutcomeActions,
        line: CallActions,
        reading: ScriptReading,
        incoming: IncomingCalls,
    ) -> None:
        self.state, self.flow, self.closing, self.line = state, flow, closing, line
        self.reading, self.incoming = reading, incoming
        self.recap, self.rows = Recap(state), QueueRows(state)
        self._made_from: tuple[object, ...] = ()
        self._effects: tuple[str, ...] = ()
        """What each outcome would do, as it was last made."""

    def view(self, view: View, *, beside: bool = False) -> View:
        """The View with its session and its call; `beside`: somebody sees the facts beside it."""
        state, working = self.state, self.state.call_on_screen
        phase = state.phase
        view = replace(
            view,
            phase=phase,
            clock=self._clock(),
            state_s=self._state_s(phase),
            ringing=self.incoming.view,
            banner=self.incoming.banner,
            recap=self.recap.view(is_seen=phase is Phase.RECAP),
        )
        return self._with_call(view, working, beside) if working else view

    # -- the session ----------------------------------------------------------------------------------

    def _clock(self) -> ClockView | None:
        run = self.state.run
        if run is None:
            return None
        clock, total = run.clock, summary(run.calls, self.state.settings.conversation_seconds)
        hour = self.state.team_hour
        return ClockView(
            left_s=hour.left_s if hour and hour.joined else clock.left,  # one clock for the whole team
            overtime=clock.overtime,
            pause_reason=translated(clock.reason or "") if clock.state == "paused" else "",
            talked=total.conversations + total.conversations_in,
            talked_goal=run.session.goal.conversations,
            agreed=total.agreed,
            agreed_goal=run.session.goal.next_steps,
            serving_s=clock.spent.get("paused:incoming", 0.0),
        )

    def _state_s(self, phase: Phase) -> float:
        state = self.state
        if phase is Phase.NEXT_IN and state.countdown_to is not None:
            return max(state.countdown_to - state.clock.monotonic(), 0.0)
        working = state.working
        if working is None:
            return 0.0
        if phase is Phase.TALKING and working.answered_at:
            return working.talked_s(working.over_at or state.now) or 0.0
        began = {Phase.CALL_OVER: working.over_at, Phase.FORM: working.over_at}
        return seconds_between(began.get(phase) or working.since, state.now) or 0.0

    # -- the call -------------------------------------------------------------------------------------

    def _with_call(self, view: View, working: Working, beside: bool) -> View:
        state = self.state
        below = state.stack[-2] if len(state.stack) > 1 else None
        zone = state.settings.zone
        script = self.reading.view(working)
        return replace(
            view,
            card=self.card(working, script, last=not beside),
            script=script,
            draft=working.draft,
            draft_of=working.id if working.changing is None else f"{working.id}/{working.changing}",
            call_id=working.id,
            past=self._past(working),
            can_throw_away=working.may_not_have_happened,
            changing=working.changing,
            draft_saved=not state.dirty,
            talked_s=_talked_s(working),
            notes=tuple(KeptNote(clock(n.at, zone), n.text) for n in working.notes),
            outcomes=self._outcomes(working),
            outcome_keys=tuple((o.key, o.id) for o in state.settings.outcomes),
            form=self._form(working),
            line=self.line.phone.view(working),
            placed=self.line.phone.placed(working),
            next_up="" if below else self._next_up(working),
            inbound=working.direction == "in",
            can_undo=self.flow.can_undo,
            can_hang_up=bool(self.line.to_hang_up(working)),
            waiting=card.waits(below.contact, draft=bool(below.draft), notes=bool(below.notes))
            if below
            else "",
            leave=translated(card.BACK_LEADS[working.back_leads]),
            can_call_again=working.can_be_called_again,
        )

    def card(self, working: Working, script: ScriptView, *, alone: bool = True, last: bool = True) -> Card:
        """The card of a call; `alone`: with the last call, the note and the chosen columns of the list; `last`: with
        that call.

        Facts that stand right below the card tell all of them, facts beside it the last call.
        """
        state, bounds = self.state, self.state.ranking.bounds
        contact = bounds.may_call.marked(working.contact)
        zone = state.zone(contact, working.number)
        others = [n for n in contact.dial_order if n.e164 != working.number]
        number = next((n for n in contact.numbers if n.e164 == working.number), None)
        checks = self.line.gate.shown(working) if working.phase in BEFORE_A_DIAL else ()
        blocks = [check for check in checks if check.level == "block"]
        refused = bounds.may_call.why_not(contact, working.number) if blocks else None
        warnings = tuple(sentence(check.why) for check in checks if check.level != "block")
        blocked = next((sentence(check.why) for check in blocks), "")
        told = _in_warnings(contact, warnings, blocked)
        has_reason = working.lawful == working.number != ""
        called = card.number_and_extension(shown(working.number), number.ext if number else "")
        return Card(
            contact.id,
            card.name_of(contact),
            card.about(contact),
            notice("their_time", time=clock(state.now, zone), city=city(zone)),
            called if working.number else notice("no_number_yet"),
            translated(number.label) if number else "",
            shown(others[0].e164) if others else "",
            tuple(line for line in self._lines(working, script, alone=alone, last=last) if line not in told),
            self._urgency(working),
            warnings,
            told,
            blocked,
            card.dials(
                card.name_of(contact),
                working.number,
                refused=refused.code if refused else "",
                needs_reason=bool(blocks) and not has_reason,
            ),
        )

    def _urgency(self, working: Working) -> Urgency:
        """How urgent the promise is; once they have answered it is late or nothing."""
        if not self.state.promise(working.contact):
            return ""
        found = urgency(self.state.step(working.contact), self.state.now)
        return "" if found == "soon" and working.answered_at else found

    def _lines(
        self, working: Working, script: ScriptView, *, alone: bool, last: bool
    ) -> tuple[tuple[str, str], ...]:
        """Label and words; what was promised or planned is the first (B40), what the script asks for comes next."""
        state, contact = self.state, working.contact
        clocks, me = state.clocks(contact, working.number), state.settings.me.name
        to_fill_in = script.asks[:1] if working.phase in BEFORE_A_DIAL else ()
        owed, plan, answered = state.promise(contact), state.plan(contact), working.answered_at is not None
        step = state.step(contact)
        colleague = state.ranking.bounds.colleague(step)
        before = last_contact(contact, state.calls(contact)) if alone else None
        before = before if last or not isinstance(before, Call) else None
        columns = state.settings.card_fields if alone else ()
        lines = (
            ("Promised", queue_reasons.owed_promise(owed, clocks, step, answered=answered) if owed else ""),
            ("Planned", queue_reasons.planned(plan, clocks) if plan else ""),
            *(("Fill in", about) for _, about, value in to_fill_in if not value),
            ("Missed", state.missed_call(contact)),
            ("Say first", card.in_their_place(colleague, me) if colleague else ""),
            ("Problem", contact.open_problem),
            ("Manager", contact.remembered.get(NEEDS_MANAGER) or contact.remembered.get(MANAGER_SAID, "")),
            ("Asked", card.wish(contact)),
            ("Last", card.last_line(before, state.labels, clocks, caller_of(state, before))),
            ("Reason", self.reading.news(working)),
            *((card.heading(name), value_named(contact, name)) for name in columns),
            ("Noted", contact.fields.get(NOTE, "") if alone else ""),
            ("Set up", "" if me or is_on_tour(state) else notice("no_name", key=state.key("ready.me"))),
        )
        return tuple((translated(heading), words) for heading, words in lines if words)

    def _outcomes(self, working: Working) -> tuple[OutcomeRow, ...]:
        if working.phase in (Phase.READY, Phase.NEXT_IN, Phase.PAUSED, Phase.FORM):
            return ()
        rows = offered(self.state, working)
        suggested, effects = self._suggested(working, rows), self._effects_of(working, rows)
        return tuple(
            OutcomeRow(
                o.id,
                o.key,
                card.label_of(o),
                effect,
                o.id == suggested,
                str(o.is_),
                WHILE_RINGING.get(o.is_, ""),
            )
            for o, effect in zip(rows, effects, strict=True)
        )

    def _effects_of(self, working: Working, rows: Sequence[Outcome]) -> tuple[str, ...]:
        """One sentence for each outcome that is offered, in their order; made again when what they tell has changed."""
        state, contact = self.state, working.contact
        minute = state.now.replace(second=0, microsecond=0)
        of_the_call = (working.id, tuple(working.dials), working.reason_id, working.direction, working.number)
        made_from = (contact, state.step(contact), minute, of_the_call, tuple(working.signals))
        if made_from != self._made_from:
            clocks, policy = state.clocks(contact), state.settings.policy
            self._made_from = made_from
            steps = [outlook(state, working, outcome) for outcome in rows]
            opens = [state.ranking.opens(contact.id, clocks.now, step) for step in steps]
            self._effects = tuple(
                outcomes.effect(outcome, step, policy, clocks, at)
                for outcome, step, at in zip(rows, steps, opens, strict=True)
            )
        return self._effects

    def _suggested(self, working: Working, rows: Sequence[Outcome]) -> str:
        """What Enter would take: what the line or the script says, else talked once somebody was on the line."""
        said = working.highlighted or (working.walk.suggested_outcome if working.walk else "")
        talked = working.answered_at or working.direction == "in"
        wanted = Category.CONVERSATION if talked else Category.NO_ANSWER
        usual = next((o.id for o in rows if o.is_ is wanted), "")
        return said if any(o.id == said for o in rows) else usual

    def _form(self, working: Working) -> FormView | None:
        form = working.form
        if form is None:
            return None
        fields = outcome_form.fields(form, self.closing.setting(working))
        return FormView(
            form.outcome.id,
            form.outcome.key,
            card.label_of(form.outcome),
            fields,
            form.focus,
            tuple((k.replace("_", " "), v) for k, v in working.answers().items()),
            notice("chooses_time") if any(field.offers for field in fields) else self._saves(working),
        )

    def _saves(self, working: Working) -> str:
        state = self.state
        if len(state.stack) > 1:
            return notice("saves_then_back", name=card.name_of(state.stack[-2].contact))
        if state.run is None or working.came_from is Phase.QUEUE:
            return notice("saves_then_queue")
        if state.run.clock.overtime:
            return notice("saves_in_overtime")
        following = self._following(working)
        return notice("saves_then_next", name=card.name_of(following)) if following else notice("saves")

    def _following(self, working: Working) -> Contact | None:
        state, calls = self.state, (*self.state.stack, working)
        dialled = state.run.dialled_kinds if state.run else ()
        next_id = free_now.next_up(state, dialled, {call.contact.id for call in calls})
        return state.store.contact(next_id) if next_id else None

    def _next_up(self, working: Working) -> str:
        following = self._following(working)
        return (
            notice("next_up", who=card.who(following), why=self.rows.row(following.id).why)
            if following
            else ""
        )

    def _past(self, working: Working) -> Past | None:
        state, ours = self.state, self.state.settings.zone
        then = working.happened_at(state.now)
        when = moment(then, Clocks(ours, ours, state.now))
        if working.left_open:
            noted = [*(note.text for note in working.notes), working.draft]
            note = next(filter(None, reversed(noted)), "")
            said = notice("left_open_note" if note else "left_open", when=when, note=note)
            return Past(notice("left_open_title"), said)
        if not working.correcting:
            return None
        call = state.store.call(working.correcting)
        was = state.labels[call.outcome] if call else ""
        made_at = f"{local(then, ours):%Y-%m-%d %H:%M}" if call and not call.dials else ""
        return Past(notice("correcting_title"), notice("to_correct", when=when, was=was), made_at)


def _in_warnings(contact: Contact, warnings: Sequence[str], blocked: str) -> tuple[tuple[str, str], ...]:
    """The facts about them that a warning, or why they are blocked, makes needless."""
    problem, refusal = contact.open_problem, contact.do_not_call.why
    is_told = problem and any(problem in warning for warning in warnings)
    told = ((translated("Problem"), problem),) if is_told else ()
    return (*told, (translated("Do not call"), refusal)) if refusal and blocked else told


def _talked_s(working: Working) -> float:
    """Seconds of the talk once it is over; 0 when nobody answered, or nobody knows."""
    return (working.talked_s(working.over_at) or 0.0) if working.answered_at and working.over_at else 0.0
