"""The rep's own settings file, written by the program: one value at a time, and only what the files' check takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from tui.locale.spoken import said
from tui.settings.changes import counts_at_once
from tui.settings.declare import ANY, Setting
from tui.settings.explain import Row, explain
from tui.settings.keymap import THEMES
from tui.settings.layers import DAYS, Leaf, Path, Source, days_of
from tui.settings.load import Loaded
from tui.settings.places import Places
from tui.settings.scope import is_locked, is_the_teams
from tui.settings.settings import SETTINGS, setting_at
from tui.system import readfile
from tui.system.writefile import save
from tui.yamlfile import source
from tui.yamlfile.change import NotChangedError, with_value, without_value
from tui.yamlfile.problem import Plain, Problem, flow
from tui.yamlfile.read import read_text

HEAD = (
    "# Your own settings of Power Hour. The program writes here what you choose in it; you may, too.\n"
    "# powerhour config  shows every value in force and the line it comes from.\n"
)
_NOTE = "set in the cockpit"
_DATED = _NOTE + ", {day:%Y-%m-%d}"
_SHORT: dict[Path, str] = {("dialer",): "kind", ("scripts",): "folder"}
"""Groups for which one word may stand, and the value that it then is."""
_FIRST = ("me.name", "me.number", "me.title", "team.company")
"""What a rep looks for first."""
Fixed = Literal["", "team", "locked", "variable", "file"]
"""Why a rep cannot change a setting here: it is the team's, locked, set by a variable, or more than one line says."""


_NOTHING = ("[]", '""')
"""How a value is shown that holds nothing."""


class OwnRow(Struct, frozen=True):
    """One setting as the rep finds it, and what they may do with it."""

    row: Row
    path: Path
    """Its name in parts; of days that agree the range: `("calling_window", "mon-fri")`."""
    setting: Setting
    fixed: Fixed = ""
    only_stricter: bool = False
    """The team locked it: a stricter value is taken."""
    is_own: bool = False
    """The rep's own file says it."""
    at_once: bool = False
    """A change counts now; otherwise from the next start."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it takes; empty where any text is read."""
        shape = self.setting.shape
        if self.row.key == "theme":
            return tuple(sorted(THEMES))
        return ("yes", "no") if shape.what == "flag" else shape.options

    @property
    def typed(self) -> str:
        """Its value as a rep would type it: items of a list with commas between."""
        root = read_text(self.row.value, "").node if self.setting.shape.what == "list" else None
        items = [part.text for part in root.parts] if root is not None and root.kind == "list" else ()
        plain = items and not any("," in one or not one.strip() for one in items)
        return ", ".join(items) if plain else "" if self.row.value in _NOTHING else self.row.value


class NotWrittenError(Exception):
    """The own file stays as it was; `problem` says why and, where it is the file's fault, on which line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class OwnFile:
    """The file of one rep."""

    def __init__(
        self, places: Places, load: Callable[[str | None], Loaded], today: Callable[[], date]
    ) -> None:
        """`load` reads all settings, with another text in place of the own file's; `today` dates what is written."""
        self._places, self._load, self._today = places, load, today

    def put(self, values: Mapping[Path, str]) -> Loaded:
        """Write what was typed, all of it or nothing; "" removes a line. What all files say then comes back.

        Raises `NotWrittenError` when a value is wrong, the team does not allow it, or the file cannot be read or saved.
        """
        text = self._text()
        after = text or HEAD
        try:
            for path, typed in values.items():
                after = (
                    self._with(after, path, plain_of(path, typed))
                    if typed.strip()
                    else self._bare(after, path)
                )
        except NotChangedError as error:
            raise NotWrittenError(error.problem) from error
        return self._save(text, after)

    def _text(self) -> str:
        """The file as it stands, line ends and all; empty where there is none."""
        path = self._places.own
        if not readfile.is_file(path) and not readfile.is_folder(path):
            return ""
        raw, wrong = source.read_bytes(path, str(path))
        _, problems = (None, wrong) if wrong else source.decode(raw, str(path))
        if problems:
            raise NotWrittenError(problems[0])
        return raw.decode("utf-8")

    def _with(self, text: str, path: Path, value: Plain) -> str:
        """The text with a value; days that stand by themselves give way to a range that holds them."""
        for day in days_of(path[-1]) if path[0] == "calling_window" else ():
            text = without_value(text, self._name, (path[0], day), _NOTE)
        group = path[:-1]
        if (word := _SHORT.get(group)) and (short := _word_at(text, group)):
            if path[-1] == word:
                return with_value(text, self._name, group, value)
            return with_value(text, self._name, group, {word: short, path[-1]: value})
        return with_value(text, self._name, path, value, _DATED.format(day=self._today()))

    def _bare(self, text: str, path: Path) -> str:
        group = path[:-1]
        if _SHORT.get(group) == path[-1] and _word_at(text, group):
            return without_value(text, self._name, group, _NOTE)
        for day in days_of(path[-1]) if path[0] == "calling_window" else ():
            text = without_value(text, self._name, (path[0], day), _NOTE)
        return without_value(text, self._name, path, _NOTE)

    def _save(self, before: str, after: str) -> Loaded:
        """Check the text with all other files, then put it into the file's place."""
        trial = self._load(after)
        known = [(one.code, one.message) for one in self._load(before).problems if one.file == self._name]
        for one in trial.problems:
            if one.file == self._name and one.severity == "error" and (one.code, one.message) not in known:
                raise NotWrittenError(one)
        if after != before:
            try:
                self._places.own.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
                save(self._places.own, after)
            except OSError as error:
                why = said(error.strerror or "unknown error")
                words = said("{file} cannot be saved: {why}", file=self._name, why=why)
                raise NotWrittenError(Problem(self._name, 1, 1, "PH005", "error", words)) from error
        return trial

    @property
    def _name(self) -> str:
        return str(self._places.own)


def own_rows(loaded: Loaded) -> tuple[OwnRow, ...]:
    """Every setting, also what nobody has set: the rep's name and number first, then the order of the file."""
    stack = loaded.stack
    paths = {".".join(path): path for path in stack.leaves} | {"dialer": ("dialer", "kind")}
    rows = {row.key: row for row in explain(loaded)}
    for one in SETTINGS:
        if ANY not in one.path and one.path not in stack.leaves:
            rows[one.name] = Row(one.name, "", "", help=one.shape.doc)
    order = {name: place for place, name in enumerate(dict.fromkeys(one.path[0] for one in SETTINGS))}
    made = [_own_row(paths.get(name, tuple(name.split("."))), row, loaded) for name, row in rows.items()]
    known = [one for one in made if one is not None]
    first = {name: place - len(_FIRST) for place, name in enumerate(_FIRST)}
    return tuple(sorted(known, key=lambda one: first.get(one.row.key, order[one.path[0]])))


def _own_row(path: Path, row: Row, loaded: Loaded) -> OwnRow | None:
    days = days_of(path[-1]) if path[0] == "calling_window" else ()
    one = (path[0], days[0]) if days else path
    setting, top = setting_at(one), loaded.stack.leaf(*one)
    if setting is None:
        return None
    is_locked_here = is_locked(one, loaded.stack)
    own = top is not None and top.source is Source.OWN
    fixed: Fixed = ""
    if is_the_teams(one, loaded.stack, loaded.places):
        fixed = "team"
    elif is_locked_here and setting.lock is None:
        fixed = "locked"
    elif top is not None and top.source is Source.ENVIRONMENT:
        fixed = "variable"
    elif _says_more(setting) or (own and _stands_with_others(path, top, loaded)):
        fixed = "file"
    return OwnRow(
        row,
        path,
        setting,
        fixed,
        is_locked_here and setting.lock is not None,
        own,
        counts_at_once(one),
    )


def _says_more(setting: Setting) -> bool:
    """Whether a value is more than one line can say: a list of groups."""
    return setting.shape.of is not None and setting.shape.of.what in ("object", "list", "map")


def _stands_with_others(path: Path, top: Leaf | None, loaded: Loaded) -> bool:
    """Whether the row is one of several days that stand in one line of the rep's own file."""
    if path[0] != "calling_window" or top is None or path[-1] not in DAYS:
        return False
    line, leaves = top.node.key_line, (loaded.stack.leaf("calling_window", day) for day in DAYS)
    return (
        sum(one is not None and one.source is Source.OWN and one.node.key_line == line for one in leaves) > 1
    )


def plain_of(path: Path, typed: str) -> Plain:
    """What was typed as a file holds it: a list where the setting is one, its items with commas or in brackets."""
    setting = setting_at((path[0], days_of(path[-1])[0]) if days_of(path[-1]) else path)
    written = typed.strip()
    if setting is None or setting.shape.what != "list":
        return written
    if written.startswith("["):
        root = read_text(written, "").node
        if root is not None and root.kind == "list":
            return [part.text if part.kind == "text" else flow(part) for part in root.parts]
    return [word.strip() for word in written.split(",") if word.strip()]


def _word_at(text: str, group: Path) -> str:
    """The one word that stands for a group in a file; empty where it stands written out, or not at all."""
    node = read_text(text, "").node
    for name in group:
        node = node.get(name) if node is not None else None
    return node.text if node is not None and node.kind == "text" else ""
