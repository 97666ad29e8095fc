"""A change of the team's settings is said while we work and at the next start; a mistake is said with what binds."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tui.cockpit.actions.team.team_settings import TeamNews
from tui.cockpit.cockpit import Cockpit
from tui.domain.window import Hours
from tui.settings.changes import Change

FEWER = Change("cadence.per_7_days", "3", "1", "stricter")
LOOSER = Change("cadence.per_7_days", "3", "5", "looser")
LOCKED = Change("lock", "", "cadence", "locked")
BROKEN = "Settings: yesterday's version is in force. config.yaml line 3, column 1: a mistake."


class File:
    """The team's file, of which a test says what there is to say."""

    def __init__(self, at_start=None):
        self.at_start, self.next, self.kept, self.looks = at_start or TeamNews(), None, 0, 0

    def since_last_start(self):
        return self.at_start

    def look(self):
        self.looks += 1
        told, self.next = self.next, None
        return told

    def keep(self):
        self.kept += 1


@pytest.fixture
async def opened(bench, warms_up):
    """Opens the cockpit over a file; `says(news)` is what it says one second after the file changed."""
    made = []

    async def opened(file):
        bench.people("Ann Rossi")
        cockpit = Cockpit(
            bench.store,
            bench.settings,
            lambda: bench.library,
            bench.dialer,
            bench.clock,
            team_file=lambda: file,
        )
        made.append(cockpit)
        bench.cockpit = cockpit
        await cockpit.open()
        await cockpit._warming

        async def says(news):
            file.next = news
            bench.clock.step(1)
            return (await cockpit.tick()).notice

        return says

    yield opened
    for cockpit in made:
        await cockpit.close()


async def test_a_change_is_said_at_the_start_and_then_its_version_is_the_one_that_was_seen(bench, opened):
    file = File(TeamNews((FEWER, LOCKED), bench.clock.now()))
    await opened(file)
    view = bench.cockpit.view
    assert view.notice.text.startswith("Team settings changed: 2 lines, compared with the version of ")
    assert view.team_news == (
        "Most calls to a person in 7 days (cadence.per_7_days): 3, now 1 (stricter).",
        "Locked now, so that a rep can only be stricter: cadence.",
    )
    assert file.kept == 1
    bench.clock.step(1)
    file.next = TeamNews()
    assert len((await bench.cockpit.tick()).team_news) == 2


async def test_a_change_is_said_live_once_and_what_binds_is_said_with_it(bench, opened):
    says = await opened(File())
    told = await says(TeamNews((LOOSER,)))
    assert told.text == "Team settings changed: 1 line. t shows them; they count from the next start."
    assert bench.cockpit.view.team_news[-1] == "You work with the version before until the next start."
    again = await says(TeamNews((LOOSER,)))
    assert again is told
    assert (await says(TeamNews())).text == "The team's settings are again those you work with."
    assert bench.cockpit.view.team_news == ()


async def test_a_stricter_rule_counts_at_once_in_the_queue_and_before_a_call(bench, opened):
    says = await opened(File())
    cockpit = bench.cockpit
    (row,) = cockpit.view.queue.ready
    later = Hours((((17 * 60, 18 * 60),),) * 7)
    stricter = replace(bench.settings, policy=replace(bench.settings.policy, hours=later))
    hours = Change("calling_window.mon-fri", "09:00-18:00", "17:00-18:00", "stricter")
    told = await says(TeamNews((hours,), settings=stricter))
    assert told.text == "Team settings changed: 1 line. t shows them; stricter rules count now."
    assert cockpit.view.team_news[-1] == "This counts from now on."
    assert len(cockpit.view.queue.ready) == 0
    warned = await cockpit.queue.call_person(row.contact_id)
    assert any("17:00" in str(one) for one in warned.card.warnings), warned.card
    await cockpit.call.back()
    mixed = (hours, Change("theme", "nord", "dracula"))
    await says(TeamNews(mixed, settings=stricter))
    assert cockpit.view.team_news[-1].startswith(
        "Stricter rules count now. In all else you work with the version before"
    )
    await says(TeamNews(settings=bench.settings))
    assert len(cockpit.view.queue.ready) == 1


async def test_a_mistake_is_said_live_stays_on_the_queue_and_goes_when_it_is_mended(bench, opened):
    says = await opened(File())
    told = await says(TeamNews(problems=(BROKEN, "theme is wrong")))
    assert told is None, "it stands on the queue: nobody reads it twice"
    assert bench.cockpit.view.problems == (BROKEN, "theme is wrong")
    more = await says(TeamNews(problems=(BROKEN, "theme is wrong", "the lock is wrong")))
    assert (more.text, more.tone) == ("the lock is wrong", "warn")
    await says(TeamNews())
    assert bench.cockpit.view.problems == ()


async def test_nothing_is_said_during_a_call(bench, opened):
    file = File()
    says = await opened(file)
    await bench.cockpit.queue.enter(bench.cockpit.view.queue.enter)
    looks = file.looks
    assert "Team settings" not in str(await says(TeamNews((FEWER,))))
    assert file.looks == looks
