"""Senders: who takes a letter to its reader. One shape, and the settings say which one it is."""

from surveyapp.config import Settings
from surveyapp.mail.senders.letters import Letter, Sender
from surveyapp.mail.senders.notify import Notify
from surveyapp.mail.senders.outbox import Outbox
from surveyapp.mail.senders.smtp import Smtp

__all__ = ["Letter", "Sender", "choose"]


def choose(settings: Settings) -> Sender:
    """Return the sender that the settings name."""
    if settings.mail == "smtp":
        return Smtp(settings.smtp_url.get_secret_value(), settings.mail_from)
    if settings.mail == "notify":
        return Notify(settings.notify_key.get_secret_value(), settings.notify_template)
    return Outbox()
