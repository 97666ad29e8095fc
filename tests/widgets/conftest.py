"""Screens on a bench."""

from __future__ import annotations

from tests.screen_bench import all_views, golden, stage

__all__ = ["all_views", "golden", "stage"]
