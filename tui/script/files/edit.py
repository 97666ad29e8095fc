"""Changes one text of a script file in place: everything around it stays as it was, byte for byte.

Which texts a line has, and where they stand; the same line in another version of the file. The exact span of a text
is found with the YAML parser, other words are put there, and the result is read again: only when nothing but that one
text differs does it reach the disk.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tui.plaintext import clean_text
from tui.script.files.extends import SourceFile, stamp_of
from tui.script.files.load import Loaded
from tui.script.files.writing import quoted, save
from tui.script.language.graph import NO_STEP, Graph, Place
from tui.system import readfile
from tui.yamlfile.contract import Path as PlacePath
from tui.yamlfile.problem import Node
from tui.yamlfile.read import MAX_TEXT, PARSER, read_text
from tui.yamlfile.source import MAX_BYTES

_ARROW = re.compile(r"\s{0,8}(?:->|→)\s{0,8}[A-Za-z_][\w.-]{0,60}\s*$")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"
_WRAP = 100
_PARTS = ("say", "ask", "do", "coach")
_NAMES = {"say": "Words", "ask": "Question", "do": "To do", "coach": "Tip"}


@dataclass(frozen=True, slots=True)
class Part:
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


@dataclass(frozen=True, slots=True)
class Target:
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


@dataclass(frozen=True, slots=True)
class _Spot:
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
