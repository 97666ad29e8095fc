"""From the desk to the queue's part of one frozen View: words are made here, nothing is decided here."""

from __future__ import annotations

from tui.cockpit.desk import Desk
from tui.cockpit.queue_rows import QueueRows
from tui.cockpit.view import QueueView, Rows, View
from tui.domain.session import calls_that_fit


class Painter:
    """Makes Views of one desk; what belongs to a session and a call is put in by `CallPainter`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows = QueueRows(desk)

    def view(self) -> View:
        """The View of this moment, as long as nobody was called."""
        desk = self._desk
        return View(
            phase=desk.place,
            now=desk.here,
            test_clock=desk.clock.test,
            queue=self._queue(),
            ask=desk.ask,
            notice=desk.notice,
            saved=desk.saved_now,
            problems=(*desk.problems, *desk.script_problems),
        )

    def _queue(self) -> QueueView:
        desk, ranking = self._desk, self._desk.ranking
        selected = desk.store.contact(ranking.selected) if ranking.selected else None
        minutes = int(desk.rep.get("minutes") or desk.settings.minutes[0])
        name = selected.shown_name if selected else ""
        goal = self.goal(minutes)
        return QueueView(
            conversations=goal[0],
            next_steps=goal[1],
            title=ranking.title,
            people=len(ranking),
            selected=ranking.selected,
            selected_name=name,
            minutes=minutes,
            starts=self._starts(name, minutes),
            summary=self._summary(minutes),
            ready=Rows(ranking.ready, self._rows.row),
            later=Rows(ranking.later, self._rows.row),
            owed=Rows(desk.owed.ids, self._rows.owed_row),
            held=Rows(ranking.held, self._rows.held_row),
            held_count=len(ranking.held),
            filter=ranking.filter_text,
            demo=ranking.is_demo,
            running=desk.run is not None,
        )

    def _starts(self, name: str, minutes: int) -> str:
        if not name:
            return "nobody to ring in this list"
        return f"ring {name} and go on" if self._desk.run else f"ring {name} and start {minutes} minutes"

    def _summary(self, minutes: int) -> str:
        ready = len(self._desk.ranking.ready)
        fit = calls_that_fit(minutes)
        goal = self.goal(minutes)
        talks = f"{goal[0]} talk{'s' if goal[0] != 1 else ''}"
        aim = f"{talks} with a next step" if goal[0] == goal[1] else f"{talks}, {goal[1]} with a next step"
        return f"{ready} can be called now, about {fit} fit. Goal: {aim}."

    def goal(self, minutes: int) -> tuple[int, int]:
        """Conversations and next steps aimed at in so many minutes."""
        chosen = self._desk.rep.get("goal")
        if chosen:
            return int(chosen[0]), int(chosen[1])
        goal = self._desk.settings.goal_for(minutes)
        return goal.conversations, goal.next_steps
