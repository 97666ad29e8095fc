"""A time until which people are put off, as a rep types it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tui.cockpit.state.state import State
from tui.cockpit.wording.notices import notice
from tui.cockpit.wording.queue_reasons import one_of_times
from tui.domain.when.read import Past, Unsure, read_when


def typed_moment(state: State, text: str) -> datetime | str:
    """The moment (UTC) that the words name on the rep's own clock; a sentence that asks again when they name none."""
    found = read_when(text, state.here.replace(tzinfo=None), month_first=None)
    match found:
        case None:
            return notice("skip_until_unknown")
        case Past():
            return notice("skip_until_past", offer=found.offer_text)
        case Unsure():
            return notice("skip_until_which", times=one_of_times([phrase for phrase, _ in found.choices]))
    return found.at_local.replace(tzinfo=ZoneInfo(state.settings.zone)).astimezone(UTC)
