"""The second step of staff: codes from an app, passkeys, and ten codes for a lost telephone.

A code works once. What the app and we share is kept encrypted; the ten codes are kept as hashes.
"""

import base64
import datetime as dt
import hashlib
import hmac
import io
import re
import secrets
from dataclasses import dataclass

import pyotp
import segno
from cryptography.fernet import Fernet
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from surveyapp.models import Passkey, Person, RecoveryCode, StaffKey

STEP_SECONDS = 30
# A telephone's clock may be half a minute off, either way.
DRIFT = (0, -1, 1)
CODES = 10
APP_CODE = re.compile("[0-9]{6}")
# No letters or digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person can show besides their link."""

    has_app: bool
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def are_set_up(self) -> bool:
        """Say whether there is anything to ask for; a link alone must not add the first."""
        return self.has_app or bool(self.passkeys)

    @property
    def count(self) -> int:
        """Return how many there are, apart from the codes kept for a bad day."""
        return self.has_app + len(self.passkeys)


def of(session: Session, person: Person) -> Factors:
    """Return what a person can show."""
    codes = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None)
    )
    held = select(Passkey).where(Passkey.person_id == person.id)
    return Factors(
        _key(session, person) is not None,
        tuple(session.scalars(held.order_by(Passkey.created_at, Passkey.id))),
        session.scalars(codes).one(),
    )


def lock(session: Session, person: Person) -> None:
    """Make of two changes at once one wait: each could take the last but one."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())


def make(signing_key: str) -> str:
    """Return the secret that a new app is to share with us, sealed: nobody can read it as it is."""
    return _seal(signing_key).encrypt(pyotp.random_base32().encode()).decode()


def read(sealed: str, signing_key: str) -> str:
    """Return a sealed secret as an app is told it."""
    return _seal(signing_key).decrypt(sealed.encode()).decode()


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


def keep_app(
    session: Session, person: Person, sealed: str, code: str, keys: tuple[str, dt.datetime]
) -> bool:
    """Let a new app count in place of any other, if its code is right now; say whether it was.

    The keys are the signing key and the time.
    """
    signing_key, at = keys
    step = _step(read(sealed, signing_key), "".join(code.split()), at)
    if step is None:
        return False
    session.execute(delete(StaffKey).where(StaffKey.person_id == person.id))
    session.add(StaffKey(person=person, secret=sealed, confirmed_at=at, last_step=step))
    session.flush()
    return True


def remove_app(session: Session, person: Person) -> bool:
    """Forget a person's app, unless it is all they can show; say whether it was forgotten."""
    lock(session, person)
    if of(session, person).count < 2:
        return False
    session.execute(delete(StaffKey).where(StaffKey.person_id == person.id))
    return True


def remove_passkey(session: Session, passkey: Passkey) -> bool:
    """Forget a passkey, unless it is all its owner can show; say whether it was forgotten."""
    lock(session, passkey.person)
    if of(session, passkey.person).count < 2:
        return False
    session.delete(passkey)
    session.flush()
    return True


def new_codes(session: Session, person: Person) -> tuple[str, ...]:
    """Return ten new codes, to be shown once; those before them stop working."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = tuple(_new_code() for _ in range(CODES))
    session.add_all(RecoveryCode(person=person, code_hash=_hash(person, one)) for one in codes)
    session.flush()
    return codes


def forget(session: Session, person: Person, at: dt.datetime) -> None:
    """Forget all that a person could show, and end their sessions: they set it up anew."""
    for table in (StaffKey, RecoveryCode, Passkey):
        session.execute(delete(table).where(table.person_id == person.id))
    person.oidc_subject = None
    person.signed_out_at = at
    session.flush()


def _check_app(
    session: Session, person: Person, typed: str, signing_key: str, at: dt.datetime
) -> bool:
    key = _key(session, person)
    if key is None:
        return False
    step = _step(read(key.secret, signing_key), typed, at)
    return step is not None and _use_step(session, key, step)


def _step(secret: str, typed: str, at: dt.datetime) -> int | None:
    """Return the half minute that a code is right for, about now."""
    app = pyotp.TOTP(secret)
    now = int(at.timestamp()) // STEP_SECONDS
    for step in (now + drift for drift in DRIFT):
        if hmac.compare_digest(app.at(step * STEP_SECONDS).encode(), typed.encode()):
            return step
    return None


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
    confirmed = select(StaffKey).where(
        StaffKey.person_id == person.id, StaffKey.confirmed_at.is_not(None)
    )
    return session.scalars(confirmed).one_or_none()


def _seal(signing_key: str) -> Fernet:
    derived = hashlib.sha256(b"second factor\0" + signing_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))


def _new_code() -> str:
    letters = [secrets.choice(LETTERS) for _ in range(12)]
    return "-".join("".join(letters[at : at + 4]) for at in (0, 4, 8))


def _hash(person: Person, code: str) -> str:
    # Twelve random letters cannot be guessed from a fast hash; the id keeps equal codes apart.
    plain = code.replace("-", "").lower()
    return hashlib.sha256(f"{person.id}:{plain}".encode()).hexdigest()
