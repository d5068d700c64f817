"""What the process that servers are forked from does once, because it only takes time."""

import importlib

from sqlalchemy.orm import configure_mappers

for name in ("surveyapp.application", "tests.service.serving"):
    importlib.import_module(name)
configure_mappers()
