"""What `scripts explain` tells about a setting is true: the bad sample fires there, and the good one does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.script.check.rulebook import codes, explain
from tui.settings.load import Loaded

Load = Callable[..., Loaded]
SETTINGS = [code for code in codes() if code.startswith("PH9")]
SAMPLES = [code for code in SETTINGS if explain(code).bad]


def as_team_file(sample: str) -> tuple[str, int]:
    """A sample under its edition, and the line (from 1) where it begins."""
    return (sample, 1) if sample.startswith("config:") else (f"config: 1\n{sample}", 2)


@pytest.mark.parametrize("code", SAMPLES)
def test_the_bad_sample_fires_this_code_alone_and_at_the_right_place(code: str, settings_from: Load) -> None:
    told = explain(code)
    text, begins = as_team_file(told.bad)
    found = settings_from(text=text)
    assert {p.code for p in found.problems} == {code}
    first = found.problems[0]
    assert (first.severity, first.line, first.col) == (told.severity, begins + told.line - 1, told.col)


@pytest.mark.parametrize("code", SAMPLES)
def test_the_good_sample_fires_nothing(code: str, settings_from: Load) -> None:
    text, _ = as_team_file(explain(code).good)
    assert [(p.code, p.message) for p in settings_from(text=text).problems] == []


def test_most_settings_show_a_sample() -> None:
    assert len(SAMPLES) > len(SETTINGS) / 2
