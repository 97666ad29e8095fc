"""Reading an older version of a file out of git, as if the repository were hostile. The one place that starts git.

A clone brings files, and a folder on a shared drive brings `.git/config` as well. Both may be laid out so that git runs
a command: a bare repository inside the tree, an address with the protocol `ext`, a hook, a file monitor, a pager, a
comparing or signing program. None of them is of use here, so all of them are off. It may also point out of the folder,
to a repository, objects or settings of the reader: such a repository is not read at all.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from tui.system import programs, readfile

MOST_BYTES = 256 * 1024
"""A larger file of an older version is left out; no script may be as large."""
MOST_FILES = 1_000
"""Files of an older folder that are looked at."""
_SECONDS = 20
_LINKABLE = (
    "",
    "HEAD",
    "config",
    "config.worktree",
    "objects",
    "objects/info",
    "objects/pack",
    "refs",
    "packed-refs",
)
"""What of `.git` may be a link to another place."""
_POINTERS = ("commondir", "objects/info/alternates", "objects/info/http-alternates")
"""Files by which git goes on reading elsewhere."""
_MOST_REFS = 100_000
_MOST_SETTINGS = 64 * 1024
_INCLUDES = re.compile(rb"\[\s*include", re.IGNORECASE)
_SAFE = (
    "safe.bareRepository=explicit",
    "protocol.allow=never",
    *("protocol.ext.allow=never", "protocol.file.allow=never", "protocol.ssh.allow=never"),
    *("protocol.git.allow=never", "protocol.http.allow=never", "protocol.https.allow=never"),
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    f"core.attributesFile={os.devnull}",
    *("core.pager=cat", "diff.external=", "log.showSignature=false", "credential.helper="),
    *("core.sshCommand=false", "core.askPass=", "core.alternateRefsCommand=false"),
)
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}


class GitError(Exception):
    """Git could not answer; says why, in one line."""


class Kept(Struct, frozen=True):
    """One ordinary file of a folder in an older version."""

    name: str
    blob: str
    """Git's name for its content."""


def files_at(folder: Path, revision: str) -> tuple[Kept, ...]:
    """The ordinary files of a folder at a revision; links, folders and giants are left out. Raises `GitError`."""
    if revision.startswith("-") or not revision.strip():
        raise GitError(f"{revision} is no version")
    _refuse_odd(folder)
    listed = _git(folder, "ls-tree", "-z", "-l", revision, "./").decode("utf-8", "replace")
    return tuple(_ordinary(listed.split("\0")[:MOST_FILES]))


def content(folder: Path, kept: Kept) -> bytes:
    """The bytes of a file that `files_at` named. Raises `GitError`."""
    return _git(folder, "cat-file", "blob", kept.blob)


def _ordinary(rows: Iterable[str]) -> Iterator[Kept]:
    for words, _, name in (row.partition("\t") for row in rows):
        about = words.split()
        ordinary = len(about) == 4 and about[0] in ("100644", "100755") and about[3].isdigit()
        if ordinary and int(about[3]) <= MOST_BYTES:
            yield Kept(name, about[2])


def _refuse_odd(folder: Path) -> None:
    """Raise `GitError` where git would read elsewhere, or take the folder, or one above it, for a bare repository.

    Git itself can be told the latter from 2.38 on only.
    """
    place = folder.resolve()
    for one in (place, *place.parents):
        if os.path.lexists(one / ".git"):
            _refuse_pointing_out(one / ".git")
            return
        if (one / "HEAD").exists() and (one / "objects").is_dir() and (one / "refs").is_dir():
            raise GitError(f"{one} is laid out as a repository of its own")


def _refuse_pointing_out(repository: Path) -> None:
    """Raise `GitError` for a `.git` that leads git to files elsewhere: those of a worktree or submodule do, too."""
    linkable = [
        *(repository / name for name in _LINKABLE),
        *islice((repository / "refs").rglob("*"), _MOST_REFS),
    ]
    if not repository.is_dir() or any(one.is_symlink() for one in linkable):
        raise GitError(f"{repository} leads to another folder")
    if any(os.path.lexists(repository / name) for name in _POINTERS):
        raise GitError(f"{repository} borrows from another repository")
    for name in ("config", "config.worktree"):
        try:
            settings = readfile.read(repository / name, _MOST_SETTINGS)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise GitError(f"{repository / name}: {error.strerror}") from error
        if len(settings) > _MOST_SETTINGS or _INCLUDES.search(settings):
            raise GitError(f"{repository / name} reads other files")


def _git(folder: Path, *words: str) -> bytes:
    program = programs.find("git")
    if program is None:
        raise GitError("it is not installed")
    settings = [word for setting in _SAFE for word in ("-c", setting)]
    # A variable of ours could name another repository or a program to run.
    ours = {name: value for name, value in programs.environment().items() if not name.startswith("GIT_")}
    command = [program, "--no-pager", "--no-replace-objects", *settings, *words]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words; a revision that begins like an option is refused
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=ours | _ENVIRONMENT,
            cwd=folder.resolve(),
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"no answer within {_SECONDS} seconds") from error
    except OSError as error:
        raise GitError(error.strerror or "it cannot be started") from error
    if done.returncode:
        raise GitError(
            (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it says nothing"])[0]
        )
    return done.stdout
