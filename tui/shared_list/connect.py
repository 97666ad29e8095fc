"""The team's list at an address, for one rep. What it needs is read here first, when somebody works with a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tui.domain.contact import Rep
from tui.shared_list import messages
from tui.shared_list.port import NotWelcome
from tui.system.programs import add_package

if TYPE_CHECKING:
    from tui.shared_list.server import ServerList

PACKAGE = "psycopg[binary]"


def list_of(
    address: str, me: Rep, gap: timedelta, steady: Callable[[], float], notes_since: datetime | None = None
) -> ServerList:
    """The list, not asked anything yet; `ServerList` says what the rest means. Raises `NotWelcome`."""
    need_package()
    from tui.shared_list.line import address_of
    from tui.shared_list.server import ServerList

    return ServerList(address_of(address), me.id, me.label, gap, steady, notes_since=notes_since)


def joined(
    address: str, me: Rep, gap: timedelta, steady: Callable[[], float], notes_since: datetime | None = None
) -> ServerList:
    """The list, which knows now which rep this login writes as. Raises `NoLine` and `NotWelcome`."""
    if not me.label.strip():
        raise NotWelcome(messages.say(messages.NO_NAME))
    found = list_of(address, me, gap, steady, notes_since)
    try:
        found.join()
    except BaseException:
        found.close()
        raise
    return found


def need_package() -> None:
    """Raise `NotWelcome` where the package that speaks with PostgreSQL is not installed or does not work."""
    try:
        import psycopg  # noqa: F401
    except ImportError:  # also without libpq, which only `psycopg[binary]` brings along
        raise NotWelcome(messages.say(messages.NO_PACKAGE, command=add_package(PACKAGE))) from None
