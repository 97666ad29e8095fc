"""One test for a whole table: where a row takes less than what pytest adds to each test, hundreds cost as few."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

Test = Callable[..., None]


def each(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize`, but one test that fails with every row that does not hold, and why.

    The rows share what a fixture gives, so it is no place for a test that changes something.
    """
    given, table = ((names,), [(row,) for row in rows]) if isinstance(names, str) else (names, list(rows))
    assert table

    def decorate(test: Test) -> Test:
        asked = inspect.signature(test)

        def all_rows(**fixtures: Any) -> None:
            failed = [f"{row}: {why}" for row in table if (why := _why_not(test, given, row, fixtures))]
            assert not failed, f"{len(failed)} of {len(table)} rows:\n" + "\n".join(failed)

        for name in ("__name__", "__qualname__", "__module__", "__doc__"):
            setattr(all_rows, name, getattr(test, name))
        others = [one for name, one in asked.parameters.items() if name not in given]
        assert len(others) + len(given) == len(asked.parameters)
        all_rows.__signature__ = asked.replace(parameters=others)  # type: ignore[attr-defined]
        return all_rows

    return decorate


def _why_not(test: Test, given: tuple[str, ...], row: tuple[Any, ...], fixtures: dict[str, Any]) -> str:
    try:
        test(**dict(zip(given, row, strict=True)), **fixtures)
    except Exception as error:
        return repr(error)
    return ""
