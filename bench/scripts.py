"""Call scripts: read, checked and linted beside two validators of the same contract; one script; an edit."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Annotated, Any, ForwardRef, Literal

import yaml

from bench import Row, beside
from bench.measure import percentile, processor_ms
from bench.people import NOW, ROOT
from bench.written import script_text
from tui.domain.contact import Contact
from tui.domain.ids import uuid7
from tui.script.author.preview import Rehearsal
from tui.script.author.schema import schema
from tui.script.check.check import check_library
from tui.script.files.extends import Folder
from tui.script.files.library import Library
from tui.script.language import model
from tui.script.language.model import Script
from tui.yamlfile.contract import check
from tui.yamlfile.fields import DURATION, SLUG, Rule
from tui.yamlfile.problem import Problem, has_errors
from tui.yamlfile.read import read_text

Data = dict[str, Any]
Validator = Callable[[Data], bool]
"""Whether the data keeps the contract."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser our own reader uses, so that the peers are not slower for want of it."""
_SHIPPED = ROOT / "scripts"
_FIRST = "friendly_call"
_LINES = 150
_BATCH = 40
_PREVIEW_MS = 600
"""An edit is promised within a second, and 400 ms may pass before the preview looks at the file."""


def rows(quick: bool = False) -> list[Row]:
    """Processor seconds for many scripts; milliseconds for the first one and for one that was edited."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = [_batch(Path(scratch) / str(number), number) for number in range(1 if quick else 5)]
        edited = Path(scratch) / "edited"
        shutil.copytree(_SHIPPED, edited)
        rounds = 10 if quick else 100
        return [*_many(folders), *_one(folders[0], rounds), _edit(edited / f"{_FIRST}.yaml", rounds)]


# Many scripts


def _batch(folder: Path, number: int) -> Path:
    """A folder of its own for each turn, so that ours and the peers are busy side by side."""
    folder.mkdir()
    for script in range(number * _BATCH, (number + 1) * _BATCH):
        (folder / f"script_{script}.yaml").write_text(script_text(script, _LINES), encoding="utf-8")
    return folder


def _many(folders: list[Path]) -> list[Row]:
    makers: dict[str, Callable[[], Validator]] = {"pydantic": _pydantic, "jsonschema": _jsonschema}
    peers = {name: make() for name, make in makers.items() if _installed(name)}
    for validator in (_ours, *peers.values()):
        _same_contract(validator, folders[0])
    check_library(
        Library(_SHIPPED)
    )  # word lists and tables are read once a process, by whichever comes first
    spent: dict[str, float] = {}
    for folder in folders:
        for what, work in _turns(folder, peers).items():
            spent[what] = spent.get(what, 0.0) + processor_ms(work) / 1000
    return _shown(spent, len(folders) * _BATCH, list(makers))


def _turns(folder: Path, peers: dict[str, Validator]) -> dict[str, Callable[[], object]]:
    """What is timed on one folder: ours in three depths, each peer with and without its reading."""
    paths, inside = sorted(folder.iterdir()), Folder(folder)
    nodes = [inside.resolve(path).node for path in paths]
    loaded = [_loaded(path) for path in paths]

    def contract() -> None:
        for node in nodes:
            found: list[Problem] = []
            if node is None or check(node, Script, found, {}) is None or has_errors(found):
                raise RuntimeError(f"{folder} holds a script that is not in order")

    def ours_linted() -> None:
        if has_errors(check_library(Library(folder))):
            raise RuntimeError(f"{folder} holds a script with an error")

    turns: dict[str, Callable[[], object]] = {
        "linted": ours_linted,
        "read": lambda: len(Library(folder).scripts()),
        "contract": contract,
    }
    for name, validator in peers.items():
        turns[f"read {name}"] = partial(_each, validator, lambda: map(_loaded, paths))
        turns[f"contract {name}"] = partial(_each, validator, lambda: loaded)
    return turns


def _shown(spent: dict[str, float], count: int, names: list[str]) -> list[Row]:
    many = f"{count} scripts of {_LINES} lines"
    kinds = (
        (f"{many}: read, checked, linted; CPU", "linted", "read"),
        (f"{many}: read and checked; CPU", "read", "read"),
        (f"{many}: checked only, once read; CPU", "contract", "contract"),
    )
    found = []
    for title, ours, theirs in kinds:
        for name in names:
            if f"{theirs} {name}" not in spent:
                found.append(Row(f"{title} ({name} not installed)", round(spent[ours], 3), "s"))
                continue
            peer = f"{name} {version(name)}" + (" after PyYAML's loader" if theirs == "read" else "")
            found.append(beside(title, spent[ours], "s", peer, spent[f"{theirs} {name}"]))
    return found


def _each(validator: Validator, documents: Callable[[], Iterable[Data]]) -> None:
    if not all(validator(document) for document in documents()):
        raise RuntimeError("a peer refuses a script that is in order: the contracts differ")


def _loaded(path: Path) -> Data:
    found = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader, made ours
    assert isinstance(found, dict)
    return found


# The peers


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _pydantic() -> Validator:
    """Our tables as pydantic models: the long forms, no further keys."""
    from pydantic import ValidationError

    models: dict[str, Any] = {}
    _model(Script, models)
    for made in models.values():
        made.model_rebuild(_types_namespace=models)
    validate = models["Script"].model_validate

    def valid(data: Data) -> bool:
        try:
            validate(data)
        except ValidationError:
            return False
        return True

    return valid


def _model(cls: type, models: dict[str, Any]) -> None:
    """Makes the model of a class and of all it is made of."""
    from pydantic import ConfigDict, Field, create_model

    models[cls.__name__] = None  # steps hold answers that hold steps
    declared = {}
    for one in fields(cls):
        rule = one.metadata.get("rule")
        if isinstance(rule, Rule):
            default = ... if rule.required else None
            declared[one.name] = (_type(rule, models), Field(default, alias=rule.key or None))
    settings = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
    models[cls.__name__] = create_model(cls.__name__, __config__=settings, **declared)


def _type(rule: Rule, models: dict[str, Any]) -> Any:
    """The pydantic type that takes what the rule takes."""
    from pydantic import Field

    if rule.what == "object":
        cls = getattr(model, rule.cls) if isinstance(rule.cls, str) else rule.cls
        assert cls is not None
        if cls.__name__ not in models:
            _model(cls, models)
        return ForwardRef(cls.__name__)
    if rule.what == "list" and rule.of is not None:
        return list[_type(rule.of, models)]  # type: ignore[misc]
    if rule.what == "map" and rule.of is not None:
        key = str if rule.any_key else Annotated[str, Field(pattern=_whole(SLUG.pattern))]
        return dict[key, _type(rule.of, models)]  # type: ignore[misc, valid-type]
    if rule.options:
        return Literal[rule.options]
    if rule.what == "duration":
        return Annotated[str, Field(pattern="(?i)" + _whole(DURATION.pattern))]
    pattern = _whole(rule.pattern.pattern) if rule.pattern is not None else None
    plain = {"flag": bool, "whole": int, "number": float, "day": date}
    limits = {"ge": rule.low, "le": rule.high} if rule.what in ("whole", "number") else {"pattern": pattern}
    known = {name: limit for name, limit in limits.items() if limit is not None}
    return Annotated[plain.get(rule.what, str), Field(**known)]


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _ours(data: Data) -> bool:
    found: list[Problem] = []
    node = read_text(yaml.safe_dump(data), "written here").node
    return node is not None and check(node, Script, found) is not None and not has_errors(found)


def _jsonschema() -> Validator:
    """The schema that we give to editors."""
    from jsonschema import Draft7Validator

    validator = Draft7Validator(schema())
    return lambda data: next(validator.iter_errors(data), None) is None


def _same_contract(validator: Validator, folder: Path) -> None:
    """One that let mistakes pass would be quick for nothing."""
    good = _loaded(next(iter(folder.iterdir())))
    branch = good["branches"]["agree"]["steps"]
    spoiled: list[Data] = [
        {**good, "opning": good["opener"]},
        {**good, "opener": {**good["opener"], "seconds": 601}},
        {**good, "voicemail": [{"attempt": "first", "say": "Hi"}]},
        {**good, "branches": {"agree": {"steps": [*branch, {"ask": "When?", "type": "dat"}]}}},
        {key: value for key, value in good.items() if key != "title"},
    ]
    if not validator(good) or any(map(validator, spoiled)):
        raise RuntimeError("ours and the peers do not check the same contract")


# One script


def _one(folder: Path, rounds: int) -> list[Row]:
    """A script whose id is known, from a library of which nothing was read; the shipped one reads its house parts."""
    person = Contact(uuid7(NOW), name="Ann Marsh")
    plain = folder / "script_0.yaml"
    asked: dict[str, Callable[[], object]] = {
        "one": lambda: _usable(folder, plain.stem),
        "peer": lambda: _loaded(plain),
        "shipped": lambda: _usable(_SHIPPED, _FIRST),
    }
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, work in asked.items():
            spent[name].append(processor_ms(work))
    chosen = median(
        processor_ms(lambda: Library(_SHIPPED).choose(person)) for _ in range(max(rounds // 10, 3))
    )
    one, peer, shipped = (median(spent[name]) for name in asked)
    title = f"one script of {_LINES} lines, its id known: read and checked; CPU"
    count = len(list(_SHIPPED.glob("*.yaml")))
    return [
        # A neighbour on the machine can only add: the best is what the work itself needs.
        Row(f"{title}, best", round(min(spent["one"]), 2), "ms", limit=3),
        beside(f"{title}, median", one, "ms", f"PyYAML {version('pyyaml')}'s loader alone", peer),
        Row(f"{_FIRST} with its house parts, two files; CPU, median", round(shipped, 2), "ms"),
        Row(f"the same, chosen by audience among {count} files; CPU, median", round(chosen, 1), "ms"),
    ]


def _usable(folder: Path, script_id: str) -> None:
    if Library(folder).find(script_id) is None:
        raise RuntimeError(f"{script_id} cannot be used")


def _edit(path: Path, rounds: int) -> Row:
    """From a save to the words of the preview; how often the preview looks at the file comes on top."""
    rehearsal = Rehearsal(path)
    written = path.read_text(encoding="utf-8")
    assert rehearsal.line is not None
    target = rehearsal.target(rehearsal.parts[0])
    assert target is not None
    taken = []
    for number in range(rounds):
        edited = f"{target.words} {number}"
        path.write_text(written.replace(target.words, edited, 1), encoding="utf-8")
        began = time.perf_counter()
        changed, line = rehearsal.reload(), rehearsal.line
        taken.append((time.perf_counter() - began) * 1000)
        if not changed or line is None or not line.text.endswith(f" {number}"):
            raise RuntimeError(f"the preview does not show what was saved: {line and line.text}")
    slowest = round(percentile(taken, 95), 1)
    return Row("saved edit -> line of the preview, linted, p95", slowest, "ms", limit=_PREVIEW_MS)
