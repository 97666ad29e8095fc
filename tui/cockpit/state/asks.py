"""The question on the screen, kept with what it was asked over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.cockpit.state.state import State
    from tui.cockpit.view import Ask


class AskOnScreen:
    """What is asked over the call on the screen, or over the queue; None: nothing is.

    A question waits while a caller is served, and is there again with whatever it was asked over.
    """

    def __get__(self, state: State, owner: type[State] | None = None) -> Ask | None:
        return state.asks.get(_place(state))

    def __set__(self, state: State, ask: Ask | None) -> None:
        if ask is None:
            state.asks.pop(_place(state), None)
        else:
            state.asks[_place(state)] = ask


def _place(state: State) -> str:
    """Id of the call on the screen; the name of the page where none is."""
    call = state.call_on_screen
    return call.id if call else str(state.page)
