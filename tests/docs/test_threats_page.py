"""Each line of the page on threats names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "threats.md").read_text("utf-8")


def test_every_line_of_the_threats_page_names_a_test_that_is_there():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| it could")]
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, f"no test: {row}"
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), (file, test)
