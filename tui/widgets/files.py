"""The files a list of contacts may be in, to choose from; what to do where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tui.system.contact_files import Folder, look_into
from tui.system.readfile import aside
from tui.widgets.containers import Vertical
from tui.widgets.lines import visible
from tui.widgets.reading import Block, Reading
from tui.widgets.words import say

PATIENCE_S = 0.7
"""A folder that has not answered after so many seconds is told of; most do within the blink of an eye."""


class Files(Tree[Path]):
    """The files to choose from; names are drawn as text.

    Textual's `DirectoryTree` asks the disk on the screen's own thread which names are folders, and its threads hold up
    the end of the program: a drive that nobody reaches would freeze both. Here only `aside` asks a disk.
    """

    ICON_NODE, ICON_NODE_EXPANDED, ICON_FILE = "▸ ", "▾ ", "  "

    class FolderNews(Message):
        """It is known now what stands in one more folder, or one lets us wait."""

    class FileSelected(Message):
        """Somebody chose a file."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def __init__(self, folder: Path, *, id: str | None = None) -> None:
        super().__init__(_label(folder), folder, id=id)
        self.folder = folder
        """The folder at the top."""
        self._found: dict[Path, Folder] = {}
        self._asked: set[Path] = set()
        """Folders whose disk has not answered yet: none is asked twice."""
        self._late: set[Path] = set()
        """Those of them that let us wait for long."""

    def on_mount(self) -> None:
        """The folder at the top is open."""
        self.root.expand()

    def go_to(self, folder: Path) -> None:
        """Show another folder."""
        self.folder = folder
        self._found.pop(folder, None)
        self.reset(_label(folder), folder)
        self.cursor_line = 0
        self.scroll_home(animate=False)
        self.root.expand()

    @property
    def bare(self) -> Folder | None:
        """The folder the cursor stands on, when it was looked into and offers nothing."""
        node = self.cursor_node or self.root
        found = self._found.get(node.data) if node.data else None
        return found if found is not None and not found.shown else None

    @property
    def awaited(self) -> Path | None:
        """The folder the cursor stands on, when it lets us wait."""
        folder = (self.cursor_node or self.root).data
        return folder if folder in self._late else None

    @on(Tree.NodeExpanded)
    def _opened(self, event: Tree.NodeExpanded[Path]) -> None:
        if not event.node.children:
            self.run_worker(self._look_into(event.node))

    async def _look_into(self, node: TreeNode[Path]) -> None:
        folder = node.data
        if folder is None or folder in self._asked:
            return
        self._asked.add(folder)
        patience = self.set_timer(PATIENCE_S, lambda: self._lets_wait(folder))
        self._found[folder] = found = await aside(look_into, folder.expanduser())
        patience.stop()
        self._asked.discard(folder)
        self._late.discard(folder)
        nodes = [node] if self._top_of(node) is self.root else []
        if folder == self.folder and not nodes:  # left and opened again before the disk answered
            nodes = [self.root]
        for one in nodes:
            self._fill(one, found.folders, found.files)
        self.post_message(self.FolderNews())

    def _lets_wait(self, folder: Path) -> None:
        self._late.add(folder)
        self.post_message(self.FolderNews())

    def _fill(self, node: TreeNode[Path], folders: Sequence[Path], files: Sequence[Path]) -> None:
        node.remove_children()
        for path in folders:
            node.add(_label(path), path)
        shown = [node.add_leaf(_label(path), path) for path in files]
        if shown and node.is_root:
            self.call_after_refresh(self._go_to_a_list, shown[0])

    def _go_to_a_list(self, file: TreeNode[Path]) -> None:
        """Begin on the first file: most often it is the one that is meant, and Enter takes it at once."""
        if self.cursor_line <= 0 and self._top_of(file) is self.root:  # nobody has moved meanwhile
            self.move_cursor(file)

    @staticmethod
    def _top_of(node: TreeNode[Path]) -> TreeNode[Path]:
        while node.parent is not None:
            node = node.parent
        return node

    @on(Tree.NodeSelected)
    def _chosen(self, event: Tree.NodeSelected[Path]) -> None:
        event.stop()
        if event.node.data is not None and not event.node.allow_expand:
            self.post_message(self.FileSelected(event.node.data))

    def process_label(self, label: str | Text) -> Text:
        """A name, without anything a terminal would act upon."""
        return Text(visible(str(label)))

    def render_label(self, node: TreeNode[Path], base_style: Style, style: Style) -> Text:
        """A name with its sign; a file stands under the names of folders, not under their signs."""
        label = super().render_label(node, base_style, style)
        return label if node.allow_expand else Text.assemble((self.ICON_FILE, base_style), label)


def _label(path: Path) -> str:
    """Its name; of the root, which has none, its path."""
    return path.name or str(path)


class FilePicker(Vertical):
    """The files, and below them what to do where the folder the cursor stands on offers none."""

    DEFAULT_CSS = """
    FilePicker { height: 1fr; }
    FilePicker Files { height: 1fr; }
    FilePicker.-bare Files { height: 1; }
    FilePicker Reading { height: auto; margin: 1 0; }
    """

    def __init__(self, folder: Path, path_key: str, up_key: str, leave_key: str) -> None:
        """The keys that type a path, go to the folder above and leave, as they are written on the screen."""
        super().__init__(id="import-picker")
        self._folder, self._keys, self._leave_key = folder, (path_key, up_key), leave_key

    def compose(self) -> ComposeResult:
        """The files, and the words."""
        files = Files(self._folder, id="import-files")
        files.show_guides = False
        yield files
        yield Reading(id="import-bare")

    @on(Files.FolderNews)
    @on(Files.NodeHighlighted)
    def _tell(self) -> None:
        files = self.query_one(Files)
        bare, awaited = files.bare, files.awaited
        blocks = [bare_block(bare, *self._keys)] if bare else []
        blocks += [waits_block(awaited, *self._keys, self._leave_key)] if awaited else []
        self.query_one(Reading).blocks = tuple(blocks)
        self.set_class(bool(blocks) and not files.root.children, "-bare")


def bare_block(folder: Folder, path_key: str, up_key: str) -> Block:
    """What stands in a folder that offers no list, and what to do."""
    if folder.problem:
        found = say("folder_closed", why=folder.problem)
    elif folder.others:
        found = say("folder_others", others=folder.others)
    else:
        found = say("folder_hidden" if folder.hidden else "folder_empty")
    return Block("", (found, say("folder_kinds"), say("folder_keys", path=path_key, up=up_key)))


def waits_block(folder: Path, path_key: str, up_key: str, leave_key: str) -> Block:
    """Which folder lets us wait, and what to do."""
    waits = say("folder_waits", folder=visible(str(folder)))
    return Block("", (waits, say("folder_waits_keys", leave=leave_key, path=path_key, up=up_key)))
