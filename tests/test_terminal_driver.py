"""A terminal that goes away, or a fault of the reading thread, neither blocks the app nor shows a traceback."""

from __future__ import annotations

import errno
import os
import sys

import pytest

from tui.system.terminal import Lasting, lasting_driver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a driver of its own")


class Refusing:
    """A stream of a pipe that refuses with this error."""

    def __init__(self, number):
        self.number = number
        self.reads, self.writes = os.pipe()
        os.set_blocking(self.writes, False)

    def fileno(self):
        return self.writes

    def write(self, text):
        raise OSError(self.number, "refused")

    flush = write


@pytest.mark.parametrize(("number", "is_made_to_wait"), [(errno.EIO, False), (errno.EAGAIN, True)])
def test_what_a_terminal_does_not_take_is_dropped_and_a_terminal_waits(number, is_made_to_wait):
    stream = Refusing(number)
    assert Lasting(stream).write("frame") == 5
    assert os.get_blocking(stream.fileno()) is is_made_to_wait
    os.close(stream.reads)
    os.close(stream.writes)


class App:
    def __init__(self):
        self.later = []

    def call_later(self, *call):
        self.later.append(call)

    def _handle_exception(self, error):
        raise NotImplementedError


@pytest.mark.parametrize(("error", "is_told"), [(ValueError("a key nobody knows"), True), (OSError(), False)])
def test_a_fault_of_the_reading_thread_is_a_crash_like_any_other(error, is_told):
    def fail():
        raise error

    driver = object.__new__(lasting_driver())
    driver._app, driver.run_input_thread = App(), fail
    driver._run_input_thread()
    assert driver._app.later == ([(driver._app._handle_exception, error)] if is_told else [])
