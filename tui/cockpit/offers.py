"""Which commands of a call are worth naming in a moment, and in which words: for whoever names the keys."""

from __future__ import annotations

from tui.cockpit.view import Phase, View
from tui.cockpit.wording.notices import notice
from tui.locale.spoken import translated

Offers = tuple[tuple[str, str], ...]
"""Command ids, each with the words that say what it does now; empty words: its label."""


def _named(*command_ids: str) -> Offers:
    return tuple((command_id, "") for command_id in command_ids)


def before_a_dial(view: View) -> Offers:
    """On a card that waits to be called; the call itself comes first."""
    card, line = view.card, view.line
    record = translated("do not record") if line and line.recording else ""
    return (
        ("ready.dial", card.dials if card else ""),
        *(_named("ready.hang_up") if view.can_hang_up else ()),
        *(_named("ready.hold") if view.phase is Phase.NEXT_IN else ()),
        *(_named("ready.fill") if view.script.asks else ()),
        *(_named("ready.other") if card and card.other else ()),
        *((("ready.record", record),) if line and "record" in line.can else ()),
        *_named("ready.skip", "ready.pause"),
        *(_named("ready.undo") if view.can_undo else ()),
        *_named("ready.queue", "ready.recap"),
    )


def on_the_line(view: View) -> Offers:
    """What the dialer can do with the line of a talk; nothing where it can do nothing."""
    line = view.line
    if line is None or not line.can:
        return ()
    words = {
        "tones": "",
        "mute": translated("unmute") if line.muted else "",
        "hold": translated("resume") if line.held else "",
    }
    can = tuple((f"talking.{what}", said) for what, said in words.items() if what in line.can)
    return (*can, *(_named("talking.hang_up") if view.can_hang_up else ()))


def call_over(view: View, take: str) -> Offers:
    """While the outcome is chosen; `take`: the label of the one that is taken without a letter."""
    return (
        ("call_over.take", take),
        *((("call_over.back", view.leave),) if view.leave else ()),
        *(_named("call_over.throw_away") if view.can_throw_away else ()),
        *_named("call_over.notes"),
        *(_named("call_over.again") if view.can_call_again else ()),
        *(_named("call_over.undo") if view.can_undo else ()),
        *(_named("call_over.hang_up") if view.can_hang_up else ()),
    )


def paused(view: View) -> Offers:
    """While the clock stands still."""
    return _named("paused.go_on", *(("paused.undo",) if view.can_undo else ()))


def recap(view: View) -> Offers:
    """On the recap: what Enter and Esc do depends on whether there is time left."""
    running, once_more = (view.recap.running, view.recap.once_more) if view.recap else (False, 0)
    first = _named("recap.end") if running else ()
    if once_more:
        first = (("recap.end", notice("once_more", minutes=once_more)),)
    back = "" if running else notice("back_to_queue")
    return (*first, *_named("recap.report"), ("recap.back", back), *_named("recap.extend"))
