"""The states of the consultant's pages."""

from typing import Final

from tests.e2e.every_page.furniture import OPEN, PLANNED
from tests.e2e.every_page.states import State, press, send_file, write

SURVEY: Final = {"code": OPEN}
OTHER: Final = {"code": "closing-survey"}
EXAMPLES: Final = {"name": "early_help"}
ME = "consultant"


def _page(name: str, answered_by: str, **parts: str) -> State:
    return State(name, ME, f"coordinate.{answered_by}", {**SURVEY, **parts})


PAGES = (
    State("surveys", ME, "coordinate.surveys"),
    State("questionnaires", ME, "coordinate.choose_folder"),
    State("questionnaire", ME, "coordinate.look", EXAMPLES),
    _page("tracker", "tracker"),
    _page("tracker, by name", "tracker", order="name"),
    _page("answers", "answers"),
    _page("side by side, long words", "question", question_code="S01.2"),
    _page("side by side, groups", "question", question_code="Z1.1"),
    _page("people", "people"),
    _page("bring in", "bring_in"),
    _page("invite coordinators", "invitation"),
    _page("invite everyone", "invitation", who="everyone"),
    State("invite, a real survey", ME, "coordinate.invitation", {**OTHER, "who": "everyone"}),
    _page("survey", "setup"),
    State("survey, not open yet", ME, "coordinate.setup", {"code": PLANNED}),
    State("title and first day", ME, "coordinate.about", {"code": PLANNED}),
    _page("tell people of a new last day", "telling"),
    _page("mail", "mail_log"),
    _page("a message that was sent", "message", mail_id="letter"),
    _page("exports", "exports_page"),
    _page("trail", "trail"),
    _page("one return", "return", submission_id="birch"),
    _page("person of a return", "person", contributor_id="Dee Birch's part"),
    _page("coordinator of a return", "person", contributor_id="Cy Birch's part"),
    _page("take somebody off", "take_off", contributor_id="Dee Birch's part"),
    _page("take the coordinator off", "take_off", contributor_id="Cy Birch's part"),
    _page("reopen", "reopen", submission_id="alder"),
    _page("reopen, not submitted", "reopen", submission_id="birch"),
    _page("message came back", "bounced", mail_id="letter"),
    _page("export under way", "export", export_id="export under way"),
    _page("export made", "export", export_id="export made"),
    _page("export failed", "export", export_id="export failed"),
    _page("publish", "publish"),
    _page("close", "closing"),
    _page("authorities", "authorities"),
    _page("register", "register"),
    State("preview", ME, "coordinate.preview", EXAMPLES),
    State(
        "register, checked",
        ME,
        "coordinate.check_register",
        SURVEY,
        (press("Check the register in early_help"),),
        "coordinate.register",
    ),
    State("tracker, for an administrator", "administrator", "coordinate.tracker", SURVEY),
)
FAULTS = (
    State(
        "person, no address",
        ME,
        "coordinate.correct",
        {**SURVEY, "contributor_id": "Dee Birch's part"},
        (write("Email address", ""), press("Save")),
        "coordinate.person",
        422,
    ),
    State(
        "take off, no coordinator chosen",
        ME,
        "coordinate.taken_off",
        {**SURVEY, "contributor_id": "Cy Birch's part"},
        (press("Take Cy Birch off the return"),),
        "coordinate.take_off",
        422,
    ),
    State(
        "title and first day, no title",
        ME,
        "coordinate.put_right",
        {"code": PLANNED},
        (write("Title", ""), press("Save")),
        "coordinate.about",
    ),
    State(
        "responsible, nobody",
        ME,
        "coordinate.responsible",
        SURVEY,
        (write("Who is responsible", ""), press("Save who is responsible")),
        "coordinate.setup",
    ),
    State(
        "register, checked too long ago",
        ME,
        "coordinate.confirm_register",
        SURVEY,
        (
            press("Check the register in early_help"),
            lambda page, _: page.evaluate("document.querySelector('[name=rows]').value = 'old'"),
            press("Write"),
        ),
        "coordinate.register",
    ),
    State(
        "reopen, no reason",
        ME,
        "coordinate.reopened",
        {**SURVEY, "submission_id": "alder"},
        (press("Open the return again"),),
        "coordinate.reopen",
        422,
    ),
    State(
        "message came back, no reason",
        ME,
        "coordinate.has_bounced",
        {**SURVEY, "mail_id": "letter"},
        (press("Record it"),),
        "coordinate.bounced",
        422,
    ),
    State(
        "export, no kind",
        ME,
        "coordinate.ask_for_export",
        SURVEY,
        (press("Make the file"),),
        "coordinate.exports_page",
    ),
    State(
        "authorities, none chosen",
        ME,
        "coordinate.ask_authorities",
        OTHER,
        (press("Ask those chosen"),),
        "coordinate.authorities",
    ),
    State(
        "register, no table",
        ME,
        "coordinate.check_register",
        SURVEY,
        (press("Check the rows"),),
        "coordinate.register",
    ),
    State(
        "set up, empty",
        ME,
        "coordinate.set_up",
        EXAMPLES,
        (press("Publish and set up the survey"),),
        "coordinate.look",
    ),
    State(
        "set up, there already",
        ME,
        "coordinate.set_up",
        EXAMPLES,
        (
            write("Title", "Again"),
            write("Code", OPEN),
            write("Region", "Tiny"),
            *(
                lambda page, _, name=name, words=words: page.locator(f"#{name}").fill(words)
                for name, words in {
                    "opens-day": "1",
                    "opens-month": "7",
                    "opens-year": "2015",
                    "closes-day": "31",
                    "closes-month": "7",
                    "closes-year": "2015",
                }.items()
            ),
            press("Publish and set up the survey"),
        ),
        "coordinate.look",
    ),
    State(
        "extend, no date",
        ME,
        "coordinate.extend",
        SURVEY,
        (press("Extend the survey"),),
        "coordinate.setup",
    ),
    State(
        "note, too long",
        ME,
        "coordinate.note",
        SURVEY,
        (write("Note in every invitation", "a " * 1100), press("Save the note")),
        "coordinate.setup",
    ),
    State(
        "contacts, none",
        ME,
        "coordinate.check",
        SURVEY,
        (press("Check the rows"),),
        "coordinate.bring_in",
    ),
    State(
        "contacts, wrong columns",
        ME,
        "coordinate.check",
        SURVEY,
        (send_file("Spreadsheet", "wrong columns contacts"), press("Check the rows")),
        "coordinate.bring_in",
    ),
    State(
        "contacts, faulty rows",
        ME,
        "coordinate.check",
        SURVEY,
        (send_file("Spreadsheet", "faulty contacts"), press("Check the rows")),
        "coordinate.bring_in",
    ),
    State(
        "contacts, checked too long ago",
        ME,
        "coordinate.confirm",
        SURVEY,
        (
            send_file("Spreadsheet", "good contacts"),
            press("Check the rows"),
            lambda page, _: page.evaluate("document.querySelector('[name=rows]').value = 'old'"),
            press("Write 1 row"),
        ),
        "coordinate.bring_in",
    ),
    State(
        "invite, the list has changed",
        ME,
        "coordinate.invite",
        {**OTHER, "who": "everyone"},
        (
            lambda page, _: page.evaluate("document.querySelector('[name=count]').value = '99'"),
            press("Invite 1 person"),
        ),
        "coordinate.invitation",
    ),
)
STATES: Final = (*PAGES, *FAULTS)
