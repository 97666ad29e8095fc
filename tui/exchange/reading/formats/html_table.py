"""A table of a web page, as programs write it that say they export to Excel."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tui.exchange.reading.decode import Decoded, ImportRefused
from tui.exchange.reading.formats.listed import Listed
from tui.exchange.reading.mending import Escapes
from tui.exchange.reading.records import MOST_CELLS, Row
from tui.exchange.reading.sentences import sentence

_BEGINS = re.compile(
    r"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|style|table|tr|div|center)\b",
    re.IGNORECASE | re.DOTALL,
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "title"})


def read(decoded: Decoded, name: str) -> Listed | None:
    """The rows of the largest table of a page; None when it is none. Raises `ImportRefused` when it has no table."""
    if not _BEGINS.match(decoded.text[:20_000].lstrip("\ufeff \t\r\n")):
        return None
    page = _Page()
    page.feed(decoded.text)
    page.close()
    table = max(page.tables, key=lambda one: sum(1 for row in one.rows if len(row) > 1), default=None)
    if table is None or not table.rows:
        raise ImportRefused(sentence("no_table", file=name))
    escapes = Escapes()
    rows = tuple(
        Row(number, tuple(map(escapes.plain, cells[:MOST_CELLS])), line, line)
        for number, (cells, line) in enumerate(zip(table.rows, table.lines, strict=True), start=1)
    )
    return Listed(rows, notes=(sentence("web_page"), *escapes.notes))


class _Table:
    """A table as it grows. A cell over several columns leaves the others blank; one over several rows is in each."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self._below: dict[int, tuple[int, str]] = {}
        """By column, for how many more rows a cell goes on, and what it says."""
        self.text: list[str] | None = None
        self._span = (1, 1)

    def begin_row(self, line: int) -> None:
        self.end_cell()
        self.rows.append([])
        self.lines.append(line)

    def begin_cell(self, columns: int, rows: int, line: int) -> None:
        self.end_cell()
        if not self.rows:
            self.begin_row(line)
        self._fill()
        self.text, self._span = [], (columns, rows)

    def end_cell(self) -> None:
        if self.text is None:
            return
        said = "".join(self.text).strip()
        columns, rows = self._span
        row = self.rows[-1]
        for extra in range(columns):
            if rows > 1:
                self._below[len(row)] = (rows - 1, "" if extra else said)
            row.append(said if not extra else "")
        self.text = None

    def _fill(self) -> None:
        row = self.rows[-1]
        while (held := self._below.get(len(row))) is not None:
            left, said = held
            if left == 1:
                del self._below[len(row)]
            else:
                self._below[len(row)] = (left - 1, said)
            row.append(said)


class _Page(HTMLParser):
    """The tables of a page, those within another too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell or a line break."""
        if tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag == "tr":
            if not self._open:  # rows without a table around them
                self._open.append(_Table())
                self.tables.append(self._open[-1])
            self._open[-1].begin_row(self.getpos()[0])
        elif self._open and tag in _CELLS:
            told = dict(attrs)
            self._open[-1].begin_cell(
                _span(told.get("colspan")), _span(told.get("rowspan")), self.getpos()[0]
            )
        elif self._open and tag in {"br", "p", "div", "li"} and self._open[-1].text:
            self._open[-1].text += ["\n"]

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell, a row or a table."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif self._open and tag in {*_CELLS, "tr"}:
            self._open[-1].end_cell()
        elif self._open and tag == "table":
            self._open.pop().end_cell()

    def handle_data(self, data: str) -> None:
        """Text of a cell; line ends in it are blanks, as a browser shows them."""
        if self._open and not self._unseen and self._open[-1].text is not None:
            self._open[-1].text.append(re.sub(r"\s*[\r\n]\s*", " ", data))

    def close(self) -> None:
        """The end of the page, also of tables that never end."""
        super().close()
        for table in self._open:
            table.end_cell()


def _span(said: str | None) -> int:
    return min(int(said), 50) if said and said.strip().isdigit() and int(said) else 1
