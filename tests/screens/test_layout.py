from __future__ import annotations

import pytest
from msgspec.structs import replace

from tui.cockpit.view import Notice, Phase
from tui.widgets.marks import STATES
from tui.widgets.words import say

QUEUE_OF_THE_DESIGN = """\
 POWER HOUR   Autumn customers, 212 people                     Mon 23 Nov 15:01
────────────────────────────────────────────────────────────────────────────────
 Enter  call Ann Rossi and start 15 minutes        +  another length
 24 to call now; time for about 12. Goal: 2 talks with a next step.
── Ready now ───────────────────────────────────────────────────────────── 24 ──
   Name             Company          Why now                         Their time
 ▸ Ann Rossi        Acme Tools       You promised: today 14:00            14:01
   Bo Lund          Nordkap          Follow-up 3 of 6, until 15:25        15:01
   Eva Brandt       Brandt & Sohn    Called us Friday, no talk yet        15:01
   Fay Osei         Kente Foods      Quiet for 62 days                    14:01
   Dee Wu           Wu Optics        Never called                         14:01
   ... 19 more
── Later today ──────────────────────────────────────────────────────────── 1 ──
   Cy Park          Parkline         You promised: today 16:30            16:01
── To do ────────────────────────────────────────────────────────────────── 1 ──
   Jo Marsh         Marsh Ltd        Send the price list, since Friday
 Not today: 186 people. h shows why.
────────────────────────────────────────────────────────────────────────────────
 Up/Down choose   Enter call   Tab facts   / find   s skip   a add a person
 i import   F2 incoming call   l another list   r report   ^Q quit   ? all keys"""
RINGING_OF_THE_DESIGN = """\
 41:07 left   talked 3 of 6   agreed 2                 15:02   F2 incoming call
────────────────────────────────────────────────────────────────────────────────
 ANN ROSSI                                                      ◍ RINGING  0:07
 Buyer, Acme Tools                                              14:02 in London
 +44 20 7946 0100  office                      o  other number: +44 7700 900123

 Promised   today 14:00 their time: "after the trade fair"
 Last       Thu 19 Nov, you left a voicemail about the price list
 Reason     the price list holds until 30 Nov
── Say ─────────────────────────────────────────────────── Proposal follow-up ──
 "Hi Ann, it's Sam at Northgate. You asked me to call after the trade fair.
  Is this still a good moment?"
── If it is voicemail ──────────────────────────────────────────── 17 seconds ──
 "Hi Ann, Sam at Northgate, 020 7946 0955. I'm calling after the fair, as
  agreed. The price list holds until the 30th. 020 7946 0955."
────────────────────────────────────────────────────────────────────────────────
 Enter  Somebody answered
 n  No answer        they expect you; again today 16:02 their time
 v  Left voicemail   the same; uses up this reason
 g  Gatekeeper   w  Wrong number   Esc  all outcomes   ?  all keys
 Next: Bo Lund, Nordkap. Follow-up 3 of 6, can be called until 15:25"""
TALKING_OF_THE_DESIGN = """\
 ANN ROSSI                                                      ● TALKING  0:48
 Buyer, Acme Tools                                              14:03 in London
 Promised   today 14:00 their time: "after the trade fair"
── Say ─────────────────────────────────────────── Proposal follow-up, 2 of 5 ──
 You said: You asked me to call after the trade fair ...
   "How did the offer go down with you and your team?"
   1  They like it        2  Not read yet       3  Too expensive
   4  Somebody else decides                     0  Did not ask
 Tip: then stop talking. Count to five.
── Notes ────────────────────────────────────────── Up changes a note   saved ──
 15:03  two vans, not three. New depot in Leeds opens in March
 >
────────────────────────────────────────────────────────────────────────────────
 Enter keeps the note.  On an empty line: 0-4 answer, Space next line, / search
 Esc  call over             Tab  facts   Backspace  one step back   ?  all keys"""
FORM_OF_THE_DESIGN = """\
 ANN ROSSI                                                          ■ CALL OVER
── c  We call back ─────────────────────────────────────────────────────────────
 When        fri 3pm
             Friday 27 November 15:00 in London, 16:00 here. In 4 days.
             Within calling hours. Nobody on the team calls before then.
 How         phone             Space: e-mail, text message, visit
 About       ____________________________________________  their words, if any
 To do       the offer for two vans                        by today
── Kept from the call ──────────────────────────────────────────────────────────
 Answers     offer: too expensive    decides: Jo Marsh
 Notes       two vans, not three. New depot in Leeds opens in March
────────────────────────────────────────────────────────────────────────────────
 Enter  save, then show Bo Lund (Enter again calls)     Tab  next line
 Esc  back to the outcomes, nothing is saved       later: u  undo   ?  all keys"""


@pytest.mark.parametrize(
    ("state", "rows", "design", "line_one"),
    [
        ("queue", 20, QUEUE_OF_THE_DESIGN, True),
        ("ringing", 21, RINGING_OF_THE_DESIGN, True),
        ("talking", 17, TALKING_OF_THE_DESIGN, False),
        ("form", 16, FORM_OF_THE_DESIGN, False),
    ],
)
async def test_the_screens_of_the_design_are_drawn_to_the_column(
    stage, all_views, state, rows, design, line_one
):
    async with stage(all_views[state], size=(80, rows)) as s:
        lines = s.lines if line_one else s.lines[2:]
        assert "\n".join(lines) == design


@pytest.mark.parametrize("size", [(60, 20), (80, 23)])
async def test_in_a_small_window_the_person_the_state_and_every_key_that_counts_are_there(
    stage, all_views, size
):
    keys = {"ringing": "Esc", "talking": "?  all keys", "call_over": "How did it go?", "form": "not saved"}
    async with stage(all_views["queue"], size=size) as s:
        assert "▸ Ann Rossi" in s.text
        assert "? all keys" in s.text
        for state, key in keys.items():
            await s.show(all_views[state])
            assert "ANN ROSSI" in s.lines[2]
            assert STATES[all_views[state].phase].glyph in s.lines[2]
            assert key in s.text.replace("nothing is saved", "not saved")


async def test_without_colour_the_state_stands_in_words(stage, all_views, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with stage(all_views["queue"]) as s:
        assert s.app.no_color
        for phase, mark in STATES.items():
            name = phase.value if phase.value in ("talking", "form") else "ringing"
            await s.show(replace(all_views[name], phase=phase))
            assert say(mark.word, time="", seconds=0).strip(" 0") in s.lines[2]


async def test_at_20_rows_the_next_person_goes_before_anything_else(stage, all_views):
    async with stage(all_views["ringing"], size=(80, 20)) as s:
        assert "Next:" not in s.text
        assert "If it is voicemail" in s.text
        assert "Reason" in s.text
    async with stage(all_views["ringing"], size=(80, 21)) as s:
        assert "Next: Bo Lund" in s.text


async def test_a_window_too_small_says_so_in_one_sentence_and_the_time_runs_on(stage, all_views):
    async with stage(all_views["ringing"], size=(59, 24)) as s:
        words = " ".join(s.text.split())
        assert words.startswith("Power Hour needs 60 x 16; this window is 59 x 24. ")
        assert words.endswith(" 41:07 left")
        for size in ((80, 15), (20, 5), (3, 2), (1, 1)):
            await s.pilot.resize_terminal(*size)
            await s.pilot.pause()
            assert "ANN ROSSI" not in s.text
        await s.pilot.resize_terminal(80, 24)
        await s.pilot.pause()
        assert "ANN ROSSI" in s.text


async def test_at_120_columns_the_call_stands_under_the_phases(stage, all_views):
    async with stage(all_views["ringing"], size=(120, 40)) as s:
        assert s.lines[1] == " Queue ▸ Dial ▸ Script ▸ Outcome"
        assert "ANN ROSSI" in s.lines[3]


async def test_a_pause_says_that_the_clock_is_stopped_and_why(stage, all_views):
    async with stage(all_views["paused"]) as s:
        assert "clock stopped: a break" in s.lines[0]


async def test_a_test_clock_is_named_on_line_one(stage, all_views):
    for name in ("queue", "ringing"):
        async with stage(replace(all_views[name], test_clock=True)) as s:
            assert "test clock" in s.lines[0]


async def test_overtime_is_said_in_words(stage, all_views):
    view = all_views["ringing"]
    clock = replace(view.clock, left_s=-65, overtime=True)
    async with stage(replace(view, clock=clock)) as s:
        assert s.lines[0].startswith(" 1:05 over")


async def test_a_notice_is_one_line_and_leaves_the_words_to_say(stage, all_views):
    view = replace(all_views["ringing"], notice=Notice(1, "Bo Lund is not ringing yet", "warn"))
    async with stage(view) as s:
        assert " Careful: Bo Lund is not ringing yet" in s.lines
        assert "Is this still a good moment?" in s.text
        assert s.lines[-1].startswith(" Next:")


async def test_the_phase_of_a_call_never_shows_another_screens_keys(stage, all_views):
    async with stage(all_views["call_over"]) as s:
        assert "Somebody answered" not in s.text
        await s.show(all_views["ringing"])
        assert "How did it go?" not in s.text
        assert s.app.screen.view.phase is Phase.RINGING
