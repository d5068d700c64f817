"""The files on offer: what each is, for whom, and what it is called when it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from surveyapp.models.exporting import ExportKind


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of file, in the words of the page."""

    name: str
    about: str
    ending: str
    media_type: str


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFERS: Final[Mapping[ExportKind, Offer]] = {
    "coding": Offer(
        "Coding, for NVivo, ATLAS.ti, MAXQDA or QualCoder (QDPX)",
        "A REFI-QDA project: a text for each authority and instrument, the codebook, decisions by "
        "coder, suggestions as a coder of their own, and memos. Words that may identify a child "
        "are blotted out.",
        "qdpx",
        "application/zip",
    ),
    "matrix": Offer(
        "Framework matrix (xlsx)",
        "Counts, reasons for empty cells and your summaries.",
        "xlsx",
        XLSX,
    ),
    "tables": Offer(
        "Everything in the workbench (CSV)",
        "Passages, tags, decisions, memos, summaries, findings, checks and the codebook’s "
        "changes, with a data dictionary. Answers and interviews are under Tracker, Export.",
        "csv.zip",
        "application/zip",
    ),
    "survey": Offer(
        "The whole survey (JSON)",
        "Everything that the review rests on. It can be loaded into an empty system, and gives the "
        "same review there.",
        "json",
        "application/json",
    ),
}
