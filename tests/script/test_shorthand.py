"""Short forms: what they mean, and that a mistake inside one is still found at its place."""

import pytest


def spoken(section):
    return [step.say or step.ask for step in section.steps]


def test_a_script_of_one_line_per_section_is_whole(script_of):
    script = script_of(
        "title: Quick hello\nopener: Hi\nask:\n  - What do you need?\n  - Anything else?\nclose: Bye\n"
        "voicemail: Ring me\nthey_ring_back: Thanks\nstop: Understood\n"
    )
    assert spoken(script.opener) == ["Hi"]
    assert [step.ask for step in script.discovery.steps] == ["What do you need?", "Anything else?"]
    assert script.voicemail[0].say == "Ring me"
    assert script.id == "s"


def test_an_arrow_says_where_it_goes(script_of):
    script = script_of(
        "title: A\ndiscovery:\n  - ask: OK?\n    yes: -> close\n    no: Never mind. -> out\n"
        "close: Bye\nbranches:\n  out: So long -> close\n"
    )
    answers = script.discovery.steps[0].answers
    assert (answers["yes"].goto, answers["yes"].say) == ("close", "")
    assert (answers["no"].goto, answers["no"].say) == ("out", "Never mind.")
    assert script.discovery.steps[0].type == "yesno"
    assert script.branches["out"].steps[0].goto == "close"


def test_an_arrow_in_the_middle_of_a_text_is_only_text(script_of):
    script = script_of("title: A\nopener: From a -> b we go\n")
    assert spoken(script.opener) == ["From a -> b we go"]


def test_yes_and_no_stay_words(script_of):
    script = script_of("title: A\nask:\n  - {ask: OK?, answers: {yes: Good, no: , on: -> end}}\n")
    assert list(script.discovery.steps[0].answers) == ["yes", "no", "on"]


@pytest.mark.parametrize("form", ["[red, blue]", "{red: , blue: }", "{red: {}, blue: {}}"])
def test_answers_in_any_form_are_the_same(script_of, form):
    script = script_of(f"title: A\nask:\n  - ask: Which?\n    answers: {form}\n")
    assert list(script.discovery.steps[0].answers) == ["red", "blue"]
    assert script.discovery.steps[0].type == "choice"


def test_a_question_inside_an_answer_is_its_step(script_of):
    script = script_of(
        "title: A\nask:\n  - ask: How?\n    answers:\n"
        "      bad: {say: Oh., ask: Why?, save: why, required: true, goto: close}\nclose: Bye\n"
    )
    bad = script.discovery.steps[0].answers["bad"]
    assert (bad.say, bad.goto) == ("Oh.", "close")
    assert (bad.steps[0].ask, bad.steps[0].save, bad.steps[0].required) == ("Why?", "why", True)


def test_a_yes_or_no_question_has_both_answers(script_of):
    script = script_of("title: A\nask:\n  - {ask: OK?, type: yesno}\n")
    assert list(script.discovery.steps[0].answers) == ["yes", "no"]


def test_lists_may_be_written_by_name(script_of):
    script = script_of(
        "title: A\nopener: Hi\nobjections:\n  dear: {heard: too dear, ask: Why?, ladder: [5 percent]}\n"
        "followup:\n  reasons: {news: something new, other: {say: more}}\n"
        "voicemail: {a: Ring, b: {say: Rang}}\n"
    )
    dear = script.objections[0]
    assert (dear.id, dear.heard, dear.ladder[0].offer) == ("dear", ("too dear",), "5 percent")
    assert [(r.id, r.say) for r in script.followup.reasons] == [("news", "something new"), ("other", "more")]
    assert [(v.id, v.say) for v in script.voicemail] == [("a", "Ring"), ("b", "Rang")]


def test_an_audience_is_tags_when_nothing_else_is_said(script_of):
    assert script_of("title: A\nopener: Hi\naudience: [x, y]\n").audience.tags == ("x", "y")
    assert script_of("title: A\nopener: Hi\naudience: x\n").audience.tags == ("x",)


def test_variables_may_be_only_their_default(script_of):
    variables = script_of("title: A\nopener: Hi\nvariables: {a: one, b: {default: two}, c: }\n").variables
    assert [variables[name].default for name in "abc"] == ["one", "two", ""]


@pytest.mark.parametrize(
    ("line", "col", "code", "text"),
    [
        (1, 1, "PH103", "opener: Hi\n"),
        (2, 1, "PH102", "title: A\nlangauge: en\n"),
        (2, 9, "PH105", "title: A\nstatus: lvie\n"),
        (3, 3, "PH102", "title: A\nopener:\n  secnods: 12\n  steps: [Hi]\n"),
        (4, 11, "PH106", "title: A\ndiscovery:\n  - ask: What?\n    save: my need\n"),
        (4, 5, "PH102", "title: A\ndiscovery:\n  - ask: What?\n    requird: true\n"),
        (4, 11, "PH105", "title: A\ndiscovery:\n  - ask: What?\n    type: choise\n"),
        (5, 15, "PH102", "title: A\ndiscovery:\n  - ask: What?\n    answers:\n      maybe: {hotky: m}\n"),
        (5, 27, "PH102", "title: A\nask:\n  - ask: W?\n    answers:\n      yes: [Oh, {say: Oh, sy: Ah}]\n"),
        (3, 14, "PH106", "title: A\nvoicemail:\n  - attempt: first\n    say: Hello\n"),
        (3, 5, "PH103", "title: A\nvoicemail:\n  - attempt: 2\n"),
        (3, 15, "PH104", "title: A\nfollowup:\n  stop_after: never\n"),
        (4, 7, "PH103", "title: A\nfollowup:\n  reasons:\n    - id: price\n"),
        (3, 5, "PH103", "title: A\nobjections:\n  - heard: too dear\n"),
        (2, 1, "PH104", "title: A\nvoicemail:\n"),
        (2, 40, "PH106", "title: A\nopener: {steps: [{ask: When?, next_in: soon}]}\n"),
    ],
)  # fmt: skip
def test_a_mistake_behind_a_short_form_is_found_where_it_is(problems_of, line, col, code, text):
    found = problems_of(text)
    assert [row[:3] for row in found] == [(line, col, code)]


def test_all_mistakes_of_a_bad_script_come_together(problems_of):
    found = problems_of(
        "title: A\nlangauge: en\nstatus: lvie\nopener: {secnods: 1, steps: [Hi]}\n"
        "voicemail: [{attempt: x, say: Hi}]\nobjections: [{heard: dear}]\n"
    )
    assert [code for _, _, code, _ in found] == ["PH102", "PH105", "PH102", "PH106", "PH103"]


def test_a_file_that_is_a_list_is_told_so(problems_of):
    assert problems_of("- Hi\n")[0][2] == "PH101"
