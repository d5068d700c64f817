"""The whole of a survey as one file, and such a file loaded into an empty system."""

from surveyapp.exchange.whole.loading import UnfitError, load
from surveyapp.exchange.whole.writing import write

__all__ = ["UnfitError", "load", "write"]
