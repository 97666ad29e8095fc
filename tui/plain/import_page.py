"""Contacts from a file: how it was read, what only the rep can say of it, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TypeVar

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
    why_refused,
)
from tui.cockpit.wording.import_summary import FIGURE_KEYS, Summary, behind_words, figure_of, title
from tui.cockpit.wording.imports import Preview, words_for
from tui.cockpit.wording.typed import typed_ask
from tui.exchange.reading.decode import ImportRefused, readings
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.questions import Question
from tui.locale.spoken import translated
from tui.plain.choices import named, with_the_usual
from tui.plain.dialogs import ask, away, fitting, pick
from tui.plain.import_files import ImportFiles
from tui.plain.instead import instead, key_lines, meant
from tui.plain.room import Room
from tui.plain.typed import BACK, spoken
from tui.plain.words import say
from tui.system.long_work import LongWork
from tui.system.readfile import aside

Result = TypeVar("Result")
OFFERED = ("import.take", "import.columns", "import.list", "import.encoding", "import.back")
PLACES = ("import", "everywhere")
EVERY_ROWS = 5_000
"""How far a long file is, is said each time so many rows are done."""
MOST_LISTED = 50
"""Rows of a report that are named one by one."""


class Then(Enum):
    """What comes after a question about a file."""

    READ_AGAIN = auto()
    ANOTHER_FILE = auto()
    DONE = auto()


class ImportPage:
    """Imports one file."""

    def __init__(self, room: Room) -> None:
        self._room, self._cockpit = room, room.cockpit
        self._path = Path()
        self._overrides: tuple[str, ...] = ()
        self._list_name = self._encoding = ""
        self._work = LongWork()
        self._first_told = 0
        """Rows that were done when the rep first heard of it."""

    async def ask(self) -> None:
        """Which file? Then what it holds, and whether it is to be imported; back leads to the files again."""
        files = ImportFiles(self._room)
        try:
            while (path := await files.ask()) is not None:
                self._path = path
                self._overrides, self._list_name, self._encoding = (), "", ""
                if await self._of_one_file() is Then.DONE:
                    return
        finally:
            self._cockpit.importing.let_go()

    async def _of_one_file(self) -> Then:
        then = Then.READ_AGAIN
        while then is Then.READ_AGAIN:
            seen = await self._look()
            then = seen if isinstance(seen, Then) else await self._again(seen)
        return then

    async def _look(self) -> Preview | Then:
        """Read the file and say what it holds; what comes next where it cannot be read, and why is said."""
        room, importing = self._room, self._cockpit.importing
        room.say(say("reading", file=self._path.name))
        try:
            look = partial(importing.look, encoding=self._encoding)
            first = await room.of_disk(aside(look, self._path, self._overrides, self._list_name), self._path)
            if first is None:
                return Then.ANOTHER_FILE
            seen = await self._long(lambda work: importing.read(first, work.count, work.is_left))
        except (ImportRefused, OSError) as refused:
            room.say(say("not_imported", why=why_refused(refused, self._path)))
            doubtful = refused.doubtful if isinstance(refused, ImportRefused) else ()
            again = bool(doubtful) and await self._choose_encoding(readings(doubtful))
            return Then.READ_AGAIN if again else Then.ANOTHER_FILE
        self._say(seen)
        return seen

    async def _long(self, begin: Callable[[LongWork], Awaitable[Result]]) -> Result:
        """What reading or importing gives; how far it is is said, and a line stops it."""
        self._work, self._first_told = LongWork(), 0
        work = self._work
        return await self._room.beside(begin(work), self._progress, work.leave)

    def _progress(self) -> str:
        done = self._work.rows // EVERY_ROWS * EVERY_ROWS
        self._first_told = self._first_told or done
        if not done:
            return ""
        so_far = rows_so_far(done)
        return " ".join((so_far, say("stops_it", key=spoken(BACK)))) if done == self._first_told else so_far

    def _say(self, seen: Preview) -> None:
        columns = "; ".join(
            say("column", number=number, header=header, meaning=meaning)
            for number, (header, meaning) in enumerate(seen.columns, 1)
        )
        lines = [say("for_list", file=seen.table.name, name=seen.list_name), *seen.notes]
        lines += () if seen.mapping.sure else (say("guessed"),)
        lines += [say("columns", columns=columns), say("first_rows"), *seen.sample_lines]
        if seen.summary is not None and seen.summary.behind:
            lines += [say("would_bring"), *_figures(seen.summary)]
        for line in lines:
            self._room.say(line)

    async def _again(self, seen: Preview) -> Then:
        """Ask what to do with it, and what comes then."""
        room = self._room
        while True:
            if (asked := seen.next_question) is not None:
                return await self._answer(asked)
            figures = (say("digit_behind"),) if seen.summary and seen.summary.behind else ()
            take, *others = named(room.keys, *self._offered(seen))
            room.say(with_the_usual(room.keys, take, *figures, *others))
            said = await away(room, self._explain(seen))
            command = meant(room.keys, said, PLACES, self._offered(seen)) if said is not None else None
            if command is None and said is not None:
                await self._behind(said, seen.summary)
            elif command is None:
                continue
            elif command.id == "import.back":
                room.say(say("nothing_imported"))
                return Then.ANOTHER_FILE
            elif command.id == "import.take":
                if await self._import(seen):
                    return Then.DONE
            elif why_not := instead(command.id, room.keys):
                room.say(why_not)
            elif await self._change(command.id, seen):
                return Then.READ_AGAIN

    def _explain(self, seen: Preview) -> Callable[[], None]:
        def explain() -> None:
            able = (*self._offered(seen), "app.caller", "app.keys", "app.quit")
            self._room.say(say("keys_here"))
            for line in key_lines(self._room.keys, PLACES, able):
                self._room.say(line)

        return explain

    async def _behind(self, said: str, summary: Summary | None) -> None:
        """Read who is behind a figure; another line does nothing."""
        room = self._room
        figure = figure_of(said, summary)
        if figure is None or summary is None:
            room.say(say("not_known", typed=spoken(said), keys=room.keys.shown("app.keys")))
            return
        behind = summary.behind.get(figure, ())
        if not behind:
            room.say(say("nobody_behind"))
            return
        room.say(title(figure))
        for one in behind[:MOST_LISTED]:
            row, *words = behind_words(one)
            said = ", ".join(filter(None, words))
            room.say(of_row(one.row, said) if row else said)
        self._say_rest(len(behind))

    def _say_rest(self, count: int) -> None:
        """How many are not named of a long list."""
        if count > MOST_LISTED:
            self._room.say(say("and_more", more=count - MOST_LISTED))

    @staticmethod
    def _offered(seen: Preview) -> tuple[str, ...]:
        return tuple(one for one in OFFERED if one != "import.encoding" or seen.encodings)

    async def _answer(self, asked: Question) -> Then:
        """Ask what only the rep can tell; another file when they leave it."""
        offered = choices(asked)
        words = question(asked)
        if not offered:
            words = " ".join((words, translated(TYPED_HELP)))
        while True:
            said = await ask(self._room, Ask(str(asked.code), words, offered, text=not offered))
            if said is None:
                self._room.say(say("nothing_imported"))
                return Then.ANOTHER_FILE
            if answer := asked.answer(said.strip()):
                self._overrides = (*self._overrides, answer)
                return Then.READ_AGAIN
            words = " ".join((no_answer(said.strip()), question(asked)))

    async def _change(self, command_id: str, seen: Preview) -> bool:
        """Say it better: the list's name, a column, the letters; whether something was changed."""
        if command_id == "import.list":
            name = await ask(self._room, typed_ask("list"))
            self._list_name = (name or "").strip() or self._list_name
            return bool(name)
        if command_id == "import.encoding":
            return await self._choose_encoding(seen.encodings)
        return await self._column(seen)

    async def _choose_encoding(self, encodings: Sequence[tuple[str, str]]) -> bool:
        """Ask which reading is right; whether one was chosen."""
        rows = [(name, " ".join((encoding_words(name), text))) for name, text in encodings]
        chosen = await pick(self._room, translated(WHICH_ENCODING), fitting(rows))
        self._encoding = chosen or self._encoding
        return bool(chosen)

    async def _column(self, seen: Preview) -> bool:
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

    async def _import(self, seen: Preview) -> bool:
        """Import it and say what came of it; whether it was imported."""
        room, importing = self._room, self._cockpit.importing
        try:
            report = await self._long(lambda work: importing.run(seen, work.count, work.is_left))
        except ImportRefused as refused:
            room.say(say("not_imported", why=str(refused)))
            return False
        if report is None:
            room.say(say("not_saved"))
            return False
        room.say(say("imported", file=self._path.name, what=report.sentence))
        for line in filter(
            None,
            (report.taken_over, report.of_nobody, *(report.summary.lines if report.summary.behind else ())),
        ):
            room.say(line)
        rejected = [
            say("labelled", label=one.where.capitalize(), words=one.reason) for one in report.rejected
        ]
        remarks = [of_row(row, words) for row, words in report.remarks]
        for lines in (
            [say("read_so", words=words) for words in report.notes],
            rejected,
            [say("kept_yours", words=words) for words in report.conflicts],
            remarks,
        ):
            for line in lines[:MOST_LISTED]:
                room.say(line)
            self._say_rest(len(lines))
        return True


def _figures(summary: Summary) -> Iterator[str]:
    """The figures of an import, each with the digit that reads who is behind it."""
    for at, line in enumerate(summary.lines):
        key = FIGURE_KEYS[at] if at < len(FIGURE_KEYS) else ""
        yield say("pick_row", number=key, words=line) if key else line
