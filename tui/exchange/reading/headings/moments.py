"""Which headings name the next call to somebody, and which the last time we were in touch, by their words.

Five languages, and the words that beside them speak of something else: `Last contacted by`, `Next activity type`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from tui.exchange.reading.headings.words import words_of


class Moment(StrEnum):
    """What a column of dates is about."""

    NEXT = "next"
    LAST = "last"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NEXT = _words("""
    next upcoming planned scheduled schedule prossim previst pianificat programmat nachst naechst geplant
    proxim program prochain prevu planifie venidero
""")
_LAST = _words("""
    last latest recent ultim letzt zuletzt dernier
""")
_IN_TOUCH = _words("""
    contact kontakt contatt activit aktivitat aktivitaet attivit actividad interact interazion interakt
    interacc engagement conversation conversaz conversac gesprach gespraech touch spoke talk communicat
    comunica kommunik communique outreach chiamat telefonat telefonier sentit anruf angeruf llamad llamar
    appel echange phoned reached
    dialed dialled attempt versuch tentativ intento
""")
_CALL = frozenset({"call", "calls", "called", "calling"})
_TO_DO = _words("""
    task action step todo azione aufgabe tache tarea accion schritt etape passo paso folge
""")
_AGAIN = _words("""
    followup callback recall wiedervorlage ruckruf rueckruf rappel relance relancer richiam ricontatt
    recontact rellama seguimiento nachfass folgekontakt folgeanruf folgeaktivit folgetermin folgegesprach
    reminder promemoria erinnerung recordatorio suivi
""")
_SHORT_AGAIN = frozenset({"wv", "wvl"})
"""How Germans shorten Wiedervorlage."""
_DUE = _words("due deadline fallig faellig scadenza echeance vencimiento")
_TOGETHER = (
    "follow up",
    "call back",
    "ring back",
    "phone back",
    "call again",
    "contact again",
    "try again",
    "call on",
    "call after",
    "wieder anrufen",
    "erneut anrufen",
    "wieder kontaktieren",
    "volver a llamar",
    "volver a contactar",
    "da sentire",
    "da chiamare",
    "a contacter",
    "a appeler",
    "anrufen am",
    "llamar el",
    "llamar de nuevo",
    "sentirsi il",
    "chiamare il",
    "appeler le",
)
_OF_ELSE = frozenset(
    _words("""
    name nome nombre nom type typ tipo subject betreff oggetto asunto objet note notes notiz notizen status
    stato estado statut owner outcome result esito ergebnis resultado resultat count number numbers anzahl
    numero nombres duration durata dauer id ids channel kanal canale canal user agent rep reason grund
    motivo motif title comment comments description url link source quelle fonte created modified updated
    changed email mail emails sms first erster erst primo premier primer since days day ago giorni tage dias
    jours no not never don kein keine nicht non pas frequency interval every disposition campaign campagna
    list lista city visit purchase order ordine bestellung commande pedido login step_name phase attachment
    result code reply replied open opened click clicked invoice payment seen website page form person_name
    amount value stage
""")
)
_WHO = frozenset({"by", "with", "von", "durch", "da", "par", "por", "mit", "con", "avec"})
_WHOSE = frozenset(
    _words("""
    person contact lead primary kontakt contatto contacto deal account opportunity customer client prospect
    hs notes organization organisation company
""")
)


@lru_cache(maxsize=2_048)
def moment_in(heading: str) -> Moment | None:
    """Which moment a heading names; None when it names none, or something about one."""
    words = words_of(heading)
    tokens = words.split()
    if len(tokens) > 2 and tokens[0] in _WHOSE:
        tokens = tokens[1:]
    if not tokens or _OF_ELSE.intersection(tokens):
        return None
    again = any(f" {pair} " in f" {words} " for pair in _TOGETHER) or _any(tokens, _AGAIN)
    again = again or bool(_SHORT_AGAIN.intersection(tokens))
    in_touch = _any(tokens, _IN_TOUCH) or bool(_CALL.intersection(tokens))
    if _any(tokens, _LAST):
        return Moment.LAST if (in_touch or again) and not _who(tokens) else None
    if again or (_any(tokens, (*_NEXT, *_DUE)) and (in_touch or _any(tokens, _TO_DO))):
        return Moment.NEXT
    return None


def _who(tokens: Sequence[str]) -> bool:
    """Whether a heading asks who it was: `Last contacted by`, but not `Contactado por última vez`."""
    behind = (*tokens[1:], "")
    return any(one in _WHO and not after.startswith(_LAST) for one, after in zip(tokens, behind, strict=True))


def _any(tokens: Iterable[str], stems: tuple[str, ...]) -> bool:
    """Whether a word begins with one of the stems, or a compound holds a long one: `Letztkontakt`."""
    return any(
        token.startswith(stem) or (len(stem) > 4 and stem in token) for token in tokens for stem in stems
    )
