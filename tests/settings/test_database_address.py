"""The address of the shared list: the rep's own, and without a password."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tui.settings.database_address import has_password, keyring_user, without_password
from tui.settings.load import Loaded
from tui.yamlfile.problem import render

Load = Callable[..., Loaded]

WITH = {
    "postgresql://kim:hush@db.example.com/calls": "postgresql://kim@db.example.com/calls",
    "postgres://kim:hu:sh@db.example.com/calls?sslmode=require": "postgres://kim@db.example.com/calls?sslmode=require",
    "postgresql://db.example.com/calls?user=kim&password=hush": "postgresql://db.example.com/calls?user=kim",
    "postgresql://db.example.com/calls?password=hush&user=kim": "postgresql://db.example.com/calls?user=kim",
    "kim:hush@db.example.com/calls": "kim@db.example.com/calls",
    "host=db.example.com user=kim password=hush dbname=calls": "host=db.example.com user=kim  dbname=calls",
    "host=db.example.com PASSWORD = 'hu sh' user=kim": "host=db.example.com  user=kim",
}
WITHOUT = [
    "postgresql://kim@db.example.com:5432/calls?sslmode=verify-full",
    "postgresql://db.example.com/calls",
    "host=db.example.com user=kim dbname=calls passfile=/home/kim/.pgpass",
    "service=team",
]
HUSH = re.compile(r"hu.?sh")


@pytest.mark.parametrize("address", WITH)
def test_an_address_with_a_password_is_refused_with_the_command_that_stores_it(
    settings_from: Load, address: str
) -> None:
    line = f'shared_list: {{postgresql: "{address}"}}'
    found = settings_from(own=line)
    (problem,) = found.problems
    assert (problem.code, problem.severity, found.settings.shared_list) == ("PH912", "error", "")
    assert f"write {WITH[address]} and store the password with" in problem.help
    assert "keyring set powerhour" in problem.help
    assert not HUSH.search(problem.message + problem.help)
    assert not HUSH.search(render(problem))


@pytest.mark.parametrize("address", WITHOUT)
def test_an_address_without_one_is_taken_as_it_stands(settings_from: Load, address: str) -> None:
    found = settings_from(own=f'shared_list: {{postgresql: "{address}"}}')
    assert (found.problems, found.settings.shared_list) == ((), address)
    assert not has_password(address)
    assert without_password(address) == address


def test_the_address_is_the_reps_own(settings_from: Load) -> None:
    found = settings_from(team='shared_list: {postgresql: "postgresql://db.example.com/calls"}')
    assert [p.code for p in found.problems] == ["PH911"]
    assert found.settings.shared_list == ""
    with_one = settings_from(team='shared_list: {postgresql: "postgresql://kim:hush@db.example.com/calls"}')
    assert [p.code for p in with_one.problems] == ["PH912"]


def test_how_one_connects_changes_no_name_in_the_keyring() -> None:
    address = "postgresql://kim@db.example.com/calls"
    assert {
        keyring_user(f"{address}{more}") for more in ("", "?sslmode=require", "?sslmode=verify-full")
    } == {address}
