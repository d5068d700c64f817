"""The door to kept files: put away under a random key, looked at before, known by their content."""

from flask import Flask

from surveyapp.files import uploads
from surveyapp.files.inspection import Checked, check
from surveyapp.files.kinds import ACCEPTED, UNKNOWN, UnfitFileError, sniff
from surveyapp.files.store import (
    LARGEST,
    TooLargeError,
    delete,
    get,
    keys,
    put,
    put_together,
    replace,
)

__all__ = [
    "ACCEPTED",
    "LARGEST",
    "UNKNOWN",
    "Checked",
    "TooLargeError",
    "UnfitFileError",
    "check",
    "delete",
    "get",
    "init_app",
    "keys",
    "put",
    "put_together",
    "replace",
    "sniff",
]


def init_app(app: Flask) -> None:
    """Let pages say what a file is and how large."""
    app.add_template_filter(uploads.about, "about_file")
