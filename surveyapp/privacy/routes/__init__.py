"""The pages of this room, at /privacy/<survey code>/."""

from surveyapp.privacy.routes import overview
from surveyapp.privacy.routes.room import bp

__all__ = ["bp", "overview"]
