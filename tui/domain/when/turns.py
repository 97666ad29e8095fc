"""Turns of speech, each rewritten into the few words the grammar reads: `half past 3` is `3.30`, `EOW` is `endof week`.

The order matters: a longer turn stands before a shorter one that is a part of it. What can be read in two ways is not
settled here but in `when_readings`, hours that begin and end something in `when_hours`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tui.domain.when.words import (
    COUNTS,
    ORDINALS,
    any_count,
    any_month,
    any_noon,
    any_ordinal,
    any_unit,
    any_weekday,
)

NEXT = "next|prossim[oa]|nachst(?:e[nrs]?)?|naechst(?:e[nrs]?)?|prochaine?|proxim[oa]|que viene|che viene|qui vient"
_THIS = "this coming|this|quest[oa]|diese[nrs]?|coming|kommende[nrs]?|ce|cet|cette|este|esta"
_OF = "(?: (?:of|the|del|della|dell|di|der|des|dem|de|la|el|le|l|du|d|von|next)){0,3}"
_AFTER = "after|dopo|nach|apres|despues"
_ARTICLES = "(?:the |il |le |l |den |dem |les |las |los |del |de ){0,3}"
_START = (
    "beginning|start|early|inizio|primi|anfang|debut|principios?|comienzos?|first week|prima settimana|erste woche|"
    "premiere semaine|primera semana"
)
_MID = "middle|mid|meta|mitte|milieu|mediados|mi"
_END = "end|fine|ende|fin|final(?:es)?|late"
_WEEK = "week|settimana|woche|semaine|semana"
_MONTH = "month|mese|monats?|mois|mes"
_YEAR = "year|anno|jahr(?:es)?|annee|ano"
_QUARTER = "quarter|trimestre|quartals?"
_ALL_DAY = "im laufe des tages|dans la journee|nel corso della giornata|durante el dia|during the day"
_A_DAY = rf"(?:#\d|(?:{any_weekday})\b|\d{{1,2}} (?:{any_month})\b|(?:{any_month}) \d)"
_NUMBER = r"\d{1,2}"
_COMING = f"{NEXT}|coming|kommende[nrs]?|entrante"
"""Next, beside a week or a month; beside a weekday some of these mean this week's."""
_NOT_BEFORE = "not before|nicht vor|non prima d[ie]l?|pas avant|no antes del?"
_WORK = "the day|day|business|work|play|giornata|des tages|journee|del dia|de dia|la jornada"

BEGINNINGS: tuple[tuple[str, str], ...] = (
    # Spelling.
    (r"(?<=[a-z])[.!?]+$", ""),
    (r"\b([ap])\. ?m\b\.?", r"\1m"),
    (r"[–—]", "-"),
    (r"\baujourd ?'? ?hui\b", "aujourdhui"),
    (r"\bapres[- ]midi\b", "apresmidi"),
    (r"\bapres[- ]demain\b", "apresdemain"),
    (r"\bdopo domani\b", "dopodomani"),
    (r"\b(?:the )?day after tomorrow\b|\bpasado manana\b", "dopodomani"),
    (r"\bweek-end\b", "weekend"),
    (r"(?<!\d)(\d{1,2}(?:[:.]\d\d)?)\s*-?ish\b", r"at \1"),
    (rf"\b({any_weekday}|di|{any_month})\.(?=[ ,]|$)", r"\1"),
    (r"\bo[' ]clock\b", "uhr"),
    (rf"\b({any_weekday})/(?={any_weekday})", r"\1 or "),
    (r"\b(?:a la una|all'una|um ein(?:s\b|(?= uhr))|a une heure)", "at 1"),
    (r"\b(at|after|before|around|past|to|or) one\b", r"\1 1"),
    (r"\bone or\b", "1 or"),
    (r"\bdomani l'altro\b", "dopodomani"),
    (r"\bdix[- ]sept\b", "17"),
    (r"\bdix[- ]huit\b", "18"),
    (r"\bdix[- ]neuf\b", "19"),
    (r"\b(?:their time|ora loro|deren zeit|leur heure|su hora)$", ""),
    (r"'", " "),
    (
        r"\b(?:from now|from today|da oggi|da adesso|ab heute|von heute an|a partir d aujourdhui|a partir de hoy)\b",
        "",
    ),
    # Spans that are said without a number.
    (
        r"\b(?:a |un |una |une |einer )?(?:fortnight|quindicina|quinzaine|quincena)(?: di giorni)?\b",
        "2 weeks",
    ),
    (r"\b(?:the )?week after next\b|\b(?:uber|ueber)nachste woche\b", "2 weeks"),
    (rf"\b(?:a couple of|un paio di|un par de) (?=(?:{any_unit})\b)", "2 "),
    (
        r"\b(?:an? hour and a half|un ora e mezz[ao]|anderthalb stunden|eineinhalb stunden|(?:una )?hora y media)\b",
        "90 min",
    ),
    (r"\b(?<=dans )une heure et demie\b", "90 min"),
    *(
        (
            rf"\b(?:(?:{count}|{words}) (?:hours and a half|and a half hours|ore e mezz[ao]|horas y media)"
            rf"|{german}einhalb stunden|(?<=dans )(?:{count}|{words}) heures et demie)\b",
            f"{count * 60 + 30} min",
        )
        for count, german, words in (
            (2, "zwei", "two|due|deux|dos"),
            (3, "drei", "three|tre|trois|tres"),
            (4, "vier", "four|quattro|quatre|cuatro"),
        )
    ),
    (r"\b(?:un oretta|une petite heure|(?:einem )?stundchen|una horita)\b", "60 min"),
    (
        r"\b(?:half an hour|(?:una )?mezz ?ora|(?:einer |eine )?halben? stunde|(?:une )?demi[- ]heure|media hora|"
        r"mezz oretta)\b",
        "30 min",
    ),
    (
        r"\b(?:a quarter of an hour|un quarto d ora|(?:einer )?viertelstunde|un quart d heure|un cuarto de hora)\b",
        "15 min",
    ),
    (r"\b(?:half a year|(?:einem )?halben jahr|mezz anno|medio ano)\b", "6 months"),
    (r"(?<=week|eeks)(?: s)?\s+time\b", ""),
    (r"\b(?:noch heute|heute noch|in giornata)\b", "heute"),
    (r"\b(?:in|dans la|dans l|in the) (?=mattinata|serata|matinee|apresmidi|soiree|afternoon|evening)", ""),
    (rf"^(?:plus tard )?(?:{_ALL_DAY})$", "heute"),
    (rf"\b(?:{_ALL_DAY}|onwards?)(?=$| )", ""),
    (r"\bgleich (?=\w+ fruh\b)", ""),
    (
        r"\b(?:at )?(?:the )?same time\b|\b(?:alla )?stessa ora\b|\b(?:zur )?(?:gleichen?|selben) zeit\b|"
        r"\b(?:a la )?(?:meme heure|misma hora)\b",
        "sametime",
    ),
    (
        r"\b(?:the )?next (?:working|business) day\b|\bprossimo giorno lavorativo\b|\bnachste[rn]? werktag\b|"
        r"\bprochain jour ouvrable\b|\bproximo dia laborable\b",
        "nextworkday",
    ),
    (
        r"\b(?:the )?(?:week (?:of|commencing|beginning)|w/c|woche vom|settimana del|semaine du|semana del) "
        rf"(?=\d|#|(?:{any_month}) \d)",
        "",
    ),
    (r"\b(?:kurz|just|shortly|poco|juste|un poco) (?=after|nach|dopo|apres|despues)", ""),
    (
        r"^(?:please |bitte )?(?:(?:call|ring|phone|try)(?: (?:me|him|her|them|us))?(?: back| again)?|richiamar[ei]|"
        r"richiamami|anrufen|ruckruf|rappeler|rappelez[- ]moi|volver a llamar|llamar(?:me|le)?|llamame) (?=\S)"
        r"|(?<=\w) (?:zuruckrufen|anrufen)$|(?<=\w) (?:sharp|on the dot|punktlich|in punto|pile|en punto)\b",
        "",
    ),
    (
        r"\b(?:after work|nach (?:der arbeit|feierabend)|dopo (?:il )?lavoro|apres le (?:travail|bureau)|"
        r"despues del trabajo)\b",
        "evening",
    ),
    (rf"\b(?:{_NOT_BEFORE})(?: (?:the|le|il|el|dem))? (?={_A_DAY})", ""),
    (rf"\b(oggi|domani|{any_weekday}) a (?:otto|8)$", r"\1 week"),
    # Days.
    (rf"\b({any_weekday})(morgen|vormittag|nachmittag|abend|fruh|mittag)\b", r"\1 \2"),
    (r"(?<![a-z0-9] )\bdi (?=\d|um\b|gegen\b|fruh\b|vormittag|nachmittag|abend)|^di$", "dienstag "),
    (rf"\b({NEXT}|{_THIS}) di\b", r"\1 dienstag"),
    (
        r"\b(?:later|some ?time|any time|anytime|piu tardi|spater|im laufe des tages|plus tard|mas tarde)(?= \w)",
        "",
    ),
    (r"(?<=\w) (?:later|some ?time|any time|anytime|piu tardi|spater|plus tard|mas tarde)$", ""),
    (r"\bdomattina\b", "tomorrow morning"),
    (r"\b(?:stasera|tonight|ce soir|esta noche|stanotte)\b", "today evening"),
    (r"\b(?:stamattina|stamani|ce matin|esta manana)\b", "today morning"),
    (r"\b(?:cet apresmidi|esta tarde)\b", "today afternoon"),
    (rf"\b(?:{_THIS}) (?=morning|afternoon|evening|mattina|pomeriggio|sera\b)", "today "),
    (rf"\b(heute|ubermorgen|uebermorgen|{any_weekday}) morgen\b", r"\1 morning"),
    (r"\bam morgen\b|\bin the morning\b|\b(?:por|en) la manana\b", "morning"),
    (
        rf"\b({_NUMBER}(?:[:.]\d\d)?) (?:de la manana|del mattino|di mattina|du matin|in the morning|morgens)\b",
        r"\1 am",
    ),
    (
        rf"\b({_NUMBER}(?:[:.]\d\d)?) (?:de la (?:tarde|noche)|del pomeriggio|di pomeriggio|di sera|du soir|afternoon|"
        r"de l apresmidi)\b",
        r"\1 pm",
    ),
    (rf"\b({any_weekday}) manana\b", r"\1 morning"),
    (rf"\b(morgen|tomorrow|{any_weekday}) (?:am|fruh)$", r"\1 morning"),
    (rf"\b(tomorrow|tmrw|today|{any_weekday}) pm$", r"\1 afternoon"),
    (
        r"\b(?:after lunch|dopo pranzo|nach dem (?:mittag)?essen|nach der mittagspause|apres (?:le )?dejeuner|"
        r"despues de comer)\b",
        "lunch",
    ),
    # Weekends, and what comes after them.
    (r"\b(?:nel|il|questo|prossimo) fine settimana\b|\b(?:wochenendes?|fin de semana)\b", "weekend"),
    (r"\b(?:entro |a |per )?(?:il )?fine settimana\b", "finesettimana"),
    (r"\b(?:after|dopo|nach|apres|despues)(?: (?:the|il|dem|le|del|de))? weekend\b", "this monday"),
    (rf"\b(?:(?:at|on|in|the|nel|il|am|ce|el|le|{_THIS}) ){{0,3}}weekend\b", "weekend"),
)
"""What must be put right first."""

ENDS: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:eod|cob|cop|feierabend|tagesende|close of (?:play|business)|last thing|(?:a )?ultima hora)\b(?: on\b)?",
        "17:00~18:00",
    ),
    (rf"\b(?:en |a |al |at |zum )?(?:end(?: of)?|fine|ende|fin(?: de)?|final) (?:{_WORK})\b", "17:00~18:00"),
    (
        r"\b(?:first thing(?: in the morning)?|come prima cosa|(?:a )?inizio giornata|(?:gleich )?als erstes|"
        r"gleich fruh|(?:matin )?(?:a la )?premiere heure|a primera hora(?: de[l]?)?)\b(?: on\b)?(?: morning\b)?",
        "09:00~10:00",
    ),
    (
        r"\b(?:late afternoon|tardo pomeriggio|spaten nachmittag|en fin d apresmidi|a ultima hora de la tarde)\b",
        "16:00~18:00",
    ),
    (r"\b(?:early afternoon|primo pomeriggio|fruhen nachmittag|(?:en )?debut d apresmidi)\b", "14:00~15:30"),
    (r"\b(?:late morning|tarda mattinata|spaten vormittag|(?:en )?fin de matinee)\b", "11:00~12:00"),
    (r"\b(?:mid[- ]morning|meta mattina|a media manana)\b", "10:00~11:00"),
    (r"\bmid[- ]afternoon\b|\bmeta pomeriggio\b|\ba media tarde\b|\bmilieu d apresmidi\b", "15:00~16:00"),
    (
        r"\b(?:before lunch|prima di pranzo|vor (?:dem )?(?:mittag(?:essen)?|essen)|avant (?:le )?dejeuner|avant midi|"
        r"antes de comer)\b",
        "09:00~12:00",
    ),
    (
        rf"\bearly (?=(?:tomorrow|on |{any_weekday})\b)|(?<=\w)(?: mattina| morning)? (?:presto|early|temprano|tot|"
        r"de bonne heure)$",
        " 09:00~10:00 ",
    ),
    (
        rf"\blate (?=(?:tomorrow|on |{any_weekday})\b)|(?<=\w)(?<!piu)(?<!plus) (?:late|tard|tardi|spat)$",
        " 16:00~18:00 ",
    ),
    (
        r"\b(?:at )?(?:lunchtime|lunch time|ora di pranzo|a pranzo|mittags|mittagszeit|a la hora de comer)\b",
        "12:00~14:00",
    ),
    (
        r"\b(?:in (?:the )?|nel |ad |con (?:il |l )|im |a la |en (?:el )?)?"
        r"(?:new year|nuovo anno|anno nuovo|neuen jahr|"
        r"nouvelle annee|nouvel an|ano nuevo|nuevo ano)(?<!after new year)\b",
        "startof nextyear",
    ),
    (rf"\b(?:{NEXT}) (?:{_YEAR})\b|\b(?:{_YEAR}) (?:{NEXT})\b", "startof nextyear"),
    (r"\bdopo startof nextyear\b|\bdopo l startof nextyear\b", "afternewyear"),
    (rf"\b(?:{NEXT}) (?:{_QUARTER})\b|\b(?:{_QUARTER}) (?:{NEXT})\b", "startof nextquarter"),
    (
        rf"\b(?:la |die |le |der |in der |el |il |den |im )?(?:(?:{_COMING}) (?:{_WEEK})|(?:{_WEEK}) (?:{_COMING}))\b",
        "nextweek",
    ),
    (
        rf"\b(?:la |die |le |der |el |il |den |im )?(?:(?:{_COMING}) (?:{_MONTH})|(?:{_MONTH}) (?:{_COMING}))\b",
        "nextmonth",
    ),
    (r"\beow\b|\bwochenschluss\b", "endof week"),
    (r"\beom\b|\bmonatsende\b", "endof month"),
    (r"\beoy\b|\bjahresende\b", "endof year"),
    (r"\b(?:in )?q([1-4])\b", r"quarter\1"),
    *(
        (
            rf"\b(?:by |at |the |a |en |zum |im |entro |all? |alla |ai |i ){{0,3}}(?:{words})-?{_OF}[ -]"
            rf"(?=(?:this |the )?(?:startof next|nextweek|nextmonth|{_WEEK}|{_MONTH}|{_YEAR}|{_QUARTER}|{any_month}))",
            f"{edge} ",
        )
        for words, edge in ((_START, "startof"), (_MID, "midof"), (_END, "endof"))
    ),
    *(
        (rf"\b(startof|midof|endof) (?:this |the )?(?:{words})\b", rf"\1 {span}")
        for words, span in ((_WEEK, "week"), (_MONTH, "month"), (_YEAR, "year"), (_QUARTER, "quarter"))
    ),
    (r"\b(startof|midof|endof) startof\b", r"\1"),
    (
        rf"\b(?:{_AFTER}|post) {_ARTICLES}(?:(?:vacanze|vacaciones) d[ie] )?"
        r"(?:easter(?: (?:break|monday|weekend|holidays))?|pasquetta|pasqua|ostern|paques|pascua|semana santa)\b",
        "aftereaster",
    ),
    (
        rf"\b(?:{_AFTER}) {_ARTICLES}(?:christmas|xmas|natale|weihnachten|noel|navidad)\b",
        "afterchristmas",
    ),
    (
        rf"\b(?:{_AFTER}) {_ARTICLES}(?:pentecost|whitsun|pentecoste|pfingsten|pentecote|pentecostes)\b",
        "afterwhitsun",
    ),
    (
        r"\bdopo (?:le )?feste\b|\bdopo (?:l )?epifania\b|\bdopo la befana\b|"
        r"\bdespues de (?:las )?fiestas\b|\bdespues de reyes\b|"
        r"\bnach (?:dem )?dreikonigstag\b|\bapres (?:l )?epiphanie\b",
        "afterepiphany",
    ),
    (
        r"\bafter (?:the )?new year\b|\bnach (?:den )?feiertagen\b|\bnach neujahr\b|\bapres (?:les )?fetes\b|"
        r"\bdopo capodanno\b|\bapres (?:le )?nouvel an\b|\bdespues de ano nuevo\b",
        "afternewyear",
    ),
    (r"\bdopo ferragosto\b|\bnach maria himmelfahrt\b|\bapres le 15 aout\b", "aftermidaugust"),
    (
        rf"\b(?:{_AFTER}) {_ARTICLES}(?:summer(?: holidays| break)?|estate|sommerferien|sommer|grandes vacances|"
        r"vacances d ete|ete|verano|vacaciones de verano)\b|\ba la rentree\b",
        "aftersummer",
    ),
    (
        rf"\b(?:{_AFTER}) {_ARTICLES}(?:holidays?|vacation|ferie|vacanze|ferien|urlaub|vacances|vacaciones)\b",
        "afterholidays",
    ),
    (rf"\b(?:later )?(?:this|quest[oa]|diese[rn]?|cette|esta) (?:{_WEEK})(?: noch)?\b", "thisweek"),
)
"""Days and hours with a name."""

HOURS: tuple[tuple[str, str], ...] = (
    (r"\b(?:midi et demie?|mezzogiorno e mezz[ao]|mediodia y media)\b", "12.30"),
    (rf"\b(?:after|nach dem) (?:{any_noon})\b", "afternoon"),
    (rf"\b(?:{any_noon})\b", "12.00"),
    (rf"(?<![\d/.:#-])(\d{{1,2}}) (00|15|30|45)\b(?![:.\d])(?! ?(?:{any_unit}|{any_month})\b)", r"\1.\2"),
    (r"\bh (?=\d)", "at "),
    (r"\b(\d{1,2}) ?(?:st|nd|rd|th|er|°|º)(?=\W|$)", r"#\1"),
    (r"\bapres le (\d{1,2})\b(?! ?h)", r"apres #\1"),
    (r"\b(\d{1,2})[:.](\d\d) ?(?:uhr|hrs?|h)\b", r"\1.\2"),
    (r"\b(\d{1,2}) ?(?:uhr|heures?|h) ?(\d\d)\b", r"\1.\2"),
    (r"(?<!dans )\b(?:a )?(\d{1,2}) ?(?:uhr|heures?)\b(?! et (?:demie?|quart)| moins)", r"at \1"),
    (r"\ba las? (\d{1,2}) horas\b", r"at \1"),
    (r"\b(\d{1,2}) e (\d\d)\b", r"\1:\2"),
    # Halves and quarters.
    (r"\b(?:half|mezza) past (\d{1,2})\b|\bhalf (\d{1,2})\b", r"\1\2.30"),
    (r"\b(?:alle |le |a las? )?(\d{1,2})(?: heures?)? (?:e mezz[ao]|et demie?|y media)\b", r"at \1.30"),
    (r"\b(?:alle |le )?(\d{1,2}) e (?:3|tre) quarti\b", r"at \1.45"),
    (r"\b(?:a )?quarter past (\d{1,2})\b|\bviertel nach (\d{1,2})\b", r"\1\2.15"),
    (r"\b(?:alle |le |a las? )?(\d{1,2})(?: heures?)? (?:e un quarto|et quart|y cuarto)\b", r"at \1.15"),
)
"""Clock times."""

LAST: tuple[tuple[str, str], ...] = (
    (rf"\b(?:the |den |der |am )?({any_ordinal}) (?:of |di |de )?(?=(?:{any_month})\b)", r"#\1 "),
    (rf"\b(?:on the|the|am|den|der|dem|zum) ({any_ordinal})\b", r"#\1"),
    (rf"^({any_ordinal}) (?=(?:of|del|des|du) (?:the )?(?:month|mese|monats|mois|mes)\b)", r"#\1 "),
    (rf"\b({any_month}) the (?=#)", r"\1 "),
    (r"(#\w+) (?:of|del|des|du) (?:the )?(?:month|mese|monats|mois|mes)\b", r"\1"),
    (
        r"\b(?:at|alle|a las?|all|ore|um|gegen|vers|verso|sobre las?|hacia las?|around|about|roughly|circa|ca|a|"
        r"a eso de las?|per le|punkt)(?: le| las?)? (?:at ){0,3}(?=\d)",
        "at ",
    ),
    (rf"\b(1er|uno) (?:of |di |de )?(?=(?:{any_month})\b)", "#1 "),
    (rf"\b(\d{{1,2}})\. ?(?=(?:{any_month})\b)", r"\1 "),
    (rf"(\d) (?:of|di|de|del) (?=(?:{any_month})\b)", r"\1 "),
    (
        rf"(?<!\d )\b(?:on the|the|il giorno|il|le|el dia|el|giorno|dia|am|den|der|dem|zum) (\d{{1,2}})\b\.?"
        rf"(?! ?(?:[:./]?\d|-|~|h\b|uhr|am\b|pm\b|(?:{any_unit})\b|(?:{any_month})\b))",
        r"#\1",
    ),
    (rf"\b(?:a|al|um|gegen|vers|verso|zu) (?=(?:{any_noon})\b)", "at "),
    (r"\b(?:at )+", "at "),
    (rf"\b(?:in|en|im|a|ad|au mois de|nel mese di) (?=(?:{any_month})\b)", ""),
    (
        r"\b(?:dentro de|dans|d ici|en|fra|tra|entro) (?!\d\d:)(?=\d|(?:ein|eine|einer|einem|un|una|une|uno)\b)",
        "in ",
    ),
    (rf"\b(?:{_THIS}) (?=(?:{any_weekday})\b)", "this "),
    (
        r"\b(?:by|bis|spatestens|d ici|entro|per|para|from|ab|a partir d[ei]|a partire da|dal?)"
        r"(?: (?:the|il|zum|le|el))? "
        rf"(?={_A_DAY}|(?:endof|startof|midof|next|after)|weekend|this |\d\d:\d\d~)",
        "",
    ),
    (r"\bnextmonth (?:on )?(?:the )?(#\d{1,2})\b", r"\1 nextmonth"),
    (r"(#\d{1,2}) (?:of |di |del |des |du |de )?(?=nextmonth)", r"\1 "),
)
"""What is left to say in one way."""


@lru_cache(maxsize=8)
def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), instead) for pattern, instead in table)


def rewritten(phrase: str, table: tuple[tuple[str, str], ...]) -> str:
    """The phrase with every turn of a table in the words of the grammar."""
    for pattern, instead in _compiled(table):
        phrase = pattern.sub(instead, phrase)
    return " ".join(_ORDINAL.sub(lambda word: f"#{ORDINALS[word[1]]}", phrase).split())


_ORDINAL = re.compile(rf"#({any_ordinal})\b")


@lru_cache(maxsize=1)
def words_of_turns() -> frozenset[str]:
    """Every word that a turn of speech is made of: none of them is a slip."""
    patterns = (pattern for table in (BEGINNINGS, ENDS, HOURS, LAST) for pattern, _ in table)
    return frozenset(word for pattern in patterns for word in re.findall(r"[a-z]{3,}", pattern))


_NUMBER_WORDS = re.compile(
    rf"\b(?!(?:a|an|un|una|une|uno|one|ein|eine|einem|einer|einen|eins|sept|due|once)\b)(?:{any_count})\b"
)
_AS_A_NUMBER = re.compile(
    rf"\b(?:sept|due|once)(?= (?:{any_unit})\b)|\b(?<=le )due\b|\b(?<=las )once\b|\bdue(?= o )|\b(?<= o )due\b"
)


def in_figures(phrase: str) -> str:
    """The phrase with its number words in figures.

    Not so an article, nor what is another word elsewhere: a French month, "due" and "at once" in English.
    """
    phrase = _AS_A_NUMBER.sub(lambda word: str(COUNTS[word[0]]), phrase)
    return _NUMBER_WORDS.sub(lambda word: str(COUNTS[word[0]]), phrase)
