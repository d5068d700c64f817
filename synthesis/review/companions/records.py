"""The records of interviews that the person interviewed has confirmed, as one paper."""

from collections.abc import Iterator
from itertools import groupby

from synthesis.findings.safeguards import may_identify_child
from synthesis.material import Held, Response
from synthesis.review.blocks import Block, Heading, PageBreak, Paragraph, Review, Text
from synthesis.review.companions.drawn import Sources
from synthesis.review.prose import note, words

TITLE = "Interview records"
SUBTITLE = "What was said on the telephone, as those who said it or their authorities confirmed it"
HOW_TO_READ = (
    "What stands in quotation marks was taken down word for word. Everything else says in the "
    "interviewer’s words what was said."
)
NONE = "No record has been confirmed yet that may be printed with the authority’s name."
UNCONFIRMED = "not confirmed yet by the person interviewed or the authority"
UNNAMED = "not to be used with the authority’s name"
HELD = "held back because they may identify a child"


def records(sources: Sources) -> Review:
    """Return the confirmed records, an authority after the other."""
    spoken = [one for one in sources.manuscript.material.responses if one.source == "interview"]
    cleared = sources.manuscript.material.cleared
    held = frozenset(map(_place, sources.manuscript.material.held)) | frozenset(
        one.id for one in spoken if may_identify_child(one.text, cleared)
    )
    shown = [one for one in spoken if _may_show(one) and one.id not in held]
    return sources.paper(TITLE, SUBTITLE, tuple(_blocks(sources, spoken, shown, held)))


def _place(held: Held) -> str:
    return held.response


def _may_show(one: Response) -> bool:
    return _is_confirmed(one) and one.use_level == "named"


def _is_confirmed(one: Response) -> bool:
    return one.stood_by(0, len(one.text.rstrip())) in (True, "authority")


def _blocks(
    sources: Sources, spoken: list[Response], shown: list[Response], held: frozenset[str]
) -> Iterator[Block]:
    yield Heading(1, "How to read the records", "how-to-read")
    yield Paragraph(words(HOW_TO_READ))
    if spoken:
        left = [one for one in spoken if one not in shown]
        counts = {
            UNCONFIRMED: sum(not _is_confirmed(one) for one in left),
            UNNAMED: sum(_is_confirmed(one) and one.use_level != "named" for one in left),
            HELD: sum(_may_show(one) and one.id in held for one in left),
        }
        told = "; ".join(f"{count} {why}" for why, count in counts.items() if count)
        if told:
            yield note(f"Notes left out: {told}.")
    if not shown:
        yield Paragraph(words(NONE))
    is_first = True
    for authority in sources.authorities:
        theirs = [one for one in shown if sources.code(one.authority) == authority.code]
        if theirs:
            if not is_first:
                yield PageBreak()
            is_first = False
            yield Heading(1, authority.name, f"record-{authority.code}")
            yield from _record(sources, theirs)


def _record(sources: Sources, theirs: list[Response]) -> Iterator[Block]:
    """Yield what one authority said, under the prompts as they were put."""
    for asked, notes in groupby(theirs, key=lambda one: (one.question_code, one.question)):
        question = " ".join(filter(None, asked)) or "Said besides"
        yield Paragraph((Text(question, bold=True),))
        for one in notes:
            # As in the review: nobody is named who is no published contact.
            shown = sources.manuscript.inquiry.shown(one.text, "named", verbatim=one.verbatim)
            yield from _said(shown, verbatim=one.verbatim)


def _said(text: str, *, verbatim: bool) -> Iterator[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if verbatim and lines:
        lines[0] = f"“{lines[0]}"
        lines[-1] = f"{lines[-1]}”"
    for line in lines:
        yield Paragraph(words(line))
