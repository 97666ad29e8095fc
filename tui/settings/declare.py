"""How a setting is declared, and what follows from the declarations: the file's contract, the built-in values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache, partial
from keyword import iskeyword
from typing import Any, Literal

from msgspec import UNSET, Struct, defstruct, field
from msgspec.structs import replace

from tui.settings.layers import Path, node_of
from tui.settings.meaning import Read, Stricter
from tui.yamlfile.contract import check
from tui.yamlfile.fields import Rule, rule_of
from tui.yamlfile.problem import Plain

ANY = "*"
"""In a setting's name: a name that people choose, such as an outcome's or a language."""
_FREE = ("defaults", "keys")
"""Groups in which such a name may be any text, not only letters and digits."""
_RANGES = ("mon-fri", "mon-thu", "mon-sat", "sat-sun", "mon-sun")
"""Days that people write together, offered where one is misspelt."""
Who = Literal["anyone", "anyone's file", "team", "team, else rep", "rep"]


class Setting(Struct, frozen=True):
    """One row of the table."""

    path: Path
    """Its name in parts: `("cadence", "attempts")`."""
    shape: Rule
    """What it takes, with its help."""
    default: Plain | None = None
    """The built-in value as one would write it; of names that people choose the whole group. None: nothing is set."""
    absent: Any = None
    """Its value where nothing is set."""
    read: Read | None = None
    """From what was written to what the program uses, where the shape does not say it all."""
    lock: Stricter | None = None
    """Whether a rep's value is as strict as the locked one of the team. None: a locked value stays as it is."""
    by: Who = "anyone"
    """Who may set it: everybody anywhere, everybody in their file, the team where there is one (and a rep where that
    says nothing), a rep's own file.
    """
    empty: bool = False
    """Whether `""` means: none."""
    runs: bool = False
    """Whether it names a program."""

    @property
    def name(self) -> str:
        """`cadence.attempts`."""
        return ".".join(self.path)

    @property
    def where(self) -> Path:
        """The part of its name that the program chose."""
        return self.path[: self.path.index(ANY)] if ANY in self.path else self.path

    def fits(self, path: Path) -> bool:
        """Whether this is the setting with that name, or is in the group with that name."""
        mine = self.path[: len(path)]
        return len(mine) == len(path) and all(a in (ANY, b) for a, b in zip(mine, path, strict=True))


def setting(name: str, shape: Any, default: Plain | None = None, **more: Any) -> Setting:
    """A row of the table: dotted name, what it takes (`whole(1, 30, "its help")`), built-in value, and the rest."""
    absent = {} if ANY in name else getattr(shape, "default", None)
    return Setting(tuple(name.split(".")), rule_of(shape), default, absent, **more)


class Declared:
    """What a field of the settings is made of."""

    def __init__(
        self, value: Callable[[], Any], settings: tuple[Setting, ...], group: type[Struct] | None = None
    ) -> None:
        self._value = value
        self.settings = settings
        self.group = group
        """The record it is, where it has fields of its own."""

    def __call__(self) -> Any:
        """The value without any file."""
        return self._value()


def row(name: str, shape: Any, default: Plain | None = None, *, bare: Any = UNSET, **more: Any) -> Any:
    """A field that one setting fills. `bare` is its value without any file, where the built-in one is not meant."""
    declared = setting(name, shape, default, **more)
    value = cache(partial(_built_in, declared)) if bare is UNSET else lambda: bare
    return field(default_factory=Declared(value, (declared,)))


def group(cls: type[Struct]) -> Any:
    """A field that is a record of its own, with rows for its fields."""
    return field(default_factory=Declared(cls, rows_of(cls), cls))


def by_hand(value: Callable[[], Any], *rows: Setting) -> Any:
    """A field that is made of several settings together; `value` gives it without any file."""
    return field(default_factory=Declared(value, rows))


def declared_in(cls: type[Struct]) -> Iterator[tuple[str, Declared]]:
    """The fields of a class of settings, each with what it is made of."""
    for name, default in zip(cls.__struct_fields__, cls.__struct_defaults__, strict=True):
        assert isinstance(default.factory, Declared)
        yield name, default.factory


def rows_of(cls: type[Struct]) -> tuple[Setting, ...]:
    """Every setting that is declared in a class."""
    return tuple(setting for _, declared in declared_in(cls) for setting in declared.settings)


def written(value: object) -> Plain:
    """Whole numbers, words and waits of whole hours as one would write them in config.yaml."""
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if isinstance(value, timedelta):
        days, rest = divmod(value, timedelta(days=1))
        return f"{value // timedelta(hours=1)}h" if rest else f"{days}d"
    return str(value)


def built_in(rows: Iterable[Setting]) -> dict[str, Plain]:
    """The built-in values as one would write them in a file."""
    return _tree((setting.where, setting.default) for setting in rows if setting.default is not None)


def _built_in(setting: Setting) -> Any:
    if setting.default in (None, ""):
        return setting.absent
    config = check(node_of(built_in((setting,)), "built-in"), contract((setting,)), [])
    value = value_at(config, setting.where)
    return setting.read(value) if setting.read else value


def contract(rows: Iterable[Setting]) -> type:
    """The class with which a whole file is checked: a class for each group, as the checker wants it."""
    cls = _rule(_tree((setting.path, setting.shape) for setting in rows), False).cls
    assert isinstance(cls, type)
    return cls


def _rule(part: Rule | dict[str, Any], free: bool) -> Rule:
    if isinstance(part, Rule):
        return part
    if ANY in part:
        return Rule("map", of=_rule(part[ANY], free), any_key=free)
    keys = {_attribute(key): replace(_rule(below, key in _FREE), key=key) for key, below in part.items()}
    more = {"short_forms": _RANGES} if "mon" in part else {}
    # A dataclass takes much longer to make, and each start makes all of them.
    made = defstruct("Group", [(name, Any, None) for name in keys], namespace={"rules": keys, **more})
    return Rule("object", cls=made)


def value_at(config: Any, path: Path) -> Any:
    """The value a checked file holds at a path that it has."""
    for name in path:
        config = config[name] if isinstance(config, dict) else getattr(config, _attribute(name))
    return config


def _attribute(key: str) -> str:
    return f"{key}_" if iskeyword(key) else key


def _tree(items: Iterable[tuple[Path, Any]]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, value in items:
        at = tree
        for name in path[:-1]:
            at = at.setdefault(name, {})
        at[path[-1]] = value
    return tree
