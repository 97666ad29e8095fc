"""Sentences of five languages that ask never to be called again, as they stand in notes, tags and beside numbers."""

from __future__ import annotations

import re
from enum import Enum, auto

from tui.exchange.reading.headings.words import plain_words

_SENTENCE_END = re.compile(r"[.,;:!?()\[\]{}|/\n\"]+")
_PARTS = {
    "verb": "call|phone|telephone|ring|dial|contact|disturb|solicit",
    "be_called": "be (?:called|contacted|phoned|telephoned|rung|disturbed)",
    "kind": "phone|telephone|marketing|sales|cold|more|further|any|all|our|your|such",
    "calls": "calls|calling|contact(?! (?:details?|numbers?|info|information|persons?|names?|data))|telemarketing",
    "it": "piu|lo|la|li|le|mi|ci|si|mai|va|vanno|deve|devono|vuole|vogliono|desidera|gradisce|assolutamente",
    "de": "mehr|wieder|nochmal|telefonisch|noch einmal|von uns|durch uns|per telefon",
    "es": r"se|le|la|lo|les|los|me|nos|debe|deben|hay|que|volver|vuelv\w+|a|quiere|quieren|desea|desean|mas",
}
"""Lists of words that stand in several sentences."""
_REACHED = (
    "reached|reachable|answers|answered|replies|raggiungibile|risponde|risposto|erreichbar|erreicht|joignable|joint"
    "|repond|repondu|localizable|localizado|responde|contesta"
)
_BY_NEITHER = (
    "".join(f"(?<!{word} )" for word in _REACHED.split("|"))
    + "(?:{})"
    + r"(?!(?: \w+){{0,5}} (?:"
    + _REACHED
    + r"))"
)
"""By phone or by text message: what is not wanted, unless it is how somebody was not reached."""


def _filled(pattern: str) -> str:
    """A sentence with the lists in place of their names, each a group that keeps nothing."""
    return re.sub(r"<(\w+)>", lambda found: "(?:" + _PARTS[found[1]] + ")", pattern)


_ENGLISH = (
    r"(?:do not|don t|dont|donot|never|must not|mustn t|shall not|should not|shouldn t|not to|to not|please not)"
    r" (?:ever |please |again |cold |re )?(?:<verb>|<be_called>)",
    r"don(?:o)?t(?:call|phone|contact|ring)",
    r"(?:may|must|should|shall) (?:not|never) (?:ever )?<be_called>",
    r"(?:does not|doesn t|doesnt|do not|don t|did not|didn t|no longer) (?:want|wants|wish|wishes|like)"
    r" (?:(?:<kind>|to|receive|get|be|us|you) )*(?:<calls>|call|called|contacted|phoned|disturbed)",
    r"(?:wants|want|wishes|requests|requested|asked for|asks for) no (?:(?:<kind>) )*(?:<calls>)",
    r"no (?:more|further) (?:(?:<kind>) )*(?:<calls>)",
    r"no (?:(?:<kind>) )*(?:<calls>) (?:please|ever|wanted|again|any ?more)",
    r"stop (?:calling|phoning|ringing|contacting)",
    r"(?:removed?|removal|taken?|take|delisted?) (?:(?:me|him|her|them|us|name|number|contact|be) ){0,2}(?:from|off)"
    r" (?:(?:the|our|your|all|this|any|calling|call|phone|telephone|dialler|dialer|contact|marketing|sales) )*"
    r"(?:lists?|database)",
    r"(?:opt(?:ed|s|ing)? out|unsubscribed?|objects|objected|objection|withdrew consent) (?:of|from|to)"
    r" (?:(?:all|any|our|the|further|being|receiving|phone|telephone|sales|marketing) )*"
    r"(?:calls?|calling|called|contact|contacted|phone|telephone|telemarketing"
    r"|marketing(?! (?:emails?|mails?|sms|texts?|messages|newsletters?)))",
    r"(?:refuses|declines|rejects) (?:(?:<kind>|to be|to receive) )*(?:calls|contact|called|contacted)",
    r"(?:on|in|registered with|listed on|listed in|member of) (?:the )?(?:dnc\w?|c?tps|bloctel|do not call)",
    r"(?:do not|don t) allow (?:any )?(?:phone |telephone )?calls",
    r"robinson ?list(?:e|s)?",
    _BY_NEITHER.format(
        r"neither (?:by (?:phone|telephone)|(?:phone|telephone|calls) n?or (?:by )?(?:sms|texts?))"
    ),
)
_ITALIAN = (
    r"(?:non|mai) (?:(?:<it>|essere|ricevere|da) )*"
    r"(?:(?:ri)?chiamar\w*|(?:ri)?chiamate\w*|(?:ri)?contattar\w*|(?:ri)?contattate\w*|telefonar\w*|telefonate\w*|disturbar\w*)",
    r"(?:non|mai) (?:(?:<it>) )*essere (?:(?:piu|mai) )?(?:(?:ri)?chiamat\w|(?:ri)?contattat\w|disturbat\w)",
    r"(?:niente|basta|nessuna altra) (?:piu )?(?:chiamate|telefonate|contatti|chiamare|telefonare)",
    r"(?:tolt|rimoss|cancellat|eliminat|toglie|rimuove|cancella|elimina)\w* (?:\w+ ){0,3}?da(?:l|lla|lle|i|gli)?"
    r" (?:(?:nostr[aeio]|vostr[aeio]|tutte|le) )*(?:list[ae]|elenc\w+)",
    r"rifiuta (?:(?:il|le|ogni|i) )?(?:contatt\w+|chiamate|telefonate)",
    r"registro (?:pubblico )?(?:delle )?opposizioni",
    r"lista robinson",
    _BY_NEITHER.format(r"ne (?:per telefono|(?:al |il )?telefono ne (?:gli |per )?sms)"),
)
_GERMAN = (
    r"(?<!konnte )(?<!konnten )(?<!kann )(?:nicht|nie|niemals|keinesfalls)(?: (?:<de>))* "
    r"(?:zu )?(?:anrufen|anzurufen|kontaktieren|telefonieren|storen|(?:angerufen|kontaktiert) (?:zu )?werden)",
    r"ruf(?:en|t)?(?: sie)?(?: (?:mich|uns|ihn|bitte))* nicht(?: mehr| wieder)? an",
    r"(?:mochte|will|wunscht|wunschen|wollen) keinen? (?:\w+ ){0,2}(?:anrufe?|werbeanrufe|telefonate|kontaktaufnahme)",
    r"keine (?:weiteren|weitere) (?:werbe)?anrufe",
    r"keine? (?:werbe)?anrufe? (?:mehr|bitte|erwunscht|gewunscht|erlaubt)",
    r"(?:anruf|telefon|kontakt|werbe)sperre",
    r"werbewiderspruch",
    r"(?:anrufe?|kontakt\w*|telefonate|(?:telefon)?werbung) (?:(?:ist|sind|wurden?|hat|strikt|ausdrucklich|jeder) )*"
    r"(?:untersagt|verbeten|verboten|unerwunscht|nicht (?:erwunscht|gewunscht))",
    r"(?:untersagt|verbietet|verbittet)(?: sich)? (?:(?:uns|jeden?|alle|weitere) )*(?:werbe)?(?:anrufe?|kontakt\w*)",
    r"(?:von|aus) (?:der|unserer|ihrer|allen) (?:\w*liste|listen)"
    r" (?:(?:zu|bitte) )?(?:streichen|gestrichen|nehmen|genommen|entfernen|entfernt|loschen|geloscht)",
    r"(?:lehnt|verweigert) (?:(?:weitere|alle|jeden?|telefonische) )*(?:werbe)?(?:anrufe?|kontakt\w*)",
    _BY_NEITHER.format(r"weder (?:telefonisch|per telefon|am telefon|(?:telefon|anrufe?) noch (?:per )?sms)"),
)
_FRENCH = (
    r"ne (?:(?:surtout|veut|veulent|souhaite|desire|doit|faut|l|le|la|les|me|nous) )*(?:pas|plus|jamais)(?: jamais)?"
    r" (?:(?:l|le|la|les|me|nous|etre|recevoir|d|de|qu on) )*"
    r"(?:(?:r)?appel\w*|(?:re)?contact\w*|telephon\w*|derang\w*|demarch\w*)",
    r"n (?:appelez|contactez|telephonez) (?:plus|pas|jamais)",
    r"plus (?:d appels?|de demarchage)",
    r"pas de (?:demarchage|prospection)",
    r"(?:retire|enleve|supprime|raye)\w* (?:\w+ ){0,2}?(?:de|des) (?:(?:la|votre|nos|vos|notre|toutes) )*listes?",
    r"(?:inscrite?|liste) (?:a |sur |au )?bloctel",
    r"refuse (?:(?:les|tout|d|de|le) )*(?:etre )?(?:appel\w*|contact\w*|demarch\w*)",
    r"liste d opposition",
    _BY_NEITHER.format(r"ni (?:par telephone|(?:le |de )?telephone ni (?:les |de |par )?(?:sms|textos?))"),
)
_SPANISH = (
    r"(?:no|nunca|jamas) (?:(?:<es>|recibir) )*"
    r"(?:llamar\w*|llame\w*|llamadas|contactar\w*|contacten?|telefonear\w*|molestar\w*|molesten?)",
    r"(?:no|nunca) (?:(?:<es>) )*ser (?:mas )?(?:llamad\w|contactad\w|molestad\w)",
    r"(?:rechaza|rehusa) (?:(?:las|ser|el|todo) )*(?:llamad\w+|contact\w+)",
    r"dad[oa] de baja de (?:las )?llamadas",
    r"(?:quit|borr|saqu|sac|elimin)\w+ (?:\w+ ){0,2}?de (?:(?:la|las|su|sus|esta|nuestra|todas) )*listas?",
    _BY_NEITHER.format(r"ni (?:por telefono|(?:el )?telefono ni (?:por |los )?(?:sms|mensajes))"),
)
_REFUSAL = re.compile(
    r"\b(?:" + "|".join(map(_filled, (*_ENGLISH, *_ITALIAN, *_GERMAN, *_FRENCH, *_SPANISH))) + r")\b"
)
_FOR_GOOD = re.compile(
    r" (?:\w+ ){0,2}?(?:again|any ?more|ever|until further|till further|fino a nuovo|bis auf weiteres|jusqu a nouvel"
    r"|hasta nuevo|piu\b|mehr\b|mas\b)"
)
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?"
    r"|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?"
    r"|dimanches?|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?"
)
_WHEN = (
    r"before|after|until|till|between|during|unless|if|from \d|at (?:work|home|night|lunch|the office|weekends?)"
    r"|(?:in|on) the|mornings?|evenings?|weekends?|today|tomorrow|this (?:week|month)|next (?:week|month)"
    r"|(?:too )?early|yet|for now|on (?:his|her|their|mobile|cell|landline)|at \d|\d"
    r"|prima|dopo|fino|tra|durante|(?:di|la|al|in) (?:mattin\w|sera|pomeriggio|ufficio)|sul|oggi|domani|ad agosto"
    r"|per ora|adesso"
    r"|vor|nach|bis|zwischen|am|wahrend|morgens|vormittags|mittags|nachmittags|abends|heute|morgen|im|auf dem"
    r"|diese woche"
    r"|avant|apres|le (?:matin|soir|midi)|l apres midi|jusqu|entre|pendant|au (?:bureau|travail)|aujourd"
    r"|demain|cette semaine|en ce moment|maintenant"
    r"|sur son"
    r"|antes|despues|hasta|por las? (?:manana|tarde|noche)s?|hoy|manana|esta semana|en el trabajo|ahora"
)
_WHOM = "him|her|them|me|us|back|please|the|this|number|customer|client|mr|mrs|ms|in|on|at|le|il|los|el|la|uhr|de|bitte"
_LIMITED = re.compile(r" (?:(?:" + _WHOM + r") ){0,3}(?:" + _WHEN + "|" + _DAYS + r")\b")
_LIMITED_BEFORE = re.compile(
    r"\b(?:before|after|until|between|vor|nach|bis|avant|apres|prima delle|dopo le|antes de|hasta)"
    r" (?:(?:le|las|la|the|de|delle|den) )?\d[\w ]* $"
    r"|\b(?:heute|diese woche|am (?:mon|diens|donners|frei|sams)tag|(?:mon|diens|donners|frei)tags) (?:bitte )?$"
)
_LOOKED_UP = re.compile(r"\b(?:not|no|non|never|nicht|pas|isn t|aren t|neither) (?:\w+ ){0,1}$")
_OF_A_REGISTER = (
    "on ",
    "in ",
    "robinson",
    "registro",
    "lista",
    "registered",
    "listed",
    "member",
    "inscrit",
    "liste",
)


_BESIDE = 60
"""Letters before and behind a refusal that are looked at; of a longer text more would cost too much."""


class Asked(Enum):
    """What a text asks about being called."""

    NOTHING = auto()
    NEVER = auto()
    AT_TIMES = auto()
    """Not at some hour, day or place: such people may be called."""


def asked_in(text: str) -> tuple[Asked, str]:
    """What a text asks, and the words of it, folded, that ask it."""
    words = " . ".join(plain_words(part) for part in _SENTENCE_END.split(text))
    limited = ""
    for found in _REFUSAL.finditer(words):
        start, end = found.span()
        before, rest = words[max(0, start - _BESIDE) : start], words[end : end + _BESIDE]
        if found[0].startswith(_OF_A_REGISTER) and _LOOKED_UP.search(before):
            continue
        if _FOR_GOOD.match(rest):
            return Asked.NEVER, found[0]
        if _LIMITED.match(rest) or _LIMITED_BEFORE.search(before):
            limited = limited or found[0]
            continue
        return Asked.NEVER, found[0]
    return (Asked.AT_TIMES, limited) if limited else (Asked.NOTHING, "")
