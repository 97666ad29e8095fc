"""`powerhour team`: the team's list in a database. Make it, join it, see who is there, leave it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from tui.cli.machine import Check
from tui.cli.output import DONE, REFUSED, RefusedError, Row, complain, print_json, print_rows, say, tell
from tui.cli.wiring import Parts, assemble, in_cockpit, reading, shared_list_of, writing
from tui.cockpit.cockpit import Cockpit
from tui.domain.contact import Rep
from tui.domain.day_words import number_of
from tui.settings.database_address import keyring_user
from tui.shared_list.connect import list_of, need_package
from tui.shared_list.port import NoLine, NotWelcome
from tui.storage.protocol import Change, Store
from tui.storage.sharing.listed import forgetting
from tui.storage.sharing.notes import LIST, UNSENT

if TYPE_CHECKING:
    from tui.shared_list.line import Address
    from tui.shared_list.server import ServerList
    from tui.shared_list.setup import Made

_NONE = (
    "You have no shared list. Write its address into your own settings ({own}):\n"
    '  shared_list: {{postgresql: "postgresql://LOGIN@HOST/DATABASE"}}'
)
_MEMBERS = {"name": "name", "login": "login", "as": "as", "rep": "id"}
_BY_SOMEBODY = "-- Your login may not do this ({why}). Somebody who may has to run these lines in {database}:"


# -- making it ---------------------------------------------------------------------------------------------


def init(args: argparse.Namespace) -> int:
    """Make the list in the database, or bring its tables up to date. Exit 1 when somebody else has to, with the SQL."""
    address = _address(assemble(args))
    from tui.shared_list.setup import make_list, script_of

    if args.print:
        say(script_of(address.database, address.login))
        return DONE
    with _words():
        made = make_list(address)
    if not made.done:
        return _told(made, address)
    add = "Let your colleagues in:  powerhour team members --add LOGIN"
    say(f"The list is in {address.database} at {address.place}. You may manage it.\n{add}")
    say("Then work with it yourself:  powerhour team join")
    return DONE


def members(args: argparse.Namespace) -> int:
    """Who works with the list; let somebody in, or no longer."""
    parts = assemble(args)
    address = _address(parts)
    if args.add or args.remove:
        return _change_logins(address, args)
    with _words(), _asked(parts) as shared:
        rows: list[Row] = [
            {
                "name": one.name,
                "login": one.login,
                "as": "manager" if one.is_manager else "rep",
                "rep": one.rep,
            }
            for one in shared.members()
        ]
    print_rows(rows, _MEMBERS, args.json, "Nobody has joined yet.")
    return DONE


def _change_logins(address: Address, args: argparse.Namespace) -> int:
    from tui.shared_list.setup import add_login, remove_login

    with _words():
        if args.remove:
            made = remove_login(address, args.remove)
            if made.done:
                say(f"{args.remove} is let in no more. What they wrote stays.")
            return DONE if made.done else _told(made, address)
        login = add_login(address, args.add, is_manager=args.manager)
    if not login.made.done:
        if login.password:
            complain(f"The password in it, for {args.add} alone: {login.password}")
        return _told(login.made, address)
    kind = "a manager" if args.manager else "a rep"
    say(f"{args.add} is {kind} of the list.")
    if login.password:
        say(f"Their password, which is shown only now: {login.password}")
        say(
            "They write their address into their own settings;  powerhour team join  says how the password is stored."
        )
    return DONE


def _told(made: Made, address: Address) -> int:
    say(_BY_SOMEBODY.format(why=made.why, database=address.database))
    say(made.script)
    return REFUSED


# -- working with it ---------------------------------------------------------------------------------------


def join(args: argparse.Namespace) -> int:
    """Say who we are there, and exchange everything for the first time."""
    parts = assemble(args)
    _address(parts)
    left = _sent(parts)
    with reading(parts) as store, _words(), _asked(parts) as shared:
        me, everybody = shared.me(), shared.members()
        people = sum(1 for one in store.contacts() if not one.is_demo)
    names = ", ".join(one.name for one in everybody)
    kind = "a manager" if me.is_manager else "a rep"
    here = number_of(people, "person", "people")
    said = f"You are {me.name} in the list, {kind}. Who is on it: {names}. Here now: {here}."
    tell(args.json, {"done": said, "waiting": left}, said)
    if left:
        say(f"{number_of(left, 'record')} of yours will go there when you next open Power Hour.")
    return DONE


def status(args: argparse.Namespace) -> int:
    """How we stand with the list. Exit 1 when it cannot be used now."""
    parts = assemble(args)
    _address(parts)
    checks = list(shared_list_checks(parts))
    if args.json:
        print_json({"rows": [asdict(check) for check in checks]})
    else:
        for check in checks:
            after = " " if check.found.endswith(".") else "; "
            say(f"{check.found}{after}{check.cure}" if check.cure else check.found)
    return DONE if checks[0].status == "ok" else REFUSED


def leave(args: argparse.Namespace) -> int:
    """Send what is unsent, then work with the list no more. Exit 1 when something could not be sent."""
    parts = assemble(args)
    _address(parts)
    with reading(parts) as store:
        waiting, is_begun = len(store.names(UNSENT)), bool(store.state(LIST))
    if not args.anyway and (waiting or not is_begun):
        waiting = _sent(parts)
    if waiting and not args.anyway:
        raise RefusedError(
            f"{number_of(waiting, 'record')} of yours could not be sent, so you are still in the list. "
            "Try again with a line, or leave without them:  powerhour team leave --anyway"
        )
    with writing(parts) as store:
        try:
            with _asked(parts, store) as shared:
                shared.leave()
        except (NoLine, NotWelcome) as error:
            if not args.anyway:
                raise RefusedError(str(error)) from None
            complain(str(error))
        store.commit(Change(state=forgetting(store)), parts.clock.now())
        people = sum(1 for one in store.contacts() if not one.is_demo)
    stays = f"{number_of(people, 'person stays', 'people stay')} on this computer, with all calls."
    lost = (
        f" {number_of(waiting, 'record')} never went there." if waiting else " Everything of yours is there."
    )
    said = f"You have left the list.{lost} {stays}"
    rest = f"Take  shared_list  out of {parts.places.own}: with it you join again when you open Power Hour."
    tell(args.json, {"done": said, "unsent": waiting, "people": people}, f"{said}\n{rest}")
    return DONE


def _sent(parts: Parts) -> int:
    """Exchange everything; how many records still wait. Raises `RefusedError` when the list cannot be used."""
    from tui.cockpit.actions.team.shared_list import TeamList

    with _words(), _asked(parts) as shared:
        shared.me()

    async def work(cockpit: Cockpit, store: Store) -> int:
        sharing = cockpit.do_not_call.sharing
        assert isinstance(sharing, TeamList)
        return await sharing.send_all()

    with writing(parts) as store:
        return in_cockpit(parts, store, work, shared_list_of(parts, store))


def shared_list_checks(parts: Parts) -> Iterator[Check]:
    """What the doctor says of the list: where it is, who we are there, and what waits."""
    name, shown = "Shared list", keyring_user(parts.settings.shared_list)
    with reading(parts) as store:
        waiting, is_begun = len(store.names(UNSENT)), bool(store.state(LIST))
        try:
            with _asked(parts, store) as shared:
                me, everybody = shared.me(), shared.members()
        except NotWelcome as error:
            yield Check(name, "hint", f"{shown}: {error}")
        except NoLine as error:
            yield Check(
                name, "hint", str(error), "Until it answers you have your own people and those you hold."
            )
        else:
            kind = "manager" if me.is_manager else "rep"
            there = number_of(len(everybody), "member")
            yield Check(name, "ok", f"{shown}: {there}; you are {me.login}, {kind}")
    if not is_begun:
        yield Check(name, "hint", "nothing of yours is there yet", "Join:  powerhour team join")
    elif waiting:
        count = number_of(waiting, "record")
        yield Check(name, "hint", f"{count} of yours will go there when you next open Power Hour")


# -- what they share ---------------------------------------------------------------------------------------


def _address(parts: Parts) -> Address:
    """The address in the settings. Raises `RefusedError` when there is none, or nobody here can use it."""
    if not parts.settings.shared_list:
        raise RefusedError(_NONE.format(own=parts.places.own))
    with _words():
        need_package()
        from tui.shared_list.line import address_of

        return address_of(parts.settings.shared_list)


@contextmanager
def _asked(parts: Parts, store: Store | None = None) -> Iterator[ServerList]:
    me = Rep(str(store.state("rep").get("id", "")) if store else "", parts.settings.me.name)
    shared = list_of(parts.settings.shared_list, me, parts.settings.policy.min_gap, parts.clock.elapsed)
    try:
        yield shared
    finally:
        shared.close()


@contextmanager
def _words() -> Iterator[None]:
    """What the list says against us is what the command says."""
    try:
        yield
    except (NoLine, NotWelcome) as error:
        raise RefusedError(str(error)) from None
