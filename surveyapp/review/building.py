"""The files of the review built from what a survey holds: the review, its audit, what goes with it.

The same inputs give the same bytes of every file.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp import workbook
from surveyapp.built import CLEAN, MANIFEST
from surveyapp.material.gathering import Gathered
from surveyapp.review import inputs as reading
from surveyapp.review import sheets
from surveyapp.review.inputs import Inputs
from synthesis import pipeline, word
from synthesis.pipeline import Drawn, Progress, ReviewError, refuse
from synthesis.review import verify
from synthesis.review.blocks import Review
from synthesis.review.companions import (
    Sources,
    manifest,
    profiles,
    records,
    registers,
    remarks,
)
from synthesis.review.manuscript import Manuscript

CHANGED: Final = "What the review rests on changed while it was being built. Build it again."
# How far the work is once the review is drawn, and once its files are written.
DRAWN, WRITTEN = 0.7, 0.85


@dataclass(frozen=True, slots=True)
class Paper:
    """One Word file to write: its name, what it is called, its blocks and its remarks."""

    name: str
    called: str
    review: Review
    remarks: Mapping[str, str] | None = None


def build(gathered: Gathered, tell: Progress) -> bytes:
    """Return the Word review; `tell` hears what is being done and how far it is."""
    return pipeline.build_review(reading.commission(gathered), tell)


def draw(inputs: Inputs, tell: Progress) -> Drawn:
    """Return the review as blocks with its ledger; what breaks a rule is refused."""
    return pipeline.draw(inputs.commission, lambda doing, share: tell(doing, share * DRAWN))


def files(inputs: Inputs, drawn: Drawn, tell: Progress) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a build, one after the other, each with its name."""
    sources = Sources(
        Manuscript(drawn.inquiry, inputs.gathered.outline, drawn.ledger),
        inputs.summaries,
        inputs.links,
    )
    papers = tuple(_papers(drawn, sources))
    for at, paper in enumerate(papers):
        tell(f"writing {paper.called}", DRAWN + (WRITTEN - DRAWN) * at / len(papers))
        yield paper.name, _written(paper)
    tell("writing the tables", WRITTEN)
    yield "registers.xlsx", workbook.in_memory(workbook.write_xlsx, sheets.registers(sources))
    yield "matrix.xlsx", workbook.in_memory(workbook.write_xlsx, sheets.matrix(sources))
    yield MANIFEST, told(inputs, drawn)


def recheck(drawn: Drawn, was: Inputs, now: Inputs) -> None:
    """Raise ReviewError where the review does not hold against what is stored now."""
    refuse(verify(drawn.review, drawn.ledger, now.gathered.material))
    if now.digest != was.digest:
        raise ReviewError([CHANGED])


def told(inputs: Inputs, drawn: Drawn) -> bytes:
    """Return the manifest as JSON."""
    made = {
        "inputs": inputs.digest,
        "versions": dict(reading.versions()),
        **manifest(drawn.inquiry, drawn.ledger),
    }
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _papers(drawn: Drawn, sources: Sources) -> Iterator[Paper]:
    yield Paper(CLEAN, "the clean edition", drawn.review)
    noted = remarks(drawn.inquiry, drawn.ledger)
    yield Paper("audit.docx", "the audit edition", drawn.review, noted)
    yield Paper("profiles.docx", "the profiles", profiles(sources))
    yield Paper("records.docx", "the interview records", records(sources))
    yield Paper("registers.docx", "the registers", registers(sources))


def _written(paper: Paper) -> bytes:
    document = word.write(paper.review, remarks=paper.remarks)
    refuse([f"{paper.name}: {fault}" for fault in word.check(document)])
    return document
