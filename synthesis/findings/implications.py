"""Implications: what the framework could take up, each from a computed fact and no further."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from synthesis.codebook import Theme
from synthesis.findings.asked import HIGH, key
from synthesis.findings.basis import Inquiry, Notes
from synthesis.findings.claims import Claim, Tally
from synthesis.findings.drafts import Draft, search, settle
from synthesis.findings.sentences import write
from synthesis.findings.themes import AUDIT, CASE_STUDY, DATA, EVIDENCE
from synthesis.findings.words import GAP, STRENGTH
from synthesis.material import Rating
from synthesis.matrix import Selection

MOST = 3
"""More proposals than this on one strand, and none would be taken up."""


def implied(inquiry: Inquiry, place: int, theme: Theme, notes: Notes) -> Iterator[Claim]:
    """Yield what follows for the framework from what was found on one strand."""
    drafts = tuple(_drafts(inquiry, place, theme.code, notes))[:MOST]
    claims = tuple(settle(inquiry.speech, drafts))
    yield from claims
    if len(claims) < MOST:
        yield from _unsupported_ratings(inquiry, theme.code)


def searches(inquiry: Inquiry) -> Iterator[Tally]:
    """Yield what looking came to where a claim may have to say that nothing was found."""
    matrix = inquiry.matrix
    spoken = len(matrix.corpus)
    for theme in inquiry.basis.codebook:
        base = len(matrix.answering(theme.code)) or len(matrix.heard_from())
        yield Tally(search(theme.code), theme.name, base, _fruitless(spoken, "the review"))
    for _, theme, notes in inquiry.strands():
        read = len(matrix.corpus.about(theme.code))
        base = len(matrix.answering(theme.code))
        for kind, label in EVIDENCE.items():
            asked = f"{label} on {notes.topic}"
            yield Tally(search(theme.code, kind), asked, base, _fruitless(read, "this strand"))


def _fruitless(read: int, where: str) -> str:
    """Say that words were looked through and nothing was found."""
    if read < 2:
        return f"Looked for in the {'one sentence' if read else 'words'} of {where}; not found."
    return f"Looked for in {read:,} sentences of {where}; found in none of them."


def _drafts(inquiry: Inquiry, place: int, code: str, notes: Notes) -> Iterator[Draft]:
    """Draft the proposals that the facts on a strand call for, the plainest first."""
    about, base = inquiry.matrix.corpus.about, inquiry.matrix.answering(code)
    if not base:
        return
    covered, gaps, strengths = about(code), about(code, GAP), about(code, STRENGTH)
    if 2 * _count(covered) < len(base) and covered:
        words = {"topic": notes.topic}
        yield Draft("implication", code, base, covered, sentence="silence", words=words)
    ideas = ((DATA, "data", notes.data), (AUDIT, "audit", notes.audit))
    for kind, sentence, idea in (*ideas, (CASE_STUDY, "case study", notes.case_study)):
        found = about(code, kind)
        sought = idea and kind in inquiry.basis.codebook
        if sought and 2 * _count(found) < len(base):
            yield Draft(
                "implication",
                code,
                base,
                found,
                sentence=sentence,
                turn=place,
                datum=search(code, kind),
                words={"idea": idea},
            )
    if notes.quality and gaps and _count(gaps) >= _count(strengths):
        words = {"idea": notes.quality}
        yield Draft(
            "implication",
            code,
            base,
            gaps,
            strengths,
            sentence="quality",
            turn=place,
            stances=(GAP,),
            words=words,
        )


def _unsupported_ratings(inquiry: Inquiry, code: str) -> Iterator[Claim]:
    """Yield how many rate themselves high and mention no evidence on the strand."""
    asked = {question.code for question in inquiry.basis.schedule.asked_about(code)}
    rated = [
        rating
        for rating in inquiry.material.ratings
        if rating.question_code in asked
        and rating.use_level != "withheld"
        and rating.value is not None
    ]
    about = inquiry.matrix.corpus.about
    backed = frozenset().union(*(about(code, kind).authorities for kind in EVIDENCE))
    code_of = inquiry.matrix.roster.code_of
    bare = [r for r in rated if (r.value or 0) >= HIGH and code_of(r.authority) not in backed]
    if bare:
        yield _rating_claim(inquiry, code, rated, bare)


def _rating_claim(
    inquiry: Inquiry, code: str, rated: Sequence[Rating], bare: Sequence[Rating]
) -> Claim:
    """Word the claim on high ratings that stand alone."""
    code_of = inquiry.matrix.roster.code_of
    base = frozenset(code_of(rating.authority) for rating in rated)
    count = len({code_of(rating.authority) for rating in bare})
    speech = replace(inquiry.speech, voice="answers")
    sentence = "ratings without evidence"
    return Claim(
        id=f"{code}.{sentence}",
        kind="implication",
        theme=code,
        text=write(speech, sentence, (count, len(base)), 0, level=str(HIGH)),
        count=count,
        base=len(base),
        answering=base,
        supporting=tuple(map(key, bare)),
        datum=f"ratings:{bare[0].question_code}",
    )


def _count(passages: Selection) -> int:
    """Count the authorities whose words these are."""
    return len(passages.authorities)
