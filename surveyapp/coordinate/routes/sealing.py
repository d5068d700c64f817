"""What was checked, signed and carried by the page, so that it comes back as it was."""

from itsdangerous import URLSafeTimedSerializer

from surveyapp.coordinate.routes.room import settings
from surveyapp.models import Survey

A_DAY = 24 * 60 * 60


def seal(found: Survey, what: str, text: str, seen: str) -> str:
    """Sign a table with what stands for everything a person was shown."""
    return str(_serializer(found, what).dumps([text, seen]))


def unseal(found: Survey, what: str, sealed: str) -> tuple[str, str]:
    """Return a table and what was shown, or raise BadData: forged, or older than a day."""
    text, seen = _serializer(found, what).loads(sealed, max_age=A_DAY)
    return text, seen


def _serializer(found: Survey, what: str) -> URLSafeTimedSerializer:
    # URL-safe serialising compresses, so that many rows fit into a form.
    return URLSafeTimedSerializer(settings().signing_key, salt=f"{what} of {found.id}")
