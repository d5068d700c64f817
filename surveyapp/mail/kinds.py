"""The kinds of mail, and what each of them has to be told."""

from typing import Literal

Kind = Literal[
    "invitation",
    "new_link",
    "handover",
    "comment",
    "reminder",
    "receipt",
    "reopened",
    "extended",
    "sign_in",
    "staff_invitation",
]

_RETURN = frozenset({"survey_title", "authority", "link"})
_ENTRY = frozenset({"service_name", "link", "expires_at"})
# Every kind is also told the name of the person it is for, and whom they may ask for help.
NEEDS: dict[Kind, frozenset[str]] = {
    "invitation": _RETURN | {"invited_by", "note", "closes_on", "is_coordinator"},
    "new_link": _ENTRY,
    "handover": _RETURN | {"section", "from_name", "note", "closes_on"},
    "comment": _RETURN | {"question", "author"},
    "reminder": _RETURN | {"closes_on", "waiting", "is_coordinator"},
    "receipt": _RETURN | {"reference", "submitted_at", "submitted_by"},
    "reopened": _RETURN | {"reason", "reopened_by", "closes_on"},
    "extended": _RETURN | {"closes_on"},
    "sign_in": _ENTRY | {"is_set_up"},
    "staff_invitation": _ENTRY | {"invited_by", "role", "sign_in_page"},
}
