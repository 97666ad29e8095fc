"""The scripts that are always there, one in each language the program ships: used when a team has none that fits,
or when those it has cannot be read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tui.script.files.extends import Folder
from tui.script.files.load import build
from tui.script.language.languages import base
from tui.script.language.model import Script

FILES = {
    language: Path(__file__).with_name(name)
    for language, name in {"en": "builtin.yaml", "it": "builtin_it.yaml"}.items()
}
"""The built-in scripts by language."""


def has_builtin(language: str) -> bool:
    """Whether there is a built-in script in this language."""
    return base(language) in FILES


def builtin(language: str = "en") -> Script:
    """The built-in script in this language: few words for every situation. In English where there is none."""
    return _built_in(base(language) if has_builtin(language) else "en")


def builtin_with_id(script_id: str) -> Script | None:
    """The built-in script with this id; None when it is none of them."""
    return next((one for language in FILES if (one := _built_in(language)).id == script_id), None)


@cache
def _built_in(language: str) -> Script:
    path = FILES[language]
    script = build(Folder(path.parent).resolve(path), path).script
    assert script is not None, f"the package is damaged: {path.name} cannot be read"
    return script
