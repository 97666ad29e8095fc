"""Names as they are compared: the one folding for matching an import, looking somebody up, and knowing who refused.

Titles and honorifics are no part of a name, nor are accents, case, order and punctuation; `Müller`, `Mueller` and
`Muller` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tui.domain.identity.lookup import unaccented, words


def _listed(text: str) -> list[str]:
    return text.split()


_TITLES = frozenset(
    _listed("""
        mr mrs ms miss mx dr prof herr herrn frau fraulein hr dipl sig sigra sigg signor signora signore signorina
        dott dottssa dottore dottoressa drssa profssa avv avvocato geom rag mme mlle mgr monsieur madame
        mademoiselle maitre docteur doctor doctora dra srta senor senora senorita lic abg arq egr gentmo gentma
        spett ing mag mmag univ rev hon excmo excma ilmo ilma""")
)
"""Words in front of a name, or between its parts, that are always a title: left out while a word of a name remains."""
_TITLES_OR_NAMES = frozenset(
    _listed("""
        sr sra m me mm fr d dn dna don dona sir dame lady lord father major judge captain capt col lt sgt professor
        arch cav on comm phil med jur rer nat habil hc""")
)
"""Also names, initials or short words: left out in front of a name, while two words of it remain."""
_BEHIND = frozenset(
    _listed("""
        jr jnr jun junior sr snr sen senior ii iii iv esq phd md mba msc bsc llm llb cpa fca obe mbe cbe rn dds dvm""")
)
"""Behind a name: left out while two words of it remain."""
_JOINED = (
    ("dott", "ssa"),
    ("prof", "ssa"),
    ("dr", "ssa"),
    ("sig", "ra"),
    ("sig", "na"),
    ("gent", "ma"),
    ("ph", "d"),
)
"""Titles whose halves a full stop parts, as words."""
_NO_PART_OF_A_NAME = _TITLES | _TITLES_OR_NAMES | _BEHIND | {first for first, _ in _JOINED}
"""Most names hold none of these, and are as they are written."""
_LEGAL_FORMS = frozenset(
    _listed("""
        inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh ag kg ohg ug gbr ek ev mbh se
        srl spa snc sas sa sl slu sarl eurl bv nv ab as oy aps group holding societa societe""")
)
"""Words of a firm's name that one list writes and another does not."""
_LETTERS_OF_FORMS = frozenset(_listed("ek ev srl spa snc sas sa sl sarl bv nv"))
"""Legal forms that are also written with a stop behind each letter; A.S. and A.B. are somebody's initials."""
_ENDS_OF_FIRMS = _LEGAL_FORMS | frozenset(_listed("sons söhne hermanos fratelli fils cia"))
"""Last words of a firm's name, with their accents: Maria de Sá is no S.A."""
_PARTS_OF_NAMES = re.compile(r"[\s/(-]")
_BETWEEN = frozenset({"the", "and", "und", "et", "y", "e"})
_STOPPED_LETTERS = re.compile(r"\b(?:\w\.){2,}")
_TWO_FOR_ONE = re.compile("ae|oe|ue|aa")
"""Letters that some write for one."""
_CLOSE_FROM = 4
"""Letters from which a word with one slip is still the same word."""
_TWO_SLIPS_FROM = 7
"""Letters from which two slips are: Mohammed and Muhammad, Stephen and Steven."""


def is_title(text: str) -> bool:
    """Whether a text is a form of address and no name or job: Mr, Frau, Dott.ssa, Prof. Dr."""
    found = _halves_joined(words(text))
    return bool(found) and all(word in _TITLES or word in _TITLES_OR_NAMES for word in found)


def without_titles(name: list[str]) -> list[str]:
    """The folded words of a name, without forms of address in front and degrees behind; at least one word stays."""
    if _NO_PART_OF_A_NAME.isdisjoint(name):
        return name
    left = _halves_joined(name)
    while len(left) > 2 and left[-1] in _BEHIND:
        left = left[:-1]
    while len(left) > 1 and (left[0] in _TITLES or (left[0] in _TITLES_OR_NAMES and len(left) > 2)):
        left = left[1:]
    bare = [word for word in left if word not in _TITLES]
    return bare or left


def untitled(typed: str) -> str:
    """What is typed to find somebody, without forms of address in front: `dr quill` finds Quill."""
    left = typed.split()
    while (
        len(left) > 1 and is_title(left[0]) and (len(left) > 2 or unaccented(left[0].strip(".")) in _TITLES)
    ):
        left = left[1:]
    return " ".join(left) if len(left) < len(typed.split()) else typed


@lru_cache(maxsize=4_096)
def name_key(name: str) -> tuple[str, ...]:
    """The words of a person's name as they are compared, in the order in which they are written."""
    return _spelled_alike(without_titles(words(name.replace("D.ª", "Doña"))))


def same_name(one: str, other: str) -> bool:
    """Whether two names are written alike, in any order of their words; two blank ones are not."""
    return bool(name_key(one)) and frozenset(name_key(one)) == frozenset(name_key(other))


def alike(one: str, other: str) -> bool:
    """Whether two names may be of one person: a part left out, a double name, an initial, a slip in a word."""
    mine, theirs = name_key(one), name_key(other)
    if not mine or not theirs:
        return False
    if same_name(one, other) or _run_together(mine) & _run_together(theirs):
        return True
    few, many = sorted((mine, theirs), key=len)
    if len(few) == 1:
        return len(few[0]) > 2 and few[0] in many
    pairs = [[known for known in many if _same_word(word, known)] for word in few]
    # Two initials alone are nobody's name.
    matched = (min(word, known, key=len) for word, same in zip(few, pairs, strict=True) for known in same)
    written_out = any(len(word) > 2 for word in matched)
    return all(pairs) and written_out


_LEFT_OUT = _LEGAL_FORMS | _BETWEEN


@lru_cache(maxsize=4_096)
def firm_parts(name: str) -> tuple[str, ...]:
    """The words of a firm's name as they are compared, without its legal form; all of them when it is nothing else."""
    if "." in name:
        name = _STOPPED_LETTERS.sub(lambda stopped: stopped[0].replace(".", ""), name)
    found = words(name)
    return _spelled_alike([word for word in found if word not in _LEFT_OUT] or found)


def looks_like_firm(text: str) -> bool:
    """Whether a name ends like a company's: Ltd, GmbH, S.r.l., & Sons."""
    last = _PARTS_OF_NAMES.split(text.casefold().rstrip(".)"))[-1]
    bare = last.replace(".", "")
    return "&" in text or bare in (_ENDS_OF_FIRMS if bare == last else _LETTERS_OF_FORMS)


def firm_letters(name: str) -> str:
    """What a firm's name comes to when it is compared: whoever has the same works for one firm; empty for a blank.

    `Acme Tools Ltd` and `ACME-Tools` come to the same, `Acme` does not.
    """
    return "".join(firm_parts(name))


_FIRM_BEGINS = 4


def firm_beginnings(name: str) -> list[set[str]]:
    """For each word of a firm's name but its legal form: the first letters by which it may be written, folded.

    Whoever is of the firm has one of each, `mull` or `muel` for Müller GmbH, or the whole name without blanks.
    """
    return [
        {way[:_FIRM_BEGINS] for way in (word, *_with_two_letters(word[:_FIRM_BEGINS]))}
        for word in firm_parts(name)
    ]


def _with_two_letters(word: str) -> Iterator[str]:
    """A folded word as it is when one of its vowels is an umlaut or a ring written out: `muller` gives `mueller`."""
    for place, letter in enumerate(word):
        for more in {"a": "ea", "o": "e", "u": "e"}.get(letter, ""):
            yield f"{word[: place + 1]}{more}{word[place + 1 :]}"


def firms_alike(one: str, other: str) -> bool:
    """Whether two names may be of one firm: another legal form, spelled apart, or with more words behind."""
    mine, theirs = firm_parts(one), firm_parts(other)
    if not mine or not theirs:
        return False
    few, many = sorted((mine, theirs), key=len)
    return firm_letters(one) == firm_letters(other) or many[: len(few)] == few or set(mine) == set(theirs)


def _halves_joined(found: list[str]) -> list[str]:
    joined = list(found)
    for first, second in _JOINED:
        for place in range(len(joined) - 1):
            if (joined[place], joined[place + 1]) == (first, second):
                joined[place : place + 2] = [first + second]
                break
    return joined


def _spelled_alike(name: list[str]) -> tuple[str, ...]:
    """One spelling of the words that some write with an umlaut or a ring and others with two letters."""
    whole = " ".join(name)
    if not _TWO_FOR_ONE.search(whole):
        return tuple(name) if whole else ()
    whole = whole.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")
    return tuple(whole.split(" ")) if whole else ()


def _run_together(name: tuple[str, ...]) -> set[str]:
    """A name without blanks, begun at each of its words: `Anna Maria Rossi` is `Rossi, Annamaria`."""
    return {"".join((*name[place:], *name[:place])) for place in range(len(name))} if len(name) > 1 else set()


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    few, many = sorted((one, other), key=len)
    if len(few) == 1:
        return many.startswith(few)
    allowed = (
        2 if len(many) >= _TWO_SLIPS_FROM else int(len(many) >= _CLOSE_FROM and len(few) >= _CLOSE_FROM - 1)
    )
    return len(many) - len(few) <= allowed and _slips(few, many) <= allowed


def _slips(one: str, other: str) -> int:
    """How many letters to add, leave out, change, or change round with the next one make one word the other."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, known in enumerate(other, start=1):
            least = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != known))
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], known):
                least = min(least, before[column - 2] + 1)
            here.append(least)
        before, above = above, here
    return above[-1]


_SHARED_MAILBOXES = frozenset(
    _listed("""
        info office sales contact hello admin support mail team reception kontakt vertrieb verkauf buero
        commerciale segreteria ufficio ventas contacto""")
)
"""Mailboxes of a firm, not of a person: sharing one proves nothing without the name."""


def own_mailboxes(emails: Iterable[str]) -> list[str]:
    """Those that belong to a person."""
    return [email for email in emails if unaccented(email).strip().partition("@")[0] not in _SHARED_MAILBOXES]
