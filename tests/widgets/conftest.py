"""Screens on a bench."""

from __future__ import annotations

from tests.screen_bench import stage
from tests.view_bench import all_views

__all__ = ["all_views", "stage"]
