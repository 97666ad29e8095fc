"""What a new version of the team's file changes, what binds first, and whether that is stricter."""

from __future__ import annotations

import pytest

from tui.settings.changes import Change, differences, obeying
from tui.settings.keymap import Known

LONDON = {"TZ": "Europe/London"}
OLD = """\
cadence: {per_7_days: 3, attempts: 4}
calling_window: {mon-fri: 09:00-18:00, law_packs: [all]}
lock: [cadence]
theme: nord
outcomes: {demo: {is: win, key: b, label: Demo}}
"""


@pytest.fixture
def changed(settings_from):
    def between(*parts: str, own: str | None = None) -> list[Change]:
        before, text = settings_from(OLD).stack, OLD
        for old, new in zip(parts[::2], parts[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        return list(differences(before, settings_from(text, own).stack))

    return between


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("per_7_days: 3", "per_7_days: 1", Change("cadence.per_7_days", "3", "1", "stricter")),
        ("per_7_days: 3", "per_7_days: 0", Change("cadence.per_7_days", "3", "0", "looser")),
        (", attempts: 4", "", Change("cadence.attempts", "4", "6", "looser")),
        ("09:00-18:00", "13:00-17:00", Change("calling_window.mon-fri", "09:00-18:00", "13:00-17:00", "stricter")),
        ("09:00-18:00", "13:00-20:00", Change("calling_window.mon-fri", "09:00-18:00", "13:00-20:00")),
        ("[all]", "[all, -IT]", Change("calling_window.law_packs", "all", "all, -IT", "looser")),
        ("[cadence]", "[cadence, theme]", Change("lock", "", "theme", "locked")),
        ("lock: [cadence]\n", "", Change("lock", "cadence", "", "unlocked")),
        ("theme: nord", "theme: dracula", Change("theme", "nord", "dracula")),
        ("label: Demo", "label: Demo booked", Change(
            "outcomes.demo", "is win, key b, label Demo", "is win, key b, label Demo booked")),
        ("outcomes: {demo: {is: win, key: b, label: Demo}}", "", Change(
            "outcomes.demo", "is win, key b, label Demo", "")),
    ],
)  # fmt: skip
def test_a_change_is_told_with_both_values(changed, old, new, change):
    assert changed(old, new) == [change]


def test_hours_caps_laws_and_locks_come_first_and_what_only_looks_different_is_none(changed):
    found = changed(
        "theme: nord", "theme: dracula", "lock: [cadence]", "lock: [theme]", "per_7_days: 3", "per_7_days: 2",
        "mon-fri: 09:00-18:00", "mon-fri: 09:00-18:00, wed: closed, sun: 10:00-12:00", "[all]", "[GB]",
    )  # fmt: skip
    assert [one.name for one in found] == [
        "calling_window.wed", "calling_window.sun", "cadence.per_7_days", "calling_window.law_packs", "lock", "lock",
        "theme",
    ]  # fmt: skip
    assert changed("theme: nord", "theme:   'nord'  # a comment", "per_7_days: 3", 'per_7_days: "3"') == []


def test_what_a_rep_set_is_no_change_of_the_team(changed):
    assert changed(own="theme: gruvbox\ncadence: {per_7_days: 1}\n") == []


def test_days_apart_are_told_apart(changed):
    names = [one.name for one in changed("18:00", "18:00, tue: closed, thu-fri: closed")]
    assert names == ["calling_window.tue", "calling_window.thu-fri"]


def test_nothing_of_a_value_reaches_the_terminal_raw(changed):
    (one,) = changed("label: Demo", 'label: "\\e[2J\\u202Egnp' + "x" * 5000 + '"')
    assert one.after.isprintable()
    assert len(one.after) < 200


@pytest.mark.parametrize(
    ("old", "new", "own", "obeyed"),
    [
        ("per_7_days: 3", "per_7_days: 1", "", {"per_7_days": 1}),
        ("per_7_days: 3", "per_7_days: 0", "", {"per_7_days": 3}),
        ("per_7_days: 3, attempts: 4", "per_7_days: 1, attempts: 6", "", {"per_7_days": 1, "attempts": 4}),
        # Whoever calls more often by their own file may not once it is locked.
        ("cadence: {per_7_days: 3, attempts: 4}\n", "lock: [cadence]\n", "cadence: {per_7_days: 9}", {"per_7_days": 3}),
        # Their own limit is stricter still.
        ("per_7_days: 3", "per_7_days: 2", "cadence: {per_7_days: 1}", {"per_7_days": 1}),
    ],
)  # fmt: skip
def test_a_stricter_rule_counts_while_we_work_and_nothing_else_does(settings_from, old, new, own, obeyed):
    open_ = OLD.replace("lock: [cadence]\n", "")
    before = settings_from(open_, own or None)
    assert old in open_
    after = settings_from(open_.replace(old, new).replace("theme: nord", "theme: dracula"), own or None)
    found = obeying(before, after, LONDON, Known())
    assert {name: getattr(found.settings.policy, name) for name in obeyed} == obeyed
    assert found.settings.theme == "nord"
    assert obeying(before, before, LONDON, Known()).settings == before.settings
