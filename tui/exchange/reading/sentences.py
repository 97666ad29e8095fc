"""What the reading of a file has to say: of the file, of a row that is not taken, and of one that is.

These sentences stand here and not in `cockpit/wording`, because `exchange` knows no cockpit: the screen, the command
line and its JSON say them as they are, and what a file says against a call is kept in the record.
"""

from __future__ import annotations

from typing import Any

from tui.locale.spoken import filled

_SENTENCES = {
    # The file cannot be imported.
    "unreadable": "Cannot read {file}: {reason}. Check the name.",
    "empty": "{file} is empty. Export the list again.",
    "too_large": "{file} is larger than {most} MB. Split it and import the parts.",
    "workbook": "{file} is an Excel or OpenDocument workbook, not a table of text. "
    "Save it as CSV (UTF-8) and import that.",
    "old_workbook": "{file} is an Excel workbook, not a table of text. Save it as CSV (UTF-8) and import that.",
    "pdf": "{file} is a PDF, not a table of text. Export the list as CSV and import that.",
    "compressed": "{file} is a compressed file, not a table of text. Unpack it and import the CSV in it.",
    "document": "{file} is a word processor's file, not a table of text. Export the list as CSV and import that.",
    "long_line": "{file} has a line of more than {most} MB, so it is no list. Export it again.",
    "no_table": "{file} is a web page with no table of people in it. Export the list as CSV.",
    "bad_json": "{file} is JSON, but broken. Export the list again.",
    "bad_json_at": "{file} is JSON, but broken at line {line}. Export the list again.",
    "no_json_list": "{file} is JSON, but has no list of people in it. Export the list as CSV.",
    "bad_xml": "{file} is XML, but broken at line {line}. Export it again.",
    "no_phone_book": "{file} is XML, but no phone book with names and numbers. Export it as CSV.",
    "entities": "{file} defines entities of its own, which no phone book does. Export it as CSV.",
    "register": "{file} looks like a copy of a do-not-call register: an area code and a number, and nobody's name. "
    "Take it with: powerhour dnc import FILE --register NAME --date DAY.",
    "not_to_call": "{file} holds numbers that nobody may call. "
    "Take it with: powerhour dnc import FILE --register NAME --date DAY.",
    "no_encoding": "--encoding {said}: there is no encoding of that name. "
    "Usual ones are utf-8, cp1252, shift_jis, gb18030, cp1251, mac_roman.",
    "no_encoding_like": "--encoding {said}: there is no encoding of that name. Did you mean {close}? "
    "Usual ones are utf-8, cp1252, shift_jis, gb18030, cp1251, mac_roman.",
    "newer_export": "{file} was exported by a newer Power Hour (format {version}; this one reads up to {ours}). "
    "Update first: powerhour --version.",
    "whole_account": "{file} holds all records of a colleague. Take it in with `powerhour merge {file}`.",
    "calls_export": "{file} is an export of calls, not of contacts. Import the export of the contacts.",
    "bad_first_row": "{file}, row 1: {problem}. Export only the columns you need.",
    "only_a_header": "{file} has a header but no row below it. Export the list again.",
    "no_column": "Nothing in {file} is a contact: no column ({columns}) looks like a name, a company, "
    "a phone or an e-mail.",
    "no_contact": "Nothing in {file} is a contact. {where}: {reason}.",
    "undecided": "The column {column!r} may say who must not be called, and its cells do not decide it.",
    "whose_numbers": "{file} holds nothing but numbers, and nobody said whether they are people to call.",
    "stopped": "Import stopped after {rows}; nothing was changed.",
    # A `--map` that cannot be followed.
    "map_unclear": "--map {said}: write what it is, =, and the column: --map phone=Mobile.",
    "map_word": "--map does not know {word!r}. It knows: {known}.",
    "map_word_like": "--map does not know {word!r}. Did you mean {close}? It knows: {known}.",
    "map_dates": "--map dates={word}: say dates=day-first or dates=month-first.",
    "map_column": "--map: there is no column {column!r}. The file has {count:column|columns}: {columns}.",
    "map_column_like": "--map: there is no column {column!r}. Did you mean {close!r}? "
    "The file has {count:column|columns}: {columns}.",
    # How the file was read.
    "utf16": "Read as UTF-16.",
    "nul": "The file held NUL characters; they were left out.",
    "bad_bytes": "{file} says it is {encoding}, but byte {byte} is not; "
    "such characters show as \N{REPLACEMENT CHARACTER}.",
    "windows_line": "Not UTF-8 (line {line}); read as Windows-1252. Check the accents in the preview.",
    "windows_lines": "Not UTF-8 ({count:line|lines}, first line {line}); read as Windows-1252. "
    "Check the accents in the preview.",
    "told_encoding": "Read as {encoding}, as you said; {characters} in it cannot be read so.",
    "letters": "Broken letters ({sample}) were mended in {places}.",
    "escapes": "Escaped characters ({sample}) were mended in {places}.",
    "mended_as": "{broken} for {mended}",
    "separator": "The columns are separated by {separator!r}.",
    "wrapped": "Whole lines stood in quotes; they were read as rows.",
    "web_page": "The file is a web page; the rows are those of its largest table.",
    "no_header": "The file has no header row; the columns are guessed from what they hold.",
    "header_below": "The header is in row {row}; {rows} above it left out.",
    "dates_day_first": "Dates are read with the day first: row {row} has {cell} in {column!r}.",
    "dates_month_first": "Dates are read with the month first: row {row} has {cell} in {column!r}.",
    "dates_day_first_column": "Dates in {column!r} are read with the day first: row {row} has {cell}.",
    "dates_month_first_column": "Dates in {column!r} are read with the month first: row {row} has {cell}.",
    "dates_day_first_said": "Dates are read with the day first, as you said.",
    "dates_month_first_said": "Dates are read with the month first, as you said.",
    "dates_open": "{cell} in {column!r} may be two days, and nothing in the file says which",
    "own_export": "An export of Power Hour: everybody keeps their id, list and do-not-call. It carries no calls and no "
    "notes of calls, no wishes about when to call, no answers kept from scripts, and no decision to stop.",
    # Which column, when its heading is blank or stands there before, and which row.
    "column": "Column {number}",
    "column_again": "{heading} ({number})",
    "row": "row {row}",
    "row_on_line": "row {row} (line {line})",
    "row_on_lines": "row {row} (lines {line} to {last_line})",
    # Why a row is not taken.
    "long_cell": "a cell in it holds more than {most:character|characters}",
    "many_cells": "it has more than {most:cell|cells}",
    "repeats_header": "it repeats the header",
    "marked": "the file marks it {action!r}; nobody marked so is imported, and nobody is deleted",
    "deleted": "the file marks it as deleted",
    "group": "it is a group, not a person",
    "department": "it is a group or a department, not a person",
    "change": "it is a change to an address book, not a person",
    "deleted_refused": "the file marks it as deleted; it is kept, because they asked not to be called",
    "nobody": "it has no name, company, number or e-mail",
    "nobody_and": "it has no name, company or e-mail, and {remark}",
    # What to know of a row that is taken.
    "torn": "a quote in it never closes; it was read without quotes",
    "joined": "a quote in it does not fit; {count:line was|lines were} read as one row",
    "more_cells": "it has more cells than the header; check that nothing slipped",
    "cut": "{column!r} holds more than {most:character|characters}; the rest was left out",
    "not_dialled": "{number}: {problem}",
    "no_such_country": "the country {said!r} is not known; its numbers need a + and their country code",
    "no_number": "{cell!r} is no phone number",
    "no_mail": "{cell} is no e-mail address",
    "no_such_zone": "the time zone {said!r} is not known",
    "no_such_language": "the language {said!r} is not known",
    "wish": "{column!r} says {said!r}; that is a wish about when or where, so they can be called",
    "no_date": "the call-back date {said!r} cannot be read; write 2026-11-23",
    "long_past": "the call-back date {said} is long past; kept as a field",
    # What is written down about a person.
    "problem_noted": "noted in {file}",
    "opted_out": "opted out in {file}",
    "opted_out_saying": "opted out in {file}: {word}",
}

_KEPT = frozenset({"problem_noted", "opted_out", "opted_out_saying"})
"""Kept in the record, where the same file must find the same words again: English whatever the screens speak."""


def sentence(code: str, **values: Any) -> str:
    """The sentence of a code with its values. Raises KeyError for a code or a value that is missing."""
    if code in _KEPT:
        return _SENTENCES[code].format(**values)
    return filled(_SENTENCES[code], values)
