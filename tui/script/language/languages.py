"""What differs by the language of a script: how fast it is spoken, and the lines every follow-up needs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.domain.cadence import WORDS_PER_MINUTE
from tui.script.language.variables import used_in, without_names

USUAL_RATE = 150

ACKNOWLEDGE = {
    "en": {
        "on_time": "I said I'd call {{promised_date|today}}, so here I am.",
        "early": "I know I said I'd call {{promised_date|later}}. I'm calling sooner because "
        "{{reason}}. Tell me if you'd rather wait.",
        "tried": "I tried you {{tried_when|earlier}}, as we agreed.",
        "late": "I said I'd call {{promised_date|earlier}}, and I didn't. I'm sorry about that.",
    },
    "it": {
        "on_time": "Eravamo rimasti per {{promised_date|oggi}}, ed eccomi qui.",
        "early": "So che eravamo rimasti per {{promised_date|più avanti}}. La chiamo prima perché "
        "{{reason}}. Se preferisce che la richiami allora, me lo dica.",
        "tried": "Come d'accordo, ho provato a chiamarla {{tried_when|prima}}.",
        "late": "Le avevo detto che l'avrei chiamata {{promised_date|prima}} e non l'ho fatto. Mi scusi.",
    },
    "de": {
        "on_time": "Ich hatte gesagt, dass ich mich {{promised_date|heute}} melde, und da bin ich.",
        "early": "Ich weiß, wir hatten {{promised_date|einen späteren Termin}} ausgemacht. Ich melde mich schon jetzt: "
        "{{reason}}. Wenn es Ihnen später lieber ist, sagen Sie es mir.",
        "tried": "Wie besprochen, habe ich es {{tried_when|vorhin}} bei Ihnen versucht.",
        "late": "Ich hatte versprochen, Sie {{promised_date|schon früher}} anzurufen, und habe es nicht getan. "
        "Das tut mir leid.",
    },
    "es": {
        "on_time": "Le dije que le llamaría {{promised_date|hoy}}, y aquí estoy.",
        "early": "Sé que habíamos quedado en hablar {{promised_date|más adelante}}. Le llamo antes: "
        "{{reason}}. Si prefiere que le llame entonces, dígamelo.",
        "tried": "Le llamé {{tried_when|antes}}, como habíamos quedado.",
        "late": "Le dije que le llamaría {{promised_date|antes}} y no lo hice. Lo siento.",
    },
    "fr": {
        "on_time": "Je vous avais dit que je vous appellerais {{promised_date|aujourd'hui}}, alors me voilà.",
        "early": "Je sais que nous avions dit {{promised_date|plus tard}}. Je vous appelle plus tôt : "
        "{{reason}}. Si vous préférez que je rappelle à ce moment-là, dites-le-moi.",
        "tried": "J'ai essayé de vous joindre {{tried_when|plus tôt}}, comme convenu.",
        "late": "Je devais vous appeler {{promised_date|plus tôt}} et je ne l'ai pas fait. Je vous prie de m'excuser.",
    },
}
"""Said when a script has no line of its own for a promise kept, called early, tried in time, or called late (B33).

The sentence with the reason is left out when there is none."""

OF_A_COLLEAGUE = {
    "en": {
        "on_time": "{{promised_by|A colleague}} said we'd call {{promised_date|today}}, so here I am.",
        "early": "I know {{promised_by|a colleague}} said we'd call {{promised_date|later}}. "
        "I'm calling sooner because {{reason}}. Tell me if you'd rather wait.",
        "tried": "We tried you {{tried_when|earlier}}, as we agreed.",
        "late": "{{promised_by|A colleague}} said we'd call {{promised_date|earlier}}, and we didn't. "
        "I'm sorry about that.",
    },
    "it": {
        "on_time": "{{promised_by|Un collega}} le aveva detto che l'avremmo chiamata {{promised_date|oggi}}, "
        "ed eccomi qui.",
        "early": "So che con {{promised_by|un collega}} eravate rimasti per {{promised_date|più avanti}}. "
        "La chiamo prima perché {{reason}}. Se preferisce che la richiami allora, me lo dica.",
        "tried": "Come d'accordo, abbiamo provato a chiamarla {{tried_when|prima}}.",
        "late": "{{promised_by|Un collega}} le aveva detto che l'avremmo chiamata {{promised_date|prima}} "
        "e non l'abbiamo fatto. Ci scusi.",
    },
    "de": {
        "on_time": "{{promised_by|Jemand aus unserem Team}} hatte gesagt, dass wir uns {{promised_date|heute}} "
        "melden, und deshalb rufe ich an.",
        "early": "Ich weiß, {{promised_by|jemand aus unserem Team}} hatte "
        "{{promised_date|einen späteren Termin}} mit Ihnen ausgemacht. Ich melde mich schon jetzt: {{reason}}. "
        "Wenn es Ihnen später lieber ist, sagen Sie es mir.",
        "tried": "Wie besprochen, haben wir es {{tried_when|vorhin}} bei Ihnen versucht.",
        "late": "{{promised_by|Jemand aus unserem Team}} hatte versprochen, dass wir Sie "
        "{{promised_date|schon früher}} anrufen, und wir haben es nicht getan. Das tut mir leid.",
    },
    "es": {
        "on_time": "{{promised_by|Un compañero}} le dijo que le llamaríamos {{promised_date|hoy}}, y aquí estoy.",
        "early": "Sé que {{promised_by|un compañero}} le dijo que le llamaríamos {{promised_date|más adelante}}. "
        "Le llamo antes: {{reason}}. Si prefiere que le llame entonces, dígamelo.",
        "tried": "Le llamamos {{tried_when|antes}}, como habíamos quedado.",
        "late": "{{promised_by|Un compañero}} le dijo que le llamaríamos {{promised_date|antes}} "
        "y no lo hicimos. Lo siento.",
    },
    "fr": {
        "on_time": "{{promised_by|Un collègue}} vous avait dit que nous vous appellerions "
        "{{promised_date|aujourd'hui}}, alors me voilà.",
        "early": "Je sais, {{promised_by|un collègue}} vous avait dit que nous vous appellerions "
        "{{promised_date|plus tard}}. Je vous appelle plus tôt : {{reason}}. "
        "Si vous préférez que je rappelle à ce moment-là, dites-le-moi.",
        "tried": "Nous avons essayé de vous joindre {{tried_when|plus tôt}}, comme convenu.",
        "late": "{{promised_by|Un collègue}} vous avait dit que nous vous appellerions {{promised_date|plus tôt}}, "
        "et nous ne l'avons pas fait. Je vous prie de nous excuser.",
    },
}
"""Said in place of the script's own line where a colleague promised the call: "I said I'd call" would not be true."""


def base(language: str) -> str:
    """`pt` for `pt-BR`."""
    return language[:2].lower()


LANGUAGE_NAMES = {
    **{"bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek"},
    **{"en": "English", "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "hr": "Croatian"},
    **{"hu": "Hungarian", "it": "Italian", "ja": "Japanese", "lt": "Lithuanian", "lv": "Latvian"},
    **{"nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese"},
    **{"ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian"},
    **{"sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese"},
}
"""What a language is called in English, for sentences to the rep."""


def language_name(language: str) -> str:
    """`Italian` for `it` and `it-CH`; the code itself where no name is known."""
    return LANGUAGE_NAMES.get(base(language), language)


_WORD = re.compile(r"[\w'’-]+")
_NUMBER = re.compile(r"\+?\d[\d ]{2,}\d")
_STOP = re.compile(r"[.!?;:…](?=\s|$)")
_STOP_SECONDS = 0.35
_COMMA_SECONDS = 0.15
_WORDS_OF = {"my_number": 10, "phone": 10, "first_name": 1, "last_name": 1, "reason": 8}
"""Words a name usually stands for; the others count two."""


def count_words(text: str) -> int:
    """Spoken words of a text; each digit of a phone number is one."""
    stand_ins = sum(_WORDS_OF.get(used.name, 2) for used in used_in(text))
    bare = without_names(text, " ")
    digits = sum(sum(c.isdigit() for c in number) for number in _NUMBER.findall(bare))
    return stand_ins + digits + len(_WORD.findall(_NUMBER.sub(" ", bare)))


def seconds_to_say(text: str, language: str = "en", rates: Mapping[str, int] | None = None) -> float:
    """Seconds the text takes at a calm pace, pauses included. `rates`: words per minute by language."""
    by_language = {**WORDS_PER_MINUTE, **(rates or {})}
    rate = max(30, by_language.get(language) or by_language.get(base(language), USUAL_RATE))
    pauses = len(_STOP.findall(text)) * _STOP_SECONDS + text.count(",") * _COMMA_SECONDS
    return count_words(text) / rate * 60 + pauses
