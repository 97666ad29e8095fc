"""The files of a store in the order they were written, and the newest tables that all of them together make.

As a rule the copy before and its journal lead to the data file, and the journal leads on from there; one look at the
numbers and checksums of their lines shows it. Whenever that is not so (a sync program, a copy put back, damage, an
edit), everything there is gets read, and nothing is left out in silence: what the newest tables do not hold is named
in a `Finding`, with the files to keep a copy of.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from tui.storage import checkpoint, comparing, disk, lines, messages
from tui.storage.checkpoint import Generation
from tui.storage.lines import Commit, Steps, follow, link, same
from tui.storage.protocol import StoreError
from tui.storage.rows import Rows, changes_between, show

META = "meta"
"""The table whose one document holds the format of the records."""
META_KEY = 1


class Copy(Struct, frozen=True):
    """A file to keep a copy of, and what the copy is called: behind the name of the file stands `.kind-…`."""

    path: Path
    kind: str
    made: Generation | None = None
    """Written in place of the file: how it was before."""


class Finding(Struct, frozen=True):
    """Something for the rep to know; whoever may write adds the names of the copies."""

    sentence: str
    copies: tuple[Copy, ...] = ()


class Loaded(Struct):
    """What the files of a store hold."""

    identity: tuple[int, int, int] | None
    """Of the data file before anything was read: another one by now says that they do not belong together."""
    journal: lines.Journal
    raw: bytes
    """The journal as it stands in the file."""
    tables: dict[str, Rows] = field(default_factory=dict)
    number: int = 0
    """Of the last commit in the tables."""
    made: int = 0
    """Of the last commit in the data file."""
    chain: int | None = 0
    """Of the lines of all commits in the tables; None when it is not known."""
    removed: set[comparing.Place] = field(default_factory=set)
    """What commits behind the data file removed."""
    findings: list[Finding] = field(default_factory=list)
    formats: list[bytes] = field(default_factory=list)
    """The documents of the format in every file."""
    afresh: bool = False
    """Whether all files must be rewritten, so that they follow on from each other again."""


def sibling(path: Path, ending: str) -> Path:
    """A file next to the data file that is called like it."""
    return path.with_name(path.name + ending)


def load(path: Path) -> Loaded:
    """Everything; raises OSError, and `StoreError` when there is a data file but no generation can be read."""
    identity = disk.identity(path)
    # The journal first: should a checkpoint be made in between, the newer file holds the older journal.
    raw = disk.read(sibling(path, ".journal"))
    loaded = Loaded(identity, lines.decode(raw), raw)
    data, damaged = _read(path)
    loaded.made = data.number if data else 0
    files = _Files(path, loaded, data, damaged)
    if data is not None and not loaded.journal.damaged and files.in_order():
        files.go_on_from(data)
    else:
        files.put_together()
    return loaded


def _read(path: Path) -> tuple[Generation | None, bool]:
    """The generation in a file, and whether it is damaged."""
    try:
        return checkpoint.read(path), False
    except ValueError:
        return None, True


class _Files:
    """The files of one store while they are being loaded."""

    def __init__(self, path: Path, loaded: Loaded, data: Generation | None, damaged: bool) -> None:
        self._path = path
        self._loaded = loaded
        self._data = data
        self._damaged = damaged
        self._journal = loaded.journal
        self._before_path = sibling(path, ".bak")
        self._older_path = sibling(path, ".journal.bak")
        self._steps = Steps(())
        """The commits to go on with."""
        self._covered: comparing.Covered | None = None
        """What the commits behind the tables were written over; in order, they surely belong to them."""

    # -- the rule

    def in_order(self) -> bool:
        """Whether the copy before and its journal lead to the data file, and the journal leads on from there."""
        assert self._data is not None
        raw = disk.read(self._older_path)
        older = lines.heads(raw)
        if self._data.edited and (lines.decode(raw).damaged or _read(self._before_path)[1]):
            return False  # how it was before cannot be made from these
        try:
            begin = checkpoint.mark(self._before_path)
        except ValueError:
            return False
        if older is None:
            return False
        if begin is None:
            begin = (0, 0) if older and older[0][0] == 1 else (self._data.number, self._data.chain)
            if older and older[0][0] != 1:
                return False
        # Killed before the journal was put away, and again before the next data file stood: then the journal begins
        # with lines that the copy before holds by now.
        held = Steps(self._journal.commits).before(begin)
        later = [commit for commit in self._journal.commits if not _is_in(commit, held)]
        chains = follow(begin, older, [commit.head for commit in later])
        return (
            chains is not None
            and all(same(commit.follows, chains.get(commit.number - 1)) for commit in later)
            and self._data.number in chains
            and same(chains[self._data.number], self._data.chain)
            and all(number <= self._data.number for number, _ in older)
        )

    def go_on_from(self, data: Generation) -> None:
        """The data file and the journal behind it."""
        self._steps = Steps(self._journal.commits)
        self._formats_of(data.tables, self._journal.commits)
        before = self._as_it_was(data) if data.edited else None
        self._begin_with(data)
        self._say_edited(data, self._go_on(), before)

    # -- the exception

    def put_together(self) -> None:
        """The newest state that any file and the commits behind it lead to."""
        loaded, data = self._loaded, self._data
        older = lines.decode(disk.read(self._older_path))
        before, before_damaged = _read(self._before_path)
        self._steps = Steps((*older.commits, *self._journal.commits))
        for tables, commits in ((data, older.commits), (before, self._journal.commits)):
            self._formats_of(tables.tables if tables else {}, commits)
        first_start = not (data or before or self._damaged or before_damaged)
        empty = Generation({}, 0, 0) if 1 in self._steps or (first_start and not older.commits) else None
        bases = [base for base in (data, before, empty) if base is not None]
        if not bases:
            if self._damaged or before_damaged:
                raise StoreError(messages.both_damaged(self._path))
            bases = [Generation({}, 0, None)]
        # Of those that lead as far the newest, of equals the first: the less has to be put together, the better.
        base = max(bases, key=lambda one: (max(self._steps.chains(one.mark)), one.number))
        known = self._known(base, before)
        as_it_was = self._as_it_was(data) if data and data is base and data.edited else None
        self._begin_with(base)
        self._covered = comparing.Covered()
        later = self._go_on(damaged=bool(self._journal.damaged or older.damaged))
        loaded.afresh |= not first_start or bool(self._journal.damaged or older.commits)
        self._say_how_old(base, older, first_start and not older.commits)
        if data is base:
            self._say_edited(data, later, as_it_was)
        self._say_damaged(older, needed=data is not base or self._applied(older))
        if before_damaged:
            self._say(messages.spare_damaged(self._before_path), Copy(self._before_path, "damaged"))
        self._say_besides(base, before, older, known)

    def _applied(self, journal: lines.Journal) -> bool:
        """Whether commits of this journal come behind the data file."""
        return any(self._data is None or number > self._data.number for number, _ in journal.heads)

    def _known(self, base: Generation, before: Generation | None) -> dict[int, int | None]:
        """The chain at each number that surely is in the tables made from this base: its own past, and its future."""
        begin = before if before is not None else Generation({}, 0, 0)
        past, future = self._steps.chains(begin.mark), self._steps.chains(base.mark)
        if base.number not in past or not same(past[base.number], base.chain):
            past = {}
        past = {number: chain for number, chain in past.items() if number < base.number}
        return {**past, **self._steps.before(base.mark), **future}

    # -- both

    def _formats_of(self, tables: dict[str, Rows], commits: Iterable[Commit]) -> None:
        rows = tables.get(META)
        found = [rows.raw(META_KEY) if rows else None]
        found += [commit.changes.get(META, {}).get(META_KEY) for commit in commits]
        self._loaded.formats += [raw for raw in found if raw is not None]

    def _begin_with(self, base: Generation) -> None:
        loaded = self._loaded
        loaded.tables, loaded.number, loaded.chain = base.tables, base.number, base.chain

    def _go_on(self, *, damaged: bool = False) -> list[Commit]:
        """Show the commits behind the tables; which ones. Missing ones are told, unless the damage is told anyway."""
        loaded, shown = self._loaded, []
        for step in self._steps.behind((loaded.number, loaded.chain)):
            if step.number > loaded.number + 1 and not damaged:
                self._say(messages.steps_missing(loaded.number + 1, step.number - 1))
            if self._covered:
                self._covered.cover(loaded.tables, step.changes)
            show(loaded.tables, step.changes)
            loaded.number, loaded.chain = step.number, link(loaded.chain, step.checksum)
            shown.append(step)
        loaded.removed |= comparing.removed_in(*(step.changes for step in shown))
        return shown

    def _as_it_was(self, data: Generation) -> Generation | None:
        """The data file before somebody edited it, as the files beside it have it; None where they have not."""
        before, _ = _read(self._before_path)
        older = lines.decode(disk.read(self._older_path))
        steps = Steps((*older.commits, *self._journal.commits))
        was = before if before is not None else Generation({}, 0, 0)
        while was.number < data.number and (step := steps.next(*was.mark)):
            show(was.tables, step.changes)
            was.number, was.chain = step.number, link(was.chain, step.checksum)
        if was.number != data.number:
            return None
        differs = was.tables and changes_between(was.tables, data.tables)
        return was if differs and same(was.chain, data.chain) else None

    # -- what the rep is told

    def _say(self, sentence: str, *copies: Copy) -> None:
        self._loaded.findings.append(Finding(sentence, copies))
        self._loaded.afresh = True

    def _say_how_old(self, base: Generation, older: lines.Journal, first_start: bool) -> None:
        if self._damaged:
            self._say(messages.rebuilt(self._path), Copy(self._path, "damaged"))
        elif self._data is None:
            if base.chain is not None and not first_start:
                self._say(messages.rebuilt(self._path))
        elif self._data is not base or self._applied(older):
            self._say(messages.older_copy(self._path), Copy(self._path, "older"))

    def _say_edited(self, data: Generation, later: list[Commit], before: Generation | None) -> None:
        copies = [Copy(self._path, "before-edit", before)] if before else []
        # Written again, it is known as ours: what is foreign at the next start was changed since.
        self._loaded.afresh |= data.foreign
        if data.foreign and later:
            # Steps that were waiting may have been written over what the other program wrote.
            theirs, _ = _read(self._path)
            removed = comparing.removed_in(*(step.changes for step in later))
            taken = take_in(self._loaded.tables, theirs.tables, removed) if theirs else 0
            self._say(messages.edited_meanwhile(self._path, taken), Copy(self._path, "edited"), *copies)
        elif data.edited:
            self._say(messages.edited_outside(self._path), *copies)

    def _say_damaged(self, older: lines.Journal, *, needed: bool) -> None:
        if older.damaged:
            count, path = older.damaged, self._older_path
            told = messages.lines_damaged(count, path) if needed else messages.spare_damaged(path)
            self._say(told, Copy(path, "damaged"))
        if self._journal.damaged:
            path = sibling(self._path, ".journal")
            self._say(messages.lines_damaged(self._journal.damaged, path), Copy(path, "damaged"))

    def _say_besides(
        self, base: Generation, before: Generation | None, older: lines.Journal, known: dict[int, int | None]
    ) -> None:
        """Records that some file holds and the tables do not. Those saved here since the copy before are taken in."""
        journal_path = sibling(self._path, ".journal")
        base_path = self._path if base is self._data else self._before_path
        covered = self._covered.tables() if self._covered else {}
        others: list[tuple[tuple[Path, ...], comparing.Tables, comparing.Tables]] = []
        if before is not None and before is not base:
            is_past = before.number in known and same(known[before.number], before.chain)
            if before.foreign or not is_past:
                others.append(((self._before_path,), before.tables, before.tables if is_past else {}))
        floor = 0 if before is None else before.number
        for journal, path in ((older, self._older_path), (self._journal, journal_path)):
            rest = [commit for commit in journal.commits if not _is_in(commit, known)]
            newer = comparing.tables_of(commit for commit in rest if commit.number > floor)
            others.append(((path,), comparing.tables_of(rest), newer))
        loaded, copies, count, taken = self._loaded, dict[Copy, None](), 0, 0
        if count := comparing.lacking(covered, loaded.tables, set()):
            taken = take_in(loaded.tables, covered, set())
            copies = dict.fromkeys(Copy(path, "older") for path in (base_path, self._older_path))
        for paths, theirs, welcome in others:
            where_it_was = paths == (journal_path,)
            if more := comparing.lacking(theirs, loaded.tables, loaded.removed, state=where_it_was):
                count += more
                taken += take_in(loaded.tables, welcome, loaded.removed)
                copies |= dict.fromkeys(Copy(path, "older") for path in paths)
        if copies:
            self._say(messages.found_besides(self._path, count, taken), *copies)


def _is_in(commit: Commit, known: dict[int, int | None]) -> bool:
    """Whether this commit, and no other of its number, leads from one of these chains to the next."""
    number = commit.number
    leads_to = link(known.get(number - 1), commit.checksum)
    return number - 1 in known and number in known and same(leads_to, known[number])


def take_in(tables: dict[str, Rows], theirs: comparing.Tables, removed: set[comparing.Place]) -> int:
    """Their records that are missing here become ours, but for those we removed; how many."""
    more = comparing.additions(theirs, tables, removed)
    show(tables, more)
    return sum(len(documents) for documents in more.values())
