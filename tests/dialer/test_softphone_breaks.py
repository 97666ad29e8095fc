"""The softphone dies, hangs, talks nonsense or is left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.dialer.softphone_bench import Bench, FakeBaresip
from tui.dialer.protocol import CallState, Cause, DialError


async def test_a_softphone_that_dies_loses_its_calls_and_says_so(bench: Bench) -> None:
    await bench.talks("c1")
    bench.baresip.hang()
    lost = await bench.told(CallState.ENDED)
    assert (lost.cause, lost.call_id) == (Cause.LOST, "c1")
    with pytest.raises(DialError):
        await bench.phone.answer("c1")
    await bench.phone.hang_up("c1")


async def test_one_that_ran_well_is_started_again_by_itself(bench: Bench) -> None:
    bench.phone._started_at -= 60
    bench.baresip.hang()
    await bench.until(lambda: len(bench.baresip.asked("uanew")) == 2)


async def test_one_that_dies_at_once_is_not_started_again_and_again(bench: Bench) -> None:
    bench.baresip.hang()
    await asyncio.sleep(0.1)
    assert len(bench.baresip.asked("uanew")) == 1


async def test_one_that_hangs_is_ended_and_its_calls_with_it(hasty_bench: Bench) -> None:
    await hasty_bench.talks("c1")
    hasty_bench.baresip.deaf_to = {"callfind"}
    hasty_bench.phone._link._limits = hasty_bench.phone._limits
    with pytest.raises(DialError, match="did not answer and was stopped"):
        await hasty_bench.phone.send_dtmf("c1", "1")
    assert hasty_bench.baresip.ended
    assert (await hasty_bench.told(CallState.ENDED)).cause is Cause.LOST


@pytest.mark.parametrize(
    "garbage", [b"x:y,", b"99999999999:", b"2:[],", b"-1:,", b"3:{}x!", b"5:{}xxx,", b":" * 9]
)
async def test_garbage_on_the_control_connection_is_a_lost_softphone(bench: Bench, garbage: bytes) -> None:
    await bench.talks("c1")
    bench.baresip.raw(garbage)
    assert (await bench.told(CallState.ENDED)).cause is Cause.LOST


async def test_stopping_ends_the_events_and_every_call(bench: Bench) -> None:
    await bench.talks("c1")
    await bench.phone.stop()
    assert (await bench.told(CallState.ENDED)).cause is Cause.LOCAL
    assert "quit" in [name for name, _ in bench.baresip.commands]
    assert bench.baresip.ended


async def test_leaving_ends_nothing(bench: Bench) -> None:
    await bench.talks("c1")
    await bench.phone.leave()
    assert not bench.baresip.ended
    assert not {"quit", "hangup"} & {name for name, _ in bench.baresip.commands}


async def test_stopping_one_that_never_ran_is_harmless(
    make: Callable[..., Bench], baresip: FakeBaresip
) -> None:
    await make().phone.stop()
    assert baresip.commands == []
