"""The sender of the demo: letters stay where they are, and are read at /outbox."""

from collections.abc import Callable

from surveyapp.mail.senders.letters import Fate, Letter


class Outbox:
    """Accepts every letter, and takes it nowhere."""

    reaches_people = False

    def send(self, _letter: Letter, handing_over: Callable[[], None]) -> None:
        """Accept a letter."""
        handing_over()

    def fate(self, _reference: str) -> Fate:
        """Say that nothing has gone out, because nothing ever does."""
        return Fate.NEVER_ARRIVED
