"""The columns of an export, each with what it means: the words of the data dictionary."""

from collections.abc import Mapping
from typing import Final

AUTHORITY: Final[Mapping[str, str]] = {
    "authority_code": "The authority's ONS code.",
    "authority": "The authority's name.",
}
QUESTION: Final[Mapping[str, str]] = {
    "section_code": "The section's code.",
    "question_code": "The question's code, which outlives rewording.",
}
VERSION: Final[Mapping[str, str]] = {
    "questionnaire": "The hash of the questionnaire that the return answers: see Questions.",
}
RETURNS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    "state": "Not started, in progress, submitted, or partial: unfinished when the survey closed.",
    "reference": "The reference on the receipt.",
    "submitted_at": "When the return was submitted.",
    "submitted_by": "Who submitted it.",
    "last_activity_at": "When somebody last wrote or finished something.",
    **VERSION,
}
REOPENINGS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    "at": "When the return was opened again.",
    "by": "Who opened it.",
    "reason": "Why.",
}
SECTIONS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    "section_code": "The section's code.",
    "status": "Not started, in progress or finished.",
    "answered": "How many questions have an answer.",
    "asked": "How many questions are asked, given the answers so far.",
    "use_level": "How the words may be used: named, unnamed or withheld. Empty: nobody has said.",
    "last_activity_at": "When somebody last wrote in it or finished it.",
}
QUESTIONS: Final[Mapping[str, str]] = {
    "questionnaire": "The hash of the questionnaire that asks it: the survey's, or a return's.",
    **QUESTION,
    "part_of": "The group that the question is a part of.",
    "section": "The section's title.",
    "theme": "The theme of the codebook that the question asks about.",
    "type": "What kind of answer it takes.",
    "question": "The question's words.",
    "hint": "The words below it.",
    "options": "The codes of the options, or points of the scale, each with its words.",
    "unit": "What a number counts.",
    "period": "The period that a number covers.",
}
BY_QUESTION: Final[Mapping[str, str]] = {
    **AUTHORITY,
    "state": "The state of the return; the answers of a partial one were never signed off.",
}
ANSWERS: Final[Mapping[str, str]] = {
    **AUTHORITY,
    **VERSION,
    **QUESTION,
    "question": "The question's words.",
    "entry": "Which entry of a repeating question this is; the same for all parts of one entry.",
    "answer": "The answer in words.",
    "number": "A number or a rating as a number. Empty: the answer is neither, or not known.",
    "value": "The answer as it is stored, as JSON.",
    "missing": "“don't know” or “not applicable”, where that was the answer.",
    "use_level": "How the words may be used, as said for the section.",
    "state": "The state of the return; the answers of a partial one were never signed off.",
    "changed": "Whether it was changed after the return was submitted and opened again.",
    "before": "What it said, in words, when the return was submitted, where it was changed since.",
    "version": "How often the answer has been saved.",
    "written_by": "Who saved it last.",
    "saved_at": "When it was saved last.",
}
HISTORY: Final[Mapping[str, str]] = {
    **AUTHORITY,
    "question_code": "The question's code.",
    "entry": "Which entry of a repeating question this is.",
    "version": "Which value this is, counted from 1.",
    "value": "The value as it was stored, as JSON. {} means that the answer was cleared.",
    "written_by": "Who saved it.",
    "saved_at": "When it was saved.",
}
PEOPLE: Final[Mapping[str, str]] = {
    **AUTHORITY,
    "name": "The person's name.",
    "email": "The address that mail goes to.",
    "job_title": "The person's job title.",
    "coordinator": "Whether this person answers for the return and submits it.",
    "invited_at": "When the first invitation was written.",
    "opened_at": "When the person first opened their link.",
}
FILES: Final[Mapping[str, str]] = {
    **AUTHORITY,
    "question_code": "The question's code.",
    "entry": "Which entry of a repeating question it was given with.",
    "file": "The id by which the answer, and its history, refer to it.",
    "name": "The file's name.",
    "type": "What kind of file it is, as a media type.",
    "size": "Its size in bytes.",
    "sha256": "What proves that a copy is the same, byte for byte.",
    "may_share": "Whether it may be shared. Empty: it is not in the return.",
    "state": "Whether it is in the return. If not, it was taken out, or never saved.",
    "given_by": "Who gave it.",
    "given_at": "When.",
}
DECISIONS: Final[Mapping[str, str]] = {
    "response": "The response that the words stand in.",
    "start": "Where the words start, in characters from the beginning.",
    "end": "Where they end.",
    "words": "The words.",
    "theme": "The theme.",
    "verdict": "Accept, reject or add.",
    "coder": "Who decided.",
    "made_at": "When.",
}
