"""Obviously fictional people for the first start: the queue is never empty. They leave with the first import."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.domain.call import Call
from tui.domain.contact import DEMO_LIST, Contact, Number
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise

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
    people = tuple(_person(row, now) for row in _PEOPLE)
    return people, (_promise_to(people[0], now), _voicemail_to(people[1], now), _sale_to(people[5], now))


def _person(row: tuple[str, ...], now: datetime) -> Contact:
    given, family, role, company, first, label, second = row
    numbers = (Number(first, first, label), *((Number(second, second, "mobile"),) if second else ()))
    if second:
        numbers = (Number(first, first, label), Number(second, second, "other"))
    return Contact(
        id=uuid7(now),
        created_at=now - timedelta(days=80),
        name=f"{given} {family}",
        given=given,
        family=family,
        role=role,
        company=company,
        numbers=numbers,
        lists=(DEMO_LIST,),
        zone=_ZONES[first[:3]],
        customer=given == "Fay",
        fields={"about": "a person who does not exist"},
    )


def _promise_to(person: Contact, now: datetime) -> Call:
    at = (now - timedelta(minutes=5)).replace(second=0, microsecond=0).astimezone(UTC)
    promise = Promise(at, person.zone, "minute", "phone", "", "after the trade fair")
    return Call(
        uuid7(now),
        person.id,
        now - timedelta(days=4),
        "promise",
        Category.PROMISE,
        promise=promise,
        talk_s=140.0,
        answers={"topic": "the price list"},
    )


def _voicemail_to(person: Contact, now: datetime) -> Call:
    return Call(uuid7(now), person.id, now - timedelta(days=4), "voicemail", Category.VOICEMAIL)


def _sale_to(person: Contact, now: datetime) -> Call:
    return Call(uuid7(now), person.id, now - timedelta(days=62), "win", Category.WIN, talk_s=300.0)
