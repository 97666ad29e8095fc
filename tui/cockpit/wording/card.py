"""Sentences of the queue, of the card and of a contact's page; what an outcome would do is in `outcomes`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tui.cockpit.view import Back
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.outcomes import capital, message_day
from tui.cockpit.wording.queue_reasons import one_of, promised
from tui.cockpit.wording.why import sentence
from tui.domain.call import Call
from tui.domain.contact import ANOTHER_PHONE, BY_HAND_LIST, Contact, Number, Touch
from tui.domain.day_words import Clocks, day_name, day_words, on_record
from tui.domain.do_not_call import DoNotCallList
from tui.domain.next_step import NextStep
from tui.domain.outcome import DEFAULT_OUTCOMES, RIGHT_PARTY, Category, Outcome
from tui.domain.promise import Owed
from tui.locale.spoken import country, listed, translated
from tui.phone import shown
from tui.settings.lawpacks import register_days
from tui.system.programs import add_package

OF_THE_REP = frozenset({"Fill in", "Set up"})
"""Headings of lines on a card that are not about the person: they are the same for the next one."""
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
_NOT_TAKEN = {Category.NO_ANSWER: "they_called", Category.VOICEMAIL: "they_called_voicemail"}
_MINE = {
    "email": "touch_email",
    "text": "touch_text",
    "visit": "touch_visit",
    Category.VOICEMAIL: "left_voicemail",
    Category.GATEKEEPER: "spoke_to_gatekeeper",
    Category.NO_ANSWER: "no_answer",
}
"""How a touch went that was no call, and a call that reached nobody; of the others the label of the outcome tells."""
_THEIRS = {
    "email": "touch_email_of",
    "text": "touch_text_of",
    "visit": "touch_visit_of",
    Category.VOICEMAIL: "left_voicemail_of",
    Category.GATEKEEPER: "spoke_to_gatekeeper_of",
}
"""The same of a colleague's."""
_TOUCHES = {"email": "past_touch_email", "text": "past_touch_text", "visit": "past_touch_visit"}
OUR_LABELS = {outcome.id: outcome.label for outcome in DEFAULT_OUTCOMES}
A_COLLEAGUE = "a colleague"
NO_NAME = "No name"
"""Who made a call, where no name is on record; and who is called, where nobody knows."""


# -- the queue -------------------------------------------------------------------------------------------


def to_do(owed: Owed, today: date) -> str:
    """What is to be done, and by when, or since when."""
    what, when = capital(owed.what), day_name(owed.due, today)
    return notice("to_do_since" if owed.due < today else "to_do_by", what=what, day=when)


def stale_copies(never: DoNotCallList, today: date) -> tuple[str, ...]:
    """Copies of public registers that are older than their country allows, a sentence each."""
    aged = (
        (name, copy, register_days(copy.country), (today - copy.on).days)
        for name, copy in never.registers.items()
    )
    return tuple(
        notice("register_old", register=name, age=age, country=country(copy.country), allowed=allowed)
        for name, copy, allowed, age in aged
        if allowed and age > allowed
    )


def holidays_unknown(countries: Sequence[str]) -> str:
    """That the holidays on which a law closes are not known here; empty when all are."""
    if not countries:
        return ""
    return notice(
        "holidays_unknown",
        countries=listed([country(code) for code in countries]),
        install=add_package("holidays"),
    )


# -- the card --------------------------------------------------------------------------------------------


def name_of(contact: Contact) -> str:
    """What the rep reads as the name of a person; `No name` for a caller of whom nothing is known."""
    return contact.shown_name or translated(NO_NAME)


def label_of(outcome: Outcome) -> str:
    """What an outcome is called: in the language of the screens while it has our label, else as the team calls it."""
    return translated(outcome.label) if OUR_LABELS.get(outcome.id) == outcome.label else outcome.label


class Labels(dict[str, str]):
    """What outcomes are called, by id. One that the team has no more is called as we call it, or by its id in words."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        super().__init__((outcome.id, label_of(outcome)) for outcome in outcomes)

    def __missing__(self, outcome_id: str) -> str:
        return translated(OUR_LABELS.get(outcome_id, "")) or heading(outcome_id)


def company(contact: Contact) -> str:
    """The company beside a name; empty where it stands for the name."""
    return contact.company if contact.name or contact.given else ""


def about(contact: Contact) -> str:
    """`Buyer, Acme Tools`."""
    return ", ".join(filter(None, (contact.role, company(contact))))


def name_and_role(contact: Contact) -> str:
    """`Ann Rossi, Buyer`: who it is among the people of one company."""
    return ", ".join(filter(None, (name_of(contact), contact.role)))


def wish(contact: Contact) -> str:
    """How they want to hear from us; empty when they did not say."""
    days, channel = contact.prefers.every, contact.prefers.channel
    if days and channel:
        return notice("wish", days=days, channel=channel)
    if days:
        return notice("wish_every", days=days)
    return notice("wish_by", channel=channel) if channel else ""


def called(attempts: int, talked: int, voicemails: int) -> str:
    """How often we called somebody, and what came of it: `3 times, talked once, voicemail twice`."""
    if not attempts:
        return notice("called_never")
    if talked and voicemails:
        return notice("called_both", calls=attempts, talked=talked, voicemails=voicemails)
    if talked:
        return notice("called_talked", calls=attempts, talked=talked)
    if voicemails:
        return notice("called_voicemail", calls=attempts, voicemails=voicemails)
    return notice("called", calls=attempts)


def so_far(
    answers: Mapping[str, str], given: Mapping[str, str], signals: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """What a call brought until now: answers to the script and concessions by their names, signals by their number."""
    told = [(heading(name), said) for name, said in {**answers, **given}.items() if said]
    counted = (
        (notice("signals_buying"), signals.count("+")),
        (notice("signals_no_buy"), signals.count("-")),
    )
    return (*told, *((name, str(count)) for name, count in counted if count))


def who(contact: Contact) -> str:
    """`Bo Lund, Nordkap`."""
    return ", ".join(filter(None, (name_of(contact), company(contact))))


def in_their_place(owner: str, me: str) -> str:
    """What to say when a colleague's customer is called; `me` is the rep's name, which may be empty."""
    if me:
        return notice("in_their_place_named", me=me, owner=owner)
    return notice("in_their_place", owner=owner)


def last_line(last: Call | Touch | None, labels: Labels, clocks: Clocks, colleague: str = "") -> str:
    """The last contact in words: `Thu 19 Nov, voicemail: the price list`; `Thu 19 Nov, Ann: voicemail` of a colleague.

    Of what only an import tells, the list stands beside it: `Contacted Fri 2 Oct, says the list autumn`. `labels`
    are those of the outcomes, by id; `colleague` is who called, when it was not the rep.
    """
    match last:
        case None:
            return ""
        case Touch():
            return notice("contacted", when=last_contacted(last, clocks))
    said = _how_it_went(last, labels, colleague)
    if last.direction == "in":
        said = _they_called(last, said)
    day, is_named = day_words(last.at, clocks.ours, clocks.now), _way(last) in _THEIRS
    if colleague and not is_named:
        said = notice("last_call_of", day=day, colleague=colleague, said=said)
    else:
        said = notice("last_call", day=day, said=said)
    topic = _topic(last) or (last.notes[-1].text if last.notes else "")
    return notice("last_call_about", call=said, topic=topic) if topic else said


def _topic(call: Call) -> str:
    """What a call was about; empty when nobody wrote it down."""
    return call.answers.get("topic") or call.answers.get("reason") or ""


def _how_it_went(last: Call, labels: Labels, colleague: str) -> str:
    way = _way(last)
    if colleague and way in _THEIRS:
        return notice(_THEIRS[way], who=colleague)
    if way in _MINE:
        return notice(_MINE[way])
    return _inside(labels[last.outcome])


def _they_called(call: Call, said: str) -> str:
    """A call from them; the words of our own calls would say that they did not answer."""
    if call.missed_our_call_back:
        return notice("they_called_we_back", said=said)
    return notice(_NOT_TAKEN.get(call.is_, "they_called_and"), said=said)


def _inside(label: str) -> str:
    """A label inside a sentence; an abbreviation at its beginning stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _way(call: Call) -> str:
    """The channel of a touch that was no call, else what a call is."""
    return call.channel if call.channel in _TOUCHES else call.is_


def last_contacted(touch: Touch, clocks: Clocks) -> str:
    """When they were last contacted, and who says so: `Fri 2 Oct, says the list autumn`."""
    day = day_words(touch.at, clocks.theirs, clocks.now)
    if touch.source == ANOTHER_PHONE:
        return notice("contacted_elsewhere", day=day)
    return notice("contacted_says", day=day, source=touch.source) if touch.source else day


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
        return notice("dial_refused", name=name)
    if refused == "looks_like":
        return notice("dial_who", name=name)
    if not number:
        return notice("dial_no_number", name=name)
    if refused:
        return notice("dial_refused_number", name=name)
    return notice("dial_for_a_reason" if needs_reason else "dial", name=name)


def number_and_extension(number: str, ext: str) -> str:
    """`+44 20 7946 0100 ext 12`, or the number alone."""
    return notice("number_ext", number=number, ext=ext) if ext else number


def waits(contact: Contact, *, draft: bool, notes: bool) -> str:
    """Whose call waits while another is served, and what of the rep's stands on it."""
    name = name_of(contact)
    if draft:
        return notice("waits_draft", name=name)
    return notice("waits_notes", name=name) if notes else name


# -- a contact's page ------------------------------------------------------------------------------------


def past_call(call: Call, label: str, names: Sequence[str], clocks: Clocks, colleague: str = "") -> str:
    """What a call on record was and what it brought; `label` of its outcome, `names` of whom it may have been.

    `colleague`: who made it, when it was not the rep.
    """
    said = _past(call, label, names, colleague)
    if call.cancelled_at:
        said = notice("past_cancelled", call=said)
    if call.voided_at:
        said = notice("past_undone", call=said)
    if topic := _topic(call):
        said = notice("last_call_about", call=said, topic=topic)
    for place, note in enumerate(call.notes):
        said = notice("past_noted_too" if place or topic else "past_noted", call=said, note=note.text)
    if call.promise:
        said = notice("past_promised", call=said, promise=promised(call.promise, clocks))
    if call.owed:
        said = notice(
            "past_to_do_done" if call.owed.done_at else "past_to_do", call=said, what=call.owed.what
        )
    return said


def _past(call: Call, label: str, names: Sequence[str], colleague: str) -> str:
    if call.channel in _TOUCHES:
        return notice(_THEIRS[call.channel], who=colleague) if colleague else notice(_TOUCHES[call.channel])
    minutes = round((call.talk_s or 0) / 60) if call.is_ in RIGHT_PARTY else 0
    long = "past_minutes" if call.is_ is Category.CONVERSATION else "past_talked"
    said = notice(long, call=label, minutes=minutes) if minutes else label
    if call.direction == "in":
        said = capital(_they_called(call, _inside(said)))
    if names:
        said = notice("past_missed", who=one_of(names))
    return notice("past_of", colleague=colleague, call=said) if colleague else said


def rule_of(step: NextStep, fresh_share: float) -> str:
    """The rule behind a next step; `fresh_share` is 0 to 1."""
    return translated(_RULES.get(step.action) or _RULES[step.kind]).format(fresh_share=fresh_share)


def next_message(step: NextStep, soft_channel: str, due: datetime, clocks: Clocks) -> str:
    """What comes in place of a call, and when."""
    channel = step.action if step.action in _TOUCHES else soft_channel
    return notice("next_message_instead", channel=channel, when=message_day(due, clocks))


def where_from(contact: Contact, zone: str) -> str:
    """Where the person's number came from and since when."""
    source, list_name = contact.source, contact.source.list
    if not list_name and contact.lists and contact.lists[0] != BY_HAND_LIST:
        list_name = contact.lists[0]
    whence = notice("from_list", name=list_name) if list_name else notice("from_hand")
    if source.external_id:
        whence = notice("from_with_id", whence=whence, id=source.external_id)
    if contact.created_at is None:
        return whence
    return notice("from_since", whence=whence, day=on_record(contact.created_at.astimezone(ZoneInfo(zone))))


def legal_basis(contact: Contact) -> str:
    """What allows us to call them, and since when; `none recorded` when nobody wrote it down."""
    kind = contact.basis.kind.strip()
    if not kind:
        return notice("basis_none_customer" if contact.customer else "basis_none")
    basis, day = translated(_BASIS_WORDS.get(kind.casefold(), kind)), contact.basis.date
    return notice("basis_since", basis=basis, day=on_record(day)) if day else basis


def numbers(contact: Contact) -> list[tuple[str, str]]:
    """Every number of a person: its label, and the number with its extension; a refusal of theirs is said once."""
    whole = bool(contact.do_not_call)
    return [(translated(number.label or "Number"), _number(number, whole)) for number in contact.numbers]


def _number(number: Number, whole: bool) -> str:
    said = number_and_extension(shown(number.e164) if number.e164 else number.raw, number.ext)
    if number.barred and not whole:
        return notice("number_barred", number=said, why=sentence(number.barred))
    return notice("number_wrong", number=said) if number.bad else said
