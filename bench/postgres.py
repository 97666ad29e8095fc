"""A PostgreSQL of our own in a temporary folder, for tests and measurements: a socket, no port, gone afterwards.

PostgreSQL refuses to run as root; then it runs as the user `postgres`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import psycopg

from tui.shared_list.line import Address, address_of, tried_again
from tui.shared_list.setup import add_login, make_list

KEEPER = "postgres"
"""The login that keeps the databases."""
_SETTINGS = """
listen_addresses = ''
max_connections = 150
shared_buffers = 32MB
max_wal_size = 256MB
full_page_writes = off
log_min_messages = fatal
"""
_HBA = """
local all guarded scram-sha-256
local all all trust
"""
_TABLES = "record, slot, person, barred, lifted, member"


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where there is no server of PostgreSQL."""
    for folder in (*sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True), *os.get_exec_path()):  # noqa: PTH207
        if all((Path(folder) / name).exists() for name in ("initdb", "pg_ctl")):
            return Path(folder)
    return None


@dataclass(frozen=True)
class Postgres:
    """One server. `folder` holds it whole."""

    folder: Path

    @classmethod
    def make(cls) -> Postgres:
        """Make one and start it."""
        found = cls(Path(tempfile.mkdtemp(prefix="powerhour-pg-")))
        if os.geteuid() == 0:
            shutil.chown(found.folder, KEEPER, KEEPER)
        data = found.folder / "data"
        found._run(
            "initdb", "-D", str(data), "-A", "trust", "-U", KEEPER, "--no-sync", "-E", "UTF8", "--locale=C"
        )
        with (data / "postgresql.conf").open("a") as file:
            file.write(f"{_SETTINGS}unix_socket_directories = '{found.folder}'\n")
        (data / "pg_hba.conf").write_text(_HBA)
        found.start()
        return found

    def start(self) -> None:
        """Start it, also after a crash."""
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", "-t", "120", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is a crash."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def remove(self) -> None:
        """Stop it, and nothing of it is left."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str = KEEPER, login: str = KEEPER) -> Address:
        """Where a database is, for a login."""
        return address_of(f"host={self.folder} user={login} dbname={database}")

    def list_in(self, database: str, logins: Sequence[str] = (), managers: Sequence[str] = ()) -> Address:
        """A database with an empty list in it and these logins, which need no password; its address for the keeper."""
        address = self.address(database)
        with psycopg.connect(self.address().text, autocommit=True) as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", (database,)).fetchone()
            if not known:
                connection.execute(f'create database "{database}" template template0'.encode())
        if not known:
            assert make_list(address).done
        for login in (*logins, *managers):
            add_login(address, login, is_manager=login in managers)
        empty(address)
        return address

    def _run(self, program: str, *words: str) -> None:
        where = binaries()
        assert where is not None, "there is no PostgreSQL"
        user = ["runuser", "-u", KEEPER, "--"] if os.geteuid() == 0 else []
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        ended = subprocess.run(
            [*user, str(where / program), *words], cwd="/", text=True, check=False, **quiet
        )  # type: ignore[call-overload]
        if ended.returncode:
            raise RuntimeError(f"{program}: {ended.stderr}")


def empty(address: Address) -> None:
    """As if nobody had written anything."""
    with psycopg.connect(address.text, autocommit=True) as connection:
        tables = ", ".join(f"powerhour.{name}" for name in _TABLES.split(", "))
        tried_again(lambda: connection.execute(f"truncate {tables}".encode()))
        connection.execute(
            b"update powerhour.feed set n = 0, people = 0, epoch = gen_random_uuid(), format = 0, tables = 2"
        )
