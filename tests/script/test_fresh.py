"""A first script from a few answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.plaintext import clean
from tui.script.author.new_script import Answers, file_name, script_text
from tui.script.call.walk import Walk
from tui.script.check.check import check_script
from tui.script.files.load import load
from tui.yamlfile.problem import has_errors


@pytest.fixture
def fresh(tmp_path):
    """The script that comes of some answers, with what the checker says."""

    def make(answers: Answers):
        path = tmp_path / file_name(answers.title)
        path.write_text(script_text(answers), "utf-8")
        loaded = load(path)
        return loaded.script, check_script(loaded)

    return make


def test_a_title_alone_makes_a_script_with_no_error_or_warning(fresh):
    script, problems = fresh(Answers("Spring call"))
    assert {problem.severity for problem in problems} <= {"hint"}
    for entry in ("call", "voicemail", "they_ring_back", "stop"):
        assert script.can(entry), entry


def test_an_italian_script_starts_from_italian_words(fresh):
    script, problems = fresh(Answers("Chiamata", language="it"))
    assert {problem.severity for problem in problems} <= {"hint"}
    assert script.opener.steps[0].say.startswith("Buongiorno")


def test_the_trainers_words_are_the_words_of_the_call(fresh):
    answers = Answers(
        "A", "A date", "Hello?", ["One?", "Two: why?"], "Try it.", "When?", "Me.", "Thanks?", "Bye."
    )
    script, _ = fresh(answers)
    walk, said = Walk.begin(script), []
    while walk.place is not None:
        said.append(walk.line().text)
        walk = walk.on()
    assert said == ["Hello?", "One?", "Two: why?", "Try it.", "When?"]
    assert (script.goal, script.voicemail[0].say) == ("A date", "Me.")
    assert walk.suggested_outcome == "promise"


def test_parts_the_house_brings_are_not_written_again(tmp_path):
    (tmp_path / "_house.yaml").write_text("stop: House bye.\nthey_ring_back: House thanks.\n", "utf-8")
    (tmp_path / "a.yaml").write_text(script_text(Answers("A", extends="_house.yaml")), "utf-8")
    script = load(tmp_path / "a.yaml").script
    assert script.stop.steps[0].say == "House bye."
    assert script.they_ring_back.steps[0].say == "House thanks."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Spring call", "spring_call.yaml"),
        ("Frühling & Co.", "fruhling_co.yaml"),
        ("2nd call", "script_2nd_call.yaml"),
        ("../../etc/passwd", "etc_passwd.yaml"),
        ("電話", "script.yaml"),
    ],
)
def test_a_title_gives_a_plain_file_name(title, name):
    assert file_name(title) == name


@given(words=st.text(max_size=60))
def test_whatever_is_answered_the_file_can_be_read(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("fresh") / "a.yaml"
    path.write_text(script_text(Answers(words or "A", words, words, [words, words], words, words)), "utf-8")
    loaded = load(path)
    if clean(words):
        assert not has_errors(loaded.problems)
        assert loaded.script.opener.steps[0].say.startswith(clean(words)[:1])
