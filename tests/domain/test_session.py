"""The session clock: pauses, sleep, a crash, time that ends in the middle of a call, and the pace."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.session import SessionClock, recover


class Desk:
    """A clock with a machine under it: seconds pass one by one, or the lid closes."""

    def __init__(self, planned, plan=0, start=1_000_000.0):
        self.clock = SessionClock(planned, plan)
        self.mono, self.wall = 0.0, start
        self.clock.tick(self.mono, self.wall)

    def passes(self, seconds):
        for _ in range(seconds):
            self.mono += 1
            self.wall += 1
            self.clock.tick(self.mono, self.wall)
        return self

    def does(self, event, arg=None):
        assert self.clock.do(event, self.mono, self.wall, arg), event
        return self

    def cannot(self, event, arg=None):
        before = self.clock.to_state()
        assert not self.clock.do(event, self.mono, self.wall, arg), event
        assert self.clock.to_state() == before


def test_time_that_ends_during_a_call_lets_it_end_and_then_stops():
    desk = Desk(300).passes(290).does("dial").passes(20).does("answer").passes(100).does("hangup")
    assert desk.clock.overtime
    assert desk.clock.state == "wrap"
    desk.cannot("dial")
    desk.passes(5).does("outcome")
    assert desk.clock.state == "ended"
    assert desk.clock.left == -115


def test_time_that_ends_between_calls_ends_the_session():
    desk = Desk(60).passes(60)
    assert desk.clock.state == "ended"
    desk.cannot("dial")


def test_extension_goes_on_after_the_end_and_lifts_overtime():
    desk = Desk(60).passes(60).does("extend", 300)
    assert desk.clock.state == "ready"
    assert desk.clock.left == 300
    desk = Desk(60).passes(50).does("dial").passes(20).does("extend", 300)
    assert not desk.clock.overtime
    assert desk.clock.state == "dialling"
    desk.cannot("extend", 0)


def test_sleep_is_a_pause_whatever_the_wall_clock_says():
    for wall_clock_counts in (0.0, 3600.0, -86400.0):
        desk = Desk(300).passes(1)
        desk.mono += 3600
        desk.wall += wall_clock_counts
        assert desk.clock.tick(desk.mono, desk.wall)
        assert desk.clock.spent["paused:sleep"] == 3600
        assert desk.clock.left == 299
        assert [p.reason for p in desk.clock.pauses] == ["sleep"]


@pytest.mark.parametrize("step", [-86400, -500, 3600, 86400 * 3650])
def test_a_wall_clock_that_is_set_is_neither_sleep_nor_time(step):
    clock = SessionClock(300)
    clock.tick(0, 1000)
    assert not clock.tick(1, 1000 + step)
    assert (clock.spent, clock.pauses) == ({"ready": 1}, [])


def test_monotonic_clock_that_goes_back_takes_no_time_away():
    clock = SessionClock(300)
    for mono in (0, 5, 3, 4):
        clock.tick(mono, 1000)
    assert clock.active == 6


def test_second_number_of_a_person_is_another_dial_of_the_same_call():
    desk = Desk(300).does("dial").passes(5).does("dial").passes(5).does("outcome")
    assert (desk.clock.dials, desk.clock.outcomes) == (2, 1)


def test_stop_in_a_call_means_nothing():
    desk = Desk(300).does("dial")
    desk.cannot("stop")
    desk.does("outcome").does("stop")
    assert desk.clock.state == "ended"


def test_pause_needs_a_known_reason_and_is_recorded_with_its_times():
    desk = Desk(300).passes(3).does("pause", "break").passes(7)
    desk.cannot("pause", "task")
    desk.does("resume")
    (pause,) = desk.clock.pauses
    assert (pause.reason, (pause.ended_at - pause.started_at).total_seconds()) == ("break", 7)
    with pytest.raises(ValueError, match="lunch"):
        desk.clock.do("pause", desk.mono, desk.wall, "lunch")


def test_a_copy_stays_as_it_was_whatever_becomes_of_the_clock():
    desk = Desk(300).passes(3).does("pause", "break").passes(7)
    kept = desk.clock.copy()
    said, pauses = kept.to_state(), tuple(kept.pauses)
    desk.does("resume").passes(5).does("dial")
    assert desk.clock.to_state() != said
    assert (kept.to_state(), tuple(kept.pauses)) == (said, pauses)


def test_time_up_while_paused_in_a_call_is_overtime_and_not_the_end():
    desk = (
        Desk(20)
        .passes(10)
        .does("dial")
        .passes(9)
        .does("pause", "incoming")
        .passes(60)
        .does("resume")
        .passes(2)
    )
    assert desk.clock.overtime
    assert desk.clock.state == "dialling"


def test_saved_clock_reads_back_equal_through_json():
    desk = Desk(300, plan=12).passes(10).does("dial").passes(5).does("pause", "incoming").passes(5)
    state = json.loads(json.dumps(desk.clock.to_state()))
    assert SessionClock.from_state(state).to_state() == desk.clock.to_state()


def test_crash_is_a_pause_and_the_call_goes_on():
    desk = Desk(3600).passes(100).does("dial").passes(30).does("answer")
    clock, how = recover(desk.clock.to_state(), desk.clock.pauses, desk.wall + 90)
    assert (how, clock.state, clock.left) == ("resume", "talking", desk.clock.left)
    assert clock.spent["paused:crash"] == 90
    clock.tick(5.0, desk.wall + 91)
    clock.tick(6.0, desk.wall + 92)
    assert clock.left == desk.clock.left - 1


def test_crash_of_an_hour_ago_closes_the_session():
    desk = Desk(3600).passes(100).does("pause", "break")
    clock, how = recover(desk.clock.to_state(), desk.clock.pauses, desk.wall + 1801)
    assert (how, clock.state, clock.active) == ("closed", "ended", 100)
    assert clock.pauses[0].ended_at is not None


def test_crash_while_paused_goes_back_to_what_was_going_on():
    desk = Desk(3600).passes(5).does("dial").does("pause", "incoming")
    clock, how = recover(desk.clock.to_state(), desk.clock.pauses, desk.wall + 60)
    assert (how, clock.state) == ("resume", "dialling")


def test_pace_credits_the_time_spent_talking():
    desk = Desk(3600, plan=30).passes(10).does("dial").passes(20).does("answer").passes(600).does("hangup")
    assert -0.9 < desk.clock.pace() < 1.1
    assert Desk(3600).clock.pace() == 0


events = st.lists(
    st.tuples(
        st.sampled_from(["dial", "answer", "hangup", "outcome", "pause", "resume", "extend", "stop", "tick"]),
        st.floats(0, 8),
        st.sampled_from([0, 0, 0, 0, 0, 40, 3600]),
    ),
    max_size=80,
)


@given(events, st.sampled_from([60, 300, 900]), st.sampled_from([-86400, 0, 1]))
def test_time_is_conserved_and_never_inflated(steps, planned, wall_clock_is_set):
    clock, mono, wall, ran, slept = SessionClock(planned), 0.0, 0.0, 0.0, 0.0
    clock.tick(mono, wall)
    for event, seconds, sleep in steps:
        running = clock.state != "ended"
        mono, wall, ran = mono + seconds, wall + seconds, ran + seconds * running
        clock.tick(mono, wall)
        if sleep:
            running = clock.state != "ended"
            mono, wall = mono + sleep, wall + sleep * wall_clock_is_set
            slept += sleep * running
            clock.tick(mono, wall)
        if event != "tick":
            happened = clock.do(event, mono, wall, {"pause": "incoming", "extend": 300}.get(event))
            assert not (event == "dial" and happened) or (clock.left > 0 and not clock.overtime)
    assert sum(clock.spent.values()) == pytest.approx(ran + slept)
    assert clock.outcomes <= clock.dials
    assert not ran or clock.spent.get("paused:sleep", 0.0) <= slept + 1e-6
    if not clock.overtime and not any(event == "extend" for event, *_ in steps):
        assert clock.state == "ended" or clock.active <= planned + 8
