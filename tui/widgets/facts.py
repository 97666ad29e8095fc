"""The facts about whoever the screen is about: beside the queue or a call, or in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from textual.geometry import Size

from tui.cockpit.view import Beside, Card, Phase, View
from tui.widgets.card import told, warned
from tui.widgets.lines import BLANK, Line, ViewLines, drawn, labelled, paragraph, rule, spread, wrap_some
from tui.widgets.words import say, styled

if TYPE_CHECKING:
    from tui.cockpit.call_view import PersonFacts

Entry = Sequence[Line]
"""Lines that stand or go together."""
MOST_LINES = 6
"""Lines that a past call, a reason and the like may take."""
JUDGED = frozenset({Phase.CALL_OVER, Phase.FORM})
"""Phases in which nothing is said any more."""


class Part(Struct):
    """What belongs together in the pane."""

    entries: list[Entry]
    spared: int
    """The greater, the sooner its last entries are left out when there is no room."""
    least: int = 1
    """So many entries stay as long as any other part can give way."""
    heading: Line = ()

    @property
    def height(self) -> int:
        """Lines it takes, its heading among them."""
        return bool(self.heading and self.entries) + sum(map(len, self.entries))


class FactsPane(ViewLines):
    """Everything about one person. What is needed least is left out where there is no room, and a line says so."""

    keys: drawn[tuple[str, str]] = drawn(("Tab", "/"))
    """The key that shows all of it, and the one that finds a reply."""
    whole: drawn[bool] = drawn(False)
    """Nothing is left out: it stands in a part that scrolls."""
    told: drawn[tuple[tuple[str, str], ...]] = drawn(())
    """Label and words of what the card beside it tells, a number without a label: that is told once."""
    _room = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are, within the height there is."""
        if container.height != self._room:
            self._room, self._painted = container.height, (0, ())
        return super().get_content_height(container, viewport, width)

    def view_lines(self, view: View, width: int) -> Sequence[Line]:
        """The person on the card, or the one under the cursor; nothing while that was not made."""
        beside = view.beside
        if beside is None:
            return ()
        parts = [part for part in self._parts(view, beside, width) if part.entries]
        room = sum(part.height + 1 for part in parts) if self.whole else self._room
        return fitted(parts, room, rest_line(self.keys[0], width))

    def _parts(self, view: View, beside: Beside, width: int) -> list[Part]:
        card, person, indent = beside.card, beside.person, indent_of(beside, width)
        rest = Part(pairs(person.rest, width, indent), 9, 0)
        told_already = {*self.told, *((*card.in_warnings, *card.lines) if card else ())}
        left = [
            (label, words)
            for label, words in person.reach
            if not told_already & {(label, words), ("", words)}
        ]
        reach, firm = Part(pairs(left, width, indent), 6, 2), firm_part(person, width)
        if card is not None:
            known = Part(past(person, width), 5, 2)
            head = Part([head_lines(card, width)], 0)
            now = Part(
                [
                    *warned(card, width, indent, MOST_LINES, MOST_LINES),
                    *told(card, card.lines, width, indent, MOST_LINES),
                ],
                1,
                3,
            )
            return [head, reach, known, now, firm, *words_parts(beside, width), rest]
        called = labelled(say("called"), person.called, width, indent)
        known = Part([called, *past(person, width)], 5, 2, rule(say("known"), "", width))
        so_far = Part(pairs(beside.so_far, width, indent), 2, 9, rule(say("so_far"), "", width))
        if view.phase in JUDGED:
            return [known, reach, firm, so_far, rest]
        if beside.reply:
            reply = Part([reply_lines(beside, width)], 1, 1, rule(beside.reply_to, "", width))
            return [reply, known, reach, firm, so_far, rest]
        words = " · ".join(beside.objections)
        listed = Part([paragraph(words, width, MOST_LINES)] if words else [], 4)
        # Open, the facts take what is typed as a note: the key finds no reply there.
        listed.heading = rule(say("objections"), "" if self.whole else self.keys[1], width)
        return [known, reach, firm, listed, so_far, rest]


def head_lines(card: Card, width: int) -> list[Line]:
    """Who they are, and what time it is there."""
    name = spread(((card.name.upper(), "strong"),), ((card.there, "dim"),), width)
    return [name, *(paragraph(card.about, width, 2) if card.about else [])]


def indent_of(beside: Beside, width: int) -> int:
    """The column of the words behind labels: no label is cut that leaves them most of the room."""
    lines = beside.card.lines if beside.card else ()
    labels = (label for label, _ in (*beside.person.lines, *lines, *beside.so_far))
    return min(max(map(cell_len, labels), default=0) + 2, max(width // 3, 14))


def pairs(known: Iterable[tuple[str, str]], width: int, indent: int) -> list[Entry]:
    """Labels and their words; a label that is too long for its column has a line of its own."""
    return [
        labelled(label, words, width, indent, most=3)
        if cell_len(label) <= indent - 2
        else [*paragraph(label, width, 2, "dim"), *labelled("", words, width, indent, most=3)]
        for label, words in known
    ]


def past(person: PersonFacts, width: int) -> list[Entry]:
    """What happened, the latest first."""
    return [dated(when, what, width) for when, what in person.history]


def dated(when: str, what: str, width: int) -> list[Line]:
    """A day, and behind and below it what was then."""
    first, *others = wrap_some("  ".join((when, what)), width - 5, MOST_LINES)
    return [
        ((" ", ""), (first[: len(when)], "dim"), (first[len(when) :], "")),
        *((("    ", ""), (row, "")) for row in others),
    ]


def firm_part(person: PersonFacts, width: int) -> Part:
    """Who else works there, and what was last with them."""
    entries: list[Entry] = [
        [((" ", ""), (who, "")), *((("    ", ""), (row, "dim")) for row in wrap_some(what, width - 5, 2))]
        for who, what in person.firm
    ]
    if person.firm_more:
        entries.append([((" ", ""), (say("and_more", more=person.firm_more), "dim"))])
    return Part(entries, 7, 0, rule(say("same_company"), "", width))


def words_parts(beside: Beside, width: int) -> list[Part]:
    """What the call would begin with, and the message if nobody answers."""
    from tui.widgets.script_panel import (
        heading_of,
        spoken,
        word_lines,
    )  # the first screen is drawn without them

    script = beside.script
    if script is None:
        return []
    seconds = say("seconds", count=script.voicemail_s) if script.voicemail_s else ""
    message = [spoken(script.voicemail, width, 1, look="")] if script.voicemail else []
    begin, voicemail = heading_of(script.words), say("if_voicemail")
    fits = cell_len(voicemail) + cell_len(seconds) + 8 <= width
    return [
        Part(
            [word_lines(script.words, width)] if script.words else [], 3, 1, rule(begin, script.title, width)
        ),
        Part([*message], 8, 0, rule(voicemail, seconds if fits else "", width)),
    ]


def reply_lines(beside: Beside, width: int) -> list[Line]:
    """The whole reply to an objection: what was said dim, the line to say now marked, the others as they come."""
    from tui.widgets.script_panel import spoken

    lines: list[Line] = []
    for line in beside.reply:
        here = line.at == "now"
        first, *others = spoken(line.text, width, 3, "strong" if here else "dim")
        lines += [(((" ▸ " if here else "   "), "accent"), *first[1:]), *others]
        lines += paragraph(line.then_do, width, MOST_LINES, "dim", indent=4) if line.then_do else []
    return lines


def rest_line(key: str, width: int) -> Line:
    """Which key shows what has no room."""
    return spread((), styled("rest_of_facts", "", key=(key, "key")), width)


def fitted(parts: Sequence[Part], room: int, more: Line) -> list[Line]:
    """The parts one under another in at most so many lines; when something is left out, the last line says so."""
    for apart in (True, False):
        lines = _joined(parts, apart=apart)
        if len(lines) <= room:
            return lines
    left_out: list[tuple[Part, Entry]] = []
    while sum(part.height for part in parts) > room - 1:
        # First what each part can spare, then whole parts; of the last one as many lines as there are.
        some = [part for part in parts if len(part.entries) > part.least]
        if not some and len(some := [part for part in parts if part.entries]) <= 1:
            break
        least = max(some, key=lambda part: part.spared)
        left_out.append((least, least.entries.pop()))
    _fill(parts, room - 1, left_out)
    return [*_joined(parts, apart=False)[: max(room - 1, 0)], more]


def _fill(parts: Sequence[Part], room: int, left_out: Sequence[tuple[Part, Entry]]) -> None:
    """Put back what has room after all, the most needed first; of one part nothing that stands behind a gap."""
    gone: list[Part] = []
    for part, entry in reversed(left_out):
        if any(part is one for one in gone):
            continue
        part.entries.append(entry)
        if sum(one.height for one in parts) > room:
            part.entries.pop()
            gone.append(part)


def _joined(parts: Sequence[Part], *, apart: bool) -> list[Line]:
    lines: list[Line] = []
    for part in parts:
        if not part.entries:
            continue
        if part.heading:
            lines.append(part.heading)
        elif lines and apart:
            lines.append(BLANK)
        lines += [line for entry in part.entries for line in entry]
    return lines
