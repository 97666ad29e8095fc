"""What `/` finds while a customer talks: their words, other forms of them, and the words of the replies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rows import each
from tui.script.call.finding import Sought, best, by_objection
from tui.script.files.load import load

SCRIPTS = Path(__file__).parents[2] / "scripts"


def found(file: str, typed: str) -> list[str]:
    """Ids of the objections of a shipped file that fit."""
    script = load(SCRIPTS / file).script
    assert script is not None
    return list(best(typed, ((one.id, by_objection(one)) for one in script.objections)))


@each(
    ("typed", "first"),
    [
        ("price", "too_expensive"),
        ("prices", "too_expensive"),
        ("pricing", "too_expensive"),
        ("expens", "too_expensive"),
        ("cost", "too_expensive"),
        ("it's too much money", "too_expensive"),
        ("that is really expensive for us", "too_expensive"),
        ("delivery", "too_expensive"),
        ("supplier", "not_interested"),
        ("e-mail", "send_email"),
        ("E-Mail me", "send_email"),
        ("boss", "think_about_it"),
        ("thinking about it", "think_about_it"),
        ("meetings", "no_time"),
        ("privacy", "my_number"),
    ],
)
def test_what_a_rep_hears_finds_its_objection(typed, first):
    assert found("_house.yaml", typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("prezzo", "too_expensive"),
        ("prezzi", "too_expensive"),
        ("cara", "too_expensive"),
        ("è troppo cara per noi", "too_expensive"),
        ("fornitore", "not_interested"),
        ("riunioni", "no_time"),
        ("capo", "think_about_it"),
    ],
)
def test_and_in_italian(typed, first):
    assert found("_house_it.yaml", typed)[0] == first


@pytest.mark.parametrize("typed", ["xylophone", "?", "qu"])
def test_what_nothing_is_like_finds_nothing(typed):
    assert found("_house.yaml", typed) == []


ROWS = (
    ("reply", Sought(("no time",), ("Compare the price with yours.",))),
    ("kin", Sought(("pricing",))),
    ("inside", Sought(("overpriced", "reprice it"))),
    ("begins", Sought(("the price",))),
    ("first", Sought(("price is high",))),
    ("name", Sought(("dear",), ("for {{price}}",))),
)


def test_what_they_say_goes_before_other_forms_of_it_and_before_the_replies():
    assert best("price", ROWS) == ("first", "begins", "inside", "kin", "reply")


def test_the_key_of_an_objection_goes_before_all_also_when_it_is_a_sign():
    rows = (("said", Sought(("e-mail",))), ("key", Sought(("no budget",), hotkey="e")))
    assert best("e", rows)[0] == "key"
    assert best("=", (*rows, ("sign", Sought(("dear",), hotkey="=")))) == ("sign",)


def test_nothing_typed_finds_everything_in_its_order():
    assert best(" ", ROWS) == tuple(name for name, _ in ROWS)


def test_what_fits_more_of_a_sentence_goes_first_and_all_of_it_goes_alone():
    rows = (("one", Sought(("a contract",))), ("two", Sought(("contract with a friend",))))
    assert best("my friend has the contract", rows) == ("two", "one")
    assert best("contract friend", rows) == ("two",)
