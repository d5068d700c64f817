"""What the process that servers are forked from does once, because it only takes time."""

from sqlalchemy.orm import configure_mappers

import surveyapp.application
import tests.service.serving  # noqa: F401 - imported so that servers need not

assert surveyapp.application
configure_mappers()
