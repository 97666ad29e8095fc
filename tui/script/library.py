"""The scripts of a team: one is loaded when it is asked for, and a broken save never takes words away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tui.domain.contact import Contact
from tui.script.choose import Assignment, assigned, best
from tui.script.inherit import Folder, Stamp, stamp_of
from tui.script.languages import base
from tui.script.load import Loaded, build, is_shared
from tui.script.model import Script
from tui.yamlfile.problem import Problem, in_order

BUILTIN_FILE = Path(__file__).with_name("builtin.yaml")
"""The script that is always there."""
RING_BACK = "they_ring_back"
"""Id of the script for callers nobody knows."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What `reload` found: script ids."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    """Saved with an error; the version before stays in use."""

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.changed or self.removed or self.broken)


@dataclass(slots=True)
class _Kept:
    """One file of the library: as it is on disk now, and the last version that could be used."""

    loaded: Loaded
    script: Script | None
    stamps: dict[Path, Stamp] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The script's id, from the version in use; else the file's name."""
        return self.script.id if self.script is not None else Path(self.loaded.file).stem


@cache
def builtin() -> Script:
    """The built-in script: few words for every situation, in English."""
    script = build(Folder(BUILTIN_FILE.parent).resolve(BUILTIN_FILE), BUILTIN_FILE).script
    assert script is not None, "the package is damaged: builtin.yaml cannot be read"
    return script


class Library:
    """All scripts of one folder. A folder that is missing or empty leaves the built-in script."""

    def __init__(self, folder: Path | None, shown: Mapping[Path, str] | None = None) -> None:
        names = dict(shown or {})
        self._folder = Folder(folder, lambda path: names.get(path, str(path))) if folder else None
        self._kept: dict[Path, _Kept] = {}
        self._names = self._listed()
        """Files of the folder when it was last looked at; `reload` looks again."""

    @property
    def folder(self) -> Path | None:
        """The folder the scripts lie in; None when only the built-in one is there."""
        return self._folder.root if self._folder is not None else None

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong in the files read so far, in their order; each said once."""
        return in_order(problem for kept in self._kept.values() for problem in kept.loaded.problems)

    def lines(self, file: str) -> list[str]:
        """The source lines of a file named in a problem; empty when it was not read."""
        return next((k.loaded.lines[file] for k in self._kept.values() if file in k.loaded.lines), [])

    def get(self, script_id: str) -> Script:
        """The script with this id; the built-in one when there is none that can be used."""
        return self.find(script_id) or builtin()

    def find(self, script_id: str) -> Script | None:
        """The script with this id, or None. Reads one file when the file bears the id."""
        for name in (f"{script_id}.yaml", f"{script_id}.yml"):
            if name in self._names:
                kept = self._keep(self._path(name))
                if kept.script is not None and kept.script.id == script_id:
                    return kept.script
        if script_id == builtin().id:
            return builtin()
        return next((script for script in self.scripts() if script.id == script_id), None)

    def scripts(self) -> list[Script]:
        """Every script that can be used, by file name; reads what was not read yet."""
        kept = (self._keep(self._path(name)) for name in self._names)
        return [k.script for k in kept if k.script is not None and not is_shared(Path(k.loaded.file))]

    def loaded(self) -> list[Loaded]:
        """Every file as it is on disk, shared parts included: for the checker."""
        return [self._keep(self._path(name)).loaded for name in self._names]

    def choose(
        self,
        contact: Contact,
        kind: str = "fresh",
        assign: Iterable[Assignment] = (),
        language: str = "en",
        entry: str = "call",
    ) -> Script:
        """The script for a person: the team's assignment, else the audience, else the built-in one.

        `kind` is the next step's kind (fresh, follow_up, promise, asked, check_in, came_back); `language` the
        team's, used when the contact has none. The script returned has words for `entry`.
        """
        speaks = contact.language or language
        named = assigned(assign, contact, speaks)
        script = self._translated(self.find(named), speaks) if named else None
        if script is None or script.status == "retired":
            script = best(self.scripts(), contact, kind, speaks) or self._usual(speaks)
        return self.with_words(script, entry, speaks)

    def with_words(self, script: Script, entry: str, language: str = "") -> Script:
        """The script itself when it has words for this way into a call, else one that has."""
        if script.can(entry):
            return script
        wanted = language or script.language
        for other in (self.ring_back(wanted), *self.scripts()):
            if other.can(entry) and base(other.language) == base(wanted):
                return other
        return builtin()

    def ring_back(self, language: str = "en") -> Script:
        """The script for a caller nobody knows (B17), in their language when there is one."""
        found = self._translated(self.find(RING_BACK), language)
        return found if found is not None and found.can(RING_BACK) else builtin()

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
        return Changes(**{what: tuple(ids) for what, ids in found.items()})

    def _compare(self, before: _Kept, after: _Kept, found: dict[str, list[str]]) -> None:
        if after.loaded.script is None:
            found["broken"].append(after.id)
        elif before.script is None or before.script.hash != after.loaded.script.hash:
            found["changed"].append(after.id)

    def _usual(self, language: str) -> Script:
        """For somebody no audience names: a live script in their language without one, else the built-in."""
        plain = (s for s in self.scripts() if s.status == "live" and not any(_conditions(s)))
        return next((s for s in plain if base(s.language) == base(language) and s.can("call")), builtin())

    def _translated(self, script: Script | None, language: str) -> Script | None:
        """The script in the person's language when it was translated, else itself."""
        if script is None or base(script.language) == base(language):
            return script
        original = script.translation_of or script.id
        for other in self.scripts():
            if original in (other.id, other.translation_of) and base(other.language) == base(language):
                return other
        return script

    def _listed(self) -> list[str]:
        return self._folder.names() if self._folder is not None else []

    def _path(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder.root / name

    def _keep(self, path: Path) -> _Kept:
        return self._kept.get(path) or self._read(path)

    def _read(self, path: Path) -> _Kept:
        assert self._folder is not None
        loaded = build(self._folder.resolve(path), path)
        before = self._kept.get(path)
        script = loaded.script or (before.script if before is not None else None)
        stamps = {source.path: source.stamp for source in loaded.sources}
        self._kept[path] = _Kept(loaded, script, stamps)
        return self._kept[path]


def _conditions(script: Script) -> tuple[tuple[str, ...], ...]:
    audience = script.audience
    return (audience.kinds, audience.tags, audience.lists, audience.stages)
