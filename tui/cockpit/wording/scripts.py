"""Sentences about which script somebody gets and why, and about scripts that cannot be used.

One home for the queue, the card, `W`, `explain` and `doctor`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from tui.cockpit.wording.why import in_words
from tui.domain.day_words import clock, date_words
from tui.domain.window import local
from tui.locale.spoken import language_called, translated
from tui.script.files.choose import Assignment, Chosen
from tui.script.files.library import Library, Lost, Mistake, lost, mistakes
from tui.script.language.languages import base, language_name

_SAID = {
    "folder_gone": "the folder {folder} is gone; you see {seen}.",
    "ignored": "{file} line {line}, column {column}: {message}.",
    "harmless": "{file} line {line}, column {column}, has a mistake; no script is affected.",
    "mistake": "{file} line {line}, column {column}, has a mistake; you see {seen}.",
    "shared": (
        "{file} line {line}, column {column}, has a mistake; "
        "{scripts:script is affected|scripts are affected}; you see {seen}."
    ),
    "copied": "assignment {number} in config.yaml names {script}, whose file is gone; you see {seen}.",
    "lost": (
        "assignment {number} in config.yaml names {script}, and there is no such script; you see the built-in one."
    ),
    "meant": (
        "assignment {number} in config.yaml names {script}, and there is no such script; you see the built-in one. "
        "Did you mean {meant}?"
    ),
    "built_in": "the built-in script",
    "built_in_in": "the built-in one, in {spoken}",
    "last_good": "the last good versions",
    "partly": "the last good versions, and the built-in script for {without} of them",
    "partly_one": "the last good versions, and the built-in script for one of them",
    "version_of": "the version of {when}",
    "version_of_yesterday": "yesterday's version",
    "version_before": "the version before",
    "other_language": "There is no script in {wanted}; this one is in {spoken}.",
    "chosen": "Script: {title} ({id}). {rule}",
    "retired": "The script an assignment names, {script}, is retired, so that line does not count.",
}


class Today(Struct, frozen=True):
    """Now, and the rep's zone, for the date of a version."""

    now: datetime
    zone: str


def troubles(library: Library, rules: Iterable[Assignment], today: Today) -> tuple[str, ...]:
    """Everything that keeps a script from being used, a sentence each, of the files read so far."""
    if library.folder_is_gone and library.folder is not None:
        seen = _versions([volume.good_at for volume in library.volumes()], today)
        return (translated(_SAID["folder_gone"]).format(folder=library.folder.name, seen=seen),)
    return (
        *(mistake_words(one, today) for one in mistakes(library)),
        *(lost_words(one, today) for one in lost(library, rules)),
    )


def ignored_words(library: Library, left: Collection[str] = ()) -> tuple[str, ...]:
    """What calls ignore of the scripts in use, a sentence each; `left`: codes the team does not want reported."""
    return tuple(
        translated(_SAID["ignored"]).format(
            file=Path(one.file).name, line=one.line, column=one.col, message=one.message
        )
        for one in library.ignored
        if one.code not in left
    )


def mistake_words(mistake: Mistake, today: Today) -> str:
    """What is wrong, how many scripts it takes away, and what the rep sees instead."""
    count = len(mistake.scripts)
    at = {"file": mistake.file, "line": mistake.problem.line, "column": mistake.problem.col}
    if not count:
        return translated(_SAID["harmless"]).format(**at)
    said = _SAID["shared" if mistake.shared else "mistake"]
    return in_words(said, {**at, "scripts": count, "seen": _seen(mistake, today)})


def lost_words(found: Lost, today: Today) -> str:
    """An assignment of the team that leads nowhere, and what the rep sees instead."""
    number, script = found.number, found.script
    if found.copied:
        return translated(_SAID["copied"]).format(
            number=number, script=script, seen=version(found.good_at, today)
        )
    return translated(_SAID["meant" if found.meant else "lost"]).format(
        number=number, script=script, meant=found.meant
    )


def _seen(mistake: Mistake, today: Today) -> str:
    without = len(mistake.scripts) - len(mistake.good_at)
    if not mistake.good_at:
        return translated(_SAID["built_in"])
    if without:
        return translated(_SAID["partly" if without > 1 else "partly_one"]).format(without=without)
    return _versions(mistake.good_at, today)


def _versions(good_at: Iterable[datetime | None], today: Today) -> str:
    versions = {version(at, today) for at in good_at}
    return versions.pop() if len(versions) == 1 else translated(_SAID["last_good"])


def version(at: datetime | None, today: Today) -> str:
    """Which version a last good one is: `yesterday's version`, `the version of 09:12`, `the version of Mon 2 Nov`."""
    if at is None:
        return translated(_SAID["version_before"])
    day, this = local(at, today.zone).date(), local(today.now, today.zone).date()
    if day == this:
        return translated(_SAID["version_of"]).format(when=clock(at, today.zone))
    if (this - day).days == 1:
        return translated(_SAID["version_of_yesterday"])
    return translated(_SAID["version_of"]).format(when=date_words(day, this))


def why_other_words(chosen: Chosen, today: Today) -> str:
    """Why the words are not those of the script that was meant; empty when they are."""
    if told := _fault(chosen, today):
        return told
    if chosen.speaks:
        wanted, spoken = language_words(chosen.speaks), language_words(chosen.script.language)
        return translated(_SAID["other_language"]).format(wanted=wanted, spoken=spoken)
    return ""


_FAULTS = {
    "broken": "{file} line {line}, column {column}, has a mistake; you see {seen}.",
    "unread": "Assignment {number} in config.yaml has a mistake; you see {seen}.",
    "unassigned": "Assignment {number} in config.yaml names {named}, and there is no such script; you see {seen}.",
    "unknown": "The file of the script {named} is gone; you see {seen}.",
    "gone": "The file of the script {named} is gone; you see {seen}.",
    "untranslated": "The script {named} has no version in {spoken}; you see {seen}.",
    "wordless": "The script {named} has no words for such a call; you see {seen}.",
}


def language_words(code: str) -> str:
    """What a language is called: `Italian` for `it`."""
    return language_called(base(code), language_name(code))


def _fault(chosen: Chosen, today: Today) -> str:
    spoken, mistake = language_words(chosen.script.language), chosen.mistake
    fault = "unassigned" if chosen.fault == "unknown" and chosen.number else chosen.fault
    is_last_good = chosen.stands_in == "last good"
    return translated(_FAULTS.get(fault, "")).format(
        file=Path(mistake.file).name if mistake else "",
        line=mistake.line if mistake else "",
        column=mistake.col if mistake else "",
        number=chosen.number,
        named=chosen.named,
        spoken=spoken,
        seen=version(chosen.good_at, today)
        if is_last_good
        else translated(_SAID["built_in_in"]).format(spoken=spoken),
    )


def chosen_lines(chosen: Chosen, today: Today) -> tuple[str, ...]:
    """Which script somebody gets, the rule that chose it, and why the words are others, where they are."""
    script, rule = chosen.script, _rule(chosen)
    said = translated(_SAID["chosen"]).format(title=script.title, id=script.id, rule=rule)
    retired = translated(_SAID["retired"]).format(script=chosen.retired) if chosen.retired else ""
    return tuple(filter(None, (said, retired, why_other_words(chosen, today))))


_RULES = {
    "unread": "Rule: assignment {number} in config.yaml may be for this person.",
    "assigned": "Rule: assignment {number} in config.yaml names {named}.",
    "audience": "Rule: the audience of {named} fits ({matched}).",
    "everybody": "Rule: {named} is for everybody whom no other script names.",
    "resumed": "Rule: the call was begun with {named}.",
}
_THIS = "this script"
"""In place of an id that has just been said."""
_NO_RULE = "Rule: no script of the team fits, so it is the built-in one."


def _rule(chosen: Chosen) -> str:
    rule = "unread" if chosen.rule == "assigned" and chosen.fault == "unread" else chosen.rule
    matched = ", ".join(word.replace("_", " ") for word in chosen.matched)
    sentence = _RULES.get(rule, _NO_RULE)
    named = translated(_THIS) if chosen.named == chosen.script.id else chosen.named
    return translated(sentence).format(number=chosen.number, named=named, matched=matched)
