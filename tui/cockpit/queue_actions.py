"""What a rep does on the queue: choose, narrow, skip, look at people, import, report, and the recap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cockpit.facade import Facade
from tui.cockpit.view import EnterKey, Phase, View
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.next_step import NextStep
from tui.domain.outcome import Outcome

if TYPE_CHECKING:
    from tui.cockpit.actions.contact_import import Cancelled, Preview, Progress, Report
    from tui.cockpit.actions.messages import Touch
    from tui.cockpit.call_view import ContactView, PastCall, RecapView
    from tui.cockpit.pages.report import Report as Results


class QueueActions(Facade):
    """Actions without a call in hand."""

    # -- queue -----------------------------------------------------------------------------------------

    async def select(self, contact_id: str, call_id: str = "") -> View:
        """Put the cursor on a person, or on something owed to them."""
        self._desk.selection.put_on(
            contact_id, call_id, wanted=not self._desk.selection.has(contact_id, call_id)
        )
        return self._paint()

    async def enter(self, key: EnterKey) -> View:
        """Enter on the queue: do exactly what the View said it does, for the person it named."""
        self._desk.notice = None
        if key.does == "nothing":
            self._desk.say(key.words)
        elif key.does == "keep":
            self._desk.selection.typing = False
        else:
            return await self.call_person(key.contact_id)
        return self._paint()

    async def ring_selected(self, minutes: int | None = None) -> View:
        """Call whoever Enter would call now; starts a session when none runs."""
        key = self._painter.enter_key()
        if not key.contact_id:
            return await self.enter(key)
        return await self.call_person(key.contact_id, minutes)

    async def call_person(self, contact_id: str, minutes: int | None = None) -> View:
        """Call one person, wherever they stand; starts a session when none runs."""
        length = minutes or self._painter.minutes
        return await self._do(self._parts.timing.call_person(contact_id, length, self._painter.goal(length)))

    async def set_length(
        self, minutes: int, conversations: int | None = None, next_steps: int | None = None
    ) -> View:
        """Minutes and goal of the next session; 1 to 480 minutes."""
        self._desk.rep["minutes"] = min(max(minutes, 1), 480)
        self._desk.rep["goal"] = None if conversations is None else [conversations, next_steps or 0]
        return await self._do(self._parts.flow.keep())

    async def find(self, text: str) -> View:
        """Show everybody whom the text fits while it is typed; the cursor follows the best match."""
        desk = self._desk
        desk.selection.typing, desk.notice = True, None
        if text.strip() != desk.ranking.narrowing.text or not desk.ranking.narrowing.searching:
            desk.ranking.look_for(text)
            desk.selection.to_best()
        return self._paint()

    async def filter(self, text: str) -> View:
        """The same for a text that is not typed on: it is kept at once."""
        await self.find(text)
        self._desk.selection.typing = False
        return self._paint()

    async def clear_filter(self) -> View:
        """Everybody in the list again."""
        self._desk.selection.typing, self._desk.notice = False, None
        self._desk.ranking.look_for("")
        return self._paint()

    async def show_held(self, held: bool) -> View:
        """Show those who are not offered today, or the queue again."""
        self._desk.selection.show_held(held)
        self._desk.notice = None
        return self._paint()

    async def show_list(self, name: str) -> View:
        """Show a list or a saved filter; empty: everybody."""
        return await self._do(self._parts.people.show_list(name))

    async def save_filter(self, name: str) -> View:
        """Keep the filter in view under a name."""
        return await self._do(self._parts.people.save_filter(name))

    def lists(self) -> tuple[tuple[str, int], ...]:
        """Lists and saved filters with their sizes (-1: a filter)."""
        return self._parts.people.lists()

    async def skip(self, contact_id: str | None = None) -> View:
        """Ask why somebody is put off; the selected person, or the one on the card."""
        working = self._desk.working
        on_card = (
            working.contact.id
            if working and self._desk.place is not Phase.QUEUE
            else self._desk.selection.contact_id
        )
        self._parts.people.ask_skip(contact_id or on_card)
        return self._paint()

    async def ask_pursuit(self, contact_id: str) -> View:
        """Ask whether somebody is rung no more: by e-mail instead, stop, or again as before."""
        self._parts.people.ask_pursuit(contact_id)
        return self._paint()

    async def tick_owed(self, call_id: str) -> View:
        """Mark a to-do as done."""
        return await self._do(self._parts.people.tick_owed(call_id))

    async def add_person(self, values: Mapping[str, str]) -> View:
        """Write down a person: name, company, number, email, note."""
        await self._parts.people.add(values)
        return self._paint()

    async def edit_person(self, contact_id: str, values: Mapping[str, str]) -> View:
        """Change a person's details."""
        await self._parts.people.edit(contact_id, values)
        return self._paint()

    def meant(self, text: str) -> tuple[list[str], bool]:
        """Ids of those a command may mean by a text, and whether one alone is meant beyond doubt."""
        return self._desk.ranking.search.meant(text)

    def contact_view(self, contact_id: str) -> ContactView | None:
        """Everything known of one person."""
        return self._parts.dossier.view(contact_id)

    def explain(self, contact_id: str) -> tuple[str, ...]:
        """Why now or why not, when, and what each outcome would do: sentences."""
        return self._parts.dossier.explain(contact_id)

    def report(self, since: datetime | None = None) -> Results:
        """What all calls brought since a moment (UTC); slow for long histories."""
        from tui.cockpit.pages.report import make_report  # not before the first screen

        return make_report(self._desk, since)

    def report_page(self) -> RecapView | None:
        """The report of the last 30 days as a page; None while there is nothing to report."""
        from tui.cockpit.pages.report import USUAL_DAYS  # not before the first screen
        from tui.cockpit.pages.report_page import page

        found = self.report(self._desk.now - timedelta(days=USUAL_DAYS))
        return None if found.is_empty else page(found, self._desk.settings.zone)

    def next_step_of(self, contact_id: str) -> NextStep:
        """What the rules propose for one person."""
        return self._desk.ranking.step(contact_id)

    def due_by(self, channel: str) -> list[Touch]:
        """Messages and visits due by the end of today, the earliest first."""
        from tui.cockpit.actions.messages import due_by  # not before the first screen

        return due_by(self._desk, channel)

    async def ask_sent(self, contact_id: str) -> View:
        """Ask by which channel somebody got something."""
        self._parts.beside.ask_sent(contact_id)
        return self._paint()

    async def record_sent(self, contact_id: str, channel: str, note: str, at: datetime) -> Call | None:
        """Record a message or a visit made elsewhere."""
        self._desk.notice = self._desk.saved = None
        call = await self._parts.beside.sent(contact_id, channel, note, at)
        self._paint()
        return call

    async def cancel_win(self, contact_id: str) -> View:
        """Mark the last meeting or sale as cancelled; called again, undo that."""
        return await self._do(self._parts.beside.cancel_win(contact_id))

    async def record_cancelled(self, contact_id: str) -> Call | None:
        """The same for the command line: the call it was noted on; None when there is none."""
        call = await self._parts.beside.cancel_win(contact_id)
        self._paint()
        return call

    async def hand_over(self, contact_id: str, to: str, note: str, agreed: bool) -> Contact | None:
        """Give a person to another rep. Raises `ownership.NotHandedOver` without note or agreement."""
        self._desk.notice = self._desk.saved = None
        contact = await self._parts.ownership.hand_over(contact_id, to, note, agreed)
        self._paint()
        return contact

    async def set_reason(self, text: str) -> View:
        """A reason of the rep's own for this call."""
        self._desk.notice = self._desk.saved = None
        said = ""
        if self._desk.working and self._desk.working.phase in (Phase.READY, Phase.NEXT_IN):
            said = self._parts.reading.own_reason(self._desk.working, text)
        await self._parts.flow.keep(said)
        return self._paint()

    async def fill_in(self, name: str, text: str) -> View:
        """What the rep writes for a name the script asks them for."""
        self._desk.notice = self._desk.saved = None
        if self._desk.working and self._desk.working.phase in (Phase.READY, Phase.NEXT_IN):
            self._parts.reading.fill_in(self._desk.working, name, text)
        await self._parts.flow.keep()
        return self._paint()

    def past_calls(self, contact_id: str) -> tuple[PastCall, ...]:
        """Calls with somebody that can be corrected, the latest first; one left open comes before them."""
        return self._parts.dossier.past_calls(contact_id)

    async def correct(self, call_id: str) -> View:
        """Put a past call on the desk, to be corrected; one left open, to be answered."""
        return await self._do(self._correct(call_id))

    async def _correct(self, call_id: str) -> None:
        if call_id in self._parts.flow.left_open:
            self._parts.coming_back.reopen(call_id)
            await self._parts.flow.keep()
        else:
            await self._parts.closing.correcting.begin(call_id)

    async def log_elsewhere(self, contact_id: str) -> View:
        """Outcomes of a call made with another phone."""
        return await self._do(self._parts.closing.log_elsewhere(contact_id))

    async def log(
        self, contact: Contact, outcome: Outcome, note: str, at: datetime, fields: Mapping[str, str]
    ) -> Call | None:
        """Record a call made elsewhere in one go. Raises `forms.NotYet` when the outcome needs more."""
        self._desk.notice = self._desk.saved = None
        call = await self._parts.closing.log(contact, outcome, note, at, fields)
        self._paint()
        return call

    async def undo(self) -> View:
        """Take back the last decision, message, or outcome with everything it caused."""
        return await self._do(self._parts.undo.last())

    async def to_queue(self) -> View:
        """To the queue; the session runs on."""
        return await self._do(self._parts.timing.to_queue())

    # -- import ----------------------------------------------------------------------------------------

    def import_preview(
        self, path: Path, overrides: Iterable[str] = (), list_name: str = "", region: str = ""
    ) -> Preview:
        """What a file would become; slow for large files. Raises `ImportRefused` with a sentence."""
        return self._parts.importing.look(path, overrides, list_name, region)

    async def import_now(self, seen: Preview, progress: Progress, cancelled: Cancelled) -> Report | None:
        """Import what was previewed, all or nothing. Raises `ImportRefused`; None when it was not saved."""
        report = await self._parts.importing.run(seen, progress, cancelled)
        self._parts.callers.forget()
        self._paint()
        return report

    # -- recap -----------------------------------------------------------------------------------------

    async def show_recap(self) -> View:
        """What it brought so far."""
        return await self._do(self._parts.timing.show_recap())

    async def leave_recap(self) -> View:
        """Back; the session runs on."""
        return await self._do(self._parts.timing.leave_recap())

    async def end_session(self) -> View:
        """End the session and go to the queue."""
        return await self._do(self._parts.timing.end())
