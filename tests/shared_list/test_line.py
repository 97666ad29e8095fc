"""The two lines of a rep: one that asks, and one that only listens. What breaks on them, and what comes over them."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from unittest.mock import Mock

import psycopg
import pytest
from psycopg import _queries
from psycopg.pq import ConnStatus, ExecStatus

from tests.shared_list.conftest import GAP, ServerHouse
from tests.shared_list.records import out, person, send
from tui.shared_list import server, statements
from tui.shared_list.ear import ServerEar
from tui.shared_list.line import _good, address_of
from tui.shared_list.port import Heard, NoLine, Presence, SharedList
from tui.shared_list.server import ServerList


def cut(house: ServerHouse, name: str) -> None:
    """The server ends the lines of a rep, and has ended them when this returns."""
    ended = house.sql(
        "select pg_terminate_backend(pid, 60000) from pg_stat_activity where usename = %(who)s",
        who=house.login(name),
    )
    assert ended
    assert all(is_gone for (is_gone,) in ended)


def hang_up(one: ServerList) -> None:
    """Nothing comes or goes over its line any more, and nobody says why."""
    line = one._line._opened().fileno()
    with socket.socket(fileno=os.dup(line)) as same:
        same.shutdown(socket.SHUT_RDWR)


def ear_of(one: SharedList) -> ServerEar:
    ear = one.listen()
    assert isinstance(ear, ServerEar)
    return ear


@pytest.mark.parametrize("by", ["the server", "the network"])
def test_a_pull_over_a_line_that_broke_says_so_and_the_next_one_has_a_new_line(house: ServerHouse, by: str):
    kim = house.joins("Kim Dale")
    send(kim, person())
    if by == "the server":
        cut(house, "kim")
    else:
        hang_up(kim)
    with pytest.raises(NoLine):
        kim.pull(0)
    assert [row.id for row in kim.pull(0).rows] == ["id-eva"]


def test_an_answer_that_libpq_made_up_itself_is_a_broken_line():
    """It comes, too, where the server crashed and libpq has not called the line bad yet: no server gave it a code."""
    answer = Mock(status=ExecStatus.FATAL_ERROR)
    answer.error_field.return_value = None
    line = Mock(status=ConnStatus.OK)
    line.get_error_message.return_value = "server closed the connection unexpectedly"
    with pytest.raises(psycopg.OperationalError, match="unexpectedly"):
        _good(line, answer)


def test_who_writes_tells_of_it_in_the_same_statement(house: ServerHouse, monkeypatch: pytest.MonkeyPatch):
    """So nobody waits for a line that breaks between the two, and of what was not taken nobody is told."""
    monkeypatch.setattr(server, "NOTIFY", "select no_such_function($1, $2)")
    kim, sam = house.joins("Kim Dale"), house.joins("Sam Reed")
    ear = ear_of(sam)
    assert send(kim, person()).taken
    assert kim.push([out(person())], 0).late
    assert ear._told_within(60) == ["n"]
    ear._connection.execute("select 1")
    assert ear._told_within(0) == []
    ear.close()


@pytest.mark.parametrize(
    "instead", ["no_such_function('n')", "repeat('n', 2000000000)"], ids=["unknown", "full"]
)
def test_where_the_database_tells_nobody_everything_is_written_all_the_same(
    house: ServerHouse, monkeypatch: pytest.MonkeyPatch, instead: str
):
    told = "pg_notify('powerhour', 'n')"
    assert told in statements.PUSH
    monkeypatch.setattr(server, "PUSH", statements.PUSH.replace(told, f"({instead})::text"))
    kim, sam = house.joins("Kim Dale"), house.joins("Sam Reed")
    assert send(kim, person()).taken
    assert [row.id for row in sam.pull(0).rows] == ["id-eva"]


def test_what_we_are_doing_is_told_to_nobody_where_it_cannot_be_told(
    house: ServerHouse, monkeypatch: pytest.MonkeyPatch
):
    kim = house.joins("Kim Dale")
    monkeypatch.setattr(server, "NOTIFY", "select no_such_function($1, $2)")
    kim.say(Presence.IN)
    cut(house, "kim")
    kim.say(Presence.IN)
    assert kim.pull(0).is_all


def test_an_ear_whose_line_broke_says_so(house: ServerHouse):
    ear = house.joins("Kim Dale").listen()
    cut(house, "kim")
    with pytest.raises(NoLine):
        ear.wait(60)
    ear.close()


def test_an_ear_hears_what_was_told_while_its_line_did_something_else(house: ServerHouse):
    kim, sam = house.joins("Kim Dale"), house.joins("Sam Reed")
    ear = ear_of(sam)
    send(kim, person())
    ear._connection.execute(
        "select 1"
    )  # as the answer to `listen` does, it brings along what was told before
    assert ear.wait(60) == Heard(is_news=True)
    assert ear.wait(0) == Heard()
    ear.close()


def test_a_word_that_is_none_of_ours_is_news(house: ServerHouse):
    ear = house.joins("Kim Dale").listen()
    for told in ("", "{", '{"rep": 7}', "[]", "n:1"):
        house.sql("select pg_notify('powerhour', %(told)s)", told=told)
        assert ear.wait(60) == Heard(is_news=True)
    ear.close()


@pytest.mark.parametrize("encoding", ["utf8", "latin1"])
def test_a_line_may_speak_in_another_encoding(house: ServerHouse, encoding: str):
    kim = house.joins("Kim Dale")
    send(kim, person("Zoë Müller"))
    address = address_of(
        f"{house.server.address(house.database, house.login('sam')).text} client_encoding={encoding}"
    )
    sam = ServerList(address, "rep-sam", "Sam Reed", GAP, lambda: 0.0)
    house.lists.append(sam)
    assert [getattr(row.record, "name", "") for row in sam.pull(0).rows] == ["Zoë Müller"]


def test_a_pull_says_what_time_it_is_at_the_server(house: ServerHouse):
    kim = house.joins("Kim Dale")
    before, at, after = house.now, kim.pull(0).at, house.now
    second = timedelta(seconds=1)  # two programs may read the clock of one machine to another fraction
    assert before - second < at < after + second


def test_the_library_reads_each_statement_only_once():
    texts = [text for name, text in vars(statements).items() if name.isupper()]
    assert max(map(len, texts)) <= _queries.MAX_CACHED_STATEMENT_LENGTH


def test_a_statement_is_prepared_once_a_line(house: ServerHouse):
    kim = house.joins("Kim Dale")
    for _ in range(3):
        kim.pull(0)
    ours = kim._line.rows(
        "select count(*) from pg_prepared_statements where statement = %(it)s", it=statements.PULL
    )
    assert ours == [(1,)]
