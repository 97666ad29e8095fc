"""How many examples a property test tries, where that is not what all others try: it stands over `@given`.

`.ci/long` says a number for all, and the inner loop tries few of each.
"""

from __future__ import annotations

import os

import hypothesis

FEW = 25
_all = hypothesis.settings().max_examples
_is_said = "POWERHOUR_EXAMPLES" in os.environ
costly = hypothesis.settings(max_examples=_all if _is_said else min(_all, FEW))
"""Each costs tens of milliseconds."""
