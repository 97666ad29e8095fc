"""Opens a history in a process of its own and prints what that took: `python -m bench.opening FOLDER [plain]`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.history import POLICY, record_id
from bench.measure import most_memory


def main(folder: str, how: str = "ours") -> None:
    """Prints seconds to the next steps, seconds to the first card after them, and the most memory in MB."""
    began = time.perf_counter()
    if how == "plain":
        from tinydb import TinyDB

        with TinyDB(Path(folder) / "sessions.json") as db:
            steps = {row["contact_id"]: row for row in db.table("next_steps")}
        ready = card = time.perf_counter()
    else:
        from tui.storage.tiny import TinyStore

        store = TinyStore.open(Path(folder), read_only=True)
        steps = dict(store.next_steps(POLICY))
        ready = time.perf_counter()
        store.contact(record_id(1, 7))
        store.calls(record_id(1, 7))
        card = time.perf_counter()
    print(
        json.dumps({"rows": len(steps), "ready": ready - began, "card": card - ready, "peak": most_memory()})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
