"""Contacts from a file: how it was read, what only the rep can say of it, then all of it or nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cockpit.view import Ask
from tui.cockpit.wording.import_questions import (
    TYPED_HELP,
    WHICH_ENCODING,
    choices,
    encoding_words,
    no_answer,
    of_row,
    question,
    rows_so_far,
    unreadable,
)
from tui.cockpit.wording.typed import typed_ask
from tui.locale.spoken import translated
from tui.plain.choices import named, sentence
from tui.plain.dialogs import ask, away, fitting, pick
from tui.plain.room import Room
from tui.plain.typed import BACK, spoken
from tui.plain.words import say
from tui.system.long_work import LongWork
from tui.system.readfile import aside, expanded

if TYPE_CHECKING:
    from tui.cockpit.wording.imports import Preview
    from tui.exchange.reading.questions import Question

OFFERED = ("import.take", "import.columns", "import.list", "import.encoding", "import.back")
EVERY_ROWS = 5_000
"""How far a long file is, is said each time so many rows are done."""
MOST_LISTED = 50
"""Rows of a report that are named one by one."""


class ImportPage:
    """Imports one file."""

    def __init__(self, room: Room) -> None:
        self._room, self._cockpit = room, room.cockpit
        self._path = Path()
        self._overrides: tuple[str, ...] = ()
        self._list_name = self._encoding = ""
        self._work = LongWork()

    async def ask(self) -> None:
        """Which file? Then what it holds, and whether it is to be imported."""
        typed = await ask(self._room, typed_ask("path"))
        if not typed or not typed.strip():
            return
        self._path = expanded(typed.strip().strip("\"'"))
        self._overrides, self._list_name, self._encoding = (), "", ""
        try:
            while (seen := await self._look()) is not None and await self._again(seen):
                pass
        finally:
            self._cockpit.importing.let_go()

    async def _look(self) -> Preview | None:
        """Read the file and say what it holds; None when it cannot be read, and why is said."""
        from tui.exchange.reading.decode import ImportRefused

        room, importing = self._room, self._cockpit.importing
        room.say(say("reading", file=self._path.name))
        self._work = LongWork()
        try:
            look = partial(importing.look, encoding=self._encoding)
            first = await room.beside(aside(look, self._path, self._overrides, self._list_name))
            seen = await room.beside(
                importing.read(first, self._work.count, self._work.is_left), self._progress
            )
        except (ImportRefused, OSError) as refused:
            why = str(refused) if isinstance(refused, ImportRefused) else ""
            room.say(say("not_imported", why=why or unreadable(self._path)))
            return None
        self._say(seen)
        return seen

    def _progress(self) -> str:
        done = self._work.rows // EVERY_ROWS * EVERY_ROWS
        return rows_so_far(done) if done else ""

    def _say(self, seen: Preview) -> None:
        columns = "; ".join(
            say("column", number=number, header=header, meaning=meaning)
            for number, (header, meaning) in enumerate(seen.columns, 1)
        )
        lines = [say("for_list", file=seen.table.name, name=seen.list_name), *seen.notes]
        lines += () if seen.mapping.sure else (say("guessed"),)
        lines += [say("columns", columns=columns), say("first_rows"), *seen.sample_lines]
        if seen.summary is not None and seen.summary.behind:
            lines += [say("would_bring"), *seen.summary.lines]
        for line in lines:
            self._room.say(line)

    async def _again(self, seen: Preview) -> bool:
        """Ask what to do with it; whether the file is to be read again."""
        room = self._room
        while True:
            if (asked := seen.next_question) is not None:
                return await self._answer(asked)
            room.say(sentence(named(room.keys, *self._offered(seen))))
            said = await away(room)
            if said == BACK:
                room.say(say("nothing_imported"))
                return False
            command = room.keys.meant(said, ("import",), self._offered(seen)) if said is not None else None
            if command is not None and command.id == "import.take":
                await self._import(seen)
                return False
            if command is not None:
                if await self._change(command.id, seen):
                    return True
            elif said is not None:
                room.say(say("not_known", typed=spoken(said), keys=room.keys.shown("app.keys")))

    @staticmethod
    def _offered(seen: Preview) -> tuple[str, ...]:
        return tuple(one for one in OFFERED if one != "import.encoding" or seen.encodings)

    async def _answer(self, asked: Question) -> bool:
        """Ask what only the rep can tell; False when they leave it."""
        offered = choices(asked)
        words = question(asked)
        if not offered:
            words = " ".join((words, translated(TYPED_HELP)))
        while True:
            said = await ask(self._room, Ask(str(asked.code), words, offered, text=not offered))
            if said is None:
                self._room.say(say("nothing_imported"))
                return False
            if answer := asked.answer(said.strip()):
                self._overrides = (*self._overrides, answer)
                return True
            words = " ".join((no_answer(said.strip()), question(asked)))

    async def _change(self, command_id: str, seen: Preview) -> bool:
        """Say it better: the list's name, a column, the letters; whether something was changed."""
        if command_id == "import.list":
            name = await ask(self._room, typed_ask("list"))
            self._list_name = (name or "").strip() or self._list_name
            return bool(name)
        if command_id == "import.encoding":
            rows = [(name, " ".join((encoding_words(name), text))) for name, text in seen.encodings]
            chosen = await pick(self._room, translated(WHICH_ENCODING), fitting(rows))
            self._encoding = chosen or self._encoding
            return bool(chosen)
        return await self._column(seen)

    async def _column(self, seen: Preview) -> bool:
        from tui.cockpit.wording.imports import words_for
        from tui.exchange.reading.headings.headers import Meaning

        rows = [
            (str(number), " ".join((header, meaning)))
            for number, (header, meaning) in enumerate(seen.columns, 1)
        ]
        column = await pick(self._room, say("which_column"), fitting(rows))
        if column is None:
            return False
        meanings = [(one.value, words_for(one)) for one in Meaning]
        meaning = await pick(self._room, say("which_meaning"), fitting(meanings))
        if meaning is None:
            return False
        self._overrides = (*self._overrides, f"{meaning}={column}")
        return True

    async def _import(self, seen: Preview) -> None:
        from tui.exchange.reading.decode import ImportRefused

        room = self._room
        self._work = LongWork()
        try:
            run = self._cockpit.importing.run(seen, self._work.count, self._work.is_left)
            report = await room.beside(run, self._progress)
        except ImportRefused as refused:
            room.say(say("not_imported", why=str(refused)))
            return
        if report is None:
            room.say(say("not_saved"))
            return
        room.say(say("imported", file=self._path.name, what=report.sentence))
        remarks = [of_row(row, words) for row, words in report.remarks]
        rejected = [
            say("labelled", label=one.where.capitalize(), words=one.reason) for one in report.rejected
        ]
        for line in filter(None, (report.taken_over, report.of_nobody, *(rejected + remarks)[:MOST_LISTED])):
            room.say(line)
