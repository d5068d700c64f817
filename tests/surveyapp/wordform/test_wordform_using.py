"""How words may be used travels in the form, is compared, and is taken like an answer."""

import io
import zipfile

import pytest
from sqlalchemy.orm import Session

from surveyapp.errors import ReturnClosedError
from surveyapp.models import Submission
from surveyapp.respond.services import set_use_level
from surveyapp.wordform import accepting, services
from surveyapp.wordform.accepting import Taken, Ticked
from surveyapp.wordform.comparing import Comparison
from surveyapp.wordform.using import UseChange
from synthesis.word import check
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.respond.filling import address, fields, words
from tests.surveyapp.wordform.paper import LATER, paper_of, sent_back

TAG = "S01:use_level"


def says(session: Session, submission: Submission) -> str | None:
    session.expire_all()
    return next(one.use_level for one in submission.sections if one.section_code == "S01")


def set_to(session: Session, submission: Submission, level: str) -> None:
    set_use_level(session, submission, "S01", level)
    session.flush()


def form(session: Session, submission: Submission, chosen: str = "") -> bytes:
    """The form as it would be downloaded now, with a choice made in it."""
    return sent_back(paper_of(session, submission), {TAG: (chosen,) if chosen else ()})


def compare(session: Session, submission: Submission, docx: bytes) -> Comparison:
    return services.comparison(session, submission, docx)


def only(found: Comparison) -> UseChange:
    (change,) = found.uses
    return change


def take(session: Session, submission: Submission, docx: bytes, *names: str) -> Taken:
    return accepting.accept(session, submission, Ticked(docx, names), somebody(session), NOON)


@pytest.fixture(autouse=True)
def nothing_said(session: Session, birch: Submission) -> None:
    for one in birch.sections:
        one.use_level = None
    session.flush()


def test_a_form_left_alone_says_nothing(session: Session, birch: Submission) -> None:
    set_to(session, birch, "unnamed")
    docx = services.form(session, birch, LATER)

    assert compare(session, birch, docx).uses == ()
    assert check(docx) == []


def test_a_choice_is_offered_and_taken(session: Session, birch: Submission) -> None:
    docx = form(session, birch, "unnamed")
    change = only(compare(session, birch, docx))
    assert (change.state, change.mine, change.theirs) == ("new", "Without our name", "")

    assert take(session, birch, docx, change.name).saved == 1
    assert says(session, birch) == "unnamed"
    assert compare(session, birch, docx).uses == ()


def test_what_is_not_ticked_stays(session: Session, birch: Submission) -> None:
    take(session, birch, form(session, birch, "named"), "S01.2::0", "use:S09:")

    assert says(session, birch) is None


def test_a_choice_made_since_the_download_is_told(session: Session, birch: Submission) -> None:
    set_to(session, birch, "named")
    docx = form(session, birch, "withheld")
    set_to(session, birch, "unnamed")
    change = only(compare(session, birch, docx))

    assert (change.state, change.theirs) == ("both", "Without our name")
    assert take(session, birch, docx, change.name).conflicts == []
    assert says(session, birch) == "withheld"


def test_an_old_form_that_was_left_alone_takes_nothing_back(
    session: Session, birch: Submission
) -> None:
    docx = form(session, birch)
    set_to(session, birch, "withheld")

    assert compare(session, birch, docx).uses == ()


def test_a_choice_made_since_the_page_was_shown_stands(session: Session, birch: Submission) -> None:
    docx = form(session, birch, "named")
    seen = only(compare(session, birch, docx)).name
    set_to(session, birch, "withheld")

    taken = take(session, birch, docx, seen)

    assert taken == Taken(0, ["the use of words in S01"])
    assert says(session, birch) == "withheld"


def test_a_choice_cannot_be_taken_back_to_nothing(session: Session, birch: Submission) -> None:
    set_to(session, birch, "named")
    docx = sent_back(paper_of(session, birch), {TAG: ()})
    change = only(compare(session, birch, docx))

    assert (change.state, change.choice) == ("emptied", "")
    assert take(session, birch, docx, change.name).saved == 0
    assert says(session, birch) == "named"


def test_words_that_are_no_choice_are_shown_and_not_taken(
    session: Session, birch: Submission
) -> None:
    docx = form(session, birch, "named")
    other = _reworded(docx, "With our name", "Ask the chief executive first")
    found = compare(session, birch, other)

    assert only(found).state == "unreadable"
    assert "Ask the chief executive first" in [one.text for one in found.leftovers]


def test_a_closed_return_takes_no_choice(session: Session, birch: Submission) -> None:
    docx = form(session, birch, "named")
    birch.survey.closed_at = NOON

    with pytest.raises(ReturnClosedError):
        take(session, birch, docx, "use:S01:")


def test_the_page_shows_and_takes_it(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    for one in birch.contributors:
        one.agreed_at = NOON
    session.commit()
    client.sign_in(somebody(session))
    data = {"form": (io.BytesIO(form(session, birch, "withheld")), "form.docx")}
    page = client.post(address(birch, "form"), data=data, follow_redirects=True)
    assert "How we may use the words in" in words(page.text)
    assert "Not for publication" in words(page.text)

    saved = client.post(page.request.path, data=fields(page.text, "take"))

    assert "There is nothing to take" in words(client.get(saved.location).text)
    assert says(session, birch) == "withheld"


def _reworded(docx: bytes, was: str, now: str) -> bytes:
    """The same file with other words in its main part, where they stand last."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                head, _, tail = content.decode().rpartition(f">{was}<")
                content = f"{head}>{now}<{tail}".encode()
            new.writestr(entry, content)
    return stream.getvalue()
