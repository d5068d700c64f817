"""The instruments as they were put: the questionnaire and the interview guide."""

from collections.abc import Iterator, Mapping

from synthesis.review.blocks import Block, Bullets, Heading, Paragraph, Table, Text
from synthesis.review.manuscript import Manuscript
from synthesis.review.prose import cell, standing, words
from synthesis.schedule import Question

ANSWERS: Mapping[str, str] = {
    "maturity": "A rating on the scale",
    "single": "One choice",
    "multiple": "Any of these",
    "number": "A number",
    "date": "A date",
    "short": "A few words",
    "long": "In their own words",
    "document": "A document or link",
    "contact": "A contact",
    "group": "Several entries",
}


def questionnaire(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the questionnaire, a table for each section."""
    schedule = manuscript.inquiry.basis.schedule
    yield Heading(1, f"{place} {manuscript.chapter('questionnaire').title}", "questionnaire")
    yield from standing(manuscript.standing("questionnaire"))
    if schedule.scale:
        yield Paragraph(words("The scale for ratings:", bold=True))
        yield Bullets(tuple(words(f"{value} {label}") for value, label in schedule.scale))
    for section in schedule.questionnaire:
        yield Table(
            anchor=f"questions-{section.code}",
            caption=section.title,
            description="For each question: its code, its words and how it is answered.",
            header=("Code", "Question", "Answer"),
            rows=tuple((cell(q.code), cell(q.text), cell(_answer(q))) for q in section.questions),
            widths=(0.9, 5.0, 3.6),
            small=True,
        )


def interview(manuscript: Manuscript, place: str) -> Iterator[Block]:
    """Yield the interview guide."""
    yield Heading(1, f"{place} {manuscript.chapter('interview').title}", "interview")
    yield from standing(manuscript.standing("interview"))
    for section in manuscript.inquiry.basis.schedule.interview:
        for prompt in section.questions:
            yield Paragraph((Text(f"{prompt.code} ", bold=True), Text(prompt.text)))
            if prompt.probes:
                yield Bullets(tuple(words(probe) for probe in prompt.probes))


def _answer(question: Question) -> str:
    """Say how a question is answered."""
    kind = ANSWERS.get(question.type, question.type.capitalize())
    if not question.options:
        return kind
    return f"{kind}: {'; '.join(text for _, text in question.options)}"
