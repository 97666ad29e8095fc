"""What never changes is made once in a process: the shipped scripts, their checks, the built-in settings, style sheets.

A test asks for them as the program does. Only the work behind is remembered, and only while the input is the same:
a file by its stamp, a style sheet by its text, the style of a part by all that a rule can ask of it and of what it is
in. Values that come back are frozen; lists are copied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import pytest
from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from tui.script.files import extends, load
from tui.script.language.model import Script
from tui.settings import lawpacks
from tui.settings import load as settings_load
from tui.settings.layers import Leaf, Source
from tui.yamlfile.problem import Node, Problem

T = TypeVar("T")
SHIPPED = Path(__file__).parents[1] / "scripts"


def remember() -> None:
    """Begin to remember. Call it before the modules that import these functions are imported."""
    patch = pytest.MonkeyPatch()
    patch.setattr(extends.Folder, "source", _source(extends.Folder.source))
    patch.setattr(extends.Folder, "resolve", _resolve(extends.Folder.resolve))
    patch.setattr(load, "build", _build(load.build))
    from tui.script.check import check  # it imports the library, which imports what was just replaced

    patch.setattr(check, "check_script", _check(check.check_script))
    patch.setattr(settings_load, "_layer", _layer(settings_load._layer))
    patch.setattr(lawpacks, "has_holidays", cache(lawpacks.has_holidays))
    patch.setattr(Stylesheet, "_parse_rules", _rules(Stylesheet._parse_rules))
    patch.setattr(Stylesheet, "apply", _apply(Stylesheet.apply))


def _source(real: Callable[[extends.Folder, Path], extends.SourceFile]) -> Callable[..., extends.SourceFile]:
    known: dict[tuple[Path, str], extends.SourceFile] = {}

    @wraps(real)
    def source(folder: extends.Folder, path: Path) -> extends.SourceFile:
        if path.parent != SHIPPED:
            return real(folder, path)
        key = (path, folder._shown(path))
        if key in known:
            folder._read.setdefault(path, known[key])
        known[key] = real(folder, path)
        return known[key]

    return source


def _resolve(real: Callable[[extends.Folder, Path], extends.Resolved]) -> Callable[..., extends.Resolved]:
    known: dict[tuple[Path, str], extends.Resolved] = {}

    @wraps(real)
    def resolve(folder: extends.Folder, path: Path) -> extends.Resolved:
        if path.parent != SHIPPED:
            return real(folder, path)
        key = (path, folder._shown(path))
        held = known.get(key)
        if held is None or any(folder.source(one.path) is not one for one in held.sources):
            held = known[key] = real(folder, path)
        return held

    return resolve


def _build(real: Callable[[extends.Resolved, Path], load.Loaded]) -> Callable[..., load.Loaded]:
    known: dict[tuple[Path, tuple[int, ...]], tuple[Sequence[extends.SourceFile], load.Loaded]] = {}

    @wraps(real)
    def build(resolved: extends.Resolved, path: Path) -> load.Loaded:
        if any(source.path.parent != SHIPPED for source in resolved.sources):
            return real(resolved, path)
        key = (path, tuple(map(id, resolved.sources)))
        if key not in known:
            known[key] = (resolved.sources, real(resolved, path))  # kept, so that no id is given out twice
        return known[key][1]

    return build


def _check(real: Callable[..., list[Problem]]) -> Callable[..., list[Problem]]:
    known: dict[Any, tuple[Any, list[Problem]]] = {}

    @wraps(real)
    def check_script(loaded: load.Loaded, *more: Any, **named: Any) -> list[Problem]:
        if not loaded.sources or any(source.path.parent != SHIPPED for source in loaded.sources):
            return real(loaded, *more, **named)
        asked = (loaded, more, named)
        key = (id(loaded), *(id(one) if isinstance(one, Script) else repr(one) for one in (*more, named)))
        if key not in known:
            known[key] = (asked, real(loaded, *more, **named))
        return list(known[key][1])

    return check_script


def _layer(real: Callable[..., list[Leaf]]) -> Callable[..., list[Leaf]]:
    known: list[Leaf] = []

    @wraps(real)
    def layer(root: Node, source: Source, *more: Any) -> list[Leaf]:
        if source is not Source.BUILT_IN:
            return real(root, source, *more)
        if not known:
            known.extend(real(root, source, *more))
        return list(known)

    return layer


def _rules(real: Callable[..., list[RuleSet]]) -> Callable[..., list[RuleSet]]:
    known: dict[Any, list[RuleSet]] = {}

    @wraps(real)
    def rules(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
        key = (given, tuple(sorted(named.items())), tuple(sorted(sheet._variables.items())))
        if key not in known:
            known[key] = real(sheet, *given, **named)
        return known[key]

    return rules


class _Looks(dict[Any, tuple[tuple[bool, ...], RulesMap]]):
    """What the rules of a style sheet say of a part, by all that they can ask of it and of what it is in.

    First which of `FLAGS` hold: Textual notes them at the part.
    """


FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")


def _apply(real: Callable[..., None]) -> Callable[..., None]:
    known: dict[tuple[int, ...], tuple[Sequence[RuleSet], _Looks]] = {}

    def looks_of(sheet: Stylesheet) -> _Looks:
        rules = sheet.rules
        held: tuple[Sequence[RuleSet], _Looks] | None = getattr(sheet, "_looks_of_tests", None)
        if held is None or held[0] is not rules:
            held = rules, known.setdefault(tuple(map(id, rules)), (rules, _Looks()))[1]
            sheet._looks_of_tests = held  # type: ignore[attr-defined]
        return held[1]

    @wraps(real)
    def apply(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
        looks = looks_of(sheet)
        asked = node._id if f"#{node._id}" in sheet.rules_map else None, node._pseudo_classes_cache_key
        key = type(node), node.classes, node._css_type_name, *asked, *map(_asked_of, node.ancestors)
        now = id(looks), key
        if getattr(node, "_look_of_tests", None) == now:
            if not animate:
                node.notify_style_update()
            return
        if key not in looks:
            found: dict[Any, RulesMap] = {}
            real(sheet, node, animate=animate, cache=found)
            if found:
                (rules,) = (node.styles.base._rules.copy(),) if _is_only_read(node) else found.values()
                looks[key] = tuple(getattr(node, flag) for flag in FLAGS), rules
        else:
            flags, rules = looks[key]
            for flag, holds in zip(FLAGS, flags, strict=True):
                setattr(node, flag, holds)
            if _is_only_read(node):
                # Into the mapping that is there: what asks whether there is a rule holds it.
                node.styles.base._rules.update(rules)
            else:
                sheet.replace_rules(node, rules, animate=animate)
            sheet._process_component_classes(node)
        node._look_of_tests = now if key in looks else None  # type: ignore[attr-defined]

    return apply


def _is_only_read(node: DOMNode) -> bool:
    """It stands nowhere: a part reads its colours from it."""
    return type(node) is DOMNode


def _asked_of(node: DOMNode) -> tuple[Any, ...]:
    """All that a rule can ask of a part without looking at those beside it; of the app, what holds everywhere."""
    if isinstance(node, App):
        colours = node.current_theme.dark, node.native_ansi_color, node.no_color
        return type(node), node.classes, node.app_focus, node.is_inline, *colours
    assert isinstance(node, Widget)
    can = node.can_focus, node.disabled
    return type(node), node._id, node.classes, node.has_focus, node.mouse_hover, *can
