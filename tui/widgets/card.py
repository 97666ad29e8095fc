"""The person on the screen: name and state, who they are, the number, and what we promised first."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cockpit.view import Card, Phase, View
from tui.locale.spoken import translated
from tui.widgets.frame import minutes_and_seconds
from tui.widgets.lines import (
    BLANK,
    Line,
    Lines,
    ViewLines,
    drawn,
    hanging,
    labelled,
    pad,
    paragraph,
    spread,
    wrap_some,
)
from tui.widgets.marks import STATES, URGENCIES
from tui.widgets.words import say

LABEL_WIDTH = 12
TALKED_TO = frozenset({Phase.TALKING, Phase.CALL_OVER, Phase.FORM})
"""Phases in which the number no longer matters."""


def state_line(view: View) -> Line:
    """`◍ RINGING  0:07`, `○ NEXT IN 2`, `■ CALL OVER, talked 4:05`: glyph, word and time of the phase; else nothing."""
    mark = STATES.get(view.phase)
    if mark is None:
        return ()
    is_over = view.phase in (Phase.CALL_OVER, Phase.FORM)
    if is_over and view.past:
        return ((f"{mark.glyph} {view.past.label.upper()}", mark.look),)
    code = "state_over_talked" if is_over and view.talked_s else mark.word
    time = minutes_and_seconds(view.talked_s if is_over else view.state_s)
    said = say(code, time=time, seconds=max(int(view.state_s), 0))
    return ((f"{mark.glyph} {said}", mark.look),)


def _numbered(card: Card) -> Line:
    return (card.number or translated("no number"), "strong"), (f"  {card.number_label}", "dim")


class ContactCard(ViewLines):
    """The contact card. Higher `level`: less room, so fewer lines; the name and the first line always stay."""

    other_hint: drawn[str] = drawn("")
    """Key and words before the other number: `o  other number`."""

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """The card for the phase the view is in."""
        card = view.card
        if card is None:
            return ()
        name = spread(
            ((card.name.upper(), "strong"),),
            state_line(view),
            width,
        )
        if view.phase is Phase.FORM:
            return (name,)
        about = spread(((card.about, ""),), ((card.there, "dim"),), width)
        lines = [name] if self.level >= 5 else [name, about]
        if view.waiting:
            lines += labelled(translated("Next"), view.waiting, width, LABEL_WIDTH, "dim", 1)
        if view.past:
            lines += labelled(view.past.label, view.past.words, width, LABEL_WIDTH, "strong", 2)
        words = view.line_words
        if view.phase in TALKED_TO and words:
            lines.append(spread(_numbered(card), ((words, "warn"),), width))
        if view.phase is Phase.CALL_OVER:
            return lines
        if view.phase not in TALKED_TO:
            lines += self._number(card, words, width)
        return [*lines, *self._warnings(card, width), *self._known(card, view.phase, width)]

    def _number(self, card: Card, words: str, width: int) -> list[Line]:
        other: Line = ()
        if card.other:
            key, _, label = self.other_hint.partition(" ")
            other = ((key, "key"), (f" {label}: {card.other}", ""))
        if words:
            # The line's state goes before a number the key line names as well.
            other = ((words, "warn"),)
        number = spread(_numbered(card), other, width)
        return [number] if self.level >= 2 else [number, BLANK]

    def _warnings(self, card: Card, width: int) -> list[Line]:
        lines: list[Line] = []
        if card.blocked:
            lines += labelled(
                translated("Blocked"), card.blocked, width, LABEL_WIDTH, "stop", 2 if self.level else 3
            )
        for warning in card.warnings:  # read before it rings: the last to be left out
            lines += labelled(
                translated("Careful"), warning, width, LABEL_WIDTH, "warn", 1 if self.level else 2
            )
        return lines

    def _known(self, card: Card, phase: Phase, width: int) -> list[Line]:
        shown = card.lines[:1] if phase is Phase.TALKING or self.level >= 3 else card.lines
        most, urgent = 1 if self.level else 2, URGENCIES.get(card.urgency)
        lines: list[Line] = []
        for label, words in shown:
            if urgent and not lines:
                head: Line = (" ", ""), (pad(f"{urgent.glyph} {label}", LABEL_WIDTH - 1), urgent.look)
                lines += hanging(head, wrap_some(words, width - LABEL_WIDTH - 1, most), urgent.look)
            else:
                lines += labelled(label, words, width, LABEL_WIDTH, most=most)
        return lines


class CardAside(Lines):
    """The same person in a narrow column beside a list: nothing to press, only what we know."""

    card: drawn[Card | None] = drawn(None)
    """Whom to show."""

    def lines(self, width: int) -> Sequence[Line]:
        """Name, about, number, then each label over its words."""
        card = self.card
        if card is None:
            return ()
        lines: list[Line] = [
            ((" ", ""), (pad(card.name.upper(), width - 2), "strong")),
            ((" ", ""), (pad(card.about, width - 2), "")),
            ((" ", ""), (pad(card.there, width - 2), "dim")),
            ((" ", ""), (pad(card.number, width - 2), "")),
        ]
        for label, words in card.lines:
            lines += [BLANK, ((" ", ""), (pad(label, width - 2), "dim"))]
            lines += paragraph(words, width, 4)
        return lines
