"""Look-up of a caller: digits in any format, part of a name or a company, the likeliest first."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui.domain.identity import lookup
from tui.domain.identity.lookup import Directory, Fit, Row

PEOPLE = [
    ("ann", "Ann Rossi", "Acme Tools", ["+442079460100", "+447700900123"]),
    ("bo", "Bo Lund", "Nordkap", ["+442079460101"]),
    ("eva", "Éva Brandt", "Brandt & Sohn", ["+12025550143"]),
    ("joe", "Joe O'Neil", "Rossini Foods", ["020 7946 0102"]),
    ("kim", "Kim Smith-Jones", "Øster Møbler", ["+442079460101"]),
    ("lee", "", "Harrow 365", ["+447700900456"]),
]


@pytest.fixture
def directory():
    return Directory(Row(*one) for one in PEOPLE)


def ids(hits):
    return [hit.id for hit in hits]


@pytest.mark.parametrize(
    "typed",
    ["+44 20 7946 0100", "020 7946 0100", "0044 20 79460100", "+44 (0)20 7946 0100", "442079460100", "0100"],
)
def test_number_is_found_in_any_format(directory, typed):
    assert ids(directory.find(typed))[0] == "ann"


def test_two_digits_are_too_few(directory):
    assert directory.find("01") == []


@pytest.mark.parametrize("typed", ["+49 30 7946 0100", "9 020 7946 0100", "+1 207 946 0100"])
def test_a_number_that_only_ends_like_another_finds_nobody(directory, typed):
    assert directory.find(typed) == []


def test_only_the_whole_number_is_the_same_number(directory):
    assert [hit.fit for hit in directory.find("+44 20 7946 0100")] == [Fit.SAME_NUMBER]
    assert [hit.fit for hit in directory.find("7946 0100")] == [Fit.NUMBER_END]


@each(
    ("typed", "found"),
    [
        ("ros", ["ann", "joe"]),
        ("ann", ["ann"]),
        ("acme", ["ann"]),
        ("rossi ann", ["ann"]),
        ("ann acme", ["ann"]),
        ("ann nordkap", []),
        ("EVA", ["eva"]),
        ("brandt", ["eva"]),
        ("oneil", ["joe"]),
        ("neil", ["joe"]),
        ("o'neil", ["joe"]),
        ("jones", ["kim"]),
        ("smithjones", ["kim"]),
        ("oster mobler", ["kim"]),
        ("365", ["lee"]),
        ("ann 0100", ["ann"]),
        ("ossi", ["ann", "joe"]),
        ("zz", []),
        ("'", []),
    ],
)
def test_part_of_a_name_or_company_is_found(directory, typed, found):
    assert ids(directory.find(typed)) == found


def test_name_comes_before_company_and_start_before_middle():
    people = [("a", "Zoe Marsh", "Ann Ltd", []), ("b", "Joanna Ann", "", []), ("c", "Ann Bo", "", [])]
    hits = Directory(Row(*one) for one in people).find("ann")
    assert ids(hits) == ["c", "b", "a"]
    assert [hit.fit for hit in hits] == [Fit.NAME_START, Fit.NAME_WORD, Fit.COMPANY]


def test_person_left_a_voicemail_comes_first_if_they_match(directory):
    assert ids(directory.find("ros", {"joe"})) == ["joe", "ann"]
    assert ids(directory.find("ros", {"bo"})) == ["ann", "joe"]


def test_nothing_typed_shows_the_people_left_a_voicemail(directory):
    hits = directory.find(" ", ["joe", "gone"])
    assert [(hit.id, hit.fit) for hit in hits] == [("joe", Fit.VOICEMAIL)]
    assert directory.find("") == []


def test_added_changed_and_removed_people_are_known_at_once(directory):
    directory.add(Row("mia", "Mia Rossi", "", ["+12025550199"]))
    directory.add(Row("ann", "Ann Bianchi", "Acme Tools", []))
    assert ids(directory.find("rossi")) == ["mia", "joe"]
    assert directory.find("0100") == []
    directory.remove("mia")
    directory.remove("nobody")
    assert ids(directory.find("rossi")) == ["joe"]
    assert len(directory) == len(PEOPLE)


words = st.text("abeiors ", max_size=8)
rows = st.lists(
    st.tuples(st.integers(0, 20).map(str), words, words, st.lists(st.text("0123", max_size=6), max_size=2))
)


@given(
    rows,
    st.lists(st.tuples(st.booleans(), st.integers(0, 20).map(str), words)),
    words | st.text("0123", max_size=4),
)
def test_directory_with_changes_answers_like_one_built_at_once(people, changes, typed):
    directory, now = Directory(Row(*one) for one in people), {row[0]: row for row in people}
    for added, one, name in changes:
        if added:
            now[one] = (one, name, "", ["0123"])
            directory.add(Row(*now[one]))
        else:
            now.pop(one, None)
            directory.remove(one)
    again = Directory(Row(*one) for one in now.values())
    assert directory.find(typed, ["1", "2"], 99) == again.find(typed, ["1", "2"], 99)


RANKED = [
    Row("start", "Ann Rossi"),
    Row("longer", "Annika Boe"),
    Row("word", "Bo Ann"),
    Row("begins", "Cy Annand"),
    Row("inside", "Hannah Clarke"),
    Row("mail", "Dee Wu", emails=["ann@wu.example"]),
    Row("firm", "Eva Brandt", "Annex Print"),
    Row("tag", "Fay Osei", tags=["annual fair"]),
    Row("note", "Gil Moor", notes=["ask for Ann at the desk"]),
    Row("nobody", "Ben Turner", "Harbour Print", ["+442079460177"], ["ben@harbour.example"], ["fair"], ["x"]),
]


def test_the_best_match_comes_first_and_every_match_is_there():
    hits = list(Directory(reversed(RANKED)).search("aNN"))
    assert ids(hits) == [row.id for row in RANKED[:-1]]
    assert [hit.fit for hit in hits] == [
        Fit.NAME_START,
        Fit.NAME_START,
        Fit.NAME_WORD,
        Fit.WORD_START,
        Fit.NAME_PART,
        Fit.EMAIL,
        Fit.COMPANY,
        Fit.TAG,
        Fit.NOTE,
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Ewan A", "Ewan Adams"), ("Fatima S", "Fatima Scott"), ("adams e", "Ewan Adams"), ("a", "Al Bo")],
)
def test_a_name_and_the_beginning_of_the_next_means_that_person(typed, first):
    names = ("Ben Turner", "Ewan Fraser", "Ewan Adams", "Fatima Ali", "Fatima Scott", "Seth Fatima", "Al Bo")
    directory = Directory(Row(name, name) for name in names)
    assert next(directory.search(typed)).id == first
    assert "Ben Turner" not in ids(directory.search(typed)) or typed == "a"


@pytest.mark.parametrize("typed", ["müller", "Muller", "mueller", "MÜLLER", "Jürgen Mü", "juergen mue"])
def test_umlauts_are_found_however_they_are_typed(typed):
    directory = Directory([Row("m", "Jürgen Müller"), Row("b", "Ben Turner")])
    assert ids(directory.search(typed)) == ["m"]


def test_an_umlaut_finds_the_name_that_was_written_without_it():
    directory = Directory([Row("m", "Mueller"), Row("o", "Møller")])
    assert ids(directory.search("müller")) == ["m"]
    assert ids(directory.search("moller")) == ["o"]


def test_when_more_fit_than_are_put_in_order_nobody_is_left_out(monkeypatch):
    monkeypatch.setattr(lookup, "SURE", 3)
    people = [Row(f"{n}", f"{'Ann' if n % 2 else 'Joann'} {n:02}") for n in range(20)]
    people += [Row(f"t{n}", f"Bo {n:02}", tags=["annual"]) for n in range(10)]
    found = Directory(people).ids("ann")
    assert sorted(found) == sorted(row.id for row in people)
    assert found[:10] == [f"{n}" for n in range(1, 20, 2)]


@given(rows, st.lists(words, max_size=6))
def test_typing_on_finds_the_same_as_typing_at_once(people, typed):
    directory = Directory(Row(*one) for one in people)
    for text in ("", *typed):
        for length in range(1, len(text) + 1):
            fresh = Directory(Row(*one) for one in people)
            assert directory.ids(text[:length]) == fresh.ids(text[:length])


@pytest.mark.slow
def test_twenty_thousand_people_are_searched_between_two_keys():
    chance = random.Random(1)
    parts = [
        "an",
        "ro",
        "si",
        "bo",
        "lu",
        "ne",
        "ev",
        "br",
        "ma",
        "ta",
        "de",
        "co",
        "li",
        "na",
        "fer",
        "ra",
        "do",
        "vi",
    ]

    def word():
        return "".join(chance.choice(parts) for _ in range(3)).title()

    people = [(f"{n:06}", f"{word()} {word()}", f"{word()} Ltd", [f"+4420794{n:06}"]) for n in range(20_000)]
    directory = Directory(Row(*one) for one in people)
    recent = [f"{chance.randrange(20_000):06}" for _ in range(300)]
    took = []
    for typed in (
        "a",
        "an",
        "ann",
        "ltd",
        "442",
        "4321",
        "zzz",
        "rosi bo",
        "020794",
        "+44 20 794 012345",
    ) * 3:
        started = process_time()
        directory.find(typed, recent)
        took.append(process_time() - started)
    assert sorted(took)[int(len(took) * 0.9)] < 0.03, took  # the figure is 0.006; tests share the machine
