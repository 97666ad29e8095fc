"""A part of the queue, and an hour that strikes for many at once."""

from datetime import UTC, datetime, timedelta

from tui.domain.queue import Item, Queue, callable_from, window_of
from tui.domain.window import DEFAULT_HOURS, Hours

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ROME = ("Europe/Rome",)
HOUSE = window_of(DEFAULT_HOURS)


def people(count, kind="follow_up", at=NOON - HOUR, name="p"):
    return [Item(f"{name}{place}", kind, at + timedelta(minutes=place), ROME) for place in range(count)]


def queue_of(items, now=NOON):
    return Queue(items, now, now + HOUR, HOUSE)


def ids(queue, until=NOON + DAY):
    return [item.id for item in queue.ready()], [item.id for _, item in queue.later(until)]


def test_a_part_of_the_queue_is_the_queue_of_those_people_also_after_time_has_passed():
    everybody = queue_of(people(200))
    wanted = {f"p{place}" for place in range(0, 200, 3)}
    part, again = everybody.only(wanted), queue_of([one for one in people(200) if one.id in wanted])
    assert ids(part) == ids(again)
    for hours in (1, 3, 8, 20):
        part.tick(NOON + hours * HOUR)
        again.tick(NOON + hours * HOUR)
        assert ids(part) == ids(again)


def test_a_change_in_a_part_leaves_the_whole_as_it_was():
    everybody = queue_of(people(10))
    part = everybody.only(["p1", "p2"])
    part.drop("p1")
    assert ids(part)[0] == ["p2"]
    assert everybody.is_ready("p1")


def test_when_an_hour_strikes_a_promise_is_among_the_first_to_move():
    nine = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    waiting = [Item(f"a{place}", "follow_up", NOON, ROME) for place in range(50)]
    promise = Item("z", "promise", nine, ())
    queue = queue_of([*waiting, promise], now=nine - 10 * HOUR)
    queue.tick(nine, budget=5)
    assert queue.is_ready("z")
    assert queue.ready_count == 5
    assert queue.later_count(nine) == 46


def test_a_waiting_person_is_later_up_to_a_moment_and_a_ready_one_never():
    queue = queue_of([*people(1), Item("due", "promise", NOON + 2 * HOUR, ())])
    assert queue.is_later("due", NOON + 2 * HOUR)
    assert not queue.is_later("due", NOON + HOUR)
    assert not queue.is_later("p0", NOON + DAY)


def test_another_end_of_the_session_ranks_as_if_it_had_been_so_from_the_start():
    items = people(20)
    queue = queue_of(items)
    for end in (NOON + 6 * HOUR, NOON + 2 * HOUR, NOON + 5 * HOUR):
        queue.set_session_end(end)
        assert ids(queue) == ids(Queue(items, NOON, end, HOUSE))


def test_who_can_never_be_called_is_asked_about_once_also_under_a_law():
    far_apart = ("Europe/London", "Pacific/Auckland")
    asked = []

    def house(zones, t):
        asked.append(t)
        return HOUSE(zones, t)

    legal = (Hours(week=(((8 * 60, 21 * 60),),) * 7),)
    item = Item("ann", "follow_up", NOON, far_apart, places=far_apart, law=legal)
    assert callable_from(item, NOON, house) is None
    assert len(asked) == 1


def test_house_that_never_opens_leaves_nobody_to_call_under_a_law():
    legal = (Hours(week=(((8 * 60, 21 * 60),),) * 7),)
    item = Item("ann", "follow_up", NOON, ROME, places=ROME, law=legal)
    assert callable_from(item, NOON, window_of(Hours(week=((),) * 7))) is None
