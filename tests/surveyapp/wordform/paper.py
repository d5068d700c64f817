"""A Word form of a return, filled in as somebody would."""

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from surveyapp.models import Submission
from surveyapp.wordform import services
from surveyapp.wordform.layout import Paper, form_of
from synthesis.word.form import Field, Form, write

Filled = dict[str, str | tuple[str, ...]]
LATER = dt.datetime(2030, 1, 1, 12, 0, tzinfo=dt.UTC)


def paper_of(session: Session, submission: Submission, moment: dt.datetime = LATER) -> Paper:
    """What the form of a return is written from at a moment."""
    return services.paper_of(session, submission, moment)


def fill(form: Form, given: Filled) -> Form:
    """The form with other words, or other choices, in some fields; every one must be there."""
    assert given.keys() <= {one.tag for one in form.fields()}
    return replace(form, blocks=tuple(_filled(one, given) for one in form.blocks))


def sent_back(paper: Paper, given: Filled) -> bytes:
    """The form of a return, filled in."""
    return write(fill(form_of(paper), given))


def _filled(block: object, given: Filled) -> object:
    if not isinstance(block, Field) or block.tag not in given:
        return block
    value = given[block.tag]
    return replace(block, text=value) if isinstance(value, str) else replace(block, chosen=value)
