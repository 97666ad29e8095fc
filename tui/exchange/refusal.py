"""Why a file is not imported, in one sentence a rep can act on."""

from __future__ import annotations


class ImportRefused(Exception):  # noqa: N818 - a refusal, with a sentence for the rep
    """The file cannot be imported; the text says what is wrong, where, and what to do."""


class ImportCancelled(ImportRefused):
    """The rep stopped the import; nothing was changed."""
