"""Meeting an objection while the script waits: ask first, then say, then one concession at a time (B39)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.cockpit.call_view import Answer
from tui.cockpit.state.active_call import Working
from tui.cockpit.view import ScriptView
from tui.script.call.walk import Walk
from tui.script.call.wording import objection_words
from tui.script.language.line import Words
from tui.script.language.model import Objection

REVEAL = "0"
"""The digit that shows a concession although its question was not asked; that is recorded."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of meeting an objection."""

    kind: Literal["say", "ask"]
    text: str
    rung: int = -1
    """Which concession, from 0; -1 when it is none."""
    offer: str = ""
    """On a concession's question: the offer that stays dimmed until the question was asked."""
    in_return: str = ""
    then_do: str = ""
    """What the rep asks for or clears up beside the words; never read out."""


def passages(walk: Walk, name: str, filled: bool = True) -> list[Passage]:
    """All lines of one objection, names `filled` or as the script has them; none for an objection it has not."""
    objection = find(walk, name)
    if objection is None:
        return []
    words = objection_words(objection, walk.wording if filled else None)
    lines = [Passage("ask", words.ask), Passage("say", words.say), Passage("say", words.proof)]
    for place, rung in enumerate(words.ladder):
        approval = "Your manager must agree first." if rung.approval == "manager" else ""
        back = f"In return: {rung.in_return}." if rung.in_return else ""
        lines.append(Passage("ask", rung.ask, place, rung.offer))
        beside = " ".join(filter(None, (back, approval)))
        lines.append(Passage("say", rung.offer, place, in_return=rung.in_return, then_do=beside))
    lines.append(Passage("say", words.walk_away))
    return [line for line in lines if line.text]


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
    lines = passages(walk, name)
    if place >= len(lines) or not lines[place].offer:
        return False
    _go(working, walk, name, place, asked=False)
    return True


def _go(working: Working, walk: Walk, name: str, place: int, *, asked: bool) -> None:
    lines = passages(walk, name)
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
    lines = passages(walk, name, filled=False)
    return f"objections.{name}", lines[min(place, len(lines) - 1)].text if lines else ""


def view(walk: Walk, aside: tuple[str, int]) -> ScriptView:
    """What the rep sees: the question first, the offer dimmed behind it."""
    name, place = aside
    lines, objection = passages(walk, name), find(walk, name)
    if objection is None or not lines:
        return ScriptView(title=walk.script.title)
    line = lines[min(place, len(lines) - 1)]
    answers = (Answer(REVEAL, "Show the offer anyway"),) if line.offer else ()
    first = f"Ask first. Then you may offer: {line.offer}" if line.offer else ""
    return ScriptView(
        title=f"They said: {label(objection)}",
        part=f"{place + 1} of {len(lines)}",
        kind=line.kind,
        words=tuple(one for one in (Words("say", line.text), Words("do", line.then_do)) if one.text),
        answers=answers,
        coach=first or walk.wording.fill(objection.coach).text,
    )


def label(objection: Objection) -> str:
    """What the customer says, else the objection's name."""
    return objection.heard[0] if objection.heard else objection.id.replace("_", " ")
