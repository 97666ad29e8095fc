"""A mistake in the team's settings takes nothing away: the last good version fills what cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.domain.contact import Contact
from tui.script.files.library import Library
from tui.script.files.load import builtin
from tui.settings.load import load
from tui.settings.places import find, own_copies
from tui.yamlfile.copies import Copies

SUNDAY = datetime(2026, 11, 22, 9, 12, tzinfo=UTC)
GOOD = """\
config: 1
team: {language: it, company: Northgate}
scripts:
  assign:
    - {script: trade, tags: [trade]}
    - {script: first}
cadence: {attempts: 4}
"""


@pytest.fixture
def today(places):
    """What is in force after yesterday's good settings were kept and the file changed: `today(old, new)`."""
    copies = Copies.of_team(places.data, places.team, "settings", lambda: SUNDAY)
    copies.keep("config.yaml", "good", {"config.yaml": GOOD})

    def change(*parts: str, gone: bool = False):
        text = GOOD
        for old, new in zip(parts[::2], parts[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        places.config.write_text(text, encoding="utf-8")
        if gone:
            places.config.unlink()
        return load(places, {"TZ": "Europe/London"}, versions=lambda: copies.versions("config.yaml"))

    return change


def scripts(loaded) -> list[str]:
    return [rule.script for rule in loaded.settings.assign]


@pytest.mark.parametrize(
    ("old", "new"),
    [("{script: trade, ", "{scrpt: trade, "), ("assign:", "asign:"), ("scripts:", "scrpts:"),
     ("tags: [trade]}", "tags: [trade]"), ("company: Northgate", "company: North: gate")],
)  # fmt: skip
def test_assignments_that_cannot_be_read_are_those_of_yesterday(today, old, new):
    found = today(old, new)
    assert scripts(found) == ["trade", "first"]
    assert (found.filled.at, "scripts" in found.filled.sections) == (SUNDAY, True)


def test_only_the_part_with_the_mistake_comes_from_yesterday(today):
    found = today(
        "attempts: 4", "attemts: 5", "company: Northgate", "company: Southgate", "    - {script: first}\n", ""
    )
    assert found.settings.policy.attempts == 4
    assert (found.settings.company, scripts(found)) == ("Southgate", ["trade"])
    assert found.filled.sections == ("cadence",)


def test_a_setting_taken_out_of_a_good_file_is_gone(today):
    found = today("cadence: {attempts: 4}\n", "")
    assert (found.settings.policy.attempts, found.filled) == (6, None)


def test_a_file_that_is_gone_goes_on(today):
    found = today(gone=True)
    assert (scripts(found), found.settings.language) == (["trade", "first"], "it")


def test_at_the_first_start_a_rule_that_cannot_be_read_gives_nobody_the_script_of_a_later_one(
    settings_from, places
):
    for name in ("first", "trade"):
        (places.team / "scripts" / f"{name}.yaml").write_text(
            f"title: {name}\nopener: Hi\n", encoding="utf-8"
        )
    rules = "scripts:\n  assign:\n    - {script: trade, tags: [trade], langauge: en}\n    - {script: first}\n"
    settings = settings_from(rules).settings
    library = Library(places.team / "scripts")
    got = library.choose(Contact("c1", tags=("trade",)), "fresh", settings.assign)
    assert (got.script, got.rule, got.number, got.fault) == (builtin(), "assigned", 1, "unread")
    assert library.choose(Contact("c1"), "fresh", settings.assign).script.id == "first"
    italian = library.choose(Contact("c1", tags=("trade",), language="it"), "fresh", settings.assign)
    assert italian.script is builtin("it")


CONFLICT = "config: 1\n<<<<<<< HEAD\nteam: {language: it}\n=======\nteam: {language: en}\n>>>>>>> theirs\n"
STRICT = """\
config: 1
cadence: {per_7_days: 1}
calling_window: {mon-fri: 13:00-17:00}
lock: [cadence, calling_window]
"""
LOOSE = "cadence: {per_7_days: 20}\ncalling_window: {mon-fri: 06:00-22:00}\n"
UNREADABLE = {
    "conflict": CONFLICT.encode(),
    "tab": b"config: 1\ncadence:\n\tattempts: 4\n",
    "cp1252": "config: 1\nteam: {company: Caffè}\n".encode("cp1252"),
    "half": STRICT[: STRICT.index("17:00")].encode(),
    "half a line": b"config: 1\ncalling_window:\n  mon-fri: 13:00-1",
    "empty": b"",
    "only a comment": b"# soon\n",
}


def strict_before(places):
    copies = Copies.of_team(places.data, places.team, "settings", lambda: SUNDAY)
    copies.keep("config.yaml", "good", {"config.yaml": STRICT})
    places.own.write_text(LOOSE, encoding="utf-8")
    return lambda: copies.versions("config.yaml")


def rules(loaded):
    policy = loaded.settings.policy
    return policy.per_7_days, policy.hours.week[0]


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_leaves_the_last_good_rules_and_locks(places, name):
    versions = strict_before(places)
    places.config.write_bytes(UNREADABLE[name])
    found = load(places, {"TZ": "Europe/London"}, versions=versions)
    assert rules(found) == (1, ((780, 1020),))
    assert (found.filled.at, found.filled.mistake.file) == (SUNDAY, str(places.config))


def test_a_folder_in_place_of_the_file_leaves_the_last_good_rules(places):
    versions = strict_before(places)
    places.config.mkdir()
    found = load(places, {"TZ": "Europe/London"}, versions=versions)
    assert (rules(found)[0], found.filled.mistake.message) == (1, "this is no file")


@pytest.mark.parametrize(
    "name", sorted(UNREADABLE.keys() - {"empty", "only a comment", "half", "half a line"})
)
def test_at_the_first_start_a_rep_may_only_be_stricter_than_what_is_built_in(places, name):
    places.config.write_bytes(UNREADABLE[name])
    places.own.write_text(LOOSE, encoding="utf-8")
    found = load(places, {"TZ": "Europe/London"})
    assert rules(found) == (3, ((540, 1080),))
    assert (found.filled.at, found.filled.mistake.file) == (None, str(places.config))
    places.own.write_text("cadence: {per_7_days: 2}\n", encoding="utf-8")
    assert rules(load(places, {"TZ": "Europe/London"}))[0] == 2


@pytest.mark.parametrize(
    "lock",
    [
        "lock: [cadence.per_7day]",
        "lock: cadence",
        "lok: [cadence]",
        "lock: {cadence: on}",
        "lock: [all of it]",
    ],
)
def test_a_mistake_in_the_locks_locks_rather_more_than_less(places, lock):
    places.config.write_text(f"config: 1\n{lock}\n", encoding="utf-8")
    places.own.write_text("cadence: {per_7_days: 20}\n", encoding="utf-8")
    assert load(places, {"TZ": "Europe/London"}).settings.policy.per_7_days == 3


def test_a_lock_that_cannot_be_read_locks_although_an_earlier_version_had_none(today, places):
    places.own.write_text("cadence: {per_7_days: 20}\n", encoding="utf-8")
    found = today("attempts: 4}", "attempts: many}\nlock: cadence")
    assert (found.settings.policy.per_7_days, found.settings.policy.attempts) == (3, 4)


def test_a_section_taken_out_is_gone_although_another_has_a_mistake(today):
    found = today("cadence: {attempts: 4}\n", "", "language: it", "language: 7")
    assert (found.settings.policy.attempts, found.settings.language) == (6, "it")


def test_a_value_of_a_rep_that_is_refused_brings_nothing_old_back(places):
    copies = own_copies(places.data, places.own, lambda: SUNDAY)
    copies.keep(places.own.name, "old", {places.own.name: "theme: nord\n"})
    places.config.write_text("config: 1\n", encoding="utf-8")
    places.own.write_text("team: {company: Mine}\n", encoding="utf-8")
    found = load(places, {"TZ": "Europe/London"}, own_versions=lambda: copies.versions(places.own.name))
    assert (found.settings.theme, found.own_filled) == ("textual-dark", None)


def test_what_a_later_version_with_a_mistake_elsewhere_made_stricter_stays_so(places):
    copies = Copies.of_team(places.data, places.team, "settings", lambda: SUNDAY)
    for digest, text in (
        ("one", "config: 1\ntheme: nord\ncadence: {per_7_days: 2, attempts: 4}\n"),
        ("two", "config: 1\nteam: {language: 7}\ncadence: {per_7_days: 1}\n"),
    ):
        copies.keep("config.yaml", digest, {"config.yaml": text})
    places.config.write_text(CONFLICT, encoding="utf-8")
    found = load(places, {"TZ": "Europe/London"}, versions=lambda: copies.versions("config.yaml"))
    assert (found.settings.policy.per_7_days, found.settings.policy.attempts) == (1, 6)


def test_a_broken_file_of_the_rep_s_own_keeps_the_team_and_what_it_made_stricter(tmp_path):
    team, own, data = tmp_path / "team", tmp_path / "own.yaml", tmp_path / "data"
    team.mkdir()
    (team / "config.yaml").write_text("config: 1\ncadence: {per_7_days: 2}\nlock: [cadence]\n")
    own_copies(data, own, lambda: SUNDAY).keep(
        own.name, "good", {own.name: "team_file: team/config.yaml\ncadence: {per_7_days: 1}\n"}
    )
    own.write_bytes("me: {name: Zoë}\n".encode("cp1252"))
    places, problems = find(None, data, {"POWERHOUR_CONFIG": str(own)}, cwd=tmp_path)
    assert (places.team, problems) == (team, [])
    found = load(
        places, {"TZ": "Europe/London"}, own_versions=lambda: own_copies(data, own).versions(own.name)
    )
    assert (found.settings.policy.per_7_days, found.own_filled.at) == (1, SUNDAY)


@pytest.mark.parametrize("gone", ["file", "folder"])
@pytest.mark.parametrize("named", ["--workspace", "team_file", "here"])
def test_a_team_folder_that_was_there_binds_although_it_is_gone(tmp_path, gone, named):
    team, own, data = tmp_path / "team", tmp_path / "own.yaml", tmp_path / "data"
    copies = Copies.of_team(data, team, "settings", lambda: SUNDAY)
    copies.keep("config.yaml", "good", {"config.yaml": STRICT})
    own.write_text(LOOSE + ("team_file: team/config.yaml\n" if named == "team_file" else ""))
    if gone == "file" or named == "here":
        (team / "scripts").mkdir(parents=True)
    places, _ = find(
        team if named == "--workspace" else None,
        data,
        {"POWERHOUR_CONFIG": str(own)},
        cwd=team if named == "here" else tmp_path,
    )
    found = load(places, {"TZ": "Europe/London"}, versions=lambda: copies.versions("config.yaml"))
    assert (places.team, places.shared, rules(found)[0]) == (team, True, 1)
