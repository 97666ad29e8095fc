"""The team's list for tests: in memory, and on a real server that all processes of a run share."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest

from bench.postgres import Postgres, binaries, empty
from tests.shared_list.fake_list import FakeTeam
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
        self.sql("update powerhour.slot set until = until - %(by)s, free_at = free_at - %(by)s", by=by)

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
        """Said by the keeper of the database, or by a login."""
        address = self.server.address(self.database, *([self.login(login)] if login else []))
        with psycopg.connect(address.text, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        for one in self.lists:
            one.close()


@contextmanager
def _alone(folder: Path) -> Iterator[dict[str, Any]]:
    """What the processes of a run share, while no other looks at it."""
    with (folder / "postgres.lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        said: dict[str, Any] = json.loads(file.read() or "{}")
        yield said
        file.truncate(0)
        file.write(json.dumps(said))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The server of this run: made by who needs it first, gone with who needs it last."""
    if binaries() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no PostgreSQL (Debian package postgresql).")
        pytest.skip("there is no PostgreSQL on this machine (Debian package postgresql)")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if worker else folder
    with _alone(folder) as said:
        if not said.get("users"):
            said |= {"folder": str(Postgres.make().folder), "users": 0}
        said["users"] += 1
        server = Postgres(Path(said["folder"]))
    yield server
    with _alone(folder) as said:
        said["users"] -= 1
        if not said["users"]:
            server.remove()


@pytest.fixture(scope="session")
def database(postgres: Postgres) -> str:
    """The name of this process's own database, with a list in it."""
    name = f"team_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    reps, managers = ("kim", "sam"), ("boss", "m_kim", "m_sam", "m_bea")
    postgres.list_in(name, [f"{name}_{one}" for one in reps], [f"{name}_{one}" for one in managers])
    return name


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
