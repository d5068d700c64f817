"""The files of the review built from what a survey holds: the review, its audit, what goes with it.

The same inputs give the same bytes of every file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveyapp import workbook
from surveyapp.built import CLEAN, MANIFEST
from surveyapp.material.gathering import Gathered
from surveyapp.review import inputs as reading
from surveyapp.review import permitted, sheets
from surveyapp.review.inputs import Inputs
from surveyapp.review.permitted import Earlier
from synthesis import pipeline, word
from synthesis.material import Material
from synthesis.pipeline import Drawn, Progress, refuse
from synthesis.review import clean
from synthesis.review.blocks import Review
from synthesis.review.companions import (
    Sources,
    in_print,
    manifest,
    profiles,
    records,
    registers,
    remarks,
)
from synthesis.review.manuscript import Manuscript

# How far the work is once the review is drawn, and once its files are written.
DRAWN, WRITTEN = 0.7, 0.85


class TakenBackError(RuntimeError):
    """Words were taken back while a review of them was built; `places` says where, and what."""

    def __init__(self, places: Sequence[str]) -> None:
        """Keep every place."""
        super().__init__(f"{len(places)} of what the review rests on may not be published now.")
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class Paper:
    """One Word file to write: its name, what it is called, its blocks and its remarks."""

    name: str
    called: str
    review: Review
    remarks: Mapping[str, str] | None = None


def build(gathered: Gathered, tell: Progress) -> bytes:
    """Return the clean edition; `tell` hears what is being done and how far it is."""
    return pipeline.build_review(reading.commission(gathered), tell, whole=False)


def draw(inputs: Inputs, tell: Progress) -> Drawn:
    """Return the review as blocks with its ledger; what breaks a rule is refused."""
    return pipeline.draw(inputs.commission, lambda doing, share: tell(doing, share * DRAWN))


def files(inputs: Inputs, drawn: Drawn, tell: Progress) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the files of a build, one after the other, each with its name, in pieces."""
    sources = Sources(
        Manuscript(drawn.inquiry, inputs.commission.outline, drawn.ledger),
        inputs.summaries,
        inputs.links,
    )
    papers = tuple(_papers(drawn, sources))
    for at, paper in enumerate(papers):
        tell(f"writing {paper.called}", DRAWN + (WRITTEN - DRAWN) * at / len(papers))
        yield paper.name, (_written(paper),)
    tell("writing the tables", WRITTEN)
    yield "registers.xlsx", (workbook.in_memory(workbook.write_xlsx, sheets.registers(sources)),)
    yield "matrix.xlsx", (workbook.in_memory(workbook.write_xlsx, sheets.matrix(sources)),)
    yield MANIFEST, told(inputs, drawn)


def recheck(was: Material, now: Material, before: Earlier) -> None:
    """Raise TakenBackError where what was read may not be published any more.

    `before` holds what changed responses said: whoever answers anew takes nothing back.
    """
    found = permitted.faults(was, now, before)
    if found:
        raise TakenBackError(found)


def told(inputs: Inputs, drawn: Drawn) -> Iterator[bytes]:
    """Yield the manifest as JSON, which is the longest of the files, row by row."""
    beside = {
        "build": inputs.number,
        "inputs": inputs.digest,
        "versions": reading.versions(),
    }
    return map(str.encode, manifest(drawn.inquiry, drawn.ledger, beside))


def _papers(drawn: Drawn, sources: Sources) -> Iterator[Paper]:
    yield Paper(CLEAN, "the clean edition", clean(drawn.review))
    noted = remarks(drawn.inquiry, drawn.ledger)
    yield Paper("audit.docx", "the audit edition", in_print(drawn.review, noted), noted)
    yield Paper("profiles.docx", "the profiles", profiles(sources))
    yield Paper("records.docx", "the interview records", records(sources))
    yield Paper("registers.docx", "the registers", registers(sources))


def _written(paper: Paper) -> bytes:
    document = word.write(paper.review, remarks=paper.remarks)
    refuse([f"{paper.name}: {fault}" for fault in word.check(document)])
    return document
