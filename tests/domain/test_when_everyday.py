"""What people type for a time, in five languages: one reading, or both that a phrase has."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.when_phrases import EVERYDAY, NOT_A_TIME
from tui.domain.when import Unsure, When, phrase_for, read_when

NOW = datetime(2026, 11, 18, 10, 30)
"""A Wednesday."""


def said(found, now=NOW):
    if isinstance(found, When):
        return phrase_for(found, now.date())
    return " or ".join(text for text, _ in found.choices) if found else "nothing"


ROWS = [(phrase.strip(), meant) for meant, phrases in EVERYDAY for phrase in phrases.split("|")]


@pytest.mark.parametrize(("phrase", "meant"), ROWS)
def test_phrase_is_read_as_people_mean_it(phrase, meant):
    assert said(read_when(phrase, NOW)) == meant


@pytest.mark.parametrize("phrase", [phrase.strip() for phrase in NOT_A_TIME.split("|")])
def test_what_names_no_time_is_not_guessed(phrase):
    assert read_when(phrase, NOW) is None


instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 3, 1))
PHRASES = [phrase for phrase, _ in ROWS]


@given(st.sampled_from(PHRASES), instants)
def test_on_any_day_every_choice_is_ahead_and_its_words_have_no_other_reading(phrase, now):
    found = read_when(phrase, now)
    texts = (
        [(phrase_for(found, now.date()), found)]
        if isinstance(found, When)
        else found.choices
        if found
        else ()
    )
    for text, when in texts:
        assert read_when(text, now) == when
        assert (when.until_local or when.at_local) > now.replace(second=0, microsecond=0) or (
            when.precision != "minute" and when.at_local.date() == now.date()
        )
        assert when.at_local - now < timedelta(days=732)
    if isinstance(found, Unsure):
        assert len({when for _, when in texts}) == len(texts)


@given(
    st.lists(st.sampled_from(sorted({w for p in PHRASES for w in p.split()})), max_size=5).map(" ".join),
    instants,
)
def test_words_in_any_order_are_times_ahead_or_nothing(phrase, now):
    found = read_when(phrase, now)
    for text, when in found.choices if found is not None and not isinstance(found, When) else ():
        assert read_when(text, now) == when


WORDS = sorted(
    {word for phrase in PHRASES for word in phrase.lower().split()} | {"a at", "at the", "1 ", "-", "o ", "'"}
)


def test_a_word_said_over_and_over_is_refused_at_once():
    for word in WORDS:
        found = read_when((f"{word} " * 80)[:80], NOW)
        assert found is None or isinstance(found, When) or found.choices
