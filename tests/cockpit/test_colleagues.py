"""What colleagues sent lies in the inbox of the open cockpit: taken in at the queue, never under the rep's fingers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bench.memory_store import MemoryStore
from tests.cockpit_bench import MONDAY, Bench, call_selected, names
from tui.cockpit.actions.team.colleagues import COMMITS_A_TICK
from tui.cockpit.state.taking_in import AT_ONCE
from tui.cockpit.view import Phase
from tui.domain.call import Call, Dial
from tui.domain.contact import Contact, Number, Rep
from tui.domain.do_not_call import Entry, known_as
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.storage.inbox import Inbox
from tui.storage.protocol import Change
from tui.storage.sharing.account_file import account_lines
from tui.storage.sharing.account_inbox import AccountInbox

YESTERDAY = MONDAY - timedelta(days=1)
Sent = Callable[..., None]


@pytest.fixture
def sent(bench: Bench, tmp_path: Path) -> Sent:
    """`sent(contacts=…)`: a file of Bo Lee, a colleague, lies in the inbox of the cockpit."""
    bench.store.inbox = Inbox(tmp_path)
    bench.cockpit = bench._cockpit()

    def leave(**change: object) -> None:
        theirs = MemoryStore()
        theirs.commit(Change(reps=(Rep("rep-bo-lee", "Bo Lee"),), origin="merge", **change), YESTERDAY)
        lines = account_lines(theirs.accounts, rep="rep-bo-lee", made_at=YESTERDAY, notes_since=None)
        path = tmp_path / "bo.jsonl"
        path.write_bytes(b"".join(lines))
        AccountInbox(tmp_path).leave(path, MONDAY)

    return leave


def voicemail_of(contact: Contact) -> Call:
    return Call(
        uuid7(YESTERDAY),
        contact.id,
        MONDAY - timedelta(hours=1),
        "voicemail",
        Category.VOICEMAIL,
        rep="rep-bo-lee",
        dials=(Dial(contact.first_number, MONDAY - timedelta(hours=1)),),
    )


async def test_it_is_taken_in_at_the_queue_and_says_what_came(bench: Bench, sent: Sent) -> None:
    ann, bo = bench.people("Ann Rossi", "Bo Lund")
    await bench.cockpit.open()
    refusal = Entry("d1", YESTERDAY, YESTERDAY.date(), rep="rep-bo-lee", contact_id=bo.id, who=known_as(bo))
    sent(calls=(voicemail_of(ann),), do_not_call=(replace(refusal, call_id="k9"),))
    view = await bench.cockpit.tick()
    assert view.notice is not None
    assert view.notice.text == (
        "From your colleagues: 1 person asked Bo Lee never to be called. 1 call by Bo Lee."
    )
    assert names(view.queue.ready) == []  # Bo refused, and Ann was called an hour ago
    assert AccountInbox(bench.store.inbox.folder).waiting() == ()


async def test_it_waits_while_a_card_is_in_hand(bench: Bench, sent: Sent) -> None:
    (ann,) = bench.people("Ann Rossi")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    sent(contacts=(replace(ann, role="Buyer"),))
    for _ in range(3):
        await bench.cockpit.tick()
    assert bench.contact("Ann Rossi").role == ""
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("no_answer")
    await bench.cockpit.tick()
    assert bench.cockpit.view.phase is Phase.QUEUE
    assert bench.contact("Ann Rossi").role == "Buyer"


async def test_a_long_file_comes_in_piece_by_piece(bench: Bench, sent: Sent) -> None:
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    many = tuple(
        Contact(f"n{number:05}", name=f"Jo{number} Lee{number}", created_at=YESTERDAY)
        for number in range(AT_ONCE * COMMITS_A_TICK + 1)
    )
    sent(contacts=many)
    await bench.cockpit.tick()
    assert AccountInbox(bench.store.inbox.folder).waiting()
    view = await bench.cockpit.tick()
    assert view.notice is not None
    assert view.notice.text == (
        "From your colleagues: 1,001 people are new. 1,002 people are nobody's: each of you would call them. "
        "Deal them out: powerhour split --help"
    )
    assert len(list(bench.store.contact_ids())) == len(many) + 1


async def test_a_file_that_went_bad_is_kept_and_told(bench: Bench, sent: Sent) -> None:
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    sent()
    inbox = AccountInbox(bench.store.inbox.folder)
    (path,) = inbox.waiting()
    path.write_bytes(b"x")
    view = await bench.cockpit.tick()
    assert view.notice is not None
    assert "Nothing was merged." in view.notice.text
    assert inbox.waiting() == ()
    assert [one.suffix for one in path.parent.iterdir()] == [".not-merged"]


async def with_two_alike(bench: Bench, sent: Sent) -> tuple[Contact, Contact]:
    """Ann and somebody with nearly her name on her number are in the list."""
    (ann,) = bench.people("Ann Rossi")
    like = Contact("n1", name="Anne Rossi", numbers=ann.numbers, created_at=YESTERDAY)
    await bench.cockpit.open()
    sent(contacts=(like,))
    view = await bench.cockpit.tick()
    assert view.notice is not None
    assert view.notice.text.startswith("From your colleagues: 1 pair may be one person: d asks.")
    view = await bench.cockpit.people.ask_who_is_twice()
    assert view.ask is not None
    assert view.ask.title == (
        "Ann Rossi, Rossi Ltd, +44 20 7946 0100 · Anne Rossi, +44 20 7946 0100. One person?"
    )
    return ann, like


async def test_b57_one_key_joins_two_and_undo_takes_it_back(bench: Bench, sent: Sent) -> None:
    ann, like = await with_two_alike(bench, sent)
    view = await bench.cockpit.question.answer("y")
    assert len(view.queue.ready) == 1
    assert bench.store.contact(like.id) == bench.store.contact(ann.id)
    view = await bench.cockpit.undo.last()
    assert len(list(bench.store.contacts())) == 2
    assert view.ask is not None  # and so it is asked again


async def test_one_key_keeps_two_apart_and_undo_takes_it_back(bench: Bench, sent: Sent) -> None:
    await with_two_alike(bench, sent)
    await bench.cockpit.question.answer("n")
    view = await bench.cockpit.people.ask_who_is_twice()
    assert view.ask is None
    assert view.notice is not None
    assert view.notice.text == "Nobody seems to be in your list twice."
    view = await bench.cockpit.undo.last()
    assert view.ask is not None


async def test_the_draft_and_the_skip_of_somebody_joined_follow_them(bench: Bench, sent: Sent) -> None:
    ann, like = await with_two_alike(bench, sent)
    later, first = sorted((ann.id, like.id), reverse=True)
    await bench.cockpit.question.leave()
    await bench.cockpit.queue.select(later)
    await bench.cockpit.people.skip(later)
    await bench.cockpit.question.answer("1")
    await bench.cockpit.people.ask_who_is_twice()
    view = await bench.cockpit.question.answer("y")
    assert bench.store.persons.of(later) == first
    assert names(view.queue.ready) == []
    assert view.phase is Phase.QUEUE


async def test_the_card_in_hand_is_of_the_person_as_they_are_now(bench: Bench, sent: Sent) -> None:
    (ann,) = bench.people("Ann Rossi")
    number = Number("+442079460177", label="desk")
    await bench.cockpit.open()
    await call_selected(bench.cockpit, 15)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("no_answer")
    assert bench.cockpit.view.phase is Phase.QUEUE
    sent(contacts=(replace(ann, numbers=(*ann.numbers, number), role="Buyer"),))
    await bench.cockpit.tick()
    view = await bench.cockpit.undo.last()
    assert view.card is not None
    await bench.cockpit.outcome.choose("no_answer")
    assert bench.contact("Ann Rossi").role == "Buyer"
