"""The columns of an export that tell of the telephone: words of the data dictionary."""

from collections.abc import Mapping
from typing import Final

from surveyapp.coordinate.columns import AUTHORITY

INTERVIEW: Final[Mapping[str, str]] = {"interview": "The id of the interview."}
NOTE: Final[Mapping[str, str]] = {"note": "The id of the note."}
INTERVIEWS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **INTERVIEW,
    "state": "Cancelled, to be arranged, booked, due, under way, held, offered (the record went to "
    "the person interviewed) or confirmed.",
    "starts_at": "When it was to begin. Empty: no time was agreed.",
    "lasts_minutes": "How many minutes were set aside.",
    "held_on": "The day of the call. Empty: it has not taken place.",
    "started_at": "When the call began.",
    "ended_at": "When it ended.",
    "cancelled_at": "When it was cancelled.",
    "interviewer": "Who asked.",
    "note_taker": "Who else took notes.",
    "interviewee": "Who was asked.",
    "interviewee_role": "Their role.",
    "consent_notes": "Whether they agreed to notes, as they said last. Empty: they were not asked.",
    "consent_quotes": "Whether they agreed to be quoted, as they said last.",
    "use_level": "How the words may be used. Empty: as said in writing for the section.",
    "offered_at": "When the record went to them.",
    "answer_by": "The day until which they were asked to answer.",
    "confirmed_at": "When they confirmed the whole record.",
    "unanswered_at": "When it was noted that no answer came: nothing is confirmed then.",
}
NOTES: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **INTERVIEW,
    **NOTE,
    "prompt_code": "The prompt it was said under. Empty: it came unprompted.",
    "theme": "The theme that the interviewer put it under. Empty: the prompt's.",
    "second": "The second of the call. Empty: nobody kept the time.",
    "verbatim": "Whether these are the speaker's own words. If not, never quote them.",
    "text": "The note as it reads now. Withdrawn words are in no column.",
    "original_text": "The note as first typed, before it was tidied.",
    "origin": "Where it comes from: the call, a Word form or a file.",
    "confirmed": "Whether the person interviewed confirmed the words as they read now.",
    "struck": "Whether the interviewer took it out of the record: it is kept, and never used.",
    "follow_up": "Whether it was marked to come back to.",
    "version": "How often the note was changed, counted from 1.",
    "written_by": "Who wrote it last.",
    "updated_at": "When it was last changed.",
}
CONSENT: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **INTERVIEW,
    "at": "When they were asked; the last answer counts.",
    "notes": "Whether they agreed to notes.",
    "quotes": "Whether they agreed to be quoted.",
    "use_level": "How the words may be used. Empty: as said in writing for the section.",
    "recorded_by": "Who recorded the answer.",
}
FOLLOW_UPS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **INTERVIEW,
    "note": "The id of the note it came of. Empty: of the call as a whole.",
    "text": "What is to be done.",
    "due_on": "By when. Empty: no day was set.",
    "made_by": "Who set the task.",
    "created_at": "When.",
    "done_at": "When it was done. Empty: it is not.",
    "done_by": "Who did it.",
}
CORRECTIONS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **INTERVIEW,
    **NOTE,
    "question_code": "The question whose written answer the note corrects or deepens.",
    "entry": "Which entry of a repeating question.",
    "kind": "Whether the note corrects the answer or deepens it. Both are kept.",
    "prevails": "Which counts: the note, the answer or both.",
    "made_by": "Who marked it.",
    "at": "When.",
    "undone_at": "When the mark was taken back. Empty: it stands.",
}
DOCUMENTS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **INTERVIEW,
    "theme": "The theme it is about.",
    "title": "Its title.",
    "kind": "What kind of document it is.",
    "url": "Where it is.",
    "dated": "The date on it.",
    "owner": "Who owns it.",
    "may_share": "Whether it may be shared.",
}
CONTACTS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **INTERVIEW,
    "theme": "The theme they know about.",
    "name": "Their name.",
    "role": "Their role.",
    "email": "Their e-mail address.",
    "phone": "Their telephone number.",
    "may_publish": "Whether their details may be published.",
}
