"""Who is forgotten is in no file of the data folder: not in what is stored, not in a copy, a page or a recording."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bench.memory_store import MemoryStore
from tui.domain.call import Call, Dial, Note
from tui.domain.contact import Contact, Number, Rep, Source
from tui.domain.do_not_call import Entry, KnownAs
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.promise_state import PlannedCall
from tui.domain.shared.forgotten import Forgotten, Hashes
from tui.storage import disk
from tui.storage.disk import PUT_ASIDE, RESCUED, write_page
from tui.storage.protocol import Change, NotSaved
from tui.storage.tiny import FILE, TinyStore
from tui.storage.values import load

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NUMBER, MAIL, NOTE = "+442079460177", "zelda.quince@example.com", "her mother is ill"
ZELDA = Contact(
    "c1",
    name="Zelda Quince",
    given="Zelda",
    family="Quince",
    company="Larkspur",
    numbers=(Number(NUMBER, "020 7946 0177", "work"),),
    emails=(MAIL,),
    lists=("fair",),
    source=Source("fair", "EXT-ZQ-9"),
    fields={"Hobby": "falconry at Wentbridge"},
    remembered={"decides": "Zelda Quince alone"},
)
BEN = Contact("c2", name="Ben Tarn", company="Larkspur", numbers=(Number("+442079460178"),))
TOLD = ("Zelda", "Quince", NUMBER, "020 7946 0177", MAIL, "mother", "EXT-ZQ-9", "falconry", "Wentbridge")
CALL = Call(
    "k1",
    "c1",
    NOON - timedelta(days=3),
    "talked",
    Category.CONVERSATION,
    dials=(Dial(NUMBER, NOON - timedelta(days=3), None, NOON - timedelta(days=3, seconds=-60)),),
    notes=(Note(NOON, NOTE),),
    answers={"topic": NOTE},
    override=f"because {NOTE}",
    before={"remembered": {}},
    after={"remembered": {"decides": "Zelda Quince alone"}},
)
CORRECTED = replace(CALL, notes=(), revisions=(replace(CALL, before=None, after=None),))
MISSED = Call(
    "k2",
    "",
    NOON - timedelta(days=2),
    "missed",
    Category.NO_ANSWER,
    direction="in",
    dials=(Dial(NUMBER, NOON - timedelta(days=2)),),
    one_of=("c1",),
)
SHARED = Call(
    "k3",
    "",
    NOON - timedelta(days=1),
    "missed",
    Category.NO_ANSWER,
    direction="in",
    dials=(Dial("+442079460178", NOON - timedelta(days=1)),),
    one_of=("c2", "c1"),
)
REFUSED = Entry(
    "e1",
    NOON,
    NOON.date(),
    why=NOTE,
    name="Zelda Quince",
    contact_id="c1",
    who=KnownAs("Zelda Quince", "Larkspur", (NUMBER,), (MAIL,)),
    numbers=(NUMBER,),
)
PLAN = PlannedCall("p1", "c1", NOON + timedelta(days=9), "Europe/London", "day", "fair", NOON)
HALF_DONE = {"id": "k9", "contact_id": "c1", "notes": [[NOON.isoformat(), NOTE]], "draft": "Zelda says"}
STATE = {
    "rep": {"id": "rep-1", "filters": {"mine": "zelda", "hers": "Zelda Quince"}, "list": "fair"},
    "drafts.c1": {"value": HALF_DONE},
    "drafts.c2": {"value": {**HALF_DONE, "contact_id": "c2", "notes": [], "draft": f"as {NOTE}"}},
    "left_open": {"k9": HALF_DONE, "k8": {"contact_id": "c2"}},
    "skips.c1": {"value": [[NOON.isoformat(), "busy"]]},
    "owed.k1": {"value": True},
    "running": {"place": "queue", "stack": [HALF_DONE, {"contact_id": "c2"}]},
}
EVERYTHING = Change(
    contacts=(ZELDA, BEN),
    calls=(CORRECTED, MISSED, SHARED),
    do_not_call=(REFUSED,),
    plans=(PLAN,),
    reps=(Rep("rep-1", "Sam"),),
    state=STATE,
    next_steps={"c1": NextStep("call", "fresh", NOON), "c2": NextStep("call", "fresh", NOON)},
)
GONE = Change(forgotten=(Forgotten("c1", NOON, "rep-1"),))


@pytest.fixture
def rescue(tmp_path, monkeypatch) -> Path:
    """The folder of pages that could not be saved."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(disk, "rescue_folders", lambda: (folder,))
    return folder


def files_that_tell(*folders: Path) -> dict[str, list[str]]:
    """Every file with what it says of her, by name."""
    found = {}
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        if told := [word for word in TOLD if word.encode() in raw or json.dumps(word)[1:-1].encode() in raw]:
            found[path.name] = told
    return found


def several_generations(folder: Path) -> TinyStore:
    """A store whose every file has her: the data file, the copy before, both journals, copies, pages, recordings."""
    for day in range(3):
        store = TinyStore.open(folder)
        store.commit(EVERYTHING, NOON + timedelta(days=day))
        more = replace(CALL, id=f"m{day}", notes=(Note(NOON, f"{NOTE} {day}"),))
        store.commit(Change(calls=(more,)), NOON + timedelta(days=day))
        if day < 2:
            store.close()
    for kind in (".schema-1", ".older-1", ".journal.damaged-2", ".theirs-3"):
        (folder / (FILE + kind)).write_bytes((folder / (FILE + ".journal")).read_bytes())
    (folder / (FILE + ".older-9")).write_text("Ben Tarn")
    write_page(folder, PUT_ASIDE, f"Zelda Quince\n{NOTE}", NOON)
    write_page(folder, PUT_ASIDE, "Ben Tarn", NOON + timedelta(minutes=1))
    (folder / "recordings").mkdir()
    local = (NOON - timedelta(days=3)).astimezone()
    for name in (f"call-{local:%Y-%m-%d-%H%M%S}-rep.wav", "call-2025-01-01-120000-rep.wav"):
        (folder / "recordings" / name).write_bytes(b"RIFF")
    return store


def test_b56_no_file_of_the_data_folder_holds_a_byte_of_them(folder, rescue):
    store = several_generations(folder)
    write_page(rescue, RESCUED, "Zelda Quince", NOON)
    before = files_that_tell(folder, rescue)
    assert {FILE, f"{FILE}.journal", f"{FILE}.bak", f"{FILE}.journal.bak"} <= before.keys()
    store.commit(GONE, NOON)
    assert files_that_tell(folder, rescue) == {}
    store.close()
    assert files_that_tell(folder, rescue) == {}
    assert sorted(path.name for path in folder.rglob("*") if path.suffix in (".txt", ".wav")) == [
        "call-2025-01-01-120000-rep.wav",
        "put-aside-20261123-120100.txt",
    ]
    assert (folder / f"{FILE}.older-9").exists()
    assert any("put-aside-20261123-120000.txt" in note for note in store.notes)


@pytest.mark.parametrize("kind", ["tiny", "memory"])
def test_counts_others_and_the_refusal_stay(folder, rescue, kind):
    store = TinyStore.open(folder) if kind == "tiny" else MemoryStore()
    store.commit(EVERYTHING, NOON)
    store.commit(GONE, NOON)
    assert [one.id for one in store.contacts()] == ["c2"]
    calls = {call.id: call for call in store.calls()}
    assert [(call.outcome, call.is_, call.at) for call in calls.values()] == [
        (call.outcome, call.is_, call.at) for call in (CALL, MISSED, SHARED)
    ]
    assert (calls["k2"].dials[0].number, calls["k3"].one_of) == ("", ("c2",))
    assert calls["k3"].dials == SHARED.dials
    (entry,) = store.do_not_call()
    hashes = Hashes(store.hash_keys())
    assert set(entry.hashes) == {*hashes.of(NUMBER), *hashes.of(MAIL)}
    assert {name: store.state(name) for name in STATE} == {
        "rep": {"id": "rep-1", "filters": {"mine": "zelda", "hers": ""}, "list": "fair"},
        "drafts.c1": {},
        "drafts.c2": {"value": {**HALF_DONE, "id": "k9", "contact_id": "c2", "notes": [], "draft": ""}},
        "left_open": {"k8": {"contact_id": "c2"}},
        "skips.c1": {},
        "owed.k1": {},
        "running": {"place": "queue", "stack": [{"contact_id": "c2"}]},
    }
    store.close()


def test_what_an_open_cockpit_still_had_in_hand_is_not_written_again(folder):
    store = TinyStore.open(folder)
    store.commit(EVERYTHING, NOON)
    store.commit(GONE, NOON)
    store.commit(Change(state=STATE, calls=(CALL,), contacts=(ZELDA,)), NOON)
    assert not store.state("drafts.c1")
    assert store.state("running")["stack"] == [{"contact_id": "c2"}]
    assert (store.call("k1").notes, store.contact("c1")) == ((), None)
    store.close()


@pytest.mark.parametrize("where", ["before the files", "after the commit"])
def test_a_kill_in_between_is_made_good_by_the_next_start(folder, rescue, monkeypatch, where):
    store = several_generations(folder)
    if where == "before the files":
        monkeypatch.setattr(store._storage, "commit", lambda changes: 1 / 0)
    else:
        monkeypatch.setattr(store, "_erase", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.commit(GONE, NOON)
    store._storage.abandon()
    again = TinyStore.open(folder)
    if where == "before the files":
        assert again.contact("c1") is not None  # nothing is half gone: whoever forgets again finds them
        again.commit(GONE, NOON)
    assert files_that_tell(folder, rescue) == {}
    again.close()
    assert files_that_tell(folder, rescue) == {}


def test_a_file_that_cannot_be_deleted_is_named_and_nobody_is_forgotten(folder, rescue, monkeypatch):
    store = several_generations(folder)

    def refuse(path, missing_ok=False):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(NotSaved, match=r"older-1"):
            store.commit(GONE, NOON)
    assert store.contact("c1") is not None
    store.close()


def test_an_emptied_value_does_not_come_back_with_what_a_newer_program_added(folder):
    store = TinyStore.open(folder)
    store.commit(Change(do_not_call=(REFUSED,)), NOON)
    rows = store._tables.of_entries
    key = rows.keys["e1"]
    store._storage.commit({"do_not_call": {key: rows.raw("e1")[:-1] + b',"newer":"kept"}'}})
    store.commit(Change(do_not_call=(replace(REFUSED, why="", who=KnownAs("Zelda Quince")),)), NOON)
    document = load(rows.raw("e1"))
    assert ("why" in document, document["who"], document["newer"]) == (
        False,
        {"name": "Zelda Quince"},
        "kept",
    )
    store.close()


def test_a_note_that_is_blanked_stands_in_no_generation_either(folder):
    store = TinyStore.open(folder)
    for day in range(2):
        store.commit(Change(calls=(replace(CALL, rev=day),), contacts=(BEN,)), NOON + timedelta(days=day))
        store.close()
        store = TinyStore.open(folder)
    assert {FILE, f"{FILE}.journal.bak"} <= files_that_tell(folder).keys()
    blank = replace(CALL, notes=(), answers={}, override="", dials=(), before=None, after=None)
    store.commit(Change(calls=(blank,), erases=True), NOON + timedelta(days=3))
    assert files_that_tell(folder) == {}
    assert store.contact("c2") == replace(store.contact("c2"), name="Ben Tarn")
    assert not store.state("erasing")
    store.close()


def test_what_a_newer_program_wrote_of_their_calls_goes_too(folder):
    store = TinyStore.open(folder)
    store.commit(Change(contacts=(ZELDA,), calls=(CALL,)), NOON)
    rows = store._tables.of_calls
    newer = rows.raw("k1")[:-1] + b',"newer":"Zelda Quince"}'
    store._storage.commit({"calls": {rows.keys["k1"]: newer}})
    store.commit(GONE, NOON)
    assert files_that_tell(folder) == {}
    store.close()
