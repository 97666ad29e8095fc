"""The team's list for tests: in memory, and on a real server that all processes of a run share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import psycopg
import pytest

from bench.postgres import Postgres, empty
from tests.shared_list.fake_list import FakeTeam
from tui.shared_list.line import tried_again
from tui.shared_list.port import SharedList
from tui.shared_list.server import ServerList

GAP = timedelta(hours=20)
LASTS = timedelta(minutes=90)


class House(Protocol):
    """A team and its list, whoever keeps it."""

    def joins(self, name: str, *, is_manager: bool = False) -> SharedList: ...
    def passes(self, **time: float) -> None: ...
    def restored(self) -> None: ...
    @property
    def now(self) -> datetime: ...


class FakeHouse(FakeTeam):
    @property
    def now(self) -> datetime:
        return self.at


@dataclass
class ServerHouse:
    """A list on the server, empty at first; its logins are those of this process of the run."""

    server: Postgres
    database: str
    isolation: str = ""
    are_managers: bool = False
    """Whether everybody may do everything at the database, so that nothing but the statements keeps them apart."""
    lists: list[ServerList] = field(default_factory=list)
    steady: float = 1_000.0

    def login(self, name: str) -> str:
        return f"{self.database}_{name}"

    def joins(self, name: str, *, is_manager: bool = False) -> ServerList:
        first = name.split()[0].casefold()
        login = self.login(f"m_{first}" if self.are_managers else "boss" if is_manager else first)
        address = self.server.address(self.database, login)
        one = ServerList(
            address, f"rep-{first}", name, GAP, lambda: self.steady, lasts=LASTS, isolation=self.isolation
        )
        self.lists.append(one)
        one.join()
        return one

    def passes(self, **time: float) -> None:
        """Nobody waits: what the server has written down was earlier by so much."""
        by = timedelta(**time)
        self.steady += by.total_seconds()
        self.sql(
            "update powerhour.slot set until = until - %(by)s, free_at = free_at - %(by)s, rests = rests - %(by)s",
            by=by,
        )

    def restored(self) -> None:
        """From a copy that was made before anybody wrote."""
        self.sql(
            "truncate powerhour.record, powerhour.slot, powerhour.person, powerhour.barred, powerhour.lifted"
        )
        self.sql("update powerhour.feed set n = 0, people = 0")

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def sql(self, statement: str, *, login: str = "", **values: Any) -> list[tuple[Any, ...]]:
        """Said by the keeper of the database, or by a login; again when the server's housekeeping came between."""
        address = self.server.address(self.database, *([self.login(login)] if login else []))

        def said() -> list[tuple[Any, ...]]:
            with psycopg.connect(address.text, autocommit=True) as connection:
                cursor = connection.execute(statement.encode(), values)
                return cursor.fetchall() if cursor.description else []

        return tried_again(said)

    def close(self) -> None:
        for one in self.lists:
            one.close()


@pytest.fixture
def house(postgres: Postgres, database: str) -> Iterator[ServerHouse]:
    """A team with an empty list on the server."""
    empty(postgres.address(database))
    one = ServerHouse(postgres, database, os.environ.get("POWERHOUR_ISOLATION", ""))
    yield one
    one.close()


@pytest.fixture(params=["in memory", "on the server"])
def either(request: pytest.FixtureRequest) -> House:
    """A team with an empty list, once in memory and once on the server."""
    return (
        FakeHouse(gap=GAP, lasts=LASTS) if request.param == "in memory" else request.getfixturevalue("house")
    )
