"""A script as one HTML page without scripts or network, for a boss, a lawyer, a training room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from tui.script.author.paths import ENTRY_WORDS, Pace, entries_of, ways_of
from tui.script.language.graph import END, graph_of
from tui.script.language.model import SECTIONS, Answer, Objection, Reason, Script, Section, Step, Voicemail
from tui.script.language.variables import used_in

_STYLE = """
:root { color-scheme: light; }
body { font: 11pt/1.45 system-ui, "Segoe UI", sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em;
  color: #1b1b1b; background: #fff; }
h1 { font-size: 1.7em; margin: 0 0 .2em; }
h2 { font-size: 1.15em; margin: 1.8em 0 .5em; border-bottom: 1px solid #bbb; break-after: avoid; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .1em 1.2em .1em 0; vertical-align: top; }
ol, ul { padding-left: 1.4em; } li { margin: .35em 0; break-inside: avoid; }
.say { font-weight: 600; } .say::before { content: "\\201C"; } .say::after { content: "\\201D"; }
.tip, .small { color: #555; font-size: .9em; } .tip::before { content: "Tip: "; font-style: italic; }
.name { background: #eef3fb; border-radius: .25em; padding: 0 .2em; font-weight: 400; }
.answer { font-weight: 600; color: #14507a; } .jump { color: #14507a; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } a { color: inherit; text-decoration: none; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page_of(script: Script, pace: Pace | None = None, made: str = "") -> str:
    """The page as text. `made` says when and from which file, at its foot."""
    page = _Page(script, pace or Pace(script.language))
    body = "\n".join(part for part in page.parts() if part)
    foot = f'<p class="small">{_e(made)}</p>' if made else ""
    return (
        f'<!doctype html>\n<html lang="{_e(script.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_e(script.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n{foot}</body>\n</html>\n"
    )


class _Page:
    """Writes the parts of a page."""

    def __init__(self, script: Script, pace: Pace) -> None:
        self.script, self.pace = script, pace
        self.targets = set(graph_of(script, "follow_up").names)
        """Sections, branches and ids a jump can lead to."""

    def parts(self) -> Iterator[str]:
        """The page from top to bottom."""
        script = self.script
        yield f"<h1>{_e(script.title)}</h1>"
        yield f"<p>{_e(script.about)}</p>" if script.about else ""
        yield _table(self.facts())
        for name in ("opener", "followup", *SECTIONS[1:]):
            if name == "followup":
                yield self.followup()
            elif (section := script.section(name)) is not None:
                yield self.section(name, section)
        for name, section in (*script.branches.items(), *script.snippets.items()):
            yield self.section(name, section)
        yield self.voicemail(script.voicemail)
        yield self.objections(script.objections)
        yield self.names()

    def facts(self) -> Iterator[tuple[str, str]]:
        """What stands at the top: goal, for whom, how long."""
        script = self.script
        audience = script.audience
        groups = (*audience.kinds, *audience.tags, *audience.lists, *audience.stages)
        yield "Goal", script.goal
        yield "For", ", ".join(group.replace("_", " ") for group in groups)
        yield "Not for", ", ".join(audience.exclude)
        yield "Version", ", ".join(part for part in (script.version, script.status, script.language) if part)
        yield "Owner", script.owner
        for entry in entries_of(script):
            ways = ways_of(script, entry, self.pace)
            yield ENTRY_WORDS[entry].capitalize(), f"{ways.summary} of talking"

    def section(self, name: str, section: Section) -> str:
        """A section under its name; versions under test one after the other."""
        title = section.title or name.replace("_", " ").capitalize()
        parts = [f'<h2 id="{_e(name)}">{_e(title)}</h2>', self.tip(section.coach)]
        if section.variants:
            for label, variant in section.variants.items():
                parts += [f"<h3>Version {_e(label)}</h3>", self.steps(variant.steps)]
        else:
            parts.append(self.steps(section.steps))
        return "\n".join(part for part in parts if part)

    def steps(self, steps: Sequence[Step]) -> str:
        """Lines in their order."""
        return f"<ol>\n{''.join(map(self.step, steps))}</ol>" if steps else ""

    def step(self, step: Step) -> str:
        """One line: its condition, its words, its answers, what follows."""
        notes = _notes_of(step)
        parts = (
            f'<span class="small">only if {_e(step.when)}:</span> ' if step.when else "",
            *(self.words(text) + " " for text in (step.say, step.ask) if text),
            *(f"{_e(label)}: {self.words(v.text)} " for label, v in step.variants.items()),
            f'<span class="small">Do:</span> {self.text(step.do)} ' if step.do else "",
            f'<span class="small">({_e("; ".join(notes))})</span> ' if notes else "",
            self.jump(step.goto),
            f"Ends with: <strong>{_e(_spaced(step.end))}</strong>" if step.end else "",
            f'As in <a class="jump" href="#{_e(step.use)}">{_e(_spaced(step.use))}</a>' if step.use else "",
            self.tip(step.coach),
            f"<ul>\n{''.join(self.answer(*pair) for pair in step.answers.items())}</ul>"
            if step.answers
            else "",
        )
        anchor = f' id="{_e(step.id)}"' if step.id else ""
        return f"<li{anchor}>{''.join(parts)}</li>\n"

    def answer(self, label: str, answer: Answer) -> str:
        """An answer and what follows it."""
        said = self.words(answer.say) + " " if answer.say else ""
        then = self.tip(answer.coach) + self.steps(answer.steps) + self.jump(answer.goto)
        return f'<li><span class="answer">{_e(label)}</span> {said}{then}</li>\n'

    def followup(self) -> str:
        """What a follow-up call adds: the line about the promise, the reasons, further lines."""
        written = self.script.followup
        if written is None:
            return ""
        lines = (
            ("At the promised time", written.on_time),
            ("Before it", written.early),
            ("Again, after a try at the promised time", written.tried),
            ("After it", written.late),
        )
        reasons = f"<ol>\n{''.join(map(self.reason, written.reasons))}</ol>"
        parts = (
            '<h2 id="followup">Follow-up</h2>',
            self.tip(written.coach),
            _rows((when, self.words(words)) for when, words in lines if words),
            f"<p>Reasons to call, each used once per person:</p>\n{reasons}" if written.reasons else "",
            f"<p>{self.text(written.no_reason)}</p>" if written.no_reason else "",
            self.steps(written.steps),
        )
        return "\n".join(part for part in parts if part)

    def reason(self, reason: Reason) -> str:
        """One reason to call, and for whom and until when it holds."""
        limited = (("only if", reason.when), ("from", reason.starts), ("until", reason.until))
        limits = [f"{word} {limit}" for word, limit in limited if limit]
        small = f' <span class="small">{_e(", ".join(limits))}</span>' if limits else ""
        return f"<li>{self.words(reason.say)}{small}{self.tip(reason.coach)}</li>\n"

    def voicemail(self, messages: Sequence[Voicemail]) -> str:
        """The messages for a machine, with their length."""
        if not messages:
            return ""
        rows = []
        for message in messages:
            which = f"Try {message.attempt}" if message.attempt else "Every try"
            takes = message.seconds or self.pace.of(message.say)
            then = f"<br>Then: {self.text(message.then)}" if message.then else ""
            small = f'<br><span class="small">{takes:.0f} seconds</span>{then}{self.tip(message.coach)}'
            rows.append((which, self.words(message.say) + small))
        return f'<h2 id="voicemail">Voicemail</h2>\n{_rows(rows)}'

    def objections(self, objections: Sequence[Objection]) -> str:
        """Each objection: ask, say, prove, then concede step by step."""
        if not objections:
            return ""
        return '<h2 id="objections">Objections</h2>\n' + "\n".join(map(self.objection, objections))

    def objection(self, objection: Objection) -> str:
        """One objection."""
        heard = ", ".join(f"“{words}”" for words in objection.heard) or _spaced(objection.id)
        spoken = (("Ask first", objection.ask), ("Say", objection.say), ("Proof", objection.proof))
        rows = [(label, self.words(words)) for label, words in spoken if words]
        for number, rung in enumerate(objection.ladder, 1):
            asked = f"{self.words(rung.ask)}<br>" if rung.ask else ""
            return_words = f"<br>In return: {self.text(rung.in_return)}" if rung.in_return else ""
            manager = "<br>A manager has to agree." if rung.approval == "manager" else ""
            rows.append((f"Offer {number}", f"{asked}Offer: {self.text(rung.offer)}{return_words}{manager}"))
        last = (("Last words", objection.walk_away and self.words(objection.walk_away)),)
        rows += [row for row in (*last, ("Then", self.jump(objection.goto))) if row[1]]
        return f"<h3>{_e(heard)}</h3>\n{_rows(rows)}{self.tip(objection.coach)}"

    def names(self) -> str:
        """The names used in the texts, with what is said when there is no value."""
        declared = self.script.variables.items()
        rows = [(f"{{{{{name}}}}}", ", ".join(filter(None, (v.default, v.about)))) for name, v in declared]
        return f"<h2>Names</h2>\n{_table(rows)}" if rows else ""

    def words(self, text: str) -> str:
        """Words said aloud."""
        return f'<span class="say">{self.text(text)}</span>'

    def text(self, text: str) -> str:
        """A text, escaped, its names set off."""
        parts, at = [], 0
        for used in used_in(text):
            shown = used.name.replace("_", " ")
            default = f' title="else: {_e(used.default)}"' if used.default else ""
            parts += [_e(text[at : used.start]), f'<span class="name"{default}>{_e(shown)}</span>']
            at = used.end
        return "".join([*parts, _e(text[at:])]).replace("\n", "<br>")

    def jump(self, target: str) -> str:
        """Where the call goes on, as a link; empty without a target."""
        if not target:
            return ""
        if target == END:
            return "→ the outcome "
        section = self.script.section(target)
        name = section.title if section is not None and section.title else _spaced(target)
        if target not in self.targets:
            return f"→ {_e(name)} "
        return f'→ <a class="jump" href="#{_e(target)}">{_e(name)}</a> '

    def tip(self, words: str) -> str:
        """Advice for the rep."""
        return f'<div class="tip">{self.text(words)}</div>' if words else ""


def _notes_of(step: Step) -> list[str]:
    """What is kept and asked of the answer, in words."""
    notes = (
        (step.save, f"kept as {_spaced(step.save)}"),
        (step.keep == "contact", "remembered for later calls"),
        (step.required, "wanted before the call is closed"),
    )
    return [words for applies, words in notes if applies]


def _table(rows: Iterable[tuple[str, str]]) -> str:
    """A table of plain texts; rows without a value are left out."""
    return _rows((label, _e(value)) for label, value in rows if value)


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    """A table whose second column is HTML already."""
    made = "".join(f"<tr><th>{_e(label)}</th><td>{value}</td></tr>\n" for label, value in rows)
    return f"<table>\n{made}</table>" if made else ""


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _e(text: str) -> str:
    """Text as HTML: nothing in it is markup, and nothing unseen gets through; line breaks stay."""
    return escape("".join(character for character in text if character.isprintable() or character == "\n"))
