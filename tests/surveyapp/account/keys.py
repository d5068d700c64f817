"""A security key made of software: it makes passkeys and signs with them, as devices do."""

import hashlib
import html
import json
import re
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url, encode_cbor

USER_PRESENT, USER_VERIFIED, HAS_KEY = 1, 4, 64
ORIGIN = "http://127.0.0.1:8000"


def options(page: str) -> dict[str, object]:
    """Return what a page asks the browser for."""
    found = re.search(r'data-options="([^"]*)"', page)
    assert found is not None, "The page asks for no passkey."
    told: dict[str, object] = json.loads(html.unescape(found[1]))
    return told


@dataclass
class SoftKey:
    """A key that holds one passkey. Its faults are for tests to choose."""

    origin: str = ORIGIN
    host: str = "127.0.0.1"
    flags: int = USER_PRESENT | USER_VERIFIED
    count: int = 1
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, asked: dict[str, object]) -> str:
        """Answer a page that asks for a new passkey."""
        numbers = self.private.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        held = bytes(16) + len(self.id).to_bytes(2) + self.id + encode_cbor(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(HAS_KEY) + held}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", asked),
            attestationObject=encode_cbor(attestation),
        )

    def use(self, asked: dict[str, object]) -> str:
        """Answer a page that asks for a signature."""
        self.count += 1
        client, data = self._client("webauthn.get", asked), self._data()
        signed = data + hashlib.sha256(client).digest()
        signature = self.private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, more: int = 0) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([self.flags | more]) + self.count.to_bytes(4)

    def _client(self, kind: str, asked: dict[str, object]) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, **response: bytes) -> str:
        encoded = bytes_to_base64url(self.id)
        return json.dumps(
            {
                "id": encoded,
                "rawId": encoded,
                "type": "public-key",
                "response": {name: bytes_to_base64url(one) for name, one in response.items()},
            }
        )
