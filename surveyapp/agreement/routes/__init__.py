"""The pages of this room, at /agreement/<survey code>/."""

from surveyapp.agreement.routes import overview
from surveyapp.agreement.routes.room import bp

__all__ = ["bp", "overview"]
