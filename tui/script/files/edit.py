"""Writes script files: one text of a file in place, a whole script as YAML that a person can go on editing.

Which texts a line has, and where they stand; the same line in another version of the file. When one text is changed
everything around it stays as it was, byte for byte: its exact span is found with the YAML parser, other words are put
there, and the result is read again: only when nothing but that one text differs does it reach the disk.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

import yaml
from msgspec import Struct

from tui.plaintext import clean_text
from tui.script.files.extends import Folder, SourceFile, stamp_of
from tui.script.files.load import Loaded
from tui.script.language.graph import NO_STEP, Graph, Place
from tui.script.language.model import Script
from tui.system import readfile
from tui.system.writefile import save
from tui.yamlfile.contract import Path as PlacePath
from tui.yamlfile.problem import Node, Problem
from tui.yamlfile.read import MAX_TEXT, PARSER, read_text
from tui.yamlfile.source import MAX_BYTES

_ARROW = re.compile(r"\s{0,8}(?:->|→)\s{0,8}[A-Za-z_][\w.-]{0,60}\s*$")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"
_WRAP = 100
_PARTS = ("say", "ask", "do", "coach")
_NAMES = {"say": "Words", "ask": "Question", "do": "To do", "coach": "Tip"}


class Part(Struct, frozen=True):
    """One text of a line that can be changed."""

    name: str
    """Words, Question, To do, Tip; with the variant's or the answer's name where there are several."""
    path: PlacePath


def parts_of(loaded: Loaded, place: Place) -> list[Part]:
    """The texts of a line, the one to be said first."""
    if place.step is NO_STEP:
        return [Part("Words", place.mark)] if place.mark in loaded.places else []
    mark = place.mark
    parts = [Part(_NAMES[key], (*mark, key)) for key in _PARTS if (*mark, key) in loaded.places]
    for name in place.step.variants:
        parts.append(Part(f"Version {name}", (*mark, "variants", name, "text")))
    for label in place.step.answers:
        said = (*mark, "answers", label, "say")
        parts += [Part(f"After “{label}”", said)] if said in loaded.places else []
    return parts


def origin_of(loaded: Loaded, place: Place) -> str:
    """`file:line` of a line's words; empty when they stand in no file (the usual words about a promise)."""
    parts = parts_of(loaded, place)
    if not parts and place.timing:
        return ""
    node = loaded.node_at(parts[0].path if parts else place.mark)
    return f"{node.file}:{node.line}" if node is not None else ""


def same_lines(before: Graph, after: Graph) -> dict[str, str]:
    """Path of a line in one version to its path in the other; lines without a counterpart are left out.

    A line is the same when its words are; else when path and kind are, and nobody else has taken the path.
    """
    words_after: dict[tuple[str, str, str], list[str]] = {}
    for path, place in after.places.items():
        words_after.setdefault((place.kind, place.section, place.text), []).append(path)
    moved: dict[str, str] = {}
    for path, place in before.places.items():
        same_words = words_after.get((place.kind, place.section, place.text), [])
        there = after.places.get(path)
        if there is not None and (there.kind, there.text) == (place.kind, place.text):
            moved[path] = path
        elif place.text and len(same_words) == 1:
            moved[path] = same_words[0]
    free = (before.places.keys() & after.places.keys()) - moved.keys() - set(moved.values())
    return moved | {path: path for path in free if after.places[path].kind == before.places[path].kind}


class EditError(Exception):
    """The text was not changed; says why, for the trainer."""


class Target(Struct, frozen=True):
    """One text that can be changed: its file, and where it begins there (from 1)."""

    source: SourceFile
    line: int
    col: int
    words: str
    """The words as they stand, without a jump behind them."""

    @property
    def origin(self) -> str:
        """`file:line`."""
        return f"{self.source.file}:{self.line}"


def target_at(loaded: Loaded, path: PlacePath) -> Target | None:
    """The text at a path of the script, or None when none stands there in a file."""
    node = loaded.places.get(path)
    source = next((s for s in loaded.sources if node is not None and s.file == node.file), None)
    if node is None or source is None or node.kind != "text" or node.empty:
        return None
    return Target(source, node.line, node.col, node.text.strip())


def change(target: Target, words: str) -> None:
    """Puts other words in place of a text and saves the file. Raises `EditError` and leaves the file alone."""
    wanted = clean_text(words, MAX_TEXT).strip()
    if not wanted:
        raise EditError("There are no words. To take a line out, delete it in the file.")
    if stamp_of(target.source.path) != target.source.stamp:
        raise EditError(f"{target.source.file} was changed meanwhile. Look at it again, then edit.")
    after = changed_text(_read(target.source.path), target, wanted)
    try:
        save(target.source.path, after)
    except OSError as error:
        raise EditError(f"{target.source.path.name} cannot be saved: {error.strerror or error}.") from error


def changed_text(before: str, target: Target, wanted: str) -> str:
    """The file's text with the target's words replaced. Raises `EditError` when it cannot be done safely."""
    spot = _Spot.find(before, target)
    old = _texts(before)
    index = next(
        (i for i, node in enumerate(old) if (node.line, node.col) == (target.line, target.col)), None
    )
    if index is None:
        raise EditError(f"The text is no longer at {target.origin}.")
    jump = _ARROW.search(old[index].text)
    keeps_jump = jump is not None and not _ARROW.search(target.words) and not _ARROW.search(wanted)
    full = wanted + (jump.group().rstrip() if jump is not None and keeps_jump else "")
    for written in spot.spellings(full):
        after = before[: spot.start] + written + before[spot.end :]
        if _only_that_one_differs(old, _texts(after), index, full):
            return after
    raise EditError(f"These words cannot be put at {target.origin} safely. Press E and write them there.")


class _Spot(Struct, frozen=True):
    """The span of a scalar in a file's text."""

    text: str
    start: int
    end: int
    style: str
    """Empty for plain, else ' " | or >."""

    @classmethod
    def find(cls, text: str, target: Target) -> _Spot:
        """The span of the scalar that begins at the target. Raises `EditError` when there is none."""
        bodies = list(_line_starts(text))
        plain = _LINE_ENDS.sub("\n", text.removeprefix(_BOM))
        try:
            for event in yaml.parse(plain, Loader=PARSER):
                if not isinstance(event, yaml.ScalarEvent):
                    continue
                first, last = event.start_mark, event.end_mark
                if first and last and (first.line + 1, first.column + 1) == (target.line, target.col):
                    end = bodies[last.line] + last.column if last.line < len(bodies) else len(text)
                    start = bodies[first.line] + first.column
                    return cls(text, start, min(end, len(text)), event.style or "")
        except yaml.YAMLError as error:
            raise EditError(f"{target.source.file} has a mistake; mend it first.") from error
        raise EditError(f"The text is no longer at {target.origin}.")

    def spellings(self, words: str) -> Iterator[str]:
        """Ways to write the words here, the one most like what stands there first."""
        if self.style in ("|", ">"):
            yield self.block(words)
        elif self.style == "'" and "\n" not in words:
            yield "'" + words.replace("'", "''") + "'"
        elif not self.style and "\n" not in words:
            yield words
        yield quoted(words)

    def block(self, words: str) -> str:
        """The words as a block under the `|` or `>` that stands there, with its indentation and its end."""
        span = self.text[self.start : self.end]
        ends = _LINE_ENDS.search(span)
        newline = ends.group() if ends else "\n"
        head, _, body = span.partition(newline)
        first = next((line for line in _LINE_ENDS.split(body) if line.strip()), "")
        indent = first[: len(first) - len(first.lstrip(" "))] or "  "
        rows = words.split("\n")
        if self.style == ">":
            rows = [
                row for part in rows for row in (*textwrap.wrap(part, _WRAP, break_on_hyphens=False), "")
            ][:-1]
        kept = body[len(body.rstrip()) :]
        tail = kept if _LINE_ENDS.match(kept) or not kept else newline
        return newline.join([head, *(indent + row if row else "" for row in rows)]) + tail


def _only_that_one_differs(old: list[Node], after: list[Node], index: int, wanted: str) -> bool:
    """Whether the two readings are the same but for one text, which now has these words."""
    if len(old) != len(after) or after[index].empty or after[index].text.strip() != wanted:
        return False
    edited = old[index].line
    others = (pair for i, pair in enumerate(zip(old, after, strict=True)) if i != index)
    return all(
        (one.text, one.kind) == (other.text, other.kind) and (one.line == edited or one.col == other.col)
        for one, other in others
    )


def _texts(text: str) -> list[Node]:
    """Every node of a file, in its order; empty when it cannot be read without an error."""
    read = read_text(text, "")
    return list(_walk(read.node)) if read.ok and read.node is not None else []


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for name, child in node.items():
        yield Node("text", name, child.key_line, child.key_col, child.file)
        yield from _walk(child)
    for child in node.parts:
        yield from _walk(child)


def _line_starts(text: str) -> Iterator[int]:
    """Offsets at which the lines begin; a byte order mark belongs to no line."""
    yield len(text) - len(text.removeprefix(_BOM))
    for found in _LINE_ENDS.finditer(text):
        yield found.end()


def _read(path: Path) -> str:
    try:
        return readfile.read(path, MAX_BYTES).decode("utf-8")
    except OSError as error:
        raise EditError(f"{path.name}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise EditError(f"{path.name} is not saved as UTF-8; save it so first.") from error


# -- YAML that a person can go on editing: texts plain where that is safe, files in one step

_FILE = "written here"


@lru_cache(maxsize=2048)
def scalar(text: str) -> str:
    """The text as the value of a key or an item of a list."""
    return text if _reads_back(f"k: {text}", text) and _reads_back(f"- {text}", text) else quoted(text)


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """The text as a key, without its colon."""
    read = read_text(f"{text}: x", _FILE)
    plain = read.ok and not read.problems and read.node is not None and list(read.node.entries) == [text]
    return text if plain and not text.startswith("-") else quoted(text)


def quoted(text: str) -> str:
    """The text in double quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _reads_back(line: str, text: str) -> bool:
    if not text or "\n" in text:
        return False
    read = read_text(line, _FILE)
    if read.problems or read.node is None:
        return False
    found = read.node.get("k") or next(iter(read.node.parts), None)
    return found is not None and found.kind == "text" and not found.empty and found.text == text


_COLUMN = 84
_MERGED = frozenset({"extends", "include", "without"})
"""Keys whose work is done once the parts are in place."""


def resolved_text(
    path: Path, folder: Folder | None = None, *, origins: bool = True
) -> tuple[str, list[Problem]]:
    """The whole script as YAML that can be read again, and the problems met on the way.

    With `origins` every line ends in `# file:line`. The text is empty when the file cannot be read.
    """
    folder = folder or Folder(path.parent, lambda source: source.name)
    found = folder.resolve(path)
    if found.node is None or found.node.kind != "map":
        return "", found.problems
    ordered = sorted(found.node.items(), key=lambda entry: _ORDER.get(entry[0], len(_ORDER)))
    keys = {name: node for name, node in ordered if name not in _MERGED}
    rows = list(_map(found.node.become("map", keys), 0))
    return "".join(_with_origin(row, node if origins else None) for row, node in rows), found.problems


_Row = tuple[str, Node]
"""A line of YAML and the node it stands for."""
_ORDER = {field.name: position for position, field in enumerate(fields(Script))}
"""Where a key stands in a script, whoever wrote it; unknown keys come last."""


def _map(node: Node, depth: int) -> Iterator[_Row]:
    for name, child in node.items():
        yield from _child(f"{'  ' * depth}{key(name)}:", child, depth)


def _list(node: Node, depth: int) -> Iterator[_Row]:
    indent = "  " * depth
    for item in node.parts:
        if item.kind == "map" and item.entries:
            rows = list(_map(item, depth + 1))
            first, place = rows[0]
            yield f"{indent}- {first.lstrip()}", place
            yield from rows[1:]
        else:
            yield from _child(f"{indent}-", item, depth)


def _child(head: str, node: Node, depth: int) -> Iterator[_Row]:
    """A key or a dash with what follows it: on its line, or on the lines below."""
    if node.kind == "text":
        yield head if node.empty else f"{head} {scalar(node.text)}", node
    elif not node.value:
        yield f"{head} {'{}' if node.kind == 'map' else '[]'}", node
    else:
        yield head, node
        yield from _map(node, depth + 1) if node.kind == "map" else _list(node, depth + 1)


def _with_origin(row: str, node: Node | None) -> str:
    if node is None:
        return f"{row}\n"
    return f"{row.ljust(_COLUMN)}  # {node.file}:{node.key_line or node.line}\n"
