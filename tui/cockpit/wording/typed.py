"""Questions that are answered with a typed line, and the one about leaving: asked by whoever takes the answer."""

from __future__ import annotations

from collections.abc import Mapping

from tui.cockpit.view import Ask, View
from tui.cockpit.wording.notices import notice
from tui.locale.spoken import choices, translated

QUESTIONS: Mapping[str, str] = {
    "reason": "Why is this call worth their time? One line, for this call",
    "suggest": "How would you say it? Your words go to the trainer.",
    "by-hand": "Which number do you want to call?",
    "tones": "Which tones? Digits, * and #",
    "unfit": "Nothing fitted: what did they say? It goes to the trainer; Enter alone is enough.",
    "path": "Which file?",
    "list": "A name for their list",
}
"""By the id of the question."""
WHICH_FACT = "Which fact?"
NO_FACTS = "This script has no names to write a fact for."
"""Before a fact is written down in a call; where the script asks for none."""
REHEARSAL = "Rehearsal: a call to {name}. Nobody is called, and nothing is kept."
"""Over the words of a call that is not made."""
SEARCHED = "What did they say? Or a part of the script"
"""Over the objections and situations that are looked through."""
OPEN = "A call is open. Quit anyway? It is saved, and the next start brings it back."
UNSAVED = "Not everything could be saved. Quit anyway? What is open is written to your home folder."
QUIT = (("y", "quit"),)
AGREED = (("y", "yes, they agreed"), ("n", "not yet"))
MEANT = (("a", "to them all the same"), ("n", "another name"))


def typed_ask(question_id: str, typed: str = "") -> Ask:
    """The question of an id, which a typed line answers; `typed` stands on it already."""
    return Ask(question_id, translated(QUESTIONS[question_id]), (), text=True, typed=typed)


def rehearsal_of(name: str) -> str:
    """That the words are those of a call that is not made; `name`: whose they are."""
    return translated(REHEARSAL).format(name=name)


def fact_ask(name: str) -> Ask:
    """The question for one fact of the script."""
    return Ask("fact", notice("fact", name=name), (), text=True)


def agreed_ask(name: str, rep: str) -> Ask:
    """Whether a customer agrees to be handed over."""
    return Ask("agreed", notice("has_agreed", name=name, rep=rep.strip()), choices(AGREED))


def meant_ask(unknown: str, near: str) -> Ask:
    """Who is meant by a name that nobody on the team has; `near`: somebody with nearly that name, or empty."""
    first = (("y", notice("is_meant", rep=near)),) if near else ()
    return Ask("unknown", unknown, (*first, *choices(MEANT)))


def leaving(view: View) -> Ask:
    """The question about an open call, or about what could not be saved; the View is from after saving was tried."""
    return Ask("quit", translated(UNSAVED if view.unsaved else OPEN), choices(QUIT), leave="stay")
