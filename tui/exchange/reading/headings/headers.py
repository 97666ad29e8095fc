"""The words of contact files' headers in English, Italian, German, Spanish and French, folded."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from tui.exchange.reading.consent.words import Says, reading_of
from tui.exchange.reading.headings.moments import Moment, moment_in
from tui.exchange.reading.headings.programs import (
    NUMBERED_EMAIL_LABEL,
    NUMBERED_LABEL,
    PROGRAM_WORDS,
    part_of_name,
    said_of_firm,
)
from tui.exchange.reading.headings.words import listed, parted, words_of


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
    OWN_ID = "own_id"
    """Our id of the person, the list they came with, the rep who has taken them. Of our own export only."""
    SOURCE_LIST = "source_list"
    OWNER_ID = "owner_id"
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


_WORDS: dict[Meaning, str] = {
    Meaning.NAME: """
        name, full name, fullname, display name, contact name, contact names, contact name s, name of contact,
        contact person, contact, person, lead name, nome completo, nome e cognome, cognome e nome, nominativo,
        referente, contatto, persona di contatto, ansprechpartner, ansprechpartnerin, ansprechpartner in,
        ansprechperson, gesprachspartner, kontakt, kontaktperson, vollstandiger name, vor und nachname, nombre
        completo, nombre y apellidos, contacto, persona de contacto, nom complet, nom et prenom, prenom et nom,
        interlocuteur, interlocutrice, personne, personne de contact, personne a contacter, who, wer, chi, qui,
        quien""",
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
        mailingcountry, paese, nazione, stato estero, land, staat, pais, pays, ctry, cntry""",
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
    Meaning.REFUSAL_COVERS: "do not call covers",
    Meaning.REFUSED_NUMBERS: "numbers not to call",
    Meaning.WRONG_NUMBERS: "wrong numbers",
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
    Meaning.DELETED: "deleted, is deleted, isdeleted, eliminato, geloscht, eliminado, supprime",
    Meaning.PHONE: "number, numero, nummer, numero di cellulare, phone number, numeri",
    Meaning.PHONE_CODE: """
        phone code, dial code, calling code, phone country code, area code, city code, dialling code, dialing
        code, country calling code, prefisso, prefisso internazionale, landesvorwahl, vorwahl, prefijo,
        indicatif""",
    Meaning.EXTENSION: """
        ext, extension, phone ext, phone extension, interno, durchwahl nr, nebenstelle, anexo""",
}
PHRASES = {
    phrase: Meaning(meaning)
    for meaning, words in (*_WORDS.items(), *PROGRAM_WORDS.items())
    for phrase in listed(words)
}
"""What a whole header means."""
SUBJECTS = ("person", "contact", "lead", "primary", "kontakt", "contatto", "prospect", "attendee")
"""Words in front of a header that say whose it is: `Person - Name`, `Contact Email`."""
PHONE_WORDS = frozenset(
    listed("""
        phone, phones, telephone, tel, telefono, telefoni, telefon, telefonnummer, telefonnummern, rufnummer, tlf,
        telefone, telephones, mobile, mobil, mobiltelefon, mobilnummer, cell, cellphone, cellulare, cellulari,
        handy, handynummer, movil, portable, gsm, landline, festnetz, fisso, fijo, fixe, durchwahl, ddi, rufnr,
        hotline,
        ph, mob, celular, celulares, tfno, telf, fono, natel, msisdn, whatsapp""")
)
EMAIL_WORDS = frozenset(listed("email, emails, mail, emailadresse, mailadresse, correo, courriel, posta"))
FAX_WORDS = frozenset(
    listed("""
        fax, telefax, telefaxnummer, facsimile, telecopie, telecopieur, pager, beeper, cercapersone, piepser,
        busca, buscapersonas, localizador, bip, radiomessagerie, texttelefon, telex, tty, tdd, modem""")
)
"""Machines that answer: nobody calls them."""
ABOUT_ELSE = frozenset(
    listed("""
        type, typ, tipo, status, opt, optout, opted, out, bounce, bounced, date, valid, validity, verified, last,
        source, count, preferred, opens, clicks, unsubscribed, subscribed, domain, quarantined, confirmed,
        provider, time, datum, data, consent, calls, anrufe, chiamate, appels, llamadas, marketing""")
)
"""Beside phone or e-mail words these speak of it and do not hold it: `Email Opt Out`."""
_LABELS = {
    "mobile": """
        mobile, cell, cellphone, cellular, mobil, mobiltelefon, mobilnummer, cellulare, handy,
        handynummer, movil, portable, gsm, mob, celular, natel, whatsapp""",
    "work": """
        work, business, office, company, buero, buro, geschaftlich, dienstlich, firma, arbeit, lavoro, ufficio, uff,
        azienda, trabajo, oficina, empresa, geschaft, dienst, firmen, travail, bureau, professionnel, pro""",
    "home": """
        home, private, privat, privato, casa, domicile, personnel, particular, personal, landline, festnetz,
        fisso, fijo, fixe, particulier, abitazione, domicilio""",
    "direct": "direct, durchwahl, diretto, directo, directe",
    "main": """
        main, switchboard, zentrale, hauptnummer, centralino, principale, centralita, principal, standard,
        haupt, zentral""",
    "assistant": "assistant, assistente, sekretariat, segreteria, asistente, assistante",
    "other": """
        other, alt, alternate, alternative, altro, altri, andere, sonstige, weiteres, otro, autre""",
}
LABEL_OF_WORD = {word: label for label, words in _LABELS.items() for word in listed(words)}
"""The label a word of a phone column names."""


_NUMBER_WORDS = frozenset(
    listed("number, numbers, no, num, nr, numero, numeri, nummer, line, dial, linea, ligne")
)
"""Behind a word for the place they answer at these are a number: `office number`, `Mobile No.`"""
_BARE_NUMBERS = frozenset(listed("number, numbers, numero, nummer, numeri"))
_WHOSE = frozenset(
    listed("contact, primary, secondary, preferred, main, dial, calling, caller, callback, call, back")
)
_FIRM_WORDS = frozenset(listed("company, firma, firmen, azienda, empresa"))
"""Their number is the one of a register of companies."""
_ID_WORDS = frozenset(
    listed("""
        id, ids, account, code, konto, vat, iva, iban, ean, sku, order, ordine, invoice, bestellung, tax, zip,
        zipcode, plz, cap, postcode, postalcode, postal, ip, uuid, key, ref, reference, since, date, datum, data,
        fecha, customer, kunden, kundennummer""")
)
_GERMAN_TAIL = re.compile(r"(\w{3,}?)s?(telefon|telefonnummer|rufnummer|nummer|handy|fax|faxnummer|telefax)")
"""`Geschäftstelefon`, `Privatnummer`; what stands before `nummer` alone may be an account."""
_PARTS = (
    PHONE_WORDS | EMAIL_WORDS | FAX_WORDS | _NUMBER_WORDS | frozenset(LABEL_OF_WORD) | {"country", "contact"}
)
"""Words that names of columns are run together from: `workphone`, `faxnumber`."""


def _is_part(word: str) -> bool:
    return word in _PARTS and len(word) > 1


@lru_cache(maxsize=2_048)
def _tokens(header: str) -> tuple[str, ...]:
    """The words of a header, those apart that were run together, without the digits that count its columns."""
    words = (part for word in words_of(header).split() for part in _parts(word))
    return tuple(word for word in words if not word.isdigit())


def _parts(word: str) -> list[str]:
    """A word in the parts it was run together from, as databases and German write it: `Diensttelefon`."""
    parts = parted(word, _is_part)
    if len(parts) > 1 or _is_part(word) or not (tail := _GERMAN_TAIL.fullmatch(word)):
        return parts
    whose, what = tail.groups()
    is_number = what != "nummer" or whose in LABEL_OF_WORD
    return [whose, what] if is_number else parts


@lru_cache(maxsize=2_048)
def meaning_of(header: str) -> Meaning:
    """What a column with this header holds; `Meaning.FIELD` when no word of it is known."""
    words = words_of(header)
    if known := PHRASES.get(words):
        return known
    subject, _, rest = words.partition(" ")
    if subject in SUBJECTS and rest in PHRASES:
        return PHRASES[rest]
    if (part := PHRASES.get(part_of_name(words))) in _NAME_PARTS:
        return part
    if NUMBERED_LABEL.fullmatch(words):
        return Meaning.PHONE_LABEL
    if NUMBERED_EMAIL_LABEL.fullmatch(words):
        return Meaning.IGNORE
    if firm := said_of_firm(words):
        return Meaning(firm)
    said = reading_of(header)
    if said.says in {Says.FORBIDS, Says.ALLOWS}:
        return _ABOUT_CALLS[said.says] if said.sure else Meaning.FIELD
    if moment := moment_in(header):
        return _MOMENTS[moment]
    return (
        Meaning.FIELD if said.says in {Says.EITHER, Says.ELSEWHERE} else _meaning_of_tokens(_tokens(header))
    )


_MOMENTS = {Moment.NEXT: Meaning.CALL_BACK, Moment.LAST: Meaning.LAST_CALLED}


_NAME_PARTS = frozenset({Meaning.GIVEN, Meaning.MIDDLE, Meaning.FAMILY})
_ABOUT_CALLS = {Says.FORBIDS: Meaning.DO_NOT_CALL, Says.ALLOWS: Meaning.MAY_CALL}


_COUNTRY_WORDS = frozenset(
    listed("country, countries, ctry, cntry, nation, paese, nazione, land, pais, pays, countryregion")
)
_CODE_WORDS = frozenset(listed("code, codes, prefix, vorwahl, prefisso, prefijo, indicatif, country"))
_DIALLED = frozenset(listed("calling, dial, dialling, dialing, intl, international"))
_NO_MATTER = frozenset(listed("part, name, iso, iso2, iso3, alpha"))


def _of_place(ordered: tuple[str, ...]) -> Meaning | None:
    """A country or a code in front of a number, by the last words: `Address 1: Country/Region`."""
    words = [word for word in ordered if word not in _NO_MATTER]
    if words[-2:] in (["country", "region"], ["country", "state"]):
        return Meaning.COUNTRY
    if len(words) < 2 or set(words) & (EMAIL_WORDS | FAX_WORDS):
        return None
    if words[-1] in _CODE_WORDS and set(words[:-1]) & (PHONE_WORDS | _DIALLED):
        return Meaning.PHONE_CODE
    is_country = words[-1] in _COUNTRY_WORDS or words[-2:] == ["country", "code"]
    return Meaning.COUNTRY if is_country else None


def _meaning_of_tokens(ordered: tuple[str, ...]) -> Meaning:
    tokens = frozenset(ordered)
    if (of_place := _of_place(ordered)) is not None:
        return of_place
    if tokens & (FAX_WORDS | ABOUT_ELSE) or _asks_whether(ordered):
        return Meaning.FIELD
    if tokens & EMAIL_WORDS:
        return Meaning.EMAIL
    if tokens & PHONE_WORDS:
        return Meaning.PHONE
    if tokens and tokens <= _BARE_NUMBERS | _WHOSE and tokens & _BARE_NUMBERS:
        return Meaning.PHONE
    if _is_labelled_number(tokens):
        return Meaning.PHONE
    return Meaning.FIELD


def _is_labelled_number(tokens: frozenset[str]) -> bool:
    """`Office number`, `Direct line`, `Contact No`."""
    whose = tokens - _NUMBER_WORDS
    return bool(
        tokens & _NUMBER_WORDS
        and whose
        and whose <= LABEL_OF_WORD.keys() | _WHOSE
        and not whose & _FIRM_WORDS
    )


def _asks_whether(ordered: tuple[str, ...]) -> bool:
    return bool(ordered) and ordered[0] in {"is", "has"}


def is_flag(header: str) -> bool:
    """Whether a header asks whether something is so, as in `Is primary phone`."""
    return _asks_whether(_tokens(header))


def is_bare_number(header: str) -> bool:
    """Whether a header says no more than `Number`: of a phone, or of the row."""
    return bool(_tokens(header)) and frozenset(_tokens(header)) <= _BARE_NUMBERS


def is_label_alone(header: str) -> bool:
    """Whether a header names only where a phone stands (`Home`, `Business 2`), as switchboards write it."""
    tokens = frozenset(_tokens(header))
    return bool(tokens) and tokens <= LABEL_OF_WORD.keys() - _FIRM_WORDS and not tokens & FAX_WORDS


def names_an_id(header: str) -> bool:
    """Whether a header speaks of an id, a code or a day, whose digits are no phone number."""
    return bool(frozenset(_tokens(header)) & (_ID_WORDS | EMAIL_WORDS))


def label_of(header_or_label: str) -> str:
    """The label a phone column or a label cell names: mobile, work, home, direct, main …; or empty."""
    return next((LABEL_OF_WORD[word] for word in _tokens(header_or_label) if word in LABEL_OF_WORD), "")


def labels_of(header: str) -> frozenset[str]:
    """Every label a heading names."""
    return frozenset(LABEL_OF_WORD[word] for word in _tokens(header) if word in LABEL_OF_WORD)


def speaks_of_phones(label: str) -> bool:
    """Whether a label says no more than that a number follows: `Tel.`, `Phone no`."""
    return set(words_of(label).split()) <= PHONE_WORDS | _NUMBER_WORDS


def is_fax(header_or_label: str) -> bool:
    """Whether a header or label says that a fax, a pager or another machine answers, so that nobody calls it."""
    return bool(frozenset(_tokens(header_or_label)) & FAX_WORDS)
