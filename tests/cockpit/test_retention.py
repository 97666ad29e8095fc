"""`record.keep_people`: announced at the start, at least a week before, then done at a start, and said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tui.domain.call import Call, Note
from tui.domain.outcome import Category
from tui.domain.promise import Owed
from tui.storage.protocol import Change

KEEP = timedelta(days=720)
WILL_GO = (
    "1 person nobody has reached for 24 months will be forgotten on Mon 7 Dec. "
    "powerhour retention lists them; its --keep WHO keeps one."
)


async def started(bench):
    """The cockpit after its first two seconds."""
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await cockpit.tick()
    await cockpit.housekeeping
    return await cockpit.tick()


@pytest.fixture
def old(make_bench, in_london):
    """Ann, nobody spoke to for 900 days; Ben, whom we still owe something; Cleo, spoken to lately."""
    bench = make_bench(replace(in_london, keep_people=KEEP))
    people = bench.people("Ann Rossi", "Ben Tarn", "Cleo Marsh")
    now = bench.clock.now()
    long_ago = now - timedelta(days=900)
    calls = [
        Call(
            f"k{place}", one.id, long_ago, "talked", Category.CONVERSATION, notes=(Note(long_ago, "a note"),)
        )
        for place, one in enumerate(people)
    ]
    calls[1] = replace(calls[1], owed=Owed("the offer", long_ago.date()))
    calls[2] = replace(calls[2], at=now - timedelta(days=30))
    aged = tuple(replace(one, created_at=long_ago) for one in people)
    bench.store.commit(Change(contacts=aged, calls=tuple(calls)), now)
    return bench


def names(bench):
    return sorted(one.name for one in bench.store.contacts())


async def test_b56_announced_then_done_at_a_start_once_their_day_has_come(old):
    bench = old  # its clock stands at Mon 23 Nov
    view = await started(bench)
    assert view.notice.text == WILL_GO.replace("7 Dec", "30 Nov")
    bench.clock.step(24 * 3600 * 6)
    view = await started(bench)
    assert "will be forgotten on Mon 30 Nov" in view.notice.text
    assert names(bench) == ["Ann Rossi", "Ben Tarn", "Cleo Marsh"]
    bench.clock.step(24 * 3600)
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    cockpit.callers.build()
    await cockpit.tick()
    await cockpit.housekeeping
    view = await cockpit.tick()
    assert cockpit.callers.look_up("Ann Rossi") == ()
    assert view.notice.text == "1 person was forgotten, as announced. Their calls stay in the counts."
    assert names(bench) == ["Ben Tarn", "Cleo Marsh"]
    assert len(bench.store.calls()) == 3
    assert [
        call.notes
        for call in bench.store.calls()
        if call.contact_id not in {c.id for c in bench.store.contacts()}
    ] == [()]
    assert "Ann Rossi" not in str(view.queue)


async def test_announced_on_a_wednesday_they_have_more_than_a_week(old):
    old.clock.step(24 * 3600 * 2)
    assert (await started(old)).notice.text == WILL_GO


async def test_who_is_spoken_to_meanwhile_stays(old):
    bench = old
    await started(bench)
    (ann,) = (one for one in bench.store.contacts() if one.name == "Ann Rossi")
    bench.clock.step(24 * 3600)
    now = bench.clock.now()
    bench.store.commit(Change(calls=(Call("k9", ann.id, now, "talked", Category.CONVERSATION),)), now)
    bench.clock.step(24 * 3600 * 8)
    view = await started(bench)
    assert view.notice is None
    assert "Ann Rossi" in names(bench)


async def test_a_half_written_note_keeps_them(old):
    bench = old
    await started(bench)
    (ann,) = (one for one in bench.store.contacts() if one.name == "Ann Rossi")
    bench.clock.step(24 * 3600 * 8)
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    cockpit._state.drafts[ann.id] = {"contact_id": ann.id, "draft": "half"}
    await cockpit.tick()
    await cockpit.housekeeping
    assert "Ann Rossi" in names(bench)


async def test_off_means_nobody_goes_and_nothing_stays_announced(old, in_london):
    bench = old
    await started(bench)
    bench.settings = in_london
    bench.clock.step(24 * 3600 * 30)
    view = await started(bench)
    assert view.notice is None
    assert len(names(bench)) == 3
    assert not bench.store.state("retention")


async def test_what_is_announced_of_notes_and_what_changed_stand_beside_it(old):
    bench = old
    cockpit = bench.killed_and_started_again()
    cockpit._state.settings = replace(cockpit._state.settings, keep_notes=timedelta(days=60))
    await cockpit.open()
    cockpit._state.say("Team settings changed: 2 lines.")
    await cockpit.tick()
    await cockpit.housekeeping
    view = await cockpit.tick()
    assert (view.notice.text, view.notice.tone) == (
        "Team settings changed: 2 lines. 3 notes are older than 2 months. They will be blanked at the first start "
        "from tomorrow on. A copy of the data folder keeps the text (record.keep_notes). "
        + WILL_GO.replace("7 Dec", "30 Nov"),
        "warn",
    )
