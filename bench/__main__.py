"""`python -m bench [--json] [--quick] [--write] [NAME…]`: measures, prints, and exits 1 when a figure does not hold."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sqlite3
import sys
from importlib.metadata import version

from bench import Row, peers
from bench.figures_page import PAGE, page

MODULES = ("store", "scripts", "start", "keys", "queue", "importing", "idle", "phone", "followup", "team")
"""Each has a function `rows(quick: bool) -> list[Row]`."""


def main() -> int:
    """Exit code: 0 every figure holds, 1 one does not."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measures Power Hour beside its peers."
    )
    parser.add_argument(
        "names", nargs="*", choices=[[], *MODULES], help=f"which of {', '.join(MODULES)}; all"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--quick", action="store_true", help="small histories and few rounds")
    parser.add_argument("--write", action="store_true", help="make docs/figures.md of all figures")
    options = parser.parse_args()
    if options.write and (options.quick or options.names):
        parser.error("--write makes the whole page: without --quick and without names")
    measured: dict[str, list[Row]] = {}
    for name in options.names or MODULES:
        measured[name] = importlib.import_module(f"bench.{name}").rows(options.quick)
        if not options.json:
            print(*map(_line, measured[name]), sep="\n", flush=True)
    rows = [row for found in measured.values() for row in found]
    if options.write:
        PAGE.write_text(page(measured, machine(), versions()), "utf-8", newline="\n")
    if options.json:
        shown = [{slot: getattr(row, slot) for slot in (*Row.__struct_fields__, "ok")} for row in rows]
        print(json.dumps({"machine": machine(), "versions": versions(), "rows": shown}, indent=1))
    return 0 if all(row.ok for row in rows) else 1


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()}


def versions() -> dict[str, str]:
    """Versions of what the figures depend on."""
    packages = {name: version(name) for name in ("tinydb", "textual", "phonenumbers", "pyyaml")}
    own = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return {**own, **packages, **peers.versions()}


def _line(row: Row) -> str:
    if row.value is None:
        return f"{row.name:<62} not measured: {row.why_not}"
    peer = "" if row.ratio is None else f"{row.ratio:g} x {row.peer}"
    limit = "" if row.limit is None else f"limit {row.limit:g}, {'holds' if row.ok else 'DOES NOT HOLD'}"
    return f"{row.name:<62} {row.value:>9g} {row.unit:<3} {peer:<46} {limit}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
