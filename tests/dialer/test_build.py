from __future__ import annotations

import sys

import pytest

from tui.dialer import build
from tui.dialer.protocol import Cap, DialError
from tui.dialer.unwatched import Clipboard


@pytest.mark.parametrize(("kind", "name"), [("manual", "manual"), ("uri", "uri"), ("command", "command")])
def test_each_word_of_the_settings_gives_its_dialer(kind: str, name: str) -> None:
    assert build(kind, command=["ring", "{e164}"]).name == name


@pytest.mark.parametrize("kind", ["fax", ""])
def test_a_dialer_we_do_not_have_is_refused_with_what_to_set(kind: str) -> None:
    with pytest.raises(DialError, match="manual, uri, command or softphone"):
        build(kind)


@pytest.mark.skipif(sys.platform == "win32", reason="the softphone is not offered on Windows")
def test_the_softphone_takes_the_account_of_the_settings() -> None:
    dialer = build(
        "softphone", softphone={"account": "sip:sam@example.com", "voicemail": "/home/sam/message.wav"}
    )
    assert dialer.name == "softphone"
    assert Cap.VOICEMAIL in dialer.caps
    assert Cap.RECORD not in dialer.caps


def test_the_softphone_without_an_account_says_where_to_write_it() -> None:
    with pytest.raises(DialError, match=r"softphone: \{account"):
        build("softphone")


@pytest.mark.parametrize("prefix", ["0 ", "abc", "1234567", "0;"])
def test_a_prefix_is_only_what_a_keypad_has(prefix: str) -> None:
    with pytest.raises(DialError, match=r"dialer\.prefix"):
        build("manual", prefix=prefix)


async def test_the_prefix_reaches_the_manual_dialer() -> None:
    sent: list[str] = []
    dialer = build("manual", clipboard=Clipboard(sent.append, {}), prefix="9")
    await dialer.dial("+442079460100", "+44 20 7946 0100")
    assert sent == ["900442079460100"]


async def test_the_national_form_reaches_the_command() -> None:
    asked: list[str] = []

    def national(e164: str) -> str:
        asked.append(e164)
        return "020 7946 0100"

    dialer = build("command", command=["no-such-program", "{national}"], national=national)
    with pytest.raises(DialError, match="not installed"):
        await dialer.dial("+442079460100", "+44 20 7946 0100")
    assert asked == ["+442079460100"]
