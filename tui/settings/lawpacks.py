"""The law packs that come with the program (`lawpacks/*.yaml`), read when a number of their country turns up."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from tui.domain.law import Audience, Cap, LawPack
from tui.domain.window import Hours, Spans
from tui.settings.layers import DAYS, days_of
from tui.settings.meaning import hours as read_hours
from tui.yamlfile.fields import parse_duration
from tui.yamlfile.problem import Node
from tui.yamlfile.read import read_file

CODES = {
    "AU": "+61",
    "CA": "+1",
    "DE": "+49",
    "ES": "+34",
    "FR": "+33",
    "GB": "+44",
    "IT": "+39",
    "US": "+1",
}
"""Countries we have a pack for, and how their numbers begin."""
EDITION = 3
"""Raise it when a pack changes: stored next steps then lapse."""
_FOLDER = Path(__file__).with_name("lawpacks")
_YEARS = 10
"""Public holidays are known so many years ahead of the day a pack was looked up."""
_CLOSED_ALL_WEEK: dict[str, Spans] = dict.fromkeys(DAYS, ())
_AUDIENCES: dict[str, Audience] = {"all": "all", "consumer": "consumer", "business": "business"}


class PackError(ValueError):
    """A pack file of the program cannot be used; says where."""


def in_force(names: Iterable[str]) -> frozenset[str]:
    """Countries whose packs bind: `all`, those that are named, without those with a `-` in front.

    Where a name is no pack of ours nobody knows what was meant, and where nothing is named besides what is off, all
    others stay on. An empty list turns all off.
    """
    listed = tuple(names)
    off = {name[1:] for name in listed if name.startswith("-")}
    on = {name for name in listed if not name.startswith("-")}
    everything = "all" in on or bool(unknown(on)) or (bool(off) and not on)
    return frozenset(((set(CODES) if everything else on) & set(CODES)) - off)


def unknown(names: Iterable[str]) -> list[str]:
    """Those names, with or without a `-` in front, that are no pack of ours."""
    return [name for name in names if name.removeprefix("-") not in {*CODES, "all"}]


class LawBook:
    """The packs in force, each read when it is first asked for."""

    def __init__(self, names: Iterable[str] = ("all",), extra: frozenset[date] = frozenset()) -> None:
        self.countries = in_force(names) & frozenset(CODES)
        self._extra = extra
        self._codes = tuple(CODES[country] for country in self.countries)
        self._read: dict[str, tuple[LawPack, ...]] = {}

    def may_bind(self, e164: str) -> bool:
        """Whether a number may belong to a country whose pack is on: costs nothing."""
        return bool(self._codes) and e164.startswith(self._codes)

    def of(self, country: str) -> tuple[LawPack, ...]:
        """The packs of a country (two letters); empty when it has none or the team turned it off."""
        if country not in self.countries:
            return ()
        if country not in self._read:
            self._read[country] = read_packs(country, self._extra)
        return self._read[country]

    def hours_of(self, ids: str) -> tuple[Hours, ...]:
        """The legal hours of packs named `US US-FL`, as a next step keeps them."""
        wanted = ids.split()
        packs = {pack.id: pack for one in wanted for pack in self.of(one[:2])}
        return tuple(hours for one in wanted if one in packs and (hours := packs[one].hours) is not None)

    @property
    def without_holidays(self) -> tuple[str, ...]:
        """Countries looked up so far that close on public holidays nobody here knows: the package is missing."""
        return () if has_holidays() else tuple(sorted(filter(closes_on_holidays, self._read)))

    def hash(self) -> str:
        """A short text that differs when another rule may bind somebody."""
        parts = (EDITION, sorted(self.countries), sorted(map(str, self._extra)), has_holidays())
        return sha256(repr(parts).encode()).hexdigest()[:6]


def has_holidays() -> bool:
    """Whether the package with public holidays is installed; without it only the team's own dates count."""
    return importlib.util.find_spec("holidays") is not None


def closes_on_holidays(country: str) -> bool:
    """Whether a rule of the country forbids calls on its public holidays."""
    rules = _at(_whole(country), "rules").parts if country in CODES else ()
    return any(_text(rule, "holidays") == "closed" for rule in rules)


def register_days(country: str) -> int:
    """How old (days) a copy of the country's do-not-call register may be; 0 when nothing is said."""
    return max((pack.register_days for pack in read_packs(country)), default=0)


@cache
def read_packs(country: str, extra: frozenset[date] = frozenset()) -> tuple[LawPack, ...]:
    """Every rule of a country; `extra` are the team's own holidays. Raises `PackError` for a bad file."""
    whole = _whole(country)
    return tuple(_pack(rule, whole, extra) for rule in _at(whole, "rules").parts)


@cache
def _whole(country: str) -> Node:
    """A pack's file; an empty one for a country without a pack. Raises `PackError`."""
    path = _FOLDER / f"{country.lower()}.yaml"
    if not path.is_file():
        return Node("map", {}, 0, 0, path.name)
    read = read_file(path)
    if read.node is None or not read.ok:
        raise PackError(f"{path.name}: the law pack cannot be read; install Power Hour again")
    return read.node


def _pack(rule: Node, whole: Node, extra: frozenset[date]) -> LawPack:
    country, code = _text(whole, "country"), _text(whole, "code")
    as_of = date.fromisoformat(_text(whole, "as_of"))
    return LawPack(
        id=_text(rule, "id"),
        country=country,
        name=_text(rule, "name") or _text(whole, "name"),
        citation=_text(rule, "citation"),
        as_of=as_of,
        audience=_AUDIENCES[_text(rule, "who") or "all"],
        hours=_hours(rule, country, as_of, extra),
        caps=tuple(Cap(int(node.text), _length(span)) for span, node in _at(rule, "caps").items()),
        cooling_off=_length(_text(rule, "cooling_off")) if "cooling_off" in rule else None,
        consent_from=date.fromisoformat(_text(rule, "consent_from")) if "consent_from" in rule else None,
        customers_too=_text(rule, "customers_too") == "true",
        states=frozenset(node.text for node in _at(rule, "states").parts),
        prefixes=tuple(code + node.text for node in _at(rule, "area_codes").parts),
        register_days=int(_text(whole, "register_days") or 0),
    )


def _hours(rule: Node, country: str, as_of: date, extra: frozenset[date]) -> Hours | None:
    written = rule.get("hours")
    if written is None:
        return None
    week = dict(_CLOSED_ALL_WEEK)
    for name, node in written.items():
        week |= dict.fromkeys(days_of(name) or (name,), read_hours(node.text))
    closed = _text(rule, "holidays") == "closed"
    days = _public_holidays(country, as_of.year) | extra if closed else frozenset()
    eve = read_hours(_text(rule, "eve")) if "eve" in rule else None
    return Hours(tuple(week[day] for day in DAYS), days, eve)


@cache
def _public_holidays(country: str, first: int) -> frozenset[date]:
    if not has_holidays():
        return frozenset()
    import holidays  # the extra `holidays`: read only for a country that closes on them

    return frozenset(holidays.country_holidays(country, years=range(first, first + _YEARS)))


def _at(node: Node, key: str) -> Node:
    return node.get(key) or Node("map", {}, node.line, node.col, node.file)


def _text(node: Node, key: str) -> str:
    return _at(node, key).text.strip()


def _length(text: str) -> timedelta:
    length = parse_duration(text)
    if length is None:
        raise PackError(f"{text} is no length of time")
    return length
