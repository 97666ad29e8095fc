"""Asking: one key or a typed sentence, one of a list, several lines to fill in. Somebody who calls interrupts each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.cockpit.view import Ask
from tui.domain.identity.lookup import unaccented
from tui.plain.choices import answers, sentence
from tui.plain.choices import named as offered
from tui.plain.facts import field_question, field_words
from tui.plain.typed import AGAIN, BACK, BEFORE, EMPTIES, ONWARD, enter, spoken
from tui.plain.words import say

if TYPE_CHECKING:
    from tui.cockpit.call_view import FormField
    from tui.plain.room import Room

AT_ONCE = 9
"""Lines of a list that are read at once."""

Row = tuple[str, str]
"""What choosing a line gives, and its words."""


async def ask(room: Room, question: Ask) -> str | None:
    """The key or the typed sentence that answers; None when the rep leaves it."""
    choices = answers(question.choices, question.default, question.leave, room.keys, text=question.text)
    again = True
    while True:
        if again:
            room.say(question.title)
            room.say(choices)
        said = await away(room)
        again = said is None
        if said is None:
            continue
        if said == BACK:
            return None
        if question.text:
            return said
        key = answer_in(question, said)
        if key:
            return key
        room.say(say("not_an_answer", typed=spoken(said), leave=room.keys.shown("list.back")))
        room.say(choices)


def answer_in(question: Ask, said: str) -> str:
    """The key among a question's own that a line means; empty when it means none."""
    keys = {key for key, _ in question.choices}
    pressed = said.strip() or question.default
    return next((one for one in (pressed, pressed.casefold()) if one in keys), "")


async def away(room: Room, explain: Callable[[], None] | None = None) -> str | None:
    """A line for a question of the room's own: what changes at the main prompt waits until it is answered.

    None: ask again, for somebody called meanwhile, or the rep wants to hear it again. `explain` says what each key
    does, where that is more than the question itself names.
    """
    was, room.at_home = room.at_home, False
    room.forget("choices")
    try:
        said = await room.line()
    finally:
        room.at_home = was
    if said is not None and room.keys.meant(said, ("everywhere",), ("app.keys",), labels=False):
        if explain is not None:
            explain()
        return None
    return None if said == AGAIN else said


async def pick(
    room: Room,
    title: str,
    rows_for: Callable[[str], Sequence[Row]],
    named: Callable[[str], str | None] = lambda _: None,
) -> str | None:
    """The line of a list that is chosen by its number or by typing a part of it; None when the rep leaves it.

    `named` gives what a typed line chooses that need not be in the list, such as a path; None for one that narrows it.
    """
    typed, start, shown = "", 0, True
    room.say(title)
    while True:
        rows = rows_for(typed)
        if shown:
            _read(room, rows, start, is_all=not typed)
        said = await away(room)
        shown = said is not None
        if said is None:
            room.say(title)
            shown = True
        elif said == BACK:
            return None
        elif said in (ONWARD, BEFORE):
            start, turned = _page(start, said, len(rows))
            if not turned:
                room.say(say("last_page" if said == ONWARD else "first_page"))
                shown = False
        elif said == "" and rows:
            return rows[start][0]
        elif row := chosen(said, rows[: start + AT_ONCE]):
            return row[0]
        elif outside := named(said):
            return outside
        else:
            typed, start = said, 0


def chosen(said: str, rows: Sequence[Row]) -> Row | None:
    """The line that a number chooses; digits that begin with 0 are those of a telephone."""
    is_number = said.isdecimal() and not said.startswith("0") and int(said) <= len(rows)
    return rows[int(said) - 1] if is_number else None


def _page(start: int, sign: str, count: int) -> tuple[int, bool]:
    """Where the list is read from now, and whether that is another place."""
    moved = start + (AT_ONCE if sign == ONWARD else -AT_ONCE)
    return (moved, True) if 0 <= moved < count else (start, False)


def _read(room: Room, rows: Sequence[Row], start: int, *, is_all: bool) -> None:
    for number, (_, words) in enumerate(rows[start : start + AT_ONCE], start + 1):
        room.say(say("pick_row", number=number, words=words))
    more = len(rows) - start - AT_ONCE
    if not rows:
        room.say(say("nothing_fits"))
    parts = [say("enter_first"), say("number_takes")] if rows else []
    parts += [say("lists_all", key=enter())] if not (rows or is_all) else []
    parts += [say("pick_more", count=more, key=spoken(ONWARD))] if more > 0 else []
    parts += [say("pick_before", key=spoken(BEFORE))] if start else []
    room.say(sentence((*parts, say("type_narrows"), *offered(room.keys, "list.back"))))


def fitting(rows: Sequence[Row]) -> Callable[[str], Sequence[Row]]:
    """Narrows a list to the lines that hold every typed word."""

    def rows_for(typed: str) -> Sequence[Row]:
        words = unaccented(typed).split()
        return [row for row in rows if all(word in unaccented(row[1]) for word in words)]

    return rows_for


async def fill(
    room: Room, title: str, fields: Sequence[FormField], focus: str = ""
) -> Mapping[str, str] | None:
    """What stands on the lines of a form, by their ids; None when the rep leaves it."""
    lines = {field.id: field for field in fields}
    ids = list(lines)
    at = ids.index(focus) if focus in ids else 0
    room.say(title)
    for field in fields:
        if field.value or field.problem:
            room.say(field_words(field))
    while True:
        field = lines[ids[at]]
        room.say(sentence((field_question(field), *_ways(room, field, len(ids)))))
        said = await away(room)
        if said is None:
            room.say(title)
        elif said == BACK:
            return None
        elif said == "":
            return {one: line.value for one, line in lines.items()}
        elif said in (ONWARD, BEFORE):
            at = (at + (1 if said == ONWARD else -1)) % len(ids)
        else:
            lines[field.id] = replace(
                field, value="" if said == EMPTIES else said.strip(), proposed=False, problem=""
            )
            room.say(field_words(lines[field.id]))
            at = min(at + 1, len(ids) - 1)


def _ways(room: Room, field: FormField, count: int) -> tuple[str, ...]:
    more = offered(room.keys, "fields.next", "fields.previous") if count > 1 else ()
    empties = (say("empties", key=spoken(EMPTIES)),) if field.value else ()
    return (*offered(room.keys, "fields.save"), *more, *empties, *offered(room.keys, "fields.back"))
