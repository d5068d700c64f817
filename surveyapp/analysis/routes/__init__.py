"""The pages of this room, at /analysis/<survey code>/."""

from surveyapp.analysis.routes import overview
from surveyapp.analysis.routes.room import bp

__all__ = ["bp", "overview"]
