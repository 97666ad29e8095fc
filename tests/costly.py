"""For property tests whose examples cost tens of milliseconds: every day a few, by `.ci/long` as many as it says."""

from __future__ import annotations

import os

import hypothesis

FEW = 25
_all = hypothesis.settings().max_examples
costly = hypothesis.settings(max_examples=_all if "POWERHOUR_EXAMPLES" in os.environ else min(_all, FEW))
"""Stands over `@given`."""
