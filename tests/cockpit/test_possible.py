"""What each key needs, and the sentence that says what is missing."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from tests.rows import each
from tui.cockpit.possible import NEEDS, why_not
from tui.cockpit.queue_view import EnterKey, QueueView
from tui.cockpit.view import Phase, View
from tui.commands import BY_ID, Keys

NOW = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
BARE = View(Phase.QUEUE, NOW, can_undo=False, can_call_again=False)
KEYS = Keys()


def test_every_need_is_one_of_a_command():
    assert set(NEEDS) <= set(BY_ID)


@each("command", sorted(set(NEEDS) - {"queue.held", "queue.ring"}))
def test_where_nothing_is_there_a_sentence_says_what_is_missing(command):
    assert why_not(command, BARE, "", KEYS.shown).endswith((".", "session"))


def test_enter_on_the_queue_says_what_its_line_says():
    queue = QueueView(enter=EnterKey(words="Nobody can be called right now."))
    assert (
        why_not("queue.ring", replace(BARE, queue=queue), "", KEYS.shown) == "Nobody can be called right now."
    )


def test_the_facts_are_those_of_somebody_and_not_open_in_a_form():
    form = replace(BARE, phase=Phase.FORM)
    assert why_not("app.facts", BARE, "", KEYS.shown) == "Nobody is selected."
    assert why_not("app.facts", BARE, "ann", KEYS.shown) == ""
    assert why_not("app.facts", form, "ann", KEYS.shown) == "In a form Tab goes to the next line."


def test_what_is_possible_has_no_reason_against_it():
    view = replace(BARE, can_undo=True, queue=QueueView(running=True))
    assert why_not("queue.undo", view, "", KEYS.shown) == ""
    assert why_not("queue.recap", view, "", KEYS.shown) == ""
    assert why_not("queue.log", view, "ann", KEYS.shown) == ""
    assert why_not("queue.add", view, "", KEYS.shown) == ""
