"""`record.keep_notes`: old notes are announced, then blanked at a later day's start, and never exported."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tui.domain.call import Call, Note
from tui.domain.day_words import length_in_words
from tui.domain.history import without_old_notes
from tui.domain.outcome import Category
from tui.storage.protocol import Change

PRIVATE = "private: she is getting divorced"
KEEP = timedelta(days=730)


def _call(bench, contact, days_ago: int, *texts: str, **more: object) -> Call:
    at = bench.clock.now() - timedelta(days=days_ago)
    notes = tuple(Note(at, text) for text in texts)
    return Call(f"call-{days_ago}", contact.id, at, "talked", Category.CONVERSATION, notes=notes, **more)


async def _started(bench):
    """The cockpit after its first two seconds."""
    cockpit = bench.killed_and_started_again()
    await cockpit.open()
    await cockpit.tick()
    await cockpit.housekeeping
    return await cockpit.tick()


@pytest.fixture
def kept_two_years(make_bench, in_london):
    bench = make_bench(replace(in_london, keep_notes=KEEP))
    (ann,) = bench.people("Ann Rossi")
    old = _call(bench, ann, 900, PRIVATE, "a second line", answers={"topic": PRIVATE, "size": "20 people"})
    recent = _call(bench, ann, 30, "wants the price list")
    bench.store.commit(Change(calls=(old, recent)), bench.clock.now())
    return bench


def _texts(bench) -> list[str]:
    return [note.text for call in bench.store.calls() for note in call.notes]


async def test_the_first_start_announces_and_a_later_day_blanks(kept_two_years):
    bench = kept_two_years
    view = await _started(bench)
    assert view.notice.text == (
        "2 notes are older than 2 years. They will be blanked at the first start from tomorrow on. "
        "A copy of the data folder keeps the text (record.keep_notes)."
    )
    assert PRIVATE in _texts(bench)

    again_today = await _started(bench)
    assert "will be blanked" in again_today.notice.text
    assert PRIVATE in _texts(bench)

    bench.clock.step(24 * 3600)
    view = await _started(bench)
    assert view.notice.text == "2 notes were older than 2 years and blanked. The calls stay."
    assert _texts(bench) == ["wants the price list"]
    old = bench.store.call("call-900")
    assert (old.outcome, dict(old.answers)) == ("talked", {"size": "20 people"})
    assert len(bench.store.calls()) == 2


async def test_the_calls_still_count_when_their_notes_are_gone(kept_two_years):
    bench = kept_two_years
    before = bench.store.calls()
    await _started(bench)
    bench.clock.step(24 * 3600)
    await _started(bench)
    after = bench.store.calls()
    assert [(c.id, c.at, c.outcome, c.is_) for c in after] == [(c.id, c.at, c.outcome, c.is_) for c in before]


async def test_a_shorter_time_is_announced_again(kept_two_years):
    bench = kept_two_years
    await _started(bench)
    bench.clock.step(24 * 3600)
    bench.settings = replace(bench.settings, keep_notes=timedelta(days=7))
    view = await _started(bench)
    assert view.notice.text.startswith("3 notes are older than 1 week.")
    assert PRIVATE in _texts(bench)


async def test_what_grows_old_later_goes_without_a_second_announcement(kept_two_years):
    bench = kept_two_years
    await _started(bench)
    bench.clock.step(24 * 3600 * 731)
    await _started(bench)
    assert _texts(bench) == []


async def test_notes_are_kept_for_ever_unless_the_team_says_so(make_bench, in_london):
    bench = make_bench(in_london)
    (ann,) = bench.people("Ann Rossi")
    bench.store.commit(Change(calls=(_call(bench, ann, 4000, PRIVATE),)), bench.clock.now())
    for _ in range(2):
        view = await _started(bench)
        assert view.notice is None
        bench.clock.step(24 * 3600)
    assert _texts(bench) == [PRIVATE]


async def test_what_a_corrected_call_said_before_goes_too(make_bench, in_london):
    bench = make_bench(replace(in_london, keep_notes=KEEP))
    (ann,) = bench.people("Ann Rossi")
    first = _call(bench, ann, 900, PRIVATE)
    bench.store.commit(Change(calls=(replace(first, notes=(), revisions=(first,)),)), bench.clock.now())
    view = await _started(bench)
    assert view.notice.text.startswith("1 note is older")
    bench.clock.step(24 * 3600)
    await _started(bench)
    assert PRIVATE not in str(bench.store.calls())


def test_a_newer_note_with_the_words_of_an_old_one_stays(bench):
    (ann,) = bench.people("Ann Rossi")
    call = _call(bench, ann, 900, "busy")
    call = replace(call, notes=(*call.notes, Note(bench.clock.now(), "busy")), answers={"topic": "busy"})
    kept = without_old_notes(call, bench.clock.now() - KEEP)
    assert [note.at for note in kept.notes] == [bench.clock.now()]
    assert kept.answers == {"topic": "busy"}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (30, "1 month"),
        (90, "3 months"),
        (365, "1 year"),
        (730, "2 years"),
        (14, "2 weeks"),
        (10, "10 days"),
    ],
)
def test_a_length_is_said_in_its_largest_unit(days, words):
    assert length_in_words(timedelta(days=days)) == words
