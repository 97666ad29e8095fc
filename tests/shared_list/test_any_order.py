"""Reps write, send, lose answers, are killed and go without a line for an hour, in any order: nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from tests.costly import costly
from tests.shared_list.fake_list import FakeTeam
from tests.storage.test_shared_folder import NOON, PEOPLE
from tests.storage.test_shared_folder import Desk as Writer
from tui.cockpit.state.taking_in import TakingIn
from tui.domain.contact import Contact, Number, Rep
from tui.shared_list.port import Changes, NoLine, Outgoing, was_restored
from tui.storage.protocol import Change
from tui.storage.sharing.listed import Listed
from tui.storage.sharing.notes import LIST, UNSENT
from tui.storage.tiny import TinyStore


class Desk(Writer):
    """A rep with a store and a place at the list, who makes rounds as the cockpit does."""

    def __init__(self, where: Path, rep: str, team: FakeTeam) -> None:
        self.where, self.rep, self.team = where / rep, rep, team
        self.list = team.joins(rep.title(), rep=rep, is_manager=True)
        self.open()
        contacts = tuple(
            Contact(one, name=one.title(), numbers=(Number(f"+44207946010{place}"),), lists=("autumn",))
            for place, one in enumerate(PEOPLE)
        )
        known = {"rep": {"id": rep}}
        reps = (Rep(rep, rep.title()),)
        self.store.commit(Change(contacts=contacts, reps=reps, state=known, origin="file"), NOON)
        self.listed.begin("list", NOON)

    def open(self) -> None:
        self.store = TinyStore.open(self.where)
        self.listed = Listed(self.store)

    def pull(self, *, is_kept: bool = True) -> None:
        """Take in all that is new; without `is_kept` the answer is lost."""
        while True:
            changes = self.list.pull(self.listed.cursor)
            if was_restored(changes, self.listed.cursor, self.listed.epoch):
                self.listed.made_again(changes.epoch, NOON)
                continue
            if is_kept:
                self._take(changes)
            if changes.is_all:
                return

    def _take(self, changes: Changes) -> None:
        taking = TakingIn(self.store, NOON, self.rep, known_to_team=True)
        rows = [(row.ref, row.version, row.record) for row in changes.rows]
        self.listed.take(rows, taking.take, changes.cursor, changes.epoch, None, NOON)

    def push(self, *, is_answered: bool = True, most: int = 500) -> bool:
        """Send what waits. Whether nothing is left."""
        if not self.listed.epoch:
            self.pull()  # whoever sends knows which list it is
        waiting = self.listed.waiting(most, None)
        rows = [Outgoing(ref[0], one, self.listed.version(ref)) for ref, one in waiting.records.items()]
        pushed = self.list.push(rows, self.listed.cursor)
        if is_answered:
            self.listed.sent(waiting, pushed.taken, pushed.refused, pushed.heard, NOON)
        return not self.listed.has_unsent

    def syncs(self) -> None:
        """Until all is sent and all is here."""
        for _ in range(20):
            self.pull()
            if self.push():
                self.pull()
                return
        raise AssertionError(f"never done: {self.store.names(UNSENT)[:9]}")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["call", "call", "edit", "edit", "refuse", "undo", "join", "forget"])
        | st.sampled_from(
            ["pull", "push", "push", "kill", "unheard", "unanswered", "down", "up", "restored"]
        ),
        st.integers(0, 2),
        st.sampled_from(PEOPLE),
    ),
    max_size=40,
)


def done(what: str, desk: Desk) -> None:
    """One step between a rep and the list."""
    try:
        match what:
            case "pull":
                desk.pull()
            case "unheard":
                desk.pull(is_kept=False)
            case "push":
                desk.push(most=2)
            case "unanswered":
                desk.push(is_answered=False)
    except NoLine:
        pass


@pytest.mark.slow
@costly
@given(STEPS)
@example(
    [("call", 0, "bo"), ("unanswered", 0, "bo"), ("edit", 1, "bo"), ("push", 1, "bo"), ("kill", 0, "bo")]
)
@example([("forget", 0, "bo"), ("push", 0, "bo"), ("call", 1, "bo"), ("restored", 0, "bo")])
def test_b59_nothing_is_lost_in_any_order(steps: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as where:
        team, now = FakeTeam(at=NOON), NOON
        desks = [Desk(Path(where), rep, team) for rep in ("sam", "kim", "eva")]
        for number, (what, which, person) in enumerate(steps):
            desk, now = desks[which], now + timedelta(seconds=90)
            if what == "kill":
                desk.kill()
            elif what in ("down", "up"):
                team.is_down = what == "down"
                team.passes(minutes=60)
            elif what == "restored":
                team.restored()
                team.epoch = f"restored {number}"  # as whoever puts the copy back says it
            elif what in ("pull", "push", "unheard", "unanswered"):
                done(what, desk)
            elif what != "forget" or desk.store.contact(person):  # nobody forgets one whom they do not have
                desk.act(what, number, person, now)
        team.is_down = False
        for _ in range(2):
            for desk in desks:
                desk.syncs()
        for desk in desks:
            desk.pull()
        written = {f"{desks[w].rep}-{n}" for n, (what, w, _) in enumerate(steps) if what == "call"}
        first, *others = (desk.shared() for desk in desks)
        assert all(other == first for other in others)
        assert {record_id for kind, record_id in first if kind == "Call"} == written
        told = {ref: kept.record for ref, kept in team.records.items() if kept.record is not None}
        assert {record_id for table, record_id in told if table == "calls"} == written
        for desk in desks:
            desk.store.close()


def test_what_is_written_is_noted_in_the_same_line_of_the_journal(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "sam", FakeTeam(at=NOON))
    desk.syncs()
    desk.act("call", 1, "ann", NOON)
    desk.kill()
    assert desk.store.names(UNSENT) == ("calls.sam-1",)
    desk.syncs()
    assert desk.store.names(UNSENT) == ()
    desk.store.close()


def test_what_is_written_while_it_goes_out_goes_out_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "sam", FakeTeam(at=NOON))
    desk.syncs()
    desk.act("edit", 1, "ann", NOON)
    waiting = desk.listed.waiting(10, None)
    desk.act("edit", 2, "ann", NOON)
    desk.listed.sent(waiting, {("contacts", "ann"): 9}, (), 0, NOON)
    assert desk.store.names(UNSENT) == ("contacts.ann",)
    desk.store.close()


def test_what_came_from_the_list_is_not_sent_again_and_without_a_list_nothing_is_noted(
    tmp_path: Path,
) -> None:
    team = FakeTeam(at=NOON)
    sam, kim = Desk(tmp_path, "sam", team), Desk(tmp_path, "kim", team)
    sam.syncs()
    kim.syncs()
    sam.act("call", 1, "ann", NOON)
    sam.syncs()
    kim.pull()
    assert [call.id for call in kim.store.calls()] == ["sam-1"]
    assert kim.store.names(UNSENT) == ()
    kim.store.commit(Change(state={LIST: None}), NOON)
    kim.act("call", 2, "bo", NOON)
    assert kim.store.names(UNSENT) == ()
    for desk in (sam, kim):
        desk.store.close()


def test_many_pieces_of_versions_become_few_and_stay_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.storage.sharing.listed._MANY_PIECES", 3)
    desk = Desk(tmp_path, "sam", FakeTeam(at=NOON))
    for number in range(6):
        desk.act("call", number, "ann", NOON)
        desk.syncs()
    refs = [("calls", f"sam-{number}") for number in range(6)]
    before = [desk.listed.version(ref) for ref in refs]
    desk.listed.tidy(NOON)
    desk.kill()
    assert [desk.listed.version(ref) for ref in refs] == before
    assert len(desk.store.names("shared_list_versions")) == 1
    desk.store.close()


def test_who_is_forgotten_is_gone_from_the_list_under_each_of_their_ids(tmp_path: Path) -> None:
    team = FakeTeam(at=NOON)
    sam, kim = (Desk(tmp_path, rep, team) for rep in ("sam", "kim"))
    kim.syncs()
    sam.syncs()
    sam.act("join", 0, "ann", NOON)
    sam.act("forget", 1, "ann", NOON)
    sam.syncs()
    kim.syncs()
    there = {one for (table, one), kept in team.records.items() if table == "contacts" and kept.record}
    assert there == {"eva"}
    assert [one.id for one in kim.store.contacts()] == ["eva"]


def test_whom_a_join_forgot_is_forgotten_by_everybody_also_when_they_were_two_people(tmp_path: Path) -> None:
    team = FakeTeam(at=NOON)
    sam, kim, eva = (Desk(tmp_path, rep, team) for rep in ("sam", "kim", "eva"))
    for number in (4, 5):  # the second time she said that they are two
        eva.act("join", number, "ann", NOON)
    sam.act("forget", 6, "bo", NOON)
    sam.act("join", 8, "ann", NOON)
    for _ in range(2):
        for desk in (kim, sam, eva):
            desk.syncs()
    kim.pull()
    sam.pull()
    assert sam.shared() == kim.shared() == eva.shared()
    assert [one.id for one in eva.store.contacts()] == ["eva"]
