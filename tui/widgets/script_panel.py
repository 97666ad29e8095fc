"""The words: what to say now, the answers to it, and the message for a voicemail while it rings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import var

from tui.cockpit.call_view import Answer
from tui.cockpit.view import Phase, ScriptView, View
from tui.locale.spoken import translated
from tui.script.language.line import Words, said_in
from tui.widgets.lines import BLANK, Line, ViewLines, cut, hanging, paragraph, rule, wrap, wrap_some
from tui.widgets.words import say

MARGIN = 4
"""Cells kept free around spoken words, so that lines stay easy to read."""
BEFORE_TALK = frozenset({Phase.READY, Phase.NEXT_IN, Phase.DIALLING, Phase.RINGING})
"""Phases in which the voicemail text is on the screen."""
SHOWN_IN = BEFORE_TALK | {Phase.TALKING, Phase.PAUSED}


class ScriptPanel(ViewLines):
    """The script in the phase the view is in. Higher `level`: less room, so less around the words to say."""

    most_coming = var(0, init=False)
    """So many of the lines that come next have room; whoever sets it draws the lines."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """The words for this moment; none when the rep is choosing an outcome."""
        if view.phase not in SHOWN_IN:
            return ()
        script = view.script
        lines = [rule(heading_of(script.words), _title(script), width)]
        if script.problem:
            lines += paragraph(script.problem, width, 2, "warn")
        if view.phase is Phase.TALKING:
            return [*lines, *self._talking(script, width)]
        lines += word_lines(script.words, width)
        if script.gatekeeper:
            lines += [
                rule(translated("To the gatekeeper"), again_logs_it(view), width),
                *word_lines(script.gatekeeper, width),
            ]
        elif script.voicemail and view.phase in BEFORE_TALK:
            seconds = say("seconds", count=script.voicemail_s) if script.voicemail_s else ""
            lines += [
                rule(say("if_voicemail"), seconds, width),
                *spoken(script.voicemail, width, 1, look=""),
            ]
            if script.voicemail_tip and self.level < 2:
                lines += tip(script.voicemail_tip, width)
            if script.voicemail_then and self.level < 2:
                lines += tip(script.voicemail_then, width, label=translated("Then: "))
        return lines

    def _talking(self, script: ScriptView, width: int) -> list[Line]:
        lines: list[Line] = []
        indent = 1
        if script.said:
            indent = 3
            said = say("you_said", words=script.said)
            if self.level < 1:
                lines += paragraph(said, width, 2, "dim")
            elif self.level < 3:
                lines.append(((" ", ""), (cut(said, width - 3), "dim")))
        lines += word_lines(script.words, width, indent)
        lines += answer_grid(script.answers, width)
        lines += coming(script.then[: self.most_coming], width)
        if script.coach and self.level < 2:
            lines += tip(script.coach, width)
        return lines or [BLANK]


def heading_of(words: Sequence[Words]) -> str:
    """What the rep does with these words: `Say`, `Do` when nothing is said, `End` when there are none."""
    return translated("Say") if said_in(words) else translated("Do") if words else translated("End")


def word_lines(words: Sequence[Words], width: int, indent: int = 1) -> list[Line]:
    """Every paragraph whole: words to say in quotation marks; what is to be done without, and told apart from them."""
    lines: list[Line] = []
    label = translated("Do: ") if said_in(words) else ""
    for one in words:
        lines += (
            spoken(one.text, width, indent) if one.kind == "say" else _to_do(one.text, width, indent, label)
        )
    return lines


def _to_do(text: str, width: int, indent: int, label: str) -> list[Line]:
    rows = wrap(text, width - MARGIN - indent - len(label) + 1)
    return hanging(((" " * indent, ""), (label, "accent")), rows, "" if label else "strong")


def spoken(text: str, width: int, indent: int, look: str = "strong") -> list[Line]:
    """Words to say in quotation marks, the lines after the first one blank further in."""
    if not text:
        return []
    lines = wrap(f'"{text}"', width - MARGIN - indent + 1)
    return [((" " * (indent if n == 0 else indent + 1), ""), (line, look)) for n, line in enumerate(lines)]


def answer_grid(answers: Sequence[Answer], width: int) -> list[Line]:
    """Answers with their digits in three columns (two when narrow); a long one takes the room of two.

    The last answer, when its digit is 0, stands in the last column: it is the way out.
    """
    columns = 3 if width >= 76 else 2
    starts = [3 + round(n * (width - 12) / columns) for n in range(columns)]
    rows: list[list[tuple[int, Answer, int]]] = [[]]
    column = 0
    for answer in answers:
        way_out = answer.digit == "0" and answer is answers[-1] and len(answers) > columns == 3
        wide = 2 if cell_len(answer.label) + 4 > starts[1] - starts[0] and not way_out else 1
        if column + wide > columns:
            rows.append([])
            column = 0
        if way_out:
            column = columns - 1
        end = starts[column + wide] if column + wide < columns else width
        rows[-1].append((starts[column], answer, end - starts[column] - 1))
        column += wide
    return [_grid_line(row) for row in rows]


def _grid_line(cells: Sequence[tuple[int, Answer, int]]) -> Line:
    line: list[tuple[str, str]] = []
    at = 0
    for start, answer, room in cells:
        label = cut(answer.label, room - 3)
        line += [(" " * (start - at), ""), (answer.digit, "key"), (f"  {label}", "")]
        at = start + 3 + cell_len(label)
    return tuple(line)


def coming(lines: Sequence[str], width: int) -> list[Line]:
    """The lines that come next, grey."""
    head = say("then")
    return [
        line
        for words in lines
        for line in hanging(((" ", ""), (head, "dim")), wrap_some(words, width - 2 - len(head), 2), "dim")
    ]


def _title(script: ScriptView) -> str:
    return ", ".join(part for part in (script.title, script.part, script.takes) if part)


def tip(words: str, width: int, most: int = 2, label: str = "") -> list[Line]:
    """A trainer's advice, not to be read out."""
    label = label or translated("Tip: ")
    return hanging(((" ", ""), (label, "accent")), wrap_some(words, width - 2 - cell_len(label), most), "dim")


def again_logs_it(view: View) -> str:
    """Which key logs a talk with the gatekeeper: the team chooses it."""
    key = next((row.key for row in view.outcomes if row.is_ == "gatekeeper"), "")
    return say("again_logs", key=key) if key else ""
