"""What a rep's login may do at the database, said as SQL: our own program is not asked."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest

from tests.shared_list.conftest import ServerHouse
from tests.shared_list.records import NUMBER, call, lift, out, person, refusal, send, take
from tui.domain.shared.forgotten import Forgotten
from tui.shared_list.port import NotWelcome
from tui.shared_list.statements import BARRED

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def team(house: ServerHouse) -> ServerHouse:
    """Kim called Eva, holds Fay and wrote two refusals, of which Bea, a manager, lifted one. Gus is free."""
    kim, boss = house.joins("Kim Dale"), house.joins("Bea Boss", is_manager=True)
    house.joins("Sam Reed")
    send(kim, person(), person("Fay Osei", NUMBER[:-1] + "6"), person("Gus Hill", ""), call(house.now))
    send(kim, refusal(numbers=(NUMBER,)), refusal("no-2", firm="osei vans"))
    send(boss, lift("no-2"))
    assert take(kim, "id-fay")
    return house


UNTOUCHED = {
    "lifts a refusal": "insert into powerhour.lifted values ('mine', 'no-1', '')",
    "lifts it as its undo": "insert into powerhour.lifted values ('no-1', 'no-1', '')",
    "takes a refusal out": "delete from powerhour.barred where entry = 'no-1'",
    "makes a refusal one of nobody": "update powerhour.barred set key = 'num:+1' where entry = 'no-1'",
    "takes a lift of a manager out": "delete from powerhour.lifted",
    "writes a lift": """insert into powerhour.record values ('do_not_call', 'mine', 9, 0, current_user, current_user,
        '{"kind": "lift", "lifts": ["no-1"]}')""",
    "makes a refusal a lift": """update powerhour.record set rep = current_user,
        doc = doc || '{"kind": "lift", "lifts": ["no-1"]}' where id = 'no-1'""",
    "undoes a colleague's refusal": """update powerhour.record set rep = current_user,
        doc = doc || '{"voided_at": "2026-11-23T12:00:00Z"}' where id = 'no-1'""",
    "empties a colleague's refusal": """update powerhour.record set rep = current_user,
        doc = doc - 'numbers' where id = 'no-1'""",
    "becomes its author": "update powerhour.record set author = current_user, rep = current_user where id = 'no-1'",
    "becomes the author of a person": """update powerhour.record set author = current_user, rep = current_user
        where id = 'id-eva'""",
    "takes a record out": "delete from powerhour.record",
    "rewrites a colleague's call": """update powerhour.record set rep = current_user,
        doc = doc || '{"outcome": "sale"}' where id = 'call-1'""",
    "takes a call over": """update powerhour.record set rep = current_user,
        doc = doc || '{"rep": "rep-sam"}' where id = 'call-1'""",
    "takes a note out of it": """update powerhour.record set rep = current_user,
        doc = doc || '{"talk_s": 900}' where id = 'call-1'""",
    "writes in a colleague's name": """update powerhour.record set doc = doc || '{"role": "x"}', rep = author
        where id = 'id-eva'""",
    "releases a colleague's lease": "update powerhour.slot set until = '-infinity', free_at = '-infinity'",
    "takes it over": "update powerhour.slot set rep = current_user where person = 'id-fay'",
    "gives it to another": "update powerhour.slot set rep = 'somebody'",
    "takes it out": "delete from powerhour.slot",
    "keeps somebody for ever": """update powerhour.slot set rep = current_user, until = 'infinity', free_at = 'infinity'
        where person = 'id-gus'""",
    "puts the counter back": "update powerhour.feed set n = n - 1",
    "puts it far ahead": "update powerhour.feed set n = 9000000000000000000",
    "says that the tables are newer": "update powerhour.feed set tables = 3",
    "takes the counter out": "delete from powerhour.feed",
    "makes a second counter": "insert into powerhour.feed (one) values (true)",
    "hides a record behind the counter": """insert into powerhour.record
        values ('contacts', 'mine', 9000000000000000000, 0, current_user, current_user, '{}')""",
    "writes as a colleague": "update powerhour.member set login = current_user where rep = 'rep-kim'",
    "joins for another": "insert into powerhour.member (rep, login, label) values ('rep-x', 'somebody', 'X')",
    "makes a colleague leave": "update powerhour.member set left_at = now() where rep = 'rep-kim'",
    "makes a table": "create table powerhour.mine (id int)",
    "changes a table": "alter table powerhour.slot add column mine int",
    "takes the rules away": "alter table powerhour.record disable row level security",
    "makes a rule": "create policy mine on powerhour.record using (true)",
    "gives rights": "grant all on powerhour.record to public",
    "becomes a manager": "grant {database}_manager to {database}_sam",
    "acts as a manager": "set role {database}_manager",
    "makes a login": "create role mine login",
    "reads passwords": "select rolpassword from pg_authid",
    "reads a file of the server": "select pg_read_file('/etc/passwd')",
}
"""What Sam, a rep, tries."""

WATCHED = ("feed", "member", "record", "person", "slot", "barred", "lifted")


def all_there_is(team: ServerHouse) -> dict[str, list[tuple[str]]]:
    return {
        table: team.sql(f"select to_jsonb(t)::text from powerhour.{table} t order by 1") for table in WATCHED
    }


@pytest.mark.parametrize("what", UNTOUCHED)
def test_b63_a_rep_cannot(team: ServerHouse, what: str):
    before = all_there_is(team)
    statement = UNTOUCHED[what].replace("{database}", team.database)
    try:
        team.sql(statement, login="sam")
    except psycopg.Error as error:
        assert isinstance(error, psycopg.errors.InsufficientPrivilege), error  # noqa: PT017
    assert all_there_is(team) == before
    is_manager = team.sql(
        "select pg_has_role(%(sam)s, %(manager)s, 'member')",
        sam=team.login("sam"),
        manager=f"{team.database}_manager",
    )
    assert is_manager == [(False,)]


MAY = {
    "edits a person": """update powerhour.record set rep = current_user,
        doc = doc || '{"role": "x"}' where id = 'id-eva'""",
    "says that what was owed is done": """update powerhour.record set rep = current_user,
        doc = doc || '{"owed": {"done_at": "2026-11-23"}}' where id = 'call-1'""",
    "takes somebody free": "update powerhour.slot set rep = current_user, until = now() where person = 'id-gus'",
    "adds a refusal": "insert into powerhour.barred values ('no-9', 'num:+1', '')",
    "reads the list": "select * from powerhour.record",
}


@pytest.mark.parametrize("what", MAY)
def test_a_rep_can(team: ServerHouse, what: str):
    team.sql(MAY[what], login="sam")


def test_nobody_else_reads_anything(team: ServerHouse):
    team.sql('create role "a_stranger" login')
    try:
        stranger = team.server.address(team.database, "a_stranger")
        with psycopg.connect(stranger.text, autocommit=True) as connection:
            for table in WATCHED:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"select * from powerhour.{table}".encode())
    finally:
        team.sql('drop role "a_stranger"')


def test_every_table_has_rules_and_no_more_rights_than_are_used(team: ServerHouse):
    rules = team.sql(
        "select relname, relrowsecurity from pg_class join pg_namespace n on n.oid = relnamespace "
        "where nspname = 'powerhour' and relkind = 'r' order by 1"
    )
    assert rules == [(name, True) for name in sorted(WATCHED)]


def test_a_manager_lifts_and_frees(team: ServerHouse):
    team.sql(
        "update powerhour.slot set until = '-infinity', free_at = '-infinity' where person = 'id-fay'",
        login="boss",
    )
    assert take(team.lists[2], "id-fay")
    assert send(team.lists[1], lift("no-1")).taken
    assert not team.sql(f"select 1 from powerhour.barred b where key = 'num:{NUMBER}' and {BARRED}")


def test_a_forgotten_persons_refusal_is_hashed_by_a_colleague(team: ServerHouse):
    """Their number goes from the list too; what keeps them uncalled is the hash."""
    kim, _, sam = team.lists
    send(kim, refusal("no-3", contact_id="id-eva", numbers=(NUMBER,)))
    send(sam, Forgotten("id-eva", NOON, "rep-sam"))
    hashed = refusal("no-3", contact_id="id-eva", hashes=("k:00",))
    assert send(sam, hashed).taken
    assert team.sql("select key from powerhour.barred where entry = 'no-3' order by 1") == [
        ("hash:k:00",),
        ("person:id-eva",),
    ]


def test_a_login_that_lost_its_role_is_told_so_in_the_middle_of_its_work(team: ServerHouse):
    kim = team.lists[0]
    kim.pull(0)
    role, login = f'"{team.database}_rep"', f'"{team.login("kim")}"'
    team.sql(f"revoke {role} from {login}")
    try:
        with pytest.raises(NotWelcome, match="may not use the list in"):
            kim.push([out(person("Ida Voss", ""))], 0)  # not taken for a record that is refused
        for question in (lambda: kim.pull(0), lambda: kim.claim([("id-gus",)], 1), kim.held, kim.me):
            with pytest.raises(NotWelcome, match="may not use the list in"):
                question()
    finally:
        team.sql(f"grant {role} to {login}")
    assert kim.pull(0).rows
