"""A PostgreSQL that all processes of a run share: made by who needs it first, gone with who needs it last."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # few tests need it
    from bench.postgres import Postgres


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
    from bench.postgres import Postgres, binaries

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
