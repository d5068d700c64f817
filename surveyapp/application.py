"""The application put together: settings, database, pages, features and commands."""

from flask import Flask

from surveyapp import cli, error_pages, extensions, home, pages, security
from surveyapp.config import Settings


def create(settings: Settings | None) -> Flask:
    """Return the application, set up as the settings say."""
    settings = settings or Settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask("surveyapp", instance_path=str(settings.instance.resolve()))
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.signing_key,
        SQLALCHEMY_ENGINES={"default": settings.engine_url},
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=True,
    )
    for part in (extensions, pages, security, error_pages, home, cli):
        part.init_app(app)
    return app
