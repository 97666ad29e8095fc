"""The files a list of contacts may be in, to choose from; what to do where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import DirectoryTree
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from tui.system.contact_files import Folder, look_into
from tui.widgets.containers import Vertical
from tui.widgets.lines import visible
from tui.widgets.reading import Block, Reading
from tui.widgets.words import say


class Files(DirectoryTree):
    """The files to choose from; names are drawn as text."""

    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "▸ ", "▾ ", "  "

    class LookedInto(Message):
        """It is known now what stands in one more folder."""

    def __init__(self, folder: Path, *, id: str | None = None) -> None:
        super().__init__(folder, id=id)
        self._found: dict[Path, Folder] = {}

    @property
    def folder(self) -> Path:
        """The folder at the top."""
        return Path(self.path)

    def go_to(self, folder: Path) -> None:
        """Show another folder."""
        self.path = folder

    @property
    def bare(self) -> Folder | None:
        """The folder the cursor stands on, when it was looked into and offers nothing."""
        node = self.cursor_node or self.root
        found = self._found.get(node.data.path) if node.data else None
        return found if found is not None and not found.shown else None

    @work(thread=True, exit_on_error=False)
    def _load_directory(self, node: TreeNode[DirEntry]) -> list[Path]:
        # Textual takes a folder that cannot be read for one without files.
        assert node.data is not None
        found = self._found[node.data.path] = look_into(node.data.path.expanduser())
        self.post_message(self.LookedInto())
        return list(found.shown)

    def _populate_node(self, node: TreeNode[DirEntry], content: Iterable[Path]) -> None:
        super()._populate_node(node, content)
        if node.is_root:
            self.call_after_refresh(self._go_to_a_list)

    def _go_to_a_list(self) -> None:
        """Begin on the first file: most often it is the one that is meant, and Enter takes it at once."""
        file = next((one for one in self.root.children if not one.allow_expand), None)
        if file is not None and self.cursor_line <= 0:  # nobody has moved meanwhile
            self.move_cursor(file)

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """All of them: what is no list was left out where it was counted."""
        return paths

    def process_label(self, label: str | Text) -> Text:
        """A file's name, without anything a terminal would act upon; of the root, which has none, its path."""
        return Text(visible(str(label)) or str(self.path))


class FilePicker(Vertical):
    """The files, and below them what to do where the folder the cursor stands on offers none."""

    DEFAULT_CSS = """
    FilePicker { height: 1fr; }
    FilePicker Files { height: 1fr; }
    FilePicker.-bare Files { height: 1; }
    FilePicker Reading { height: auto; margin: 1 0; }
    """

    def __init__(self, folder: Path, path_key: str, up_key: str) -> None:
        """The keys that type a path and go to the folder above, as they are written on the screen."""
        super().__init__(id="import-picker")
        self._folder, self._keys = folder, (path_key, up_key)

    def compose(self) -> ComposeResult:
        """The files, and the words."""
        files = Files(self._folder, id="import-files")
        files.show_guides = False
        yield files
        yield Reading(id="import-bare")

    @on(Files.LookedInto)
    @on(Files.NodeHighlighted)
    def _tell(self) -> None:
        files = self.query_one(Files)
        bare = files.bare
        self.query_one(Reading).blocks = (bare_block(bare, *self._keys),) if bare else ()
        self.set_class(bool(bare) and not files.root.children, "-bare")


def bare_block(folder: Folder, path_key: str, up_key: str) -> Block:
    """What stands in a folder that offers no list, and what to do."""
    if folder.problem:
        found = say("folder_closed", why=folder.problem)
    elif folder.others:
        found = say("folder_others", others=folder.others)
    else:
        found = say("folder_hidden" if folder.hidden else "folder_empty")
    return Block("", (found, say("folder_kinds"), say("folder_keys", path=path_key, up=up_key)))
