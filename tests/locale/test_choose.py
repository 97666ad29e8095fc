"""Which language the screens speak, and how it writes days, times and numbers."""

from datetime import UTC, date, datetime, time

import pytest

from tui.cockpit.wording.notices import notice
from tui.domain.day_words import Clocks, date_words, full_date, moment, typed_date
from tui.domain.when.read import When, read_when
from tui.locale.choose import choose, wanted
from tui.locale.spoken import (
    ENGLISH,
    Filled,
    decimal,
    first_weekday,
    language_called,
    listed,
    number,
    speaking,
    time_of_day,
    translated,
)

DAY = date(2026, 11, 27)


@pytest.fixture
def italian(tmp_path):
    with speaking(choose("it", {}, None, tmp_path).language):
        yield


@pytest.mark.parametrize(
    ("said", "env", "language"),
    [
        ("auto", {}, ""),
        ("auto", {"LANG": "C.UTF-8"}, ""),
        ("auto", {"LANG": "it_IT.UTF-8"}, "it_IT"),
        ("auto", {"LANG": "it_IT.UTF-8", "LC_MESSAGES": "de_DE@euro"}, "de_DE"),
        ("auto", {"LANG": "it_IT.UTF-8", "LC_ALL": "POSIX"}, ""),
        ("auto", {"LANG": "en_US.UTF-8"}, ""),
        ("en", {"LANG": "it_IT.UTF-8"}, ""),
        ("en-US", {}, "en_US"),
        ("pt-BR", {}, "pt_BR"),
        ("klingon!", {}, ""),
    ],
)
def test_the_setting_goes_first_then_the_computer(said, env, language):
    assert wanted(said, env) == language


def test_without_a_language_everything_is_as_it_stands_in_the_code(tmp_path):
    chosen = choose("auto", {}, None, tmp_path)
    assert (chosen.language, chosen.problems) == (ENGLISH, ())
    assert notice("everybody") == "Everybody"


def test_b76_a_sentence_is_italian_with_its_plural_and_its_date(italian):
    assert notice("limit_reached", people=1, limit=50).startswith("Segui 1 persona,")
    assert notice("limit_reached", people=12345, limit=50).startswith("Segui 12.345 persone,")
    assert (date_words(DAY, DAY), full_date(DAY, DAY)) == ("ven 27 nov", "venerdì 27 novembre")
    at = datetime(2026, 11, 27, 14, tzinfo=UTC)
    clocks = Clocks("Europe/London", "Europe/Rome", datetime(2026, 11, 26, 9, tzinfo=UTC))
    assert moment(at, clocks) == "domani 14:00 lì, 15:00 qui"
    assert decimal(1.42) == "1,4"


def test_the_key_end_and_the_end_of_a_script_are_two_words(italian):
    assert (translated("Enter", "key"), translated("nobody knows this", "key")) == (
        "Invio",
        "nobody knows this",
    )


def test_a_country_writes_english_its_own_way(tmp_path):
    with speaking(choose("en-US", {}, None, tmp_path).language):
        said = (date_words(DAY, DAY), time_of_day(time(15, 0)), number(12345), notice("everybody"))
    assert said == ("Fri, Nov 27", "3:00 PM", "12,345", "Everybody")


def test_a_language_nobody_wrote_is_said_and_the_screens_are_english(tmp_path):
    chosen = choose("tlh", {}, None, tmp_path)
    assert chosen.language is ENGLISH
    assert chosen.problems == ("There are no screens in the language tlh: they are in English.",)


def test_every_date_we_propose_in_italian_is_read_again(italian):
    now = datetime(2026, 11, 23, 15, 1)
    for ahead in range(1, 400):
        day = date.fromordinal(now.toordinal() + ahead)
        for phrase in (typed_date(day, now.date()), f"{typed_date(day, now.date())} 15:00"):
            found = read_when(phrase, now)
            assert isinstance(found, When), phrase
            assert found.at_local.date() == day, phrase


LOCAL = {
    # language: a time, a share, a number with a decimal, a list, the first day of a week
    "en": ("15:00", "45%", "12.5", "A, B and C", 0),
    "en-GB": ("15:00", "45%", "12.5", "A, B and C", 0),
    "en-US": ("3:00 PM", "45%", "12.5", "A, B, and C", 6),
    "it": ("15:00", "45%", "12,5", "A, B e C", 0),
    "de": ("15:00", "45 %", "12,5", "A, B und C", 0),
    "pt-BR": ("15:00", "45%", "12,5", "A, B e C", 6),
}
"""German and Portuguese are languages a team added."""


@pytest.mark.parametrize("said", LOCAL)
def test_times_shares_numbers_lists_and_weeks_follow_the_language(said, tmp_path):
    (tmp_path / "locale").mkdir()
    if said in ("de", "pt-BR"):
        head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        (tmp_path / f"locale/{said.replace('-', '_')}.po").write_text(head)
    chosen = choose(said, {}, tmp_path, tmp_path / "kept")
    assert chosen.problems == ()
    with speaking(chosen.language):
        share = Filled().format("{share:.0%}", share=0.45)
        found = (time_of_day(time(15)), share, decimal(12.5), listed("ABC"), first_weekday())
    assert found == LOCAL[said]


def test_a_list_of_one_or_two_has_no_comma():
    assert (listed(()), listed(("A",)), listed(("A", "B"))) == ("", "A", "A and B")


def test_a_language_is_called_in_the_language_that_is_spoken(italian):
    assert (language_called("en", "English"), language_called("xx", "xx")) == ("inglese", "xx")
    with speaking(ENGLISH):
        assert language_called("it", "Italian") == "Italian"
