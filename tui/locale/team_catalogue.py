"""A catalogue that a team wrote: read, checked, and kept compiled so that a start need not read it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
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


class Wrong(Struct, frozen=True):
    """What is wrong in a catalogue, and where."""

    line: int
    message: str


def read(data: bytes, code: str) -> tuple[Catalog, tuple[Wrong, ...]]:
    """A catalogue without what cannot be used, which is then English, and what that is."""
    if len(data) > MOST_BYTES:
        return Catalog(code), (Wrong(1, "the file is too large for a catalogue"),)
    try:
        catalog = read_po(BytesIO(data), locale=code.replace("-", "_"), abort_invalid=True)
        forms = catalog.num_plurals
    except PoFileError as error:
        return Catalog(code), (Wrong(getattr(error, "lineno", 0) + 1, str(error).partition(" on ")[0]),)
    except (UnicodeDecodeError, ValueError, LookupError) as error:
        return Catalog(code), (Wrong(1, str(error)),)
    wrong = tuple(_wrong(catalog, forms))
    return catalog, wrong


def _wrong(catalog: Catalog, forms: int) -> Iterator[Wrong]:
    for message in list(catalog):
        if not message.id or not message.string or not isinstance(message.id, str):
            continue
        said = str(message.string)
        if message.fuzzy:
            found = "the translation is marked as fuzzy: look at it, then take the mark away"
        else:
            found = wrong_in(message.id, said, forms)
        if found:
            yield Wrong(message.lineno or 1, f'"{message.id}": {found}')
            catalog.delete(message.id, message.context)


def contents(po: Path) -> bytes:
    """The bytes of a team's catalogue, as far as `read` takes them. Raises OSError, also where a drive is silent."""
    return readfile.read(po, MOST_BYTES)


def compiled(po: Path, cache: Path, problems: list[str]) -> Path:
    """The file for `gettext`. Raises OSError."""
    data = contents(po)
    name = f"{po.stem}-{hashlib.sha256(data).hexdigest()[:16]}"
    mo, told = cache / f"{name}.mo", cache / f"{name}.txt"
    if not (mo.is_file() and told.is_file()):
        catalog, wrong = read(data, po.stem)
        cache.mkdir(parents=True, exist_ok=True)
        for old in (*cache.glob(f"{po.stem}-*.mo"), *cache.glob(f"{po.stem}-*.txt")):
            old.unlink()
        told.write_text("\n".join(f"{po.name} line {one.line}: {one.message}." for one in wrong), "utf-8")
        with mo.open("wb") as file:
            write_mo(file, catalog)
    problems += told.read_text("utf-8").splitlines()
    return mo
