"""From the desk to what a View says of the session and the call: words are made here, nothing is decided here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from tui.cockpit.actions import script_values
from tui.cockpit.actions.dialing import Line
from tui.cockpit.actions.incoming_call import Incoming
from tui.cockpit.actions.next_person import Flow
from tui.cockpit.actions.outcome import Closing, outlook
from tui.cockpit.actions.people import hand_over_line
from tui.cockpit.actions.script import Reading
from tui.cockpit.call_view import FormView, NoteLine, OutcomeRow, RecapView
from tui.cockpit.clock import seconds_between
from tui.cockpit.form import outcome_form
from tui.cockpit.pages.queue_rows import QueueRows
from tui.cockpit.pages.recap import recap
from tui.cockpit.pages.report_page import Standing
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.state import Desk
from tui.cockpit.view import BEFORE_A_DIAL, Card, ClockView, Past, Phase, ScriptView, View
from tui.cockpit.wording import outcomes
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST, Contact
from tui.domain.day_words import Clocks, city, clock, every_days, moment
from tui.domain.metrics import is_agreed, is_conversation
from tui.domain.outcome import Category
from tui.domain.person_fields import NOTE, value_named
from tui.phone import shown

Lines = tuple[tuple[str, str], ...]
"""Lines of the card: a label and its words."""


class CallPainter:
    """Puts into a View what belongs to the session and to the call in hand."""

    def __init__(
        self,
        desk: Desk,
        flow: Flow,
        closing: Closing,
        line: Line,
        reading: Reading,
        incoming: Incoming,
    ) -> None:
        self.desk, self.flow, self.closing, self.line = desk, flow, closing, line
        self.reading, self.incoming, self.standing = reading, incoming, Standing(desk)
        self.rows, self.effects = QueueRows(desk), Effects(desk)

    def view(self, view: View) -> View:
        """The View with its session and its call."""
        desk, working = self.desk, self.desk.working
        phase = desk.phase
        view = replace(
            view,
            phase=phase,
            clock=self._clock(),
            state_s=self._state_s(phase),
            ringing=self.incoming.view,
            banner=self.incoming.banner,
            recap=self._recap() if phase is Phase.RECAP else None,
        )
        in_call = working is not None and phase not in (Phase.QUEUE, Phase.RECAP)
        return self._with_call(view, working) if in_call and working else view

    # -- the session ----------------------------------------------------------------------------------

    def _clock(self) -> ClockView | None:
        run = self.desk.run
        if run is None:
            return None
        long_enough = self.desk.settings.conversation_seconds
        spent = run.clock.spent
        paused = run.clock.reason if run.clock.state == "paused" else ""
        return ClockView(
            left_s=run.clock.left,
            overtime=run.clock.overtime,
            pause_reason=paused or "",
            talked=sum(is_conversation(c, long_enough) for c in run.calls),
            talked_goal=run.session.goal.conversations,
            agreed=sum(map(is_agreed, run.calls)),
            agreed_goal=run.session.goal.next_steps,
            serving_s=spent.get("paused:incoming", 0.0),
        )

    def _state_s(self, phase: Phase) -> float:
        desk = self.desk
        if phase is Phase.NEXT_IN and desk.countdown_to is not None:
            return max(desk.countdown_to - desk.clock.monotonic(), 0.0)
        working = desk.working
        if working is None:
            return 0.0
        start = working.since
        if phase is Phase.TALKING and working.answered_at:
            start = working.answered_at
        if phase in (Phase.CALL_OVER, Phase.FORM):
            start = working.over_at or working.since
        return seconds_between(start, desk.now) or 0.0

    def _recap(self) -> RecapView:
        desk, run = self.desk, self.desk.run
        owed = desk.owed.calls()
        serving = run.clock.spent.get("paused:incoming", 0.0) if run else 0.0
        calls = (
            run.calls
            if run
            else [c for c in desk.store.calls(since=desk.now - timedelta(days=7)) if not self._is_demo(c)]
        )
        return recap(
            run.session if run else None,
            calls,
            owed,
            desk.ranking.name,
            desk.settings.zone,
            desk.now,
            desk.settings.conversation_seconds,
            serving,
            self.standing.lines(calls),
            outcomes.pace(run.clock.pace()) if run else "",
        )

    def _is_demo(self, call: Call) -> bool:
        contact = self.desk.store.contact(call.contact_id)
        return contact is not None and DEMO_LIST in contact.lists

    # -- the call -------------------------------------------------------------------------------------

    def _with_call(self, view: View, working: Working) -> View:
        desk = self.desk
        below = desk.stack[-2] if len(desk.stack) > 1 else None
        zone = desk.settings.zone
        script = self.reading.view(working)
        return replace(
            view,
            card=self._card(working, script),
            script=script,
            draft=working.draft,
            draft_of=working.id if working.changing is None else f"{working.id}/{working.changing}",
            call_id=working.id,
            past=self._past(working),
            can_throw_away=working.may_not_have_happened,
            changing=working.changing,
            draft_saved=not desk.dirty,
            notes=tuple(NoteLine(clock(n.at, zone), n.text) for n in working.notes),
            outcomes=self._outcomes(working),
            outcome_keys=tuple((o.key, o.id) for o in desk.settings.outcomes),
            form=self._form(working),
            line=self.line.phone.view(working),
            next_up="" if below else self._next_up(working),
            inbound=working.direction == "in",
            can_undo=self.flow.can_undo,
            can_hang_up=bool(self.line.to_hang_up(working)),
            waiting=self._waiting(below) if below else "",
        )

    def _card(self, working: Working, script: ScriptView) -> Card:
        desk, contact = self.desk, working.contact
        zone, calls = desk.zone(contact, working.number), desk.calls(contact)
        others = [n for n in contact.dial_order if n.e164 != working.number]
        number = next((n for n in contact.numbers if n.e164 == working.number), None)
        checks = self.line.gate.shown(working) if working.phase in BEFORE_A_DIAL else ()
        about = ", ".join(
            part for part in (contact.role, contact.company if contact.name or contact.given else "") if part
        )
        ext = f" ext {number.ext}" if number and number.ext else ""
        return Card(
            contact.id,
            contact.shown_name,
            about,
            f"{clock(desk.now, zone)} in {city(zone)}",
            (shown(working.number) + ext) if working.number else "no number yet",
            number.label if number else "",
            shown(others[0].e164) if others else "",
            _with_what_to_fill_in(self._lines(working, calls), _to_fill_in(working, script)),
            tuple(c.sentence for c in checks if c.level != "block"),
            next((c.sentence for c in checks if c.level == "block"), ""),
        )

    def _lines(self, working: Working, calls: tuple[Call, ...]) -> tuple[tuple[str, str], ...]:
        desk, contact = self.desk, working.contact
        lines: list[tuple[str, str]] = []
        if owed := desk.promise(contact):
            lines.append(("Promised", outcomes.owed_promise(owed, desk.clocks(contact, working.number))))
        if plan := desk.plan(contact):
            lines.append(("Planned", outcomes.planned(plan, desk.clocks(contact, working.number))))
        if missed := desk.missed_call(contact):
            lines.append(("Missed", missed))
        if desk.ranking.bounds.is_others(contact.owner):
            lines.append(("Say first", hand_over_line(contact, desk.settings.me.name)))
        if contact.open_problem:
            lines.append(("Problem", contact.open_problem))
        if contact.prefers.every or contact.prefers.channel:
            lines.append(("Asked", _wish(contact)))
        if last := script_values.last_line(contact, calls, desk.labels, desk.clocks(contact, working.number)):
            lines.append(("Last", last))
        if news := self.reading.news(working):
            lines.append(("Reason", news))
        for name in desk.settings.card_fields:
            if value := value_named(contact, name):
                lines.append((name.replace("_", " ").capitalize(), value))
        if note := contact.fields.get(NOTE):
            lines.append(("Noted", note))
        if not desk.settings.me.name and DEMO_LIST not in contact.lists:
            lines.append(("Set up", "scripts do not know your name; powerhour doctor says how"))
        return tuple(lines)

    def _outcomes(self, working: Working) -> tuple[OutcomeRow, ...]:
        if working.phase in (Phase.READY, Phase.NEXT_IN, Phase.PAUSED, Phase.FORM):
            return ()
        suggested, effects = self._suggested(working), self.effects.of(working)
        return tuple(
            OutcomeRow(o.id, o.key, o.label, effect, o.id == suggested, str(o.is_))
            for o, effect in zip(self.desk.settings.outcomes, effects, strict=True)
        )

    def _suggested(self, working: Working) -> str:
        """What Enter would take: what the line or the script says, else talked once somebody answered."""
        said = working.highlighted or (working.walk.suggested_outcome if working.walk else "")
        wanted = Category.CONVERSATION if working.answered_at else Category.NO_ANSWER
        usual = next((o.id for o in self.desk.settings.outcomes if o.is_ is wanted), "")
        return said if any(o.id == said for o in self.desk.settings.outcomes) else usual

    def _form(self, working: Working) -> FormView | None:
        form = working.form
        if form is None:
            return None
        return FormView(
            form.outcome.id,
            form.outcome.key,
            form.outcome.label,
            outcome_form.fields(form, self.closing.setting(working)),
            form.focus,
            tuple((k.replace("_", " "), v) for k, v in working.answers().items()),
            self._saves(working),
        )

    def _saves(self, working: Working) -> str:
        desk = self.desk
        if len(desk.stack) > 1:
            return f"save, then back to {desk.stack[-2].contact.shown_name}"
        if desk.run is None or working.came_from is Phase.QUEUE:
            return "save, then back to the queue"
        if desk.run.clock.overtime:
            return "save; your time is up"
        following = self._following(working)
        return f"save, then show {following.shown_name} (Enter again calls)" if following else "save"

    def _following(self, working: Working) -> Contact | None:
        desk = self.desk
        recent = desk.run.dialled_kinds if desk.run else []
        next_id = desk.ranking.next_up(
            recent, exclude={w.contact.id for w in desk.stack} | {working.contact.id}
        )
        return desk.store.contact(next_id) if next_id else None

    def _next_up(self, working: Working) -> str:
        following = self._following(working)
        if following is None:
            return ""
        row = self.rows.row(following.id)
        who = ", ".join(part for part in (row.name, row.company) if part)
        return f"{who}. {row.why}"

    def _past(self, working: Working) -> Past | None:
        if not working.left_open and not working.correcting:
            return None
        desk, ours = self.desk, self.desk.settings.zone
        when = moment(working.happened_at(desk.now), Clocks(ours, ours, desk.now))
        if working.left_open:
            noted = [note.text for note in working.notes] + ([working.draft] if working.draft else [])
            note = f', your note "{noted[-1]}"' if noted else ""
            return Past("Left open", f"{when}{note}: how did it go?", "ask me later")
        call = desk.store.call(working.correcting)
        was = desk.labels.get(call.outcome, call.outcome) if call else ""
        then = working.happened_at(desk.now).astimezone(ZoneInfo(ours))
        made_at = f"{then:%Y-%m-%d %H:%M}" if call and not call.dials else ""
        return Past("Correcting", f"{when}, {was}: what is right?", "leave it as it was", made_at)

    def _waiting(self, below: Working) -> str:
        note = ", with your half-written note" if below.draft or below.notes else ""
        return f"{below.contact.shown_name}{note}"


def _wish(contact: Contact) -> str:
    parts = []
    if contact.prefers.every:
        parts.append(every_days(contact.prefers.every))
    if contact.prefers.channel:
        parts.append(f"by {outcomes.CHANNEL_WORDS.get(contact.prefers.channel, contact.prefers.channel)}")
    return "to hear from us " + ", ".join(parts)


def _with_what_to_fill_in(lines: Lines, to_fill_in: Lines) -> Lines:
    """What was promised or planned stays the first line of the card (B40); what the script asks for comes next."""
    due = sum(label in ("Promised", "Planned") for label, _ in lines)
    return (*lines[:due], *to_fill_in, *lines[due:])


def _to_fill_in(working: Working, script: ScriptView) -> tuple[tuple[str, str], ...]:
    asked = working.phase in BEFORE_A_DIAL
    return tuple(("Fill in", about) for _, about, value in script.asks[:1] if asked and not value)


class Effects:
    """Effects of the outcomes on the call in hand."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: tuple[object, ...] = ()
        """What the sentences were made from."""
        self._sentences: tuple[str, ...] = ()

    def of(self, working: Working) -> tuple[str, ...]:
        """One sentence for each outcome of the settings, in their order."""
        desk, contact = self._desk, working.contact
        minute = desk.now.replace(second=0, microsecond=0)
        by_rep = (working.reason_id, working.direction, working.number, tuple(working.signals))
        known = (working.id, contact, desk.step(contact), tuple(working.dials), by_rep, minute)
        if known != self._known:
            self._known, self._sentences = known, self._fresh(working)
        return self._sentences

    def _fresh(self, working: Working) -> tuple[str, ...]:
        desk, clocks = self._desk, self._desk.clocks(working.contact)
        return tuple(
            outcomes.effect(outcome, outlook(desk, working, outcome), desk.settings.policy, clocks)
            for outcome in desk.settings.outcomes
        )
