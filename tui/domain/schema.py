"""The format of the records, as it stands in the data file and in the first line of every export."""

from __future__ import annotations

SCHEMA = 2
"""Raised when a program of the format before would read a record wrongly. 1: up to October 2026."""
