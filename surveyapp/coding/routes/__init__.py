"""The pages of this room, at /coding/<survey code>/."""

from surveyapp.coding.routes import overview
from surveyapp.coding.routes.room import bp

__all__ = ["bp", "overview"]
