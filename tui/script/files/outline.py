"""What can still be read of a script that cannot be used: for whom it is, and in which language.

Whoever a broken script is for must not hear another campaign's words meanwhile, so its audience has to be known.
Each top key is read by itself: a mistake in one takes only that one away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tui.script.files.load import Loaded
from tui.script.language.languages import LANGUAGE_NAMES
from tui.script.language.model import FLOW, Script, Section
from tui.script.language.short_forms import expand
from tui.yamlfile.contract import check
from tui.yamlfile.node import Node
from tui.yamlfile.problem import Problem
from tui.yamlfile.read import read_text

_TOP_KEY = re.compile(r"([a-z_]+)\s*:")
_WANTED = frozenset({"id", "title", "language", "status", "audience", "translation_of"})
_OPENERS = frozenset({*FLOW, "ask"})
_SUFFIX = re.compile(r"(.+)_([a-z]{2})")


def outline(loaded: Loaded) -> Script:
    """The script without its words. What cannot be read is as if it were not written.

    The language comes from the file, from a file it takes parts from, or from a name such as `first_call_it`.
    """
    stem = Path(loaded.file).stem
    of_file = [dict(_blocks(source.lines)) for source in loaded.sources]
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


def _read(file: str, blocks: dict[str, str]) -> Script | None:
    """A script of those top keys that can be read; None when none can."""
    keys: dict[str, Node] = {}
    root: Node | None = None
    for name, text in blocks.items():
        node = read_text(text, file).node if name in _WANTED else None
        if node is not None and node.kind == "map" and _is_right(node):
            root = node
            keys |= root.entries
    if root is None:
        return None
    return _checked(root.become("map", {"title": Node("text", file, 1, 1, file, quoted=True), **keys}), [])


def _is_right(node: Node) -> bool:
    problems: list[Problem] = []
    title = Node("text", "-", 1, 1, node.file, quoted=True)
    _checked(node.become("map", {"title": title, **node.entries}), problems)
    return not problems


def _checked(node: Node, problems: list[Problem]) -> Script | None:
    return check(expand(node), Script, problems)


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each top key with the lines that belong to it."""
    name, rows = "", list[str]()
    for line in lines:
        if (begins := _TOP_KEY.match(line)) is not None:
            if name:
                yield name, "\n".join(rows)
            name, rows = begins[1], []
        rows.append(line)
    if name:
        yield name, "\n".join(rows)
