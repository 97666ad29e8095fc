from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tui.settings.load import Loaded
from tui.settings.places import Places

Load = Callable[..., Loaded]


def test_a_later_layer_wins_and_each_value_says_where_it_stands(settings_from: Load, places: Places) -> None:
    found = settings_from(
        team="theme: gruvbox\nspeech: {opener_seconds: 12}\ncadence:\n  attempts: 5\n",
        own="theme: nord\nspeech: {opener_seconds: 11, voicemail_seconds: 20}\n",
        env={"POWERHOUR_SPEECH__OPENER_SECONDS": "10", "POWERHOUR_THEME": "textual-dark"},
    )
    assert found.problems == ()
    origins = {".".join(path): str(leaves[-1].origin) for path, leaves in found.stack.leaves.items()}
    assert origins["theme"] == "environment POWERHOUR_THEME"
    assert origins["speech.opener_seconds"] == "environment POWERHOUR_SPEECH__OPENER_SECONDS"
    assert origins["speech.voicemail_seconds"] == "own own.yaml:2"
    assert origins["cadence.attempts"] == "team config.yaml:5"
    assert origins["speech.monologue_seconds"] == "built-in"
    settings = found.settings
    assert settings.theme == "textual-dark"
    assert (settings.speech.opener_seconds, settings.speech.voicemail_seconds) == (10, 20)
    assert settings.policy.attempts == 5


def test_groups_merge_by_key_and_lists_replace(settings_from: Load) -> None:
    found = settings_from(
        team="cadence: {per_7_days: 2, gaps: [2d]}\ndefaults: {en: {segment: shop}, de: {segment: Kunde}}",
        own="defaults: {en: {reason: a thought}}",
    ).settings
    assert found.policy.per_7_days == 2
    assert found.policy.per_30_days == 6
    assert found.policy.gaps == (timedelta(days=2),)
    assert found.defaults["en"]["segment"] == "shop"
    assert found.defaults["en"]["reason"] == "a thought"
    assert found.defaults["en"]["first_name"] == "there"
    assert found.defaults_for("de") == {"segment": "Kunde"}
    assert found.defaults_for("fr") == found.defaults["en"]


def test_a_day_of_its_own_wins_over_a_range_in_any_order(settings_from: Load) -> None:
    found = settings_from(team='calling_window: {fri: "9:00-12:30", mon-fri: "08:00-17:00", sat-sun: closed}')
    week = found.settings.policy.hours.week
    assert week[:4] == (((480, 1020),),) * 4
    assert week[4] == ((540, 750),)
    assert week[5:] == ((), ())


def test_a_range_may_run_over_the_weekend(settings_from: Load) -> None:
    week = settings_from(team="calling_window: {sat-mon: 10:00-12:00}").settings.policy.hours.week
    assert [bool(day == ((600, 720),)) for day in week] == [True, False, False, False, False, True, True]


def test_a_rep_s_day_replaces_the_day_of_the_team_s_range(settings_from: Load) -> None:
    found = settings_from(team="calling_window: {mon-fri: 09:00-18:00}", own="calling_window: {wed: closed}")
    assert [bool(day) for day in found.settings.policy.hours.week] == [
        True,
        True,
        False,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("own", "kind", "command"),
    [
        ("dialer: uri", "uri", ()),
        ('dialer: {command: [ring, "tel:{e164}"]}', "command", ("ring", "tel:{e164}")),
        ('dialer: {kind: uri, command: [ring, "{e164}"]}', "uri", ("ring", "{e164}")),
        ('dialer: {prefix: "0"}', "manual", ()),
    ],
)
def test_a_rep_chooses_how_the_phone_rings(
    own: str, kind: str, command: tuple[str, ...], settings_from: Load
) -> None:
    found = settings_from(own=own)
    assert found.problems == ()
    assert (found.settings.dial.kind, found.settings.dial.command) == (kind, command)


def test_what_a_rep_alone_may_say_is_read(settings_from: Load) -> None:
    found = settings_from(
        own='me: {name: Sam Reed, number: "+44 20 7946 0955"}\neditor: code --wait\n'
        'dialer: {kind: uri, prefix: "9", scheme: callto}\nsoftphone: {account: "sip:sam@example.com"}\n'
    )
    assert found.problems == ()
    assert found.settings.me.name == "Sam Reed"
    assert found.settings.me.number == "+44 20 7946 0955"
    assert found.settings.editor == ("code", "--wait")
    assert (found.settings.dial.prefix, found.settings.dial.scheme) == ("9", "callto")
    assert found.settings.softphone == {"account": "sip:sam@example.com"}


def test_numbers_and_words_arrive_as_what_they_are(settings_from: Load) -> None:
    settings = settings_from(
        team="sessions: {minutes: [20, 20, 45], advance_after: 3, autosave: 5s, goal: {conversations: 8}}\n"
        "queue: {fresh_share: 40 %}\nrecord: {keep_notes: 2 years}\nmetrics: {conversation_seconds: 60}\n"
        "calling_window: {holidays: [2026-12-25]}\nallowed_countries: [GB, IE]\n"
        "team: {timezone: Europe/Dublin}\ncheck: {ignore: [PH517], fail_on: Warning}\n"
        "scripts: {assign: [{script: hello, lists: [fair], customer: no}]}"
    ).settings
    assert settings.minutes == (20, 45)
    assert settings.advance_after == 3.0
    assert settings.autosave == 5.0
    assert settings.fresh_share == 0.4
    assert settings.keep_notes == timedelta(days=730)
    assert settings.conversation_seconds == 60
    assert [day.isoformat() for day in settings.policy.hours.holidays] == ["2026-12-25"]
    assert settings.allowed_countries == ("GB", "IE")
    assert settings.zone == settings.policy.zone == "Europe/Dublin"
    assert settings.check.fail_on == "warning"
    assert settings.check.ignore == {"PH517"}
    rule = settings.assign[0]
    assert (rule.script, rule.lists, rule.customer) == ("hello", ("fair",), False)


def test_a_variable_with_commas_is_a_list(settings_from: Load) -> None:
    found = settings_from(env={"POWERHOUR_SESSIONS__MINUTES": "10, 30", "POWERHOUR_DIALER": "uri"})
    assert found.problems == ()
    assert found.settings.minutes == (10, 30)
    assert found.settings.dial.kind == "uri"


@pytest.mark.parametrize(
    "name", ["POWERHOUR_CONFIG", "POWERHOUR_NOW", "POWERHOUR_DATA", "POWERHOUR_SIP_PASSWORD"]
)
def test_variables_that_are_no_settings_are_left_alone(name: str, settings_from: Load) -> None:
    assert settings_from(env={name: "x"}).problems == ()


@pytest.mark.parametrize(
    ("name", "value", "code", "words"),
    [
        ("POWERHOUR_THEM", "nord", "PH901", "POWERHOUR_THEME"),
        ("POWERHOUR_CADENCE__ATEMPTS", "3", "PH901", "POWERHOUR_CADENCE__ATTEMPTS"),
        ("POWERHOUR_CADENCE_ATTEMPTS", "3", "PH901", "POWERHOUR_CADENCE__ATTEMPTS"),
        ("POWERHOUR_DTA", "x", "PH901", "POWERHOUR_DATA"),
        ("POWERHOUR_QWX", "x", "PH901", "no setting"),
        ("POWERHOUR_CADENCE__ATTEMPTS", "many", "PH104", "whole number"),
        ("POWERHOUR_DIALER__COMMAND", "sh,-c,{e164}", "PH918", "own settings file"),
        ("POWERHOUR_EDITOR", "evil", "PH918", "own settings file"),
        ("POWERHOUR_KEYS__QUEUE.SKIP", "x", "PH918", "own settings file"),
        ("POWERHOUR_TEAM__LANGUAGE", "it", "PH915", "whole team"),
        ("POWERHOUR_LOCK", "theme", "PH915", "whole team"),
    ],
)
def test_a_variable_that_cannot_count_is_told(
    name: str, value: str, code: str, words: str, settings_from: Load
) -> None:
    found = settings_from(env={name: value})
    assert [(p.code, p.file) for p in found.problems] == [(code, name)]
    assert words in f"{found.problems[0].message} {found.problems[0].help}"
    assert found.settings == settings_from().settings


def test_the_goal_of_a_short_session_is_its_share_of_an_hour(settings_from: Load) -> None:
    settings = settings_from().settings
    assert (settings.goal_for(60).conversations, settings.goal_for(60).next_steps) == (6, 2)
    assert (settings.goal_for(15).conversations, settings.goal_for(15).next_steps) == (2, 1)
    none = settings_from(team="sessions: {goal: {conversations: 0, next_steps: 0}}").settings
    assert none.goal_for(5).conversations == none.goal_for(5).next_steps == 0


def test_numbers_are_read_in_the_country_of_the_team(settings_from: Load) -> None:
    assert settings_from(team="team: {timezone: Europe/Rome}").settings.region == "IT"
    abroad = settings_from(team="team: {timezone: Europe/Rome}\nallowed_countries: [GB, IE]")
    assert abroad.settings.region == "GB"
    home = settings_from(team="team: {timezone: Europe/Rome}\nallowed_countries: [GB, IT]")
    assert home.settings.region == "IT"
