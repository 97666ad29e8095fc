"""A team adds a language with one file; what in it cannot be used is said with its line, and stays English."""

import pytest

from tui.cockpit.wording.notices import notice
from tui.locale.check import wrong_in
from tui.locale.choose import choose
from tui.locale.spoken import speaking
from tui.locale.team_catalogue import read
from tui.widgets.words import say

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

"""
GOOD = """msgid "{name} has no number yet."
msgstr "{name} nie ma jeszcze numeru."

msgid "{count:second|seconds}"
msgstr "{count:sekunda|sekundy|sekund}"

"""
BAD = """msgid "You promised: {promise}"
msgstr "Obiecano: {promiss}"

msgid "{count:person|people}"
msgstr "{count:osoba|osoby}"
"""


@pytest.fixture
def team(tmp_path):
    def written(text, name="pl.po"):
        (tmp_path / "locale").mkdir(exist_ok=True)
        (tmp_path / "locale" / name).write_text(text, "utf-8")
        return tmp_path

    return written


def test_b76_a_team_adds_a_language_with_as_many_plural_forms_as_it_has(team, tmp_path):
    chosen = choose("pl", {}, team(HEAD + GOOD), tmp_path / "kept")
    with speaking(chosen.language):
        assert [say("seconds", count=n) for n in (1, 3, 5)] == ["1 sekunda", "3 sekundy", "5 sekund"]
        assert notice("no_number", name="Ann Rossi") == "Ann Rossi nie ma jeszcze numeru."
        assert notice("everybody") == "Everybody"
    assert chosen.problems == ()


def test_b76_what_cannot_be_used_is_said_with_its_line_also_at_the_next_start(team, tmp_path):
    for _ in range(2):  # the second time it comes from what was compiled
        chosen = choose("pl", {}, team(HEAD + GOOD + BAD), tmp_path / "kept")
        with speaking(chosen.language):
            assert notice("you_promised", promise="15:00") == "You promised: 15:00"
        assert chosen.problems == (
            'pl.po line 13, column 8: "You promised: {promise}": {promise} is missing: write it where its value '
            "belongs.",
            'pl.po line 16, column 9: "{count:person|people}": {count} has 2 plural forms, the language 3: write 3, '
            "with | between them.",
        )


@pytest.mark.parametrize("name", ["pt-BR.po", "pt_BR.po", "pt.po"])
def test_a_country_may_stand_in_the_name_as_it_stands_in_the_setting(name, team, tmp_path):
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
    chosen = choose("pt-BR", {}, team(f'{head}msgid "Everybody"\nmsgstr "Todos"\n', name), tmp_path / "kept")
    assert chosen.problems == ()
    with speaking(chosen.language):
        assert notice("everybody") == "Todos"


def test_a_file_that_is_no_catalogue_is_said_with_its_line(team, tmp_path):
    chosen = choose("pl", {}, team(HEAD + GOOD + "msgid no quotes\n"), tmp_path / "kept")
    (problem,) = chosen.problems
    assert problem.startswith("pl.po line 12, column 1: ")
    assert problem.endswith('an entry is a line  msgid "…"  and a line  msgstr "…".')


def test_the_teams_words_go_before_ours(team, tmp_path):
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    own = f'{head}\nmsgid "Everybody"\nmsgstr "Tutti quanti"\n'
    with speaking(choose("it", {}, team(own, "it.po"), tmp_path / "kept").language):
        assert notice("everybody") == "Tutti quanti"
        assert notice("nobody_held") == "Oggi nessuno è messo da parte."


@pytest.mark.parametrize(
    ("english", "other", "wrong"),
    [
        ("{name} called", "ha chiamato {name}", ""),
        ("{name} called", "ha chiamato", "{name} is missing: write it where its value belongs"),
        (
            "{name} called",
            "{name} {nome}",
            "{nome} is not in the English text: its placeholders are {name}",
        ),
        ("on {day:day}", "il {day}", "{day} is not written as in the English text: write {day:day}"),
        ("{column!r}", "{column}", "{column!r} is missing: write it where its value belongs"),
        (
            "{n:one|more}",
            "{n:uno|due|tre}",
            "{n} has 3 plural forms, the language 2: write 2, with | between them",
        ),
        (
            "{name}",
            "{name",
            "a brace is not closed (expected '}' before end of string): close it, or write {{ for a brace",
        ),
    ],
)
def test_a_translation_keeps_its_placeholders(english, other, wrong):
    assert wrong_in(english, other, 2) == wrong


def test_config_check_names_them(here, tmp_path, team):
    team(HEAD + BAD)
    (tmp_path / "config.yaml").write_text("config: 1\n")
    done = here("config", "check", str(tmp_path))
    assert done.returncode == 1
    assert f"{tmp_path}/locale/pl.po:7:8: PH950" in done.stdout


def test_how_many_forms_a_language_has_is_known_without_a_word_in_the_file(team, tmp_path):
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    chosen = choose("pl", {}, team(head + GOOD), tmp_path / "kept")
    with speaking(chosen.language):
        assert [say("seconds", count=n) for n in (1, 3, 5)] == ["1 sekunda", "3 sekundy", "5 sekund"]
    assert chosen.problems == ()


@pytest.mark.parametrize(
    ("entry", "line", "column", "to_do"),
    [
        ('#, fuzzy\nmsgid "Everybody"\nmsgstr "Wszyscy"', 1, 4, "take the mark away"),
        ('msgid "{name} called"\nmsgstr ""\n"dzwoni "\n"{nome} {name}"', 4, 2, "its placeholders are {name}"),
        ('msgid "{name} called"\nmsgstr "{name} {name.x}"', 2, 16, "its placeholders are {name}"),
        ('msgid ""\n"on {day:day}"\nmsgstr "w {day}"', 3, 11, "write {day:day}"),
        ('msgctxt "key"\nmsgid "{n} End"\nmsgstr "Koniec"', 3, 8, "write it where its value belongs"),
    ],
)
def test_a_mistake_is_told_with_its_line_its_column_and_what_to_do(entry, line, column, to_do):
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    (wrong,) = read((head + entry + "\n").encode(), "de")[1]
    assert (wrong.line - head.count("\n"), wrong.column) == (line, column)
    assert to_do in wrong.message
