"""A mistake is shown at its line and column with what to do, and everything else goes on working."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tui.settings.lawpacks import CODES, in_force
from tui.settings.load import Loaded, load
from tui.settings.places import Places
from tui.settings.settings import Settings
from tui.yamlfile.problem import render

Load = Callable[..., Loaded]

MISTAKES = [
    # what is written, line, column, code, words of the message or the help
    ("cadnce: {attempts: 3}", 2, 1, "PH102", "did you mean `cadence`"),
    ("cadence: {atempts: 3}", 2, 11, "PH102", "did you mean `attempts`"),
    ("cadence:\n\tattempts: 3", 3, 1, "PH010", "tab"),
    ("team: {company: {{name}}}", 2, 17, "PH010", "{{"),
    ("theme: nord\ntheme: gruvbox", 3, 1, "PH015", "written twice"),
    ("cadence: 5", 2, 10, "PH104", "group of keys"),
    ("theme:", 2, 1, "PH104", "empty"),
    ("theme: {dark: yes}", 2, 8, "PH104", "must be a text"),
    ("cadence: {attempts: many}", 2, 21, "PH104", "whole number"),
    ("cadence: {attempts: 0}", 2, 21, "PH107", "between 1 and 30"),
    ("cadence: {gaps: 3d}", 2, 17, "PH104", "list"),
    ("cadence: {gaps: [1d, soon]}", 2, 22, "PH106", "20h, 3d"),
    ("team: {members: [{name: Jo}, {name: Kim, aliases: [JO]}]}", 2, 17, "PH927", "no other has"),
    ("team: {members: [{aliases: [Jo]}]}", 2, 18, "PH103", "name"),
    ("cadence: {gaps: []}", 2, 17, "PH927", "[1d, 2d, 3d]"),
    ("cadence: {min_gap: 20 apples}", 2, 20, "PH106", "20h, 3d"),
    ("cadence: {min_gap: 9999y}", 2, 20, "PH927", "5 years"),
    ("cadence: {check_in: 5s}", 2, 21, "PH927", "1h"),
    ("cadence: {early_call: acknowlege}", 2, 23, "PH105", "did you mean `acknowledge`"),
    ("team: {timezone: Europe/Romme}", 2, 18, "PH929", "did you mean `Europe/Rome`"),
    ("team: {timezone: ../../etc/passwd}", 2, 18, "PH929", "no time zone"),
    ("team: {language: english}", 2, 18, "PH106", "en, it"),
    ("calling_window: {mon-fri: 9-18}", 2, 27, "PH928", "09:00-18:00"),
    ("calling_window: {mon: 18:00-09:00}", 2, 23, "PH928", "ends before it begins"),
    ("calling_window: {mon: 09:00-25:00}", 2, 23, "PH928", "no such time"),
    ("calling_window: {mon: 09:00-09:99}", 2, 23, "PH928", "no such time"),
    ('calling_window: {mon: "09:00-13:00, 12:00-18:00"}', 2, 23, "PH928", "overlap"),
    ("calling_window: {mon-fri: closed}", 2, 27, "PH928", "at least one day"),
    ("calling_window: {monday: closed}", 2, 18, "PH102", "did you mean"),
    ("calling_window: {holidays: [25.12.2026]}", 2, 29, "PH106", "2026-03-31"),
    ("calling_window: {law_packs: [GB, italyy]}", 2, 34, "PH940", "no law pack for italyy"),
    ("calling_window: {law_packs: {IT: offf}}", 2, 29, "PH104", "must be a list"),
    ("sessions: {minutes: []}", 2, 21, "PH927", "at least one"),
    ("sessions: {minutes: [0]}", 2, 22, "PH107", "between 1 and 480"),
    ("sessions: {advance_after: maybe}", 2, 27, "PH927", "off, or seconds"),
    ("sessions: {advance_after: 0}", 2, 27, "PH927", "1 to 60"),
    ("sessions: {team_hour: every morning}", 2, 23, "PH927", "10:00 mon-fri 60m"),
    ("sessions: {team_hour: 10:00 mon-fry 60m}", 2, 23, "PH927", "no day `fry`"),
    ("sessions: {team_hour: 23:30 mon-fri 60m}", 2, 23, "PH927", "in one day"),
    ("sessions: {team_hour: 10:00 mon-fri 6h}", 2, 23, "PH927", "5 minutes to 4 hours"),
    ("sessions: {autosave: 1h}", 2, 22, "PH927", "between 1s and 60s"),
    ("queue: {fresh_share: 0.25}", 2, 22, "PH927", "25%"),
    ("queue: {fresh_share: 101%}", 2, 22, "PH927", "25%"),
    ("record: {keep_notes: forever}", 2, 22, "PH927", "always"),
    ("record: {keep_people: 9 days}", 2, 23, "PH927", "24 months"),
    ("allowed_countries: [GB, XX]", 2, 25, "PH106", "GB, IT or US"),
    ("cadence:{attempts: 3}", 2, 1, "PH102", "space is missing after the colon: write  cadence:"),
    ("cadence: attempts: 3", 2, 18, "PH010", "if attempts is a key, write it on the next line"),
    ("theme nord", 2, 1, "PH010", "no colon on this line"),
    ("cadence:\n  - attempts: 3", 3, 3, "PH104", "delete the dashes"),
    ("cadence:\n  attempts 3", 3, 3, "PH104", "write its keys below it"),
    ("attempts: 3", 2, 1, "PH102", "it belongs under `cadence`"),
    ("sessions: {minutes: 15}", 2, 21, "PH104", "put it into brackets"),
    ("calling_window: {mon: [09:00-12:00]}", 2, 23, "PH104", "without brackets and dashes"),
    ("calling_window: {mon-fry: closed}", 2, 18, "PH102", "did you mean `mon-fri`"),
    ("scripts: {assign: [hello]}", 2, 20, "PH104", "write  {script: hello}"),
    ("outcomes: {demo: {is: win, key: B, label: Demo}}", 2, 33, "PH106", "one small letter"),
    ("outcomes: {demo: {is: win, key: b, lable: Demo}}", 2, 36, "PH102", "did you mean `label`"),
    ("team: {timezone: CET}", 2, 18, "PH929", "write  Region/City"),
    ("speech: {words_per_minute: {english: 150}}", 2, 38, "PH106", "no language"),
    ("defaults: {english: {first_name: there}}", 2, 34, "PH106", "no language"),
    ("keys: {skip: x}", 2, 8, "PH930", "did you mean `queue.skip`"),
    ("theme: ‘nord’", 2, 8, "PH926", "did you mean `nord`"),
    ("theme: nord\n\tlock: []", 3, 1, "PH010", "TAB"),
    ("team:\n  company: A\n   language: en", 4, 1, "PH010", "same column"),
    ("keys: {queue.skip: ctrl+c}", 2, 20, "PH931", "terminals use it"),
    ("keys: {queue.skip: Ctrl+Z}", 2, 20, "PH931", "terminals use it"),
    ("keys: {queue.skip: 'x, ctrl+s'}", 2, 20, "PH931", "terminals use it"),
    ("outcomes: {win: {key: ctrl+c}}", 2, 23, "PH106", "one small letter"),
    ("check: {ignore: [507]}", 2, 18, "PH106", "PH517"),
    ("dialer: phone", 2, 9, "PH105", "manual, uri, command, softphone"),
    ("theme: norf", 2, 8, "PH926", "did you mean `nord`"),
    ("lock: [cadence.atempts]", 2, 8, "PH919", "did you mean `cadence.attempts`"),
    ("scripts: {folder: ../elsewhere}", 2, 19, "PH914", "leaves the team folder"),
    ("scripts: {folder: /etc}", 2, 19, "PH914", "leaves the team folder"),
    ("scripts: {folder: 'C:\\scripts'}", 2, 19, "PH914", "leaves the team folder"),
    ("scripts: {assign: [{lists: [fair]}]}", 2, 20, "PH103", "`script` is missing"),
    ("outcomes: {win: {is: sale}}", 2, 22, "PH105", "one of"),
    ("outcomes: {win: {key: mm}}", 2, 23, "PH106", "one small letter"),
    ("outcomes: {win: {next: soon}}", 2, 24, "PH924", "3d"),
]


@pytest.mark.parametrize(("text", "line", "col", "code", "words"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_told_at_its_place_with_what_to_do(
    text: str, line: int, col: int, code: str, words: str, settings_from: Load
) -> None:
    problems = settings_from(team=text).problems
    assert [(p.line, p.col, p.code) for p in problems] == [(line, col, code)], problems
    assert words in f"{problems[0].message} {problems[0].help}"


@pytest.mark.parametrize("text", [m[0] for m in MISTAKES])
def test_a_mistake_never_stops_the_app(text: str, settings_from: Load) -> None:
    settings = settings_from(team=text).settings
    assert settings.policy.attempts == 6
    assert settings.policy.hours == Settings().policy.hours
    assert settings.minutes == (15, 5, 60)
    assert settings.zone == "Europe/London"
    assert len(settings.outcomes) == 11


def test_one_mistake_does_not_hide_the_good_lines_beside_it(settings_from: Load) -> None:
    found = settings_from(team="cadence: {attempts: many, per_7_days: 2}\ntheme: nord").settings
    assert (found.policy.attempts, found.policy.per_7_days, found.theme) == (6, 2, "nord")


def test_a_bad_value_of_a_rep_gives_way_to_the_team_s(settings_from: Load) -> None:
    found = settings_from(team="cadence: {attempts: 4}", own="cadence: {attempts: many}")
    assert found.settings.policy.attempts == 4
    assert found.problems[0].file.endswith("own.yaml")


def test_all_mistakes_are_told_at_once(settings_from: Load) -> None:
    problems = settings_from(team="cadnce: {}\ntheme: norf\ncadence: {attempts: x, gaps: y}").problems
    assert [p.line for p in problems] == [2, 3, 4, 4] or [p.line for p in problems] == [3, 4, 4]


def test_the_report_shows_the_line_with_a_caret(settings_from: Load) -> None:
    found = settings_from(team="cadnce: {attempts: 3}")
    problem = found.problems[0]
    shown = render(problem, found.lines[problem.file])
    assert "2 | cadnce: {attempts: 3}\n  | ^^^^^^" in shown


def test_a_file_that_is_no_list_of_settings_is_told(settings_from: Load, places: Places) -> None:
    settings_from()
    places.own.write_text("- just\n- a list\n")
    assert [p.code for p in settings_from().problems] == ["PH101"]


def test_a_missing_team_file_is_told_and_the_built_in_settings_count(places: Places) -> None:
    found = load(places, {"TZ": "Europe/London"})
    assert [(p.code, p.severity) for p in found.problems] == [("PH905", "warning")]
    assert found.settings.minutes == (15, 5, 60)


def test_an_empty_own_file_is_no_problem(settings_from: Load) -> None:
    assert settings_from(own="# nothing yet\n").problems == ()


@pytest.mark.parametrize(
    ("first_line", "code", "severity"), [("", "PH900", "warning"), ("config: 2", "PH900", "error")]
)
def test_a_team_file_says_which_edition_it_is(
    first_line: str,
    code: str,
    severity: str,
    settings_from: Load,
    places: Places,
) -> None:
    places.config.write_text(f"{first_line}\ntheme: nord\n")
    found = load(places, {})
    assert [(p.code, p.severity) for p in found.problems] == [(code, severity)]
    assert found.settings.theme == "nord"


def test_a_country_without_a_law_pack_is_told(settings_from: Load) -> None:
    found = settings_from(team="calling_window: {law_packs: [IT, NL]}")
    assert [(p.code, p.severity, p.line) for p in found.problems] == [("PH940", "warning", 2)]
    assert "no law pack for NL" in found.problems[0].message
    assert found.settings.law_packs == ("IT", "NL")
    assert in_force(found.settings.law_packs) >= set(CODES)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffconfig: 1\ntheme: nord\n",
        "config: 1\r\ntheme: nord\r\n",
        "config: 1\rtheme: nord",
        "config: 1\ntheme:\tnord\n",
        "config: '1'\ntheme: \"nord\"\n",
        "config: 1\ntheme: nord\ncalling_window: {Mon–Fri: 09:00–17:00}\n",
    ],
)
def test_what_editors_do_to_a_file_is_no_mistake(settings_from: Load, text: str) -> None:
    found = settings_from(text=text)
    assert (found.problems, found.settings.theme) == ((), "nord")


@pytest.mark.parametrize(
    ("packs", "bind", "told"),
    [
        ("[UK, it]", {"GB", "IT"}, 0),
        ("[all, -uk]", set(CODES) - {"GB"}, 0),
        ("{UK: off}", set(CODES) - {"GB"}, 0),
        ("[-IT]", set(CODES) - {"IT"}, 0),
        ("[XX, IT]", set(CODES), 1),
        ("{XX: off}", set(CODES), 1),
        ("[XX, -IT]", set(CODES) - {"IT"}, 1),
        ("[]", set(), 0),
    ],
)
def test_a_name_that_is_no_law_pack_keeps_all_others_on(settings_from: Load, packs, bind, told) -> None:  # type: ignore[no-untyped-def]
    found = settings_from(team=f"calling_window: {{law_packs: {packs}}}")
    assert in_force(found.settings.law_packs) == bind
    assert [one.code for one in found.problems] == ["PH940"] * told


def test_a_country_is_known_however_people_write_it(settings_from: Load) -> None:
    found = settings_from(team="allowed_countries: [UK, gb, Italy, ie]")
    assert (found.settings.allowed_countries, found.problems) == (("GB", "IT", "IE"), ())
    env = settings_from(env={"POWERHOUR_ALLOWED_COUNTRIES": "UK"})
    assert (env.settings.allowed_countries, env.problems) == (("GB",), ())


def test_escape_codes_never_get_through(settings_from: Load) -> None:
    found = settings_from(
        team='team: {company: "A\\x1b]52;c;eA==\\x07\\u202eB"}\noutcomes: {win: {label: "Go\\nod\\e[2J"}}\n'
    )
    shown = repr(found.settings)
    assert "\\x1b" not in shown
    assert "\\u202e" not in shown
    assert "\\n" not in shown


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_no_damage_to_the_file_raises_or_leaves_us_without_settings(
    data: st.DataObject, settings_from: Load
) -> None:
    lines = "\n".join(m[0] for m in data.draw(st.lists(st.sampled_from(MISTAKES), min_size=1, max_size=4)))
    at = data.draw(st.integers(0, len(lines)))
    junk = data.draw(st.text(alphabet="{}[]:,-\"'#\n\t &*!|>%@x0é\u202e\x00", max_size=6))
    found = settings_from(team=lines[:at] + junk + lines[at:], own=junk + lines)
    assert found.settings.minutes
    assert found.settings.policy.attempts >= 1
    assert {o.is_ for o in found.settings.outcomes} >= {"no_answer", "conversation", "promise", "do_not_call"}
    for problem in found.problems:
        count = len(found.lines[problem.file]) if problem.file in found.lines else 1
        assert 1 <= problem.line <= max(1, count)
