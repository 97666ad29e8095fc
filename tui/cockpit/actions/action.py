"""What an action of the rep is: the last notice goes, the work is done and saved, and the new View comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from tui.cockpit.state.state import Desk
from tui.cockpit.view import View


class _Part(Protocol):
    """Any part of the cockpit: it works at one desk."""

    _desk: Desk


PartT = TypeVar("PartT", bound=_Part)
ResultT = TypeVar("ResultT")
P = ParamSpec("P")
Work = Callable[Concatenate[PartT, P], Awaitable[ResultT]]
Action = Callable[Concatenate[PartT, P], Coroutine[Any, Any, ResultT]]


def action(work: Work[PartT, P, object]) -> Action[PartT, P, View]:
    """An action of the rep. Gives the View after it; one inside another is a part of that one, and paints nothing."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> View:
        await _act(self._desk, work(self, *args, **kwargs))
        return self._desk.view

    return run


def call_action(work: Work[PartT, P, object]) -> Action[PartT, P, View]:
    """An action of the call in hand: where none is on the screen nothing happens."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> View:
        if self._desk.call_on_screen is not None:
            await _act(self._desk, work(self, *args, **kwargs))
        return self._desk.view

    return run


def look(work: Work[PartT, P, object]) -> Action[PartT, P, View]:
    """An action that only looks elsewhere: what was said before stays on the screen."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> View:
        await _act(self._desk, work(self, *args, **kwargs), only_looks=True)
        return self._desk.view

    return run


def giving(work: Work[PartT, P, ResultT]) -> Action[PartT, P, ResultT]:
    """An action that gives what its work gives; the View after it goes to those who watch."""

    @wraps(work)
    async def run(self: PartT, /, *args: P.args, **kwargs: P.kwargs) -> ResultT:
        return await _act(self._desk, work(self, *args, **kwargs))

    return run


async def _act(desk: Desk, work: Awaitable[ResultT], *, only_looks: bool = False) -> ResultT:
    task = asyncio.current_task()
    is_part, acted = task in desk.acting, desk.acting.get(task, False)
    if not (only_looks or acted):
        desk.can_advance = True
        desk.notice = desk.saved = None
    desk.acting[task] = acted or not only_looks
    if is_part:
        return await work
    try:
        desk.catch_up()
        result = await work
        if desk.acting[task]:
            await desk.save()
    finally:
        del desk.acting[task]
    desk.paint()
    return result
