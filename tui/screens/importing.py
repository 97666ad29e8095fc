"""Import: choose a file, see how it was understood, put right what is wrong, import it or leave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.worker import Worker

from tui.cockpit.view import Ask, View
from tui.cockpit.wording.import_questions import (
    ENCODING_KEY,
    NO_OTHER_ENCODING,
    TYPED_HELP,
    WHICH_ENCODING,
    choices,
    encoding_words,
    no_answer,
    question,
    rows_so_far,
    why_refused,
)
from tui.cockpit.wording.import_summary import FIGURE_KEYS, Summary, figure_of, title
from tui.cockpit.wording.imports import Preview, Report, words_for
from tui.cockpit.wording.typed import QUESTIONS, typed_ask
from tui.commands.keys import shown_key
from tui.exchange.reading.decode import ImportRefused, readings
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.questions import Question
from tui.locale.spoken import translated
from tui.screens.base import CockpitScreen, Handler
from tui.screens.import_blocks import people_behind, preview_blocks, report_blocks
from tui.screens.pick import PickScreen
from tui.screens.screen_context import ScreenContext, hints
from tui.system.contact_files import found_as
from tui.system.long_work import LongWork
from tui.system.readfile import aside, expanded
from tui.widgets.containers import VerticalScroll
from tui.widgets.files import FilePicker, Files
from tui.widgets.frame import Rule
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import Line
from tui.widgets.reading import Block, Reading
from tui.widgets.section_list import PickRow
from tui.widgets.words import say

REDRAW_S = 0.2
"""How often the progress is drawn."""
NOT_SEEN = "That works while the file is shown and nothing was imported yet."


class Stage(Enum):
    """Where the import stands."""

    PICK = auto()
    REFUSED = auto()
    READ = auto()
    SEEN = auto()
    RUNNING = auto()
    DONE = auto()


class ImportScreen(CockpitScreen[None]):
    """From a file to contacts. Reading and writing happen beside the screen, which never waits for them."""

    CSS_PATH: ClassVar[list[str]] = ["base.tcss", "importing.tcss"]
    scrolls = "#import-body"

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._stage = Stage.PICK
        self._path = Path()
        self._typed = ""
        """A path that leads nowhere, to be put right."""
        self._overrides: tuple[str, ...] = ()
        self._list_name = ""
        self._encoding = ""
        """How the rep says the file is written; empty: it is found out."""
        self._seen: Preview | None = None
        self._report: Report | None = None
        self._refused = ""
        """Why nothing was imported."""
        self._doubtful: tuple[bytes, ...] = ()
        """Lines of a file that was refused, where it may be written in another way than it was read."""
        self._run = LongWork()
        """The reading or the import that counts; of any other nothing is taken."""
        self._reading: Worker[None] | None = None

    def body(self) -> ComposeResult:
        """The files, or what was understood of one."""
        yield Rule(translated(QUESTIONS["path"]), "csv, vcf, json, xml, txt", id="import-question")
        shown = self.context.shown
        yield FilePicker(
            self.context.import_from, shown("import.path"), shown("import.up"), shown("import.leave")
        )
        with VerticalScroll(id="import-body", can_focus=False):
            yield Reading(id="reading")

    def on_mount(self) -> None:
        """Progress is drawn now and then."""
        self.set_interval(REDRAW_S, self._draw_progress)

    def part_with_keys(self) -> Files | None:
        """The files, while one is chosen."""
        return self.query_one(Files) if self._stage is Stage.PICK else None

    def on_unmount(self) -> None:
        """What was read goes with the screen, but not on its thread."""
        self._run.leave()
        self._seen = self._report = None
        self.cockpit.importing.let_go()

    def places(self) -> Sequence[str]:
        """Choosing a file, or everything after it."""
        return ("import_pick",) if self._stage is Stage.PICK else ("import", "reading")

    # Drawing

    def show(self, view: View) -> None:
        """Files or text."""
        self._draw()

    def _draw(self) -> None:
        if not self.query("#import-body"):
            return  # it was left while the file was read
        self.set_class(self._stage is not Stage.PICK, "-read")
        self.query_one("#import-body > Reading", Reading).blocks = tuple(self._blocks())
        self.update_keys()

    def _draw_progress(self) -> None:
        if self._stage in {Stage.READ, Stage.RUNNING}:
            self._draw()

    def _blocks(self) -> list[Block]:
        name = self._path.name
        match self._stage:
            case Stage.REFUSED:
                letters = (self._letters,) if self._doubtful else ()
                return [Block(translated("Not imported"), (self._refused, *letters))]
            case Stage.READ:
                rows = (rows_so_far(self._run.rows),) if self._run.rows else ()
                return [Block(translated("Import"), (say("reading", file=name), *rows))]
            case Stage.SEEN if self._seen is not None:
                return preview_blocks(self._seen, self._letters)
            case Stage.RUNNING:
                return [Block(translated("Import"), (say("rows_done", file=name, rows=self._run.rows),))]
            case Stage.DONE if self._report is not None:
                return report_blocks(self._report, name)
        return []

    def key_rows(self, view: View) -> tuple[Row, ...]:
        """What can be done at this stage."""
        keys = self.context.keys
        match self._stage:
            case Stage.REFUSED:
                chooses = ("import.encoding",) if self._doubtful else ()
                return (KeyFlow(hints(keys, *chooses, "import.back")),)
            case Stage.PICK:
                choose = (
                    hint(f"{shown_key('up')}/{shown_key('down')}", translated("choose")),
                    hint(shown_key("enter"), translated("open")),
                )
                return (KeyFlow((*choose, *hints(keys, "import.path", "import.up", "import.leave"))),)
            case Stage.SEEN:
                letters = ("import.encoding",) if self._seen and self._seen.table.doubtful else ()
                asks = self._seen is not None and self._seen.next_question is not None
                take = (
                    hint(keys.shown("import.take"), translated("answer"))
                    if asks
                    else hints(keys, "import.take")[0]
                )
                done = (take, *hints(keys, "import.columns", *letters, "import.list", "import.back"))
                return (KeyFlow((*self._figure_hints(), *done)),)
            case Stage.DONE:
                return (
                    KeyFlow(
                        (*self._figure_hints(), hint(keys.shown("import.take"), translated("to the queue")))
                    ),
                )
        return (KeyFlow((hint(keys.shown("import.back"), translated("stop, nothing is written")),)),)

    # Doing

    def handlers(self) -> Mapping[str, Handler]:
        """The commands of both places."""
        return {
            **super().handlers(),
            "import.path": self._ask_path,
            "import.up": self._go_up,
            "import.leave": lambda: self.dismiss(None),
            "import.take": self._take,
            "import.list": self._ask_list,
            "import.columns": self._choose_column,
            "import.encoding": self._choose_encoding,
            "import.back": self._back,
        }

    @on(Files.FileSelected)
    def _file_chosen(self, message: Files.FileSelected) -> None:
        message.stop()
        # A second Enter on the file, or one that took a while: by now it is read, or something is asked.
        if self._stage is Stage.PICK and self.asked is None:
            self._open(message.path)

    def _ask_path(self) -> None:
        self.ask_here(typed_ask("path", self._typed), self._path_typed)

    def _path_typed(self, typed: str) -> None:
        self._typed = typed
        if name := typed.strip().strip("\"'"):
            self._open(expanded(name))

    async def _go_up(self) -> None:
        files = self.query_one(Files)
        above = files.folder.parent
        if above == files.folder:
            await self.cockpit.tell(say("no_folder_above"))
        else:
            files.go_to(above)

    def _open(self, path: Path) -> None:
        self._path, self._overrides, self._list_name, self._encoding = path, (), "", ""
        self._look()

    def _begin(self, stage: Stage) -> LongWork:
        """The next reading or import; the one before counts no more."""
        self._run.leave()
        self._stage, self._run = stage, LongWork()
        self._draw()
        return self._run

    def _look(self) -> None:
        self._seen = None
        self._reading = self.run_worker(self._read(self._begin(Stage.READ)), exclusive=True)

    async def _read(self, run: LongWork) -> None:
        importing = self.cockpit.importing
        try:
            self._path, found = await aside(found_as, self._path, self.query_one(Files).folder)
            self._typed = self._typed if found == "nothing" else ""
            if found == "folder":
                self._stage = Stage.PICK
                self.query_one(Files).go_to(self._path)
            else:
                look = partial(importing.look, encoding=self._encoding)
                seen = await aside(look, self._path, self._overrides, self._list_name)
                self._seen = await importing.read(seen, run.count, run.is_left)
                self._stage = Stage.SEEN
        except (ImportRefused, OSError) as refused:
            self._refuse(why_refused(refused, self._path))
            self._doubtful = refused.doubtful if isinstance(refused, ImportRefused) else ()
        self._draw()

    def _refuse(self, why: str) -> None:
        self._stage, self._refused, self._doubtful = Stage.REFUSED, why, ()

    async def _take(self) -> None:
        if self._stage is Stage.DONE:
            self.dismiss(None)
        elif self._stage is Stage.SEEN and self._seen is not None and (asked := self._seen.next_question):
            self._ask_of_file(asked)
        elif self._stage is Stage.SEEN:
            self.run_worker(self._import(self._begin(Stage.RUNNING)), exclusive=True)

    def _ask_of_file(self, asked: Question) -> None:
        """Ask what only the rep can tell of the file; Enter imports once nothing is left to ask."""

        def take(said: str) -> None:
            if answer := asked.answer(said.strip()):
                self._overrides = (*self._overrides, answer)
                self._look()
            else:
                again = f"{no_answer(said.strip())} {question(asked)}"
                self.ask_here(Ask(asked.code, again, (), text=True), take)

        typed = not asked.choices
        words = f"{question(asked)} {TYPED_HELP}" if typed else question(asked)
        ask = Ask(asked.code, words, choices(asked), text=typed)
        self.ask_here(ask, take)

    def means(self, sign: str) -> bool:
        """Whether a figure stands behind a sign."""
        return figure_of(sign, self._summary) is not None

    async def press_other(self, event: events.Key) -> bool:
        """A digit shows who is behind the figure it stands before."""
        summary = self._summary
        figure = figure_of(event.character, summary)
        if figure is None or summary is None:
            return False
        rows = people_behind(figure, summary)
        if not rows:
            await self.cockpit.tell(translated("Nobody is behind this figure."))
            return True
        screen = PickScreen(self.context, title(figure), lambda _: rows, widths=(5, 20, 49))
        await self.ask_on(screen, lambda _: None)
        return True

    def _figure_hints(self) -> tuple[Line, ...]:
        figures = len(self._summary.pairs) if self._summary and self._summary.behind else 0
        keys = FIGURE_KEYS[:figures]
        return (hint(f"{keys[0]}-{keys[-1]}", translated("show them")),) if keys else ()

    @property
    def _summary(self) -> Summary | None:
        """The figures on the screen."""
        if self._stage is Stage.DONE and self._report is not None:
            return self._report.summary
        return self._seen.summary if self._stage is Stage.SEEN and self._seen is not None else None

    async def _import(self, run: LongWork) -> None:
        assert self._seen is not None
        try:
            self._report = await self.cockpit.importing.run(self._seen, run.count, run.is_left)
            self._stage = Stage.DONE if self._report is not None else Stage.SEEN
        except ImportRefused as refused:
            key = self.context.keys.shown("import.columns")
            why = str(refused)
            self._refuse(say("refused_column", why=why, key=key) if refused.example else why)
        self._draw()
        if self._stage is Stage.SEEN:  # all that was said of the file still holds
            await self.cockpit.tell(say("import_unsaved", key=self.context.keys.shown("import.take")))

    async def _ask_list(self) -> None:
        if self._stage is Stage.SEEN:
            self.ask_here(typed_ask("list"), self._list_typed)
        else:
            await self.cockpit.tell(translated(NOT_SEEN))

    def _list_typed(self, name: str) -> None:
        if name.strip():
            self._list_name = name.strip()
            self._look()

    async def _choose_column(self) -> None:
        if self._seen is None or self._stage is not Stage.SEEN:
            await self.cockpit.tell(translated(NOT_SEEN))
            return
        columns = enumerate(self._seen.columns, start=1)
        rows = [PickRow(str(number), (header, meaning)) for number, (header, meaning) in columns]
        screen = PickScreen(self.context, translated("Which column?"), lambda _: rows, widths=(40, 30))
        await self.ask_on(screen, self._choose_meaning)

    async def _choose_encoding(self) -> None:
        encodings = self._encodings
        if not encodings:
            await self.cockpit.tell(translated(NO_OTHER_ENCODING if self._stage is Stage.SEEN else NOT_SEEN))
            return

        def take(encoding: str) -> None:
            self._encoding = encoding
            self._look()

        rows = [PickRow(name, (encoding_words(name), text)) for name, text in encodings]
        await self.ask_on(
            PickScreen(self.context, translated(WHICH_ENCODING), lambda _: rows, widths=(26, 50)), take
        )

    @property
    def _encodings(self) -> tuple[tuple[str, str], ...]:
        if self._stage is Stage.REFUSED:
            return readings(self._doubtful) if self._doubtful else ()
        return self._seen.encodings if self._seen and self._stage is Stage.SEEN else ()

    @property
    def _letters(self) -> str:
        return translated(ENCODING_KEY).format(key=self.context.keys.shown("import.encoding"))

    async def _choose_meaning(self, column: str) -> None:
        def take(meaning: str) -> None:
            self._overrides = (*self._overrides, f"{meaning}={column}")
            self._look()

        rows = [PickRow(one.value, (words_for(one),)) for one in Meaning]
        screen = PickScreen(self.context, translated("What is in it?"), lambda _: rows, widths=(40,))
        await self.ask_on(screen, take)

    def _back(self) -> None:
        if self._stage is Stage.RUNNING:
            self._run.leave()
        elif self._stage is Stage.DONE:
            self.dismiss(None)
        else:
            self._run.leave()
            if self._reading is not None:
                self._reading.cancel()  # its thread may wait for a drive that is gone; nobody waits for the thread
            self._stage = Stage.PICK
            self._draw()
