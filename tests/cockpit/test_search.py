"""Search on the queue: every match, the best first, and nobody else is called."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected, names
from tests.screen_bench import PowerHourApp, ScreenContext, Stage
from tui.domain.call import Call, Note, Owed
from tui.domain.contact import Number
from tui.domain.outcome import Category
from tui.domain.queue import Queue
from tui.storage.protocol import Change

NAMES = (
    "Ben Turner",
    "Hannah Clarke",
    "Ewan Adams",
    "Ewan Fraser",
    "Fatima Ali",
    "Fatima Scott",
    "Jo Ann Marsh",
)


@pytest.fixture
async def cockpit(bench):
    """Seven people, of whom Ewan Adams and Fatima Scott are put off; something is to do for Ben Turner."""
    people = {one.name: one for one in bench.people(*NAMES)}
    at = bench.clock.now() - timedelta(days=9)
    owed = Owed("send the contract", at.date())
    call = Call("owed", people["Ben Turner"].id, at, "talked", Category.CONVERSATION, owed=owed)
    bench.store.commit(Change(calls=(call,), state={"owed": {"open": ["owed"]}}), at)
    await bench.cockpit.open()
    for name in ("Ewan Adams", "Fatima Scott"):
        bench.cockpit._state.ranking.skips.add(
            people[name].id, "not the right moment for them", bench.clock.now()
        )
    return bench.cockpit


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ann", ["Jo Ann Marsh", "Hannah Clarke"]),
        ("Ewan A", ["Ewan Adams", "Ewan Fraser"]),
        ("fatima s", ["Fatima Scott"]),
        ("FÁTIMA", ["Fatima Ali", "Fatima Scott"]),
        ("clarke ltd", ["Hannah Clarke"]),
        ("autumn", sorted(NAMES)),
    ],
)
async def test_the_best_match_has_the_cursor_whether_it_can_be_called_or_is_held(
    bench, cockpit, typed, found
):
    view = None
    for length in range(1, len(typed) + 1):
        view = await cockpit.queue.find(typed[:length])
    assert names(view.queue.found) == found
    assert view.queue.enter.name == found[0]
    assert found[0] in view.queue.enter.words
    view = await cockpit.queue.enter(view.queue.enter)
    assert (view.phase, bench.dialer.dialled) == ("queue", [])
    view = await cockpit.queue.enter(view.queue.enter)
    assert view.card.name == found[0]
    assert bench.dialer.dialled == [bench.contact(found[0]).numbers[0].e164]


async def test_a_held_match_says_why_it_is_held(cockpit):
    view = await cockpit.queue.find("ewan")
    assert {row.name: row.why for row in view.queue.found} == {
        "Ewan Adams": "Put off until tomorrow: not the right moment for them.",
        "Ewan Fraser": "Never called",
    }


async def test_with_no_match_nobody_is_selected_and_enter_says_so(bench, cockpit):
    view = await cockpit.queue.find("xyz")
    assert (view.queue.selected, view.queue.enter.does) == ("", "nothing")
    for _ in range(3):
        view = await cockpit.queue.enter(view.queue.enter)
        assert view.notice.text == "Nobody matches 'xyz'. Esc clears the search."
    assert bench.dialer.dialled == []
    view = await cockpit.queue.clear_filter()
    assert view.queue.enter.does == "call"
    assert view.queue.enter.name == view.queue.ready[0].name


async def test_everything_known_of_a_person_finds_them_notes_of_calls_too(bench):
    ann, bo, *_ = bench.people("Ann Rossi", "Bo Lund", "Cy Park", "Müller Mia")
    at = bench.clock.now() - timedelta(days=2)
    call = Call("c1", bo.id, at, "talked", Category.CONVERSATION, notes=(Note(at, "two vans, not three"),))
    ann = replace(
        ann, emails=("buyer@acme.example",), tags=("fair",), fields={"notes": "has a dog called Rex"}
    )
    bench.store.commit(Change(contacts=(ann,), calls=(call,)), bench.clock.now())
    await bench.cockpit.open()
    for typed, found in {
        "buyer@acme": ["Ann Rossi"],
        "fair": ["Ann Rossi"],
        "rex": ["Ann Rossi"],
        "vans": ["Bo Lund"],
        "mueller": ["Müller Mia"],
        bo.numbers[0].e164[-4:]: ["Bo Lund"],
        "020 7946 " + bo.numbers[0].e164[-4:]: ["Bo Lund"],
    }.items():
        assert names((await bench.cockpit.queue.find(typed)).queue.found) == found, typed


async def test_a_field_is_named_and_quotes_hold_words_together(bench):
    ann, bo, cy = bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    changed = (
        replace(ann, tags=("vip", "trade fair"), owner="Kat Example"),
        replace(bo, tags=("fair play",), lists=("trade fair 2026",)),
        replace(cy, fields={"notes": "met at the trade fair, vip lounge"}),
    )
    bench.store.commit(Change(contacts=changed), bench.clock.now())
    await bench.cockpit.open()
    for typed, found in {
        "tag:vip": ["Ann Rossi"],
        "TAGS:VIP": ["Ann Rossi"],
        'tag:"trade fair"': ["Ann Rossi"],
        'tag:"trade fa': ["Ann Rossi"],
        "tag:fair": ["Ann Rossi", "Bo Lund"],
        "tag:fair lund": ["Bo Lund"],
        'list:"trade fair"': ["Bo Lund"],
        "firm:park": ["Cy Park"],
        "company:rossi tag:vip": ["Ann Rossi"],
        "owner:kat": ["Ann Rossi"],
        "zone:london tag:play": ["Bo Lund"],
        "note:lounge": ["Cy Park"],
        "12:30": [],
    }.items():
        assert names((await bench.cockpit.queue.find(typed)).queue.found) == found, typed


async def test_a_note_of_a_moment_ago_and_a_person_just_added_are_found(bench):
    bench.people("Ann Rossi")
    await bench.cockpit.open()
    await bench.cockpit.queue.find("x")
    await bench.cockpit.queue.clear_filter()
    await call_selected(bench.cockpit)
    await bench.cockpit.call.answered()
    await bench.cockpit.talk.type_note("wants a ladder")
    await bench.cockpit.talk.keep_note()
    bench.clock.step(60)
    await bench.cockpit.call.over()
    await bench.cockpit.outcome.choose("voicemail")
    await bench.cockpit.session.to_queue()
    await bench.cockpit.people.add({"name": "Zed Ladderman", "number": "020 7946 0177"})
    assert names((await bench.cockpit.queue.find("ladder")).queue.found) == ["Zed Ladderman", "Ann Rossi"]


async def test_what_is_to_do_is_narrowed_like_the_people(bench):
    ann, bo, cy = bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    today = bench.clock.now().date()
    calls = tuple(
        Call(f"c{n}", one.id, bench.clock.now(), "talked", Category.CONVERSATION, owed=Owed(what, today))
        for n, (one, what) in enumerate(((ann, "send the price list"), (bo, "send a sample")))
    )
    bench.store.commit(Change(calls=calls, state={"owed": {"open": ["c0", "c1"]}}), bench.clock.now())
    await bench.cockpit.open()
    assert names((await bench.cockpit.queue.find("")).queue.owed) == ["Ann Rossi", "Bo Lund"]
    assert names((await bench.cockpit.queue.find("lund")).queue.owed) == ["Bo Lund"]
    view = await bench.cockpit.queue.find("sample")
    assert (names(view.queue.found), names(view.queue.owed)) == ([], ["Bo Lund"])
    assert (view.queue.selected_call, view.queue.enter.name) == ("c1", "Bo Lund")
    view = await bench.cockpit.queue.clear_filter()
    await bench.cockpit.queue.show_list("autumn")
    assert len(view.queue.owed) == 2
    bench.store.commit(Change(contacts=(replace(cy, lists=("fair",)),)), bench.clock.now())


async def test_a_list_keeps_the_search_inside_it(bench):
    ann, *_ = bench.people("Ann Rossi", "Anna Boe")
    other = replace(
        ann, id="other", name="Annette Other", lists=("fair",), numbers=(Number("+442079460190"),)
    )
    bench.store.commit(Change(contacts=(other,)), bench.clock.now())
    await bench.cockpit.open()
    await bench.cockpit.queue.show_list("fair")
    assert names((await bench.cockpit.queue.find("ann")).queue.found) == ["Annette Other"]
    await bench.cockpit.queue.show_list("")
    assert len((await bench.cockpit.queue.find("ann")).queue.found) == 3


async def test_a_filter_kept_under_a_name_shows_that_part_of_the_queue(bench, cockpit):
    await cockpit.queue.filter("ewan")
    await cockpit.queue.save_filter("Ewans")
    await cockpit.queue.clear_filter()
    view = await cockpit.queue.show_list("Ewans")
    assert (view.queue.shows, names(view.queue.ready)) == ("queue", ["Ewan Fraser"])
    assert names(view.queue.held) == ["Ewan Adams"]
    assert view.queue.enter.name == "Ewan Fraser"


# -- with real keys ------------------------------------------------------------------------------------------


@pytest.fixture
async def live(bench, cockpit):
    app = PowerHourApp(ScreenContext(cockpit))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield Stage(app, cockpit, pilot)


async def test_a_letter_does_not_wait_until_those_it_finds_are_sorted_into_a_queue(live, monkeypatch):
    sorted_for: list[int] = []
    monkeypatch.setattr(Queue, "only", lambda _, ids: sorted_for.append(len(ids)))
    for key in ("slash", *"fatima", "down", "up"):
        await live.press(key)
    assert "▸ Fatima Ali" in live.text
    assert sorted_for == []


async def burst(stage, keys):
    """Keys as one packet brings them: none waits for what the one before did."""
    from textual import events

    for key in keys:
        stage.app.post_message(
            events.Key(key, key if len(key) == 1 else {"slash": "/", "space": " "}.get(key))
        )
    await stage.pilot.pause()
    await stage.pilot.pause()


async def test_a_burst_of_a_search_and_enter_means_whom_was_typed(live, bench):
    await burst(live, ["slash", *"ann", "enter"])
    assert bench.dialer.dialled == []
    assert " Enter  call Jo Ann Marsh" in live.text
    assert " ▸ Jo Ann Marsh" in live.text
    assert "Ben Turner" not in live.text
    await burst(live, ["enter"])
    assert bench.dialer.dialled == [bench.contact("Jo Ann Marsh").numbers[0].e164]


@pytest.mark.parametrize(
    ("keys", "called"),
    [
        (["slash", *"ann", "enter", "enter"], "Jo Ann Marsh"),
        (["slash", *"ann", "down", "enter", "enter"], "Hannah Clarke"),
        (["down", "slash", *"ewan", "space", "a", "enter", "enter"], "Ewan Adams"),
        (["slash", *"xyz", "enter", "enter", "enter"], ""),
        (["slash", *"xyz", "escape", "slash", *"fatima s", "enter", "enter"], "Fatima Scott"),
    ],
)
async def test_whatever_comes_in_one_burst_only_the_one_who_was_meant_is_called(live, bench, keys, called):
    await burst(live, ["space" if key == " " else key for key in keys])
    assert bench.dialer.dialled == ([bench.contact(called).numbers[0].e164] if called else [])


async def test_no_match_is_said_in_the_list_and_by_enter_and_esc_clears(live, bench):
    await live.press("slash", *"xyz", "enter")
    assert live.text.count("Nobody matches 'xyz'. Esc clears the search.") >= 2
    assert "Find > xyz" in live.text
    await live.press("escape")
    assert " ▸ Ben Turner" in live.text
    assert bench.dialer.dialled == []
