"""Power Hour: a call cockpit for people who sell by phone."""

__version__ = "0.1.0"
INTERRUPTED = 130
"""The exit code of a program that Ctrl+c ended: 128 and the number of the signal."""
