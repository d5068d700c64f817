"""The sender over GOV.UK Notify: one template there, holding ((subject)) and ((message)).

Notify keeps our reference with every message, so it can be asked what became of one. It sends no
calendar files; the mail itself says the date.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from surveyapp.mail.senders.letters import (
    Fate,
    Letter,
    NotNowError,
    RefusedError,
    UnknownOutcomeError,
)

NOTIFY = "https://api.notifications.service.gov.uk"
PATIENCE = 30
# The library does not say its types.
_connect: Callable[..., Any] = NotificationsAPIClient


class Notify:
    """Sends letters over GOV.UK Notify."""

    reaches_people = True

    def __init__(self, key: str, template: str, address: str = NOTIFY) -> None:
        """Take the key of a Notify account, and the id of its template."""
        if not key or not template:
            raise ValueError("NOTIFY_KEY and NOTIFY_TEMPLATE must both be set.")
        self._key = key
        self._template = template
        self._address = address

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        """Send a letter."""
        handing_over()
        try:
            self._client().send_email_notification(
                letter.to_address,
                self._template,
                personalisation={"subject": letter.subject, "message": letter.text},
                reference=letter.reference,
            )
        except APIError as error:
            raise _meaning(error) from error

    def fate(self, reference: str) -> Fate:
        """Ask Notify whether it has a letter with this reference."""
        try:
            found = self._client().get_all_notifications(reference=reference)
        except APIError:
            return Fate.UNKNOWN
        return Fate.ACCEPTED if found["notifications"] else Fate.NEVER_ARRIVED

    def _client(self) -> Any:  # noqa: ANN401 - see above
        # One a letter: a client must not be shared between workers.
        return _connect(self._key, base_url=self._address, timeout=PATIENCE)


def _meaning(error: APIError) -> Exception:
    """Turn Notify's answer into what it means for the letter."""
    words = f"Notify said {error.status_code}: {error.message}"
    if error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return NotNowError(words)
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UnknownOutcomeError(words)
    return RefusedError(words, bad_address="email_address" in words)
