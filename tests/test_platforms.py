"""What only POSIX has stands in a branch that says so; `.ci/run` types those branches for Windows and macOS."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import tui

FILES = sorted(Path(tui.__file__).parent.rglob("*.py"))
MODULES = frozenset({"fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "posix", "syslog"})
NAMES = frozenset(
    {
        *(
            f"os.{name}"
            for name in ("getuid", "geteuid", "getgid", "fork", "forkpty", "setsid", "killpg", "getpgid")
        ),
        *(
            f"os.{name}"
            for name in ("mkfifo", "mknod", "fchmod", "fchown", "chown", "nice", "statvfs", "uname")
        ),
        *(
            f"os.{name}"
            for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_DIRECTORY", "O_NOCTTY", "O_CLOEXEC", "wait")
        ),
        *("os.set_blocking", "time.clock_gettime", "signal.SIGKILL", "signal.SIGHUP", "signal.SIGQUIT"),
        *(
            "signal.SIGTSTP",
            "signal.SIGCONT",
            "signal.SIGWINCH",
            "signal.SIGUSR1",
            "signal.alarm",
            "signal.pause",
        ),
        *("signal.pthread_sigmask", "signal.setitimer", "time.tzset", "socket.AF_UNIX"),
    }
)
LAST_WORDS = frozenset(name.rpartition(".")[2] for name in NAMES)
NAMED = re.compile(
    rf"\b({'|'.join(map(re.escape, sorted(NAMES)))}|(import|from) ({'|'.join(sorted(MODULES))}))\b"
)
"""What a file says somewhere that has one of them; to look through all the others takes seconds."""
ASKS = ("sys.platform", "hasattr(", "getattr(")
"""What a branch is made by."""


def outside_a_branch(source):
    """Names that only POSIX has, with their lines, where no branch keeps another system from them."""
    found = []

    def walk(node, kept):
        if isinstance(node, ast.If | ast.IfExp | ast.BoolOp) and not kept:
            asked = ast.unparse(getattr(node, "test", node))
            kept = any(ask in asked for ask in ASKS)
        if not kept:
            match node:
                case ast.Import(names=names):
                    found.extend(f"{node.lineno}: {one.name}" for one in names if one.name in MODULES)
                case ast.ImportFrom(module=str() as name) if name in MODULES:
                    found.append(f"{node.lineno}: {name}")
                case ast.Attribute(attr=last) if last in LAST_WORDS and ast.unparse(node) in NAMES:
                    found.append(f"{node.lineno}: {ast.unparse(node)}")
        inside = kept
        for child in ast.iter_child_nodes(node):
            walk(child, inside)
            # What follows `if sys.platform == "win32": return` is not reached there.
            ends = isinstance(child, ast.If) and isinstance(child.body[-1], ast.Return | ast.Raise)
            inside = inside or (ends and "sys.platform" in ast.unparse(child.test))

    if NAMED.search(source):
        walk(ast.parse(source), False)
    return found


def test_nothing_of_posix_alone_stands_outside_a_branch():
    found = {path.name: names for path in FILES if (names := outside_a_branch(path.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "import fcntl",
        "def mine():\n    return os.getuid()",
        "from termios import tcgetattr",
        "x = os.O_NONBLOCK",
    ],
)
def test_a_planted_one_is_found(planted):
    assert outside_a_branch(planted)


@pytest.mark.parametrize(
    "branch",
    [
        'if sys.platform != "win32":\n    import fcntl',
        'def mine():\n    if sys.platform == "win32":\n        return 0\n    return os.getuid()',
    ],
)
def test_in_a_branch_it_may_stand(branch):
    assert outside_a_branch(branch) == []
