"""docs/phone.md: every setting is there, and every example is one the program takes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tui.dialer import KINDS, build
from tui.dialer.softphone.account import account_from

PAGE = (Path(__file__).parents[2] / "docs" / "phone.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def settings_on_the_page() -> list[str]:
    table = PAGE.split("| setting of `softphone` |", 1)[1].split("\n\n", 1)[0]
    first_cells = re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
    return [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]


def test_every_setting_of_the_softphone_is_explained():
    with pytest.raises(Exception, match="There are: ") as refused:
        account_from({"account": "sip:sam@example.com", "nonsense": "x"})
    known = str(refused.value).split("There are: ")[1].rstrip(".").split(", ")
    assert sorted(settings_on_the_page()) == sorted(known)


def test_every_dialer_has_its_part():
    assert [kind for kind in KINDS if f"\n## {kind}\n" not in PAGE] == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_makes_a_dialer(text: str):
    example: dict[str, Any] = yaml.safe_load(text)
    chosen = example["dialer"]
    if isinstance(chosen, str):
        chosen = {"kind": chosen}
    kind = chosen.get("kind", "command" if "command" in chosen else "")
    dialer = build(kind, command=chosen.get("command", ()), softphone=example.get("softphone"))
    assert dialer.name == kind


def test_there_are_examples_to_try():
    assert len(EXAMPLES) >= 6
