"""Which language the screens speak, and where its catalogue is: the team's own first, then ours, then English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from tui.locale.spoken import ENGLISH, Language, Written
from tui.system.readfile import is_file

AUTO = "auto"
OURS = Path(__file__).parent
"""`it/LC_MESSAGES/powerhour.mo` and its siblings."""
FOLDER = "locale"
"""Where a team keeps its catalogues, in its folder: `locale/de.po`."""
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[_-]([A-Za-z]{2}))?")


class Chosen(Struct, frozen=True):
    """A language, and what is wrong with its catalogue."""

    language: Language
    problems: tuple[str, ...] = ()


def wanted(said: str, env: Mapping[str, str]) -> str:
    """The language that is asked for, `it` or `en_US`; empty for plain English.

    `said` is the setting; `auto` goes by the language the computer is set to.
    """
    if said == AUTO:
        said = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
        said = said.partition(".")[0].partition("@")[0]
        if said.lower().startswith("en"):
            return ""  # who wants their country's way of writing says so
    found = _CODE.fullmatch(said)
    if found is None or said.lower() == "en":
        return ""
    language, country = found[1].lower(), (found[2] or "").upper()
    return f"{language}_{country}" if country else language


def choose(said: str, env: Mapping[str, str], team: Path | None, cache: Path) -> Chosen:
    """The language of a setting, with the team's catalogue where there is one.

    What no catalogue has is English. `cache` is where a team's catalogue is kept once it is compiled.
    """
    code = wanted(said, env)
    if not code:
        return Chosen(ENGLISH)
    from gettext import GNUTranslations

    problems: list[str] = []
    found: GNUTranslations | None = None
    for name in dict.fromkeys((code, code.partition("_")[0])):
        ours = OURS / name / "LC_MESSAGES" / "powerhour.mo"
        for mo in (_of_team(name, team, cache, problems), ours if ours.is_file() else None):
            if mo is None:
                continue
            with suppress(OSError), mo.open("rb") as file:
                read = GNUTranslations(file)
                if found is None:
                    found = read
                else:
                    found.add_fallback(read)
    if found is None:
        if code.startswith("en_"):
            return Chosen(Language(code, ENGLISH.look_up, ENGLISH.place, _written(code)))
        return Chosen(
            ENGLISH, (*problems, f"There are no screens in the language {code}: they are in English.")
        )
    place: Callable[[int], int] = found.plural  # type: ignore[attr-defined]
    return Chosen(Language(code.partition("_")[0], found.gettext, place, _written(code)), tuple(problems))


def _written(code: str) -> Written | None:
    from babel import Locale, UnknownLocaleError

    from tui.locale.written import WrittenBy

    for name in (code, code.partition("_")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return WrittenBy(Locale.parse(name))
    return None


def _of_team(name: str, team: Path | None, cache: Path, problems: list[str]) -> Path | None:
    """The team's catalogue of a language, compiled; None without one. What is wrong in it goes to `problems`."""
    spelled = dict.fromkeys((name, name.replace("_", "-")))  # pt_BR as computers write it, pt-BR as people do
    files = (team / FOLDER / f"{one}.po" for one in spelled) if team else ()
    po = next((one for one in files if is_file(one)), None)
    if po is None:
        return None
    from tui.locale.team_catalogue import compiled

    try:
        return compiled(po, cache, problems)
    except OSError as error:
        problems.append(f"{po.name} cannot be read: {error.strerror}.")
        return None


def team_catalogues(team: Path | None) -> Iterator[Path]:
    """The catalogues in a team's folder, by name."""
    yield from sorted((team / FOLDER).glob("*.po")) if team else ()
