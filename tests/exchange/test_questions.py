"""What only the rep can say of a file: one list of questions as values, for the cockpit and the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.exchange.reading.decode import ImportRefused, ImportUndecided
from tui.exchange.reading.headings.columns import apply_map, guess
from tui.exchange.reading.plan import build
from tui.exchange.reading.questions import Asks, Question, of_columns, of_countries
from tui.exchange.reading.table import read_table

AMERICAN = "".join(f"Person {n},202 555 01{n:02}\n" for n in range(12))


def asked(text: str, *answers: str, region: str = "") -> tuple[tuple[Question, ...], list[str]]:
    """The questions of a file, and the numbers that its people have."""
    table = read_table(text.encode(), "leads.csv")
    mapping = apply_map(guess(table), *answers)
    built = build(table, mapping, region=region, list_name="", now=datetime(2026, 11, 23, tzinfo=UTC))
    numbers = [number.e164 for one in built.contacts for number in one.numbers if number.e164]
    return of_countries(mapping, built.made), numbers


def test_numbers_without_a_country_are_one_question_with_a_count_and_a_sample():
    questions, numbers = asked(f"Name,Phone\n{AMERICAN}Cy Park,+44 20 7946 0100\n")
    assert [(one.code, one.column, one.count) for one in questions] == [(Asks.COUNTRY, "", 12)]
    assert questions[0].sample == ("202 555 0100", "202 555 0101", "202 555 0102", "202 555 0103")
    assert numbers == ["+442079460100"]


@pytest.mark.parametrize("said", ["US", "us", "usa", "United States", "Vereinigte Staaten", "États-Unis"])
def test_the_answer_is_for_these_numbers_alone(said):
    text = f"Name,Phone\n{AMERICAN}Cy Park,+44 20 7946 0100\n"
    answer = asked(text)[0][0].answer(said)
    questions, numbers = asked(text, answer)
    assert not questions
    assert len(numbers) == 13
    assert numbers.count("+442079460100") == 1
    assert {one[:8] for one in numbers} == {"+1202555", "+4420794"}


def test_a_number_that_has_a_country_keeps_it_whatever_is_answered():
    text = "Name,Phone,Country\nAda Quill,020 7946 0101,UK\nBo Lund,202 555 0143,\n"
    assert asked(text, "region=:US")[1] == ["+442079460101", "+12025550143"]


def test_no_answer_leaves_them_without_a_country_and_asks_no_more():
    answer = asked(f"Name,Phone\n{AMERICAN}")[0][0].answer("  ")
    assert asked(f"Name,Phone\n{AMERICAN}", answer) == ((), [])


@pytest.mark.parametrize("said", ["Atlantis", "x", "123"])
def test_what_is_no_country_is_no_answer(said):
    assert asked(f"Name,Phone\n{AMERICAN}")[0][0].answer(said) == ""


@pytest.mark.parametrize("name", ["Freedonia", "Grand Duchy of Fenwick", "Ruritanien", "Syldavie"])
def test_a_country_nobody_knows_is_asked_by_its_name(name):
    text = f"Name,Phone,Country\nDee Fenn,020 7946 0101,{name}\nBo Lund,202 555 0143,\n"
    questions, _ = asked(text)
    assert [(one.column, one.count, one.sample) for one in questions] == [
        ("", 1, ("202 555 0143",)),
        (name, 1, ("020 7946 0101",)),
    ]
    questions, numbers = asked(text, questions[1].answer("gb"))
    assert [one.column for one in questions] == [""]
    assert numbers == ["+442079460101"]


def test_of_many_unknown_names_the_most_frequent_are_asked_about():
    rows = "".join(f"Person {n},020 7946 01{n:02},Land {n % 9}\n" for n in range(40))
    questions, _ = asked(f"Name,Phone,Country\n{rows}")
    assert [one.count for one in questions] == [5, 5, 5, 5, 4]


@pytest.mark.parametrize(
    ("code", "keys"),
    [(Asks.DO_NOT_CALL, "yan"), (Asks.DATES, "dm"), (Asks.NUMBERS, "yn"), (Asks.COUNTRY, "")],
)
def test_every_question_is_answered_by_its_keys_and_by_no_other(code, keys):
    one = Question(code, "Column", ("12/01/2026",), place=3)
    assert "".join(one.choices) == keys
    assert all(one.answer(key) for key in keys)
    assert code is Asks.COUNTRY or not one.answer("q")


def whose(text, *answers):
    """Whether a file is asked about as one of nothing but numbers."""
    table = read_table(text.encode(), "list.txt")
    return [one for one in of_columns(table, apply_map(guess(table), *answers)) if one.code is Asks.WHOSE]


@pytest.mark.parametrize(
    "text",
    [
        "2025550143\n2025550144\n",
        "Phone\n2025550143\n2025550144\n",
        "Telefonnummer;Handy\n020 7946 0018;020 7946 0019\n020 7946 0017;\n",
        "Phone,Name,Company\n020 7946 0018,,\n020 7946 0019,,\n",
        "+442079460018,2026-01-02\n+442079460019,2026-01-03\n",
        "phone,date_added\n+442079460018,2026-01-02\n+442079460019,2026-01-03\n",
    ],
)
def test_nothing_but_numbers_may_be_those_not_to_call(text):
    (question,) = whose(text)
    assert question.must
    assert question.sample
    assert [question.answer(key) for key in ("c", "n", "x")] == ["numbers=call", "numbers=do-not-call", ""]
    assert not whose(text, question.answer("c"))
    table = read_table(text.encode(), "list.txt")
    with pytest.raises(ImportUndecided, match="nothing but numbers"):
        build(table, guess(table), region="US", list_name="", now=datetime(2026, 11, 23, tzinfo=UTC))
    with pytest.raises(ImportRefused, match="powerhour dnc import FILE"):
        whose(text, question.answer("n"))


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone\nAda,020 7946 0018\n,020 7946 0019\n",
        "Phone,E-mail\n020 7946 0018,ada@quill.example\n",
        "Phone,Company\n020 7946 0018,Quill\n",
        "Phone,Notes\n020 7946 0018,asks for offers\n",
        "Phone,Call back\n020 7946 0018,2026-12-24\n",
        "Phone,Do not call\n020 7946 0018,yes\n",
    ],
)
def test_numbers_of_which_more_is_said_are_people(text):
    assert not whose(text)
