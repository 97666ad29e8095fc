"""The calls that are up: their states, their timers, and what is known of how they will end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from tui.dialer.protocol import CallEvent, CallState, Cause, say
from tui.dialer.softphone.control import Message
from tui.dialer.softphone.states import (
    MOVES,
    STATES,
    cause_of,
    is_same_number,
    name_of,
    number_of,
    sentence_of,
    usable_id,
)

_REMEMBERED = 64
"""Ids kept of calls dialled and of calls that ended, to tell a call just dialled, or a late word, from them."""


class Limits(Struct, frozen=True):
    """How long things may take, in seconds."""

    start: float = 8.0
    """Until the softphone runs, and again until the phone server has accepted the account."""
    patience: float = 2.0
    """A dial waits so long for a softphone that is not ready; the start itself goes on."""
    dialling: float = 8.0
    """Until the rep is told that the phone server has said nothing about a call; the call goes on."""
    command: float = 3.0
    between_dials: float = 2.0
    relaunch: float = 1.0
    """Until a softphone that died is started again."""
    quit: float = 3.0
    look: float = 3.0
    """Between two looks at what the softphone does not tell by itself."""
    no_sound: float = 15.0
    """So long nothing is heard of them until the rep is told."""
    dead: float = 40.0
    """So long nothing at all comes from them until the call ends. A mailbox that records is silent, too."""
    sign_in_again: float = 60.0
    """The phone server must have accepted the account within this time, else we ask again."""


class OpenCall(Struct):
    """One call that is up."""

    event: CallEvent
    """The last thing the rep was told about it."""
    ending: tuple[Cause, str] | None = None
    """Why it ends and the sentence for the rep, when we know it before the softphone says so."""
    message_plays: bool = False
    announces: bool = False
    """Sound comes before anybody answered (early media): a queue or an announcement, that nobody must cut short."""
    timer: asyncio.TimerHandle | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Calls:
    """Keeps the open calls in step with what the softphone says, and publishes every change once."""

    def __init__(
        self,
        publish: Callable[[CallEvent], None],
        hang_up: Callable[[str], None],
        finish: Callable[[OpenCall], CallEvent],
        limits: Limits,
        ring_for: float,
        *,
        shared: bool = False,
    ) -> None:
        """`hang_up` ends a call in the background; `finish` completes the last event of a call; `ring_for`: seconds
        after which a call that nobody answers ends by itself. `shared`: what comes in rings on other phones too.
        """
        self._shared = shared
        self._publish, self._hang_up, self._finish, self._limits = publish, hang_up, finish, limits
        self._ring_for = ring_for
        self._open: dict[str, OpenCall] = {}
        self._dialled: dict[str, None] = {}
        self._over: dict[str, None] = {}
        self._asked: str | None = None
        """The number the softphone is told to call just now; None: no call of ours can begin."""
        self._sent_on: dict[str, str] = {}
        """The number that a call whose id we do not know yet was sent on to."""

    def get(self, call_id: str) -> OpenCall | None:
        """The call, as long as it is up."""
        return self._open.get(call_id)

    def __len__(self) -> int:
        """How many calls are up."""
        return len(self._open)

    @property
    def any_begun(self) -> bool:
        """Whether a call is up, or one is being dialled."""
        return bool(self._open) or self._asked is not None

    @property
    def events(self) -> tuple[CallEvent, ...]:
        """The last event of every open call, the oldest call first."""
        return tuple(call.event for call in self._open.values())

    @property
    def message_plays(self) -> bool:
        """Whether a recorded message plays into any call."""
        return any(call.message_plays for call in self._open.values())

    @property
    def dialled_ids(self) -> frozenset[str]:
        """Ids of the calls dialled lately."""
        return frozenset(self._dialled)

    def heard(self, message: Message) -> None:
        """Take in what the softphone says about a call."""
        call_id, kind = usable_id(message), str(message.get("type") or "")
        if not call_id or call_id in self._over:
            return
        call = self._open.get(call_id)
        if kind == "CALL_MENC" and call and not call.event.secure:
            self._encrypted(call)
        elif kind == "END_OF_FILE" and call and call.message_plays:
            self.message_over(call_id)
        elif kind == "CALL_CLOSED":
            self._closed(call_id, message)
        elif kind in STATES:
            self._changed(call_id, STATES[kind], message)
            if kind == "CALL_PROGRESS":
                self._announces(call_id)

    @contextlib.contextmanager
    def asking(self, number: str) -> Iterator[None]:
        """The softphone is told to call this number: meanwhile one call to it may begin, and no other."""
        self._asked = number
        self._sent_on.clear()
        try:
            yield
        finally:
            self._asked = None

    def redirected(self, call_id: str, address: str) -> None:
        """The phone server sends a call on, and the softphone follows at once and tells nobody.

        To the same number it may: that is how a provider with many servers works. To another number it is hung up.
        """
        number, call = number_of(address), self._open.get(call_id)
        dialled = call.event.number if call else self._asked
        if dialled is None or is_same_number(number, dialled):
            return
        if call is None:
            self._sent_on[call_id] = number
        else:
            self.hangs_up(call_id, Cause.REDIRECTED, sentence_of(Cause.REDIRECTED, number))

    def taken_elsewhere(self, call_id: str) -> None:
        """Another phone took a call that comes in here; the softphone only says that it ends."""
        call = self._open.get(call_id)
        if call and call.event.state is CallState.INCOMING:
            call.ending = (Cause.ELSEWHERE, "")

    def begin(self, event: CallEvent) -> None:
        """A call of ours we learned of: by dialling, by an event, or because it outlived a crash."""
        if event.outgoing:
            _remember(self._dialled, event.call_id)
        else:
            event = replace(event, shared=self._shared)
        self._open[event.call_id] = call = OpenCall(event)
        self._move(call, event)
        if number := self._sent_on.pop(event.call_id, ""):
            self.hangs_up(event.call_id, Cause.REDIRECTED, sentence_of(Cause.REDIRECTED, number))

    def end(self, call_id: str, cause: Cause, sentence: str = "") -> None:
        """The call is over, whatever the softphone may still say of it."""
        call = self._open.pop(call_id, None)
        if call is None:
            return
        _remember(self._over, call_id)
        self._stop_timer(call)
        call.event = replace(call.event, state=CallState.ENDED, cause=cause, detail=sentence, quiet_s=0.0)
        call.over.set()
        self._publish(self._finish(call))

    def lose_all(self) -> None:
        """The softphone is gone, and every call with it."""
        for call_id in tuple(self._open):
            self.end(call_id, Cause.LOST, sentence_of(Cause.LOST))

    def forget_timers(self) -> None:
        """Stop every timer; the calls themselves go on."""
        for call in self._open.values():
            self._stop_timer(call)

    def hangs_up(self, call_id: str, cause: Cause, sentence: str) -> None:
        """We end this call for a reason of our own."""
        if call := self._open.get(call_id):
            call.ending = (cause, sentence)
            self._hang_up(call_id)

    def message_over(self, call_id: str) -> None:
        """The recorded message was played to its end: the call may end."""
        call = self._open.get(call_id)
        if call and call.message_plays:
            self.hangs_up(call_id, Cause.VOICEMAIL_LEFT, sentence_of(Cause.VOICEMAIL_LEFT))

    async def wait_over(self, call_id: str, seconds: float) -> None:
        """Wait until the call is over; after `seconds` it counts as over."""
        call = self._open.get(call_id)
        if call is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await call.over.wait()
            return
        cause, sentence = call.ending or (Cause.LOCAL, "")
        self.end(call_id, cause, sentence)

    def _changed(self, call_id: str, state: CallState, message: Message) -> None:
        call = self._open.get(call_id)
        if call is None:
            number = number_of(str(message.get("peeruri") or ""))
            name = name_of(message.get("peerdisplayname"))
            outgoing = message.get("direction") != "incoming"
            self._appears(CallEvent(call_id, state, outgoing, number, name))
        elif call.ending and call.ending[0] is Cause.REDIRECTED:
            return  # whoever rings or answers there is nobody we called
        elif state in MOVES[call.event.state]:
            self._move(call, replace(call.event, state=state, quiet_s=0.0))

    def _announces(self, call_id: str) -> None:
        """They hear a queue or an announcement: however long that takes, it is no call that nobody answers."""
        call = self._open.get(call_id)
        if call and call.event.state is CallState.RINGING:
            call.announces = True
            self._stop_timer(call)

    def quiet(self, call_id: str, seconds: float) -> None:
        """Nothing has come from the other side for so long; 0: it came again. Published when it begins and ends."""
        call = self._open.get(call_id)
        if call is None or call.event.quiet_s == seconds:
            return
        begins_or_ends = not call.event.quiet_s or not seconds
        call.event = replace(call.event, quiet_s=seconds)
        if begins_or_ends:
            self._publish(call.event)

    def _appears(self, event: CallEvent) -> None:
        """A call nobody told us of: one that comes in, the one being dialled, or one nobody here asked for."""
        asked = self._asked is not None and event.number in ("", self._asked)
        if asked or not event.outgoing:
            sent_on = event.call_id in self._sent_on
            self.begin(replace(event, state=CallState.DIALLING) if sent_on else event)
            return
        # A transfer the other side asked for, say: it passed no guard of numbers, and no card knows it.
        self._open[event.call_id] = OpenCall(event)
        self._publish(event)
        self.hangs_up(event.call_id, Cause.UNASKED, sentence_of(Cause.UNASKED, event.number))

    def _encrypted(self, call: OpenCall) -> None:
        call.event = replace(call.event, secure=True)
        # Else told with the answer: INCOMING twice is no second caller, RINGING twice no new start of its clock.
        if call.event.state is CallState.CONNECTED:
            self._publish(call.event)

    def _closed(self, call_id: str, message: Message) -> None:
        if call_id not in self._open:
            # Refused so fast that nothing came before it.
            if message.get("direction") == "incoming":
                return
            number = number_of(str(message.get("peeruri") or ""))
            self._appears(CallEvent(call_id, CallState.DIALLING, True, number))
        call = self._open[call_id]
        cause, sentence = call.ending or self._verdict(call, str(message.get("param") or ""))
        self.end(call_id, cause, sentence)

    def _verdict(self, call: OpenCall, text: str) -> tuple[Cause, str]:
        cause = cause_of(text, call.event.state is CallState.CONNECTED)
        if cause is Cause.VOICEMAIL_LEFT and not call.message_plays:
            cause = Cause.OTHER
        if call.event.state is CallState.INCOMING and cause is not Cause.LOCAL:
            # Who called, and what that means, the cockpit says: it knows whose number it is.
            return cause if cause is Cause.ELSEWHERE else Cause.NO_ANSWER, ""
        return cause, sentence_of(cause, text)

    def _move(self, call: OpenCall, event: CallEvent) -> None:
        call.event = event
        self._stop_timer(call)
        loop = asyncio.get_running_loop()
        if event.outgoing and event.state is CallState.DIALLING:
            # Told, not cut: some mobile networks look for a phone longer than that, and then it rings.
            seconds = self._limits.dialling
            call.timer = loop.call_later(seconds, self.quiet, event.call_id, seconds)
        elif event.outgoing and event.state is CallState.RINGING and not call.announces:
            call.timer = loop.call_later(
                self._ring_for,
                self.hangs_up,
                event.call_id,
                Cause.NO_ANSWER,
                say("not_in_time", seconds=self._ring_for),
            )
        self._publish(event)

    def _stop_timer(self, call: OpenCall) -> None:
        if call.timer:
            call.timer.cancel()
            call.timer = None


def _remember(ids: dict[str, None], call_id: str) -> None:
    ids[call_id] = None
    while len(ids) > _REMEMBERED:
        del ids[next(iter(ids))]
