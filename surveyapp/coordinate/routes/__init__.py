"""The consultant's pages, at /staff/<survey code>/."""

from surveyapp.coordinate.routes import (
    administration,
    contacts,
    correcting,
    extensions,
    letters,
    persons,
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
    "correcting",
    "extensions",
    "letters",
    "persons",
    "publishing",
    "register",
    "reopening",
    "returns",
    "taking_away",
    "watching",
]
