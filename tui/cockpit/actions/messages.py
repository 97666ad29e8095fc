"""What is recorded beside calls: a message that went out, a sale that was cancelled later."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tui.cockpit.actions.action import giving, look
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.state.state import State
from tui.cockpit.state.unit import Unit
from tui.cockpit.view import Ask, Saved
from tui.cockpit.wording import card, saved
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import CHANNEL_WORDS, sentences
from tui.domain.call import Call, Note
from tui.domain.contact import DEMO_LIST, Contact
from tui.domain.ids import uuid7
from tui.domain.metrics import is_win
from tui.domain.outcome import Category
from tui.locale.spoken import translated
from tui.plaintext import clean_text

SENT = "sent"
"""Outcome id of a touch that was no call."""
CHANNELS = {"e": "email", "t": "text", "v": "visit"}
"""Keys of the channels that are no phone."""


class Touch(Struct, frozen=True):
    """A message or a visit that is due."""

    contact: Contact
    due: datetime
    """UTC."""
    why: str


class Messages:
    """Records that are no calls."""

    def __init__(self, state: State, flow: CallOrder) -> None:
        self._state = state
        self._flow = flow

    @look
    async def ask_sent(self, contact_id: str) -> None:
        """One key says what a person got."""
        contact = self._state.store.contact(contact_id)
        if contact is not None:
            choices = tuple((key, translated(CHANNEL_WORDS[channel])) for key, channel in CHANNELS.items())
            self._state.ask = Ask(
                f"sent:{contact_id}", notice("ask_sent", name=card.name_of(contact)), choices
            )

    async def sent_by(self, contact_id: str, key: str) -> Call | None:
        """The key that answered `ask_sent`."""
        return await self.sent(contact_id, CHANNELS[key])

    @giving
    async def sent(
        self, contact_id: str, channel: str, note: str = "", at: datetime | None = None
    ) -> Call | None:
        """Record an e-mail, a text message or a visit; no dial is counted. None when it was not saved."""
        state, contact = self._state, self._state.store.contact(contact_id)
        if contact is None:
            return None
        when, text = at or state.now, clean_text(note).strip()
        call = Call(
            uuid7(state.now),
            contact.id,
            when,
            SENT,
            Category.NO_ANSWER,  # nobody answered it yet: an answer is a call or a talk of its own
            rep=str(state.rep.get("id", "")),
            channel=channel,
            notes=(Note(when, text),) if text else (),
        )
        async with state.change() as change:
            step = change.put(contact, call)
            self._flow.saved(call.id)
        if not change.is_saved:
            return None
        clocks = state.clocks(contact)
        opens = state.ranking.opens(contact.id, clocks.now, step)
        state.say_saved(saved.sent(contact, channel, step, clocks, opens))
        return call

    @giving
    async def cancel_win(self, contact_id: str) -> Call | None:
        """Mark the last meeting or sale as cancelled (press again to undo). None when there is none (B42)."""
        state, contact = self._state, self._state.store.contact(contact_id)
        won = self._last_win(contact) if contact else None
        if contact is None or won is None:
            state.say(notice("no_win"))
            return None
        async with state.change() as change:
            said = self.turn_win(change, contact)
            self._flow.decided(Decision(contact_id, cancelled=True))
        if not change.is_saved:
            return None
        state.say_saved(said)
        return state.store.call(won.id)

    def turn_win(self, change: Unit, contact: Contact) -> Saved:
        """The last meeting or sale is cancelled, or counts again; what is said of it once that is saved."""
        state, won = self._state, self._last_win(contact)
        assert won is not None
        call = replace(won, cancelled_at=state.now if is_win(won) else None)
        step, clocks = change.put(contact, call), state.clocks(contact)
        return saved.cancelled(contact, call, step, clocks, state.ranking.opens(contact.id, clocks.now, step))

    def _last_win(self, contact: Contact) -> Call | None:
        calls = reversed(self._state.calls(contact))
        return next((c for c in calls if c.voided_at is None and c.is_ is Category.WIN), None)

    def due_by(self, channel: str) -> list[Touch]:
        """Messages and visits due today to the rep's own people, the earliest first; demo people are left out."""
        state = self._state
        tomorrow = (state.here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        found = []
        for one, step in state.ranking.everybody().items():
            wanted = state.settings.policy.soft_channel if step.action == "nurture" else step.action
            if wanted != channel or step.due is None or step.due >= tomorrow or DEMO_LIST in step.lists:
                continue
            if state.ranking.bounds.colleague(step):
                continue
            contact = state.store.contact(one)
            if contact is not None:
                marked = state.ranking.bounds.may_call.marked(contact)
                found.append(Touch(marked, step.due, " ".join(sentences(step))))
        return sorted(found, key=lambda touch: (touch.due, touch.contact.shown_name))
