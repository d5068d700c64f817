"""The door to another organisation's sign-in service, over OpenID Connect.

Staff go there and come back with a code, which we exchange, from server to server, for words that
the service has signed. The code is good for whoever asked for it alone (PKCE), the way back for the
browser that set out (state), the signed words for this one journey (nonce).
"""

from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from surveyapp.account.staff import Identity
from surveyapp.config import Settings
from surveyapp.errors import SurveyError

NAME = "organisation"
DISCOVERY = "/.well-known/openid-configuration"
# Seconds to connect, and between two pieces of an answer.
PATIENCE = (5, 10)
# What the library says of a service that is down, or that answers what no such service would.
FAULTS = (
    requests.RequestException,
    JoseError,
    AuthlibBaseError,
    RuntimeError,
    ValueError,
    KeyError,
)


class OrganisationError(SurveyError):
    """Somebody could not sign in with their organisation: what happened, and what to do."""

    def __init__(self, title: str, advice: str, *, is_ours: bool = True) -> None:
        """Say what happened and what to do, and whether it is ours or the service's to mend."""
        super().__init__(title)
        self.title = title
        self.advice = advice
        self.is_ours = is_ours


def init_app(app: Flask, settings: Settings) -> None:
    """Get to know the organisation's service, where the settings name one."""
    app.extensions.pop(NAME, None)
    if not settings.oidc_issuer:
        return
    registry = OAuth(app)
    registry.register(
        NAME,
        client_id=settings.oidc_client_id,
        # Without one we are a public client, which PKCE makes safe.
        client_secret=settings.oidc_client_secret.get_secret_value() or None,
        server_metadata_url=settings.oidc_issuer.rstrip("/") + DISCOVERY,
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
    app.extensions[NAME] = registry


def name() -> str:
    """Return what staff call the organisation, or "" where there is none."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.oidc_name if NAME in current_app.extensions else ""


def go(back: str) -> Response:
    """Send a person to the organisation's service, which sends them to the address `back`."""
    try:
        _check_issuer()
        found: Response = _client().authorize_redirect(back)
    except FAULTS as error:
        raise _unreachable() from error
    return found


def come_back() -> Identity:
    """Return who has come back from the organisation's service."""
    try:
        token = _client().authorize_access_token(claims_options=_claims())
    except MismatchingStateError as error:
        raise OrganisationError(
            "This sign-in was not begun here",
            "It may have been open for a long time, or begun in another browser. Start again.",
        ) from error
    except requests.RequestException as error:
        raise _unreachable() from error
    except FAULTS as error:
        raise _refused(error) from error
    return _identity(token)


def _identity(token: dict[str, object]) -> Identity:
    claims = token.get("userinfo")
    if not isinstance(claims, dict):
        raise _unreachable()
    if "email" not in claims:
        claims = {**claims, **_asked_for(token, claims["sub"])}
    is_checked = claims.get("email_verified") is True
    email = str(claims.get("email", "")).strip().lower() if is_checked else ""
    return Identity(f"{_issuer()} {claims['sub']}", email)


def _asked_for(token: dict[str, object], subject: object) -> dict[str, object]:
    """Return what the service says when it is asked; some sign no address."""
    try:
        told = dict(_client().userinfo(token=token))
    except FAULTS as error:
        raise _unreachable() from error
    return told if told.get("sub") == subject else {}


def _refused(error: Exception) -> OrganisationError:
    if isinstance(error, OAuthError) and error.error == "access_denied":
        return OrganisationError(
            f"{name()} did not let you in",
            "You stopped, or you may not use this service. Try again, or ask whoever runs your "
            "organisation’s accounts.",
        )
    return OrganisationError(
        f"You could not sign in with {name()}",
        "Start again. If it happens twice, use a link by email and tell the people who run this "
        "service.",
    )


def _unreachable() -> OrganisationError:
    return OrganisationError(
        f"We cannot reach {name()} at the moment",
        "Try again in a few minutes, or use a link by email.",
        is_ours=False,
    )


def _claims() -> dict[str, dict[str, object]]:
    _check_issuer()
    return {
        "iss": {"essential": True, "value": _client().server_metadata["issuer"]},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }


def _check_issuer() -> None:
    """Refuse a service that says it is another than the settings name."""
    told = str(_client().load_server_metadata().get("issuer", ""))
    if told.rstrip("/") != _issuer():
        raise ValueError("The service has another issuer than OIDC_ISSUER names.")


def _issuer() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.oidc_issuer.rstrip("/")


def _client() -> Any:  # noqa: ANN401 - the library has no types
    return current_app.extensions[NAME].create_client(NAME)
