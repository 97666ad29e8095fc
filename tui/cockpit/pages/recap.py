"""The recap of a session, as a person wants to read it: good news first, no figure that a report is for (B11, B52)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from tui.cockpit.actions.queue import minutes_of
from tui.cockpit.call_view import RecapView
from tui.cockpit.pages.report import too_many_of
from tui.cockpit.state.others import own_calls
from tui.cockpit.state.state import Run, State
from tui.cockpit.wording import card, outcomes
from tui.cockpit.wording import recap as words
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.report import rate
from tui.domain.brought import Reached, glad, reached, week_of
from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST
from tui.domain.day_words import Clocks
from tui.domain.metrics import counted, is_agreed, summary, waiting
from tui.domain.next_step import NextStep
from tui.domain.one_thing import LOOK_BACK, one_thing
from tui.domain.outcome import HUMAN, NO_MORE_CALLS, RIGHT_PARTY, Category
from tui.domain.window import DAY, at_local, local
from tui.locale.spoken import first_weekday

MOST, MOST_AGREED = 4, 8
"""Lines under one label; the others are counted."""
DAYS_AHEAD = 7
"""So far the next open day is looked for."""
LEAST_SERVED_S = 60
"""So long customers who called were served, for it to be said."""
_ASKED = frozenset({"need", "problem", "help"})
"""Names of a script's questions that ask what somebody needs."""


class Around(Struct, frozen=True):
    """What is read from the whole store for a recap, once and not once a second."""

    tomorrow: tuple[str, tuple[str, ...]] = ("", ())
    """Label and line of what is due next."""
    week: Reached = Reached()
    """Last week."""
    to_mend: str = ""
    to_try: str = ""


class Recap:
    """The recap of the session."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._read_for: tuple[object, ...] = ()
        self._around = Around()
        state.forgetting.append(self._forget)

    def _forget(self) -> None:
        self._read_for = ()

    def view(self, *, is_seen: bool) -> RecapView | None:
        """Who was glad, what was agreed and promised, what is to do; then sentences. Nothing of it says nought.

        None when it is not seen; what stands round it is then read again when it next is.
        """
        if not is_seen:
            self._forget()
            return None
        state, run = self._state, self._state.run
        calls = counted(state.store.call(call.id) or call for call in run.calls) if run else []
        key = (*((call.id, call.rev) for call in calls), state.here.date())
        if key != self._read_for:
            self._read_for, self._around = key, self._read(calls)
        known = [call for call in calls if call.contact_id]
        sections = (
            (words.label("good"), _some(self._good(known))),
            (words.label("said"), _some(self._said(known))),
            (words.label("agreed"), _some(self._agreed(known), MOST_AGREED)),
            (words.label("promised"), tuple(self._promised(known))),
            (words.label("to_do"), _some(self._to_do())),
            self._around.tomorrow,
            ("", tuple(self._sentences(calls, run))),
        )
        shown = tuple((label, lines) for label, lines in sections if lines)
        is_over = run is None or run.clock.state == "ended"
        planned_s = run.session.planned_s if run else 0.0
        title = notice("recap_done", minutes=round(planned_s / 60)) if is_over else notice("recap_so_far")
        goes_on = is_over and state.ranking.next_up(()) is not None
        return RecapView(
            title, shown, not is_over, minutes_of(state) if goes_on else 0, tuple(self._numbers(calls, run))
        )

    # -- what the session brought ----------------------------------------------------------------------

    def _name(self, call: Call) -> str:
        return self._state.ranking.name(call.contact_id)

    def _good(self, calls: Sequence[Call]) -> Iterator[str]:
        """The last good call of each person."""
        for call in {call.contact_id: call for call in calls if glad(call)}.values():
            answers = {*call.answers.values(), call.promise.phrase if call.promise else ""}
            notes = [note.text for note in call.notes if note.text not in answers]
            yield words.good(glad(call), self._name(call), notes[-1] if notes else "")

    def _said(self, calls: Sequence[Call]) -> Iterator[str]:
        """What each person said last when they were asked what they need."""
        asked = {call.contact_id: call for call in calls if not _ASKED.isdisjoint(call.answers)}
        for call in asked.values():
            said = [answer for name, answer in call.answers.items() if name in _ASKED]
            yield notice("named", name=self._name(call), words=said[-1])

    def _agreed(self, calls: Sequence[Call]) -> Iterator[str]:
        """What was agreed last with each person, and no later call took back."""
        ours, found = self._state.settings.zone, dict[str, Call]()
        for call in calls:
            before = found.get(call.contact_id)
            if is_agreed(call):
                found[call.contact_id] = call
            elif before and (call.is_ in NO_MORE_CALLS or (call.is_ in RIGHT_PARTY and before.promise)):
                del found[call.contact_id]
        for call in found.values():
            theirs = call.promise.zone if call.promise else self._zone(call)
            yield words.agreed(self._name(call), call, Clocks(theirs or ours, ours, self._state.now))

    def _zone(self, call: Call) -> str:
        contact = self._state.store.contact(call.contact_id)
        return self._state.zone(contact, call.first_number) if contact else self._state.settings.zone

    def _home(self, call: Call) -> str:
        """Where the person of a call is as far as their next step knows: no record is read for it."""
        return next(iter(self._state.ranking.step(call.contact_id).zones), self._state.settings.zone)

    def _promised(self, calls: Sequence[Call]) -> Iterator[str]:
        """How many of the calls promised in this session are still to be made."""
        state, made_in = self._state, {call.id for call in calls if call.promise is not None}
        people = {call.contact_id for call in calls if call.id in made_in}
        owed = [state.promise(one) for one in filter(None, map(state.store.contact, people))]
        by_phone = [
            one for one in owed if one and one.made_in.id in made_in and one.promise.channel == "phone"
        ]
        if by_phone:
            yield notice("promised_calls", count=len(by_phone))

    def _to_do(self) -> Iterator[str]:
        state = self._state
        for call in state.owed.calls():
            if call.owed:
                said = card.to_do(call.owed, state.here.date())
                yield notice("named", name=self._name(call), words=said)

    def _sentences(self, calls: Sequence[Call], run: Run | None) -> Iterator[str]:
        yield from filter(None, (self._talked(calls, run), self._around.to_mend))
        served_s = run.clock.spent.get("paused:incoming", 0.0) if run else 0.0
        if served_s >= LEAST_SERVED_S:
            yield notice("serving", length=outcomes.length(served_s))
        if self._around.to_try:
            yield self._around.to_try

    def _talked(self, calls: Sequence[Call], run: Run | None) -> str:
        session = reached(calls, self._state.settings.conversation_seconds)
        if session.talked:
            return words.talked(session, self._around.week)
        if not session.called:
            is_over = run is None or run.clock.state == "ended"
            return "" if calls else notice("no_calls" if is_over else "no_calls_yet")
        made = [call for call in calls if call.direction == "out"]
        if briefly := {call.contact_id for call in made if call.is_ in RIGHT_PARTY}:
            return notice("talked_briefly", people=len(briefly))
        again, day = words.said_day(self._called_again(made), self._state.here)
        answered = len({call.contact_id for call in made if call.is_ in HUMAN})
        left = sum(call.is_ is Category.VOICEMAIL for call in made)
        return words.no_talk(words.Unanswered(answered, left, again, day))

    def _numbers(self, calls: Sequence[Call], run: Run | None) -> Iterator[str]:
        """The figures of the session, for who asks for the numbers; dials come last (B52)."""
        total = summary(calls, self._state.settings.conversation_seconds)
        if total.attempts:
            yield notice("answered_by_person", rate=rate(total.connects, total.attempts))
        if run:
            active_s = sum(s for name, s in run.clock.spent.items() if not name.startswith("paused"))
            pace = outcomes.pace(run.clock.pace())
            yield notice("time_spent", length=outcomes.length(active_s), pace=pace)
        if total.dials:
            yield notice("dials_to", dials=total.dials, people=total.people)

    def _called_again(self, calls: Sequence[Call]) -> list[datetime]:
        """When each of these people is called next, on the rep's wall, if at all."""
        state, ours = self._state, self._state.settings.zone
        steps = (state.ranking.step(one) for one in {call.contact_id for call in calls})
        return [local(max(step.due, state.now), ours) for step in steps if step.action == "call" and step.due]

    # -- what is round it ------------------------------------------------------------------------------

    def _read(self, calls: Sequence[Call]) -> Around:
        state, settings = self._state, self._state.settings
        steps = state.ranking.everybody()
        past = self._past()
        begins = week_of(state.here.date(), first_weekday())
        since, until = (at_local(day, 0, settings.zone) for day in (begins - DAY * 7, begins))
        week = [call for call in past if since <= call.at < until]
        return Around(
            self._tomorrow(steps),
            reached(week, settings.conversation_seconds),
            self._to_mend(steps, calls),
            words.one_thing(
                one_thing(past, state.now, settings.policy, self._home, settings.conversation_seconds)
            ),
        )

    def _past(self) -> list[Call]:
        """The rep's own calls that the one thing may come from, without those of demo people."""
        state = self._state
        calls = own_calls(state, state.store.calls(since=state.now - LOOK_BACK))
        return [call for call in calls if DEMO_LIST not in state.ranking.step(call.contact_id).lists]

    def _tomorrow(self, steps: Mapping[str, NextStep]) -> tuple[str, tuple[str, ...]]:
        """The rep's promises of tomorrow; before closed days, of the first day up to the next open one that has any."""
        state, ours, bounds = self._state, self._state.settings.zone, self._state.ranking.bounds
        due = [
            (local(step.due, ours), one)
            for one, step in steps.items()
            if step.promise is not None and step.due is not None and not bounds.colleague(step)
        ]
        day = state.here
        for _ in range(DAYS_AHEAD):
            day += DAY
            of_day = sorted((at, one) for at, one in due if at.date() == day.date())
            if of_day:
                first = of_day[0][1]
                said = words.due(state.ranking.name(first), steps[first], len(of_day), ours)
                return words.due_label(day, state.here), (said,)
            if state.settings.policy.hours.spans_on(day.date()):
                break
        return "", ()

    def _to_mend(self, steps: Mapping[str, NextStep], calls: Sequence[Call]) -> str:
        """The two indices where there is something to do; nothing for demo people."""
        state = self._state
        real = [step for step in steps.values() if DEMO_LIST not in step.lists]
        if not real:
            return ""
        out = [call for call in calls if call.direction == "out"]
        return words.to_mend(waiting(real, state.now).left_waiting, self._too_many(out) if out else 0)

    def _too_many(self, calls: Sequence[Call]) -> int:
        state, mine, since = self._state, {call.id for call in calls}, min(call.at for call in calls)
        people = filter(None, map(state.store.contact, {call.contact_id for call in calls}))
        found = (each for one in people for each in too_many_of(state, one, state.calls(one), since))
        return sum(each.call_id in mine for each in found)


def _some(lines: Iterable[str], most: int = MOST) -> tuple[str, ...]:
    shown = tuple(lines)
    more = len(shown) - most
    return (*shown[:most], notice("more", count=more)) if more > 1 else shown
