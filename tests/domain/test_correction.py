"""A corrected call keeps its id and what it said before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tui.domain.call import Call, Note, corrected
from tui.domain.history import with_old_notes, without_old_notes
from tui.domain.outcome import Category

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALL = Call(
    "k1",
    "c1",
    NOON,
    "no_answer",
    Category.NO_ANSWER,
    rev=1,
    edited_at=NOON,
    before={"role": ""},
    after={"role": "Buyer"},
)


def test_a_correction_keeps_the_id_and_what_the_call_said_before():
    right = corrected(CALL, outcome="talked", is_=Category.CONVERSATION, talk_s=65.0)
    assert (right.id, right.outcome, right.is_, right.talk_s) == (
        "k1",
        "talked",
        Category.CONVERSATION,
        65.0,
    )
    assert right.revisions == (replace(CALL, before=None, after=None),)


def test_a_second_correction_keeps_both():
    once = replace(corrected(CALL, notes=(Note(NOON, "two vans"),)), rev=2)
    twice = corrected(once, at=NOON - timedelta(hours=2))
    assert [(one.rev, one.at, one.notes) for one in twice.revisions] == [
        (1, NOON, ()),
        (2, NOON, (Note(NOON, "two vans"),)),
    ]
    assert all(one.revisions == () for one in twice.revisions)


def test_nothing_to_correct_is_no_revision():
    assert corrected(CALL, outcome="no_answer") is CALL


def test_another_id_or_another_person_is_no_correction():
    with pytest.raises(ValueError, match="contact_id, id"):
        corrected(CALL, id="k2", contact_id="c2")


def test_old_notes_go_from_what_a_corrected_call_said_before_too():
    said = replace(CALL, notes=(Note(NOON, "wants to be called Bob"),))
    right = corrected(said, notes=())
    cleaned = without_old_notes(right, NOON + timedelta(days=1))
    assert with_old_notes([right], NOON + timedelta(days=1)) == [right]
    assert (cleaned.notes, [one.notes for one in cleaned.revisions]) == ((), [()])
    assert with_old_notes([cleaned], NOON + timedelta(days=1)) == []
    assert without_old_notes(right, NOON) is right
