"""The plain mode in the test's own process: whoever types gives the next line when the prompt asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cockpit_bench import Bench
from tui.plain.lines import Out, Take, Typed
from tui.plain.room import PROMPT, Given
from tui.plain.session import Ended, Ending, work_in_lines
from tui.plain.typed import TypedKeys

LETTERS = "nvgtcmledwx"


WAIT = object()
"""What a step gives that makes something happen: the next line is typed when that was said."""


Step = str | tuple[str, ...] | Callable[[], object]
"""A line, several that are typed at once, or what is done instead."""


class Desk:
    """Types lines at prompts and keeps what was said. What is no text is done instead of typed, such as waiting."""

    echoes = True

    def __init__(self, bench: Bench) -> None:
        self.bench, self.keys = bench, TypedKeys(taken=LETTERS)
        self.given_more: dict[str, Any] = {}
        """What the room is given besides its keys."""
        self.said: list[str] = []
        """Everything that was printed, an entry for each piece."""
        self.bells = 0
        self.answers: list[str] = []
        """What was said after each line that was typed; the first: before any."""
        self._since = 0
        self._take: Take = lambda _: None
        self._lines: Iterator[Step] = iter(())

    def begin(self, take: Take) -> None:
        self._take = take

    def _now(self) -> float:
        return self.bench.clock.monotonic()

    def _bell(self) -> None:
        self.bells += 1

    def _write(self, text: str) -> None:
        self.said.append(text)
        if text == PROMPT:
            self.answers.append("".join(self.said[self._since :]))
            self._since = len(self.said)
            self._type()

    def _type(self) -> None:
        for line in self._lines:
            if isinstance(line, str | tuple):
                for one in (line,) if isinstance(line, str) else line:
                    self._take(Typed(one, self._now()))
                return
            if line() is WAIT:
                return
        self._take(Typed(None, self._now()))

    async def work(self, *lines: Step) -> str:
        """Open the cockpit, type these lines, then end the input; everything that was said."""
        self.said, self.answers, self._since, self._lines = [], [], 0, iter(lines)
        out = Out(self._write, lambda: None, self._bell)
        cockpit = self.bench.cockpit
        cockpit._state.keys = self.keys
        given = Given(self.keys, **self.given_more)
        self.ended: Ended = await work_in_lines(cockpit, self, out, given, Ending(), self._now)
        self.answers.append("".join(self.said[self._since :]))
        return "".join(self.said)

    def later(self, seconds: float) -> Callable[[], object]:
        """Let so much time go by before the next line."""
        return lambda: self.bench.clock.step(seconds)


@pytest.fixture
def desk(bench: Bench) -> Desk:
    return Desk(bench)


def choices_of(answer: str) -> str:
    """The line before a prompt."""
    return re.sub(rf"{re.escape(PROMPT)}$", "", answer).strip().splitlines()[-1]
