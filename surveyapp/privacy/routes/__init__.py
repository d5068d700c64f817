"""The pages of this room, at /privacy/<survey code>/; and what tells whoever types."""

from surveyapp.privacy.routes import marking, noticing, overview
from surveyapp.privacy.routes.room import bp

__all__ = ["bp", "marking", "noticing", "overview"]
