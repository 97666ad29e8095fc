"""What phrases mean on Wednesday 18 November 2026 at 10:30, by meaning; rows nobody wrote a rule for included.

Each row: how the time is written back (`A or B` when the phrase has two readings), and phrases that mean it.
"""

EVERYDAY = (
    # -- said with words that add nothing, and what people say instead of a date
    (
        "Mon 23 Nov 09:00",
        "Monday 9 sharp | monday 9 on the dot | call me back on monday at 9 | richiamare lunedì alle 9 | "
        "lunedì alle 9 in punto | Montag pünktlich um 9 | Montag um 9 zurückrufen | lundi à 9h pile | "
        "rappeler lundi à 9h | lunes a las 9 en punto | llamar el lunes a las 9",
    ),
    (
        "Wed 18 Nov 13:00",
        "in two and a half hours | in 2 and a half hours | tra due ore e mezza | in zweieinhalb Stunden | "
        "dans deux heures et demie | en dos horas y media",
    ),
    ("Wed 18 Nov 11:30", "tra un'oretta | in einem Stündchen | en una horita"),
    (
        "Thu 19 Nov",
        "not before thursday | nicht vor Donnerstag | non prima di giovedì | pas avant jeudi | no antes del jueves",
    ),
    ("Wed 25 Nov", "kommende Woche | coming week | la settimana entrante | la semana entrante | oggi a otto"),
    ("Fri 18 Dec", "kommenden Monat"),
    ("Fri 27 Nov", "venerdì a otto"),
    ("Fri 20 Nov 08:00", "venerdì alle otto"),
    ("Wed 18 Nov 15:45", "alle tre e tre quarti"),
    (
        "Wed 18 Nov evening",
        "after work | nach Feierabend | dopo il lavoro | après le travail | después del trabajo",
    ),
    # -- two readings: this week's or the one after
    (
        "Fri 20 Nov or Fri 27 Nov",
        "next friday | Next Fri | friday next | venerdì prossimo | il prossimo venerdì | nächsten Freitag | "
        "naechsten freitag | nächster Fr | vendredi prochain | el próximo viernes | el viernes que viene",
    ),
    (
        "Fri 20 Nov 15:00 or Fri 27 Nov 15:00",
        "next friday 3pm | venerdì prossimo alle 15 | nächsten freitag um 15 uhr",
    ),
    ("Mon 23 Nov", "next monday | lunedì prossimo | nächsten Montag | lundi prochain | el lunes que viene"),
    (
        "Fri 20 Nov",
        "this friday | coming friday | questo venerdì | diesen Freitag | kommenden freitag | "
        "ce vendredi | este viernes",
    ),
    # -- spans
    (
        "Wed 2 Dec",
        "in a fortnight | fortnight | a fortnight from now | 2 weeks from now | two weeks from today | "
        "in a couple of weeks | fra un paio di settimane | fra due settimane da oggi | in zwei Wochen | "
        "in 14 Tagen | in vierzehn tagen | dans deux semaines | dans une quinzaine | en dos semanas | "
        "dentro de dos semanas | en una quincena | en un par de semanas | 2 wochen | 2 semaines | due settimane",
    ),
    ("Wed 2 Dec or Thu 3 Dec", "dans quinze jours | dans 15 jours | en 15 días | fra quindici giorni"),
    (
        "Sat 21 Nov",
        "in drei tagen | dans 3 jours | en tres días | fra tre giorni | dentro de 3 dias | in 3 days",
    ),
    ("Fri 18 Dec", "in einem Monat | dans un mois | en un mes | fra un mese | in a month | a month from now"),
    (
        "Wed 18 Nov 11:30",
        "in einer Stunde | dans une heure | en una hora | dentro de una hora | an hour from now",
    ),
    (
        "Wed 18 Nov 11:00",
        "in einer halben Stunde | dans une demi-heure | en media hora | in 30 Minuten | mezz'ora",
    ),
    (
        "Wed 18 Nov 12:00",
        "in an hour and a half | fra un'ora e mezza | in anderthalb Stunden | dans une heure et demie",
    ),
    # -- days
    (
        "Fri 20 Nov",
        "day after tomorrow | the day after tomorrow | dopodomani | übermorgen | uebermorgen | après-demain | "
        "pasado mañana",
    ),
    ("Thu 19 Nov", "tomorrow | domani | morgen | demain | mañana"),
    (
        "Thu 19 Nov morning",
        "tomorrow am | domattina | domani mattina | morgen früh | morgen vormittag | demain matin | "
        "mañana por la mañana",
    ),
    ("Thu 19 Nov afternoon", "tomorrow pm | morgen Nachmittag | demain après-midi | mañana por la tarde"),
    (
        "Wed 18 Nov",
        "today | later today | più tardi oggi | heute später | später heute | "
        "plus tard aujourd'hui | hoy más tarde | aujourd'hui | hoy | heute",
    ),
    (
        "Wed 18 Nov afternoon",
        "this afternoon | oggi pomeriggio | heute nachmittag | cet après-midi | esta tarde",
    ),
    ("Wed 18 Nov evening", "tonight | stasera | heute abend | ce soir | esta noche"),
    (
        "Fri 20 Nov morning",
        "fri morning | venerdì mattina | Freitagmorgen | freitag vormittag | vendredi matin | "
        "viernes por la mañana | el viernes por la mañana",
    ),
    # -- weeks, months and years
    (
        "Fri 20 Nov",
        "end of week | end of the week | EOW | by end of week | fine della settimana | "
        "entro fine della settimana | "
        "Ende der Woche | en fin de semaine | a finales de semana",
    ),
    (
        "Fri 27 Nov",
        "end of next week | friday next week | Ende nächster Woche | fin de la semaine prochaine | "
        "venerdì della prossima settimana | Freitag nächster Woche | vendredi de la semaine prochaine | "
        "el viernes de la próxima semana | a week on friday | friday week | a week from friday | "
        "Freitag in einer Woche | vendredi en huit",
    ),
    (
        "Mon 23 Nov",
        "early next week | beginning of next week | start of next week | inizio prossima settimana | "
        "Anfang nächster Woche | début de semaine prochaine | a principios de la próxima semana",
    ),
    (
        "Wed 25 Nov",
        "next week | la settimana prossima | nächste Woche | la semaine prochaine | la semana que viene | "
        "la próxima semana | mid next week",
    ),
    ("Fri 18 Dec", "next month | il mese prossimo | nächsten Monat | le mois prochain | el mes que viene"),
    (
        "Mon 30 Nov",
        "end of month | end of the month | EOM | end of november | fine mese | Monatsende | Ende des Monats | "
        "Ende November | fin du mois | fin novembre | fin de mes | a fin de mes | finales de noviembre",
    ),
    (
        "Thu 31 Dec",
        "end of the year | end of year | fine anno | Ende des Jahres | Jahresende | fin d'année | fin de año",
    ),
    (
        "Mon 4 Jan 2027",
        "in the new year | new year | january | in january | early january | start of january | "
        "nel nuovo anno | con l'anno nuovo | a gennaio | im neuen Jahr | im Januar | "
        "Anfang Januar | à la nouvelle année | "
        "début janvier | en janvier | en el año nuevo | a principios de enero | en enero | next year | jan 2027 | "
        "next quarter | Q1",
    ),
    (
        "Fri 15 Jan 2027",
        "mid january | mid-january | metà gennaio | Mitte Januar | mi-janvier | a mediados de enero",
    ),
    (
        "Tue 1 Dec",
        "beginning of next month | start of next month | inizio mese prossimo | Anfang nächsten Monats | "
        "début du mois prochain | a principios del mes que viene | early december | first week of december",
    ),
    (
        "Tue 30 Mar 2027",
        "after Easter | dopo Pasqua | nach Ostern | après Pâques | después de Pascua | "
        "después de Semana Santa",
    ),
    (
        "Mon 28 Dec",
        "after christmas | after xmas | dopo Natale | nach Weihnachten | après Noël | después de Navidad",
    ),
    (
        "Mon 4 Jan 2027 or Wed 1 Sep 2027",
        "after the holidays | dopo le ferie | nach den Ferien | après les vacances | "
        "después de las vacaciones | dopo le vacanze",
    ),
    ("Mon 4 Jan 2027", "after new year | nach den Feiertagen | nach Neujahr | après les fêtes"),
    ("Thu 7 Jan 2027", "dopo le feste | dopo l'Epifania | después de Reyes | después de las fiestas"),
    (
        "Sat 21 Nov or Sun 22 Nov",
        "weekend | at the weekend | this weekend | nel fine settimana | am Wochenende | "
        "ce week-end | el fin de semana",
    ),
    ("Mon 23 Nov", "after the weekend | dopo il weekend | nach dem Wochenende | après le week-end | monday"),
    # -- dates
    (
        "Fri 4 Dec",
        "the 4th | on the 4th | 4th | 4th December | december 4th | the 4th of december | 4 Dec | Dec 4 | "
        "friday the 4th | il 4 | il 4 dicembre | venerdì 4 dicembre | am 4. | am 4.12. | 4. Dezember | "
        "den 4. Dezember | 04.12.2026 | 04/12/26 | le 4 | le 4 décembre | el 4 | el día 4 | "
        "el 4 de diciembre | 4-12-2026",
    ),
    (
        "Fri 4 Dec 10:00",
        "4 december 10am | the 4th at 10 | il 4 alle 10 | am 4. um 10 Uhr | le 4 à 10h | "
        "el 4 a las 10 | 4 dicembre ore 10 | 4. Dezember 10 Uhr | 10am on the 4th",
    ),
    (
        "Tue 1 Dec",
        "1st december | first of december | 1° dicembre | primo dicembre | 1er décembre | 1. Dezember | "
        "1 de diciembre | uno de diciembre",
    ),
    ("Fri 20 Nov or Fri 20 Nov 20:00", "fri 20 | ven 20 | Fr 20 | vie 20"),
    ("Fri 27 Nov", "fri 27 | ven 27"),
    # -- hours
    (
        "Fri 20 Nov 15:00",
        "fri 3 | friday at 3 | fri 3pm | ven 15 | venerdì alle 3 | Fr 15 Uhr | Freitag um 15 Uhr | "
        "vendredi à 15h | vendredi 15 heures | viernes a las 3 | vie 15h | el viernes a las 15:00 | 3pm friday | "
        "around 3 on friday | friday 3ish | venerdì verso le 3 | Freitag gegen 15 Uhr | vendredi vers 15h | "
        "viernes sobre las 3 | fri 1500 | viernes a las tres | venerdì alle tre | "
        "Freitag um drei | vendredi à trois heures",
    ),
    (
        "Fri 20 Nov 15:30",
        "fri 3.30 | fri 3:30 | fri 3h30 | fri half past 3 | half past three on friday | fri half 3 | "
        "ven 3.30 | venerdì alle 3 e mezza | venerdì alle tre e mezzo | Fr halb vier | "
        "Freitag halb 4 | Fr 15.30 Uhr | "
        "vendredi 3 heures et demie | vendredi à 15h30 | viernes a las 3 y media | "
        "viernes a las tres y media | fri 1530 | "
        "fri 3.30pm | Freitag 15 Uhr 30",
    ),
    (
        "Wed 18 Nov 15:30",
        "half past 3 | half 3 | 3.30 | 1530 | today 3.30 | oggi alle 3 e mezza | heute halb vier | "
        "aujourd'hui à 3 heures et demie | hoy a las 3 y media",
    ),
    (
        "Thu 19 Nov 09:30",
        "tomorrow 0930 | tomorrow 9.30 | tomorrow half nine | tomorrow half past nine | morgen halb zehn | "
        "morgen 9:30 | domani alle 9 e mezza | demain 9h30 | mañana a las 9 y media | morgen 0930 | domani 0930",
    ),
    (
        "Wed 18 Nov 15:45",
        "quarter to 4 | a quarter to four | alle 4 meno un quarto | viertel vor 4 | "
        "à 4 heures moins le quart | a las 4 menos cuarto | drei viertel vier",
    ),
    (
        "Wed 18 Nov 15:15",
        "quarter past 3 | alle 3 e un quarto | viertel nach drei | à 3 heures et quart | a las tres y cuarto",
    ),
    ("Wed 18 Nov 14:20", "20 past 2 | twenty past two | 20 nach 2"),
    ("Wed 18 Nov 14:50", "zehn vor drei | alle 3 meno dieci | a las 3 menos diez"),
    ("Wed 18 Nov 10:00-15:00 or Wed 18 Nov 14:50", "10 to 3 | ten to three"),
    ("Wed 18 Nov 12:00", "noon | at noon | mezzogiorno | a mezzogiorno | à midi | a mediodía | 12 Uhr"),
    # -- from one hour to another
    (
        "Wed 18 Nov 14:00-18:00",
        "after 2 | after 2pm | after 14:00 | from 2 | dopo le 2 | dopo le 14 | dalle 14 | "
        "nach 14 Uhr | ab 14 Uhr | après 14h | à partir de 14h | después de las 2 | a partir de las 14",
    ),
    (
        "Wed 18 Nov 14:00-16:00",
        "2-4pm | 2 - 4 pm | 2 to 4 pm | between 2 and 4 | from 2 to 4 | 14-16 | 14:00-16:00 | "
        "today 2-4 | tra le 14 e le 16 | fra le 2 e le 4 | dalle 14 alle 16 | zwischen 14 und 16 Uhr | "
        "14 bis 16 Uhr | von 14 bis 16 Uhr | entre 14h et 16h | de 14h à 16h | 14h-16h | entre las 2 y las 4 | "
        "de 14 a 16 | 2–4pm | 2pm-4pm",
    ),
    (
        "Fri 20 Nov 14:00-16:00",
        "fri 2-4pm | 2-4pm friday | friday between 2 and 4 | ven tra le 14 e le 16 | "
        "Freitag 14-16 Uhr | vendredi entre 14h et 16h | viernes de 14 a 16 | friday 2-4",
    ),
    ("Fri 20 Nov 10:00-14:00", "fri 10-2 | friday between 10 and 2 | fri 10am-2pm"),
    (
        "Thu 19 Nov 09:00-10:00",
        "tomorrow before 10 | domani prima delle 10 | morgen vor 10 Uhr | demain avant 10h | "
        "mañana antes de las 10 | first thing tomorrow | tomorrow first thing | domani come prima cosa | "
        "morgen als erstes | demain à la première heure | mañana a primera hora",
    ),
    (
        "Mon 23 Nov 09:00-10:00",
        "first thing monday | monday first thing | first thing on monday | "
        "lunedì come prima cosa | lunedì a inizio giornata | Montag als Erstes | Montag gleich früh | "
        "lundi à la première heure | lunes a primera hora | a primera hora del lunes",
    ),
    (
        "Wed 18 Nov 17:00-18:00",
        "EOD | end of day | end of the day | end of business | close of play | COB | COP | "
        "fine giornata | a fine giornata | Feierabend | zum Tagesende | Ende des Tages | en fin de journée | "
        "a última hora | al final del día | by EOD",
    ),
    (
        "Thu 19 Nov 17:00-18:00",
        "EOD tomorrow | tomorrow eod | domani a fine giornata | demain en fin de journée | "
        "mañana a última hora",
    ),
    (
        "Fri 20 Nov 16:00-18:00",
        "friday late afternoon | venerdì nel tardo pomeriggio | Freitag am späten Nachmittag | "
        "vendredi en fin d'après-midi",
    ),
    # -- two readings of another kind
    ("Wed 18 Nov 15:00 or Thu 3 Dec", "3"),
    ("Wed 18 Nov 17:00 or Thu 17 Dec", "17"),
    (
        "Thu 19 Nov or Fri 20 Nov",
        "thursday or friday | thu or fri | giovedì o venerdì | Donnerstag oder Freitag | "
        "jeudi ou vendredi | jueves o viernes | tomorrow or friday",
    ),
    (
        "Fri 20 Nov or Sat 21 Nov",
        "2-3 days | 2 or 3 days | in 2-3 days | fra 2 o 3 giorni | in 2 bis 3 Tagen | "
        "dans 2 ou 3 jours | en 2 o 3 días",
    ),
    ("Tue 24 Nov 15:00 or Wed 3 Mar 2027", "mar 3"),
    ("Wed 18 Nov 10:33 or Thu 18 Feb 2027", "3m"),
    ("Wed 18 Nov 15:00 or Thu 19 Nov 01:30", "15h"),
    ("Wed 18 Nov 10:00-12:00 or Thu 10 Dec", "10-12"),
    ("Wed 18 Nov or Wed 25 Nov", "wednesday | wed | mercoledì | Mittwoch | mercredi | miércoles"),
    ("Wed 18 Nov 15:00 or Wed 25 Nov 15:00", "wed 3pm | Mi 15 Uhr | mer 15h"),
    ("Wed 25 Nov 09:00", "wed 9am"),
    ("Wed 18 Nov", "this wednesday | diesen Mittwoch"),
    (
        "Thu 19 Nov or Fri 20 Nov",
        "later this week | this week | questa settimana | diese Woche | cette semaine",
    ),
    ("Wed 18 Nov 13:00 or Wed 18 Nov 14:30", "2h30"),
    ("Wed 18 Nov 13:00", "in 2h30 | in 2 h 30 min"),
    ("Thu 19 Nov 15:00 or Thu 19 Nov 16:00", "tomorrow at 3 or 4 | domani alle 3 o alle 4"),
    ("Wed 18 Nov 15:15 or Wed 18 Nov 16:15", "viertel vier"),
    # -- beside a day
    (
        "Mon 23 Nov",
        "after friday | dopo venerdì | nach Freitag | ab Montag | from monday | entro lunedì | d'ici lundi",
    ),
    ("Thu 19 Nov", "before friday | prima di venerdì | vor Freitag | avant vendredi | antes del viernes"),
    ("Fri 11 Dec", "after the 10th | after 10 december | après le 10 décembre"),
    ("Sat 5 Dec", "the 5th of next month | next month on the 5th"),
    ("Fri 20 Nov 09:00-12:00", "friday before noon | friday by noon"),
    ("Tue 24 Nov 15:00", "Di 15 Uhr | Di. 15 Uhr | di um 15 uhr | mar 15:00 | martes a las 15"),
    ("Fri 4 Dec", "friday fortnight | two weeks on friday | vie 4 dic | 4 déc. | Fr., 4. Dez. | 4th of dec."),
    ("Wed 25 Nov", "a week today | today week | heute in einer Woche | in a week's time"),
    ("Fri 20 Nov 15:30", "friday three thirty | fri at half past three | ven. 15h30 | Fr. um halb vier"),
    # -- more of what nobody wrote a rule for
    ("Wed 18 Nov or Thu 19 Nov", "later | più tardi | später | plus tard | más tarde | luego"),
    (
        "Wed 18 Nov 17:00-18:00",
        "entro fine giornata | bis Feierabend | fin de journée | end of play | by close of business",
    ),
    (
        "Mon 23 Nov 09:00-10:00",
        "lunedì mattina presto | lunes temprano | lundi première heure | lundi matin première heure | early monday",
    ),
    ("Wed 18 Nov 14:30-18:00", "after half two | after half past 2 | nach halb drei"),
    (
        "Wed 18 Nov 14:30-15:30",
        "2:30-3:30 | between half 2 and half 3 | 14:30 - 15:30 | zwischen halb drei und halb vier",
    ),
    (
        "Fri 4 Dec",
        "the fourth | fourth of december | am vierten | le quatre | il quattro dicembre | el cuatro de diciembre",
    ),
    (
        "Mon 7 Dec",
        "Mon 7th | on monday the 7th | week of 7 dec | w/c 7 dec | Woche vom 7. Dezember | 7th dec",
    ),
    (
        "Tue 1 Dec",
        "the first | first of the month | 1st of december | le premier décembre | am ersten Dezember",
    ),
    (
        "Mon 4 Jan 2027",
        "début d'année | a inizio anno | a principios de año | ad anno nuovo | dopo l'anno nuovo",
    ),
    ("Fri 20 Nov", "bis Ende der Woche | al final de la semana | per venerdì | fine della settimana"),
    (
        "Sat 21 Nov or Sun 22 Nov or Sat 28 Nov or Sun 29 Nov",
        "next weekend | le week-end prochain | il prossimo weekend | nächstes Wochenende",
    ),
    ("Fri 20 Nov or Sat 21 Nov or Sun 22 Nov", "a fine settimana | fine settimana"),
    ("Thu 19 Nov 10:30", "same time tomorrow | domani alla stessa ora | morgen zur gleichen Zeit"),
    ("Wed 2 Dec", "a fortnight today | week after next | übernächste Woche | tra una quindicina di giorni"),
    (
        "Wed 25 Nov or Wed 2 Dec",
        "in one or two weeks | in 1-2 weeks | fra 1 o 2 settimane | in 1 bis 2 Wochen",
    ),
    ("Thu 19 Nov", "next working day | nächster Werktag | il prossimo giorno lavorativo"),
    (
        "Wed 18 Nov 09:00-12:00",
        "before lunch | prima di pranzo | avant midi | antes de comer | vor dem Mittagessen",
    ),
    ("Thu 19 Nov 13:00", "tomorrow at one | domani all'una | mañana a la una | morgen um eins"),
    (
        "Fri 20 Nov or Sat 21 Nov or Sun 22 Nov",
        "in a few days | in ein paar Tagen | fra qualche giorno | dans quelques jours",
    ),
    (
        "Fri 20 Nov 17:00",
        "fri 5 | venerdì alle diciassette | Freitag um siebzehn Uhr | vendredi à dix-sept heures",
    ),
    ("Tue 24 Nov", "mar 24 nov | mardi 24 novembre | Di, 24.11."),
    ("Wed 2 Dec or Thu 2 Sep 2027", "2 sett"),
    # -- a slip of the finger is asked about
    ("Thu 19 Nov 09:00", "tomorow 9 | tommorrow 9 | domanni 9 | mogren 9"),
    ("Thu 19 Nov", "thrusday | thurday | donnerstg | giovdi | jeuves"),
)

NOT_A_TIME = (
    "due friday | at once | call at once | due | once | next due | "
    "second week of january | last week of may | in 45 | next fri or whenever | monday or whenever | in a bit | "
    "soon | asap | anytime | never | not sure | call me | someday | presto | bald | bientôt | "
    "pronto | "
    "31 feb | 30 feb | mon-fri | every month | 2-4-6pm | between 2 | "
    "half past | the 32nd | quarter | "
    "25-27 uhr | end of | after | before | fri 25:00 | 4pm-2pm fri sat | am 40. | "
    "after after 2 | or friday | friday or"
)
