"""The line of the team's power hour, at every width, for a small team and for a large one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.widgets.test_panels import drawn
from tui.cockpit.call_view import TeamHourView
from tui.widgets.frame import TeamHourLine

THREE = (("Ann", "talking"), ("Bo", "in"), ("Kim", "away"))
MANY = tuple((f"Colleague {number}", "talking" if number % 3 else "away") for number in range(30))


@pytest.mark.parametrize("colleagues", [THREE, MANY], ids=["three", "thirty"])
@pytest.mark.parametrize("state", ["queue", "ringing"])
def test_b61_everybody_has_a_place_or_is_counted(all_views, state, colleagues):
    hour = TeamHourView(True, 41 * 60 + 7, "", 12, 5, colleagues)
    for width in range(60, 200):
        (line,) = drawn(TeamHourLine(), width, view=replace(all_views[state], team_hour=hour))
        assert line.startswith(" Team hour 41:07 left   talked 12   agreed 5")
        assert len(line) <= width
    (line,) = drawn(TeamHourLine(), 80, view=replace(all_views[state], team_hour=hour))
    if colleagues is THREE:
        assert line.endswith("   Ann talking   Bo in   Kim away")
    else:
        assert line.endswith("   20 talking   10 away")


def test_an_offer_is_one_line_and_without_an_hour_there_is_none(all_views):
    offer = "Your team calls together until 11:00: T joins."
    view = replace(all_views["queue"], team_hour=TeamHourView(offer=offer))
    (line,) = drawn(TeamHourLine(), 80, view=view)
    assert line.strip() == offer
    assert list(drawn(TeamHourLine(), 80, view=all_views["queue"])) == []
