"""What is read in part counts as it does where all of it is read."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.definitions.questions import (
    ChoiceQuestion,
    ContactQuestion,
    DocumentQuestion,
    MaturityQuestion,
)
from surveyapp.material import gathering, reading
from surveyapp.models import Submission, Survey
from tests.surveyapp.building import grow, queries


def test_it_counts_as_in_the_review(session: Session, survey: Survey) -> None:
    whole = gathering.gather(session, survey).material
    kinds = (ChoiceQuestion, ContactQuestion, DocumentQuestion, MaturityQuestion)
    part = gathering.offered(
        session,
        survey,
        lambda asked: [*reading.of_kinds(asked, *kinds), *reading.of_examples(asked)],
    )

    assert part.authorities == whole.authorities
    for name in ("ratings", "choices", "documents", "contacts", "practices"):
        assert getattr(part, name) == getattr(whole, name) != ()


@pytest.mark.parametrize(
    ("kind", "name"), [(DocumentQuestion, "documents"), (ContactQuestion, "contacts")]
)
def test_a_part_is_the_same_alone(
    session: Session,
    survey: Survey,
    kind: type[DocumentQuestion] | type[ContactQuestion],
    name: str,
) -> None:
    whole = gathering.gather(session, survey).material

    part = gathering.offered(session, survey, lambda asked: reading.of_kinds(asked, kind))

    assert getattr(part, name) == getattr(whole, name) != ()
    assert part.ratings == part.practices == ()


def test_one_authority_is_read_alone(session: Session, survey: Survey) -> None:
    files = reading.part(
        session,
        survey,
        lambda asked: reading.of_kinds(asked, MaturityQuestion),
        Submission.authority_code == "X06000001",
    )
    assert [one.authority for one in files] == ["X06000001"]
    assert files[0].answers


@pytest.mark.queries
def test_it_takes_as_many_queries_for_many(session: Session, survey: Survey) -> None:
    def read() -> int:
        session.expire_all()
        with queries(session) as sent:
            gathering.offered(session, survey, reading.of_examples)
        return len(sent)

    few = read()
    grow(session, survey, 12)
    assert read() == few
