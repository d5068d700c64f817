"""Rows that the database must refuse: of coding, examples, member checks and builds."""

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from surveyapp.models import (
    Base,
    Build,
    CheckItem,
    Clearing,
    CodebookChange,
    CodedPassage,
    MemberCheck,
    Memo,
    Shortlisting,
    StandingText,
)
from tests.surveyapp.breaking import SHA256, Given
from tests.surveyapp.building import NOON

STRETCH = {"response": "X06000001/S01.2", "start": 0, "end": 2, "words": "We"}


def coded(given: Given, **changes: object) -> CodedPassage:
    whose = {"survey_id": given.survey.id, "coder_id": given.cy}
    columns = {**whose, **STRETCH, "codebook_id": given.survey.codebook_id, "at": NOON}
    return CodedPassage(**{**columns, **changes})


def memo(given: Given, **changes: object) -> Memo:
    columns = {"survey_id": given.survey.id, "about": "survey", "text": "x", "at": NOON}
    return Memo(**{**columns, "author_id": given.cy, **changes})


def change(given: Given, **changes: object) -> CodebookChange:
    pinned = given.survey.codebook_id
    versions = {"before_id": pinned, "after_id": pinned, "changes_meaning": False}
    columns = {"survey_id": given.survey.id, "kind": "reword", "theme": "S01", "at": NOON}
    return CodebookChange(**{**columns, **versions, "by_id": given.cy, **changes})


def clearing(given: Given, **changes: object) -> Clearing:
    said = {"place": STRETCH["response"], "words_sha256": SHA256, "kind": "a name"}
    columns = {"survey_id": given.survey.id, **said, "verdict": "cleared", "at": NOON}
    return Clearing(**{**columns, "by_id": given.cy, **changes})


def shortlisting(given: Given, **changes: object) -> Shortlisting:
    columns = {"survey_id": given.survey.id, "practice": "p", "shortlisted": True, "reason": "x"}
    return Shortlisting(**{**columns, "by_id": given.cy, "at": NOON, **changes})


def check(given: Given, **changes: object) -> MemberCheck:
    dates = {"sent_on": NOON.date(), "due_on": NOON.date()}
    people = {"person_id": given.cy, "sent_by_id": given.cy}
    return MemberCheck(**{"submission_id": given.birch.id, **people, **dates, **changes})


def item(given: Given, **changes: object) -> CheckItem:
    sent = check(given)
    given.session.add(sent)
    given.session.flush()
    return CheckItem(**{"check_id": sent.id, "place": 1, **STRETCH, **changes})


def build(given: Given, **changes: object) -> Build:
    columns = {"survey_id": given.survey.id, "number": 7, "asked_at": NOON}
    return Build(**{**columns, "asked_by_id": given.cy, **changes})


def standing(given: Given, **changes: object) -> StandingText:
    columns = {"survey_id": given.survey.id, "place": "title", "version": 1, "text": "x"}
    return StandingText(**{**columns, "author_id": given.cy, "at": NOON, **changes})


def _same_item(given: Given) -> CheckItem:
    """Return an item of the one check that there is, however often it is asked for."""
    sent = given.session.scalars(sa.select(MemberCheck)).first() or check(given)
    given.session.add(sent)
    given.session.flush()
    return CheckItem(check_id=sent.id, place=1, **STRETCH)


BROKEN: Mapping[str, Callable[[Given], Base]] = {
    "ck_coded_passage_some_words": lambda given: coded(given, end=0),
    "ck_memo_about": lambda given: memo(given, about="the weather"),
    "ck_memo_version_counts_from_one": lambda given: memo(given, version=0),
    "ck_codebook_change_kind": lambda given: change(given, kind="forget"),
    "ck_clearing_verdict": lambda given: clearing(given, verdict="perhaps"),
    "ck_shortlisting_reason_given": lambda given: shortlisting(given, reason=""),
    "ck_member_check_due_after_it_is_sent": lambda given: check(
        given, due_on=NOON.date().replace(year=2000)
    ),
    "ck_check_item_some_words": lambda given: item(given, end=0),
    "ck_check_item_verdict": lambda given: item(given, verdict="perhaps"),
    "ck_build_share_of_the_whole": lambda given: build(given, share_done=1.5),
    "ck_standing_text_version_counts_from_one": lambda given: standing(given, version=0),
}
TWICE: Mapping[str, Callable[[Given], Base]] = {
    "uq_coded_passage_survey_id_response_start_end_coder_id": coded,
    "uq_check_item_check_id_response_start_end": _same_item,
    "uq_build_survey_id_number": build,
    "uq_standing_text_survey_id_place_version": standing,
}
