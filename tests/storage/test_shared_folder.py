"""Two reps write for an hour through folders that become equal late, in any order, cut at any byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
import pytest
from hypothesis import example, given
from msgspec.structs import replace

from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number, Rep
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.shared.forgotten import Forgotten
from tui.domain.shared.merge import shared, united
from tui.domain.shared.same_person import decided
from tui.storage.protocol import Change, change_of
from tui.storage.sharing import visit as visits
from tui.storage.sharing.folder import OwnFile, PeopleFolder, Place, place_of_document, place_to_document
from tui.storage.sharing.notes import EVERYTHING, FOLDER, NOTES, everything
from tui.storage.sharing.outbox import done
from tui.storage.sharing.visit import Errand, visit
from tui.storage.tiny import TinyStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PEOPLE = ("ann", "bo", "eva")


class Desk:
    """A rep with a store and a folder of their own."""

    def __init__(self, where: Path, rep: str) -> None:
        where.mkdir(parents=True)
        self.begin(where, rep)
        contacts = tuple(
            Contact(one, name=one.title(), numbers=(Number(f"+44207946010{place}"),), lists=("autumn",))
            for place, one in enumerate(PEOPLE)
        )
        known = {"rep": {"id": rep}, FOLDER: {"path": "people"}, **everything({})}
        self.store.commit(
            Change(contacts=contacts, reps=(Rep(rep, rep.title()),), state=known, origin="file"), NOON
        )

    def begin(self, where: Path, rep: str) -> None:
        """A start of the program."""
        self.rep, self.where = rep, where
        self.folder = PeopleFolder(where / "people", rep)
        self.open()

    def open(self) -> None:
        """Also after a kill: what is not on the disk is gone."""
        self.store = TinyStore.open(self.where / "data")
        kept = self.store.state(FOLDER)
        self.own = OwnFile(kept.get("generation", 0), kept.get("size", 0))
        found = map(place_of_document, self.store.states("people_folder_read").values())
        self.read: dict[str, Place] = {place.name: place for place in found if place}

    def kill(self) -> None:
        self.store.db.storage.abandon()
        self.open()

    def visit(self, now: datetime, *, notes_what_it_sent: bool = True) -> None:
        """One round as the cockpit makes it."""
        errand = visit(self.folder, self.store, Errand(self.own, {}, self.read), now)
        self.own = errand.own
        if errand.sent or errand.is_gone:
            notes = done(self.store, errand.sent) if errand.sent else {}
            gone = everything(self.store.state(f"{NOTES}.{EVERYTHING}")) if errand.is_gone else {}
            kept = {**self.store.state(FOLDER), "generation": self.own.generation, "size": self.own.size}
            if notes_what_it_sent:
                self.store.commit(Change(state={FOLDER: kept, **notes, **gone}), now)
        places = {place.key: place_to_document(place) for place in errand.rest.places.values()}
        records = united(errand.rest.records)
        self.store.commit(change_of(records, origin="merge", known_to_team=True, state=places), now)
        self.read |= errand.rest.places

    def shared(self) -> dict[tuple[str, str], object]:
        return {(type(one).__name__, one.id): shared(one) for one in self.store.accounts()}

    def act(self, what: str, number: int, person: str, now: datetime) -> None:
        store, rep = self.store, self.rep
        made = f"{rep}-{number}"
        if what == "call":
            call = Call(made, person, now, "talked", Category.CONVERSATION, rep=rep, notes=(Note(now, made),))
            store.commit(Change(calls=(call,)), now)
        elif what == "undo":
            ours = [one for one in store.calls() if one.rep == rep and not one.voided_at]
            if ours:
                store.commit(Change(calls=(replace(ours[-1], voided_at=now),)), now)
        elif what == "edit":
            if contact := store.contact(person):
                store.commit(
                    Change(contacts=(replace(contact, company=made, tags=(*contact.tags, made)),)), now
                )
        elif what == "refuse":
            store.commit(
                Change(do_not_call=(Entry(made, now, now.date(), contact_id=person, rep=rep, why="asked"),)),
                now,
            )
        elif what == "join":
            store.commit(
                Change(same_person=(decided("ann", "bo", same=number % 2 == 0, at=now, rep=rep),)), now
            )
        elif what == "forget":
            store.commit(Change(forgotten=(Forgotten(person, now, rep),)), now)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["call", "call", "edit", "edit", "refuse", "undo", "join", "forget", "visit", "visit"]
        )
        | st.sampled_from(["sync", "sync", "kill", "lost"]),
        st.integers(0, 1),
        st.sampled_from(PEOPLE),
        st.floats(0, 1),
    ),
    max_size=40,
)


def deliver(source: Path, target: Path, part: float) -> None:
    """What a sync program does late: the files of one folder come to the other, one of them cut at any byte."""
    target.mkdir(exist_ok=True)
    for path in source.iterdir() if source.exists() else ():
        raw = path.read_bytes()
        if not path.name.startswith(target.parent.name):
            (target / path.name).write_bytes(raw[: round(len(raw) * part)])


@pytest.mark.slow
@given(STEPS)
@example([("visit", 1, "ann", 0.0), ("lost", 1, "ann", 1.0)])
@example(
    [("call", 0, "bo", 0.0), ("refuse", 1, "ann", 0.0), ("sync", 1, "ann", 0.5), ("forget", 0, "ann", 0.0)]
)
def test_two_reps_end_with_equal_records_and_nothing_is_lost(
    steps: list[tuple[str, int, str, float]],
) -> None:
    with TemporaryDirectory() as where:
        sam, kim = desks = [Desk(Path(where) / one, one) for one in ("sam", "kim")]
        now = NOON
        for number, (what, which, person, part) in enumerate(steps):
            now += timedelta(seconds=90)
            desk, other = desks[which], desks[1 - which]
            if what == "visit":
                desk.visit(now, notes_what_it_sent=part < 0.8)
            elif what == "sync":
                deliver(desk.folder.path, other.folder.path, part)
            elif what == "kill":
                desk.kill()
            elif what == "lost":
                for path in desk.folder.path.glob(f"{desk.rep}.*") if part > 0.7 else ():
                    path.unlink()
            else:
                desk.act(what, number, person, now)
        for _ in range(3):
            for desk, other in ((sam, kim), (kim, sam)):
                desk.visit(now)
                desk.visit(now)
                deliver(desk.folder.path, other.folder.path, 1)
        for desk in desks:
            desk.visit(now)
        assert sam.shared() == kim.shared()
        written = {
            f"{('sam', 'kim')[which]}-{number}"
            for number, (what, which, *_) in enumerate(steps)
            if what == "call"
        }
        assert {call.id for call in kim.store.calls()} == written
        for desk in desks:
            desk.store.close()


def test_nothing_is_read_or_written_twice_while_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = Desk(tmp_path / "sam", "sam")
    (tmp_path / "sam" / "people").mkdir()
    sam.visit(NOON)
    sam.visit(NOON)
    before = {path: path.stat().st_mtime_ns for path in sam.folder.path.iterdir()}
    monkeypatch.setattr(visits, "lines_of_everything", None)
    sam.visit(NOON)
    assert {path: path.stat().st_mtime_ns for path in sam.folder.path.iterdir()} == before
    assert sam.store.states(NOTES) == {}
    sam.store.close()


def test_a_record_that_is_written_again_while_it_goes_out_goes_out_again(tmp_path: Path) -> None:
    sam = Desk(tmp_path / "sam", "sam")
    sam.visit(NOON)
    sam.act("edit", 1, "ann", NOON)
    errand = visit(sam.folder, sam.store, Errand(sam.own, {}), NOON)
    sam.act("edit", 2, "ann", NOON)
    assert errand.sent is not None
    assert done(sam.store, errand.sent) == {}
    sam.store.close()


def test_a_note_that_somebody_made_up_goes_and_nothing_stops(tmp_path: Path) -> None:
    sam = Desk(tmp_path / "sam", "sam")
    sam.visit(NOON)
    sam.store.commit(Change(state={f"{NOTES}.nonsense": {"crc": "x"}, f"{NOTES}.calls.gone": {}}), NOON)
    sam.visit(NOON)
    assert sam.store.states(NOTES) == {}
    sam.store.close()


def test_a_forgotten_person_leaves_our_file(tmp_path: Path) -> None:
    sam = Desk(tmp_path / "sam", "sam")
    sam.visit(NOON)
    sam.act("forget", 1, "ann", NOON)
    sam.visit(NOON)
    (file,) = sam.folder.path.iterdir()
    assert file.name == "sam.2.jsonl"
    assert b"+442079460100" not in file.read_bytes()
    sam.store.close()


def test_what_came_from_the_folder_does_not_go_there_again(tmp_path: Path) -> None:
    sam, kim = Desk(tmp_path / "sam", "sam"), Desk(tmp_path / "kim", "kim")
    sam.visit(NOON)
    kim.visit(NOON)
    sam.act("call", 1, "ann", NOON)
    sam.visit(NOON)
    deliver(sam.folder.path, kim.folder.path, 1)
    kim.visit(NOON)
    assert [call.id for call in kim.store.calls()] == ["sam-1"]
    assert kim.store.states(NOTES) == {}
    for desk in (sam, kim):
        desk.store.close()


@pytest.mark.parametrize("what", ["lost", "cut"])
def test_our_file_is_written_again_although_there_is_nothing_new_to_say(tmp_path: Path, what: str) -> None:
    sam = Desk(tmp_path / "sam", "sam")
    sam.visit(NOON)
    (file,) = sam.folder.path.iterdir()
    whole = file.read_bytes()
    sam.visit(NOON)
    assert list(sam.folder.path.iterdir()) == [file]
    file.unlink() if what == "lost" else file.write_bytes(whole[:-30])
    sam.visit(NOON)
    sam.visit(NOON)
    (again,) = sam.folder.path.iterdir()
    assert again.read_bytes() == whole
