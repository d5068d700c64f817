"""What belongs to another survey's workbench, for addresses to be asked for it."""

import uuid
from typing import TYPE_CHECKING

from surveyapp.models import (
    Build,
    CheckItem,
    CodingAct,
    Finding,
    Mark,
    MemberCheck,
    Memo,
    Passage,
    Response,
    Sample,
)
from tests.surveyapp.building import NOON

if TYPE_CHECKING:
    from tests.surveyapp.owning import Owner


def passage_key(owner: "Owner") -> str:
    row = Passage(
        key=uuid.uuid4().hex[:16],
        survey_id=owner.submission.survey_id,
        response="X06000001/S01.2",
        start=0,
        end=4,
        words="Late",
        authority_code=owner.submission.authority_code,
        source="questionnaire",
        question_code="S01.2",
        asked="S01",
        use_level="named",
        verbatim=True,
        place=0,
        doubt=0.5,
    )
    said = {"text": "Late", "use_level": "named", "verbatim": True, "place": 0}
    about = {"source": "questionnaire", "question_code": "S01.2", "question": "How?"}
    of = {"survey_id": row.survey_id, "authority_code": row.authority_code, "asked": "S01"}
    # Its response may be there for another passage.
    owner.session.merge(Response(id=row.response, **of, **about, **said))
    owner.session.add(row)
    owner.session.commit()
    return row.key


def memo_id(owner: "Owner") -> uuid.UUID:
    about = {"survey_id": owner.submission.survey_id, "about": "survey", "text": "Think."}
    return owner.keep(Memo(author=owner.person, at=NOON, **about))


def act_id(owner: "Owner") -> uuid.UUID:
    done = {"kind": "accept", "before": {}, "after": {}, "at": NOON}
    of = {"survey_id": owner.submission.survey_id, "coder_id": owner.person.id}
    return owner.keep(CodingAct(**of, **done))


def sample_id(owner: "Owner") -> uuid.UUID:
    drawn = {"coder": owner.person, "drawn_by": owner.person, "drawn_at": NOON, "seed": 1}
    authorities = [owner.submission.authority_code]
    return owner.keep(Sample(survey=owner.submission.survey, authorities=authorities, **drawn))


def finding_id(owner: "Owner") -> uuid.UUID:
    said = {"theme": "S01", "claim": "Most count calls.", "updated_at": NOON}
    return owner.keep(Finding(survey=owner.submission.survey, author=owner.person, **said))


def build_id(owner: "Owner") -> uuid.UUID:
    number = uuid.uuid4().int % 1_000_000
    asked = {"asked_by": owner.person, "asked_at": NOON, "number": number}
    return owner.keep(Build(survey=owner.submission.survey, **asked))


def check_id(owner: "Owner") -> uuid.UUID:
    sent = {"sent_by": owner.person, "sent_on": NOON.date(), "due_on": NOON.date()}
    return owner.keep(MemberCheck(submission=owner.submission, person=owner.person, **sent))


def item_id(owner: "Owner") -> uuid.UUID:
    shown = {"place": 0, "response": "X06000001/S01.2", "start": 0, "end": 4, "words": "Late"}
    return owner.keep(CheckItem(check_id=check_id(owner), **shown))


def mark_id(owner: "Owner") -> uuid.UUID:
    found = {"place": "X06000001/S01.2", "start": 0, "end": 4, "kind": "name", "reason": "a name"}
    of = {"survey_id": owner.submission.survey_id, "found_at": NOON}
    code = owner.submission.authority_code
    return owner.keep(Mark(authority_code=code, words_sha256="a" * 64, **of, **found))


# Where things are of the person who is asking, rather than of somebody of a return.
THE_ACTORS = ("/account/", "/blind/")
# By what parts of addresses are called.
ANOTHERS = {
    "act_id": act_id,
    "build_id": build_id,
    "check_id": check_id,
    "finding_id": finding_id,
    "item_id": item_id,
    "mark_id": mark_id,
    "memo_id": memo_id,
    "passage_key": passage_key,
    "sample_id": sample_id,
}
