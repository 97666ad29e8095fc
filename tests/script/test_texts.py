"""Names in texts, conditions, and how long a text takes to say."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.script.language.conditions import ConditionError, comparisons_in, holds, parse
from tui.script.language.languages import count_words, seconds_to_say
from tui.script.language.variables import fill, used_in


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hi {{name}}", "Hi Ann"),
        ("Hi {{ name }}", "Hi Ann"),
        ("Hi {{nick|there}}", "Hi there"),
        ('Hi {{nick | default: "there"}}', "Hi there"),
        ("Hi {{blank|there}}", "Hi there"),
        ("Hi {{nick}}", "Hi ‹nick?›"),
        ("Hi {{nick|}}", "Hi ‹nick?›"),
        ("Hi {name} {{ }} {{1}} {{na me}}", "Hi {name} {{ }} {{1}} {{na me}}"),
        ("{{trick}}", "{{name}}"),
    ],
)
def test_names_are_filled_and_never_left_blank(text, shown):
    values = {"name": "Ann", "blank": "   ", "trick": "{{name}}"}
    assert fill(text, (values,)).text == shown


def test_missing_names_are_told():
    assert fill("{{a}} {{b|x}} {{c}}", ()).missing == ("a", "c")


def test_the_first_layer_that_knows_a_name_wins():
    assert fill("{{a}}{{b}}", ({"a": "1"}, {"a": "2", "b": " "}, {"b": "3"})).text == "13"


def test_a_reason_at_the_start_of_a_sentence_gets_a_capital():
    values = ({"reason": "the price holds", "company": "iNorth"},)
    assert fill("Hi. {{reason}}, {{company}}.", values).text == "Hi. The price holds, iNorth."
    assert (
        fill("Because {{reason}}. {{company}} rang.", values).text == "Because the price holds. iNorth rang."
    )


def test_names_are_found_with_their_places():
    used = used_in("Hi {{a}} and {{b|there}}")
    assert [(u.name, u.default, u.start, u.end) for u in used] == [("a", None, 3, 8), ("b", "there", 13, 24)]


@given(st.text(max_size=300))
@pytest.mark.slow
def test_no_text_breaks_filling(text):
    assert isinstance(fill(text, ({},)).text, str)


@pytest.mark.parametrize(
    ("condition", "true"),
    [
        ('segment == "retail"', True),
        ("segment == retail", True),
        ("segment == 'Retail'", True),
        ("segment != retail", False),
        ("need != x", True),
        ("attempt > 1", True),
        ("attempt >= 10", False),
        ("attempt == 2.0", True),
        ("segment in (whole, retail)", True),
        ("segment in (whole)", False),
        ("need is known", False),
        ("need is unknown", True),
        ("need < 3", False),
        ("segment", True),
        ("customer", False),
        ("not customer and attempt > 1", True),
        ("need is known or segment == retail and attempt > 1", True),
        ("(need is known or segment == retail) and attempt > 5", False),
        ("not (need is known or segment == x)", True),
        ("città == Milano", True),
    ],
)
def test_conditions_mean_what_they_say(condition, true):
    values = {"segment": "Retail", "attempt": "2", "customer": "no", "need": " ", "città": "milano"}
    assert holds(parse(condition), values) is true


@pytest.mark.parametrize(
    ("condition", "position", "says"),
    [
        ("segment = retail", 8, "use =="),
        ("segment ==", 10, "a value"),
        ("(segment", 8, "closing )"),
        ("segment in retail", 11, "brackets"),
        ("segment is new", 11, "known or unknown"),
        ("segment retail", 8, "does not belong"),
        ("== x", 0, "a name"),
        ("and x", 0, "a name"),
        ("a % b", 2, "not understood"),
        ("", 0, "a name"),
        ("(" * 40 + "a" + ")" * 40, 31, "too many brackets"),
    ],
)
def test_a_condition_that_makes_no_sense_says_where(condition, position, says):
    with pytest.raises(ConditionError, match=says.replace("(", r"\(").replace(")", r"\)")) as error:
        parse(condition)
    assert error.value.position == position


def test_the_names_of_a_condition_can_be_listed():
    found = list(comparisons_in(parse("a == 1 and (not b or c is known)")))
    assert [(t.name, t.position) for t in found] == [("a", 0), ("b", 16), ("c", 21)]


@given(st.text(alphabet="ab12 ()=!<>,\"'not.andoris", max_size=80))
def test_no_condition_breaks_the_reader(text):
    position = 0
    try:
        holds(parse(text), {"a": "1"})
    except ConditionError as error:
        position = error.position
    assert 0 <= position <= len(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("Hi Ann", 2), ("Hi {{first_name}}", 2), ("{{my_number}}", 10), ("It's 020 7946 0955 now", 2 + 11)],
)
def test_words_are_counted_as_spoken(text, count):
    assert count_words(text) == count


def test_a_text_takes_as_long_as_its_language_is_spoken():
    text = "word " * 65
    assert seconds_to_say(text, "de") == pytest.approx(30)
    assert seconds_to_say(text, "en") == pytest.approx(26)
    assert seconds_to_say(text, "en", {"en": 65}) == pytest.approx(60)
    assert seconds_to_say("One. Two, three.", "en") > seconds_to_say("One two three", "en")


@pytest.mark.parametrize(
    "text", ["{{ " * 700, "{{a|" * 500, " " * 2000, "(" * 2000, "a@" * 1000, "1 " * 1000]
)
def test_texts_made_to_be_slow_are_not(text):
    started = time.process_time()
    fill(text, ({},))
    count_words(text)
    with suppress(ConditionError):
        parse(text)
    assert time.process_time() - started < 0.5
