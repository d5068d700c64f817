"""The application as a web server starts it: `gunicorn wsgi:app`."""

from surveyapp import create_app

app = create_app()
