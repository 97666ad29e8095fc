"""What the program says of what a rep just did, and what it asks: one table, a sentence for each code.

A field says how its value is put into words, as in `why`: `{count:note is|notes are}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.cockpit.wording.finding import FINDING
from tui.cockpit.wording.phrases import PHRASES
from tui.cockpit.wording.why import in_words

NOTICES: Mapping[str, str] = {
    **PHRASES,
    **FINDING,
    "opening": "Reading your contacts.",
    "opening_queue": "Updating your queue: {done} of {of}",
    # What Enter does on the queue.
    "enter_end_search": "end the search",
    "enter_keep_search": "keep this search, {name} first",
    "enter_back": "back to {name}: that call is still open",
    "enter_open": "open {name}, who has no number yet",
    "enter_call": "call {name} and go on",
    "enter_call_and_start": "call {name} and start {minutes:minute|minutes}",
    "nobody_matches": "Nobody matches '{text}'. {clear} clears the search.",
    "everybody": "Everybody",
    "nobody_but_to_do": "Nobody, but there is something to do:",
    "nobody_held": "Nobody is held back today.",
    "nobody_in_list": "Nobody to call here. {bring} imports your contacts, {add} adds a person.",
    "nobody_fits": "Nobody who fits '{text}' can be called right now. {clear} clears the filter.",
    "nobody_on_list": "Nobody is on the list {list}. {other} shows another one.",
    "nobody_before": "Nobody can be called before {when}.",
    "nobody_left_before": "All are called for now. The next: {when}.",
    "nobody_any_more": "Nobody here is to be called any more. {held} says why, person by person.",
    "meanwhile": "{held} says who can be called when. {bring} imports contacts, {report} shows the report.",
    "meanwhile_to_do": (
        "Meanwhile: {to_do:thing|things} to do below, {done} marks one as done. {held} says who can be called when, "
        "{bring} imports contacts."
    ),
    "meanwhile_in_session": (
        "{end} shows what this session brought, and ends it. {held} says who can be called when, {bring} imports "
        "contacts."
    ),
    "meanwhile_no_phone": (
        "Your phone is not signed in, so calls fail. It tries again by itself; powerhour doctor says what is wrong. "
        "{elsewhere} records a call you make with another phone."
    ),
    # What stands over the queue.
    "matches": "{people:person matches|people match}, best match first. {clear} clears the search.",
    "summary": "{ready} to call now; time for about {fit}. Goal: {talks:talk|talks}, {next_steps} with a next step.",
    "summary_of_both": "{ready} to call now; time for about {fit}. Goal: {talks:talk|talks} with a next step.",
    "summary_offline": "Without the shared list you can call your own people.",
    "enter_offline": "A colleague may be calling {name} now",
    "may_be_with_colleague": "A colleague may be calling them",
    "summary_offline_held": (
        "Without the shared list you can call your own people, and {held:person|people} the list holds for you."
    ),
    "fact": "{name}: what did they tell you?",
    # A hand-over, and an import, as they go on.
    "has_agreed": "Has {name} agreed that {rep} calls from now on?",
    "is_meant": "{rep} is meant",
    "rows_so_far": "{rows:row|rows} so far.",
    "give_a_heading": "{why} If one is, give it a heading in the file that says so, such as Phone.",
    "unreadable": "{file} cannot be read.",
    "of_row": "Row {row}: {words}",
    # Who is offered, and who is not.
    "colleagues": "{owner} looks after them.",
    "not_taken": "{why}; handed to {owner}, not taken yet",
    "owner_unknown": '{why}; "{owner}" is nobody on the team',
    "promise_of_colleague": "It was {rep} who promised this call.",
    "promise_not_taken": "You promised this call. {owner} has not taken {name} over yet.",
    "belongs_to_nobody": '{name} belongs to "{owner}", and nobody on the team is called that.',
    "limit_reached": "You follow up {people:person|people}, the limit is {limit}: first finish with them.",
    "do_not_call": "Do not call {whom}: {why}",
    "missed_call": "Missed call {missed}",
    "missed_call_was": "Missed call {missed}.",
    "call_now": "Can be called now.",
    "next_call": "Next call: {when}.",
    "looked_at_again": "Looked at again: {when}.",
    "outcomes_lead_to": "What each outcome would lead to:",
    "somebody_gone": "somebody no longer in the list",
    # The card.
    "their_time": "{time} in {city}",
    "no_number_yet": "no number yet",
    "no_name": "scripts do not know your name: press {key} to give it",
    "next_up": "{who}. {why}",
    "left_open_title": "Left open",
    "left_open": "{when}: how did it go?",
    "left_open_note": '{when}, your note "{note}": how did it go?',
    "left_open_call": "Left open: how did it go?",
    "correcting_title": "Correcting",
    "to_correct": "{when}, {was}: what is right?",
    # The session.
    "not_in_list": "This person is no longer in your list.",
    "still_open": "{name} is still open: finish this call first",
    "nothing_counts_down": "Nothing counts down here.",
    "ask_pause": "Pause for",
    "no_session": "No session is running: there is no clock to stop.",
    "stood_still": "The computer stood still for a while: nobody is called by itself now.",
    "time_is_up": "Your time is up. {extend} gives you five more minutes.",
    "goal_reached": "Goal reached. {end} ends the session here; there is time for more if you like.",
    "nobody_else": "Nobody else can be called now. {end} shows what this session brought.",
    "nobody_else_matches": (
        "Nobody else who matches '{text}' can be called now. {end} shows what this session brought."
    ),
    # After a stop of the program.
    "back_with": "Back where you left off with {name}.",
    "back_with_no_length": (
        "Back where you left off with {name}. The computer's clock was changed in between: the length of "
        "this call is unknown and not counted."
    ),
    "session_ended": (
        "Your last session ended when the program stopped. Half-written notes wait on their cards."
    ),
    "stopped_during": "The program stopped during this call. What you choose now counts for {day}.",
    "stopped_during_no_length": (
        "The program stopped during this call. What you choose now counts for {day}. The computer's clock"
        " was changed in between: the length of this call is unknown and not counted."
    ),
    "left_open_gone": (
        "A call was left open, but the person is no longer in your list. Its notes are in {where} (see "
        "powerhour doctor)."
    ),
    "left_open_lost": (
        "The call with {who} could not be brought back. Its notes are in {where} (see powerhour doctor)."
    ),
    "something_lost": (
        "Something of the last run could not be brought back. It is in {where} (see powerhour doctor)."
    ),
    "unsaved_no_call": "{why} No call was open: only what you chose on the queue is lost.",
    "unsaved_call": "{why} The open call, with its notes, is in {where}",
    "unsaved_lost": "{why} The open call could not be written anywhere else either: its notes are lost.",
    # The page on which values stand that were put aside.
    "aside_page": "Power Hour could not bring this back, and put it aside on {when} UTC.",
    "unsaved_page": "Power Hour could not save this on {when} UTC.",
    "failed_twice": "the program could not start with it twice in a row",
    "person_gone": "the person is no longer in your list",
    "a_call": "A call",
    "begun": "  begun {at}",
    "half_written": "  half written: {words}",
    # Before a dial.
    "sound_check": "Headset on, room quiet?",
    "law_forbids": "{rule} To call anyway, type your reason:",
    "call_anyway": "{said} Call anyway?",
    "overridden": "{rule} Because: {reason}",
    "reason_needed": "Not called: a reason is needed, and it is kept with the call.",
    "no_number": "{name} has no number yet.",
    "no_number_type_one": "{name} has no number yet. {by_hand} types one.",
    "no_other_number": "{name} has no other number. {by_hand} types one.",
    "not_a_number": "{typed}: {problem:problem}. For example: +44 20 7946 0100.",
    "call_is_over": "This call is over: choose its outcome, then call again.",
    "no_session_to_call": "Start a session first: Enter on the queue",
    # During a call.
    "keep_note_first": "Keep this note first with Enter; then Up changes the one before.",
    "another_call_in_hand": "Nothing was changed: another call is in hand by now.",
    "time_to_come": "Nothing was changed: {typed} is still to come.",
    "no_time": (
        "Nothing was changed: {typed} is no time. Write it as 10:40, yesterday 17:30 or 2026-11-23 14:01."
    ),
    "last_line": "That was the last line: {over}, then choose the outcome.",
    "first_line": "This is the first line.",
    "signal_buying": "Buying signal kept",
    "signal_no_buy": "No-buy signal kept",
    "signal_no_buy_again": "No-buy signal kept. Two of them: a friendly goodbye may be best",
    "suggestions_homeless": "There is no folder to keep suggestions in",
    "suggestion_lost": "The suggestion was not kept: {problem}",
    "suggestion_kept": "Kept for the trainer: powerhour scripts suggestions",
    "still_unanswered": "Still open: {question} {back} goes back.",
    "asked_later": "The call with {name} is still open: it is asked for at the next start.",
    "not_to_throw_away": "Only a call that may never have happened can be thrown away, once it is over.",
    "loose_call_ended": "A call that belongs to no card was still up. It was hung up.",
    "call_recorded": "The call was recorded. The files are in {folder}.",
    "not_ringing_for": (
        "It is not ringing yet, after {seconds:second|seconds}. Keep waiting? {hang_up} hangs up."
    ),
    "silent_for": "No sound has come from them for {seconds:second|seconds}. Are they still there?",
    # The team's settings.
    "team_changed": (
        "Team settings changed: {lines:line|lines}. {look} shows them; they count from the next start."
    ),
    "team_changed_now": (
        "Team settings changed: {lines:line|lines}. {look} shows them; stricter rules count now."
    ),
    "team_changed_since": "Team settings changed: {lines:line|lines}, compared with {seen}. {look} shows them.",
    "team_as_before": "The team's settings are again those you work with.",
    "team_not_yet": "You work with the version before until the next start.",
    "team_partly_now": "Stricter rules count now. In all else you work with the version before until the next start.",
    "team_now": "This counts from now on.",
    # The script.
    "hollow_reason": (
        "Saved. But '{phrase}' gives them no reason to talk. Better is what is in it for them, e.g. 'the "
        "price list holds until Friday'."
    ),
    "scripts_changed": "Scripts changed: {names}",
    "said_before": "They said before: {said}",
    "line_of": "{place} of {total}",
    "softer": "A line by e-mail may be kinder.",
    "reasons_used_up": "all used up. {own} types one of your own. {instead}",
    "follow_up_too_many": "Follow-up {number} with this script, which says enough after {most}.",
    "offer_anyway": "Show the offer anyway",
    "ask_first": "Ask first. Then you may offer: {offer}",
    "they_said": "They said: {objection}",
    # The phone.
    "tones_sent": "Tones sent: {count}.",
    "nobody_on_line": "Nobody is on the line.",
    "keys_of_your_phone": "Use the keys of your phone for that.",
    "not_recorded_here": "Calls are not recorded here. See softphone.record in docs/phone.md.",
    "record_before": "Recording is chosen before it rings.",
    "not_agreed_to_record": "{name} has not agreed: {field} does not say yes.",
    "silent": "no sound from them",
    "silent_so_long": "no sound from them for {seconds} s",
    "signed_in": "signed in",
    "signing_in": "signing in",
    "not_signed_in": "not signed in",
    "not_signed_in_since": "not signed in since {since}",
    "not_signed_in_why": "not signed in since {since}: {why}",
    "withheld": "a withheld number",
    "calls_up": "{count:call is|calls are} still up",
    "call_to_up": "the call to {who} is still up",
    "call_from_up": "the call from {who} is still up",
    "call_up": "call up",
    "hang_up_key": "{what}: {key} hangs up",
    # Incoming calls.
    "missed_withheld": (
        "Somebody called without showing a number, and nobody answered. There is nobody to call back."
    ),
    "missed_no_number": (
        "{number} called, and nobody answered. It is no number to call back, so no contact was made."
    ),
    "missed_here": "The call from {who} was not answered here.",
    "missed": "{who} called and nobody answered.",
    "missed_on_top": "{who} called and nobody answered. They are on top of the queue.",
    "missed_below": "{who} called and nobody answered. They are in the queue, below {first}.",
    "missed_unsaved": "{who} called and nobody answered. {why}",
    "answered_elsewhere": "The call from {who} was answered on another phone.",
    "calling_too": "{who} is calling too, and comes up next.",
    "callers": "{who} and {others:more|more}",
    "no_longer_called": "{name} is no longer being called: you answered another call.",
    "number_withheld": "number withheld",
    "extension": "extension {number}",
    "this_caller": "This caller",
    "ask_which_call": "{name}: the caller on this card, or another call?",
    "caller_is": "This call is with {name} now. Your notes came along.",
    "you_promised": "You promised: {promise}",
    "they_expect": "They expect {owner}'s call: {promise}",
    # The outcome.
    "paused_first": "The clock is paused: go on first, then choose the outcome.",
    "talking_first": "You are talking to {name}: end the call first, then choose the outcome.",
    "not_called_yet": "{name} is not ringing yet: an outcome counts once you have called.",
    "not_ringing_yet": "The call to {name} has only just begun: choose the outcome once more.",
    "not_of_their_call": 'They called you: "{outcome}" cannot be the outcome of this call.',
    "gatekeeper_words": "The gatekeeper: the words for them are on the screen. {key} again logs it.",
    "promise_to_nobody": (
        "You do not know yet who this is, so nobody could be called back. {caller} says who it is."
    ),
    "saves": "save",
    "chooses_time": "choose which time is meant",
    "saves_then_back": "save, then back to {name}",
    "saves_then_queue": "save, then back to the queue",
    "saves_then_next": "save, then show {name} (Enter again calls)",
    "saves_in_overtime": "save; your time is up",
    "choices": "Space: {choices}",
    "ask_when": "When shall we call? For example: fri 3pm",
    "time_unknown": "Not a time I know. Try: fri 3pm, tomorrow 10:30, in 2 weeks",
    "time_is_past": "That was earlier. Did you mean '{offer}'?",
    "time_misspelled": "Did you mean '{offer}'?",
    "which_time": "{offer}?",
    "numbers_unknown": "Your phone server knew none of the numbers so far. Set softphone.numbers (docs/phone.md).",
    "number_unknown": ("{said} That can pass. Wrong number is suggested if it says so on another day too."),
    "number_unknown_again": "{said} It said so on {day} too: the number is probably wrong.",
    "attempt_counts": "You called {name}, so the call goes on record. Choose how it went.",
    # Undo, and putting right.
    "nothing_to_undo": "Nothing to undo in this session",
    "thrown_back": "The call with {name} is back. Choose its outcome.",
    "decision_undone": "Undone: {name} is back as before",
    "back_in_queue": "{name} is back in the queue",
    "message_undone": "Undone: {name}, {what}.",
    "outcome_undone": "Undone: {name}, {outcome}. Choose again.",
    "stranger_undone": "Undone: unknown caller, {outcome}. Choose again.",
    "owed_again": "To do again: {what} · {name}",
    "not_owed": "This is no longer to do.",
    "call_not_in_list": "This call is no longer in your list.",
    "nothing_to_correct": "There is nothing to correct any more: the call was undone meanwhile.",
    "nothing_changed": "Nothing was changed: {call}.",
    "correction_undone": "As it was before the correction: {call}.",
    "past_call": "{outcome} · {name}, {when}",
    "no_win": "No meeting or sale is noted here.",
    # People.
    "ask_sent": "What did {name} get?",
    "ask_decide": "{name} was put off twice. Decide:",
    "ask_skip": "Why not {name} now?",
    "ask_pursuit": "No more calls to {name}?",
    "ask_stop": "Why stop?",
    "ask_one_or_two": "{one} · {other}. One person?",
    "one_person": "{one} and {other} are one person now. {undo} undoes it.",
    "one_of_that_name": "{name} is in your list only once now. {undo} undoes it.",
    "two_people": "{one} and {other} are two people. {undo} undoes it.",
    "two_of_that_name": "There are two people called {name}. {undo} undoes it.",
    "pair_settled": "A colleague has answered that meanwhile.",
    "twice_undone": "{name}: undone.",
    "nobody_twice": "Nobody seems to be in your list twice.",
    "merged": "From your colleagues: {news}",
    "not_merged": "{why} It is kept as {where}.",
    "ask_same_person": "{name} looks like {like}, who asked not to be called. Same person?",
    "enter_answer": "say whether {name} is {like}",
    "same_as": "the same person as {like}, who asked not to be called",
    "not_same_as": "not the same as {like}, who asked not to be called",
    "the_same": "Nobody calls {name} any more · {undo} undo",
    "answer_undone": "Undone. You are asked again whether {name} is {like}.",
    "somebody_else": "{name} is not the same person as {like} and may be called · {undo} undo",
    "row_looks_like": (
        "looks like {like}, who asked not to be called; same person? Nobody calls them until that is answered, on"
        " the card or with `powerhour dnc answer`"
    ),
    "callable_again": "Enter calls {name}.",
    "not_callable_yet": "{name} is no longer put off, but cannot be called right now.",
    "hand_over_to_whom": "Who takes {name} over? Give their name.",
    "hand_over_note": "What must {rep} know about {name}? A hand-over needs a note.",
    "hand_over_not_agreed": "Ask {name} first: a customer is handed over only if they agree.",
    "hand_over_unknown": 'Nobody on the team is called "{rep}".',
    "hand_over_unknown_like": 'Nobody on the team is called "{rep}". Did you mean {near}?',
    "taken_already": "{name} is yours already.",
    "taken_by_nobody": "Say who you are first: {settings} on the queue, then me.name.",
    "handed_over_record": "from {before} to {rep} on {day}, they agreed: {said}",
    "same_row": "the same person as row {row}",
    # The people folder.
    "team_read": "team list read {at}",
    "team_read_short": "team list {at}",
    "ask_for_manager": "What should your manager decide about {name}?",
    "ask_for_answer": "{asked} Your answer:",
    "manager_needs_words": "Nothing was changed: write one sentence.",
    "said_by": "{said} ({rep}, {day})",
    "team_hour_offer": "Your team calls together until {until}: {join} joins.",
    "team_hour_joined": "You are in the team's power hour until {until}. {leave} leaves it.",
    "team_hour_left": "You left the team's power hour.",
    "team_hour_over": "The team's power hour is over.",
    "team_hour_over_talked": "The team's power hour is over: together {talks:talk|talks}.",
    "team_hour_over_agreed": "The team's power hour is over: together {agreed:agreed next step|agreed next steps}.",
    "team_hour_over_both": (
        "The team's power hour is over: together {talks:talk|talks} and {agreed:agreed next step|agreed next steps}."
    ),
    "team_hour_not_on": "No power hour of a team is on now.",
    "list_read": "shared list {at}",
    "list_read_short": "list {at}",
    "has_them_now": "{colleague} has {name} now",
    "only_a_manager_lifts": (
        "The shared list did not take the lift: only a manager lifts a do-not-call. For the team it still stands."
    ),
    "list_takes_no_such": "The shared list did not take everything: something in it cannot be stored there.",
    "team_offline": "offline since {since}: your own people only",
    "team_offline_short": "offline since {since}",
    "folder_without_rights": (
        "The people folder is on a drive that knows no rights, such as a USB stick: whoever holds the "
        "drive can read your people."
    ),
    # The do-not-call list and old notes.
    "now_refused": "Now on the do-not-call list, added from outside: {name}.",
    "now_refused_several": "Now on the do-not-call list, added from outside: {name} and {others:more|more}.",
    "damaged_letters": (
        "{count:do-not-call|do-not-calls} added from outside could not be read: see {where}, and add whom"
        " you find there."
    ),
    "damaged_page": (
        "Lines from the do-not-call inbox that could not be read. Each was meant to keep somebody from "
        "being called."
    ),
    "not_refused": "not on the list",
    "in_register": "in {register}",
    "notes_blanked": "{count:note was|notes were} older than {length} and blanked. The calls stay.",
    "note_will_go": (
        "1 note is older than {length}. It will be blanked at the first start from tomorrow on. A copy of"
        " the data folder keeps the text (record.keep_notes)."
    ),
    "notes_will_go": (
        "{count:note is|notes are} older than {length}. They will be blanked at the first start from "
        "tomorrow on. A copy of the data folder keeps the text (record.keep_notes)."
    ),
}


def notice(code: str, **values: Any) -> str:
    """The sentence of a code with its values. Raises `KeyError` for a code or a field that is not there."""
    return in_words(NOTICES[code], values)
