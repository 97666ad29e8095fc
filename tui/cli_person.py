"""Which one person a command means."""

from __future__ import annotations

from tui.cli_output import RefusedError
from tui.cockpit.call_view import CallerRow
from tui.cockpit.cockpit import Cockpit
from tui.phone import shown
from tui.plaintext import clean
from tui.storage.protocol import Store

_SHOWN_TO_CHOOSE = 5


def the_one(cockpit: Cockpit, store: Store, text: str) -> CallerRow:
    """The one person an id, a name, a company or a number means. Raises `RefusedError` when it is not beyond doubt."""
    wanted = clean(text)
    if store.contact(wanted) is not None:
        return _row(store, wanted)
    found, sure = cockpit.meant(wanted)
    if len(found) == 1 and sure:
        return _row(store, found[0])
    if not found:
        raise RefusedError(f"Nobody fits {wanted!r}. `powerhour contacts` lists everybody.")
    said = "Several fit" if len(found) > 1 else "Nobody is called"
    rows = [_row(store, one) for one in found[:_SHOWN_TO_CHOOSE]]
    lines = [
        f"  {row.contact_id}  {', '.join(filter(None, (row.name, row.company, row.number)))}" for row in rows
    ]
    more = len(found) - len(lines)
    lines += [f"  and {more} more"] if more > 0 else []
    raise RefusedError("\n".join([f"{said} {wanted!r}. Say who it is by the id in front:", *lines]))


def _row(store: Store, contact_id: str) -> CallerRow:
    contact = store.contact(contact_id)
    if contact is None:
        return CallerRow(contact_id, "")
    number = next((n.e164 for n in contact.numbers if n.e164), "")
    company = contact.company if contact.name or contact.given else ""
    return CallerRow(contact.id, contact.shown_name, company, shown(number) if number else "")
