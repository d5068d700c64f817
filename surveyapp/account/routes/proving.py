"""How a second factor is shown: a code that is tried, a passkey that is asked for and checked."""

import datetime as dt
import time
from http import HTTPStatus

from flask import Response, abort, current_app, session

from surveyapp import audit, guards
from surveyapp.account import passkeys, second_factor
from surveyapp.account.forms import CodeForm, NewPasskeyForm, PasskeyForm
from surveyapp.account.passkeys import Ceremony, PasskeyError
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.models import Passkey, Person

NEW_APP, CHALLENGE = "new_app", "challenge"
CHALLENGE_SECONDS = 5 * 60
TRIES = "6 per 15 minutes"
WRONG = "That code is not right, or has been used already. Wait for the next one and try again."
WRONG_NEW = "That code is not right. Check that your app has this key, and enter the code it shows."
TOO_LATE = "That took too long, or this page was open twice. Try again."


def settings() -> Settings:
    """Return how this copy of the service is set up."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def is_right(form: CodeForm, person: Person) -> bool:
    """Say whether a code was right; a wrong one is noted, and said beside the field."""
    if not form.validate_on_submit():
        return False
    keys = settings().signing_key, now()
    if second_factor.check(db.session, person, form.code.data or "", *keys):
        return True
    form.code.errors = [WRONG]
    _note_refusal(person, "code")
    return False


def offer(person: Person) -> str | None:
    """Return what the browser is asked to sign with one of a person's passkeys, if they have any.

    The challenge in it is good once, and for this session alone.
    """
    held = second_factor.of(db.session, person).passkeys
    return _remember(passkeys.begin_using(passkeys.site(settings()), held)) if held else None


def offer_new(person: Person) -> str:
    """Return what the browser is asked to make."""
    held = second_factor.of(db.session, person).passkeys
    return _remember(passkeys.begin_making(passkeys.site(settings()), person, held))


def is_recognised(form: PasskeyForm, person: Person) -> bool:
    """Say whether a passkey was a person's own; another is noted, and said beside the button."""
    challenge = _challenge()
    if not form.validate_on_submit():
        return False
    site = passkeys.site(settings())
    try:
        passkeys.use(db.session, site, person, form.answer.data or "", _given(challenge))
    except PasskeyError as error:
        form.answer.errors = [str(error)]
        _note_refusal(person, "passkey")
        return False
    return True


def keep_passkey(form: NewPasskeyForm, person: Person) -> Passkey | None:
    """Keep the passkey that the browser made; where it cannot be, say so beside the button."""
    challenge = _challenge()
    if not form.validate_on_submit():
        return None
    site = passkeys.site(settings())
    try:
        made = passkeys.make(db.session, site, person, form.answer.data or "", _given(challenge))
    except PasskeyError as error:
        form.answer.errors = [str(error)]
        return None
    passkeys.keep(db.session, made, form.name.data or "", now())
    audit.record(db.session, "passkey.added", made, person)
    return made


def new_app() -> str:
    """Return the sealed secret of the app that is being set up; make one where there is none."""
    sealed: str = session.setdefault(NEW_APP, second_factor.make(settings().signing_key))
    return sealed


def new_app_secret() -> str:
    """Return the secret of the app that is being set up, as the app is told it."""
    sealed = session.get(NEW_APP)
    return second_factor.read(sealed, settings().signing_key) if sealed else ""


def square(person: Person) -> Response:
    """Return the square that an app reads when it is set up."""
    secret = new_app_secret()
    if not secret:
        abort(HTTPStatus.NOT_FOUND)
    picture = second_factor.picture(secret, person, settings().service_name)
    return Response(picture, mimetype="image/svg+xml")


def keep_app(form: CodeForm, person: Person) -> bool:
    """Let a new app count once its first code is right, and say whether it was."""
    if not form.validate_on_submit():
        return False
    keys = settings().signing_key, now()
    if not second_factor.keep_app(db.session, person, new_app(), form.code.data or "", keys):
        form.code.errors = [WRONG_NEW]
        _note_refusal(person, "new code")
        return False
    session.pop(NEW_APP, None)
    audit.record(db.session, "second_factor.set_up", person, person)
    return True


def let_in(person: Person, way: str) -> None:
    """Let a member of staff in, who has shown all that is asked for."""
    guards.sign_in(person, strongly=True)
    person.signed_in_at = now()
    audit.record(db.session, "person.signed_in", person, person, way=way)


def now() -> dt.datetime:
    """Return the time."""
    return dt.datetime.now(dt.UTC)


def _remember(ceremony: Ceremony) -> str:
    session[CHALLENGE] = [ceremony.challenge, time.time()]
    return ceremony.options


def _challenge() -> str | None:
    """Return the challenge that was given out last; it is not returned again."""
    challenge, since = session.pop(CHALLENGE, (None, 0))
    return challenge if time.time() - since <= CHALLENGE_SECONDS else None


def _given(challenge: str | None) -> str:
    if challenge is None:
        raise PasskeyError(TOO_LATE)
    return challenge


def _note_refusal(person: Person, what: str) -> None:
    """Keep the note of a refusal: nothing else was changed."""
    audit.record(db.session, "second_factor.refused", person, person, what=what)
    db.session.commit()
