"""Runs of words as Word has them: plain, strong, linked, or jumping to the evidence."""

import re
from typing import Final
from urllib.parse import quote

from synthesis.review.blocks import CrossReference, EvidenceReference, Link, Run, Runs, Text
from synthesis.word.draft import Draft
from synthesis.word.fields import jump
from synthesis.word.markup import run

_LINK_LOOK: Final = '<w:rStyle w:val="Hyperlink"/>'
_STRONG: Final = '<w:rStyle w:val="Strong"/>'
_EMPHASIS: Final = '<w:rStyle w:val="Emphasis"/>'
_BOTH: Final = f"{_STRONG}<w:i/><w:iCs/>"

# Word refuses the whole file for one bad address, so only plainly good ones become links.
_WEB: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#].*)?", re.I | re.S)
_MAIL: Final = re.compile(r"mailto:[^@/?#]+@[A-Za-z0-9.-]+(\?.*)?", re.I | re.S)
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE: Final = "%/:?#@!$&'()*+,;=~-._"
_LONGEST_ADDRESS: Final = 2000


def render_runs(runs: Runs, draft: Draft) -> str:
    """Write these runs one after another."""
    return "".join(_render(one, draft) for one in runs)


def evidence(reference: str, draft: Draft) -> str:
    """Write a reference that jumps to its evidence, where the review holds that evidence."""
    name = draft.bookmarks.get(reference)
    return jump(name, run(reference, _LINK_LOOK)) if name else run(reference)


def plain(runs: Runs) -> str:
    """Give the words of these runs, as they will stand on the page."""
    return "".join(one.id if isinstance(one, EvidenceReference) else one.text for one in runs)


def letters(runs: Runs) -> int:
    """Count the letters of these runs."""
    return sum(len(one.id if isinstance(one, EvidenceReference) else one.text) for one in runs)


def address(url: str) -> str | None:
    """Give a web or mail address as a relationship may hold it, or None if it is neither."""
    safe = quote(_STRAY_PERCENT.sub("%25", url.strip()), safe=_SAFE, errors="replace")
    good = _WEB.fullmatch(safe) or _MAIL.fullmatch(safe)
    return safe if good and len(safe) <= _LONGEST_ADDRESS else None


def _render(one: Run, draft: Draft) -> str:
    if isinstance(one, Text):
        return run(one.text, _look(one))
    if isinstance(one, Link):
        return _link(one, draft)
    if isinstance(one, CrossReference):
        return jump(draft.bookmarks[one.anchor], run(one.text, _LINK_LOOK))
    return evidence(one.id, draft)


def _look(text: Text) -> str:
    if text.bold:
        return _BOTH if text.italic else _STRONG
    return _EMPHASIS if text.italic else ""


def _link(link: Link, draft: Draft) -> str:
    url = address(link.url)
    if url is None:
        return run(link.text)
    words = run(link.text, _LINK_LOOK)
    return f'<w:hyperlink r:id="{draft.link(url)}" w:history="1">{words}</w:hyperlink>'
