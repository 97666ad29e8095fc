"""How calls are made: one protocol, several dialers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from tui.dialer.number_format import PREFIX, OutsideLine
from tui.dialer.protocol import Dialer, DialError, say
from tui.dialer.unwatched import Clipboard, CommandDialer, ManualDialer, UriDialer

KINDS = ("manual", "uri", "command", "softphone")
"""The words `dialer` may hold in config.yaml."""


def build(
    kind: str,
    *,
    clipboard: Clipboard | None = None,
    command: Sequence[str] = (),
    prefix: str = "",
    scheme: str = "tel",
    from_here: Callable[[str], str] | None = None,
    national: Callable[[str], str] | None = None,
    softphone: Mapping[str, str] | None = None,
    recordings: Path | None = None,
) -> Dialer:
    """The dialer of that kind. Raises `DialError` with a sentence for the rep.

    `from_here` turns E.164 into what a desk phone in the rep's country needs behind the prefix,
    `national` into the national form; both come from `tui.phone` and are asked only when needed.
    `softphone`: the rep's `softphone.*` settings; `recordings`: the folder for recorded calls, if any may be.
    """
    if prefix and not PREFIX.fullmatch(prefix):
        raise DialError(say("bad_prefix"))
    line = OutsideLine(prefix, from_here) if from_here else OutsideLine(prefix)
    if kind == "manual":
        return ManualDialer(clipboard or Clipboard(), line)
    if kind == "uri":
        return UriDialer(line, scheme)
    if kind == "command":
        return CommandDialer(command, national)
    if kind == "softphone":  # read only when it is wanted: it is ten files
        from tui.dialer.softphone.account import account_from
        from tui.dialer.softphone.softphone import Softphone

        account = account_from(softphone or {})
        return Softphone(account, recordings=recordings, line=replace(line, form=account.numbers))
    raise DialError(say("no_such_dialer", kind=kind))
