"""The states of a return: read, filled in, handed over, sent back in Word, submitted."""

from typing import Final

from tests.e2e.every_page.states import (
    State,
    again,
    answer,
    close,
    press,
    rewrite,
    send_file,
    tick,
    untick_all,
    visit_return,
    write,
)

BIRCH: Final = {"submission_id": "birch"}
ALDER: Final = {"submission_id": "alder"}
EVERY: Final = {"submission_id": "every", "section_code": "S01"}
CLOSING: Final = {"submission_id": "closing", "section_code": "S01"}
NEEDS: Final = {**BIRCH, "section_code": "S01"}
ABUSE: Final = {**BIRCH, "section_code": "A1"}
SHARED: Final = {**BIRCH, "section_code": "Z1"}
ASKED: Final = {**BIRCH, "question_code": "S01.2"}
ME = "coordinator"
KNOW, SAVE = "How do you know that it works?", "Save and continue"
CONFLICT: Final = (
    answer("S01.1", {"rating": 3}),
    again,
    rewrite("S01.2"),
    write(KNOW, "What Cy wrote."),
    press(SAVE),
)
EVERY_FAULT: Final = (
    write("What share of families had a reply in time?", "lots"),
    write("What is your front door called?", "one two three four five six"),
    write("Link to the document", "no address"),
    lambda page, _: page.locator("#S01-5-date-day").fill("31"),
    write("Work email address", "at home"),
    press(SAVE),
)

DEE: Final = {**BIRCH, "contributor_id": "Dee Birch's part"}
EVE: Final = {**BIRCH, "contributor_id": "Eve Birch's part"}
TOO_LATE: Final = (
    close(is_closed=False),
    visit_return("closing", "sections/S01"),
    write("How many families asked for help?", "12"),
    close(is_closed=True),
    press(SAVE),
)

PAGES = (
    State("sections", ME, "respond.tasks", BIRCH),
    State("sections, for an interviewer", "interviewer", "respond.tasks", BIRCH),
    State("sections, submitted", "handed in", "respond.tasks", ALDER),
    State("section", ME, "respond.section", NEEDS),
    State("section, a question a page", ME, "respond.section", ABUSE),
    State("section of groups", ME, "respond.section", SHARED),
    State("section with every type", ME, "respond.section", EVERY),
    State("section, another entry", ME, "respond.section", SHARED, (press("Add another"),)),
    State("section, to read only", "interviewer", "respond.section", NEEDS),
    State("section, submitted", "handed in", "respond.section", {**ALDER, "section_code": "S01"}),
    State(
        "section, closed",
        ME,
        "respond.section",
        CLOSING,
        (close(is_closed=True), again),
    ),
    State("finish", ME, "respond.finish", NEEDS),
    State("hand over", ME, "respond.hand_over", NEEDS),
    State("every question", ME, "respond.questions", BIRCH),
    State("question with a comment", ME, "respond.question", ASKED),
    State("question, to read only", "consultant", "respond.question", ASKED),
    State("check answers", ME, "respond.check", BIRCH),
    State("check answers, submitted", "handed in", "respond.check", ALDER),
    State("declaration", ME, "respond.declaration", BIRCH),
    State("declaration, for a colleague", "colleague", "respond.declaration", BIRCH),
    State("receipt", "handed in", "respond.receipt", ALDER),
    State("colleagues", ME, "respond.team", BIRCH),
    State("colleagues, for a colleague", "colleague", "respond.team", BIRCH),
    State("invite a colleague", ME, "respond.invite", BIRCH),
    State("take a colleague off", ME, "respond.leaving", DEE),
    State("pass the coordination on", ME, "respond.passing_on", DEE),
    State("what happened", ME, "respond.happened", BIRCH),
    State(
        "words kept apart",
        ME,
        "respond.kept",
        {"submission_id": "closing"},
        (*TOO_LATE, visit_return("closing", "kept")),
    ),
    State("nothing kept apart", "colleague", "respond.kept", BIRCH),
    State("Word form", ME, "wordform.begin", BIRCH),
    State(
        "Word form, compared",
        ME,
        "wordform.compare",
        BIRCH,
        (send_file("The form you filled in", "form"), press("Compare it with the return")),
        "wordform.begin",
    ),
)
FAULTS = (
    State(
        "invite a colleague, empty",
        ME,
        "respond.invited",
        BIRCH,
        (press("Invite"),),
        "respond.invite",
        422,
    ),
    State(
        "pass the coordination on, too soon",
        ME,
        "respond.passed_on",
        EVE,
        (press("Make Eve Birch the coordinator"),),
        "respond.passing_on",
        422,
    ),
    State("every type wrong", ME, "respond.save", EVERY, EVERY_FAULT, "respond.section", 422),
    State(
        "a question a page wrong",
        ME,
        "respond.save",
        {**ABUSE, "question_code": "A1.2"},
        (answer("A1.1", {"option": "yes"}), again, write("Day", "31"), press(SAVE)),
        "respond.section",
        422,
    ),
    State("conflict", ME, "respond.save", NEEDS, CONFLICT, "respond.section", 409),
    State(
        "conflict, nothing chosen",
        ME,
        "respond.settle",
        NEEDS,
        (*CONFLICT, press(SAVE)),
        "respond.section",
        409,
    ),
    State(
        "too late",
        ME,
        "respond.save",
        CLOSING,
        TOO_LATE,
        "respond.section",
        409,
    ),
    State("finish, empty", ME, "respond.finished", NEEDS, (press(SAVE),), "respond.finish", 422),
    State(
        "finish, unanswered",
        ME,
        "respond.finished",
        CLOSING,
        (
            close(is_closed=False),
            again,
            tick("With our name"),
            tick("Yes, it is finished"),
            press(SAVE),
        ),
        "respond.finish",
        422,
    ),
    State(
        "comment, empty",
        ME,
        "respond.comment",
        ASKED,
        (press("Add comment"),),
        "respond.question",
        422,
    ),
    State(
        "hand over, empty",
        ME,
        "respond.handed_over",
        NEEDS,
        (press("Save"),),
        "respond.hand_over",
        422,
    ),
    State(
        "submit, not declared",
        ME,
        "respond.submit",
        BIRCH,
        (press("Submit the return"),),
        "respond.declaration",
        422,
    ),
    State(
        "submit, unanswered",
        ME,
        "respond.submit",
        {"submission_id": "closing"},
        (
            close(is_closed=False),
            again,
            tick("I confirm that"),
            press("Submit the return"),
        ),
        "respond.declaration",
        422,
    ),
    State(
        "Word form, none",
        ME,
        "wordform.send",
        BIRCH,
        (press("Compare it with the return"),),
        "wordform.begin",
        400,
    ),
    State(
        "Word form, refused",
        ME,
        "wordform.send",
        BIRCH,
        (send_file("The form you filled in", "not word"), press("Compare it with the return")),
        "wordform.begin",
        400,
    ),
    State(
        "Word form, nothing ticked",
        ME,
        "wordform.accept",
        BIRCH,
        (
            send_file("The form you filled in", "form"),
            press("Compare it with the return"),
            untick_all,
            press("Save the answers I ticked"),
        ),
        "wordform.begin",
        400,
    ),
)
STATES: Final = (*PAGES, *FAULTS)
