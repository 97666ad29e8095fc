"""What line 1 says of the phone, and the key that ends whatever is up."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.cockpit_bench import call_selected
from tests.phone_bench import AblePhone
from tui.cockpit.view import Phase
from tui.dialer.protocol import CallEvent, CallState, Health


class WatchedPhone(AblePhone):
    """A phone that says how it is."""

    def __init__(self):
        super().__init__()
        self.is_so = Health(signed_in=True)

    def health(self):
        return self.is_so

    async def hang_up(self, call_id):
        await super().hang_up(call_id)
        self.up.pop(call_id, None)


@pytest.fixture
async def bench(make_bench):
    bench = make_bench()
    bench.dialer = WatchedPhone()
    bench.cockpit = bench._cockpit()
    bench.people("Ann Rossi", "Bo Lund", "Cy Park")
    await bench.cockpit.open()
    return bench


async def told(bench, **health):
    bench.dialer.is_so = replace(bench.dialer.is_so, **health)
    return (await bench.cockpit.tick()).phone


async def test_line_1_says_whether_the_phone_is_signed_in_and_since_when_not(bench):
    assert (await told(bench)).words == "signed in"
    bench.clock.step(minutes=4)
    gone = await told(bench, signed_in=False, why="the phone server says nothing")
    assert gone.words == "not signed in since 14:05: the phone server says nothing"
    assert gone.is_trouble
    bench.clock.step(minutes=3)
    again = await told(bench, why="503 Service Unavailable")
    assert again.words == "not signed in since 14:05: 503 Service Unavailable"
    back = await told(bench, signed_in=True, why="")
    assert (back.words, back.is_trouble) == ("signed in", False)


async def test_line_1_says_what_is_missing_to_speak(bench):
    assert (await told(bench, no_sound="no microphone")).words == "no microphone"


async def test_a_phone_that_signs_in_nowhere_says_nothing(bench):
    assert (await told(bench, signed_in=None)).words == ""


async def calling(bench):
    await call_selected(bench.cockpit, 5)
    line = "line-1"
    await bench.dialer.say(line, CallState.DIALLING)
    return line


async def test_a_phone_server_that_says_nothing_is_told_and_asked_about_and_nothing_is_cut(bench):
    line = await calling(bench)
    await bench.dialer.say(line, CallState.DIALLING, quiet_s=8)
    view = bench.cockpit.view
    said = "It is not ringing yet, after 8 seconds. Keep waiting? ^X hangs up."
    assert (view.phase, view.notice.text, view.ask) == (Phase.DIALLING, said, None)
    assert bench.dialer.hung_up == []
    await bench.dialer.say(line, CallState.RINGING)
    assert bench.cockpit.view.notice is None


async def test_no_sound_from_them_stands_on_line_1_until_there_is_some(bench):
    line = await calling(bench)
    await bench.dialer.say(line, CallState.CONNECTED)
    await bench.dialer.say(line, CallState.CONNECTED, quiet_s=15)
    view = bench.cockpit.view
    assert view.phone.words == "no sound from them for 15 s"
    assert view.notice.text == "No sound has come from them for 15 seconds. Are they still there?"
    bench.dialer.up[line] = replace(bench.dialer.up[line], quiet_s=21)
    assert (await bench.cockpit.tick()).phone.words == "no sound from them for 21 s"
    await bench.dialer.say(line, CallState.CONNECTED)
    assert (bench.cockpit.view.phone.words, bench.cockpit.view.notice) == ("signed in", None)


STRAY = CallEvent("stray", CallState.CONNECTED, True, "+12025550199")


@pytest.mark.parametrize("place", ["queue", "ready"])
async def test_a_call_on_no_card_is_shown_on_line_1_with_the_key_that_ends_it(bench, place):
    if place == "ready":
        line = await calling(bench)
        bench.clock.step(seconds=9)
        await bench.dialer.say(line, CallState.ENDED)
        await bench.cockpit.outcome.choose("no_answer")
        assert bench.cockpit.view.phase is Phase.READY
    bench.dialer.up["stray"] = STRAY
    view = await bench.cockpit.tick()
    assert view.phone.words == "the call to +1 202-555-0199 is still up: ^X hangs up"
    assert (view.phone.is_trouble, view.phone.loose) == (True, True)
    assert "^X hangs up" in view.phone.short
    view = await bench.cockpit.call.hang_up()
    assert bench.dialer.hung_up == ["stray"]
    assert view.phone.words == "signed in"


async def test_while_another_line_is_up_the_key_ends_that_one_and_line_1_promises_nothing_else(bench):
    line = await calling(bench)
    await bench.dialer.say(line, CallState.CONNECTED)
    bench.dialer.up["stray"] = STRAY
    assert (await bench.cockpit.tick()).phone.words == "the call to +1 202-555-0199 is still up"
    await bench.cockpit.call.hang_up()
    assert bench.dialer.hung_up == [line]


async def test_on_the_queue_the_call_that_is_still_open_can_be_ended_too(bench):
    line = await calling(bench)
    await bench.dialer.say(line, CallState.CONNECTED)
    bench.clock.step(seconds=360)
    await bench.cockpit.tick()
    await bench.cockpit.session.end()
    assert bench.cockpit.view.phase is Phase.QUEUE
    assert bench.cockpit.view.phone.loose
    await bench.cockpit.call.hang_up()
    assert bench.dialer.hung_up == [line]
