"""Captions: numbered by Word, and what a reference to a table or figure jumps to."""

from typing import Literal

from synthesis.word.draft import Draft
from synthesis.word.fields import bookmark, field
from synthesis.word.markup import paragraph, run


def render_caption(kind: Literal["Table", "Figure"], words: str, anchor: str, draft: Draft) -> str:
    """Write the caption above a table or figure."""
    number = str(draft.next(kind))
    label = run(f"{kind} ") + field(f"SEQ {kind} \\* ARABIC", number)
    if anchor:
        label = bookmark(draft.next("bookmark"), draft.bookmarks[anchor], label)
    return paragraph("Caption", label + run(": ") + run(words))
