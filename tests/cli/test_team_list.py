"""`powerhour team`, each command as a rep types it, with a real server and with none."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable

import psycopg
import pytest

from bench.postgres import Postgres, empty
from tests.cli.conftest import CONTACTS, Done
from tui.storage.tiny import TinyStore

pytestmark = pytest.mark.slow

Rep = Callable[..., Done]


@pytest.fixture
def rep(run, home, monkeypatch, tmp_path) -> Rep:
    """`rep("kim", address, "team", "join")`: a command of a rep with this address, in a data folder of their own."""

    def command(name: str, address: str, *words: str) -> Done:
        own = tmp_path / f"{name}.yaml"
        listed = f'shared_list: {{postgresql: "{address}"}}\n' if address else ""
        own.write_text(f"me: {{name: {name.title()} Dale}}\n{listed}")
        monkeypatch.setenv("POWERHOUR_CONFIG", str(own))
        return run("--data", str(tmp_path / name), *words)

    return command


@pytest.fixture
def at(postgres: Postgres, database: str) -> Callable[[str], str]:
    """The address of the list for a login: `at("kim")`; it is empty at first."""
    empty(postgres.address(database))
    return lambda login: postgres.address(database, f"{database}_{login}").text


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(CONTACTS)
    return ("import", str(path), "--yes", "--region", "GB", "--list", "North")


def test_two_reps_join_and_leave(rep: Rep, at, people, tmp_path):
    kim, sam = at("kim"), at("sam")
    assert rep("kim", kim, *people).code == 0
    joined = rep("kim", kim, "team", "join")
    assert joined.code == 0, joined.err
    assert joined.out == "You are Kim Dale in the list, a rep. Who is on it: Kim Dale. Here now: 4 people.\n"
    joined = rep("sam", sam, "team", "join")
    assert "Who is on it: Kim Dale, Sam Dale. Here now: 4 people." in joined.out
    assert rep("sam", sam, "log", "rossi", "no_answer").code == 0
    assert "1 record of yours will go there" in rep("sam", sam, "team").out
    left = rep("sam", sam, "team", "leave")
    assert left.code == 0, left.err
    assert left.out.startswith(
        "You have left the list. Everything of yours is there. 4 people stay on this computer"
    )
    assert "Take  shared_list  out of" in left.out
    rows = rep("kim", kim, "team", "members", "--json").rows
    assert [(row["name"], row["as"]) for row in rows] == [("Kim Dale", "rep")]
    assert rep("kim", kim, "team", "join").code == 0
    store = TinyStore.open(tmp_path / "kim", read_only=True)
    assert [call.outcome for call in store.calls()] == ["no_answer"]
    store.close()


def test_nobody_leaves_with_something_unsent_unless_told_to(rep: Rep, at, people):
    kim, nowhere = at("kim"), "host=127.0.0.1 port=1 user=kim dbname=calls"
    rep("kim", kim, *people)
    rep("kim", kim, "team", "join")
    rep("kim", kim, "log", "rossi", "no_answer")
    stays = rep("kim", nowhere, "team", "leave")
    assert stays.code == 1
    assert stays.err == "The team's list at 127.0.0.1 does not answer (Connection refused).\n"
    left = rep("kim", nowhere, "team", "leave", "--anyway")
    assert left.code == 0
    assert "never went there. 4 people stay" in left.out


def test_the_doctor_and_status_say_how_it_stands(rep: Rep, at):
    kim = at("kim")
    for words in (("team",), ("team", "status"), ("doctor",)):
        told = rep("kim", kim, *words)
        assert told.code == 0
        assert "nothing of yours is there yet" in told.out
    for words in ("join", "status", "members"):
        told = rep("kim", kim, "team", words, "--json")
        assert told.code == 0
        assert json.loads(told.out)["header"]["format"] == f"powerhour team {words}"
    nowhere = "host=127.0.0.1 port=1 user=kim dbname=calls"
    assert rep("kim", nowhere, "doctor").code == 0
    gone = rep("kim", nowhere, "team", "status")
    assert gone.code == 1
    assert "does not answer (Connection refused). Until it answers you have your own people" in gone.out


# -- what goes wrong is one sentence -----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["init", "join", "status", "members", "leave"])
def test_without_an_address_each_command_says_what_to_write(rep: Rep, command: str):
    told = rep("kim", "", "team", command)
    assert told.code == 1
    assert 'shared_list: {postgresql: "postgresql://LOGIN@HOST/DATABASE"}' in told.err


def test_without_the_package_each_command_names_it(rep: Rep, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = rep("kim", "postgresql://kim@db.example.com/calls", "team", "join")
    assert told.code == 1
    assert "'psycopg[binary]'" in told.err


def test_an_address_with_a_password_is_not_used_and_never_shown(rep: Rep):
    told = rep("kim", "postgresql://kim:hush@db.example.com/calls", "team", "join")
    assert told.code == 1
    for words in (("team", "status"), ("config",), ("config", "shared_list"), ("doctor",)):
        done = rep("kim", "postgresql://kim:hush@db.example.com/calls", *words)
        assert "hush" not in done.out + done.err


THERE = (
    psycopg.errors.DuplicateObject,
    psycopg.errors.DuplicateDatabase,
    psycopg.errors.UniqueViolation,  # another process of the run makes it now
)


@pytest.fixture
def wrong(postgres: Postgres, database: str):
    """Addresses that do not work, each with what is said."""
    with psycopg.connect(postgres.address(database).text, autocommit=True) as keeper:
        for statement in (
            "create role guarded login password 'x'",
            "create role outside login",
            "create database bare template template0",
        ):
            try:
                keeper.execute(statement.encode())
            except THERE:
                continue
    folder = postgres.folder

    def address(login: str, name: str = database) -> str:
        return f"host={folder} user={login} dbname={name}"

    return {
        "no server": ("host=127.0.0.1 port=1 user=kim dbname=x", "does not answer (Connection refused)"),
        "no socket": ("host=/nowhere user=kim dbname=x", "does not answer (No such file or directory)"),
        "no host": ("host=nowhere.invalid user=kim dbname=x", "does not answer ("),
        "no login": (address("nobody_knows"), "knows no login nobody_knows. A manager adds you"),
        "no database": (address(f"{database}_kim", "nix"), "there is no database nix"),
        "no password": (address("guarded"), "asks for the password of guarded. Store it:"),
        "wrong password": (
            f"{address('guarded')} passfile={{passfile}}",
            "does not take the password of guarded.",
        ),
        "no list": (address(f"{database}_kim", "bare"), "no list of Power Hour in this database yet"),
        "no rights": (address("outside"), "outside may not use the list in"),
        "no address": ("nonsense", "cannot be read"),
        "unsafe": (
            f"{address(f'{database}_kim')} options='-c synchronous_commit=off'",
            "synchronous_commit is off",
        ),
    }


@pytest.mark.parametrize(
    "what",
    [
        *("no server", "no socket", "no host", "no login", "no database", "no password", "wrong password"),
        *("no list", "no rights", "no address", "unsafe"),
    ],
)
def test_b65_what_is_wrong_is_one_sentence(rep: Rep, wrong, what: str, tmp_path):
    (tmp_path / "pass").write_text("*:*:*:*:not-this\n")
    (tmp_path / "pass").chmod(0o600)
    address, sentence = wrong[what]
    told = rep("kim", address.replace("{passfile}", str(tmp_path / "pass")), "team", "join")
    assert told.code == 1
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert "not-this" not in told.err


@pytest.mark.parametrize(("found", "word"), [(3, "newer"), (1, "older")])
def test_tables_of_another_version_are_not_used(rep: Rep, at, postgres: Postgres, database: str, found, word):
    kim = at("kim")
    with psycopg.connect(postgres.address(database).text, autocommit=True) as keeper:
        keeper.execute("update powerhour.feed set tables = %s", (found,))
        told = rep("kim", kim, "team", "join")
        keeper.execute("update powerhour.feed set tables = 2")
    assert told.code == 1
    assert word in told.err


# -- making it ---------------------------------------------------------------------------------------------


def test_who_may_makes_the_list_twice_and_lets_colleagues_in(rep: Rep, postgres: Postgres):
    with psycopg.connect(postgres.address().text, autocommit=True) as keeper:
        keeper.execute("drop database if exists fresh")
        keeper.execute("create database fresh template template0")
    keeper_of = postgres.address("fresh").text
    for _ in range(2):
        assert rep("keeper", keeper_of, "team", "init").code == 0
    added = rep("keeper", keeper_of, "team", "members", "--add", "fresh_kim")
    assert "fresh_kim is a rep of the list." in added.out
    assert len(added.out.split("Their password, which is shown only now: ")[1].split()[0]) == 24
    kim = postgres.address("fresh", "fresh_kim").text
    assert "a rep" in rep("kim", kim, "team", "join").out
    again = rep("keeper", keeper_of, "team", "members", "--add", "fresh_kim", "--manager")
    assert again.out == "fresh_kim is a manager of the list.\n"
    assert "a manager" in rep("kim", kim, "team", "join").out
    refused = rep("kim", kim, "team", "members", "--remove", "fresh_kim")
    assert refused.code == 1
    assert 'drop role "fresh_kim";' in refused.out
    assert "let in no more" in rep("keeper", keeper_of, "team", "members", "--remove", "fresh_kim").out
    assert "knows no login" in rep("kim", kim, "team", "status").out


def test_init_brings_older_tables_up_to_date_and_keeps_what_is_in_them(rep: Rep, postgres: Postgres):
    with psycopg.connect(postgres.address().text, autocommit=True) as keeper:
        keeper.execute("drop database if exists older")
        keeper.execute("create database older template template0")
    keeper_of = postgres.address("older").text
    assert rep("keeper", keeper_of, "team", "init").code == 0
    with psycopg.connect(keeper_of, autocommit=True) as keeper:  # as they were before a rest was known apart
        keeper.execute("insert into powerhour.slot (person) values ('id-eva')")
        keeper.execute("alter table powerhour.slot drop column rests cascade")
        keeper.execute("update powerhour.feed set tables = 1")
        assert "powerhour team init  again" in rep("keeper", keeper_of, "team", "join").err
        assert rep("keeper", keeper_of, "team", "init").code == 0
        assert keeper.execute("select person, rests::text from powerhour.slot").fetchall() == [
            ("id-eva", "-infinity")
        ]
    assert rep("keeper", keeper_of, "team", "join").code == 0


def test_who_may_not_gets_the_sql_which_whoever_may_runs(rep: Rep, postgres: Postgres):
    with psycopg.connect(postgres.address().text, autocommit=True) as keeper:
        keeper.execute("drop database if exists other")
        keeper.execute("create database other template template0")
        keeper.execute("drop role if exists other_plain")
        keeper.execute("create role other_plain login")
    told = rep("plain", postgres.address("other", "other_plain").text, "team", "init")
    assert told.code == 1
    assert told.out.startswith("-- Your login may not do this (permission denied to create role).")
    printed = rep("plain", postgres.address("other", "other_plain").text, "team", "init", "--print")
    with psycopg.connect(postgres.address("other").text, autocommit=True) as keeper:
        keeper.execute(printed.out.encode())
    joined = rep("plain", postgres.address("other", "other_plain").text, "team", "join")
    assert "You are Plain Dale in the list, a manager." in joined.out


@pytest.mark.parametrize(
    ("held", "said"),
    [("x", "guarded may not use the list in"), ("y", "does not take the password of guarded.")],
)
def test_the_password_comes_from_the_keyring(rep: Rep, wrong, monkeypatch, held: str, said: str):
    address, _ = wrong["no password"]
    ring = types.ModuleType("keyring")
    ring.get_password = lambda name, user: held if (name, user) == ("powerhour", address) else None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert said in rep("kim", address, "team", "join").err
