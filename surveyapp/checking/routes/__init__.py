"""The pages of this room, at /checking/<survey code>/."""

from surveyapp.checking.routes import overview
from surveyapp.checking.routes.room import bp

__all__ = ["bp", "overview"]
