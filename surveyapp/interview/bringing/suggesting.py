"""Prompts that a passage may belong under, from `synthesis`: a help for a person, never more.

They are worked out by a job, because reading takes longer than a page may; they lie beside the
draft, so that the job and the person who places passages never overwrite each other.
"""

import contextlib
import json
import uuid
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import files, published
from surveyapp.definitions import codebook
from surveyapp.interview import papers
from surveyapp.interview.bringing import drafts
from surveyapp.interview.bringing.drafts import UNDER, Draft, Piece
from surveyapp.models import Interview
from synthesis import codebook as themes
from synthesis import placing
from synthesis.codebook import Codebook
from synthesis.placing import PromptWords

JOB: Final = "suggest_prompts"
MOST_READ: Final = 150_000
"""The most letters that suggestions are made for: more is no call."""


class Hint(BaseModel):
    """A prompt that words may belong under, and why."""

    prompt: str
    reason: str


Hints = Mapping[str, tuple[Hint, ...]]
"""The suggestions for each passage, by its id in the file as it came."""

_STORED: Final = TypeAdapter(dict[str, tuple[Hint, ...]])


def make(sessions: sessionmaker[Session], instance: Path, interview_id: str, key: str) -> None:
    """Work suggestions out for a draft, as a job."""
    with sessions() as session:
        interview = session.get(Interview, uuid.UUID(interview_id))
        draft = drafts.read(papers.drafts(instance, interview), key) if interview else None
        if interview is None or draft is None or is_too_long(draft):
            return
        hints = suggest(interview, draft)
    files.replace(papers.hints(instance, interview), key, _STORED.dump_json(hints))


def suggest(interview: Interview, draft: Draft) -> dict[str, tuple[Hint, ...]]:
    """Return suggestions for every passage, in the order in which they were said."""
    prompts = tuple(
        PromptWords(one.code, one.text, one.theme, tuple(probe.text for probe in one.probes))
        for one in published.asked_on(interview).prompts
    )
    words = [one.original for one in draft.pieces]
    found = placing.suggest(prompts, words, _codebook(interview))
    return {
        root_of(piece): tuple(Hint(prompt=one.prompt, reason=one.reason) for one in some)
        for piece, some in zip(draft.pieces, found, strict=True)
    }


def find(folder: Path, key: str) -> Hints | None:
    """Return the suggestions for a draft; None while there are none."""
    with contextlib.suppress(OSError, ValidationError):
        return _STORED.validate_json((folder / key).read_bytes())
    return None


def is_too_long(draft: Draft) -> bool:
    """Say whether a draft is too long for suggestions."""
    return sum(len(one.original) for one in draft.pieces) > MOST_READ


def take(draft: Draft, ids: Collection[str], hints: Hints) -> int:
    """Choose the first suggestion wherever a person has chosen nothing; return how many."""
    taken = 0
    for piece in draft.waiting:
        some = hints.get(root_of(piece))
        if piece.id in ids and some and not piece.choice:
            piece.choice = f"{UNDER}{some[0].prompt}"
            taken += 1
    return taken


def root_of(piece: Piece) -> str:
    """Return the id of the passage in the file: what was split shares its suggestions."""
    return piece.id.partition(".")[0]


def _codebook(interview: Interview) -> Codebook:
    return _parsed(interview.submission.survey.codebook.content)


# A snapshot never changes, so its examples need not be read again for every file.
@lru_cache(maxsize=4)
def _parsed(content: str) -> Codebook:
    files: dict[str, str] = json.loads(content)
    return themes.parse(files[codebook.NAME], codebook.NAME, files)
