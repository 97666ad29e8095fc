"""Whether a command is possible now, and why not: asked by its key, by `?` and by the palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from tui.cockpit.view import Phase, View
from tui.cockpit.wording.notices import notice

Shown = Callable[[str], str]
"""The key of a command as it is written on the screen."""


class Needs(Struct, frozen=True):
    """What a command needs."""

    holds: Callable[[View, str], object]
    """Whether it has it: for a view, and the id of the person the screen is about."""
    why_not: Callable[[View, Shown], str]
    """The sentence that says what is missing."""


def _on_the_line(what: str) -> Needs:
    return Needs(
        lambda view, _: view.line is not None and what in view.line.can, lambda _, __: notice("not_on_line")
    )


def _no_other_number(view: View, shown: Shown) -> str:
    name = view.card.name if view.card else ""
    return notice("no_other_number", name=name, by_hand=shown("ready.by_hand"))


def _may_clear(view: View, _: str) -> bool:
    return view.queue.typing or bool(view.queue.filter) or view.queue.shows == "held"


_SOMEBODY = Needs(lambda _, subject: subject, lambda _, __: notice("nobody_selected"))
_HANG_UP = Needs(lambda view, _: view.can_hang_up, lambda _, __: notice("no_line_here"))
_UNDO = Needs(lambda view, _: view.can_undo, lambda _, __: notice("nothing_to_undo"))
_NOTES = Needs(lambda view, _: view.notes, lambda _, shown: notice("no_note_kept", key=shown("talking.keep")))
_AGAIN = Needs(lambda view, _: view.can_call_again, lambda _, __: notice("not_again"))
_OTHER = Needs(lambda view, _: view.card and view.card.other, _no_other_number)


def _no_facts(view: View, shown: Shown) -> str:
    if view.phase is Phase.FORM:
        return notice("facts_not_in_form", key=shown("app.facts"))
    return notice("nobody_selected")


NEEDS: Mapping[str, Needs] = {
    "app.facts": Needs(lambda view, subject: subject and view.phase is not Phase.FORM, _no_facts),
    "app.why": _SOMEBODY,
    "app.tour": Needs(lambda view, _: view.tour, lambda _, __: notice("no_tour")),
    "queue.ring": Needs(
        lambda view, _: view.queue.enter.does != "nothing", lambda view, _: view.queue.enter.words
    ),
    "queue.log": _SOMEBODY,
    "queue.open": _SOMEBODY,
    "queue.skip": _SOMEBODY,
    "queue.company": _SOMEBODY,
    "queue.many": Needs(
        lambda view, _: view.queue.narrowed, lambda _, shown: notice("many_of_whom", find=shown("queue.find"))
    ),
    "queue.done": Needs(lambda view, _: view.queue.selected_call, lambda _, __: notice("no_to_do")),
    "queue.held": Needs(
        lambda view, _: view.queue.shows != "found",
        lambda _, shown: notice("leave_search", key=shown("queue.clear")),
    ),
    "queue.keep_filter": Needs(
        lambda view, _: view.queue.filter, lambda _, shown: notice("no_filter", key=shown("queue.find"))
    ),
    "queue.clear": Needs(_may_clear, lambda _, shown: notice("first_screen", key=shown("app.quit"))),
    "queue.hang_up": Needs(lambda view, _: view.phone.loose, lambda _, __: notice("no_call_to_end")),
    "queue.recap": Needs(
        lambda view, _: view.queue.running,
        lambda _, shown: notice("no_session_runs", key=shown("queue.ring")),
    ),
    "queue.team": Needs(
        lambda view, _: view.team_news or view.problems, lambda _, __: notice("no_team_news")
    ),
    "ready.hold": Needs(
        lambda view, _: view.phase is Phase.NEXT_IN, lambda _, __: notice("nothing_counts_down")
    ),
    "ready.other": _OTHER,
    "ready.fill": Needs(lambda view, _: view.script.asks, lambda _, __: notice("asks_nothing")),
    "ready.record": Needs(lambda view, _: view.line, lambda _, __: notice("cannot_record")),
    "ready.hang_up": _HANG_UP,
    "ringing.other": _OTHER,
    "ringing.previous_number": _OTHER,
    "ringing.next_number": _OTHER,
    "ringing.again": _AGAIN,
    "ringing.hang_up": _HANG_UP,
    "queue.rehearse": _SOMEBODY,
    "talking.earlier": _NOTES,
    "talking.later": _NOTES,
    "talking.tones": _on_the_line("tones"),
    "talking.mute": _on_the_line("mute"),
    "talking.hold": _on_the_line("hold"),
    "talking.hang_up": _HANG_UP,
    "call_over.again": _AGAIN,
    "call_over.throw_away": Needs(
        lambda view, _: view.can_throw_away, lambda _, __: notice("not_to_throw_away")
    ),
    "call_over.hang_up": _HANG_UP,
    **dict.fromkeys(
        (
            "queue.undo",
            "ready.undo",
            "ringing.undo",
            "call_over.undo",
            "paused.undo",
            "recap.undo",
            "contact.undo",
        ),
        _UNDO,
    ),
}
"""What each command needs; one that is not here is possible wherever its place is."""


def why_not(command_id: str, view: View, subject: str, shown: Shown) -> str:
    """Why a command does nothing now, as a sentence; empty when it is possible."""
    needs = NEEDS.get(command_id)
    return "" if needs is None or needs.holds(view, subject) else needs.why_not(view, shown)
