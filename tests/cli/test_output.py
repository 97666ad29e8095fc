"""How a command speaks."""

from __future__ import annotations

import json

from tui.cli.output import print_rows

COLUMNS = {"name": "name", "numbers": "numbers", "held": "held"}


def test_json_is_one_object_with_a_schema_and_whole_rows(capsys):
    print_rows([{"name": "Ann", "secret": 1}], COLUMNS, True, "nobody")
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["header", "schema", "rows"]
    assert (found["schema"], found["rows"]) == (1, [{"name": "Ann", "secret": 1}])


def test_json_without_rows_is_an_empty_list_not_a_sentence(capsys):
    print_rows([], COLUMNS, True, "nobody")
    assert json.loads(capsys.readouterr().out)["rows"] == []


def test_a_table_without_rows_is_a_sentence(capsys):
    print_rows([], COLUMNS, False, "Nobody is here.")
    assert capsys.readouterr().out == "Nobody is here.\n"


def test_columns_stand_under_each_other_also_behind_wide_letters(capsys):
    rows = [
        {"name": "山田", "numbers": ["1", "2"], "held": True},
        {"name": "Ann", "numbers": [], "held": None},
    ]
    print_rows(rows, COLUMNS, False, "")
    assert capsys.readouterr().out.splitlines() == [
        "name  numbers  held",
        "山田  1, 2     yes",
        "Ann",
    ]


def test_a_long_cell_is_cut_in_a_table(capsys):
    print_rows([{"name": "x" * 500}], {"name": "name"}, False, "")
    assert len(capsys.readouterr().out.splitlines()[1]) < 60
