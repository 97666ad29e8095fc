"""Where things are: the team folder, the rep's own settings file, and the rep's data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.domain.window import zone_info
from tui.plaintext import clean
from tui.system import readfile
from tui.yamlfile.problem import Node, Problem, has_errors, problem_at
from tui.yamlfile.read import read_file

if TYPE_CHECKING:
    from tui.yamlfile.copies import Copies

CONFIG = "config.yaml"
Now = Callable[[], datetime]
_PACKAGE = Path(__file__).resolve().parent.parent
_OURS = re.compile(r"^config:[ \t]*1[ \t]*(#.*)?$", re.MULTILINE)
_HEAD = 65_536
"""Bytes of a config.yaml searched for `config: 1`."""


NO_HOME = Path(_PACKAGE.anchor, "no-home-folder")
"""Stands for the folders of a user without a home folder; it does not exist."""


class Places(Struct, frozen=True):
    """The three places, and why the team folder is the one it is."""

    team: Path
    """The folder with config.yaml and scripts/."""
    own: Path
    """The rep's own settings file; it need not exist."""
    data: Path
    """The rep's own data folder; it need not exist."""
    shared: bool = True
    """False when no team folder was found and the one that comes with the program is used."""
    why: str = ""
    """How the team folder was found, in words."""

    @property
    def config(self) -> Path:
        """The team's config.yaml."""
        return self.team / CONFIG


def find(
    workspace: str | Path | None,
    data: str | Path | None,
    environ: Mapping[str, str],
    cwd: Path | None = None,
    own_folder: Path | None = None,
    data_folder: Path | None = None,
) -> tuple[Places, list[Problem]]:
    """The places in force, and what is wrong with those that were asked for. Never raises.

    `workspace` and `data` are the command line's; the last three replace what the system says (for tests).
    """
    problems: list[Problem] = []
    named = environ.get("POWERHOUR_CONFIG")
    own = _absolute(named) if named else (own_folder or _system_folder("config")) / CONFIG
    chosen = data or environ.get("POWERHOUR_DATA")
    data_at = _absolute(chosen) if chosen else (data_folder or _system_folder("data"))
    asked = workspace or environ.get("POWERHOUR_WORKSPACE")
    before = _Before(data_at, own)
    team, why = _team(asked, own, cwd or readfile.current_folder(), before, problems)
    return Places(team, own, data_at, team != shipped(), why), problems


def shipped() -> Path:
    """The team folder that comes with the program: inside the package, or the root of a checkout."""
    inside = _PACKAGE / "shipped"
    return inside if (inside / CONFIG).is_file() else _PACKAGE.parent


def team_copies(data: Path, team: Path, what: str = "settings", now: Now | None = None) -> Copies:
    """Earlier versions of a team's `what`: `settings`, those a rep was told of (`settings_seen`), `scripts`.

    `now` gives the moment a version is kept; the computer's clock when it is not named.
    """
    from tui.yamlfile.copies import Copies  # when something is missing or wrong, or beside the first screen

    return Copies.of_team(data, team, what, now or (lambda: datetime.now(UTC)))


def own_copies(data: Path, own: Path, now: Now | None = None) -> Copies:
    """Earlier versions of the rep's own settings file."""
    return team_copies(data, own.parent, "own", now)


class _Before(Struct, frozen=True):
    """What is known from earlier: a file that cannot be read, or is gone, still says which team binds a rep."""

    data: Path
    own: Path

    def own_root(self) -> Node | None:
        """The rep's own file, or its last good version."""
        versions = own_copies(self.data, self.own).versions(self.own.name)
        return next((root for one in versions if (root := read_file(one.path).node) is not None), None)

    def knows(self, team: Path) -> bool:
        """Whether a team's settings were read here before."""
        return bool(team_copies(self.data, team).versions(CONFIG))


def _team(
    asked: str | Path | None, own: Path, cwd: Path, before: _Before, problems: list[Problem]
) -> tuple[Path, str]:
    if asked:
        folder = _absolute(asked)
        if readfile.is_folder(folder) or before.knows(folder):
            return folder, "you named it"
        advice = "check the path, or make the folder with  powerhour init"
        problems.append(Problem(str(folder), 1, 1, "PH905", "error", "there is no such team folder", advice))
    if (folder_of_own := _team_file(own, before, problems)) is not None:
        return folder_of_own, f"team_file in {own}"
    if _is_ours(cwd / CONFIG) or (readfile.is_folder(cwd / "scripts") and before.knows(cwd)):
        return cwd, "you are in it"
    return shipped(), "it came with Power Hour"


def _team_file(own: Path, before: _Before, problems: list[Problem]) -> Path | None:
    """The folder that `team_file` in the own file names, when it names one that exists, or did."""
    if not readfile.is_file(own):
        return None
    read = read_file(own)
    root = read.node if read.node is not None or not has_errors(read.problems) else before.own_root()
    node = root.get("team_file") if root is not None else None
    if node is None or not node.text.strip():
        return None
    target = _absolute(node.text.strip(), own.parent)
    folder = target if readfile.is_folder(target) and target.name != CONFIG else target.parent
    if not readfile.is_file(folder / CONFIG) and not before.knows(folder):
        message, advice = f"no config.yaml at {target}", "check the path, or delete this line"
        problems.append(problem_at(node, "PH905", "error", message, advice))
        return None
    return folder


def _is_ours(config: Path) -> bool:
    """Whether a config.yaml is one of ours: it says `config: 1`, even if the rest of it is broken.

    A link to another's file is not read: beside a folder of scripts it counts as ours, and loading it says what it is.
    """
    if readfile.leads_out(config, config.parent):
        return readfile.is_folder(config.parent / "scripts")
    try:
        return _OURS.search(readfile.read(config, _HEAD).decode("utf-8-sig", "replace")) is not None
    except OSError:
        return False


def _absolute(path: str | Path, base: Path | None = None) -> Path:
    wanted = readfile.expanded(path)
    return wanted if wanted.is_absolute() else (base or readfile.current_folder()) / wanted


def _system_folder(kind: str) -> Path:
    """Our folder for settings or data; below `NO_HOME` for a user without a home folder. Always absolute.

    A relative XDG folder does not count, as its specification says: it would lie in the folder one happens to be in.
    """
    import platformdirs

    ask = platformdirs.user_config_dir if kind == "config" else platformdirs.user_data_dir
    usual = readfile.expanded("~/.config/powerhour" if kind == "config" else "~/.local/share/powerhour")
    try:
        found = Path(ask("powerhour", appauthor=False))
    except RuntimeError:  # neither HOME nor an entry for this user
        found = usual
    return next((one for one in (found, usual) if one.is_absolute()), NO_HOME / kind)


_LINK = Path("/etc/localtime")
_NAME = Path("/etc/timezone")
_LONGEST = 200


def local_zone(environ: Mapping[str, str], link: Path = _LINK, name: Path = _NAME) -> str:
    """IANA name of the computer's zone: what TZ says, else what the system says, else UTC. Never raises."""
    return next((zone for zone in _candidates(environ, link, name) if zone and zone_info(zone)), "UTC")


def impossible_zone(environ: Mapping[str, str]) -> str:
    """What TZ says when it is no name of a zone; empty when it is one, says nothing, or no zones are known here."""
    written = environ.get("TZ", "").strip()
    wrong = bool(written) and zone_info(_named(written)) is None and zone_info("UTC") is not None
    return clean(written, 80) if wrong else ""


def _named(tz: str) -> str:
    """The name in TZ, which may also be written `:Europe/Rome`, or as the path of the zone's file."""
    name = tz.strip().removeprefix(":")
    return name.partition("zoneinfo/")[2] or name


def _candidates(environ: Mapping[str, str], link: Path, name: Path) -> list[str]:
    candidates = [_named(environ.get("TZ", ""))]
    try:
        candidates.append(str(link.resolve()).partition("zoneinfo/")[2])
        candidates.append(readfile.read(name, _LONGEST).decode().strip())
    except (OSError, ValueError, RuntimeError):
        pass
    return candidates
