"""Nobody hears another language or another campaign because a file is broken, missing or misspelt."""

from datetime import UTC, datetime

import pytest

from tui.domain.contact import Contact
from tui.script.files.library import Library, lost, mistakes
from tui.script.files.load import builtin
from tui.settings.listed import Assign
from tui.yamlfile.copies import Copies

SUNDAY = datetime(2026, 11, 22, 9, 12, tzinfo=UTC)
HOUSE = "language: en\nstop:\n  - say: I'll take you off my list.\n  - end: do_not_call\n"
TEAM = {
    "_house": HOUSE,
    "first": "title: First\nextends: _house.yaml\naudience: {kinds: [fresh]}\nopener: Hi from the first call\n",
    "first_it": "title: Prima\nlanguage: it\ntranslation_of: first\naudience: {kinds: [fresh]}\nopener: Salve\n",
    "trade": "title: Trade\nextends: _house.yaml\naudience: {tags: [trade], kinds: [fresh]}\nopener: Hi to the trade\n",
}
COLON = ("I'll take", "Understood: I'll take")
"""One colon too many, in the file of shared parts."""


def person(**values) -> Contact:
    return Contact("c1", **values)


@pytest.fixture
def team(tmp_path):
    """Writes the scripts of a team, changed as a test wants: `team(first=None)` leaves one out."""

    def write(**changes):
        folder = tmp_path / "scripts"
        folder.mkdir(exist_ok=True)
        for name, text in {**TEAM, **changes}.items():
            path = folder / f"{name}.yaml"
            path.unlink() if text is None and path.exists() else None
            if text is not None:
                path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def copies(tmp_path):
    return Copies(tmp_path / "data", lambda: SUNDAY)


@pytest.fixture
def after_a_good_day(team, copies):
    """A library of a later start: yesterday all scripts were good, then `changes` were made."""

    def start(**changes):
        yesterday = Library(team(), copies=copies)
        yesterday.scripts()
        yesterday.keep_copies()
        return Library(team(**changes), copies=copies)

    return start


BROKEN_HOUSE = {"_house": HOUSE.replace(*COLON)}


class TestAtTheFirstStart:
    """No last good version is there."""

    def test_a_broken_shared_part_gives_english_customers_the_built_in_english(self, team):
        got = Library(team(**BROKEN_HOUSE)).choose(person(), "fresh")
        assert got.script is builtin("en")
        assert (got.rule, got.named, got.fault, got.stands_in) == ("audience", "first", "broken", "built-in")
        assert (got.mistake.file.endswith("_house.yaml"), got.mistake.line) == (True, 3)

    def test_others_go_on_as_before(self, team):
        assert Library(team(**BROKEN_HOUSE)).choose(person(language="it"), "fresh").script.id == "first_it"

    def test_a_broken_script_gives_its_people_no_other_campaign(self, team):
        library = Library(team(trade=TEAM["trade"].replace("Hi to", "Hi: to")))
        got = library.choose(person(tags=("trade",)), "fresh")
        assert (got.script, got.named) == (builtin(), "trade")
        assert library.choose(person(), "fresh").script.id == "first"

    @pytest.mark.parametrize(
        "mistake",
        [("title: Trade\n", "title： Trade\n"), ("opener: Hi", "opner: Hi"), ("title: Trade", "\ttitle: Trade"),
         ("opener: Hi to the trade", "opener: [Hi to the trade"), ("_house.yaml", "_hous.yaml"),
         ("title: Trade", "title: Trade\nlangauge: en")],
    )  # fmt: skip
    def test_whatever_the_mistake_the_audience_that_can_be_read_counts(self, team, mistake):
        library = Library(team(trade=TEAM["trade"].replace(*mistake)))
        got = library.choose(person(tags=("trade",)), "fresh")
        assert (got.script, got.named, got.fault) == (builtin(), "trade", "broken")

    @pytest.mark.parametrize(
        ("language", "words"), [("en", "builtin"), ("it", "builtin_it"), ("it-CH", "builtin_it")]
    )
    def test_an_assignment_to_nothing_gives_the_built_in_script_in_their_language(
        self, team, language, words
    ):
        got = Library(team()).choose(person(language=language), "fresh", [Assign("frist")])
        assert (got.script.id, got.rule, got.number, got.fault) == (words, "assigned", 1, "unknown")

    def test_a_translation_that_is_missing_gives_no_other_language(self, team):
        got = Library(team()).choose(person(language="it"), "fresh", [Assign("trade")])
        assert (got.script, got.fault, got.named) == (builtin("it"), "untranslated", "trade")

    def test_a_broken_original_leaves_the_translation_alone(self, team):
        got = Library(team(**BROKEN_HOUSE)).choose(person(language="it"), "fresh", [Assign("first")])
        assert (got.script.id, got.fault) == ("first_it", "")

    def test_without_any_word_in_their_language_the_team_s_is_spoken_and_that_is_told(self, team):
        got = Library(team()).choose(person(language="sv"), "fresh")
        assert (got.script.id, got.speaks) == ("first", "sv")
        got = Library(team()).choose(person(language="sv"), "fresh", [Assign("trade")])
        assert (got.script.id, got.speaks) == ("trade", "sv")
        got = Library(team()).choose(person(language="sv"), "fresh", [Assign("frist")], "it")
        assert (got.script, got.speaks, got.fault) == (builtin("it"), "sv", "unknown")

    def test_a_team_without_scripts_in_their_language_never_speaks_its_own(self, team):
        library = Library(team(first_it=None))
        assert library.choose(person(language="it"), "fresh").script is builtin("it")

    def test_callers_nobody_knows_and_receptionists_hear_their_language(self, team):
        library = Library(team(they_ring_back="title: R\nthey_ring_back: Hello\n"))
        assert library.ring_back("en").id == "they_ring_back"
        assert library.ring_back("it") is builtin("it")
        assert library.ring_back("sv", "it") is builtin("it")
        assert library.with_words(library.find("first_it"), "gatekeeper") is builtin("it")

    def test_words_for_the_gatekeeper_of_another_campaign_are_never_borrowed(self, team):
        library = Library(team(trade=TEAM["trade"] + "gatekeeper: About the trade offer\n"))
        assert library.with_words(library.find("first"), "gatekeeper") is builtin()

    def test_a_stored_call_comes_back_in_the_person_s_language(self, team):
        library = Library(team(first_it=None))
        assert library.resume("first_it", "it", "en").script is builtin("it")
        assert library.resume("first", "en", "en").script.id == "first"

    def test_a_retired_script_that_is_assigned_leaves_it_to_the_audience_and_says_so(self, team):
        got = Library(team(trade=TEAM["trade"] + "status: retired\n")).choose(
            person(), "fresh", [Assign("trade")]
        )
        assert (got.script.id, got.rule, got.retired) == ("first", "audience", "trade")


class TestTheNextDay:
    """Yesterday's versions lie in the data folder."""

    def test_a_broken_shared_part_changes_no_word(self, after_a_good_day):
        library = after_a_good_day(**BROKEN_HOUSE)
        got = library.choose(person(), "fresh")
        assert (got.script.id, got.script.opener.steps[0].say) == ("first", "Hi from the first call")
        assert got.script.stop.steps[0].say == "I'll take you off my list."
        assert (got.stands_in, got.fault, got.good_at) == ("last good", "broken", SUNDAY)

    def test_one_mistake_is_told_once_with_all_it_takes_away(self, after_a_good_day):
        library = after_a_good_day(**BROKEN_HOUSE)
        library.scripts()
        (found,) = mistakes(library)
        assert (found.file, found.problem.line, found.scripts) == ("_house.yaml", 3, ("first", "trade"))
        assert found.good_at == (SUNDAY, SUNDAY)

    def test_an_assigned_script_whose_file_is_gone_goes_on(self, after_a_good_day):
        library = after_a_good_day(trade=None)
        got = library.choose(person(), "fresh", [Assign("trade")])
        assert (got.script.id, got.fault, got.good_at) == ("trade", "gone", SUNDAY)
        assert [(one.number, one.copied) for one in lost(library, [Assign("first"), Assign("trade")])] == [
            (2, True)
        ]

    def test_a_script_that_was_taken_away_is_offered_to_nobody(self, after_a_good_day):
        library = after_a_good_day(trade=None)
        assert library.choose(person(tags=("trade",)), "fresh").script.id == "first"

    def test_a_script_saved_under_a_wrong_id_is_still_found_by_the_right_one(self, after_a_good_day):
        library = after_a_good_day(trade=TEAM["trade"] + "id: tarde\n")
        library.scripts()
        library.keep_copies()
        assert library.choose(person(), "fresh", [Assign("trade")]).script.id == "trade"
        assert [one.meant for one in lost(library, [Assign("tardy")])] == ["tarde"]

    def test_a_folder_that_is_gone_takes_nothing_away(self, after_a_good_day, tmp_path):
        library = after_a_good_day()
        (tmp_path / "scripts").rename(tmp_path / "skripts")
        for seen in (library, Library(tmp_path / "scripts", copies=library._copies)):
            seen.reload()
            assert seen.choose(person(tags=("trade",)), "fresh").script.id == "trade"
            assert seen.choose(person(language="it"), "fresh").script.id == "first_it"
            assert (seen.folder_is_gone, mistakes(seen)) == (True, [])
        (tmp_path / "skripts").rename(tmp_path / "scripts")
        library.reload()
        assert (library.folder_is_gone, library.choose(person(), "fresh").fault) == (False, "")

    def test_a_call_begun_before_the_break_goes_on_with_the_same_script(self, after_a_good_day):
        got = after_a_good_day(**BROKEN_HOUSE).resume("first", "en", "en")
        assert (got.script.id, got.rule, got.stands_in) == ("first", "resumed", "last good")

    def test_a_damaged_copy_is_as_if_there_were_none(self, after_a_good_day, copies):
        library = after_a_good_day(**BROKEN_HOUSE)
        (copy,) = copies.versions("first.yaml")
        copy.path.write_text("title: First\nopener: Something else\n", encoding="utf-8")
        assert library.choose(person(), "fresh").script is builtin()

    def test_only_a_version_that_can_be_used_is_kept_and_each_once(self, after_a_good_day, copies):
        library = after_a_good_day(**BROKEN_HOUSE)
        library.scripts()
        library.keep_copies()
        assert copies.names() == ["first.yaml", "first_it.yaml", "trade.yaml"]
        assert [len(copies.versions(name)) for name in copies.names()] == [1, 1, 1]


@pytest.mark.parametrize("script_id", ["builtin", "builtin_it"])
def test_a_built_in_script_is_found_by_its_id(script_id):
    assert Library(None).find(script_id).id == script_id
