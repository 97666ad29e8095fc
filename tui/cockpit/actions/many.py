"""Many people at once: those a search, a filter or a list shows get tags, lists, a skip or an owner, and `u` undoes it.

What would change is shown before it is done. It is worked out beside the screen, some people after the other, and
written in one commit. Nobody can be called because of it who could not be called before, but for the end of a skip.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Generator, Sequence
from typing import Literal, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from tui.cockpit.actions.action import look
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.actions.people import People
from tui.cockpit.actions.typed_time import typed_moment
from tui.cockpit.call_view import NotHandedOver
from tui.cockpit.queue.skips import promise_before, skip_of
from tui.cockpit.state.state import State
from tui.cockpit.view import Ask
from tui.cockpit.wording import many as said
from tui.cockpit.wording.answers import CHANGE_MANY, HAND_MANY_OVER, MANY
from tui.cockpit.wording.many import Kind, Wanted
from tui.cockpit.wording.notices import notice
from tui.domain.contact import Contact
from tui.domain.next_step import NextStep
from tui.domain.parts import in_parts
from tui.domain.shared.leaves import with_texts
from tui.locale.spoken import choices
from tui.plaintext import clean
from tui.storage.other_documents import changed_values, taken_back
from tui.system.memory import without_collector

T = TypeVar("T")
AT_ONCE = 100
"""People worked out or placed at once: a few hundredths of a second."""
SOON = 500
"""So many people are changed before anybody wonders whether the key was taken."""
KINDS: dict[str, Kind] = {"t": "tags", "l": "lists", "s": "skip", "o": "owner"}
"""By the key of the question."""


class Weighed(Struct):
    """What it comes to."""

    people: list[tuple[Contact, NextStep]] = field(default_factory=list)
    """Whoever changes, as they will be, with their next step."""
    decisions: list[Decision] = field(default_factory=list)
    same: int = 0
    """People who are so already."""
    uncalled: int = 0
    """People whom nobody calls, left out of a skip."""
    in_call: int = 0
    """People in a call that is open, left out of a skip and a hand-over."""
    promises: int = 0
    """Promises that stay with the rep until the next one has taken the people, or that end a skip before its time."""


class Many:
    """Decisions about everybody in view."""

    def __init__(self, state: State, flow: CallOrder, people: People) -> None:
        self._state, self._flow, self._people = state, flow, people
        self._ids: tuple[str, ...] = ()
        """Whom the question is about: those who were in view when it was asked."""
        self._wanted = Wanted("tags")

    # -- asking ----------------------------------------------------------------------------------------

    @look
    async def ask(self) -> None:
        """Ask what is to be done to everybody whom the search, the filter or the list in view shows."""
        narrowing = self._state.ranking.narrowing
        found, ids = narrowing.found, narrowing.ids
        self._ids = tuple(found if found is not None else sorted(ids or ()))
        if not self._ids:
            self._state.say(notice("many_nobody"))
            return
        self._state.ask = Ask(
            "many:", notice("ask_many", people=len(self._ids), names=self._names()), choices(MANY)
        )

    def _names(self) -> str:
        first = filter(None, map(self._state.store.contact, self._ids[: said.NAMED]))
        return said.names(tuple(first), len(self._ids))

    async def chosen(self, _: str, key: str) -> None:
        """What is to be done: the words for it are asked for."""
        self._ask(KINDS[key])

    def _ask(self, kind: str, problem: str = "") -> None:
        title = problem or said.asks(kind, len(self._ids), self._wanted.owner)
        self._state.ask = Ask(f"many-words:{kind}", title, (), text=True)

    async def typed(self, kind: str, text: str) -> None:
        """The words were typed: show what would change, or ask again."""
        words = clean(text).strip()
        match kind:
            case "tags" | "lists":
                problem = self._read_texts(kind, words)
            case "skip":
                until = typed_moment(self._state, words)
                problem = until if isinstance(until, str) else ""
                if not isinstance(until, str):
                    self._wanted = Wanted("skip", until=until, words=words)
            case "owner":
                problem = self._read_owner(words)
                if not problem and not self._state.ranking.bounds.team.is_me(self._wanted.owner):
                    self._ask("note")
                    return
            case _:
                problem = "" if words else said.asks("note", len(self._ids), self._wanted.owner)
                self._wanted = replace(self._wanted, words=words)
        if problem:
            self._ask(kind, problem)
        else:
            await self._preview()

    def _read_texts(self, kind: Literal["tags", "lists"], text: str) -> str:
        """Tags or lists that come and go; a sentence that asks again when there are none."""
        # The words of the import, as for one person: read when something is typed.
        from tui.exchange.reading.cells import own_list, words_in

        words = words_in(text)
        removed = tuple(bare for word in words if word[0] == "-" and (bare := word[1:].strip()))
        added = tuple(word for word in words if word[0] != "-")
        if kind == "lists":
            added = tuple(map(own_list, added))
        self._wanted = Wanted(kind, added=added, removed=removed)
        return "" if added or removed else said.asks(kind, len(self._ids), "")

    def _read_owner(self, text: str) -> str:
        """The rep who is meant, by the rules of a hand-over; a sentence when nobody is."""
        try:
            rep = self._people.receiver(text, notice("these_people", people=len(self._ids)), anyway=False)
        except NotHandedOver as unknown:
            return str(unknown)
        self._wanted = Wanted("owner", owner=rep)
        return ""

    async def _preview(self) -> None:
        state, wanted = self._state, self._wanted
        weighed: Weighed = await _uncollected(state.disk.in_parts(self._weigh(self._ids, wanted)))
        is_mine = state.ranking.bounds.team.is_me(wanted.owner)
        told = said.left_out(weighed.same, weighed.uncalled, weighed.in_call)
        if not weighed.decisions:
            state.say(notice("many_nothing", why=told))
            return
        promises = said.promises(weighed.promises, wanted.owner)
        does = said.does(wanted, len(weighed.decisions), state.here, state.settings.zone, is_mine=is_mine)
        whom = notice("many_whom", people=len(self._ids), names=self._names())
        title = " ".join(filter(None, (whom, does, promises, told)))
        answers = HAND_MANY_OVER if wanted.kind == "owner" and not is_mine else CHANGE_MANY
        state.ask = Ask("many-go:", title, choices(answers))

    # -- working out -----------------------------------------------------------------------------------

    def _weigh(self, ids: Sequence[str], wanted: Wanted) -> Generator[None, None, Weighed]:
        """What it comes to for these people, as they are now; in parts, beside the screen."""
        state, found = self._state, Weighed()
        open_calls = {working.contact.id for working in state.stack if working.was_made}
        for some in in_parts(ids, AT_ONCE):
            for contact in filter(None, map(state.store.contact, some)):
                if wanted.kind in ("skip", "owner") and contact.id in open_calls:
                    found.in_call += 1
                elif wanted.kind == "skip":
                    self._weigh_skip(contact, wanted, found)
                else:
                    self._weigh_change(contact, self._changed(contact, wanted), found)
            yield
        return found

    def _weigh_skip(self, contact: Contact, wanted: Wanted, found: Weighed) -> None:
        state, step = self._state, self._state.ranking.step(contact.id)
        if step.action != "call":
            found.uncalled += 1
            return
        found.promises += bool(wanted.until and promise_before(step, state.now, wanted.until))
        skip = skip_of(wanted.words, state.now, wanted.until)
        found.decisions.append(Decision(contact.id, skip=tuple(skip)))

    def _weigh_change(self, contact: Contact, changed: Contact, found: Weighed) -> None:
        if changed == contact:
            found.same += 1
            return
        state = self._state
        step = state.ranking.compute(changed, state.store.calls(contact.id), state.now)
        found.people.append((changed, step))
        found.decisions.append(Decision(contact.id, *changed_values(contact, changed)))
        found.promises += state.ranking.bounds.is_to_keep(step)

    def _changed(self, contact: Contact, wanted: Wanted) -> Contact:
        match wanted.kind:
            case "tags":
                return replace(contact, tags=with_texts(contact.tags, wanted.added, wanted.removed))
            case "lists":
                if contact.is_demo:
                    return contact  # they stay on their list, and go with it
                return replace(contact, lists=with_texts(contact.lists, wanted.added, wanted.removed))
        given = self._people.owned(contact, wanted.owner)
        if (given.owner, given.owner_id) == (contact.owner, contact.owner_id):
            return contact
        return given if not wanted.words else self._people.handed(contact, given, wanted.words)

    # -- doing -----------------------------------------------------------------------------------------

    async def go(self, _: str, key: str) -> None:
        """Do it: all of it, in one commit."""
        await self._at_work(len(self._ids), self._go())

    async def _at_work(self, people: int, work: Awaitable[None]) -> None:
        """Do it, and say so meanwhile when it takes a while."""
        state, told = self._state, None
        if people > SOON:
            state.say(notice("many_working", people=people))
            told = state.notice
            state.paint()
        await _uncollected(work)
        if told and state.notice is told:
            state.notice = None

    async def _go(self) -> None:
        state, wanted = self._state, self._wanted
        weighed: Weighed = await state.disk.in_parts(self._weigh(self._ids, wanted))
        if await self._write(weighed, tuple(weighed.decisions)):
            many, team = len(weighed.decisions), state.ranking.bounds.team
            told = {"is_mine": team.is_me(wanted.owner), "unchecked": not (team.members or team.reps)}
            state.say_saved(said.saved(wanted, many, state.here, state.settings.zone, **told))

    async def _write(self, weighed: Weighed, decisions: tuple[Decision, ...] = ()) -> bool:
        """Write what was worked out, with the decisions that `u` takes back; whether it is saved."""
        state, skips = self._state, self._state.ranking.skips
        skipped = {
            one.contact_id: [*skips.get(one.contact_id, ()), list(one.skip)] for one in decisions if one.skip
        }
        async with state.change() as change:
            for contact, step in weighed.people:
                change.put_worked_out(contact, step)
            skips.set_many(skipped)
            for working in tuple(state.stack):
                if working.contact.id in skipped:
                    self._people.next_after(working.contact.id)
            self._flow.decided(Decision("", many=decisions))
        if change.is_saved:
            await self._placed(tuple(skipped), weighed)
        return change.is_saved

    async def _placed(self, skipped: Sequence[str], weighed: Weighed) -> None:
        """Whoever was put off leaves their place, the search shows whom it fits now, and the cards know of it."""
        state, ranking = self._state, self._state.ranking
        for some in in_parts(skipped, AT_ONCE):
            ranking.place_again(some)
            await asyncio.sleep(0)
        if weighed.people and (text := ranking.narrowing.text):
            ranking.show_again(await state.disk.run(ranking.search.everybody_like, text))
        elif weighed.people:
            ranking.show_again()
        for working in state.stack:
            working.contact = state.store.contact(working.contact.id) or working.contact

    # -- undoing ---------------------------------------------------------------------------------------

    async def undo(self, decisions: Sequence[Decision]) -> None:
        """Everybody is again what they were; what was changed since of somebody stays."""
        await self._at_work(len(decisions), self._undo(decisions))

    async def _undo(self, decisions: Sequence[Decision]) -> None:
        state = self._state
        weighed: Weighed = await state.disk.in_parts(self._undone(decisions))
        skips = state.ranking.skips
        left = {
            one.contact_id: [skip for skip in skips.get(one.contact_id, ()) if tuple(skip) != one.skip]
            for one in decisions
            if one.skip
        }
        async with state.change() as change:
            self._flow.last_decision()
            for contact, step in weighed.people:
                change.put_worked_out(contact, step)
            skips.set_many(left)
        if change.is_saved:
            await self._placed(tuple(left), weighed)
            state.say(notice("many_undone", people=len(decisions)))

    def _undone(self, decisions: Sequence[Decision]) -> Generator[None, None, Weighed]:
        state, found = self._state, Weighed()
        for some in in_parts((one for one in decisions if not one.skip), AT_ONCE):
            for one in some:
                contact = state.store.contact(one.contact_id)
                if contact is not None:
                    self._weigh_change(contact, taken_back(contact, one.before, one.after), found)
            yield
        return found


async def _uncollected(work: Awaitable[T]) -> T:
    """The result of work on many records: the collector would find nothing among them, and hold everybody up."""
    with without_collector(keeps=True):
        return await work
