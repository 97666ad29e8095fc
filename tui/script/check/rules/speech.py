"""PH4xx: how it sounds. Lengths, breath, one question at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.script.check.check_context import Subject, spoken_in
from tui.script.language.model import Step
from tui.script.language.variables import without_names
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Problem

_SENTENCE_END = re.compile(r"[.!?;:…]")
_WORD = re.compile(r"[\w'’-]+")
_SILENT_PARTS = ("voicemail", "stop", "snippets")


def openers(subject: Subject) -> list[tuple[Path, Sequence[Step]]]:
    """The opener, or each of its variants, with its place."""
    opener = subject.script.opener
    if opener is None:
        return []
    if opener.variants:
        return [(("opener", "variants", label), v.steps) for label, v in opener.variants.items()]
    return [(("opener",), opener.steps)]


def is_closed(subject: Subject, step: Step) -> bool:
    """Whether yes or no answers the question."""
    return step.type == "yesno" or subject.phrases.is_closed(without_names(step.ask))


def openers_are_short(subject: Subject) -> Iterator[Problem]:
    """PH401 too long; PH408 asks for nothing; PH409 `seconds:` far from the text."""
    opener, limit = subject.script.opener, subject.options.opener_seconds
    for path, steps in openers(subject):
        text = spoken_in(steps)
        takes = subject.takes(text)
        if takes > limit:
            yield subject.hit(
                "PH401", path, f"the opener takes {takes:.0f} s to say (at most {limit:.0f} s)", at_key=True
            )
        if text and "?" not in text and subject.script.followup is None:
            yield subject.hit("PH408", path, "the opener asks for nothing", at_key=True)
    if opener is not None and opener.seconds:
        takes = max((subject.takes(spoken_in(steps)) for _, steps in openers(subject)), default=0)
        if takes and abs(takes - opener.seconds) > max(4, opener.seconds * 0.5):
            yield subject.hit(
                "PH409",
                ("opener", "seconds"),
                f"says {opener.seconds} s, but the text takes about {takes:.0f} s",
                at_key=True,
            )


def voicemails_are_short(subject: Subject) -> Iterator[Problem]:
    """PH402 too long; PH405 without a number to call."""
    for i, message in enumerate(subject.script.voicemail):
        path: Path = ("voicemail", i, "say")
        takes = subject.takes(message.say)
        limit = message.seconds or subject.options.voicemail_seconds
        if takes > limit:
            yield subject.hit("PH402", path, f"this voicemail takes {takes:.0f} s (at most {limit:.0f} s)")
        if "my_number" not in message.say:
            yield subject.hit("PH405", path, "the message has no number to call")


def nobody_lectures(subject: Subject) -> Iterator[Problem]:
    """PH403: talking on and on without a question. (The first words of a call back have a rule of their own.)"""
    limit = subject.options.monologue_seconds
    begun: Path | None = None
    spent = 0.0
    asked_back = False
    for path, step in subject.steps:
        asked_back = asked_back or (path[0] == "they_ring_back" and bool(step.ask))
        if path[0] in _SILENT_PARTS or (path[0] == "they_ring_back" and not asked_back):
            continue
        if step.ask or step.answers or (begun is not None and path[:2] != begun[:2]):
            begun, spent = None, 0.0
        if step.say and not step.ask:
            begun = begun or path
            spent += step.seconds or subject.takes(step.say)
            if spent > limit:
                yield subject.hit("PH403", begun, f"{spent:.0f} s of talking without a question")
                spent = float("-inf")
            if step.say.rstrip().endswith("?"):
                begun, spent = None, 0.0


def sentences_are_short(subject: Subject) -> Iterator[Problem]:
    """PH404: more words than fit in one breath."""
    limit = subject.options.sentence_words
    for text in subject.texts:
        longest = max((len(_WORD.findall(part)) for part in _SENTENCE_END.split(text.words)), default=0)
        if text.spoken and longest > limit:
            yield subject.hit("PH404", text.path, f"a sentence of {longest} words")


def one_question_at_a_time(subject: Subject) -> Iterator[Problem]:
    """PH406 two questions in one breath; PH410 a question nobody records."""
    for text in subject.texts:
        if text.kind == "ask" and (count := text.words.count("?")) > 1:
            yield subject.hit("PH406", text.path, f"{count} questions in one breath")
    for path, step in subject.steps:
        asks = step.say.rstrip().endswith("?") and not step.ask
        if asks and path[0] in ("discovery", "pitch", "branches"):
            yield subject.hit("PH410", (*path, "say"), "a question whose answer is not recorded")


def the_first_question_is_open(subject: Subject) -> Iterator[Problem]:
    """PH407: the first question can be answered by yes or no, though there are open ones. (Else it is PH514.)"""
    asked = [(path, step) for path, step in subject.steps if step.ask and path[0] == "discovery"]
    closed = [is_closed(subject, step) for _, step in asked]
    if subject.for_calls and closed and closed[0] and not all(closed):
        yield subject.hit("PH407", (*asked[0][0], "ask"), "the first question can be answered by yes or no")


CHECKS = (
    openers_are_short,
    voicemails_are_short,
    nobody_lectures,
    sentences_are_short,
    one_question_at_a_time,
    the_first_question_is_open,
)
