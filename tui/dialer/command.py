"""The rep's own command rings: a list of arguments, never a shell, with the number filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from tui.dialer import program
from tui.dialer.blind import Unwatched, strict
from tui.dialer.protocol import DialError, Dialled
from tui.system import programs

PLACEHOLDERS = ("e164", "digits", "national")
"""`{e164}` +442079460100, `{digits}` 442079460100, `{national}` 02079460100."""
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def problem_of(argv: Sequence[str]) -> str:
    """What is wrong with a dial command, as a sentence; empty when nothing is."""
    if not argv or not argv[0].strip():
        return 'It must be a list of words, for example ["xdg-open", "tel:{e164}"]'
    if "{" in argv[0]:
        return "The program's name cannot hold a placeholder"
    if ("/" in argv[0] or "\\" in argv[0]) and not _whole_path(argv[0]):
        return f"`{argv[0]}` depends on the folder you are in; give the whole path"
    names = [name for word in argv[1:] for name in _PLACEHOLDER.findall(word)]
    unknown = sorted(set(names) - set(PLACEHOLDERS))
    if unknown:
        return f"`{{{unknown[0]}}}` is unknown; use {{e164}}, {{digits}} or {{national}}"
    if not names:
        return "It has no {e164}, so every person would get the same call"
    return ""


def _whole_path(name: str) -> bool:
    return name.startswith(("/", "~")) or re.match(r"[A-Za-z]:[\\/]", name) is not None


def _digits(e164: str) -> str:
    return e164[1:]


class CommandDialer(Unwatched):
    """Runs the command of the rep's own settings file for every dial."""

    name = "command"

    def __init__(
        self,
        argv: Sequence[str],
        national: Callable[[str], str] = _digits,
        timeout: float = 10.0,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """`national`: E.164 to the national form; `timeout` in seconds. Raises `DialError`."""
        super().__init__()
        if problem := problem_of(argv):
            raise DialError(f"dialer.command in your own settings: {problem}.")
        self._argv, self._national, self._timeout = tuple(argv), national, timeout
        self._environ = environ

    async def dial(self, e164: str, shown: str) -> Dialled:
        """Run the command once. Raises `DialError` when it is missing, fails or takes too long."""
        words = self._filled(strict(e164))
        name = self._argv[0]
        executable = programs.find(name)
        if executable is None:
            raise DialError(
                f"{name} is not installed. Install it, or change dialer.command in your own settings."
            )
        try:
            ended = await program.run([executable, *words], timeout=self._timeout, environ=self._environ)
        except OSError as error:
            raise DialError(f"{name} could not start: {error.strerror}.") from error
        if ended.code is None:
            raise DialError(f"{name} did not finish within {self._timeout:g} seconds and was stopped.")
        if ended.code:
            complaint = ended.complaint or "it gave no reason"
            raise DialError(f"{name} failed ({ended.code}): {complaint}")
        return Dialled(self._next_id(), f"{name} was asked to call {shown}.")

    def _filled(self, e164: str) -> list[str]:
        values = {"e164": e164, "digits": e164[1:]}
        if any("{national}" in word for word in self._argv):
            values["national"] = re.sub(r"[^0-9]", "", self._national(e164)) or e164[1:]
        return [_PLACEHOLDER.sub(lambda found: values[found[1]], word) for word in self._argv[1:]]
