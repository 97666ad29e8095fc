"""Which kind of file it is, as far as its first words prove it."""

from __future__ import annotations

from tui.exchange.reading.decode import Decoded
from tui.exchange.reading.formats import html_table, json_list, ldif, paragraphs, vcard, xml_book
from tui.exchange.reading.formats.listed import Listed

_READERS = (
    vcard.read,
    ldif.read,
    json_list.read,
    html_table.read,
    xml_book.read,
    paragraphs.read,
)


def read_format(decoded: Decoded, name: str) -> Listed | None:
    """What a vCard, LDIF, JSON, HTML, XML file or one of paragraphs says; None for text between separators.

    Raises `ImportRefused` when it is one of these and broken.
    """
    found = (read(decoded, name) for read in _READERS)
    return next((one for one in found if one is not None), None)
