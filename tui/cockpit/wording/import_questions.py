"""What is asked about a file before it is imported: the question, what each key says, and the flag that answers."""

from __future__ import annotations

import shlex

from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.why import in_words
from tui.domain.day_words import on_record
from tui.exchange.reading.dates import DateOrder, read_date
from tui.exchange.reading.headings.headers import Meaning
from tui.exchange.reading.questions import Asks, Question
from tui.locale.spoken import translated

_ASKED = {
    Asks.DO_NOT_CALL: "Does {column!r} say who must not be called? In it: {sample}",
    Asks.DATES: "Is {sample} in {column!r} {day_first} or {month_first}? Nothing in the file says which.",
    Asks.NUMBERS: "{column!r} holds only phone numbers and is not used. Use them?",
    Asks.WHOSE: "The file holds nothing but numbers, e.g. {sample}. "
    "Are these people to call, or numbers not to call?",
    Asks.COUNTRY: "{count:number has|numbers have} no country, e.g. {sample}: which country?",
}
_COUNTRY_NAMED = "{count:number is|numbers are} in {column!r}, e.g. {sample}: which country is that?"
_FLAGS = {
    Asks.DO_NOT_CALL: "The column {column!r} may say who must not be called, and its cells do not decide it. "
    "In it: {sample}. If a yes there forbids calls, say --dnc {quoted}; if it allows them, --map may_call={quoted}; "
    "if it is about something else, --map field={quoted}.",
    Asks.DATES: "{sample} in {column!r} is {day_first} or {month_first}, and nothing in the file says which. "
    "If the day stands first, say --day-first; if the month does, say --month-first.",
    Asks.WHOSE: "The file holds nothing but numbers, e.g. {sample}. If they are people to call, say --to-call; "
    "if nobody may call them, take the file with: powerhour dnc import FILE --register NAME --date DAY.",
    Asks.NUMBERS: "The column {column!r} holds only phone numbers and is not used. To use it: --map {phone}",
    Asks.COUNTRY: "{count:number has|numbers have} no country, e.g. {sample}. Say which with --region, "
    "for example --region GB.",
}
_COUNTRY_NAMED_FLAGS = (
    "{count:number is|numbers are} in {column!r}, e.g. {sample}, and no such country is known. "
    "Say which it is with --country, for example --country {albion}."
)
_KEYS = {
    Asks.DO_NOT_CALL: {
        "y": "yes forbids calls",
        "a": "yes allows calls",
        "n": "neither, keep it as a field",
    },
    Asks.NUMBERS: {"y": "use them", "n": "keep it as a field"},
    Asks.WHOSE: {"c": "people to call", "n": "numbers not to call"},
}
ENCODING_FLAG = "If letters come out wrong, say how the file is written, for example --encoding shift_jis."
ENCODING_KEY = "Wrong letters? Press {key} to choose how the file is written."
NO_OTHER_ENCODING = "The file itself shows how it is written; there is nothing to choose."
WHICH_ENCODING = "Which line reads right?"
_ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Western Europe, Windows",
    "cp1250": "Central Europe, Windows",
    "cp1251": "Cyrillic, Windows",
    "cp1253": "Greek, Windows",
    "cp1254": "Turkish, Windows",
    "mac_roman": "Western Europe, old Mac",
    "cp850": "Western Europe, DOS",
    "cp932": "Japanese, Windows",
    "euc_jp": "Japanese, Unix",
    "gb18030": "Chinese, simplified",
    "cp950": "Chinese, traditional",
    "cp949": "Korean",
}
"""By Python's name of an encoding."""
TYPED_HELP = "Type its name or its two letters; Enter alone leaves it open."
_NO_COUNTRY = "No country is called {typed!r}."


def question(one: Question) -> str:
    """What the rep is asked, where there is somebody to ask."""
    named = one.code is Asks.COUNTRY and one.column
    return _filled(_COUNTRY_NAMED if named else _ASKED[one.code], one)


def flags(one: Question) -> str:
    """What is missing, and the flags that say it, where nobody can be asked."""
    named = one.code is Asks.COUNTRY and one.column
    return _filled(_COUNTRY_NAMED_FLAGS if named else _FLAGS[one.code], one)


def choices(one: Question) -> tuple[tuple[str, str], ...]:
    """The keys that answer and what each says; none when a country is typed."""
    words = _day_words(one) if one.code is Asks.DATES else _KEYS.get(one.code, {})
    return tuple((key, translated(words[key])) for key in one.choices)


def encoding_words(encoding: str) -> str:
    """What an encoding is called where somebody chooses one."""
    return translated(_ENCODINGS.get(encoding, encoding))


def no_answer(typed: str) -> str:
    """That a typed country is none."""
    return translated(_NO_COUNTRY).format(typed=typed)


def _day_words(one: Question) -> dict[str, str]:
    """The two days that a date may be, by the key that says so."""
    return {"d": _day(one, DateOrder.DAY_FIRST), "m": _day(one, DateOrder.MONTH_FIRST)}


def _day(one: Question, order: DateOrder) -> str:
    read = read_date(one.sample[0], order)
    return on_record(read.at.date()) if read else order.replace("_", " ")


def _filled(template: str, one: Question) -> str:
    days = _day_words(one) if one.code is Asks.DATES else {"d": "", "m": ""}
    return in_words(
        template,
        {
            "column": one.column,
            "day_first": days["d"],
            "month_first": days["m"],
            "count": one.count,
            "sample": ", ".join(one.sample),
            "quoted": shlex.quote(one.column),
            "phone": shlex.quote(f"{Meaning.PHONE}={one.column}"),
            "albion": shlex.quote(f"{one.column}=GB"),
        },
    )


def rows_so_far(rows: int) -> str:
    """How far reading or importing is."""
    return notice("rows_so_far", rows=rows)


def why_refused(refused: Exception, file: object) -> str:
    """Why nothing could be read from a file, and what to do: the refusal's own words, or that it gives nothing."""
    from tui.exchange.reading.decode import ImportRefused

    why = str(refused) if isinstance(refused, ImportRefused) else ""
    if not why:
        return notice("unreadable", file=file)
    if isinstance(refused, ImportRefused) and refused.example:
        return notice("give_a_heading", why=why)
    return why


def of_row(row: int, words: str) -> str:
    """What is to be said of one row."""
    return notice("of_row", row=row, words=words)
