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
    "interview_times",
    "interview_booked",
    "interview_moved",
    "interview_cancelled",
    "interview_reassigned",
    "record_offered",
    "record_reminder",
    "record_answered",
    "check_sent",
    "check_reminder",
    "sample_drawn",
    "sample_finished",
]

_RETURN = frozenset({"survey_title", "authority", "link"})
_ENTRY = frozenset({"service_name", "link", "expires_at"})
# The names of who speaks with whom; whoever is interviewed reads it in words of their own.
_CALL = _RETURN | {"interviewer", "interviewee", "is_interviewee"}
_AT_A_TIME = _CALL | {"starts_at", "lasts_minutes", "place", "note_taker"}
_RECORD = _RETURN | {"interviewer", "answer_by"}
_CHECK = _RETURN | {"sent_by", "answer_by", "count"}
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
    "interview_times": _RETURN | {"interviewer", "lasts_minutes"},
    "interview_booked": _AT_A_TIME,
    # `was` is the time before, None where there was none.
    "interview_moved": _AT_A_TIME | {"was", "moved_by"},
    # Called off for good, or only given back so that another time can be found.
    "interview_cancelled": _CALL | {"starts_at", "reason", "cancelled_by", "is_off"},
    "interview_reassigned": _AT_A_TIME | {"was_interviewer", "is_leaving"},
    "record_offered": _RECORD,
    "record_reminder": _RECORD,
    "check_sent": _CHECK,
    "check_reminder": _CHECK,
    # A second coder is told how much there is to code, and nothing of what others made of it.
    "sample_drawn": frozenset({"survey_title", "link", "drawn_by", "instead"})
    | {"authorities", "passages", "minutes"},
    "sample_finished": frozenset({"survey_title", "link", "coder", "passages"}),
    # How many sentences, and none of their words.
    "record_answered": _RETURN | {"interviewee", "changed", "withdrawn", "confirmed", "is_whole"},
}
