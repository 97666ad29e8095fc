from __future__ import annotations

import pytest
from msgspec.structs import replace

from tui.cockpit.call_view import Answer, FormField
from tui.cockpit.view import ClockView, Notice, PhoneView
from tui.script.language.line import Words
from tui.widgets.card import ContactCard
from tui.widgets.frame import ClockLine, NoticeLine, minutes_and_seconds
from tui.widgets.key_lines import KeyFlow, KeyLines, KeyRow, hint
from tui.widgets.outcome_form import field_line, remark_lines
from tui.widgets.reading import Block, Reading
from tui.widgets.script_panel import ScriptPanel, answer_grid, word_lines
from tui.widgets.section_list import PickList, PickRow, Section
from tui.widgets.text_line import KeptFromCall


def words(lines):
    return ["".join(text for text, _ in line) for line in lines]


def drawn(widget, width=80, **values):
    for name, value in values.items():
        widget.set_reactive(getattr(type(widget), name), value)
    return words(widget.lines(width))


@pytest.mark.parametrize(
    ("seconds", "shown"), [(2467, "41:07"), (59.9, "0:59"), (3727, "1:02:07"), (-3, "0:00"), (0, "0:00")]
)
def test_times_are_minutes_and_seconds(seconds, shown):
    assert minutes_and_seconds(seconds) == shown


@pytest.mark.parametrize("at_length", [False, True])
def test_what_a_start_has_to_say_is_shown_whole(at_length):
    said = "2 notes are older than 2 months. " * 4 + "3 people will be forgotten."
    shown = drawn(NoticeLine(), notice=Notice(1, said, "warn", at_length=at_length))
    assert ("forgotten." in shown[-1], len(shown) == 2) == (at_length, not at_length)


def test_the_clock_keeps_the_time_and_the_goal_when_room_is_short(all_views):
    view = all_views["ringing"]
    for width in range(60, 140):
        (line,) = drawn(ClockLine(), width, view=view, caller_hint="F2 incoming call")
        assert "41:07 left" in line
        assert "talked 3" in line
        assert "agreed 2" in line
        assert "15:02" in line
        assert len(line) <= width


def test_serving_customers_is_named_when_there_is_room(all_views):
    view = replace(all_views["ringing"], clock=ClockView(left_s=100, serving_s=190))
    (line,) = drawn(ClockLine(), 120, view=view, caller_hint="F2 x")
    assert "serving customers 3:10" in line


def test_the_first_line_of_the_card_stays_however_short_the_room(all_views):
    for level in range(6):
        lines = drawn(ContactCard(), view=all_views["ringing"], level=level)
        assert any(line.startswith(" Promised   today 14:00") for line in lines)
    assert drawn(ContactCard(), view=all_views["talking"])[2].startswith(" Promised")


def test_a_person_who_must_not_be_called_says_so_and_why(all_views):
    view = all_views["ready"]
    card = replace(view.card, blocked="They asked never to be called.", warnings=("Talked yesterday.",))
    lines = drawn(ContactCard(), view=replace(view, card=card))
    assert " Blocked    They asked never to be called." in lines
    assert any(line.startswith(" Careful    Talked yesterday.") for line in lines)


def test_instructions_are_not_put_into_quotation_marks():
    wait, morning = Words("do", "Wait for the answer."), Words("say", "Good morning!")
    assert words(word_lines([wait], 80)) == [" Wait for the answer."]
    assert words(word_lines([wait, morning], 80)) == [" Do: Wait for the answer.", ' "Good morning!"']
    assert words(word_lines([Words("do", "wait " * 30)], 60))[1].startswith(" wait")
    assert word_lines([], 80) == []


REPLY = "Thank you. " + "We wrote down how three surgeries near you keep gloves in the cupboard. " * 5


@pytest.mark.parametrize("level", range(6))
@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_reply_stands_whole_and_quoted_above_the_next_question_however_short_the_room(
    all_views, width, level
):
    talking = all_views["talking"]
    script = replace(talking.script, said="", words=(Words("say", REPLY.strip()), *talking.script.words))
    lines = drawn(ScriptPanel(), width, view=replace(talking, script=script), level=level)
    text = " ".join(" ".join(lines[1:]).split())
    assert text.startswith(f'"{REPLY.strip()}" "How did the offer go down with you and your team?"')
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_words_for_a_caller_are_never_cut(width):
    said = (Words("do", "Stop what you're doing."), Words("say", REPLY * 2))
    lines = drawn(Reading(), width, blocks=(Block("Say", words=said),))
    assert " ".join(" ".join(lines[1:]).split()) == f'Do: Stop what you\'re doing. "{(REPLY * 2).strip()} "'


@pytest.mark.parametrize(
    ("width", "shown"), [(80, "Una Kerr-Featherstonehaugh, Buyer"), (40, "Una Kerr-Feathe…")]
)
def test_a_label_is_cut_only_where_its_words_would_have_less_than_half(width, shown):
    pairs = (("Una Kerr-Featherstonehaugh, Buyer", "Never called"), ("Bo Lund", "no answer"))
    lines = drawn(Reading(), width, blocks=(Block("", pairs=pairs, indent=12),))
    assert lines[0].split("  ")[0].strip().removesuffix(" Never called") == shown
    assert lines[0].index("Never") == lines[1].index("no answer")


def test_answers_of_every_length_and_number_keep_their_digits_and_order():
    for count in range(1, 10):
        for length in (3, 15, 30, 90):
            answers = [Answer(str(n), f"{'x' * length}{n}") for n in range(1, count)] + [Answer("0", "none")]
            for width in (60, 76, 80, 120):
                lines = words(answer_grid(answers, width))
                digits = [word for line in lines for word in line.split() if word.isdigit()]
                assert digits == [answer.digit for answer in answers]
                assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_time_to_say_the_words_stands_quietly_behind_the_script_s_name(all_views, width):
    view = all_views["talking"]
    timed = replace(view, script=replace(view.script, takes="4 s of 20 s"))
    before, after = (drawn(ScriptPanel(), width, view=one) for one in (view, timed))
    assert after[0].endswith(" Proposal follow-up, 2 of 5, 4 s of 20 s ──")
    assert (len(after[0]), after[1:]) == (width, before[1:])


def test_advice_for_a_message_stands_below_it_while_there_is_room(all_views):
    view = all_views["ringing"]
    advice = {"voicemail_tip": "Smile.", "voicemail_then": "Send two lines by e-mail"}
    tipped = replace(view, script=replace(view.script, **advice))
    before, after = (drawn(ScriptPanel(), view=one) for one in (view, tipped))
    assert after == [*before, " Tip: Smile.", " Then: Send two lines by e-mail"]
    assert drawn(ScriptPanel(), view=tipped, level=2) == before


def test_a_script_problem_is_said_over_the_words(all_views):
    view = all_views["ringing"]
    script = replace(view.script, problem="follow_up.yaml line 12 is broken; the last good words are used.")
    lines = drawn(ScriptPanel(), view=replace(view, script=script))
    assert lines[1] == " follow_up.yaml line 12 is broken; the last good words are used."


def test_the_question_is_never_cut_when_room_is_short(all_views):
    for level in range(6):
        lines = drawn(ScriptPanel(), view=all_views["talking"], level=level)
        assert '   "How did the offer go down with you and your team?"' in lines
        assert any("Did not ask" in line for line in lines)


def test_the_half_written_note_stays_visible_in_the_form(all_views):
    view = replace(all_views["form"], draft="and a trailer")
    assert any("and a trailer" in line for line in drawn(KeptFromCall(), view=view))


def test_a_field_with_a_problem_shows_it_in_place_of_what_was_understood():
    field = FormField(
        "when", "When", "sat", preview=("Saturday",), problem="Outside the legal hours (Italy). Offer 18:30?"
    )
    assert words(remark_lines(field, 80)) == [" " * 13 + "Outside the legal hours (Italy). Offer 18:30?"]


def test_choices_name_the_others_behind_space():
    field = FormField("how", "How", "phone", "choice", ("phone", "e-mail", "visit"))
    assert words([field_line(field, "phone", False, 80)]) == [
        " How         phone             Space: e-mail, visit"
    ]


def test_words_that_do_not_fit_beside_a_key_are_said_shorter():
    row = KeyRow(hint("Enter", "x" * 60), hint("Tab", "next line"), short=hint("Enter", "save"))
    assert drawn(KeyLines(), 60, rows=(row,))[0].startswith(" Enter  save ")
    assert "x" * 60 in drawn(KeyLines(), 120, rows=(row,))[0]


def test_in_the_tightest_layout_hints_take_one_line():
    row = KeyFlow(tuple(hint(str(n), "something") for n in range(12)))
    assert len(drawn(KeyLines(), 80, rows=(row,))) == 2
    (line,) = drawn(KeyLines(), 80, rows=(row,), level=4)
    assert line.endswith("11  something")


PHONES = {
    "well": PhoneView("signed in", "signed in", "signed in"),
    "gone": PhoneView(
        "not signed in since 10:05: the phone server says nothing",
        "not signed in since 10:05",
        "not signed in",
        is_trouble=True,
    ),
    "loose": PhoneView(
        "the call to +44 20 7946 0100 is still up: ^X hangs up",
        "call up: ^X hangs up",
        "call up: ^X hangs up",
        is_trouble=True,
        loose=True,
    ),
}


TEAM_LISTS = {
    "alone": PhoneView(),
    "read": PhoneView("team list read 08:58", "team list 08:58", "team list 08:58"),
    "offline": PhoneView(
        "offline since 09:10: your own people only",
        "offline since 09:10",
        "offline since 09:10",
        is_trouble=True,
    ),
}


@pytest.mark.parametrize("team", TEAM_LISTS.values(), ids=TEAM_LISTS)
@pytest.mark.parametrize("phone", [PhoneView(), *PHONES.values()], ids=["none", *PHONES])
@pytest.mark.parametrize("state", ["queue", "ringing", "next_in"])
def test_line_1_tells_of_the_people_folder_and_trouble_at_every_width(all_views, state, phone, team):
    view = replace(all_views[state], phone=phone, team_list=team)
    for width in range(80, 140):
        (line,) = drawn(ClockLine(), width, view=view, caller_hint="F2 incoming call")
        for told in (phone, team):
            short = (told.words, told.short, told.shortest)
            assert any(words in line for words in short) or not told.is_trouble
        assert len(line) <= width
    (line,) = drawn(ClockLine(), 120, view=view, caller_hint="F2 incoming call")
    assert team.words in line or team.short in line
    if not phone.words:
        (line,) = drawn(ClockLine(), 80, view=view, caller_hint="F2 incoming call")
        assert team.words in line


@pytest.mark.parametrize("phone", PHONES.values(), ids=PHONES)
@pytest.mark.parametrize("state", ["queue", "ringing", "next_in"])
def test_the_state_of_the_phone_is_on_line_1_at_every_width(all_views, state, phone):
    view = replace(all_views[state], phone=phone)
    for width in range(60, 140):
        (line,) = drawn(ClockLine(), width, view=view, caller_hint="F2 incoming call")
        told = (phone.words, phone.short, phone.shortest)
        assert any(words in line for words in told) or not phone.is_trouble
        assert len(line) <= width
    (line,) = drawn(ClockLine(), 80, view=view, caller_hint="F2 incoming call")
    assert phone.words in line


@pytest.mark.parametrize(("width", "company"), [(80, "Acme Rocket M…"), (120, "Acme Rocket Maintenance")])
def test_a_column_is_cut_only_where_there_is_no_room(width, company):
    row = PickRow(
        "a", ("Ann Rossi", "Acme Rocket Maintenance", "Wed 18 Nov, you left a voicemail, about the fair")
    )
    people = PickList((17, 15))
    people.set_reactive(PickList.rows, (row, PickRow("?", ("Somebody else",))))
    line = "".join(words for words, _ in people.row_line(Section("rows"), row, width, here=False))
    assert company in line
