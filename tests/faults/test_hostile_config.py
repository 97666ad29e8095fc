"""Settings of the shared file replaced by foreign values: the cockpit opens, and calls with every outcome go through.

`POWERHOUR_CONFIGS` is the number of files; unset, a sample for a run of every day.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import yaml

from tests.cockpit_bench import Bench, call_selected
from tests.conftest import ROOT
from tui.cli.wiring import known
from tui.script.files.library import Library
from tui.settings.load import load
from tui.settings.places import Places

CONFIGS = int(os.environ.get("POWERHOUR_CONFIGS", "10"))
VALUES = (
    *("0", "-1", "1", "999999999", "9" * 30, "1e308", "0.0000001", "nan", ".inf", "100%", "true", "~", '""'),
    *(
        "0d",
        "99999999d",
        "1s",
        "0m",
        "100000w",
        "-5d",
        "off",
        "on",
        "yes",
        "[]",
        "{}",
        "[[]]",
        "{a: b}",
        "[1, 2, 3]",
    ),
    *("x", '"[/]"', '"\\e[31m"', '"\\u202e"', f'"{"y" * 400}"', "24:00-00:00", "00:00-24:00", "9-9", "mon"),
    *(
        "Europe/Rome",
        "Mars/X",
        "../../etc",
        "all",
        "IT",
        "conversation",
        "do_not_call",
        "0001-01-01",
        "9999-12-31",
    ),
    *("!!python/name:os.system x", "*nobody", "&a [*a]", "١"),
)
Path = tuple[str | int, ...]


class Raw(str):
    """Text that goes into the file as it stands."""


class Dumper(yaml.SafeDumper):
    """Writes every other value as YAML."""


def _marked(dumper: Dumper, value: Raw) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", f"RAW{VALUES.index(value)}WAR")


Dumper.add_representer(Raw, _marked)
Dumper.add_representer(
    bool, lambda dumper, yes: dumper.represent_scalar("tag:yaml.org,2002:bool", "on" if yes else "off")
)


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from _places(value[key], (*path, key))
    elif isinstance(value, list):
        for index in range(min(len(value), 2)):
            yield from _places(value[index], (*path, index))


def _text(document: dict[str, Any]) -> str:
    text = yaml.dump(document, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=9_999)
    for number, value in enumerate(VALUES):
        text = text.replace(f"RAW{number}WAR", value)
    return text


def _spoiled(whole: dict[str, Any], dice: random.Random) -> tuple[str, list[tuple[Path, str]]]:
    """The file with one to four values changed, and which; one that is gone with an earlier change is left out."""
    document = yaml.safe_load(yaml.safe_dump(whole))
    paths, changed = list(_places(whole)), []
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        path, value = dice.choice(paths), dice.choice(VALUES)
        inside: Any = document
        try:
            for key in path[:-1]:
                inside = inside[key]
            inside[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
        if isinstance(inside, (dict, list)):
            inside[path[-1]] = Raw(value)
            changed.append((path, value))
    return _text(document), changed


async def _work(bench: Bench) -> int:
    """A call with each outcome there is, the recap, the report and the next day; how many calls were made."""
    cockpit = bench.cockpit
    await cockpit.open()
    try:
        for outcome in bench.settings.outcomes:
            await call_selected(cockpit, 15)
            if cockpit.view.ask:
                await cockpit.question.answer("y")
            bench.clock.step(3)
            await cockpit.call.answered()
            await cockpit.talk.type_note("two vans")
            await cockpit.talk.keep_note()
            await cockpit.call.over()
            await cockpit.outcome.choose(outcome.id)
            if cockpit.view.form:
                await cockpit.outcome.save_form()
            await cockpit.outcome.leave_form()
            bench.clock.step(60)
            await cockpit.tick()
        await cockpit.session.show_recap()
        await cockpit.session.end()
        cockpit.report_page()
        bench.clock.step(hours=25)
        await cockpit.tick()
    finally:
        await cockpit.close()
    return len(bench.store.calls())


async def test_no_value_of_the_shared_settings_stops_a_start_or_a_call(tmp_path):
    whole, dice = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8")), random.Random(11)
    places = Places(tmp_path / "team", tmp_path / "own.yaml", tmp_path / "data")
    (places.team / "scripts").mkdir(parents=True)
    for script in (ROOT / "scripts").glob("*.yaml"):
        (places.team / "scripts" / script.name).write_bytes(script.read_bytes())
    failed, calls, told = [], 0, 0
    for _ in range(CONFIGS):
        text, changed = _spoiled(whole, dice)
        places.config.write_text(text, "utf-8")
        try:
            loaded = load(places, {"TZ": "Europe/London"}, known=known())
            told += bool(loaded.problems)
            bench = Bench(loaded.settings)
            bench.library = Library(loaded.settings.scripts_folder)
            bench.people(*(f"Ann{number} Rossi{number}" for number in range(14)))
            calls += await _work(bench)
        except Exception as error:
            failed.append((changed, repr(error)))
    print(f"\n{CONFIGS} files, {told} with something told, {calls} calls, {len(failed)} failed")
    assert calls >= CONFIGS
    assert told
    assert not failed, failed[:10]
