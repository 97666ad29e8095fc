"""The half-done call as it lies on disk (`state['running']`), so that a killed terminal loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tui.cockpit.form.outcome_form import Form
from tui.cockpit.state.active_call import Working
from tui.cockpit.view import Phase
from tui.domain.call import Note
from tui.domain.contact import Contact
from tui.domain.outcome import Outcome
from tui.script.call.walk import Walk
from tui.storage.documents import dial_from_document, dial_to_document

WalkFrom = Callable[[Mapping[str, Any], Contact, str, str], Walk | None]
"""Rebuilds the reader's place in a script from what was stored, with the reason the rep typed and the number."""


def to_state(working: Working, words: str) -> dict[str, Any]:
    """A working call, JSON-ready. `words` is the line of script on the screen."""
    return {
        "id": working.id,
        "contact_id": working.contact.id,
        "phase": str(working.phase),
        "before_pause": str(working.before_pause) if working.before_pause else None,
        "direction": working.direction,
        "elsewhere": working.elsewhere,
        "left_open": working.left_open,
        "correcting": working.correcting,
        "undone": working.undone,
        "session_id": working.session_id,
        "entry": working.entry,
        "since": _iso(working.since),
        "taken_at": _iso(working.taken_at),
        "started_at": _iso(working.started_at),
        "answered_at": _iso(working.answered_at),
        "over_at": _iso(working.over_at),
        "dead_s": working.dead_s,
        "number": working.number,
        "line": working.line,
        "muted": working.muted,
        "held": working.held,
        "recording": working.recording,
        "gatekeeper": working.gatekeeper,
        "aside": list(working.aside) if working.aside else None,
        "given": dict(working.given),
        "dials": [dial_to_document(dial) for dial in working.dials],
        "notes": [[_iso(n.at), n.text] for n in working.notes],
        "draft": working.draft,
        "changing": working.changing,
        "signals": list(working.signals),
        "reason_id": working.reason_id,
        "override": working.override,
        "own_reason": working.own_reason,
        "identify_s": working.identify_s,
        "acknowledged": working.acknowledged,
        "walk": working.walk.to_state() if working.walk else None,
        "words": words,
        "form": working.form.to_state() if working.form else None,
        "forms": {name: form.to_state() for name, form in working.forms.items()},
        "highlighted": working.highlighted,
        "keys": working.keys,
        "typed_number": working.typed_number,
        "came_from": str(working.came_from) if working.came_from else None,
    }


def from_state(
    state: Mapping[str, Any], contact: Contact, outcomes: Sequence[Outcome], walk_from: WalkFrom
) -> Working:
    """The working call back from its state. A form of an outcome the team removed since is left out."""
    by_id = {o.id: o for o in outcomes}
    form, phase = _form(state["form"], by_id), Phase(state["phase"])
    return Working(
        id=state["id"],
        contact=contact,
        since=_time(state["since"]),
        taken_at=_time(state["taken_at"]),
        phase=Phase.CALL_OVER if phase is Phase.FORM and form is None else phase,
        before_pause=Phase(state["before_pause"]) if state["before_pause"] else None,
        direction=state["direction"],
        elsewhere=state["elsewhere"],
        left_open=state.get("left_open", False),
        correcting=state.get("correcting", ""),
        undone=state.get("undone", ""),
        session_id=state.get("session_id"),
        started_at=_maybe(state["started_at"]),
        answered_at=_maybe(state["answered_at"]),
        over_at=_maybe(state["over_at"]),
        dead_s=state.get("dead_s", 0.0),
        number=state["number"],
        line=state["line"],
        muted=state.get("muted", False),
        held=state.get("held", False),
        recording=state.get("recording", False),
        gatekeeper=state["gatekeeper"],
        aside=(str(state["aside"][0]), int(state["aside"][1])) if state.get("aside") else None,
        given=dict(state.get("given", {})),
        entry=state["entry"],
        dials=[dial_from_document(dial) for dial in state["dials"]],
        notes=[Note(_time(at), text) for at, text in state["notes"]],
        draft=state["draft"],
        changing=state.get("changing"),
        signals=list(state["signals"]),
        reason_id=state["reason_id"],
        override=state.get("override", ""),
        own_reason=state.get("own_reason", ""),
        identify_s=state.get("identify_s"),
        acknowledged=state["acknowledged"],
        walk=walk_from(state["walk"], contact, state.get("own_reason", ""), state["number"])
        if state["walk"]
        else None,
        form=form,
        forms={name: form for name, one in state["forms"].items() if (form := _form(one, by_id))},
        highlighted=state["highlighted"],
        keys=state["keys"],
        typed_number=state.get("typed_number", ""),
        came_from=Phase(state["came_from"]) if state.get("came_from") else None,
    )


def was_made(state: Mapping[str, Any]) -> bool:
    """`Working.was_made` of a stored call."""
    incoming = state["direction"] == "in" and state["started_at"] is not None
    made = bool(state["dials"]) or incoming or bool(state.get("left_open"))
    return made and not state.get("correcting")


def _form(state: Mapping[str, Any] | None, by_id: Mapping[str, Outcome]) -> Form | None:
    if not state or state["outcome"] not in by_id:
        return None
    return Form(by_id[state["outcome"]], dict(state["values"]), set(state["proposed"]), state["focus"])


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _maybe(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
