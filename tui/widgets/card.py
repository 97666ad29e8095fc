"""The person on the screen: name and state, who they are, the number, and what we promised first."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cockpit.view import BEFORE_A_DIAL, Card, Phase, View
from tui.locale.spoken import translated
from tui.widgets.frame import minutes_and_seconds
from tui.widgets.lines import (
    BLANK,
    Line,
    ViewLines,
    drawn,
    hanging,
    labelled,
    pad,
    spread,
    wrap_some,
)
from tui.widgets.marks import STATES, UNSEEN, URGENCIES
from tui.widgets.words import say

LABEL_WIDTH = 12
TALKED_TO = frozenset({Phase.TALKING, Phase.CALL_OVER, Phase.FORM})
"""Phases in which the number no longer matters."""


def state_line(view: View) -> Line:
    """`◍ RINGING  0:07`, `○ NEXT IN 2`, `■ CALL OVER, talked 4:05`: glyph, word and time of the phase; else nothing."""
    unseen = UNSEEN.get(view.placed) if view.phase is Phase.RINGING else None
    mark = unseen or STATES.get(view.phase)
    if mark is None:
        return ()
    is_read_again = view.phase is Phase.TALKING and bool(view.talked_s)
    if is_read_again:  # back from the outcomes, and the line is down
        mark = STATES[Phase.CALL_OVER]
    is_over = view.phase in (Phase.CALL_OVER, Phase.FORM) or is_read_again
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

    def key_at(self, line: Line, column: int) -> str:
        """The other number is chosen by a click before a dial, and never called at once."""
        before = self.view is not None and self.view.phase in BEFORE_A_DIAL
        return super().key_at(line, column) if before else ""

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
        some = warned(card, width, LABEL_WIDTH, *((2, 1) if self.level >= 2 else (3, 2)))
        warnings = [line for entry in some for line in entry]
        return [*lines, *warnings, *self._known(card, view.phase, width)]

    def _number(self, card: Card, words: str, width: int) -> list[Line]:
        other: Line = ()
        if card.other:
            key, _, label = self.other_hint.partition(" ")
            other = ((key, "key"), (f" {label}: {card.other}", ""))
        if words:
            # The line's state goes before a number the key line names as well.
            other = ((words, "warn"),)
        number = spread(_numbered(card), other, width)
        return [number] if self.level >= 1 else [number, BLANK]

    def tells(self, view: View) -> tuple[tuple[str, str], ...]:
        """Label and words of the facts it has room for; the number without a label."""
        card = view.card
        if card is None or view.phase in (Phase.CALL_OVER, Phase.FORM):
            return ()
        number = () if view.phase in TALKED_TO else (("", card.number),)
        return (*number, *card.in_warnings, *self._shown(card, view.phase))

    def _shown(self, card: Card, phase: Phase) -> tuple[tuple[str, str], ...]:
        return card.lines[:1] if phase is Phase.TALKING or self.level >= 3 else card.lines

    def _known(self, card: Card, phase: Phase, width: int) -> list[Line]:
        made = told(card, self._shown(card, phase), width, LABEL_WIDTH, 1 if self.level >= 2 else 2)
        return [line for lines in made for line in lines]


def told(
    card: Card, shown: Sequence[tuple[str, str]], width: int, indent: int, most: int
) -> list[list[Line]]:
    """Lines of a card, each in at most so many; a first one that cannot wait looks so."""
    urgent, made = URGENCIES.get(card.urgency), list[list[Line]]()
    for label, words in shown:
        if urgent and not made:
            head: Line = (" ", ""), (pad(f"{urgent.glyph} {label}", indent - 1), urgent.look)
            made.append(hanging(head, wrap_some(words, width - indent - 1, most), urgent.look))
        else:
            made.append(labelled(label, words, width, indent, most=most))
    return made


def warned(card: Card, width: int, indent: int, most_of_block: int, most: int) -> list[list[Line]]:
    """What forbids the call and what speaks against it, each in at most so many lines."""
    blocked = [labelled(translated("Blocked"), card.blocked, width, indent, "stop", most_of_block)]
    # Read before it rings: the last to be left out.
    careful = (
        labelled(translated("Careful"), warning, width, indent, "warn", most) for warning in card.warnings
    )
    return [*(blocked if card.blocked else ()), *careful]
