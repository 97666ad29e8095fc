"""Last good versions of the files people edit."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from tui.yamlfile.copies import KEPT, Copies

START = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def days():
    """A clock that is a day further each time it is asked."""
    passed = iter(range(100))
    return lambda: START + timedelta(days=next(passed))


def test_a_version_comes_back_with_the_day_it_was_first_kept_and_the_newest_is_first(tmp_path, days):
    copies = Copies(tmp_path / "data", days)
    copies.keep("a.yaml", "one", {"a.yaml": "title: A\n", "_house.yaml": "stop: Bye\n"})
    copies.keep("a.yaml", "two", {"a.yaml": "title: B\n"})
    copies.keep("a.yaml", "two", {"a.yaml": "never written"})
    newest, oldest = Copies(tmp_path / "data", days).versions("a.yaml")
    assert (newest.digest, newest.at) == ("two", START + timedelta(days=1))
    assert (oldest.digest, oldest.at, oldest.path.read_text()) == ("one", START, "title: A\n")
    assert (oldest.path.parent / "_house.yaml").read_text() == "stop: Bye\n"


def test_a_version_that_comes_back_is_the_newest_again(tmp_path, days):
    copies = Copies(tmp_path, days)
    for version in ("one", "two", "one"):
        copies.keep("a.yaml", version, {"a.yaml": version})
    assert [(copy.digest, copy.at.day) for copy in copies.versions("a.yaml")] == [("one", 22), ("two", 21)]


def test_the_order_holds_where_the_clock_stands_still_or_was_put_back(tmp_path):
    clock = iter((START, START, START - timedelta(days=3)))
    copies = Copies(tmp_path, lambda: next(clock))
    for version in "abc":
        copies.keep("a.yaml", version, {"a.yaml": version})
    assert [copy.digest for copy in copies.versions("a.yaml")] == ["c", "b", "a"]


def test_only_the_last_versions_stay(tmp_path, days):
    copies = Copies(tmp_path, days)
    for version in "abcdef":
        copies.keep("a.yaml", version, {"a.yaml": version})
    assert "".join(copy.digest for copy in copies.versions("a.yaml")) == "fedcba"[:KEPT]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_the_rep_can_read_them(tmp_path, days):
    copies = Copies.of_team(tmp_path / "data", tmp_path, "scripts", days)
    copies.keep("a.yaml", "one", {"a.yaml": "title: A\n"})
    for place in (tmp_path / "data").rglob("*"):
        assert stat.S_IMODE(place.stat().st_mode) == (0o700 if place.is_dir() else 0o600), place


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, days):
    (tmp_path / "data").write_text("a file where the folder should be")
    copies = Copies(tmp_path / "data", days)
    copies.keep("a.yaml", "one", {"a.yaml": "title: A\n"})
    assert (copies.versions("a.yaml"), copies.names()) == ([], [])


def test_each_team_has_its_own(tmp_path, days):
    one = Copies.of_team(tmp_path / "data", tmp_path / "team one", "scripts", days)
    one.keep("a.yaml", "one", {"a.yaml": "title: A\n"})
    assert Copies.of_team(tmp_path / "data", tmp_path / "team two", "scripts", days).names() == []
    assert Copies.of_team(tmp_path / "data", tmp_path / "team one", "settings", days).names() == []
