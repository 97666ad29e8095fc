from __future__ import annotations

from collections.abc import Callable

from tui.settings.explain import explain
from tui.settings.load import Loaded
from tui.settings.places import Places

Load = Callable[..., Loaded]


def test_each_row_says_value_origin_and_what_it_hides(settings_from: Load, places: Places) -> None:
    found = settings_from(team="theme: gruvbox", own="theme: nord", env={"POWERHOUR_THEME": "textual-dark"})
    (row,) = explain(found, "theme")
    assert (row.value, row.origin) == ("textual-dark", "environment POWERHOUR_THEME")
    assert row.hides == (("nord", "own own.yaml:1"), ("gruvbox", "team config.yaml:2"))
    (row,) = explain(settings_from(team="cadence: {attempts: 4}"), "cadence.attempts")
    assert (row.origin, row.place) == ("team config.yaml:2", f"{places.config}:2")


def test_days_that_agree_are_one_row(settings_from: Load) -> None:
    found = settings_from(team="calling_window: {mon-fri: 08:00-17:00}", own="calling_window: {wed: closed}")
    rows = {row.key: row.value for row in explain(found, "calling_window")}
    assert rows["calling_window.mon-tue"] == "08:00-17:00"
    assert rows["calling_window.wed"] == "closed"
    assert rows["calling_window.thu-fri"] == "08:00-17:00"


def test_values_are_shown_as_one_would_write_them(settings_from: Load) -> None:
    team = (
        "dialer: uri\ncadence: {gaps: [1d, 4d]}\nteam: {company: Acme Tools}\n"
        "scripts: {assign: [{script: hello}]}"
    )
    rows = {row.key: row.value for row in explain(settings_from(team=team))}
    assert rows["dialer"] == "uri"
    assert rows["cadence.gaps"] == "[1d, 4d]"
    assert rows["team.company"] == "Acme Tools"
    assert rows["scripts.assign"] == "[{script: hello}]"
    assert rows["allowed_countries"] == "[]"


def test_rows_come_in_the_order_of_the_file(settings_from: Load) -> None:
    found = settings_from(team="theme: nord\noutcomes: {demo: {is: win, key: b, label: Demo}}")
    tops = list(dict.fromkeys(row.key.partition(".")[0] for row in explain(found)))
    assert tops.index("team") < tops.index("outcomes") < tops.index("cadence") < tops.index("theme")


def test_only_the_settings_asked_for_are_shown(settings_from: Load) -> None:
    keys = [row.key for row in explain(settings_from(), "sessions.goal")]
    assert keys == ["sessions.goal.conversations", "sessions.goal.next_steps"]
    assert explain(settings_from(), "sess") == ()


def test_each_row_says_what_the_setting_is_for(settings_from: Load) -> None:
    found = {row.key: row.help for row in explain(settings_from(team="dialer: uri"))}
    assert found["dialer"] == "How calls are made"
    assert found["speech.words_per_minute.en"] == "By language"
    assert all(found.values())
