"""The words of contact files' headers in English, Italian, German, Spanish and French, folded."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from tui.plaintext import fold


class Meaning(StrEnum):
    """What a column holds. The values are the words of `--map MEANING=COLUMN`."""

    # Enum's own is written in Python, and a meaning is looked up thirty times a row.
    __hash__ = str.__hash__

    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    COMPANY = "company"
    ROLE = "role"
    PHONE = "phone"
    PHONE_LABEL = "phone_label"
    PHONE_CODE = "phone_code"
    EXTENSION = "extension"
    EMAIL = "email"
    ZONE = "zone"
    LANGUAGE = "language"
    COUNTRY = "country"
    OWNER = "owner"
    TAGS = "tags"
    LIST = "list"
    ID = "id"
    DO_NOT_CALL = "do_not_call"
    REFUSAL_COVERS = "refusal_covers"
    """`firm`: who refused spoke for everybody of their firm. Of our own export, like the two below."""
    REFUSED_NUMBERS = "refused_numbers"
    WRONG_NUMBERS = "wrong_numbers"
    MAY_CALL = "may_call"
    BASIS = "basis"
    """Why we may call them: consent, contract, referral."""
    BASIS_DATE = "basis_date"
    CALL_BACK = "call_back"
    LAST_CALLED = "last_called"
    STATUS = "status"
    NOTES = "notes"
    CUSTOMER = "customer"
    OPEN_PROBLEM = "open_problem"
    PRIORITY = "priority"
    ACTION = "action"
    DELETED = "deleted"
    FIELD = "field"
    """Kept under its header, for cards and scripts."""
    IGNORE = "ignore"


def _listed(words: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in words.split(","))


_WORDS: dict[Meaning, str] = {
    Meaning.NAME: """
        name, full name, fullname, display name, contact name, contact person, contact, person, lead name,
        nome completo, nome e cognome, cognome e nome, nominativo, referente, contatto, ansprechpartner,
        ansprechpartnerin, kontaktperson, vollstandiger name, vor und nachname, nombre completo, nombre y
        apellidos, contacto, persona de contacto, nom complet, nom et prenom, prenom et nom,
        interlocuteur, personne""",
    Meaning.GIVEN: """
        first name, firstname, given name, givenname, given, forename, fname, first, nome, nome proprio,
        vorname, rufname, nombre, nombres, nombre de pila, primer nombre, prenom""",
    Meaning.MIDDLE: """
        middle name, middlename, middle, middle initial, additional name, additional names, secondo nome,
        zweiter vorname, segundo nombre, deuxieme prenom""",
    Meaning.FAMILY: """
        last name, lastname, surname, family name, familyname, family, lname, last, cognome, nachname,
        familienname, zuname, apellido, apellidos, primer apellido, nom de famille, nom""",
    Meaning.COMPANY: """
        company, company name, companyname, account name, account, organization, organisation,
        organization name, organisation name, organization 1 name, org, employer, business name, firm,
        azienda, nome azienda, ragione sociale, societa, ditta, impresa, ente, firma, firmenname,
        unternehmen, betrieb, arbeitgeber, organisationsname, empresa, nombre de la empresa, razon social,
        compania, societe, entreprise, raison sociale, nom de la societe, nom de l entreprise,
        etablissement""",
    Meaning.ROLE: """
        title, job title, jobtitle, role, position, organization title, organization 1 title, function,
        occupation, ruolo, qualifica, mansione, funzione, posizione, funktion, rolle, berufsbezeichnung,
        stellung, cargo, puesto, rol, ocupacion, poste, fonction, intitule du poste, metier""",
    Meaning.ZONE: """
        time zone, timezone, tz, iana zone, zone, fuso orario, fuso, zeitzone, zona horaria, huso horario,
        fuseau horaire, fuseau""",
    Meaning.LANGUAGE: """
        language, lang, preferred language, locale, lingua, sprache, idioma, lengua, langue""",
    Meaning.COUNTRY: """
        country, country code, country region, nation, billingcountry, billing country, mailing country,
        mailingcountry, paese, nazione, stato estero, land, staat, pais, pays""",
    Meaning.OWNER: """
        owner, account owner, contact owner, lead owner, record owner, contact owner name, assigned to,
        assignee, sales rep, salesperson, proprietario, responsabile, assegnato a, venditore,
        verantwortlich, verantwortlicher, zustandig, betreuer, besitzer, kundenbetreuer, propietario,
        responsable, asignado a, comercial, proprietaire, assigne a, commercial""",
    Meaning.TAGS: """
        tags, tag, labels, label, categories, category, group membership, groups, group, segment,
        etichette, etichetta, categorie, categoria, gruppi, gruppo, kategorien, gruppen, gruppe,
        kategorie, etiquetas, etiqueta, categorias, grupos, grupo, etiquettes, groupes, groupe""",
    Meaning.LIST: """
        list, list name, list id, campaign, campaign name, lista, elenco, campagna, liste, listenname,
        kampagne, campana, campagne""",
    Meaning.ID: """
        id, record id, contact id, person id, lead id, external id, externalid, customer id, customer
        number, account id, accountid, contactid, hs object id, vendor lead code, vicidial lead code,
        codice cliente, codice, kundennummer, kunden nr, kontakt id, numero de cliente, codigo de cliente,
        codigo, numero client, code client, identifiant, uid, uuid""",
    Meaning.DO_NOT_CALL: """
        do not call, donotcall, dnc, do not contact, donotcontact, do not phone, don t call, opt out,
        opted out, optout, call opt out, phone opt out, opted out of calls, no call, no calls, never call,
        non chiamare, non contattare, opposizione, registro opposizioni, nicht anrufen, nicht
        kontaktieren, keine anrufe, anrufsperre, werbesperre, werbewiderspruch, sperrvermerk, no llamar,
        no contactar, lista robinson, ne pas appeler, ne pas contacter, opposition, bloctel, desinscrit""",
    Meaning.REFUSAL_COVERS: "do not call covers",
    Meaning.REFUSED_NUMBERS: "numbers not to call",
    Meaning.WRONG_NUMBERS: "wrong numbers",
    Meaning.MAY_CALL: """
        may call, can call, ok to call, callable, call allowed, phone consent, consent to call,
        chiamabile, si puo chiamare, consenso telefonico, darf angerufen werden, anruf erlaubt, telefon
        erlaubt, se puede llamar, peut etre appele, appel autorise""",
    Meaning.BASIS: """
        legal basis, lawful basis, basis, gdpr basis, legal basis for processing contact s data, legal
        ground, consent basis, base giuridica, rechtsgrundlage, base juridica, base legal, base legale,
        base juridique""",
    Meaning.BASIS_DATE: """
        legal basis date, lawful basis date, basis date, consent date, date of consent, consented on, data
        consenso, data del consenso, einwilligung am, einwilligung vom, datum der einwilligung, fecha de
        consentimiento, date du consentement, date de consentement""",
    Meaning.CALL_BACK: """
        call back, callback, call back on, callback date, call back date, callback time, call back at,
        next call, next call date, next contact, next contact date, follow up, follow up date, followup,
        follow up on, next follow up, next activity date, recall, recall date, richiamare, richiamare il,
        richiamo, data richiamo, prossima chiamata, prossimo contatto, ruckruf, ruckruf am, ruckrufdatum,
        wiedervorlage, nachster anruf, nachster kontakt, volver a llamar, proxima llamada, proximo
        contacto, fecha de llamada, rappeler, rappeler le, rappel, date de rappel, prochain appel,
        prochain contact, relance""",
    Meaning.LAST_CALLED: """
        last called, last call, last call date, last contacted, last contact, last contact date, last
        activity date, lastactivitydate, last local call time, ultima chiamata, ultimo contatto, letzter
        anruf, zuletzt angerufen, letzter kontakt, ultima llamada, dernier appel, dernier contact""",
    Meaning.STATUS: """
        status, lead status, contact status, call status, hs lead status, stage, stato, esito, estado,
        statut, ergebnis, resultat, resultado""",
    Meaning.NOTES: """
        notes, note, comments, comment, remarks, description, background, annotazioni, osservazioni,
        commenti, descrizione, notizen, notiz, bemerkung, bemerkungen, kommentar, kommentare,
        beschreibung, notas, nota, observaciones, comentarios, comentario, descripcion, remarque,
        remarques, commentaire, commentaires, observations""",
    Meaning.CUSTOMER: """
        customer, is customer, existing customer, client, is client, cliente, e cliente, gia cliente,
        kunde, ist kunde, bestandskunde, es cliente, est client""",
    Meaning.OPEN_PROBLEM: """
        open problem, open ticket, open tickets, open case, open cases, open issue, open issues, problem,
        complaint, problema, problema aperto, reclamo, ticket aperto, offenes problem, beschwerde,
        reklamation, offenes ticket, problema abierto, reclamacion, incidencia abierta, probleme, probleme
        ouvert, reclamation, ticket ouvert""",
    Meaning.PRIORITY: "priority, priorita, prioritat, prioridad, priorite",
    Meaning.ACTION: "action, azione, aktion, accion",
    Meaning.DELETED: """
        deleted, is deleted, isdeleted, eliminato, geloscht, eliminado, supprime""",
    Meaning.PHONE: "number, numero, nummer, numero di cellulare, phone number, numeri",
    Meaning.PHONE_CODE: """
        phone code, dial code, calling code, phone country code, prefisso, landesvorwahl, vorwahl""",
    Meaning.EXTENSION: """
        ext, extension, phone ext, phone extension, interno, durchwahl nr, nebenstelle, anexo""",
}
PHRASES = {phrase: meaning for meaning, words in _WORDS.items() for phrase in _listed(words)}
"""What a whole header means."""
SUBJECTS = ("person", "contact", "lead", "primary", "kontakt", "contatto", "prospect", "attendee")
"""Words in front of a header that say whose it is: `Person - Name`, `Contact Email`."""
PHONE_WORDS = frozenset(
    _listed("""
        phone, phones, telephone, tel, telefono, telefoni, telefon, telefonnummer, telefonnummern,
        rufnummer, tlf, telefone, telephones, mobile, mobil, mobiltelefon, mobilnummer, cell, cellphone,
        cellulare, cellulari, handy, handynummer, movil, portable, gsm, landline, festnetz, fisso, fijo,
        fixe, durchwahl, pager""")
)
EMAIL_WORDS = frozenset(
    _listed("""
        email, emails, mail, emailadresse, mailadresse, correo, courriel, posta""")
)
FAX_WORDS = frozenset(_listed("fax, telefax, telefaxnummer, facsimile, telecopie"))
ABOUT_ELSE = frozenset(
    _listed("""
        type, status, opt, optout, opted, out, bounce, bounced, date, valid, validity, verified, last,
        source, count, preferred, opens, clicks, unsubscribed, subscribed, domain, quarantined, confirmed,
        provider, time, datum, data, consent""")
)
"""Beside phone or e-mail words these speak of it and do not hold it: `Email Opt Out`."""
_LABELS = {
    "mobile": """
        mobile, cell, cellphone, cellular, mobil, mobiltelefon, mobilnummer, cellulare, handy,
        handynummer, movil, portable, gsm""",
    "work": """
        work, business, office, company, buero, buro, geschaftlich, dienstlich, firma, arbeit, lavoro,
        ufficio, azienda, trabajo, oficina, empresa, travail, bureau, professionnel, pro""",
    "home": """
        home, private, privat, privato, casa, domicile, personnel, particular, personal, landline,
        festnetz, fisso""",
    "direct": "direct, durchwahl, diretto, directo, directe",
    "main": """
        main, switchboard, zentrale, hauptnummer, centralino, principale, centralita, principal, standard""",
    "assistant": "assistant, assistente, sekretariat, segreteria, asistente, assistante",
    "pager": "pager",
    "other": """
        other, alt, alternate, alternative, altro, altri, andere, sonstige, otro, autre""",
}
LABEL_OF_WORD = {word: label for label, words in _LABELS.items() for word in _listed(words)}
"""The label a word of a phone column names."""


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
_NUMBERED_LABEL = re.compile(r"(?:phone|telephone) (\d+) (?:label|type)")
_NUMBERED_EMAIL_LABEL = re.compile(r"email (\d+) (?:label|type)")


@lru_cache(maxsize=2_048)
def words_of(header: str) -> str:
    """A header as plain words: `MobilePhone`, `mobile_phone` and `Mobile Phone:` are all `mobile phone`."""
    spaced = _NO_WORD.sub(" ", fold(_CAMEL.sub(" ", header.removesuffix("__c").removesuffix("__C"))))
    return spaced.strip().replace("e mail", "email")


@lru_cache(maxsize=2_048)
def meaning_of(header: str) -> Meaning:
    """What a column with this header holds; `Meaning.FIELD` when no word of it is known."""
    words = words_of(header)
    if known := PHRASES.get(words):
        return known
    subject, _, rest = words.partition(" ")
    if subject in SUBJECTS and rest in PHRASES:
        return PHRASES[rest]
    if _NUMBERED_LABEL.fullmatch(words):
        return Meaning.PHONE_LABEL
    if _NUMBERED_EMAIL_LABEL.fullmatch(words):
        return Meaning.IGNORE
    tokens = set(words.split())
    if tokens & FAX_WORDS or tokens & ABOUT_ELSE:
        return Meaning.FIELD
    if tokens & EMAIL_WORDS:
        return Meaning.EMAIL
    if tokens & PHONE_WORDS:
        return Meaning.PHONE
    return Meaning.COUNTRY if words.endswith(" country") else Meaning.FIELD


def label_of(header_or_label: str) -> str:
    """The label a phone column or a label cell names: mobile, work, home, direct, main …; or empty."""
    return next(
        (LABEL_OF_WORD[word] for word in words_of(header_or_label).split() if word in LABEL_OF_WORD), ""
    )


def is_fax(header_or_label: str) -> bool:
    """Whether a header or label says that a fax answers."""
    return bool(set(words_of(header_or_label).split()) & FAX_WORDS)
