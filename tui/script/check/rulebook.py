"""The rules of the checker: code, how serious, a name, and the cure. PH0xx and PH1xx come from reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import ClassVar

from tui.yamlfile.contract import check
from tui.yamlfile.fields import one, text, whole
from tui.yamlfile.problem import Node, Severity
from tui.yamlfile.read import read_file

E: Severity = "error"
W: Severity = "warning"
H: Severity = "hint"


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One rule as `scripts explain` tells it."""

    code: str
    severity: Severity
    name: str
    cure: str


_TABLE: tuple[tuple[str, Severity, str, str], ...] = (
    ("PH201", E, "unknown-variable", "declare it under `variables:` with a default, or use a known name"),
    ("PH202", W, "missing-default", "write {{%s|something safe}} or give it a default under `variables:`"),
    ("PH203", W, "used-before-asked", "ask the question earlier, or add a default"),
    ("PH204", E, "foreign-placeholder", "variables are written {{first_name}}"),
    ("PH205", W, "text-cut-by-hash", "put the whole text in double quotes"),
    ("PH206", W, "dash-without-space", "write  - text  with an ordinary dash and a space after it"),
    ("PH207", H, "unused-variable", "delete it, or use it"),
    ("PH208", W, "hard-coded-contact-data", "use {{my_number}} or {{my_name}}: this file is shared"),
    ("PH209", W, "placeholder-text", "finish the text"),
    ("PH210", E, "bad-condition", 'example:  segment == "retail" and attempt > 1'),
    ("PH211", E, "unknown-answer", "compare with an answer that a question offers"),
    ("PH212", E, "never-true", "correct the comparison, or delete it"),
    ("PH213", W, "several-answers", "write  name has answer"),
    ("PH301", E, "unknown-target", "go to a section, a branch or a step id that exists"),
    ("PH302", W, "unreachable-step", "let an answer lead here, or delete it"),
    ("PH303", W, "loose-end", "add  - goto: close  or  - end: outcome  at the end of the branch"),
    ("PH304", E, "endless-loop", "give the circle a way out"),
    ("PH305", H, "same-way", "answers without consequences: keep them only for the statistics, with `save:`"),
    ("PH307", E, "duplicate-id", "every id must be unique in its script, also among sections and branches"),
    ("PH308", E, "duplicate-hotkey", "give each a different key"),
    ("PH309", W, "too-many-answers", "keep to 9, one digit each; group the rest under one answer"),
    ("PH310", H, "many-ways", "split the script in two"),
    ("PH311", E, "unknown-snippet", "define it under `snippets:` or in the file you extend"),
    ("PH312", E, "unknown-outcome", "use an outcome id of config.yaml"),
    ("PH313", W, "reserved-hotkey", "choose a free sign, such as = * or #; the digit answers in any case"),
    ("PH314", E, "ignored-key", "write it as a line of its own, or delete it"),
    ("PH315", E, "no-answer-to-pick", "add  answers: [...],  or let the rep type what they say"),
    ("PH316", W, "not-of-their-call", "propose another outcome here: whoever called us was on the line"),
    ("PH401", W, "opener-too-long", "name, company, why it is no threat, permission, and nothing else"),
    ("PH402", W, "voicemail-too-long", "who, one reason, the number twice"),
    ("PH403", W, "monologue", "put a question in between"),
    ("PH404", H, "long-sentence", "split it: nobody can say it in one breath"),
    ("PH405", W, "voicemail-without-number", "say {{my_number}}, twice"),
    ("PH406", W, "two-questions-at-once", "ask one, wait, then ask the other"),
    ("PH407", H, "closed-first-question", "start with what, how or which"),
    ("PH408", W, "opener-without-permission", 'end the opener with a short question ("Two minutes?")'),
    ("PH409", H, "timing-mismatch", "correct `seconds:` or the text"),
    ("PH410", H, "question-not-recorded", "write it as  ask:  with  save:"),
    ("PH501", W, "no-voicemail", "add `voicemail:`; most calls are not answered"),
    ("PH502", W, "no-call-back", "add `they_ring_back:`; what will you say when they call back?"),
    ("PH503", W, "no-stop-path", "add `stop:` with what you say when somebody wants no more calls"),
    ("PH504", H, "no-gatekeeper", "add `gatekeeper:` with what you say to the gatekeeper"),
    (
        "PH505",
        W,
        "no-early-acknowledgement",
        "add  early:  I know I said I'd call on Friday. I'm calling sooner because ...",
    ),
    ("PH506", W, "too-few-reasons", "give at least 3; each is used once per customer"),
    ("PH507", W, "concession-without-question", "add  ask:  and  in_return:  to the offer"),
    ("PH508", W, "objection-without-question", "add  ask:  and understand before you answer"),
    ("PH509", W, "concession-given-away", "move the offer into an objection's `ladder:`"),
    ("PH510", W, "no-next-step", "end with a dated next contact:  ask, type: date, save: promised"),
    ("PH511", H, "no-interval-question", "ask once how often and by which channel, with  keep: contact"),
    ("PH512", W, "empty-phrase", "say the real reason, e.g. `the price list holds until Friday`"),
    ("PH513", W, "no-stop-rule", "add `stop_after:` to the follow-up"),
    ("PH514", W, "no-open-question", "ask at least one question that yes or no does not answer"),
    (
        "PH515",
        W,
        "call-back-without-recap",
        "use {{reason}} or {{last_call_when}}, so that nobody is caught off guard",
    ),
    ("PH516", W, "pitch-before-question", "ask first"),
    ("PH517", H, "no-audience", "without `audience:` the script is picked only when nothing else fits"),
    ("PH518", W, "reason-not-spoken", "use {{reason}} in `early:`, the opener or the voicemail"),
    ("PH519", W, "friendly-call-sells", "first their news, then what they need help with, then an idea"),
    ("PH520", W, "call-back-too-long", "thank them, say why you called, and ask; keep it to one screen"),
    ("PH521", E, "calls-again-all-the-same", "end with an outcome after which nobody calls, or say less"),
    ("PH522", H, "objection-unheard", "add  heard:  with what customers say, in several ways"),
    ("PH601", H, "answer-not-kept", "add  save: name"),
    ("PH602", E, "conflicting-save", "one name, one type"),
    ("PH603", E, "answer-overwritten", "give each question a name of its own"),
    ("PH606", E, "bad-range", "min must be below max, and both are only for numbers"),
    ("PH607", W, "overwrites-field", "choose another name, or add  keep: contact"),
    ("PH701", W, "one-armed-test", "a test needs two variants with a weight above 0"),
    ("PH702", W, "several-tests-at-once", "test one thing at a time; there are few calls"),
    ("PH703", W, "unnamed-test", "add  experiment: name"),
    ("PH704", W, "untranslated-section", "translate it, or extend a translated file"),
    ("PH705", W, "stale-translation", "compare with the original and raise `source_version:`"),
    ("PH706", W, "variable-lost-in-translation", "use the same names as the original"),
    ("PH707", W, "text-not-translated", "this text is the same as in the original"),
    ("PH708", W, "answers-not-comparable", "keep the same `save:` names, so that results add up"),
    ("PH709", E, "unknown-original", "name the id of a script that exists"),
    ("PH804", W, "expired-reason", "delete it or change `until:`"),
)

RULES: dict[str, RuleInfo] = {row[0]: RuleInfo(*row) for row in _TABLE}
"""Every rule by its code."""


FOLDER = Path(__file__).with_name("explained")
"""The texts, one file a family of rules."""
_WIDTH = 78
_NEVER = "It cannot be ignored: the file cannot be used as it is."
_NEVER_IN_SETTINGS = "Never. Until it is mended, the line does not count and the usual value does."
_SETTINGS = "PH9"
"""Codes that begin so are about config.yaml, where no comment silences a problem."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Explanation:
    """One code of the checker: what the files say of it, completed by its rule."""

    short_forms: ClassVar = ()
    why: str = text(required=True)
    bad: str = text("a sample on which it fires; empty where a few lines cannot show it")
    good: str = text("the same, mended; or what to do, in words", required=True)
    ignore: str = text("when it is fine to leave it as it is")
    at: str = text("the words of the bad sample the code points at; empty: at the script's title")
    line: int | None = whole(1, 30, "the line of the bad sample they stand on, where several hold them")
    name: str = text("what it is called, where no rule says so")
    severity: str = one("error", "warning", "hint", default="error")
    code: str = field(default="", metadata={})
    col: int = field(default=0, metadata={})
    """Where the words begin in their line of the bad sample, from 1; 0 when they stand in none of them."""

    def for_terminal(self) -> str:
        """All of it for the terminal, the spot in the bad sample marked."""
        parts = [f"{self.code} {self.name} ({self.severity})", fill(self.why, _WIDTH)]
        samples = ["Not so:\n" + "\n".join(self._marked()), "But so:\n" + _indented(self.good)]
        parts += samples if self.bad else [fill("What to do: " + self.good, _WIDTH)]
        parts.append(fill("When to leave it: " + self.ignore, _WIDTH))
        silenced = self.code in RULES or self.severity != "error"
        if silenced and not self.code.startswith(_SETTINGS):
            parts.append(f"To silence it, on its line or just above:  # ph: ignore {self.code} and why")
        return "\n\n".join(parts)

    def _marked(self) -> list[str]:
        rows = _indented(self.bad).split("\n")
        if self.line:
            rows.insert(self.line, " " * (self.col + 3) + "^" * len(self.at))
        return rows


def explain(code: str) -> Explanation | None:
    """What a code means, in any case (`ph507`); None when there is no such code."""
    return _explanations().get(code.strip().upper())


def codes() -> tuple[str, ...]:
    """Every code that can be explained, in order."""
    return tuple(sorted(_explanations()))


@cache
def _explanations() -> dict[str, Explanation]:
    found: dict[str, Explanation] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        node = read_file(path).node
        for code, entry in node.items() if node is not None else ():
            found[code] = _explanation(code, entry)
    return found


def _explanation(code: str, node: Node) -> Explanation:
    entry = check(node, Explanation, [])
    assert entry is not None, f"{node.file}: {code}"  # a file of this package; the tests read them all
    rule = RULES.get(code)
    name, severity = (rule.name, rule.severity) if rule else (entry.name, entry.severity)
    never = _NEVER_IN_SETTINGS if code.startswith(_SETTINGS) else _NEVER
    ignore = entry.ignore or (never if severity == "error" else "When you are sure.")
    bad, good, (line, col) = entry.bad.rstrip(), entry.good.rstrip(), _spot(entry)
    known = replace(entry, code=code, name=name, severity=severity, bad=bad, good=good)
    return replace(known, ignore=ignore, line=line, col=col)


def _spot(entry: Explanation) -> tuple[int, int]:
    """Line and column (from 1) of the words pointed at in the bad sample; zeros when they stand outside of it."""
    rows = entry.bad.split("\n")
    numbers = [entry.line] if entry.line else range(1, len(rows) + 1)
    for number in numbers:
        if entry.at and (col := rows[number - 1].rfind(entry.at)) >= 0:
            return number, col + 1
    return 0, 0


def _indented(text: str) -> str:
    return "\n".join(f"    {row}" if row else "" for row in text.split("\n"))
