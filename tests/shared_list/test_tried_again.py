"""What the database could not put in order with others is done again, whoever asked for it."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import psycopg
import pytest

from tui.shared_list import line, setup
from tui.shared_list.port import NoLine

AGAIN = [psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure]
ADDRESS = line.address_of("host=nowhere.invalid user=kim dbname=calls")


class Busy:
    """A connection whose statements fail so often, and then do what they say."""

    def __init__(self, error: type[psycopg.Error], times: int) -> None:
        self.error, self.left, self.done = error, times, list[bytes]()

    def execute(self, statement: bytes) -> None:
        if self.left:
            self.left -= 1
            raise self.error
        self.done.append(statement)

    def transaction(self) -> Any:
        return nullcontext()

    def close(self) -> None:
        self.done.append(b"closed")


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "_WAITS", (0.0,) * 3)


def asked(busy: Any) -> None:
    asking = line.Line(ADDRESS)
    asking._connection = busy
    asking.run(lambda connection: connection.execute(b"claim"))


@pytest.mark.parametrize("error", AGAIN)
def test_a_question_of_a_rep_is_asked_again_on_the_same_line(error: type[psycopg.Error]):
    busy = Busy(error, 2)
    asked(busy)
    assert busy.done == [b"claim"]


@pytest.mark.parametrize("error", AGAIN)
def test_what_goes_on_so_is_a_list_out_of_reach(error: type[psycopg.Error]):
    with pytest.raises(NoLine, match="too many ask at once"):
        asked(Busy(error, 3))


def test_a_line_that_broke_is_not_asked_again():
    busy = Busy(psycopg.errors.AdminShutdown, 1)
    with pytest.raises(NoLine):
        asked(busy)
    assert busy.done == [b"closed"]


@pytest.mark.parametrize("error", AGAIN)
def test_a_line_is_made_again_when_the_first_look_could_not_be_put_in_order(
    error: type[psycopg.Error], monkeypatch: pytest.MonkeyPatch
):
    made = [Busy(error, 1), Busy(error, 0)]
    fresh = iter(made)
    monkeypatch.setattr(line, "connect", lambda _: next(fresh))
    monkeypatch.setattr(
        line, "look", lambda connection: connection.execute(b"who") or line.Who("kim", "calls", True)
    )
    line.Line(ADDRESS).run(lambda connection: connection.execute(b"claim"))
    assert [one.done for one in made] == [[b"closed"], [b"who", b"claim"]]


@pytest.mark.parametrize("error", AGAIN)
def test_the_tables_and_rights_are_made_again(error: type[psycopg.Error]):
    busy: Any = Busy(error, 2)
    assert setup._run(busy, "create table t ()").done
    assert busy.done == [b"create table t ()"]
