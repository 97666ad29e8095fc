"""Seeing the shape of a script: tree, ways, chart, the whole of it with origins, the printed page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tui.script.author.compare import Difference, differences
from tui.script.author.drawings import mermaid_of, tree_of
from tui.script.author.html_page import page_of
from tui.script.author.paths import MOST_WAYS, Pace, entries_of, ways_of
from tui.script.files.edit import resolved_text
from tui.script.files.load import load
from tui.script.language.languages import seconds_to_say

pytestmark = pytest.mark.slow

SHIPPED = sorted((Path(__file__).parents[2] / "scripts").glob("[!_]*.yaml"))
EVERY = pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
CALL = """
title: A
opener: Hello there.
discovery:
  - ask: How is it going?
    id: how
    answers:
      good: Glad to hear it.
      bad: {ask: What happened?, goto: fix}
      never: -> close
  - {ask: Who decides?, when: boss is unknown}
close: [{ask: When shall I ring?}]
branches:
  fix: [{do: Open a ticket.}, {end: talked}]
  open_end: [{say: And then.}]
followup:
  on_time: Here I am.
  early: I am early.
  late: I am late.
"""
HOSTILE = """
title: "<script>alert(1)</script> & \\"co\\""
language: en
opener: "<img src=x onerror=alert(1)> [/b] {{first_name|<b>}}"
objections: [{id: dear, heard: ["<i>"], ask: "</table>"}]
"""


def test_a_tree_tells_an_offer_apart_from_what_it_is_given_for(script_of):
    offer = "{ask: If?, offer: Then we'll deliver it free., in_return: an answer this week}"
    script = script_of(f"title: A\nopener: Hi\nobjections: [{{id: dear, say: No., ladder: [{offer}]}}]\n")
    assert "    ? If? + Then we'll deliver it free. (in return: an answer this week)" in tree_of(script)


def test_a_tree_shows_each_line_once_with_its_seconds_and_answers(script_of):
    rows = tree_of(script_of(CALL), ("call",))
    assert rows == [
        "first call",
        "  — opener",
        "  › Hello there. (1 s)",
        "  — discovery",
        "  ? How is it going? (2 s)",
        "    [good] “Glad to hear it.”",
        "    [bad]",
        "      ? What happened? (1 s)",
        "      • Open a ticket.",
        "      ■ talked",
        "    [never]",
        "      ↪ close: When shall I ring?",
        "  ? (if boss is unknown) Who decides? (1 s)",
        "  — close",
        "  ? When shall I ring? (2 s)",
        "  ■ choose the outcome",
    ]


def test_a_second_way_in_names_what_stands_above_and_draws_what_is_its_own(script_of):
    rows = tree_of(script_of(CALL))
    after = rows[rows.index("follow-up") :]
    assert "  ↪ opener: Hello there." in after
    assert "  › (early) I am early. (2 s)" in after
    assert "  ↪ discovery: How is it going?" in after
    assert not any("What happened" in row for row in after)


def test_no_row_of_a_tree_is_wider_than_asked(shipped):
    for script in shipped.scripts():
        assert max(map(len, tree_of(script, width=60))) <= 60


def test_a_branch_that_runs_out_is_marked(script_of):
    script = script_of("title: A\nopener: [{ask: Well?, yes: -> open}]\nbranches: {open: Hm.}\n")
    assert "      ✗ runs out here" in tree_of(script, ("call",))


def test_every_way_is_counted_with_its_answers_time_and_end(script_of):
    ways = ways_of(script_of(CALL), "call")
    assert [(way.answers, way.end) for way in ways.ways] == [
        (("good",), "end"),
        (("good",), "end"),
        (("bad",), "talked"),
        (("never",), "end"),
    ]
    with_question, without, _, _ = ways.ways
    assert with_question.seconds - without.seconds == pytest.approx(seconds_to_say("Who decides?"))
    low, high = (round(pick(way.seconds for way in ways.ways)) for pick in (min, max))
    assert ways.summary == f"4 ways, {low} to {high} seconds"


def test_words_after_an_answer_count_as_talking(script_of):
    script = script_of("title: A\nopener: [{ask: Well?, answers: {yes: Good to hear., no: }}]\n")
    yes, no = ways_of(script).ways
    assert yes.seconds - no.seconds == pytest.approx(seconds_to_say("Good to hear."))


def test_a_follow_up_says_one_line_about_the_promise(script_of):
    script = script_of(CALL)
    lines = {
        timing: {
            place.path for way in ways_of(script, "follow_up", timing=timing).ways for place, _ in way.hops
        }
        for timing in ("on_time", "early")
    }
    early, on_time = (
        max(way.seconds for way in ways_of(script, "follow_up", timing=timing).ways)
        for timing in ("early", "on_time")
    )
    assert "followup.early" in lines["early"]
    assert early - on_time == pytest.approx(seconds_to_say("I am early.") - seconds_to_say("Here I am."))


def test_a_circle_ends_where_it_closes(script_of):
    script = script_of("title: A\nopener: [{ask: Again?, id: again, yes: -> again, no: -> end}]\n")
    assert [way.end for way in ways_of(script).ways] == ["again", "end"]


def test_ways_are_counted_up_to_a_limit_and_no_further(script_of):
    asks = "".join(f"  - {{ask: Q{n}?, answers: [a, b, c]}}\n" for n in range(12))
    ways = ways_of(script_of(f"title: A\ndiscovery:\n{asks}"))
    assert (len(ways.ways), ways.more) == (MOST_WAYS, True)
    assert ways.summary.startswith("more than 5000 ways")


def test_the_pace_of_the_house_is_used(script_of):
    script = script_of("title: A\nopener: One two three four five six\n")
    slow, fast = (ways_of(script, pace=Pace("en", {"en": rate})).ways[0].seconds for rate in (100, 200))
    assert slow == pytest.approx(2 * fast)


@EVERY
def test_every_line_of_a_shipped_script_can_be_reached(file):
    script = load(file).script
    assert all(way.end != "loose" for entry in entries_of(script) for way in ways_of(script, entry).ways)


def test_a_chart_has_a_box_for_each_line_and_an_arrow_for_each_answer(script_of):
    chart = mermaid_of(script_of(CALL))
    assert chart.startswith("flowchart TD\n")
    assert 'n0["Hello there."]' in chart
    assert re.search(r'n1 -->\|"bad"\| n\d', chart)
    assert 'ended(("end"))' in chart


def test_a_chart_of_a_follow_up_shows_the_lines_about_the_promise_side_by_side(script_of):
    chart = mermaid_of(script_of(CALL), "follow_up")
    for label in ("on time", "early", "late", "nothing promised"):
        assert f'n0 -->|"{label}"|' in chart


def test_no_sign_of_mermaid_gets_into_a_chart_from_a_text(script_of):
    chart = mermaid_of(script_of("title: A\nopener: 'say \"x\" <b> #1 `y` & \\' \n"))
    assert "say #quot;x#quot; #lt;b#gt; #35;1 'y' #amp; /" in chart


@EVERY
def test_the_whole_script_reads_back_as_the_same_script(file, tmp_path):
    for origins in (True, False):
        text, problems = resolved_text(file, origins=origins)
        assert problems == []
        copy = tmp_path / file.name
        copy.write_text(text, "utf-8")
        before, after = load(file).script, load(copy).script
        assert differences(before, after) == [Difference("~", ("extends",), before.extends)]


def test_every_line_of_the_whole_script_tells_its_file_and_line(tmp_path):
    (tmp_path / "_house.yaml").write_text("stop:\n  - say: Bye.\n", "utf-8")
    (tmp_path / "a.yaml").write_text("title: A\nextends: _house.yaml\nopener: Hi\n", "utf-8")
    text, _ = resolved_text(tmp_path / "a.yaml")
    rows = [re.split(r"\s+# ", row) for row in text.splitlines()]
    assert ["title: A", "a.yaml:1"] in rows
    assert ["    - say: Bye.", "_house.yaml:2"] in rows


class Page(HTMLParser):
    """The tags, addresses and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        found = dict(attrs)
        self.ids |= {found["id"]} if "id" in found else set()
        self.links += [found[name] for name in ("href", "src") if name in found]

    def handle_data(self, data):
        self.words += data


@EVERY
def test_a_printed_page_needs_nothing_from_outside_and_every_link_leads_somewhere(file):
    page = Page(page_of(load(file).script))
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert {link.removeprefix("#") for link in page.links} <= page.ids
    assert all(link.startswith("#") for link in page.links)


def test_a_printed_page_holds_every_spoken_word(script_of):
    text = Page(page_of(script_of(CALL), made="a.yaml, 23 November 2026")).words
    for words in (
        "How is it going?",
        "Glad to hear it.",
        "Open a ticket.",
        "I am early.",
        "When shall I ring?",
    ):
        assert words in text
    assert "a.yaml, 23 November 2026" in text


def test_nothing_in_a_script_becomes_markup_of_the_page(script_of):
    text = page_of(script_of(HOSTILE))
    page = Page(text)
    assert not {"script", "img", "i", "b"} & set(page.tags)
    assert '<script>alert(1)</script> & "co"' in page.words
    assert "Content-Security-Policy" in text


def test_on_paper_too_a_reply_is_words_to_say_and_what_is_to_be_done_is_not(script_of):
    close = (
        "close:\n  - do: Write it down.\n  - ask: Shall we?\n    save: x\n    yes: Gladly.\n    no: Fine.\n"
    )
    page = page_of(script_of("title: A\n" + close))
    assert '<span class="say">Gladly.</span>' in page
    assert '<span class="small">Do:</span> Write it down.' in page
    assert '<span class="say">Write' not in page
