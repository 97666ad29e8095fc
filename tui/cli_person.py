"""Which one person a command means."""

from __future__ import annotations

from tui.cli_output import RefusedError
from tui.cockpit.call_view import CallerRow
from tui.cockpit.cockpit import Cockpit
from tui.plaintext import clean, fold
from tui.storage.protocol import Store

_SHOWN_TO_CHOOSE = 5


def the_one(cockpit: Cockpit, store: Store, text: str) -> CallerRow:
    """The one person an id, a name, a company or a number means. Else raises `RefusedError`."""
    wanted = clean(text)
    if (contact := store.contact(wanted)) is not None:
        return CallerRow(contact.id, contact.shown_name, contact.company)
    found = cockpit.look_up(wanted)
    exact = [row for row in found if fold(wanted) == fold(row.name)]
    chosen = exact if len(exact) == 1 else list(found)
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise RefusedError(f"Nobody fits {wanted!r}. `powerhour contacts` lists everybody.")
    lines = [
        f"  {row.contact_id}  {row.name}, {row.company}, {row.number}" for row in chosen[:_SHOWN_TO_CHOOSE]
    ]
    more = len(chosen) - len(lines)
    lines += [f"  and {more} more"] if more > 0 else []
    raise RefusedError("\n".join([f"Several fit {wanted!r}. Say which by the id in front:", *lines]))
