"""Sentences of the queue, of the card and of a contact's page; what an outcome would do is in `outcomes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tui.cockpit.view import Back
from tui.cockpit.wording.outcomes import CHANNEL_WORDS, SENT, capital, message_day, one_of, promised
from tui.cockpit.wording.why import sentence
from tui.domain.call import Call
from tui.domain.contact import ANOTHER_PHONE, BY_HAND_LIST, Contact, Number, Touch
from tui.domain.day_words import Clocks, day_name, day_words, every_days, number_of, on_record
from tui.domain.do_not_call import DoNotCallList
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.promise import Owed
from tui.phone import shown
from tui.settings.lawpacks import register_days
from tui.system.programs import add_package

_RULES = {
    "came_back": "Rule: who called us and found nobody comes first.",
    "promise": "Rule: a promise is kept to the minute, at any hour; once it is late, in calling hours.",
    "asked": "Rule: what they asked for beats our own rhythm.",
    "planned": "Rule: what you planned in another program, at its time; it is no promise.",
    "follow_up": "Rule: our own rhythm, cadence.attempts, gaps, per_7_days and per_30_days in config.yaml.",
    "fresh": "Rule: at least {fresh_share:.0%} of calls go to people never called, queue.fresh_share in config.yaml.",
    "check_in": "Rule: a friendly call while nothing is wrong, cadence.check_in in config.yaml.",
    "nurture": "Rule: no calls for a while, cadence.nurture_every and nurture_times in config.yaml.",
    "do_not_call": "Rule: do not call stands above everything.",
    "rethink": "Rule: another try of the same kind helps nobody, cadence.gatekeeper_tries in config.yaml.",
    "end": "Rule: this one has come to its end.",
}
"""Which rule speaks, by kind or action of a next step, and where the team changes it."""
_BASIS_WORDS = {
    "customer": "they are a customer",
    "contract": "there is a contract with them",
    "consent": "they agreed to it",
    "public": "the number is public",
    "referral": "somebody they know named them",
    "legitimate interest": "our interest in their business",
}
_ENDED = {
    Category.VOICEMAIL: "{who} left a voicemail",
    Category.GATEKEEPER: "{who} spoke to the gatekeeper",
    Category.NO_ANSWER: "no answer",
}
"""How a call ended that reached nobody; of the others the label of the outcome tells."""
A_COLLEAGUE = "a colleague"
"""Who made a call, where no name is on record."""


# -- the queue -------------------------------------------------------------------------------------------


def to_do(owed: Owed, today: date) -> str:
    """What is to be done, and by when, or since when."""
    what, when = capital(owed.what), day_name(owed.due, today)
    return f"{what}, since {when}" if owed.due < today else f"{what}, by {when}"


def stale_copies(never: DoNotCallList, today: date) -> tuple[str, ...]:
    """Copies of public registers that are older than their country allows, a sentence each."""
    aged = (
        (name, copy, register_days(copy.country), (today - copy.on).days)
        for name, copy in never.registers.items()
    )
    return tuple(
        f"The copy of {name} is {number_of(age, 'day')} old; {copy.country} allows {allowed}. Get a new copy, then: "
        f"powerhour dnc import FILE --register {name} --date DATE"
        for name, copy, allowed, age in aged
        if allowed and age > allowed
    )


def holidays_unknown(countries: Sequence[str]) -> str:
    """That the holidays on which a law closes are not known here; empty when all are."""
    if not countries:
        return ""
    return (
        f"The law of {', '.join(countries)} closes on public holidays, which are not known here. "
        f"Install them:  {add_package('holidays')}  or list the days under calling_window.holidays."
    )


# -- the card --------------------------------------------------------------------------------------------


def name_of(contact: Contact) -> str:
    """What the rep reads as the name of a person; `No name` for a caller of whom nothing is known."""
    return contact.shown_name or "No name"


def company(contact: Contact) -> str:
    """The company beside a name; empty where it stands for the name."""
    return contact.company if contact.name or contact.given else ""


def about(contact: Contact) -> str:
    """`Buyer, Acme Tools`."""
    return ", ".join(filter(None, (contact.role, company(contact))))


def wish(contact: Contact) -> str:
    """How they want to hear from us; empty when they did not say."""
    every, channel = contact.prefers.every, contact.prefers.channel
    rhythm = every_days(every) if every else ""
    by = f"by {CHANNEL_WORDS.get(channel, channel)}" if channel else ""
    return f"to hear from us {', '.join(filter(None, (rhythm, by)))}" if rhythm or by else ""


def who(contact: Contact) -> str:
    """`Bo Lund, Nordkap`."""
    return ", ".join(filter(None, (name_of(contact), company(contact))))


def in_their_place(owner: str, me: str) -> str:
    """What to say when a colleague's customer is called; `me` is the rep's name, which may be empty."""
    mine = f"It's {me}. " if me else ""
    return f'"{mine}I\'m calling in place of {owner}, who looks after you."'


def last_line(
    last: Call | Touch | None, labels: Mapping[str, str], clocks: Clocks, colleague: str = ""
) -> str:
    """The last contact in words: `Thu 19 Nov, voicemail: the price list`; `Thu 19 Nov, Ann: voicemail` of a colleague.

    Of what only an import tells, the list stands beside it: `Contacted Fri 2 Oct, says the list autumn`. `labels`
    are those of the outcomes, by id; `colleague` is who called, when it was not the rep.
    """
    match last:
        case None:
            return ""
        case Touch():
            return f"Contacted {last_contacted(last, clocks)}"
    day = day_words(last.at, clocks.ours, clocks.now)
    ended = SENT.get(last.channel) or _ENDED.get(last.is_, "")
    said = (
        ended.format(who=colleague or "you")
        or labels.get(last.outcome, last.outcome.replace("_", " ")).lower()
    )
    if last.direction == "in":
        said = "they called us" if last.is_ is Category.NO_ANSWER else f"they called us: {said}"
    noted = last.notes[-1].text if last.notes else ""
    topic = last.answers.get("topic") or last.answers.get("reason") or noted
    by = f"{colleague}: " if colleague and "{who}" not in ended else ""
    return f"{day}, {by}{said}" + (f": {topic}" if topic else "")


def last_contacted(touch: Touch, clocks: Clocks) -> str:
    """When they were last contacted, and who says so: `Fri 2 Oct, says the list autumn`."""
    day = day_words(touch.at, clocks.theirs, clocks.now)
    if touch.source == ANOTHER_PHONE:
        return f"{day}, answered on another phone"
    return f"{day}, says the list {touch.source}" if touch.source else day


def heading(name: str) -> str:
    """The name of a field as the label of a line: `last_order` gives `Last order`."""
    return capital(name.replace("_", " "))


BACK_LEADS: Mapping[Back, str] = {
    "talking": "back to the call",
    "ringing": "back to the call",
    "later": "ask me later",
    "corrected": "leave it as it was",
    "away": "back, not logged",
    "stays": "",
}
"""What Esc does on a call whose outcome is asked for; empty: nothing, and the notice `attempt_counts` is said."""


def dials(name: str, number: str, *, refused: str = "", needs_reason: bool = False) -> str:
    """What Enter does on a card; `refused`: code of what forbids the call whatever the rep types."""
    if refused == "refused":
        return f"say why nobody calls {name}"
    if refused == "looks_like":
        return f"say whether {name} is who asked not to be called"
    if not number:
        return f"say how {name} gets a number"
    if refused:
        return f"say why nobody calls {name} on this number"
    return f"call {name}, for a reason that you type" if needs_reason else f"call {name}"


def number_and_extension(number: str, ext: str) -> str:
    """`+44 20 7946 0100 ext 12`, or the number alone."""
    return f"{number} ext {ext}" if ext else number


def waits(contact: Contact, *, draft: bool, notes: bool) -> str:
    """Whose call waits while another is served, and what of the rep's stands on it."""
    name = name_of(contact)
    if draft:
        return f"{name}, with your half-written note"
    return f"{name}, with your notes" if notes else name


# -- a contact's page ------------------------------------------------------------------------------------


def past_call(call: Call, label: str, names: Sequence[str], clocks: Clocks, colleague: str = "") -> str:
    """What a call on record was and what it brought; `label` of its outcome, `names` of whom it may have been.

    `colleague`: who made it, when it was not the rep.
    """
    what = f"They called: {label}" if call.direction == "in" else label
    by = f"{colleague}: " if colleague else ""
    if call.channel in SENT:
        what, by = capital(SENT[call.channel].format(who=colleague or "you")), ""
    elif names:
        what = f"Missed call from {one_of(names)}"
    cancelled, undone = (
        " (cancelled later)" if call.cancelled_at else "",
        " (undone)" if call.voided_at else "",
    )
    parts = [f"{by}{what}{cancelled}{undone}", *(note.text for note in call.notes)]
    if call.promise:
        parts.append(f"promised {promised(call.promise, clocks)}")
    if call.owed:
        parts.append(f"owed: {call.owed.what}, done" if call.owed.done_at else f"owed: {call.owed.what}")
    return ". ".join(parts)


def rule_of(step: NextStep, fresh_share: float) -> str:
    """The rule behind a next step; `fresh_share` is 0 to 1."""
    return (_RULES.get(step.action) or _RULES[step.kind]).format(fresh_share=fresh_share)


def next_message(step: NextStep, soft_channel: str, due: datetime, clocks: Clocks) -> str:
    """What comes in place of a call, and when."""
    by = CHANNEL_WORDS.get(step.action, CHANNEL_WORDS[soft_channel])
    return f"Next by {by}: {message_day(due, clocks)}. No call before they are in touch."


def where_from(contact: Contact, zone: str) -> str:
    """Where the person's number came from and since when."""
    source, list_name = contact.source, contact.source.list
    if not list_name and contact.lists and contact.lists[0] != BY_HAND_LIST:
        list_name = contact.lists[0]
    named = f"the list {list_name}" if list_name else "written down by hand"
    told = f" (their ID there: {source.external_id})" if source.external_id else ""
    return (
        named + told + _since(contact.created_at.astimezone(ZoneInfo(zone)) if contact.created_at else None)
    )


def legal_basis(contact: Contact) -> str:
    """What allows us to call them, and since when; `none recorded` when nobody wrote it down."""
    kind = contact.basis.kind.strip()
    if not kind:
        return "none recorded; they are a customer" if contact.customer else "none recorded"
    return _BASIS_WORDS.get(kind.casefold(), kind) + _since(contact.basis.date)


def _since(day: date | None) -> str:
    return f", since {on_record(day)}" if day else ""


def numbers(contact: Contact) -> list[tuple[str, str]]:
    """Every number of a person: its label, and the number with its extension."""
    return [(number.label or "Number", _number(number)) for number in contact.numbers]


def _number(number: Number) -> str:
    said = number_and_extension(shown(number.e164) if number.e164 else number.raw, number.ext)
    if number.barred:
        return f"{said} ({sentence(number.barred).removesuffix('.')})"
    return f"{said} (wrong number)" if number.bad else said
