"""Which script a person gets: by a rule of the team, else by a script's audience; and what stands in for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.contact import Contact
from tui.plaintext import fold
from tui.script.files.extends import Stamp
from tui.script.files.load import Loaded, builtin, has_builtin, outline
from tui.script.language.languages import base
from tui.script.language.model import Audience, Script
from tui.yamlfile.problem import Node, Problem, did_you_mean, problem_at


class Assignment(Protocol):
    """A rule of `scripts.assign` in config.yaml: a script for those for whom every given condition holds."""

    @property
    def script(self) -> str:
        """The script's id; empty where the rule cannot be read."""

    @property
    def lists(self) -> Sequence[str]:
        """Only people of one of these lists."""

    @property
    def tags(self) -> Sequence[str]:
        """Only people with one of these tags."""

    @property
    def language(self) -> str:
        """Only people who speak this."""

    @property
    def customer(self) -> bool | None:
        """Only customers, or only people who are none."""


def assigned(rules: Iterable[Assignment], contact: Contact, language: str) -> tuple[int, Assignment] | None:
    """Number (from 1) and rule of the first one that fits the contact, who speaks `language`; None when none does."""
    return next(((n, rule) for n, rule in enumerate(rules, 1) if fits(rule, contact, language)), None)


def fits(rule: Assignment, contact: Contact, language: str) -> bool:
    """Whether every condition the rule gives holds for the contact, who speaks `language`."""
    return (
        (not rule.lists or _share(rule.lists, contact.lists))
        and (not rule.tags or _share(rule.tags, contact.tags))
        and (not rule.language or base(rule.language) == base(language))
        and rule.customer in (None, contact.customer)
    )


def best(scripts: Iterable[Script], contact: Contact, kind: str) -> tuple[Script, tuple[str, ...]] | None:
    """The live script whose audience fits this person and kind of call most closely, and what fits; None when none."""
    live = (script for script in scripts if script.status == "live")
    fitting = ((script, audience_fit(script.audience, contact, kind)) for script in live)
    return max((row for row in fitting if row[1]), key=lambda row: len(row[1]), default=None)


def audience_fit(audience: Audience, contact: Contact, kind: str) -> tuple[str, ...]:
    """What of an audience this person has, one word a condition; empty when one does not hold, or none is set."""
    stage = next((value for key, value in contact.fields.items() if fold(key) == "stage"), "")
    tags = (*contact.tags, *_implied_tags(contact, stage))
    if _share(audience.exclude, (*tags, *contact.lists)):
        return ()
    conditions = (
        (audience.kinds, (kind,)),
        (audience.tags, tags),
        (audience.lists, contact.lists),
        (audience.stages, (stage,)),
    )
    matched = [_shared(wanted, have) for wanted, have in conditions if wanted]
    return tuple(matched) if all(matched) else ()


def for_everybody(script: Script) -> bool:
    """Whether a script to call with names nobody: then it is for those whom no other names."""
    return script.status == "live" and not script.audience.names_somebody and script.can("call")


def _implied_tags(contact: Contact, stage: str) -> Iterable[str]:
    """What the record says as a tag would: `customer`, their stage, and `proposal` when it names what was offered."""
    if contact.customer:
        yield "customer"
    if stage:
        yield stage
    if any(fold(key) == "proposal" and value.strip() for key, value in contact.fields.items()):
        yield "proposal"


def _share(wanted: Iterable[str], have: Iterable[str]) -> bool:
    return not _folded(tuple(wanted)).isdisjoint(_folded(tuple(have)))


def _shared(wanted: Sequence[str], have: Iterable[str]) -> str:
    """The first word wanted that is there; empty when none is."""
    there = _folded(tuple(have))
    return next((word for word in wanted if fold(word) in there), "")


@lru_cache(4096)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    """Asked for each script and each person again; the words are few."""
    return frozenset(fold(word) for word in words if word)


Rule = Literal["assigned", "audience", "everybody", "built_in", "resumed"]
"""What decided: an assignment of the team, the script's audience, that it is for everybody no other script names, that
nothing else was there, or that the call was begun with it."""
Fault = Literal["", "broken", "gone", "unknown", "untranslated", "wordless", "unread"]
"""What is wrong with the script the rule named: its file has a mistake, the file is gone, there never was one, there is
no version in the person's language, it has no words for such a call. Or the rule itself cannot be read."""


class Chosen(Struct, frozen=True):
    """A script, and the reason why this person gets it."""

    script: Script
    rule: Rule
    number: int = 0
    """Of the assignment, from 1."""
    named: str = ""
    """Id of the script the rule named; another id than the script's where that stands in, or is its translation."""
    matched: tuple[str, ...] = ()
    """What of the person the audience fits, e.g. `fresh`."""
    fault: Fault = ""
    mistake: Problem | None = None
    """The first mistake of a broken file."""
    good_at: datetime | None = None
    """When the last good version that stands in was first read; None for the version of a moment ago."""
    stands_in: Literal["", "last good", "built-in"] = ""
    """What is used instead of the script the rule named, as it is on disk."""
    speaks: str = ""
    """The person's language, where nothing is there in it; the script is in another."""
    retired: str = ""
    """The script of the first assignment that fits, which is retired: as if that line were not there."""


class Volume(Struct, dict=True):
    """One script file of the library: as it is on disk now, and the last version that could be used."""

    loaded: Loaded
    script: Script | None
    stamps: dict[Path, Stamp] = field(default_factory=dict)
    good_at: datetime | None = None
    """When the version in use was first read, where the file on disk is broken or gone; None when nobody knows."""
    gone: bool = False

    @property
    def id(self) -> str:
        """The script's id, from the version in use; else what the file says, else its name."""
        return self.head.id

    @cached_property
    def head(self) -> Script:
        """The version in use; of a file that never was good, what can be read of it, without words."""
        return self.script if self.script is not None else outline(self.loaded)

    @property
    def fault(self) -> Fault:
        """What is wrong with the file on disk, if anything."""
        return "gone" if self.gone else "broken" if self.loaded.script is None else ""

    @property
    def mistake(self) -> Problem | None:
        """The first mistake of a broken file, its own or one in a part it uses."""
        return next((problem for problem in self.loaded.problems if problem.severity == "error"), None)


class Shelf(Protocol):
    """Where the scripts are."""

    def volumes(self) -> Sequence[Volume]:
        """Every script file, usable or not, by file name."""

    def volume(self, script_id: str) -> Volume | None:
        """The script file with this id, also one that is gone but was good; None when there never was one."""


def tongues(speaks: str, team: str) -> tuple[str, ...]:
    """The languages to look for words in: the person's, the team's, and English, in which there are always some."""
    return tuple(dict.fromkeys(base(one) for one in (speaks, team, "en") if one))


def choose(
    shelf: Shelf, contact: Contact, kind: str, rules: Iterable[Assignment], team: str, entry: str
) -> Chosen:
    """The script for a person and a kind of call. It has words for `entry`. `team` is the team's language."""
    speaks = contact.language or team
    number, rule = assigned(rules, contact, speaks) or (0, None)
    if rule is None:
        return _with_words(_by_audience(shelf, contact, kind, speaks, team), entry)
    blank = Chosen(builtin(), "assigned", number, rule.script)
    if not rule.script:
        return _in_their_language(replace(blank, fault="unread"), speaks, team)
    held = shelf.volume(rule.script)
    if held is not None and held.head.status == "retired":
        found = replace(_by_audience(shelf, contact, kind, speaks, team), retired=rule.script)
    elif (translated := _named(shelf, base(speaks), blank)) is not None:
        found = translated
    elif rule.language and held is not None and held.script is not None:
        found = _held(held, held.script, blank)  # the team says that it is for who speaks this
    else:
        found = _first_in(
            speaks, team, lambda tongue: _named(shelf, tongue, blank) or _lacking(shelf, tongue, blank)
        )
    return _with_words(found, entry)


def _by_audience(shelf: Shelf, contact: Contact, kind: str, speaks: str, team: str) -> Chosen:
    return _first_in(speaks, team, lambda tongue: _fitting(shelf, contact, kind, tongue))


def _first_in(speaks: str, team: str, look: Callable[[str], Chosen | None]) -> Chosen:
    """What is found in the first of their languages; where that is not the person's, the choice says so."""
    found = next(
        (one for tongue in tongues(speaks, team) if (one := look(tongue))), Chosen(builtin(), "built_in")
    )
    return found if base(found.script.language) == base(speaks) else replace(found, speaks=speaks)


def _in_their_language(blank: Chosen, speaks: str, team: str) -> Chosen:
    """The built-in script in the first of their languages there is one in, for the reason `blank` gives."""
    return _first_in(speaks, team, lambda tongue: _instead(blank, tongue))


def named_script(shelf: Shelf, script_id: str, speaks: str, team: str) -> Chosen:
    """The script a stored call was read from, as it is in use now, else the built-in one."""
    blank = Chosen(builtin(), "resumed", named=script_id)
    held = shelf.volume(script_id)
    if held is not None and held.script is not None:
        return _held(held, held.script, blank)
    return _in_their_language(_faulty(held, blank), speaks, team)


def translation(shelf: Shelf, original: str, tongue: str) -> Volume | None:
    """The script with this id, or its translation, in a language; one that can be used before one that cannot."""
    held = shelf.volume(original)
    if held is not None and base(held.head.language) == tongue and held.script is not None:
        return held
    root = (held.head.translation_of if held is not None else "") or original
    there = [
        one
        for one in (*((held,) if held is not None else ()), *shelf.volumes())
        if root in (one.head.id, one.head.translation_of)
        and base(one.head.language) == tongue
        and one.head.status != "retired"
    ]
    return next((one for one in there if one.script is not None), next(iter(there), None))


def _named(shelf: Shelf, tongue: str, blank: Chosen) -> Chosen | None:
    """The assigned script in a language; None where there is none that can be used."""
    held = translation(shelf, blank.named, tongue)
    return _held(held, held.script, blank) if held is not None and held.script is not None else None


def _lacking(shelf: Shelf, tongue: str, blank: Chosen) -> Chosen | None:
    """What stands in for the assigned script in a language; None when there is no built-in script in it."""
    held, original = translation(shelf, blank.named, tongue), shelf.volume(blank.named)
    if held is None and original is not None:
        return _instead(replace(blank, fault="untranslated"), tongue)
    return _instead(_faulty(held, blank), tongue)


def _fitting(shelf: Shelf, contact: Contact, kind: str, tongue: str) -> Chosen | None:
    """The script in a language whose audience fits, else the one for everybody, else the built-in one."""
    there = {one.head: one for one in shelf.volumes() if base(one.head.language) == tongue}
    if (found := best(there, contact, kind)) is not None:
        head, matched = found
        blank = Chosen(builtin(), "audience", named=head.id, matched=matched)
    elif (plain := next(filter(for_everybody, there), None)) is not None:
        head, blank = plain, Chosen(builtin(), "everybody", named=plain.id)
    else:
        return Chosen(builtin(tongue), "built_in") if has_builtin(tongue) else None
    held = there[head]
    if held.script is not None:
        return _held(held, held.script, blank)
    return _instead(_faulty(held, blank), tongue)


def _held(held: Volume, script: Script, blank: Chosen) -> Chosen:
    """The version in use of a script, which may be its last good one."""
    if not held.fault:
        return replace(blank, script=script)
    return replace(_faulty(held, blank), script=script, good_at=held.good_at, stands_in="last good")


def _faulty(held: Volume | None, blank: Chosen) -> Chosen:
    """The choice with what is wrong with a file; without one there never was such a script."""
    if held is None:
        return replace(blank, fault="unknown")
    return replace(blank, fault=held.fault, mistake=held.mistake)


def _instead(blank: Chosen, tongue: str) -> Chosen | None:
    """The built-in script of a language, for the reason `blank` gives; None when there is none."""
    return replace(blank, script=builtin(tongue), stands_in="built-in") if has_builtin(tongue) else None


def _with_words(chosen: Chosen, entry: str) -> Chosen:
    """The choice itself when its script has words for this way into a call, else the built-in script."""
    if chosen.script.can(entry):
        return chosen
    return replace(chosen, script=builtin(chosen.script.language), fault="wordless", stands_in="built-in")


_MOST_LISTED = 20


def assign_problems(
    rules: Node, scripts: Mapping[str, str], lists: Collection[str] = (), tags: Collection[str] = ()
) -> Iterator[Problem]:
    """What the rules name and nobody has: PH941 for a script, PH942 for a list or a tag of people.

    `scripts`: id to status. `lists` and `tags`: those of all contacts; without any, nothing is said of them.
    """
    for rule in rules.parts:
        name = rule.get("script")
        if name is not None and name.text.strip():
            yield from _script(name, name.text.strip(), scripts)
        for key, known in (("lists", lists), ("tags", tags)):
            folded = {fold(one) for one in known}
            written = rule.get(key)
            for one in written.parts if written is not None and folded else ():
                if one.text and fold(one.text) not in folded:
                    message = f"nobody has the {key[:-1]} `{one.text}`, so this line gives nobody a script"
                    yield problem_at(one, "PH942", "warning", message, _near(one.text, known))


def _script(node: Node, name: str, scripts: Mapping[str, str]) -> Iterator[Problem]:
    if name not in scripts:
        yield problem_at(node, "PH941", "error", f"there is no script `{name}`", _near(name, scripts))
    elif scripts[name] == "retired":
        message = f"the script `{name}` is retired, so nobody gets it"
        yield problem_at(node, "PH941", "error", message, "name another one, or delete the line")


def _near(name: str, known: Collection[str]) -> str:
    return did_you_mean(name, known) or "there is: " + ", ".join(sorted(known)[:_MOST_LISTED])
