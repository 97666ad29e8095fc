"""Which headings name a planned call or the last contact, in five languages and the layouts of other programs."""

from tests.rows import each
from tui.exchange.reading.headings.headers import Meaning, meaning_of

PLANNED = """
    Next Activity Date | notes_next_activity_date
    Person - Next activity date | Deal - Next activity date | Next call
    Next Call Date/Time | NextContactDate | next_contact_at
    Follow up date | Follow-Up Date | FollowUpDate | Follow up
    Scheduled Follow Up (Prospect) | Follow Up By | Next Follow-up | Callback Date | callback_time | Call back on
    Next Task Due Date | Upcoming activity | Next Activity Deadline | Next Step Date | Next touch | Call again on
    Activity Deadline | Task due date | activity_due_date | WV-Datum | WVL | Llamar de nuevo | Scadenza attività
    Planned call | Scheduled call time | Next Interaction | Reminder date
    Prossima attività | Data prossima attività | Data prossimo contatto
    Data di richiamo | Da richiamare il | Richiamare il
    Ricontattare il | Prossima telefonata | Chiamata pianificata
    Nächste Aktivität | Datum der nächsten Aktivität | Wiedervorlage am | Wiedervorlagedatum | Rückruftermin
    Nächster Anruf am | Naechster Kontakt | Geplanter Anruf | Folgeaktivität | Nächstes Gespräch
    Prochaine activité | Date de la prochaine activité | Date de relance
    À rappeler le | Rappel prévu | Prochain échange
    Date du prochain appel | Date de suivi
    Próxima actividad | Fecha de la próxima actividad | Fecha de seguimiento | Volver a llamar el | Próximo contacto
    Fecha de la próxima llamada | Llamada programada
"""
LAST = """
    Last Contacted | notes_last_contacted | Last activity date
    LastActivityDate | Last Activity Time | Last Call Date
    Person - Last activity date | Last contacted time | last_contacted_at | Last interaction | Last Communication Date
    hs_last_sales_activity_date | Last engagement date | Most recent contact
    Latest call | Last Touch | last_local_call_time
    Last phone call | Date of last contact | Last spoke | Last Outreach | Last call attempt
    Ultimo contatto | Data ultimo contatto | Ultima attività
    Data dell'ultima chiamata | Ultima telefonata | Sentito l'ultima volta
    Letzter Kontakt | Datum letzter Kontakt | Letzte Aktivität
    Zuletzt kontaktiert am | Letzter Anruf am | Letztkontakt
    Letzte Kontaktaufnahme | Letztes Gespräch
    Dernier contact | Date du dernier contact | Dernière activité | Dernier appel | Contacté pour la dernière fois
    Último contacto | Fecha del último contacto | Última actividad | Última llamada | Contactado por última vez
"""
OTHER = """
    Payment due | Contract deadline | Invoice due date
    Last Name | Contact Last Name | Contact Name | Last Modified Date
    Contact Last Modified | Created | Due date | Activity type
    Next activity type | Next activity subject | Next activity notes
    Last contacted by | Last call outcome | Follow up status
    Last contact channel | Days since last contact | Number of follow ups | First contacted | Next activity owner
    Last activity id | Last email sent | Last login | Last order
    Next invoice date | Next payment | Last seen | Last purchase
    Contact Last Seen | Last call duration | Ultimo ordine
    Letzte Bestellung | Dernière commande | Recent Sales Email Replied Date
    Next billing date | Contact since | No follow up | Last conversion | Program | Call centre | Recall code
"""


def cells(table: str) -> list[str]:
    return [cell.strip() for line in table.strip().splitlines() for cell in line.split("|")]


@each("heading", cells(PLANNED))
def test_a_heading_of_a_planned_call(heading: str) -> None:
    assert meaning_of(heading) is Meaning.CALL_BACK


@each("heading", cells(LAST))
def test_a_heading_of_the_last_contact(heading: str) -> None:
    assert meaning_of(heading) is Meaning.LAST_CALLED


@each("heading", cells(OTHER))
def test_a_heading_about_something_else(heading: str) -> None:
    assert meaning_of(heading) not in {Meaning.CALL_BACK, Meaning.LAST_CALLED}
