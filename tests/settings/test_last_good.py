"""A mistake in the team's settings takes nothing away: the last good version fills what cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.domain.contact import Contact
from tui.script.files.library import Library
from tui.script.files.load import builtin
from tui.settings.load import load
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
