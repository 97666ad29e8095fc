"""The word lists behind the rules of practice: shipped by language, and added to in a team's `_words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace

from tui.plaintext import clean
from tui.script.files.extends import WORDS_FILE, Stamp, stamp_of
from tui.script.language.languages import base
from tui.yamlfile.contract import check
from tui.yamlfile.fields import LANGUAGE, LANGUAGE_HELP, many, text
from tui.yamlfile.problem import Node, Problem, problem_at
from tui.yamlfile.read import read_file

SHIPPED = Path(__file__).with_name("words")
"""The folder of the lists that come with the program, one file a language."""
LONGEST = 80
"""Characters of one phrase."""
MOST_STARS = 4
"""Signs for any letters in one phrase."""
MOST = 400
"""Phrases of one list; with the two above it bounds every search."""

_NOTHING = re.compile(r"(?!)")
_ANY_LETTERS = r"\w{0,30}"
_A_NUMBER = r"\d[\d.,]{0,8}"
_SAME = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00a0": " ", "\u202f": " ", "\n": " "})
_OPENING = re.compile(r"^[^\w]+")
_SENTENCE = re.compile(r"[^.!?;…]+[.!?;…]*")
_BEFORE_QUESTION = re.compile(r".*[.!:…;](?=\s)", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WordLists:
    """The phrases of one language, as a file gives them."""

    short_forms: ClassVar = ()
    empty_phrases: tuple[str, ...] = many(text(), "they give the customer no reason to talk")
    concessions: tuple[str, ...] = many(text(), "what is given away when nobody asked for it")
    closed_questions: tuple[str, ...] = many(text(), "how a question begins that yes or no answers")
    asks_for_help: tuple[str, ...] = many(text(), "words of the question what they need help with")
    unfinished: tuple[str, ...] = many(text(), "words of a text that nobody finished")
    allowed: tuple[str, ...] = many(text(), "where these stand, nothing of the lists above counts")
    no_more_calls: tuple[str, ...] = many(text(), "who says so may not call again")
    only_for_now: tuple[str, ...] = many(text(), "in a sentence with these it is a promise for a time")
    wont_call: tuple[str, ...] = many(text(), "the short no to a question whether we may call")
    asks_to_call: tuple[str, ...] = many(text(), "words of the question whether we may call")

    def with_more(self, more: WordLists) -> WordLists:
        """These lists with those of another file added."""
        names = [declared.name for declared in fields(self)]
        return WordLists(**{name: (*getattr(self, name), *getattr(more, name)) for name in names})


class Phrases:
    """The lists of one language, ready to be looked for."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = {declared.name: _pattern(getattr(lists, declared.name)) for declared in fields(lists)}

    def knows(self, name: str) -> bool:
        """Whether there is any phrase in a list (`empty_phrases`, `concessions` ...)."""
        return self._lists[name] is not _NOTHING

    def find(self, name: str, words: str) -> tuple[int, int] | None:
        """Where the first phrase of a list stands in a text, as from and to; None when there is none."""
        alike = self._lists["allowed"].sub(lambda found: " " * len(found.group()), words.translate(_SAME))
        found = self._lists[name].search(alike)
        return found.span() if found else None

    def no_more_calls(self, words: str, question: str = "") -> tuple[int, int] | None:
        """Where a text promises that nobody will call again, as from and to; None when it does not.

        `question`: what was asked before, since "I won't" says so only after "May I call you?". What is asked
        ("Shall I leave you in peace?") or holds for a time ("I won't call before Friday") promises nothing.
        """
        asked = self._lists["asks_to_call"].search(question.translate(_SAME))
        short = self._lists["wont_call"] if asked else _NOTHING
        for sentence in _SENTENCE.finditer(words.translate(_SAME)):
            said = sentence.group().rstrip(" .!;…")
            if said.endswith("?") or self._lists["only_for_now"].search(said):
                continue
            found = self._lists["no_more_calls"].search(said)
            found = found or next((one for one in short.finditer(said) if one.end() == len(said)), None)
            if found is not None:
                return sentence.start() + found.start(), sentence.start() + found.end()
        return None

    def is_closed(self, question: str) -> bool:
        """Whether yes or no answers the question: by how its last sentence begins."""
        alike = question.translate(_SAME).strip()
        last = alike[found.end() :] if (found := _BEFORE_QUESTION.match(alike)) else alike
        return bool(self._lists["closed_questions"].match(_OPENING.sub("", last)))


@dataclass(frozen=True, slots=True)
class TeamWords:
    """What a team's `_words.yaml` adds, by language, and what is wrong in it."""

    lists: dict[str, WordLists]
    problems: tuple[Problem, ...] = ()


def phrases_for(language: str, folder: Path | None = None) -> Phrases:
    """The phrases of a language: the shipped ones, with those of the folder's `_words.yaml`."""
    path = folder / WORDS_FILE if folder is not None else None
    return _phrases(base(language), path, stamp_of(path) if path is not None else (0, 0, 0))


def team_words(folder: Path, shown: str = "") -> TeamWords:
    """The folder's `_words.yaml`; empty when there is none. `shown` is its name in problems."""
    path = folder / WORDS_FILE
    stamp = stamp_of(path)
    return _team_words(path, stamp, shown or str(path)) if any(stamp) else TeamWords({})


def empty_phrase(words: str) -> str:
    """The first phrase of a text that gives no reason to talk, in any of our languages; empty when it is fine (B26)."""
    languages = sorted(path.stem for path in SHIPPED.glob("*.yaml"))
    spans = (phrases_for(language).find("empty_phrases", words) for language in languages)
    return next((words[slice(*span)] for span in spans if span), "")


@lru_cache(maxsize=64)
def _phrases(language: str, path: Path | None, stamp: Stamp) -> Phrases:
    own = _team_words(path, stamp, str(path)).lists if path is not None and any(stamp) else {}
    return Phrases(_shipped(language).with_more(own.get(language, WordLists())))


@lru_cache(maxsize=16)
def _shipped(language: str) -> WordLists:
    path = SHIPPED / f"{language}.yaml"
    node = read_file(path).node if LANGUAGE.fullmatch(language) and path.is_file() else None
    return (check(node, WordLists, []) if node is not None else None) or WordLists()


@lru_cache(maxsize=16)
def _team_words(path: Path, stamp: Stamp, shown: str) -> TeamWords:
    read = read_file(path, shown, within=path.parent)
    problems = list(read.problems)
    lists: dict[str, WordLists] = {}
    if read.node is not None and read.node.kind != "map":
        advice = "begin with a language, e.g.  en:  and below it  empty_phrases: [just popping in]"
        problems.append(problem_at(read.node, "PH101", "error", "this file must hold languages", advice))
    for language, node in read.node.items() if read.ok and read.node is not None else ():
        if not LANGUAGE.fullmatch(language):
            message = f"`{clean(language, 20)}` is no language"
            problems.append(problem_at(node, "PH106", "error", message, f"use {LANGUAGE_HELP}", at_key=True))
        elif not node.empty and (found := check(node, WordLists, problems)) is not None:
            problems += _over_the_limit(node)
            lists[base(language)] = lists.get(base(language), WordLists()).with_more(found)
    lines = dict(enumerate(read.lines, 1))
    return TeamWords(lists, tuple(replace(p, excerpt=lines.get(p.line, "")) for p in problems))


def _over_the_limit(lists: Node) -> Iterable[Problem]:
    for name, node in lists.items():
        if len(node.parts) > MOST:
            message = f"`{name}` has {len(node.parts)} phrases; the first {MOST} count"
            yield problem_at(node, "PH107", "error", message, "delete what nobody says", at_key=True)
        for part in node.parts:
            if len(part.text) > LONGEST:
                message = f"a phrase of {len(part.text)} characters; at most {LONGEST} count"
                yield problem_at(part, "PH107", "error", message, "a few words are enough")
            elif part.text.count("*") > MOST_STARS:
                message = f"a phrase with {part.text.count('*')} stars; at most {MOST_STARS} are possible"
                yield problem_at(part, "PH107", "error", message, "write the words out")


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all phrases of a list, the longest first; for an empty list one that finds nothing."""
    wanted = sorted({clean(phrase, LONGEST).translate(_SAME) for phrase in list(phrases)[:MOST]}, key=len)
    findable = (p for p in reversed(wanted) if any(map(str.isalnum, p)) and p.count("*") <= MOST_STARS)
    written = [_phrase(phrase) for phrase in findable]
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE) if written else _NOTHING


def _phrase(phrase: str) -> str:
    """A phrase as a pattern: `*` stands for any letters, `#` for a number."""
    between = r"\s{0,2}" if "%" in phrase else r"\s{1,3}"
    return between.join(_word(word) for word in phrase.split())


def _word(word: str) -> str:
    signs = {"*": _ANY_LETTERS, "#": _A_NUMBER}
    return "".join(signs.get(c) or re.escape(c) for c in word)
