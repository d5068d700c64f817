"""The consultant's pages, at /staff/<survey code>/."""

from surveyapp.coordinate.routes import (
    administration,
    contacts,
    letters,
    publishing,
    register,
    reopening,
    returns,
    taking_away,
    watching,
)
from surveyapp.coordinate.routes.room import bp

__all__ = [
    "administration",
    "bp",
    "contacts",
    "letters",
    "publishing",
    "register",
    "reopening",
    "returns",
    "taking_away",
    "watching",
]
