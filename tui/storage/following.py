"""Which saved step goes on from which: by number and by chain, where a chain is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.storage import lines
from tui.storage.lines import Commit, Head

Mark = tuple[int, int | None]
"""Number and chain of a state of the tables."""


def same(one: int | None, other: int | None) -> bool:
    """Whether two chains are the same, as far as they are known."""
    return one is None or other is None or one == other


class Steps:
    """Commits by number: one each, unless files of two stores have met."""

    def __init__(self, commits: Iterable[Commit]) -> None:
        self._steps: dict[int, list[Commit]] = {}
        for commit in commits:
            self._steps.setdefault(commit.number, []).append(commit)

    def __contains__(self, number: int) -> bool:
        return number in self._steps

    def next(self, number: int, chain: int | None) -> Commit | None:
        """The commit that goes on from here."""
        return next((step for step in self._steps.get(number + 1, ()) if same(step.follows, chain)), None)

    def chains(self, begin: Mark) -> dict[int, int | None]:
        """The numbers that can be reached from here without a gap, and the chain at each."""
        number, chain = begin
        found = {number: chain}
        while step := self.next(number, chain):
            number, chain = step.number, lines.link(chain, step.checksum)
            found[number] = chain
        return found

    def behind(self, begin: Mark) -> Iterator[Commit]:
        """The commits behind this state, those behind a gap too; none that goes on from another state."""
        number, chain = begin
        for later in sorted(self._steps):
            if later <= number:
                continue
            step = self.next(number, chain) if later == number + 1 else self._steps[later][0]
            if step is None:
                return
            number, chain = later, lines.link(chain, step.checksum)
            yield step


def follow(begin: Mark, older: Iterable[Head], journal: Iterable[Head]) -> dict[int, int | None] | None:
    """The chain behind each commit from here on; None when one is missing or there in two ways."""
    last = begin[0]
    chains, seen = {last: begin[1]}, dict[int, int]()
    for heads, may_be_older in ((older, True), (journal, False)):
        for number, checksum in heads:
            if number == last + 1:
                chains[number] = lines.link(chains[last], checksum)
                seen[number] = checksum
                last = number
            elif (
                number > last
                or seen.get(number, checksum) != checksum
                or (number not in seen and not may_be_older)
            ):
                return None
    return chains
