"""Sentences about the team's settings: what changed in them, and what is in force while a file cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.cockpit.wording.scripts import Today, version
from tui.domain.day_words import full_weekday_of
from tui.locale.spoken import country, translated
from tui.plaintext import ended
from tui.settings.changes import Change
from tui.settings.last_good import EMPTY, NO_FILE, LastGood
from tui.settings.meaning import packs
from tui.settings.settings import setting_at
from tui.yamlfile.problem import Problem, message_of, visible

_CHANGES: Mapping[str, str] = {
    "stricter": "{what}: {before}, now {after} (stricter).",
    "looser": "{what}: {before}, now {after} (looser).",
    "other": "{what}: {before}, now {after}.",
    "added": "{what}: now {after}.",
    "removed": "{what}: no longer {before}.",
    "locked": "Locked now, so that a rep can only be stricter: {after}.",
    "unlocked": "No longer locked: {before}.",
}
_WHAT: Mapping[str, str] = {
    "calling_window.holidays": "Days on which nobody is called",
    "calling_window.law_packs": "Countries whose law is checked",
    "calling_window.consumers": "Lists of private people",
    "allowed_countries": "Countries called without a question",
}
_ALL, _WITHOUT = "all", "not {country}"
_HOURS_OF_DAY, _HOURS_OF_DAYS = "Calling hours on {day}", "Calling hours, {first} to {last}"
_OF_SETTING, _OUTCOME = "{what} ({name})", "Outcome {name}"
_IN_FORCE: Mapping[str, str] = {
    "of_one": "{seen} is in force for {section}. {wrong}",
    "of_all": "{seen} is in force. {wrong}",
    "of_none": (
        "the built-in rules are in force, and yours can only be stricter. {wrong} No earlier version is known here."
    ),
}
_OWN = "Your own {file}"
_MISTAKES: Mapping[str, str] = {
    "gone": "{file} is gone.",
    "empty": "{file} is empty.",
    "no_file": "{file} is no file.",
    "mistake": "{file} line {line}, column {column}: {message}.",
    "cured": "{file} line {line}, column {column}: {message}; {cure}",
    "elsewhere": "{file}: {message}",
}


def change_words(change: Change) -> str:
    """One change with both values; what binds a rep in words, all else by the setting's name."""
    how: str = change.how
    if how not in ("locked", "unlocked") and not (change.before and change.after):
        how = "added" if change.after else "removed"
    before, after = (_value(change.name, said) for said in (change.before, change.after))
    return translated(_CHANGES[how]).format(what=_what(change.name), before=before, after=after)


def _value(name: str, written: str) -> str:
    """A value as a file has it, but countries by their names."""
    return (
        ", ".join(map(_country, written.split(", ")))
        if name in ("calling_window.law_packs", "allowed_countries") and written
        else written
    )


def _country(written: str) -> str:
    (pack,) = packs((written,))
    if pack == _ALL:
        return translated(_ALL)
    code = pack.removeprefix("-")
    named = country(code) if len(code) == 2 else code
    return translated(_WITHOUT).format(country=named) if pack.startswith("-") else named


def _what(name: str) -> str:
    group, _, rest = name.partition(".")
    first, _, last = rest.partition("-")
    if group == "calling_window" and (day := full_weekday_of(first)):
        until = full_weekday_of(last)
        return (
            translated(_HOURS_OF_DAYS).format(first=day, last=until)
            if until
            else translated(_HOURS_OF_DAY).format(day=day)
        )
    if group == "cadence" and (setting := setting_at((group, rest))):
        return translated(_OF_SETTING).format(what=translated(setting.shape.doc.partition(";")[0]), name=name)
    if group == "outcomes":
        return translated(_OUTCOME).format(name=rest)
    return translated(_WHAT.get(name, name))


def settings_words(filled: LastGood, today: Today, *, own: bool = False) -> str:
    """Which version is in force until a settings file is mended, and what is wrong in it, where."""
    wrong = filled.mistake
    kind = {NO_FILE: "no_file" if wrong.severity == "error" else "gone", EMPTY: "empty"}.get(
        wrong.code, _kind(wrong)
    )
    told = _mistake(kind, wrong, own=own)
    scope = "of_none" if filled.at is None else "of_one" if len(filled.sections) == 1 else "of_all"
    seen, section = version(filled.at, today), next(iter(filled.sections), "")
    return translated(_IN_FORCE[scope]).format(seen=seen, section=section, wrong=told)


def problem_words(problem: Problem, own: Path, team: Path) -> str:
    """What is wrong with the settings, where, and what was meant, as a sentence. `own`, `team`: the two files."""
    if problem.file not in (str(own), str(team)):  # a variable of the computer, or a folder
        told = "; ".join(filter(None, (message_of(problem), visible(problem.help))))
        named = told.startswith(problem.file)
        said = translated(_MISTAKES["elsewhere"]).format(file=visible(problem.file), message=told)
        return ended(told if named else said)
    return _mistake(_kind(problem), problem, own=problem.file == str(own))


def _kind(wrong: Problem) -> str:
    return "cured" if wrong.help else "mistake"


def _mistake(kind: str, wrong: Problem, *, own: bool) -> str:
    name = Path(wrong.file).name
    told = translated(_MISTAKES[kind]).format(
        file=translated(_OWN).format(file=name) if own else name,
        line=wrong.line,
        column=wrong.col,
        message=message_of(wrong),
        cure=visible(wrong.help),
    )
    return ended(told)
