"""Meeting an objection while the script waits: ask first, then say, then one concession at a time (B39)."""

from __future__ import annotations

from tui.cockpit.call_view import Answer, ReplyLine
from tui.cockpit.state.active_call import Working
from tui.cockpit.view import ScriptView
from tui.cockpit.wording.notices import notice
from tui.script.call.walk import Walk
from tui.script.call.wording import Passage, passages
from tui.script.language.line import Words
from tui.script.language.model import Objection

REVEAL = "0"
"""The digit that shows a concession although its question was not asked; that is recorded."""


def lines_of(walk: Walk, name: str, filled: bool = True) -> list[Passage]:
    """All lines of one objection, names `filled` or as the script has them; none for an objection it has not."""
    objection = find(walk, name)
    return passages(objection, walk.wording if filled else None) if objection else []


def find(walk: Walk, name: str) -> Objection | None:
    """The objection of that id, or None."""
    return next((o for o in walk.script.objections if o.id == name), None)


def begin(working: Working, walk: Walk, name: str) -> None:
    """The customer objected: its words come up, the script waits at its place."""
    working.aside = (name, 0)
    working.walk = walk.heard(name)


def on(working: Working, walk: Walk) -> None:
    """The next line; past the last one back to the script, or where the objection leads."""
    assert working.aside
    name, place = working.aside
    _go(working, walk, name, place, asked=True)


def reveal(working: Working, walk: Walk) -> bool:
    """Show the concession though its question was not asked. False when there is none to show."""
    assert working.aside
    name, place = working.aside
    lines = lines_of(walk, name)
    if place >= len(lines) or not lines[place].offer:
        return False
    _go(working, walk, name, place, asked=False)
    return True


def _go(working: Working, walk: Walk, name: str, place: int, *, asked: bool) -> None:
    lines = lines_of(walk, name)
    if place < len(lines) and lines[place].offer:
        working.walk = walk = walk.offered(name, lines[place].rung, asked)
    if place < len(lines) and lines[place].rung >= 0 and not lines[place].offer:
        working.given[f"gave_{name}_{lines[place].rung + 1}"] = lines[place].in_return or "nothing in return"
    if place + 1 < len(lines):
        working.aside = (name, place + 1)
        return
    working.aside = None
    objection = find(walk, name)
    if objection and objection.goto:
        working.walk = walk.jump(objection.goto)


def back(working: Working) -> None:
    """One line back; before the first one the script is there again."""
    assert working.aside
    name, place = working.aside
    working.aside = (name, place - 1) if place else None


def words_of(walk: Walk, aside: tuple[str, int]) -> tuple[str, str]:
    """Path of the objection, as a call record names it, and the words on the screen as the script has them."""
    name, place = aside
    lines = lines_of(walk, name, filled=False)
    return f"objections.{name}", lines[min(place, len(lines) - 1)].text if lines else ""


def view(walk: Walk, aside: tuple[str, int]) -> ScriptView:
    """What the rep sees: the question first, the offer dimmed behind it."""
    name, place = aside
    lines, objection = lines_of(walk, name), find(walk, name)
    if objection is None or not lines:
        return ScriptView(title=walk.script.title)
    line = lines[min(place, len(lines) - 1)]
    answers = (Answer(REVEAL, notice("offer_anyway")),) if line.offer else ()
    first = notice("ask_first", offer=line.offer) if line.offer else ""
    return ScriptView(
        title=notice("they_said", objection=label(objection)),
        part=notice("line_of", place=place + 1, total=len(lines)),
        kind=line.kind,
        words=tuple(one for one in (Words("say", line.text), Words("do", line.then_do)) if one.text),
        answers=answers,
        coach=first or walk.wording.fill(objection.coach).text,
    )


def reply(walk: Walk, aside: tuple[str, int]) -> tuple[ReplyLine, ...]:
    """All lines of the objection that is met, the one on the screen among them."""
    name, place = aside
    lines = lines_of(walk, name)
    here = min(place, len(lines) - 1)
    return tuple(
        ReplyLine(line.text, line.then_do, "said" if at < here else "coming" if at > here else "now")
        for at, line in enumerate(lines)
    )


def label(objection: Objection) -> str:
    """What the customer says, else the objection's name."""
    return objection.heard[0] if objection.heard else objection.id.replace("_", " ")
