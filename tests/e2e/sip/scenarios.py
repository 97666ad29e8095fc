"""What the other side of a call does, as sipp scenarios. sipp ends with 0 only when the call went exactly so."""

from __future__ import annotations

_HEADERS = """\
[last_Via:]
[last_From:]
[last_To:];tag=[pid]callee[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>"""
_HERE = _HEADERS.rpartition("\n")[2]
_SOUND = """\
v=0
o=callee 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000"""
_ENCRYPTED_SOUND = _SOUND + (
    "\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
)
_INVITE = '<recv request="INVITE" rrs="true" crlf="true"><action>{remember}</action></recv>'
_REMEMBER = "".join(
    f'<ereg regexp="{what}" search_in="hdr" header="{header}:" assign_to="{name}"/>'
    for name, header, what in (
        ("via", "Via", ".*"),
        ("from", "From", ".*"),
        ("to", "To", ".*"),
        ("cseq", "CSeq", "[0-9]+"),
        ("contact", "Contact", "sip:[^>;]+"),
    )
)
_ACK = '<recv request="ACK" crlf="true"/>'
_GOODBYE = '<recv request="BYE"/>'


def _send(text: str, again: bool = False) -> str:
    retrans = ' retrans="500"' if again else ""
    return f"<send{retrans}><![CDATA[\n{text}\n]]></send>"


def _answer(status: str, sound: bool = False, headers: str = _HEADERS, again: bool = False) -> str:
    kind = "Content-Type: application/sdp\n" if sound else ""
    return _send(
        f"SIP/2.0 {status}\n{headers}\n{kind}Content-Length: [len]\n\n{_SOUND if sound else ''}", again
    )


def _pause(milliseconds: int) -> str:
    return f'<pause milliseconds="{milliseconds}"/>'


def _scenario(*steps: str) -> str:
    # sipp refuses variables that are set and never used.
    used = '<Reference variables="via,from,to,cseq,contact"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="callee">{"".join(steps)}{used}</scenario>\n'
    )


def _callee(*steps: str) -> str:
    return _scenario(_INVITE.format(remember=_REMEMBER), *steps)


_RINGING = _answer("180 Ringing")
_TAKEN = _answer("200 OK", sound=True, again=True) + _ACK
_HUNG_UP_ON = _GOODBYE + _answer("200 OK")
_GIVEN_UP_ON = (
    '<recv request="CANCEL"/>'
    + _answer("200 OK")
    + _answer(
        "487 Request Terminated",
        headers="Via:[$via]\nFrom:[$from]\nTo:[$to];tag=[pid]callee[call_number]\n"
        "[last_Call-ID:]\nCSeq: [$cseq] INVITE",
        again=True,
    )
    + _ACK
)
_HANGS_UP = (
    _send(
        "BYE [$contact] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n"
        "From:[$to];tag=[pid]callee[call_number]\nTo:[$from]\n[last_Call-ID:]\nCSeq: 1 BYE\n"
        "Max-Forwards: 70\nContent-Length: 0\n\n",
        again=True,
    )
    + '<recv response="200"/>'
)

_ASKS_FOR_A_TRANSFER = _send(
    "REFER [$contact] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n"
    "From:[$to];tag=[pid]callee[call_number]\nTo:[$from]\n[last_Call-ID:]\nCSeq: 1 REFER\n"
    "Contact: <sip:[local_ip]:[local_port]>\nRefer-To: <sip:+12025550199@[local_ip]:[elsewhere]>\n"
    "Max-Forwards: 70\nContent-Length: 0\n\n",
    again=True,
)
_IS_REFUSED_IT = '<recv response="501"/>'


def _refuses(status: str, ringing: bool = False) -> str:
    first = _RINGING + _pause(200) if ringing else ""
    return _callee(first, _answer(status, again=True), _ACK)


def _changed(direction: str) -> str:
    """Another INVITE in the call, which must ask for this direction of the sound."""
    found = f'<ereg regexp="a=({direction})" search_in="body" check_it="true" assign_to="way"/>'
    return f'<recv request="INVITE"><action>{found}</action></recv><Reference variables="way"/>'


def _called_as(written: str) -> str:
    """An INVITE to exactly this number, written so."""
    found = f'<ereg regexp="sip:{written}@" search_in="hdr" header="To:" check_it="true" assign_to="way"/>'
    return f'<recv request="INVITE" crlf="true"><action>{found}</action></recv><Reference variables="way"/>'


CALLEES = {
    "answers": _callee(_RINGING, _pause(150), _TAKEN, _HUNG_UP_ON),
    "answers_is_held_and_taken_back": _callee(
        _RINGING,
        _pause(150),
        _TAKEN,
        _changed("sendonly|inactive"),
        _answer("200 OK", sound=True, again=True),
        _ACK,
        _changed("sendrecv"),
        _answer("200 OK", sound=True, again=True),
        _ACK,
        _HUNG_UP_ON,
    ),
    "answers_and_hangs_up": _callee(_RINGING, _pause(50), _TAKEN, _pause(400), _HANGS_UP),
    "announces_then_answers": _callee(
        _answer("183 Session Progress", sound=True), _pause(200), _TAKEN, _HUNG_UP_ON
    ),
    "asks_for_a_transfer": _callee(
        _RINGING, _TAKEN, _pause(100), _ASKS_FOR_A_TRANSFER, _IS_REFUSED_IT, _HUNG_UP_ON
    ),
    "gets_a_transfer": _callee(
        _RINGING, _TAKEN, _pause(100), _ASKS_FOR_A_TRANSFER, '<recv response="202"/>', _pause(3000)
    ),
    "sends_the_call_on": _callee(
        _answer(
            "302 Moved Temporarily", headers=_HEADERS.replace(_HERE, "Contact: <sip:[sent_to]>"), again=True
        ),
        _ACK,
    ),
    "rings_for_ever": _callee(_RINGING, _GIVEN_UP_ON),
    "tries_for_long_then_answers": _callee(
        _answer("100 Trying"), _pause(2500), _RINGING, _pause(200), _TAKEN, _HUNG_UP_ON
    ),
    "says_only_trying": _callee(_answer("100 Trying"), _GIVEN_UP_ON),
    "would_ring_after_a_second": _callee(
        _answer("100 Trying"), _GIVEN_UP_ON.replace('"CANCEL"/>', '"CANCEL" timeout="1000"/>')
    ),
    "busy": _refuses("486 Busy Here"),
    "no_answer": _refuses("480 Temporarily Unavailable", ringing=True),
    "declines": _refuses("603 Decline", ringing=True),
    "not_found": _refuses("404 Not Found"),
    "knows_only_national_numbers": (
        '<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="callee">'
        + _called_as("02079460100")
        + _answer("486 Busy Here", again=True)
        + _ACK
        + "</scenario>\n"
    ),
    "forbidden": _refuses("403 Forbidden"),
    "rejected": _refuses("608 Rejected"),
    "unavailable": _refuses("503 Service Unavailable"),
}
"""What somebody who is called does, by name."""

_TAKEN_BY_ANOTHER = 'Max-Forwards: 70\nReason: SIP;cause=200;text="Call completed elsewhere"\n'
_FROM = "From: [shown] <sip:[caller]@[local_ip]:[local_port]>;tag=[pid]caller[call_number]"
_VIA = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]"


def _request(
    method: str, where: str, to: str, number: int, sound: str = "", via: str = _VIA, more: str = ""
) -> str:
    kind = "Content-Type: application/sdp\n" if sound else ""
    return (
        f"{method} {where} SIP/2.0\n{via}\n{_FROM}\n{to}\nCall-ID: [call_id]\nCSeq: {number} {method}\n"
        f"Contact: <sip:[caller]@[local_ip]:[local_port]>\nMax-Forwards: 70\n{more}"
        f"{kind}Content-Length: [len]\n\n{sound}"
    )


_US = "sip:[service]@[remote_ip]:[remote_port]"
_RINGS_US = _send(_request("INVITE", _US, f"To: <{_US}>", 1, sound=_SOUND), again=True)
_RINGS_US_ENCRYPTED = _send(_request("INVITE", _US, f"To: <{_US}>", 1, sound=_ENCRYPTED_SOUND), again=True)
_HEARS_RINGING = '<recv response="100" optional="true"/><recv response="180"/>'
_THEIR_ACK = _send(_request("ACK", "[next_url]", "[last_To:]", 1))
_THEIR_OK_TO_BYE = _send(
    "SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0\n\n"
)
CALLERS = {
    "is_encrypted_and_hung_up_on": (
        _RINGS_US_ENCRYPTED,
        _HEARS_RINGING,
        '<recv response="200" rrs="true"><action>'
        '<ereg regexp="a=crypto:1 AES_CM_128" search_in="body" check_it="true" assign_to="secure"/>'
        '</action></recv><Reference variables="secure"/>',
        _THEIR_ACK,
        '<recv request="BYE"/>',
        _THEIR_OK_TO_BYE,
    ),
    "is_answered_and_hung_up_on": (
        _RINGS_US,
        _HEARS_RINGING,
        '<recv response="200" rrs="true"/>',
        _THEIR_ACK,
        '<recv request="BYE"/>',
        _THEIR_OK_TO_BYE,
    ),
    "talks_and_hangs_up": (
        _RINGS_US,
        _HEARS_RINGING,
        '<recv response="200" rrs="true"/>',
        _THEIR_ACK,
        _pause(400),
        _send(_request("BYE", "[next_url]", "[last_To:]", 2), again=True),
        '<recv response="200"/>',
    ),
    "asks_for_a_transfer": (
        _RINGS_US,
        _HEARS_RINGING,
        '<recv response="200" rrs="true"/>',
        _THEIR_ACK,
        _pause(100),
        _send(
            _request(
                "REFER",
                "[next_url]",
                "[last_To:]",
                2,
                more="Refer-To: <sip:+12025550199@[local_ip]:[elsewhere]>\n",
            ),
            again=True,
        ),
        _IS_REFUSED_IT,
        _send(_request("BYE", "[next_url]", "[last_To:]", 3), again=True),
        '<recv response="200"/>',
    ),
    "is_declined": (
        _RINGS_US,
        _HEARS_RINGING,
        '<recv response="486"/>',
        _send(_request("ACK", _US, "[last_To:]", 1, via="[last_Via:]")),
    ),
    "gives_up": (
        _RINGS_US,
        _HEARS_RINGING,
        _pause(300),
        _send(_request("CANCEL", _US, f"To: <{_US}>", 1, via="[last_Via:]"), again=True),
        '<recv response="200"/><recv response="487"/>',
        _send(_request("ACK", _US, "[last_To:]", 1, via="[last_Via:]")),
    ),
}


CALLERS["is_answered_elsewhere"] = tuple(
    step.replace("Max-Forwards: 70\n", _TAKEN_BY_ANOTHER) if "CANCEL" in step else step
    for step in CALLERS["gives_up"]
)


def callee(name: str) -> str:
    """The scenario of somebody who is called."""
    return CALLEES[name]


def caller(name: str) -> str:
    """The scenario of somebody who calls us; `-key caller` and `-key shown` give their number and name."""
    steps = "".join(CALLERS[name])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="caller">{steps}</scenario>\n'
