"""Everything that a build of the review is made from, and the hash that it is known by.

Equal inputs give equal files: the hash is of the material, the codebook, what was asked, the
outline with its standing texts, the summaries, the state of links, and the code itself.
"""

import dataclasses
import datetime as dt
import hashlib
import importlib.metadata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveyapp.material import gathering
from surveyapp.material.gathering import Gathered
from surveyapp.models import Cell, LinkCheck, Summary, Survey
from synthesis.pipeline import Commission
from synthesis.review.companions import LinkState, Noted

ROOT: Final = Path(__file__).resolve().parents[2]
# What turns inputs into files, and what it leans on for their bytes.
CODE: Final = ("synthesis", "surveyapp/material", "surveyapp/review")
LIBRARIES: Final = (
    *("python-docx", "lxml", "xlsxwriter", "matplotlib", "pandas", "numpy"),
    *("spacy", "scikit-learn"),
)


@dataclass(frozen=True)
class Inputs:
    """What was gathered, and what stands beside it."""

    gathered: Gathered
    summaries: Mapping[tuple[str, str], Noted]
    links: Mapping[str, LinkState]
    snapshots: tuple[str, ...]
    number: int = 0
    """The build's, which is printed as its version; 0 leaves the outline's own there."""

    @property
    def commission(self) -> Commission:
        """Return what the pipeline builds from."""
        given = commission(self.gathered)
        if not self.number:
            return given
        return replace(given, outline=replace(given.outline, version=str(self.number)))

    @cached_property
    def digest(self) -> str:
        """Return the hash of all of it but the number, and of the code; worked out once."""
        gathered = self.gathered
        told = (gathered.material, gathered.outline, gathered.agreement, self.snapshots)
        beside = (gathered.examples, self.summaries, self.links, versions())
        return digest((*told, *beside))


def read(session: Session, survey: Survey, number: int = 0) -> Inputs:
    """Read everything that a build of a survey's review is made from."""
    snapshots = (survey.codebook, survey.questionnaire, survey.guide, survey.outline)
    return Inputs(
        gathered=gathering.gather(session, survey),
        summaries=_summaries(session, survey),
        links=_links(session, survey),
        snapshots=tuple(one.content_hash for one in snapshots),
        number=number,
    )


def commission(gathered: Gathered) -> Commission:
    """Return what was gathered as the pipeline takes it."""
    return Commission(
        material=gathered.material,
        codebook=gathered.codebook,
        schedule=gathered.schedule,
        outline=gathered.outline,
        examples=gathered.examples,
        agreement=gathered.agreement,
    )


def digest(thing: object) -> str:
    """Return the hash of plain data, the same on every machine and in every run."""
    sha = hashlib.sha256()
    for piece in _pieces(thing):
        sha.update(piece.encode("utf-8", "surrogatepass"))
        sha.update(b"\0")
    return sha.hexdigest()


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of the code and of the libraries that the files' bytes depend on."""
    sha = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            sha.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    libraries = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"code": sha.hexdigest(), **libraries}


def _pieces(thing: object) -> Iterator[str]:
    """Yield plain data piece by piece; what has no order of its own is sorted."""
    if dataclasses.is_dataclass(thing):
        yield type(thing).__name__
        for field in dataclasses.fields(thing):
            yield field.name
            yield from _pieces(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        yield from _mapped(thing)
    elif isinstance(thing, set | frozenset):
        yield from sorted(digest(one) for one in thing)
    elif isinstance(thing, list | tuple):
        yield f"[{len(thing)}"
        for one in thing:
            yield from _pieces(one)
    else:
        yield f"{type(thing).__name__} {thing}"


def _mapped(thing: Mapping[Any, Any]) -> Iterator[str]:
    for name in sorted(thing, key=repr):
        yield repr(name)
        yield from _pieces(thing[name])


def _summaries(session: Session, survey: Survey) -> Mapping[tuple[str, str], Noted]:
    """Return what the consultant wrote in the cells of the matrix, and whether it is stale."""
    beside = and_(
        Cell.survey_id == Summary.survey_id,
        Cell.authority_code == Summary.authority_code,
        Cell.theme == Summary.theme,
    )
    rows = session.execute(
        select(Summary.authority_code, Summary.theme, Summary.text, Summary.rests_on, Cell.rests_on)
        .outerjoin(Cell, beside)
        .where(Summary.survey_id == survey.id, Summary.text != "")
        .order_by(Summary.authority_code, Summary.theme)
    )
    return {
        (code, theme): Noted(text, is_stale=now not in (None, was))
        for code, theme, text, was, now in rows
    }


def _links(session: Session, survey: Survey) -> Mapping[str, LinkState]:
    rows = session.scalars(
        select(LinkCheck).where(LinkCheck.survey_id == survey.id).order_by(LinkCheck.url)
    )
    return {
        row.url: LinkState(row.checked_at.astimezone(dt.UTC).date(), row.works, row.outcome)
        for row in rows
    }
