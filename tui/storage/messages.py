"""What the store tells the rep when something went wrong: what happened, where, what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from tui.domain.day_words import number_of

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_HELD = (
    "A sync folder (OneDrive, Dropbox, iCloud), a virus scanner or a network drive may hold the file: "
    "keep the data in a folder of this computer that nothing syncs."
)


def reason(error: OSError) -> str:
    """The system's word for an error, without numbers and paths."""
    if error.errno in _FULL:
        return "the disk is full"
    return error.strerror or (os.strerror(error.errno) if error.errno else "unknown error")


def cure(error: OSError) -> str:
    """What the rep can do about an error."""
    if error.errno in _FULL:
        return "Free some space, then press the key again."
    if error.errno in _FORBIDDEN:
        return f"Check that you may write there. {_HELD}"
    return f"Press the key again. If it stays, copy your notes and check the disk. {_HELD}"


def not_saved(path: Path, error: OSError) -> str:
    """A commit that did not reach the disk; the next one may work."""
    return f"Not saved: {reason(error)} ({path}). {cure(error)}"


def not_sure(path: Path, error: OSError) -> str:
    """A commit the disk refused to confirm; nothing more is written until the store is opened again."""
    return (
        f"Not saved: the disk could not confirm the write to {path} ({reason(error)}). "
        f"Note what is on the screen, then quit and start again. {_HELD}"
    )


def out_of_order(path: Path, why: str) -> str:
    """A commit after a failure the store cannot write beyond."""
    return f"Not saved: {why} ({path}). Note what is on the screen, then quit and start again."


SILENT = "Not saved: the disk with your data does not answer. Is a network drive gone?"
"""A disk that takes a write and does not come back."""
CLOSED = "Not saved: Power Hour was ending."
"""A write that came after the store was closed."""


def cannot_be_written(why: str) -> str:
    """A commit holding something a file cannot hold: a fault of the program."""
    return f"Not saved: {why}. This is a fault in Power Hour: please report it, with what you did last."


def reading_only(path: Path) -> str:
    """A commit to a store opened for reading."""
    return f"Not saved: {path} is open for reading only. Do it in the Power Hour that is running."


def open_elsewhere(path: Path, pid: int | None) -> str:
    """The store is open for writing in another process."""
    process = f" (process {pid})" if pid else ""
    return (
        f"Power Hour is already open{process} with the data in {path.parent}. "
        "Close that one first. `powerhour who`, `queue` and `dnc add` work beside it."
    )


def cannot_read_inbox(path: Path, why: str) -> str:
    """The file in which do-not-calls from outside wait."""
    return (
        f"Do-not-calls from outside may be missing: {path} cannot be read ({why}). "
        "Look into it, add them with `powerhour dnc add`, then move the file away."
    )


def cannot_lock(path: Path, error: OSError) -> str:
    """The file system keeps no locks, as some network drives do."""
    return f"{path} cannot be locked ({reason(error)}). {_HELD}"


def cannot_write_folder(folder: Path, error: OSError) -> str:
    """The data folder refuses a file."""
    return f"The data folder {folder} cannot be written ({reason(error)}). {cure(error)}"


def cannot_open(path: Path, error: OSError) -> str:
    """The file is there, but reading it or mending it failed."""
    return f"{path} cannot be opened ({reason(error)}). Nothing was changed. {cure(error)}"


def cannot_put_aside(folder: Path, error: OSError) -> str:
    """What the last run left cannot be brought back, and cannot be written down either."""
    return (
        "What was open when the program stopped cannot be brought back, and a copy of it cannot be kept in "
        f"{folder} ({reason(error)}). Nothing was changed. {cure(error)}"
    )


def both_damaged(path: Path) -> str:
    """No generation of the file can be read."""
    return (
        f"{path} and {path.name}.bak cannot be read. Nothing was changed. "
        f"Copy the folder {path.parent} to a safe place, then put back {path.name} from a backup. {_HELD}"
    )


def newer_schema(path: Path, found: int, known: int) -> str:
    """A newer program wrote the file."""
    return (
        f"{path} was written by a newer Power Hour (format {found}; this one knows {known}). "
        "Nothing was changed. Install the newer version, then start again."
    )


def cannot_keep_old(path: Path, error: OSError) -> str:
    """The copy that is made before the records change to a new format."""
    return (
        f"{path} was written by an older Power Hour, and a copy of it cannot be kept ({reason(error)}). "
        f"Nothing was changed. {cure(error)}"
    )


def kept(names: str) -> str:
    """Behind a note: the files of which a copy was kept, or the copies; nothing when there are none."""
    return f" A copy is kept as {names}." if names else ""


def rebuilt(path: Path) -> str:
    """Note: the file was damaged or missing, the generation before and the journals had everything."""
    return f"{path} was damaged or missing. It was rebuilt from the copy before it and the journal."


def older_copy(path: Path) -> str:
    """Note: the file was older than what lies beside it."""
    return f"{path.name} was an older copy. What was saved since was put back from beside it."


def found_besides(path: Path, count: int, taken: int) -> str:
    """Note: files beside the data file hold records that are not in it."""
    into = "None was" if not taken else "1 was" if taken == 1 else f"{taken} were"
    return (
        f"Files beside {path} held {number_of(count, 'record')} that it does not have: "
        f"another computer or an old copy may have come between. {into} taken in."
    )


def lines_damaged(count: int, journal: Path) -> str:
    """Note: complete lines of the journal whose checksum is wrong."""
    return f"{number_of(count, 'saved step')} in {journal} could not be read and will be missing."


def spare_damaged(path: Path) -> str:
    """Note: a file from the generation before cannot be read, and was not needed."""
    return (
        f"{path}, which Power Hour keeps in reserve, was damaged. It was not needed, and was written again."
    )


def steps_missing(first: int, last: int) -> str:
    """Note: numbers missing from the journal."""
    which = f"step {first} is" if first == last else f"steps {first} to {last} are"
    return f"Saved {which} missing from the journal: the last calls before may be incomplete."


def edited_outside(path: Path) -> str:
    """Note: the checksum of the file does not fit, but it can be read. The copy is of the file before."""
    return f"{path} was changed by something other than Power Hour. It was read as it stands now."


def edited_meanwhile(path: Path, taken: int) -> str:
    """Note: another program changed the file while the journal beside it held newer steps."""
    return (
        f"Another program changed {path} before it held all that Power Hour had saved. "
        f"Where both changed a record, the one of Power Hour counts.{_added(taken)}"
    )


def theirs_kept(path: Path, copy: str, taken: int) -> str:
    """Note: somebody rewrote the file while we had it open."""
    return (
        f"Another program changed {path} while Power Hour was running. Your calls are saved; "
        f"its file was kept as {copy}.{_added(taken)} Is the folder synced?"
    )


def _added(taken: int) -> str:
    were = "was" if taken == 1 else "were"
    return f" {number_of(taken, 'record')} that it added {were} taken in." if taken else ""


def journal_removed(journal: Path) -> str:
    """Note: somebody removed or changed the journal while we had it open."""
    return (
        f"Another program removed or changed {journal} while Power Hour was running. "
        f"Everything in it was written again. {_HELD}"
    )


def other_writer(path: Path, pid: int | None) -> str:
    """A commit after somebody removed lock and journal, and another Power Hour opened the data."""
    process = f" (process {pid})" if pid else ""
    return (
        f"Not saved: another Power Hour{process} has opened {path} since its lock file was removed. "
        "Note what is on the screen, quit both, then start again."
    )


def kept_beside(path: Path, copy: str) -> str:
    """Note at the end: another Power Hour has the file, so ours lies beside it."""
    return (
        f"Another Power Hour has opened {path} since its lock file was removed. "
        f"Everything that was saved here is kept as {copy}."
    )


def checkpoint_postponed(path: Path, error: OSError) -> str:
    """Note: the journal could not be folded into the file; it still holds everything."""
    return (
        f"What was saved is in the journal beside {path}, which could not be brought up to date ({reason(error)}). "
        f"The next start does it. {cure(error)}"
    )


def record_unreadable(path: Path, table: str, record_id: str, why: str) -> str:
    """Note: a record somebody edited into a shape we cannot use."""
    return f"One record of {table} in {path} cannot be used ({record_id}: {why}). It stays in the file."


def cannot_remove(files: Sequence[Path], error: OSError) -> str:
    """A file that holds somebody who is to be forgotten, and cannot be deleted."""
    return (
        f"Not forgotten: a file that holds them cannot be deleted ({reason(error)}). "
        f"Delete it yourself, then try again: {', '.join(map(str, files))}"
    )


def removed_with(files: Sequence[Path]) -> str:
    """Files that held somebody who was forgotten, and went with them."""
    return f"Deleted, because they held somebody who was forgotten: {', '.join(map(str, files))}"


def not_erased(path: Path, why: str) -> str:
    """Somebody was forgotten, but older generations of the files still hold them."""
    return f"Forgotten, but older copies of {path} could not be written afresh yet ({why}). The next start does it."
