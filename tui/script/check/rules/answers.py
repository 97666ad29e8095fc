"""PH6xx and PH7xx: answers that can be counted, tests that can be decided, translations that keep up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.script.check.check_context import Subject, steps_of, texts_of
from tui.script.check.rules.flow import reachable
from tui.script.language.graph import Place
from tui.script.language.model import FLOW, SECTIONS
from tui.script.language.variables import Weighted, used_in, without_names
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Problem, did_you_mean

_TITLE: Path = ("title",)
_OWN_FIELDS = frozenset(
    {"first_name", "last_name", "name", "company", "phone", "email", "attempt", "promised_date"}
)


def answers_are_kept(subject: Subject) -> Iterator[Problem]:
    """PH601 required but nowhere kept; PH602 one name, two types; PH606 min and max; PH607 a contact's field."""
    for path, step in subject.steps:
        if step.ask and step.required and not step.save:
            yield subject.hit("PH601", (*path, "ask"), "a required answer has no name to be kept under")
        if step.save in _OWN_FIELDS and step.keep != "contact":
            yield subject.hit("PH607", (*path, "save"), f"`{step.save}` is a field of the contact")
        key = "min" if step.min is not None else "max" if step.max is not None else ""
        if key and step.type != "number":
            yield subject.hit(
                "PH606", (*path, key), f"min and max make no sense for type {step.type}", at_key=True
            )
        elif step.min is not None and step.max is not None and step.min > step.max:
            yield subject.hit("PH606", (*path, "min"), f"min {step.min:g} is above max {step.max:g}")
    for name, uses in subject.saved.items():
        types = sorted({step.type for _, step in uses})
        if len(types) > 1:
            yield subject.hit(
                "PH602", (*uses[1][0], "save"), f"`{name}` is saved as {' and as '.join(types)}"
            )


def answers_are_not_overwritten(subject: Subject) -> Iterator[Problem]:
    """PH603: on one way through the call a second question saves under a name that has an answer already."""
    told: set[Path] = set()
    for graph in (subject.graphs["call"], subject.graphs["follow_up"]):
        asked: dict[str, list[Place]] = {}
        for place in graph.places.values():
            if place.step.save:
                asked.setdefault(place.step.save, []).append(place)
        for name, places in asked.items():
            if len({place.step.type for place in places}) > 1:
                continue  # PH602 says more
            for first in places if len(places) > 1 else ():
                later = set(reachable(graph, [first.path])) - {first.path}
                for second in places:
                    if second.path in later and second.mark not in told and _overwrites(second, first, name):
                        told.add(second.mark)
                        yield _overwritten(subject, second, first, name)


def _overwritten(subject: Subject, second: Place, first: Place, name: str) -> Problem:
    here, there = subject.node((*second.mark, "save")), subject.node((*first.mark, "save"))
    where = f"on line {there.line}" + ("" if here.file == there.file else f" of {there.file}")
    return subject.hit(
        "PH603",
        (*second.mark, "save"),
        f"the question {where} saves `{name}` before this one, whose answer takes its place",
    )


def _overwrites(second: Place, first: Place, name: str) -> bool:
    """Whether the second question is another one: no follow-up to an answer of the first, nor for who gave none."""
    inside = second.mark[: len(first.mark)] == first.mark
    return second.mark != first.mark and not inside and name not in second.step.when


def tests_can_be_decided(subject: Subject) -> Iterator[Problem]:
    """PH701 only one variant; PH702 several tests at once; PH703 a test without a name."""
    tests = list(_tests(subject))
    for path, variants in tests:
        if sum(variant.weight > 0 for variant in variants.values()) < 2:
            yield subject.hit("PH701", path, "only one variant can ever be chosen", at_key=True)
    if len(tests) > 1:
        yield subject.hit("PH702", tests[1][0], f"{len(tests)} tests run at the same time", at_key=True)
    if tests and not subject.script.experiment:
        yield subject.hit("PH703", tests[0][0], "this test has no name", at_key=True)


def translations_keep_up(subject: Subject) -> Iterator[Problem]:
    """PH704 to PH709: what the original has and the translation lacks."""
    original, script = subject.original, subject.script
    if original is None:
        yield from _unknown_original(subject)
        return
    for key in (*SECTIONS, "voicemail", "followup"):
        if getattr(original, key) and not getattr(script, key):
            yield subject.hit("PH704", _TITLE, f"`{key}` of {original.id} is missing", at_key=True)
    ours = {objection.id for objection in script.objections}
    for objection in original.objections:
        if objection.id not in ours:
            yield subject.hit(
                "PH704", _TITLE, f"the objection `{objection.id}` of {original.id} is missing", at_key=True
            )
    if script.source_version != original.version:
        written = "source_version" if script.source_version else "translation_of"
        yield subject.hit(
            "PH705", (written,), f"the original is now version {original.version or '(none)'}", at_key=True
        )
    theirs = {step.save for _, step in steps_of(original) if step.save}
    if lost := sorted(theirs - subject.saved.keys()):
        yield subject.hit("PH708", _TITLE, "answers without a counterpart: " + ", ".join(lost), at_key=True)
    yield from _translated_texts(subject)


def _unknown_original(subject: Subject) -> Iterator[Problem]:
    """PH709: a translation of nothing, or of itself."""
    named, known = subject.script.translation_of, subject.known_scripts - {subject.script.id}
    if named and subject.known_scripts and named not in known:
        cure = did_you_mean(named, known) or "the scripts here: " + ", ".join(sorted(known)[:20])
        itself = named == subject.script.id
        message = f"`{named}` is this script itself" if itself else f"there is no script `{named}`"
        yield subject.hit("PH709", ("translation_of",), message, cure=cure)


def _translated_texts(subject: Subject) -> Iterator[Problem]:
    assert subject.original is not None
    theirs = {text.path: text.words for text in texts_of(subject.original) if text.spoken}
    for text in subject.texts:
        source = theirs.get(text.path)
        if source is None or not text.spoken:
            continue
        if text.words == source and len(without_names(source).split()) > 3:
            yield subject.hit("PH707", text.path, "this text is not translated")
        lost = {used.name for used in used_in(source)} - {used.name for used in used_in(text.words)}
        if lost:
            named = ", ".join(f"{{{{{name}}}}}" for name in sorted(lost))
            yield subject.hit("PH706", text.path, f"the original also uses {named}")


def _tests(subject: Subject) -> Iterator[tuple[Path, Mapping[str, Weighted]]]:
    for name, section in subject.script.sections():
        if name in FLOW and section.variants:
            yield (name, "variants"), section.variants
    for path, step in subject.steps:
        if step.variants:
            yield (*path, "variants"), step.variants
    by_try: dict[tuple[str, str], list[int]] = {}
    for i, message in enumerate(subject.script.voicemail):
        by_try.setdefault((message.when, message.attempt), []).append(i)
    for positions in by_try.values():
        if len(positions) > 1:
            yield ("voicemail", positions[1]), {str(i): subject.script.voicemail[i] for i in positions}


CHECKS = (answers_are_kept, answers_are_not_overwritten, tests_can_be_decided, translations_keep_up)
