"""The queue's part of a View, and its lines. Sentences come from `wording`; nothing is decided here."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from tui.cockpit.actions.own.first_run import tour_line
from tui.cockpit.actions.phone_state import PhoneLine
from tui.cockpit.actions.queue import enter_key, goal_of, minutes_of
from tui.cockpit.queue_view import QueueRow, QueueView, Rows
from tui.cockpit.state import free_now
from tui.cockpit.state.doubts import doubts_of
from tui.cockpit.state.standstill import empty_list, meanwhile
from tui.cockpit.state.state import State
from tui.cockpit.view import View
from tui.cockpit.wording import card, queue_reasons
from tui.cockpit.wording.notices import notice
from tui.domain.contact import NEEDS_MANAGER
from tui.domain.day_words import Clocks, promised_time
from tui.domain.next_step import NextStep, urgency
from tui.domain.session import calls_that_fit
from tui.domain.shared.team import Whose
from tui.locale.spoken import time_of_day
from tui.phone import local_times


class Painter:
    """Makes Views; what belongs to a session and a call is put in by `CallPainter`."""

    def __init__(self, state: State, phone_line: PhoneLine) -> None:
        self._state, self._phone_line = state, phone_line
        self._rows = QueueRows(state)

    def view(self) -> View:
        """The View of this moment, as long as nobody was called."""
        state = self._state
        return View(
            phase=state.phase,
            now=state.here,
            test_clock=state.clock.test,
            queue=self._queue(),
            ask=state.ask,
            notice=state.notice,
            tour=tour_line(state),
            saved=state.saved_now,
            phone=self._phone_line.view(),
            team_list=state.team_list,
            team_hour=state.team_hour,
            unsaved=state.refuses_writes,
            problems=(*state.problems, *state.script_problems),
            team_news=state.team_news,
        )

    def _queue(self) -> QueueView:
        state, ranking, selection = self._state, self._state.ranking, self._state.selection
        shows, minutes = selection.shows, minutes_of(state)
        goal, enter = goal_of(state, minutes), enter_key(state)
        # While somebody is looked for, nobody waits until all are sorted into ready, later and held.
        looking = shows == "found"
        free = None if looking else free_now.count(state)
        return QueueView(
            conversations=goal[0],
            next_steps=goal[1],
            title=ranking.title,
            people=len(ranking),
            shows=shows,
            selected=selection.contact_id,
            selected_call=selection.call_id,
            nobody=empty_list(state, enter),
            enter=enter,
            moved=selection.moved,
            minutes=minutes,
            summary=self._summary(free, minutes, *goal),
            meanwhile=meanwhile(state),
            ready=Rows(ranking.ready, self._rows.row),
            free=free,
            later=Rows(ranking.later, self._rows.row),
            owed=Rows(selection.owed, self._rows.owed_row),
            for_manager=Rows(selection.for_manager, self._rows.manager_row),
            held=Rows(ranking.held, self._rows.held_row),
            held_count=0 if looking else len(ranking.held),
            found=Rows(selection.found, self._rows.found_row),
            filter=ranking.narrowing.text,
            narrowed=ranking.narrowing.ids is not None,
            typing=selection.typing,
            twice=next(doubts_of(state.store), None) is not None,
            demo=ranking.is_demo,
            running=state.run is not None,
        )

    def _summary(self, free: int | None, minutes: int, talks: int, next_steps: int) -> str:
        """How many people a search fits; else how many can be called, how many fit in, and the session's goal.

        `free`: how many the rep may call; None while somebody is looked for.
        """
        found, ready = self._state.selection.found, self._state.ranking.ready
        if free is None:
            return notice("matches", people=len(found), clear=self._state.key("queue.clear")) if found else ""
        leases = self._state.leases
        if leases is not None and leases.is_away:
            held = sum(map(leases.has, leases.held))
            return notice("summary_offline_held" if held else "summary_offline", held=held)
        if not ready:
            return ""
        code = "summary_of_both" if next_steps == talks else "summary"
        return notice(code, ready=free, fit=calls_that_fit(minutes), talks=talks, next_steps=next_steps)


class QueueRows:
    """Makes the lines of the queue; each is made once a minute, unless its person changes."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._minute: datetime | None = None
        self._made: dict[str, tuple[tuple[NextStep, queue_reasons.Opening], QueueRow]] = {}
        """Lines made in this minute, with what they were made from: whoever is changed gets another next step."""

    def row(self, contact_id: str) -> QueueRow:
        """Name, company, why now and their time."""
        ranking, minute = self._state.ranking, self._state.now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._made.clear()
        step, later = ranking.step(contact_id), None
        if ranking.ready_place(contact_id) is None:
            opens = ranking.opens(contact_id, self._state.now)
            later = opens if opens and opens > self._state.now else None
        hours = later, ranking.closes(contact_id)
        made = self._made.get(contact_id)
        if made is None or made[0][0] is not step or made[0][1] != hours:
            made = self._made[contact_id] = (step, hours), self._fresh(contact_id, step, hours)
        leases = self._state.leases
        if leases and (colleague := leases.colleague(contact_id)):
            told = notice("has_them_now", colleague=colleague, name=made[1].name)
            return replace(made[1], why=told, urgency="")
        if not free_now.is_free(self._state, contact_id):
            return replace(made[1], why=notice("may_be_with_colleague"), urgency="")
        if until := ranking.put_off_until(contact_id):
            return replace(made[1], why=notice("put_off_short", when=until), urgency="")
        return made[1]

    def _fresh(self, contact_id: str, step: NextStep, hours: queue_reasons.Opening) -> QueueRow:
        state = self._state
        contact = state.store.contact(contact_id)
        if contact is None:
            return QueueRow(contact_id, "")
        # The step knows where they are; asking the number would read the tables of all numbers for the first screen.
        zones = step.zones or state.number(contact).zones
        clocks = Clocks(zones[0], state.settings.zone, state.now)
        if step.one_of and (missed := state.missed_call(contact)):
            why = notice("missed_call", missed=missed)
        else:
            # Only these two name a call; the first screen need not look for the calls of the others.
            calls = state.calls(contact) if step.kind in ("came_back", "check_in") else ()
            is_theirs = bool(state.ranking.bounds.giver(step))
            why = queue_reasons.why_now(
                step, state.settings.policy, clocks, hours, calls, is_theirs=is_theirs
            )
        there = _their_time(zones, state.now)
        return QueueRow(
            contact_id,
            card.name_of(contact),
            card.company(contact),
            self._with_owner(step, why),
            there,
            urgency=urgency(step, state.now),
        )

    def _with_owner(self, step: NextStep, why: str) -> str:
        """Why now, and whose they are, where that is not plain."""
        bounds = self._state.ranking.bounds
        if bounds.is_to_keep(step):
            return notice("not_taken", why=why, owner=step.owner)
        unknown = bounds.whose(step) is Whose.UNKNOWN
        return notice("owner_unknown", why=why, owner=step.owner) if unknown else why

    def held_row(self, contact_id: str) -> QueueRow:
        """Somebody who is not offered: why not, and until when."""
        row, state, ranking = replace(self.row(contact_id), urgency=""), self._state, self._state.ranking
        contact = state.store.contact(contact_id)
        if contact is None:
            return row
        opens = ranking.opens(contact_id, state.now)
        step, clocks = state.step(contact), state.clocks(contact)
        if step.promise and not step.owner and (colleague := ranking.bounds.colleague(step)):
            promise = promised_time(step.promise, clocks)
            return replace(row, why=notice("they_expect", owner=colleague, promise=promise))
        policy = queue_reasons.held_why(step, clocks, opens)
        return replace(row, why=ranking.held_because(contact_id) or policy)

    def found_row(self, contact_id: str) -> QueueRow:
        """Somebody who was looked for: why now, or why not today."""
        offered = self._state.ranking.is_offered(contact_id)
        return self.row(contact_id) if offered else self.held_row(contact_id)

    def manager_row(self, contact_id: str) -> QueueRow:
        """Somebody about whom a rep asks the manager: what, who asks, and when."""
        contact = self._state.store.contact(contact_id)
        asked = contact.remembered.get(NEEDS_MANAGER, "") if contact else ""
        return replace(self.row(contact_id), why=asked, urgency="")

    def owed_row(self, call_id: str) -> QueueRow:
        """What there is to do for somebody, and by or since when."""
        state, call = self._state, self._state.store.call(call_id)
        contact = state.store.contact(call.contact_id) if call else None
        if call is None or call.owed is None or contact is None:
            return QueueRow("", "", call_id=call_id)
        why = card.to_do(call.owed, state.here.date())
        return QueueRow(contact.id, card.name_of(contact), card.company(contact), why, call_id=call_id)


def _their_time(zones: tuple[str, ...], now: datetime) -> str:
    times = local_times(zones, now)
    return "-".join(dict.fromkeys(time_of_day(each) for each in (*times[:1], *times[-1:])))
