"""Makes the pictures of the README with the program itself: `python -m docs.make_pictures`."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.memory_store import MemoryStore
from tui.app import PowerHourApp
from tui.cockpit.clock import SteppedClock
from tui.cockpit.cockpit import Cockpit
from tui.dialer.clipboard import Clipboard
from tui.dialer.unwatched import ManualDialer
from tui.domain.call import Call, Note
from tui.domain.contact import Contact, Number
from tui.domain.ids import uuid7
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.screens.screen_context import Kit
from tui.script.files.library import Library
from tui.settings.settings import Me, Settings
from tui.storage.protocol import Change

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
LONDON, ROME, PARIS = "Europe/London", "Europe/Rome", "Europe/Paris"
LIST = "Autumn customers"


def person(name: str, company: str, role: str, zone: str, number: str, customer: bool = False) -> Contact:
    """A fictional person with a number reserved for fiction."""
    given, family = name.split(" ", 1)
    return Contact(
        id=uuid7(NOW),
        created_at=NOW - timedelta(days=100),
        name=name,
        given=given,
        family=family,
        company=company,
        role=role,
        zone=zone,
        numbers=(Number(number, number, "office"),),
        lists=(LIST,),
        customer=customer,
    )


def call(who: Contact, days: float, outcome: Category, **more: object) -> Call:
    """A call so many days ago."""
    at = NOW - timedelta(days=days)
    return Call(uuid7(at), who.id, at, outcome.value, outcome, **more)  # type: ignore[arg-type]


def people() -> Change:
    """The people of the picture, and what happened with them before."""
    ann = person("Ann Rossi", "Acme Tools", "Buyer", LONDON, "+442079460100")
    bo = person("Bo Lund", "Nordkap", "Owner", PARIS, "+442079460101")
    eva = person("Eva Brandt", "Brandt & Sohn", "Purchasing", ROME, "+442079460102")
    fay = person("Fay Osei", "Kente Foods", "Director", LONDON, "+442079460103", customer=True)
    dee = person("Dee Wu", "Wu Optics", "Office manager", LONDON, "+442079460104")
    cy = person("Cy Park", "Parkline", "Technician", LONDON, "+442079460105")
    jo = person("Jo Marsh", "Marsh Ltd", "Owner", LONDON, "+442079460106")
    fair = Promise(NOW.replace(hour=14, minute=0), LONDON, words="after the trade fair")
    later = Promise(NOW.replace(hour=16, minute=30), LONDON, words="when the van is back")
    prices = Owed("Send the price list", date(2026, 11, 20))
    told = Note(NOW - timedelta(days=4), "the price list")
    return Change(
        contacts=(ann, bo, eva, fay, dee, cy, jo),
        calls=(
            call(ann, 10, Category.PROMISE, promise=fair, talk_s=120.0),
            call(ann, 4, Category.VOICEMAIL, notes=(told,)),
            call(bo, 7, Category.NO_ANSWER),
            call(bo, 5, Category.NO_ANSWER),
            call(eva, 3, Category.NO_ANSWER, direction="in"),
            call(fay, 62, Category.WIN, talk_s=300.0),
            call(cy, 3, Category.PROMISE, promise=later, talk_s=90.0),
            call(jo, 3, Category.CONVERSATION, owed=prices, talk_s=200.0),
        ),
    )


async def picture(name: str, *keys: str, columns: int = 80, rows: int = 24) -> None:
    """Press keys on the first screen and keep what is seen as docs/NAME.svg."""
    store, clock = MemoryStore(), SteppedClock(NOW)
    clock.test = False
    change = people()
    owed = [one.id for one in change.calls if one.owed]
    store.commit(Change(change.contacts, change.calls, state={"owed": {"open": owed}}), NOW)
    settings = Settings(company="Northgate", zone=LONDON, me=Me("Sam", "020 7946 0955"))
    dialer = ManualDialer(Clipboard(environ={}, platform="none"))
    app = PowerHourApp(Kit(Cockpit(store, settings, lambda: Library(ROOT / "scripts"), dialer, clock)))
    async with app.run_test(size=(columns, rows)) as pilot:
        await pilot.pause(0.3)
        for key in keys:
            await pilot.press(key)
            clock.step(7)
            await pilot.pause(0.3)
        drawn = app.export_screenshot(title="Power Hour")
    # Ids in the file change with every run; the picture should not.
    (ROOT / "docs" / f"{name}.svg").write_text(re.sub(r"terminal-\d+", "terminal", drawn), "utf-8")


if __name__ == "__main__":
    asyncio.run(picture("queue"))
    asyncio.run(picture("call", "enter"))
