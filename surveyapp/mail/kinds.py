"""The kinds of mail, and what each of them has to be told."""

from typing import Literal

Kind = Literal[
    "invitation", "new_link", "handover", "comment", "reminder", "receipt", "reopened", "sign_in"
]

_RETURN = frozenset({"survey_title", "authority", "link"})
_ENTRY = frozenset({"service_name", "link", "expires_at"})
# Every kind is also told the name of the person it is for.
NEEDS: dict[Kind, frozenset[str]] = {
    "invitation": _RETURN | {"invited_by", "note", "closes_on"},
    "new_link": _ENTRY,
    "handover": _RETURN | {"section", "from_name", "note", "closes_on"},
    "comment": _RETURN | {"question", "author"},
    "reminder": _RETURN | {"closes_on", "waiting", "is_coordinator"},
    "receipt": _RETURN | {"reference", "submitted_at", "submitted_by"},
    "reopened": _RETURN | {"reason", "reopened_by", "closes_on"},
    "sign_in": _ENTRY,
}
