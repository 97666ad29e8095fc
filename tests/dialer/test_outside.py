"""How a number goes out: as the phone server wants it written, behind a prefix if there is one."""

from __future__ import annotations

import pytest

from tests.rows import each
from tui.cli.open_cockpit import _from_here
from tui.dialer import build
from tui.dialer.number_format import OutsideLine
from tui.dialer.protocol import DialError
from tui.dialer.softphone.softphone import Softphone

LONDON, ROME, NEW_YORK = "+442079460100", "+390679460100", "+12025550143"


def line(form: str, prefix: str, region: str = "GB") -> OutsideLine:
    return OutsideLine(prefix, lambda e164: _from_here(e164, region), form)  # type: ignore[arg-type]


@each(
    ("form", "prefix", "region", "number", "sent"),
    [
        ("", "", "GB", LONDON, LONDON),
        ("e164", "", "GB", LONDON, LONDON),
        ("00", "", "GB", LONDON, "00442079460100"),
        ("00", "", "US", LONDON, "00442079460100"),
        ("national", "", "GB", LONDON, "02079460100"),
        ("national", "", "GB", NEW_YORK, "0012025550143"),
        ("national", "", "US", NEW_YORK, "2025550143"),
        ("national", "", "US", LONDON, "011442079460100"),
        ("national", "", "IT", ROME, "0679460100"),
        ("", "9", "GB", LONDON, "902079460100"),
        ("national", "9", "GB", LONDON, "902079460100"),
        ("00", "9", "GB", LONDON, "900442079460100"),
        ("e164", "9", "GB", LONDON, "9+442079460100"),
    ],
)
def test_a_number_is_written_as_the_phone_server_wants_it(form, prefix, region, number, sent):
    assert line(form, prefix, region).typed(number) == sent


@pytest.mark.parametrize("form", ["", "e164", "00", "national"])
@pytest.mark.parametrize("short", ["112", "999", "+999", "020 7946 0100", "00442079460100"])
def test_what_is_no_full_number_is_refused_however_numbers_are_written(form, short):
    settings = {"account": "sip:sam@pbx.example"} | ({"numbers": form} if form else {})
    phone = build("softphone", softphone=settings, from_here=lambda e164: e164)
    assert isinstance(phone, Softphone)
    with pytest.raises(DialError):
        phone._target(short)
    assert phone._target(LONDON).startswith("sip:")
