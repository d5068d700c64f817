"""Passkeys: a telephone, a computer or a security key proves who holds it, and knows them by sight.

The browser and the key do the work, in two ceremonies: one makes a key, one uses it. For each we
give a challenge that is good once; what comes back must be signed for this service and no other.
"""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from surveyapp.config import Settings
from surveyapp.errors import SurveyError
from surveyapp.models import Passkey, Person

# Far more than a browser sends.
LONGEST_ANSWER = 20_000
# What the library and Python say of an answer that no browser gave.
FAULTS = (
    WebAuthnException,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)


class PasskeyError(SurveyError):
    """A passkey was not made or not recognised."""


@dataclass(frozen=True, slots=True)
class Site:
    """This service as browsers and keys know it: its host, its whole origin, its name."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the browser is asked to do, and the challenge that its answer must carry."""

    challenge: str
    options: str


def site(settings: Settings) -> Site:
    """Return this service as the settings name it."""
    address = urlsplit(settings.service_url)
    return Site(
        address.hostname or "", f"{address.scheme}://{address.netloc}", settings.service_name
    )


def begin_making(site: Site, person: Person, held: tuple[Passkey, ...]) -> Ceremony:
    """Ask for a new key; one that holds a passkey already is not to make a second."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(held),
    )
    return Ceremony(bytes_to_base64url(options.challenge), webauthn.options_to_json(options))


def begin_using(site: Site, held: tuple[Passkey, ...]) -> Ceremony:
    """Ask for a signature by one of these keys."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_descriptors(held),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Ceremony(bytes_to_base64url(options.challenge), webauthn.options_to_json(options))


def make(session: Session, site: Site, person: Person, answer: str, challenge: str) -> Passkey:
    """Keep the public half of a key that a browser has made; it still needs a name."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer[:LONGEST_ANSWER],
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except FAULTS as error:
        raise PasskeyError("This passkey could not be set up.") from error
    credential_id = bytes_to_base64url(made.credential_id)
    if _find(session, credential_id) is not None:
        raise PasskeyError("This passkey has been set up already.")
    return Passkey(
        person=person,
        credential_id=credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
    )


def keep(session: Session, passkey: Passkey, name: str, at: dt.datetime) -> None:
    """Let a passkey count from now on, under a name."""
    passkey.name, passkey.created_at = name, at
    session.add(passkey)
    session.flush()


def use(session: Session, site: Site, person: Person, answer: str, challenge: str) -> Passkey:
    """Return the passkey of this person that signed; a copy of it, which counts less, does not."""
    try:
        given = parse_authentication_credential_json(answer[:LONGEST_ANSWER])
        found = _find(session, bytes_to_base64url(given.raw_id))
        if found is None or found.person_id != person.id:
            raise PasskeyError("We do not know this passkey.")
        signed = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
            require_user_verification=True,
        )
    except FAULTS as error:
        raise PasskeyError("This passkey was not recognised.") from error
    _count(session, found, signed.new_sign_count)
    return found


def _count(session: Session, passkey: Passkey, signed: int) -> None:
    """Note how often a key has signed; of two that say the same at once, one is a copy."""
    noted = session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
        .values(sign_count=signed, last_used_at=dt.datetime.now(dt.UTC))
        .returning(Passkey.id)
    ).one_or_none()
    if noted is None:
        raise PasskeyError("This passkey was used twice at once.")


def _find(session: Session, credential_id: str) -> Passkey | None:
    return session.scalars(
        select(Passkey).where(Passkey.credential_id == credential_id)
    ).one_or_none()


def _descriptors(held: tuple[Passkey, ...]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(base64url_to_bytes(one.credential_id)) for one in held]
