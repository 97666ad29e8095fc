"""A line to the database: made when it is needed, again when it broke, and what goes wrong said in words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, LiteralString, TypeVar

import psycopg
from msgspec import Struct
from psycopg import conninfo
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from tui.domain.ids import SCHEMA
from tui.settings.database_address import keyring_user
from tui.shared_list import messages
from tui.shared_list.port import NoLine, NotWelcome
from tui.shared_list.statements import FEED, WHO
from tui.system.keyring import password_of, store_command

T = TypeVar("T")
Connection = psycopg.Connection[tuple[Any, ...]]

TABLES = 2
"""Which version of the tables this program works with."""
CONNECT_S = 5
"""Seconds the server has to answer the first time."""
SILENT_MS = 10_000
"""After so long without an answer the line counts as broken."""
LONGEST_MS = 60_000
"""So long one statement may take: a whole public register is one record."""
_DEFAULTS: Mapping[str, Any] = {
    "connect_timeout": CONNECT_S,
    "application_name": "powerhour",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": SILENT_MS,
    "options": f"-c statement_timeout={LONGEST_MS} -c jit=off -c plan_cache_mode=force_generic_plan",
}
"""Where the address says nothing else. To plan a statement, or to compile it, takes longer than all it does, so each is
planned once a line. TLS is as libpq has it: `sslmode` and `sslrootcert` of the address."""
_AGAIN = ("40001", "40P01")
"""Could not be put in order with others, or two waited for each other: it is to be tried again."""
_WAITS = (0.0, 0.002, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds before each try."""
_NOT_LET_IN: tuple[tuple[str, str], ...] = (
    (r"no password supplied", messages.ASKS_FOR_ONE),
    (r"password authentication failed|pgpass", messages.NOT_THIS_ONE),
    (r'role ".*" does not exist', messages.NO_LOGIN),
    (r'database ".*" does not exist', messages.NO_DATABASE),
    (r"certificate|SSL error|does not support SSL|server does not support", messages.NO_TRUST),
    (r"pg_hba|authentication failed|permission denied|not permitted|not allowed", messages.NOT_LET_IN),
)
"""What the server says when it lets us not in; all else may be better later."""


class Address(Struct, frozen=True):
    """Where the list is, read from the setting. It holds no password."""

    text: str
    login: str
    place: str
    """The server, in words."""
    database: str


def address_of(text: str) -> Address:
    """Read an address as libpq does. Raises `NotWelcome` when it is none."""
    try:
        said = {name: str(value) for name, value in conninfo.conninfo_to_dict(text).items()}
    except psycopg.ProgrammingError as error:
        raise NotWelcome(messages.say(messages.BAD_ADDRESS, why=_first_line(error))) from None
    place = said.get("host") or (
        messages.say(messages.SERVICE, name=said["service"])
        if "service" in said
        else messages.say(messages.THIS_COMPUTER)
    )
    login = said.get("user", "")
    return Address(text, login, place, said.get("dbname") or login)


class Feed(Struct, frozen=True):
    """How far the list has come."""

    epoch: str
    newest: int
    """The number of its last change."""


class Who(Struct, frozen=True):
    """Who we are at the database."""

    login: str
    database: str
    is_manager: bool
    feed: Feed = Feed("", 0)
    """The list as it was when we asked who we are."""


def tried_again(work: Callable[[], T]) -> T:
    """What the work gives; done again while the database asks for that. Raises what it said last."""
    *waits, longest = _WAITS
    for wait in waits:
        if wait:  # a sleep of nothing hands the processor to others, too
            time.sleep(wait)
        try:
            return work()
        except psycopg.OperationalError as error:
            if error.sqlstate not in _AGAIN:
                raise
    time.sleep(longest)
    return work()


class Line:
    """One connection; every question is one transaction."""

    def __init__(self, address: Address, isolation: str = "") -> None:
        self.address = address
        self._isolation = isolation
        self._connection: Connection | None = None
        self._prepared: dict[str, bytes] = {}
        """Statements of `texts`, by what this connection calls them."""
        self.who: Who | None = None
        """Known once there was a line."""
        self.read: Feed | None = None
        """The list as we read it last; a new line to one that is younger, or another, is not used. None: to any."""

    def close(self) -> None:
        """Let go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def rows(self, statement: LiteralString, **values: Any) -> list[tuple[Any, ...]]:
        """What a statement answers; nothing where it answers no rows. Raises `NoLine` or `NotWelcome`."""

        def ask(connection: Connection) -> list[tuple[Any, ...]]:
            cursor = connection.execute(statement, values)
            return [] if cursor.rownumber is None else cursor.fetchall()

        return self._asked(lambda: self.run(ask))

    def texts(self, statement: LiteralString, *values: str) -> list[tuple[str, ...]]:
        """The same, each value as its text, of nothing an empty one; the places of the statement are $1, $2 and so on.

        libpq is asked itself: to make objects of an answer takes us longer than it takes the server to give one, and
        when somebody refuses, the whole team asks in the same moment.
        """
        return self._asked(lambda: self.run(lambda one: self.texts_over(one, statement, *values)))

    def texts_over(
        self, connection: Connection, statement: LiteralString, *values: str
    ) -> list[tuple[str, ...]]:
        """The same within a `run`; what the database refuses is raised as it comes."""
        line = connection.pgconn
        if statement not in self._prepared:
            name = b"powerhour_%d" % len(self._prepared)
            _good(line, line.prepare(name, statement.encode()))
            self._prepared[statement] = name
        answer = _good(line, line.exec_prepared(self._prepared[statement], [one.encode() for one in values]))
        places, value_at = range(answer.nfields), answer.get_value
        return [
            tuple((value_at(row, place) or b"").decode() for place in places) for row in range(answer.ntuples)
        ]

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except psycopg.errors.InsufficientPrivilege:
            self.close()
            who = self.who or Who(self.address.login, self.address.database, is_manager=False)
            raise NotWelcome(
                messages.say(messages.NO_RIGHTS, login=who.login, database=who.database)
            ) from None
        except psycopg.DataError as error:
            raise self._no_answer(error) from error

    def look_again(self) -> None:
        """Raise `NotWelcome` when we lost our rights since the line was made."""
        self.who = self.run(look)

    def run(self, work: Callable[[Connection], T]) -> T:
        """Do something over the line, again when the database asks for it. Raises `NoLine` or `NotWelcome`.

        What the database refuses by its rights, or cannot read, is raised as it came.
        """
        try:
            return tried_again(lambda: work(self._opened()))
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            if error.sqlstate in _AGAIN:
                why = messages.say(messages.TOO_MANY)
                raise NoLine(messages.say(messages.NO_LINE, place=self.address.place, why=why)) from error
            self.close()
            raise self._no_line(error) from error
        except (psycopg.errors.InsufficientPrivilege, psycopg.DataError):
            raise
        except psycopg.errors.UndefinedTable:
            self.close()
            raise NotWelcome(messages.say(messages.NOT_MADE)) from None
        except psycopg.Error as error:
            self.close()
            raise self._no_answer(error) from error

    # -- making it ---------------------------------------------------------------------------------------

    def _opened(self) -> Connection:
        if self._connection is None:
            connection = connect(self.address)
            try:
                if self._isolation:
                    connection.execute(
                        "select set_config('default_transaction_isolation', %s, false)", (self._isolation,)
                    )
                self.who = look(connection)
                self._refuse_a_copy(self.who.feed)
            except BaseException:
                connection.close()
                raise
            self._connection, self._prepared = connection, {}
        return self._connection

    def _refuse_a_copy(self, now: Feed) -> None:
        """What we know is not true of a list that was put back from a copy: nothing is sent or claimed by it."""
        read = self.read
        if read is not None and (now.epoch != read.epoch or now.newest < read.newest):
            raise NoLine(messages.say(messages.PUT_BACK, place=self.address.place))

    def _no_answer(self, error: psycopg.Error) -> NotWelcome:
        return NotWelcome(
            messages.say(messages.OTHER_ERROR, place=self.address.place, why=_first_line(error))
        )

    def _no_line(self, error: psycopg.Error) -> NoLine:
        return NoLine(messages.say(messages.NO_LINE, place=self.address.place, why=_first_line(error)))


def _good(line: PGconn, answer: PGresult) -> PGresult:
    """The answer; raises as the library does when it is none."""
    if answer.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        return answer
    if not answer.error_field(DiagnosticField.SQLSTATE):  # libpq says so, not the server: the line broke
        raise psycopg.OperationalError(line.get_error_message())
    raise psycopg.errors.error_from_result(answer)


def connect(address: Address) -> Connection:
    """A new connection, each statement its own transaction. Raises `NoLine` or `NotWelcome`."""
    own = conninfo.conninfo_to_dict(address.text)
    more = {name: value for name, value in _DEFAULTS.items() if name not in own}
    if password := password_of(keyring_user(address.text)):
        more["password"] = password
    try:
        # What goes over the line is ours alone, whatever encoding an address names for other programs.
        return psycopg.connect(
            address.text, autocommit=True, prepare_threshold=1, **more | {"client_encoding": "utf8"}
        )
    except psycopg.OperationalError as error:
        raise _not_let_in(address, error) from None


def look(connection: Connection) -> Who:
    """Who we are there. Raises `NotWelcome` when the list is not there, not safe, not ours or of another version."""
    found = connection.execute(WHO).fetchone()
    assert found is not None
    login, database, commits, syncs, is_made, has_rights, is_manager = found
    for name, value in (("synchronous_commit", commits), ("fsync", syncs)):
        if value == "off":
            raise NotWelcome(messages.say(messages.UNSAFE, setting=name))
    if not is_made:
        raise NotWelcome(messages.say(messages.NOT_MADE))
    if not has_rights:
        raise NotWelcome(messages.say(messages.NO_RIGHTS, login=login, database=database))
    feed = connection.execute(FEED).fetchone()
    if feed is None:
        raise NotWelcome(messages.say(messages.NO_RIGHTS, login=login, database=database))
    if feed[0] != TABLES:
        words = messages.TABLES_TOO_NEW if feed[0] > TABLES else messages.TABLES_TOO_OLD
        raise NotWelcome(messages.say(words, found=feed[0], known=TABLES))
    refuse_newer(feed[1])
    return Who(login, database, is_manager, Feed(*feed[2:]))


def refuse_newer(format: int) -> None:
    """Raise `NotWelcome` when records are in the list that this program cannot read."""
    if format > SCHEMA:
        raise NotWelcome(messages.say(messages.FORMAT_TOO_NEW, found=format, known=SCHEMA))


def _not_let_in(address: Address, error: psycopg.OperationalError) -> NoLine | NotWelcome:
    why = _first_line(error)
    said = {
        "place": address.place,
        "login": address.login or messages.say(messages.YOU),
        "database": address.database,
        "why": why,
        "command": store_command(keyring_user(address.text)),
    }
    for pattern, words in _NOT_LET_IN:
        if re.search(pattern, str(error)):
            return NotWelcome(messages.say(words, **said))
    return NoLine(messages.say(messages.NO_LINE, **said))


def _first_line(error: Exception) -> str:
    """The heart of what libpq says: without the address that it begins with."""
    lines = str(error).strip().splitlines() or [messages.say(messages.NO_REASON)]
    text = re.sub(r"^connection (failed|is bad): +", "", lines[0])
    text = re.sub(r"^connection to server .*? failed: ", "", text)
    return re.sub(r"^(FATAL|ERROR|error|could not).*?: +", "", text).rstrip(".")
