"""The counts behind the statements, and the index of the evidence that references lead to."""

from collections import Counter
from collections.abc import Iterator, Mapping

from synthesis.findings.claims import Claim, Evidence
from synthesis.material import Confirmed
from synthesis.review.blocks import Block, Cell, Heading, Paragraph, Table
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, note, number, references, standing, words

HOW_TO_READ = (
    "Words are from the questionnaire unless a row says otherwise. What each code such as S01.3 "
    "asks stands after the index. A note is confirmed where the person interviewed stands by it, "
    "or the authority does by these words of it; a note that is not says what the interviewer took "
    "down, in the interviewer’s words, and nobody is quoted."
)
CONFIRMED: Mapping[Confirmed, str] = {
    True: ", confirmed",
    "authority": ", confirmed by the authority",
    False: ", not confirmed",
    None: "",
}


NOTED = "Noted by the interviewer"


def is_noted(row: Evidence) -> bool:
    """Say whether words are an interviewer’s own, and nobody stands by them: nobody is quoted."""
    return row.origin == "interview" and not row.verbatim and not row.confirmed


def counts(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield every claim with its count and base."""
    yield Heading(1, f"{place} {manuscript.chapter('counts').title}", "counts")
    yield from standing(manuscript.standing("counts"))
    yield Table(
        anchor="counts-table",
        caption="Counts behind the statements",
        description="For each statement: theme, words, count, base, how many passages or answers "
        "are for it and against it, and references.",
        header=("Theme", "Statement", "Count", "Base", "For", "Against", "Evidence"),
        rows=tuple(_count(manuscript, claim) for claim in manuscript.ledger.claims),
        widths=(1.9, 6.6, 0.8, 0.7, 0.8, 1.0, 2.1),
        small=True,
        landscape=True,
    )


def index(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the evidence index."""
    yield Heading(1, f"{place} {manuscript.chapter('index').title}", "index")
    yield from standing(manuscript.standing("index"))
    yield from _corrected(manuscript)
    asked = tuple(_asked(manuscript))
    if asked:
        yield note(HOW_TO_READ)
    codes = dict(asked)
    yield Table(
        anchor="index-table",
        caption="Evidence index",
        description="For each reference: whose words they are, what they answer or where they were "
        "published, where they come from, and the words.",
        header=("Ref.", "Whose, and where", "Words"),
        rows=tuple(_evidence(row, codes) for row in manuscript.ledger.evidence),
        widths=(0.9, 3.3, 6.8),
        small=True,
    )
    if asked:
        yield Heading(2, "What was asked, by code", "asked")
        yield Table(
            anchor="asked-table",
            caption="Questions and prompts that the evidence answers",
            description="For each code in the evidence index: the question or prompt.",
            header=("Code", "Question or prompt"),
            rows=tuple((cell(code), cell(question)) for code, question in asked),
            widths=(0.9, 10.1),
            small=True,
        )


def _asked(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    """Yield the code and words of every question and prompt that evidence answers as it stands."""
    told = {row.asked for row in manuscript.ledger.evidence}
    for question in manuscript.inquiry.basis.schedule.questions():
        if f"{question.code} {question.text}" in told:
            yield question.code, question.text


def _corrected(manuscript: Manuscript) -> Iterator[Block]:
    """Yield the sentence on written answers that an interview changed, if any."""
    made = manuscript.material.corrections
    if not made:
        return
    prevails = Counter(one.prevails for one in made)
    deepened = sum(one.kind == "deepens" for one in made)
    outcomes = (
        (prevails["note"], "the interview prevails and the written answer is no evidence"),
        (prevails["answer"], "the written answer prevails and the note is no evidence"),
        (prevails["both"], "both are evidence"),
    )
    parts = [f"in {count} {outcome}" for count, outcome in outcomes if count]
    corrected = len(made) - deepened
    yield Paragraph(
        words(
            f"Written answers corrected in interviews: {corrected}; deepened: {deepened}. "
            f"Of these, {'; '.join(parts)}."
        )
    )


def _count(manuscript: Manuscript, claim: Claim) -> tuple[Cell, ...]:
    """Return a claim's row."""
    codebook, frame = manuscript.inquiry.basis.codebook, manuscript.inquiry.frame
    theme = frame.notes(codebook[claim.theme]).short if claim.theme in codebook else "Region"
    return (
        cell(theme),
        cell(claim.text),
        number(claim.count),
        number(claim.base),
        number(len(claim.supporting)),
        number(len(claim.contradicting)),
        Cell(references(claim.cited)[1:-1]),
    )


def _evidence(row: Evidence, codes: Mapping[str, str]) -> tuple[Cell, ...]:
    """Return the row that a reference leads to; a paraphrase has no quotation marks.

    A question stands as its code where it is told in full after the index.
    """
    exact = f"“{row.words}”" if row.verbatim else row.words
    exact = f"{NOTED}{CONFIRMED[row.confirmed]}: {row.words}" if is_noted(row) else exact
    code, _, question = row.asked.partition(" ")
    asked = code if codes.get(code) == question else row.asked
    return (
        Cell(words(row.id), anchor=row.id),
        cell("; ".join(filter(None, (row.authority, asked, _origin(row, asked))))),
        cell(row.held or exact),
    )


def _origin(row: Evidence, asked: str) -> str:
    """Say in short where words come from; nothing where that goes without saying."""
    if row.origin == "interview":
        noted = "interview" if row.verbatim else "interviewer’s note"
        return noted + ("" if is_noted(row) else CONFIRMED[row.confirmed])
    return "" if row.origin in ("questionnaire", "document") and asked else row.origin
