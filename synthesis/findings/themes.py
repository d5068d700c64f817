"""Claims on adverse outcomes, on evidence and tools, and on what falls outside the strands."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from synthesis.codebook import Theme
from synthesis.findings.basis import EMERGENT, Inquiry, Notes
from synthesis.findings.claims import Claim
from synthesis.findings.drafts import Draft, of_terms, search, settle
from synthesis.findings.words import GAP, MOST_TERMS, PLAN, STRENGTH

DATA, AUDIT, CASE_STUDY = "E1", "E2", "E3"
EVIDENCE = {DATA: "Data", AUDIT: "Audit", CASE_STUDY: "Case studies"}
REGION = {
    DATA: "data on early help",
    AUDIT: "audit of early help",
    CASE_STUDY: "case studies of early help",
}


def about_outcome(inquiry: Inquiry, place: int, theme: Theme, notes: Notes) -> Iterator[Claim]:
    """Yield the claims on one adverse outcome: who mentions it, what is measured, and how."""
    about, code, frame = inquiry.matrix.corpus.about, theme.code, inquiry.frame
    base = inquiry.matrix.answering(code)
    words = {"topic": notes.topic}
    strengths, gaps = about(code, STRENGTH), about(code, GAP)
    yield from settle(
        inquiry.speech,
        (
            Draft(
                "coverage",
                code,
                base,
                about(code),
                sentence="outcome",
                turn=place,
                datum=search(code),
                words=words,
            ),
            Draft("strengths", code, base, strengths, gaps, turn=place + 1, stances=(STRENGTH,)),
            Draft("gaps", code, base, gaps, strengths, turn=place + 1, stances=(GAP,)),
            Draft("plans", code, base, about(code, PLAN), turn=place + 1, stances=(PLAN,)),
            *islice(of_terms("approach", code, notes.terms, about(code), base), MOST_TERMS),
            *islice(of_terms("partner", code, frame.partners, about(code), base), MOST_TERMS),
        ),
    )
    yield from about_evidence(inquiry, code)


def about_evidence(inquiry: Inquiry, code: str) -> Iterator[Claim]:
    """Yield how many mention data, audit and case studies under one theme."""
    base = inquiry.matrix.answering(code)
    about = inquiry.matrix.corpus.about
    yield from settle(
        inquiry.speech,
        (
            Draft("evidence", code, base, about(code, kind), label=label, sentence="term")
            for kind, label in EVIDENCE.items()
        ),
    )


def across_region(inquiry: Inquiry) -> Iterator[Claim]:
    """Yield what holds for the region as a whole: evidence, tools, and what no strand holds."""
    corpus = inquiry.matrix.corpus
    base = inquiry.matrix.heard_from()
    evidence = (
        Draft("region", kind, base, corpus.about(kind), label=label, datum=search(kind))
        for kind, label in REGION.items()
        if kind in inquiry.basis.codebook
    )
    emergent = Draft("region", EMERGENT, base, corpus.about(EMERGENT), sentence="emergent")
    promoted = (
        Draft("region", theme.code, base, corpus.about(theme.code), label=notes.topic)
        for theme, notes in inquiry.promoted()
    )
    tools = of_terms("tool", "", inquiry.frame.tools, corpus.everything(), base)
    yield from settle(inquiry.speech, (*evidence, emergent, *promoted, *tools))


def returned(inquiry: Inquiry) -> Iterator[Claim]:
    """Yield from how many of all authorities the review has words that it may use."""
    everyone = frozenset(authority.code for authority in inquiry.matrix.roster)
    words = Draft("region", "", everyone, inquiry.matrix.corpus.everything(), sentence="words")
    yield from settle(replace(inquiry.speech, voice="all"), (words,))
