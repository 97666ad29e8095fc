"""The question on the screen that one key or a typed reason answers, and what follows from the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tui.cockpit.actions.action import action, look
from tui.cockpit.actions.caller_lookup import Callers
from tui.cockpit.actions.dialing import CallActions
from tui.cockpit.actions.do_not_call import DoNotCall
from tui.cockpit.actions.many import Many
from tui.cockpit.actions.messages import Messages
from tui.cockpit.actions.next_person import CallOrder, Decision
from tui.cockpit.actions.outcome import OutcomeActions
from tui.cockpit.actions.own.first_run import ABOUT_ME, FirstRun
from tui.cockpit.actions.people import People
from tui.cockpit.actions.session import SessionActions
from tui.cockpit.actions.team.manager import Manager
from tui.cockpit.state.state import State

Answered = Callable[[str, str], Awaitable[Any]]
"""What an answer does: it gets what the question was about, and the key."""


class Question:
    """Answers to `state.ask`; a question's id is `about:target`."""

    def __init__(
        self,
        state: State,
        session: SessionActions,
        call: CallActions,
        people: People,
        messages: Messages,
        callers: Callers,
        outcome: OutcomeActions,
        never: DoNotCall,
        manager: Manager,
        many: Many,
        flow: CallOrder,
    ) -> None:
        self._state = state
        self._never = never
        self._flow = flow
        self._call = call
        self._answered: dict[str, Answered] = {
            "skip": people.put_off,
            "decide": people.decide,
            "stop": people.stop,
            "sent": messages.sent_by,
            "pause": lambda _, key: session.pause(key),
            "sound": lambda number, _: call.sounds_good(number),
            "dial": lambda number, _: call.anyway(number),
            "caller": callers.chosen,
            "time": outcome.time_chosen,
            ABOUT_ME: lambda _, key: FirstRun(state).answered(key),
            "same": self._same_person,
            "double": people.doubles.answered,
            "skip-until": people.put_off_until,
            "many": many.chosen,
            "many-words": many.typed,
            "many-go": many.go,
            "manager": manager.said,
        }

    @action
    async def answer(self, key: str) -> None:
        """Answer the question on the screen with a key or a sentence; a key it does not name changes nothing."""
        state, ask = self._state, self._state.ask
        if ask is None:
            return
        about, _, target = ask.id.partition(":")
        if ask.text and about not in self._answered:
            await self.give_reason(key)
        elif ask.text or key in dict(ask.choices):
            state.ask = None
            await self._answered[about](target, key)

    async def _same_person(self, contact_id: str, key: str) -> None:
        if answer := await self._never.answered(contact_id, key):
            self._flow.decided(Decision(contact_id, answer=answer.id))

    @action
    async def give_reason(self, text: str) -> None:
        """Answer the question for a typed reason; without one nobody is called, and that is said."""
        ask = self._state.ask
        if ask is not None and ask.text:
            self._state.ask = None
            await self._call.override(ask.id.partition(":")[2], text)

    @look
    async def leave(self) -> None:
        """Esc: the question goes, nothing happens."""
        self._state.ask = None
