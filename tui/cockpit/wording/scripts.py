"""Sentences about which script somebody gets and why, and about scripts that cannot be used.

One home for the queue, the card, `W`, `explain` and `doctor`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tui.domain.day_words import clock, date_words, number_of
from tui.domain.window import local
from tui.script.files.choose import Assignment, Chosen
from tui.script.files.library import Library, Lost, Mistake, lost, mistakes
from tui.script.language.languages import language_name


@dataclass(frozen=True, slots=True)
class Today:
    """Now, and the rep's zone, for the date of a version."""

    now: datetime
    zone: str


def troubles(library: Library, rules: Iterable[Assignment], today: Today) -> tuple[str, ...]:
    """Everything that keeps a script from being used, a sentence each, of the files read so far."""
    if library.folder_is_gone and library.folder is not None:
        seen = _versions([volume.good_at for volume in library.volumes()], today)
        return (f"the folder {library.folder.name} is gone; you see {seen}.",)
    return (
        *(mistake_words(one, today) for one in mistakes(library)),
        *(lost_words(one, today) for one in lost(library, rules)),
    )


def ignored_words(library: Library, left: Collection[str] = ()) -> tuple[str, ...]:
    """What calls ignore of the scripts in use, a sentence each; `left`: codes the team does not want reported."""
    return tuple(
        f"{Path(one.file).name} line {one.line}: {one.message}."
        for one in library.ignored
        if one.code not in left
    )


def mistake_words(mistake: Mistake, today: Today) -> str:
    """What is wrong, how many scripts it takes away, and what the rep sees instead."""
    file, line, count = mistake.file, mistake.problem.line, len(mistake.scripts)
    if not count:
        return f"{file} line {line} has a mistake; no script is affected."
    seen = _seen(mistake, today)
    if not mistake.shared:
        return f"{file} line {line} has a mistake; you see {seen}."
    affected = number_of(count, "script is affected", "scripts are affected")
    return f"{file} line {line} has a mistake; {affected}; you see {seen}."


def lost_words(found: Lost, today: Today) -> str:
    """An assignment of the team that leads nowhere, and what the rep sees instead."""
    number, script = found.number, found.script
    if found.copied:
        seen = version(found.good_at, today)
        return f"assignment {number} in config.yaml names {script}, whose file is gone; you see {seen}."
    if found.meant:
        return (
            f"assignment {number} in config.yaml names {script}, and there is no such script; "
            f"you see the built-in one. Did you mean {found.meant}?"
        )
    return f"assignment {number} in config.yaml names {script}, and there is no such script; you see the built-in one."


def _seen(mistake: Mistake, today: Today) -> str:
    without = len(mistake.scripts) - len(mistake.good_at)
    if not mistake.good_at:
        return "the built-in script"
    if without:
        some = "one" if without == 1 else without
        return f"the last good versions, and the built-in script for {some} of them"
    return _versions(mistake.good_at, today)


def _versions(good_at: Iterable[datetime | None], today: Today) -> str:
    versions = {version(at, today) for at in good_at}
    return versions.pop() if len(versions) == 1 else "the last good versions"


def version(at: datetime | None, today: Today) -> str:
    """Which version a last good one is: `yesterday's version`, `the version of 09:12`, `the version of Mon 2 Nov`."""
    if at is None:
        return "the version before"
    day, this = local(at, today.zone).date(), local(today.now, today.zone).date()
    if day == this:
        return f"the version of {clock(at, today.zone)}"
    return "yesterday's version" if (this - day).days == 1 else f"the version of {date_words(day, this)}"


def why_other_words(chosen: Chosen, today: Today) -> str:
    """Why the words are not those of the script that was meant; empty when they are."""
    if told := _fault(chosen, today):
        return told
    if chosen.speaks:
        wanted, spoken = language_name(chosen.speaks), language_name(chosen.script.language)
        return f"There is no script in {wanted}; this one is in {spoken}."
    return ""


_FAULTS = {
    "broken": "{file} line {line} has a mistake; you see {seen}.",
    "unread": "Assignment {number} in config.yaml has a mistake; you see {seen}.",
    "unassigned": "Assignment {number} in config.yaml names {named}, and there is no such script; you see {seen}.",
    "unknown": "The file of the script {named} is gone; you see {seen}.",
    "gone": "The file of the script {named} is gone; you see {seen}.",
    "untranslated": "The script {named} has no version in {spoken}; you see {seen}.",
    "wordless": "The script {named} has no words for such a call; you see {seen}.",
}


def _fault(chosen: Chosen, today: Today) -> str:
    spoken, mistake = language_name(chosen.script.language), chosen.mistake
    fault = "unassigned" if chosen.fault == "unknown" and chosen.number else chosen.fault
    is_last_good = chosen.stands_in == "last good"
    return _FAULTS.get(fault, "").format(
        file=Path(mistake.file).name if mistake else "",
        line=mistake.line if mistake else "",
        number=chosen.number,
        named=chosen.named,
        spoken=spoken,
        seen=version(chosen.good_at, today) if is_last_good else f"the built-in one, in {spoken}",
    )


def chosen_lines(chosen: Chosen, today: Today) -> tuple[str, ...]:
    """Which script somebody gets, the rule that chose it, and why the words are others, where they are."""
    script, retired = f"Script: {chosen.script.title} ({chosen.script.id}). {_rule(chosen)}", ""
    if chosen.retired:
        retired = (
            f"The script an assignment names, {chosen.retired}, is retired, so that line does not count."
        )
    return tuple(filter(None, (script, retired, why_other_words(chosen, today))))


_RULES = {
    "unread": "Rule: assignment {number} in config.yaml may be for this person.",
    "assigned": "Rule: assignment {number} in config.yaml names {named}.",
    "audience": "Rule: the audience of {named} fits ({matched}).",
    "everybody": "Rule: {named} is for everybody whom no other script names.",
    "resumed": "Rule: the call was begun with {named}.",
}


def _rule(chosen: Chosen) -> str:
    rule = "unread" if chosen.rule == "assigned" and chosen.fault == "unread" else chosen.rule
    matched = ", ".join(word.replace("_", " ") for word in chosen.matched)
    sentence = _RULES.get(rule, "Rule: no script of the team fits, so it is the built-in one.")
    return sentence.format(number=chosen.number, named=chosen.named, matched=matched)
