"""What stands beside the queue or a call: the facts about whoever it is, and what the script has for them."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tui.cockpit.actions.script import ScriptReading
from tui.cockpit.actions.words import objections
from tui.cockpit.call_view import PersonFacts
from tui.cockpit.pages.facts import Facts
from tui.cockpit.pages.painter import CallPainter
from tui.cockpit.state.active_call import Working
from tui.cockpit.state.others import own_calls
from tui.cockpit.state.state import State
from tui.cockpit.view import Beside, Card, Phase, ScriptView
from tui.cockpit.wording import card
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.domain.metrics import summary
from tui.locale.spoken import translated


class BesidePage:
    """Makes it; what takes time is made again when a record, a plan or the minute has changed."""

    def __init__(self, state: State, facts: Facts, painter: CallPainter, reading: ScriptReading) -> None:
        self._state, self._facts, self._painter, self._reading = state, facts, painter, reading
        self._known: tuple[object, PersonFacts] | None = None
        self._on_queue: tuple[object, Beside] | None = None
        self._today: tuple[object, tuple[int, int]] | None = None
        self._under_cursor = ""
        """Whom the last painting was about; empty when it was about nobody in the queue."""

    def now(self) -> Beside | None:
        """Beside what is on the screen; None where it is about nobody."""
        state = self._state
        if working := state.call_on_screen:
            self.seen_again()
            return self._beside_call(working)
        contact = state.store.contact(state.selection.contact_id) if state.page is Phase.QUEUE else None
        return self._beside_queue(contact) if contact else None

    def seen_again(self) -> None:
        """Nobody looked meanwhile: the next painting is whole."""
        self._under_cursor = ""

    def _beside_call(self, working: Working) -> Beside:
        walk, aside = working.walk, working.aside
        objection = objections.find(walk, aside[0]) if walk and aside else None
        return Beside(
            self._person(working.contact),
            objections=tuple(map(objections.label, walk.script.objections)) if walk else (),
            reply_to=notice("they_said", objection=objections.label(objection)) if objection else "",
            reply=objections.reply(walk, aside) if walk and aside else (),
            so_far=card.so_far(working.answers(), working.given, working.signals),
        )

    def _beside_queue(self, contact: Contact) -> Beside:
        made_from = self._made_from(contact)
        passes, self._under_cursor = self._under_cursor not in ("", contact.id), contact.id
        if self._on_queue is not None and self._on_queue[0] == made_from:
            beside = self._on_queue[1]
        elif passes:
            beside = self._in_passing(contact)
        else:
            beside = self._of_the_next_call(contact)
            self._on_queue = made_from, beside
        if beside.card and self._state.selection.shows == "held":
            beside = replace(beside, card=self._not_today(contact, beside.card))
        talked, agreed = self._brought_today()
        return replace(beside, today=(talked, agreed, len(self._state.owed.ids)))

    def _not_today(self, contact: Contact, card: Card) -> Card:
        """The card with the whole reason, which a row may have no room for; what it says is warned of no more."""
        why = self._painter.rows.held_row(contact.id).why
        if why == card.blocked:
            return card
        warnings = tuple(warning for warning in card.warnings if warning not in why)
        return replace(card, lines=((translated("Not today"), why), *card.lines), warnings=warnings)

    def _would(self, contact: Contact) -> Working:
        """The call as if Enter were pressed now; nothing is kept of it."""
        now = self._state.now
        return Working("would", contact, since=now, taken_at=now, number=self._state.number(contact).number)

    def _in_passing(self, contact: Contact) -> Beside:
        """What costs nothing while a key is held down."""
        card = self._painter.card(self._would(contact), ScriptView(), alone=False)
        return Beside(self._facts.of(contact, with_firm=False), card, whole=False)

    def _of_the_next_call(self, contact: Contact) -> Beside:
        working, script = self._would(contact), ScriptView()
        if self._state.step(contact).action != "do_not_call":
            self._reading.prepare(working)
            script = self._reading.view(working)
        return Beside(self._person(contact), self._painter.card(working, script, alone=False), script)

    def _person(self, contact: Contact) -> PersonFacts:
        made_from = self._made_from(contact)
        if self._known is None or self._known[0] != made_from:
            self._known = made_from, self._facts.of(contact)
        return self._known[1]

    def _made_from(self, contact: Contact) -> object:
        """Whatever changes what is said of them: records, what is next, the minute."""
        state = self._state
        minute = state.now.replace(second=0, microsecond=0)
        return contact, state.step(contact), minute, state.disk.records_written

    def _brought_today(self) -> tuple[int, int]:
        """With how many the rep talked today, and how many next steps were agreed."""
        state = self._state
        made_from = state.here.date(), state.disk.records_written
        if self._today is None or self._today[0] != made_from:
            began = datetime.combine(state.here, time(), ZoneInfo(state.settings.zone))
            total = summary(
                own_calls(state, state.store.calls(since=began)), state.settings.conversation_seconds
            )
            self._today = made_from, (total.conversations + total.conversations_in, total.agreed)
        return self._today[1]
