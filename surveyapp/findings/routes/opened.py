"""Which places were opened while looking for what speaks against a finding.

It is kept in the visitor's own session: whoever says that they looked has to have looked
themselves. Another sentence is another claim, and every place is to be opened again.
"""

import hashlib
from typing import Final

from flask import session

from surveyapp.findings.contrary import KINDS, Kind
from surveyapp.models import Finding

OPENED: Final = "findings.opened"
# A session goes along with every request, so that only the latest findings are remembered.
MOST: Final = 20


def note(finding: Finding, kind: Kind) -> frozenset[Kind]:
    """Note that a place was opened for a finding, and return all that were."""
    found = seen(finding) | {kind}
    kept = {name: told for name, told in session.get(OPENED, {}).items() if name != finding.id.hex}
    latest = list(kept.items())[-(MOST - 1) :]
    session[OPENED] = dict(latest) | {finding.id.hex: [_claim(finding), *sorted(found)]}
    return found


def seen(finding: Finding) -> frozenset[Kind]:
    """Return the places that were opened for a finding as it reads now."""
    claim, *kinds = session.get(OPENED, {}).get(finding.id.hex, [""])
    return frozenset(kind for kind in KINDS if kind in kinds and claim == _claim(finding))


def _claim(finding: Finding) -> str:
    return hashlib.sha256(finding.claim.encode()).hexdigest()[:12]
