"""Customers and a team folder as an enemy would write them: controls, marks, endless words, half records, pipes."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

MARK = "7777"
"""Stands in every escape sequence below, so that one that reaches the terminal is known."""
TEXTS = (
    *(
        "\x1b[7777m",
        "\x1b]0;7777\x07",
        "\x1b]52;c;NzZm\x07",
        "\x9b7777J\x9d0;7777\x9c",
        "\x1b[7777l\x1bc",
        "\x1bP7777\x1b\\",
    ),
    *("[/]", "[@click=app.quit]press[/]", "[bold red]x[/bold red]", "[link=http://evil.example]a[/link]"),
    *(
        "A\u202egnol\u202c",
        "\u2066x\u2069",
        "z\u200bw\u200dx\ufeff",
        "x" * 10_000,
        "安娜" * 2000,
        "Z" + "\u0301\u0316\u0325" * 300,
    ),
    *(
        "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈",
        "",
        "   ",
        "\n\n",
        "\t",
        "\x00",
        "a\r\nb",
        "{{name}}",
        "{0}{x}%s%n",
        "../../etc/passwd",
    ),
    *(
        '=cmd|" /C calc"!A0',
        "\u3164\u2800\u115f",
        "ﷺ" * 50,
        "İıſß",
        "\U000e0001\U000e0041",
        "\u180e\u034f",
        "１２３",
    ),
    *(
        "NaN",
        "null",
        "-0",
        "true",
        "\\",
        '"',
        "\\u001b]0;7777\\u0007",
        "&lt;",
        "$HOME`id`$(id)",
        "٣٤٥",
        "é" * 600,
    ),
)
_OURS = frozenset(
    (
        *("id", "contact_id", "e164", "rev", "edited_at", "created_at", "since", "zone"),
        *("lists", "do_not_call", "pursuit", "basis", "channel", "list"),
    )
)
"""What a program of ours wrote into a contact; everything else is words of somebody."""


def spoil_people(data: Path, dice: random.Random) -> None:
    """Nearly every word of every contact becomes a hostile one."""
    file = data / "sessions.json"
    raw = json.loads(file.read_text("utf-8"))

    def spoilt(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: one if key in _OURS else spoilt(one) for key, one in value.items()}
        if isinstance(value, list):
            return [spoilt(one) for one in value]
        return dice.choice(TEXTS) if isinstance(value, str) and dice.random() < 0.6 else value

    for key, contact in raw["contacts"].items():
        if dice.random() < 0.8:
            names = [dice.choice(TEXTS) for _ in range(2)]
            words = [dice.choice(TEXTS) for _ in range(5)]
            fields = {names[0]: words[0], "news": words[1]}
            more = {"fields": fields, "remembered": {names[1]: words[2]}, "tags": words[3:]}
            raw["contacts"][key] = spoilt(contact) | more
    raw.pop("next_steps", None)
    file.write_text(json.dumps(raw))
    for one in data.iterdir():
        if one != file and one.is_file():
            one.unlink()


def hostile_team(folder: Path) -> Path:
    """A team folder whose words are hostile, with files that never answer."""
    scripts = folder / "scripts"
    shutil.rmtree(folder, ignore_errors=True)
    scripts.mkdir(parents=True)
    words = [json.dumps(text) for text in TEXTS if "\x00" not in text]
    for number in range(0, len(words) - 3, 3):
        title, opener, close = words[number : number + 3]
        (scripts / f"s{number}.yaml").write_text(
            f"title: {title}\nopener: {opener}\nclose: {close}\n", "utf-8"
        )
    (scripts / "\x1b[7777m.yaml").write_text("title: x\nopener: y\n", "utf-8")
    (scripts / "bytes.yaml").write_bytes(b"title: \xff\xfe\x1b]0;7777\x07\n")
    (scripts / "deep.yaml").write_text("a: " + "[" * 3000, "utf-8")
    os.mkfifo(scripts / "pipe.yaml")
    (scripts / "link.yaml").symlink_to("/dev/zero")
    (folder / "config.yaml").write_text(
        f"company: {words[0]}\ntheme: {words[1]}\nrecord: {{keep_notes: {words[2]}}}\n", "utf-8"
    )
    return folder
