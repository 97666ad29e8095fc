"""A robot that plays calls in the real cockpit, and remembers what the screen has acknowledged."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tests.terminal import Terminal

_RINGING = ("DIALLING", "RINGING", "DIAL ON YOUR PHONE")
_STATE = re.compile(rf" (READY|NEXT IN|{'|'.join(_RINGING)}|TALKING|CALL OVER|PAUSED)\b")
_NAME = re.compile(r"^ (PER\d{4}) SON\d{4}")
_NOTE = re.compile(r"note\d*(?: (?:two|tw|t)(?: (?:vans|van|va|v))?)?(?=\s*$)", re.MULTILINE)
_DIRECT = {"n": "no_answer", "v": "voicemail"}
_FORMS = {"t": "talked", "l": "nurture", "e": "email_asked", "c": "promise", "x": "do_not_call"}
_PLACES = ("QUEUE", "PAUSED", "READY", *_RINGING, "TALKING", "CALL OVER")


@dataclass(frozen=True)
class Played:
    """A call the robot made."""

    who: str
    outcome: str
    notes: tuple[str, ...]
    is_void: bool = False


@dataclass
class Known:
    """What the screen acknowledged, over all lives of the program."""

    calls: Counter[Played] = field(default_factory=Counter)
    companies: dict[str, str] = field(default_factory=dict)
    """What was typed into the company of a person and shown as saved."""
    kept: list[str] = field(default_factory=list)
    """Kept notes of the call in hand."""
    draft: str = ""
    """The note line of the call in hand, where the screen said that it is saved."""
    place: tuple[str, str] | None = None
    """Phase and person; None when a key was under way."""
    undoable: Played | None = None
    acknowledged: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Seen:
    """What a person reads off the screen."""

    text: str
    phase: str
    who: str

    @classmethod
    def on(cls, terminal: Terminal) -> Seen:
        """What stands there now."""
        terminal.take(0)
        lines = terminal.lines
        row = lines[2] if len(lines) > 2 else ""
        name, state = _NAME.match(row), _STATE.search(row)
        text = "\n".join(lines)
        phase = state.group(1) if state else "QUEUE" if re.search("Ready now|another list", text) else "OTHER"
        return cls(text, phase, name.group(1).capitalize() if name else "")

    def __contains__(self, pattern: str) -> bool:
        return re.search(pattern, self.text, re.MULTILINE) is not None

    @property
    def has_form(self) -> bool:
        return "save, then" in self

    @property
    def typed(self) -> str:
        """What stands in the note line."""
        found = re.search(r"^ > (note\d+ two vans)$", self.text, re.MULTILINE)
        return found.group(1) if found and self.phase == "TALKING" else ""

    @property
    def half_typed(self) -> bool:
        """Whether the note line holds a part of a note of an earlier life."""
        return (
            self.phase == "TALKING" and not self.typed and re.search(r"^ > \S", self.text, re.M) is not None
        )

    @property
    def notes(self) -> list[str]:
        """The notes of a call that is over; what was typed and not kept is the last."""
        return _NOTE.findall(self.text) if self.phase == "CALL OVER" else []

    @property
    def says_saved(self) -> bool:
        """Whether the word beside the note line says so."""
        return "^── Notes ─.* saved ──$" in self and not self.says_unsaved

    @property
    def says_unsaved(self) -> bool:
        """Whether it says that it is not."""
        return "^── Notes ─.* not saved yet ──$" in self


@dataclass
class Pending:
    """A key that was pressed, and not acknowledged yet."""

    kind: str
    shown: Callable[[Seen], bool]
    call: Played | None = None
    value: tuple[str, str] = ("", "")


class Robot:
    """Plays one life of the program. `known` goes from life to life."""

    def __init__(self, terminal: Terminal, known: Known, dice: random.Random, number: int) -> None:
        self._terminal, self.known, self._dice = terminal, known, dice
        self._number = number * 1000
        self.pending: Pending | None = None
        self._in_doubt = False
        """A key was not acknowledged in time: refused, or it still takes effect on a machine that is held up."""
        self._ringing_since = 0.0
        self._was_unsaved = known.draft
        """The note line of which the screen said that it was not saved; one of an earlier life counts as that."""

    # -- what is acknowledged

    def look(self) -> Seen:
        """The screen now; what it shows as done counts as acknowledged."""
        seen = Seen.on(self._terminal)
        if self.pending and self.pending.shown(seen):
            self._acknowledge(self.pending)
            self.pending, self._in_doubt = None, False
        known = self.known
        known.draft = self._saved_draft(seen)
        known.place = None
        if self.pending is None and not self._in_doubt and seen.phase in _PLACES:
            known.place = (seen.phase, seen.who)
        return seen

    def _saved_draft(self, seen: Seen) -> str:
        """The note line that the screen says is saved.

        A letter is drawn at once, the word beside it a frame later: it counts once the screen has said otherwise of
        the same line.
        """
        if seen.typed and seen.says_unsaved:
            self._was_unsaved = seen.typed
        is_meant = not self.pending and seen.says_saved and seen.typed == self._was_unsaved
        return seen.typed if is_meant else ""

    def _acknowledge(self, done: Pending) -> None:
        known = self.known
        known.acknowledged[done.kind] += 1
        if done.kind == "call" and done.call:
            known.acknowledged["do not call"] += done.call.outcome == "do_not_call"
            self.landed(done.call)
        elif done.kind == "undo" and done.call:
            self.taken_back(done.call)
        elif done.kind == "note":
            known.kept.append(done.value[1])
        elif done.kind == "edit":
            known.companies[done.value[0]] = done.value[1]

    def landed(self, call: Played) -> None:
        """The call is on record."""
        self.known.calls[call] += 1
        self.known.kept, self.known.undoable = [], call

    def taken_back(self, call: Played) -> None:
        """The call is on record as taken back, and in hand again with its notes."""
        self.known.calls[call] -= 1
        self.known.calls += Counter([replace(call, is_void=True)])
        self.known.undoable, self.known.kept = None, list(call.notes)

    # -- playing

    def play(self, seconds: float) -> str:
        """Play for so long, or until a moment worth a kill; which one it was."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._terminal.exit_code is None:
            seen = self.look()
            moment = self._act(seen)
            if moment:
                return moment
        return "anywhere"

    def _act(self, seen: Seen) -> str:
        roll = self._dice.random()
        if seen.phase not in _RINGING:
            self._ringing_since = 0.0
        match seen.phase:
            case "READY" | "NEXT IN":
                return self._when_ready(seen, roll)
            case phase if phase in _RINGING:
                return self._while_it_rings(seen, roll)
            case "TALKING":
                return self._while_talking(seen, roll)
            case "CALL OVER":
                return self._when_over(seen)
            case "PAUSED":
                return self._move("enter", lambda now: now.phase != "PAUSED")
            case "QUEUE":
                if roll < 0.5:
                    return self._edit(seen)
                return self._move("enter", lambda now: now.phase != "QUEUE")
        # A recap, a question, a card of somebody: back.
        self._terminal.press("enter" if "recap|Session" in seen and roll < 0.5 else "escape")
        return ""

    def _when_ready(self, seen: Seen, roll: float) -> str:
        if roll < 0.15 and self.known.undoable and "u undo|u  undo" in seen:
            return self._undo(self.known.undoable)
        if roll < 0.22:
            self._terminal.press("p")
            return self._move("b", lambda now: now.phase == "PAUSED")
        if roll < 0.34:
            return self._move("escape", lambda now: now.phase == "QUEUE")
        return self._move("enter", lambda now: now.phase != seen.phase)

    def _while_it_rings(self, seen: Seen, roll: float) -> str:
        self._ringing_since = self._ringing_since or time.monotonic()
        if time.monotonic() - self._ringing_since < (1.2 if roll < 0.5 else 0.5):
            self._terminal.read(0.05)
            return ""
        if roll < 0.6:
            return self._move("enter", lambda now: now.phase not in _RINGING)
        letter = self._dice.choice("nv")
        return self._outcome(seen, letter, _DIRECT[letter])

    def _while_talking(self, seen: Seen, roll: float) -> str:
        if seen.half_typed:
            self._terminal.write(b"\x15")
            self._wait(lambda now: not now.half_typed)
        elif not seen.typed and roll < 0.6:
            self._number += 1
            note = f"note{self._number:07d} two vans"
            self._terminal.write(note.encode())
            self._wait(lambda now: now.typed == note)
            if roll < 0.15:
                self._wait(lambda _: self.known.draft == note, 4)
                return "half a note"
        elif seen.typed:
            note = seen.typed
            self.pending = Pending("note", lambda now: rf"\d\d:\d\d +{note}$" in now, value=("", note))
            return self._commit(b"\r", "note")
        else:
            return self._move("escape", lambda now: now.phase == "CALL OVER")
        return ""

    def _when_over(self, seen: Seen) -> str:
        if seen.has_form:
            return self._move("escape", lambda now: not now.has_form)
        letter = self._dice.choice("ttllecnvx" if self._dice.random() < 0.5 else "tlecnv")
        if letter in _DIRECT:
            return self._outcome(seen, letter, _DIRECT[letter])
        self._terminal.press(letter)
        if not self._wait(lambda now: now.has_form and f"^── {letter}  " in now, 4):
            return ""
        return self._outcome(seen, "\r", _FORMS[letter])

    def _outcome(self, seen: Seen, key: str, outcome: str) -> str:
        name = f"{seen.who} Son{seen.who[3:]}"
        kept = self.known.kept
        notes = (*kept, *(one for one in seen.notes if one not in kept))
        call = Played(seen.who, outcome, notes)
        saved = rf"· {name} →"
        self.pending = Pending(
            "call", lambda now: saved in now and (now.who != seen.who or now.phase == "READY"), call
        )
        return self._commit(key.encode(), "outcome")

    def _undo(self, last: Played) -> str:
        self.pending = Pending("undo", lambda now: f"Undone: {last.who} " in now, last)
        return self._commit(b"u", "undo")

    def _edit(self, seen: Seen) -> str:
        """Another company for whoever is selected."""
        self._terminal.press("right")
        if not self._wait(lambda now: "^── PER" in now, 3):
            return ""
        self._terminal.press("e")
        if not self._wait(lambda now: r"^ Company  +\S" in now, 3):
            return ""
        found = re.search(r"^── (Per\d{4})", self.look().text, re.MULTILINE)
        if found is None:
            return ""
        who, self._number = found.group(1), self._number + 1
        company = f"Firm{self._number:07d}"
        for keys in (b"", b"\t", b"\x15", company.encode()):
            self._terminal.write(keys)
            time.sleep(0.3)
        if not self._wait(lambda now: rf"^ Company +{company}$" in now, 3):
            return ""
        card = f"^── {who.upper()} "
        self.pending = Pending(
            "edit", lambda now: card in now and rf"^ {company}$" in now, value=(who, company)
        )
        return self._commit(b"\r", "edit")

    def _move(self, key: str, arrived: Callable[[Seen], bool]) -> str:
        self.pending = Pending("move", arrived)
        self._terminal.press(key)
        if self._dice.random() < 0.04:
            return "on the way"
        self._settle(2)
        return ""

    def _commit(self, key: bytes, what: str) -> str:
        """Press a key that writes; some die while it does."""
        self._terminal.write(key)
        roll = self._dice.random()
        if roll < 0.35:
            time.sleep(self._dice.choice((0, 0.001, 0.003, 0.006, 0.01, 0.015, 0.02, 0.03, 0.05)))
            return f"in {what}"
        self._settle(15)
        return f"after {what}" if roll < 0.5 else ""

    def _settle(self, seconds: float) -> None:
        """Wait for the acknowledgement; a key that was refused has changed nothing."""
        self._in_doubt = not self._wait(lambda _: self.pending is None, seconds)
        self.pending = None

    def _wait(self, arrived: Callable[[Seen], bool], seconds: float = 2.0) -> bool:
        end = time.monotonic() + seconds
        while not arrived(self.look()):
            if time.monotonic() > end or self._terminal.exit_code is not None:
                return False
            self._terminal.take(0.02)
        return True
