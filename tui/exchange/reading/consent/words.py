"""The words of five languages that say whether somebody may be called, and what a heading of them means.

A heading is read by what its words do to each other, never by its whole spelling: a negation before a call forbids
it, a permission allows it, both turn each other round, and e-mail narrows it to e-mail.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from tui.exchange.reading.headings.words import listed, parted, words_of


class Says(StrEnum):
    """What a yes in a column says about calls."""

    NOTHING = "nothing"
    FORBIDS = "forbids"
    ALLOWS = "allows"
    EITHER = "either"
    """It is about calls, and either could be meant."""
    ELSEWHERE = "elsewhere"
    """It is about e-mail, text messages or another channel alone."""
    TOPIC = "topic"
    """It names calls and nothing else: only its cells can say."""


class Reading(Struct, frozen=True):
    """What a heading says, and whether that is beyond doubt."""

    says: Says = Says.NOTHING
    sure: bool = True


class _Word(StrEnum):
    """What a word does in a heading."""

    NOT = "not"
    CALL = "call"
    CALL_BACK = "call back"
    """They want one, or none is needed."""
    CALLED = "called"
    """May be history: `not called`."""
    PHONE = "phone"
    CONTACT = "contact"
    MARKETING = "marketing"
    OTHER_CHANNEL = "other channel"
    ON_TAPE = "on tape"
    """A message on their machine, or the call on ours: a yes or a no about it says nothing of the call itself."""
    OUT = "out"
    """Opted out, and words like it: they say it all without a no."""
    BLOCKED = "blocked"
    """The same where nothing else is named."""
    REFUSED = "refused"
    """Says it only beside what was refused."""
    DNC = "DNC"
    """Do not call, in short: the words beside it change nothing."""
    REGISTER = "register"
    QUIET = "quiet"
    """DND: of calls unless it names another channel."""
    CONSENT = "consent"
    ALLOWED = "allowed"
    CALLABLE = "callable"
    WANTED = "wanted"
    CLEAR = "clear"
    CHECKED = "checked"
    DETAIL = "detail"
    LIMIT = "limit"
    RESULT = "result"
    """How a call went, and no wish."""
    BE = "be"
    SMALL = "small"


_WORDS: dict[_Word, str] = {
    _Word.NOT: """
        not, no, never, do not, don t, dont, donot, does not, doesn t, must not, mustn t, may not, should not,
        shouldn t, cannot, can not, can t, cant, will not, won t, no longer, no more, do not want, does not want,
        doesn t want, wants no, stop, without, non, mai, mai piu, non piu, niente, nessuna, nessun, senza, non
        vuole, non desidera, nicht, nicht mehr, nie, nie mehr, nie wieder, niemals, kein, keine, keinen,
        keinerlei, ohne, ne pas, ne plus, ne jamais, ne veut pas, ne veut plus, ne souhaite pas, ne souhaite plus,
        pas de, pas d, plus d, pas, jamais, aucun, aucune, sans, nunca, sin, no quiere, no desea, no volver a,
        divieto, divieti, divieto di, prohibicion de""",
    _Word.CALL: """
        call, calls, calling, cold call, cold calls, cold calling, phoning, ring, ringing, dial, dialing,
        dialling, telemarketing, telesales, chiamare, richiamare, chiamata, chiamate, telefonare, telefonata,
        telefonate, telefonico, telefonica, telefonici, telefoniche, telefonicamente, anruf, anrufe, anrufen,
        anrufwerbung, anzurufen, telefonieren, telefonisch, telefonische, telefonischer, telefonwerbung, telefonkontakt,
        telefonmarketing, werbeanruf, werbeanrufe, kaltakquise, llamar, llamada, llamadas, telefonear,
        telefonicas, telefonicos, appeler, rappeler, l appeler, appel, appels, telephoner, telephonique,
        telephoniques, demarchage, demarcher""",
    _Word.CALL_BACK: "call back, callback, callbacks, call backs, call me",
    _Word.CALLED: """
        called, phoned, rung, dialed, dialled, contacted, chiamato, chiamata telefonica, chiamati, contattato,
        contattata, contattati, angerufen, kontaktiert, llamado, llamada hecha, llamados, contactado, contactados,
        appele, appelee, appeles, contacte, contactee, demarche""",
    _Word.PHONE: """
        phone, phones, telephone, telephones, tel, mobile, cell, cellphone, landline, voice, telefono, telefoni,
        cellulare, cellulari, fisso, telefon, handy, mobil, festnetz, telefonnummer, rufnummer, movil, moviles,
        fijo, portable, fixe, by phone, by telephone, per telefono, per telefon, par telephone, por telefono""",
    _Word.CONTACT: """
        contact, contacts, contacting, disturb, solicit, soliciting, solicitation, solicitations, communication,
        communications, contattare, ricontattare, contatto, contatti, disturbare, comunicazioni, comunicazione,
        kontakt, kontakte, kontaktieren, kontaktaufnahme, storen, kommunikation, contactar, contacto, molestar,
        comunicaciones, contacter, recontacter, deranger, approach""",
    _Word.MARKETING: """
        marketing, advertising, advertisement, advertisements, ads, promotion, promotions, promotional, promo,
        commercial, offers, pubblicita, promozioni, promozionale, promozionali, commerciale, commerciali, werbung,
        werbezwecke, publicidad, promociones, comercial, comerciales, publicite, commerciaux, prospection, market,
        werbe""",
    _Word.OTHER_CHANNEL: """
        email, emails, mail, mails, mailing, mailings, sms, text, texts, texting, message, messages, messaging,
        mms, whatsapp, telegram, viber, newsletter, newsletters, fax, faxes, post, postal, letter, letters, push,
        chat, app, notification, notifications, cookie, cookies, web, website, social, linkedin, material,
        materials, brochure, brochures, catalogue, catalog, survey, surveys, trade, share, sharing, sell, track,
        tracking, posta, postale, lettera, lettere, sondaggi, brief, briefe, briefpost, werbepost, nachricht,
        nachrichten, umfragen, umfrage, correo, correos, correo electronico, boletin, mensajes, encuestas,
        courriel, courriels, courrier, infolettre, messages texte, sondages, mps, fps, visit, visits, by email, by
        post, by mail, by sms, by text, by fax, by letter""",
    _Word.ON_TAPE: """
        voicemail, voicemails, voice mail, voice mails, answering machine, answerphone, recorded message, recorded
        messages, recording, recordings, segreteria, segreteria telefonica, registrazione, registrazioni,
        messaggio registrato, anrufbeantworter, mailbox, aufnahme, aufzeichnung, aufzeichnen, messagerie,
        messagerie vocale, repondeur, enregistrement, buzon de voz, contestador, grabacion, grabar""",
    _Word.OUT: """
        opt out, opts out, opt outs, opted out, opting out, unsubscribe, unsubscribed, blacklist, blacklisted,
        black list, black listed, blocklist, blocklisted, block list, denylist, denylisted, deny list, deny
        listed, disiscritto, disiscritta, disiscrizione, lista nera, abgemeldet, ausgetragen, schwarze liste,
        desinscrit, desinscrite, desabonne, desabonnee, liste noire, dado de baja, dada de baja, desuscrito, lista
        negra, unsub, unsubs, unsubscription""",
    _Word.BLOCKED: """
        blocked, suppressed, suppression, barred, bloccato, bloccata, opposizione, opposizioni, gesperrt, sperre,
        sperrvermerk, blockiert, opposition, bloque, bloquee, bloqueado, bloqueada, oposicion, baja, banned,
        bloques, bloquees, bloqueados, bloqueadas, bloccati, bloccate""",
    _Word.REFUSED: """
        refused, refuses, refuse, refusal, declined, declines, decline, rejected, rejects, objected, objects,
        objection, objections, excluded, exclude, exclusion, denied, deny, denies, prohibited, forbidden,
        withdrawn, withdrawal, revoked, revoke, revoca, revocato, revocata, rifiuta, rifiutato, rifiuto, escluso,
        esclusa, vietato, vietate, negato, widerspruch, widersprochen, widerrufen, widerruf, abgelehnt,
        verweigert, ausgeschlossen, verboten, untersagt, refus, refuse, oppose, opposee, exclu, exclue, interdit,
        interdite, interdits, revoque, retire, rechaza, rechazado, rechazo, excluido, excluida, prohibido,
        prohibidas, denegado, revocado, retirado, object, removed, removal, rimosso, entfernt, quitado, block,
        blocks, blocco, suppress, expired, lapsed, scaduto, abgelaufen, caducado, perime, unwanted, unerwunscht,
        indesiderato, indesiderata, indesiderate, indesirable, indesirables, indeseado, indeseada, indeseadas""",
    _Word.DNC: "dnc, dncl, dncc, dncr, ndnc, ndncr, fdnc, sdnc, d n c",
    _Word.REGISTER: """
        tps, ctps, robinson, robinsonliste, bloctel, telephone preference service, registro opposizioni, registro
        delle opposizioni, registro pubblico delle opposizioni, rpo, lista robinson, liste robinson, servicio
        robinson, anrufsperre, telefonsperre, kontaktsperre, werbesperre, werbewiderspruch, liste d opposition,
        robinsoneintrag, robinsonlisteneintrag, anrufverbot, kontaktverbot, telefonverbot, werbeverbot,
        uncallable, uncontactable, litigator, litigators, liste rouge""",
    _Word.QUIET: "dnd, do not disturb",
    _Word.CONSENT: """
        consent, consents, consented, consenting, opt in, opts in, opted in, permission, permissions, consenso,
        consensi, autorizzazione, einwilligung, eingewilligt, einverstandnis, einverstanden, zustimmung,
        consentimiento, permiso, autorizacion, consentement, autorisation, accord, erlaubnis, genehmigung""",
    _Word.ALLOWED: """
        ok to, allow, allows, allowed, allowing, permit, permits, permitted, may, can, could, ok, okay, accept,
        accepts, accepted, agree, agrees, agreed, approve, approved, authorise, authorised, authorize, authorized,
        willing, eligible, receive, receives, whitelisted, puo, si puo, consentito, consentita, consentite,
        consentiti, consente, permesso, permessa, ammesso, autorizza, autorizzato, autorizzata, autorizzate,
        autorizzati, accetta, riceve, darf, durfen, erlaubt, gestattet, zulassig, genehmigt, erhalt, puede, se
        puede, permitido, permitida, permitidas, permitidos, autoriza, autorizado, autorizadas, acepta, recibe,
        peut, autorise, autorisee, autorises, accepte, permis, recoit, happy to, permite, permiten, puedo,
        podemos, pueden, posso, possiamo, possono, kann, konnen, peux, puis, pouvons, on peut""",
    _Word.CALLABLE: """
        callable, contactable, phoneable, dialable, chiamabile, contattabile, anrufbar, kontaktierbar, appelable,
        llamable""",
    _Word.WANTED: """
        want, wants, wanted, wish, wishes, desired, welcome, vuole, desidera, gradito, gradite, erwunscht,
        gewunscht, mochte, souhaite, souhaites, veut, desea, quiere, deseado, deseadas""",
    _Word.CLEAR: "clear, clean, cleared, cleaned, free, safe, libero, frei, libre, propre",
    _Word.CHECKED: """
        check, checked, checks, screen, screened, screening, scrub, scrubbed, verified, verify, validated, lookup,
        looked up, tested, updated, expiry, expires, controllato, verificato, verifica, gepruft, prufung,
        abgleich, abgeglichen, verifie, verification, verificado, comprobado""",
    _Word.DETAIL: """
        no of, nr of, number of, date, time, datetime, timestamp, at, reason, reasons, source, by, who, note,
        notes, comment, comments, detail, details, day, data, ora, motivo, fonte, datum, grund, quelle, vom,
        fecha, hora, motif, raison, origine, mode, campaign""",
    _Word.LIMIT: """
        before, after, until, till, between, since, hours, mornings, evenings, weekend, weekends, prima, dopo,
        fino, tra, vor, nach, bis, zwischen, avant, apres, jusqu, entre, antes, despues, hasta""",
    _Word.RESULT: "disposition, result, outcome, esito, ergebnis, resultat, resultado, last",
    _Word.BE: "be, to be, been, essere, werden, wird, sein, etre, ser",
    _Word.SMALL: """
        is, are, was, has, have, had, flag, flags, status, state, code, indicator, y, n, yn, true, false, on, in,
        of, for, to, the, a, an, and, or, from, with, via, per, please, any, all, we, us, our, them, they, their,
        him, her, you, your, me, list, lists, listed, registered, registry, register, registration, preference,
        preferences, setting, settings, service, services, number, numbers, num, nr, channel, numero, nummer,
        person, people, customer, customers, client, clients, lead, prospect, member, user, donor, subscriber,
        primary, secondary, main, home, work, business, office, company, corporate, personal, private, other,
        alternate, direct, federal, national, internal, external, global, local, uk, us, eu, gdpr, dsgvo, rgpd,
        privacy, type, value, field, label, labels, tag, tags, group, groups, requested, request, asked, again,
        anymore, public, q, if, s, di, del, dello, della, delle, dei, da, il, la, lo, le, i, gli, al, alla, ai,
        alle, tramite, un, una, si, e, cliente, clienti, stato, elenco, lista, iscritto, iscritta, registro,
        contro, deve, bitte, der, die, das, den, dem, fur, zu, im, auf, in der, durch, ist, hat, kunde, kunden,
        mehr, zur, liste, wurde, de, du, des, ich, par, pour, au, aux, l, d, statut, inscrit, inscrite, a, sur, el,
        los, las, por, para, con, estado, en, que, inscrito, les, eintrag, eingetragen, custom, bulk, mass, send,
        sends, sending, take, inviare, invio, envoyer, envoi, enviar, envio, senden, versand, man, enabled,
        marked, applied, applies, given, granted, obtained, erteilt, concesso, dato, donne, dado, concedido""",
}
_MEANING = {
    phrase: word for word, phrases in reversed(_WORDS.items()) for phrase in listed(phrases) if phrase
}
_MEANING |= {phrase.replace(" ", ""): word for phrase, word in _MEANING.items() if " t " not in f"{phrase} "}
_MOST_WORDS = max(phrase.count(" ") + 1 for phrase in _MEANING)
_SHORT_PARTS = frozenset({"no", "is", "on", "of", "ok"})
"""Short words that others are run together with: `isdnc`. More of them would be found inside any word."""
_LONGEST_NAME = 60
_UNKNOWN = ""
_ON_THE_PHONE = frozenset({_Word.CALL, _Word.CALL_BACK, _Word.CALLED, _Word.PHONE, _Word.CALLABLE})
_ANY_CALL = _ON_THE_PHONE | {_Word.CONTACT, _Word.MARKETING}
_GRANTS = frozenset({_Word.CONSENT, _Word.ALLOWED})
_CORES = frozenset({_Word.OUT, _Word.BLOCKED, _Word.DNC, _Word.REGISTER, _Word.QUIET})
"""They need no negation to forbid."""
_PASSED_OVER = frozenset({_Word.SMALL, _Word.BE, _Word.RESULT})


def _is_part(word: str) -> bool:
    return word in _MEANING and (len(word) > 2 or word in _SHORT_PARTS)


def words_done(text: str) -> tuple[str, ...]:
    """What each word of a text does, an empty one for a word that is not known."""
    done = _done(text)
    # Its capitals may part what belongs together: `DnD`, `TPSflag`.
    return (_done(text.casefold()) or done) if _UNKNOWN in done and len(text) < _LONGEST_NAME else done


def _done(text: str) -> tuple[str, ...]:
    words = [part for word in words_of(text).split() for part in parted(word, _is_part)]
    done: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            if found := _MEANING.get(" ".join(words[at : at + size])):
                break
        else:
            found, size = None, 1
        if found or not words[at].isdigit():
            done.append(found or _UNKNOWN)
        at += size
    return tuple(done)


@lru_cache(maxsize=8_192)
def reading_of(heading: str) -> Reading:
    """What a yes under this heading says about calls to the person."""
    done = words_done(heading)
    has = frozenset(done)
    says, sure = _said(done, has)
    if says in {Says.NOTHING, Says.TOPIC}:
        return Reading(says)
    if _Word.ON_TAPE in has and (says is Says.ALLOWS or not has & (_ANY_CALL | {_Word.DNC, _Word.REGISTER})):
        return Reading(Says.ELSEWHERE)
    if _Word.OTHER_CHANNEL in has and not has & _ON_THE_PHONE:
        if not has & {_Word.DNC, _Word.REGISTER}:
            return Reading(Says.ELSEWHERE)
        sure = False
    return Reading(says, sure)


def _said(done: tuple[str, ...], has: frozenset[str]) -> tuple[Says, bool]:
    known = _UNKNOWN not in has
    plain = known and not has & {_Word.LIMIT, _Word.CHECKED}
    target = _denied(done)
    if target is not None:
        return _said_with_a_no(target, has, plain)
    if has & _CORES:
        if _Word.CLEAR in has:
            return Says.ALLOWS, plain
        if _Word.CONSENT in has and _Word.OUT in has:
            return Says.EITHER, False
        # Of a register a day is that of the look-up as often as that of the entry.
        dated = _Word.DETAIL in has and not has & {_Word.OUT, _Word.BLOCKED}
        checked = _Word.CHECKED in has or dated
        known_or_dnc = plain or (_Word.DNC in has and _Word.LIMIT not in has)
        return (Says.EITHER, False) if checked else (Says.FORBIDS, known_or_dnc)
    about_calls = has & (_ANY_CALL | {_Word.OTHER_CHANNEL})
    if _Word.REFUSED in has and (about_calls or has & _GRANTS):
        return Says.FORBIDS, plain
    if has & _GRANTS or _Word.CALLABLE in has:
        return _said_of_consent(has, plain)
    if _Word.WANTED in has and about_calls & {_Word.CALL, _Word.CONTACT, _Word.MARKETING}:
        return Says.ALLOWS, False
    named = has & {_Word.CALL, _Word.PHONE, _Word.MARKETING}
    only = has <= named | {_Word.CONTACT, _Word.SMALL}
    return (Says.TOPIC if named and only else Says.NOTHING), True


def _denied(done: tuple[str, ...]) -> str | None:
    """What the first no stands before; None without one, or when it stands before nothing (`Contact No`)."""
    for place, word in enumerate(done):
        if word == _Word.NOT:
            behind = [one for one in done[place + 1 :] if one not in _PASSED_OVER and one != _Word.NOT]
            if not behind or behind[0] == _UNKNOWN:
                continue
            return behind[0]
    return None


def _said_with_a_no(target: str, has: frozenset[str], plain: bool) -> tuple[Says, bool]:
    limited = bool(has & {_Word.LIMIT, _Word.CHECKED})
    if target in {_Word.CALL, _Word.CONTACT}:
        return Says.FORBIDS, not limited
    if target == _Word.CALL_BACK:
        return Says.FORBIDS, False
    if target == _Word.CALLED:
        return Says.FORBIDS, plain and bool(has & ({_Word.BE} | _GRANTS))
    if target in _CORES:
        return Says.ALLOWS, plain
    if target in {_Word.PHONE, _Word.MARKETING, _Word.CALLABLE, _Word.OTHER_CHANNEL}:
        return Says.FORBIDS, plain
    if target in _GRANTS or target == _Word.WANTED:
        about = has & (_ANY_CALL | {_Word.OTHER_CHANNEL})
        if about or _Word.CONSENT in has:
            return Says.FORBIDS, plain and bool(about)
    return Says.NOTHING, True


def _said_of_consent(has: frozenset[str], plain: bool) -> tuple[Says, bool]:
    about = has & (_ANY_CALL | {_Word.OTHER_CHANNEL})
    if _Word.DETAIL in has:
        # When or how they agreed is no answer whether they do.
        return Says.NOTHING, True
    if about:
        return Says.ALLOWS, plain
    if _Word.CONSENT in has and _UNKNOWN not in has:
        return Says.ALLOWS, False
    return Says.NOTHING, True


def is_understood(text: str) -> bool:
    """Whether every word of a text is one of these, and there is one."""
    done = words_done(text)
    return bool(done) and _UNKNOWN not in done


def names_another_channel(text: str) -> bool:
    """Whether a text speaks of e-mail, text messages, a recording or the like, and of no call."""
    done = frozenset(words_done(text))
    on_tape = _Word.ON_TAPE in done and not done & {_Word.CONTACT, _Word.DNC, _Word.REGISTER}
    return on_tape or (_Word.OTHER_CHANNEL in done and not done & _ON_THE_PHONE)


def is_of_other_channels(text: str) -> bool:
    """Whether a text names e-mail, text messages or the like and nothing else: `Email; SMS`."""
    return names_another_channel(text) and frozenset(words_done(text)) <= {_Word.OTHER_CHANNEL, _Word.SMALL}


def takes_back(text: str) -> bool:
    """Whether the words of a permission take it back: `Denied`, `Revoked by customer`, `Not given`, `Never`."""
    done = words_done(text)
    has = frozenset(done)
    if done and done[0] == _Word.NOT:
        return has <= {_Word.NOT, _Word.WANTED, *_GRANTS, *_PASSED_OVER}
    return _Word.NOT not in has and bool(has & {_Word.REFUSED, _Word.BLOCKED, _Word.OUT})


def names_refusal(text: str) -> bool:
    """Whether a text is the name of a refusal that needs no negation: `OPTED_OUT`, `DNCC`, `TPS registered`."""
    done = frozenset(words_done(text))
    return bool(done & _CORES) and _Word.NOT not in done and reading_of(text) == Reading(Says.FORBIDS)


def is_only_blocked(text: str) -> bool:
    """Whether what a text says is blocked may be anything: an account, a delivery."""
    done = frozenset(words_done(text))
    return not done & (_CORES - {_Word.BLOCKED} | _ANY_CALL)


def is_negated_verb(heading: str) -> bool:
    """Whether a heading says in words not to call: whatever stands below it is a refusal."""
    return _denied(words_done(heading)) in {_Word.CALL, _Word.CONTACT}


def is_negated_phone(heading: str) -> bool:
    """Whether a heading denies a phone; `No. Tel.` does not, it numbers one."""
    return _denied(words_done(heading)) in {_Word.PHONE}


def says_why_or_when(heading: str) -> bool:
    """Whether a heading asks for a reason, a source or a day besides."""
    return _Word.DETAIL in words_done(heading)


def is_about_a_check(heading: str) -> bool:
    """Whether a heading asks whether or when somebody looked up a register."""
    return _Word.CHECKED in words_done(heading)
