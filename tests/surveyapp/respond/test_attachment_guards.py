"""Files that are forged, another authority's, late or far too big; who is handed which file."""

import datetime as dt
import io
import uuid

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import AuditEvent, Submission, Unsaved, Upload
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries, save, somebody, submission_of
from tests.surveyapp.files.making import PDF
from tests.surveyapp.respond.filling import address, enter, entry_of, fields, words
from tests.surveyapp.respond.giving import (
    CODE,
    SECTION,
    a_file,
    answered,
    document,
    give,
    only,
    send,
)


@pytest.fixture
def cy(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    """Birch's coordinator, signed in."""
    return enter(client, somebody(session))


def forged(session: Session, birch: Submission, how: str) -> str:
    """The id of a file that is not this answer's to have."""
    if how in ("nonsense", "unknown"):
        return "../../etc/passwd" if how == "nonsense" else str(uuid.uuid4())
    owner = submission_of(session, "Alder") if how == "other authority" else birch
    upload = a_file(owner, somebody(session), "S01.5", "somewhere else")
    if how == "removed":
        upload.entry_id = ""
        upload.removed_at = upload.at
    session.add(upload)
    session.commit()
    return str(upload.id)


@pytest.mark.parametrize(
    "how", ["nonsense", "unknown", "other authority", "other entry", "removed"]
)
def test_a_forged_id_is_refused_and_never_shown(
    how: str, cy: CheckingClient, session: Session, birch: Submission
) -> None:
    key = forged(session, birch, how)
    page = cy.get(address(birch, SECTION)).text
    entry = entry_of(page, CODE)[0]
    if how == "removed":
        session.get_one(Upload, uuid.UUID(key)).entry_id = entry
        session.commit()
    again = give(cy, birch, None, {"title": "Plan", "file": key}, page=page)

    assert again.status_code == 422
    told = words(again.text)
    assert ("has been removed" if how == "removed" else "We do not have this file") in told
    assert "secret plan" not in again.text
    assert key not in again.text
    assert document(session, birch) == {}
    typing = address(birch, f"{SECTION}/typing")
    form = {f"{CODE}@{entry}:{name}": value for name, value in (("seen", "0"), ("file", key))}
    reply = cy.post(typing, data=form | {f"{CODE}@{entry}:title": "Plan"})
    assert reply.get_json()["state"] == "refused"


def test_a_file_field_of_another_kind_of_question_is_left_alone(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    form: dict[str, object] = {"S01.2:seen": "0", "S01.2:text": "Well"}
    form["S01.2:upload"] = (io.BytesIO(PDF), "plan.pdf")

    assert cy.post(address(birch, SECTION), data=form).status_code == 303
    assert session.scalars(select(Upload)).all() == []


def test_a_file_that_comes_after_the_close_is_kept_too(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = cy.get(address(birch, SECTION)).text
    birch.survey.closed_at = dt.datetime.now(dt.UTC)
    session.commit()

    late = give(cy, birch, ("plan.pdf", PDF), {"title": "Plan"}, page=page)
    assert late.status_code == 409
    assert "(file: plan.pdf)" in words(late.text)
    assert session.scalars(select(Unsaved)).one().value["file"] == str(only(session).id)


def test_a_file_is_handed_over_to_be_saved_and_noted(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    give(cy, birch, ("Plan für „alle“.pdf", PDF), {"title": "Plan"})
    upload = only(session)
    answer = cy.get(address(birch, f"files/{upload.id}"))

    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Plan%20f%C3%BCr" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    actions = [one.action for one in session.scalars(select(AuditEvent).order_by(AuditEvent.at))]
    assert actions[-2:] == ["file.kept", "file.read"]


def test_a_file_is_found_under_its_own_return_only(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    alder = submission_of(session, "Alder")
    other = a_file(alder, somebody(session), CODE, "x")
    session.add(other)
    session.commit()
    give(cy, birch, ("plan.pdf", PDF), {"title": "Plan"})
    own = session.scalars(select(Upload).where(Upload.submission_id == birch.id)).one()

    assert cy.get(address(birch, f"files/{other.id}")).status_code == 404
    assert cy.get(address(alder, f"files/{other.id}")).status_code == 403
    # Its row is there and its content is not.
    assert cy.get(address(birch, f"files/{uuid.uuid4()}")).status_code == 404
    bob = enter(cy, somebody(session, "Bob Alder"))
    assert bob.get(address(birch, f"files/{own.id}")).status_code == 403
    assert bob.get(address(alder, f"files/{own.id}")).status_code == 404
    assert bob.get(address(alder, f"files/{other.id}")).status_code == 404


def test_a_page_asks_the_database_as_often_for_many_files_as_for_one(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    give(cy, birch, ("plan.pdf", PDF), {"title": "Plan"})
    counts = []
    for more in (0, 5):
        for number in range(more):
            one = a_file(birch, somebody(session), CODE, f"e{number}")
            session.add(one)
            session.flush()
            value = {"title": f"Plan {number}", "file": str(one.id)}
            save(session, birch, CODE, value, entry_id=f"e{number}")
        session.commit()
        session.expire_all()
        with queries(session) as sent:
            for rest in (SECTION, "check", f"questions/{CODE}"):
                assert cy.get(address(birch, rest)).status_code == 200
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_what_is_far_too_big_is_answered_in_plain_words(
    cy: CheckingClient, birch: Submission, app: Flask
) -> None:
    size = app.config["MAX_CONTENT_LENGTH"] + 1
    answer = cy.post(
        address(birch, SECTION),
        input_stream=io.BytesIO(b"x" * size),
        content_length=size,
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code == 413
    assert "files of up to 10 MB each" in words(answer.text)


def test_a_long_text_and_a_large_file_reach_their_form(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    page = cy.get(address(birch, SECTION)).text
    form: dict[str, object] = dict(fields(page)) | {"S01.2:text": "word " * 3_200_000}
    form[f"{CODE}@{entry_of(page, CODE)[0]}:upload"] = (io.BytesIO(bytes(25_000_000)), "all.pdf")

    again = send(cy, address(birch, SECTION), form)
    assert again.status_code == 422
    assert "“all.pdf” was not added." in again.text


def test_a_section_of_very_many_fields_still_reaches_its_form(
    cy: CheckingClient, session: Session, birch: Submission
) -> None:
    many = {f"S01.5@e{number}:owner": "" for number in range(1_500)}
    form: dict[str, object] = {**many, "S01.4:seen": "0", "S01.4:number": "17"}
    form["S01.4:upload"] = (io.BytesIO(PDF), "makes the form one with files.pdf")

    assert send(cy, address(birch, SECTION), form).status_code == 303
    assert answered(session, birch, "S01.4") == {"number": 17}
