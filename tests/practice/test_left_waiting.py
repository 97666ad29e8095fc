"""Left waiting and called too often: on one scale in the report, in one sentence in the recap."""

from __future__ import annotations

import pytest

from tests.cockpit_bench import call_selected
from tests.practice_bench import past
from tui.cockpit.wording.recap import to_mend
from tui.cockpit.wording.report import HEADINGS, reach
from tui.domain.metrics import Capacity
from tui.domain.outcome import Category
from tui.storage.protocol import Change


def section(recap, heading):
    return next((lines for head, lines in recap.sections if head == heading), ())


async def test_b27_the_report_shows_both_indices_on_one_scale_the_recap_a_sentence_and_a_call_neither(bench):
    ann, _ = bench.people("Ann Rossi", "Bo Lund")
    past(bench, ann, "talked", Category.CONVERSATION, 20)
    await bench.cockpit.open()
    idle = await bench.cockpit.session.show_recap()
    waits = "1 person has waited for more than 2 business days."
    assert waits in section(idle.recap, "")
    await bench.cockpit.session.leave_recap()
    during = await call_selected(bench.cockpit, 60)
    assert during.recap is None
    bench.clock.step(5)
    await bench.cockpit.outcome.choose("no_answer")
    view = await bench.cockpit.session.show_recap()
    shown = " ".join(line for _, lines in view.recap.sections for line in lines)
    assert "waited" not in shown
    assert "of 100" not in shown
    assert "likely" not in shown
    report = section(bench.cockpit.report_page(), HEADINGS["balance"])
    assert [line.split(":")[0] for line in report[:2]] == ["Left waiting", "Called too often"]
    assert all("of 100" in line for line in report[:2])
    assert "this list needs" in " ".join(report)


@pytest.mark.parametrize(
    ("left", "often", "said"),
    [
        (0, 0, ""),
        (2, 0, "2 people have waited for more than 2 business days."),
        (0, 1, "1 call was one too many: the numbers say which."),
        (
            1,
            2,
            "1 person has waited for more than 2 business days, and 2 calls were too many: the numbers say which.",
        ),
    ],
)
def test_the_recap_says_in_one_sentence_what_there_is_to_do(left, often, said):
    assert to_mend(left, often) == said


def test_a_list_that_needs_more_than_the_rep_reaches_says_so_in_the_figures():
    said = reach(Capacity(reached_a_day=1.0, needed_a_day=1.2))
    assert said.startswith("You reach about 1 a day; this list needs 1.2.")
    assert reach(Capacity(2.5, 2.0)) == "You reach about 2.5 a day; this list needs 2."


async def test_b27_after_a_merge_the_calls_of_every_rep_count_as_too_often_and_against_waiting(bench):
    await bench.cockpit.open()
    me = bench.cockpit._state.rep["id"]
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    for days, rep in ((6, me), (5, "jos-id"), (4, me), (3, "jos-id")):
        past(bench, ann, "no_answer", Category.NO_ANSWER, days, rep=rep)
    past(bench, bo, "no_answer", Category.NO_ANSWER, 20, rep=me)
    alone = bench.killed_and_started_again()
    await alone.open()
    report = alone.report()
    assert [(one.name, one.codes) for one in report.too_many] == [("Ann Rossi", ("over_cap",))]
    assert report.waiting.left_waiting == 1
    past(bench, bo, "no_answer", Category.NO_ANSWER, 1, rep="jos-id")
    bench.store.commit(Change(next_steps={bo.id: None}), bench.clock.now())
    merged = bench.killed_and_started_again()
    await merged.open()
    assert merged.report().waiting.left_waiting == 0


async def test_b27_what_is_reached_counts_my_own_calls_on_days_on_which_somebody_was_left_over(bench):
    await bench.cockpit.open()
    me = bench.cockpit._state.rep["id"]
    people = bench.people("Ann Rossi", "Bo Lund", "Cy Park", "Dee Wu")
    for person in people[:3]:
        past(bench, person, "no_answer", Category.NO_ANSWER, 2, rep=me)
    past(bench, people[0], "no_answer", Category.NO_ANSWER, 3, rep="jos-id")
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    assert cockpit.report().capacity.reached_a_day == 3
    past(bench, people[3], "no_answer", Category.NO_ANSWER, 2, rep=me)
    bench.store.commit(Change(next_steps={people[3].id: None}), bench.clock.now())
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    assert cockpit.report().capacity.reached_a_day is None
    assert "You reach about" not in str(cockpit.report_page())
