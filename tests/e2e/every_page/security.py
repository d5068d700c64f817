"""The states of how staff sign in, and of who is staff."""

from typing import Final

from playwright.sync_api import Page

from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, press, write


def send_nothing(page: Page, _: Site) -> None:
    """Send the form of a passkey as it would be sent had the browser made none."""
    with page.expect_navigation():
        page.evaluate("document.querySelector('[data-passkey]').submit()")


HOLDER: Final = "keyholder"
ME: Final = "administrator"
KEY: Final = {"passkey_id": "passkey"}
OTHER: Final = {"person_id": "interviewer"}
ALONE: Final = "signing_in.index"

OWN = (
    State("how one signs in", HOLDER, "signing_in.index"),
    State("how one signs in, nothing yet", ME, "signing_in.index"),
    State("passkey", HOLDER, "signing_in.passkey", KEY),
    State("new passkey", HOLDER, "signing_in.new_passkey"),
    State("who is there", HOLDER, "signing_in.again"),
    State(
        "app being set up",
        HOLDER,
        "signing_in.app",
        steps=(press("Set up an app"),),
        begins_at=ALONE,
    ),
    State(
        "recovery codes",
        HOLDER,
        "signing_in.codes",
        steps=(press("Show me 10 new codes"),),
        begins_at=ALONE,
    ),
)
OWN_FAULTS = (
    State(
        "passkey without a name",
        HOLDER,
        "signing_in.rename",
        KEY,
        (write("Name", ""), press("Save the name")),
        "signing_in.passkey",
        400,
    ),
    State(
        "last passkey",
        HOLDER,
        "signing_in.remove_passkey",
        KEY,
        (press("Remove this passkey"),),
        "signing_in.passkey",
        409,
    ),
    State(
        "new passkey, none",
        HOLDER,
        "signing_in.make_passkey",
        steps=(send_nothing,),
        begins_at="signing_in.new_passkey",
        status=400,
        needs_scripts=True,
    ),
    State(
        "who is there, empty",
        HOLDER,
        "signing_in.check_again",
        steps=(press("Continue"),),
        begins_at="signing_in.again",
        status=400,
    ),
    State(
        "app set up wrongly",
        HOLDER,
        "signing_in.app_done",
        steps=(press("Set up an app"), write("Code", "12"), press("Continue")),
        begins_at=ALONE,
        status=400,
    ),
)
STAFF = (
    State("staff", ME, "colleagues.index"),
    State("member of staff", ME, "colleagues.one", OTHER),
    State("invite staff", ME, "colleagues.invite"),
    State("remove staff", ME, "colleagues.ask_to_remove", OTHER),
    State(
        "invite staff, empty",
        ME,
        "colleagues.send",
        steps=(press("Invite them"),),
        begins_at="colleagues.invite",
        status=400,
    ),
)
FIRST = (
    State("first passkey", "half", "second_step.new_passkey"),
    State(
        "first passkey, none",
        "half",
        "second_step.make_passkey",
        steps=(send_nothing,),
        begins_at="second_step.new_passkey",
        status=400,
        needs_scripts=True,
    ),
)
STATES: Final = (*OWN, *OWN_FAULTS, *STAFF, *FIRST)
