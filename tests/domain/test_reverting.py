"""One change is taken back, value by value; what was changed later stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.domain.call import reverted

ONE, TWO = {"e164": "+442079460801", "raw": "1"}, {"e164": "+442079460802", "raw": "2"}


def test_what_the_change_did_is_gone():
    assert reverted({"role": "Buyer", "zone": ""}, {"role": ""}, {"role": "Buyer"}) == {
        "role": "",
        "zone": "",
    }


def test_what_was_edited_later_stays():
    assert reverted({"role": "Owner"}, {"role": ""}, {"role": "Buyer"}) == {"role": "Owner"}


def test_in_a_map_each_key_is_decided_by_itself():
    now = {"remembered": {"asked": "said", "decides": "Jo", "own": "typed later"}}
    before, after = {"remembered": {"decides": "Al"}}, {"remembered": {"decides": "Jo", "asked": "said"}}
    assert reverted(now, before, after) == {"remembered": {"decides": "Al", "own": "typed later"}}


def test_in_a_list_of_numbers_each_number_is_decided_by_itself():
    typed = {"e164": "", "raw": "ask for Jo"}
    now = {"numbers": [typed, {**ONE, "bad": True}, TWO]}
    after = {"numbers": [{**ONE, "bad": True}, TWO]}
    assert reverted(now, {"numbers": [ONE]}, after) == {"numbers": [typed, ONE]}


def test_a_key_the_change_made_is_gone():
    assert reverted({"a": 1, "b": 2}, {}, {"b": 2}) == {"a": 1}


VALUES = st.dictionaries(
    st.sampled_from("abc"), st.integers(0, 2) | st.dictionaries(st.sampled_from("xy"), st.just(1))
)


@given(VALUES, VALUES)
def test_nothing_later_means_everything_is_as_before(before, after):
    assert reverted(after, before, after) == before


@given(VALUES, VALUES)
def test_no_change_takes_nothing_back(now, same):
    assert reverted(now, same, same) == now
