"""The pages of interviews: the interviewer's at /interviews/, the interviewee's at /calls/."""

from surveyapp.interview.routes import (
    answering,
    arranging,
    brief,
    bringing_in,
    changing,
    completing,
    form,
    interviewee,
    live,
    overview,
    record,
    room,
    slots,
    tasks,
    tidying,
    typing,
)

__all__ = [
    "answering",
    "arranging",
    "brief",
    "bringing_in",
    "changing",
    "completing",
    "form",
    "interviewee",
    "live",
    "overview",
    "record",
    "room",
    "slots",
    "tasks",
    "tidying",
    "typing",
]
