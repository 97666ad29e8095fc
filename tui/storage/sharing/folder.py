"""The people folder on the disk: each rep's own file, to which lines are only added, and how far the others were read.

    REP.1.jsonl        the header of an export of everything, then one record a line; REP is the rep's id

A file of a higher number holds everything again, and the older ones of that rep go. Whatever else a program that keeps
folders equal puts there (copies of a conflict, half a file under another name) is read as well when it begins with our
header: merging is harmless. A last line without its end is waited for.
"""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from tui.domain.contact import Contact
from tui.domain.ids import SCHEMA
from tui.domain.shared.merge import Record
from tui.domain.shared.stamp import ahead
from tui.storage import disk
from tui.storage.sharing.account_file import ENDING, LONGEST, header_line, header_of, record_of
from tui.system import readfile

READ = "people_folder_read"
"""Begins the names of the pieces of state that say how far each file was read."""
AT_ONCE = 1_000
"""Records read at once; the others come with the next look."""
MOST_FILES = 1_000
_MARKED = 256
"""Bytes at the beginning of a file, and before the place we read to, by which it is known again."""
_LONGEST_HEADER = 65_536
_TOO_LONG = b"too long\n"
"""Stands for a line that is no record of ours, and is counted as damaged."""
_REFUSALS = (b'{"table":"do_not_call",', b'{"table":"hash_keys",')
"""What must be obeyed at once begins so."""
_EVERYBODY_ELSES = 0o077
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL

Identity = tuple[int, int, int]


class Gone(OSError):  # noqa: N818 - nothing went wrong here
    """Our own file is not as we left it: it has to be written again."""


class Place(Struct, frozen=True):
    """How far a file was read."""

    name: str
    offset: int = 0
    """Bytes, up to the end of a line."""
    begins: int = 0
    ends: int = 0
    """Checksums of the bytes by which the file is known again."""
    identity: Identity | None = None
    """The file when it was last read to its end; None while there is more."""
    rep: str = ""
    """Whose file it is."""
    damaged: int = 0
    """Lines that are no record."""
    fast_s: int = 0
    """Seconds by which the clock of whoever wrote it was ahead of ours at most."""
    is_newer: bool = False
    """A newer program wrote it."""

    @property
    def key(self) -> str:
        """The piece of state it is kept in: a name of a file may hold anything."""
        return f"{READ}.{sha256(os.fsencode(self.name)).hexdigest()[:16]}"


Places = Mapping[str, Place]
"""By the name of the file."""


class News(Struct):
    """What was found in the files of the folder."""

    records: list[Record] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    """Of the files that were read, how far."""
    more: bool = False
    """Whether there is more to be read."""


class OwnFile(Struct, frozen=True):
    """Our own file as we left it."""

    generation: int = 0
    size: int = 0

    def name(self, rep: str) -> str:
        """Its name in the folder."""
        return f"{_begin(rep)}.{self.generation}{ENDING}"


def _begin(rep: str) -> str:
    """What the names of a rep's files begin with; an id that somebody made up cannot lead elsewhere."""
    return re.sub(r"[^A-Za-z0-9-]", "_", rep)[:80]


def is_refusal(line: bytes) -> bool:
    """Whether a line keeps somebody from being called, or is needed for that."""
    return line.startswith(_REFUSALS)


def is_record(line: bytes) -> bool:
    """Every line."""
    return True


def place_to_document(place: Place) -> dict[str, Any]:
    """The piece of state that says how far a file was read."""
    return asdict(place)


def place_of_document(document: Mapping[str, Any]) -> Place | None:
    """How far a file was read; None when that cannot be told, and it is read from its start."""
    try:
        place = Place(**document)
        identity = place.identity and tuple(int(one) for one in place.identity)
        if not isinstance(place.name, str) or (identity is not None and len(identity) != 3):
            return None
        whole = {
            name: int(getattr(place, name)) for name in ("offset", "begins", "ends", "damaged", "fast_s")
        }
        return replace(place, identity=identity, **whole)
    except (TypeError, ValueError):
        return None


class PeopleFolder:
    """One folder, and the file in it that is ours.

    Everything here may take as long as a drive does, and raises OSError when it cannot be done.
    """

    def __init__(self, path: Path, rep: str) -> None:
        self.path = path
        self._rep = rep

    def make(self) -> None:
        """The folder for the rep alone. It is made where only its last part is missing: what holds it is a drive that
        may not be there."""
        with suppress(FileExistsError):
            self.path.mkdir(mode=0o700)
        if os.name != "nt" and self.path.stat().st_mode & _EVERYBODY_ELSES:
            with suppress(OSError):
                self.path.chmod(0o700)

    @property
    def keeps_rights(self) -> bool:
        """Whether others on the computer are kept out; a USB stick knows no rights."""
        return os.name == "nt" or not self.path.stat().st_mode & _EVERYBODY_ELSES

    # -- our own file ----------------------------------------------------------------------------------

    def add(self, own: OwnFile, lines: Iterable[bytes]) -> OwnFile:
        """Append to our file, durably. Raises `Gone` when it is not there or shorter than we left it."""
        path = self.path / own.name(self._rep)
        try:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise Gone(str(path))  # somebody put a link there
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | _NO_LINK | disk.BINARY)
        except FileNotFoundError as error:
            raise Gone(str(path)) from error
        try:
            size = os.fstat(descriptor).st_size
            if size < own.size:
                raise Gone(str(path))
            disk.make_private(path)
            written = _begun(descriptor, size) + b"".join(lines)
            disk.write_all(descriptor, written)
            disk.sync(descriptor)
        finally:
            os.close(descriptor)
        return replace(own, size=size + len(written))

    def stands(self, own: OwnFile) -> bool:
        """Whether our file is there, and no shorter than we left it."""
        try:
            found = os.lstat(self.path / own.name(self._rep))
        except FileNotFoundError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size >= own.size

    def rewrite(self, own: OwnFile, lines: Iterable[bytes], now: datetime) -> OwnFile:
        """Everything into a file of the next generation, durably; then our older files go."""
        generation = max([own.generation, *self._generations()]) + 1
        fresh = OwnFile(generation)
        descriptor = os.open(self.path / fresh.name(self._rep), _NEW | disk.BINARY, disk.OURS_ONLY)
        try:
            with os.fdopen(descriptor, "wb", closefd=False) as file:
                file.write(header_line(self._rep, now, None))
                file.writelines(lines)
            disk.sync(descriptor)
            size = os.fstat(descriptor).st_size
        finally:
            os.close(descriptor)
        disk.sync_folder(self.path)
        for older in self._generations():
            if older < generation:
                with suppress(OSError):
                    (self.path / OwnFile(older).name(self._rep)).unlink()
        return replace(fresh, size=size)

    def _generations(self) -> list[int]:
        """The numbers of the files there are of ours."""
        begin, end = f"{_begin(self._rep)}.", ENDING
        names = (one.name for one in self.path.iterdir())
        middles = (
            name[len(begin) : -len(end)] for name in names if name.startswith(begin) and name.endswith(end)
        )
        return [int(one) for one in middles if one.isascii() and one.isdigit() and len(one) < 10]

    # -- the files of all ------------------------------------------------------------------------------

    def news(
        self,
        known: Places,
        now: datetime,
        own: OwnFile | None = None,
        wanted: Callable[[bytes], bool] = is_record,
        most: int = AT_ONCE,
    ) -> News:
        """What stands in the files behind the places where they were read to.

        Costs one look at each file that is as it was. Our own is one of them while it is as we left it.
        """
        found = News()
        for name, identity in self._files():
            place = known.get(name) or Place(name)
            if place.identity == identity or (
                own and name == own.name(self._rep) and identity[1] == own.size
            ):
                continue
            if len(found.records) >= most:
                found.more = True
                break
            try:
                with readfile.opened(self.path / name) as file:
                    _read(file, place, identity, found, now, wanted, most)
            except (FileNotFoundError, PermissionError):
                continue  # it was renamed meanwhile, or is another program's own
        return found

    def _files(self) -> Iterator[tuple[str, Identity]]:
        with os.scandir(self.path) as entries:
            some = sorted((one.name for one in entries), key=os.fsencode)[:MOST_FILES]
        for name in some:
            try:
                seen = os.lstat(self.path / name)
            except FileNotFoundError:
                continue
            if stat.S_ISREG(seen.st_mode):
                yield name, (seen.st_ino, seen.st_size, seen.st_mtime_ns)


def _begun(descriptor: int, size: int) -> bytes:
    """What has to stand before the next line: whoever wrote the last one may have been stopped in the middle of it."""
    os.lseek(descriptor, max(size - 1, 0), os.SEEK_SET)
    return b"" if not size or os.read(descriptor, 1) == b"\n" else b"\n"


def _read(
    file: BinaryIO,
    place: Place,
    identity: Identity,
    found: News,
    now: datetime,
    wanted: Callable[[bytes], bool],
    most: int,
) -> None:
    """Take up a file behind the place it was read to, or from its start when it is another one."""
    place = _again(file, place)
    if not place.offset:
        place = _after_header(file, place)
    if not place.offset:
        found.places[place.name] = replace(place, identity=identity)
        return
    file.seek(place.offset)
    at = end = place.offset
    """`end`: up to where every line has arrived."""
    whole = True
    for line, size in _lines(file):
        at += size
        if b"\0" in line:
            whole = False  # a hole: this part of the file is still to come
            continue
        if wanted(line):
            place = _taken(line, place, found, now)
        if whole:
            end = at
        if len(found.records) >= most:
            found.more = True
            break
    done, marks = None if found.more else identity, _marks(file, end)
    found.places[place.name] = replace(place, identity=done, offset=end, begins=marks[0], ends=marks[1])


def _lines(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each line that has arrived to its end, and its bytes; of one too long to be ours only that it was there."""
    while line := file.readline(LONGEST + 1):
        size = len(line)
        is_ours = size <= LONGEST
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST)
            size += len(line)
        if not line:
            return  # its end is still to come
        yield (line if is_ours else _TOO_LONG), size


def _taken(line: bytes, place: Place, found: News, now: datetime) -> Place:
    try:
        record = record_of(line)
    except ValueError:
        return replace(place, damaged=place.damaged + 1) if line.strip() else place
    found.records.append(record)
    if isinstance(record, Contact) and record.stamps:
        fast = ahead(max(record.stamps.values()), now)
        if fast > timedelta(seconds=place.fast_s):
            return replace(place, fast_s=int(fast.total_seconds()))
    return place


def _again(file: BinaryIO, place: Place) -> Place:
    """The place where the file was read to, or its start when it is no longer the same up to there."""
    return place if _marks(file, place.offset) == (place.begins, place.ends) else Place(place.name)


def _after_header(file: BinaryIO, place: Place) -> Place:
    file.seek(0)
    first = file.readline(_LONGEST_HEADER)
    if not first.endswith(b"\n"):
        return place
    try:
        header = header_of(first)
    except ValueError:
        return place
    if header is None:
        return place
    place = replace(place, rep=header.rep)
    return replace(place, is_newer=True) if header.schema > SCHEMA else replace(place, offset=len(first))


def _marks(file: BinaryIO, offset: int) -> tuple[int, int]:
    """Checksums of the first bytes and of those before the place; of a file that is shorter they differ from any."""
    if not offset:
        return 0, 0
    length = min(offset, _MARKED)
    file.seek(0)
    begins = zlib.crc32(file.read(length))
    file.seek(offset - length)
    before = file.read(length)
    return begins, zlib.crc32(before) if len(before) == length else -1
