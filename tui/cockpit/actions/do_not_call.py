"""Keeping the do-not-call list: numbers, people and firms, copies of registers, and lifting with a reason."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.cockpit.actions.team.sharing import Sharing
from tui.cockpit.state.state import State
from tui.cockpit.state.unit import Unit
from tui.cockpit.view import Ask
from tui.cockpit.wording import card
from tui.cockpit.wording.answers import REFUSED, REFUSED_FOR, SAME_PERSON
from tui.cockpit.wording.notices import notice
from tui.domain.call import Call
from tui.domain.contact import Contact
from tui.domain.do_not_call import DoNotCallList, Entry, firm_key, known_as
from tui.domain.ids import derived_id, uuid7
from tui.domain.outcome import Category
from tui.locale.spoken import choices
from tui.phone import shown
from tui.plaintext import clean
from tui.storage.protocol import Change, StoreError

if TYPE_CHECKING:
    from tui.cockpit.actions.team.list_line import ListAt
    from tui.cockpit.actions.team.shared_list import TeamList

LOOK_S = 2.0
"""Seconds the disk has to say whether something lies in the inbox."""
SAVE_AGAIN_S = 10.0
"""What came from outside and could not be saved is obeyed, and saving it is tried again after this."""


def same_person(contact: Contact, like: str) -> Ask:
    """The question whether a person is the one who refused, whom they look like."""
    said = notice("ask_same_person", name=card.name_of(contact), like=like)
    return Ask(f"same:{contact.id}", said, choices(SAME_PERSON))


def ask_same_person(state: State, contact_id: str) -> None:
    """Ask whether somebody is who refused, whom they look like; nothing when they look like nobody."""
    contact = state.store.contact(contact_id)
    like = state.ranking.bounds.may_call.marked(contact).do_not_call.like if contact else ""
    if contact and like:
        state.ask = same_person(contact, like)


def _way_to_colleagues(state: State, shared_list: ListAt | None) -> Sharing | TeamList:
    """The shared list, where the rep has one; else the people folder, if there is one."""
    if shared_list is None:
        return Sharing(state)
    # With psycopg: no start without a shared list waits for it.
    from tui.cockpit.actions.team.shared_list import TeamList

    return TeamList(state, shared_list)


class NothingToLift(ValueError):  # noqa: N818 - nothing went wrong, there is nothing to do
    """What should be lifted does not bind anybody; `lifted` says when it was lifted before, if it ever was."""

    def __init__(self, lifted: Entry | None) -> None:
        super().__init__(notice("not_refused"))
        self.lifted = lifted


def refused_in(call: Call, contact: Contact, on: date) -> Entry | None:
    """What a call puts on the list: the person, and the number or the firm they spoke for. None for other calls."""
    if call.is_ is not Category.DO_NOT_CALL or call.voided_at is not None:
        return None
    numbers = tuple(n.e164 for n in contact.numbers if n.e164) if call.reason_code == "this number" else ()
    firm = firm_key(contact.company) if call.reason_code == "the whole firm" else ""
    return Entry(
        # The same for each try to save this refusal: one that was given up may have reached the disk after all.
        id=derived_id("refusal", call.id, str(call.rev)),
        at=call.at,
        on=on,
        rep=call.rep,
        why=REFUSED_FOR.get(call.reason_code, REFUSED_FOR["this person"]),
        name=contact.company if firm else contact.shown_name,
        contact_id=contact.id,
        who=known_as(contact),
        numbers=numbers,
        firm=firm,
        call_id=call.id,
    )


def list_after(never: DoNotCallList, call: Call, contact: Contact, here: datetime) -> DoNotCallList:
    """The list after a call was saved, corrected or undone; `here` is now on the rep's wall."""
    bare = never.without_call(call.id, here.astimezone(UTC))
    said = refused_in(call, contact, call.at.astimezone(here.tzinfo).date())
    return bare.with_entries(said) if said else bare


def _says_more(entry: Entry, known: Entry | None) -> bool:
    """Whether an entry from elsewhere is new, or a later revision of ours."""
    if known is None or entry.rev != known.rev:
        return known is None or entry.rev > known.rev
    return bool(entry.edited_at and known.edited_at and entry.edited_at > known.edited_at)


class DoNotCall:
    """Changes the do-not-call list. Each change is one commit; True when it was saved."""

    def __init__(self, state: State, shared_list: ListAt | None = None) -> None:
        self._state = state
        self.sharing = _way_to_colleagues(state, shared_list)
        """How records go to colleagues and theirs come here."""
        self._taking_up = asyncio.Lock()
        self._unsaved: set[str] = set()
        """Ids of additions from outside that are obeyed and not in the store yet."""
        self._try_again_mono = 0.0
        self._put_aside: set[str] = set()
        """Damaged lines from outside that stand on a page."""

    @property
    def entries(self) -> DoNotCallList:
        """The list as it is."""
        return self._state.never

    async def add(self, entry: Entry) -> bool:
        """Nobody calls whom the addition names. True also when the list said so before; then nothing is written."""
        return bool(self.entries.like(entry)) or await self._keep(entry)

    def of_number(self, e164: str, why: str) -> Entry:
        """The addition for a number, not written yet."""
        return replace(self._entry(why), name=shown(e164), numbers=(e164,))

    def of_company(self, name: str, why: str) -> Entry:
        """The addition for a firm, not written yet."""
        firm = clean(name)
        return replace(self._entry(why), name=firm, firm=firm_key(firm))

    def of_person(self, contact: Contact, why: str) -> Entry:
        """The addition for a person, not written yet."""
        name, who = contact.shown_name, known_as(contact)
        return replace(self._entry(why), name=name, contact_id=contact.id, who=who)

    async def answered(self, contact_id: str, key: str) -> Entry | None:
        """The rep's answer to `same_person`: `y` refuses for them too, `n` says they are somebody else.

        It is stored with who answered and when. None when nobody asks, or it was not saved.
        """
        state, contact = self._state, self._state.store.contact(contact_id)
        found = state.ranking.bounds.may_call.looks_like(contact) if contact else ()
        if contact is None or not found:
            return None
        name, like = card.name_of(contact), found[0].whom
        if key == "y":
            entry = self.of_person(contact, notice("same_as", like=like))
        else:
            entry = replace(self._entry(notice("not_same_as", like=like)), kind="other_person", name=name)
            entry = replace(entry, contact_id=contact.id)
        entry = replace(
            entry, lifts=tuple(dict.fromkeys(id_ for one in found for id_ in (one.id, *one.lifts)))
        )
        if not await self._keep(entry):
            return None
        undo = state.key("queue.undo")
        state.say(notice("the_same" if key == "y" else "somebody_else", name=name, like=like, undo=undo))
        return entry

    def open_again(self, change: Unit, contact: Contact, answer: str) -> str:
        """An answer counts no more, so that its question is open again; what is said of it once that is saved."""
        state, given = self._state, self.entries.entries[answer]
        never = self.entries.with_entries(replace(given, voided_at=state.now))
        change.refuse(never)
        like = next((known.whom for id_ in given.lifts if (known := never.entries.get(id_))), "")
        return notice("answer_undone", name=card.name_of(contact), like=like)

    async def take_up(self) -> str:
        """Obey what others left in the inbox, also while it cannot be saved; what is saved leaves the inbox.

        Costs one look at the folder when there is nothing new. Says, and gives, a sentence about lines that could not
        be read and where they are kept now; empty when there were none.
        """
        async with self._taking_up:
            try:
                letters = await self._state.disk.ask(LOOK_S, self._state.store.inbox.unread)
                if letters is None:
                    return ""
                if not await self._obey(letters.entries):
                    return ""
                told = await self._keep_aside([one for one in letters.damaged if one not in self._put_aside])
            except StoreError as error:
                if self._state.disk.answers:  # else the next write says so
                    self._state.say(str(error), "error")
                return ""
            if told is None:
                return ""
            if told:
                self._state.say(told, "warn")
            with contextlib.suppress(StoreError):  # it lies there a while longer
                await self._state.disk.ask(LOOK_S, self._state.store.inbox.taken, letters)
            return told

    async def _obey(self, additions: Iterable[Entry]) -> bool:
        """Nobody on these is called from now on; False while that is not saved. Those known are passed over."""
        known, mono = self.entries.entries, self._state.clock.monotonic()
        fresh = {one.id: one for one in additions if one.id in self._unsaved or one.id not in known}
        if not fresh:
            return True
        if fresh.keys() <= self._unsaved & known.keys() and mono < self._try_again_mono:
            return False
        self._unsaved |= fresh.keys()
        if not await self._keep(*fresh.values(), anyhow=True):
            self._try_again_mono = mono + SAVE_AGAIN_S
            return False
        self._unsaved -= fresh.keys()
        first, others = next(iter(fresh.values())).name, len(fresh) - 1
        self._state.say(notice("now_refused_several" if others else "now_refused", name=first, others=others))
        return True

    async def _keep_aside(self, damaged: list[str]) -> str | None:
        """Where damaged lines are kept now, as a sentence; empty when there are none, None while they are not kept.

        Raises `StoreError` when they cannot be.
        """
        if not damaged:
            return ""
        state, mono = self._state, self._state.clock.monotonic()
        if mono < self._try_again_mono:
            return None
        self._try_again_mono = mono + SAVE_AGAIN_S
        page = "\n".join((notice("damaged_page"), "", *damaged, ""))
        where = await state.disk.run(state.store.put_aside, page, state.now)
        self._try_again_mono = 0.0
        if not where:
            return ""
        self._put_aside |= set(damaged)
        return notice("damaged_letters", count=len(damaged), where=where)

    async def take_register(self, numbers: Iterable[str], name: str, country: str, drawn: date) -> bool:
        """The numbers (E.164) of a public register's copy drawn on a day. Nothing is ever taken off by it."""
        register, known = clean(name, 80), self.entries.numbers
        fresh = tuple(number for number in dict.fromkeys(numbers) if number not in known)
        entry = replace(
            self._entry(notice("in_register", register=register)), on=drawn, name=register, numbers=fresh
        )
        return await self._keep(replace(entry, register=register, country=country))

    async def take_list(self, entries: Iterable[Entry]) -> int | None:
        """Take entries of another copy of the list as they are, with ids and times; what is known stays.

        How many were new, or newer than ours. None when they could not be saved.
        """
        known = self.entries.entries
        fresh = tuple(one for one in entries if _says_more(one, known.get(one.id)))
        after = {**known, **{one.id: one for one in fresh}}
        ended = [one for lift in fresh if lift.kind == "lift" for one in lift.lifts if one in after]
        if not fresh:
            return 0
        # As another's account of them: what is written by hand here would get a revision and a time of ours.
        if not await self._state.commit(Change(do_not_call=fresh, origin="merge")):
            return None
        return len(fresh) if await self._keep(*fresh, lifted=tuple(after[one] for one in ended)) else None

    async def lift_number(self, e164: str, why: str) -> bool:
        """Take a number off; the lift stays on record. Raises `NothingToLift`."""
        found = self.entries.of_number(e164)
        if not found:
            raise NothingToLift(self.entries.last_lift(number=e164))
        return await self._lift(found, shown(e164), why, numbers=(e164,))

    async def lift_company(self, name: str, why: str) -> bool:
        """Take a firm off, and who refused for it; the lift stays on record. Raises `NothingToLift`."""
        found = self.entries.of_firm(name)
        if not found:
            raise NothingToLift(self.entries.last_lift(firm=name))
        return await self._lift(found, found[0].name, why)

    async def lift_person(self, contact: Contact, why: str) -> bool:
        """Take a person off, with what their own refusal put on the list; their calls stay as they were made.

        Raises `NothingToLift`.
        """
        found = self.entries.of_person(contact.id)
        if not found:
            raise NothingToLift(self.entries.last_lift(contact_id=contact.id))
        return await self._lift(found, contact.shown_name, why)

    async def _lift(
        self, found: tuple[Entry, ...], name: str, why: str, numbers: tuple[str, ...] = ()
    ) -> bool:
        lift = replace(self._entry(why), kind="lift", name=name, numbers=numbers)
        return await self._keep(replace(lift, lifts=tuple(entry.id for entry in found)), lifted=found)

    def _entry(self, why: str) -> Entry:
        state = self._state
        said = clean(why) or REFUSED
        return Entry(
            uuid7(state.now), state.now, state.here.date(), rep=str(state.rep.get("id", "")), why=said
        )

    async def _keep(self, *entries: Entry, lifted: tuple[Entry, ...] = (), anyhow: bool = False) -> bool:
        """Write entries, and work out again who may be called; `lifted` are the additions that a lift ends.

        `anyhow`: they are obeyed also when they could not be saved.
        """
        state = self._state
        async with state.change(obeyed_anyhow=anyhow) as change:
            change.refuse(self.entries.with_entries(*entries), entries, lifted)
            for call in self._no_longer_binding(lifted):
                if contact := state.store.contact(call.contact_id):
                    change.put(contact, call)
        return change.is_saved

    def _no_longer_binding(self, lifted: tuple[Entry, ...]) -> list[Call]:
        """The calls in which additions were said that bind nobody any more: the policy has to pass over them."""
        ended = (entry.call_id for entry in lifted if entry.call_id and not self.entries.binds(entry))
        calls = (self._state.store.call(call_id) for call_id in ended)
        return [replace(call, lifted_at=self._state.now) for call in calls if call and not call.lifted_at]
