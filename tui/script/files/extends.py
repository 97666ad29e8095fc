"""`extends:`, `include:`, `without:`: the parts of other files of the same folder, merged on the nodes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, field

from tui.plaintext import clean_text
from tui.script.language.model import SECTIONS
from tui.script.language.short_forms import expand
from tui.yamlfile.problem import Node, Problem, did_you_mean, problem_at
from tui.yamlfile.read import read_file

WORDS_FILE = "_words.yaml"
"""A team's own words for the checker; it lies beside the scripts and is none."""
MAX_CHAIN = 3
"""Files that may extend each other in a row."""

_ADDED_UP = ("variables", "snippets", "branches")
_WHOLE = (*SECTIONS, "voicemail", "followup")
"""Parts that are taken from another file as one."""
_OF_ONE_FILE = frozenset(
    {"script", "id", "title", "version", "audience", "translation_of", "source_version", "experiment"}
    | {"about", "goal", "owner", "status", "extends", "include", "without"}
)

Stamp = tuple[int, int, int]


class SourceFile(Struct, frozen=True):
    """One file as it was on disk: its expanded tree, its problems, and the stamp that tells a change."""

    path: Path
    file: str
    """The name used in problems."""
    stamp: Stamp
    node: Node | None
    problems: tuple[Problem, ...]
    lines: list[str]


class Resolved(Struct):
    """A file with everything it takes from others."""

    node: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """First 12 digits of the SHA-256 over the text of all files, this one first."""
        text = "\0".join("\n".join(source.lines) for source in self.sources)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def stamp_of(path: Path) -> Stamp:
    """Modification time, size and inode; zeros when the file is gone."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


class Folder:
    """The scripts folder: each file is read again only when it changed on disk."""

    def __init__(self, root: Path, shown: Callable[[Path], str] = str) -> None:
        self.root = root
        self._shown = shown
        self._read: dict[Path, SourceFile] = {}

    def names(self) -> list[str]:
        """The YAML files of the folder by name, with shared parts (`_…`); empty when it cannot be read."""
        try:
            names = (path.name for path in self.root.iterdir() if path.suffix in (".yaml", ".yml"))
            return sorted(name for name in names if name != WORDS_FILE)
        except OSError:
            return []

    def source(self, path: Path) -> SourceFile:
        """One file, read and expanded, from memory when it has not changed."""
        stamp = stamp_of(path)
        known = self._read.get(path)
        if known is not None and known.stamp == stamp:
            return known
        read = read_file(path, self._shown(path), within=self.root)
        node, text = read.node if read.ok else None, "".join(read.lines)
        if node is not None:
            # Most files hold nothing that can need cleaning, not even what they write with a backslash.
            plain = text.isascii() and text.isprintable() and "\\" not in text
            node = expand(node if plain else _cleaned(node))
        found = SourceFile(path, self._shown(path), stamp, node, tuple(read.problems), read.lines)
        self._read[path] = found
        return found

    def resolve(self, path: Path) -> Resolved:
        """The file with its parents merged in. What cannot be followed is a PH801 or PH802 problem."""
        return self._resolve(path, (), set())

    def _resolve(self, path: Path, chain: tuple[Path, ...], seen: set[Path]) -> Resolved:
        source = self.source(path)
        seen.add(path)
        resolved = Resolved(source.node, list(source.problems), [source])
        if source.node is None or source.node.kind != "map":
            return resolved
        without, offered = _names(source.node, "without"), set[str]()
        wanted = frozenset(name.text for name in without)
        refused = len(resolved.problems)
        for name in (*_names(source.node, "extends"), *_names(source.node, "include")):
            offered |= self._merge_parent(resolved, name, (*chain, path), seen, wanted)
        if len(resolved.problems) == refused:  # else a name may be in the file that could not be followed
            resolved.problems += [_nothing_of(name, offered) for name in without if name.text not in offered]
        return resolved

    def _merge_parent(
        self,
        resolved: Resolved,
        name: Node,
        chain: tuple[Path, ...],
        seen: set[Path],
        without: frozenset[str],
    ) -> frozenset[str]:
        """Puts in the parts of a file but for those named; the names of all its parts."""
        parent = self.root / name.text
        refusal = self._refusal(parent, name, chain)
        if refusal is not None:
            resolved.problems.append(refusal)
            return frozenset()
        if parent in seen:  # two ways up to the same parts: they are here already
            return frozenset()
        above = self._resolve(parent, chain, seen)
        resolved.problems += above.problems
        resolved.sources += above.sources
        if above.node is None or above.node.kind != "map" or resolved.node is None:
            return frozenset()
        resolved.node = merge(_left_out(above.node, without), resolved.node)
        return frozenset(_parts(above.node))

    def _refusal(self, parent: Path, name: Node, chain: tuple[Path, ...]) -> Problem | None:
        """Why a parent file is not followed, or None. Only plain names inside the folder are."""
        try:
            inside = parent.resolve().parent == self.root.resolve()
            there = inside and parent.is_file()
        except (OSError, ValueError, RuntimeError):
            inside = there = False
        if not inside:
            message, advice = (
                f"`{name.text}` is not in the scripts folder",
                "copy the file into the scripts folder",
            )
            return problem_at(name, "PH801", "error", message, advice)
        if not there:
            advice = did_you_mean(name.text, self.names()) or "check the name of the file"
            return problem_at(name, "PH801", "error", f"there is no file `{name.text}`", advice)
        if parent in chain:
            message, advice = f"`{name.text}` leads back to this file", "delete one of the two lines"
            return problem_at(name, "PH802", "error", message, advice)
        if len(chain) > MAX_CHAIN:
            message = f"more than {MAX_CHAIN} files extend each other"
            return problem_at(name, "PH802", "error", message, "put the shared parts into one file")
        return None


def _names(node: Node, key: str) -> list[Node]:
    """The texts under a key, which holds one or a list."""
    written = node.get(key)
    found = [] if written is None else written.parts or [written]
    return [name for name in found if name.kind == "text" and not name.empty]


def _nothing_of(name: Node, offered: set[str]) -> Problem:
    listed = ", ".join(sorted(offered)[:20])
    here = f"there is: {listed}" if listed else "name a file to take parts from with  extends:"
    advice = did_you_mean(name.text, offered) or here
    return problem_at(
        name, "PH803", "error", f"no part taken from another file is called `{name.text}`", advice
    )


def _parts(node: Node) -> Iterator[str]:
    """The names of the parts of a file that another one may leave out."""
    for key, child in node.items():
        if key in _WHOLE:
            yield key
        if key in _ADDED_UP:
            yield from child.entries
        for item in _named_items(key, child):
            yield _id_of(item)


def _named_items(key: str, node: Node) -> list[Node]:
    reasons = node.get("reasons") if key == "followup" else None
    listed = node if key == "objections" else reasons
    return [item for item in listed.parts if _id_of(item)] if listed is not None else []


def _left_out(node: Node, names: frozenset[str]) -> Node:
    """A file's tree without the parts of these names."""

    def rest(key: str, child: Node) -> Node:
        if key in _ADDED_UP and child.kind == "map":
            return child.become("map", {name: part for name, part in child.items() if name not in names})
        if key == "followup" and (reasons := child.get("reasons")) is not None:
            return child.become("map", {**child.entries, "reasons": _without_items(reasons, names)})
        return _without_items(child, names) if key == "objections" else child

    keys = {key: child for key, child in node.items() if not (key in _WHOLE and key in names)}
    return node.become("map", {key: rest(key, child) for key, child in keys.items()})


def _without_items(node: Node, names: frozenset[str]) -> Node:
    if node.kind != "list":
        return node
    return node.become("list", [item for item in node.parts if _id_of(item) not in names])


def merge(parent: Node, child: Node) -> Node:
    """The child with what it does not say itself taken from the parent.

    A section replaces the parent's; variables, snippets and branches add up by name, objections by id.
    """
    keys = {key: node for key, node in parent.items() if key not in _OF_ONE_FILE}
    for key, node in child.items():
        above = keys.get(key)
        if above is not None and key in _ADDED_UP and above.kind == node.kind == "map":
            keys[key] = node.become("map", {**above.entries, **node.entries})
        elif above is not None and key == "objections" and above.kind == node.kind == "list":
            own = {_id_of(part) for part in node.parts} - {""}
            inherited = [part for part in above.parts if _id_of(part) not in own]
            keys[key] = node.become("list", [*node.parts, *inherited])
        else:
            keys[key] = node
    return child.become("map", keys)


def _id_of(node: Node) -> str:
    found = node.get("id")
    return found.text if found is not None else ""


def _cleaned(node: Node) -> Node:
    """The tree with every text free of characters a terminal would obey."""
    if isinstance(node.value, str):
        if not (node.value.isascii() and node.value.isprintable()):
            node.value = clean_text(node.value)
        return node
    for child in node:
        _cleaned(child)
    return node
