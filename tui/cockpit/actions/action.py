"""What an action of the rep is: the last notice goes, the work is done and saved, and the new View comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from tui.cockpit.state.state import State
from tui.cockpit.view import View


class _Part(Protocol):
    """Any part of the cockpit: it works on one state."""

    _state: State


PartT = TypeVar("PartT", bound=_Part)
ResultT = TypeVar("ResultT")
P = ParamSpec("P")
Work = Callable[Concatenate[PartT, P], Awaitable[ResultT]]
Action = Callable[Concatenate[PartT, P], Coroutine[Any, Any, ResultT]]


def action(work: Work[PartT, P, object]) -> Action[PartT, P, View]:
    """An action of the rep. Gives the View after it; one inside another is a part of that one, and paints nothing."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> View:
        await _act(self._state, work(self, *args, **kwargs))
        return self._state.view

    return run


def call_action(work: Work[PartT, P, object]) -> Action[PartT, P, View]:
    """An action of the call in hand: where none is on the screen nothing happens."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> View:
        if self._state.call_on_screen is not None:
            await _act(self._state, work(self, *args, **kwargs))
        return self._state.view

    return run


def look(work: Work[PartT, P, object]) -> Action[PartT, P, View]:
    """An action that only looks elsewhere: what was said before stays on the screen."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> View:
        await _act(self._state, work(self, *args, **kwargs), only_looks=True)
        return self._state.view

    return run


def giving(work: Work[PartT, P, ResultT]) -> Action[PartT, P, ResultT]:
    """An action that gives what its work gives; the View after it goes to those who watch."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> ResultT:
        return await _act(self._state, work(self, *args, **kwargs))

    return run


async def _act(state: State, work: Awaitable[ResultT], *, only_looks: bool = False) -> ResultT:
    task = asyncio.current_task()
    is_part, acted = task in state.acting, state.acting.get(task, False)
    if not (only_looks or acted):
        state.can_advance = True
        state.notice = state.saved = None
    state.acting[task] = acted or not only_looks
    if is_part:
        return await work
    try:
        state.catch_up()
        result = await work
        if state.acting[task]:
            await state.save()
    except ValueError:  # something typed is not taken: the last notice is gone all the same
        state.paint()
        raise
    finally:
        del state.acting[task]
    state.paint()
    return result
