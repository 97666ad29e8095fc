"""Who may be here twice: one key joins two records to one person or keeps them apart, and undo takes that back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.state.doubts import doubts_of
from tui.cockpit.state.others import reload
from tui.cockpit.state.state import State
from tui.cockpit.view import Ask
from tui.cockpit.wording import card
from tui.cockpit.wording.answers import ONE_OR_TWO
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.domain.shared.same_person import SamePerson, apart, decided
from tui.locale.spoken import choices
from tui.phone import shown
from tui.storage.protocol import Change

_AND = "+"


def told(contact: Contact) -> str:
    """Who it is, so that two can be told apart: name, company, number."""
    number = shown(contact.first_number) if contact.first_number else next(iter(contact.emails), "")
    return ", ".join(filter(None, (card.who(contact), number)))


class Doubles:
    """Decides who is one person."""

    def __init__(self, state: State, flow: CallOrder) -> None:
        self._state = state
        self._flow = flow

    def ask(self) -> None:
        """Ask about the first pair of whom nobody said whether they are one person; or say that there is none."""
        pair = next(doubts_of(self._state.store), None)
        if pair is None:
            self._state.say(notice("nobody_twice"))
        else:
            self._ask(*pair)

    async def answered(self, pair: str, key: str) -> None:
        """The answer: `y` joins the two, `n` keeps them apart. The next pair is asked about at once."""
        one, _, other = pair.partition(_AND)
        if (one, other) in doubts_of(self._state.store):
            names = self._name(one), self._name(other)
            decisions = await self.decide(one, other, same=key == "y")
            if not decisions:
                return
            self._flow.decided(Decision(one, pair=decisions))
            self._state.say(self._said(*names, same=key == "y"))
        else:  # it was asked before that came
            self._state.say(notice("pair_settled"))
        if rest := next(doubts_of(self._state.store), None):
            self._ask(*rest)

    def _said(self, one: str, other: str, *, same: bool) -> str:
        undo = self._state.key("queue.undo")
        if one == other:
            return notice("one_of_that_name" if same else "two_of_that_name", name=one, undo=undo)
        return notice("one_person" if same else "two_people", one=one, other=other, undo=undo)

    async def decide(self, one: str, other: str, *, same: bool) -> tuple[SamePerson, ...]:
        """Join two ids to one person, or say that they are two: then the second leaves whom it was joined to.

        What was written; empty when it was not saved, or they are one id.
        """
        state, persons, now = self._state, self._state.store.persons, self._state.now
        rep = str(state.rep.get("id", ""))
        if one == other:
            return ()
        decisions: Sequence[SamePerson] = (decided(one, other, same=same, at=now, rep=rep),)
        if not same and persons.of(one) == persons.of(other):
            decisions = apart(other, persons, at=now, rep=rep)
        return await self._write(tuple(decisions))

    async def undo(self, decisions: Sequence[SamePerson]) -> bool:
        """Nobody decided about them any more, so that they are asked about again. Whether that is saved."""
        state = self._state
        undone = tuple(replace(one, voided_at=state.now) for one in decisions)
        name = self._name(decisions[0].one)
        if not await self._write(undone):
            return False
        state.say(notice("twice_undone", name=name))
        self.ask()
        return True

    async def _write(self, decisions: tuple[SamePerson, ...]) -> tuple[SamePerson, ...]:
        if not await self._state.commit(Change(same_person=decisions)):
            return ()
        await reload(self._state)
        return decisions

    def _ask(self, one: str, other: str) -> None:
        title = notice("ask_one_or_two", one=self._told(one), other=self._told(other))
        self._state.ask = Ask(f"double:{one}{_AND}{other}", title, choices(ONE_OR_TWO))

    def _name(self, contact_id: str) -> str:
        contact = self._state.store.contact(contact_id)
        return card.name_of(contact) if contact else notice("somebody_gone")

    def _told(self, contact_id: str) -> str:
        contact = self._state.store.contact(contact_id)
        return told(contact) if contact else notice("somebody_gone")
