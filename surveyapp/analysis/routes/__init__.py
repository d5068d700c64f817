"""The pages of this room, at /analysis/<survey code>/."""

from surveyapp.analysis.routes import cells, crosstabs, matrix, searches, watching
from surveyapp.analysis.routes.room import bp

__all__ = ["bp", "cells", "crosstabs", "matrix", "searches", "watching"]
