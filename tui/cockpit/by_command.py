"""What a command of the table does in the cockpit, where the key alone says all: one list for whoever takes keys.

Whether it is possible now, `possible` says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.cockpit.cockpit import Cockpit

Does = Callable[["Cockpit"], Awaitable[object]]

DOES: Mapping[str, Does] = {
    "queue.undo": lambda cockpit: cockpit.undo.last(),
    "queue.done": lambda cockpit: cockpit.people.tick_owed(cockpit.view.queue.selected_call),
    "queue.hang_up": lambda cockpit: cockpit.call.hang_up(),
    "queue.recap": lambda cockpit: cockpit.session.show_recap(),
    "queue.many": lambda cockpit: cockpit.many.ask(),
    "queue.doubles": lambda cockpit: cockpit.people.ask_who_is_twice(),
    "ready.dial": lambda cockpit: cockpit.call.dial(),
    "ready.hold": lambda cockpit: cockpit.session.hold(),
    "ready.skip": lambda cockpit: cockpit.people.skip(None),
    "ready.pause": lambda cockpit: cockpit.session.ask_pause(),
    "ready.undo": lambda cockpit: cockpit.undo.last(),
    "ready.other": lambda cockpit: cockpit.call.other_number(),
    "ready.record": lambda cockpit: cockpit.phone.record(),
    "ready.hang_up": lambda cockpit: cockpit.call.hang_up(),
    "ready.extend": lambda cockpit: cockpit.session.extend(),
    "ready.recap": lambda cockpit: cockpit.session.show_recap(),
    "ready.queue": lambda cockpit: cockpit.session.to_queue(),
    "ringing.answered": lambda cockpit: cockpit.call.answered(),
    "ringing.outcomes": lambda cockpit: cockpit.call.over(),
    "ringing.other": lambda cockpit: cockpit.call.other_number(),
    "ringing.previous_number": lambda cockpit: cockpit.call.other_number(-1),
    "ringing.next_number": lambda cockpit: cockpit.call.other_number(1),
    "ringing.pause": lambda cockpit: cockpit.session.ask_pause(),
    "ringing.undo": lambda cockpit: cockpit.undo.last(),
    "ringing.again": lambda cockpit: cockpit.call.call_again(),
    "ringing.hang_up": lambda cockpit: cockpit.call.hang_up(),
    "talking.over": lambda cockpit: cockpit.call.over(),
    "talking.on": lambda cockpit: cockpit.talk.step_on(),
    "talking.back": lambda cockpit: cockpit.talk.step_back(),
    "talking.buying": lambda cockpit: cockpit.talk.signal("+"),
    "talking.no_buy": lambda cockpit: cockpit.talk.signal("-"),
    "talking.hang_up": lambda cockpit: cockpit.call.hang_up(),
    "talking.mute": lambda cockpit: cockpit.phone.mute(),
    "talking.hold": lambda cockpit: cockpit.phone.hold(),
    "call_over.back": lambda cockpit: cockpit.call.back(),
    "call_over.again": lambda cockpit: cockpit.call.call_again(),
    "call_over.undo": lambda cockpit: cockpit.undo.last(),
    "call_over.throw_away": lambda cockpit: cockpit.call.throw_away(),
    "call_over.hang_up": lambda cockpit: cockpit.call.hang_up(),
    "form.save": lambda cockpit: cockpit.outcome.save_form(),
    "form.leave": lambda cockpit: cockpit.outcome.leave_form(),
    "paused.go_on": lambda cockpit: cockpit.session.go_on(),
    "paused.undo": lambda cockpit: cockpit.undo.last(),
    "recap.end": lambda cockpit: _end(cockpit),
    "recap.extend": lambda cockpit: cockpit.session.extend(),
    "recap.back": lambda cockpit: _leave_recap(cockpit),
    "recap.undo": lambda cockpit: cockpit.undo.last(),
    "contact.undo": lambda cockpit: cockpit.undo.last(),
    "app.team_hour": lambda cockpit: cockpit.team_hour.switch(),
    "app.tour": lambda cockpit: cockpit.first_run.skip_tour(),
}
"""By command id."""


def doing(cockpit: Cockpit, *places: str) -> dict[str, Callable[[], Awaitable[object]]]:
    """What the commands of these places do that need no more than their key, by command id."""
    return {
        command_id: partial(does, cockpit)
        for command_id, does in DOES.items()
        if command_id.partition(".")[0] in places
    }


def _end(cockpit: Cockpit) -> Awaitable[object]:
    recap = cockpit.view.recap
    return cockpit.session.once_more() if recap and recap.once_more else cockpit.session.end()


def _leave_recap(cockpit: Cockpit) -> Awaitable[object]:
    recap = cockpit.view.recap
    return cockpit.session.leave_recap() if recap and recap.running else cockpit.session.end()
