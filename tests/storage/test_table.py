"""TinyDB's own ways of writing, over the journal: the same results as on TinyDB in memory."""

from __future__ import annotations

import pytest
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from tui.storage.tiny import JournalDB


@pytest.fixture(params=["plain", "journal", "journal, opened again"])
def db(request, tmp_path):
    """TinyDB in memory, and ours: the plain one shows that the tests ask what TinyDB does."""
    if request.param == "plain":
        yield TinyDB(storage=MemoryStorage)
        return
    db = JournalDB(tmp_path / "s.json")
    db.insert_multiple({"n": n, "even": n % 2 == 0} for n in (1, 2, 3))
    if request.param == "journal, opened again":
        db.close()
        db = JournalDB(tmp_path / "s.json")
    db.truncate()
    yield db
    db.close()


@pytest.fixture
def numbers(db):
    db.insert_multiple({"n": n, "even": n % 2 == 0} for n in (1, 2, 3))
    return db


def test_insert_gives_keys_from_one_on(db):
    assert db.insert({"a": 1}) == 1
    assert db.insert_multiple([{"a": 2}, {"a": 3}]) == [2, 3]
    assert db.insert(Document({"a": 10}, doc_id=10)) == 10
    assert db.insert({"a": 11}) == 11
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Document({}, doc_id=10))


def test_search_get_count_and_contains(numbers):
    assert [row["n"] for row in numbers.search(where("even") == False)] == [1, 3]  # noqa: E712
    assert numbers.get(where("n") == 2).doc_id == 2
    assert numbers.get(doc_id=3) == {"n": 3, "even": False}
    assert numbers.get(doc_id=9) is None
    assert numbers.get(doc_ids=[1, 9, 3]) == [{"n": 1, "even": False}, {"n": 3, "even": False}]
    assert numbers.count(where("n") > 1) == 2
    assert numbers.contains(doc_id=1)
    assert not numbers.contains(where("n") == 7)


def test_update_by_condition_by_key_by_function_and_of_all(numbers):
    assert numbers.update({"even": None}, where("n") == 3) == [3]
    assert numbers.update(increment("n"), doc_ids=[1, 99]) == [1]
    assert numbers.update(delete("even")) == [1, 2, 3]
    assert [dict(row) for row in numbers] == [{"n": 2}, {"n": 2}, {"n": 3}]
    assert numbers.update_multiple([({"m": 1}, where("n") == 2)]) == [1, 2]


def test_upsert_updates_or_inserts(numbers):
    assert numbers.upsert({"n": 2, "x": 1}, where("n") == 2) == [2]
    assert numbers.upsert({"n": 5}, where("n") == 5) == [4]
    assert len(numbers) == 4


def test_remove_and_truncate(numbers):
    assert numbers.remove(where("n") == 2) == [2]
    assert numbers.remove(doc_ids=[1, 99]) == [1]
    assert [row["n"] for row in numbers] == [3]
    numbers.truncate()
    assert len(numbers) == 0
    assert numbers.insert({"a": 1}) == 1


def test_tables_and_dropping_them(db):
    db.table("a").insert({"x": 1})
    db.table("b").insert({"x": 2})
    assert db.tables() == {"a", "b"}
    db.drop_table("a")
    assert db.tables() == {"b"}
    db.drop_tables()
    assert db.tables() == set()
    assert len(db.table("b")) == 0


def test_the_query_cache_forgets_when_something_is_written(numbers):
    assert numbers.count(where("n") == 2) == 1
    numbers.insert({"n": 2})
    assert numbers.count(where("n") == 2) == 2


def test_a_document_handed_out_is_the_callers_own(tmp_path):
    with JournalDB(tmp_path / "s.json") as db:
        db.insert({"tags": ["a"]})
        db.get(doc_id=1)["tags"].append("b")
        assert db.get(doc_id=1) == {"tags": ["a"]}


def test_what_json_cannot_say_is_refused_and_changes_nothing(tmp_path):
    with JournalDB(tmp_path / "s.json") as db:
        db.insert({"a": 1})
        for bad in ({1, 2}, float("nan"), object()):
            with pytest.raises((TypeError, ValueError)):
                db.insert({"a": bad})
            with pytest.raises((TypeError, ValueError)):
                db.update({"a": bad})
        assert [dict(row) for row in db] == [{"a": 1}]


def test_asking_for_an_empty_table_to_persist_erases_nothing_it_should_not(tmp_path):
    with JournalDB(tmp_path / "s.json") as db:
        db.table("calls").insert({"a": 1})
    with JournalDB(tmp_path / "s.json") as db:
        assert len(db.table("calls")) == 1
