"""What the process that servers are forked from does once, because it only takes time."""

import importlib
import pkgutil

from sqlalchemy.orm import configure_mappers

import surveyapp

# An application imports its pages only when it is made, which every worker would do again.
for found in pkgutil.walk_packages(surveyapp.__path__, "surveyapp."):
    importlib.import_module(found.name)
for name in ("govuk_frontend_jinja.flask_ext", "tests.service.serving"):
    importlib.import_module(name)
configure_mappers()
