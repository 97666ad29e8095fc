"""The first words of a call, shown while it rings: from the opener to the first question; and how they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.script.line import Line, Words
from tui.script.walk import Walk

_MOST_LINES = 8


def opening_lines(walk: Walk, rates: Mapping[str, int] | None = None) -> tuple[Line, ...]:
    """Lines from the beginning of this call to its first question, that question included.

    On a follow-up: the opener, then the line that acknowledges the promise (B33); the next reason fills
    `{{reason}}` in both. `rates`: words per minute by language.
    """
    here = Walk.begin(walk.script, walk.entry, walk.facts)
    lines: list[Line] = []
    while here.place is not None and len(lines) < _MOST_LINES:
        begins = not lines or here.place.section == lines[0].section or here.place.timing
        if not begins:
            break
        lines.append(here.line(rates=rates))
        if here.place.kind == "ask" and not here.place.timing:
            break
        here = here.on()
    return tuple(lines)


def first_words(walk: Walk) -> tuple[Words, ...]:
    """What is said from the beginning of this call to its first question; what is to be done stands in its place."""
    joined: list[Words] = []
    for words in (words for line in opening_lines(walk) for words in line.words):
        if words.kind == "say" and joined and joined[-1].kind == "say":
            joined[-1] = Words("say", f"{joined[-1].text} {words.text}")
        else:
            joined.append(words)
    return tuple(joined)


def takes(lines: Sequence[Line]) -> str:
    """How long the lines take to say: `9 s`, or `4 s of 12 s` when the script gives their section more.

    Empty when nothing is said.
    """
    spoken = [line for line in lines if line.seconds]
    length = round(sum(line.seconds for line in spoken))
    if not length:
        return ""
    given = spoken[0].section_seconds if len({line.section for line in spoken}) == 1 else None
    return f"{length} s of {given} s" if given and given > length else f"{length} s"
