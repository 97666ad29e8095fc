"""Obviously fictional people for the first start: the queue is never empty. They leave with the first import."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST, Contact, Number
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.locale.spoken import code, translated

_PEOPLE = (
    ("Ann", "Example", "Buyer", "Sample Tools", "+442079460100", "office", "+447700900123"),
    ("Bo", "Placeholder", "Owner", "Dummy & Daughters", "+442079460118", "office", ""),
    ("Cy", "Nobody", "Head of purchasing", "Imaginary Foods", "+12025550142", "work", "+12025550143"),
    ("Dee", "Fiction", "Office manager", "Paper Moon Ltd", "+447700900456", "mobile", ""),
    ("Eva", "Madeup", "Technician", "Model Railways Inc", "+12025550187", "work", ""),
    ("Fay", "Invented", "Director", "Castle in the Air", "+442079460177", "office", ""),
)
_ZONES = {"+44": "Europe/London", "+12": "America/New_York"}


def demo_people(now: datetime) -> tuple[tuple[Contact, ...], tuple[Call, ...]]:
    """Six people for any hour, with a little history. Numbers come from ranges reserved for fiction."""
    # Ids sort by their time, and the queue falls back on them: a millisecond apart, everybody finds one order.
    people = tuple(_person(row, now, uuid7(now + timedelta(milliseconds=n))) for n, row in enumerate(_PEOPLE))
    ann, bo, fay = people[0], people[1], people[5]
    four_days_ago, last_sale = now - timedelta(days=4), now - timedelta(days=62)
    at = (now - timedelta(minutes=5)).replace(second=0, microsecond=0).astimezone(UTC)
    promised = Call(
        uuid7(now),
        ann.id,
        four_days_ago,
        "promise",
        Category.PROMISE,
        promise=Promise(at, ann.zone, "minute", "phone", "", translated("after the trade fair")),
        talk_s=140.0,
        answers={"topic": translated("the price list")},
    )
    voicemail = Call(uuid7(now), bo.id, four_days_ago, "voicemail", Category.VOICEMAIL)
    sale = Call(uuid7(now), fay.id, last_sale, "win", Category.WIN, talk_s=300.0)
    return people, (promised, voicemail, sale)


def _person(row: tuple[str, ...], now: datetime, contact_id: str) -> Contact:
    given, family, role, company, first, label, second = row
    both = ((first, label), (second, "other"))
    return Contact(
        id=contact_id,
        created_at=now - timedelta(days=80),
        name=f"{given} {family}",
        given=given,
        family=family,
        role=translated(role, "role"),
        company=company,
        numbers=tuple(Number(number, number, translated(named)) for number, named in both if number),
        lists=(DEMO_LIST,),
        zone=_ZONES[first[:3]],
        language="" if code() == "en" else code(),
        customer=given == "Fay",
        fields={"about": translated("a person who does not exist")},
    )
