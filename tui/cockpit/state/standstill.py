"""Why nobody can be called at this moment, when the next one can, and what can be done meanwhile, each with its key."""

from __future__ import annotations

from tui.cockpit.queue_view import EnterKey
from tui.cockpit.state.state import State
from tui.cockpit.wording.notices import notice
from tui.domain.day_words import Clocks, moment


def nobody(state: State) -> str:
    """Why there is nobody in view whom Enter could call, and the key that helps or the time that does."""
    ranking, selection = state.ranking, state.selection
    if selection.shows == "found":
        return notice("nobody_matches", text=ranking.narrowing.text, clear=state.key("queue.clear"))
    if selection.shows == "held":
        return notice("nobody_held")
    if ranking.narrowing.text:
        return notice("nobody_fits", text=ranking.narrowing.text, clear=state.key("queue.clear"))
    if not len(ranking):
        if ranking.narrowing.list_name:
            return notice("nobody_on_list", list=ranking.narrowing.list_name, other=state.key("queue.list"))
        return notice("nobody_in_list", bring=state.key("queue.import"), add=state.key("queue.add"))
    first = ranking.next_opening(state.now)
    if first is None:
        return notice("nobody_any_more", held=state.key("queue.held"))
    ours = state.settings.zone
    when = moment(first, Clocks(ours, ours, state.now))
    code = "nobody_left_before" if state.run is not None and state.run.calls else "nobody_before"
    return notice(code, when=when)


def empty_list(state: State, enter: EnterKey) -> str:
    """What stands in a list without people; empty where the line of Enter, at the top, has said it."""
    match state.selection.shows:
        case "held":
            return nobody(state)
        case "found":
            return notice("nobody_but_to_do") if len(state.selection.owed) else enter.words
    is_said = enter.does == "nothing" and not enter.contact_id
    return "" if is_said else nobody(state)


def meanwhile(state: State) -> str:
    """What can be done while nobody can be called, or while the phone or the list is out of reach; empty otherwise."""
    ranking, selection = state.ranking, state.selection
    if selection.shows != "queue":
        return ""
    if not len(ranking.ready):
        return _other_work(state) if len(ranking) else ""
    if state.dialer.health().signed_in is False and state.dialer.health().why:
        return notice("meanwhile_no_phone", elsewhere=state.key("queue.log"))
    return ""


def _other_work(state: State) -> str:
    to_do, bring = len(state.selection.owed), state.key("queue.import")
    held, report = state.key("queue.held"), state.key("queue.report")
    if state.run is not None:
        return notice("meanwhile_in_session", end=state.key("queue.recap"), held=held, bring=bring)
    if to_do:
        return notice("meanwhile_to_do", to_do=to_do, done=state.key("queue.done"), held=held, bring=bring)
    return notice("meanwhile", held=held, bring=bring, report=report)
