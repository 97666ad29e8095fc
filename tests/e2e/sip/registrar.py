"""A phone server that only registers: SIP over UDP with digest authentication (RFC 3261, RFC 2617)."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import socket

_TAG = ";tag=registrar"


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


class Registrar(asyncio.DatagramProtocol):
    """Accepts one user with one password, and remembers what it saw."""

    def __init__(self, user: str, password: str, *, silent: bool = False) -> None:
        self.user, self.password, self.silent = user, password, silent
        self.accepted = 0
        self.refused = 0
        self.port = 0
        self.contact = ""
        """Where the registered phone listens: `sip:rep@127.0.0.1:5071`."""
        self._nonce = secrets.token_hex(8)
        self._transport: asyncio.DatagramTransport | None = None

    async def start(self) -> int:
        """Listen on loopback; gives the port."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", 0), family=socket.AF_INET
        )
        port: int = self._transport.get_extra_info("sockname")[1]
        return port

    def stop(self) -> None:
        if self._transport:
            self._transport.close()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        message = data.decode("utf-8", "replace")
        if self.silent or not message.startswith("REGISTER "):
            return
        given = re.search(r"^Authorization: Digest (.*)$", message, re.MULTILINE)
        if given is None:
            challenge = f'WWW-Authenticate: Digest realm="lab", nonce="{self._nonce}", algorithm=MD5\r\n'
            self._reply(message, addr, "401 Unauthorized", challenge)
        elif self._right(given[1]):
            self.accepted += 1
            contact = re.search(r"^Contact: *(.*)$", message, re.MULTILINE)
            field = contact[1].strip() if contact else ""
            where = re.search(r"sip:[^;>]+", field)
            self.contact = where[0] if where else ""
            self._reply(message, addr, "200 OK", f"Contact: {field}\r\n")
        else:
            self.refused += 1
            self._reply(message, addr, "403 Forbidden", "")

    def _right(self, authorization: str) -> bool:
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', authorization))
        secret = _md5(f"{self.user}:lab:{self.password}")
        wanted = _md5(f"{secret}:{self._nonce}:{_md5('REGISTER:' + said.get('uri', ''))}")
        return said.get("username") == self.user and said.get("response") == wanted

    def _reply(self, message: str, addr: tuple[str, int], status: str, extra: str) -> None:
        kept = re.findall(r"^(?:Via|From|Call-ID|CSeq): .*$", message, re.MULTILINE)
        to = re.search(r"^To: .*$", message, re.MULTILINE)
        lines = [f"SIP/2.0 {status}", *(line.strip() for line in kept), (to[0].strip() if to else "") + _TAG]
        reply = "\r\n".join(lines) + "\r\n" + extra + "Content-Length: 0\r\n\r\n"
        if self._transport:
            self._transport.sendto(reply.encode(), addr)
