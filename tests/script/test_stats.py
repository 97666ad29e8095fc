"""Which words work: counted from the records of calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from msgspec.structs import replace

from tui.domain.call import Call, ScriptRef
from tui.domain.metrics import wilson
from tui.domain.outcome import Category
from tui.script.author.stats import Count, counts, endings, never_reached, verdicts

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
NUMBER = count()
SCRIPT = """
title: A
opener: Hi there.
discovery: [{ask: How?, id: how, answers: {good: , bad: [{ask: What happened?, id: happened}]}}]
close: [{ask: When?, id: when}]
stop: [{say: Understood.}, {end: do_not_call}]
voicemail: It is me.
"""


def call(is_: Category = Category.CONVERSATION, steps: tuple[str, ...] = ("opener[0]",), **more) -> Call:
    number = next(NUMBER)
    ref = ScriptRef("a", "1", more.pop("hash", "hash"), more.pop("variant", ""), more.pop("entry", "call"))
    given = {"talk_s": 60.0, "contact_id": f"c{number}", "at": NOW + timedelta(minutes=number), **more}
    return Call(f"call-{number}", outcome=is_.value, is_=is_, script=ref, steps=steps, **given)


def row(rows: list[Count], kind: str, name: str) -> tuple[int, int]:
    found = next(one for one in rows if (one.kind, one.name) == (kind, name))
    return found.hits, found.n


def test_only_calls_a_person_answered_count():
    calls = [
        call(),
        call(Category.VOICEMAIL),
        call(Category.NO_ANSWER),
        call(Category.GATEKEEPER),
        call(voided_at=NOW),
    ]
    assert row(counts(calls, "conversation"), "script", "a") == (1, 2)


def test_a_talk_shorter_than_the_house_says_is_no_success():
    calls = [call(talk_s=29.0), call(talk_s=31.0), call(talk_s=None)]
    assert row(counts(calls, "conversation"), "script", "a") == (2, 3)
    assert row(counts(calls, "conversation", 60), "script", "a") == (1, 3)


def test_each_rate_has_its_wilson_interval():
    (one, *_) = counts([call(), call(Category.GATEKEEPER)], "conversation")
    assert (one.rate, *one.interval) == wilson(1, 2)


def test_a_version_under_test_counts_only_when_it_was_heard():
    heard, not_reached = ("opener.A[0]", "pitch.B[0]"), ("opener.A[0]",)
    calls = [
        call(steps=heard, variant="opener=A;pitch=B"),
        call(steps=not_reached, variant="opener=A;pitch=B"),
    ]
    rows = counts(calls, "conversation")
    assert row(rows, "variant", "opener=A") == (2, 2)
    assert row(rows, "variant", "pitch=B") == (1, 1)


def test_calls_with_another_version_of_the_file_are_counted_apart():
    old = call()
    new = Call(
        "x", "c", NOW, "talked", Category.CONVERSATION, script=ScriptRef("a", "2"), steps=("opener[0]",)
    )
    rows = [one for one in counts([old, new], "conversation") if one.kind == "script"]
    assert [(one.version, one.n) for one in rows] == [("1", 1), ("2", 1)]


def test_a_script_edited_without_another_version_is_counted_apart_for_each_wording():
    calls = [call(hash="monday"), call(Category.GATEKEEPER, hash="monday"), call(hash="tuesday")]
    rows = [one for one in counts(calls, "conversation") if one.kind == "script"]
    assert [(one.version, one.hash, one.hits, one.n) for one in rows] == [
        ("1", "monday", 1, 2),
        ("1", "tuesday", 1, 1),
    ]
    assert [(one.first, one.last) for one in rows] == [
        (calls[0].at, calls[1].at),
        (calls[2].at, calls[2].at),
    ]


def test_a_test_of_two_wordings_does_not_go_on_when_the_script_is_edited():
    clear = [replace(arm, hash="monday") for arm in arms(("A", 10, 100), ("B", 60, 100))]
    few = [replace(arm, hash="tuesday") for arm in arms(("A", 1, 2), ("B", 0, 2))]
    assert [(one.hash, one.winner) for one in verdicts(clear + few)] == [("monday", "B"), ("tuesday", "")]


def test_lines_and_endings_are_those_of_the_wording_of_today(script_of):
    script = script_of(SCRIPT, "a.yaml")
    before = [call(steps=("opener[0]", "how", "when"), hash="yesterday")]
    assert (never_reached(script, before), endings(script, before)) == ([], [])


def test_an_objection_counts_once_a_call_and_succeeds_with_a_next_step():
    aside = ("opener[0]", "objections.dear", "objections.dear[0] asked")
    calls = [call(Category.PROMISE, aside), call(Category.CONVERSATION, aside), call()]
    assert row(counts(calls, "conversation"), "objection", "dear") == (1, 2)


def test_news_counts_only_when_somebody_can_have_heard_it():
    calls = [call(reason_id="price"), call(Category.DO_NOT_CALL, reason_id="price")]
    assert row(counts(calls, "conversation"), "news", "price") == (1, 1)


def test_openers_are_those_of_calls_we_made():
    calls = [call(), call(entry="they_ring_back", steps=("they_ring_back[0]",), direction="in")]
    assert [one.name for one in counts(calls, "conversation") if one.kind == "opener"] == ["opener[0]"]


def test_calls_without_a_script_are_left_out():
    bare = Call("x", "c", NOW, "talked", Category.CONVERSATION, talk_s=60.0)
    assert counts([bare], "conversation") == []


def arms(*results: tuple[str, int, int]) -> list[Count]:
    return [Count("variant", "a", "1", f"opener={name}", n, hits) for name, hits, n in results]


def test_a_winner_is_named_only_when_the_intervals_are_apart_and_each_has_fifty_calls():
    (clear,) = verdicts(arms(("A", 10, 100), ("B", 60, 100)))
    assert (clear.winner, clear.sentence) == ("B", "opener: version B wins")
    (few,) = verdicts(arms(("A", 0, 20), ("B", 18, 20)))
    assert few.winner == ""
    assert few.sentence == f"opener: too few calls to tell, about {few.more} more"
    (near,) = verdicts(arms(("A", 40, 100), ("B", 50, 100)))
    assert near.winner == ""


def test_a_third_version_has_to_be_beaten_too():
    (one,) = verdicts(arms(("A", 10, 100), ("B", 60, 100), ("C", 55, 100)))
    assert one.winner == ""


def test_no_difference_in_sight_is_said():
    (one,) = verdicts(arms(("A", 50, 100), ("B", 50, 100)))
    assert one.sentence == "opener: no difference in sight"


def test_one_version_alone_is_no_test():
    assert verdicts(arms(("A", 10, 100))) == []


def test_lines_nobody_came_to_are_named_in_the_order_of_the_script(script_of):
    script = script_of(SCRIPT, "a.yaml")
    calls = [
        call(steps=("opener[0]", "how", "when"), hash=script.hash),
        call(Category.NO_ANSWER, ("opener[0]", "how", "happened"), hash=script.hash),
    ]
    assert [place.path for place in never_reached(script, calls)] == ["happened", "stop[0]"]


def test_without_a_call_no_line_is_blamed(script_of):
    assert never_reached(script_of(SCRIPT, "a.yaml"), []) == []


def test_where_talks_end_is_counted_without_what_happened_beside_the_script(script_of):
    script = script_of(SCRIPT, "a.yaml")
    calls = [
        call(steps=("opener[0]", "how", "when"), hash=script.hash),
        call(steps=("opener[0]", "how", "objections.dear"), hash=script.hash),
        call(steps=("opener[0]", "how"), hash=script.hash),
        call(Category.GATEKEEPER, ("opener[0]",), hash=script.hash),
    ]
    found = endings(script, calls)
    assert [(end.path, end.text, end.n) for end in found] == [("how", "How?", 2), ("when", "When?", 1)]
    assert found[0].share == pytest.approx(2 / 3)
