"""The application put together: settings, database, pages, features and commands."""

import datetime as dt

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from surveyapp import (
    account,
    agreement,
    analysis,
    assets,
    checking,
    cli,
    coding,
    coordinate,
    derived,
    error_pages,
    exchange,
    extensions,
    files,
    findings,
    guards,
    home,
    identifying,
    interview,
    jobs,
    mail,
    pages,
    privacy,
    respond,
    review,
    security,
    wordform,
)
from surveyapp.config import Settings


def create(settings: Settings | None) -> Flask:
    """Return the application, set up as the settings say."""
    settings = settings or Settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    place = str(settings.instance.resolve())
    app = Flask("surveyapp", instance_path=place, static_url_path=assets.address())
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.signing_key,
        SQLALCHEMY_ENGINES={"default": settings.engine_url},
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.demo,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(minutes=settings.session_minutes),
        # A page of the longest texts with a file or two too large still reaches its form, which
        # says so beside the field and keeps what was typed.
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        # Whoever works on them sees at once what they change.
        SEND_FILE_MAX_AGE_DEFAULT=None if app.debug else assets.KEPT_SECONDS,
        # A token is good for as long as its session is.
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.redis_url.get_secret_value() or "memory://",
    )
    rooms = (account, coordinate, home, interview, respond, wordform)
    workbench = (coding, agreement, analysis, findings, checking, privacy, review, exchange)
    doors = (pages, extensions, security, error_pages, guards, files, jobs, mail)
    below = (identifying, derived)
    for part in (*doors, *below, *rooms, *workbench, cli):
        part.init_app(app)
    if settings.proxies:
        trusted = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask says it is done
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted
        )
    return app
