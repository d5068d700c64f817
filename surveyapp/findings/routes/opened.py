"""Which pages were opened while looking for what speaks against a finding.

It is kept in the visitor's own session: whoever says that they looked has to have looked
themselves. Another sentence is another claim, and every place is to be opened again.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from flask import session

from surveyapp.findings.contrary import KINDS, Kind, Search
from surveyapp.findings.passages import pages_of
from surveyapp.models import Finding

OPENED: Final = "findings.opened"
# A session goes along with every request, so that only the latest findings are remembered.
MOST: Final = 20
# Nobody reads hundreds of pages: of so many passages, the first that may contradict are looked at.
MOST_PAGES: Final = 10


def note(finding: Finding, kind: Kind, page: int) -> None:
    """Note that a page of a place was opened for a finding, where it is the next one."""
    found = dict(seen(finding))
    if page != found.get(kind, 0) + 1:
        return
    found[kind] = page
    kept = {name: told for name, told in session.get(OPENED, {}).items() if name != finding.id.hex}
    latest = list(kept.items())[-(MOST - 1) :]
    told = [f"{kind} {pages}" for kind, pages in sorted(found.items())]
    session[OPENED] = dict(latest) | {finding.id.hex: [_claim(finding), *told]}


def seen(finding: Finding) -> Mapping[Kind, int]:
    """Return how many pages of each place were opened for a finding as it reads now, in turn."""
    claim, *told = session.get(OPENED, {}).get(finding.id.hex, [""])
    if claim != _claim(finding):
        return {}
    pages = {kind: int(number or 1) for kind, _, number in (one.partition(" ") for one in told)}
    return {kind: pages[kind] for kind in KINDS if kind in pages}


def left(search: Search, seen: Mapping[Kind, int]) -> Mapping[Kind, int]:
    """Return the pages that are still to be opened in each place; of very many, the first ones."""
    return {
        kind: max(0, min(pages_of(count), MOST_PAGES) - seen.get(kind, 0)) if count else 0
        for kind, count in search.counts.items()
    }


def _claim(finding: Finding) -> str:
    return hashlib.sha256(finding.claim.encode()).hexdigest()[:12]
