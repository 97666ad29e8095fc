"""Two ids that are one person: one line in the queue, both histories, one rest between calls, one row of a list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.practice_bench import ready_names
from tui.domain.call import Call, Dial
from tui.domain.contact import Number, Source
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.shared.same_person import decided
from tui.exchange.reading.headings.columns import guess
from tui.exchange.reading.plan import build, plan_import
from tui.exchange.reading.table import read_table
from tui.storage.protocol import Change


@pytest.fixture
def twins(bench):
    """Ann under two ids, of two lists; a colleague called the second one this morning."""
    (ann,) = bench.people("Ann Rossi", source=Source("autumn", "1"))
    other = replace(ann, id=ann.id + "f", numbers=(Number("+442079460199"),), source=Source("fair", "9"))
    at = bench.clock.now() - timedelta(hours=1)
    call = Call(
        "k1", other.id, at, "no_answer", Category.NO_ANSWER, rep="jo", dials=(Dial("+442079460199", at),)
    )
    bench.store.commit(Change((other,), (call,), origin="file"), at)
    return ann, other


def join(bench, ann, other, same=True):
    now = bench.clock.now()
    bench.store.commit(Change(same_person=(decided(other.id, ann.id, same=same, at=now, rep="jo"),)), now)


async def test_a_joined_person_is_one_line_with_one_history_and_one_rest(bench, twins):
    assert ready_names(await bench.cockpit.open()) == ["Ann Rossi"]  # under the id that nobody called
    join(bench, *twins)
    bench.cockpit._state.ranking.load(bench.clock.now())
    view = await bench.cockpit.queue.show_held(True)
    assert ready_names(view) == []
    assert [row.name for row in view.queue.held] == ["Ann Rossi"]
    join(bench, *twins, same=False)
    bench.cockpit._state.ranking.load(bench.clock.now())
    assert len(bench.store.contact_ids()) == 2


async def test_a_refusal_under_one_id_binds_the_person(bench, twins):
    ann, other = twins
    now = bench.clock.now()
    join(bench, ann, other)
    bench.store.commit(
        Change(do_not_call=(Entry("e1", now, now.date(), why="they asked", contact_id=other.id),)), now
    )
    await bench.cockpit.open()
    bounds = bench.cockpit._state.ranking.bounds
    assert bounds.may_call.why_not(bench.store.contact(ann.id)).code == "refused"


@pytest.mark.parametrize(("list_name", "source_id"), [("autumn", "1"), ("fair", "9")])
def test_the_row_of_either_list_is_the_joined_person(bench, twins, list_name, source_id):
    ann, other = twins
    join(bench, ann, other)
    table = read_table(f"Id,Name,Role\n{source_id},Ann Rossi,Buyer\n".encode(), "f.csv")
    built = build(table, guess(table), region="GB", list_name=list_name, now=bench.clock.now())
    plan = plan_import(bench.store.contacts(), built, bench.store.other_accounts())
    assert [one.id for one in plan.updated] == [ann.id]
    assert plan.created == ()
