"""`without:` leaves out parts that came from other files, and a name that is not among them is an error."""

import pytest

from tests.script.json_schema import accepts
from tui.script.author.schema import schema
from tui.script.check.check import check_script
from tui.script.check.check_context import Options
from tui.script.files.edit import resolved_text
from tui.script.files.load import load

HOUSE = """\
variables: {topic: orders, site: {default: your site}}
gatekeeper: Good morning.
stop: I'll take you off my list.
pitch: We make boxes.
voicemail: It's {{my_name}}, {{my_number}}.
objections:
  too_expensive: {ask: Compared with what?}
  no_time: {ask: Is later better?}
snippets: {thanks: Thank you., bye: Goodbye.}
branches: {later: [{end: promise}], now: [{end: win}]}
followup:
  reasons: {price: The price holds., news: There is news.}
"""
OWN = "title: T\nextends: _house.yaml\nopener: Hi. Two minutes?\n"


@pytest.fixture
def loaded(tmp_path):
    def read(text: str, house: str = HOUSE, middle: str = ""):
        (tmp_path / "_house.yaml").write_text(house, "utf-8")
        (tmp_path / "_middle.yaml").write_text(middle, "utf-8")
        (tmp_path / "s.yaml").write_text(text, "utf-8")
        return load(tmp_path / "s.yaml")

    return read


def parts(script) -> set[str]:
    return {
        *(name for name, _ in script.sections()),
        *(["voicemail"] if script.voicemail else []),
        *(objection.id for objection in script.objections),
        *script.snippets,
        *script.branches,
        *script.variables,
        *(["followup"] if script.followup else []),
        *(reason.id for reason in (script.followup.reasons if script.followup else ())),
    }


EVERY = {
    *("topic", "site", "gatekeeper", "stop", "pitch", "opener", "voicemail", "too_expensive", "no_time"),
    *("thanks", "bye", "later", "now", "followup", "price", "news"),
}


@pytest.mark.parametrize("name", sorted(EVERY - {"opener", "followup"}))
def test_any_part_that_came_from_another_file_can_be_left_out(loaded, name):
    assert parts(loaded(OWN).script) == EVERY
    assert parts(loaded(f"{OWN}without: [{name}]\n").script) == EVERY - {name}
    assert parts(loaded(f"{OWN}without: {name}\n").script) == EVERY - {name}


def test_a_follow_up_goes_with_its_reasons(loaded):
    assert parts(loaded(OWN + "without: [followup, now]\n").script) == EVERY - {
        "followup",
        "price",
        "news",
        "now",
    }


@pytest.mark.parametrize(
    ("text", "marked", "cure"),
    [
        (OWN + "without: [too_expensiv]\n", (4, 11), "did you mean `too_expensive`?"),
        (OWN + "without: [price, stopp]\n", (4, 18), "did you mean `stop`?"),
        (OWN + "without: [opener]\n", (4, 11), ""),  # its own part is simply not written
        ("title: T\nopener: Hi.\nwithout: [stop]\n", (3, 11), "extends"),
    ],
)
def test_a_name_that_nothing_bears_is_an_error_at_its_place(loaded, text, marked, cure):
    [problem] = loaded(text).problems
    assert (problem.code, problem.severity, problem.line, problem.col) == ("PH803", "error", *marked)
    assert cure in problem.help
    assert problem.help


def test_it_holds_for_everything_above_and_is_not_handed_down(loaded):
    middle = "extends: _house.yaml\nwithout: [stop]\npitch: We make bags.\n"
    text = OWN.replace("_house", "_middle")
    script = loaded(text, middle=middle).script
    assert parts(script) == EVERY - {"stop"}
    assert script.pitch.steps[0].say == "We make bags."
    assert parts(loaded(text + "without: [no_time, pitch]\n", middle=middle).script) == EVERY - {
        "stop",
        "no_time",
        "pitch",
    }
    assert [p.code for p in loaded(text + "without: [stop]\n", middle=middle).problems] == ["PH803"]


def test_what_is_written_here_stays(loaded):
    script = loaded(OWN + "without: [stop]\nstop: Fine, goodbye.\n").script
    assert script.stop.steps[0].say == "Fine, goodbye."


def test_a_file_that_is_not_there_is_the_one_mistake(loaded):
    problems = loaded(OWN.replace("_house", "_huose") + "without: [stop]\n").problems
    assert [p.code for p in problems] == ["PH801"]


def test_leaving_out_what_is_needed_is_told(loaded):
    text = OWN + "close: [{use: thanks}, {goto: later}]\nwithout: [thanks, later]\n"
    codes = {problem.code for problem in check_script(loaded(text), Options())}
    assert {"PH311", "PH301"} <= codes


def test_the_whole_script_is_shown_without_it(loaded, tmp_path):
    loaded(OWN + "without: [stop]\n")
    text, problems = resolved_text(tmp_path / "s.yaml", origins=False)
    assert problems == []
    assert "stop:" not in text
    assert "without" not in text
    assert accepts(schema(), {"title": "T", "without": ["stop"], "opener": "Hi"})
    assert accepts(schema(), {"title": "T", "without": "stop", "opener": "Hi"})
