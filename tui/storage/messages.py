"""What the store tells the rep when something went wrong: what happened, where, what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from tui.locale.spoken import filled, reason_of, translated

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_SAID = {
    # Whole sentences that stand in a field of others: `{cure}`, `{held}`.
    "held": "A sync folder (OneDrive, Dropbox, iCloud), a virus scanner or a network drive may hold the file: "
    "keep the data in a folder of this computer that nothing syncs.",
    "disk_full": "the disk is full",
    "unknown": "unknown error",
    "free_space": "Free some space, then press the key again.",
    "may_you_write": "Check that you may write there. {held}",
    "press_again": "Press the key again. If it stays, copy your notes and check the disk. {held}",
    # What was not saved.
    "not_saved": "Not saved: {why} ({file}). {cure}",
    "not_sure": "Not saved: the disk could not confirm the write to {file} ({why}). "
    "Note what is on the screen, then quit and start again. {held}",
    "out_of_order": "Not saved: {why} ({file}). Note what is on the screen, then quit and start again.",
    "silent": "Not saved: the disk with your data does not answer. Is a network drive gone?",
    "closed": "Not saved: Power Hour was ending.",
    "fault": "Not saved: {why}. This is a fault in Power Hour: please report it, with what you did last.",
    "reading_only": "Not saved: {file} is open for reading only. Do it in the Power Hour that is running.",
    "other_writer": "Not saved: another Power Hour has opened {file} since its lock file was removed. "
    "Note what is on the screen, quit both, then start again.",
    "other_process": "Not saved: another Power Hour (process {pid}) has opened {file} since its lock file was removed. "
    "Note what is on the screen, quit both, then start again.",
    "inbox_full": "Not saved: the do-not-call inbox is full. Start Power Hour, which takes up what lies there.",
    # What cannot be opened.
    "open_elsewhere": "Power Hour is already open with the data in {folder}. "
    "Close that one first. `powerhour who`, `queue` and `dnc add` work beside it.",
    "open_in_process": "Power Hour is already open (process {pid}) with the data in {folder}. "
    "Close that one first. `powerhour who`, `queue` and `dnc add` work beside it.",
    "inbox": "Do-not-calls from outside may be missing: {file} cannot be read ({why}). "
    "Look into it, add them with `powerhour dnc add`, then move the file away.",
    "no_lock": "{file} cannot be locked ({why}). {held}",
    "no_folder": "The data folder {folder} cannot be written ({why}). {cure}",
    "no_open": "{file} cannot be opened ({why}). Nothing was changed. {cure}",
    "not_put_aside": "What was open when the program stopped cannot be brought back, and a copy of it cannot be kept "
    "in {folder} ({why}). Nothing was changed. {cure}",
    "both_damaged": "{file} and {name}.bak cannot be read. Nothing was changed. "
    "Copy the folder {folder} to a safe place, then put back {name} from a backup. {held}",
    "newer_schema": "{file} was written by a newer Power Hour (format {found}; this one knows {known}). "
    "Nothing was changed. Install the newer version, then start again.",
    "old_not_kept": "{file} was written by an older Power Hour, and a copy of it cannot be kept ({why}). "
    "Nothing was changed. {cure}",
    # What was found at the start, or happened beside.
    "kept": " A copy is kept as {names}.",
    "rebuilt": "{file} was damaged or missing. It was rebuilt from the copy before it and the journal.",
    "older_copy": "{name} was an older copy. What was saved since was put back from beside it.",
    "found_none_taken": "Files beside {file} held {count:record|records} that it does not have: "
    "another computer or an old copy may have come between. None was taken in.",
    "found_taken": "Files beside {file} held {count:record|records} that it does not have: "
    "another computer or an old copy may have come between. {taken:was|were} taken in.",
    "lines_damaged": "{count:saved step|saved steps} in {file} could not be read and will be missing.",
    "spare_damaged": "{file}, which Power Hour keeps in reserve, was damaged. "
    "It was not needed, and was written again.",
    "step_missing": "Saved step {first} is missing from the journal: the last calls before may be incomplete.",
    "steps_missing": "Saved steps {first} to {last} are missing from the journal: "
    "the last calls before may be incomplete.",
    "edited_outside": "{file} was changed by something other than Power Hour. It was read as it stands now.",
    "edited_meanwhile": "Another program changed {file} before it held all that Power Hour had saved. "
    "Where both changed a record, the one of Power Hour counts.{added}",
    "theirs_kept": "Another program changed {file} while Power Hour was running. Your calls are saved; "
    "its file was kept as {copy}.{added} Is the folder synced?",
    "added": " {count:record that it added was|records that it added were} taken in.",
    "journal_removed": "Another program removed or changed {file} while Power Hour was running. "
    "Everything in it was written again. {held}",
    "kept_beside": "Another Power Hour has opened {file} since its lock file was removed. "
    "Everything that was saved here is kept as {copy}.",
    "postponed": "What was saved is in the journal beside {file}, which could not be brought up to date ({why}). "
    "The next start does it. {cure}",
    "record_unreadable": "One record of {table} in {file} cannot be used ({record}: {why}). It stays in the file.",
    # Somebody is forgotten.
    "not_removed": "Not forgotten: a file that holds them cannot be deleted ({why}). "
    "Delete it yourself, then try again: {files}",
    "removed_with": "Deleted, because they held somebody who was forgotten: {files}",
    "not_erased": "Forgotten, but older copies of {file} could not be written afresh yet ({why}). "
    "The next start does it.",
}
INTERRUPTED = "the last write was interrupted"
NOT_CONFIRMED = "the disk could not confirm an earlier write"
"""Why nothing more can be written; translated where it is said."""
TOO_LARGE = "it is larger than 8 MB"
"""What is said of the inbox in place of the system's word."""


def say(code: str, **values: object) -> str:
    """The sentence of a code with its values, in the language of the screens."""
    return filled(_SAID[code], {"held": translated(_SAID["held"])} | values)


def reason(error: OSError) -> str:
    """The system's word for an error, without numbers and paths."""
    if error.errno in _FULL:
        return say("disk_full")
    return reason_of(error) or (translated(os.strerror(error.errno)) if error.errno else say("unknown"))


def cure(error: OSError) -> str:
    """What the rep can do about an error."""
    if error.errno in _FULL:
        return say("free_space")
    return say("may_you_write" if error.errno in _FORBIDDEN else "press_again")


def _why(error: OSError) -> dict[str, str]:
    return {"why": reason(error), "cure": cure(error)}


def not_saved(path: Path, error: OSError) -> str:
    """A commit that did not reach the disk; the next one may work."""
    return say("not_saved", file=path, **_why(error))


def not_sure(path: Path, error: OSError) -> str:
    """A commit the disk refused to confirm; nothing more is written until the store is opened again."""
    return say("not_sure", file=path, why=reason(error))


def out_of_order(path: Path, why: str) -> str:
    """A commit after a failure the store cannot write beyond."""
    return say("out_of_order", file=path, why=translated(why))


def silent() -> str:
    """A disk that takes a write and does not come back."""
    return say("silent")


def closed() -> str:
    """A write that came after the store was closed."""
    return say("closed")


def cannot_be_written(why: str) -> str:
    """A commit holding something a file cannot hold: a fault of the program."""
    return say("fault", why=why)


def reading_only(path: Path) -> str:
    """A commit to a store opened for reading."""
    return say("reading_only", file=path)


def open_elsewhere(path: Path, pid: int | None) -> str:
    """The store is open for writing in another process."""
    return say("open_in_process" if pid else "open_elsewhere", pid=pid, folder=path.parent)


def inbox_full() -> str:
    """A do-not-call that found no room in the file where it waits for the cockpit."""
    return say("inbox_full")


def cannot_read_inbox(path: Path, why: str) -> str:
    """The file in which do-not-calls from outside wait."""
    return say("inbox", file=path, why=why)


def cannot_lock(path: Path, error: OSError) -> str:
    """The file system keeps no locks, as some network drives do."""
    return say("no_lock", file=path, why=reason(error))


def cannot_write_folder(folder: Path, error: OSError) -> str:
    """The data folder refuses a file."""
    return say("no_folder", folder=folder, **_why(error))


def cannot_open(path: Path, error: OSError) -> str:
    """The file is there, but reading it or mending it failed."""
    return say("no_open", file=path, **_why(error))


def cannot_put_aside(folder: Path, error: OSError) -> str:
    """What the last run left cannot be brought back, and cannot be written down either."""
    return say("not_put_aside", folder=folder, **_why(error))


def both_damaged(path: Path) -> str:
    """No generation of the file can be read."""
    return say("both_damaged", file=path, name=path.name, folder=path.parent)


def newer_schema(path: Path, found: int, known: int) -> str:
    """A newer program wrote the file."""
    return say("newer_schema", file=path, found=found, known=known)


def cannot_keep_old(path: Path, error: OSError) -> str:
    """The copy that is made before the records change to a new format."""
    return say("old_not_kept", file=path, **_why(error))


def kept(names: str) -> str:
    """Behind a note: the files of which a copy was kept, or the copies; nothing when there are none."""
    return say("kept", names=names) if names else ""


def rebuilt(path: Path) -> str:
    """Note: the file was damaged or missing, the generation before and the journals had everything."""
    return say("rebuilt", file=path)


def older_copy(path: Path) -> str:
    """Note: the file was older than what lies beside it."""
    return say("older_copy", name=path.name)


def found_besides(path: Path, count: int, taken: int) -> str:
    """Note: files beside the data file hold records that are not in it."""
    return say("found_taken" if taken else "found_none_taken", file=path, count=count, taken=taken)


def lines_damaged(count: int, journal: Path) -> str:
    """Note: complete lines of the journal whose checksum is wrong."""
    return say("lines_damaged", count=count, file=journal)


def spare_damaged(path: Path) -> str:
    """Note: a file from the generation before cannot be read, and was not needed."""
    return say("spare_damaged", file=path)


def steps_missing(first: int, last: int) -> str:
    """Note: numbers missing from the journal."""
    return say("step_missing" if first == last else "steps_missing", first=first, last=last)


def edited_outside(path: Path) -> str:
    """Note: the checksum of the file does not fit, but it can be read. The copy is of the file before."""
    return say("edited_outside", file=path)


def edited_meanwhile(path: Path, taken: int) -> str:
    """Note: another program changed the file while the journal beside it held newer steps."""
    return say("edited_meanwhile", file=path, added=_added(taken))


def theirs_kept(path: Path, copy: str, taken: int) -> str:
    """Note: somebody rewrote the file while we had it open."""
    return say("theirs_kept", file=path, copy=copy, added=_added(taken))


def _added(taken: int) -> str:
    return say("added", count=taken) if taken else ""


def journal_removed(journal: Path) -> str:
    """Note: somebody removed or changed the journal while we had it open."""
    return say("journal_removed", file=journal)


def other_writer(path: Path, pid: int | None) -> str:
    """A commit after somebody removed lock and journal, and another Power Hour opened the data."""
    return say("other_process" if pid else "other_writer", pid=pid, file=path)


def kept_beside(path: Path, copy: str) -> str:
    """Note at the end: another Power Hour has the file, so ours lies beside it."""
    return say("kept_beside", file=path, copy=copy)


def checkpoint_postponed(path: Path, error: OSError) -> str:
    """Note: the journal could not be folded into the file; it still holds everything."""
    return say("postponed", file=path, **_why(error))


def record_unreadable(path: Path, table: str, record_id: str, why: str) -> str:
    """Note: a record somebody edited into a shape we cannot use."""
    return say("record_unreadable", table=table, file=path, record=record_id, why=why)


def cannot_remove(files: Sequence[Path], error: OSError) -> str:
    """A file that holds somebody who is to be forgotten, and cannot be deleted."""
    return say("not_removed", why=reason(error), files=_listed(files))


def removed_with(files: Sequence[Path]) -> str:
    """Files that held somebody who was forgotten, and went with them."""
    return say("removed_with", files=_listed(files))


def _listed(files: Sequence[Path]) -> str:
    return ", ".join(map(str, files))


def not_erased(path: Path, why: str) -> str:
    """Somebody was forgotten, but older generations of the files still hold them."""
    return say("not_erased", file=path, why=why)
