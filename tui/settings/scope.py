"""Who may set what, and what the team fixed: a rep may only make that stricter, never looser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tui.locale.spoken import said
from tui.plaintext import shortened
from tui.settings.database_address import has_password, keyring_user, without_password
from tui.settings.declare import Who
from tui.settings.last_good import UNREAD
from tui.settings.layers import Branch, Leaf, Path, Source, Stack
from tui.settings.places import Places
from tui.settings.settings import SETTINGS, is_known, setting_at
from tui.system.keyring import store_command
from tui.yamlfile.problem import Problem, did_you_mean, flow, nearest, problem_at

LIST = ("shared_list", "postgresql")
_ELSE_REP: Who = "team, else rep"
_PROGRAM = re.compile(r"command|commands|exec|shell|hooks?|run|script_cmd|editor|pager")
_SECRET_NAME = re.compile(
    r"pass(word|wd|phrase)?$|secret|token|api_?key|credential|private_?key", re.IGNORECASE
)
_SECRET = re.compile(
    r"\b(sk-[A-Za-z0-9]{16,64}|gh[pous]_[A-Za-z0-9]{20,64}|xox[abp]-[\w-]{10,64}|AKIA[0-9A-Z]{16}|eyJ[\w-]{10,64}\.)"
    r"|-----BEGIN [A-Z ]{0,30}PRIVATE KEY"
)
_PLAIN = re.compile(r"[\w +().,/@-]{1,60}")
"""What may be offered for pasting."""
_PERSON = re.compile(r"(?<![\d-])\+?\d[\d ()/]{7,20}\d(?!\d)|[\w.+-]{1,64}@[\w-]{1,64}\.\w")


def keeper(path: Path) -> Who:
    """Who may set what stands here; of what is no setting: who may set all that is in the same group."""
    if found := setting_at(path):
        return found.by
    keepers: set[Who] = {
        "team" if one.by == _ELSE_REP else one.by for one in SETTINGS if one.path[0] == path[0]
    }
    return keepers.pop() if len(keepers) == 1 else "anyone"


def is_the_teams(path: Path, stack: Stack, places: Places) -> bool:
    """Whether a rep may not set this: it is for the team to say, and there is one that says it."""
    who, below = keeper(path), stack.shared(*path)
    is_said = path in stack.unread or (below is not None and below.value != "")
    return places.shared and (who == "team" or (who == _ELSE_REP and is_said))


def refused(branch: Branch, source: Source, places: Places, stack: Stack) -> Problem | None:
    """Why this layer may not set this, or None when it may. A warning is said, and the value still counts."""
    name, node, who = ".".join(branch.path), branch.node, keeper(branch.path)
    if source is Source.BUILT_IN:
        return None
    if source is Source.TEAM:
        return _in_shared_file(branch, str(places.own))
    if source is Source.OWN and _is_secret(branch):
        message = f"`{name}` looks like a secret; this file is not a safe place for it"
        advice = "keep it in your system's keyring, or in POWERHOUR_SIP_PASSWORD"
        if branch.path == LIST:
            kept = store_command(keyring_user(branch.node.text))
            advice = f"write {without_password(branch.node.text)} and store the password with  {kept}"
        return problem_at(node, "PH912", "error", message, advice, at_key=True)
    if source is not Source.OWN and who in ("rep", "anyone's file"):
        advice = "write it in your own settings file"
        return problem_at(node, "PH918", "warning", f"`{name}` cannot be set by {source}", advice)
    if is_the_teams(branch.path, stack, places):
        message = f"`{name}` is for the whole team and cannot be set by one rep"
        return problem_at(
            node, "PH915", "error", message, "ask whoever keeps the team's config.yaml", at_key=True
        )
    return None


def personal_data(branch: Branch) -> Problem | None:
    """A warning when a text of the shared file looks like somebody's number or address."""
    if branch.path[0] in ("calling_window", "config") or not _PERSON.search(branch.node.text):
        return None
    message = f"`{'.'.join(branch.path)}` looks like somebody's number or address"
    advice = "the shared file is no place for it: everybody who gets the file has it for ever"
    return problem_at(branch.node, "PH913", "warning", message, advice)


def _in_shared_file(branch: Branch, own_file: str) -> Problem | None:
    name = ".".join(branch.path)
    if _is_secret(branch):
        message = f"`{name}` looks like a secret; in a shared file it would be in git for ever"
        advice = "delete it here, change the secret, and keep it in your system's keyring"
        return problem_at(branch.node, "PH912", "error", message, advice, at_key=True)
    setting = setting_at(branch.path)
    if setting.runs if setting else any(map(_PROGRAM.fullmatch, branch.path)):
        message = f"`{name}` would run a program; a shared file may not do that"
        advice = "delete it; only `dialer.command` and `editor` in a rep's own settings name a program"
        if setting:
            advice = f"delete it here; whoever wants it writes {_paste(branch, own_file)}"
        return problem_at(branch.node, "PH910", "error", message, advice, at_key=True)
    if keeper(branch.path) == "rep":
        message = f"`{name}` is personal and may not be in the shared file"
        return problem_at(
            branch.node, "PH911", "error", message, f"each rep writes {_paste(branch, own_file)}", at_key=True
        )
    return None


def _paste(branch: Branch, own_file: str) -> str:
    """Where a personal setting belongs, with the line to paste there where nothing in it can do harm.

    A value that came with a shared file is offered only for what a rep is called and how a prefix is dialled, and
    only in plain letters: no program, no account, no folder, nothing that a shell or a terminal would obey.
    """
    setting, text = setting_at(branch.path), branch.node.text
    offered = branch.path[0] == "me" or branch.path == ("dialer", "prefix")
    if offered and setting is not None and _PLAIN.fullmatch(text):
        return f"in their own settings ({own_file}):   {flow(branch.alone())[1:-1]}"
    name = ".".join(setting.where) if setting is not None else branch.path[0]
    return f"`{shortened(name, 40)}` in their own settings ({own_file})"


def _is_secret(branch: Branch) -> bool:
    # A command is the rep's own and never shared; it may need a key.
    if branch.path == ("dialer", "command"):
        return False
    if branch.path == LIST and has_password(branch.node.text):
        return True
    # An outcome may be called secret_shopper; but nothing of a softphone, and no unknown key, is harmless so.
    named = branch.path[0] in ("softphone", "defaults") or setting_at(branch.path) is None
    if named and any(map(_SECRET_NAME.search, branch.path)):
        return True
    return any(
        _SECRET.search(text) for text in (branch.node.text, *(part.text for part in branch.node.parts))
    )


def is_locked(path: Path, stack: Stack) -> bool:
    """Whether the team locked the value that stands below a rep's own."""
    lock = stack.shared("lock")
    return lock is not None and stack.shared(*path) is not None and _locked(path, lock.value)


def looser(leaf: Leaf, stack: Stack) -> Problem | None:
    """Why a rep's value may not replace the locked one of the team, or None when it may."""
    below = stack.shared(*leaf.path)
    lock = stack.shared("lock")
    if lock is None or below is None or not is_locked(leaf.path, stack):
        return None
    setting = setting_at(leaf.path)
    rule = setting.lock if setting else None
    if leaf.value == below.value or (rule is not None and rule(below.value, leaf.value)):
        return None
    name, stands = ".".join(leaf.path), f"{flow(below.node)} ({below.origin})"
    message = said("`{name}` is locked by the team at {stands}", name=name, stands=stands)
    if lock.node.file == UNREAD:
        message = said(
            "the team's locks cannot be read, so `{name}` stays at {stands}", name=name, stands=stands
        )
    if rule is None:
        return problem_at(leaf.node, "PH916", "error", message)
    whole = said("{message}; yours would be looser", message=message)
    return problem_at(leaf.node, "PH916", "error", whole, said("a stricter value is fine"))


def unknown_locks(stack: Stack) -> Iterable[Problem]:
    """Names in `lock` that are no setting of the team."""
    lock = stack.leaf("lock")
    if lock is None:
        return
    known = lockable()
    for node in lock.node.parts:
        if node.text.strip() not in known:
            advice = did_you_mean(node.text, known) or "write a setting's name, such as cadence.attempts"
            yield problem_at(
                node, "PH919", "error", f"`{node.text}` is no setting that can be locked", advice
            )


@cache
def lockable() -> frozenset[str]:
    """Names of settings and groups that a team may lock."""
    paths = [one.path for one in SETTINGS if one.by != "rep"]
    return frozenset(".".join(path[:depth]) for path in paths for depth in range(1, len(path) + 1))


def _locked(path: Path, locks: Iterable[str]) -> bool:
    """Whether a lock names this. A misspelt one locks what it is most like, and all where it is like nothing."""
    name, known = ".".join(path), lockable()
    for lock in map(str.strip, locks):
        meant = lock if lock in known else nearest(lock, known)
        if meant and f"{name}.".startswith(f"{meant}."):
            return True
        if not meant and not is_known(tuple(lock.split("."))):
            return True
    return False
