"""What a sender is given, what it promises, and the three ways in which it can fail."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One message ready to go; the reference stays the same however often it is tried."""

    reference: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    calendar: str | None = None


class Fate(Enum):
    """What became of a letter that was being handed over when something broke."""

    ACCEPTED = "accepted"
    NEVER_ARRIVED = "never arrived"
    UNKNOWN = "unknown"


class SendingError(Exception):
    """A letter was not sent, as far as we know."""


class NotNowError(SendingError):
    """It was certainly not accepted, and may be another time."""


class RefusedError(SendingError):
    """It was certainly not accepted, and trying again would change nothing."""

    def __init__(self, reason: str, *, bad_address: bool = False) -> None:
        """Say why, and whether it is the address that is wrong."""
        super().__init__(reason)
        self.bad_address = bad_address


class UnknownOutcomeError(SendingError):
    """The connection broke while it was handed over: it may have been accepted, or not."""


class Sender(Protocol):
    """Takes letters to their readers."""

    @property
    def reaches_people(self) -> bool:
        """Say whether a letter leaves this machine."""

    def send(self, letter: Letter, handing_over: Callable[[], None], /) -> None:
        """Send a letter, and return once it has been accepted.

        `handing_over` is called at the last moment at which it is certain that nothing has gone
        out. Raises a SendingError.
        """

    def fate(self, reference: str, /) -> Fate:
        """Say what became of the letter with this reference."""
