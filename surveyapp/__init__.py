"""The survey as a web application: questionnaires answered, interviews noted, reviews fetched."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from surveyapp.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Return the application, set up as the settings say."""
    # Imported here, so that definitions and models can be used without starting the web.
    from surveyapp import application

    return application.create(settings)
