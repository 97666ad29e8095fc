"""What the script preview shows, as lines: the words as a rep sees them, where they stand, what is wrong."""

from __future__ import annotations

from tui.cockpit.call_view import Answer
from tui.commands import Command
from tui.commands.keys import shown_key
from tui.script.author.preview import Rehearsal
from tui.script.call.wording import passages
from tui.script.language.line import Line as ScriptLine
from tui.widgets.key_lines import KeyFlow, Row, hint
from tui.widgets.lines import BLANK, Line, cut, paragraph, rule, spread
from tui.widgets.script_panel import answer_grid, heading_of, spoken, tip, word_lines
from tui.widgets.words import say
from tui.yamlfile.problem import Problem, visible

KEYS: tuple[Command, ...] = (
    Command("preview.on", "space,enter", "on", "The next line", "preview"),
    Command("preview.back", "backspace", "back", "One line back", "preview"),
    Command("preview.edit", "e", "edit", "Change the words on the screen and save them", "preview"),
    Command("preview.editor", "E", "editor", "Open the file at this line in your own editor", "preview"),
    Command(
        "preview.way", "o", "other way in", "First call, follow-up, gatekeeper, they call back", "preview"
    ),
    Command(
        "preview.data", "n", "nothing known", "With the sample customer, or with nothing known", "preview"
    ),
    Command("preview.version", "v", "version", "The next version under test", "preview"),
    Command(
        "preview.objections", "slash", "objections", "What customers object, and how to meet it", "preview"
    ),
    Command("preview.restart", "r", "from the top", "Back to the first line", "preview"),
    Command("preview.more", "pagedown", "more", "Scroll down", "preview"),
    Command("preview.less", "pageup", "back up", "Scroll up", "preview"),
    Command("preview.leave", "q,escape,ctrl+q", "leave", "Leave the preview", "preview"),
)
"""The keys of the preview; digits answer."""
BY_KEY = {key: command for command in KEYS for key in command.keys}
_END = "The script is at its end. On a call the outcome comes now."
_MOST = 6
_ALWAYS = frozenset({"preview.editor", "preview.leave"})
"""What can be done about a script that cannot be used at all."""


def head_line(rehearsal: Rehearsal, width: int) -> Line:
    """Line 1: which script, which way into the call, seconds so far."""
    script = rehearsal.script
    title = script.title if script is not None else rehearsal.path.name
    if script is not None and script.version:
        title = say("preview_title", title=title, version=script.version)
    code = "preview_way_blank" if rehearsal.blank else "preview_way"
    right = say(code, way=rehearsal.way.label, seconds=rehearsal.so_far)
    return spread((("PREVIEW", "strong"), ("   ", ""), (title, "")), ((right, ""),), width)


def page_lines(rehearsal: Rehearsal, width: int, notice: str = "") -> list[Line]:
    """Everything between line 1 and the last lines."""
    lines: list[Line] = []
    if notice:
        lines += paragraph(notice, width, 3, "warn")
    if rehearsal.broken:
        lines += _broken(rehearsal, width)
    line = rehearsal.line
    if line is not None:
        lines += _words(line, width)
        lines += _about(rehearsal, line, width)
    if not rehearsal.broken:
        lines += _problems(rehearsal, width)
    return lines


def objection_lines(rehearsal: Rehearsal, width: int) -> list[Line]:
    """Every objection: ask, say, prove, then concede step by step."""
    if rehearsal.script is None or rehearsal.walk is None:
        return []
    lines: list[Line] = []
    for objection in rehearsal.script.objections:
        name, *others = objection.heard or (objection.id,)
        lines += [rule(cut(name, width - 12), "objection", width)]
        if others:
            lines += paragraph(say("heard_also", words=", ".join(others)), width, _MOST, "dim", 3)
        for passage in passages(objection, rehearsal.walk.wording):
            is_concession = passage.rung >= 0
            lines += spoken(passage.text, width, 3 if is_concession else 1)
            if is_concession and not passage.offer:
                free = "" if passage.in_return else "Nothing in return. "
                lines += paragraph(f"{free}{passage.then_do}".strip(), width, 3, "dim", 3)
    return lines or [((" ", ""), ("This script has no objections.", ""))]


def key_rows(rehearsal: Rehearsal) -> tuple[Row, ...]:
    """The last lines: what each key does."""
    line = rehearsal.line
    if line is None:
        return (KeyFlow(tuple(hint(shown_key(c.keys[0]), c.label, 1) for c in KEYS if c.id in _ALWAYS)),)
    given = max((answer.digit for answer in line.answers), default=0)
    digits = [hint(f"1-{given}" if given > 1 else "1", "answer", 1)] if given else []
    ids = ["preview.back", "preview.edit", "preview.editor", "preview.way", "preview.data"]
    if rehearsal.walk is not None and rehearsal.walk.variant:
        ids.append("preview.version")
    known = {command.id: command for command in KEYS}
    if rehearsal.script is not None and rehearsal.script.objections:
        ids.append("preview.objections")
    shown = [known[i] for i in ("preview.on", *ids, "preview.restart", "preview.leave")]
    words = {"preview.data": "sample customer"} if rehearsal.blank else {}
    hints = [hint(shown_key(c.keys[0]), words.get(c.id, c.label), 1) for c in shown]
    return (KeyFlow((hints[0], *digits, *hints[1:])),)


def edit_rows(parts: int) -> tuple[Row, ...]:
    """The last lines while words are changed."""
    hints = [hint("Enter", "save", 1), hint("Esc", "leave them as they were", 1)]
    others = hint("Tab", "save, then the next words", 1)
    return (KeyFlow(tuple([others, *hints] if parts > 1 else hints)),)


def _broken(rehearsal: Rehearsal, width: int) -> list[Line]:
    """Why the saved file cannot be used."""
    shown = "the version before is shown" if rehearsal.script is not None else "mend it and save"
    lines = [rule("The file has a mistake", shown, width)]
    for problem in rehearsal.broken[:3]:
        lines += _problem(problem, width, "stop")
    return [*lines, BLANK]


def _words(line: ScriptLine, width: int) -> list[Line]:
    """The words of the line, as the rep sees them."""
    where = (
        say("line_of", section=line.section_title, number=line.index, total=line.total)
        if line.kind != "end"
        else ""
    )
    lines = [rule(heading_of(line.words), where, width), *word_lines(line.words, width)]
    if line.kind == "end":
        return [*lines, ((" ", ""), (cut(_END, width - 2), ""))]
    lines += answer_grid(
        [Answer(str(c.digit), f"{c.label} ✓" if c.ticked else c.label) for c in line.answers], width
    )
    if line.coach:
        lines += tip(line.coach, width, 3)
    return lines


def _about(rehearsal: Rehearsal, line: ScriptLine, width: int) -> list[Line]:
    """Where the words stand, how long they take, and what becomes of the answer."""
    lines = [BLANK, rule("This line", rehearsal.origin or "usual words, in no file", width)]
    if line.kind == "end":
        outcome = rehearsal.walk.suggested_outcome if rehearsal.walk is not None else ""
        lines = [BLANK, rule("Outcome", rehearsal.path.name, width)]
        facts = [say("proposed", outcome=outcome) if outcome else "none proposed"]
    else:
        facts = [say("to_say", seconds=line.seconds)] if line.kind in ("say", "ask") else []
    walk = rehearsal.walk
    step = walk.place.step if walk is not None and walk.place is not None else None
    if step is not None:
        facts += [say("kept_as", name=step.save)] if step.save else []
        facts += ["must be answered"] if step.required else []
        facts += [say("only_if", condition=step.when)] if step.when else []
    if line.missing:
        facts.append(say("no_value", names=", ".join(line.missing)))
    seen, total = rehearsal.lines_seen
    facts.append(say("lines_seen", seen=seen, total=total))
    facts += [say("variant", name=walk.variant)] if walk is not None and walk.variant else []
    return [*lines, *paragraph(", ".join(facts) + ".", width, 2)]


def _problems(rehearsal: Rehearsal, width: int) -> list[Line]:
    """What the checker says, this line first."""
    if not rehearsal.problems:
        return [BLANK, rule("Nothing is wrong", "", width)]
    here = [p for p in rehearsal.problems if f"{p.file}:{p.line}" == rehearsal.origin]
    others = [p for p in rehearsal.problems if p not in here]
    lines = [BLANK, rule("To look at", say("notes", count=len(rehearsal.problems)), width)]
    for problem in [*here, *others]:
        lines += _problem(problem, width, "warn" if problem in here else "")
    return lines


def _problem(problem: Problem, width: int, look: str) -> list[Line]:
    words = visible(f"{problem.file}:{problem.line}:{problem.col}  {problem.message} ({problem.code})")
    further = paragraph(visible(problem.help), width, 2, "dim", 3) if problem.help else []
    return [*paragraph(words, width, _MOST, look), *further]
