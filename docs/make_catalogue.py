"""Collects every text of the screens and brings the catalogues up to date: `python -m docs.make_catalogue`.

Writes `tui/locale/powerhour.pot`, and of each language there `powerhour.po`, where a text without a translation stands
empty, and `powerhour.mo`, which the program reads.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
HOME = ROOT / "tui" / "locale"
NAME = "powerhour"
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""The date of every catalogue: what changed when is known to git."""
TABLES = (
    *(
        f"tui.cockpit.wording.{path.stem}"
        for path in sorted((ROOT / "tui/cockpit/wording").glob("[a-z]*.py"))
    ),
    "tui.widgets.words",
    "tui.plain.words",
    "tui.domain.day_words",
    "tui.phone.problem_words",
    "tui.exchange.reading.sentences",
    "tui.locale.spoken",
    "tui.storage.messages",
    "tui.shared_list.messages",
    "tui.dialer.messages",
)
"""Modules whose tables hold words and nothing else."""
NO_WORDS = frozenset(
    {
        "_FLAGS",
        "_COUNTRY_NAMED_FLAGS",
        "ENCODING_FLAG",
        "_KEPT",
        "_DAYS",
        "_MONTHS",
        "DAYS",
        "TYPED",
        "_LENGTHS",
    }
)
"""Tables in them that only the command line says, or that are codes."""
MARKS = re.compile(r"\b(?:translated|all_translated|Ask|number_of|said)\(")
"""What stands before a text in code; a file without any need not be read further."""
Found = dict[tuple[str, str], set[str]]
"""Context and text, and the files it comes from."""


@cache
def collected() -> Found:
    """Every text that a screen can show, with the files it stands in."""
    found: Found = {}
    for context, text, file in _all():
        if re.search(r"[^\W\d_]", re.sub(r"\{[^{}|]*\}", "", text)):
            found.setdefault((context, text), set()).add(file)
    return found


def _all() -> Iterator[tuple[str, str, str]]:
    for module in TABLES:
        for text in _in_tables(module):
            yield "", text, _file(module)
    for path in sorted((ROOT / "tui").rglob("*.py")):
        code, file = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
        if not MARKS.search(code):
            continue
        tree = ast.parse(code)
        calls = _calls(tree)
        yield from ((context, text, file) for context, text in _marked(calls))
        if any(isinstance(call.func, ast.Name) and call.func.id == "translated" for call in calls):
            yield from (("", text, file) for text in _by_name(tree, file))
        if not path.is_relative_to(ROOT / "tui/cli"):
            yield from (("", text, file) for text in _counted(calls))
    yield from _of_the_records()


def _file(module: str) -> str:
    path = module.replace(".", "/")
    return f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"


def _in_tables(module: str) -> Iterator[str]:
    """The texts of the tables of a module; codes of other tables are none."""
    from tui.cockpit.wording.notices import NOTICES

    tree = ast.parse((ROOT / _file(module)).read_text("utf-8"))
    for node in tree.body:
        match node:
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                for name, table in _named(target, value):
                    if name not in NO_WORDS:
                        yield from (text for text in _values(table) if text not in NOTICES or "_" not in text)


def _named(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield ast.unparse(one), its
    else:
        yield ast.unparse(target), value


def _values(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(str() as text):
            yield text
        case ast.Dict(values=values):
            for value in values:
                yield from _values(value)
        case ast.Tuple(elts=[ast.Constant(str() as key), ast.Constant(str() as words)]) if len(key) == 1:
            yield words
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _values(part)
        case ast.Starred(value=value):
            yield from _values(value)


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _marked(calls: Iterable[ast.Call]) -> Iterator[tuple[str, str]]:
    """What stands in `translated("…")`, and as what Esc does in a question."""
    for call in calls:
        match call:
            case ast.Call(func=ast.Name("said"), args=[first, *_]):
                yield from (("", text) for text in _either(first))
            case ast.Call(func=ast.Name("translated"), args=[first, *others]):
                context = "".join(_either(others[0])) if others else ""
                yield from ((context, text) for text in _either(first))
            case ast.Call(func=ast.Name("all_translated"), args=[ast.Tuple(elts=texts)]):
                yield from (("", text) for one in texts for text in _either(one))
            case ast.Call(func=ast.Name("Ask"), keywords=keywords):
                yield from (
                    ("", text) for one in keywords if one.arg == "leave" for text in _either(one.value)
                )


def _by_name(tree: ast.AST, file: str) -> Iterator[str]:
    """What stands in `translated(WORDS)` and `translated(TABLE[code])`, where that is a table of this file."""
    module, looped = import_module(file.removesuffix(".py").replace("/", ".")), dict[str, str]()
    for node in ast.walk(tree):
        match node:
            case (
                ast.comprehension(
                    target=ast.Tuple(elts=[_, ast.Name(one)]),
                    iter=ast.Call(func=ast.Attribute(value=ast.Name(table), attr="items")),
                )
                | ast.For(
                    target=ast.Tuple(elts=[_, ast.Name(one)]),
                    iter=ast.Call(func=ast.Attribute(value=ast.Name(table), attr="items")),
                )
            ):
                looped[one] = table
    for call in _calls(tree):
        match call:
            case ast.Call(func=ast.Name("translated"), args=[first]):
                for name in ast.walk(first):
                    table = name.id if isinstance(name, ast.Name) else ""
                    table = looped.get(table, table) if name is first else table
                    if table.isupper() and hasattr(module, table):
                        yield from _texts_of(getattr(module, table))


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts_of(one)


def _either(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(str() as text):
            yield text
        case ast.IfExp():
            yield from (*_either(node.body), *_either(node.orelse))
        case ast.BoolOp():
            for one in node.values:
                yield from _either(one)


def _counted(calls: Iterable[ast.Call]) -> Iterator[str]:
    """Nouns that are counted in code: `number_of(count, "dial")`."""
    for call in calls:
        match call:
            case ast.Call(func=ast.Name("number_of"), args=[_, ast.Constant(str() as one), *more]):
                plural = "".join(_either(more[0])) if more else f"{one}s"
                yield f"{{count:{one}|{plural}}}"


def _of_the_records() -> Iterator[tuple[str, str, str]]:
    """Texts of tables whose rows hold other things besides."""
    from tui.cockpit.demo import _PEOPLE
    from tui.commands import COMMANDS
    from tui.commands.keys import SHOWN_KEYS
    from tui.commands.places import PLACES
    from tui.domain.identity.person_fields import PERSON_FIELDS
    from tui.domain.outcome import DEFAULT_OUTCOMES
    from tui.domain.promise import PARTS
    from tui.settings.settings import SETTINGS

    def of(module: str, texts: Iterable[str], context: str = "") -> Iterator[tuple[str, str, str]]:
        return ((context, text, _file(module)) for text in texts if text)

    for command in COMMANDS:
        yield from of("tui.commands", (command.label, command.help))
    yield from of("tui.commands.places", PLACES.values())
    yield from of("tui.commands.keys", (key for key in SHOWN_KEYS.values() if len(key) > 1), "key")
    yield from of("tui.domain.outcome", (text for one in DEFAULT_OUTCOMES for text in (one.label, one.owes)))
    yield from of(
        "tui.domain.identity.person_fields", (t for one in PERSON_FIELDS for t in (one.label, one.hint))
    )
    yield from of("tui.domain.promise", PARTS)
    for one in SETTINGS:
        in_short = one.shape.doc.partition(";")[0] if one.name.startswith("cadence.") else ""
        yield from of("tui.settings.settings", (one.shape.doc, in_short, one.shape.pattern_help))
    yield from (("", label, file) for label, file in _labels())
    yield from of("tui.cockpit.demo", (role for _, _, role, *_ in _PEOPLE), "role")
    for module, pick in _PICKED:
        yield from of(module, pick(import_module(module)))


def _labels() -> Iterator[tuple[str, str]]:
    """Labels that stand first in the pairs of a page's function that translates them: `("Promised", words)`."""
    for path in sorted((ROOT / "tui/cockpit/pages").glob("*.py")):
        code = path.read_text("utf-8")
        if "translated(" not in code:
            continue
        for function in ast.walk(ast.parse(code)):
            if isinstance(function, ast.FunctionDef) and "translated(" in ast.unparse(function):
                for pair in ast.walk(function):
                    match pair:
                        case ast.Tuple(elts=[ast.Constant(str() as label), _]) if label[:1].isupper():
                            yield label, path.relative_to(ROOT).as_posix()


def _demo(module: object) -> Iterator[str]:
    """How the numbers of the people of the first start are called."""
    yield from (label for _, _, _, _, _, label, _ in getattr(module, "_PEOPLE"))  # noqa: B009
    yield "other"


def _table(*names: str, keys: bool = False) -> Callable[[object], Iterable[str]]:
    """The texts in tables of a module: of a dict its values, or its keys."""

    def texts(module: object) -> Iterator[str]:
        for name in names:
            value = getattr(module, name)
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                yield from value if keys else value.values()
            else:
                yield from value

    return texts


_PICKED: tuple[tuple[str, Callable[[object], Iterable[str]]], ...] = (
    ("tui.cockpit.wording.answers", _table("REFUSED_FOR", keys=True)),
    ("tui.cockpit.demo", _demo),
    ("tui.cockpit.view", lambda module: (module.Ask("", "", ()).leave,)),  # type: ignore[attr-defined]
    ("tui.cockpit.call_view", lambda _: ("muted", "on hold", "will be recorded", "recording", "encrypted")),
    ("tui.cockpit.pages.contact", lambda _: ("Handed over", "Needs manager", "Manager said")),
    ("tui.settings.layers", _table("_FROM")),
    ("tui.yamlfile.contract", _table("_WANTED")),
    ("tui.yamlfile.fields", _table("SLUG_HELP", "DURATION_HELP")),
    ("tui.widgets.frame", _table("STOPS")),
    ("tui.widgets.frame", _table("_DOING", keys=True)),
    ("tui.widgets.frame", lambda _: ("talked", "agreed")),
)
"""Texts beside code, and how they are taken from it."""


def template() -> Catalog:
    """All texts, without a translation, in the order of the files."""
    catalog = Catalog(project="Power Hour", version="", creation_date=_LONG_AGO, charset="utf-8")
    catalog.header_comment = "# Texts of Power Hour. docs/translating.md says how a language is added."
    texts = sorted(collected().items(), key=lambda one: (min(one[1]), one[0][1], one[0][0]))
    for (context, text), files in texts:
        message = catalog.add(text, locations=[(file, 0) for file in sorted(files)], context=context or None)
        message.flags.discard("python-format")
    return catalog


def languages() -> list[Path]:
    """The catalogues of the languages we ship."""
    return sorted(HOME.glob(f"*/LC_MESSAGES/{NAME}.po"))


def updated(po: Path, texts: Catalog) -> Catalog:
    """The catalogue of a language with all texts that there are now, and with none that is gone."""
    with po.open("rb") as file:
        catalog = read_po(file, locale=po.parent.parent.name)
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    for message in catalog:
        message.flags.discard("python-format")
    catalog.creation_date = catalog.revision_date = _LONG_AGO
    return catalog


def main() -> None:
    """Write them all."""
    texts = template()
    with (HOME / f"{NAME}.pot").open("wb") as file:
        write_po(file, texts, width=110, include_lineno=False)
    for po in languages():
        catalog = updated(po, texts)
        with po.open("wb") as file:
            write_po(file, catalog, width=110, include_lineno=False)
        with po.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        missing = sum(1 for message in catalog if message.id and not message.string)
        print(f"{po.parent.parent.name}: {len(catalog)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
