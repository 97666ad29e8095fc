"""The ways from the first screen to every screen: what a rep does until it stands there.

Each name is a golden file, `golden/NAME_80x24.txt`. A way goes on from another one; keys are those a rep presses.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from tests.seeded_store import (
    Author,
    SeededRep,
    after_a_kill,
    before_the_first_list,
    before_the_first_list_with_a_name,
    on_a_sunday,
    where_the_next_is_called_by_itself,
    with_a_broken_script,
    with_a_phone_of_its_own,
    with_an_empty_list,
    with_one_person_left,
    without_the_list,
)
from tui.dialer.protocol import CallState, Cause, Health, say


class OnScreen(Protocol):
    """The program being driven."""

    rep: Any
    """Whose program it is: a `SeededRep` or an `Author`."""

    async def paste(self, words: str) -> None:
        """Paste words, and wait until they are taken."""

    async def until(self, words: str) -> None:
        """Wait until these words are on the screen."""


Happens = Callable[[OnScreen], Awaitable[None]]
Step = str | Happens
"""A key, or something that happens."""
STARTS: dict[str, Callable[[Path], SeededRep | Author | Awaitable[SeededRep]]] = {
    "a working day": SeededRep,
    "nobody imported": before_the_first_list,
    "a phone of its own": with_a_phone_of_its_own,
    "the next is called by itself": where_the_next_is_called_by_itself,
    "a name, nobody imported": before_the_first_list_with_a_name,
    "a Sunday": on_a_sunday,
    "one person left": with_one_person_left,
    "an empty list": with_an_empty_list,
    "the list out of reach": without_the_list,
    "killed in a call": partial(after_a_kill, minutes=11),
    "killed yesterday": partial(after_a_kill, days=1, hours=-4),
    "a broken script": with_a_broken_script,
    "preview of a script": Author,
}
"""How the program is found before the first key."""


@dataclass(frozen=True)
class Way:
    """How to come to one screen."""

    after: str
    """The way it goes on from; for a first screen: how the program is found (`STARTS`)."""
    steps: tuple[Step, ...] = ()
    back: tuple[Step, ...] = ()
    """Steps that lead back to where the way went on from; the screen then is as it was. Empty: there is no way back."""


def way(after: str, *steps: Step, back: str = "") -> Way:
    """A way; `back` names keys, separated by blanks."""
    return Way(after, steps, tuple(back.split()))


def later(seconds: float = 0.0, **delta: float) -> Happens:
    """Time passes; then the clock of the cockpit ticks."""

    async def step(on: OnScreen) -> None:
        await on.rep.tick(seconds, **delta)

    return step


def line(state: CallState, call_id: str = "line-1", **more: Any) -> Happens:
    """The phone tells what the line does."""

    async def step(on: OnScreen) -> None:
        await on.rep.phone.say(call_id, state, **more)

    return step


def phone(well: Callable[[], Health]) -> Happens:
    """The phone is well or not, and a second passes."""

    async def step(on: OnScreen) -> None:
        on.rep.phone.is_well = well()
        await on.rep.tick(1)

    return step


def disk(full: bool) -> Happens:
    """The disk is full, or has room again."""

    async def step(on: OnScreen) -> None:
        on.rep.store.full = full

    return step


def see(words: str) -> Happens:
    """What is worked out beside the screen stands there."""

    async def step(on: OnScreen) -> None:
        await on.until(words)

    return step


def pasted(words: str) -> Happens:
    """Words that are put on the line at once."""

    async def step(on: OnScreen) -> None:
        await on.paste(words)

    return step


def script(words: str, instead_of: str) -> Happens:
    """The script is saved with other words."""

    async def step(on: OnScreen) -> None:
        on.rep.write(words, instead_of)

    return step


def calls_in(call_id: str, number: str, name: str = "") -> Happens:
    """Somebody calls us on the line."""
    return line(CallState.INCOMING, call_id, outgoing=False, number=number, name=name)


def in_ends(cause: Cause, call_id: str = "in-1") -> Happens:
    """The call that came in is over."""
    return line(CallState.ENDED, call_id, outgoing=False, cause=cause)


RINGS, TALKS, NOBODY = (
    line(CallState.RINGING),
    line(CallState.CONNECTED),
    line(CallState.ENDED, cause=Cause.NO_ANSWER),
)
BO_CALLS = calls_in("in-1", "+442079460101", "BO LUND")
HAND_OVER = ("h", *"Jo", "tab", pasted("wants the export team"), "enter")
FRIDAY = (
    pasted("fri 3pm"),
    "tab",
    "tab",
    pasted("after the board meets"),
    "tab",
    pasted("the offer for two vans"),
)

WAYS: dict[str, Way] = {
    # -- the first start -------------------------------------------------------------------------------
    "first_start": way("nobody imported"),
    "settings_line": way("first_start", "comma", "enter", back="escape escape"),
    "settings_change": way(
        "first_start", "comma", "enter", pasted("Sam Reed"), "enter", see("It counts at once")
    ),
    "settings_refused": way(
        "settings_change",
        pasted("goal.conv"),
        "enter",
        pasted("many"),  # what is typed takes the place of what is set
        "enter",
        see("must be"),
        later(),
    ),
    "tour_ringing": way("first_start", "enter", later(2)),
    "tour_talking": way("tour_ringing", "enter", later(9)),
    "tour_over": way("tour_talking", "escape"),
    "first_asked": way("tour_over", "n"),
    "first_name": way("first_asked", "enter", pasted("Sam Reed"), "tab", pasted("12")),
    "first_number": way("first_name", "enter", see("For example")),
    "first_saved": way(
        "first_number", "ctrl+u", pasted("+44 20 7946 0955"), "enter", see("Saved in your own")
    ),
    # -- nobody can be called, or something is out of reach ------------------------------------------------
    "sunday": way("a Sunday"),
    "finished": way("one person left", "enter", later(7), line(CallState.ENDED, cause=Cause.NO_ANSWER), "n"),
    "empty": way("an empty list"),
    "offline": way("the list out of reach", later(3), see("offline")),
    # -- the queue and what lies over it ---------------------------------------------------------------
    "queue": way("a working day"),
    "to_do": way("queue", "end", back="home"),
    "queue_facts": way("queue", "down", "tab", back="tab up"),
    "search": way("queue", "slash", pasted("owner"), back="escape home"),
    "search_nobody": way("queue", "slash", pasted("zebra"), back="escape home"),
    "search_kept": way("queue", "slash", pasted("owner"), "enter", back="escape home"),
    "filter_name": way("search_kept", "f", back="escape"),
    "many": way("search_kept", "asterisk", back="escape"),
    "many_words": way("search_kept", "asterisk", "t", back="escape"),
    "many_seen": way("search_kept", "asterisk", "t", pasted("vip, -proposal"), "enter", back="escape"),
    "held": way("queue", "h", back="h home"),
    "why": way("queue", "W", back="escape"),
    "why_not": way("held", "W", back="escape"),
    "skip": way("queue", "s", back="escape"),
    "lists": way("queue", "l", back="escape"),
    "length": way("queue", "plus", back="escape"),
    "report": way("queue", "r", see("What it brought"), back="escape"),
    "settings": way("queue", "comma", back="escape"),
    "setting": way("settings", pasted("timezone"), back=" ".join(["backspace"] * 8)),
    "settings_words": way("queue", "comma", pasted("alarm"), "enter", back="escape escape"),
    "keys": way("queue", "question_mark", back="escape"),
    "commands": way("queue", "ctrl+p", *"list", back="escape"),
    "help": way("queue", "f1", back="escape"),
    "colours": way("queue", "f8", back="escape"),
    "skip_and_a_caller": way("skip", "f2", back="escape"),
    "rehearsal": way("queue", "R", "space", back="escape"),
    "add_person": way("queue", "a", back="escape"),
    "caller": way("queue", "f2", back="escape"),
    "caller_typed": way("queue", "f2", *"0103", back="escape"),
    "caller_two": way("queue", "f2", *"555", back="escape"),
    "contact": way("queue", "slash", *"ann", "enter", "right", back="escape escape home"),
    "contact_below": way("contact", "pagedown", back="pageup"),
    "company": way("queue", "down", "b", back="escape home"),
    "company_person": way("company", "down", "enter"),
    "edit_person": way("contact", "e", back="escape"),
    "past_calls": way("contact", "p", back="escape"),
    "sent": way("contact", "m", back="escape"),
    "no_more_calls": way("contact", "s", back="escape"),
    "why_stop": way("contact", "s", "x", back="escape"),
    "ask_the_manager": way("contact", "n", *"May we give 5%?", back="escape"),
    "hand_over": way("contact", "h", *"Jo", "tab", pasted("wants the export team"), back="escape"),
    "hand_over_note": way("contact", "h", *"Jo", "enter", back="escape"),
    "hand_over_agreed": way(
        "contact", "h", *"Jo", "tab", pasted("wants the export team"), "enter", back="escape"
    ),
    "import_files": way("queue", "i", see("autumn.csv"), back="escape"),
    "import_path": way("import_files", "slash", back="escape"),
    # -- small things done at the queue ----------------------------------------------------------------
    "does_nothing": way("queue", "z"),
    "skipped": way("does_nothing", "s", "1"),
    "to_do_done": way("skipped", "end", "space"),
    "undone": way("to_do_done", "u"),
    "handed_over": way("undone", "slash", *"ann", "enter", "right", *HAND_OVER, "y"),
    "stopped": way("handed_over", "u", "s", "x", "enter"),
    "skipped_an_hour": way("undone", "home", "s", "h"),
    "many_changed": way(
        "skipped_an_hour", "slash", pasted("owner"), "enter", "asterisk", "s", pasted("16:30"), "enter", "y"
    ),
    "person_edited": way("stopped", "u", "e", "tab", *" Ltd", "enter"),
    "sale_cancelled": way("person_edited", "escape", "escape", "slash", *"fay", "enter", "right", "c"),
    "incoming": way("sale_cancelled", "escape", "escape", "home", BO_CALLS),
    "incoming_taken": way("incoming", "enter", line(CallState.CONNECTED, "in-1", outgoing=False), later(9)),
    "incoming_over": way("incoming_taken", in_ends(Cause.REMOTE)),
    "incoming_form": way("incoming_over", "t", back="escape"),
    "incoming_unknown": way("incoming_over", "t", "enter", later(30), calls_in("in-2", "")),
    "missed_call": way("incoming_unknown", in_ends(Cause.NO_ANSWER, "in-2"), later(1)),
    "promise_due": way("missed_call", later(hours=2, minutes=29)),
    "not_signed_in": way("promise_due", phone(lambda: Health(signed_in=False, why=say("why_silent")))),
    "no_microphone": way(
        "not_signed_in", phone(lambda: Health(signed_in=True, no_sound=say("no_microphone")))
    ),
    # -- a file of contacts ----------------------------------------------------------------------------
    "import_refused": way("import_files", "slash", pasted("sam/prices.csv"), "enter", see("Not imported")),
    "import_country": way(
        "import_refused",
        "escape",
        "slash",
        pasted("sam/fair.csv"),
        "enter",
        see("which country"),
        "enter",
    ),
    "import_seen": way(
        "import_country",
        "escape",
        "escape",
        "slash",
        pasted("sam/autumn.csv"),
        "enter",
        see("The first rows would become"),
    ),
    "import_columns": way("import_seen", "c", back="escape"),
    "import_meaning": way("import_seen", "c", "enter", back="escape"),
    "import_people": way("import_seen", "1", back="escape"),
    "import_list": way("import_seen", "l", back="escape"),
    "imported": way("import_seen", "enter", see("Imported")),
    # -- a call of the past ----------------------------------------------------------------------------
    "correcting": way("past_calls", "enter"),
    "correcting_form": way("correcting", "c", back="escape" + " up" * 3),
    "call_elsewhere": way("correcting", "escape", "escape", "home", "o"),
    # -- a call ----------------------------------------------------------------------------------------
    "dialling": way("queue", "down", "enter", later(2)),
    "ringing": way("dialling", RINGS, later(7)),
    "ringing_keys": way("ringing", "question_mark", back="escape"),
    "ringing_help": way("ringing", "f1", back="escape"),
    "number_by_hand": way("ringing", "h", back="escape"),
    "quit_in_call": way("ringing", "ctrl+q", back="escape"),
    "pause": way("ringing", "p", back="escape"),
    "answered": way("ringing", TALKS, later(5)),
    "talking": way("answered", "space", "space", later(40), pasted("two vans, not three"), "enter", later(3)),
    "facts": way("talking", "tab", back="tab"),
    "talking_help": way("talking", "f1", back="escape"),
    "objections": way("talking", "slash", back="escape"),
    "objections_found": way("talking", "slash", pasted("expensive"), back="escape"),
    "better_words": way("talking", "exclamation_mark", back="escape"),
    "tones": way("talking", "ctrl+t", back="escape"),
    "note_changed": way("talking", "up", back="down"),
    "question_answered": way("talking", "1", later(4)),
    "objection": way("question_answered", "slash", pasted("expensive"), "enter"),
    "muted_on_hold": way("objection", "ctrl+g", "ctrl+o", later(1)),
    "caller_waits": way("muted_on_hold", "ctrl+g", "ctrl+o", BO_CALLS),
    "caller_waits_card": way("caller_waits", "f2", back="escape"),
    "caller_gave_up": way("caller_waits", in_ends(Cause.NO_ANSWER), later(1)),
    "call_over": way("caller_gave_up", "space", line(CallState.ENDED, cause=Cause.REMOTE), later(10)),
    "notes": way("call_over", "i", back="escape"),
    "form_promise": way("call_over", "c", back="escape up"),
    "form_win": way("call_over", "m", back="escape up up"),
    "form_not_now": way("call_over", "l", back="escape" + " up" * 3),
    "form_email": way("call_over", "e", back="escape" + " up" * 4),
    "form_no_fit": way("call_over", "d", back="escape" + " up" * 5),
    "form_do_not_call": way("call_over", "x", back="escape" + " up" * 7),
    "form_gatekeeper": way("call_over", "g", back="escape down"),
    "form_wrong_number": way("call_over", "w", back="escape" + " up" * 6),
    "form_talked": way("call_over", "t", back="escape"),
    "form": way("call_over", "c", *FRIDAY),
    # -- between calls ---------------------------------------------------------------------------------
    "saved": way("form", "enter"),
    "ready_reason": way("saved", "i", back="escape"),
    "ready_skip": way("saved", "s", back="escape"),
    "ready_pause": way("saved", "p", back="escape"),
    "paused": way("saved", "p", "b", later(130)),
    "ready": way("paused", "enter"),
    "outcome_undone": way("ready", "u"),
    "queue_running": way("outcome_undone", "c", "enter", "escape"),
    "recap": way("queue_running", "e"),
    "recap_numbers": way("recap", "r", see("What it brought"), back="escape"),
    "recap_no_talk": way("ringing", "v", "r"),
    "recap_first": way(
        "a name, nobody imported",
        "enter",
        later(2),
        "enter",
        "plus",
        pasted("two vans"),
        "enter",
        later(40),
        "escape",
        "c",
        "enter",
        "r",
        see("Your session so far"),
    ),
    "session_over": way("recap", "enter"),
    # -- what goes wrong -------------------------------------------------------------------------------
    "nobody_answered": way("ringing", NOBODY, later(1)),
    "overtime": way("length", "5", "enter", "down", "enter", TALKS, later(minutes=5, seconds=20)),
    "time_is_up": way("overtime", "escape", "l", "enter"),
    "not_saved": way("nobody_answered", disk(full=True), "n"),
    "not_saved_quit": way("not_saved", "ctrl+q", back="escape"),
    "looked_up_in_call": way("answered", pasted("two va"), "f2", *"cy", "enter"),
    "form_problem": way("looked_up_in_call", "escape", "c", pasted("someday")),
    "which_time": way(
        "form_problem", "ctrl+u", pasted("next friday"), "enter", back="escape ctrl+u s o m e d a y"
    ),
    "dialled_by_hand": way("a phone of its own", "down", "enter", later(7)),
    "gatekeeper_words": way("dialled_by_hand", "g"),
    "talked_by_hand": way("gatekeeper_words", "enter", later(9)),
    "law": way("queue", "slash", *"lee", "enter", "enter"),
    "blocked": way("law", "escape"),
    "fill_in": way("blocked", "equals_sign", back="escape"),
    "too_soon": way("blocked", "escape", "escape", "slash", *"kim", "enter", "enter"),
    "refused_person": way("too_soon", "escape", "escape", "escape", "slash", *"max", "enter", "enter"),
    "next_in": way("the next is called by itself", "down", "enter", RINGS, later(7), "v", later(2)),
    "back_in_the_call": way("killed in a call"),
    "everybody": way("refused_person", "escape", "l", "enter"),
    "left_open": way("killed yesterday"),
    "script_problem": way("a broken script", see("has a mistake")),
    "script_problem_call": way("script_problem", "down", "enter"),
    # -- the preview of a script -----------------------------------------------------------------------
    "preview": way("preview of a script"),
    "preview_objections": way("preview", "slash", back="slash"),
    "preview_question": way("preview", "o", "space", "space"),
    "preview_edit": way("preview_question", "e", back="escape"),
    "preview_problem": way(
        "preview_question", script("{{propsal}}", instead_of="{{proposal}}"), see("unknown variable")
    ),
    "preview_broken": way("preview_problem", script("title:", instead_of="goal:"), see("has a mistake")),
}
