"""What the answers show, laid out for the printed brief: gaps, ratings, claims, documents."""

from collections.abc import Callable, Iterator

from surveyapp.interview.briefing import wording
from surveyapp.interview.briefing.doubts import Claim, Rating
from surveyapp.interview.briefing.excerpts import Excerpt
from surveyapp.interview.briefing.gaps import SectionGap
from surveyapp.interview.briefing.making import Brief
from surveyapp.interview.briefing.papers import Paper
from synthesis.review.blocks import Block, Bullets, Heading, Paragraph, Runs, Text


def findings(brief: Brief) -> Iterator[Block]:
    """Give the four parts that say what to ask behind."""
    noticed = brief.noticed
    yield Heading(2, "Gaps", "gaps")
    yield from _gaps(brief)
    yield Heading(2, "Low ratings", "low")
    yield from _points(noticed.low, lambda one: _low(brief, one), wording.NO_LOW)
    yield Heading(2, "Claims without evidence", "claims")
    yield from _points(noticed.claims, lambda one: claim_runs(brief, one), wording.NO_CLAIMS)
    yield Heading(2, "Documents promised", "documents")
    yield from _points(noticed.papers, lambda one: _paper(brief, one), wording.NO_PAPERS)


def where(brief: Brief, code: str) -> str:
    """Say under which prompt a question is talked about, "" where none is about it."""
    prompt = brief.prompt_of(code)
    return f" ({prompt.code})" if prompt else ""


def _points(found: tuple[object, ...], told: Callable[..., Runs], nothing: str) -> Iterator[Block]:
    if found:
        yield Bullets(tuple(told(one) for one in found))
    else:
        yield Paragraph((Text(nothing),))


def _gaps(brief: Brief) -> Iterator[Block]:
    gaps = brief.noticed.gaps
    blank = tuple(one for one in gaps if not one.is_begun)
    if not gaps:
        yield Paragraph((Text(wording.NO_GAPS),))
    if blank:
        yield Paragraph((Text("Sections not begun:", bold=True),))
        yield Bullets(tuple(_blank(brief, one) for one in blank))
    for gap in gaps:
        if gap.is_begun:
            yield Heading(3, f"{gap.section.code} {gap.section.title}", f"gap-{gap.section.code}")
            yield Bullets(tuple(_gap(brief, gap)))


def _blank(brief: Brief, gap: SectionGap) -> Runs:
    asked = f"{gap.asked} {'question' if gap.asked == 1 else 'questions'} asked"
    section = gap.section
    return (Text(f"{section.code} {section.title}, {asked}{where(brief, section.code)}"),)


def _gap(brief: Brief, gap: SectionGap) -> Iterator[Runs]:
    for one in gap.unanswered:
        yield (
            Text("Not answered: ", bold=True),
            Text(f"{one.text} {one.code}{where(brief, one.code)}"),
        )
    for one in gap.unknown:
        yield (
            Text("Don’t know: ", bold=True),
            Text(f"{one.text} {one.code}{where(brief, one.code)}"),
        )
    for entry in gap.entries:
        blank = "; ".join(f"{part.text} ({part.code})" for part in entry.parts)
        yield (Text(f"Left blank in “{entry.name}”: ", bold=True), Text(blank))


def _low(brief: Brief, low: Rating) -> Runs:
    one = low.written
    said: Runs = tuple(run for excerpt in low.beside for run in excerpt_runs(excerpt))
    return (
        Text(f"{low.words}. ", bold=True),
        Text(f"{one.text} {one.code}{where(brief, one.code)}"),
        *(said or (Text(" Nothing is written beside it."),)),
    )


def claim_runs(brief: Brief, claim: Claim) -> Runs:
    """Return a claim, and what is missing beside it, as words for a list."""
    one = claim.written
    at = where(brief, one.code)
    said = tuple(excerpt_runs(claim.excerpt)) if claim.excerpt else ()
    if claim.kind == "effect":
        return (Text(f"{one.code}{at} gives no figure.", bold=True), *said)
    asked = "; ".join(f"{each.text} ({each.code})" for each in claim.evidence)
    missing = "Not answered" if claim.kind == "no evidence" else "Answered without a figure"
    rated = (Text(f"{claim.words}. ", bold=True), Text(f"{one.text} {one.code}{at}. "))
    return (*rated, Text(f"{missing}: {asked}"), *said)


def _paper(brief: Brief, paper: Paper) -> Runs:
    at = f" {paper.written.code}{where(brief, paper.written.code)}"
    if paper.excerpt is not None:
        return (Text("Named in an answer:", bold=True), *excerpt_runs(paper.excerpt), Text(at))
    about = f" ({paper.about})" if paper.about else ""
    return (Text(paper.title, bold=True), Text(f"{about}, no file or link.{at}"))


def excerpt_runs(excerpt: Excerpt) -> Iterator[Text]:
    """Give some of an answer's words, as a quotation with the code of its question."""
    more = "" if excerpt.is_whole else " …"
    yield Text(f" “{excerpt.words}{more}” ({excerpt.code})")
