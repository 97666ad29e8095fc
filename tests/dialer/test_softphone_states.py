from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import each
from tui import plaintext
from tui.dialer.protocol import CallEvent, CallState, Cause
from tui.dialer.softphone.calls import Calls, Limits, OpenCall
from tui.dialer.softphone.states import (
    MOVES,
    STATES,
    cause_of,
    current_call,
    listed_calls,
    name_of,
    number_of,
    sentence_of,
    usable_id,
)


@each(
    ("text", "cause"),
    [
        ("486 Busy Here", Cause.BUSY),
        ("600 Busy Everywhere", Cause.BUSY),
        ("480 Temporarily Unavailable", Cause.NO_ANSWER),
        ("487 Request Terminated", Cause.NO_ANSWER),
        ("603 Decline", Cause.DECLINED),
        ("608 Rejected", Cause.DECLINED),
        ("404 Not Found", Cause.BAD_NUMBER),
        ("484 Address Incomplete", Cause.BAD_NUMBER),
        ("403 Forbidden", Cause.REFUSED),
        ("402 Payment Required", Cause.REFUSED),
        ("503 Service Unavailable", Cause.UNREACHABLE),
        ("418 Teapot", Cause.OTHER),
        ("Connection reset by user", Cause.LOCAL),
        ("Rejected by user", Cause.LOCAL),
        ("Connection reset by peer", Cause.REMOTE),
        ("Connection reset by peer [104]", Cause.REMOTE),
        ("Connection timed out", Cause.UNREACHABLE),
        ("Connection refused", Cause.UNREACHABLE),
        ("Destination address required", Cause.UNREACHABLE),
        ("Unknown error -2", Cause.AUDIO),
        ("No such file or directory [2]", Cause.AUDIO),
        ("end of file", Cause.VOICEMAIL_LEFT),
        ("", Cause.OTHER),
        ('SIP;cause=200;text="Call completed elsewhere"', Cause.ELSEWHERE),
        ("487 Request Terminated, SIP ;cause=200", Cause.ELSEWHERE),
        ("Call completed elsewhere", Cause.ELSEWHERE),
        ("SIP;cause=2003", Cause.OTHER),
    ],
)
def test_every_wording_of_both_versions_has_its_cause(text: str, cause: Cause) -> None:
    assert cause_of(text, was_connected=False) is cause


def test_a_network_that_fails_in_a_call_loses_it() -> None:
    assert cause_of("Connection timed out", was_connected=True) is Cause.LOST


@each("cause", [cause for cause in Cause if cause not in {Cause.LOCAL, Cause.REMOTE}])
def test_every_ending_the_rep_did_not_see_coming_is_a_sentence(cause: Cause) -> None:
    sentence = sentence_of(cause, "x\x1b[31m{said}")
    assert sentence.endswith(".")
    assert sentence.isprintable()


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("sip:+442079460100@pbx.example", "+442079460100"),
        ("<sip:%2B442079460100@pbx.example;user=phone>", "+442079460100"),
        ("sips:204@pbx.example:5061", "204"),
        ("tel:+442079460100;phone-context=x", "+442079460100"),
        ('"Ann" <sip:+442079460100@h>', "+442079460100"),
        ("sip:Anonymous@anonymous.invalid", ""),
        ("sip:restricted@h", ""),
        ("sip:a%0d%0a\x1b[31mb@h", "a [31mb"),
        ("sip:" + "9" * 99 + "@h", "9" * 32),
        ("mailto:x@y", ""),
        ("", ""),
    ],
)
def test_the_number_of_a_caller_is_cleaned(address: str, number: str) -> None:
    assert number_of(address) == number


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Ann Rossi", "Ann Rossi"),
        ('"Ann Rossi"', "Ann Rossi"),
        ("=?UTF-8?Q?J=C3=B6rg_Gro=C3=9F?=", "Jörg Groß"),
        ("=?iso-8859-1?B?SvZyZw==?=", "Jörg"),
        ("=?nowhere-8?Q?abc?=", "=?nowhere-8?Q?abc?="),
        ("=?UTF-8?B?!!!?=", None),
        ("=?UTF-8?Q?=1B]52;c;aGk=3D=07?=", "]52;c;aGk="),
        ("Bo\u202e dnuL\x00", "Bo dnuL"),
        ("Anonymous", ""),
        (None, ""),
        ("x" * 500, "x" * 64),
    ],
)
def test_the_name_of_a_caller_is_decoded_and_cleaned(sent: str | None, shown: str | None) -> None:
    name = name_of(sent)
    assert name.isprintable()
    if shown is not None:
        assert name == shown


@given(st.text(max_size=300), st.sampled_from(["", "=?UTF-8?Q?", "=?utf-8?b?", '"']))
def test_no_name_is_ever_unsafe_or_an_error(text: str, before: str) -> None:
    for result in (name_of(before + text + "?="), number_of("sip:" + text + "@h"), number_of(text)):
        assert plaintext.clean(result) == result.strip()
        assert len(result) <= 64


@pytest.mark.parametrize(
    ("call_id", "usable"), [("a@b", True), ("a b", False), ("", False), ("x" * 201, False)]
)
def test_an_id_that_could_not_be_named_again_is_none(call_id: str, usable: bool) -> None:
    assert bool(usable_id({"id": call_id})) is usable


def test_the_list_of_calls_of_both_versions_is_read() -> None:
    first = (
        "\n--- Active calls (2) ---\n"
        "  [line 1]  0:00:01  ESTABLISHED  (on hold)  sip:+442079460100@h\n"
        "> [line 2]  0:00:00   INCOMING             sip:+447700900123@h\n\n"
    )
    assert [(c.line, c.state, c.held, c.number, c.id) for c in listed_calls(first)] == [
        ("1", CallState.CONNECTED, True, "+442079460100", ""),
        ("2", CallState.INCOMING, False, "+447700900123", ""),
    ]
    later = "> [line 1, id 7f3a@h]  0:00:03  ESTABLISHED             sip:+442079460100@h\n"
    assert [(c.line, c.id) for c in listed_calls(later)] == [("1", "7f3a@h")]
    assert listed_calls("\n--- Active calls (0) ---\n") == []


def test_the_status_tells_which_call_and_who_rang() -> None:
    assert current_call(" af=AF_INET id=bb90\n direction: Outgoing\n") == ("bb90", True)
    assert current_call(" af=AF_INET id=bb90\n direction: Incoming\n") == ("bb90", False)
    assert current_call("\n(no active calls)\n")[0] == ""


_messages = st.fixed_dictionaries(
    {
        "type": st.sampled_from([*STATES, "CALL_MENC", "END_OF_FILE", "CALL_RTCP", "", "REGISTER_OK"]),
        "id": st.sampled_from(["a", "b", "c", "", "d e", None, 7]),
        "direction": st.sampled_from(["incoming", "outgoing", None]),
        "param": st.sampled_from(["486 Busy Here", "Connection reset by user", "end of file", "", None, 3]),
        "peeruri": st.sampled_from(["sip:+442079460100@h", "", None]),
    }
)


@given(st.lists(_messages, max_size=40))
async def test_whatever_the_softphone_says_every_call_moves_forward_and_ends_once(
    said: list[dict[str, Any]],
) -> None:
    told: dict[str, list[CallEvent]] = {}

    def publish(event: CallEvent) -> None:
        told.setdefault(event.call_id, []).append(event)

    def finish(call: OpenCall) -> CallEvent:
        return call.event

    calls = Calls(publish, lambda _: None, finish, Limits(), 60.0)
    for message in said:
        calls.heard(message)
    calls.forget_timers()
    for events in told.values():
        for before, after in itertools.pairwise(events):
            again = before.state is after.state and after.secure and not before.secure
            assert again or after.state in MOVES[before.state]
            assert before.outgoing is after.outgoing
        assert all((event.cause is not None) is (event.state is CallState.ENDED) for event in events)
    up = {event.call_id for event in calls.events}
    assert up == {call for call, events in told.items() if events[-1].state is not CallState.ENDED}
