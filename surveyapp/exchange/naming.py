"""What stands for codes and hashes in a table: what pages call them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.derived.keys import passage_key
from surveyapp.material import codebooks
from surveyapp.models import Authority, CodebookChange, Decision, Snapshot, Submission, Survey

CITED: Final = 8
"""Letters of a passage's key by which a summary refers to it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one survey's authorities and themes by code, and codebook versions by hash.

    A theme that is gone has the name that it had last.
    """

    survey_id: uuid.UUID
    authorities: Mapping[str, str]
    themes: Mapping[str, str]
    versions: Mapping[str, str]

    def authority(self, code: str | None) -> str:
        """Return an authority's name."""
        return self.authorities.get(code or "", "")

    def theme(self, code: str) -> str:
        """Return a theme's name."""
        return self.themes.get(code, "")

    def version(self, content_hash: str) -> str:
        """Return the version of the codebook with this hash."""
        return self.versions.get(content_hash, "")

    def passage(self, response: str, start: int, end: int, words: str) -> str:
        """Return the key of the passage that some words are."""
        return passage_key(self.survey_id, response, start, end, words)

    def cited(self, key: str) -> str:
        """Return how a summary refers to a passage."""
        return key[:CITED]

    def subject(self, about: str, subject: str) -> str:
        """Return the name of what a memo is about; a passage has none."""
        first, _, second = subject.partition("/")
        return {
            "authority": self.authority(first),
            "theme": self.theme(first),
            "cell": f"{self.authority(first)}: {self.theme(second)}",
        }.get(about, "")

    def of_example(self, practice: str) -> str:
        """Return the name of the authority that an example is of."""
        return self.authority(practice.partition("/")[0])

    def changed(self, theme: str, into: Sequence[str]) -> str:
        """Return the code of a theme that was changed: of a proposal, the one it became."""
        return theme if theme in self.themes else "; ".join(into)

    def changed_name(self, theme: str, into: Sequence[str]) -> str:
        """Return the name of a theme that was changed."""
        codes = [theme] if theme in self.themes else into
        return "; ".join(map(self.theme, codes))

    def proposal(self, theme: str) -> str:
        """Return the key of a theme that was proposed."""
        return "" if theme in self.themes else theme

    def together(self, codes: Sequence[str]) -> str:
        """Return several codes as one text."""
        return "; ".join(codes)


def read(session: Session, survey: Survey) -> Names:
    """Return the names in a survey, in a fixed number of queries."""
    authorities = session.execute(
        select(Authority.code, Authority.name)
        .join(Submission, Submission.authority_code == Authority.code)
        .where(Submission.survey_id == survey.id)
    )
    of_survey = CodebookChange.survey_id == survey.id
    used = sa.union(
        select(CodebookChange.before_id).where(of_survey),
        select(CodebookChange.after_id).where(of_survey),
        select(Decision.codebook_id).where(Decision.survey_id == survey.id),
        select(sa.literal(survey.codebook_id, Snapshot.id.type)),
    )
    asked = select(Snapshot.id, Snapshot.content_hash).where(Snapshot.id.in_(used))
    rows = session.execute(asked.order_by(Snapshot.published_at)).all()
    books = codebooks.versions(session, {row.id for row in rows})
    # The codebook of now comes last, for its names hold.
    ordered = [*(books[row.id] for row in rows), codebooks.current(survey)]
    return Names(
        survey_id=survey.id,
        authorities=dict(authorities.all()),
        themes={theme.code: theme.name for book in ordered for theme in book},
        versions={row.content_hash: books[row.id].version for row in rows},
    )
