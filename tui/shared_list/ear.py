"""A line that only listens: colleagues tell of what they wrote and what they are doing."""

from __future__ import annotations

import json
import threading
import time
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import psycopg
from psycopg.pq.abc import PGconn

from tui.shared_list import messages
from tui.shared_list.line import Address, Connection, connect
from tui.shared_list.port import Heard, NoLine, Presence, Said
from tui.shared_list.statements import CHANNEL

_LONGEST_S = 1.0
"""Seconds at a stretch after which a listening thread looks whether it may go."""


def presence_said(rep: str, presence: Presence) -> str:
    """What is told of a rep's presence."""
    return json.dumps({"rep": rep, "is": presence})


class ServerEar:
    """An `Ear` at the server."""

    def __init__(self, address: Address, rep: str) -> None:
        self._rep = rep
        self._place = address.place
        self._closed = threading.Event()
        self._waits = threading.Lock()
        self._connection: Connection = connect(address)
        self._is_told = True
        self._early: list[str] = []
        """What was told while we began to listen."""
        self._readable = DefaultSelector()
        try:
            self._readable.register(self._connection.fileno(), EVENT_READ)
            self._connection.add_notify_handler(lambda told: self._early.append(told.payload))
            self._connection.execute(f"listen {CHANNEL}")
        except (psycopg.errors.FeatureNotSupported, psycopg.errors.SyntaxError):
            self._is_told = False
        except BaseException:
            self._let_go_now()
            raise

    def wait(self, seconds: float) -> Heard:
        """What comes within that time, as soon as it comes."""
        with self._waits:
            return self._wait(seconds)

    def _wait(self, seconds: float) -> Heard:
        until = time.monotonic() + seconds
        try:
            while not self._closed.is_set() and (left := until - time.monotonic()) > 0:
                if not self._is_told:
                    self._closed.wait(left)
                    break
                heard = self._hear(min(left, _LONGEST_S))
                if heard != Heard():
                    return heard
        except (psycopg.Error, OSError) as error:
            if self._closed.is_set():
                return Heard()
            why = str(error).strip().partition("\n")[0]
            raise NoLine(messages.say(messages.NO_LINE, place=self._place, why=why)) from error
        finally:
            self._let_go()
        return Heard(is_news=not self._is_told)

    def _hear(self, seconds: float) -> Heard:
        news, said = False, []
        for told in self._told_within(seconds):
            who = _presence(told)
            news = news or who is None
            said += [who] if who is not None and who.rep != self._rep else []
        return Heard(news, tuple(said))

    def _told_within(self, seconds: float) -> list[str]:
        """Asked of libpq itself: the whole team is told in the same moment, and `Connection.notifies` takes as long as
        the answer to a question."""
        told, self._early = self._early, []
        line = self._connection.pgconn
        told += _in_hand(line)
        if not told and self._readable.select(seconds):
            line.consume_input()
            told = _in_hand(line)
        return told

    def close(self) -> None:
        """Let go of the line; a `wait` in another thread ends within a second."""
        self._closed.set()
        if self._waits.acquire(blocking=False):
            self._waits.release()
            self._let_go()

    def _let_go(self) -> None:
        if self._closed.is_set():
            self._let_go_now()

    def _let_go_now(self) -> None:
        self._readable.close()
        self._connection.close()


def _in_hand(line: PGconn) -> list[str]:
    """What was told and has been received."""
    return [told.extra.decode("utf-8", "replace") for told in iter(line.notifies, None)]


def _presence(payload: str) -> Said | None:
    """What a colleague said of themselves; None for any other word, which tells of news."""
    if not payload.startswith("{"):
        return None
    try:
        told: Any = json.loads(payload)
        return Said(str(told["rep"]), Presence(told["is"]))
    except (ValueError, KeyError, TypeError):
        return None
