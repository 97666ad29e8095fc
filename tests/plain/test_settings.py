"""Settings in lines: found by a part of the name, changed by a word of a list or a typed line, and given back."""

from __future__ import annotations

import pytest

from tests.cockpit.test_own_settings import of_a_team


@pytest.fixture
def own(bench, tmp_path):
    """The rep's own settings file."""
    return of_a_team(bench, tmp_path).own


async def test_a_setting_is_typed_refused_typed_again_and_given_back(desk, bench, own):
    said = await desk.work(",", "sessions.minutes", "1", "lots", "20", ",", "sessions.minutes", "1", "-")
    assert "minutes: 20" not in own.read_text("utf-8")
    assert said.count("Another value for sessions.minutes?") == 3
    assert "minus removes your own" in desk.answers[8]
    assert "minutes is [20] now" in desk.answers[5]
    assert "sessions.minutes is [15, 5" in desk.answers[9]


async def test_a_setting_of_a_few_words_is_chosen_and_enter_alone_leaves_it(desk, bench, own):
    await desk.work(",", "bell", "1", "", ",", "bell", "1", "2")
    assert desk.answers[3].partition("Which value")[2].splitlines()[1:3] == ["1. on, as it is now", "2. off"]
    assert "bell is off now" in desk.answers[8]
    assert "bell: off" in own.read_text("utf-8")


async def test_the_colours_are_words_of_a_list_and_no_sentence_ends_twice(desk, own):
    said = await desk.work(",", "theme", "1", "nord", "", ",", "me.number", "1", "12", ".")
    assert "theme is nord now" in said
    assert "?." not in said
