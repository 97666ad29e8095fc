"""What the cockpit shows: its faces, and no way past them to the store, the phone or the state."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from tui.cockpit.cockpit import Cockpit
from tui.cockpit.faces import Faces
from tui.cockpit.state.state import State
from tui.dialer.protocol import Dialer
from tui.storage.protocol import Store

HIDDEN = (State, Store, Dialer)


def public(of: object) -> Iterator[tuple[str, Any]]:
    """The public attributes of an object with their values; methods are called by nobody here."""
    for name in dir(of):
        if not name.startswith("_"):
            yield name, getattr(of, name)


def is_hidden(value: object, cockpit: Cockpit) -> bool:
    """Whether it is one of the three, or of the same kind."""
    state = cockpit._state
    return isinstance(value, State) or any(
        value is one for one in (state, state.store, state.dialer, state.disk)
    )


async def test_no_public_attribute_of_the_cockpit_or_a_face_leads_to_store_phone_or_state(bench):
    await bench.cockpit.open()
    cockpit = bench.cockpit
    faces = [(name, face) for name, face in public(cockpit) if name in vars(Faces) or name == "queue"]
    assert len(faces) > 15
    found = [name for name, value in public(cockpit) if is_hidden(value, cockpit)]
    for name, face in faces:
        found += [f"{name}.{inner}" for inner, value in public(face) if is_hidden(value, cockpit)]
    assert found == []


def test_no_public_method_of_the_cockpit_or_a_face_says_that_it_returns_one():
    gives = {
        name: str(inspect.signature(method).return_annotation)
        for name, method in inspect.getmembers(Cockpit, inspect.isfunction)
        if not name.startswith("_")
    }
    assert {name for name, said in gives.items() if said in {one.__name__ for one in HIDDEN}} == set()
