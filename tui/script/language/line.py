"""One line of a script as the rep sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

NOT_ASKED = 0
"""The digit that every question accepts: did not ask."""
NOT_ASKED_LABEL = "Did not ask"
_TAKEN = frozenset("/+-?!")
"""Signs that do something else while the note line of a call is empty."""


def answers_by(hotkey: str) -> bool:
    """Whether a key of its own (`hotkey:`) gives an answer: a sign that does nothing else during a call.

    A letter never does: it begins a note. A digit gives the answer it stands before.
    """
    return bool(hotkey) and not hotkey.isalnum() and hotkey not in _TAKEN


class Choice(Struct, frozen=True):
    """One answer the rep can pick by a digit."""

    digit: int
    label: str
    ticked: bool = False
    """Chosen so far, in a question that takes several answers."""
    key: str = ""
    """The answer's own sign (`hotkey:`), which gives it on an empty note line as its digit does."""
    letter: str = ""
    """The letter a script gave it in place of a sign: it begins a note and answers nothing."""


class Words(Struct, frozen=True):
    """Words said aloud, or what the rep does and never reads out."""

    kind: Literal["say", "do"]
    text: str


def said_in(words: Iterable[Words]) -> str:
    """The words to say as one text, without what is to be done."""
    return " ".join(one.text for one in words if one.kind == "say")


class Line(Struct, frozen=True):
    """What the rep sees now. All texts are filled in."""

    path: str
    kind: str
    """say, ask, do, or end."""
    text: str
    coach: str = ""
    answers: tuple[Choice, ...] = ()
    """The given answers, then `0  Did not ask`. Only for questions."""
    section: str = ""
    section_title: str = ""
    """The section's own title, else its name."""
    index: int = 1
    """Which line of this call this is, from 1."""
    total: int = 1
    """Lines of this call if nothing is skipped from here on."""
    reaction: str = ""
    """The reply to the answer just given: words said before this line."""
    asked_before: str = ""
    """What they told us on an earlier call; ask only to confirm."""
    required: bool = False
    type: str = ""
    """choice, multi, text, number, date or yesno; empty when it is no question."""
    seconds: float = 0.0
    """How long it takes to say, the reply before it included: as the step says, else estimated; 0 for things to do."""
    section_seconds: int | None = None
    """How long the script gives the whole section; None when it does not say."""
    missing: tuple[str, ...] = ()
    """Names in the text that have no value."""

    @property
    def words(self) -> tuple[Words, ...]:
        """The reply to the answer before it, then the line itself, each apart from the other."""
        own = Words("do" if self.kind == "do" else "say", self.text)
        return tuple(words for words in (Words("say", self.reaction), own) if words.text)

    @property
    def open_question(self) -> bool:
        """A question answered in words, not by a digit."""
        return self.kind == "ask" and len(self.answers) <= 1
