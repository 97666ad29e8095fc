"""Who must not be called, by the headings and cells of a file: by what they mean, in five languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.exchange.conftest import Import
from tests.rows import each
from tui.exchange.reading.decode import ImportUndecided
from tui.exchange.reading.headings.words import listed

NOW = datetime(2026, 11, 23, 14, 1, tzinfo=UTC)
HEAD = "First Name,Last Name,Phone,"
PEOPLE = ("Ada,Quill,020 7946 0018,", "Ben,Stone,020 7946 0019,")


def file_with(heading: str, *cells: str) -> str:
    """Ada has the first cell in a column with this heading, Ben the second."""
    rows = [f'{person}"{cell}"' for person, cell in zip(PEOPLE, cells, strict=True)]
    return "\n".join([f'{HEAD}"{heading}"', *rows, ""])


def held(imported: Import, heading: str, *cells: str, maps: tuple[str, ...] = ()) -> list[str]:
    """The first names of those who must not be called."""
    built = imported(text=file_with(heading, *cells), maps=maps)
    assert len(built.made) == len(cells)
    return [contact.given for contact in built.contacts if contact.do_not_call]


YES_MEANS_NEVER = listed("""
    Blacklist, Blacklisted, Calling Opt Out, Do Not Phone, do_not_phone, CTPS, DNC Flag, On DNC, DND,
    phoneNumberIsOptedOut, Home Phone Do Not Call, donotContact, federal_donotcall, Phone Blacklisted,
    Blacklisted Phone is Phone, Opted Out of Phone, Phone - Do Not Call, Phone Opt-Out, Do Not Call:, Do Not Call?,
    Suppressed, TPS, TPS registered, Unsubscribed, Do not allow Phone Calls, DoNotCall, Do Not Disturb, DNC__c,
    DONOTCALL, doNotPhone, isDNC, DNCFlag, dont_call, Don't call, Don’t phone, DO-NOT-RING, Never call,
    No calls please, No Marketing Calls, Not to be called, Must not be contacted, Call Blocked, phone_suppressed,
    CallOptOut, optedOutOfCalls, OPT_OUT_PHONE, Opt out: telephone, Unsubscribed from calls, Contact refused,
    Objects to marketing, Marketing opt-out, NDNC, On TPS/CTPS list, Telephone Preference Service, Robinson list,
    Robinson, Stop calling, Mobile DNC, Do not call - mobile, Do Not Contact (any channel), Does not want calls,
    Blocked, Consent to call withdrawn, Not contactable, Cannot be called, No permission to call, DoNotSolicit,
    Do not call or email, Opt-out e-mail & phone, Deny listed, Excluded from marketing, DO NOT CALL REGISTRY,
    Non chiamare, NON_CONTATTARE, nonTelefonare, Non disturbare, Registro delle opposizioni, Bloccato, Opposizione,
    Lista Robinson, Iscritto al registro opposizioni, Chiamate non autorizzate, Lista nera,
    Rifiuta il contatto telefonico, Niente telefonate, Non vuole essere chiamato, Disiscritto, Nicht anrufen,
    nicht_kontaktieren, Keine Anrufe, Keine Telefonwerbung, Werbewiderspruch, Anrufsperre, Telefonsperre,
    Robinsonliste, Gesperrt für Anrufe, Kontakt nicht erwünscht, Anrufe nicht erlaubt, Darf nicht angerufen werden,
    Werbung widersprochen, Nicht mehr kontaktieren, Schwarze Liste, Ne pas appeler, NePasContacter, Ne plus appeler,
    Inscrit Bloctel, Liste noire, Désinscrit, Opposition au démarchage, Refus d'appel, Pas d'appels,
    Démarchage interdit, Ne pas déranger, No llamar, NO_CONTACTAR, No molestar, Lista Róbinson, Excluido de llamadas,
    Lista negra, No desea llamadas, Rechaza llamadas, Bloqueado, Dado de baja, Nunca llamar, Sin llamadas,
    CTPS match, TPS match, TPS hit, Matched on TPS, TPS found, Bloctel match, Robinson Treffer, RPO riscontro,
    Robinsonliste Treffer, Correspondance Bloctel, Lista Robinson coincidencia, DNC match""")
"""As other programs write it, and at least three spellings of each kind and language that nobody gave."""
NO_MEANS_NEVER = listed("""
    Phone Allowed, Permission to call, Contactable by phone, May call, OK to call, Phone consent, canCall, OK_TO_RING,
    Can we phone?, Call permitted, Accepts calls, Allow phone calls, Callable, Consent to telephone marketing,
    Marketing consent, phoneOptIn, Opted in to calls, Not on TPS, DNC clear, Authorised to call,
    Willing to be contacted, Receives marketing calls, not blacklisted, Chiamabile, Si può chiamare,
    Consenso telefonico, Consenso marketing, Contattabile, Accetta chiamate, Darf angerufen werden, Anruf erlaubt,
    Telefon erlaubt, Einwilligung Telefon, Anrufbar, Peut être appelé, Appel autorisé, Consentement téléphone,
    Accepte le démarchage, Contactable, Se puede llamar, Llamadas permitidas, Consentimiento telefónico,
    Acepta llamadas, Permiso para llamar, Puedo llamar, Posso chiamare, Kann ich anrufen?, On peut appeler,
    TPS no match, Not matched with CTPS""")
NOT_ABOUT_THE_PHONE = listed("""
    voicemail_consent, recording_consent, Call recording consent, Voicemail opt-out, No voicemail, callRecordingConsent,
    Einwilligung Anrufbeantworter, Consenso registrazione, Consentement enregistrement, Permiso grabación,
    Email Opt Out, E-Mail Opt-Out, email_opted_out, SMS Opt Out, Unsubscribed from newsletter, Do not email,
    doNotMail, do_not_sms, Do not allow Bulk Emails, Do not contact by e-mail, Fax Opt Out, No text messages,
    HasOptedOutOfEmail, Unsubscribed from all email, Email blacklisted, DND SMS, WhatsApp opted out,
    Opted out of email: Marketing Information, Non inviare email, Keine E-Mails, Pas de courriel, No enviar correo,
    has_newsletter, Email opt in, Newsletter abgemeldet, Postal opt-out, Do not trade, Email consent""")
"""An opt-out of another channel says nothing about the phone: e-mail is what such people are offered instead."""
NOT_ABOUT_IT_AT_ALL = listed("""
    Contact No, Call No, No answer, Notes, Customer since, May, Candidate, Subscribed, Nota, Numero civico,
    Blockchain, Options, Callisto, Permission set, Rejected, Objections, Do not import, Nonprofit, Canada,
    Phone verified, Opt-in date, Optional, Marketing source, Account blocked, Blocked invoice, Credit hold,
    Account not blocked, Blocked orders, Delivery blocked, Konto gesperrt, Liefersperre, Rechnung gesperrt,
    Conto bloccato, Ordini bloccati, Compte bloqué, Livraison bloquée, Cuenta bloqueada, Pedido bloqueado,
    Phone match, Payment consent, Account banned, Login blocked, Kreditsperre, Fattura bloccata,
    Facture bloquée, Tarjeta bloqueada""")


"""Every name the headings know; `robinson` alone is a person, `rpo` a part of too many words."""


@each("heading", YES_MEANS_NEVER)
def test_a_heading_that_forbids_calls_is_understood_by_its_meaning(imported: Import, heading: str) -> None:
    assert held(imported, heading, "yes", "no") == ["Ada"]
    assert held(imported, heading.upper(), "1", "0") == ["Ada"]
    assert held(imported, heading, "", "TRUE") == ["Ben"]


@each("heading", NO_MEANS_NEVER)
def test_no_in_a_column_that_allows_calls_forbids_them(imported: Import, heading: str) -> None:
    assert held(imported, heading, "No", "Yes") == ["Ada"]
    assert held(imported, heading, "", "FALSE") == ["Ben"]
    assert held(imported, heading, "Denied", "2026-03-02") == ["Ada"]


@each("heading", NOT_ABOUT_THE_PHONE)
def test_an_opt_out_of_another_channel_is_kept_and_forbids_no_call(imported: Import, heading: str) -> None:
    built = imported(text=file_with(heading, "yes", "no"))
    assert [bool(contact.do_not_call) for contact in built.contacts] == [False, False]
    assert built.contacts[0].fields[heading] == "yes"
    assert held(imported, heading, "opted out", "unsubscribed") == []


@each("heading", NOT_ABOUT_IT_AT_ALL)
def test_words_that_only_look_alike_forbid_nothing_and_ask_nothing(imported: Import, heading: str) -> None:
    assert held(imported, heading, "yes", "no") == []


@pytest.mark.parametrize(
    ("heading", "no", "yes"),
    [
        ("Kontakt per Telefon", "Nein", "Ja"),
        ("Telefonkontakt", "nein", "ja"),
        ("Kontakt telefonisch", "nein", "ja"),
        ("Werbung per Telefon", "nein", "ja"),
        ("Kontakt via Telefon", "nein", "ja"),
        ("Contact par tél.", "non", "oui"),
        ("Telephonic contact", "no", "yes"),
        ("Phone contact", "No", "Yes"),
        ("phone_contact", "0", "1"),
        ("Contact by phone", "N", "Y"),
        ("By phone", "No", "Yes"),
        ("Marketing by telephone", "FALSE", "TRUE"),
        ("Contatto telefonico", "no", "sì"),
        ("Contatto via telefono", "no", "sì"),
        ("Per telefono", "no", "sì"),
        ("Contact téléphonique", "non", "oui"),
        ("Par téléphone", "non", "oui"),
        ("Contacto telefónico", "no", "sí"),
        ("Contacto por teléfono", "no", "sí"),
        ("Por vía telefónica", "no", "sí"),
    ],
)
def test_no_to_contact_by_phone_is_a_refusal_without_a_question(
    imported: Import, heading: str, no: str, yes: str
) -> None:
    assert held(imported, heading, no, yes) == ["Ada"]
    assert held(imported, heading, yes, no) == ["Ben"]
    assert held(imported, heading, yes, yes) == []


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Account blocked", "blocked"),
        ("Account status", "Blocked"),
        ("Status", "Account blocked"),
        ("Phone contact", "Ada's brother"),
        ("Preferred contact", "no preference"),
        ("Preferred contact", "Phone, no e-mail"),
        ("Preferred contact", "phone not e-mail"),
        ("Best contact time", "no calls before 10"),
        ("Bevorzugter Kontakt", "E-Mail"),
        ("Notes", "no phone"),
        ("Favourite colour", "no phone"),
    ],
)
def test_what_is_no_refusal_of_calls_holds_nobody_and_asks_nothing(
    imported: Import, heading: str, cell: str
) -> None:
    assert held(imported, heading, cell, cell) == []


@each(
    ("heading", "forbids", "harmless"),
    [
        ("Do not allow Phone Calls", "Do Not Allow", "Allow"),
        ("Phone Calls", "Do Not Allow", "Allow"),
        ("DNC Status", "DNC", "OK"),
        ("DNC Status", "Listed", "Not listed"),
        ("TPS check", "Registered", "Clear"),
        ("Do not contact", "Phone", "Email"),
        ("Do not contact", "SMS; Calls", "SMS; Email"),
        ("Do Not Call", "asked us in March never to ring", "opted in"),
        ("Opt in/out", "Opted out", "Opted in"),
        ("Robinson", "eingetragen", ""),
        ("TPS Result", "Flagged", "Clear"),
        ("Notes", "D.N.C.", "A.B.C."),
        ("Notes", "in May not on DNC; since June DNC", "in May not on DNC; in June not on DNC"),
        ("Notes", "lehnt Anrufe ab", "hat Anruf abgelehnt"),
        ("Remarques", "refuse d'être appelé", "d'accord pour être rappelé"),
        ("Opt-out date", "2026-03-02", ""),
        ("Do not call reason", "complained", ""),
        ("Unsubscribed at", "2026-03-02 10:00", ""),
        ("Phone consent", "Withdrawn", "verbal"),
        ("Permission to call", "Refused", "Given"),
        ("Permission to call", "No, thanks", "not yet asked"),
        ("Einwilligung Telefon", "Nein (Mail vom 3.5.)", "Ja (Mail vom 3.5.)"),
        ("Phone consent", "revoked by customer", "given by customer"),
        ("Phone consent", "expired", "not expired"),
        ("Consenso telefonico", "Revocato", "sì"),
        ("Status", "DNCC", "NEW"),
        ("Status", "DNCL", "CALLBK"),
        ("Status", "OPTED_OUT", "NEW"),
        ("Status", "Asked not to be called", "Asked to be called"),
        ("Status", "DO_NOT_CALL", "NEW"),
        ("Status", "DoNotCall", "CallLater"),
        ("Status", "Do not contact", "Not contacted"),
        ("Status", "unsubscribed", "active"),
        ("Status", "Blocked", "Open"),
        ("Call Result", "Do Not Call", "No answer"),
        ("Call Result", "Never call again", "Never called"),
        ("Last Disposition", "DNC", "NA"),
        ("Disposition", "Does not want to be contacted", "Does not answer"),
        ("Wrap-up code", "Remove from list", "Left message"),
        ("Tags", "vip;do not call", "vip"),
        ("Tags", "vip, Opt-Out", "vip, opt-out email"),
        ("Labels", "* myContacts ::: TPS", "* myContacts"),
        ("Groups", "Blacklisted", "Not blacklisted"),
        ("List", "DNC list", "Spring list"),
        ("Comments", "Rang 3 May. PLEASE DO NOT CALL AGAIN.", "Do not hesitate to call"),
        ("Notes", "He asked to be taken off our list", "Asked for our price list"),
        ("Notes", "stop calling me!!", "call stopped early"),
        ("Notes", "on DNC since May", "checked: not on DNC"),
        ("Notes", "opted out of all calls in 2025", "opted out of the newsletter in 2025"),
        ("Stufe", "bitte nicht mehr anrufen", "bitte morgen anrufen"),
        ("Bemerkung", "Möchte nicht mehr angerufen werden", "Noch nicht angerufen"),
        ("Note", "Non richiamare più", "Non risponde, richiamare"),
        ("Esito", "non vuole essere contattato", "non siamo riusciti a contattarlo"),
        ("Remarques", "Ne plus l'appeler", "n'appelle plus chez nous"),
        ("Résultat", "ne souhaite plus être contacté", "pas encore contacté"),
        ("Observaciones", "no volver a llamar", "volver a llamar"),
        ("Resultado", "No quiere que le llamen", "No contesta"),
        ("Second phone", "020 7946 0020 - DO NOT CALL", "020 7946 0021"),
        ("Second phone", "020 7946 0020 (DNC)", "020 7946 0021 x12"),
        ("Second phone", "020 7946 0020 TPS", "020 7946 0021"),
        ("Second phone", "non chiamare", ""),
        ("National DNC", "On list", "Not on list"),
        ("Anruf unerw\u00fcnscht", "ja", "nein"),
        ("Chiamate indesiderate", "s\u00ec", "no"),
        ("Segment", "no-call", "cold-call"),
        ("Segment", "NO_CALLS", "CALLS"),
        ("Note", "vuole essere tolto dalla lista", "tolto dalla confezione"),
        ("Note", "cancellatelo dai vostri elenchi", "ordine cancellato dal cliente"),
        ("Notiz", "hat Anrufe untersagt", "hat Anrufe erhalten"),
        ("Notes", "Neither by phone nor by text, please", "reached neither by phone nor by text"),
        ("Contact par", "ni téléphone ni SMS", "ni téléphone ni adresse"),
        ("Remarque", "ni par téléphone ni par SMS", "joignable ni par téléphone ni par SMS"),
        ("Notiz", "weder Telefon noch SMS", "weder telefonisch noch per SMS erreichbar"),
        ("Note", "né per telefono né per SMS", "non risponde né per telefono né per SMS"),
        ("Observaciones", "ni por teléfono ni por SMS", "ni por teléfono ni por SMS responde"),
        ("Notiz", "bitte aus der Liste streichen", "steht auf der Liste"),
        ("Notiz", "verbittet sich weitere Werbeanrufe", "Kontakt erw\u00fcnscht"),
        ("Remarque", "pas de d\u00e9marchage t\u00e9l\u00e9phonique", "pas de messagerie"),
        ("Remarque", "retirez-le de votre liste", "il a retir\u00e9 sa commande de la poste"),
        ("Nota", "no vuelva a llamar", "vuelva a llamar"),
        ("Nota", "qu\u00edtenme de su lista", "en la lista de espera"),
        ("Preferred contact", "No phone", "e-mail"),
        ("Preferred contact method", "not by phone", "by phone"),
        ("preferred_contact", "e-mail, no phone", "phone"),
        ("Contact preference", "no calls", "calls"),
        ("Contact channel", "anything but phone", "anything"),
        ("Best way to reach", "email not phone", "phone not email"),
        ("bevorzugter Kontakt", "kein Telefon", "Telefon"),
        ("Wunschkontakt", "keine Telefonate", "keine E-Mails"),
        ("Kontaktweg", "kein Anruf", "Anruf"),
        ("Kontaktpräferenz", "nicht telefonisch", "telefonisch"),
        ("Contatto preferito", "no telefono", "telefono"),
        ("Canale di contatto", "niente telefonate", "niente email"),
        ("Modalità di contatto", "tutto tranne telefono", "tutto"),
        ("Contact préféré", "pas de téléphone", "téléphone"),
        ("Moyen de contact", "aucun appel", "appel"),
        ("Contacto preferido", "sin teléfono", "teléfono"),
        ("Forma de contacto", "nada de teléfono", "teléfono"),
        ("Erreichbarkeit", "nicht telefonisch", "telefonisch"),
        ("Reach me by", "no phone please", "phone"),
        ("Medio de contacto", "no teléfono", "no correo"),
        ("TPS", "matched", "not matched"),
        ("CTPS", "hit", "no hit"),
        ("CTPS match", "Y", "N"),
        ("TPS match", "Match", "No match"),
        ("Bloctel", "inscrit", "non inscrit"),
        ("Robinsonliste", "Treffer", "kein Treffer"),
        ("RPO", "riscontro", "nessun riscontro"),
        ("Company", "Quill Ltd - do not call", "Call Centre Ltd"),
        ("Favourite colour", "OPTED OUT", "red"),
        ("Anything", "Do Not Allow", "Allow"),
        ("Lead source", "asked to be unsubscribed from calls", "calls"),
    ],
)
def test_what_a_cell_says_counts_in_whatever_column_it_stands(
    imported: Import, heading: str, forbids: str, harmless: str
) -> None:
    assert held(imported, heading, forbids, harmless) == ["Ada"]
    assert held(imported, heading, harmless, forbids) == ["Ben"]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Do not contact", "Email; SMS"), ("Phone consent", "2026-03-02"), ("Callable", "verbal")],
)
def test_what_refuses_no_call_but_says_more_than_yes_is_kept(
    imported: Import, heading: str, cell: str
) -> None:
    ada, ben = imported(text=file_with(heading, cell, "no")).contacts
    assert (ada.fields, bool(ada.do_not_call)) == ({heading: cell}, False)
    assert ben.fields == {}


def test_a_family_called_robinson_may_be_called(imported: Import) -> None:
    text = "First Name,Last Name,Spouse,Phone\nRob,Robinson,Robinson,020 7946 0018\n"
    assert not imported(text=text).contacts[0].do_not_call


@pytest.mark.parametrize(
    "note",
    [
        *(
            "do not call before 10",
            "Don't call on Mondays",
            "please do not call after 5pm",
            "Do not call at work",
        ),
        *(
            "non chiamare prima delle 10",
            "nicht anrufen vor 9 Uhr",
            "ne pas appeler le lundi",
            "no llamar por la mañana",
        ),
    ],
)
def test_a_wish_about_the_hour_is_no_refusal_and_is_named(imported: Import, note: str) -> None:
    built = imported(text=file_with("Notes", note, "fine"))
    assert [bool(contact.do_not_call) for contact in built.contacts] == [False, False]
    assert any(note in remark for _, remark in built.remarks)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Consent", ("No", "Yes")),
        ("Opt in", ("0", "1")),
        ("GDPR opt-in", ("no", "yes")),
        ("Opt in / opt out", ("yes", "no")),
        ("TPS checked", ("Yes", "No")),
        ("DNC date", ("2026-03-02", "2026-04-02")),
        ("Do not call before", ("10:00", "12:00")),
        ("Never called", ("1", "0")),
        ("Marketing", ("No", "Yes")),
        ("Phone calls", ("Yes", "No")),
        ("Do not call", ("1", "3")),
        ("Contactable by phone", ("2", "3")),
        ("DNC email", ("1", "0")),
        ("Blacklist", ("red", "green")),
        ("Suppressed account", ("1", "0")),
        ("Account blocked for marketing", ("yes", "no")),
        ("Screened against TPS", ("Yes", "No")),
        ("Phone preference", ("no", "yes")),
        ("Anruf erwünscht", ("nein", "ja")),
        ("Consenso privacy", ("no", "sì")),
    ],
)
def test_a_column_that_cannot_be_decided_stops_the_import(
    imported: Import, heading: str, cells: tuple[str, str]
) -> None:
    with pytest.raises(ImportUndecided) as stopped:
        held(imported, heading, *cells)
    assert stopped.value.column == heading
    # Answered, it holds up nothing.
    assert held(imported, heading, "yes", "no", maps=(f"do_not_call={heading}",)) == ["Ada"]
    assert held(imported, heading, "yes", "no", maps=(f"may_call={heading}",)) == ["Ben"]
    assert held(imported, heading, *cells, maps=(f"field={heading}",)) == []


@pytest.mark.parametrize("heading", ["TPS checked", "Phone calls", "Blocked widgets"])
def test_a_doubt_is_found_however_far_down_its_first_value_stands(imported: Import, heading: str) -> None:
    rows = "".join(f"Per{n} Son,020 7946 0{n % 1000:03},\n" for n in range(600))
    with pytest.raises(ImportUndecided, match=heading):
        imported(text=f"Name,Phone,{heading}\n{rows}Ada Quill,020 7946 0018,Yes\nBen,020 7946 0019,No\n")
    assert len(imported(text=f"Name,Phone,{heading}\n{rows}").made) == 600
