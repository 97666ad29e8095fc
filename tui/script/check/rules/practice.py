"""PH5xx: the practice of calling. Being ready for the call back, asking before offering, agreeing what is next."""

from __future__ import annotations

from collections.abc import Iterator

from tui.domain.day_words import number_of
from tui.domain.outcome import NO_MORE_CALLS
from tui.script.check.check_context import Subject, spoken_in
from tui.script.check.rules.speech import is_closed
from tui.script.language.graph import END, Entry, Graph, Place, reached
from tui.script.language.languages import count_words
from tui.script.language.variables import used_in
from tui.yamlfile.contract import Path
from tui.yamlfile.problem import Problem

_TITLE: Path = ("title",)
_RECAP = frozenset(
    {"reason", "last_call_when", "topic", "last_notes", "proposal", "voicemail_said", "promise_words"}
)
_FULL_SCRIPT = 12
"""Texts from which on a script is more than a note."""


def situations_have_words(subject: Subject) -> Iterator[Problem]:
    """PH501 to PH504: voicemail, call back (B19), no more calls, gatekeeper."""
    if not subject.for_calls:
        return
    for code, entry, says in (
        ("PH501", "voicemail", "there is no voicemail text"),
        ("PH502", "they_ring_back", "there is no `they_ring_back:` for the customer who calls back"),
        ("PH503", "stop", "there is no `stop:` for the customer who wants no more calls"),
        ("PH504", "gatekeeper", "there is no `gatekeeper:` for the gatekeeper"),
    ):
        if not subject.script.can(entry):
            yield subject.hit(code, _TITLE, says, at_key=True)


def follow_ups_have_reasons(subject: Subject) -> Iterator[Problem]:
    """PH505, PH506, PH513, PH518, PH804: a line for calling early, fresh reasons, an end to it."""
    followup = subject.script.followup
    if followup is None or subject.loaded.shared:
        return
    here: Path = ("followup",)
    if not followup.early:
        yield subject.hit(
            "PH505", here, "there is nothing to say when calling before the promised date", at_key=True
        )
    if (count := len(followup.reasons)) < subject.options.least_reasons:
        where: Path = ("followup", "reasons") if count else here
        yield subject.hit("PH506", where, f"only {number_of(count, 'reason')} to call again", at_key=True)
    if not followup.stop_after:
        yield subject.hit("PH513", here, "the follow-up never ends", at_key=True)
    spoken = {used.name for text in subject.texts if text.kind != "reason" for used in used_in(text.words)}
    if followup.reasons and "reason" not in spoken:
        yield subject.hit(
            "PH518",
            ("followup", "reasons"),
            "the reasons are never spoken: no text uses {{reason}}",
            at_key=True,
        )
    for i, reason in enumerate(followup.reasons):
        if reason.until and subject.options.today and reason.until < subject.options.today:
            yield subject.hit(
                "PH804", ("followup", "reasons", i, "until"), f"this reason ended on {reason.until}"
            )


def objections_can_be_found(subject: Subject) -> Iterator[Problem]:
    """PH522: an objection without the words by which the rep finds it."""
    for i, objection in enumerate(subject.script.objections):
        if not objection.heard:
            name = objection.id
            yield subject.hit("PH522", ("objections", i, "id"), f"nothing says what is `heard` of `{name}`")


def nothing_is_given_away(subject: Subject) -> Iterator[Problem]:
    """PH507 an offer without question or return; PH508 an answer without asking; PH509 an offer up front."""
    for i, objection in enumerate(subject.script.objections):
        if (objection.say or objection.ladder) and not objection.ask:
            yield subject.hit(
                "PH508",
                ("objections", i, "id"),
                f"the objection `{objection.id}` is answered without asking first",
            )
        for j, rung in enumerate(objection.ladder):
            path: Path = ("objections", i, "ladder", j, "offer")
            if not rung.ask:
                yield subject.hit("PH507", path, "an offer with no question before it")
            elif not rung.in_return:
                yield subject.hit("PH507", path, "an offer with nothing asked in return")
    for text in subject.texts:
        given = text.spoken and text.part in ("opener", "pitch", "close", "voicemail")
        if given and (span := subject.phrases.find("concessions", text.words)):
            yield subject.hit(
                "PH509", text.path, f"`{text.words[slice(*span)]}` is offered before anybody asked", part=span
            )


def the_call_agrees_something(subject: Subject) -> Iterator[Problem]:
    """PH510 no agreed next contact; PH511 never asks how often; PH514 no open question; PH516, PH517."""
    if not subject.for_calls:
        return
    script = subject.script
    if not _agrees_a_date(subject):
        where: Path = ("close",) if script.close else _TITLE
        yield subject.hit("PH510", where, "the script never agrees a next contact", at_key=True)
    asked = [s for p, s in subject.steps if s.ask and p[0] in ("discovery", "followup", "opener")]
    if all(is_closed(subject, step) for step in asked):
        where = ("discovery",) if script.discovery else _TITLE
        yield subject.hit("PH514", where, "there is no open question", at_key=True)
    if script.pitch and not script.discovery and not any(p[0] == "followup" for p, _ in subject.steps):
        yield subject.hit("PH516", ("pitch",), "the pitch comes before any question", at_key=True)
    if len(subject.texts) <= _FULL_SCRIPT:
        return
    if not {"preferred_interval", "preferred_channel"} & subject.saved.keys() and script.followup is None:
        yield subject.hit(
            "PH511", _TITLE, "it never asks which interval and channel the customer wants", at_key=True
        )
    if not script.audience.names_somebody:
        yield subject.hit("PH517", _TITLE, "nobody is named as its audience", at_key=True)


def phrases_say_something(subject: Subject) -> Iterator[Problem]:
    """PH512: words that give no reason to talk (B26)."""
    for text in subject.texts:
        if text.spoken and (span := subject.phrases.find("empty_phrases", text.words)):
            yield subject.hit(
                "PH512",
                text.path,
                f"`{text.words[slice(*span)]}` gives the customer no reason to talk",
                part=span,
            )


def the_call_back_is_ready(subject: Subject) -> Iterator[Problem]:
    """PH515 says why we called (B16); PH520 is short before its first question (B20)."""
    section = subject.script.they_ring_back
    if section is None or subject.loaded.shared:
        return
    here: Path = ("they_ring_back",)
    texts = [text.words for text in subject.texts if text.part == "they_ring_back"]
    if subject.for_calls and not any(used.name in _RECAP for text in texts for used in used_in(text)):
        yield subject.hit("PH515", here, "the call-back words do not say why we called", at_key=True)
    versions = [variant.steps for variant in section.variants.values()] or [section.steps]
    for steps in versions:
        first = next((i for i, step in enumerate(steps) if step.ask), len(steps))
        count = count_words(spoken_in(steps[:first]))
        if count > subject.options.call_back_words:
            limit = subject.options.call_back_words
            yield subject.hit(
                "PH520", here, f"{count} words before the first question (at most {limit})", at_key=True
            )


def friendly_calls_ask_first(subject: Subject) -> Iterator[Problem]:
    """PH519: a check-in catches up, and asks where help is needed, before any offer (B08)."""
    if not subject.for_calls or "check_in" not in subject.script.audience.kinds:
        return
    asked = [step.ask for path, step in subject.steps if step.ask and path[0] in ("opener", "discovery")]
    helps = (i for i, question in enumerate(asked) if subject.phrases.find("asks_for_help", question))
    helping = next(helps, None)
    unknown_words = not subject.phrases.knows("asks_for_help")
    where: Path = ("discovery",) if subject.script.discovery else _TITLE
    if helping is None and not (unknown_words and len(asked) > 1):
        yield subject.hit("PH519", where, "a friendly call never asks what they need help with", at_key=True)
    elif helping == 0:
        yield subject.hit(
            "PH519",
            where,
            "a friendly call has no catch-up before it asks what they need help with",
            at_key=True,
        )


def _agrees_a_date(subject: Subject) -> bool:
    for _, step in subject.steps:
        later = step.next_in or any(answer.next_in for answer in step.answers.values())
        if later or step.type == "date" or step.outcome in ("promise", "win"):
            return True
    closing = [text.words for text in subject.texts if text.part == "close"]
    return any(used.name == "next_call" for text in closing for used in used_in(text))


_ENTRIES: tuple[Entry, ...] = ("call", "follow_up")
"""Between them their graphs hold every line of a script."""
_Promise = tuple[Path, tuple[int, int], str, str]
"""The text, the words in it, where the call goes on, and the outcome proposed by then."""


def silence_is_kept(subject: Subject) -> Iterator[Problem]:
    """PH521: "I won't call again" on a way to an outcome after which somebody does."""
    if subject.options.outcomes is None or subject.loaded.shared:
        return
    told: set[tuple[Path, tuple[int, int]]] = set()
    for entry in _ENTRIES:
        graph = subject.graphs[entry]
        for path, span, onward, proposed in _promised(subject, graph):
            again = _calls_again(subject, graph, onward, proposed)
            if again and (path, span) not in told:
                told.add((path, span))
                yield _hit(subject, path, span, f"the outcome `{again}` calls again")
    for i, message in enumerate(subject.script.voicemail):
        found = subject.phrases.no_more_calls(message.say) if message.attempt != "last" else None
        if found:
            yield _hit(subject, ("voicemail", i, "say"), found, "only  attempt: last  is the last message")


def _hit(subject: Subject, path: Path, span: tuple[int, int], why: str) -> Problem:
    words = subject.node(path).text[slice(*span)]
    if path[-2] == "answers":  # the customer's words are the key itself
        return subject.hit("PH521", path, f"they say `{path[-1]}`, but {why}", at_key=True)
    return subject.hit("PH521", path, f"`{words}`, but {why}", part=span)


def _promised(subject: Subject, graph: Graph) -> Iterator[_Promise]:
    """Every promise not to call again that a line or an answer makes."""
    find = subject.phrases.no_more_calls
    for place in graph.places.values():
        for key in ("say", "ask"):
            if span := find(getattr(place.step, key)):
                yield (*place.mark, key), span, place.path, ""
        for edge in place.edges:
            at: Path = (*place.mark, "answers", edge.label)
            proposed = edge.answer.outcome or place.step.outcome
            if span := find(edge.answer.say, place.step.ask):
                yield (*at, "say"), span, edge.target, proposed
            elif span := find(edge.label, place.step.ask):
                yield at, span, edge.target, proposed


def _calls_again(subject: Subject, graph: Graph, start: str, proposed: str) -> str:
    """The first outcome on any way from here after which somebody calls; empty when there is none."""
    ends = reached(((start, proposed),), lambda row: _onward(graph.places.get(row[0]), row[1]))
    for path, outcome in ends:
        place = graph.places.get(path)
        if place is None or place.kind == "end":
            # A branch that runs out proposes nothing.
            ending = place.step.end if place is not None else outcome if path == END else ""
            if _calls(subject, ending):
                return ending
    return ""


def _onward(place: Place | None, outcome: str) -> Iterator[tuple[str, str]]:
    """Where a line leads, and the outcome proposed by then, as the walk proposes it."""
    if place is None or place.kind == "end":
        return
    own = place.step.outcome
    for edge in place.edges:
        yield edge.target, edge.answer.outcome or own or outcome
    if not place.edges or place.kind == "ask":
        yield place.after, own or outcome
    if place.timing or place.step.when:
        yield place.next, outcome


def _calls(subject: Subject, outcome: str) -> bool:
    known = subject.options.outcomes or {}
    return outcome in known and known[outcome] not in NO_MORE_CALLS


CHECKS = (
    situations_have_words,
    follow_ups_have_reasons,
    objections_can_be_found,
    nothing_is_given_away,
    the_call_agrees_something,
    phrases_say_something,
    the_call_back_is_ready,
    friendly_calls_ask_first,
    silence_is_kept,
)
