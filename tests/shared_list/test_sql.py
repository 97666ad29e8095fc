"""The SQL stays plain, so that other databases which speak as PostgreSQL does remain possible."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tui.shared_list import setup, statements

FORBIDDEN = (
    r"create\s+(or\s+replace\s+)?(function|procedure|trigger|sequence|rule|extension|aggregate|operator)",
    r"\bexecute\s+(function|procedure)\b",
    r"\b(nextval|currval|setval|lastval)\b",
    r"\b(big|small)?serial\b|generated\s+(always|by\s+default)\s+as\s+identity",
    r"advisory_",
    r"\bdo\s+\$|\blanguage\s+\w+|\$\$",
    r"\block\s+table\b|\bbegin\b|\bcommit\b",
)
TEXTS = {
    **{name: text for name, text in vars(statements).items() if name.isupper()},
    **{path.name: path.read_text("utf-8") for path in (files("tui.shared_list") / "sql").iterdir()},
    "made": setup.script_of("calls", "keeper"),
}


def code(text: str) -> str:
    """Without what is said beside it."""
    return re.sub(r"--.*", "", text).casefold()


def found(text: str) -> list[str]:
    return [rule for rule in FORBIDDEN if re.search(rule, code(text))]


@pytest.mark.parametrize("name", TEXTS)
def test_it_has_no_function_trigger_sequence_or_advisory_lock_of_ours(name: str):
    assert found(TEXTS[name]) == []


@pytest.mark.parametrize(
    "planted",
    [
        "create or replace function f() returns int as $$ select 1 $$ language sql",
        "create trigger t before insert on x execute function f()",
        "create sequence s",
        "select nextval('s')",
        "create table t (id bigserial)",
        "create table t (id int generated always as identity)",
        "select pg_advisory_xact_lock(7)",
        "do $$ begin end $$",
    ],
)
def test_what_is_planted_is_found(planted: str):
    assert found(f"select 1;\n{planted}")


@pytest.mark.parametrize("name", ["CLAIM", "PUSH", "RENEW", "GIVE_BACK", "LAST_LOOK", "PULL", "HELD", "JOIN"])
def test_a_question_is_one_statement(name: str):
    assert ";" not in code(TEXTS[name])


def test_every_table_it_names_is_made_and_every_made_one_is_named():
    made = set(re.findall(r"create table if not exists powerhour\.(\w+)", TEXTS["schema.sql"]))
    said = "".join(text for name, text in TEXTS.items() if name.isupper())
    assert set(re.findall(r"powerhour\.(\w+)", said)) == made
