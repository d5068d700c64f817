"""Every page there is has its states: a new one fails here until somebody lists it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.e2e.every_page import (
    entrance,
    returns,
    security,
    staff,
    test_interviews,
    test_workbench,
)
from tests.e2e.every_page.furniture import application
from tests.e2e.every_page.interviews import arranging, record, tidying

STATES = (
    *entrance.STATES,
    *returns.STATES,
    *security.STATES,
    *staff.STATES,
    *test_interviews.STATES,
    *test_workbench.STATES,
)
# Addresses that answer with something else than a page.
NO_PAGES = {
    **test_workbench.NO_PAGES,
    **arranging.NO_PAGES,
    **record.NO_PAGES,
    "interview.back_to_live": "leads back to the live screen",
    "interview.brief_docx": "the brief in Word",
    "interview.form_docx": "a Word form",
    "interview.heard": "asked by a script, answers with data",
    "static": "style sheets, scripts and pictures",
    "account.still_here": "asked by a script, answers with data",
    "coordinate.template": "a spreadsheet",
    "coordinate.tracker_file": "a workbook",
    "home.review": "the Word review",
    "home.signed_off_review": "the Word review, signed off",
    "outbox.date": "a calendar file",
    "coordinate.export_progress": "asked by a script, answers with data",
    "elsewhere.go": "leads on to the organisation's own page",
    "paper.survey_questions_pdf": "a PDF",
    "receipt.download": "the receipt in Word",
    "respond.attachment": "a file that somebody sent",
    "second_step.square": "a picture",
    "signing_in.square": "a picture",
    "wordform.download": "a Word form",
    "wordform.questions": "a Word form",
    "wordform.questions_pdf": "a PDF",
}
# Looked at in the browser by tests of their own.
APART = {
    "coordinate.publish_it": "needs a survey whose folder has changed",
    "elsewhere.back": "needs an organisation's server",
    "elsewhere.let_in": "needs an organisation's server",
    "second_step.use_passkey": "needs a passkey: tests/e2e/test_second_factors.py",
    "signing_in.use_passkey_again": "needs a passkey: tests/e2e/test_second_factors.py",
}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON = {
    **test_workbench.LEAD_ON,
    **arranging.LEAD_ON,
    **record.LEAD_ON,
    **tidying.LEAD_ON,
    "interview.begin": "a button",
    "interview.bring_back": "a button",
    "interview.end": "a button",
    "interview.forget_passages": "a button",
    "interview.go_on": "a button",
    "interview.prompt": "a button",
    "interview.typing": "asked by a script, answers with data",
    "noticing.look": "asked by a script, answers with data",
    "account.agree": "a button",
    "account.sign_out": "a button",
    "colleagues.change_role": "a role is always chosen",
    "colleagues.remove": "a button",
    "colleagues.reset": "a button",
    "coordinate.close": "a button",
    "coordinate.export_file": "a button, answers with a file",
    "coordinate.invite_again": "a button",
    "coordinate.make_coordinator": "a button",
    "coordinate.open": "a button",
    "coordinate.pause": "a button",
    "coordinate.revoke": "a button",
    "coordinate.send_again": "a button",
    "coordinate.take_out": "a button",
    "coordinate.tell": "a button",
    "deliveries.told": "sent by GOV.UK Notify",
    "respond.here": "asked by a script, answers with data",
    "respond.left": "a button",
    "respond.resolve": "a button",
    "respond.send_link": "a button",
    "respond.take_back": "a button",
    "respond.typing": "asked by a script, answers with data",
    "second_step.begin": "a button",
    "signing_in.begin_app": "a button",
    "signing_in.remove_app": "a button",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return application(tmp_path_factory.mktemp("listing"))


def endpoints(app: Flask, method: str) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()):
            yield rule.endpoint


def test_every_page_has_a_state(app: Flask) -> None:
    listed = {state.answered_by for state in STATES}

    assert set(endpoints(app, "GET")) - listed - NO_PAGES.keys() - APART.keys() == set()


def test_every_form_has_a_state_in_which_it_is_refused(app: Flask) -> None:
    listed = {state.answered_by for state in STATES}

    assert set(endpoints(app, "POST")) - listed - LEAD_ON.keys() - APART.keys() == set()


def test_nothing_is_listed_that_is_not_there(app: Flask) -> None:
    listed = {state.answered_by for state in STATES} | {*NO_PAGES, *LEAD_ON, *APART}

    assert listed - {"", *endpoints(app, "GET"), *endpoints(app, "POST")} == set()


def test_what_answers_with_a_file_is_not_listed_as_a_page() -> None:
    assert {state.answered_by for state in STATES} & {*NO_PAGES, *LEAD_ON} == set()


def test_names_are_used_once() -> None:
    names = [state.name for state in STATES]

    assert len(names) == len(set(names))
