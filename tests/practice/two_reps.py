"""Two reps who call the people of one list for weeks, each at a cockpit of their own with records of their own.

The robot knows nothing of a team: it calls whom its cockpit offers. What came of it is counted from the calls alone, by
the names of the people, as they would count themselves.
"""

from __future__ import annotations

import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.simulation import MONDAY, Plan, Population, Simulation
from tui.domain.call import Call
from tui.domain.outcome import Category
from tui.domain.window import DAY
from tui.settings.settings import Me, Settings
from tui.storage.sharing.notes import NOTES
from tui.storage.tiny import TinyStore

SCRIPTS = Path(__file__).parents[2] / "scripts"
NIGHT = timedelta(hours=12)
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def people(count: int) -> str:
    """A list of a stranger's: it has no ids of ours, so each import makes its own."""
    rows = (f"Person {n},Firm {n},+44 20 7946 0{n:03},person{n}@example.com" for n in range(count))
    return "\n".join(("Name,Company,Phone,Email", *rows, ""))


class Rep:
    """One of them: a home with a data folder, commands that are typed there, and the robot at the cockpit."""

    def __init__(self, name: str, home: Path, command: Command, folder: Path | None = None) -> None:
        self.name, self.home, self._command, self._folder = name, home, command, folder
        self._robot: Simulation | None = None
        config = home / ".config" / "powerhour" / "config.yaml"
        config.parent.mkdir(parents=True)
        config.write_text(f"me: {{name: {name}}}\n", "utf-8")

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.home / "data"

    def types(self, *args: str) -> str:
        """What a command says that is typed here; it must work."""
        env = {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "POWERHOUR_NOW": self.now.isoformat(),
        }
        done = self._command("--data", str(self.data), *args, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sits_down(self, population: Population, seed: int) -> None:
        """The robot takes its place; who answers it, and what they say, follows from the seed."""
        settings = Settings(
            zone="Europe/London",
            allowed_countries=("GB",),
            me=Me(self.name),
            people_folder=self._folder,
        )
        with_nobody = Simulation(Plan(seed=seed), population, settings, SCRIPTS)
        self._robot = with_nobody

    @property
    def robot(self) -> Simulation:
        """The robot, who sits there."""
        assert self._robot
        return self._robot

    @property
    def now(self) -> datetime:
        """The time here, UTC. They do not import in the same millisecond, for rows of one import are two people."""
        return self._robot.clock.now() if self._robot else MONDAY - NIGHT + timedelta(minutes=len(self.name))

    async def morning(self) -> None:
        """Start the program."""
        self.robot.start(TinyStore.open(self.data))
        await self.robot.cockpit.open()

    async def evening(self) -> None:
        """Leave it."""
        await self.robot.cockpit.close()

    async def begin(self, day: int, hour: int, minutes: int) -> bool:
        """Begin a session; whether there is anybody to call."""
        return await self.robot.begin(MONDAY + DAY * day + timedelta(hours=hour - MONDAY.hour), minutes)

    async def go_on(self) -> bool:
        """Dial, or end a call; whether the session goes on. What was heard is in the people folder before the next."""
        goes_on = await self.robot.go_on()
        while self._folder and self.robot.store.states(NOTES):
            await self.robot.cockpit.tick()
        return goes_on

    async def too_often(self) -> int:
        """How many calls of the report were one too many."""
        await self.morning()
        found = len(self.robot.cockpit.report().too_many)
        await self.evening()
        return found

    def calls(self) -> Iterator[tuple[str, Call]]:
        """This rep's own calls, each with the name of whom it was to."""
        store = TinyStore.open(self.data, read_only=True)
        try:
            me = store.state("rep")["id"]
            names = {contact.id: contact.name for contact in store.contacts()}
            for call in store.calls():
                if call.rep == me:
                    yield names[store.persons.of(call.contact_id)], call
        finally:
            store.close()


async def play(reps: Sequence[Rep], days: Sequence[int], evening: Callable[[], None] | None = None) -> None:
    """Play these days, counted from a Monday; of those in a session always the one calls whose clock is behind.

    `evening` is called once both programs are closed.
    """
    for day in days:
        for rep in reps:
            await rep.morning()
        for hour, minutes in Plan().sessions:
            calling = [rep for rep in reps if await rep.begin(day, hour, minutes)]
            while calling:
                behind = min(calling, key=lambda rep: rep.now)
                if not await behind.go_on():
                    calling.remove(behind)
        for rep in reps:
            await rep.evening()
        if evening:
            evening()


@dataclass(frozen=True)
class Doubles:
    """How many calls of one rep went to somebody to whom the other had talked; one call may be several kinds."""

    calls: int = 0
    same_day: int = 0
    after_promise: int = 0
    """The other alone had promised a call, and its time was still to come."""
    after_no: int = 0
    """Not now, or never any use to them."""
    after_refusal: int = 0
    """They had said that nobody must call them."""


def doubles(reps: Sequence[Rep], told_at_night: bool = False) -> Doubles:
    """Count them. `told_at_night`: what the other heard on the same day could not be known, and is left out."""
    heard: dict[str, list[tuple[Call, str]]] = defaultdict(list)
    promised: dict[tuple[str, str], list[Call]] = defaultdict(list)  # also to somebody who called
    for rep in reps:
        for name, call in rep.calls():
            if call.promise and call.voided_at is None:
                promised[name, rep.name].append(call)
            if call.direction == "out" and call.channel == "phone" and call.voided_at is None:
                heard[name].append((call, rep.name))
    counted: Counter[str] = Counter()
    for name, calls in heard.items():
        calls.sort(key=lambda one: one[0].at)
        for place, (call, rep_name) in enumerate(calls):
            before = [one for one, other in calls[:place] if other != rep_name and _over(one) <= call.at]
            if told_at_night:
                before = [one for one in before if one.at.date() < call.at.date()]
            own = [one for one in promised[name, rep_name] if one.at < call.at]
            counted.update(_kinds(call, before, own))
    return Doubles(sum(map(len, heard.values())), **counted)


def _over(call: Call) -> datetime:
    """When it was over and saved."""
    assert call.edited_at
    return call.edited_at


def _kinds(call: Call, before: Sequence[Call], own: Sequence[Call]) -> Iterator[str]:
    """What was wrong with a call after these of the other rep, and after `own` promises."""
    if not before:
        return
    last, said = before[-1], {one.is_ for one in before}
    if last.at.date() == call.at.date():
        yield "same_day"
    if Category.DO_NOT_CALL in said:
        yield "after_refusal"
    elif said & {Category.NURTURE, Category.NOT_A_FIT}:
        yield "after_no"
    elif last.promise is not None and call.at < last.promise.from_ and not own:
        yield "after_promise"
