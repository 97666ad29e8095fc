"""The queue in lines: a few people at a time, each with the number that chooses them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping

from tui.cockpit.queue_view import EnterKey, QueueRow
from tui.cockpit.view import Ask, View
from tui.plain.dialogs import ask, away
from tui.plain.facts import ROWS, Fact, row_words, sections
from tui.plain.room import Room
from tui.plain.typed import BACK
from tui.plain.words import say


class QueuePage:
    """Which part of the queue is read, and what a line on it means."""

    def __init__(self, room: Room) -> None:
        self._room, self._cockpit = room, room.cockpit
        self._from = 0
        """The first row that is read of the main list."""
        self._rows: dict[int, QueueRow] = {}
        """Those that were read, by their numbers."""
        self._enter = EnterKey()
        """What was said that Enter does: that it does, for whom it was said."""

    @property
    def selected(self) -> str:
        """Id of the person the cursor is on; empty when there is none."""
        return self._room.view.queue.selected

    def facts(self, view: View) -> Iterator[Fact]:
        """The people, and what is below them."""
        keys, queue = self._room.keys, view.queue
        self._enter, self._rows = queue.enter, {}
        start = 1
        for heading, rows, most in sections(view):
            first = self._from if most == ROWS else 0
            shown = {start + at: rows[at] for at in range(first, min(first + most, len(rows)))}
            self._rows |= shown
            lines = [row_words(number, row) for number, row in shown.items()]
            if heading and len(rows):
                lines.insert(0, say(heading, count=len(rows)))
            if (more := len(rows) - first - most) > 0 and most == ROWS:
                lines.append(say("more_below", count=more, key=keys.shown("queue.page_down")))
            yield Fact(
                f"rows:{heading}",
                "\n".join(lines),
                (self._from, *(row.id for row in shown.values()), len(rows)),
            )
            start += len(rows)
        if queue.shows == "queue" and queue.held_count:
            held = say("held_back", count=queue.held_count, key=keys.shown("queue.held"))
            yield Fact("held", held)
        yield Fact("enter", "", queue.enter.words)

    async def took(self, said: str) -> bool:
        """Choose the person of a number; False for another line."""
        if not (said.isdecimal() and (row := self._row(int(said)))):
            return False
        await self._cockpit.queue.select(row.contact_id, row.call_id)
        self._room.say(row_words(int(said), row))
        return True

    def _row(self, number: int) -> QueueRow | None:
        if number in self._rows:
            return self._rows[number]
        before = 0
        for _, rows, _ in sections(self._room.view):
            if before < number <= before + len(rows):
                return rows[number - before - 1]
            before += len(rows)
        return None

    def handlers(self) -> Mapping[str, Callable[[], Awaitable[object]]]:
        """What the keys of the queue do that change which people are read."""
        cockpit = self._cockpit
        return {
            "queue.ring": lambda: cockpit.queue.enter(self._enter),
            "queue.page_down": lambda: self._page(ROWS),
            "queue.page_up": lambda: self._page(-ROWS),
            "queue.find": self._find,
            "queue.clear": self._clear,
            "queue.held": self._show_held,
            "queue.keep_filter": self._keep_filter,
            "queue.skip": lambda: cockpit.people.skip(self.selected or None),
        }

    async def _page(self, step: int) -> None:
        _, rows, _ = next(one for one in sections(self._room.view) if one[2] == ROWS)
        moved = max(0, min(self._from + step, (max(len(rows) - 1, 0)) // ROWS * ROWS))
        if moved == self._from:
            self._room.say(say("last_page" if step > 0 else "first_page"))
        self._from = moved

    async def _find(self) -> None:
        self._room.say(say("find_whom"))
        while (said := await away(self._room)) is None:
            self._room.say(say("find_whom"))
        self._from = 0
        if said not in ("", BACK):
            await self._cockpit.queue.filter(said)

    async def _clear(self) -> None:
        queue = self._room.view.queue
        self._from = 0
        if queue.typing or queue.filter:
            await self._cockpit.queue.clear_filter()
        else:
            await self._cockpit.queue.show_held(False)

    async def _show_held(self) -> None:
        self._from = 0
        await self._cockpit.queue.show_held(self._room.view.queue.shows != "held")

    async def _keep_filter(self) -> None:
        if name := await ask(self._room, Ask("keep-filter", say("name_filter"), (), text=True)):
            await self._cockpit.queue.save_filter(name)
