"""What a column says of why a person may be rung: only plain words become a consent or a contract."""

from __future__ import annotations

from tui.plaintext import fold

_CONSENT = (
    "consent, consented, opt in, opt-in, freely given consent from contact, consenso, einwilligung, "
    "consentimiento, consentement"
)
_CONTRACT = "contract, performance of a contract, contratto, vertrag, contrato, contrat"
_INTEREST = (
    "legitimate interest, legitimate interests, legitimate interest - prospect/lead, "
    "legitimate interest - existing customer, legitimate interest - other, "
    "legittimo interesse, berechtigtes interesse, interes legitimo, interet legitime"
)
_GROUNDS = {
    word: ground
    for ground, words in (
        ("consent", _CONSENT),
        ("contract", _CONTRACT),
        ("legitimate interest", _INTEREST),
    )
    for word in words.split(", ")
}


def ground(value: str) -> str:
    """The ground a cell names: `consent`, `contract`, `legitimate interest`, else its own words."""
    return _GROUNDS.get(fold(value).replace("\u2013", "-"), value)
