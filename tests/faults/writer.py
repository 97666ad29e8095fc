"""Commits for ever in a process that will be killed; each acknowledged commit is noted in a file.

Reads lines `folder acks seed` and forks a writer for each, so that the imports are paid once. What was
written to the file of acknowledgements is kept by the kernel when the process dies.
"""

from __future__ import annotations

import os
import random
import sys
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.domain.call import Call, Note
from tui.domain.contact import Contact
from tui.domain.next_step import NextStep
from tui.domain.outcome import Category
from tui.domain.session import Session
from tui.storage.protocol import Change
from tui.storage.tiny import TinyStore

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONTACTS = 7


def change(number: int, dice: random.Random) -> tuple[Change, datetime]:
    """All that one outcome key writes; every part carries the number."""
    now = START + timedelta(seconds=number)
    contact_id = f"c{number % CONTACTS}"
    return Change(
        contacts=(Contact(contact_id, name="Ann Rossi", remembered={"last": str(number)}),),
        calls=(
            Call(
                f"k{number}",
                contact_id,
                now,
                "voicemail",
                Category.VOICEMAIL,
                notes=(Note(now, "x" * dice.randrange(1, 800)),),
            ),
        ),
        sessions=(Session("s1", START, 900.0, spent={"talking": float(number)}),),
        state={"running": {"number": number}},
        next_steps={contact_id: NextStep("call", "follow_up", None, tries=number)},
        policy_hash="p1",
    ), now


def write_for_ever(folder: Path, acks: Path, seed: int) -> None:
    """Commits, sometimes makes a checkpoint, sometimes closes and opens; never returns."""
    dice = random.Random(seed)
    noted = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    store = TinyStore.open(folder)
    number = 100_000 * seed
    while True:
        number += 1
        what, now = change(number, dice)
        store.commit(what, now)
        os.write(noted, b"%d\n" % number)
        chance = dice.random()
        if chance < 0.05:
            store.db.storage.checkpoint()
        elif chance < 0.08:
            store.close()
            store = TinyStore.open(folder)


def main() -> None:
    """Forks one writer a line, says its pid, and waits for its end before the next line."""
    for line in sys.stdin:
        folder, acks, seed = line.split()
        pid = os.fork()
        if pid == 0:
            try:
                write_for_ever(Path(folder), Path(acks), int(seed))
            except BaseException:
                Path(acks + ".error").write_text(traceback.format_exc())
            os._exit(1)
        print(pid, flush=True)
        os.waitpid(pid, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main()
