"""What changed between two versions, as a trainer says it."""

from __future__ import annotations

import pytest

from tui.script.author.compare import differences, marked, told, way_changes
from tui.script.author.paths import Pace

BEFORE = """
title: A
version: 1
opener: Hi there, have you got two minutes?
discovery:
  - ask: How is it going?
    id: how
    save: mood
    required: true
    answers: {good: Glad to hear it., so-so: , bad: -> fix}
  - say: One more thing.
close: [{ask: When shall I ring?, save: promised, type: date, next_in: 1 week}]
branches: {fix: [{do: Open a ticket.}, {end: talked}]}
voicemail: [{attempt: 1, say: Hello.}, {attempt: last, say: Goodbye.}]
followup: {stop_after: 4, reasons: [{id: price, say: The price holds.}]}
objections:
  - {id: dear, heard: [too dear], ask: Compared with what?, ladder: [{ask: If?, offer: Free delivery, in_return: Now}]}
"""


@pytest.fixture
def changed(script_of):
    """What is told when these words are replaced."""

    def tell(**words: str) -> list[str]:
        after = BEFORE
        for old, new in words.items():
            assert SPANS[old] in after
            after = after.replace(SPANS[old], new)
        pace = Pace()
        return [told(one, pace) for one in differences(script_of(BEFORE), script_of(after))]

    return tell


SPANS = {
    "minutes": "have you got two minutes",
    "required": "    required: true\n",
    "good": "good: Glad to hear it., so-so: ,",
    "extra": "  - say: One more thing.\n",
    "goto": "bad: -> fix",
    "week": "next_in: 1 week",
    "ticket": "{do: Open a ticket.}, ",
    "goodbye": "Goodbye.",
    "stop": "stop_after: 4",
    "price": "reasons: [{id: price, say: The price holds.}]",
    "offer": "Free delivery",
}


def test_the_same_script_has_no_difference(script_of):
    script = script_of(BEFORE)
    assert differences(script, script) == []
    assert way_changes(script, script) == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            {"minutes": "have you got five minutes"},
            "~ opener, line 1, words: Hi there, have you got [-two-] {+five+} minutes?",
        ),
        ({"required": ""}, "~ discovery, question “how”, must be answered: [-yes-] {+no+}"),
        ({"goto": "bad: -> close"}, "~ discovery, question “how”, answer “bad”, goes to: [-fix-] {+close+}"),
        ({"week": "next_in: 2 weeks"}, "~ close, question “promised”, in touch again in: [-7-] {+14+} days"),
        ({"ticket": ""}, "- branch “fix”, task 1: Open a ticket."),
        ({"goodbye": "So long."}, "~ voicemail, try last, words:"),
        ({"stop": "stop_after: 3"}, "~ follow-up, enough after: [-4-] {+3+}"),
        ({"price": "reasons: []"}, "- follow-up, reasons to call, “price”: The price holds."),
        (
            {"offer": "Free setup"},
            "~ objections, “dear”, ladder, offer 1, offer: Free [-delivery-] {+setup+}",
        ),
        ({"extra": ""}, "- discovery, line 2: One more thing."),
    ],
)
def test_each_change_is_told_where_it_is_in_words(changed, words, line):
    (said,) = changed(**words)
    assert said.startswith(line)


def test_an_answer_that_came_and_one_that_left_are_told(changed):
    assert changed(good="good: Glad to hear it., great: Lovely.,") == [
        "- discovery, question “how”, answer “so-so”",
        "+ discovery, question “how”, answer “great”: Lovely.",
    ]


def test_another_order_of_answers_is_told_because_digits_change(changed):
    (said,) = changed(good="so-so: , good: Glad to hear it.,")
    assert said == "> discovery, question “how”, answers: another order: so-so, good, bad"


def test_a_line_that_moved_is_told_as_moved_not_as_gone(script_of):
    one = script_of(
        "title: A\nopener: [{say: First words.}, {say: Then others.}, {say: And more.}]\n", "a.yaml"
    )
    two = script_of(
        "title: A\nopener: [{say: And more.}, {say: First words.}, {say: Then others.}]\n", "a.yaml"
    )
    assert {difference.sign for difference in differences(one, two)} == {">"}


def test_a_line_put_in_above_does_not_make_the_others_look_changed(script_of):
    one = script_of("title: A\nopener: [{say: First words.}, {say: Then others.}]\n", "a.yaml")
    two = script_of(
        "title: A\nopener: [{say: Quite unlike.}, {say: First words.}, {say: Then others.}]\n", "a.yaml"
    )
    (only,) = differences(one, two)
    assert (only.sign, only.after) == ("+", "Quite unlike.")


def test_a_longer_text_tells_both_times(changed):
    (said,) = changed(goodbye="Goodbye and thank you so much for your patience with us today.")
    assert said.endswith("(1 s → 5 s)")


def test_ways_that_became_more_or_longer_are_told(script_of):
    before = script_of(BEFORE)
    after = script_of(BEFORE.replace("so-so: ,", "so-so: {ask: What?, answers: [a, b]},") + "stop: Bye.\n")
    told_ways = way_changes(before, after)
    assert "no more calls: has words now" in told_ways
    assert "first call: 3 ways, 5 to 11 seconds → 4 ways, 5 to 11 seconds" in told_ways


def test_long_stretches_in_common_are_shortened():
    common = " ".join(f"w{n}" for n in range(30))
    assert marked(f"{common} old", f"{common} new") == "w0 w1 w2 w3 … w26 w27 w28 w29 [-old-] {+new+}"
