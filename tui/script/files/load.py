"""Loads one call script: read, expand, merge what it extends, check against the contract.

Also the scripts that are always there (one in each language the program ships), and what can still be read of a
script that cannot be used: whoever it is for must not hear another campaign's words meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct

from tui.script.files.extends import Folder, Resolved, SourceFile
from tui.script.language.key_pairs import ignored_keys
from tui.script.language.languages import LANGUAGE_NAMES, base
from tui.script.language.model import FLOW, Script, Section
from tui.script.language.short_forms import expand
from tui.yamlfile.contract import Path as PlacePath
from tui.yamlfile.contract import check
from tui.yamlfile.problem import Node, Problem, has_errors, in_order
from tui.yamlfile.read import read_text


class Loaded(Struct, frozen=True, dict=True):
    """A script with everything needed to talk about its text."""

    file: str
    """The script's own file, as named in problems."""
    script: Script | None
    """None when an error keeps it from being used."""
    problems: tuple[Problem, ...]
    """What was found on reading. With a script beside them they keep it from nothing but what they name."""
    sources: tuple[SourceFile, ...] = ()
    """The file itself, then those it extends and includes."""
    node: Node | None = None
    """The merged tree; None when nothing could be read."""

    @cached_property
    def places(self) -> dict[PlacePath, Node]:
        """The node behind every path of the script. A second walk, for the few who ask: no call does."""
        found: dict[PlacePath, Node] = {}
        if self.node is not None:
            check(self.node, Script, [], found)
        return found

    def node_at(self, path: PlacePath) -> Node | None:
        """The node at a path of the script, or the nearest above it; None when nothing was read."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path)

    @property
    def lines(self) -> dict[str, list[str]]:
        """The source lines of each file, for excerpts."""
        return {source.file: source.lines for source in self.sources}

    @cached_property
    def shared(self) -> bool:
        """Whether the file holds shared parts (`_…`), which are never offered to reps."""
        return is_shared(Path(self.file))


def is_shared(path: Path) -> bool:
    """Whether a file holds parts for other scripts: its name starts with `_`."""
    return path.name.startswith("_")


def load(path: Path, folder: Folder | None = None) -> Loaded:
    """The script in a file. Never raises: what is wrong is in `problems`."""
    folder = folder or Folder(path.parent)
    return build(folder.resolve(path), path)


def build(resolved: Resolved, path: Path) -> Loaded:
    """A script from its merged tree."""
    problems = list(resolved.problems)
    node = script = None
    if resolved.node is not None:
        node = _titled(resolved.node, path)
        script = check(node, Script, problems)
    sources = tuple(resolved.sources)
    if script is not None and not has_errors(problems):
        script = replace(script, id=script.id or path.stem, hash=resolved.digest)
    else:
        script = None
    if node is not None:  # an error from now on keeps no script from a call: it is used, and the rep is told
        lines = {source.file: source.lines for source in sources}
        problems += [p for p in ignored_keys(node) if p.code not in silenced(lines.get(p.file, ()), p.line)]
    return Loaded(sources[0].file, script, tuple(in_order(problems)), sources, node)


def _titled(node: Node, path: Path) -> Node:
    """Shared parts need no title of their own."""
    if node.kind != "map" or not is_shared(path) or "title" in node:
        return node
    title = Node("text", path.stem, node.line, node.col, node.file, quoted=True)
    return node.become("map", {"title": title, **node.entries})


_IGNORE = re.compile(r"#\s*ph:\s*ignore(-file)?\b((?:[\s,]+PH\d{3})+)", re.IGNORECASE)
_CODE = re.compile(r"PH\d{3}", re.IGNORECASE)


def silenced(lines: Sequence[str], line: int) -> set[str]:
    """The codes not to be reported on a line (from 1): for the whole file, on it, or in comments just above it."""
    first = line - 1
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    found = ((number, _IGNORE.search(text)) for number, text in enumerate(lines))
    here = (hit[2] for number, hit in found if hit and (hit[1] or first <= number < line))
    return {code.upper() for codes in here for code in _CODE.findall(codes)}


BUILTIN_FILES = {
    language: Path(__file__).with_name(name)
    for language, name in {"en": "builtin.yaml", "it": "builtin_it.yaml"}.items()
}
"""The built-in scripts by language: used when a team has none that fits, or none of its own can be read."""


def has_builtin(language: str) -> bool:
    """Whether there is a built-in script in this language."""
    return base(language) in BUILTIN_FILES


def builtin(language: str = "en") -> Script:
    """The built-in script in this language: few words for every situation. In English where there is none."""
    return _built_in(base(language) if has_builtin(language) else "en")


def builtin_with_id(script_id: str) -> Script | None:
    """The built-in script with this id; None when it is none of them."""
    return next((one for language in BUILTIN_FILES if (one := _built_in(language)).id == script_id), None)


@cache
def _built_in(language: str) -> Script:
    path = BUILTIN_FILES[language]
    script = build(Folder(path.parent).resolve(path), path).script
    assert script is not None, f"the package is damaged: {path.name} cannot be read"
    return script


_TOP_KEY = re.compile(r"([a-z_]+)\s*:")
_WANTED = frozenset({"id", "title", "language", "status", "audience", "translation_of"})
_OPENERS = frozenset({*FLOW, "ask"})
_SUFFIX = re.compile(r"(.+)_([a-z]{2})")


def outline(loaded: Loaded) -> Script:
    """The script without its words. What cannot be read is as if it were not written.

    The language comes from the file, from a file it takes parts from, or from a name such as `first_call_it`.
    """
    stem = Path(loaded.file).stem
    of_file = [_blocks(source.lines) for source in loaded.sources]
    own = of_file[0] if of_file else {}
    read = _read(loaded.file, own)
    suffix = _SUFFIX.fullmatch(stem)
    named = suffix[2] if suffix and suffix[2] in LANGUAGE_NAMES else ""
    inherited = (
        _read(loaded.file, {"language": block["language"]}) for block in of_file if "language" in block
    )
    language = next((one.language for one in inherited if one is not None), "") or named
    found = read or Script(title=stem)
    # With an audience nobody can read it is for nobody: it must not stand in the way of the one for everybody.
    whom = "audience" not in own or _read(loaded.file, {"audience": own["audience"]}) is not None
    return replace(
        found,
        id=found.id or stem,
        language=language or found.language,
        translation_of=found.translation_of or (suffix[1] if suffix and named else ""),
        opener=Section() if whom and _OPENERS & own.keys() else None,
    )


def _read(file: str, blocks: Mapping[str, str]) -> Script | None:
    """A script of those top keys that can be read: a mistake in one takes only that one away. None when none can."""
    keys: dict[str, Node] = {}
    for name in blocks.keys() & _WANTED:
        node = read_text(blocks[name], file).node
        if node is not None and node.kind == "map" and not _checked(node.entries, file)[1]:
            keys |= node.entries
    return _checked(keys, file)[0] if keys else None


def _checked(keys: Mapping[str, Node], file: str) -> tuple[Script | None, list[Problem]]:
    problems: list[Problem] = []
    node = Node("map", {"title": Node("text", file, 1, 1, file, quoted=True), **keys}, 1, 1, file)
    return check(expand(node), Script, problems), problems


def _blocks(lines: Iterable[str]) -> dict[str, str]:
    """Each top key with the lines that belong to it."""
    blocks: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in lines:
        if (begins := _TOP_KEY.match(line)) is not None:
            rows = blocks[begins[1]] = []
        rows.append(line)
    return {name: "\n".join(rows) for name, rows in blocks.items()}
