"""Walking through a script: where each key leads, what is recorded, and what is said."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.script.walking import paths
from tui.script.call.walk import Walk
from tui.script.language.facts import Facts

CALL = """
title: A
opener: Hi {{first_name|there}}.
discovery:
  - ask: How is it going?
    id: how
    save: mood
    answers:
      good: Glad to hear it.
      so-so: {ask: What is missing?, save: gap}
      bad: {say: Oh., ask: What happened?, save: trouble, goto: fix}
      never: -> close
  - ask: What do you need?
    save: need
    required: true
  - {ask: Who decides?, save: boss, keep: contact, when: boss is unknown}
pitch: We can do that.
close:
  - {ask: When shall I ring?, save: promised, type: date, outcome: promise, next_in: 1 week}
branches:
  fix: [{do: Open a ticket.}, {say: I will mend it.}, {end: talked}]
stop: [{say: Understood.}, {end: do_not_call}]
gatekeeper: [{ask: Who looks after this?, save: boss}, {end: gatekeeper}]
they_ring_back: [{ask: What made you ring?, save: why}, {goto: discovery}]
"""


def test_steps_run_from_top_to_bottom(script_of):
    walk = Walk.begin(script_of(CALL))
    met = paths(walk, "on", "on", "on", "on", "on", "on")
    assert met == ["opener[0]", "how", "discovery[1]", "discovery[2]", "pitch[0]", "close[0]", "end"]


def test_an_answer_leads_where_it_says(script_of):
    at_how = Walk.begin(script_of(CALL)).on()
    assert paths(at_how, 1) == ["how", "discovery[1]"]
    assert paths(at_how, 2, "time") == ["how", "how.so_so[0]", "discovery[1]"]
    assert paths(at_how, 3, "a leak", "on", "on") == ["how", "how.bad[0]", "fix[0]", "fix[1]", "fix[2]"]
    assert paths(at_how, 4) == ["how", "close[0]"]


def test_did_not_ask_always_leads_on(script_of):
    walk = Walk.begin(script_of(CALL))
    met = paths(walk, "on", 0, 0, 0, "on", 0)
    assert met == ["opener[0]", "how", "discovery[1]", "discovery[2]", "pitch[0]", "close[0]", "end"]


def test_words_said_after_an_answer_stand_before_the_next_line(script_of):
    line = Walk.begin(script_of(CALL)).on().answer(1).line()
    assert (line.reaction, line.text) == ("Glad to hear it.", "What do you need?")
    assert Walk.begin(script_of(CALL)).on().answer(1).on().line().reaction == ""


def test_a_question_shows_its_answers_and_did_not_ask(script_of):
    line = Walk.begin(script_of(CALL)).on().line()
    assert [(c.digit, c.label) for c in line.answers] == [
        (1, "good"), (2, "so-so"), (3, "bad"), (4, "never"), (0, "Did not ask"),
    ]  # fmt: skip
    assert (line.kind, line.type, line.open_question) == ("ask", "choice", False)


def test_an_open_question_is_answered_in_words(script_of):
    walk = Walk.begin(script_of(CALL)).on().answer(1)
    assert walk.line().open_question
    assert walk.answer_text("  two   vans \x1b[2J ").answers == {"mood": "good", "need": "two vans [2J"}
    assert walk.answer_text("   ") is walk


def test_words_equal_to_a_given_answer_pick_it(script_of):
    walk = Walk.begin(script_of(CALL)).on().answer_text("NEVER")
    assert (walk.at, walk.answers) == ("close[0]", {"mood": "never"})


def test_a_digit_nobody_offers_changes_nothing(script_of):
    walk = Walk.begin(script_of(CALL))
    assert walk.answer(1) is walk
    assert walk.on().answer(7).at == "how"


def test_what_they_told_us_before_is_not_asked_again(script_of):
    script = script_of(CALL)
    known = Walk.begin(script, facts=Facts(values={"boss": "Jo"})).on().answer(1)
    assert known.answer(0).at == "pitch[0]"
    assert known.answer(0).back().line().path == "discovery[1]"


def test_a_known_answer_is_shown_to_be_confirmed(script_of):
    script = script_of("title: A\nask: [{ask: Who decides?, save: boss, keep: contact}]\n")
    assert Walk.begin(script, facts=Facts(values={"boss": "Jo"})).line().asked_before == "Jo"


def test_what_is_kept_with_the_contact_is_told_apart(script_of):
    walk = Walk.begin(script_of(CALL)).on().answer(1).answer_text("vans").answer_text("Jo Marsh")
    assert walk.answers == {"mood": "good", "need": "vans", "boss": "Jo Marsh"}
    assert walk.kept == {"boss": "Jo Marsh"}


def test_an_answer_of_this_call_is_heard_in_the_next_line(script_of):
    script = script_of("title: A\nask: [{ask: What?, save: need}]\npitch: You said {{need}}.\n")
    assert Walk.begin(script).answer_text("vans").line().text == "You said vans."
    assert Walk.begin(script).answer_text("vans").line({"need": "boats"}).text == "You said vans."


def test_values_are_looked_for_in_their_order(script_of):
    script = script_of(
        "title: A\nvariables: {a: script, b: script}\nopener: '{{a}} {{b}} {{c}} {{d|inline}}'\n"
    )
    facts = Facts(values={"a": "contact", "b": " "}, defaults={"b": "team", "c": "team"})
    assert Walk.begin(script, facts=facts).line().text == "contact script team inline"


def test_back_undoes_what_was_recorded(script_of):
    walk = Walk.begin(script_of(CALL)).on().answer(3).answer_text("a leak")
    assert walk.answers == {"mood": "bad", "trouble": "a leak"}
    back = walk.back().back()
    assert (back.at, back.answers, back.steps) == ("how", {}, ("opener[0]", "how"))
    assert back.back().back().at == "opener[0]"


def test_an_objection_heard_survives_a_step_back(script_of):
    walk = Walk.begin(script_of(CALL)).on().heard("dear").offered("dear", 0, asked=False)
    assert walk.at == "how"
    assert walk.back().at == "opener[0]"
    assert walk.back().steps == ("objections.dear", "objections.dear[0] not asked", "opener[0]")


def test_the_end_of_the_script_proposes_its_outcome(script_of):
    walk = Walk.begin(script_of(CALL)).on().answer(3).answer_text("a leak").on().on()
    assert walk.finished
    assert walk.suggested_outcome == "talked"
    assert walk.line().kind == "end"


def test_a_question_that_was_asked_proposes_its_outcome(script_of):
    walk = Walk.begin(script_of(CALL)).jump("close")
    assert walk.suggested_outcome == ""
    asked = walk.answer_text("friday 3pm")
    assert (asked.suggested_outcome, asked.suggested_next) == ("promise", timedelta(weeks=1))
    assert walk.answer(0).suggested_outcome == ""


def test_an_ending_without_outcome_forgets_none_and_invents_none(script_of):
    script = script_of("title: A\nask: [{ask: What?, answers: {yes: {outcome: win}, no: }}]\nclose: Bye\n")
    assert Walk.begin(script).answer(1).on().suggested_outcome == "win"
    assert Walk.begin(script).answer(2).on().suggested_outcome == ""


@pytest.mark.parametrize(
    ("entry", "first"),
    [("stop", "stop[0]"), ("gatekeeper", "gatekeeper[0]"), ("they_ring_back", "they_ring_back[0]")],
)
def test_every_situation_has_its_way_in(script_of, entry, first):
    assert Walk.begin(script_of(CALL), entry).at == first


def test_a_call_back_goes_on_into_the_discovery(script_of):
    walk = Walk.begin(script_of(CALL), "they_ring_back").answer_text("your message")
    assert (walk.at, walk.answers) == ("how", {"why": "your message"})


def test_a_script_without_words_for_a_situation_is_finished_at_once(script_of):
    assert Walk.begin(script_of("title: A\nopener: Hi\n"), "stop").finished


def test_jumps_lead_to_sections_branches_and_steps_only(script_of):
    walk = Walk.begin(script_of(CALL))
    assert [walk.jump(t).at for t in ("stop", "fix", "how", "end")] == ["stop[0]", "fix[0]", "how", "end"]
    assert walk.jump("nowhere") is walk
    assert walk.jump("end").finished


def test_an_answer_without_a_name_belongs_in_the_notes(script_of):
    script = script_of("title: A\nask: ['What, {{first_name|friend}}?']\n")
    walk = Walk.begin(script).answer_text("vans")
    assert (walk.answers, walk.for_notes) == ({}, (("What, friend?", "vans"),))


def test_a_stored_value_may_differ_from_the_answers_words(script_of):
    script = script_of(
        "title: A\nask: [{ask: Big?, save: size, answers: {over 50 people: {value: large}, no: }}]\n"
    )
    assert Walk.begin(script).answer(1).answers == {"size": "large"}


def test_several_answers_can_be_ticked_and_taken_back(script_of):
    script = script_of(
        "title: A\nask: [{ask: Which?, save: what, type: multi, answers: [a, b, c]}]\nclose: Bye\n"
    )
    walk = Walk.begin(script).answer(1).answer(3).answer(1).answer(2)
    assert walk.answers == {"what": "c, b"}
    assert [c.label for c in walk.line().answers if c.ticked] == ["b", "c"]
    assert walk.on().at == "close[0]"
    assert walk.on().answers == {"what": "c, b"}


def test_required_questions_passed_in_silence_are_told(script_of):
    walk = Walk.begin(script_of(CALL)).on().answer(1)
    assert walk.on().unanswered == ("discovery[1]",)
    assert walk.answer(0).unanswered == ()
    assert walk.answer_text("vans").unanswered == ()


def test_the_line_says_how_far_we_are(script_of):
    walk = Walk.begin(script_of(CALL))
    assert (walk.line().index, walk.line().total) == (1, 6)
    walk = walk.on().answer(2)
    assert (walk.line().index, walk.line().total) == (3, 7)
    assert (walk.back().line().index, walk.back().line().total) == (2, 6)


def test_a_snippet_stands_where_it_is_used(script_of):
    script = script_of(
        "title: A\nopener: [{use: hello}, Bye.]\nclose: [{use: hello}]\n"
        "snippets: {hello: [Hi., {ask: OK?, save: ok}]}\n"
    )
    met = paths(Walk.begin(script), "on", "on", "on", "on")
    assert met == [
        "opener[0].hello[0]",
        "opener[0].hello[1]",
        "opener[1]",
        "close[0].hello[0]",
        "close[0].hello[1]",
    ]


def test_a_snippet_that_uses_itself_does_not_hang(script_of):
    script = script_of("title: A\nopener: [{use: a}, Hi]\nsnippets: {a: [{use: b}], b: [{use: a}]}\n")
    assert Walk.begin(script).line().text == "Hi"


def test_jumps_in_a_circle_do_not_hang(script_of):
    script = script_of("title: A\nopener: [{goto: x}]\nbranches: {x: [{goto: y}], y: [{goto: x}]}\n")
    assert Walk.begin(script).finished
    circle = script_of("title: A\nopener: [{id: a, say: One, goto: b}, {id: b, say: Two, goto: a}]\n")
    assert paths(Walk.begin(circle), "on", "on") == ["a", "b", "a"]
    assert Walk.begin(circle).line().total == 2


def test_a_step_named_like_the_end_is_only_a_step(script_of):
    walk = Walk.begin(script_of("title: A\nopener: [{id: end, say: One}, {id: loose, say: Two}]\n"))
    assert paths(walk, "on", "on") == ["opener[0]", "opener[1]", "end"]


def test_answers_of_like_names_keep_their_own_steps(script_of):
    script = script_of("title: A\nask:\n  - ask: W?\n    answers: {so-so: {ask: One?}, so so: {ask: Two?}}\n")
    walk = Walk.begin(script)
    assert {walk.answer(1).line().text, walk.answer(2).line().text} == {"One?", "Two?"}


def test_a_broken_condition_shows_the_line(script_of):
    walk = Walk.begin(script_of("title: A\nopener: [{say: Hi, when: 'a = b'}]\n"))
    assert walk.line().text == "Hi"


def test_a_person_always_hears_the_same_variant(script_of):
    script = script_of(
        "title: A\nexperiment: e\nopener: {variants: {A: Hi., B: {steps: [Ho.], weight: 3}}}\n"
    )
    heard = [Walk.begin(script, facts=Facts(f"c{i}")).line().text for i in range(400)]
    assert heard == [Walk.begin(script, facts=Facts(f"c{i}")).line().text for i in range(400)]
    assert 250 < heard.count("Ho.") < 350
    walk = Walk.begin(script, facts=Facts("c1"))
    assert walk.variant == f"opener={walk.at.split('.')[1][0]}"


def test_wordings_of_one_step_are_drawn_the_same_way(script_of):
    script = script_of("title: A\nopener: [{variants: {A: Hi., B: Ho.}}]\n")
    walk = Walk.begin(script, facts=Facts("c1"))
    assert walk.line().text == {"A": "Hi.", "B": "Ho."}[walk.variant.split("=")[1]]


def test_a_walk_survives_a_restart(script_of):
    script = script_of(CALL)
    walk = Walk.begin(script, "they_ring_back").answer_text("message").answer(2).heard("dear")
    again = Walk.from_state(script, json.loads(json.dumps(walk.to_state())))
    assert again == walk
    assert again.line() == walk.line()


def test_a_walk_whose_line_is_gone_comes_back_at_the_last_one_known(script_of):
    state = Walk.begin(script_of(CALL)).on().answer(2).to_state()
    shorter = script_of(
        "title: A\nopener: Hi\ndiscovery: [{ask: How?, id: how, save: mood, answers: [good, so-so]}]\n"
    )
    walk = Walk.from_state(shorter, state)
    assert (walk.at, walk.answers) == ("how", {"mood": "so-so"})


@pytest.mark.parametrize(
    "state", [{}, {"at": "nowhere", "trail": [["a"], ["b", "on", "c"]]}, {"entry": "moon"}]
)
def test_a_damaged_state_is_a_fresh_walk(script_of, state):
    assert Walk.from_state(script_of(CALL), state).at == "opener[0]"


@given(st.sampled_from(["first_call", "friendly_call", "proposal_followup", "they_ring_back"]),
       st.sampled_from(["call", "follow_up", "gatekeeper", "they_ring_back", "stop", "voicemail"]),
       st.lists(st.sampled_from(["on", "back", 0, 1, 2, 3, 4, "words"]), max_size=30))  # fmt: skip
def test_no_keys_lead_astray(shipped, name, entry, keys):
    walk = Walk.begin(shipped.find(name), entry, Facts("c1", timing="early"))
    for key in keys:
        before = walk
        walk = (walk.on() if key == "on" else walk.back() if key == "back"
                else walk.answer(key) if isinstance(key, int) else walk.answer_text(key))  # fmt: skip
        line = walk.line()
        assert 1 <= line.index <= max(line.total, len(walk.trail) + 1)
        assert "{{" not in line.text + line.reaction
        assert walk.finished or line.text
        if key in ("on", 0) and not before.finished and before.line().kind == "ask":
            assert walk.trail != before.trail
        assert Walk.from_state(walk.script, walk.to_state(), walk.facts) == walk
