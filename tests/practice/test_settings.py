from __future__ import annotations

from pathlib import Path

from tui.domain.outcome import BURNS_REASON, DEFAULT_OUTCOMES, Category
from tui.settings.load import Loaded, load
from tui.settings.places import Places


def team(folder: Path, text: str) -> Loaded:
    (folder / "config.yaml").write_text(f"config: 1\n{text}\n")
    return load(Places(folder, folder / "none.yaml", folder), {"TZ": "Europe/London"})


def test_b01_the_first_length_starts_without_any_file(tmp_path: Path) -> None:
    settings = load(Places(tmp_path, tmp_path / "none.yaml", tmp_path), {}).settings
    assert settings.minutes[0] == 15


def test_b02_a_session_may_have_any_length(tmp_path: Path) -> None:
    assert team(tmp_path, "sessions: {minutes: [7, 5, 15, 60]}").settings.minutes == (7, 5, 15, 60)


def test_b03_the_goal_counts_talks_and_next_steps_and_never_dials(tmp_path: Path) -> None:
    assert team(tmp_path, "sessions: {goal: {dials: 60}}").problems[0].code == "PH102"
    assert team(tmp_path, "").settings.goal_for(60).conversations == 6


def test_b22_not_now_is_neither_a_stop_nor_lost(tmp_path: Path) -> None:
    outcome = next(o for o in team(tmp_path, "").settings.outcomes if o.key == "l")
    assert outcome.is_ is Category.NURTURE


def test_b23_a_missed_call_tells_no_news(tmp_path: Path) -> None:
    outcome = next(o for o in team(tmp_path, "").settings.outcomes if o.key == "n")
    assert outcome.is_ not in BURNS_REASON


def test_b31_the_caps_are_three_in_seven_days_and_six_in_thirty_unless_the_team_says_so(
    tmp_path: Path,
) -> None:
    policy = team(tmp_path, "").settings.policy
    assert (policy.per_7_days, policy.per_30_days) == (3, 6)
    assert team(tmp_path, "cadence: {per_7_days: 2}").settings.policy.per_7_days == 2


def test_b44_without_a_word_of_the_customer_we_call_again_in_five_days(tmp_path: Path) -> None:
    assert team(tmp_path, "").settings.policy.after_talk.days == 5


def test_the_outcomes_are_pressed_with_the_letters_of_the_practice(tmp_path: Path) -> None:
    letters = "".join(outcome.key for outcome in team(tmp_path, "").settings.outcomes)
    assert sorted(letters) == sorted("nvgtcmledwx")
    assert len(DEFAULT_OUTCOMES) == 11
