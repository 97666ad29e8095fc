"""Records and stores for the tests of the storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from bench.memory_store import MemoryStore
from tui.domain.call import Call, Dial, Note, ScriptRef
from tui.domain.contact import Basis, Contact, Number, Preferences, Refusal, Rep, Source, Touch
from tui.domain.do_not_call import Entry, KnownAs
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Goal, Pause, Session
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.same_person import SamePerson, decided
from tui.domain.why import why
from tui.storage.protocol import Store
from tui.storage.tiny import TinyStore

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def ann() -> Contact:
    return Contact(
        id="019a0000-0000-7000-8000-000000000001",
        name="Ann Rossi",
        given="Ann",
        family="Rossi",
        company="Acme Tools",
        role="Buyer",
        numbers=(
            Number("+442079460100", "020 7946 0100", "office", "12"),
            Number("+447700900123", "07700 900123", "mobile", bad=True),
        ),
        emails=("ann@example.com",),
        lists=("autumn", "fair"),
        source=Source("autumn", "A-17"),
        zone="Europe/London",
        language="en",
        owner="Sam Vale",
        owner_id="rep-1",
        tags=("van",),
        fields={"Fleet": "12 vans", "Zahl": "7"},
        customer=True,
        open_problem="late delivery",
        prefers=Preferences(30, "email", "18:30", NOON),
        remembered={"decides": "Jo Marsh"},
        basis=Basis("consent", date(2026, 1, 31)),
        touched_at=Touch(NOON, "autumn"),
        do_not_call=Refusal(),
        priority=2,
        pursuit="soft",
        pursuit_reason="asked",
        pursuit_since=NOON,
        kept_at=NOON,
        stamps={"role": "1795435200000.00000.rep-1"},
    )


def call_to_ann() -> Call:
    return Call(
        id="019a0000-0000-7000-8000-00000000c001",
        contact_id=ann().id,
        at=NOON,
        outcome="promise",
        is_=Category.PROMISE,
        session_id="019a0000-0000-7000-8000-00000000a001",
        rep="rep-1",
        dials=(
            Dial("+442079460100", NOON, None, NOON + timedelta(seconds=20), "no_answer", "timeout"),
            Dial("+447700900123", NOON + timedelta(seconds=25), NOON + timedelta(seconds=31)),
        ),
        notes=(Note(NOON, "two vans, not three.\nNew depot in Leeds opens in March"),),
        answers={"offer": "too expensive"},
        steps=("opener", "discovery[2]"),
        script=ScriptRef("proposal", "3", "ab12", "b", "they_ring_back"),
        reason_id="price",
        promise=Promise(NOON + timedelta(days=4), "Europe/London", "day", "visit", "fri", "after the fair"),
        owed=Owed("the offer", date(2026, 11, 23), NOON),
        acknowledged=True,
        signals=("+", "-"),
        reason_code="early",
        talk_s=61.5,
        ready_s=2.25,
        wrap_s=9.0,
        keys=4,
        identify_s=1.5,
        cancelled_at=NOON,
        override="Italy: closed. Because: they asked",
        lifted_at=NOON,
        before={"remembered": {}},
        after={"remembered": {"decides": "Jo Marsh"}},
        voided_at=NOON,
    )


def no_more_calls() -> Entry:
    return Entry(
        id="019a0000-0000-7000-8000-00000000d001",
        at=NOON,
        on=NOON.date(),
        kind="lift",
        rev=1,
        edited_at=NOON,
        rep="rep-1",
        why="wrote that they want the offer",
        name="Acme Tools",
        contact_id=ann().id,
        who=KnownAs("Ann Rossi", "Acme Tools", ("+442079460100",)),
        numbers=("+442079460100",),
        firm="acme tools",
        call_id=call_to_ann().id,
        register="TPS",
        country="GB",
        lifts=("019a0000-0000-7000-8000-00000000d000",),
        voided_at=NOON,
        hashes=("0000f001:ab",),
    )


def call_planned_elsewhere() -> PlannedCall:
    return PlannedCall(
        id="019a0000-0000-7000-8000-00000000e001",
        contact_id=ann().id,
        from_=NOON + timedelta(days=3),
        zone="Europe/London",
        precision="minute",
        source="autumn",
        made_at=NOON,
        rev=1,
        edited_at=NOON,
        replaced_at=NOON,
    )


def sam() -> Rep:
    return Rep("rep-1", "Sam Vale", ("Sam",), rev=1, edited_at=NOON)


def two_people() -> SamePerson:
    return replace(decided("c7", "c8", same=False, at=NOON, rep="rep-1"), rev=1, edited_at=NOON)


def gone() -> Forgotten:
    return Forgotten("c9", NOON, "rep-1", rev=1, edited_at=NOON)


def key_of_the_team() -> HashKey:
    return HashKey("019a0000-0000-7000-8000-00000000f001", "0f" * 32, NOON, "rep-1", rev=1, edited_at=NOON)


def quarter_hour() -> Session:
    return Session(
        id="019a0000-0000-7000-8000-00000000a001",
        started_at=NOON,
        planned_s=900.0,
        rep="rep-1",
        ended_at=NOON + timedelta(minutes=15),
        goal=Goal(6, 2),
        pauses=(Pause("incoming", NOON, NOON + timedelta(minutes=1)), Pause("coffee", NOON)),
        state="ended",
        spent={"ready": 12.5, "paused:incoming": 60.0},
    )


def call_on_friday() -> NextStep:
    return NextStep(
        "call",
        "promise",
        NOON + timedelta(days=4),
        (why("promised"), why("tried_late", calls=2)),
        "minute",
        2,
        4,
        frozenset({"price", "fair"}),
        NOON + timedelta(days=5),
        zones=("Europe/London",),
        signal=True,
        priority=2,
        lists=("autumn",),
    )


@pytest.fixture
def records() -> SimpleNamespace:
    """Builders of one full record of each kind, and the time all of them know."""
    return SimpleNamespace(
        contact=ann,
        call=call_to_ann,
        session=quarter_hour,
        entry=no_more_calls,
        plan=call_planned_elsewhere,
        rep=sam,
        same_person=two_people,
        forgotten=gone,
        hash_key=key_of_the_team,
        step=call_on_friday,
        now=NOON,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def crash() -> Callable[[TinyStore], None]:
    """Ends a store as the kernel does: the files are let go of, nothing is written."""
    return lambda store: store.db.storage.abandon()


@pytest.fixture(params=["memory", "tiny", "tiny reopened", "tiny after a crash"])
def again(request: pytest.FixtureRequest, folder: Path) -> Iterator[Callable[[], Store]]:
    """Gives the store under test; each call gives it again, for the files by the way its name says."""
    stores: list[Store] = []

    def store() -> Store:
        if not stores:
            stores.append(MemoryStore() if request.param == "memory" else TinyStore.open(folder))
        elif request.param == "tiny reopened":
            stores.pop().close()
            stores.append(TinyStore.open(folder))
        elif request.param == "tiny after a crash":
            left = stores.pop()
            assert isinstance(left, TinyStore)
            left.db.storage.abandon()
            stores.append(TinyStore.open(folder))
        return stores[0]

    yield store
    stores[0].close()


@pytest.fixture
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for the disk, where nothing is cut."""
    monkeypatch.setattr("tui.storage.disk.sync", lambda descriptor: None)
