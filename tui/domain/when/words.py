"""The words of a call-back phrase: English, Italian, German, French and Spanish, in small letters without accents."""

from __future__ import annotations

from tui.domain.promise import PARTS as PARTS_OF_DAY
from tui.domain.promise import Part


def _table(*rows: tuple[int, str]) -> dict[str, int]:
    return {word: value for value, words in rows for word in words.split()}


WEEKDAYS = _table(
    (0, "mon monday lun lunedi mo montag lundi lunes"),
    (1, "tue tues tuesday mar martedi dienstag mardi martes"),
    (2, "wed weds wednesday mer mercoledi mi mittwoch mercredi mie miercoles"),
    (3, "thu thur thurs thursday gio giovedi do donnerstag jeu jeudi jue jueves"),
    (4, "fri friday ven venerdi fr freitag vendredi vie viernes"),
    (5, "sat saturday sab sabato sa samstag sonnabend sam samedi sabado"),
    (6, "sun sunday dom domenica so sonntag dim dimanche domingo"),
)
"""Word to weekday, Monday is 0. The German `di` is in `when_turns`: in Italian it is a small word."""
MONTHS = _table(
    (1, "jan january gen gennaio januar janner janv janvier ene enero"),
    (2, "feb february febbraio februar fev fevr fevrier febrero"),
    (3, "mar march marzo marz maerz mrz mars"),
    (4, "apr april aprile avr avril abr abril"),
    (5, "may mag maggio mai mayo"),
    (6, "jun june giu giugno juni juin junio"),
    (7, "jul july lug luglio juli juil juillet julio"),
    (8, "aug august ago agosto aout"),
    (9, "sep sept september set sett settembre septembre septiembre setiembre"),
    (10, "oct october ott ottobre okt oktober octobre octubre"),
    (11, "nov november novembre noviembre"),
    (12, "dec december dic dicembre dez dezember decembre diciembre"),
)
"""Word to month; those of imported files, too."""
COUNTS = _table(
    (1, "a an one un una uno ein eine einem einer einen eins une"),
    (2, "two due zwei deux dos"),
    (3, "three tre drei trois tres"),
    (4, "four quattro vier quatre cuatro"),
    (5, "five cinque funf fuenf cinq cinco"),
    (6, "six sei sechs seis"),
    (7, "seven sette sieben sept siete"),
    (8, "eight otto acht huit ocho"),
    (9, "nine nove neun neuf nueve"),
    (10, "ten dieci zehn dix diez"),
    (11, "eleven undici elf onze once"),
    (12, "twelve dodici zwolf zwoelf douze doce"),
    (13, "thirteen tredici dreizehn treize trece"),
    (14, "fourteen quattordici vierzehn quatorze catorce"),
    (15, "fifteen quindici funfzehn fuenfzehn quinze quince"),
    (16, "sixteen sedici sechzehn seize dieciseis"),
    (17, "seventeen diciassette siebzehn diecisiete"),
    (18, "eighteen diciotto achtzehn dieciocho"),
    (19, "nineteen diciannove neunzehn diecinueve"),
    (20, "twenty venti zwanzig vingt veinte"),
    (30, "thirty trenta dreissig dreißig trente treinta"),
)
ORDINALS = _table(
    (1, "first ersten erster primo premier"),
    (2, "second zweiten zweiter"),
    (3, "third dritten dritter"),
    (4, "fourth vierten vierter"),
    (5, "fifth funften funfter"),
    (6, "sixth sechsten sechster"),
    (7, "seventh siebten siebter"),
    (8, "eighth achten achter"),
    (9, "ninth neunten neunter"),
    (10, "tenth zehnten zehnter"),
    (11, "eleventh elften elfter"),
    (12, "twelfth zwolften zwolfter"),
    (15, "fifteenth funfzehnten"),
    (20, "twentieth zwanzigsten"),
)
"""Words for a day of the month."""
UNITS = {
    **dict.fromkeys(
        ["m", "min", "mins", "minute", "minutes", "minuto", "minuti", "minuten", "minutos"], "minutes"
    ),
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours", "ora", "ore", "std", "stunde", "stunden"], "hours"),
    **dict.fromkeys(["heure", "heures", "hora", "horas"], "hours"),
    **dict.fromkeys(["d", "day", "days", "g", "giorno", "giorni", "gg", "tag", "tage", "tagen"], "days"),
    **dict.fromkeys(["jour", "jours", "dia", "dias"], "days"),
    **dict.fromkeys(
        ["w", "wk", "wks", "week", "weeks", "settimana", "settimane", "sett", "woche", "wochen"], "weeks"
    ),
    **dict.fromkeys(["semaine", "semaines", "semana", "semanas"], "weeks"),
    **dict.fromkeys(
        ["mo", "month", "months", "mese", "mesi", "monat", "monate", "monaten", "mois"], "months"
    ),
    **dict.fromkeys(["mes", "meses"], "months"),
    **dict.fromkeys(
        ["year", "years", "anno", "anni", "jahr", "jahre", "jahren", "an", "ans", "ano", "anos"], "years"
    ),
}
"""Word to the unit it counts."""
RELATIVE_DAYS = _table(
    (0, "today oggi heute aujourdhui hoy"),
    (1, "tomorrow tmrw tmw tmr tom tomo domani morgen demain manana"),
    (2, "dopodomani ubermorgen uebermorgen apresdemain overmorrow"),
)
YESTERDAY = frozenset({"yesterday", "ieri", "gestern", "hier", "ayer"})
"""Only of a call that was made earlier."""
_MORNING, _AFTERNOON, _EVENING = (PARTS_OF_DAY[name] for name in ("morning", "afternoon", "evening"))
PARTS: dict[str, Part] = {
    "morning": _MORNING,
    "afternoon": _AFTERNOON,
    "lunch": _AFTERNOON,
    "evening": _EVENING,
    "eve": _EVENING,
    **dict.fromkeys(["mattina", "mattino", "mattinata", "matin", "matinee"], _MORNING),
    **dict.fromkeys(["vormittag", "vormittags", "fruh", "morgens"], _MORNING),
    **dict.fromkeys(["pomeriggio", "nachmittag", "nachmittags", "apresmidi", "tarde"], _AFTERNOON),
    **dict.fromkeys(["sera", "serata", "abend", "abends", "soir", "soiree", "noche"], _EVENING),
}
"""Words for a part of the day; after lunch is the afternoon."""
NOON = frozenset({"noon", "midday", "mezzogiorno", "mittag", "midi", "mediodia"})
BEFORE_A_TIME = frozenset({"at", "alle", "all", "ore", "@", "um"})
"""A number behind one of these is an hour."""
IGNORED = frozenset(
    {
        *("on", "the", "of", "by", ",", "-"),
        *("il", "la", "nel", "di", "della"),
        *("am", "im", "den", "dem", "der", "des", "ab", "zum"),
        *("le", "du", "de", "au", "les", "l"),
        *("el", "los", "las", "en", "del", "al", "por"),
    }
)
AHEAD = frozenset({"in", "fra", "tra", "dans", "dentro", "+"})
"""A span of time must follow."""

any_weekday = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
any_month = "|".join(sorted(MONTHS, key=len, reverse=True))
any_unit = "|".join(sorted(UNITS, key=len, reverse=True))
any_count = "|".join(sorted(COUNTS, key=len, reverse=True))
any_ordinal = "|".join(sorted(ORDINALS, key=len, reverse=True))
any_noon = "|".join(sorted(NOON, key=len, reverse=True))
"""Alternatives for a pattern, the longest first."""
