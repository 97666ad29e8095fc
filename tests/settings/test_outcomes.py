from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tui.domain.outcome import DEFAULT_OUTCOMES, KEPT_CATEGORIES, RESERVED_KEYS, Category
from tui.settings.load import Loaded

Load = Callable[..., Loaded]


def keys_of(found: Loaded) -> dict[str, str]:
    return {outcome.id: outcome.key for outcome in found.settings.outcomes}


def test_a_team_adds_an_outcome_of_its_own(settings_from: Load) -> None:
    found = settings_from(team="outcomes: {demo_booked: {is: win, key: b, label: Demo booked}}")
    assert found.problems == ()
    added = found.settings.outcomes[-1]
    assert (added.id, added.is_, added.key, added.label) == ("demo_booked", Category.WIN, "b", "Demo booked")
    assert found.settings.outcomes[:-1] == DEFAULT_OUTCOMES


def test_a_team_renames_rekeys_and_removes(settings_from: Load) -> None:
    team = "outcomes: {win: {label: Sold}, nurture: {key: b}, not_a_fit: off, wrong_number: no}"
    found = settings_from(team=team)
    assert found.problems == ()
    by_id = {outcome.id: outcome for outcome in found.settings.outcomes}
    assert by_id["win"].label == "Sold"
    assert by_id["win"].key == "m"
    assert by_id["nurture"].key == "b"
    assert not {"not_a_fit", "wrong_number"} & set(by_id)


def test_two_outcomes_may_swap_letters(settings_from: Load) -> None:
    found = settings_from(team="outcomes: {win: {key: n}, no_answer: {key: m}}")
    assert found.problems == ()
    assert (keys_of(found)["win"], keys_of(found)["no_answer"]) == ("n", "m")


def test_what_an_outcome_owes_and_when_to_call_again(settings_from: Load) -> None:
    found = settings_from(
        team='outcomes: {win: {next: 2 weeks, owes: a card}, email_asked: {next: "", owes: ""}}'
    )
    assert found.problems == ()
    assert found.settings.policy.after == {"win": timedelta(days=14)}
    by_id = {outcome.id: outcome for outcome in found.settings.outcomes}
    assert by_id["win"].owes == "a card"
    assert by_id["email_asked"].owes == by_id["email_asked"].next == ""


@pytest.mark.parametrize("letter", sorted(RESERVED_KEYS))
def test_a_letter_of_the_cockpit_is_never_an_outcome(letter: str, settings_from: Load) -> None:
    found = settings_from(team=f"outcomes: {{win: {{key: {letter}}}}}")
    assert [(p.code, p.line, p.col) for p in found.problems] == [("PH921", 2, 23)]
    assert keys_of(found)["win"] == "m"


def test_a_letter_used_twice_is_told_and_the_built_in_one_kept(settings_from: Load) -> None:
    found = settings_from(team="outcomes:\n  win: {key: n}\n  demo: {is: win, key: t, label: Demo}\n")
    assert [(p.code, p.line, p.col) for p in found.problems] == [("PH922", 3, 14), ("PH922", 4, 24)]
    taken = RESERVED_KEYS | {outcome.key for outcome in DEFAULT_OUTCOMES}
    free = [letter for letter in ascii_lowercase if letter not in taken]
    assert f"free letters: {' '.join(free)}" in found.problems[0].help
    assert keys_of(found)["win"] == "m"
    assert "demo" not in keys_of(found)


def test_an_outcome_that_is_not_whole_is_told_and_left_out(settings_from: Load) -> None:
    found = settings_from(team="outcomes: {wim: {label: Sold}}")
    assert [(p.code, p.line) for p in found.problems] == [("PH920", 2)]
    assert "did you mean `win`" in found.problems[0].help
    assert found.settings.outcomes == DEFAULT_OUTCOMES


@pytest.mark.parametrize("outcome", ["no_answer", "promise", "do_not_call"])
def test_a_needed_outcome_cannot_be_removed(outcome: str, settings_from: Load) -> None:
    found = settings_from(team=f"outcomes: {{{outcome}: off}}")
    assert [(p.code, p.line) for p in found.problems] == [("PH925", 2)]
    assert found.settings.outcomes == DEFAULT_OUTCOMES


def test_a_needed_outcome_may_be_replaced_by_another_of_its_kind(settings_from: Load) -> None:
    found = settings_from(
        team="outcomes: {do_not_call: off, opted_out: {is: do_not_call, key: x, label: Opted out}}"
    )
    assert found.problems == ()
    assert keys_of(found)["opted_out"] == "x"


def test_talked_may_go_while_another_conversation_stays(settings_from: Load) -> None:
    assert settings_from(team="outcomes: {talked: off}").problems == ()


ids = st.sampled_from([outcome.id for outcome in DEFAULT_OUTCOMES] + ["demo", "trial"])
bodies = st.one_of(
    st.just("off"),
    st.builds(
        lambda is_, key: f"{{is: {is_}, key: {key}, label: Some words}}",
        st.sampled_from([category.value for category in Category]),
        st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
    ),
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(chosen=st.dictionaries(ids, bodies, max_size=8))
def test_whatever_a_team_writes_each_outcome_has_a_letter_and_the_needed_ones_stay(
    chosen: dict[str, str], settings_from: Load
) -> None:
    text = "outcomes:\n" + "".join(f"  {name}: {body}\n" for name, body in chosen.items())
    outcomes = settings_from(team=text if chosen else "").settings.outcomes
    letters = [outcome.key for outcome in outcomes]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & RESERVED_KEYS
    assert {outcome.is_ for outcome in outcomes} >= KEPT_CATEGORIES
