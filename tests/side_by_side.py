"""Runs the tests in several processes that are forked from one that has collected them all.

To collect 13,000 tests takes longer than thousands of them, so that is done once. The processes take the tests from two
queues, a file at a time: every second process begins with the files that wait, the others with those that compute, and
whose queue is empty helps with the other one. What became of a test goes to the process that collected, which tells it
as if it had run the test itself. Windows cannot fork: there one process runs them all.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import pickle
import selectors
import traceback
import warnings
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pytest

WAITS = ("tests/dialer/", "tests/e2e/", "tests/faults/", "tests/shared_list/")
"""Folders of tests that wait for a phone line, a terminal, a disk or a server more than they compute."""
WORD = 4
"""Bytes of a number, in the queues and in the memory that all processes share."""
_number: int | None = None


def number() -> int | None:
    """Which of the processes this is, from 0; None where one process runs all tests."""
    return _number


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("side by side")
    group._addoption(  # `addoption` keeps small letters to pytest itself
        "-n",
        dest="processes",
        default="auto",
        help="how many processes run the tests; 0: the one that collects",
    )


def wanted(config: pytest.Config) -> int:
    """How many processes run the tests; for a file or two one is enough."""
    option = config.option
    if option.usepdb or option.collectonly or not hasattr(os, "fork"):
        return 0
    if option.processes != "auto":
        return int(option.processes)
    if all("::" in one or one.endswith(".py") for one in config.args):
        return 0
    return min(2 * (os.cpu_count() or 1), 8)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Runs the tests where several processes are wanted; leaves it to pytest where one is enough."""
    many = min(wanted(session.config), len(session.items))
    if many < 2 or session.testsfailed:
        return None
    _Run(session).by(many)
    return True


class _Run:
    """All tests of a session, and what is known of each."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._items = session.items
        self._told: set[int] = set()

    def by(self, many: int) -> None:
        """Run them in so many processes. Raises as pytest does when it is to stop before the end."""
        factory: Any = self._session.config._tmp_path_factory  # type: ignore[attr-defined]
        factory.getbasetemp()
        shared = mmap.mmap(-1, WORD * (many + 1))
        queues = _Queue(), _Queue()
        for _, of_one in groupby(range(len(self._items)), key=lambda place: self._items[place].path):
            places = list(of_one)
            queues[self._items[places[0]].nodeid.startswith(WAITS)].put(places[0], len(places))
        for queue in queues:
            queue.is_full()
        processes: list[_Process] = []
        for one in range(many):
            processes.append(_Process(self._session, processes, shared, queues[:: -1 if one % 2 else 1]))
        for queue in queues:
            queue.close()
        try:
            self._listen(processes)
        finally:
            shared[:WORD] = b"stop"
            for process in processes:
                process.wait()
        self._missing(processes)

    def _listen(self, processes: Sequence[_Process]) -> None:
        with selectors.DefaultSelector() as selector:
            for process in processes:
                selector.register(process.told, selectors.EVENT_READ, process)
            while selector.get_map():
                for key, _ in selector.select():
                    process = key.data
                    for place, reports, warned in process.messages():
                        self._tell(place, reports, warned)
                    if process.is_over:
                        selector.unregister(process.told)

    def _tell(self, place: int, reports: Sequence[pytest.TestReport], warned: Sequence[Any]) -> None:
        item = self._items[place]
        hook = item.ihook
        self._told.add(place)
        hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for report in reports:
            hook.pytest_runtest_logreport(report=report)
        for one in warned:
            hook.pytest_warning_recorded.call_historic(kwargs=one)
        hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)

    def _missing(self, processes: Sequence[_Process]) -> None:
        """No test is passed over in silence: one whose process died has failed, and those it would have run."""
        for process in processes:
            if process.error:
                raise RuntimeError(f"a process of the tests ended early:\n{process.error}")
        for place in sorted(set(range(len(self._items))) - self._told):
            item = self._items[place]
            died = [one.status for one in processes if one.status and one.place == place]
            why = f"its process died (status {died[0]})" if died else "the process that was to run it died"
            report = pytest.TestReport(item.nodeid, item.location, {}, "failed", why, "call")
            self._tell(place, [report], [])


class _Queue:
    """Places in the list of all tests, a file of tests at a time; each goes to the process that asks first.

    It holds those of 8,000 files: a pipe takes 64 kB before anybody reads.
    """

    def __init__(self) -> None:
        self._out, self._in = os.pipe()

    def put(self, first: int, count: int) -> None:
        os.write(self._in, first.to_bytes(WORD) + count.to_bytes(WORD))

    def is_full(self) -> None:
        """Nothing more comes."""
        os.close(self._in)

    def take(self) -> range:
        """The next run; an empty one when there is none."""
        word = os.read(self._out, 2 * WORD)
        first = int.from_bytes(word[:WORD])
        return range(first, first + int.from_bytes(word[WORD:]))

    def close(self) -> None:
        os.close(self._out)


class _Process:
    """A process that runs tests, as the one that forked it sees it."""

    def __init__(
        self,
        session: pytest.Session,
        earlier: Sequence[_Process],
        shared: mmap.mmap,
        queues: Sequence[_Queue],
    ) -> None:
        self.told, tell = os.pipe()
        self.is_over = False
        self.error = ""
        self.status = 0
        self._shared, self._at = shared, WORD * (len(earlier) + 1)
        self._buffer = b""
        self._pid = os.fork()
        if self._pid == 0:
            for told in (self.told, *(process.told for process in earlier)):
                os.close(told)
            _work(session, len(earlier), _Teller(tell, shared, self._at), queues)
        os.close(tell)

    @property
    def place(self) -> int:
        """The test it began last."""
        return int.from_bytes(self._shared[self._at : self._at + WORD])

    def messages(self) -> Iterator[tuple[int, list[pytest.TestReport], list[Any]]]:
        """What it tells now: a test's place, the reports of it, and warnings."""
        came = os.read(self.told, 1 << 16)
        self.is_over = not came
        self._buffer += came
        while len(self._buffer) >= WORD:
            end = WORD + int.from_bytes(self._buffer[:WORD])
            if len(self._buffer) < end:
                break
            message = pickle.loads(self._buffer[WORD:end])  # noqa: S301 - of our own process
            self._buffer = self._buffer[end:]
            if isinstance(message, str):
                self.error = message
            else:
                yield message

    def wait(self) -> None:
        os.close(self.told)
        self.status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


class _Teller:
    """Collects, in a process that runs tests, what became of the one it runs, and tells it."""

    def __init__(self, tell: int, shared: mmap.mmap, at: int) -> None:
        self._tell, self._shared, self._at = tell, shared, at
        self._reports: list[pytest.TestReport] = []
        self._warned: list[dict[str, Any]] = []

    @property
    def is_to_stop(self) -> bool:
        return self._shared[:WORD] == b"stop"

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._reports.append(report)

    @pytest.hookimpl
    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: Any
    ) -> None:
        said = UserWarning(f"{warning_message.category.__name__}: {warning_message.message}")
        place = warning_message.filename, warning_message.lineno
        told = warnings.WarningMessage(said, UserWarning, *place)
        self._warned.append({"warning_message": told, "when": when, "nodeid": nodeid, "location": location})

    def begins(self, place: int) -> None:
        self._shared[self._at : self._at + WORD] = place.to_bytes(WORD)

    def ends(self, place: int) -> None:
        self.say((place, self._reports, self._warned))
        self._reports, self._warned = [], []

    def say(self, message: Any) -> None:
        try:
            said = pickle.dumps(message)
        except (pickle.PicklingError, TypeError, AttributeError):  # an unusual account of a failure
            for report in message[1]:
                report.longrepr = report.longrepr and str(report.longrepr)
            said = pickle.dumps(message)
        left = memoryview(len(said).to_bytes(WORD) + said)
        while left:
            left = left[os.write(self._tell, left) :]


def _work(session: pytest.Session, one: int, teller: _Teller, queues: Sequence[_Queue]) -> None:
    """Run tests until none are left or it is told to stop; does not come back."""
    global _number
    _number = one
    try:
        _apart(session.config, one)
        session.config.pluginmanager.register(teller)
        try:
            _take_turns(session, teller, queues)
        finally:
            session._setupstate.teardown_exact(None)
    except BaseException:
        with contextlib.suppress(OSError):
            teller.say(traceback.format_exc())
        os._exit(3)
    os._exit(0)


def _apart(config: pytest.Config, one: int) -> None:
    """What a process shares with the others when it is forked, and must not."""
    plugins = config.pluginmanager
    plugins.unregister(name="terminalreporter")
    capture: Any = plugins.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()
    capture.suspend()
    factory: Any = config._tmp_path_factory  # type: ignore[attr-defined]
    factory._basetemp = factory.getbasetemp() / f"of_{one}"
    factory._basetemp.mkdir(mode=0o700)


def _take_turns(session: pytest.Session, teller: _Teller, queues: Sequence[_Queue]) -> None:
    """Which test comes next is asked before each, so that what both need is not put away between."""
    places = _places(queues)
    place = next(places, None)
    while place is not None:
        after = next(places, None)
        item = session.items[place]
        teller.begins(place)
        item.config.hook.pytest_runtest_protocol(
            item=item, nextitem=None if after is None else session.items[after]
        )
        teller.ends(place)
        if session.shouldfail or session.shouldstop or teller.is_to_stop:
            return
        place = after


def _places(queues: Sequence[_Queue]) -> Iterator[int]:
    for queue in queues:
        while run := queue.take():
            yield from run
