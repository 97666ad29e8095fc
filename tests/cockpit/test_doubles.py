"""Who may be here twice: the question, its two answers, and a colleague who was quicker."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tui.cockpit.state.doubts import DOUBTS
from tui.domain.shared.same_person import decided
from tui.storage.protocol import Change


async def asked(bench, *people: str):
    """The cockpit, and the pair it asks about."""
    one, other = sorted(bench.people(*people), key=lambda who: who.id)
    bench.store.commit(Change(state={DOUBTS: {"pairs": [[one.id, other.id]]}}), bench.clock.now())
    await bench.cockpit.open()
    await bench.cockpit.people.ask_who_is_twice()
    return one, other


@pytest.mark.parametrize(
    ("names", "key", "said"),
    [
        (("Ann Rossi", "Anna Rossi"), "y", "Ann Rossi and Anna Rossi are one person now. u undoes it."),
        (("Ann Rossi", "Anna Rossi"), "n", "Ann Rossi and Anna Rossi are two people. u undoes it."),
        (("Ann Rossi", "Ann Rossi"), "y", "Ann Rossi is in your list only once now. u undoes it."),
        (("Ann Rossi", "Ann Rossi"), "n", "There are two people called Ann Rossi. u undoes it."),
    ],
)
async def test_both_are_named_when_it_is_said_what_was_decided(bench, names, key, said):
    await asked(bench, *names)
    view = await bench.cockpit.question.answer(key)
    assert view.notice.text == said


async def test_the_queue_says_so_while_a_pair_waits(bench):
    await asked(bench, "Ann Rossi", "Anna Rossi")
    assert bench.cockpit.view.queue.twice
    assert not (await bench.cockpit.question.answer("n")).queue.twice
    assert (await bench.cockpit.undo.last()).queue.twice


@pytest.mark.parametrize("key", ["y", "n"])
async def test_an_answer_that_a_colleague_gave_meanwhile_stands(bench, key):
    one, other = await asked(bench, "Ann Rossi", "Anna Rossi")
    theirs = decided(one.id, other.id, same=key == "n", at=bench.clock.now(), rep="kim")
    bench.store.commit(Change(same_person=(theirs,), origin="merge"), bench.clock.now())
    bench.clock.step(5)
    view = await bench.cockpit.question.answer(key)
    assert view.notice.text == "A colleague has answered that meanwhile."
    assert [replace(one, rev=0, edited_at=None) for one in bench.store.same_person()] == [theirs]
