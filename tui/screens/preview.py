"""`powerhour scripts preview`: walk through a script while it is written; saved changes appear at the same line."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.driver import Driver
from textual.widgets import TextArea

from tui.screens.preview_page import (
    BY_KEY,
    edit_rows,
    head_line,
    key_rows,
    objection_lines,
    page_lines,
)
from tui.script.author.preview import MEND_FIRST, Rehearsal
from tui.script.files.edit import EditError, Part
from tui.system import programs
from tui.system.ending import Signals, wake_only_after_a_stop
from tui.system.terminal import install_reader, lasting_driver
from tui.widgets.colours import ColouredApp
from tui.widgets.containers import Vertical, VerticalScroll
from tui.widgets.frame import Rule
from tui.widgets.key_lines import KeyLines
from tui.widgets.lines import StaticLines, visible
from tui.widgets.look_screen import LookScreen, seen_screen
from tui.widgets.words import say

POLL_S = 0.4
"""How often the files are looked at; a look costs a few stats."""
NO_EDITOR = (
    "No editor is known. Set EDITOR, or `editor` in your own settings file; e changes words right here."
)


class Sentence(TextArea):
    """The words being changed. Its keys come from the screen, in their order."""

    def put(self, text: str) -> None:
        """Put words where the cursor is, without what a terminal would obey."""
        words = "\n".join(visible(line.replace("\t", " ")) for line in text.splitlines())
        self.replace(words, *self.selection, maintain_selection_offset=False)


class PreviewScreen(LookScreen[None], inherit_bindings=False):
    """The words at the top, then where they stand, then what is wrong with the script."""

    CSS_PATH: ClassVar[list[str]] = ["preview.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = ""

    def __init__(self, rehearsal: Rehearsal, editor: Sequence[str] = ()) -> None:
        super().__init__()
        self.rehearsal = rehearsal
        self.editor = tuple(editor)
        self.notice = ""
        self.editing: Part | None = None
        self._before = ""
        """The words in the field as they stood in the file."""
        self.objections = False
        """The objections are shown instead of the line."""

    def compose(self) -> ComposeResult:
        """Line 1, the page, the words being changed, the last lines."""
        with Vertical():
            yield StaticLines(id="head")
            yield Rule(id="top-rule")
            with VerticalScroll(id="page-body", can_focus=False):
                yield StaticLines(id="page")
            with Vertical(id="bottom"):
                yield Rule(id="edit-rule")
                yield Sentence(id="edit", soft_wrap=True, compact=True, show_line_numbers=False)
                yield Rule(id="bottom-rule")
                yield KeyLines(id="keys")

    def on_mount(self) -> None:
        """Draw, and look at the files from now on."""
        self.draw()
        self.set_interval(POLL_S, self.look)

    def on_resize(self) -> None:
        """The lines are cut to the width."""
        self.draw()

    def look(self) -> None:
        """Read the files again when they changed."""
        if self.rehearsal.reload():
            self.draw()

    def draw(self) -> None:
        """Make every line again from the script as it is now; nothing before the first size is known."""
        width = self.size.width
        if not width:
            return
        self.query_one("#head", StaticLines).content = (head_line(self.rehearsal, width),)
        lines = (
            objection_lines(self.rehearsal, width - 1)
            if self.objections
            else page_lines(self.rehearsal, width - 1, self.notice)
        )
        self.query_one("#page", StaticLines).content = tuple(lines)
        rows = edit_rows(len(self.rehearsal.parts)) if self.editing else key_rows(self.rehearsal)
        self.query_one(KeyLines).rows = rows

    # Keys

    async def take(self, event: events.Key | events.Paste) -> bool:
        """Do what a key or a paste means, all of it; False when it means nothing here.

        A key means a command, a digit an answer; while words are changed they take the rest.
        """
        if isinstance(event, events.Paste):
            if self.editing is not None:
                self.query_one(Sentence).put(event.text)
            return True
        if self.editing is not None:
            return self.press_editing(event)
        return self.press(event)

    def press(self, event: events.Key) -> bool:
        """Do what a key means while nothing is changed."""
        self.notice = ""
        shown = self.objections
        self.objections = shown and event.key in ("slash", "pagedown", "pageup")
        if shown and event.key == "escape":
            pass  # Esc leaves the objections, not the preview
        elif event.character and event.character.isdecimal() and event.character.isascii():
            self.rehearsal.answer(int(event.character))
        elif (command := BY_KEY.get(event.key)) is not None:
            self.commands[command.id]()
        else:
            return False
        if event.key not in ("pagedown", "pageup"):
            self.query_one("#page-body").scroll_home(animate=False)
        self.draw()
        return True

    @property
    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What each command does."""
        rehearsal, body = self.rehearsal, self.query_one("#page-body")
        return {
            "preview.on": rehearsal.on,
            "preview.back": rehearsal.back,
            "preview.edit": self.start_editing,
            "preview.editor": self.open_editor,
            "preview.way": rehearsal.next_way,
            "preview.data": rehearsal.with_or_without_data,
            "preview.version": self.other_version,
            "preview.objections": self.show_objections,
            "preview.restart": rehearsal.begin,
            "preview.more": lambda: body.scroll_page_down(animate=False),
            "preview.less": lambda: body.scroll_page_up(animate=False),
            "preview.leave": self.app.exit,
        }

    def other_version(self) -> None:
        """The next version under test."""
        if not self.rehearsal.other_version():
            self.notice = "Nothing is under test in this script."

    def show_objections(self) -> None:
        """The objections instead of the line, or the line again."""
        self.objections = not self.objections

    # Changing words

    def start_editing(self) -> None:
        """The words of this line, ready to be changed."""
        parts = self.rehearsal.parts
        if self.rehearsal.broken:
            self.notice = MEND_FIRST
            return
        if not parts:
            self.notice = "These words stand in no file. Write them into the script: E opens it."
            return
        self.edit_part(parts[0])

    def edit_part(self, part: Part) -> None:
        """One part of the line in the field."""
        target = self.rehearsal.target(part)
        if target is None:
            return
        self.editing = part
        self.set_class(True, "-editing")
        field, heading = self.query_one(Sentence), self.query_one("#edit-rule", Rule)
        shared = target.source.path != self.rehearsal.path
        heading.left = say("change_shared_part" if shared else "change_part", part=part.name)
        heading.right = target.origin
        self._before = "\n".join(visible(line) for line in target.words.split("\n"))
        field.load_text(self._before)
        field.move_cursor(field.document.end)
        self.set_focus(field)

    def press_editing(self, event: events.Key) -> bool:
        """Enter saves, Esc leaves, Tab saves and takes the next part of the line."""
        if event.key == "escape":
            self.stop_editing()
        elif event.key == "enter":
            if self.save():
                self.stop_editing()
        elif event.key in ("tab", "shift+tab"):
            if self.save():
                self._edit_next(1 if event.key == "tab" else -1)
        elif event.is_printable and event.character:
            self.query_one(Sentence).put(event.character)
            return True
        else:
            return False
        self.draw()
        return True

    def _edit_next(self, step: int) -> None:
        parts = self.rehearsal.parts
        at = next((n for n, part in enumerate(parts) if part == self.editing), 0)
        if parts:
            self.edit_part(parts[(at + step) % len(parts)])

    def save(self) -> bool:
        """Put changed words into the file. False on a refusal: they stay in the field, and the reason is shown."""
        words = self.query_one(Sentence).text
        if self.editing is None or words == self._before:
            return True
        try:
            self.rehearsal.edit(self.editing, words)
        except EditError as refused:
            self.notice = str(refused)
            return False
        self.notice = ""
        return True

    def stop_editing(self) -> None:
        """Back to the keys of the preview."""
        self.editing = None
        self.notice = ""
        self.set_class(False, "-editing")
        self.set_focus(None)

    def open_editor(self) -> None:
        """The file in the person's own editor, at this line."""
        place = self.rehearsal.place_on_disk
        command = editor_command(self.editor, os.environ, *place)
        if command is None:
            self.notice = NO_EDITOR
            return
        try:
            with self.app.suspend():
                edit(command)
        except SuspendNotSupported:
            self.notice = say("no_editor", file=place[0], line=place[1])
        except OSError as error:
            self.notice = say("not_started", program=command[0], why=error.strerror or error)
        self.rehearsal.reload()


class PreviewApp(ColouredApp, inherit_bindings=False):
    """The preview as a program of its own."""

    TITLE = "Script preview"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    def __init__(
        self,
        rehearsal: Rehearsal,
        editor: Sequence[str] = (),
        theme: str = "",
        signals: Signals | None = None,
        driver: type[Driver] | None = None,
        *,
        plain_glyphs: bool = False,
    ) -> None:
        super().__init__(driver_class=driver)
        self.plain_glyphs = plain_glyphs
        self.signals = signals or Signals()
        self.rehearsal, self.editor, self.chosen_theme = rehearsal, tuple(editor), theme

    async def on_mount(self) -> None:
        """Show the script; leave the terminal as it was however the program is ended."""
        self.choose_theme(self.chosen_theme)
        wake_only_after_a_stop()
        await self.push_screen(PreviewScreen(self.rehearsal, self.editor))
        self.signals.leave_by(self.exit)  # not before: an app that ends cannot show a screen

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes go to the screen one after another, each when the one before has done all it does."""
        if isinstance(event, events.Key | events.Paste):
            screen = seen_screen(self)
            taken = not isinstance(screen, PreviewScreen) or await screen.take(event)
            if not taken and isinstance(event, events.Key):
                await self._check_bindings(event.key)
        else:
            await super().on_event(event)

    def _handle_exception(self, error: Exception) -> None:
        """Give the terminal back; `preview` raises what stopped it, and the command line says so."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.panic(Text())


def preview(
    rehearsal: Rehearsal, editor: Sequence[str] = (), theme: str = "", *, plain_glyphs: bool = False
) -> int:
    """Run the preview until it is left; the exit code. Raises what stopped it."""
    signals = Signals()
    install_reader(signals.end)
    app = PreviewApp(rehearsal, editor, theme, signals, lasting_driver(), plain_glyphs=plain_glyphs)
    signals.listen()
    app.run()
    if app._exception is not None:
        raise app._exception
    return app.return_code or 0


_AT_A_LINE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "nano", "pico", "emacs"), ("+{line}", "{file}")),
    **dict.fromkeys(("emacsclient", "kak", "joe", "jed", "ne", "mg"), ("+{line}", "{file}")),
    **dict.fromkeys(("hx", "helix", "micro"), ("{file}:{line}",)),
    **dict.fromkeys(("subl", "zed"), ("--wait", "{file}:{line}")),
    **dict.fromkeys(
        ("code", "codium", "vscodium", "code-insiders", "cursor"), ("--wait", "--goto", "{file}:{line}")
    ),
}
"""How an editor is told to open a file at a line, by the name of its program."""
_USUAL = ("nano", "vim", "vi", "notepad")


def editor_command(
    chosen: Sequence[str], environ: Mapping[str, str], path: Path, line: int
) -> list[str] | None:
    """The command that opens a file at a line; None when there is no editor.

    The person's own setting comes first, then VISUAL, EDITOR, and the usual programs. Program and file are absolute.
    """
    program = _program(chosen, environ)
    if not program:
        return None
    name = Path(program[0]).stem.casefold()
    words = _AT_A_LINE.get(name, ("{file}",))
    return [*program, *(word.format(file=path.absolute(), line=line) for word in words)]


def _program(chosen: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    candidates = [list(chosen)]
    for name in ("VISUAL", "EDITOR"):
        try:
            candidates.append(shlex.split(environ.get(name, "")))
        except ValueError:  # an odd number of quotes: no command can be meant
            continue
    candidates += [[name] for name in _USUAL]
    for one in candidates:
        if one and (program := programs.find(one[0])):
            return [program, *one[1:]]
    return []


def edit(command: Sequence[str]) -> None:
    """Run an editor in the terminal until it ends. Raises OSError when it cannot start."""
    subprocess.run(  # noqa: S603 - the editor that the own settings or the environment name, as a list of words
        command, check=False, env=programs.environment(), cwd=programs.own_folder()
    )
