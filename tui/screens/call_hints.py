"""The last lines of the call, by phase: which keys, in which words."""

from __future__ import annotations

from collections.abc import Sequence
from string import digits

from tui.cockpit.call_view import Answer, OutcomeRow
from tui.cockpit.offers import Offers, before_a_dial, call_over, on_the_line, paused
from tui.cockpit.view import Phase, View
from tui.commands import BY_ID, Keys
from tui.locale.spoken import translated
from tui.screens.screen_context import command_hint, hints
from tui.widgets.key_lines import KeyFlow, KeyRow, Row, SpareRow, hint
from tui.widgets.lines import Line, Part, join, pad
from tui.widgets.outcome_form import label_width
from tui.widgets.words import styled


def call_rows(
    view: View, keys: Keys, highlighted: OutcomeRow | None, facts: tuple[Line, ...] = ()
) -> tuple[Row, ...]:
    """Keys of the call, by phase; `facts` are those of the facts while they stand in the place of the rest."""
    if facts and view.phase is Phase.TALKING:
        note = styled("keeps_note", "", keep=(keys.shown("talking.keep"), "key"))
        return (KeyRow(note), *_line_keys(view, keys), KeyFlow(facts))
    return (*((KeyFlow(facts),) if facts else ()), *_rows(view, keys, highlighted))


def _rows(view: View, keys: Keys, highlighted: OutcomeRow | None) -> tuple[Row, ...]:
    match view.phase:
        case Phase.READY | Phase.NEXT_IN:
            return _ready(view, keys)
        case Phase.DIALLING | Phase.RINGING:
            return _ringing(view, keys)
        case Phase.TALKING:
            return _talking(view, keys)
        case Phase.CALL_OVER:
            return _call_over(view, keys, highlighted)
        case Phase.FORM:
            return _form(view, keys)
        case Phase.PAUSED:
            return (KeyFlow((*_offered(keys, paused(view)), *hints(keys, "app.caller", "app.keys"))),)
    return ()


def _offered(keys: Keys, offers: Offers) -> tuple[Line, ...]:
    return tuple(command_hint(keys, command_id, words) for command_id, words in offers)


def _ready(view: View, keys: Keys) -> tuple[Row, ...]:
    call, *flow = _offered(keys, before_a_dial(view))
    return (KeyRow(call), KeyFlow((*flow, *hints(keys, "app.keys"))), *_next_up(view))


def _ringing(view: View, keys: Keys) -> tuple[Row, ...]:
    unanswered = [row for row in view.outcomes if row.while_ringing == "line"]
    room = label_width(unanswered)
    named = [row for row in view.outcomes if row.while_ringing == "named"]
    flow = [hint(row.key, row.label) for row in named]
    flow += hints(keys, "ringing.hang_up") if view.can_hang_up else ()
    flow += hints(keys, "ringing.outcomes", "app.keys")
    tight = tuple(hint(row.key, row.label) for row in unanswered)
    return (
        KeyRow(command_hint(keys, "ringing.answered")),
        *(KeyRow(_effect(row, room), wordy=True) for row in unanswered),
        KeyFlow(tuple(flow), keep=2, tight=tight),
        *_next_up(view),
    )


def _effect(row: OutcomeRow, room: int) -> Line:
    return (row.key, "key"), ("  " + pad(row.label, room), ""), (row.effect, "")


def _talking(view: View, keys: Keys) -> tuple[Row, ...]:
    keep, answers = (keys.shown("talking.keep"), "key"), digits_of(view.script.answers)
    keyed: dict[str, Part] = {
        "keep": keep,
        "on": (keys.shown("talking.on"), "key"),
        "next_line": (translated(BY_ID["talking.on"].label), ""),
        "find": (keys.shown("talking.search"), "key"),
        "search": (translated(BY_ID["talking.search"].label), ""),
    }
    if answers:
        keyed["digits"] = (answers, "key")
    note = styled("note_line_answers" if answers else "note_line", "", **keyed)
    short = styled("note_line_answers_short" if answers else "note_line_short", "", **keyed)
    over = command_hint(keys, "talking.over")
    right = join(hints(keys, "app.facts", "talking.back", "app.keys"), 3)
    least = join(hints(keys, "app.facts", "app.keys"), 3)
    short_over = command_hint(keys, "talking.over", translated("call over"))
    last = KeyRow(over, right, short=short_over, short_right=least)
    return (KeyRow(note, short=short), *_line_keys(view, keys), last)


def _line_keys(view: View, keys: Keys) -> tuple[Row, ...]:
    """What the dialer can do with the line, when it can do anything."""
    flow = _offered(keys, on_the_line(view))
    return (KeyFlow(flow, rows=1),) if flow else ()


def _call_over(view: View, keys: Keys, highlighted: OutcomeRow | None) -> tuple[Row, ...]:
    flow = _offered(keys, call_over(view, highlighted.label if highlighted else ""))
    return (KeyFlow((*flow, *hints(keys, "app.keys"))),)


def _form(view: View, keys: Keys) -> tuple[Row, ...]:
    save = command_hint(keys, "form.save", view.form.saves if view.form else "")
    undo: Line = (
        (translated("later: "), ""),
        *command_hint(keys, "call_over.undo", translated(BY_ID["ready.undo"].label)),
    )
    right = *undo, ("   ", ""), *command_hint(keys, "app.keys")
    return (
        KeyRow(save, command_hint(keys, "form.next_field"), 56, command_hint(keys, "form.save")),
        KeyRow(
            command_hint(keys, "form.leave"),
            right,
            short=command_hint(keys, "form.leave", translated("back, not saved")),
        ),
    )


def _next_up(view: View) -> tuple[Row, ...]:
    return (SpareRow(((translated("Next: "), "dim"), (view.next_up, "dim"))),) if view.next_up else ()


def digits_of(answers: Sequence[Answer]) -> str:
    """`0-4` when the digits follow one another, else `0, 2, 5`."""
    given = sorted(answer.digit for answer in answers)
    run = len(given) > 1 and "".join(given) in digits
    return f"{given[0]}-{given[-1]}" if run else ", ".join(given)
