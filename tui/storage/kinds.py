"""The kinds of record: the table each stands in, and how one becomes JSON and comes back.

The store, a whole account in a file and the people folder ask here, so that they hold the same kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tui.domain.call import Call
from tui.domain.contact import Contact, Rep
from tui.domain.do_not_call import Entry
from tui.domain.promise_state import PlannedCall
from tui.domain.session import Session
from tui.domain.shared.forgotten import Forgotten, HashKey
from tui.domain.shared.same_person import SamePerson
from tui.storage.documents import (
    call_from_document,
    call_to_document,
    contact_from_document,
    contact_to_document,
)
from tui.storage.other_documents import (
    entry_from_document,
    entry_to_document,
    plan_from_document,
    plan_to_document,
    rep_from_document,
    rep_to_document,
    session_from_document,
    session_to_document,
)
from tui.storage.team_documents import (
    forgotten_from_document,
    forgotten_to_document,
    hash_key_from_document,
    hash_key_to_document,
    same_person_from_document,
    same_person_to_document,
)
from tui.storage.values import Document

KIND_OF_TABLE: Mapping[str, tuple[type, Callable[[Any], Document], Callable[[Mapping[str, Any]], Any]]] = {
    "hash_keys": (HashKey, hash_key_to_document, hash_key_from_document),
    "forgotten": (Forgotten, forgotten_to_document, forgotten_from_document),
    "same_person": (SamePerson, same_person_to_document, same_person_from_document),
    "reps": (Rep, rep_to_document, rep_from_document),
    "do_not_call": (Entry, entry_to_document, entry_from_document),
    "contacts": (Contact, contact_to_document, contact_from_document),
    "planned_calls": (PlannedCall, plan_to_document, plan_from_document),
    "sessions": (Session, session_to_document, session_from_document),
    "calls": (Call, call_to_document, call_from_document),
}
"""By table, in the order in which they are told: who is who first, then people before their calls."""
