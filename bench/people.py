"""Fictional people with a history, and a data folder as an earlier session would have left it.

Every number is from a range that is reserved for fiction, so nobody has it, and no two people share one. Two of three
people have one of Ofcom's drama numbers; they are 17,000, and whoever comes later has one of the 50,000 that Arcep
keeps for films in France. Every third person has a 555-01xx number of the United States, a hundred in each area code.
That is enough for 100,000 people; `number` raises `IndexError` for more.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import phonenumbers

from tui.cli.wiring import Parts, assemble
from tui.cockpit.queue.ranking import Ranking
from tui.domain.call import Call, Dial, Note
from tui.domain.contact import Contact, Number, Source
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Promise
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

NOW = datetime(2026, 11, 23, 15, 1, tzinfo=UTC)
"""A Monday afternoon inside calling hours in London and on the American east coast."""
ROOT = Path(__file__).parent.parent

_GIVEN = [
    "Ann",
    "Bo",
    "Cy",
    "Dee",
    "Eva",
    "Fay",
    "Gil",
    "Hal",
    "Ida",
    "Jo",
    "Kim",
    "Lee",
    "Mia",
    "Ned",
    "Ola",
    "Pia",
    "Quin",
    "Ros",
    "Sam",
    "Tess",
    "Ulf",
    "Vera",
    "Will",
    "Xenia",
    "Yan",
    "Zoë",
    "Ada",
    "Ben",
    "Cléo",
    "Dan",
    "Edie",
    "Finn",
    "Gréta",
    "Hugo",
    "Iris",
    "Jürgen",
    "Kara",
    "Łukasz",
    "Max",
    "Núria",
    "Otis",
    "Pam",
    "Rolf",
    "Søren",
    "Tom",
    "Una",
    "Þóra",
    "Wes",
    "Yağız",
    "Zeno",
]
_FAMILY = [
    *[
        "Müller",
        "O'Brien",
        "Åkesson",
        "García",
        "Nowaková",
        "Þórsdóttir",
        "D'Angelo",
        "Şahin",
        "Lefèvre",
        "Sørensen",
        "Wójcik",
        "Nguyễn",
    ],
    *(
        first + last
        for first in [
            "Ross",
            "Lund",
            "Brand",
            "Ose",
            "Marl",
            "Park",
            "Sat",
            "Crus",
            "Holm",
            "Fenn",
            "Gard",
            "Hart",
            "Ives",
            "Kell",
            "Lang",
        ]
        for last in ["i", "berg", "t", "ford", "man", "ell", "wick", "by", "ton", "sen"]
    ),
]
_TRADES = [
    "Tools",
    "Foods",
    "Optics",
    "Rope",
    "Tea",
    "Prints",
    "Boats",
    "Gardens",
    "Lamps",
    "Paper",
    "Glass",
    "Bikes",
    "Clocks",
    "Doors",
]
_UK = (
    *(f"+44{area}4960" for area in (113, 114, 116, 117, 118, 121, 131, 141, 151, 161)),
    "+442079460",
    "+441914980",
    "+447700900",
    "+442896496",
    "+442920180",
    "+443069990",
    "+441632960",
)
"""A thousand numbers each."""
_FRANCE = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
"""Ten thousand numbers each."""
_SAID = {
    Category.NO_ANSWER: ("no_answer", 45),
    Category.VOICEMAIL: ("voicemail", 25),
    Category.GATEKEEPER: ("gatekeeper", 5),
    Category.CONVERSATION: ("talked", 10),
    Category.PROMISE: ("promise", 5),
    Category.NURTURE: ("nurture", 6),
    Category.WIN: ("win", 4),
}
_HISTORY_DAYS = 400
_CALLED = 0.6
"""Share of the people who have been called at all."""


def number(place: int) -> str:
    """The number of the person at this place; nobody has another's."""
    if place % 3 == 0:
        block, rest = divmod(place // 3, 100)
        return f"+1{_american_areas()[block]}55501{rest:02}"
    block, rest = divmod(place - place // 3 - 1, 1_000)
    if block < len(_UK):
        return f"{_UK[block]}{rest:03}"
    block, tenth = divmod(block - len(_UK), 10)
    return f"{_FRANCE[block]}{tenth}{rest:03}"


@cache
def _american_areas() -> list[int]:
    """The area codes of places in the United States; each has a hundred numbers for fiction."""
    return [area for area in range(201, 990) if _is_of_a_place(phonenumbers.parse(f"+1{area}5550100"))]


def _is_of_a_place(number: phonenumbers.PhoneNumber) -> bool:
    kind = phonenumbers.number_type(number)
    return (
        kind == phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
        and phonenumbers.region_code_for_number(number) == "US"
    )


def name(place: int) -> tuple[str, str]:
    """Given and family name of the person at this place; nobody has another's."""
    rest, given = divmod(place, len(_GIVEN))
    initial, family = divmod(rest, len(_FAMILY))
    middle = f" {chr(ord('A') + initial % 26)}." if initial else ""
    return f"{_GIVEN[given]}{middle}", _FAMILY[family]


def contacts(count: int) -> Iterator[Contact]:
    """So many people, the same ones each time."""
    for place in range(count):
        given, family = name(place)
        made = NOW - timedelta(days=20 + place % _HISTORY_DAYS, milliseconds=place)
        e164 = number(place)
        yield Contact(
            id=uuid7(made),
            created_at=made,
            name=f"{given} {family}",
            given=given,
            family=family,
            company=f"{family} {_TRADES[place % len(_TRADES)]} {place // 7}",
            role="Buyer" if place % 4 else "Owner",
            numbers=(Number(e164, e164, "office" if place % 2 else "mobile"),),
            emails=(f"person{place}@example.com",),
            lists=("Autumn customers",) if place % 5 else ("Fair 2026",),
            source=Source("autumn", str(place)),
            customer=place % 9 == 0,
            fields={"town": "Leeds" if place % 2 else "Boston", "size": str(place % 250)},
        )


def calls(people: list[Contact], count: int) -> Iterator[Call]:
    """So many calls of the last year, to some of the people; the same ones each time."""
    dice = random.Random(7)
    called = max(int(len(people) * _CALLED), 1)
    kinds, weights = list(_SAID), [weight for _, weight in _SAID.values()]
    for _ in range(count):
        whom = people[dice.randrange(called)]
        kind = dice.choices(kinds, weights)[0]
        at = NOW - timedelta(days=1 + dice.randrange(_HISTORY_DAYS), minutes=dice.randrange(400))
        yield _call(whom, at, kind)


def _call(whom: Contact, at: datetime, kind: Category) -> Call:
    talked = kind in (Category.CONVERSATION, Category.PROMISE, Category.NURTURE, Category.WIN)
    dial = Dial(
        whom.numbers[0].e164, at, at + timedelta(seconds=9) if talked else None, at + timedelta(minutes=1)
    )
    promise = Promise(at + timedelta(days=9), "Europe/London", "minute") if kind is Category.PROMISE else None
    notes = (Note(at + timedelta(seconds=40), "two vans, not three; opens in March"),) if talked else ()
    return Call(
        uuid7(at), whom.id, at, _SAID[kind][0], kind, dials=(dial,), notes=notes, promise=promise, keys=3
    )


def environment(home: Path) -> dict[str, str]:
    """What the program is run with: an empty home, the fixed clock, nothing of this machine's settings."""
    kept = {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT),
        "POWERHOUR_NOW": NOW.isoformat(),
    }


def parts(folder: Path) -> Parts:
    """The parts the program works with, for this data folder and the settings that come with it."""
    with _only(environment(folder.parent)):
        return assemble(argparse.Namespace(data=folder, workspace=ROOT))


@contextmanager
def _only(environ: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Removed when the program ends."""
    return tempfile.TemporaryDirectory(prefix="powerhour-bench-")


def scratch(name: str) -> Path:
    """A path of this name that nothing is at, in a folder that goes when the program ends."""
    path = Path(_scratch().name) / name
    shutil.rmtree(path, ignore_errors=True)
    return path


@cache
def folder_with(count: int) -> Path:
    """A data folder with so many people and as many calls, closed as after a day's work; made once."""
    folder = scratch(f"data-{count}")
    people = list(contacts(count))
    store = TinyStore.open(folder)
    try:
        store.commit(Change(contacts=tuple(people), origin="file"), NOW)
        store.commit(Change(calls=tuple(calls(people, count))), NOW)
        Ranking(store, parts(folder).settings).load(NOW)
    finally:
        store.close()
    return folder


def copy_of(folder: Path, name: str) -> Path:
    """A copy for a bench that writes."""
    return Path(shutil.copytree(folder, scratch(name)))


def first_name(folder: Path) -> str:
    """Who is called first, as the program would say it."""
    store = TinyStore.open(folder, read_only=True)
    try:
        ranking = Ranking(store, parts(folder).settings)
        ranking.load(NOW)
        return ranking.name(ranking.ready[0])
    finally:
        store.close()
