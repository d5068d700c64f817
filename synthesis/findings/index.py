"""The evidence index: what each printed reference leads to, and what of it may be printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from synthesis.findings.asked import tallies
from synthesis.findings.basis import Inquiry
from synthesis.findings.claims import Evidence, Tally
from synthesis.findings.implications import searches
from synthesis.findings.names import UNNAMED, mask
from synthesis.findings.quotable import unlisted
from synthesis.findings.quotations import dated
from synthesis.findings.safeguards import HELD, may_identify_child
from synthesis.findings.tracing import Account, offered, unnamed_examples
from synthesis.findings.wording import UNITS
from synthesis.material import Practice
from synthesis.matrix import Heard

FEWEST = 3
"""Unnamed words are printed only where at least this many authorities could have said them."""
TRACEABLE = "Words held back: so few authorities answered here that they could be traced."
MATCHED = "Words held back: read beside other words, they could be traced."


def draw_up(inquiry: Inquiry, ids: Mapping[str, str]) -> tuple[Evidence, ...]:
    """Draw up the index: a row for every source that has a reference."""
    passages = inquiry.matrix.corpus.passages
    themes = [theme.code for theme in inquiry.basis.codebook]
    found = {tally.id: tally for tally in (*tallies(inquiry, themes), *searches(inquiry))}
    practices = {f"practice:{one.id}": one for one in inquiry.material.practices}
    rows = []
    for source, id in ids.items():
        if source in passages:
            rows.append(_passage(inquiry, id, passages[source]))
        elif source in practices:
            rows.append(_practice(inquiry, id, practices[source]))
        else:
            rows.append(_tally(inquiry, id, found[source]))
    traceable = _traceable(inquiry, rows)
    rows = [_hold(row, TRACEABLE) if row.source in traceable else row for row in rows]
    matched = _matched(inquiry, rows)
    return tuple(_hold(row, MATCHED) if row.source in matched else row for row in rows)


def held_examples(inquiry: Inquiry, ids: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of the unnamed examples that named words in the review would give away."""
    passages = inquiry.matrix.corpus.passages
    rows = [_passage(inquiry, id, passages[one]) for one, id in ids.items() if one in passages]
    accounts = _accounts(inquiry, rows)
    return frozenset(
        practice.id
        for practice in unnamed_examples(inquiry.material)
        if inquiry.tracer.traces_example(practice, accounts)
    )


def _passage(inquiry: Inquiry, id: str, heard: Heard) -> Evidence:
    """Write the row of a passage."""
    response = heard.response
    unnamed = response.use_level == "unnamed"
    row = Evidence(
        id,
        source=heard.id,
        authority=UNNAMED if unnamed else inquiry.matrix.roster.name_of(heard.authority),
        asked=_asked(inquiry, heard),
        origin=response.source,
        words=inquiry.shown(
            unlisted(heard.passage.text), response.use_level, verbatim=response.verbatim
        ),
        verbatim=response.verbatim,
        use_level=response.use_level,
        confirmed=response.stood_by(heard.passage.start, heard.passage.end),
    )
    return _hold(row, HELD) if _is_held(inquiry, heard) else row


def _is_held(inquiry: Inquiry, heard: Heard) -> bool:
    return may_identify_child(heard.passage.text, inquiry.material.cleared)


def _practice(inquiry: Inquiry, id: str, practice: Practice) -> Evidence:
    """Write the row of a practice."""
    unnamed = practice.use_level == "unnamed"
    roster = inquiry.matrix.roster
    return Evidence(
        id,
        source=f"practice:{practice.id}",
        authority=UNNAMED if unnamed else roster.name_of(roster.code_of(practice.authority)),
        asked=inquiry.shown(f"An example worth copying: {practice.title}", practice.use_level),
        origin="questionnaire",
        words=inquiry.shown(practice.what, practice.use_level),
        use_level=practice.use_level,
    )


def _tally(inquiry: Inquiry, id: str, tally: Tally) -> Evidence:
    """Write the row of a tally."""
    unit = UNITS[inquiry.speech.unit][tally.base != 1]
    return Evidence(
        id,
        source=tally.id,
        authority=f"{tally.base} {unit}",
        asked=tally.asked,
        origin="count",
        words=tally.words,
        verbatim=False,
    )


def _asked(inquiry: Inquiry, heard: Heard) -> str:
    """Say what the words answer: the question with its code, or the kind of document."""
    response = heard.response
    if response.source == "document" and not response.question_code:
        return f"Published document{dated(heard)}"
    known = {q.code: q.text for q in inquiry.basis.schedule.questions()}
    scheduled = known.get(response.question_code, "")
    # What was asked in its own words, as on the telephone, is what the answer answers.
    text = response.question or scheduled
    if response.use_level == "unnamed" and text != scheduled:  # it may name whom it asks
        text = mask(text, inquiry.names)
    return f"{response.question_code} {text}".strip() or "No question recorded"


def _hold(row: Evidence, why: str) -> Evidence:
    """Keep a row but hold back its words and, with unnamed words, what was asked."""
    asked = row.asked if row.use_level == "named" else "Not shown"
    return replace(row, words="", held=why, asked=asked)


def _traceable(inquiry: Inquiry, rows: Iterable[Evidence]) -> frozenset[str]:
    """Return the unnamed sources that a reader could trace by striking out whoever is named.

    A use level covers a whole section, so an authority named there did not write unnamed words in
    the same one; those left over must be enough to hide among.
    """
    passages = inquiry.matrix.corpus.passages
    shown = [(row, passages[row.source]) for row in rows if row.source in passages]
    left: dict[str, set[str]] = {}
    for heard in inquiry.matrix.corpus:
        left.setdefault(heard.asked, set()).add(heard.authority)
    for row, heard in shown:
        if row.use_level == "named":
            left[heard.asked].discard(heard.authority)
    return frozenset(
        row.source
        for row, heard in shown
        if row.use_level == "unnamed" and len(left[heard.asked]) < FEWEST
    )


def _accounts(inquiry: Inquiry, rows: Iterable[Evidence]) -> list[Account]:
    """Return what the review prints under an authority's name: answers, documents and examples.

    Sentences of one answer are read together, as its reader would.
    """
    passages = inquiry.matrix.corpus.passages
    answers: dict[str, list[Heard]] = {}
    for row in rows:
        if row.source in passages and row.use_level == "named" and not row.held:
            heard = passages[row.source]
            answers.setdefault(heard.response.id, []).append(heard)
    said = [
        (together[0].authority, " ".join(heard.passage.text for heard in together))
        for together in answers.values()
    ]
    return [*said, *offered(inquiry.material, inquiry.matrix.roster)]


def _matched(inquiry: Inquiry, rows: Sequence[Evidence]) -> frozenset[str]:
    """Return the unnamed sources whose words tell the same story as named ones in the review."""
    passages, accounts = inquiry.matrix.corpus.passages, _accounts(inquiry, rows)
    return frozenset(
        row.source
        for row in rows
        if row.source in passages and row.use_level == "unnamed" and not row.held
        if inquiry.tracer.traces(passages[row.source].authority, row.words, accounts)
    )
