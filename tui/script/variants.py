"""Which variant a person hears: always the same one for one experiment, in proportion to the weights."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar


class Weighted(Protocol):
    """Anything under test."""

    @property
    def weight(self) -> int:
        """Share of this variant among all, 0 or more."""


K = TypeVar("K")


def pick(
    variants: Mapping[K, Weighted] | Sequence[tuple[K, Weighted]], contact_id: str, experiment: str
) -> K:
    """The key of the variant for this person. With no weight at all, the first. Raises on no variants."""
    pairs = list(variants.items()) if isinstance(variants, Mapping) else list(variants)
    total = sum(variant.weight for _, variant in pairs)
    if total <= 0:
        return pairs[0][0]
    digest = hashlib.sha256(f"{contact_id}\0{experiment}".encode()).digest()
    left = int.from_bytes(digest[:8], "big") % total
    for key, variant in pairs:
        left -= variant.weight
        if left < 0:
            return key
    return pairs[-1][0]
