"""How the customer wants to hear from us, in a phrase: `every 2 weeks`, `ogni mese`, `e-mail`, `per telefono`."""

from __future__ import annotations

import re

_EVERY = re.compile(
    r"(?:every|each|ogni)\s+(?:(\d{1,3}|two|three|other|due|tre)\s+)?"
    r"(day|week|month|quarter|giorno|giorni|settimana|settimane|mese|mesi|trimestre)s?$"
)
_UNIT_DAYS = {
    "day": 1,
    "giorn": 1,
    "week": 7,
    "settiman": 7,
    "month": 30,
    "mes": 30,
    "quarter": 91,
    "trimestre": 91,
}
_CHANNELS = {
    "phone": ("phone", "telephone", "call", "telefono", "chiamata", "telefonata"),
    "email": ("email", "mail"),
    "text": ("text", "text message", "message", "sms", "messaggio", "whatsapp"),
    "visit": ("visit", "in person", "visita", "di persona"),
}
_COUNTS = {"two": 2, "three": 3, "other": 2, "due": 2, "tre": 3}


def every(text: str) -> int | None:
    """Days between two contacts in a phrase such as `every 2 weeks`; None when it is none."""
    found = _EVERY.match(text.strip().casefold())
    if not found:
        return None
    count = _COUNTS.get(found[1] or "", 0) or int(found[1] or 1)
    unit = next(days for stem, days in _UNIT_DAYS.items() if found[2].startswith(stem))
    return count * unit


def channel(text: str) -> str:
    """The channel that a short answer names: phone, email, text or visit; empty when it names none, or two."""
    said = re.sub(r"^(?:by|per|via|with a|con una?)\s+", "", text.strip().casefold().replace("-", ""))
    return next((name for name, phrases in _CHANNELS.items() if said in phrases), "")
