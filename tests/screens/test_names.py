from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from functools import cache

import pytest
from textual.message_pump import MessagePump

import tui.screens
import tui.widgets

MEANT = {"_handle_exception", "_exception", "_return_code", "_default_focused", "_default_virtual_size"}
MEANT |= {"_load_directory", "_populate_node"}
"""What of Textual is replaced on purpose: the end after a crash, what paints the whole screen, and the files of a
folder, which Textual takes for empty where it cannot be read.

The defaults are what Textual notes of a reactive that is declared again, which is a public way."""


def _classes() -> list[type]:
    modules = [importlib.import_module("tui.app")]
    for package in (tui.screens, tui.widgets):
        names = [f"{package.__name__}.{found.name}" for found in pkgutil.iter_modules(package.__path__)]
        modules += [importlib.import_module(name) for name in names]
    found = {
        one
        for module in modules
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, MessagePump) and one.__module__.startswith("tui.")
    }
    return sorted(found, key=lambda one: one.__qualname__)


@cache
def _private_names(one: type) -> set[str]:
    """Names with one leading underscore that a class defines or gives its instances."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(one)))
    given = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    return {name for name in given | set(vars(one)) if name.startswith("_") and not name.startswith("__")}


@pytest.mark.slow
def test_no_private_name_of_ours_is_one_of_textuals():
    classes = _classes()
    assert len(classes) > 40
    found = {ours.__qualname__: _clashes(ours) for ours in classes}
    assert {name: clashes for name, clashes in found.items() if clashes} == {}


def _clashes(ours: type) -> set[str]:
    theirs: set[str] = set()
    for base in ours.__mro__:
        if base.__module__.startswith("textual"):
            theirs |= _private_names(base)
    made_by_textual = {name for name in vars(ours) if name in {"_css_type_name", "_css_type_names"}}
    mixins = (
        base
        for base in ours.__mro__
        if base.__module__.startswith("tui.") and not issubclass(base, MessagePump)
    )
    own = _private_names(ours).union(*map(_private_names, mixins))
    clashes = own & theirs - MEANT - made_by_textual
    return {name for name in clashes if not _generated(name)}


def _generated(name: str) -> bool:
    """What Textual itself puts on every class it is told of."""
    return name in {
        "_reactives",
        "_decorated_handlers",
        "_merged_bindings",
        "_css_bases",
        "_inherit_bindings",
        "_inherit_css",
        "_inherit_component_classes",
        "_computes",
    }
