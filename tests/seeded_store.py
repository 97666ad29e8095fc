"""One seeded store: the people of a fictional rep and what happened with them, on a Monday afternoon in London.

Golden screens and the pictures of the README are drawn from it. Nobody here exists; every number is one of those that
are reserved for stories (+44 20 7946 0xxx, +44 7700 900xxx, +1 202 555 01xx).
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from errno import ENOSPC
from itertools import count
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bench.memory_store import MemoryStore
from bench.stepped_clock import SteppedClock
from tests.cockpit_bench import call_selected
from tests.phone_bench import AblePhone
from tui.app import AppOptions, PowerHourApp
from tui.cli.settings_files import OwnSettingsFile
from tui.cli.wiring import Parts, known
from tui.cockpit.actions.team.list_line import ListAt
from tui.cockpit.cockpit import Cockpit
from tui.dialer.protocol import CallState, Dialer
from tui.dialer.unwatched import Clipboard, ManualDialer
from tui.domain.call import MISSED, Call, Dial, Note
from tui.domain.contact import Contact, Number
from tui.domain.do_not_call import Entry
from tui.domain.outcome import Category
from tui.domain.promise import Owed, Promise
from tui.domain.session import HOLE_S
from tui.screens.caller_card import RINGING
from tui.screens.preview import PreviewApp
from tui.screens.screen_context import ScreenContext
from tui.script.author.preview import Rehearsal
from tui.script.files.library import Library
from tui.settings.load import Loaded, load
from tui.settings.own_file import OwnRow
from tui.settings.places import Places
from tui.shared_list.port import NoLine, SharedList
from tui.storage import messages
from tui.storage.protocol import Change, NotSaved

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
"""A Monday afternoon inside calling hours in London and on the American east coast."""
HOME = Path("/home/sam")
"""Where the rep's files are, as far as the screen says so."""
SCRIPTS = Path(__file__).parents[1] / "scripts"
LONDON, PARIS, WASHINGTON = "Europe/London", "Europe/Paris", "America/New_York"
AUTUMN, FAIR = "Autumn customers", "Fair 2026"

_ROWS = (
    ("Ann Rossi", "Acme Tools", "Buyer", LONDON, "+442079460100"),
    ("Bo Lund", "Nordkap", "Owner", PARIS, "+442079460101"),
    ("Eva Brandt", "Brandt & Sohn", "Purchasing", PARIS, "+442079460102"),
    ("Fay Osei", "Kente Foods", "Director", LONDON, "+442079460103"),
    ("Dee Wu", "Wu Optics", "Office manager", WASHINGTON, "+12025550104"),
    ("Cy Park", "Parkline", "Technician", LONDON, "+442079460105"),
    ("Jo Marsh", "Marsh Ltd", "Owner", LONDON, "+442079460106"),
    ("Kim Sato", "ACME-Tools Ltd", "Finance", LONDON, "+442079460107"),
    ("Lee Cruz", "Cruz Rope", "Owner", "America/Los_Angeles", "+12025550108"),
    ("Max Orr", "Orr Glass", "Manager", LONDON, "+442079460109"),
    ("Ida Holm", "Holm Foods", "Director", LONDON, "+442079460110"),
    ("Pia Berg", "Berg Paper", "Buyer", PARIS, "+442079460111"),
    ("Una Kerr", "Kerr Bakery", "Owner", LONDON, "+442079460112"),
    ("Tom Hale", "Hale & Daughters", "Workshop", LONDON, "+442079460113"),
    ("Rita Moss", "Moss Garden", "Owner", LONDON, "+442079460114"),
    ("Gus Ward", "Ward Timber", "Yard manager", LONDON, "+442079460115"),
    ("Lena Frost", "Frost Cooling", "Service", LONDON, "+442079460116"),
    ("Abe Stone", "Stone Masons", "Owner", LONDON, "+442079460117"),
)
"""Name, company, role, zone, number."""
_MORE: Mapping[str, Mapping[str, Any]] = {
    "Ann Rossi": {
        "tags": ("proposal",),
        "emails": ("ann@acme.example",),
        "fields": {"website": "acme.example", "deal": "2 vans", "price_until": "30 November"},
    },
    "Dee Wu": {"lists": (AUTUMN, FAIR), "emails": ("dee@wuoptics.example",)},
    "Fay Osei": {"customer": True},
    "Ida Holm": {"customer": True, "open_problem": "the last delivery was two boxes short"},
    "Una Kerr": {"lists": (AUTUMN, FAIR)},
}


def contact_id(name: str) -> str:
    """The id of one of the people: `ann-rossi`."""
    return name.casefold().replace(" ", "-")


def _person(name: str, company: str, role: str, zone: str, number: str) -> Contact:
    given, family = name.split(" ", 1)
    numbers = [Number(number, number, "office")]
    if name == "Ann Rossi":
        numbers.append(Number("+447700900123", "+447700900123", "switchboard"))
    made: dict[str, Any] = {
        "created_at": NOW - timedelta(days=100),
        "name": name,
        "given": given,
        "family": family,
        "company": company,
        "role": role,
        "zone": zone,
        "numbers": tuple(numbers),
        "lists": (AUTUMN,),
    }
    return Contact(contact_id(name), **(made | dict(_MORE.get(name, {}))))


def _call(who: str, days: float, outcome: str, is_: Category, *notes: str, **more: Any) -> Call:
    """A call so many days ago; a `talk_s` of seconds was one that somebody answered."""
    at = NOW - timedelta(days=days)
    person = next(row for row in _ROWS if row[0] == who)
    talk_s = more.get("talk_s")
    answered = at + timedelta(seconds=8) if talk_s is not None else None
    ended = at + timedelta(seconds=30 if talk_s is None else 8 + talk_s)
    kept = tuple(Note(at + timedelta(seconds=60), words) for words in notes)
    cause = MISSED if more.get("direction") == "in" and talk_s is None else ""
    dial = Dial(person[4], at, answered, ended, cause=cause)
    made = f"{at:%Y%m%d%H%M}-{contact_id(who)}"
    return Call(made, contact_id(who), at, outcome, is_, dials=(dial,), notes=kept, **more)


def _calls() -> tuple[Call, ...]:
    fair = Promise(NOW.replace(hour=14, minute=0), LONDON, words="after the trade fair")
    van = Promise(NOW.replace(hour=16, minute=30), LONDON, words="when the van is back")
    prices = Owed("Send the price list", date(2026, 11, 20))
    talked, missed = Category.CONVERSATION, Category.NO_ANSWER
    return (
        _call("Fay Osei", 62, "win", Category.WIN, "ordered for the whole winter", talk_s=300.0),
        _call("Pia Berg", 20, "nurture", Category.NURTURE, "no budget before spring", talk_s=95.0),
        _call("Max Orr", 12, "do_not_call", Category.DO_NOT_CALL, talk_s=20.0),
        _call(
            "Ann Rossi", 10, "promise", Category.PROMISE, "busy until the fair", promise=fair, talk_s=120.0
        ),
        _call("Bo Lund", 7, "no_answer", missed),
        _call("Bo Lund", 5, "no_answer", missed),
        _call("Ann Rossi", 4, "voicemail", Category.VOICEMAIL),
        _call("Eva Brandt", 3, "no_answer", missed, direction="in"),
        _call("Cy Park", 3.1, "promise", Category.PROMISE, promise=van, talk_s=90.0),
        _call("Jo Marsh", 3.2, "talked", talked, "wants the price list first", owed=prices, talk_s=200.0),
        _call("Kim Sato", 3.3, "talked", talked, "happy with the first delivery", talk_s=80.0),
    )


class FullDisk(MemoryStore):
    """A store whose disk can be full."""

    full = False

    def commit(self, change: Change, now: datetime) -> None:
        if self.full:
            raise NotSaved(
                messages.not_saved(
                    HOME / ".local/share/powerhour/sessions.json", OSError(ENOSPC, os.strerror(ENOSPC))
                )
            )
        super().commit(change, now)


def seeded() -> FullDisk:
    """The store as the rep finds it after lunch."""
    store, calls = FullDisk(), _calls()
    refused = next(call for call in calls if call.is_ is Category.DO_NOT_CALL)
    entry = Entry(
        "refusal-1",
        refused.at,
        refused.at.date(),
        why="they asked",
        name="Max Orr",
        contact_id=refused.contact_id,
        numbers=(refused.first_number,),
        call_id=refused.id,
    )
    owed = [call.id for call in calls if call.owed]
    people = tuple(_person(*row) for row in _ROWS)
    store.commit(
        Change(
            people,
            calls,
            do_not_call=(entry,),
            state={"owed": {"open": owed}, "rep": {"list": AUTUMN, "filters": {"Owners": "owner"}}},
            origin="file",
        ),
        NOW,
    )
    return store


OWN_FILE = """\
me: {name: Sam, number: "+44 20 7946 0955"}
dialer: softphone
softphone: {account: "sip:sam@pbx.example"}
"""
TEAM_FILE = "config: 1\nteam: {company: Northgate, timezone: Europe/London}\n"
CONTACTS_FILE = """\
First name,Last name,Company,Phone,E-mail,Town
Nora,Reed,Reed Bikes,020 7946 0130,nora@reedbikes.example,Leeds
Otto,Lang,Lang Tools,020 7946 0131,otto@langtools.example,Hull
Ann,Rossi,Acme Tools,020 7946 0100,ann@acme.example,London
,,,,,Bath
Vera,Novak,Novak Lamps,not given,vera@novaklamps.example,York
"""
FAIR_FILE = """\
Name,Company,Mobile,Country
Ada Quill,Quill Boats,202-555-0143,
Cy Park,Park Ropes,(202) 555-0144,
Dee Fenn,Fenn Tea,020 7946 0132,Freedonia
Gil Hart,Hart Paper,020 7946 0133,UK
"""
"""Numbers of another country, which the file does not name."""
PRICES_FILE = "Article,Price\nDoor hinge,4.20\nLatch,3.10\n"

TICK_AFTER_S = HOLE_S - 1


class SeededRep:
    """The rep of the seeded store: a real cockpit, the phone on the desk, and the program on the screen."""

    def __init__(
        self,
        folder: Path,
        store: FullDisk | None = None,
        scripts: Path = SCRIPTS,
        team: str = TEAM_FILE,
        dialer: Dialer | None = None,
        own: str = OWN_FILE,
        now: datetime = NOW,
        shared_list: ListAt | None = None,
    ) -> None:
        """Settings and files to import are written into `folder`; a path on the screen begins with `HOME`."""
        self.folder = folder / HOME.name
        self.folder.mkdir(exist_ok=True)
        self.store, self.clock, self.phone = store or seeded(), SteppedClock(now), AblePhone()
        self.clock.test = False
        self.loaded = _settings(self.folder, team, own)
        self.library = Library(scripts)
        settings, phone = self.loaded.settings, dialer or self.phone
        self.cockpit = Cockpit(
            self.store,
            settings,
            lambda: self.library,
            phone,
            self.clock,
            own_settings=lambda: _AtHome(self),
            shared_list=shared_list,
        )
        context = ScreenContext(self.cockpit, report=self.cockpit.report_page, import_from=self.folder)
        self.app = PowerHourApp(context, AppOptions(monotonic=count().__next__))

    async def ready(self) -> None:
        """Wait until nothing is read beside the screen any more, so that nothing appears by itself later."""
        cockpit = self.cockpit
        while cockpit._warming is None or self.app.is_screen_installed(RINGING) != cockpit.hears_callers:
            await asyncio.sleep(0.005)
        await cockpit._warming
        await self.tick()
        assert cockpit.housekeeping is not None
        await cockpit.housekeeping

    async def tick(self, seconds: float = 0.0, **delta: float) -> None:
        """Let time pass. In a session the cockpit ticks often enough to know that the machine did not sleep."""
        left = seconds + timedelta(**delta).total_seconds()
        while left > TICK_AFTER_S and self.cockpit.view.clock is not None:
            self.clock.step(TICK_AFTER_S)
            await self.cockpit.tick()
            left -= TICK_AFTER_S
        self.clock.step(left)
        await self.cockpit.tick()


class _AtHome(OwnSettingsFile):
    """The rep's own file; a path on the screen begins with `HOME`."""

    def __init__(self, rep: SeededRep) -> None:
        super().__init__(Parts(rep.loaded.places, rep.loaded, rep.clock, ()), [rep.loaded])  # type: ignore[arg-type]
        self._folder = str(rep.folder)

    def rows(self) -> tuple[OwnRow, ...]:
        told = (
            (one, replace(one.row, place=one.row.place.replace(self._folder, str(HOME))))
            for one in super().rows()
        )
        return tuple(replace(one, row=row) for one, row in told)


def before_the_first_list(folder: Path) -> SeededRep:
    """Nobody was imported yet, and the rep has said nothing of themselves."""
    return SeededRep(folder, FullDisk(), own="")


def where_the_next_is_called_by_itself(folder: Path) -> SeededRep:
    """The team lets the phone call the next person after a few seconds."""
    return SeededRep(folder, team=TEAM_FILE + "sessions: {advance_after: 5}\n")


async def after_a_kill(folder: Path, **later: float) -> SeededRep:
    """The program was killed while the rep talked to Ann Rossi; it is started again so much later."""
    rep = SeededRep(folder)
    cockpit = rep.cockpit
    await cockpit.open()
    await cockpit.queue.select(contact_id("Ann Rossi"))
    await call_selected(cockpit, 15)
    await rep.phone.say("line-1", CallState.CONNECTED)
    await rep.tick(60)
    await cockpit.talk.type_note("two vans, not three")
    await cockpit.talk.keep_note()
    for task in (cockpit._listening, cockpit._warming, cockpit.housekeeping):
        if task is not None:
            task.cancel()
    again = SeededRep(folder, rep.store)
    again.clock.step(**later)
    return again


def before_the_first_list_with_a_name(folder: Path) -> SeededRep:
    """Nobody was imported yet; the rep has said who they are."""
    return SeededRep(folder, FullDisk())


def on_a_sunday(folder: Path) -> SeededRep:
    """The next Sunday, when nobody may be called."""
    return SeededRep(folder, now=NOW + timedelta(days=6))


def with_one_person_left(folder: Path) -> SeededRep:
    """Only one person is in the list, who was never called."""
    store = FullDisk()
    store.commit(Change((_person(*_ROWS[-1]),), origin="file"), NOW)
    return SeededRep(folder, store)


def with_an_empty_list(folder: Path) -> SeededRep:
    """The rep worked on a list of which nobody is left."""
    store = seeded()
    store.commit(Change(state={"rep": {**store.state("rep"), "list": "Spring fair"}}), NOW)
    return SeededRep(folder, store)


def without_the_list(folder: Path) -> SeededRep:
    """The shared list of the team cannot be reached."""

    def connect() -> SharedList:
        raise NoLine("nothing answers there")

    return SeededRep(folder, shared_list=ListAt("db.example.com/calls", connect))


def with_a_phone_of_its_own(folder: Path) -> SeededRep:
    """The rep calls with a phone that the program does not see."""
    return SeededRep(folder, dialer=ManualDialer(Clipboard(environ={}, platform="none")))


def with_a_broken_script(folder: Path) -> SeededRep:
    """Somebody of the team saved a script with a mistake in it."""
    scripts = folder / "scripts"
    shutil.copytree(SCRIPTS, scripts)
    file = scripts / "proposal_followup.yaml"
    file.write_text(file.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    return SeededRep(folder, scripts=scripts)


class Author:
    """Whoever writes the scripts, with the preview of one."""

    def __init__(self, folder: Path) -> None:
        for name in ("_house.yaml", "proposal_followup.yaml"):
            shutil.copy(SCRIPTS / name, folder / name)
        self.file = folder / "proposal_followup.yaml"
        self.app = PreviewApp(Rehearsal(self.file))

    async def ready(self) -> None:
        """Nothing is read beside the screen."""

    def write(self, words: str, instead_of: str) -> None:
        """Save the script with other words."""
        self.file.write_text(self.file.read_text("utf-8").replace(instead_of, words, 1), "utf-8")


def _settings(folder: Path, team_file: str, own: str) -> Loaded:
    team = folder / "northgate"
    team.mkdir(exist_ok=True)
    (team / "config.yaml").write_text(team_file, "utf-8")
    if own:
        (folder / "config.yaml").write_text(own, "utf-8")
    (folder / "autumn.csv").write_text(CONTACTS_FILE, "utf-8")
    (folder / "fair.csv").write_text(FAIR_FILE, "utf-8")
    (folder / "prices.csv").write_text(PRICES_FILE, "utf-8")
    return load(Places(team, folder / "config.yaml", folder / "data"), {}, known=known())
