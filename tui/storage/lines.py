"""One commit, one line of the journal: checksum, blank, JSON `[number, {table: {key: document or null}}, chain]`.

The chain is the one before this line: it says whether the line really goes on from what stands before it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tui.storage.rows import Changes
from tui.storage.values import dump

_NEVER_OURS = re.compile(rb"[^ -~]")
_HEAD = re.compile(rb"([0-9a-f]{8}) \[(\d+),")
_BLOCK = 1 << 18
"""Bytes written at once."""
_AT_ONCE = 100
"""Documents joined at once."""


class Commit(Struct, frozen=True):
    """One line."""

    number: int
    changes: Changes
    checksum: int
    follows: int | None
    """The chain before it; None in a line of an older program."""

    @property
    def head(self) -> Head:
        """Number and checksum."""
        return self.number, self.checksum

    def leads_to(self, chain: int) -> bool:
        """Whether this is surely the line before that chain; a line of an older program says nothing of it."""
        return link(self.follows, self.checksum) == chain


Head: TypeAlias = tuple[int, int]
"""Number and checksum of a line."""


class Journal(Struct, frozen=True):
    """What a journal holds: its whole commits, and what is wrong with the rest."""

    commits: tuple[Commit, ...]
    good: int
    """Bytes up to the end of the last whole line; what follows was cut short and was never acknowledged."""
    damaged: int
    """Lines whose checksum or shape is wrong."""

    @property
    def heads(self) -> tuple[Head, ...]:
        """Number and checksum of each whole commit."""
        return tuple(commit.head for commit in self.commits)


class JournalLine(Struct, frozen=True):
    """The line of one commit, line feed included, in blocks: that of an import is longer than all its documents."""

    number: int
    changes: Changes
    chain: int | None
    checksum: int = 0
    body: bytes | None = None
    """The line between checksum and line feed, where it is short; a long one is made again from its documents."""

    def blocks(self) -> Iterator[bytes]:
        """The line from its beginning, made again each time; one block where it is short."""
        begin, end = b"%08x " % self.checksum, b"\n"
        if self.body is not None:
            yield b"".join((begin, self.body, end))
            return
        held: list[bytes] = [begin]
        size = 0
        for part in self._body():
            held.append(part)
            size += len(part)
            if size > _BLOCK:
                yield b"".join(held)
                held, size = [], 0
        yield b"".join((*held, end))

    def summed(self) -> JournalLine:
        """The same with the checksum of its body, and the body itself unless it is long."""
        checksum, size, kept = 0, 0, []
        for part in self._body():
            checksum = zlib.crc32(part, checksum)
            size += len(part)
            if size <= _BLOCK:
                kept.append(part)
        return replace(self, checksum=checksum, body=b"".join(kept) if size <= _BLOCK else None)

    def _body(self) -> Iterator[bytes]:
        """Documents are ASCII JSON and hold no line feed."""
        joint = b"[%d,{" % self.number
        for name, documents in self.changes.items():
            yield b"%s%s:{" % (joint, json.dumps(name).encode("ascii"))
            pairs = _pairs(documents)
            joint = b""
            while several := list(islice(pairs, _AT_ONCE)):
                yield joint + b",".join(several)
                joint = b","
            joint = b"},"
        end = b"" if self.chain is None else b",%d" % self.chain
        yield b"%s%s]" % (b"}}" if self.changes else joint + b"}", end)


def line_of(number: int, changes: Changes, chain: int | None) -> JournalLine:
    """The line of one commit."""
    return JournalLine(number, changes, chain).summed()


def with_checksum(body: bytes) -> bytes:
    """A line that says whether it is whole, line feed included. The body holds no line feed."""
    return b"%08x %s\n" % (zlib.crc32(body), body)


def checked(line: bytes) -> bytes:
    """The body of such a line, given without its line feed; raises ValueError when it is not as it was written."""
    body = line[9:]
    if line[8:9] != b" " or int(line[:8], 16) != zlib.crc32(body):
        raise ValueError("wrong checksum")
    return body


def link(chain: int | None, checksum: int) -> int | None:
    """The chain behind one more line: equal for equal lines in equal order. None where its beginning is not known."""
    return None if chain is None else zlib.crc32(b"%08x" % checksum, chain)


def heads(raw: bytes) -> tuple[Head, ...] | None:
    """Number and checksum of each line as its first bytes say, unchecked; None when one says neither."""
    found = [_HEAD.match(line) for line in raw.split(b"\n")[:-1]]
    return tuple((int(head[2]), int(head[1], 16)) for head in found if head) if all(found) else None


def decode(raw: bytes) -> Journal:
    """The commits of a journal; stops at nothing, so that one damaged line costs one commit."""
    commits: list[Commit] = []
    good = damaged = start = 0
    while (end := raw.find(b"\n", start)) >= 0:
        line, start = raw[start:end], end + 1
        try:
            commits.append(_commit(line))
            good = start
        except (ValueError, AttributeError, TypeError, RecursionError):
            damaged += 1
    if _NEVER_OURS.search(raw, start):
        damaged += 1  # a line that was cut short ends in the middle, and holds nothing else than ours
    return Journal(tuple(commits), good, damaged)


def _commit(line: bytes) -> Commit:
    body = checked(line)
    number, tables, *rest = json.loads(body)
    follows = rest[0] if rest else None
    if type(number) is not int or not isinstance(follows, int | None):
        raise ValueError("no number")
    changes = {
        name: {int(key): None if document is None else dump(document) for key, document in documents.items()}
        for name, documents in tables.items()
    }
    return Commit(number, changes, zlib.crc32(body), follows)


def _pairs(documents: Mapping[int, bytes | None]) -> Iterator[bytes]:
    for key, raw in documents.items():
        yield b'"%d":%s' % (key, b"null" if raw is None else raw)


Mark = tuple[int, int | None]
"""Number and chain of a state of the tables."""


def same(one: int | None, other: int | None) -> bool:
    """Whether two chains are the same, as far as they are known."""
    return one is None or other is None or one == other


class Steps:
    """Commits by number: one each, unless files of two stores have met."""

    def __init__(self, commits: Iterable[Commit]) -> None:
        self._steps: dict[int, list[Commit]] = {}
        for commit in commits:
            self._steps.setdefault(commit.number, []).append(commit)

    def __contains__(self, number: int) -> bool:
        return number in self._steps

    def next(self, number: int, chain: int | None) -> Commit | None:
        """The commit that goes on from here."""
        return next((step for step in self._steps.get(number + 1, ()) if same(step.follows, chain)), None)

    def chains(self, begin: Mark) -> dict[int, int | None]:
        """The numbers that can be reached from here without a gap, and the chain at each."""
        number, chain = begin
        found = {number: chain}
        while step := self.next(number, chain):
            number, chain = step.number, link(chain, step.checksum)
            found[number] = chain
        return found

    def before(self, end: Mark) -> dict[int, int | None]:
        """The numbers from which lines that say what they follow lead here without a gap, and the chain at each."""
        number, chain = end
        found = {number: chain}
        while chain is not None:
            chain = next((one.follows for one in self._steps.get(number, ()) if one.leads_to(chain)), None)
            if chain is not None:
                number -= 1
                found[number] = chain
        return found

    def behind(self, begin: Mark) -> Iterator[Commit]:
        """The commits behind this state, those behind a gap too; none that goes on from another state."""
        number, chain = begin
        for later in sorted(self._steps):
            if later <= number:
                continue
            step = self.next(number, chain) if later == number + 1 else self._steps[later][0]
            if step is None:
                return
            number, chain = later, link(chain, step.checksum)
            yield step


def follow(begin: Mark, older: Iterable[Head], journal: Iterable[Head]) -> dict[int, int | None] | None:
    """The chain behind each commit from here on; None when one is missing or there in two ways."""
    last = begin[0]
    chains, seen = {last: begin[1]}, dict[int, int]()
    for heads, may_be_older in ((older, True), (journal, False)):
        for number, checksum in heads:
            if number == last + 1:
                chains[number] = link(chains[last], checksum)
                seen[number] = checksum
                last = number
            elif (
                number > last
                or seen.get(number, checksum) != checksum
                or (number not in seen and not may_be_older)
            ):
                return None
    return chains
