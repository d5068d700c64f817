"""The pages of this room, at /findings/<survey code>/."""

from surveyapp.findings.routes import overview
from surveyapp.findings.routes.room import bp

__all__ = ["bp", "overview"]
