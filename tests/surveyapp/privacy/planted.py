"""One child's words planted wherever words may stand, and where they still stand."""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import files
from surveyapp.derived.keys import passage_key
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Base,
    CodedPassage,
    Comment,
    Decision,
    Finding,
    FindingPassage,
    Mail,
    Memo,
    StandingText,
    Submission,
    Summary,
    Survey,
    Unsaved,
    Upload,
)
from tests.surveyapp.building import NOON, somebody

NAME, SCHOOL = "Zephyrine", "9, at Quillmoor Primary"
STORY = f"We listen first. {NAME}, {SCHOOL}, was helped by a mentor. Every plan is reviewed."


def answer_of(session: Session, submission: Submission, code: str) -> Answer:
    return session.scalars(
        select(Answer).where(Answer.submission_id == submission.id, Answer.question_code == code)
    ).one()


def tell(session: Session, submission: Submission, code: str = "S01.2") -> Answer:
    """Let an answer tell the story, and have told it before."""
    answer = answer_of(session, submission, code)
    answer.value, answer.version = {"text": STORY}, answer.version + 1
    answer.updated_at = answer.updated_at + dt.timedelta(minutes=1)
    session.add(
        AnswerRevision(
            answer_id=answer.id,
            version=answer.version,
            value={"text": STORY},
            author_id=answer.author_id,
            saved_at=answer.updated_at,
        )
    )
    session.commit()
    return answer


def everywhere(session: Session, survey: Survey, alder: Submission, uploads: Path) -> None:
    """Plant the words in everything that people write about an answer."""
    me, place = somebody(session), f"{alder.authority_code}/S01.2"
    start = STORY.index(NAME)
    end = STORY.index(" Every plan")
    said = {"survey_id": survey.id, "response": place, "start": start, "end": end}
    said |= {"words": STORY[start:end], "codebook_id": survey.codebook_id}
    late = {"start": end + 1, "end": len(STORY), "words": STORY[end + 1 :]}
    finding = Finding(
        survey_id=survey.id,
        theme="S01",
        claim=f"{NAME} was helped.",
        author_id=me.id,
        updated_at=NOON,
    )
    session.add(finding)
    session.flush()
    content = f"DOB of {NAME} is 14/03/2011".encode()
    upload = Upload(
        submission_id=alder.id,
        question_code="S01.5",
        file_key=files.put(uploads, content),
        file_name=f"{NAME}.txt",
        media_type="text/plain",
        size=len(content),
        sha256="0" * 64,
        uploaded_by_id=me.id,
        at=NOON,
    )
    session.add_all(
        [
            Decision(**said, theme="S01", verdict="accept", coder_id=me.id, made_at=NOON),
            Decision(**said | late, theme="S01", verdict="accept", coder_id=me.id, made_at=NOON),
            CodedPassage(**said | late, coder_id=me.id, at=NOON),
            FindingPassage(
                finding_id=finding.id, response=place, start=start, end=end, words=STORY[start:end]
            ),
            Comment(
                submission_id=alder.id,
                question_code="S01.2",
                author_id=me.id,
                created_at=NOON,
                text=f"Is {NAME}, {SCHOOL}, all right with this?",
            ),
            Unsaved(
                submission_id=alder.id,
                person_id=me.id,
                question_code="S01.2",
                at=NOON,
                value={"text": STORY},
                reason="closed",
            ),
            Memo(
                survey_id=survey.id,
                about="passage",
                text=f"{NAME} again",
                author_id=me.id,
                at=NOON,
                subject=passage_key(survey.id, place, start, end, STORY[start:end]),
            ),
            Summary(
                survey_id=survey.id,
                authority_code=alder.authority_code,
                theme="S01",
                text=f"They tell of {NAME}.",
                rests_on="",
                author_id=me.id,
                updated_at=NOON,
            ),
            StandingText(
                survey_id=survey.id,
                place="chapters.foreword.text",
                version=1,
                author_id=me.id,
                text=f"Thank you, {NAME}.",
                at=NOON,
            ),
            Mail(
                key="m",
                kind="comment",
                to_address="a@alder.gov.uk",
                submission_id=alder.id,
                subject="A comment",
                text=f"Is {NAME} all right?",
                html=f"<p>{NAME}</p>",
                created_at=NOON,
                due_at=NOON,
            ),
            upload,
        ]
    )
    session.commit()


def standing(session: Session, folder: Path, *words: str) -> list[str]:
    """Return every column and file in which any of the words still stand."""
    session.commit()
    found = []
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            found += [
                f"{table.name}.{name}"
                for name, value in row.items()
                if any(word in str(value) for word in words)
            ]
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("survey.db"):
            content = path.read_bytes()
            found += [str(path) for word in words if word.encode() in content]
    return sorted(set(found))


def text_columns() -> set[str]:
    """Return every table with a column that may hold words."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        if any(isinstance(column.type, sa.String | sa.JSON) for column in table.columns)
    }
