"""Making the list in a database: tables, roles, rights; and the logins of its members.

Where our own login may not do it, the SQL is given to somebody who may.
"""

from __future__ import annotations

import secrets
from importlib.resources import files
from string import Template

import psycopg
from msgspec import Struct
from psycopg import sql

from tui.shared_list.line import Address, Connection, connect, tried_again


class Made(Struct, frozen=True):
    """What came of it."""

    done: bool
    script: str
    """The SQL: what was run, or what somebody has to run."""
    why: str = ""
    """Why our login may not."""


class Login(Struct, frozen=True):
    """A login that was made, or that somebody has to make."""

    made: Made
    password: str = ""
    """Known to nobody else; empty for a login that was there before."""


def roles_of(database: str) -> tuple[str, str]:
    """The names of the roles of a list: of its reps, and of its managers."""
    return f"{database}_rep", f"{database}_manager"


def make_list(address: Address) -> Made:
    """Make the list, or bring it up to date; nothing that is in it changes. Raises `NoLine` or `NotWelcome`."""
    with connect(address) as connection:
        database, login = _where(connection)
        script = script_of(database, login, _there(connection))
        return _run(connection, script)


def script_of(database: str, login: str, there: frozenset[str] = frozenset()) -> str:
    """The SQL that makes the list in this database, for a login who keeps it; roles that are `there` are not made."""
    rep, manager = roles_of(database)
    quoted = {"rep": quote(rep), "manager": quote(manager)}
    roles = [f"create role {quote(name)} nologin;" for name in (rep, manager) if name not in there]
    schema, rights = (_shipped(name) for name in ("schema.sql", "rights.sql"))
    parts = (
        *roles,
        f"grant {quote(manager)} to {quote(login)};",
        f"grant connect on database {quote(database)} to {quote(rep)}, {quote(manager)};",
        schema,
        Template(rights).substitute(quoted),
    )
    return "\n".join(parts)


def _shipped(name: str) -> str:
    source = files("tui.shared_list") / "sql" / name
    return source.read_text("utf-8")


def add_login(address: Address, login: str, *, is_manager: bool) -> Login:
    """Let somebody in, as rep or as manager; a login that is there keeps its password."""
    with connect(address) as connection:
        database, _ = _where(connection)
        rep, manager = roles_of(database)
        role, other = (manager, rep) if is_manager else (rep, manager)
        known = _there(connection, login)
        password = "" if known else secrets.token_urlsafe(18)
        # Only its hash goes over the line and into a log.
        hashed = connection.pgconn.encrypt_password(
            password.encode(), login.encode(), b"scram-sha-256"
        ).decode()
        made = [] if known else [f"create role {quote(login)} login password {_literal(hashed)};"]
        script = "\n".join(
            [*made, f"revoke {quote(other)} from {quote(login)};", f"grant {quote(role)} to {quote(login)};"]
        )
        return Login(_run(connection, script), password)


def remove_login(address: Address, login: str) -> Made:
    """Let somebody in no more: what they wrote stays, the login goes."""
    with connect(address) as connection:
        database, _ = _where(connection)
        rep, manager = roles_of(database)
        member = f"update powerhour.member set left_at = now() where login = {_literal(login)};"  # noqa: S608 - it is quoted
        script = (
            f"{member}\nrevoke {quote(rep)}, {quote(manager)} from {quote(login)};\ndrop role {quote(login)};"
        )
        return _run(connection, script)


def quote(name: str) -> str:
    """A name as SQL has it."""
    return sql.Identifier(name).as_string(None)


def _literal(text: str) -> str:
    return sql.Literal(text).as_string(None)


def _where(connection: Connection) -> tuple[str, str]:
    found = connection.execute("select current_database()::text, current_user::text").fetchone()
    assert found is not None
    return found[0], found[1]


def _there(connection: Connection, *names: str) -> frozenset[str]:
    wanted = list(names or roles_of(_where(connection)[0]))
    rows = connection.execute(
        "select rolname::text from pg_roles where rolname = any(%s)", (wanted,)
    ).fetchall()
    return frozenset(name for (name,) in rows)


def _run(connection: Connection, script: str) -> Made:
    """All of it or nothing."""

    def run() -> None:
        with connection.transaction():
            connection.execute(script.encode())

    try:
        tried_again(run)  # colleagues are at work meanwhile, and so is the server's own housekeeping
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject) as error:
        return Made(done=False, script=script, why=error.diag.message_primary or "")
    return Made(done=True, script=script)
