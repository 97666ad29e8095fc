"""A catalogue that a team wrote: read, checked, and kept compiled so that a start need not read it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from msgspec import Struct

from tui.locale.check import wrong_in
from tui.system import readfile

MOST_BYTES = 2_000_000
"""A catalogue is some hundred kilobytes."""
_ENTRY = 'an entry is a line  msgid "…"  and a line  msgstr "…"'
_FUZZY = "fuzzy"
_WORDS_OF = b"line, column, cure"
"""What is told of a file is kept beside it: other words of ours, other names of what was kept."""


class Wrong(Struct, frozen=True):
    """What is wrong in a catalogue, and where."""

    line: int
    column: int
    """Both from 1."""
    message: str
    """With what to do."""


def read(data: bytes, code: str) -> tuple[Catalog, tuple[Wrong, ...]]:
    """A catalogue without what cannot be used, which is then English, and what that is."""
    if len(data) > MOST_BYTES:
        return Catalog(code), (
            Wrong(1, 1, "the file is too large for a catalogue: take out what is no translation"),
        )
    try:
        catalog = read_po(BytesIO(data), locale=code.replace("-", "_"), abort_invalid=True)
        forms = catalog.num_plurals
    except PoFileError as error:
        return Catalog(code), (
            Wrong(getattr(error, "lineno", 0) + 1, 1, f"{str(error).partition(' on ')[0]}: {_ENTRY}"),
        )
    except (UnicodeDecodeError, ValueError, LookupError) as error:
        return Catalog(code), (Wrong(1, 1, f"{error}: save it as UTF-8"),)
    lines = data.decode(catalog.charset or "utf-8", "replace").splitlines()
    wrong = tuple(_wrong(catalog, forms, lines))
    return catalog, wrong


def _wrong(catalog: Catalog, forms: int, lines: Sequence[str]) -> Iterator[Wrong]:
    for message in list(catalog):
        if not message.id or not message.string or not isinstance(message.id, str):
            continue
        said = str(message.string)
        if message.fuzzy:
            found = "the translation is marked as fuzzy: look at it, then take the mark away"
        else:
            found = wrong_in(message.id, said, forms)
        if found:
            at = message.lineno or 1
            place = _mark(lines, at) if message.fuzzy else _in_translation(lines, at, found)
            yield Wrong(*place, f'"{message.id}": {found}')
            catalog.delete(message.id, message.context)


def _mark(lines: Sequence[str], at: int) -> tuple[int, int]:
    """Line and column of the mark above an entry, which begins on the line `at`."""
    for number in range(min(at, len(lines)), 0, -1):
        if lines[number - 1].startswith("#,") and _FUZZY in lines[number - 1]:
            return number, lines[number - 1].index(_FUZZY) + 1
    return at, 1


def _in_translation(lines: Sequence[str], at: int, found: str) -> tuple[int, int]:
    """Line and column of the placeholder that a sentence begins with, else of the translation itself."""
    begins = next((n for n in range(at, len(lines) + 1) if lines[n - 1].lstrip().startswith("msgstr")), 0)
    if not begins:
        return at, 1
    name = found.partition("}")[0] if found.startswith("{") else "\n"
    for number in range(begins, len(lines) + 1):
        line = lines[number - 1]
        if number > begins and not line.lstrip().startswith('"'):
            break
        if name in line:
            return number, line.index(name) + 1
    return begins, lines[begins - 1].find('"') + 1


def contents(po: Path) -> bytes:
    """The bytes of a team's catalogue, as far as `read` takes them. Raises OSError, also where a drive is silent."""
    return readfile.read(po, MOST_BYTES)


def compiled(po: Path, cache: Path, problems: list[str]) -> Path:
    """The file for `gettext`. Raises OSError."""
    data = contents(po)
    name = f"{po.stem}-{hashlib.sha256(data + _WORDS_OF).hexdigest()[:16]}"
    mo, told = cache / f"{name}.mo", cache / f"{name}.txt"
    if not (mo.is_file() and told.is_file()):
        catalog, wrong = read(data, po.stem)
        cache.mkdir(parents=True, exist_ok=True)
        for old in (*cache.glob(f"{po.stem}-*.mo"), *cache.glob(f"{po.stem}-*.txt")):
            old.unlink()
        said = (f"{po.name} line {one.line}, column {one.column}: {one.message}." for one in wrong)
        told.write_text("\n".join(said), "utf-8")
        with mo.open("wb") as file:
            write_mo(file, catalog)
    problems += told.read_text("utf-8").splitlines()
    return mo
