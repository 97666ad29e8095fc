"""Headings by which address books and CRMs name what everybody has otherwise: folded words, in five languages."""

from __future__ import annotations

import re

from tui.exchange.reading.headings.words import listed

PROGRAM_WORDS = {
    "name": "displayname",
    "id": """
        record id contact, record id lead, contact guid, datensatz id, id record, id del registro, id d enregistrement,
        do not modify contact, do not modify lead, nicht andern kontakt, nicht andern lead, non modificare contatto,
        ne pas modifier contact, no modificar contacto""",
    "role": """
        organisationstitel, job position, jobtitel, stellenbezeichnung, posizione lavorativa, qualifica professionale,
        puesto de trabajo, intitule de poste""",
    "tags": "libelle, libelles, beschriftungen",
}
"""By the word of `--map`, whole headings."""

_FIRMS = frozenset(
    listed("""
        company, organization, organisation, organisations, society, azienda, societa, organizzazione, unternehmen,
        unternehmens, firma, organizacion, empresa, entreprise, societe""")
)
_NAMES = frozenset(listed("name, nome, nom, nombre, primary, main, commercial, associated, related"))
_RELATED = frozenset(
    listed(
        "zugehoriges, zugeordnetes, associata, collegata, associee, associe, asociada, principal, principale"
    )
)
_TITLES = frozenset(
    listed("title, titel, titolo, titre, cargo, puesto, position, posizione, poste, ruolo, rolle")
)
_BETWEEN = frozenset(listed("de, la, le, l, d, del, dell, della, in, nell, dans, en, the, of, im, der"))

_LABELS = r" (\d+) (?:label|type|typ|tipo|etichetta|etiqueta|libelle|beschriftung|bezeichnung)"
NUMBERED_LABEL = re.compile("(?:phone|telephone|telefon|telefono|telefone|tel)" + _LABELS)
"""A column that says whose the number beside it is."""
NUMBERED_EMAIL_LABEL = re.compile(
    "(?:email|mail|courriel|correo electronico|posta elettronica|adresse email)" + _LABELS
)
_NAME_PART = re.compile(r"(?:name|names|nome|nombre|nom) (.+)")


def part_of_name(words: str) -> str:
    """`first name` of `name first name`, as a program says that keeps the parts of a name together; else empty."""
    found = _NAME_PART.fullmatch(words)
    return found.group(1) if found else ""


def said_of_firm(words: str) -> str:
    """`company` for a heading that names a firm (`Associated Company`), `role` for a title there; else empty."""
    found = [word for word in words.split() if not word.isdigit() and word not in _BETWEEN]
    if not _FIRMS.intersection(found):
        return ""
    rest = set(found) - _FIRMS
    if rest <= _NAMES | _RELATED:
        return "company"
    return "role" if rest <= _TITLES else ""
