"""A power cut behind any system call leaves every acknowledged commit, whole, and a store that works."""

from __future__ import annotations


def test_every_state_a_power_cut_may_leave_is_a_legal_one(
    tmp_path, history, place, recording_disk, monkeypatch, no_sync_later, as_text
):
    folder = tmp_path / "live"
    folder.mkdir()
    acknowledged = [(0, as_text({}))]
    with monkeypatch.context() as patch:
        recording_disk.hook(patch)
        for generation in range(3):
            db = history.open(folder / "s.json")
            for step in range(2):
                history.commit(db, 10 * generation + step + 1)
                acknowledged.append((len(recording_disk.calls), as_text(history.snapshot(db))))
                if generation == 2 and step == 0:
                    db.storage.checkpoint()
            history.crash(db) if generation == 1 else db.close()
    no_sync_later()
    seen = set()
    for upto in range(len(recording_disk.calls) + 1):
        floor = max(index for index, (calls, _) in enumerate(acknowledged) if calls <= upto)
        legal = [state for _, state in acknowledged[floor : floor + 2]]
        for files in recording_disk.states(upto):
            case = (tuple(sorted(files.items())), tuple(legal))
            if case in seen:
                continue
            seen.add(case)
            db = history.open(place(files))
            found = as_text(history.snapshot(db))
            assert found in legal, (recording_disk.calls[:upto][-6:], files)
            history.commit(db, 99)
            wanted = history.snapshot(db)
            db.close()
            db = history.open(db.storage.path)
            assert history.snapshot(db) == wanted
            history.crash(db)
    assert len(seen) > 100
