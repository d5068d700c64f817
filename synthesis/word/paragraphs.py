"""The cover, headings, paragraphs, lists and quotations."""

from typing import Final

from synthesis.review.blocks import Bullets, Cover, Heading, Paragraph, Quote
from synthesis.word.draft import Draft
from synthesis.word.fields import bookmark
from synthesis.word.markup import paragraph, run
from synthesis.word.numbering import FIRST_NUMBERED
from synthesis.word.palette import RULE
from synthesis.word.runs import evidence, render_runs

PARAGRAPH_STYLES: Final = {
    "body": "BodyText",
    "lead": "Lead",
    "note": "Note",
    "key": "KeyPoint",
}
"""The style of each kind of paragraph."""

_LAST_IN_LIST: Final = '<w:spacing w:after="200"/>'
# The details stand low on the cover, under a rule.
_FIRST_DETAIL: Final = (
    f'<w:pBdr><w:top w:val="single" w:sz="6" w:space="14" w:color="{RULE}"/></w:pBdr>'
    '<w:spacing w:before="3400"/>'
)
_DETAIL_LABEL: Final = '<w:rStyle w:val="DetailLabel"/>'
_TAB: Final = "<w:r><w:tab/></w:r>"


def render_cover(cover: Cover) -> str:
    """Write the title page, without the end of its section."""
    lines = [paragraph("Title", run(cover.title))]
    if cover.subtitle:
        lines.append(paragraph("Subtitle", run(cover.subtitle)))
    for place, (label, value) in enumerate(cover.details):
        words = run(label, _DETAIL_LABEL) + _TAB + run(value)
        lines.append(paragraph("CoverDetail", words, "" if place else _FIRST_DETAIL))
    return "".join(lines)


def render_heading(heading: Heading, draft: Draft) -> str:
    """Write a heading that can be jumped to."""
    words = run(heading.text)
    if heading.anchor:
        words = bookmark(draft.next("bookmark"), draft.bookmarks[heading.anchor], words)
    return paragraph(f"Heading{heading.level}", words)


def render_paragraph(block: Paragraph, draft: Draft) -> str:
    """Write a paragraph in the style of what it is."""
    return paragraph(PARAGRAPH_STYLES[block.style], render_runs(block.runs, draft))


def render_bullets(bullets: Bullets, draft: Draft) -> str:
    """Write a list; a numbered one starts again at one."""
    style = "ListNumber" if bullets.numbered else "ListBullet"
    number = _list_number(draft) if bullets.numbered else ""
    last = len(bullets.items) - 1
    return "".join(
        paragraph(style, render_runs(item, draft), number + (_LAST_IN_LIST if at == last else ""))
        for at, item in enumerate(bullets.items)
    )


def render_quote(quote: Quote, draft: Draft) -> str:
    """Write somebody's words, in quotation marks only if they are that person's very words."""
    words = f"“{quote.words}”" if quote.verbatim else quote.words
    return paragraph("Quote", run(words)) + paragraph("QuoteSource", _source(quote, draft))


def _source(quote: Quote, draft: Draft) -> str:
    if not quote.reference:
        return run(quote.attribution)
    return run(f"{quote.attribution}, ") + evidence(quote.reference, draft)


def _list_number(draft: Draft) -> str:
    number = FIRST_NUMBERED + draft.next("numbered list") - 1
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
