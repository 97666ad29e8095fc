"""The sentences of the domain's codes: why somebody is next or not, and what to know before a dial.

A field says how its value is put into words: `{calls:times}`, `{days:day|days}`, `{again:time}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from tui.domain.contact import Refusal
from tui.domain.day_words import date_words, every_days, number_of, on_record, promise_words, times
from tui.domain.next_step import NextStep
from tui.domain.promise import Promise
from tui.domain.why import Why, why
from tui.locale.spoken import Filled, counted, country, country_called, time_of_day, translated
from tui.phone import PROBLEM_WORDS, GuardVerdict

_SENTENCES: Mapping[str, tuple[str, ...]] = {
    # Before a dial: the law.
    "law_hours": (
        "{law}: it is {now:time} there, outside the hours of the law. Allowed again {again:time}."
        " ({citation}, as of {as_of:record})",
        "{law}: it is {now:time} there, outside the hours of the law. ({citation}, as of {as_of:record})",
    ),
    "law_cap": (
        "{law}: called {calls:times} in {hours:length}, the law allows {most}. Allowed again {again:time}."
        " ({citation}, as of {as_of:record})",
    ),
    "law_cooling_off": (
        "{law}: they refused; no call before {until:day}. ({citation}, as of {as_of:record})",
    ),
    "law_consent": ("{law}: no consent of this consumer is on record. ({citation}, as of {as_of:record})",),
    # Before a dial: the house.
    "early_call": (
        "They expect {owner}'s call {promise} their time. Say why you call before it.",
        "You promised {promise} their time. Say why you call before it.",
    ),
    "they_prefer": ("They prefer {channel:channel}.",),
    "do_not_call": ("{step}",),
    "stop": ("{step}",),
    "rethink": ("{step}",),
    "nurture": ("{step}",),
    "sooner_than_planned": ("Planned for {due:day}. {step}",),
    "over_cap": ("Called {calls:times} in {days:day|days}; the plan is at most {most}.",),
    "outside_hours": (
        "It is {now:clock} there, outside calling hours. They open {again:time}.",
        "It is {now:clock} there, outside calling hours.",
    ),
    "open_problem": ("They have an open problem: {problem}.",),
    "other_rep": ("{owner} looks after this person: say that you call in their place.",),
    "repeated_reason": ("They have heard this reason before: type another one.",),
    "no_fresh_reason": ("They have heard every reason: type a new one.",),
    # Before a dial: the shared list.
    "colleague_has_them": ("{colleague} has them now.",),
    "refused_on_the_list": ("They asked a colleague not to be called.",),
    "not_free": ("A colleague called them a short time ago, or may be calling them: not now.",),
    "not_sent_yet": ("The shared list does not know them yet: try again in a moment.",),
    "offline_not_ours": ("The shared list does not answer, and a colleague may be calling them: not now.",),
    # Before a dial: the number.
    "": ("",),
    "nothing_to_dial": ("There is no number to dial.",),
    "unreadable": ("{number} cannot be dialled: {problem:problem}.",),
    "emergency": ("This is an emergency number. Power Hour never dials it.",),
    "satellite": ("This is a satellite or global number. Power Hour never dials it.",),
    "premium_rate": ("This is a premium-rate number. Power Hour never dials it.",),
    "costs_extra": ("A call to this number can cost extra. Call anyway?",),
    "other_country": (
        "This number is from another country: {country:country}. The team calls: {team:countries}. Call anyway?",
        "This number belongs to no known country. The team calls: {team:countries}. Call anyway?",
        "This number is from another country: {country:country}. The team calls none yet. Call anyway?",
        "This number belongs to no known country, and the team calls none yet. Call anyway?",
    ),
    "unlikely": ("This does not look like a valid number ({country:country}). Call anyway?",),
    # Typed for a field of a person.
    "no_time_zone": ("{typed} is no time zone we know. Write it as Europe/Rome.",),
    "no_language": ("{typed} is no language we know. Write a code such as en or it.",),
    "customer_or_not": ("Customer is yes or no, not {typed}.",),
    "no_priority": ("{typed} is no priority. Write a whole number; higher comes first.",),
    # Of a next step: nobody calls them.
    "gone": ("Not in the list any more.",),
    "refused": (
        "Do not call: {noted} ({on:record}).",
        "Do not call: {noted}.",
        "They asked not to be called: never again.",
    ),
    "looks_like": ("Looks like {like}, who asked not to be called; same person?",),
    "on_the_list": (
        "looks like {like}, who asked not to be called",
        "{noted} ({on:record})",
        "{noted}",
        "no reason on record ({on:record})",
    ),
    "number_refused": (
        "Do not call this number: {noted} ({on:record}).",
        "Do not call this number: {noted}.",
        "Do not call this number.",
    ),
    "number_is_wrong": ("Somebody else answers on this number.",),
    "wrong_number": ("Wrong number, and no other is known: find another.",),
    "not_a_fit": ("Doesn't fit: {reason}.", "Doesn't fit."),
    "stopped": ("You stopped: {reason}.", "You stopped."),
    "gatekeepers": ("Gatekeeper {calls:times}, never the person: find another way in.",),
    "no_buy_signals": ("Two signs that they will not buy: stop here?",),
    "messages_unanswered": ("{sent:message|messages} without a reply: let go.",),
    "their_channel_unanswered": ("{sent:time|times} by {channel:channel} as they asked, no reply: let go.",),
    "solve_first": ("Open problem: {problem}. Solve it before a friendly call.",),
    "no_number": (
        "{number} cannot be called as it is written: correct it.",
        "No number to call: add one.",
    ),
    "no_common_hour": ("Add their time zone; no calling hour fits all possible ones.",),
    # Of a next step: by another channel.
    "no_more_calls": ("You chose no more calls: {reason}.", "You chose no more calls."),
    "calls_unanswered": ("{calls:call|calls} without an answer.",),
    "no_talk": ("No talk in {days:day|days}.",),
    "not_now": ("They said not now: no call before {day:day}.",),
    "stay_in_touch": ("Stay in touch by {channel:channel} instead.",),
    "their_channel": ("They asked for {channel:channel}.",),
    "as_they_asked": ("By {channel:channel}, as they asked.",),
    # Of a next step: a call.
    "came_back": ("They called us on {day:day} and nobody talked to them.",),
    "may_have_come_back": (
        "Somebody called from this number on {day:day} and nobody answered: it may have been them.",
    ),
    "promised": ("They expect {owner}'s call: {promise} their time.", "You promised: {promise} their time."),
    "tried_on_time": ("You called on time {calls:times}, no answer: they expect you.",),
    "tried_late": ("You called {calls:times}, no answer: they expect you.",),
    "not_now_call_later": ("They said not now, and asked for a call: not before {day:day}.",),
    "every": ("They asked: {days:every}, at {at} their time.", "They asked: {days:every}."),
    "planned": ("Planned call: {plan}, from the list {source}.", "Planned call: {plan}."),
    "never_called": ("Never called.",),
    "customer": ("Customer: no call on record yet.",),
    "friendly_call": ("Last talk on {day:day}: a friendly call while nothing is wrong.",),
    "contacted": ("Last contacted on {day:day}, says the list {source}.", "Last contacted on {day:day}."),
    "follow_up": ("Follow-up {number} of {most}, at another time of day.",),
    "follow_up_soon": ("Follow-up {number} of {most}.",),
    "cancelled": ("What you agreed was cancelled on {day:day}: ask what was missing.",),
    "nothing_agreed": ("Nothing was agreed last time: ask when and how suits them.",),
    # Of the rep's own calls: the one thing to try.
    "try_asked_part": (
        "{people:person|people} asked for the {asked}, and you called them in the {called}. Try them in the {asked}.",
    ),
    "try_voicemail": (
        "After a voicemail {hits} of {people:person|people} called you back, without one {others} of {other_people}."
        " Leave one when nobody answers.",
    ),
    "try_part": (
        "In their {part} {hits} of {people:person|people} answered, in their {other} {others} of {other_people}."
        " Begin a session in their {part}.",
    ),
    "try_next_step": (
        "{agreed} of your last {talks:talk|talks} ended with a next step. Ask for a day before you say goodbye.",
        "Your last {talks:talk|talks} ended without a day for the next one. Ask for one before you say goodbye.",
    ),
    "try_again": (
        "{late} of your last {talks:talk|talks} came at the third call or later. Stay with people who do not answer.",
    ),
}
"""By code; of several the first one whose fields all have a value."""
_CLAUSES: Mapping[str, tuple[str, ...]] = {
    "gone": ("not in the list any more",),
    "refused": ("do not call: {noted} ({on:record})", "do not call: {noted}", "never again"),
    "looks_like": ("looks like {like}, who asked not to be called",),
    "number_is_wrong": ("somebody else answers on this number",),
    "wrong_number": ("wrong number, and no other is known: find another",),
    "not_a_fit": ("doesn't fit: {reason}", "doesn't fit"),
    "stopped": ("you stopped: {reason}", "you stopped"),
    "gatekeepers": ("gatekeeper {calls:times}, never the person: find another way in",),
    "no_buy_signals": ("two signs that they will not buy: stop here?",),
    "messages_unanswered": ("{sent:message|messages} without a reply: let go",),
    "their_channel_unanswered": ("{sent:time|times} by {channel:channel} as they asked, no reply: let go",),
    "solve_first": ("the open problem first, then a friendly call",),
    "no_number": (
        "{number} cannot be called as it is written: correct it",
        "no number to call: add one",
    ),
    "no_common_hour": ("add their time zone; no calling hour fits all possible ones",),
}
"""The same as a part of a line, for who has no next day: `No answer · Ann Rossi → you stopped`."""
_KEPT: Mapping[str, Callable[[str], str]] = {
    "reason": translated,
    "noted": translated,
    "law": country_called,
}
"""Values in our own English words, or in those of a person or a team, and how a screen says them."""
CHANNEL_WORDS = {
    "phone": "phone",
    "call": "phone",
    "email": "e-mail",
    "text": "text message",
    "visit": "visit",
}
"""Channels as a rep reads them, each by itself."""
_CHANNELS = {**CHANNEL_WORDS, "visit": "a visit"}
"""Channels in a sentence."""
_IN_WORDS: Mapping[str, Callable[[Any], str]] = {
    "": str,
    "times": times,
    "every": every_days,
    "channel": lambda channel: translated(_CHANNELS.get(channel, channel)),
    "problem": lambda code: translated(PROBLEM_WORDS[code]),
    "country": country,
    "countries": lambda codes: ", ".join(map(country, codes.split(", "))),
    "clock": lambda iso: time_of_day(datetime.fromisoformat(iso)),
    "record": lambda iso: on_record(date.fromisoformat(iso)),
    "length": lambda hours: number_of(hours, "hour") if hours < 48 else number_of(hours // 24, "day"),
}
"""How a field asks for its value; besides these `day` and `time`, and the two forms of a noun that is counted."""


def sentence(reason: Why, **more: Any) -> str:
    """What the rep reads; `more` are values besides its own.

    A date has no year where `now` is among the values and of the same year.
    """
    return _first_whole(_SENTENCES.get(reason.code, ()), reason, more)


def _first_whole(templates: Iterable[str], reason: Why, more: Mapping[str, Any]) -> str:
    """The first of these sentences whose fields all have a value; the code itself when none has."""
    fields, said = {**reason.values, **more}, _Said(reason.values.get("now", ""))
    fields |= {name: say(kept) for name, say in _KEPT.items() if (kept := fields.get(name))}
    for template in templates:
        try:
            return said.vformat(translated(template), (), fields)
        except (KeyError, TypeError, ValueError):
            continue  # it names what is not known, or what a hand wrote into the store
    return reason.code


def first_clause(step: NextStep) -> str:
    """The most important reason of a step as a part of a line; empty when it has none."""
    reason = next(iter(step.why), None)
    if reason is None:
        return ""
    return _first_whole(_CLAUSES.get(reason.code) or _SENTENCES.get(reason.code, ()), reason, {})


def refusal(said: Refusal) -> str:
    """What was said against a call, and when: `they asked, for the whole firm (2 November 2026)`."""
    return sentence(why("on_the_list", **said.values()))


def in_words(template: str, values: Mapping[str, Any]) -> str:
    """A template with its values, each in the words that its field asks for. Raises `KeyError` where one is missing."""
    return _Said("").vformat(translated(template), (), values)


def number_sentence(verdict: GuardVerdict) -> str:
    """What the rep reads of a number that is not simply dialled; empty when it is."""
    return sentence(why(verdict.code, **verdict.values))


def sentences(step: NextStep, colleague: str = "") -> tuple[str, ...]:
    """Why this step is next, the most important first; `colleague` is whose call they expect, if not the rep's."""
    named = {name: at for name in ("promise", "plan") if (at := getattr(step, name)) is not None}
    if colleague:
        named["owner"] = colleague
    return tuple(sentence(reason, **named) for reason in step.why)


class _Said(Filled):
    """Puts values into a sentence, in the words that the field asks for."""

    def __init__(self, now: str) -> None:
        self._now = now

    def format_field(self, value: Any, format_spec: str) -> str:
        match value, format_spec:
            case NextStep(), _:
                return sentences(value)[0]
            case Promise(), _:
                return promise_words(value, datetime.fromisoformat(self._now) if self._now else None)
            case _, "day":
                return self._day(value)
            case _, "time":
                return f"{self._day(value)} {time_of_day(datetime.fromisoformat(value))}"
        if format_spec in _IN_WORDS:
            return _IN_WORDS[format_spec](value)
        return counted(value, format_spec.split("|"))

    def _day(self, iso: str) -> str:
        today = date.fromisoformat(self._now[:10]) if self._now else date.min
        return date_words(date.fromisoformat(iso[:10]), today)
