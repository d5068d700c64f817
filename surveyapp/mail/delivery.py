"""Delivery: a mail taken to its reader once, however many workers try and whichever of them dies.

Three short transactions stand around every sending, each of them committed before the next step:

1. *Claim.* One UPDATE writes who began when; of two workers, one finds a row and the other none.
2. *Hand over.* Just before the words go out, the reference is written. Until then nothing has left,
   so a claim that went quiet is given to the next worker.
3. *Record.* After the server's yes, the time of sending is written.

A worker that dies between 2 and 3 leaves a mail of which nobody knows whether it arrived. It is
never sent again by itself: GOV.UK Notify is asked, and over SMTP a person decides. Its Message-ID
stays the same, so a mail program that had the first one can know the second for a copy.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Mapping
from functools import partial

from sqlalchemy import select

from surveyapp.mail import claims
from surveyapp.mail.claims import Claim, Post
from surveyapp.mail.log import struck
from surveyapp.mail.senders.letters import Fate, NotNowError, RefusedError, UnknownOutcomeError
from surveyapp.models import Mail

FIRST_WAIT = dt.timedelta(minutes=2)
ATTEMPTS = 8  # the last of them about four hours after the first
FREE: Mapping[str, object] = {"sending_since": None, "provider_reference": None}
log = logging.getLogger(__name__)


class ClaimLostError(Exception):
    """A worker was held up for so long that its mail has been given to another."""


def deliver(post: Post, mail_id: uuid.UUID) -> None:
    """Send a mail, if it is due and nobody else is sending it."""
    claim = claims.take(post, mail_id)
    if claim is None:
        return
    if claim.is_invented and post.sender.reaches_people:
        _refuse(post, claim, RefusedError("Nobody in an example is written to."))
        return
    try:
        post.sender.send(claim.letter, partial(_hand_over, post, claim))
    except ClaimLostError:
        log.warning("Mail %s has been given to another worker.", mail_id)
    except UnknownOutcomeError as error:
        claims.record(post, claim, {"last_error": str(error)})
    except NotNowError as error:
        _put_off(post, claim, error)
    except RefusedError as error:
        _refuse(post, claim, error)
    else:
        claims.record(post, claim, _sent(post, claim.letter.text, claim.letter.html))


def deliver_due(post: Post) -> None:
    """Send all mail that is due, and ask after mail of which nobody knows whether it arrived."""
    for mail_id in claims.find(post, claims.uncertain(post.now())):
        settle(post, mail_id)
    for mail_id in claims.find(post, claims.free(post.now())):
        deliver(post, mail_id)


def settle(post: Post, mail_id: uuid.UUID) -> None:
    """Ask the sender what became of a mail; where it cannot tell, leave it to a person."""
    with post.sessions() as session:
        found = select(Mail.provider_reference, Mail.text, Mail.html).where(Mail.id == mail_id)
        mail = session.execute(found).one()
    fate = post.sender.fate(mail.provider_reference or "")
    if fate is Fate.UNKNOWN:
        return
    change = _sent(post, mail.text, mail.html) if fate is Fate.ACCEPTED else FREE
    claims.change_where(post, mail_id, claims.uncertain(post.now()), change)


def _hand_over(post: Post, claim: Claim) -> None:
    if not claims.record(post, claim, {"provider_reference": claim.letter.reference}):
        raise ClaimLostError


def _put_off(post: Post, claim: Claim, error: NotNowError) -> None:
    """Try again later, each time later still; give up in the end."""
    at = post.now()
    if claim.attempts < ATTEMPTS:
        change: dict[str, object] = {"due_at": at + FIRST_WAIT * 2 ** (claim.attempts - 1)}
    else:
        change = {"failed_at": at}
    claims.record(post, claim, {**FREE, "last_error": str(error), **change})


def _refuse(post: Post, claim: Claim, error: RefusedError) -> None:
    at = post.now()
    change = {"failed_at": at, "bounced_at": at if error.bad_address else None}
    claims.record(post, claim, {**FREE, "last_error": str(error), **change})


def _sent(post: Post, text: str, html: str) -> dict[str, object]:
    """Return what is written after a yes; a personal link that went out is its reader's alone."""
    change: dict[str, object] = {"sent_at": post.now(), "last_error": None}
    if post.sender.reaches_people:
        change |= {
            "text": struck(text),
            "html": struck(html),
        }
    return change
