"""The scripts of a team: one is loaded when it is asked for, and a broken save never takes words away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from tui.domain.contact import Contact
from tui.script.files.choose import Assignment, Chosen, Volume, choose, named_script, tongues, translation
from tui.script.files.extends import Folder, stamp_of
from tui.script.files.load import Loaded, build, builtin, builtin_with_id, has_builtin, load
from tui.script.language.model import Script
from tui.yamlfile.copies import Copies
from tui.yamlfile.problem import Problem, in_order, nearest

RING_BACK = "they_ring_back"
"""Id of the script for callers nobody knows."""


class Changes(Struct, frozen=True):
    """What `reload` found: script ids."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    """Saved with an error; the version before stays in use."""

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.changed or self.removed or self.broken)


class Library:
    """All scripts of one folder. A folder that is missing or empty leaves the built-in scripts."""

    def __init__(
        self, folder: Path | None, shown: Callable[[Path], str] = str, copies: Copies | None = None
    ) -> None:
        """`shown`: what a file is called in problems; `copies`: the last good versions in the rep's data folder."""
        self.shown = shown
        self._folder = Folder(folder, shown) if folder else None
        self._copies = copies
        self._kept: dict[Path, Volume] = {}
        self._gone: dict[str, Volume | None] = {}
        """By script id: the copy of a script whose file is gone; None: there is none."""
        self._names = self._listed()
        """Files of the folder when it was last looked at; `reload` looks again."""

    @property
    def folder(self) -> Path | None:
        """The folder the scripts lie in; None when only the built-in one is there."""
        return self._folder.root if self._folder is not None else None

    @property
    def folder_is_gone(self) -> bool:
        """Whether the whole folder is missing although there were scripts in it: nobody deleted them one by one."""
        return self.folder is not None and bool(self._names) and not self.folder.is_dir()

    @property
    def ignored(self) -> list[Problem]:
        """What calls ignore in the files in use: errors that keep no script from being used; each said once."""
        in_use = (kept.loaded.problems for kept in self._kept.values() if not kept.fault)
        return in_order(problem for problems in in_use for problem in problems if problem.severity == "error")

    @property
    def broken(self) -> list[Volume]:
        """The files read so far that hold a mistake, shared parts included."""
        return [kept for kept in self._kept.values() if kept.fault == "broken"]

    @property
    def lines(self) -> dict[str, list[str]]:
        """The source lines of each file read so far, by its name in problems."""
        return {file: lines for kept in self._kept.values() for file, lines in kept.loaded.lines.items()}

    # -- finding -----------------------------------------------------------------------------------------

    def find(self, script_id: str) -> Script | None:
        """The script with this id, or None. Reads one file when the file bears the id."""
        held = self._there(script_id)
        return held.script if held is not None else None

    def scripts(self) -> list[Script]:
        """Every script that can be used, by file name; reads what was not read yet."""
        return [kept.script for kept in self.volumes() if kept.script is not None]

    def volumes(self) -> Sequence[Volume]:
        """Every file of the folder that is no shared part, usable or not, by file name."""
        kept = (self._keep(self._path(name)) for name in self._names)
        return [one for one in kept if not one.loaded.shared]

    def volume(self, script_id: str) -> Volume | None:
        """The file with this script id, also the last good copy of one that is gone; None when there is neither."""
        return self._there(script_id) or self._copy_of_gone(script_id)

    def ids(self) -> dict[str, str]:
        """Id and status of every script, also of one that cannot be used as it is; the built-in one's too."""
        there = {one.id: one.script.status if one.script else "live" for one in self.volumes()}
        return {builtin().id: "live", **there}

    def loaded(self, names: Iterable[str] = ()) -> list[Loaded]:
        """The files of these names as they are on disk; without names all, shared parts included."""
        return [self._keep(self._path(name)).loaded for name in names or self._names]

    def _there(self, script_id: str) -> Volume | None:
        for name in (f"{script_id}.yaml", f"{script_id}.yml"):
            if name in self._names and (kept := self._keep(self._path(name))).id == script_id:
                return kept
        if (ours := builtin_with_id(script_id)) is not None:
            return Volume(Loaded(f"{script_id}.yaml", ours, ()), ours)
        return next((kept for kept in self.volumes() if kept.id == script_id), None)

    # -- choosing ----------------------------------------------------------------------------------------

    def choose(
        self,
        contact: Contact,
        kind: str = "fresh",
        assign: Iterable[Assignment] = (),
        language: str = "en",
        entry: str = "call",
    ) -> Chosen:
        """The script for a person, and why: the team's assignment, else the audience, else the built-in one.

        `kind` is the next step's kind (fresh, follow_up, promise, asked, check_in, came_back); `language` the
        team's, used when the contact has none. The script has words for `entry`.
        """
        return choose(self, contact, kind, assign, language, entry)

    def resume(self, script_id: str, speaks: str, team: str) -> Chosen:
        """The script a stored call was read from, as it is in use now; else the built-in one in their language."""
        return named_script(self, script_id, speaks, team)

    def with_words(self, script: Script, entry: str, team: str = "en") -> Script:
        """The script itself when it has words for this way into a call, else one for any call in its language."""
        if script.can(entry):
            return script
        other = self.ring_back(script.language, team)
        return other if other.can(entry) else builtin(other.language)

    def ring_back(self, language: str = "en", team: str = "en") -> Script:
        """The script for a caller nobody knows (B17), in their language; the team's where there are no words in it."""
        for tongue in tongues(language, team):
            held = translation(self, RING_BACK, tongue)
            deleted = held is not None and held.fault == "gone" and not self.folder_is_gone
            if held is not None and held.script is not None and held.script.can(RING_BACK) and not deleted:
                return held.script
            if has_builtin(tongue):
                break
        return builtin(tongue)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> Changes:
        """Reads again what changed on disk since it was read. A broken file keeps its last good version."""
        seen, self._names = set(self._names), self._listed()
        names = set(self._names)
        found: dict[str, list[str]] = {"added": [], "changed": [], "removed": [], "broken": []}
        for path, kept in list(self._kept.items()):
            if path.name not in names:
                found["removed"].append(self._kept.pop(path).id)
            elif any(stamp_of(source) != stamp for source, stamp in kept.stamps.items()):
                self._compare(kept, self._read(path), found)
        for name in sorted(names - seen):
            fresh = self._keep(self._path(name))
            found["added" if fresh.script is not None else "broken"].append(fresh.id)
        changes = Changes(**{what: tuple(ids) for what, ids in found.items()})
        if changes:
            self._gone.clear()
        return changes

    def keep_copies(self) -> None:
        """Keep a copy of every good script read so far, where there is none of this version yet. Writes to disk."""
        for path, kept in list(self._kept.items()):
            script = kept.loaded.script
            if self._copies is not None and script is not None and not kept.loaded.shared:
                texts = {source.path.name: "\n".join(source.lines) for source in kept.loaded.sources}
                self._copies.keep(path.name, script.hash, texts)

    def _compare(self, before: Volume, after: Volume, found: dict[str, list[str]]) -> None:
        if after.loaded.script is None:
            found["broken"].append(after.id)
        elif before.loaded.script is None or before.loaded.script.hash != after.loaded.script.hash:
            found["changed"].append(after.id)

    def _listed(self) -> list[str]:
        if self._folder is None:
            return []
        names = self._folder.names()
        return (
            self._copies.names() if not names and self._copies and not self._folder.root.is_dir() else names
        )

    def _path(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder.root / name

    def _keep(self, path: Path) -> Volume:
        return self._kept.get(path) or self._read(path)

    def _read(self, path: Path) -> Volume:
        assert self._folder is not None
        loaded, before = build(self._folder.resolve(path), path), self._kept.get(path)
        kept = Volume(loaded, loaded.script, {source.path: source.stamp for source in loaded.sources})
        if loaded.script is None and not kept.loaded.shared:
            kept.script, kept.good_at = self._last_good(path.name, before)
            kept.gone = not path.exists()
        self._kept[path] = kept
        return kept

    # -- last good versions ------------------------------------------------------------------------------

    def _last_good(self, name: str, before: Volume | None) -> tuple[Script | None, datetime | None]:
        """The version of a moment ago, else the newest copy that can still be used; and when it was first read."""
        if before is None or before.script is None:
            return next(self._copied(name), (None, None))
        digest = before.script.hash
        copies = self._copies.versions(name) if self._copies is not None else []
        return before.script, next((c.at for c in copies if c.digest == digest), before.good_at)

    def _copied(self, name: str) -> Iterator[tuple[Script, datetime]]:
        for copy in self._copies.versions(name) if self._copies is not None else []:
            script = load(copy.path, Folder(copy.path.parent, lambda path: path.name)).script
            if script is not None and script.hash == copy.digest:
                yield script, copy.at

    def _copy_of_gone(self, script_id: str) -> Volume | None:
        """The last good copy of a script no file of the folder bears any more."""
        if script_id not in self._gone:
            names, likely = self._copies.names() if self._copies is not None else [], f"{script_id}.yaml"
            named = sorted(names, key=lambda name: name != likely)
            copies = ((name, script, at) for name in named for script, at in self._copied(name))
            gone = (
                Volume(Loaded(n, s, ()), s, {}, at, gone=True) for n, s, at in copies if s.id == script_id
            )
            self._gone[script_id] = next(gone, None)
        return self._gone[script_id]


class Mistake(Struct, frozen=True):
    """The first error of one file."""

    problem: Problem
    shared: bool
    """The file holds parts for other scripts."""
    scripts: tuple[str, ...]
    """Ids of the scripts that cannot be used because of it."""
    good_at: tuple[datetime | None, ...]
    """Of those of which the last good version is used: when it was first read, None where nobody knows."""

    @property
    def file(self) -> str:
        """The file's name without its folder."""
        return Path(self.problem.file).name


class Lost(Struct, frozen=True):
    """An assignment of the team that names a script there is no file of."""

    number: int
    """Of the assignment, from 1."""
    script: str
    meant: str = ""
    """A script with a name like it."""
    copied: bool = False
    """There was such a file, and its last good version is used."""
    good_at: datetime | None = None


def mistakes(library: Library) -> list[Mistake]:
    """The broken files among those read so far, by name."""
    firsts: dict[str, Problem] = {}
    users: dict[str, list[Volume]] = {}
    for kept in library.broken:
        errors = {p.file: p for p in reversed(kept.loaded.problems) if p.severity == "error"}
        for file, first in errors.items():
            firsts.setdefault(file, first)
            users.setdefault(file, []).append(kept)
    return [_mistake(firsts[file], users[file]) for file in sorted(firsts)]


def _mistake(first: Problem, users: Iterable[Volume]) -> Mistake:
    scripts = [kept for kept in users if not kept.loaded.shared]
    used = tuple(kept.good_at for kept in scripts if kept.script is not None)
    own = any(kept.loaded.file == first.file for kept in scripts)
    return Mistake(first, not own, tuple(kept.id for kept in scripts), used)


def lost(library: Library, rules: Iterable[Assignment]) -> Iterator[Lost]:
    """The assignments whose script is in no file; reads every script where there is one."""
    for number, rule in enumerate(rules, 1):
        if not rule.script:
            continue  # told as a mistake of the settings
        held = library.volume(rule.script)
        if held is None:
            ids = [volume.id for volume in library.volumes()]
            yield Lost(number, rule.script, nearest(rule.script, ids) or "")
        elif held.fault == "gone":
            yield Lost(number, rule.script, copied=True, good_at=held.good_at)
