"""Somebody calls while the rep is anywhere: who it is, their words, and afterwards back to the same question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from tui.cockpit.call_view import CallerRow, RingingView
from tui.cockpit.view import View
from tui.plain.choices import named, sentence
from tui.plain.dialogs import Row, away, chosen, pick
from tui.plain.room import Room
from tui.plain.words import say

UNKNOWN = "?"
"""Choosing this row means somebody we cannot find."""
Until = Callable[[Callable[[View], bool]], Awaitable[None]]
"""The main prompt, until something is so."""


class Incoming:
    """The key for an incoming call."""

    def __init__(self, room: Room, until: Until) -> None:
        self._room, self._cockpit, self._until = room, room.cockpit, until
        self._asking = False
        self._typed = ""
        """What is looked for."""

    async def ask(self) -> None:
        """Who is it? Then their call, and back to what was asked before."""
        if self._asking:
            return
        self._asking = self._room.shows_caller = True
        before = self._room.view.call_id
        try:
            seen = await self._cockpit.incoming.open_look_up()
            self._typed = ""
            await (self._on_the_line(seen.ringing) if seen.ringing else self._look_up())
        finally:
            self._asking = self._room.shows_caller = False
        served = self._room.view.call_id
        if served and served != before:
            await self._until(lambda view: view.call_id != served)

    async def _look_up(self) -> None:
        caller = await pick(self._room, say("who_calls"), self._rows)
        if caller is None:
            await self._cockpit.callers.gone()
        else:
            await self._cockpit.callers.choose(None if caller == UNKNOWN else caller, self._typed)

    def _rows(self, typed: str) -> Sequence[Row]:
        self._typed = typed
        return self._lines(self._cockpit.callers.look_up(typed))

    @staticmethod
    def _lines(found: Sequence[CallerRow]) -> Sequence[Row]:
        known = [
            (row.contact_id, ", ".join(filter(None, (row.name, row.company, row.number, row.why))))
            for row in found
        ]
        return [*known, (UNKNOWN, say("somebody_else"))]

    async def _on_the_line(self, ringing: RingingView) -> None:
        """Answer, finish the other call first, or decline; typing looks for somebody else."""
        room, keys = self._room, self._room.keys
        typed = ""
        while room.view.ringing is not None and room.view.ringing.call_id == ringing.call_id:
            rows = self._rows(typed) if typed else self._lines(ringing.rows)
            self._say_who(ringing, rows)
            said = await away(room)
            command = keys.meant(said, ("ringing_in",), ANSWERS) if said is not None else None
            if said is None:
                continue
            if command is not None:
                await self._do(command.id, rows[0][0])
            elif row := chosen(said, rows):
                await self._answer(row[0])
            else:
                typed = said

    async def _do(self, command_id: str, first: str) -> None:
        if command_id == "ringing_in.answer":
            await self._answer(first)
        elif command_id == "ringing_in.later":
            await self._cockpit.incoming.put_off()
        else:
            await self._cockpit.incoming.decline()

    async def _answer(self, caller: str) -> None:
        await self._cockpit.incoming.take(None if caller == UNKNOWN else caller)

    def _say_who(self, ringing: RingingView, rows: Sequence[Row]) -> None:
        room = self._room
        who = " ".join(part for part in (ringing.name, ringing.number) if part)
        room.say(say("incoming_now", who=who))
        for number, (_, words) in enumerate(rows, 1):
            room.say(say("pick_row", number=number, words=words))
        room.say(sentence((*named(room.keys, *ANSWERS), say("number_takes"), say("type_narrows"))))


ANSWERS = ("ringing_in.answer", "ringing_in.later", "ringing_in.decline")
"""What can be done with somebody who rings."""
