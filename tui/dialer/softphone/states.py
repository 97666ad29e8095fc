"""What the softphone says, in our words: states, causes, callers. Versions 1.0 and 4.x word some of it differently."""

from __future__ import annotations

import re
from urllib.parse import unquote

from msgspec import Struct

from tui import plaintext
from tui.dialer.protocol import CallState, Cause
from tui.dialer.softphone.control import Message
from tui.locale.spoken import translated
from tui.phone.caller import WITHHELD_WORDS

STATES = {
    "CALL_OUTGOING": CallState.DIALLING,
    "CALL_RINGING": CallState.RINGING,
    "CALL_PROGRESS": CallState.RINGING,
    "CALL_INCOMING": CallState.INCOMING,
    "CALL_ESTABLISHED": CallState.CONNECTED,
    "CALL_CLOSED": CallState.ENDED,
}
"""Events that change the state of a call. Early media (CALL_PROGRESS) is ringing: nobody answered yet."""
MOVES: dict[CallState, frozenset[CallState]] = {
    CallState.DIALLING: frozenset({CallState.RINGING, CallState.CONNECTED, CallState.ENDED}),
    CallState.RINGING: frozenset({CallState.CONNECTED, CallState.ENDED}),
    CallState.INCOMING: frozenset({CallState.CONNECTED, CallState.ENDED}),
    CallState.CONNECTED: frozenset({CallState.ENDED}),
    CallState.ENDED: frozenset(),
}
"""Which state may follow which; anything else the softphone says is out of date."""
_CODES = (
    dict.fromkeys((486, 600), Cause.BUSY)
    | dict.fromkeys((408, 480, 487), Cause.NO_ANSWER)
    | dict.fromkeys((603, 607, 608), Cause.DECLINED)
    | dict.fromkeys((404, 410, 484, 604), Cause.BAD_NUMBER)
    | dict.fromkeys((401, 402, 403, 407), Cause.REFUSED)
    | dict.fromkeys((500, 502, 503, 504), Cause.UNREACHABLE)
)
"""SIP's final answers (RFC 3261 section 21, RFC 8197, RFC 8688) and what they mean for a rep."""
_ELSEWHERE = re.compile(r"\bcause=200\b|completed elsewhere", re.IGNORECASE)
"""The reason in a CANCEL when another phone took the call (RFC 3326). Version 1.0 does not pass it on."""
_WORDS = (
    ("end of file", Cause.VOICEMAIL_LEFT),
    ("by user", Cause.LOCAL),
    ("reset by peer", Cause.REMOTE),
    ("no such file", Cause.AUDIO),
    ("no such device", Cause.AUDIO),
    ("unknown error -2", Cause.AUDIO),
    ("timed out", Cause.UNREACHABLE),
    ("refused", Cause.UNREACHABLE),
    ("address required", Cause.UNREACHABLE),
    ("no route", Cause.UNREACHABLE),
    ("unreachable", Cause.UNREACHABLE),
)
_SENTENCES = {
    Cause.BUSY: "The line is busy.",
    Cause.NO_ANSWER: "Nobody answered.",
    Cause.DECLINED: "They declined the call.",
    Cause.BAD_NUMBER: "The network does not know this number{said}.",
    Cause.REFUSED: "Your phone provider refused the call{said}. Ask them what this account may call.",
    Cause.UNREACHABLE: "The phone server did not put the call through{said}. Check the network, then call again.",
    Cause.VOICEMAIL_LEFT: "The message was left.",
    Cause.AUDIO: "The call was cut: no working microphone or loudspeaker. Check the headset, then call again.",
    Cause.LOST: "The softphone stopped, and the call with it. Log it as usual; the next dial starts it again.",
    Cause.ELSEWHERE: "The call was answered on another phone.",
    Cause.UNASKED: "Your phone began a call that nobody here dialled{said}. It was hung up at once.",
    Cause.REDIRECTED: "The phone server sent your call on to a number nobody here dialled{said}. It was hung up.",
    Cause.OTHER: "The call ended{said}.",
}
_CALL_ID = re.compile(r"[!-~]{1,200}")


def cause_of(text: str, was_connected: bool) -> Cause:
    """Why a call ended, from the words of CALL_CLOSED."""
    if _ELSEWHERE.search(text) and not was_connected:
        return Cause.ELSEWHERE
    if code := re.match(r"([3-6][0-9]{2}) ", text):
        return _CODES.get(int(code[1]), Cause.OTHER)
    low = text.lower()
    cause = next((cause for words, cause in _WORDS if words in low), Cause.OTHER)
    return Cause.LOST if cause is Cause.UNREACHABLE and was_connected else cause


def sentence_of(cause: Cause, text: str = "") -> str:
    """What the rep reads when a call ended; empty when the rep knows already."""
    said = plaintext.clean(text, 60)
    return translated(_SENTENCES.get(cause, "")).format(said=f" ({said})" if said else "")


def usable_id(message: Message) -> str:
    """The call's id when it is one we can name again, else empty. A caller chooses the id of an incoming call."""
    text = str(message.get("id") or "")
    return text if _CALL_ID.fullmatch(text) else ""


def number_of(address: str) -> str:
    """The user part of a SIP or tel address, cleaned; empty when the caller withholds it."""
    found = re.match(r'\s*(?:"[^"]*"\s*|[^<"]*)<?(?:sips?|tel):([^@;>?]*)', address)
    user = plaintext.clean(unquote(found[1]), 32) if found else ""
    return "" if user.lower() in WITHHELD_WORDS else user


def is_same_number(one: str, other: str) -> bool:
    """Whether two user parts of addresses are one number: `+` and `00` before the country are the same."""
    return re.sub(r"^(\+|00)", "", one) == re.sub(r"^(\+|00)", "", other)


def name_of(display_name: object) -> str:
    """The caller's name, decoded (RFC 2047) and cleaned: it is whatever the caller typed."""
    raw = str(display_name or "")[:256].strip().strip('"')
    if "=?" in raw:
        raw = _decoded(raw)
    name = plaintext.clean(raw, 64)
    return "" if name.lower() in WITHHELD_WORDS else name


def _decoded(raw: str) -> str:
    # Only for the rare name with letters beyond ASCII: the import takes longer than a call.
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        return raw


class ListedCall(Struct, frozen=True):
    """A call as `listcalls` shows it; the id only since version 2."""

    line: str
    state: CallState
    number: str
    held: bool = False
    id: str = ""


_LISTED = re.compile(r"\[line (\d+)(?:, id ([!-~]+?))?\]\s+[\d:]+\s+([A-Z]+)\s+(\(on hold\)\s+)?(\S+)")
_LISTED_STATES = {
    "OUTGOING": CallState.DIALLING,
    "RINGING": CallState.RINGING,
    "EARLY": CallState.RINGING,
    "INCOMING": CallState.INCOMING,
    "ESTABLISHED": CallState.CONNECTED,
}


def listed_calls(text: str) -> list[ListedCall]:
    """The calls of a `listcalls` answer."""
    return [
        ListedCall(line, _LISTED_STATES[word], number_of(address), bool(held), call_id)
        for line, call_id, word, held, address in _LISTED.findall(text)
        if word in _LISTED_STATES
    ]


def current_call(text: str) -> tuple[str, bool]:
    """Id of the call in a `callstat` answer and whether we dialled it; an empty id when there is none."""
    found = re.search(r"\bid=([!-~]+)", text)
    return (found[1] if found else "", "direction: Incoming" not in text)


_SOUND = re.compile(r"\brcvd=(\d+)|\bseq_put=(\d+)")


def sound_mark(text: str) -> str:
    """A text that changes whenever sound comes in, from an `audio_debug` answer; empty when none is to be expected.

    That is while the call is on hold at either end, and with a version that does not tell.
    """
    if not re.search(r"\baudio dir=sendrecv\b", text):
        return ""
    counted = _SOUND.findall(text)
    return f"counted {counted}" if counted or "RTCP Session" in text else ""
