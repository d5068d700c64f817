"""Two people's words under one question, side by side, and the one answer made of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from surveyapp.definitions import answers
from surveyapp.definitions.questions import Question, TextQuestion
from surveyapp.files import uploads
from surveyapp.files.uploads import Uploads
from surveyapp.respond.services import Draft
from surveyapp.respond.sheets import in_words, name_of
from surveyapp.respond.standing import Standing

JOINT = "\n\n"


@dataclass(frozen=True, slots=True)
class Clash:
    """One answer that two people changed: both texts, and whose the stored one is."""

    question: Question
    draft: Draft
    mine: str
    theirs: str
    author: str
    at: dt.datetime | None
    version: int
    merged: str
    error: str = ""

    @property
    def key(self) -> str:
        """Return what the names of its fields begin with."""
        return name_of(self.draft.question_code, self.draft.entry_id)

    @property
    def id(self) -> str:
        """Return what the ids of its fields begin with."""
        return self.key.replace(".", "-").replace("@", "-")

    @property
    def can_merge(self) -> bool:
        """Say whether both can stand in one answer: words can, a choice cannot."""
        return isinstance(self.question, TextQuestion)


@dataclass(frozen=True, slots=True)
class Undecided:
    """What a person left open on the page: what is missing, and what they merged so far."""

    error: str
    merged: str


def clashes(
    standing: Standing,
    drafts: Iterable[Draft],
    open_ones: Mapping[str, Undecided] | None = None,
    files: Uploads = uploads.NONE,
) -> tuple[Clash, ...]:
    """Return the two sides of every answer in conflict."""
    return tuple(_clash(standing, draft, open_ones or {}, files) for draft in drafts)


def resolved(draft: Draft, choice: str, merged: str) -> Draft | None:
    """Return what a person decided to keep; None where the colleague's answer stands."""
    if choice == "theirs":
        return None
    return replace(draft, value={"text": merged}) if choice == "merge" else draft


def _clash(
    standing: Standing, draft: Draft, open_ones: Mapping[str, Undecided], files: Uploads
) -> Clash:
    code, entry_id = draft.question_code, draft.entry_id
    row = standing.rows.get((code, entry_id))
    mine = in_words(standing.questionnaire, draft, files)
    theirs = answers.as_text(
        standing.questionnaire, code, standing.value(code, entry_id), uploads.names(files)
    )
    left = open_ones.get(name_of(code, entry_id))
    return Clash(
        question=standing.questionnaire.question(code),
        draft=draft,
        mine=mine,
        theirs=theirs,
        author=row.author.name if row else "",
        at=row.updated_at if row else None,
        version=standing.version(code, entry_id),
        merged=left.merged if left else JOINT.join(filter(None, (theirs, mine))),
        error=left.error if left else "",
    )
