"""The second step of staff: codes from an authenticator app, and ten to keep for a lost telephone.

A code works once. What the app and we share is kept encrypted; the ten codes are kept as hashes.
"""

import base64
import datetime as dt
import hashlib
import hmac
import io
import re
import secrets

import pyotp
import segno
from cryptography.fernet import Fernet
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveyapp.models import Person, RecoveryCode, StaffKey

STEP_SECONDS = 30
# A telephone's clock may be half a minute off, either way.
DRIFT = (0, -1, 1)
CODES = 10
APP_CODE = re.compile("[0-9]{6}")
# No letters or digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def has_key(session: Session, person: Person) -> bool:
    """Say whether a person has set up their authenticator app."""
    key = _key(session, person)
    return key is not None and key.confirmed_at is not None


def begin(session: Session, person: Person, signing_key: str) -> None:
    """Make the secret that a person's app is to share with us, unless one is there."""
    if _key(session, person) is None:
        secret = _seal(signing_key).encrypt(pyotp.random_base32().encode()).decode()
        session.add(StaffKey(person=person, secret=secret))
        session.flush()


def secret(session: Session, person: Person, signing_key: str) -> str:
    """Return the secret of an app that is being set up; once it has been, it is never shown."""
    key = _key(session, person)
    if key is None or key.confirmed_at is not None:
        return ""
    return _open(key, signing_key)


def picture(secret: str, person: Person, service: str) -> bytes:
    """Return the square that an authenticator app reads, as SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=service)
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=5)
    return drawn.getvalue()


def check(session: Session, person: Person, code: str, signing_key: str, at: dt.datetime) -> bool:
    """Say whether a code is right now, or is one of the ten; it will not be right again."""
    typed = "".join(code.split()).lower()
    if APP_CODE.fullmatch(typed):
        return _check_app(session, person, typed, signing_key, at)
    return _use_recovery_code(session, person, typed, at)


def confirm(session: Session, person: Person, at: dt.datetime) -> tuple[str, ...]:
    """Let a person's app count from now on, and return ten new codes; they are shown once."""
    session.execute(update(StaffKey).where(StaffKey.person_id == person.id).values(confirmed_at=at))
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = tuple(_new_code() for _ in range(CODES))
    session.add_all(RecoveryCode(person=person, code_hash=_hash(person, one)) for one in codes)
    session.flush()
    return codes


def _check_app(
    session: Session, person: Person, typed: str, signing_key: str, at: dt.datetime
) -> bool:
    key = _key(session, person)
    if key is None:
        return False
    app = pyotp.TOTP(_open(key, signing_key))
    now = int(at.timestamp()) // STEP_SECONDS
    for step in (now + drift for drift in DRIFT):
        if hmac.compare_digest(app.at(step * STEP_SECONDS), typed):
            return _use_step(session, key, step)
    return False


def _use_step(session: Session, key: StaffKey, step: int) -> bool:
    """Say whether a half minute's code is used for the first time, of two at once only one."""
    fresh = StaffKey.last_step.is_(None) | (StaffKey.last_step < step)
    used = session.execute(
        update(StaffKey)
        .where(StaffKey.id == key.id, fresh)
        .values(last_step=step)
        .returning(StaffKey.id)
    )
    return used.one_or_none() is not None


def _use_recovery_code(session: Session, person: Person, typed: str, at: dt.datetime) -> bool:
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == _hash(person, typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    )
    return used.one_or_none() is not None


def _key(session: Session, person: Person) -> StaffKey | None:
    return session.scalars(select(StaffKey).where(StaffKey.person_id == person.id)).one_or_none()


def _seal(signing_key: str) -> Fernet:
    derived = hashlib.sha256(b"second factor\0" + signing_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))


def _open(key: StaffKey, signing_key: str) -> str:
    return _seal(signing_key).decrypt(key.secret.encode()).decode()


def _new_code() -> str:
    letters = [secrets.choice(LETTERS) for _ in range(12)]
    return "-".join("".join(letters[at : at + 4]) for at in (0, 4, 8))


def _hash(person: Person, code: str) -> str:
    # Twelve random letters cannot be guessed from a fast hash; the id keeps equal codes apart.
    plain = code.replace("-", "").lower()
    return hashlib.sha256(f"{person.id}:{plain}".encode()).hexdigest()
