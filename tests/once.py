"""What never changes is made once in a process: the shipped scripts, their checks, the built-in settings, style sheets.

A test asks for them as the program does. Only the work behind is remembered, and only while the input is the same:
a file by its stamp, a style sheet by its text, the style of a part by all that a rule can ask of it and of what it is
in. Values that come back are frozen; lists are copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeVar
from weakref import ref

import pytest
from textual import _callback
from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RenderStyles, RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.widget import Widget

from tui.script.files import extends, load
from tui.script.language.model import Script
from tui.settings import lawpacks
from tui.settings import load as settings_load
from tui.settings.layers import Leaf, Source
from tui.yamlfile.problem import Node, Problem

T = TypeVar("T")
SHIPPED = Path(__file__).parents[1] / "scripts"
CONFIG = SHIPPED.with_name("config.yaml")
Read = tuple[Node | None, list[Problem]]


def remember() -> None:
    """Begin to remember. Call it before the modules that import these functions are imported."""
    patch = pytest.MonkeyPatch()
    patch.setattr(extends.Folder, "source", _source(extends.Folder.source))
    patch.setattr(extends.Folder, "resolve", _resolve(extends.Folder.resolve))
    patch.setattr(load, "build", _build(load.build))
    from tui.script.check import check  # it imports the library, which imports what was just replaced

    patch.setattr(check, "check_script", _check(check.check_script))
    patch.setattr(settings_load, "_layer", _layer(settings_load._layer))
    patch.setattr(settings_load, "_file", _file(settings_load._file))
    patch.setattr(lawpacks, "has_holidays", cache(lawpacks.has_holidays))
    patch.setattr(Stylesheet, "_parse_rules", _rules(Stylesheet._parse_rules))
    patch.setattr(Stylesheet, "apply", _apply(Stylesheet.apply))
    patch.setattr(MessagePump, "_get_dispatch_methods", _handlers(MessagePump._get_dispatch_methods))
    patch.setattr(Reactive, "__get__", _value(Reactive.__get__))
    patch.setattr(_callback, "_count_parameters", _counted(_callback._count_parameters))


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


def _file(real: Callable[..., Read]) -> Callable[..., Read]:
    known: dict[tuple[Source, int, int], tuple[Read, list[str]]] = {}

    @wraps(real)
    def file(path: Path, source: Source, lines: dict[str, list[str]], text: str | None = None) -> Read:
        if text is not None or path != CONFIG:
            return real(path, source, lines, text)
        stamp = path.stat()
        key = (source, stamp.st_mtime_ns, stamp.st_size)
        if key not in known:
            known[key] = real(path, source, lines), lines[str(path)]
        (root, problems), lines[str(path)] = known[key]
        return root, list(problems)

    return file


def _rules(real: Callable[..., list[RuleSet]]) -> Callable[..., list[RuleSet]]:
    known: dict[Any, list[RuleSet]] = {}
    numbers: dict[Any, int] = {}
    latest: list[Any] = [None, 0]  # the colours that were asked for last, and their number

    @wraps(real)
    def rules(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
        if latest[0] is not sheet._variables:
            colours = tuple(sorted(sheet._variables.items()))
            latest[:] = sheet._variables, numbers.setdefault(colours, len(numbers))
        key = (given, tuple(sorted(named.items())), latest[1])
        if key not in known:
            known[key] = real(sheet, *given, **named)
        return known[key]

    return rules


@dataclass
class _Look:
    """What the rules of a style sheet say of a part."""

    flags: tuple[bool, ...]
    """Which of `FLAGS` hold: Textual notes them at the part."""
    rules: RulesMap
    settled: RulesMap | None = None
    """The same as a part holds it, each value as its property keeps it; None until a part held it."""
    components: dict[Any, dict[str, RulesMap]] = field(default_factory=dict)
    """What they say of what is painted in the part (its component classes), by all that can be asked of that."""


class _Components(dict[str, RenderStyles]):
    """Styles of what is painted in a part. Few are ever asked for, and each costs a node."""

    def __init__(self, part: DOMNode, rules: dict[str, RulesMap]) -> None:
        super().__init__()
        self._part, self._rules = ref(part), rules

    def __contains__(self, name: object) -> bool:
        return name in self._rules or super().__contains__(name)

    def __missing__(self, name: str) -> RenderStyles:
        part, rules = self._part(), self._rules[name]
        node = DOMNode(classes=name)
        node._attach(part)  # type: ignore[arg-type]
        node.styles.base._rules.update(rules)
        self[name] = node.styles
        return node.styles

    def clear(self) -> None:
        """Hold none any more, as the part does when it ends."""
        super().clear()
        self._rules = {}


FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")


def _apply(real: Callable[..., None]) -> Callable[..., None]:
    known: dict[tuple[int, ...], tuple[Sequence[RuleSet], dict[Any, _Look]]] = {}

    def looks_of(sheet: Stylesheet) -> dict[Any, _Look]:
        rules = sheet.rules
        held: tuple[Sequence[RuleSet], dict[Any, _Look]] | None = getattr(sheet, "_looks_of_tests", None)
        if held is None or held[0] is not rules:
            held = rules, known.setdefault(tuple(map(id, rules)), (rules, {}))[1]
            sheet._looks_of_tests = held  # type: ignore[attr-defined]
        return held[1]

    @wraps(real)
    def apply(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
        if type(node) is DOMNode:
            real(sheet, node, animate=animate, cache=cache)  # a component: its part remembers it
            return
        looks = looks_of(sheet)
        asked = node._id if f"#{node._id}" in sheet.rules_map else None, node._pseudo_classes_cache_key
        key = type(node), node.classes, node._css_type_name, *asked, *map(_asked_of, node.ancestors)
        now = id(looks), key
        if getattr(node, "_look_of_tests", None) == now:
            if not animate:
                node.notify_style_update()
            return
        look = looks.get(key)
        if look is None:
            found: dict[Any, RulesMap] = {}
            real(sheet, node, animate=animate, cache=found)
            if found:
                (rules,) = found.values()
                flags = tuple(getattr(node, flag) for flag in FLAGS)
                look = looks[key] = _Look(flags, rules, None if animate else node.styles.base.get_rules())
                look.components[_asked_of(node)] = _rules_of_components(node)
        else:
            for flag, holds in zip(FLAGS, look.flags, strict=True):
                setattr(node, flag, holds)
            _dress(sheet, node, look, animate)
            _components(sheet, node, look)
        node._look_of_tests = now if key in looks else None  # type: ignore[attr-defined]

    return apply


def _dress(sheet: Stylesheet, node: DOMNode, look: _Look, animate: bool) -> None:
    """Give the part its rules: as Textual does, but only those that are others than before."""
    if animate and "transitions" in look.rules:
        sheet.replace_rules(node, look.rules, animate=True)
        return
    base, settled = node.styles.base, look.settled
    if settled is None:
        sheet.replace_rules(node, look.rules)
        look.settled = base.get_rules()
        return
    has: dict[str, Any] = base._rules  # type: ignore[assignment]
    if node._is_mounted:
        wanted, given = settled.get, look.rules.get
        for name in has.keys() | settled.keys():
            if has.get(name) is not wanted(name):
                setattr(base, name, given(name))
    else:
        # Into the mapping that is there: what asks whether there is a rule holds it.
        has.clear()
        base.merge_rules(settled)
    node.notify_style_update()


def _components(sheet: Stylesheet, node: DOMNode, look: _Look) -> None:
    if not node._get_component_classes():
        return
    key = _asked_of(node)
    if (rules := look.components.get(key)) is None:
        sheet._process_component_classes(node)
        look.components[key] = _rules_of_components(node)
    else:
        node._component_styles = _Components(node, rules)
        node.refresh()


def _rules_of_components(node: DOMNode) -> dict[str, RulesMap]:
    return {name: styles.base.get_rules() for name, styles in node._component_styles.items()}


def _asked_of(node: DOMNode) -> tuple[Any, ...]:
    """All that a rule can ask of a part without looking at those beside it; of the app, what holds everywhere."""
    if isinstance(node, App):
        colours = node.current_theme.dark, node.native_ansi_color, node.no_color
        return type(node), node.classes, node.app_focus, node.is_inline, *colours
    assert isinstance(node, Widget)
    can = node.can_focus, node.disabled
    return type(node), node._id, node.classes, node.has_focus, node.mouse_hover, *can


def _handlers(real: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
    known: dict[Any, list[tuple[type, Any]] | None] = {}

    def found(kind: type, name: str, message: type) -> list[tuple[type, Any]] | None:
        """The methods of its classes; None where it depends on who sent the message."""
        every: list[tuple[type, Any]] = []
        for one in kind.__mro__:
            if any(issubclass(message, heard) for heard in one.__dict__.get("_decorated_handlers", ())):
                return None
            method = one.__dict__.get(f"_{name}") or one.__dict__.get(name)
            if method is not None and not getattr(method, "_textual_on", None):
                every.append((one, method))
        return every

    @wraps(real)
    def handlers(pump: MessagePump, name: str, message: Message) -> Iterable[Any]:
        key = type(pump), name, type(message)
        if key not in known:
            known[key] = found(*key)
        methods = known[key]
        if methods is None:
            yield from real(pump, name, message)
            return
        for kind, method in methods:
            if message._no_default_action:
                break
            yield kind, method.__get__(pump, kind)

    return handlers


def _value(real: Callable[..., Any]) -> Callable[..., Any]:
    computed: dict[Any, bool] = {}

    @wraps(real)
    def value(reactive: Reactive[Any], obj: Any, kind: type) -> Any:
        if obj is not None and (name := reactive.internal_name) in (held := obj.__dict__):
            key = type(obj), reactive.compute_name
            if key not in computed:
                computed[key] = hasattr(*key)
            if not computed[key]:
                return held[name]
        return real(reactive, obj, kind)

    return value


def _counted(real: Callable[..., int]) -> Callable[..., int]:
    known: dict[CodeType, int] = {}

    @wraps(real)
    def count_parameters(function: Callable[..., Any]) -> int:
        if type(function) is not FunctionType or function.__dict__:  # what stands there may say otherwise
            return real(function)
        code = function.__code__
        if code not in known:
            known[code] = real(function)
        return known[code]

    return count_parameters
