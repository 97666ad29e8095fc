"""The sentences and labels of screens and widgets: a literal template with named fields for each code.

What has no value stands where it is shown. What an action says is in `cockpit/wording/notices.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.locale.spoken import Filled, filled, translated
from tui.widgets.lines import Line, Part

WORDS: Mapping[str, str] = {
    "state_ready": "READY",
    "state_next_in": "NEXT IN {seconds}",
    "state_dialling": "DIALLING  {time}",
    "state_ringing": "RINGING  {time}",
    "state_by_hand": "DIAL ON YOUR PHONE  {time}",
    "state_talking": "TALKING  {time}",
    "state_over": "CALL OVER",
    "state_over_talked": "CALL OVER, talked {time}",
    "state_paused": "PAUSED  {time}",
    "theme_dark": "dark",
    "theme_light": "light",
    "does_nothing": "{key} does nothing here. {keys} shows every key.",
    "caps_lock": "Caps Lock seems to be on: capitals are taken as small letters.",
    "caps_lock_own": "Caps Lock seems to be on: {key} was not taken. Press it again if you mean the capital.",
    "digit_needs_shift": "{sign} begins a note. On a French keyboard {digit} needs Shift.",
    "to_answer": "answer",
    "off_now": "{label}: {why}",
    "not_now": "Not now",
    "kind_outcome": "outcome",
    "kind_said": "what they said",
    "kind_person": "a person",
    "kind_list": "a list",
    "kind_setting": "a setting",
    "kind_theme": "colours",
    "line_not_empty": "Words stand on the note line. {key} keeps them first.",
    "theme_until_end": "Colours: {theme}, until you leave. theme: {theme} in your settings keeps them.",
    "why": "Why {name}",
    "incoming": "Incoming call: {who}",
    "team_hour": " Team hour {left} left   talked {talked}   agreed {agreed}",
    "shows_card": "{key} shows the card",
    "too_long": "Too long for this line: it holds {most:character|characters}. Nothing was added.",
    "no_answer_here": "{key} is not an answer here; Esc leaves the question.",
    "other_number": "{key}  other number",
    "letters_begin": "Letters begin a note; {key} answers.",
    "hand_over": "Hand {name} over to a colleague",
    "for_list": "{file}, for the list {name}",
    "and_more": "and {more:more|more}",
    "refused_column": "{why} Open it again: {key} corrects a column.",
    "reading": "Reading {file} ...",
    "rows_done": "{file}: {rows:row|rows} done.",
    "import_unsaved": "It could not be saved; nothing was changed. Is the disk full? {key} tries again.",
    "folder_empty": "This folder is empty.",
    "folder_hidden": "Nothing but hidden files is in this folder.",
    "folder_others": "No list of contacts is in this folder, only {others:file of another kind|files of other kinds}.",
    "folder_closed": "This folder cannot be opened: {why}.",
    "folder_waits": "Waiting for the folder {folder}. Its drive has not answered yet; it may be out of reach.",
    "folder_waits_keys": "Press {leave} to leave, {path} to type where the file is, {up} for the folder above.",
    "folder_kinds": (
        "A list is a file that ends in .csv, .tsv, .txt, .xls, .html, .vcf, .ldif, .json or .xml. "
        "An Excel workbook is saved as CSV first."
    ),
    "folder_keys": "Press {path} to type where the file is, {up} for the folder above.",
    "no_folder_above": "There is no folder above this one.",
    "key_not_taken": "Somebody is calling: {key} was not taken. Press it again if you mean them.",
    "key_once": "{key} counted once.",
    "key_moved_on": "The call has just moved on: press {key} again if you mean this.",
    "problems": "{count:problem|problems}",
    "setting_fixed": "{name} cannot be changed here: the line above says why.",
    "change_part": "Change: {part}",
    "change_shared_part": "Change: {part}, for every script that takes it",
    "no_editor": "No editor can be opened in this terminal. The line is {file}:{line}",
    "not_started": "{program} cannot be started: {why}.",
    "preview_way": "{way}   {seconds:.0f} s so far",
    "preview_way_blank": "{way}, nothing known   {seconds:.0f} s so far",
    "preview_title": "{title}, version {version}",
    "some_of": "{some} of {every}",
    "heard_also": "Also: {words}",
    "line_of": "{section}, {number} of {total}",
    "proposed": "proposed: {outcome}",
    "to_say": "{seconds:.0f} s to say",
    "kept_as": "kept as {name}",
    "only_if": "only if {condition}",
    "no_value": "no value for {names}",
    "lines_seen": "{seen} of {total:line|lines} seen",
    "variant": "version {name}",
    "notes": "{count:note|notes}",
    "ready_now": "Ready now: {what}",
    "only": 'only "{filter}"',
    "name_filter": 'A name for the filter "{filter}"',
    "this_session": "This session",
    "note_line": "{keep} keeps the note.  On an empty line: {on} {next_line}, {find} {search}",
    "note_line_answers": "{keep} keeps the note.  On an empty line: {digits} answer, {on} {next_line}, {find} {search}",
    "keeps_note": "What you type is a note; {keep} keeps it.",
    "note_line_short": "{keep} keeps it.  {on} {next_line}, {find} {search}",
    "note_line_answers_short": "{keep} keeps it.  {digits} answer, {on} {next_line}, {find} {search}",
    "enter_or": "Enter or {key}",
    "people": "{count:person|people}",
    "caller_key": "{key} caller",
    "test_clock": "{at} test clock",
    "time_over": "{time} over",
    "time_left": "{time} left",
    "undo": " · {key} undo",
    "too_small_keys": "No key does anything until it is larger; {key} leaves, and an open call is kept.",
    "too_small": "Power Hour needs {width} x {height}; this window is {has_width} x {has_height}.",
    "clock_stopped": "   clock stopped: {why}",
    "serving": "   serving customers {time}",
    "seconds": "{count:second|seconds}",
    "you_said": "You said: {words}",
    "again_logs": "{key} again logs it",
    "known": "Known",
    "called": "Called",
    "so_far": "So far",
    "objections": "Objections",
    "same_company": "Same company",
    "if_voicemail": "If it is voicemail",
    "rest_of_facts": "{key} shows the rest",
    "then": "then: ",
    "today": "Today: talked {talked}   agreed {agreed}   to do {to_do}",
    "rows_more": "{below:more|more}",
    "rows_above": "{above:,} above",
    "rows_above_and_more": "{above:,} above, {below:more|more}",
    "held_line": " Not today: {people:person|people}. {key} shows why.",
    "problems_more": "{first} And {more:more|more}: {key} shows all.",
    "one_problem": "{first}",
    "long_problem": "{first} {key} shows all.",
    "changing": "changing {at}: {key} keeps it, empty removes it",
    "note_saved": "saved",
    "note_unsaved": "not saved yet",
    "note_refused": "NOT SAVED",
    "changes_saved": "{key} changes a note   saved",
    "changes_unsaved": "{key} changes a note   not saved yet",
    "changes_refused": "{key} changes a note   NOT SAVED",
    "space": "Space: {choices}",
    "space_more": "Space: {choices}, {more:more|more}",
    "tally": "   {what} {count}",
    "tally_goal": "   {what} {count} of {goal}",
    "tally_short": "  {what} {count}",
    "tally_goal_short": "  {what} {count}/{goal}",
    "no_company": "No company is on record for this person.",
    "company_now": "{company}: can be called now",
    "company_not_now": "{company}: not now",
    "twice": " Somebody may be in your list twice: {key} asks who.",
    "import_own": "{key}  imports your own list",
}
"""`{people:person|people}` is a number with its noun; other fields take what Python's `format` takes."""


def say(code: str, **values: Any) -> str:
    """The sentence of a code with its values. Raises `KeyError` for a code or a field that is not there."""
    return filled(WORDS[code], values)


def styled(code: str, look: str, **parts: tuple[Any, str]) -> Line:
    """The sentence of a code as parts of a line: its own words in one look, each value in the look given with it."""
    line, form = list[Part](), Filled()
    for words, name, spec, _ in form.parse(translated(WORDS[code])):
        line += [(words, look)] if words else []
        if name is not None:
            value, its_look = parts[name]
            line.append((form.format_field(value, spec or ""), its_look))
    return tuple(line)
