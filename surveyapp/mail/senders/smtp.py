"""The sender over SMTP.

`smtps://user:password@host:465` speaks TLS from the start; `smtp://host:587` turns to TLS before
anything else is said, and only a server on this machine may go without: mail holds personal links.
"""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, localtime, parseaddr
from urllib.parse import unquote, urlsplit

from surveyapp.mail.senders.letters import (
    Fate,
    Letter,
    NotNowError,
    RefusedError,
    UnknownOutcomeError,
)

PATIENCE = 30
YES = {250, 251}
FINAL = 500  # and above: no, and do not ask again
HERE = {"localhost", "127.0.0.1", "::1"}
METHOD = re.compile(r"^METHOD:(\w+)\s*$", re.MULTILINE)
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server: where it is and who we are to it."""

    host: str
    port: int
    is_encrypted: bool
    user: str
    password: str


class Smtp:
    """Sends letters over SMTP, one connection a letter."""

    reaches_people = True

    def __init__(self, url: str, sender: str) -> None:
        """Take the server's URL, and the address that mail comes from."""
        self._server = read(url)
        self._sender = sender

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        """Send a letter; return once the server has said 250 to all of it."""
        if not letter.to_address.isascii():
            raise RefusedError("The address is not written in plain letters.", bad_address=True)
        given = compose(letter, self._sender).as_bytes(policy=SMTP)
        with _connection(self._server) as connection:
            _envelope(connection, parseaddr(self._sender)[1], letter.to_address)
            handing_over()
            try:
                _judge(*connection.data(given))
            except smtplib.SMTPDataError as error:
                _judge(error.smtp_code, _as_bytes(error.smtp_error))
            except (OSError, smtplib.SMTPException) as error:
                raise UnknownOutcomeError(f"The connection broke: {error}") from error

    def fate(self, _reference: str) -> Fate:
        """Say that nobody can tell: SMTP has no question for it."""
        return Fate.UNKNOWN


def read(url: str) -> Server:
    """Read the URL of a mail server."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("SMTP_URL must look like smtps://user:password@host:465.")
    return Server(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        is_encrypted=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def compose(letter: Letter, sender: str) -> EmailMessage:
    """Write a letter as a message: plain text, HTML, and a calendar file where there is a date."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = formataddr((letter.to_name, letter.to_address))
    message["Subject"] = letter.subject
    message["Date"] = localtime()
    message["Message-ID"] = letter.reference
    # Answering machines know by this that nobody waits for their answer.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.calendar is not None:
        _enclose(message, letter.calendar)
    return message


def _enclose(message: EmailMessage, calendar: str) -> None:
    """Send a calendar file along: for whoever opens it, and as programs look for what is asked."""
    found = METHOD.search(calendar)
    told = {"method": found.group(1) if found else "PUBLISH"}
    if told["method"] != "PUBLISH":
        message.add_alternative(calendar, subtype="calendar", params=told)
    message.add_attachment(calendar, subtype="calendar", filename="date.ics", params=told)


@contextlib.contextmanager
def _connection(server: Server) -> Iterator[smtplib.SMTP]:
    """Give a connection on which mail may be sent; nothing has gone out if there is none."""
    try:
        connection = _open(server)
    except (OSError, smtplib.SMTPException) as error:
        raise NotNowError(f"The mail server cannot be used: {error}") from error
    try:
        yield connection
    finally:
        # What has been said about the letter stands, whether or not we part politely.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()


def _open(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.is_encrypted:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    connection.ehlo_or_helo_if_needed()
    if not server.is_encrypted and server.host not in HERE:
        connection.starttls(context=context)
    if server.user:
        connection.login(server.user, server.password)
    return connection


def _envelope(connection: smtplib.SMTP, sender: str, to: str) -> None:
    """Say who writes to whom; the server may refuse either."""
    try:
        _judge(*connection.mail(sender))
        _judge(*connection.rcpt(to), is_address=True)
    except (OSError, smtplib.SMTPException) as error:
        raise NotNowError(f"The connection broke: {error}") from error


def _judge(code: int, words: bytes, *, is_address: bool = False) -> None:
    """Do nothing about a yes, and raise what a no means."""
    if code in YES:
        return
    said = f"The mail server said {code} {words.decode(errors='replace')}"
    if code < FINAL:
        raise NotNowError(said)
    raise RefusedError(said, bad_address=is_address)


def _as_bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
