"""The words of five languages in headings and cells about calls, and what each of them does there."""

from __future__ import annotations

from enum import StrEnum

from tui.exchange.reading.headings.words import listed, parted, words_of


class Word(StrEnum):
    """What a word does in a heading."""

    NOT = "not"
    CALL = "call"
    CALL_BACK = "call back"
    """They want one, or none is needed."""
    CALLED = "called"
    """May be history: `not called`."""
    PHONE = "phone"
    BY_PHONE = "by phone"
    """A way to be reached, and no number: `Kontakt per Telefon`."""
    CONTACT = "contact"
    MARKETING = "marketing"
    OTHER_CHANNEL = "other channel"
    ON_TAPE = "on tape"
    """A message on their machine, or the call on ours: a yes or a no about it says nothing of the call itself."""
    OUT = "out"
    """Opted out, and words like it: they say it all without a no."""
    BLOCKED = "blocked"
    """The same where nothing else is named."""
    SUPPRESSED = "suppressed"
    """As blocked, but said of people: an account too is suppressed for its mail and calls."""
    THING = "thing"
    """What may be blocked and is nobody: an account, an invoice. Beside other words it is one nobody knows."""
    REFUSED = "refused"
    """Says it only beside what was refused."""
    DNC = "DNC"
    """Do not call, in short: the words beside it change nothing."""
    REGISTER = "register"
    MATCH = "match"
    """What a look-up in a register found."""
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


WORDS: dict[Word, str] = {
    Word.NOT: """
        not, no, never, do not, don t, dont, donot, does not, doesn t, must not, mustn t, may not, should not,
        shouldn t, cannot, can not, can t, cant, will not, won t, no longer, no more, do not want, does not want,
        doesn t want, wants no, stop, without, non, mai, mai piu, non piu, niente, nessuna, nessun, senza, non
        vuole, non desidera, nicht, nicht mehr, nie, nie mehr, nie wieder, niemals, kein, keine, keinen,
        keinerlei, ohne, ne pas, ne plus, ne jamais, ne veut pas, ne veut plus, ne souhaite pas, ne souhaite plus,
        pas de, pas d, plus d, pas, jamais, aucun, aucune, sans, nunca, sin, no quiere, no desea, no volver a,
        divieto, divieti, divieto di, prohibicion de, anything but, anything except, everything but, all but, tutto
        tranne, alles ausser, tout sauf, todo menos,
        nada de""",
    Word.CALL: """
        call, calls, calling, telephonic, cold call, cold calls, cold calling, phoning, ring, ringing, dial, dialing,
        dialling, telemarketing, telesales, chiamare, richiamare, chiamata, chiamate, telefonare, telefonata,
        telefonate, telefonico, telefonica, telefonici, telefoniche, telefonicamente, anruf, anrufe, anrufen,
        anrufwerbung, anzurufen, telefonieren, telefonische, telefonischer, telefonwerbung,
        telefonmarketing, werbeanruf, werbeanrufe, kaltakquise, llamar, llamada, llamadas, telefonear,
        telefonicas, telefonicos, appeler, rappeler, l appeler, appel, appels, telephoner, telephonique,
        telephoniques, demarchage, demarcher""",
    Word.CALL_BACK: "call back, callback, callbacks, call backs, call me",
    Word.CALLED: """
        called, phoned, rung, dialed, dialled, contacted, chiamato, chiamata telefonica, chiamati, contattato,
        contattata, contattati, angerufen, kontaktiert, llamado, llamada hecha, llamados, contactado, contactados,
        appele, appelee, appeles, contacte, contactee, demarche""",
    Word.PHONE: """
        phone, phones, telephone, telephones, tel, mobile, cell, cellphone, landline, voice, telefono, telefoni,
        cellulare, cellulari, fisso, telefon, handy, mobil, festnetz, telefonnummer, rufnummer, movil, moviles,
        fijo, portable, fixe""",
    Word.BY_PHONE: """
        by phone, by telephone, by tel, per tel, par tel, por tel, via telefon,
        via phone, via telephone, over the phone, on the phone, per telefono, al telefono,
        via telefono, per telefon, am telefon, telefonisch, par telephone, au telephone, por telefono, via telefonica,
        por via telefonica""",
    Word.CONTACT: """
        contact, contacts, contacting, disturb, solicit, soliciting, solicitation, solicitations, communication,
        communications, contattare, ricontattare, contatto, contatti, disturbare, comunicazioni, comunicazione,
        kontakt, kontakte, kontaktieren, kontaktaufnahme, storen, kommunikation, contactar, contacto, molestar,
        comunicaciones, contacter, recontacter, deranger, approach""",
    Word.MARKETING: """
        marketing, advertising, advertisement, advertisements, ads, promotion, promotions, promotional, promo,
        commercial, offers, pubblicita, promozioni, promozionale, promozionali, commerciale, commerciali, werbung,
        werbezwecke, publicidad, promociones, comercial, comerciales, publicite, commerciaux, prospection, market,
        werbe""",
    Word.OTHER_CHANNEL: """
        email, emails, mail, mails, mailing, mailings, sms, text, texts, texting, message, messages, messaging,
        mms, whatsapp, telegram, viber, newsletter, newsletters, fax, faxes, post, postal, letter, letters, push,
        chat, app, notification, notifications, cookie, cookies, web, website, social, linkedin, material,
        materials, brochure, brochures, catalogue, catalog, survey, surveys, trade, share, sharing, sell, track,
        tracking, posta, postale, lettera, lettere, sondaggi, brief, briefe, briefpost, werbepost, nachricht,
        nachrichten, umfragen, umfrage, correo, correos, correo electronico, boletin, mensajes, encuestas,
        courriel, courriels, courrier, infolettre, messages texte, sondages, mps, fps, visit, visits, by email, by
        post, by mail, by sms, by text, by fax, by letter""",
    Word.ON_TAPE: """
        voicemail, voicemails, voice mail, voice mails, answering machine, answerphone, recorded message, recorded
        messages, recording, recordings, segreteria, segreteria telefonica, registrazione, registrazioni,
        messaggio registrato, anrufbeantworter, mailbox, aufnahme, aufzeichnung, aufzeichnen, messagerie,
        messagerie vocale, repondeur, enregistrement, buzon de voz, contestador, grabacion, grabar""",
    Word.OUT: """
        opt out, opts out, opt outs, opted out, opting out, unsubscribe, unsubscribed, blacklist, blacklisted,
        black list, black listed, blocklist, blocklisted, block list, denylist, denylisted, deny list, deny
        listed, disiscritto, disiscritta, disiscrizione, lista nera, abgemeldet, ausgetragen, schwarze liste,
        desinscrit, desinscrite, desabonne, desabonnee, liste noire, dado de baja, dada de baja, desuscrito, lista
        negra, unsub, unsubs, unsubscription""",
    Word.BLOCKED: """
        blocked, barred, bloccato, bloccata, gesperrt, sperre, sperrvermerk, blockiert, bloque, bloquee, bloqueado,
        bloqueada, banned, bloques, bloquees, bloqueados, bloqueadas, bloccati, bloccate""",
    Word.SUPPRESSED: "suppressed, suppression, opposizione, opposizioni, opposition, oposicion, baja",
    Word.THING: """
        account, accounts, invoice, invoices, order, orders, delivery, deliveries, shipment, shipments, shipping,
        payment, payments, credit, card, cards, login, password, purchase, purchases, stock, item, items, article,
        product, products, price, prices, discount, contract, contracts, dunning, bank, debit, access, portal,
        licence, license, ticket, tickets, quote, quotes, conto, conti, fattura, fatture, ordine, ordini, consegna,
        consegne, spedizione, spedizioni, pagamento, pagamenti, credito, carta, accesso, prezzo, articolo, prodotto,
        contratto, fido, konto, konten, rechnung, rechnungen, auftrag, auftrage, auftrags, bestellung, bestellungen,
        liefer, lieferung, lieferungen, zahlung, zahlungen, zahlungs, kredit, karte, zugang, passwort, artikel,
        vertrag, mahn, compte, comptes, facture, factures, commande, commandes, livraison, livraisons, paiement,
        paiements, carte, acces, produit, contrat, cuenta, cuentas, factura, facturas, pedido, pedidos, entrega,
        entregas, pago, pagos, tarjeta, acceso, articulo, producto, contrato""",
    Word.REFUSED: """
        refused, refuses, refuse, refusal, declined, declines, decline, rejected, rejects, objected, objects,
        objection, objections, excluded, exclude, exclusion, denied, deny, denies, prohibited, forbidden,
        withdrawn, withdrawal, revoked, revoke, revoca, revocato, revocata, rifiuta, rifiutato, rifiuto, escluso,
        esclusa, vietato, vietate, negato, widerspruch, widersprochen, widerrufen, widerruf, abgelehnt,
        verweigert, ausgeschlossen, verboten, untersagt, refus, refuse, oppose, opposee, exclu, exclue, interdit,
        interdite, interdits, revoque, retire, rechaza, rechazado, rechazo, excluido, excluida, prohibido,
        prohibidas, denegado, revocado, retirado, object, removed, removal, rimosso, entfernt, quitado, block,
        blocks, blocco, suppress, expired, lapsed, scaduto, abgelaufen, caducado, perime, unwanted, unerwunscht,
        indesiderato, indesiderata, indesiderate, indesirable, indesirables, indeseado, indeseada, indeseadas""",
    Word.DNC: "dnc, dncl, dncc, dncr, ndnc, ndncr, fdnc, sdnc, d n c",
    Word.REGISTER: """
        tps, ctps, robinson, robinsonliste, bloctel, telephone preference service, registro opposizioni, registro
        delle opposizioni, registro pubblico delle opposizioni, rpo, lista robinson, liste robinson, servicio
        robinson, anrufsperre, telefonsperre, kontaktsperre, werbesperre, werbewiderspruch, liste d opposition,
        robinsoneintrag, robinsonlisteneintrag, anrufverbot, kontaktverbot, telefonverbot, werbeverbot,
        uncallable, uncontactable, litigator, litigators, liste rouge""",
    Word.MATCH: """
        match, matches, matched, hit, hits, found, treffer, riscontro, riscontri, corrispondenza, coincidencia,
        correspondance""",
    Word.QUIET: "dnd, do not disturb",
    Word.CONSENT: """
        consent, consents, consented, consenting, opt in, opts in, opted in, permission, permissions, consenso,
        consensi, autorizzazione, einwilligung, eingewilligt, einverstandnis, einverstanden, zustimmung,
        consentimiento, permiso, autorizacion, consentement, autorisation, accord, erlaubnis, genehmigung""",
    Word.ALLOWED: """
        ok to, allow, allows, allowed, allowing, permit, permits, permitted, may, can, could, ok, okay, accept,
        accepts, accepted, agree, agrees, agreed, approve, approved, authorise, authorised, authorize, authorized,
        willing, eligible, receive, receives, whitelisted, puo, si puo, consentito, consentita, consentite,
        consentiti, consente, permesso, permessa, ammesso, autorizza, autorizzato, autorizzata, autorizzate,
        autorizzati, accetta, riceve, darf, durfen, erlaubt, gestattet, zulassig, genehmigt, erhalt, puede, se
        puede, permitido, permitida, permitidas, permitidos, autoriza, autorizado, autorizadas, acepta, recibe,
        peut, autorise, autorisee, autorises, accepte, permis, recoit, happy to, permite, permiten, puedo,
        podemos, pueden, posso, possiamo, possono, kann, konnen, peux, puis, pouvons, on peut""",
    Word.CALLABLE: """
        callable, contactable, phoneable, dialable, chiamabile, contattabile, anrufbar, kontaktierbar, appelable,
        llamable""",
    Word.WANTED: """
        want, wants, wanted, wish, wishes, desired, welcome, vuole, desidera, gradito, gradite, erwunscht,
        gewunscht, mochte, souhaite, souhaites, veut, desea, quiere, deseado, deseadas""",
    Word.CLEAR: "clear, clean, cleared, cleaned, free, safe, libero, frei, libre, propre",
    Word.CHECKED: """
        check, checked, checks, screen, screened, screening, scrub, scrubbed, verified, verify, validated, lookup,
        looked up, tested, updated, expiry, expires, controllato, verificato, verifica, gepruft, prufung,
        abgleich, abgeglichen, verifie, verification, verificado, comprobado""",
    Word.DETAIL: """
        no of, nr of, number of, date, time, datetime, timestamp, at, reason, reasons, source, by, who, note,
        notes, comment, comments, detail, details, day, data, ora, motivo, fonte, datum, grund, quelle, vom,
        fecha, hora, motif, raison, origine, mode, campaign""",
    Word.LIMIT: """
        before, after, until, till, between, since, hours, mornings, evenings, weekend, weekends, prima, dopo,
        fino, tra, vor, nach, bis, zwischen, avant, apres, jusqu, entre, antes, despues, hasta""",
    Word.RESULT: "disposition, result, outcome, esito, ergebnis, resultat, resultado, last",
    Word.BE: "be, to be, been, essere, werden, wird, sein, etre, ser",
    Word.SMALL: """
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
_MEANING = {phrase: word for word, phrases in reversed(WORDS.items()) for phrase in listed(phrases) if phrase}
_MEANING |= {phrase.replace(" ", ""): word for phrase, word in _MEANING.items() if " t " not in f"{phrase} "}
_MOST_WORDS = max(phrase.count(" ") + 1 for phrase in _MEANING)
_SHORT_PARTS = frozenset({"no", "is", "on", "of", "ok"})
"""Short words that others are run together with: `isdnc`. More of them would be found inside any word."""
_LONGEST_NAME = 60
UNKNOWN = ""


def _is_part(word: str) -> bool:
    return word in _MEANING and (len(word) > 2 or word in _SHORT_PARTS)


def words_done(text: str) -> tuple[str, ...]:
    """What each word of a text does, an empty one for a word that is not known."""
    done = _done(text)
    # Its capitals may part what belongs together: `DnD`, `TPSflag`.
    return (_done(text.casefold()) or done) if UNKNOWN in done and len(text) < _LONGEST_NAME else done


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
            done.append(found or UNKNOWN)
        at += size
    return tuple(done)
