"""The word lists behind the rules of practice: five languages, and a team's own words beside them."""

import os
import time
from pathlib import Path

import pytest

from tests.rows import each
from tui.script.files.library import Library
from tui.script.files.phrases import SHIPPED, Phrases, WordLists, empty_phrase, phrases_for, team_words
from tui.yamlfile.read import read_file

LANGUAGES = ("en", "it", "es", "de", "fr")
LISTS = (
    *("empty_phrases", "concessions", "closed_questions", "asks_for_help", "unfinished", "allowed"),
    *("no_more_calls", "only_for_now", "wont_call", "asks_to_call"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_of_a_language_is_there_and_can_be_read(language):
    read = read_file(SHIPPED / f"{language}.yaml")
    assert read.problems == []
    assert tuple(read.node.entries) == LISTS
    for name, node in read.node.items():
        phrases = [part.text for part in node.parts]
        assert len(phrases) == len(set(phrases)), name


def test_the_shipped_languages_are_these():
    assert {path.stem for path in SHIPPED.glob("*.yaml")} == set(LANGUAGES)


@each(
    ("language", "name", "words", "found"),
    [
        ("en", "empty_phrases", "Hi, I'm just checking in on you", "just checking"),
        ("en", "empty_phrases", "Sorry to bother you", "Sorry to bother"),
        ("en", "empty_phrases", "I rang about the checking account", ""),
        ("en", "concessions", "I could do 5 % off", "5 % off"),
        ("en", "concessions", "that is 12.5% less", "12.5% less"),
        ("en", "concessions", "Feel free to ask", ""),
        ("en", "concessions", "discounts", "discounts"),
        ("en", "asks_for_help", "What are you struggling with?", "struggling"),
        ("it", "empty_phrases", "Scusi il disturbo", "Scusi il disturbo"),
        ("it", "empty_phrases", "Spero che non la disturbo", ""),
        ("it", "concessions", "uno sconto del 5%", "sconto"),
        ("it", "asks_for_help", "Dove le farebbe comodo una mano?", "comodo"),
        ("es", "empty_phrases", "Perdone la molestia, señora", "Perdone la molestia"),
        ("es", "concessions", "un 10% menos", "10% menos"),
        ("es", "asks_for_help", "¿En qué le puedo ayudar?", "ayudar"),
        ("de", "empty_phrases", "Störe ich gerade?", "Störe ich"),
        ("de", "concessions", "mit Rabatt", "Rabatt"),
        ("de", "asks_for_help", "Wobei kann ich Ihnen helfen?", "helfen"),
        ("fr", "empty_phrases", "Est-ce que je vous dérange ?", "je vous dérange"),
        ("fr", "empty_phrases", "J’appelais juste pour dire bonjour", "J’appelais juste pour"),
        ("fr", "concessions", "une remise de 5 %", "remise"),
        ("fr", "concessions", "la remise en route", ""),
        ("fr", "asks_for_help", "De quoi avez-vous besoin ?", "besoin"),
        ("sv", "empty_phrases", "just checking in", ""),
    ],
)
def test_phrases_are_found_as_whole_words_in_any_case(language, name, words, found):
    span = phrases_for(language).find(name, words)
    assert (words[slice(*span)] if span else "") == found


@each(
    ("language", "question", "closed"),
    [
        ("en", "Are you happy with it?", True),
        ("en", "How are you?", False),
        ("en", "Thank you. Did it arrive?", True),
        ("en", "Did it arrive? Then how is it?", True),
        ("en", "You had a delivery. What was it like?", False),
        ("en", ", don't you need it?", True),
        ("en", "Doing it how?", False),
        ("it", "È contento?", True),
        ("it", "E come va?", False),
        ("it", "Le serve una mano?", True),
        ("es", "¿Tiene un momento?", True),
        ("es", "¿Cómo le va?", False),
        ("de", "Haben Sie kurz Zeit?", True),
        ("de", "Was brauchen Sie?", False),
        ("fr", "Avez-vous un instant ?", True),
        ("fr", "Est-ce que ça va ?", True),
        ("fr", "Qu'est-ce que vous utilisez ?", False),
    ],
)
def test_a_question_is_closed_when_yes_or_no_answers_it(language, question, closed):
    assert phrases_for(language).is_closed(question) is closed


@pytest.fixture
def team(tmp_path):
    """A writer of the team's `_words.yaml`; each write counts as a change, however fast it comes."""
    ticks = iter(range(1, 100))

    def write(text: str):
        path = tmp_path / "_words.yaml"
        path.write_text(text, encoding="utf-8")
        tick = 1_700_000_000 + next(ticks)
        os.utime(path, (tick, tick))
        return tmp_path

    return write


def test_a_teams_words_add_to_the_shipped_ones(team):
    folder = team(
        "en:\n  empty_phrases: [just popping *, ring-a-ding]\n  allowed: [checking in with the desk]\n"
    )
    phrases = phrases_for("en-GB", folder)
    assert phrases.find("empty_phrases", "I am Just  popping in") is not None
    assert phrases.find("empty_phrases", "sorry to bother you") is not None
    assert phrases.find("empty_phrases", "after checking in with the desk") is None
    assert phrases_for("en").find("empty_phrases", "just popping in") is None
    assert phrases_for("it", folder).find("empty_phrases", "just popping in") is None


def test_a_team_can_teach_a_language_nobody_shipped(team):
    phrases = phrases_for("nl", team("nl: {closed_questions: [heeft]}\n"))
    assert phrases.is_closed("Heeft u even?")
    assert not phrases.knows("concessions")


def test_a_saved_change_counts_at_once(team):
    assert phrases_for("en", team("en: {concessions: [goodie]}\n")).find("concessions", "a goodie")
    assert not phrases_for("en", team("en: {concessions: [sweet]}\n")).find("concessions", "a goodie")


@pytest.mark.parametrize(
    ("text", "line", "code", "says"),
    [
        ("en: {empty_phrase: [x]}\n", 1, "PH102", "empty_phrase"),
        ("English: {empty_phrases: [x]}\n", 1, "PH106", "no language"),
        ("- just\n", 1, "PH101", "languages"),
        ("en:\n  empty_phrases: x\n", 2, "PH104", "list"),
        ("en:\n  concessions:\n    - " + "x" * 90 + "\n", 3, "PH107", "90 characters"),
        ("en:\n  concessions: ['a * b * c * d * e * f']\n", 2, "PH107", "at most 4"),
        ("en: {{\n", 1, "PH010", "quotes"),
        ("en:\n  concessions: [" + ", ".join(f"w{i}" for i in range(401)) + "]\n", 2, "PH107", "401 phrases"),
    ],
)
def test_a_mistake_in_the_teams_words_is_told_where_it_is(team, text, line, code, says):
    words = team_words(team(text), "_words.yaml")
    assert [(p.file, p.line, p.code) for p in words.problems[:1]] == [("_words.yaml", line, code)]
    assert says in words.problems[0].message + words.problems[0].help
    assert words.problems[0].excerpt == text.split("\n")[line - 1]


def test_a_link_to_a_file_elsewhere_is_not_read(tmp_path, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.yaml"
    secret.write_text("password: 1234\n", encoding="utf-8")
    (tmp_path / "_words.yaml").symlink_to(secret)
    words = team_words(tmp_path)
    assert [p.code for p in words.problems] == ["PH801"]
    assert "password" not in str(words)


def test_a_folder_without_words_of_its_own_has_no_problem(tmp_path):
    assert team_words(tmp_path).problems == ()
    assert team_words(tmp_path / "none").lists == {}


def test_the_teams_words_are_no_script(team, tmp_path):
    (tmp_path / "a.yaml").write_text("title: A\nopener: Hi\n", encoding="utf-8")
    assert [script.id for script in Library(team("en: {}\n")).scripts()] == ["a"]
    assert not Library(tmp_path).broken


def test_an_empty_phrase_is_known_in_any_language():
    assert empty_phrase("Volevo solo sapere se le è arrivato") == "Volevo solo sapere se"
    assert empty_phrase("The price list holds until Friday") == ""


def test_the_words_on_the_page_for_trainers_are_read_without_a_problem(team):
    page = (Path(__file__).parents[2] / "docs" / "scripts.md").read_text("utf-8")
    folder = team(page.split("```words\n")[1].split("```")[0])
    assert team_words(folder).problems == ()
    assert phrases_for("en", folder).find("empty_phrases", "Any news on your side?") is not None


def test_words_made_to_be_slow_are_looked_for_quickly():
    hostile = WordLists(concessions=tuple("* " * 38 + str(i) for i in range(400)), allowed=("a*" * 30, "*"))
    started = time.process_time()
    Phrases(hostile).find("concessions", "aa " * 660)
    assert time.process_time() - started < 2
