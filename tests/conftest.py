"""What every test may use: the program as a command, and an empty home to run it in."""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TextIO

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers

# The collector need not look, at every turn, at all that is imported and collected.
gc.set_threshold(50_000, 20, 50)
# Else every process of the tests compiles the program and all tests again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

MEMORY = "/dev/shm"  # noqa: S108 - pytest makes folders in it that are only ours
"""Where Linux keeps files in memory. On a disk, thousands of small folders cost a seventh to a third of what the tests
of the command line, the settings and the store take."""
ROOM = 2**30
"""Bytes that have to be free: a container may have 64 MB there in all."""
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)

from tests import at_rest, once  # noqa: E402
from tests.read_already import Reader  # noqa: E402

once.remember()
at_rest.begin()
from tui.cli.main import main  # noqa: E402

pytest_plugins = ["tests.cockpit_bench", "tests.a_server"]

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SLOW = frozenset({"cli", "docs", "e2e", "faults", "locale", "screens", "widgets"})
"""Folders of tests that drive whole programs, draw screens or parts of them, or look through all pages and languages;
other tests that take long are marked one by one.
"""
WAITS = frozenset({"dialer", "e2e", "faults"})
"""Folders of tests that wait for a phone line, a terminal or a disk more than they compute."""
NOW = "2026-11-23T15:01:00+00:00"
"""A Monday afternoon inside calling hours in London and on the American east coast."""
INSTALLED = shlex.split(os.environ.get("POWERHOUR_COMMAND", ""))
"""Another `powerhour` to try than this checkout's, as the one from a wheel."""
PROGRAM = INSTALLED or [sys.executable, "-m", "tui"]
"""How a test starts the program in a process of its own."""
if sys.platform == "win32":
    # There is no pty on Windows.
    collect_ignore = ["e2e"]
else:
    from tests.terminal import Process
    from tests.terminal import begin as begin_afresh

if "POWERHOUR_EXAMPLES" not in os.environ:
    # Else each process reads the source of the whole program for numbers and texts to try among the others. Only the
    # long harnesses try enough of them to be worth it: it took a fresh clone 15 seconds of processor.
    providers._get_local_constants = lambda: providers._local_constants
for _profile, _examples in (("house", 50), ("quick", 10)):
    hypothesis.settings.register_profile(
        _profile,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
        max_examples=int(os.environ.get("POWERHOUR_EXAMPLES", _examples)),
        derandomize=os.environ.get("CI") == "true",
    )
hypothesis.settings.load_profile("house")
for _name in ("POWERHOUR_NOW", "POWERHOUR_CONFIG", "NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"):
    os.environ.pop(_name, None)
for _name in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(_name, None)
os.environ["LANG"] = "C.UTF-8"  # the screens speak the language of the computer


@pytest.fixture(scope="session", autouse=True)
def _no_counts_for_the_program() -> None:
    """What counts the cases of a harness was read by its module; the program would take it for a misspelt setting."""
    for name in [one for one in os.environ if one.startswith("POWERHOUR_")]:
        del os.environ[name]


def pytest_configure(config: pytest.Config) -> None:
    """The inner loop tries fewer examples. Started programs hear Ctrl+C and Ctrl+\\, also behind an `&`."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGQUIT) is signal.SIG_IGN:
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    if _is_quick(config):
        hypothesis.settings.load_profile("quick")


def _is_quick(config: pytest.Config) -> bool:
    return bool(config.option.markexpr == "not slow")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes `-n auto` means; one file needs none, for each process imports and collects all tests.

    Tests wait for the disk and the clock, those of the whole suite for programs too.
    """
    if all("::" in one or one.endswith(".py") for one in config.args):
        return 0
    processors = os.cpu_count() or 1
    return min(processors + 1 if _is_quick(config) else 2 * processors, 8)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The inner loop does not even read what it leaves out as a whole."""
    is_left_out = collection_path.parent == TESTS and collection_path.name in SLOW
    return True if is_left_out and _is_quick(config) else None


def pytest_collection(session: pytest.Session) -> None:
    """Each process of the run imports the tests from another point on, so that they compile each file once together.

    All of them from the first on would each compile every file, which takes twice as long as all else that collects.
    """
    mine = getattr(session.config, "workerinput", None)
    if not mine:
        return
    asked = [ROOT / part for part in session.config.args]
    left_out = SLOW if _is_quick(session.config) else frozenset()
    files = [
        file
        for file in sorted(TESTS.rglob("test_*.py"))
        if file.relative_to(TESTS).parts[0] not in left_out and any(map(file.is_relative_to, asked))
    ]
    number, of = int(mine["workerid"].removeprefix("gw")), mine["workercount"]
    begin = len(files) * number // of
    for file in files[begin:] + files[:begin]:
        # Whatever is wrong with a file is said when it is collected.
        with suppress(Exception, pytest.skip.Exception):
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever is in a folder of `SLOW` is slow: `-m "not slow"` leaves it out."""
    for item in items:
        if _folder(item) in SLOW:
            item.add_marker("slow")
    if hasattr(config, "workerinput"):
        items[:] = _spread(items)


def _folder(item: pytest.Item) -> str:
    return item.nodeid.split("/", 2)[1]


def _spread(items: list[pytest.Item]) -> list[pytest.Item]:
    """Files that wait between those that compute: each process gets a piece of the list, and some of both.

    Else all processes wait at the same time, and no processor works.
    """
    files = [list(of_one) for _, of_one in groupby(items, key=lambda item: item.path)]
    waiting = [file for file in files if _folder(file[0]) in WAITS]
    working = [file for file in files if _folder(file[0]) not in WAITS]
    every = sum(map(len, working)) / (len(waiting) + 1)
    spread: list[pytest.Item] = []
    left, since = iter(waiting), 0.0
    for file in working:
        spread += file
        since += len(file)
        while since >= every:
            spread += next(left, [])
            since -= every
    return spread + [item for file in left for item in file]


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collector need not walk it again and again.

    The program freezes what it has read, too; in a test that would keep the garbage of all tests before.
    """
    gc.collect()
    gc.freeze()
    pytest.MonkeyPatch().setattr(gc, "freeze", lambda: None)


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run every test in a loop like the app's: from Python 3.12 on, Textual starts tasks at once."""
    return {"like the app's": _loop}


def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    if sys.version_info >= (3, 12):
        loop.set_task_factory(asyncio.eager_task_factory)
    at_rest.watch(loop)
    return loop


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder, outside any checkout."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment the program runs in: an empty home, a fixed clock, no desktop."""
    return _environment(home)


def _environment(home: Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "Europe/London",
        "POWERHOUR_NOW": NOW,
        **({} if INSTALLED else {"PYTHONPATH": str(ROOT)}),
    }


@pytest.fixture
def data(home: Path) -> Path:
    """The data folder the `powerhour` and `terminal` fixtures use; not made yet."""
    return home / "data"


@pytest.fixture(scope="session")
def _reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    reader = Reader(_environment(tmp_path_factory.mktemp("reader")))
    yield reader
    reader.end()


@pytest.fixture
def reader(request: pytest.FixtureRequest) -> Reader | None:
    """Starts the program without reading it again; None where the start itself is tried."""
    is_afresh = INSTALLED or sys.platform == "win32" or request.node.get_closest_marker("afresh")
    return None if is_afresh else request.getfixturevalue("_reader")


@pytest.fixture
def begin(reader: Reader | None) -> Callable[..., Process]:
    """How a `Terminal` starts the program."""

    def start(argv: Sequence[str], env: Mapping[str, str], cwd: Path, terminal: int) -> Process:
        if reader is None or list(argv[: len(PROGRAM)]) != PROGRAM or not reader.can_start(env):
            return begin_afresh(argv, env, cwd, terminal)
        return reader.start(argv[len(PROGRAM) :], env, cwd, (terminal,) * 3, has_terminal=True)

    return start


@pytest.fixture
def powerhour(
    environment: dict[str, str], home: Path, data: Path, reader: Reader | None
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one command of the program: `powerhour("queue", "--json")`; `env=` adds to the environment."""

    def run(
        *args: str, stdin: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        arguments, environ = ["--data", str(data), *args], environment | (env or {})
        if reader and reader.can_start(environ):
            return reader.run(arguments, environ, home, stdin)
        return subprocess.run(
            [*PROGRAM, *arguments],
            input=stdin,
            env=environ,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def here(
    environment: dict[str, str],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one command in the test's own process: the start of another costs half a second.

    `here("--data", str(data), "queue")`; `env=` adds to the environment, `stdin=` is a file to read answers from.
    """
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home)

    def run(
        *args: str, stdin: TextIO | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            if stdin:
                patch.setattr(sys, "stdin", stdin)
            try:
                code = main(args)
            except SystemExit as left:
                code = int(left.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(args, code, said.out, said.err)

    return run
