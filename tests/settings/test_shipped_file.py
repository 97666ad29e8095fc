from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.domain.cadence import Policy
from tui.domain.outcome import DEFAULT_OUTCOMES
from tui.settings.declare import ANY
from tui.settings.layers import Source
from tui.settings.load import Loaded, load
from tui.settings.places import Places
from tui.settings.scope import keeper
from tui.settings.settings import SETTINGS, Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shipped(tmp_path: Path) -> Loaded:
    return load(Places(ROOT, tmp_path / "none.yaml", tmp_path, shared=False), {"TZ": "Europe/London"})


def test_the_shipped_file_has_no_problem(shipped: Loaded) -> None:
    assert shipped.problems == ()


def test_every_value_in_the_shipped_file_is_the_built_in_one(shipped: Loaded) -> None:
    for path, leaves in shipped.stack.leaves.items():
        assert [leaf.source for leaf in leaves] == [Source.BUILT_IN, Source.TEAM], path
        assert leaves[0].value == leaves[1].value, path


def test_every_key_of_a_team_is_in_the_shipped_file() -> None:
    text = (ROOT / "config.yaml").read_text()
    for path in (one.path for one in SETTINGS):
        words = [word for word in path if word != ANY]
        if path[:1] == ("calling_window",) and words[-1] in ("mon", "tue", "wed", "thu", "fri"):
            words[-1] = "mon-fri"
        if path in (("dialer", "kind"), ("outcomes", ANY, "off")):
            words.pop()
        for word in words:
            assert f"{word}:" in text or f"{word}," in text, path


def test_the_keys_of_a_rep_are_shown_as_comments_only(shipped: Loaded) -> None:
    assert not any(keeper(path) == "rep" for path in shipped.stack.leaves)


def test_settings_made_without_files_are_the_shipped_ones(shipped: Loaded) -> None:
    policy = replace(shipped.settings.policy, zone="UTC")
    found = replace(shipped.settings, zone="UTC", policy=policy, scripts_folder=Path("scripts"))
    assert found == Settings()


def test_the_rules_of_follow_up_are_those_of_the_policy(shipped: Loaded) -> None:
    policy = replace(shipped.settings.policy, zone="UTC", after={})
    assert policy == Policy()
    assert policy.hash() == Policy().hash()


def test_the_outcomes_are_the_default_ones(shipped: Loaded) -> None:
    assert shipped.settings.outcomes == DEFAULT_OUTCOMES


def test_the_shipped_scripts_are_found(shipped: Loaded) -> None:
    assert shipped.settings.scripts_folder == ROOT / "scripts"
