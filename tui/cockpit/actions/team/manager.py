"""Somebody needs the manager: a rep says so on the card, the manager sees them first and answers with a note."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui.cockpit.actions.action import look
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.state.state import State
from tui.cockpit.view import Ask
from tui.cockpit.wording import card, saved
from tui.cockpit.wording.notices import notice
from tui.domain.contact import MANAGER_SAID, NEEDS_MANAGER, Contact
from tui.domain.day_words import on_record
from tui.plaintext import clean
from tui.storage.other_documents import changed_values


class Manager:
    """Asking the manager, and answering as one."""

    def __init__(self, state: State, flow: CallOrder, listed_as_manager: Callable[[], bool]) -> None:
        """`listed_as_manager`: whether the shared list knows the rep as a manager."""
        self._state, self._flow, self._listed = state, flow, listed_as_manager

    @property
    def is_one(self) -> bool:
        """Whether the rep at the keys is a manager: by the settings of the team, or by their rights at the list."""
        team = self._state.ranking.bounds.team
        named = (one for one in self._state.settings.members if one.role == "manager")
        return self._listed() or any(team.is_me(one.name) for one in named)

    @look
    async def ask(self, contact_id: str) -> None:
        """One sentence about a person: what the manager is to decide; for a manager, what was decided."""
        contact = self._state.store.contact(contact_id)
        if contact is None:
            return
        answers = self.is_one and NEEDS_MANAGER in contact.remembered
        code = "ask_for_answer" if answers else "ask_for_manager"
        said = notice(code, name=card.name_of(contact), asked=contact.remembered.get(NEEDS_MANAGER, ""))
        self._state.ask = Ask(f"manager:{contact_id}", said, (), text=True)

    async def said(self, contact_id: str, text: str) -> None:
        """What was typed goes on the card; a manager's answer takes the flag off. Nothing typed changes nothing."""
        state, contact, words = self._state, self._state.store.contact(contact_id), clean(text)
        if contact is None or not words:
            state.say(notice("manager_needs_words"))
            return
        answers = self.is_one and NEEDS_MANAGER in contact.remembered
        by = state.settings.me.name or card.A_COLLEAGUE
        record = notice("said_by", said=words, rep=by, day=on_record(state.here.date()))
        remembered = {
            key: said for key, said in contact.remembered.items() if key != NEEDS_MANAGER or not answers
        }
        remembered[MANAGER_SAID if answers else NEEDS_MANAGER] = record
        await self._write(contact, replace(contact, remembered=remembered), answers=answers)

    async def _write(self, contact: Contact, changed: Contact, *, answers: bool) -> None:
        state = self._state
        async with state.change() as change:
            change.put(changed)
            self._flow.decided(Decision(contact.id, *changed_values(contact, changed)))
        if change.is_saved:
            state.say_saved(saved.manager_answered(changed) if answers else saved.manager_needed(changed))
