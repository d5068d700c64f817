"""The states of the entrance, of what is one's own, and of pages that anybody may meet."""

from typing import Final

from playwright.sync_api import Page

from surveyapp.extensions import limiter
from tests.e2e.every_page.furniture import BROKEN, OPEN
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import (
    NOBODY,
    State,
    grow_old,
    lose_session,
    open_link,
    press,
    visit,
    write,
)

GUESSED: Final = {"token": "guessed"}
SURVEY: Final = {"code": OPEN}
BIRCH: Final = {"submission_id": "birch"}
NOTE: Final = {**BIRCH, "question_code": "S01.2"}


def too_often(page: Page, site: Site) -> None:
    """Press until the service has had enough."""
    limiter.reset()
    for _ in range(7):
        page.get_by_role("textbox").fill("somebody@birch.example")
        with page.expect_navigation():
            page.get_by_role("button", name="Send me a link").click()
        if page.locator("h1").inner_text() == "Too many tries":
            return
        page.go_back()


def too_big(page: Page, _: Site) -> None:
    """Put more into a field than a server takes."""
    page.get_by_role("textbox").evaluate("one => { one.value = 'a'.repeat(2100000); }")


LEAVING = (
    State(
        "signed out",
        "coordinator",
        "entrance.signed_out",
        steps=(press("Sign out"),),
        begins_at="account.mine",
    ),
    State(
        "session over, words carried",
        "coordinator",
        "respond.comment",
        NOTE,
        (write("Add a comment", "Ask Ann"), lose_session, press("Add comment")),
        "respond.question",
        401,
    ),
    State(
        "old form, to be sent once more",
        "coordinator",
        "respond.comment",
        NOTE,
        (write("Add a comment", "Ask Ann"), grow_old, press("Add comment")),
        "respond.question",
        400,
    ),
    State("sign-in needed", NOBODY, "respond.tasks", BIRCH, status=401),
)
ENTRANCE = (
    State("sign in", NOBODY, "entrance.ask"),
    State(
        "sign in, empty",
        NOBODY,
        "entrance.send",
        steps=(press("Send me a link"),),
        begins_at="entrance.ask",
        status=400,
    ),
    State(
        "sign in, no address",
        NOBODY,
        "entrance.send",
        steps=(write("Email address", "Cy at home"), press("Send me a link")),
        begins_at="entrance.ask",
        status=400,
    ),
    State("link sent", NOBODY, "entrance.sent"),
    State(
        "personal link",
        NOBODY,
        "entrance.link",
        steps=(open_link("newcomer"),),
        begins_at="entrance.ask",
    ),
    State("link no longer good", NOBODY, "entrance.link", GUESSED, status=410),
    State(
        "link no longer good when pressed",
        NOBODY,
        "entrance.claim",
        steps=(
            open_link("newcomer"),
            lambda page, _: page.evaluate("document.querySelector('main form').action = '/link/x'"),
            press("Continue"),
        ),
        begins_at="entrance.ask",
        status=410,
    ),
    State("who sees what", "newcomer", "account.notice", BIRCH),
    State("who sees what, agreed", "coordinator", "account.notice", BIRCH),
    State("one's own returns", "coordinator", "account.mine"),
    State("an interviewer's own", "interviewer", "account.mine"),
    State("a consultant's own", "consultant", "account.mine"),
)
SECOND_STEP = (
    State("second step to set up", "half", "second_step.code"),
    State(
        "second step being set up",
        "half",
        "second_step.set_up",
        steps=(press("Set it up"),),
        begins_at="second_step.code",
    ),
    State(
        "second step set up wrongly",
        "half",
        "second_step.done",
        steps=(press("Set it up"), write("Code", "12"), press("Continue")),
        begins_at="second_step.code",
        status=400,
    ),
    State("second step", "half with app", "second_step.code"),
    State(
        "second step, empty",
        "half with app",
        "second_step.check",
        steps=(press("Sign in"),),
        begins_at="second_step.code",
        status=400,
    ),
    State(
        "second step, wrong",
        "half with app",
        "second_step.check",
        steps=(write("Code", "no such code"), press("Sign in")),
        begins_at="second_step.code",
        status=400,
    ),
    State("second step, too late", NOBODY, "second_step.code", status=401),
)
ANYBODY = (
    State("home", NOBODY, "home.index"),
    State("a survey", NOBODY, "home.survey", SURVEY),
    State("outbox", NOBODY, "outbox.index"),
    State("a message", NOBODY, "outbox.show", {"mail_id": "letter"}),
    State(
        "not there", NOBODY, "", steps=(visit("/nowhere"),), begins_at="entrance.ask", status=404
    ),
    State("no such survey", NOBODY, "home.survey", {"code": "no-such"}, status=404),
    State(
        "not done this way",
        NOBODY,
        "",
        steps=(visit("/account/sign-out"),),
        begins_at="entrance.ask",
        status=405,
    ),
    State("not yours", "handed in", "respond.tasks", BIRCH, status=403),
    State(
        "not for contributors",
        "coordinator",
        "coordinator.tracker".replace("coordinator.", "coordinate."),
        SURVEY,
        status=403,
    ),
    State(
        "too often",
        NOBODY,
        "entrance.send",
        steps=(too_often,),
        begins_at="entrance.ask",
        status=429,
    ),
    State(
        "too big",
        NOBODY,
        "entrance.send",
        steps=(too_big, press("Send me a link")),
        begins_at="entrance.ask",
        status=413,
    ),
    State("broken", NOBODY, "home.survey", {"code": BROKEN}, status=500),
)
STATES: Final = (*ENTRANCE, *SECOND_STEP, *LEAVING, *ANYBODY)
