"""One unit of work: `async with state.change() as change`. What it changes is on the disk, or it never happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tui.cockpit.queue.restrictions import concerned
from tui.cockpit.state.stored import LISTS_OF_OLD
from tui.domain.call import Call, has_to_do
from tui.domain.contact import Contact
from tui.domain.do_not_call import DoNotCallList, Entry
from tui.domain.next_step import NextStep
from tui.domain.parts import in_parts
from tui.domain.session import Session
from tui.storage.documents import contact_to_document
from tui.storage.other_documents import lean_contact, pause_to_document
from tui.storage.protocol import Change

if TYPE_CHECKING:
    from tui.cockpit.state.active_call import Working
    from tui.cockpit.state.state import State

AT_ONCE = 100
"""People placed at once: a few hundredths of a second."""
WayBack = Callable[[], None]
"""Makes something as it was when it was asked for its way back."""


class Unit:
    """Collects what is written, and with it where we are; the body may change what is going on meanwhile.

    At its end everything is written in ONE commit. When that fails all is as it was before, and the rep is told why.
    """

    def __init__(self, state: State, *, obeyed_anyhow: bool = False) -> None:
        """`obeyed_anyhow`: a refusal from outside holds also while it cannot be saved."""
        self._state = state
        self._obeyed_anyhow = obeyed_anyhow
        self.is_saved = False
        """Whether everything is on the disk; only then words of success are true."""
        self._contacts: dict[str, Contact] = {}
        self._calls: dict[str, Call] = {}
        self._sessions: tuple[Session, ...] = ()
        self._said: tuple[Entry, ...] = ()
        self._steps: dict[str, NextStep] = {}
        self._back: list[WayBack] = []

    async def __aenter__(self) -> Unit:
        self._began = _where(self._state)
        self._where_back, *self._back = (way_back() for way_back in self._state.ways_back)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if _where(self._state) != self._began:  # else what happens meanwhile is nobody's to undo
            self._back.insert(0, self._where_back)
        if error is None:
            await self.write()
        if self.is_saved:
            await self._place()
        elif not self._obeyed_anyhow or error is not None:
            for back in reversed(self._back):
                back()

    async def _place(self) -> None:
        """Everybody written goes to the right place. Of many the screen has its turn after some, and whoever wrote
        them says whom it shows then.
        """
        ranking, many = self._state.ranking, len(self._contacts) > AT_ONCE
        for some in in_parts(self._contacts, AT_ONCE):
            ranking.place_all({one: self._steps[one] for one in some})
            if many:
                await asyncio.sleep(0)
        while many and ranking.search.catch_up(AT_ONCE):
            await asyncio.sleep(0)
        if self._contacts and not many:
            ranking.added(self._contacts)

    async def write(self) -> bool:
        """Write all of it now; whether it is saved."""
        self.is_saved = await self._state.commit(self._change())
        return self.is_saved

    def put(self, contact: Contact, *calls: Call) -> NextStep:
        """Write a person and some of their calls, new or changed. Gives their next step, which holds at once."""
        state = self._state
        stored = state.store.contact(contact.id)
        if stored != contact:
            self._contacts[contact.id] = contact
        self.put_calls(*calls)
        history = {call.id: call for call in state.calls(contact)}
        history |= {call.id: call for call in self._calls.values() if call.contact_id == contact.id}
        step = self._steps[contact.id] = state.ranking.compute(contact, tuple(history.values()), state.now)
        if stored is not None:  # whoever is not in the list yet comes into it with the commit
            before = state.ranking.steps_of([contact.id])
            self._back.append(partial(state.ranking.place_all, before))
            state.ranking.place_all({contact.id: step})
        return step

    def put_worked_out(self, contact: Contact, step: NextStep) -> None:
        """Write one of many people, whose next step was worked out beside the screen; it holds once all is saved."""
        self._contacts[contact.id], self._steps[contact.id] = contact, step

    def put_calls(self, *calls: Call) -> None:
        """Write calls, new or changed, that change nothing about when a person is called."""
        owed = self._state.owed
        for call in calls:
            self._back.append(partial(owed.changed, call.id, call.id in owed.ids))
            owed.changed(call.id, has_to_do(call))
            self._calls[call.id] = call

    def put_session(self, session: Session) -> None:
        """Write a session that is no longer the running one."""
        self._sessions = (*self._sessions, session)

    def refuse(
        self, never: DoNotCallList, said: tuple[Entry, ...] | None = None, lifted: Iterable[Entry] = ()
    ) -> None:
        """The do-not-call list becomes this one; whoever it names, or a lift frees, is worked out again at once.

        `said`: the entries to write, when they are others than those that are new on it.
        """
        bounds = self._state.ranking.bounds
        before, bounds.never = bounds.never, never
        new = self._said = never.since(before) if said is None else said

        def back() -> None:  # others may have been added from outside meanwhile
            bounds.never = bounds.never.taken_back(new, before)

        self._back.append(back)
        for one in concerned(self._state.store, (*new, *lifted)):
            self.put(one)

    def _change(self) -> Change:
        state = self._state
        return Change(
            contacts=tuple(self._contacts.values()),
            calls=tuple(self._calls.values()),
            sessions=(*session_records(state), *self._sessions),
            do_not_call=self._said,
            state=where_we_are(state),
            next_steps=self._steps,
            policy_hash=state.ranking.policy_hash if self._steps else "",
        )


def _where(state: State) -> tuple[Any, ...]:
    """What a unit of work may change about where we are, to compare."""
    phases = [(working.phase, working.since) for working in state.stack]
    kept = dict(state.drafts), dict(state.left_open), dict(state.ranking.skips)
    return [id(one) for one in state.stack], phases, state.page, state.run, kept


def session_records(state: State) -> tuple[Session, ...]:
    """The session records to write: the running one, when it is not on disk as it is, and one left by a crash."""
    return (*(state.run.record() if state.run else ()), *state.abandoned)


def where_we_are(state: State) -> dict[str, dict[str, Any] | None]:
    """Everything a killed program needs to be back: the session's clock, the calls in hand, the rep's habits."""
    run, running = state.run, None
    if run is not None or state.stack:
        running = {
            "saved_at": state.now.isoformat(),
            "place": str(state.phase),
            "session": run.session.id if run else None,
            "clock": run.clock.to_state() if run else None,
            "kinds": list(run.dialled_kinds[-7:]) if run else [],
            "stack": [state_of(state, working) for working in state.stack],
        }
    return {
        "running": running,
        "rep": dict(state.rep),
        "left_open": dict(state.left_open) or None,
        "ringing": dict(state.ringing) or None,
        **dict.fromkeys(LISTS_OF_OLD),
        **state.drafts.unwritten(),
        **state.owed.unwritten(),
        **state.ranking.skips.unwritten(),
        **_pauses_now(state),
    }


def _pauses_now(state: State) -> dict[str, dict[str, Any] | None]:
    """The named pieces of state for the pauses that differ from the store; none is left without a session."""
    run, pauses, found = state.run, state.pauses, dict[str, dict[str, Any]]()
    for number, pause in enumerate(run.clock.pauses if run else ()):
        found[f"{run.session.id if run else ''}.{number:05}"] = pause_to_document(pause)
    for name in [name for name in pauses if name not in found]:
        del pauses[name]
    pauses.update({name: pause for name, pause in found.items() if pauses.get(name) != pause})
    return pauses.unwritten()


def state_of(state: State, working: Working) -> dict[str, Any]:
    """A call in hand, JSON-ready; a caller who is in no list yet is in it whole."""
    from tui.cockpit.state import saved_call  # no call before the first screen

    kept = saved_call.to_state(working, working.walk.text() if working.walk else "")
    if state.store.contact(working.contact.id) is None:
        kept["stranger"] = lean_contact(contact_to_document(working.contact))
    return kept


def decided(state: Mapping[str, Any]) -> dict[str, Any]:
    """What of a saved state the rep and the phone decide: all but the seconds that pass."""
    found = {name: state.get(name) for name in ("running", "rep", "left_open", "ringing")}
    if running := found["running"]:
        clock = running["clock"]
        counted = clock and {name: value for name, value in clock.items() if name not in ("spent", "at")}
        found["running"] = {**running, "saved_at": None, "clock": counted}
    return found
