"""The pages of this room, at /coding/<survey code>/."""

from surveyapp.coding.routes import (
    codebook,
    codebook_changes,
    emerging,
    look_again,
    memos,
    overview,
    passages,
    suggestions,
)
from surveyapp.coding.routes.room import bp

__all__ = [
    "bp",
    "codebook",
    "codebook_changes",
    "emerging",
    "look_again",
    "memos",
    "overview",
    "passages",
    "suggestions",
]
