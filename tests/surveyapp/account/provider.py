"""Another organisation's sign-in service, running for real on this machine."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import requests

SECONDS = 5


class Provider:
    """A running service, and a browser of somebody who has an account there."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def has(self, subject: str, **claims: object) -> None:
        """Give somebody an account."""
        requests.put(
            f"{self.issuer}/users/{subject}", json=claims, timeout=SECONDS
        ).raise_for_status()

    def let_in(self, address: str, subject: str) -> str:
        """Sign in at the page that a person was sent to; return where they are sent back to."""
        return self._press(address, {"sub": subject})

    def refuse(self, address: str) -> str:
        """Stop at the page that a person was sent to."""
        return self._press(address, {"action": "deny"})

    def _press(self, address: str, form: dict[str, str]) -> str:
        answer = requests.post(address, data=form, timeout=SECONDS, allow_redirects=False)
        assert answer.is_redirect, answer.text
        return urljoin(address, answer.headers["Location"])


@contextmanager
def running() -> Iterator[Provider]:
    """Run the service in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    provider = Provider(f"http://127.0.0.1:{port}")
    try:
        _wait(provider)
        yield provider
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(provider: Provider) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            requests.get(f"{provider.issuer}/jwks", timeout=SECONDS).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The service did not start.")
